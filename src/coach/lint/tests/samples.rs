//! The labelled samples of `tests/coach/lint/<RULE>.txt`: does a rule fire where it should and nowhere else?
//!
//! One sample a line, fields parted by tabs: `hit` or `miss`, `zh` or `en`, any number of `key=value`, the text. `\n` in a text
//! is a new line; lines that begin with `#` are comments. Only the file's own rule is looked at. The keys are those of
//! [`Sample::set`]; what is not given is a calm turn in the middle of a chat on Wed 11 Mar 2026 14:20, of which nothing else is
//! known. `LINT_RULE=TON-01 cargo test --lib lint::tests::samples -- --nocapture` prints what went wrong.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "tests"
)]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use super::NOW;
use crate::coach::content::Content;
use crate::coach::lint::{Known, LintContext, Moment, Open, RULES, Rule, Severity, lint};
use crate::domain::lang::Lang;
use crate::domain::promise_time::Contact;
use crate::domain::time::{Ms, Zone};
use crate::domain::vocabulary::{Channel, Deed};

/// One line of a file.
#[derive(Debug)]
struct Sample {
    line: usize,
    hit: bool,
    lang: Lang,
    text: String,
    channel: Channel,
    now: Ms,
    heat: u8,
    acknowledged: bool,
    first: bool,
    why: bool,
    moment: Moment,
    due: String,
    customer: Vec<String>,
    promises: Option<Vec<Open>>,
    feasible: Option<Vec<(Deed, Ms)>>,
    contact: Option<Contact>,
    caps: Option<(Option<Ms>, Option<Ms>)>,
    authority: Option<i64>,
    sums: Option<(i64, i64)>,
    menu: Option<Vec<String>>,
    precedents: Option<(i64, i64)>,
    need: Option<bool>,
    checked: Option<bool>,
    said: Option<Vec<String>>,
    approved: Option<Vec<String>>,
    values: Option<Vec<String>>,
    sourced: Option<bool>,
    law_cards: Option<Vec<String>>,
    severe: Option<bool>,
    names: Option<Vec<String>>,
    outside: Option<bool>,
    must: Option<Vec<String>>,
    never: Option<Vec<String>>,
    vulnerable: Option<bool>,
}

fn zone() -> Zone {
    Zone::named("Asia/Shanghai").unwrap()
}

fn yes(value: &str) -> bool {
    match value {
        "yes" => true,
        "no" => false,
        _ => panic!("{value}: write yes or no"),
    }
}

/// `2026-03-11T14:20` in Shanghai.
fn instant(value: &str) -> Ms {
    let civil: jiff::civil::DateTime = value.parse().unwrap_or_else(|e| panic!("{value}: {e}"));
    let at = civil
        .to_zoned(jiff::tz::TimeZone::get("Asia/Shanghai").unwrap())
        .unwrap();
    Ms(at.timestamp().as_millisecond())
}

fn deed(value: &str) -> Deed {
    Deed::from_name(value).unwrap_or_else(|| panic!("{value}: no such deed"))
}

fn pair(value: &str) -> (i64, i64) {
    let (a, b) = value.split_once(',').unwrap();
    (a.trim().parse().unwrap(), b.trim().parse().unwrap())
}

/// Adds to a list that is known as soon as it is named; `none` makes it known and empty.
fn more(list: &mut Option<Vec<String>>, value: &str) {
    let list = list.get_or_insert_default();
    if value != "none" {
        list.push(value.to_owned());
    }
}

impl Sample {
    fn parse(line: usize, row: &str) -> Self {
        let fields: Vec<&str> = row.split('\t').map(str::trim).collect();
        let [label, lang, keys @ .., text] = fields.as_slice() else {
            panic!("line {line}: label, language and text are needed");
        };
        let mut out = Self {
            line,
            hit: match *label {
                "hit" => true,
                "miss" => false,
                other => panic!("line {line}: {other}: write hit or miss"),
            },
            lang: match *lang {
                "zh" => Lang::Zh,
                "en" => Lang::En,
                other => panic!("line {line}: {other}: write zh or en"),
            },
            text: text.replace("\\n", "\n"),
            channel: Channel::Chat,
            now: NOW,
            heat: 15,
            acknowledged: false,
            first: false,
            why: false,
            moment: Moment::Turn,
            due: String::new(),
            customer: Vec::new(),
            promises: None,
            feasible: None,
            contact: None,
            caps: None,
            authority: None,
            sums: None,
            menu: None,
            precedents: None,
            need: None,
            checked: None,
            said: None,
            approved: None,
            values: None,
            sourced: None,
            law_cards: None,
            severe: None,
            names: None,
            outside: None,
            must: None,
            never: None,
            vulnerable: None,
        };
        for key in keys.iter().filter(|k| !k.is_empty()) {
            let (key, value) = key
                .split_once('=')
                .unwrap_or_else(|| panic!("line {line}: {key}: write key=value"));
            out.set(key.trim(), value.trim().trim_matches('"'));
        }
        out
    }

