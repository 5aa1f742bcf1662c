//! `balm report day`: the day's figures per agent, as a table or CSV.

use super::args::ReportCommand;
use super::error::CliError;
use super::{Cx, place, say};
use crate::config;
use crate::domain::calendar::Calendar;
use crate::domain::ids::{Stream, StreamKind};
use crate::domain::time::{Ms, from_local, local};
use crate::insight::day::{self, DayReport, Figures, Row, Share, Touch};
use crate::log::Log;
use crate::log::sqlite::{LogOptions, SqliteLog};
use crate::task;
use crate::text::{SafeText, pad, width};

/// Prints the report of a day.
///
/// # Errors
/// When the date is none or the log cannot be read.
pub fn run(cx: &Cx, what: &ReportCommand) -> Result<(), CliError> {
    let ReportCommand::Day { date, csv, data } = what;
    let folder = config::prepare(&cx.data(data.as_deref()))?;
    let file = place::log_file(folder.path());
    if !file.exists() {
        return Err(CliError::new("cli-not_found").with("what", file.display()));
    }
    let day = span(date.as_deref(), &cx.policy.calendar)?;
    let runtime = cx.runtime()?;
    let report = runtime.block_on(async {
        // Readers of the log need no lock: a server may write it at the same time.
        let log =
            SqliteLog::open(&file, LogOptions::default()).map_err(|e| CliError::log(&file, e))?;
        let report = read(cx, &log, day).await;
        log.close().await;
        report
    })?;
    if *csv {
        as_csv(cx, &report)
    } else {
        as_table(cx, &report)
    }
}

/// The day as instants: local midnight to the next, or to the present for today.
fn span(date: Option<&str>, calendar: &Calendar) -> Result<(Ms, Ms), CliError> {
    let now = task::now_ms();
    let zone = calendar.zone();
    let date = match date {
        None => local(now, zone).date(),
        Some(text) => text
            .parse::<jiff::civil::Date>()
            .map_err(|_| CliError::new("cli-date").with("what", text))?,
    };
    let start = from_local(date.at(0, 0, 0, 0), zone);
    let end = from_local(date.tomorrow().unwrap_or(date).at(0, 0, 0, 0), zone);
    Ok((start, end.min(now.max(start))))
}

async fn read(cx: &Cx, log: &SqliteLog, day: (Ms, Ms)) -> Result<DayReport, CliError> {
    let tickets = log.tickets_between(day.0, day.1).await?;
    let users: Vec<_> = log
        .all(StreamKind::User)
        .await?
        .into_iter()
        .filter_map(|h| match h {
            crate::domain::fold::Head::User(user) => Some(user),
            _ => None,
        })
        .collect();
    let streams: Vec<Stream> = tickets.iter().map(|t| Stream::from(t.id)).collect();
    let mut touches = Vec::new();
    for part in streams.chunks(500) {
        let events = log.events_of(part.to_vec()).await?;
        touches.extend(events.values().flatten().filter_map(Touch::of));
    }
    Ok(day::report(&tickets, &users, &touches, &cx.policy, day))
}

const HEADS: [&str; 9] = [
    "agent", "handled", "replies", "response", "solution", "first", "kept", "late", "overdue",
];

fn rate(share: Share) -> String {
    share.permille().map_or_else(
        || "-".to_owned(),
        |p| format!("{}.{}% ({}/{})", p / 10, p % 10, share.of, share.all),
    )
}

fn cells(name: String, f: &Figures) -> [String; 9] {
    [
        name,
        f.handled.len().to_string(),
        f.replies.to_string(),
        rate(f.first_response),
        rate(f.solution),
        rate(f.first_contact),
        f.promises_kept.to_string(),
        f.promises_late.to_string(),
        f.overdue.len().to_string(),
    ]
}

fn lines(cx: &Cx, report: &DayReport) -> Vec<[String; 9]> {
    let name = |row: &Row| match row.user {
        Some(_) => SafeText::clean_line(&row.name).as_str().to_owned(),
        None => cx.locale.t("cli-report-nobody"),
    };
    let mut out: Vec<[String; 9]> = report
        .rows
        .iter()
        .map(|r| cells(name(r), &r.figures))
        .collect();
    out.push(cells(cx.locale.t("cli-report-total"), &report.totals));
    out
}

fn as_table(cx: &Cx, report: &DayReport) -> Result<(), CliError> {
    let date = local(report.day.0, cx.policy.calendar.zone())
        .date()
        .to_string();
    say::line(
        &cx.locale
            .t_args("cli-report-title", &[("date", date.into())]),
    )?;
    let heads = HEADS.map(|h| cx.locale.t(&format!("cli-report-head-{h}")));
    let lines = lines(cx, report);
    let widths: Vec<usize> = (0..HEADS.len())
        .map(|i| {
            lines
                .iter()
                .map(|l| width(&l[i]))
                .chain([width(&heads[i])])
                .max()
                .unwrap_or(0)
        })
        .collect();
    for line in std::iter::once(&heads).chain(&lines) {
        let row: Vec<String> = line
            .iter()
            .zip(&widths)
            .map(|(cell, w)| pad(cell, *w))
            .collect();
        say::line(row.join("  ").trim_end())?;
    }
    Ok(())
}

fn as_csv(cx: &Cx, report: &DayReport) -> Result<(), CliError> {
    let fail = |e: csv::Error| CliError::new("cli-io").with("what", e);
    let mut out = csv::Writer::from_writer(Vec::new());
    out.write_record(HEADS).map_err(fail)?;
    let share = |s: Share| {
        s.permille()
            .map_or_else(String::new, |p| format!("{:.3}", f64::from(p) / 1000.0))
    };
    for (line, figures) in lines(cx, report).iter().zip(
        report
            .rows
            .iter()
            .map(|r| &r.figures)
            .chain([&report.totals]),
    ) {
        let mut cells = line.clone();
        cells[3] = share(figures.first_response);
        cells[4] = share(figures.solution);
        cells[5] = share(figures.first_contact);
        // A name must not be read as a formula by a spreadsheet.
        if cells[0].starts_with(['=', '+', '-', '@']) {
            cells[0].insert(0, '\'');
        }
        out.write_record(&cells).map_err(fail)?;
    }
    let bytes = out
        .into_inner()
        .map_err(|e| CliError::new("cli-io").with("what", e))?;
    say::line(String::from_utf8_lossy(&bytes).trim_end())?;
    Ok(())
}
