//! Kinds of faults of files that cannot be read, so that locale files can say them in the reader's language: the parsers below
//! tell them in English. The kinds are the variants of `check-toml` and `check-unusable` there.

use crate::coach::content::BadContent;

/// What parsers of TOML say, and the kind of it; the first that fits.
const OF_TOML: &[(&str, &str)] = &[
    ("duplicate key", "twice"),
    ("unclosed table", "bracket"),
    ("unclosed array", "bracket"),
    ("unclosed inline", "bracket"),
    ("missing comma", "comma"),
    ("`,`", "comma"),
    ("quoted", "quote"),
    ("invalid float", "quote"),
    ("invalid integer", "quote"),
    ("invalid boolean", "quote"),
    ("invalid date", "quote"),
    ("invalid value", "quote"),
    ("invalid basic string", "quote"),
    ("invalid multi-line", "quote"),
    ("invalid literal string", "quote"),
    ("string", "quote"),
    ("key with no value", "equals"),
    ("`=`", "equals"),
    ("key", "equals"),
    ("`]`", "bracket"),
    ("`}`", "bracket"),
    ("array", "bracket"),
    ("table", "bracket"),
];

/// What content says of itself when it cannot be used, and the kind of it; the first that fits.
const OF_CONTENT: &[(&str, &str)] = &[
    ("unknown field", "key"),
    ("missing field", "missing"),
    ("invalid type", "type"),
    ("invalid value", "type"),
    ("invalid length", "type"),
    ("unknown variant", "value"),
    ("match everywhere", "pattern"),
    ("bracket", "pattern"),
    ("a gap among", "pattern"),
    ("an empty phrase", "pattern"),
    ("is there twice", "twice"),
    ("stands twice", "twice"),
    ("have this id", "twice"),
    ("a rule asks for this group", "group"),
    ("answers for it", "owner"),
    ("is no date", "day"),
    ("is no day", "day"),
    ("are no hours", "day"),
    ("ends before it begins", "day"),
    ("a first and a last day", "day"),
    ("minutes", "number"),
    ("a weight is", "number"),
    ("a share lies", "number"),
    ("= ", "number"),
    ("of one language", "language"),
    ("text", "language"),
    ("is empty", "language"),
    ("one language only", "language"),
    ("slots", "slots"),
    ("a time", "slots"),
    ("times", "slots"),
    ("one time", "slots"),
    ("one {due", "slots"),
    ("taxonomy has no", "value"),
    ("does not exist", "value"),
    ("not known", "value"),
    ("no such rule", "value"),
    ("does not know this name", "value"),
    ("there is no topic", "value"),
    ("law and privacy", "locked"),
    ("more than the table", "locked"),
    ("more than", "locked"),
    ("no severity", "value"),
    ("is missing", "missing"),
    ("no line", "missing"),
    ("no words", "words"),
    ("cannot be found", "words"),
    ("nothing tells", "words"),
    ("no approved entry", "missing"),
    ("are all needed", "missing"),
    ("others none", "place"),
];

fn first(words: &str, table: &[(&str, &'static str)]) -> &'static str {
    table
        .iter()
        .find(|(part, _)| words.contains(part))
        .map_or("other", |(_, kind)| kind)
}

/// The kind of what a parser of TOML says.
pub(super) fn of_toml(message: &str) -> &'static str {
    first(message, OF_TOML)
}

/// The kind of what is wrong with content that cannot be used.
pub(super) fn of_content(bad: &BadContent) -> &'static str {
    first(&bad.what, OF_CONTENT)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]
    use super::*;
    use crate::coach::check::doc::Doc;
    use crate::coach::content::{File, Sources};
    use crate::text::locale::{Arg, Locale};

    /// Whether words in Chinese are Chinese: no two English words beside keys and what they show of the file.
    fn chinese(said: &str, shown: &str) -> bool {
        let said = said.replace(shown, "");
        let keys = ["owner", "review", "group", "id"];
        let latin = |w: &&str| {
            w.len() > 1 && w.chars().all(|c| c.is_ascii_lowercase()) && !keys.contains(w)
        };
        said.split(|c: char| !c.is_ascii_alphabetic())
            .filter(latin)
            .count()
            < 2
    }

    #[test]
    fn a_broken_line_is_told_in_the_readers_language() {
        let zh = Locale::new("zh-CN");
        for (text, kind) in [
            ("a = nonsense\n", "quote"),
            ("a = \"open\nb = 1\n", "quote"),
            ("a = [1, 2\nb = 3\n", "comma"),
            ("a = [1, 2\n", "bracket"),
            ("a\n", "equals"),
            ("a = 1\na = 2\n", "twice"),
        ] {
            let doc = Doc::new(&File {
                name: "f.toml",
                text,
            });
            let (line, what) = doc.broken.first().unwrap_or_else(|| panic!("{text}"));
            assert_eq!(of_toml(what), kind, "{what}");
            let shown = doc.shown(*line);
            let args = [("what", Arg::from(shown)), ("known", Arg::from(kind))];
            for key in ["check-toml", "check-toml-do"] {
                let said = zh.t_args(key, &args);
                assert!(chinese(&said, shown), "{said}");
            }
        }
    }

    #[test]
    fn content_that_cannot_be_used_is_told_in_the_readers_language() {
        let zh = Locale::new("zh-CN");
        for (name, text, kind) in [
            ("policy/lint.toml", "[rule]\n", "key"),
            (
                "policy/lint.toml",
                "[rules]\n\"EMP-99\" = \"off\"\n",
                "value",
            ),
            (
                "policy/lint.toml",
                "[rules]\n\"LAW-01\" = \"off\"\n",
                "locked",
            ),
            (
                "lexicon/lint/own.toml",
                "owner = \"o\"\nreview = \"soon\"\ngroup = []\n",
                "owner",
            ),
            (
                "lexicon/lint/own.toml",
                "owner = \"o\"\nreview = \"2027-01-01\"\n[[group]]\nid = \"own\"\nzh = [\"a(b\"]\n",
                "pattern",
            ),
            ("lexicon/risk.toml", "cue = 3\n", "type"),
        ] {
            let mut sources = Sources::shipped();
            sources.lay(File { name, text });
            let bad = Content::laid(&sources, None).unwrap_err();
            assert_eq!(of_content(&bad), kind, "{bad}");
            let args = [
                ("what", Arg::from(bad.entry.as_str())),
                ("known", Arg::from(kind)),
            ];
            for key in ["check-unusable", "check-unusable-do"] {
                let said = zh.t_args(key, &args);
                assert!(chinese(&said, &bad.entry), "{said}");
            }
        }
    }

    use crate::coach::content::Content;
}
