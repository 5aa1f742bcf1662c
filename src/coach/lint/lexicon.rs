//! The phrases that the rules look for: groups of patterns from data, all found in one pass over the text.
//!
//! A pattern is plain words with four marks: `(a|b)` alternatives, `…` a gap inside the clause, `~` a gap inside the
//! sentence, `^` and `$` the begin and the end of a clause. Width, case and script are folded before matching.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use aho_corasick::AhoCorasick;
use serde::Deserialize;

use crate::coach::content::{BadContent, File};
use crate::coach::folded::stands_alone;
use crate::text::tokens::fold;

/// The most bytes a gap inside a clause spans: about 14 Han characters or 7 English words.
const CLAUSE_GAP: usize = 42;
/// The most bytes a gap inside a sentence spans.
const SENTENCE_GAP: usize = 120;
/// The most plain patterns one pattern with alternatives may stand for.
const MOST: usize = 600;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    /// Who answers for the words of this file.
    owner: String,
    /// When they are to be read again, `YYYY-MM-DD`.
    review: String,
    group: Vec<RawGroup>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawGroup {
    id: String,
    #[serde(default)]
    zh: Vec<String>,
    #[serde(default)]
    en: Vec<String>,
    #[serde(default)]
    except_zh: Vec<String>,
    #[serde(default)]
    except_en: Vec<String>,
    #[serde(default)]
    better_zh: String,
    #[serde(default)]
    better_en: String,
}

/// A group of phrases with one meaning.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Group {
    /// The id that the checks ask for.
    pub id: String,
    /// The file it stands in.
    pub file: String,
    /// Who answers for the words.
    pub owner: String,
    /// When they are to be read again, `YYYY-MM-DD`.
    pub review: String,
    /// What to say instead, zh and en; empty when leaving the words out is best or nothing fits.
    pub better: [String; 2],
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Gap {
    Clause,
    Sentence,
}

/// One plain pattern behind its first part.
#[derive(Debug)]
struct Pattern {
    group: usize,
    except: bool,
    begins: bool,
    ends: bool,
    rest: Vec<(Gap, String)>,
}

/// A group found in a folded text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Found {
    /// Place of the group.
    pub(super) group: usize,
    /// Where, in the folded text.
    pub(super) at: Range<usize>,
}

/// All groups with their patterns.
#[derive(Debug)]
pub struct Lexicon {
    groups: Vec<Group>,
    by_id: BTreeMap<String, usize>,
    automaton: AhoCorasick,
    /// Per first part: the patterns that begin with it.
    patterns: Vec<Vec<Pattern>>,
}

