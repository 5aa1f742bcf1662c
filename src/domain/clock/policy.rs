//! Reading `policy/clocks.toml`. Every error has file, line and remedy.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::steps::{Step, Steps};
use super::targets::{Deed, Length, Target, Targets};
use crate::domain::calendar::{Calendar, DataError, SourceText};

const SHIPPED: SourceText<'static> = SourceText {
    file: "policy/clocks.toml",
    text: include_str!("../../../assets/policy/clocks.toml"),
};

/// The clock part of a site's policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClockPolicy {
    /// Response steps.
    pub steps: Steps,
    /// Target table.
    pub targets: Targets,
    /// Working days after which a pause stops holding the clock.
    pub pause_cap_days: i64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    response: Spanned<Vec<Spanned<Step>>>,
    pause_cap_days: Spanned<i64>,
    default: Row,
    factors: Factors,
    items: BTreeMap<String, Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    l1: Spanned<String>,
    deed: Deed,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Factors {
    a: Spanned<f64>,
    b: Spanned<f64>,
    c: Spanned<f64>,
    vulnerable_max: Spanned<f64>,
    repeat: Spanned<f64>,
}

impl ClockPolicy {
    /// The policy of this text. Working days take their length from the site's calendar.
    ///
    /// # Errors
    /// The first thing wrong: bad TOML, unknown key, a length that is none, a factor outside 0.01 to 1.0, tiers that do not
    /// shorten in order, steps that do not grow, a pause cap below one day.
    pub fn parse(text: SourceText<'_>, calendar: &Calendar) -> Result<Self, DataError> {
        let file: File = toml::from_str(text.text).map_err(|e| text.toml_error(&e))?;
        let at = file.pause_cap_days.span().start;
        let pause_cap_days = file.pause_cap_days.into_inner();
        if !(1..=365).contains(&pause_cap_days) {
            return Err(text.error(
                at,
                "a pause cap is 1 to 365 working days",
                "write a number such as 5",
            ));
        }
        let mut items = BTreeMap::new();
        for (id, row) in file.items {
            items.insert(id, target(&text, &row)?);
        }
        let f = file.factors;
        let tiers = [
            permille(&text, &f.a)?,
            permille(&text, &f.b)?,
            permille(&text, &f.c)?,
        ];
        if tiers != {
            let mut sorted = tiers;
            sorted.sort_unstable();
            sorted
        } {
            let what = "tier factors do not grow from a to c";
            return Err(text.error(f.a.span().start, what, "a is the shortest, c the base"));
        }
        Ok(Self {
            steps: steps(&text, file.response)?,
            targets: Targets {
                items,
                default: target(&text, &file.default)?,
                tiers,
                vulnerable_max: permille(&text, &f.vulnerable_max)?,
                repeat: permille(&text, &f.repeat)?,
                day_minutes: calendar.day_minutes(),
            },
            pause_cap_days,
        })
    }
}

/// The shipped policy, for a site with this calendar.
///
/// # Errors
/// Never in a build whose tests pass; the file is parsed like any other.
pub fn shipped(calendar: &Calendar) -> Result<ClockPolicy, DataError> {
    ClockPolicy::parse(SHIPPED, calendar)
}

fn target(text: &SourceText<'_>, row: &Row) -> Result<Target, DataError> {
    let length = Length::parse(row.l1.get_ref()).ok_or_else(|| {
        let what = format!("\"{}\" is not a length", row.l1.get_ref());
        text.error(
            row.l1.span().start,
            what,
            "write minutes, hours or working days such as \"30m\", \"4h\", \"1d\"",
        )
    })?;
    Ok(Target {
        length,
        deed: row.deed,
    })
}

/// A factor in thousandths. Nobody's target is ever longer than the base (method 3.13).
fn permille(text: &SourceText<'_>, factor: &Spanned<f64>) -> Result<i64, DataError> {
    let value = *factor.get_ref();
    if !(0.01..=1.0).contains(&value) {
        let what = format!("the factor {value} is not between 0.01 and 1.0");
        return Err(text.error(
            factor.span().start,
            what,
            "factors only shorten: write 1.0 for no change",
        ));
    }
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the range is checked: 10 to 1000"
    )]
    Ok((value * 1000.0).round() as i64)
}

fn steps(text: &SourceText<'_>, list: Spanned<Vec<Spanned<Step>>>) -> Result<Steps, DataError> {
    let at = list.span().start;
    let mut out: Vec<Step> = Vec::new();
    for step in list.into_inner() {
        let at = step.span().start;
        let step = step.into_inner();
        let last = out.last().map_or(0, |last| last.min);
        if step.min <= last || step.min > 1440 || out.iter().any(|known| known.kind == step.kind) {
            let what = format!(
                "the step at {} minutes does not follow the one at {last}",
                step.min
            );
            return Err(text.error(
                at,
                what,
                "list each kind once, minutes growing, at most 1440",
            ));
        }
        out.push(step);
    }
    if out.is_empty() {
        return Err(text.error(at, "no response step", "keep at least the first minute"));
    }
    Ok(Steps(out))
}
