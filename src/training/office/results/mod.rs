//! Results of everybody: a table of all runs and one printable page each. The trainees' own words and the release are private and
//! not in them. Where nobody leads, whoever has them written is a trainee, too: a run that waits for own words tells nothing then.

mod page;
#[cfg(test)]
mod tests;

use std::io;

use super::ground::{Books, Ground};
use super::people::KeptRun;
use super::{no, store};
use crate::api::training::{Results, SeatRole, Told};
use crate::domain::time::{Ms, Zone, local};
use crate::sim::score::Criterion;
use crate::text::SafeText;

impl Books {
    /// Writes the table and the pages of today.
    pub(super) fn results(&self, ground: &Ground, role: SeatRole, now: Ms) -> Told {
        self.write_results(ground, role, now).map_or_else(
            |e| {
                tracing::warn!(error = %e, "the results of the training could not be written");
                no("disk")
            },
            Told::Results,
        )
    }

    fn write_results(&self, ground: &Ground, role: SeatRole, now: Ms) -> io::Result<Results> {
        let folder = self.store.results(&date(now, ground.zone()));
        let (table, rows) = self.table(ground, role)?;
        let path = folder.join("results.csv");
        store::write(&path, &table)?;
        let mut pages = Vec::new();
        for (login, person) in self.people.iter().filter(|(_, p)| !p.runs.is_empty()) {
            let page = folder.join(format!("{}.html", store::folder(login)));
            let html = page::page(ground, self, (login, person), role, now);
            store::write(&page, html.as_bytes())?;
            pages.push(SafeText::clean_line(&page.to_string_lossy()));
        }
        Ok(Results {
            table: SafeText::clean_line(&path.to_string_lossy()),
            pages,
            rows,
        })
    }

    /// The table: one row a run, oldest first in each login. Also how many rows.
    fn table(&self, ground: &Ground, role: SeatRole) -> io::Result<(Vec<u8>, u32)> {
        let mut out = csv::WriterBuilder::new()
            .terminator(csv::Terminator::CRLF)
            .from_writer(Vec::new());
        out.write_record(head(ground))?;
        let mut rows = 0;
        for (login, person) in &self.people {
            for run in person.newest().into_iter().rev() {
                out.write_record(row(ground, (login, &person.kept.name), role, run))?;
                rows += 1;
            }
        }
        let bytes = out
            .into_inner()
            .map_err(|e| io::Error::other(e.to_string()))?;
        Ok((bytes, rows))
    }
}

fn head(ground: &Ground) -> Vec<String> {
    let word = |key: &str| ground.locale.t(&format!("training-results-{key}"));
    let mut out: Vec<String> = [
        "login", "name", "date", "scenario", "title", "level", "language", "seed", "end", "total",
        "critical",
    ]
    .map(word)
    .to_vec();
    out.extend(Criterion::ALL.iter().map(|c| criterion(ground, *c)));
    out.extend(["partial", "unchecked", "counts", "spoken", "run-id"].map(word));
    out
}

/// Whether what a run was worth may stand there for this reader.
fn told(run: &KeptRun, role: SeatRole) -> bool {
    role == SeatRole::Trainer || run.own.is_some()
}

fn row(ground: &Ground, (login, name): (&str, &str), role: SeatRole, run: &KeptRun) -> Vec<String> {
    let told = told(run, role);
    let waits = || ground.locale.t("training-results-own-first");
    let yes = |is: bool| {
        ground.locale.t(if is {
            "training-results-yes"
        } else {
            "training-results-no"
        })
    };
    let mut out = vec![
        cell(login),
        cell(name),
        minute(run.run.began, ground.zone()),
        cell(&run.run.scenario),
        cell(ground.title(&run.run.scenario).as_str()),
        run.run.setup.level.to_string(),
        run.run.lang.code().to_owned(),
        run.run.setup.seed.to_string(),
        end(ground, run),
        if told {
            run.score.total.to_string()
        } else {
            waits()
        },
        if told { yes(run.critical()) } else { waits() },
    ];
    for criterion in Criterion::ALL {
        let mark = run.score.marks.iter().find(|m| m.criterion == criterion);
        out.push(match mark {
            _ if !told => waits(),
            Some(mark) if mark.of > 0 => format!("{}/{}", mark.points, mark.of),
            _ => ground.locale.t("training-results-not-checked"),
        });
    }
    out.push(yes(run.score.partial));
    out.push(unchecked(ground, run));
    out.push(yes(run.counts()));
    out.push(yes(run.spoken));
    out.push(run.id.to_string());
    out
}

/// Words as a cell: what a table program would take for a formula is put behind an apostrophe.
fn cell(text: &str) -> String {
    let text = SafeText::clean_line(text);
    let first = text.as_str().trim_start().chars().next();
    if matches!(
        first,
        Some('=' | '+' | '-' | '@' | '\t' | '＝' | '＋' | '－' | '＠')
    ) {
        format!("'{}", text.as_str())
    } else {
        text.as_str().to_owned()
    }
}

fn criterion(ground: &Ground, criterion: Criterion) -> String {
    let name = criterion.as_str().replace('_', "-");
    ground
        .locale
        .t(&format!("training-results-criterion-{name}"))
}

/// What nobody could look at in a run: criteria by name, rules by number. It was neither right nor wrong.
fn unchecked(ground: &Ground, run: &KeptRun) -> String {
    let marks = run.score.marks.iter().filter(|m| m.not_checked > 0);
    let mut out: Vec<String> = marks.map(|m| criterion(ground, m.criterion)).collect();
    out.extend(run.score.not_checked.iter().cloned());
    out.join("; ")
}

/// How a run ended, in words.
fn end(ground: &Ground, run: &KeptRun) -> String {
    let name = run.end.as_deref().unwrap_or("broken_off").replace('_', "-");
    ground.locale.t(&format!("training-results-end-{name}"))
}

/// The day at the site: `2026-03-11`.
fn date(at: Ms, zone: &Zone) -> String {
    local(at, zone).date().to_string()
}

/// Day and minute at the site: `2026-03-11 14:20`.
fn minute(at: Ms, zone: &Zone) -> String {
    let at = local(at, zone);
    format!("{} {:02}:{:02}", at.date(), at.hour(), at.minute())
}
