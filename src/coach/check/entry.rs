//! Playbook entries: one by one, and together.

use std::collections::{BTreeMap, BTreeSet};

use super::doc::{Doc, Tab};
use super::lines::Spoken;
use super::{Cx, Report};
use crate::coach::content::{Band, Need, PartKind, Status, When};
use crate::coach::slots;
use crate::domain::lang::Lang;
use crate::domain::vocabulary::Act;

/// Lines that empathize, for each band an entry claims: one may not be said twice to the same customer (method 3.2).
const FEW: usize = 2;

const KEYS: &[&str] = &[
    "id",
    "version",
    "status",
    "items",
    "expires",
    "need_fix",
    "stated_zh",
    "stated_en",
    "hidden_zh",
    "hidden_en",
    "words",
    "line",
];
const LINE_KEYS: &[&str] = &["part", "acts", "zh", "en"];

/// What must be known of an entry to look at all of them together.
pub(super) struct Known {
    file: String,
    line: usize,
    id: String,
    approved: bool,
    items: Vec<String>,
}

fn names<T: Copy>(all: &[T], name: fn(T) -> &'static str) -> Vec<&'static str> {
    all.iter().map(|v| name(*v)).collect()
}

/// Checks one entry; its lines are added to `spoken`.
pub(super) fn check<'d>(
    doc: &'d Doc<'d>,
    cx: &Cx<'_>,
    report: &mut Report,
    spoken: &mut Vec<Spoken<'d>>,
) -> Option<Known> {
    let root = doc.root();
    let id = root.text("id").map_or("", |s| s.text);
    report.keys(doc, root, id, KEYS, &[]);
    report.filled(
        doc,
        root,
        id,
        &["stated_zh", "stated_en", "hidden_zh", "hidden_en"],
    );
    let stem = doc.name.rsplit('/').next().unwrap_or(doc.name);
    if let Some(said) = root.text("id")
        && stem.strip_suffix(".toml") != Some(said.text)
    {
        let args = [("what", said.text), ("known", stem)];
        report.add(doc.name, said.line, "file-name", &args);
    }
    report.one_of(
        doc,
        root,
        "status",
        "unknown-value",
        &names(Status::ALL, Status::as_str),
    );
    report.one_of(
        doc,
        root,
        "need_fix",
        "unknown-need",
        &names(Need::ALL, Need::as_str),
    );
    report.items(doc, root, cx);
    let retired = root
        .text("status")
        .is_some_and(|s| s.text == Status::Retired.as_str());
    report.day(doc, root, "expires", !retired, cx);
    let lines = root.tables("line");
    for tab in &lines {
        line(doc, *tab, id, report);
        let acts = tab
            .texts("acts")
            .iter()
            .filter_map(|a| Act::from_name(a.text))
            .collect::<Vec<_>>();
        for (lang, key) in [(Lang::Zh, "zh"), (Lang::En, "en")] {
            if let Some(said) = tab.text(key) {
                spoken.push(Spoken {
                    file: doc.name,
                    of: id,
                    said,
                    lang,
                    acts: acts.clone(),
                    part: tab.text("part").map_or("", |s| s.text),
                    band: tab.text("band").map_or("", |s| s.text),
                });
            }
        }
    }
    whole(doc, id, &lines, report);
    root.text("id").map(|said| Known {
        file: doc.name.to_owned(),
        line: said.line,
        id: said.text.to_owned(),
        approved: root
            .text("status")
            .is_some_and(|s| s.text == Status::Approved.as_str()),
        items: root
            .texts("items")
            .iter()
            .map(|s| s.text.to_owned())
            .collect(),
    })
}

fn line(doc: &Doc<'_>, tab: Tab<'_>, id: &str, report: &mut Report) {
    report.keys(doc, tab, id, LINE_KEYS, &["band", "needs"]);
    report.filled(doc, tab, id, &["zh", "en"]);
    report.one_of(
        doc,
        tab,
        "part",
        "unknown-part",
        &names(PartKind::ALL, PartKind::as_str),
    );
    report.one_of(
        doc,
        tab,
        "band",
        "unknown-value",
        &names(Band::ALL, Band::as_str),
    );
    report.one_of(
        doc,
        tab,
        "needs",
        "unknown-value",
        &names(When::ALL, When::as_str),
    );
    for act in tab.texts("acts") {
        if Act::from_name(act.text).is_none() {
            let known = names(Act::ALL, Act::as_str).join(", ");
            report.add(
                doc.name,
                act.line,
                "unknown-act",
                &[("what", act.text), ("known", &known)],
            );
        }
    }
    let part = tab.text("part").map_or("", |s| s.text);
    for (key, owner) in [("band", PartKind::Empathize), ("needs", PartKind::Explain)] {
        if tab.text(key).is_some() != (part == owner.as_str()) {
            let args = [("what", key), ("known", owner.as_str())];
            report.add(doc.name, tab.line_of(key), "misplaced-key", &args);
        }
    }
    slots_of(doc, tab, part, report);
}

