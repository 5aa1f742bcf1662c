//! One trainee's page: a single file that prints on A4, with the anger of each run as a drawing.

use std::fmt::Write;

use super::{criterion, date, end, minute};
use crate::api::training::{RulesOf, SeatRole};
use crate::domain::lang::Lang;
use crate::domain::time::Ms;
use crate::text::locale::Arg;
use crate::training::office::ground::{Books, Ground};
use crate::training::office::lobby;
use crate::training::office::people::{KeptRun, Person};

/// Runs that are drawn: the newest. The table has all.
const DRAWN: usize = 12;
/// Width and height of a drawing.
const DRAWING: (usize, usize) = (480, 110);

const STYLE: &str = "@page{size:A4;margin:16mm}
body{font:11pt/1.45 system-ui,'Noto Sans CJK SC','PingFang SC','Microsoft YaHei',sans-serif;color:#111;max-width:180mm;margin:0 auto}
h1{font-size:16pt;margin:0 0 2mm}h2{font-size:12pt;margin:6mm 0 1mm}p{margin:0 0 1.5mm}
table{border-collapse:collapse;width:100%;font-size:10pt}th,td{border-bottom:1px solid #bbb;padding:1mm 2mm;text-align:left}
td.n,th.n{text-align:right}section{break-inside:avoid}.small{color:#444;font-size:9pt}.bad{font-weight:bold}
svg{display:block;width:100%;height:auto;margin:1mm 0}";

/// The page.
pub(super) fn page(
    ground: &Ground,
    books: &Books,
    (login, person): (&str, &Person),
    role: SeatRole,
    now: Ms,
) -> String {
    let lang = match ground.lang {
        Lang::Zh => "zh-CN",
        Lang::En => "en",
    };
    let name = if person.kept.name.is_empty() {
        login
    } else {
        &person.kept.name
    };
    let title = ground.locale.t_args(
        "training-results-page-title",
        &[("name", Arg::from(escape(name)))],
    );
    let count = i64::try_from(person.runs.len()).unwrap_or(i64::MAX);
    let about = ground.locale.t_args(
        "training-results-page-about",
        &[
            ("date", Arg::from(date(now, ground.zone()))),
            ("runs", count.into()),
        ],
    );
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n<title>{title}</title>\n<style>\n{STYLE}\n</style>\n</head>\n<body>\n<h1>{title}</h1>\n<p class=\"small\">{about}</p>\n"
    );
    skills(ground, person, &mut out);
    levels(ground, books, login, person, &mut out);
    for run in person.newest().into_iter().take(DRAWN) {
        one(ground, run, role, &mut out);
    }
    out.push_str("</body>\n</html>\n");
    out
}

fn skills(ground: &Ground, person: &Person, out: &mut String) {
    let word = |key: &str| ground.locale.t(&format!("training-results-{key}"));
    let _ = write!(
        out,
        "<h2>{}</h2>\n<table><tr><th>{}</th><th class=\"n\">{}</th><th class=\"n\">{}</th></tr>\n",
        word("skills"),
        word("criterion"),
        word("now"),
        word("results"),
    );
    for (skill, kind) in lobby::skills(person)
        .iter()
        .zip(crate::sim::score::Criterion::ALL)
    {
        let now = skill.now.map_or_else(|| word("never"), |n| n.to_string());
        let _ = writeln!(
            out,
            "<tr><td>{}</td><td class=\"n\">{now}</td><td class=\"n\">{}</td></tr>",
            criterion(ground, kind),
            skill.over_time.len(),
        );
    }
    out.push_str("</table>\n");
}

fn levels(ground: &Ground, books: &Books, login: &str, person: &Person, out: &mut String) {
    let gates = person.kept.gates();
    let list = |levels: Vec<String>| {
        if levels.is_empty() {
            ground.locale.t("training-results-none")
        } else {
            levels.join(", ")
        }
    };
    let mastered = list(gates.mastered.iter().map(ToString::to_string).collect());
    let open = (0..=5_u8).filter(|l| books.may(login, *l));
    let open = list(open.map(|l| l.to_string()).collect());
    let line = ground.locale.t_args(
        "training-results-levels",
        &[("mastered", Arg::from(mastered)), ("open", Arg::from(open))],
    );
    let _ = writeln!(out, "<p>{line}</p>");
}

fn one(ground: &Ground, run: &KeptRun, role: SeatRole, out: &mut String) {
    let word = |key: &str| ground.locale.t(&format!("training-results-{key}"));
    if !super::told(run, role) {
        let _ = writeln!(
            out,
            "<section>\n<h2>{} · {}</h2>\n<p>{} · {}</p>\n</section>",
            escape(&run.run.scenario),
            escape(ground.title(&run.run.scenario).as_str()),
            minute(run.run.began, ground.zone()),
            word("own-first"),
        );
        return;
    }
    let about = ground.locale.t_args(
        "training-results-run",
        &[
            ("at", Arg::from(minute(run.run.began, ground.zone()))),
            ("level", i64::from(run.run.setup.level).into()),
            ("total", run.score.total.into()),
            ("end", Arg::from(end(ground, run))),
        ],
    );
    let _ = write!(
        out,
        "<section>\n<h2>{} · {}</h2>\n<p>{about}</p>\n",
        escape(&run.run.scenario),
        escape(ground.title(&run.run.scenario).as_str()),
    );
    if !run.counts() && run.end.is_some() {
        let _ = writeln!(out, "<p class=\"small\">{}</p>", word("waits"));
    }
    for critical in &run.score.criticals {
        let line = ground.locale.t_args(
            "training-results-cost-all",
            &[("what", Arg::from(escape(&critical.what)))],
        );
        let _ = writeln!(out, "<p class=\"bad\">{line}</p>");
    }
    // Of a run without its turns, whose scenario was changed since, the marks stay and the drawing is left out.
    match ground.shown(run) {
        Ok(shown) => {
            out.push_str(&drawing(&shown.anger(), &word("anger")));
            let note = match ground.rules_of(run) {
                RulesOf::Today => None,
                RulesOf::Then => Some("rules-then"),
                RulesOf::Replayed => Some("rules-replayed"),
            };
            if let Some(key) = note {
                let _ = writeln!(out, "<p class=\"small\">{}</p>", word(key));
            }
        }
        Err(_) => {
            let _ = writeln!(out, "<p class=\"small\">{}</p>", word("no-drawing"));
        }
    }
    marks(ground, run, out);
    if !run.comments.is_empty() {
        let _ = writeln!(out, "<p><b>{}</b></p>\n<ul>", word("comments"));
        for comment in &run.comments {
            let _ = writeln!(
                out,
                "<li><span class=\"small\">{}</span><br>{}</li>",
                escape(comment.line.as_str()),
                escape(comment.text.as_str()),
            );
        }
        out.push_str("</ul>\n");
    }
    out.push_str("</section>\n");
}

/// The marks of a run, and what nobody could check in it.
fn marks(ground: &Ground, run: &KeptRun, out: &mut String) {
    let word = |key: &str| ground.locale.t(&format!("training-results-{key}"));
    let _ = writeln!(
        out,
        "<table><tr><th>{}</th><th class=\"n\">{}</th><th class=\"n\">{}</th></tr>",
        word("criterion"),
        word("points"),
        word("of"),
    );
    for mark in &run.score.marks {
        let checked = |points: u32| {
            if mark.of > 0 {
                points.to_string()
            } else {
                word("not-checked")
            }
        };
        let _ = writeln!(
            out,
            "<tr><td>{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td></tr>",
            criterion(ground, mark.criterion),
            checked(mark.points),
            mark.of,
        );
    }
    out.push_str("</table>\n");
    let unchecked = super::unchecked(ground, run);
    if !unchecked.is_empty() {
        let args = [("what", Arg::from(escape(&unchecked)))];
        let line = ground
            .locale
            .t_args("training-results-page-unchecked", &args);
        let _ = writeln!(out, "<p class=\"small\">{line}</p>");
    }
}

/// Anger from 0 to 100 before the first turn and after each, as a line with its values.
pub(super) fn drawing(anger: &[u8], label: &str) -> String {
    let (width, height) = DRAWING;
    let (left, top, right, bottom) = (28, 12, width - 12, height - 14);
    let steps = anger.len().saturating_sub(1).max(1);
    let x = |at: usize| left + (right - left) * at / steps;
    let y = |value: u8| bottom - (bottom - top) * usize::from(value.min(100)) / 100;
    let points: Vec<String> = anger
        .iter()
        .enumerate()
        .map(|(at, value)| format!("{},{}", x(at), y(*value)))
        .collect();
    let mut out = format!(
        "<svg viewBox=\"0 0 {width} {height}\" role=\"img\" aria-label=\"{}\">\n",
        escape(label)
    );
    for value in [0_u8, 50, 100] {
        let at = y(value);
        let _ = writeln!(
            out,
            "<line x1=\"{left}\" y1=\"{at}\" x2=\"{right}\" y2=\"{at}\" stroke=\"#ccc\" stroke-width=\"1\"/><text x=\"{}\" y=\"{}\" font-size=\"8\" text-anchor=\"end\" fill=\"#555\">{value}</text>",
            left - 4,
            at + 3,
        );
    }
    let _ = writeln!(
        out,
        "<polyline points=\"{}\" fill=\"none\" stroke=\"#111\" stroke-width=\"1.8\"/>",
        points.join(" ")
    );
    for (at, value) in anger.iter().enumerate() {
        let _ = writeln!(
            out,
            "<circle cx=\"{0}\" cy=\"{1}\" r=\"2.4\" fill=\"#111\"/><text x=\"{0}\" y=\"{2}\" font-size=\"8\" text-anchor=\"middle\">{value}</text>",
            x(at),
            y(*value),
            y(*value).saturating_sub(5),
        );
    }
    let _ = writeln!(
        out,
        "<text x=\"{left}\" y=\"{}\" font-size=\"8\" fill=\"#555\">{}</text>\n</svg>",
        height - 2,
        escape(label)
    );
    out
}

/// Text as HTML shows it.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}
