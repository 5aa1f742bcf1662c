//! A content file as a tree that still knows its lines, so that a finding can name the line it is about.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::coach::content::File;

/// One file, read as far as it can be read.
pub(super) struct Doc<'a> {
    /// Its name.
    pub(super) name: &'a str,
    text: &'a str,
    root: Spanned<DeTable<'a>>,
    /// What is no TOML: line and what the parser says.
    pub(super) broken: Vec<(usize, String)>,
}

/// A table in a file.
#[derive(Clone, Copy)]
pub(super) struct Tab<'d> {
    doc: &'d Doc<'d>,
    table: &'d DeTable<'d>,
    /// The line it begins on, from 1.
    pub(super) line: usize,
}

/// A text in a file with its line, from 1.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Said<'d> {
    /// The text.
    pub(super) text: &'d str,
    /// The line.
    pub(super) line: usize,
}

impl<'a> Doc<'a> {
    /// Reads a file; what is no TOML is listed and the rest is read all the same.
    pub(super) fn new(file: &File<'a>) -> Self {
        let (root, errors) = DeTable::parse_recoverable(file.text);
        let mut broken: Vec<(usize, String)> = errors
            .iter()
            .map(|e| {
                let at = e.span().map_or(0, |s| s.start);
                (line_at(file.text, at), e.message().to_owned())
            })
            .collect();
        // One slip often makes the parser stumble several times on its line.
        broken.dedup_by_key(|(line, _)| *line);
        Self {
            name: file.name,
            text: file.text,
            root,
            broken,
        }
    }

    /// The words of a line, from 1, without what is around them and no longer than a screen's width.
    pub(super) fn shown(&self, line: usize) -> &'a str {
        let words = self.text.lines().nth(line.saturating_sub(1));
        let words = words.unwrap_or_default().trim();
        let end = words
            .char_indices()
            .nth(60)
            .map_or(words.len(), |(at, _)| at);
        &words[..end]
    }

    /// The whole file as a table.
    pub(super) fn root(&self) -> Tab<'_> {
        Tab {
            doc: self,
            table: self.root.get_ref(),
            line: 1,
        }
    }

    /// The first line on which these words stand, or the first of all.
    pub(super) fn line_of(&self, words: &str) -> usize {
        let at = self.text.find(words).unwrap_or(0);
        line_at(self.text, at)
    }
}

/// The line, from 1, on which a byte stands.
fn line_at(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    1 + text.as_bytes()[..at]
        .iter()
        .filter(|b| **b == b'\n')
        .count()
}

impl<'d> Tab<'d> {
    /// Its keys with their lines, in the order of the alphabet.
    pub(super) fn keys(self) -> impl Iterator<Item = Said<'d>> {
        self.table.iter().map(move |(key, _)| Said {
            text: key.get_ref(),
            line: line_at(self.doc.text, key.span().start),
        })
    }

    /// The line of a key, if it is there.
    pub(super) fn line_of_key(self, key: &str) -> Option<usize> {
        self.keys().find(|k| k.text == key).map(|k| k.line)
    }

    /// The line of a key; the table's own when it has no such key.
    pub(super) fn line_of(self, key: &str) -> usize {
        self.line_of_key(key).unwrap_or(self.line)
    }

    fn said(self, value: &'d Spanned<DeValue<'d>>) -> Option<Said<'d>> {
        Some(Said {
            text: value.get_ref().as_str()?,
            line: line_at(self.doc.text, value.span().start),
        })
    }

    /// The text under a key.
    pub(super) fn text(self, key: &str) -> Option<Said<'d>> {
        self.table.get(key).and_then(|value| self.said(value))
    }

    /// The texts of a list. Entries that are tables give the texts under their key `w`.
    pub(super) fn texts(self, key: &str) -> Vec<Said<'d>> {
        let list = self.table.get(key).and_then(|v| v.get_ref().as_array());
        let mut out = Vec::new();
        for value in list.into_iter().flat_map(|l| l.iter()) {
            if let Some(table) = value.get_ref().as_table() {
                out.extend(table.get("w").and_then(|w| self.said(w)));
            } else {
                out.extend(self.said(value));
            }
        }
        out
    }

    /// The tables of a list of tables.
    pub(super) fn tables(self, key: &str) -> Vec<Self> {
        let list = self.table.get(key).and_then(|v| v.get_ref().as_array());
        list.into_iter()
            .flat_map(|l| l.iter())
            .filter_map(|value| self.at(value))
            .collect()
    }

    fn at(self, value: &'d Spanned<DeValue<'d>>) -> Option<Self> {
        Some(Self {
            doc: self.doc,
            table: value.get_ref().as_table()?,
            line: line_at(self.doc.text, value.span().start),
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn everything_knows_its_line() {
        let file = File {
            name: "f.toml",
            text: "a = \"x\"\n\n[[row]]\nb = [\"y\",\n  \"z\"]\n\n[[row]]\nc = [{ w = \"q\", s = 1 }]\n[t]\nd = \"\"\n",
        };
        let doc = Doc::new(&file);
        let root = doc.root();
        assert!(doc.broken.is_empty());
        assert_eq!(root.text("a").unwrap().line, 1);
        let rows = root.tables("row");
        assert_eq!(rows.iter().map(|r| r.line).collect::<Vec<_>>(), [3, 7]);
        let lines: Vec<usize> = rows[0].texts("b").iter().map(|s| s.line).collect();
        assert_eq!(lines, [4, 5]);
        assert_eq!(rows[1].texts("c")[0].text, "q");
        assert_eq!(rows[0].line_of("b"), 4);
        assert_eq!(rows[0].line_of("nothing"), 3);
    }

    #[test]
    fn broken_files_are_read_as_far_as_they_go() {
        let file = File {
            name: "f.toml",
            text: "a = \"x\"\nb = nonsense\nc = \"z\"\n",
        };
        let doc = Doc::new(&file);
        assert_eq!(doc.broken.len(), 1);
        assert_eq!(doc.broken[0].0, 2);
        assert_eq!(doc.root().text("c").unwrap().text, "z");
    }
}