    fn set(&mut self, key: &str, value: &str) {
        match key {
            "heat" => self.heat = value.parse().unwrap(),
            "acknowledged" => self.acknowledged = yes(value),
            "first" => self.first = yes(value),
            "why" => self.why = yes(value),
            "channel" => self.channel = Channel::from_name(value).unwrap(),
            "moment" => {
                self.moment = match value {
                    "turn" => Moment::Turn,
                    "park" => Moment::Park,
                    "close" => Moment::Close,
                    _ => panic!("{value}: no such moment"),
                }
            }
            "now" => self.now = instant(value),
            "due" => value.clone_into(&mut self.due),
            "customer" => self.customer.push(value.to_owned()),
            // promise=callback@2026-03-11T17:00, or promise=none
            "promise" => {
                let list = self.promises.get_or_insert_default();
                if let Some((kind, due)) = value.split_once('@') {
                    list.push(Open {
                        deed: deed(kind),
                        due: instant(due),
                    });
                }
            }
            "feasible" => {
                let (kind, from) = value.split_once('@').unwrap();
                self.feasible
                    .get_or_insert_default()
                    .push((deed(kind), instant(from)));
            }
            "contact" => self.contact = Some(crate::coach::content::contact_hours(value).unwrap()),
            "sla" => self.caps = Some((Some(instant(value)), self.caps.and_then(|c| c.1))),
            "cap" => self.caps = Some((self.caps.and_then(|c| c.0), Some(instant(value)))),
            "authority" => self.authority = Some(value.parse().unwrap()),
            "sums" => self.sums = Some(pair(value)),
            "menu" => more(&mut self.menu, value),
            "precedents" => self.precedents = Some(pair(value)),
            "need" => self.need = Some(yes(value)),
            "checked" => self.checked = Some(yes(value)),
            "said" => more(&mut self.said, value),
            "approved" => more(&mut self.approved, value),
            "value" => more(&mut self.values, value),
            "sourced" => self.sourced = Some(yes(value)),
            "lawcard" => more(&mut self.law_cards, value),
            "severe" => self.severe = Some(yes(value)),
            "name" => more(&mut self.names, value),
            "outside" => self.outside = Some(yes(value)),
            "must" => more(&mut self.must, value),
            "never" => more(&mut self.never, value),
            "vulnerable" => self.vulnerable = Some(yes(value)),
            _ => panic!("line {}: no such key: {key}", self.line),
        }
    }

    fn known(&self) -> Known<'_> {
        Known {
            promises: self.promises.as_deref(),
            feasible: self.feasible.as_deref(),
            calendar: None,
            contact: self.contact.as_ref(),
            caps: self.caps,
            authority: self.authority,
            sums: self.sums,
            menu: self.menu.as_deref(),
            precedents: self.precedents,
            need_confirmed: self.need,
            contact_checked: self.checked,
            said: self.said.as_deref(),
            approved: self.approved.as_deref(),
            values: self.values.as_deref(),
            cause_sourced: self.sourced,
            law_cards: self.law_cards.as_deref(),
            severe_route: self.severe,
            names: self.names.as_deref(),
            outside_named: self.outside,
            must_say: self.must.as_deref(),
            never_say: self.never.as_deref(),
            vulnerable: self.vulnerable,
        }
    }

    fn fires(&self, content: &Content, zone: &Zone, rule: &str) -> Option<Severity> {
        let cx = LintContext {
            emotion: match self.heat {
                0..=29 => 0,
                30..=54 => 1,
                55..=79 => 2,
                _ => 3,
            },
            heat: self.heat,
            acknowledged: self.acknowledged,
            first_reply: self.first,
            customer_words: &self.customer,
            asks_why: self.why,
            moment: self.moment,
            due_words: &self.due,
            known: self.known(),
            ..LintContext::new(self.lang, self.channel, self.now, zone)
        };
        let found = lint(content, &self.text, &cx).findings;
        found
            .iter()
            .filter(|f| f.rule == rule)
            .map(|f| f.severity)
            .max()
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/coach/lint")
}

