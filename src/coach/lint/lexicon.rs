//! The groups of phrases that the rules look for, read from data; all are found in one pass over the text.

use std::collections::BTreeMap;
use std::ops::Range;

use aho_corasick::AhoCorasick;
use serde::Deserialize;

use super::pattern::Pattern;
use crate::coach::content::{BadContent, File};
use crate::coach::folded::Folded;

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

/// One pattern of a group.
#[derive(Debug)]
struct Phrase {
    group: usize,
    except: bool,
    pattern: Pattern,
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
    phrases: Vec<Phrase>,
    /// Per anchor: the phrases that may begin there, each with the step after the anchor.
    anchored: Vec<Vec<(usize, usize)>>,
}

impl Lexicon {
    /// The lexicon of these files. `needed` are the ids that checks ask for.
    pub(in crate::coach) fn parse(files: &[File<'_>], needed: &[&str]) -> Result<Self, BadContent> {
        let mut groups: Vec<Group> = Vec::new();
        let mut by_id = BTreeMap::new();
        let mut phrases: Vec<Phrase> = Vec::new();
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
                        let variants = Pattern::parse(phrase).map_err(|(what, remedy)| {
                            file.bad(format!("{}: {phrase}", group.id), what, remedy)
                        })?;
                        phrases.extend(variants.into_iter().map(|pattern| Phrase {
                            group: place,
                            except,
                            pattern,
                        }));
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
        let mut anchors: BTreeMap<String, Vec<(usize, usize)>> = BTreeMap::new();
        for (place, phrase) in phrases.iter().enumerate() {
            for (anchor, step) in phrase.pattern.anchors() {
                anchors.entry(anchor).or_default().push((place, step));
            }
        }
        let automaton = AhoCorasick::new(anchors.keys())
            .map_err(|e| whole.bad("patterns", e.to_string(), "shorten the lists"))?;
        Ok(Self {
            groups,
            by_id,
            automaton,
            phrases,
            anchored: anchors.into_values().collect(),
        })
    }

    /// The lexicon of files of the same form that another room listens by, such as training.
    ///
    /// # Errors
    /// The first thing wrong, with file, entry and remedy.
    pub fn of(files: &[File<'_>]) -> Result<Self, BadContent> {
        Self::parse(files, &[])
    }

    /// Every group that stands in a text as it was written: its id, and the bytes.
    #[must_use]
    pub fn heard(&self, text: &str) -> Vec<(&str, Range<usize>)> {
        let folded = Folded::new(text, usize::MAX);
        let found = self.find(folded.text()).into_iter();
        found
            .filter_map(|f| Some((self.group(f.group)?.id.as_str(), folded.original(&f.at))))
            .collect()
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

    /// Whether any word of a group stands in a folded text.
    pub(super) fn any(&self, group: &str, text: &str) -> bool {
        let place = self.place(group);
        place.is_some() && self.find(text).iter().any(|f| Some(f.group) == place)
    }

    /// Everything in a folded text, by group and place; hits inside another of the same group and those that begin
    /// inside an exception are left out.
    pub(super) fn find(&self, text: &str) -> Vec<Found> {
        let mut found = Vec::new();
        let mut except = Vec::new();
        for hit in self.automaton.find_overlapping_iter(text) {
            for (phrase, step) in self
                .anchored
                .get(hit.pattern().as_usize())
                .into_iter()
                .flatten()
            {
                let Some(phrase) = self.phrases.get(*phrase) else {
                    continue;
                };
                if let Some(at) = phrase.pattern.matched(text, hit.start()..hit.end(), *step) {
                    let into = if phrase.except {
                        &mut except
                    } else {
                        &mut found
                    };
                    into.push(Found {
                        group: phrase.group,
                        at,
                    });
                }
            }
        }
        found.retain(|f| {
            !except.iter().any(|e: &Found| {
                e.group == f.group && e.at.start <= f.at.start && f.at.start < e.at.end
            })
        });
        found.sort_by_key(|f| (f.group, f.at.start, std::cmp::Reverse(f.at.end)));
        found.dedup_by(|next, kept| kept.group == next.group && next.at.end <= kept.at.end);
        found
    }
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