impl Lexicon {
    /// The lexicon of these files. `needed` are the ids that checks ask for.
    pub(in crate::coach) fn parse(files: &[File<'_>], needed: &[&str]) -> Result<Self, BadContent> {
        let mut groups: Vec<Group> = Vec::new();
        let mut by_id = BTreeMap::new();
        let mut firsts: BTreeMap<String, Vec<Pattern>> = BTreeMap::new();
        for file in files {
            let raw: Raw = file.read()?;
            let dated =
                raw.review.len() == 10 && raw.review.bytes().filter(|b| *b == b'-').count() == 2;
            if raw.owner.trim().is_empty() || !dated {
                return Err(file.bad(
                    "owner, review",
                    "a lexicon needs somebody who answers for it and a day to read it again",
                    "write owner = \"...\" and review = \"YYYY-MM-DD\"",
                ));
            }
            for group in raw.group {
                let place = groups.len();
                if by_id.insert(group.id.clone(), place).is_some() {
                    return Err(file.bad(
                        group.id,
                        "this group is there twice",
                        "put both into one",
                    ));
                }
                for (words, except) in [
                    (group.zh.iter().chain(&group.en), false),
                    (group.except_zh.iter().chain(&group.except_en), true),
                ] {
                    for phrase in words {
                        add(phrase, place, except, &mut firsts).map_err(|(what, remedy)| {
                            file.bad(format!("{}: {phrase}", group.id), what, remedy)
                        })?;
                    }
                }
                groups.push(Group {
                    id: group.id,
                    file: file.name.to_owned(),
                    owner: raw.owner.clone(),
                    review: raw.review.clone(),
                    better: [group.better_zh, group.better_en],
                });
            }
        }
        let whole = File {
            name: "lexicon/lint",
            text: "",
        };
        if let Some(id) = needed.iter().find(|id| !by_id.contains_key(**id)) {
            return Err(whole.bad(
                *id,
                "a rule asks for this group and no file has it",
                "add a [[group]] with this id",
            ));
        }
        let automaton = AhoCorasick::new(firsts.keys())
            .map_err(|e| whole.bad("patterns", e.to_string(), "shorten the lists"))?;
        Ok(Self {
            groups,
            by_id,
            automaton,
            patterns: firsts.into_values().collect(),
        })
    }

    /// Every group, in the order of the files.
    #[must_use]
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// Whether words of this group stand in a folded text; nothing when there is no such group.
    pub(in crate::coach) fn stands_in(&self, id: &str, text: &str) -> Option<bool> {
        let place = self.place(id)?;
        Some(self.find(text).iter().any(|f| f.group == place))
    }

    /// The place of the group with this id.
    pub(super) fn place(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// The group at a place.
    pub(super) fn group(&self, place: usize) -> Option<&Group> {
        self.groups.get(place)
    }

    /// Everything in a folded text, by group and place; hits inside another of the same group and those that an exception
    /// covers are left out.
    pub(super) fn find(&self, text: &str) -> Vec<Found> {
        let mut found = Vec::new();
        let mut except = Vec::new();
        for hit in self.automaton.find_overlapping_iter(text) {
            if !stands_alone(text, hit.start(), hit.end()) {
                continue;
            }
            for pattern in self
                .patterns
                .get(hit.pattern().as_usize())
                .into_iter()
                .flatten()
            {
                if let Some(end) = matched(pattern, text, hit.start(), hit.end()) {
                    let into = if pattern.except {
                        &mut except
                    } else {
                        &mut found
                    };
                    into.push(Found {
                        group: pattern.group,
                        at: hit.start()..end,
                    });
                }
            }
        }
        found.retain(|f| {
            !except.iter().any(|e: &Found| {
                e.group == f.group && e.at.start <= f.at.start && f.at.end <= e.at.end
            })
        });
        found.sort_by_key(|f| (f.group, f.at.start, std::cmp::Reverse(f.at.end)));
        found.dedup_by(|next, kept| kept.group == next.group && next.at.end <= kept.at.end);
        found
    }
}

fn add(
    phrase: &str,
    group: usize,
    except: bool,
    firsts: &mut BTreeMap<String, Vec<Pattern>>,
) -> Result<(), (String, &'static str)> {
    let plain = expand(phrase)?;
    let mut seen = BTreeSet::new();
    for text in plain {
        if !seen.insert(text.clone()) {
            continue;
        }
        let (begins, text) = text
            .strip_prefix('^')
            .map_or((false, text.as_str()), |t| (true, t));
        let (ends, text) = text.strip_suffix('$').map_or((false, text), |t| (true, t));
        let mut parts: Vec<(Gap, String)> = Vec::new();
        let mut gap = Gap::Clause;
        let mut from = 0;
        for (at, c) in text.char_indices() {
            let next = match c {
                '…' => Gap::Clause,
                '~' => Gap::Sentence,
                _ => continue,
            };
            parts.push((gap, fold(text[from..at].trim())));
            gap = next;
            from = at + c.len_utf8();
        }
        parts.push((gap, fold(text[from..].trim())));
        if parts.iter().any(|(_, part)| part.is_empty()) {
            return Err((
                "an empty part would match everywhere".to_owned(),
                "write words on both sides of a gap",
            ));
        }
        let (_, first) = parts.remove(0);
        firsts.entry(first).or_default().push(Pattern {
            group,
            except,
            begins,
            ends,
            rest: parts,
        });
    }
    Ok(())
}

/// The plain patterns that a pattern with alternatives stands for.
fn expand(phrase: &str) -> Result<Vec<String>, (String, &'static str)> {
    const BALANCE: &str = "write alternatives as (a|b), not one inside another";
    let mut out = vec![String::new()];
    let mut rest = phrase;
    while let Some(open) = rest.find('(') {
        let Some(close) = rest[open..].find(')').map(|at| open + at) else {
            return Err(("a bracket is not closed".to_owned(), BALANCE));
        };
        let inside = &rest[open + 1..close];
        if inside.contains('(') {
            return Err(("a bracket inside a bracket".to_owned(), BALANCE));
        }
        let mut next = Vec::new();
        for begun in &out {
            for choice in inside.split('|') {
                next.push(format!("{begun}{}{choice}", &rest[..open]));
            }
        }
        if next.len() > MOST {
            return Err((
                format!("more than {MOST} alternatives"),
                "split the phrase into several",
            ));
        }
        out = next;
        rest = &rest[close + 1..];
    }
    if rest.contains(')') {
        return Err((
            "a bracket is closed that was not opened".to_owned(),
            BALANCE,
        ));
    }
    for text in &mut out {
        text.push_str(rest);
        while text.contains("  ") {
            *text = text.replace("  ", " ");
        }
    }
    Ok(out)
}

/// The end of a pattern whose first part stands at `start..end`.
fn matched(pattern: &Pattern, text: &str, start: usize, mut end: usize) -> Option<usize> {
    if pattern.begins && !begins_clause(text, start) {
        return None;
    }
    for (gap, part) in &pattern.rest {
        let window = window(text, end, *gap);
        let at = window
            .match_indices(part.as_str())
            .map(|(at, _)| end + at)
            .find(|at| stands_alone(text, *at, at + part.len()))?;
        end = at + part.len();
    }
    (!pattern.ends || ends_clause(text, end)).then_some(end)
}

/// What follows `from` as far as a gap reaches.
fn window(text: &str, from: usize, gap: Gap) -> &str {
    let most = match gap {
        Gap::Clause => CLAUSE_GAP,
        Gap::Sentence => SENTENCE_GAP,
    };
    let rest = &text[from..];
    let mut end = rest.len();
    // A part of up to `most` bytes may follow the gap, so the window is twice as long as the gap.
    for (at, c) in rest.char_indices() {
        let stop =
            ends_sentence(rest, at, c) || (gap == Gap::Clause && matches!(c, ',' | '，' | ':'));
        if stop || at >= 2 * most {
            end = at;
            break;
        }
    }
    &rest[..end]
}

fn ends_sentence(text: &str, at: usize, c: char) -> bool {
    match c {
        '。' | '!' | '?' | ';' | '\n' => true,
        '.' => text[at + 1..]
            .chars()
            .next()
            .is_none_or(char::is_whitespace),
        _ => false,
    }
}

fn begins_clause(text: &str, start: usize) -> bool {
    text[..start]
        .trim_end_matches([' ', '"', '“', '「'])
        .chars()
        .next_back()
        .is_none_or(|c| !c.is_alphanumeric())
}

fn ends_clause(text: &str, end: usize) -> bool {
    text[end..]
        .trim_start_matches(' ')
        .chars()
        .next()
        .is_none_or(|c| !c.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn found(words: &str, except: &str, text: &str) -> Vec<String> {
        let toml = format!(
            "owner = \"o\"\nreview = \"2027-01-01\"\n[[group]]\nid = \"g\"\nzh = [{words}]\nexcept_zh = [{except}]\n"
        );
        let file = File {
            name: "f",
            text: &toml,
        };
        let lexicon = Lexicon::parse(&[file], &["g"]).unwrap();
        lexicon
            .find(text)
            .into_iter()
            .map(|f| text[f.at].to_owned())
            .collect()
    }

    #[test]
    fn patterns_have_alternatives_gaps_and_ends() {
        assert_eq!(
            found(
                "\"不是(跟|和)您…(说过|讲过)\"",
                "",
                "这个不是和您早就讲过了吗"
            ),
            ["不是和您早就讲过"]
        );
        assert_eq!(
            found("\"不是跟您…说过\"", "", "不是跟您,别人说过"),
            [] as [&str; 0]
        );
        assert_eq!(
            found("\"不是跟您~说过\"", "", "不是跟您,别人说过"),
            ["不是跟您,别人说过"]
        );
        assert_eq!(found("\"^你要\"", "", "要是你要,你要去"), ["你要"]);
        assert_eq!(found("\"随便$\"", "", "随便说说,您随便。"), ["随便"]);
        assert_eq!(
            found("\"you must\"", "", "say you must, you mustard"),
            ["you must"]
        );
        assert_eq!(found("\"冷静\"", "\"冷静期\"", "冷静期内请冷静"), ["冷静"]);
    }

    #[test]
    fn what_cannot_be_read_is_an_error() {
        for (words, needed) in [
            ("\"a(b\"", "g"),
            ("\"a…\"", "g"),
            ("\"\"", "g"),
            ("\"a\"", "other"),
        ] {
            let toml = format!(
                "owner = \"o\"\nreview = \"2027-01-01\"\n[[group]]\nid = \"g\"\nzh = [{words}]\n"
            );
            let error = Lexicon::parse(
                &[File {
                    name: "f.toml",
                    text: &toml,
                }],
                &[needed],
            )
            .unwrap_err();
            assert!(!error.remedy.is_empty(), "{error}");
        }
        let undated = File {
            name: "f.toml",
            text: "owner = \"o\"\nreview = \"soon\"\ngroup = []\n",
        };
        assert!(
            Lexicon::parse(&[undated], &[])
                .unwrap_err()
                .what
                .contains("answers for it")
        );
    }
}
