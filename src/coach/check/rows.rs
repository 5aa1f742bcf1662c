//! Files of rows: the escalation scope, what must be said, the case library; and the taxonomy's own checks.

use std::collections::BTreeMap;

use super::doc::{Doc, Tab};
use super::lines::{Spoken, WRITTEN};
use super::{Cx, Report};
use crate::coach::slots;
use crate::domain::lang::Lang;

/// How a file of rows looks.
struct Shape {
    list: &'static str,
    keys: &'static [&'static str],
    may: &'static [&'static str],
    /// A word that must be one of a list.
    one_of: Option<(&'static str, &'static [&'static str])>,
    /// The text that a customer hears or reads, without its language.
    said: &'static str,
    /// Whether it is sent and not spoken.
    written: bool,
}

const SCOPE: Shape = Shape {
    list: "row",
    keys: &[
        "id", "outcome", "words", "what_zh", "what_en", "say_zh", "say_en",
    ],
    may: &["items"],
    one_of: Some(("outcome", &["yes", "stays"])),
    said: "say",
    written: false,
};

const SAYINGS: Shape = Shape {
    list: "saying",
    keys: &[
        "id", "duty", "words", "why_zh", "why_en", "line_zh", "line_en",
    ],
    may: &["items", "from", "to"],
    one_of: Some(("duty", &["must", "never"])),
    said: "line",
    written: false,
};

const LIBRARY: Shape = Shape {
    list: "entry",
    keys: &[
        "id",
        "items",
        "words",
        "title_zh",
        "title_en",
        "internal_zh",
        "internal_en",
        "share_zh",
        "share_en",
        "expires",
    ],
    may: &[],
    one_of: None,
    said: "share",
    written: true,
};

fn shape(name: &str) -> Option<&'static Shape> {
    match name {
        "escalation.toml" => Some(&SCOPE),
        "must_say.toml" => Some(&SAYINGS),
        _ if name.starts_with("library/") => Some(&LIBRARY),
        _ => None,
    }
}

/// Checks a file of rows; what customers hear of it is added to `spoken`. Other files are passed over.
pub(super) fn check<'d>(
    doc: &'d Doc<'d>,
    cx: &Cx<'_>,
    report: &mut Report,
    spoken: &mut Vec<Spoken<'d>>,
) {
    let Some(shape) = shape(doc.name) else { return };
    report.keys(doc, doc.root(), doc.name, &[shape.list], &[]);
    let rows = doc.root().tables(shape.list);
    ids(doc.name, &rows, report);
    for row in rows {
        let id = row.text("id").map_or("", |s| s.text);
        report.keys(doc, row, id, shape.keys, shape.may);
        let texts: Vec<&str> = shape
            .keys
            .iter()
            .copied()
            .filter(|k| k.ends_with("_zh") || k.ends_with("_en"))
            .collect();
        report.filled(doc, row, id, &texts);
        if let Some((key, known)) = shape.one_of {
            report.one_of(doc, row, key, "unknown-value", known);
        }
        report.items(doc, row, cx);
        if row.line_of_key("words").is_some() && row.texts("words").is_empty() {
            report.add(doc.name, row.line_of("words"), "no-words", &[("what", id)]);
        }
        days(doc, row, cx, report);
        for (lang, end) in [(Lang::Zh, "zh"), (Lang::En, "en")] {
            let Some(said) = row.text(&format!("{}_{end}", shape.said)) else {
                continue;
            };
            if let Err(what) = slots::names(said.text) {
                let known = slots::KNOWN.join(", ");
                let args = [("what", what.as_str()), ("known", known.as_str())];
                report.add(doc.name, said.line, "unknown-slot", &args);
            }
            spoken.push(Spoken {
                file: doc.name,
                of: id,
                said,
                lang,
                acts: Vec::new(),
                part: if shape.written { WRITTEN } else { "" },
                band: "",
            });
        }
    }
}

fn days(doc: &Doc<'_>, row: Tab<'_>, cx: &Cx<'_>, report: &mut Report) {
    report.day(doc, row, "expires", true, cx);
    let from = report.day(doc, row, "from", false, cx);
    let to = report.day(doc, row, "to", true, cx);
    for (one, other) in [("from", "to"), ("to", "from")] {
        if row.line_of_key(one).is_some() && row.line_of_key(other).is_none() {
            let args = [
                ("what", other),
                ("of", row.text("id").map_or("", |s| s.text)),
            ];
            report.add(doc.name, row.line_of(one), "missing-key", &args);
        }
    }
    if let (Some(from), Some(to)) = (from, to)
        && from > to
    {
        let what = format!("{from} - {to}");
        report.add(doc.name, row.line_of("to"), "bad-day", &[("what", &what)]);
    }
}

fn ids(file: &str, rows: &[Tab<'_>], report: &mut Report) {
    let mut seen = BTreeMap::new();
    for said in rows.iter().filter_map(|r| r.text("id")) {
        if let Some(first) = seen.insert(said.text, said.line) {
            let place = format!("{file}:{first}");
            report.add(
                file,
                said.line,
                "twice",
                &[("what", said.text), ("of", &place)],
            );
        }
    }
}

/// Names of the case library stand once, whatever file they are in.
pub(super) fn library_ids(docs: &[Doc<'_>], report: &mut Report) {
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    for doc in docs.iter().filter(|d| d.name.starts_with("library/")) {
        for said in doc
            .root()
            .tables("entry")
            .iter()
            .filter_map(|r| r.text("id"))
        {
            let place = format!("{}:{}", doc.name, said.line);
            match seen.get(said.text) {
                Some(first) if !first.starts_with(doc.name) => {
                    report.add(
                        doc.name,
                        said.line,
                        "twice",
                        &[("what", said.text), ("of", first)],
                    );
                }
                _ => {
                    seen.insert(said.text.to_owned(), place);
                }
            }
        }
    }
}

/// How many things an agent checks first (method 3.2, the pre-handling card).
const CHECKS: usize = 3;

const ITEM: &[&str] = &[
    "id",
    "class",
    "zh",
    "en",
    "owner_zh",
    "owner_en",
    "checks_zh",
    "checks_en",
];

/// The taxonomy: whole items, each once, with three first checks in both languages.
pub(super) fn taxonomy(doc: &Doc<'_>, report: &mut Report) {
    let root = doc.root();
    report.keys(doc, root, doc.name, &["class", "item"], &[]);
    let classes = root.tables("class");
    ids(doc.name, &classes, report);
    let known: Vec<&str> = classes
        .iter()
        .filter_map(|c| Some(c.text("id")?.text))
        .collect();
    let items = root.tables("item");
    ids(doc.name, &items, report);
    for item in items {
        let id = item.text("id").map_or("", |s| s.text);
        report.keys(doc, item, id, ITEM, &[]);
        report.filled(doc, item, id, &["zh", "en", "owner_zh", "owner_en"]);
        report.one_of(doc, item, "class", "unknown-value", &known);
        for key in ["checks_zh", "checks_en"] {
            let count = item
                .texts(key)
                .iter()
                .filter(|s| !s.text.trim().is_empty())
                .count();
            if item.line_of_key(key).is_some() && count != CHECKS {
                let count = count.to_string();
                report.add(
                    doc.name,
                    item.line_of(key),
                    "checks",
                    &[("what", id), ("of", &count)],
                );
            }
        }
    }
}