fn samples(rule: &Rule) -> Vec<Sample> {
    let path = folder().join(format!("{}.txt", rule.id));
    let Ok(text) = std::fs::read_to_string(&path) else {
        return Vec::new();
    };
    text.lines()
        .enumerate()
        .filter(|(_, row)| !row.trim().is_empty() && !row.starts_with('#'))
        .map(|(at, row)| Sample::parse(at + 1, row))
        .collect()
}

/// What a rule did on its samples.
#[derive(Debug, Default)]
struct Score {
    /// Per language: hits, near-misses.
    counts: BTreeMap<&'static str, (usize, usize)>,
    right: usize,
    missed: usize,
    wrong: usize,
    report: String,
}

impl Score {
    fn of(content: &Content, zone: &Zone, rule: &Rule) -> Self {
        let mut out = Self::default();
        for sample in samples(rule) {
            let lang = if sample.lang == Lang::Zh { "zh" } else { "en" };
            let count = out.counts.entry(lang).or_default();
            if sample.hit {
                count.0 += 1;
            } else {
                count.1 += 1;
            }
            let fired = sample.fires(content, zone, rule.id).is_some();
            match (sample.hit, fired) {
                (true, true) => out.right += 1,
                (true, false) => out.missed += 1,
                (false, true) => out.wrong += 1,
                (false, false) => {}
            }
            if sample.hit != fired {
                let what = if fired {
                    "fires, but should not"
                } else {
                    "is silent, but should fire"
                };
                let _ = writeln!(
                    out.report,
                    "  {}:{} {what}: {}",
                    rule.id, sample.line, sample.text
                );
            }
        }
        out
    }

    fn total(&self) -> (usize, usize) {
        self.counts
            .values()
            .fold((0, 0), |(h, m), (a, b)| (h + a, m + b))
    }

    #[allow(clippy::cast_precision_loss, reason = "a few hundred samples")]
    fn precision(&self) -> f64 {
        self.right as f64 / (self.right + self.wrong).max(1) as f64
    }

    #[allow(clippy::cast_precision_loss, reason = "a few hundred samples")]
    fn recall(&self) -> f64 {
        self.right as f64 / (self.right + self.missed).max(1) as f64
    }
}

/// The bar per severity: hits, near-misses, precision, recall.
const fn bar(severity: Severity) -> (usize, usize, f64, f64) {
    match severity {
        Severity::Block => (30, 30, 0.98, 0.95),
        Severity::Warn => (15, 15, 0.90, 0.0),
        Severity::Info => (8, 8, 0.0, 0.0),
    }
}

#[test]
fn every_rule_keeps_the_bar_on_its_samples() {
    let content = Content::shipped().unwrap();
    let zone = zone();
    let only = std::env::var("LINT_RULE").ok();
    let mut below = Vec::new();
    for rule in RULES {
        if only
            .as_ref()
            .is_some_and(|o| !rule.id.starts_with(o.as_str()))
        {
            continue;
        }
        if !folder().join(format!("{}.txt", rule.id)).exists() {
            println!("{} has no samples yet", rule.id);
            continue;
        }
        let score = Score::of(&content, &zone, rule);
        let (hits, misses) = score.total();
        let (precision, recall) = (score.precision(), score.recall());
        println!(
            "{} {:?}: {hits} hits, {misses} near-misses {:?}, precision {precision:.3}, recall {recall:.3}",
            rule.id,
            rule.severity(),
            score.counts
        );
        if only.is_some() {
            print!("{}", score.report);
        }
        let (want_hits, want_misses, want_precision, want_recall) = bar(rule.severity());
        // English has one word for you.
        let hits_in_both = rule.id == "TON-05" || score.counts.values().all(|(h, _)| *h > 0);
        let langs =
            score.counts.len() == 2 && hits_in_both && score.counts.values().all(|(_, m)| *m > 0);
        if hits < want_hits
            || misses < want_misses
            || !langs
            || precision < want_precision
            || recall < want_recall
        {
            below.push(format!("{}\n{}", rule.id, score.report));
        }
    }
    assert!(below.is_empty(), "below the bar:\n{}", below.join("\n"));
}

#[test]
fn every_sample_file_belongs_to_a_rule() {
    for entry in std::fs::read_dir(folder()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if name == "README.md" {
            continue;
        }
        let id = name.strip_suffix(".txt").unwrap_or(&name);
        assert!(RULES.iter().any(|r| r.id == id), "{name}");
    }
}