fn slots_of(doc: &Doc<'_>, tab: Tab<'_>, part: &str, report: &mut Report) {
    let mut both: Vec<BTreeSet<String>> = Vec::new();
    for key in ["zh", "en"] {
        let Some(said) = tab.text(key) else { continue };
        match slots::names(said.text) {
            Ok(names) => {
                times(doc, said.text, said.line, part, report);
                both.push(names);
            }
            Err(what) => {
                let known = slots::KNOWN.join(", ");
                report.add(
                    doc.name,
                    said.line,
                    "unknown-slot",
                    &[("what", &what), ("known", &known)],
                );
            }
        }
    }
    if let [zh, en] = both.as_slice()
        && zh != en
    {
        let odd: Vec<String> = zh
            .symmetric_difference(en)
            .map(|n| format!("{{{n}}}"))
            .collect();
        report.add(
            doc.name,
            tab.line_of("en"),
            "slot-in-one-language",
            &[("what", &odd.join(", "))],
        );
    }
}

/// How many times a line names: a commitment one, any other at most one.
fn times(doc: &Doc<'_>, text: &str, line: usize, part: &str, report: &mut Report) {
    let count = text.matches("{due.").count();
    let what = count.to_string();
    if part == PartKind::Commit.as_str() && count != 1 {
        report.add(doc.name, line, "commit-time", &[("what", &what)]);
    } else if count > 1 {
        report.add(doc.name, line, "many-times", &[("what", &what)]);
    }
}

fn whole(doc: &Doc<'_>, id: &str, lines: &[Tab<'_>], report: &mut Report) {
    let part = |tab: &Tab<'_>| tab.text("part").map_or("", |s| s.text).to_owned();
    let has = |kind: PartKind| lines.iter().any(|l| part(l) == kind.as_str());
    for kind in [
        PartKind::Empathize,
        PartKind::Explain,
        PartKind::Commit,
        PartKind::Confirm,
    ] {
        if !has(kind) {
            let args = [("what", kind.as_str()), ("of", id)];
            report.add(doc.name, doc.root().line_of("id"), "missing-part", &args);
        }
    }
    let unknown = |l: &Tab<'_>| {
        l.text("needs")
            .is_some_and(|s| s.text == When::Unknown.as_str())
    };
    if has(PartKind::Explain) && !lines.iter().any(unknown) {
        let args = [("what", "explain, needs = \"unknown\""), ("of", id)];
        report.add(doc.name, doc.root().line_of("id"), "missing-part", &args);
    }
    let mut bands: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for tab in lines
        .iter()
        .filter(|l| part(l) == PartKind::Empathize.as_str())
    {
        if let Some(band) = tab.text("band") {
            bands.entry(band.text).or_insert((band.line, 0)).1 += 1;
        }
    }
    for (band, (line, count)) in bands {
        if count < FEW {
            report.add(
                doc.name,
                line,
                "few-empathize",
                &[("what", band), ("of", id)],
            );
        }
    }
    let decline = lines.iter().find(|l| part(l) == PartKind::Decline.as_str());
    if let Some(decline) = decline {
        for kind in [PartKind::Rights, PartKind::Options] {
            if !has(kind) {
                let args = [("what", kind.as_str()), ("of", id)];
                report.add(doc.name, decline.line, "bare-decline", &args);
            }
        }
    }
}

/// Ids stand once, and every item has an approved entry.
pub(super) fn together(taxonomy: &Doc<'_>, entries: &[Known], report: &mut Report) {
    let mut seen: BTreeMap<&str, &Known> = BTreeMap::new();
    for entry in entries {
        if let Some(first) = seen.insert(&entry.id, entry) {
            let args = [("what", entry.id.as_str()), ("of", first.file.as_str())];
            report.add(&entry.file, entry.line, "twice", &args);
        }
    }
    for item in taxonomy.root().tables("item") {
        let Some(id) = item.text("id") else { continue };
        let served = |e: &Known| e.approved && e.items.iter().any(|i| i == id.text);
        if !entries.iter().any(served) {
            report.add(
                taxonomy.name,
                id.line,
                "unserved-item",
                &[("what", id.text)],
            );
        }
    }
}
