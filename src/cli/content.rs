//! A site's own content: the folder `content/` of a data folder, laid out like `assets/`. Its files take the place of shipped
//! ones of the same name or stand beside them. It is used when it passes its check whole, and else not at all: half a pack would
//! be content that nobody has read.

use std::path::Path;

use super::check;
use super::error::CliError;
use crate::coach::Coach;
use crate::coach::check::Pack;
use crate::coach::content::File;
use crate::domain::time::{Ms, Zone};
use crate::text::locale::Locale;

/// The folder in a data folder.
pub const FOLDER: &str = "content";

/// A coach over the shipped content with this folder's laid over it, and this model or the one that ships. `now` decides what
/// has expired.
///
/// # Errors
/// When a file cannot be read, or anything in the folder is wrong: the first thing with file, line and remedy.
pub fn coach(
    folder: &Path,
    model: Option<Vec<u8>>,
    now: Ms,
    zone: &Zone,
    locale: &Locale,
) -> Result<Coach, CliError> {
    let texts = check::folder(folder)?;
    let mut pack = Pack::shipped();
    for (name, text) in &texts {
        pack.lay(File { name, text });
    }
    let refused = |file: &str, line: usize, what: &str, remedy: &str, count: usize| {
        CliError::new("cli-pack")
            .with("path", folder.display())
            .with("count", count)
            .with("file", file)
            .with("line", line)
            .with("what", what)
            .with("remedy", remedy)
    };
    if pack.renames_items() {
        let (what, remedy) = (locale.t("cli-pack-items"), locale.t("cli-pack-items-do"));
        return Err(refused("taxonomy.toml", 1, &what, &remedy, 1));
    }
    let bad = |e| CliError::new("cli-content").with("what", e);
    let problems = crate::coach::check::check(&pack, now, zone).map_err(bad)?;
    // What is no TOML is told first: the rest may only follow from it.
    let broken = problems.iter().find(|p| p.rule == "toml");
    if let Some(first) = broken.or(problems.first()) {
        let [what, remedy] = check::worded(locale, first);
        return Err(refused(
            &first.file,
            first.line,
            &what,
            &remedy,
            problems.len(),
        ));
    }
    let content = pack.content(model).map_err(bad)?;
    Ok(Coach::new(content))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]
    use super::*;
    use crate::coach::content::Content;
    use crate::domain::policy::Policy;

    /// Sun 22 Nov 2026 12:00 in Shanghai.
    const NOW: Ms = Ms(1_795_320_000_000);

    fn laid(files: &[(&str, &str)]) -> Result<Coach, String> {
        let dir = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = dir.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        let policy = Policy::shipped().unwrap();
        let locale = Locale::new("zh-CN");
        coach(dir.path(), None, NOW, policy.calendar.zone(), &locale)
            .map_err(|e| e.words(&locale).join("\n"))
    }

    #[test]
    fn a_pack_that_passes_is_used() {
        let shipped = Coach::shipped().unwrap();
        let library = shipped.content().library.len();
        let calm = "owner = \"o\"\nreview = \"2027-01-01\"\n[[group]]\nid = \"own-words\"\nzh = [\"本店特供\"]\n";
        let proof = "[[group]]\nof = \"lint:own-words\"\nhit_zh = [\"这是本店特供的。\"]\nmiss_zh = [\"这是本店的地址。\"]\n";
        let coach = laid(&[
            ("lexicon/lint/own.toml", calm),
            ("lexicon/tests/own.toml", proof),
        ])
        .unwrap_or_else(|e| panic!("{e}"));
        let content = coach.content();
        assert!(content.lint.groups().iter().any(|g| g.id == "own-words"));
        assert_eq!(content.library.len(), library);
    }

    #[test]
    fn an_entry_with_a_shipped_name_takes_its_place() {
        let shipped = include_str!("../../assets/playbook/a1-wait.toml");
        let own = shipped.replacen("\nversion = ", "\nversion = 7", 1);
        let coach = laid(&[("playbook/a1-wait.toml", &own)]).unwrap_or_else(|e| panic!("{e}"));
        let (ours, theirs) = (coach.content(), Coach::shipped().unwrap());
        let version = |of: &Content| of.entry("a1-wait").unwrap().version;
        assert!(version(ours) > version(theirs.content()));
        assert_eq!(ours.entries.len(), theirs.content().entries.len());
    }

    #[test]
    fn a_pack_that_fails_is_refused_with_file_line_and_remedy() {
        let shipped = include_str!("../../assets/playbook/a1-wait.toml");
        let expired = shipped.replacen("expires = \"20", "expires = \"19", 1);
        for (name, text, file, words) in [
            (
                "playbook/a1-wait.toml",
                expired.as_str(),
                "playbook/a1-wait.toml",
                "19",
            ),
            ("must_say.toml", "a = nonsense\n", "must_say.toml", "引号"),
            (
                "taxonomy.toml",
                "item = []\n",
                "taxonomy.toml",
                "taxonomy.toml",
            ),
        ] {
            let said = laid(&[(name, text)]).unwrap_err();
            assert!(said.contains(file) && said.contains(words), "{said}");
            assert!(said.contains("行"), "{said}");
            assert!(said.contains("自带"), "{said}");
        }
    }
}
