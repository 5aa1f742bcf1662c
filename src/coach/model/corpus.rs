//! Labelled lines for the training: JSONL, one message an object, labels as the training files of `assets/training` use them.

use serde::Deserialize;

use super::labels::{FINE, NEEDS, RISKS, UNSPECIFIED};

/// The share of the label that goes to the other matters a line names.
const ALSO: f32 = 0.25;

/// A labelled message.
#[derive(Clone, PartialEq, Debug)]
pub struct Example {
    /// The customer's words.
    pub text: String,
    /// Whether it is a complaint.
    pub complaint: bool,
    /// Places in [`FINE`] with the share of the label that each has, of a complaint; none where nobody said.
    pub item: Vec<(usize, f32)>,
    /// Feeling, 0 to 3; `None` where nobody said.
    pub emotion: Option<u8>,
    /// Names out of [`RISKS`]; `None` where nobody looked.
    pub risk: Option<Vec<&'static str>>,
    /// The place in [`NEEDS`].
    pub need: Option<usize>,
}

/// A line that cannot be learned from.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}, line {line}: {what}; {remedy}")]
pub struct BadLine {
    /// The file as the caller named it.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong.
    pub what: String,
    /// What to do.
    pub remedy: &'static str,
}

/// Lexicon and style of the line are not needed here, so further keys are let pass.
#[derive(Deserialize)]
struct Line {
    text: String,
    complaint: bool,
    item: String,
    #[serde(default)]
    also: Vec<String>,
    emotion: Option<u8>,
    risk: Option<Vec<String>>,
    need: Option<String>,
}

fn place(names: &[&str], name: &str) -> Option<usize> {
    names.iter().position(|n| *n == name)
}

/// The examples of one file.
///
/// # Errors
/// The first line that does not fit, with its number and the remedy.
pub fn parse(file: &str, text: &str) -> Result<Vec<Example>, BadLine> {
    let mut out = Vec::new();
    for (n, raw) in text.lines().enumerate() {
        if raw.trim().is_empty() {
            continue;
        }
        let bad = |what: String, remedy| BadLine {
            file: file.to_owned(),
            line: n + 1,
            what,
            remedy,
        };
        let line: Line = serde_json::from_str(raw).map_err(|e| {
            bad(
                e.to_string(),
                "write one JSON object a line with text, complaint, item, emotion, risk and need",
            )
        })?;
        out.push(example(line).map_err(|(what, remedy)| bad(what, remedy))?);
    }
    Ok(out)
}

fn example(line: Line) -> Result<Example, (String, &'static str)> {
    let known = |name: &str| {
        place(&FINE, name).ok_or_else(|| {
            (
                format!("the matter {name:?} is not known"),
                "use one of the matters of assets/coach/fine.toml, or none",
            )
        })
    };
    let item = match line.item.as_str() {
        "none" => None,
        name => Some(known(name)?),
    };
    if item.is_some() != line.complaint {
        return Err((
            "item and complaint do not fit".to_owned(),
            "a complaint has a matter or \"unspecified\", anything else has \"none\"",
        ));
    }
    if line.emotion.is_some_and(|e| e > 3) {
        return Err((
            "the feeling is above 3".to_owned(),
            "write 0 calm, 1 mild, 2 clear or 3 strong",
        ));
    }
    let also = line
        .also
        .iter()
        .filter(|name| *name != "none")
        .map(|name| known(name))
        .collect::<Result<Vec<_>, _>>()?;
    let risk = match line.risk {
        None => None,
        Some(names) => Some(
            names
                .iter()
                .map(|name| {
                    RISKS.iter().find(|r| *r == name).copied().ok_or_else(|| {
                        (
                            format!("the risk {name:?} is not known"),
                            "use regulator, media, legal, compensation, rejects_all, repeat, churn or safety",
                        )
                    })
                })
                .collect::<Result<Vec<_>, _>>()?,
        ),
    };
    let need = match line.need.as_deref() {
        None | Some("none") => None,
        Some(name) => Some(place(&NEEDS, name).ok_or_else(|| {
            (
                format!("the need {name:?} is not known"),
                "use one of the needs of assets/needs.toml, or null",
            )
        })?),
    };
    Ok(Example {
        text: line.text,
        complaint: line.complaint,
        item: item.map_or_else(Vec::new, |item| shares(item, &also)),
        emotion: line.emotion,
        risk,
        need,
    })
}

/// The main matter keeps most of the label; the others that the words name share the rest.
fn shares(item: usize, also: &[usize]) -> Vec<(usize, f32)> {
    let others: Vec<usize> = also
        .iter()
        .copied()
        .filter(|a| *a != item && *a != UNSPECIFIED)
        .collect();
    let given = if others.is_empty() { 0.0 } else { ALSO };
    let each = given / others.len().max(1) as f32;
    let mut out = vec![(item, 1.0 - given)];
    out.extend(others.into_iter().map(|other| (other, each)));
    out
}
