#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]
use super::*;
use crate::coach::lint::han;

fn taxonomy() -> Taxonomy {
    Taxonomy::shipped().unwrap()
}

/// The error of the shipped content with one playbook text changed.
fn broken(name: &str, from: &str, to: &str) -> BadContent {
    let mut sources = Sources::shipped();
    let file = sources
        .playbooks
        .iter_mut()
        .find(|f| f.name == name)
        .unwrap();
    assert!(file.text.contains(from), "{from} stands in {name}");
    let text = file.text.replacen(from, to, 1);
    file.text = Box::leak(text.into_boxed_str());
    Content::parse(&sources, &taxonomy()).unwrap_err()
}

#[test]
fn the_shipped_content_is_whole() {
    let content = Content::shipped().unwrap();
    assert_eq!(content.entries.len(), 22);
    assert_eq!(content.items.len(), 21);
    let entry = content.entry("a1-wait").unwrap();
    assert_eq!(entry.items, [ItemId::from("A1"), ItemId::from("C5")]);
    assert!(!entry.expired(jiff::civil::date(2027, 12, 31)));
    assert!(entry.expired(jiff::civil::date(2028, 1, 1)));
}

#[test]
fn every_playbook_file_is_in_the_list() {
    let dir = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/playbook");
    let mut on_disk: Vec<String> = std::fs::read_dir(dir)
        .unwrap()
        .map(|f| format!("playbook/{}", f.unwrap().file_name().into_string().unwrap()))
        .collect();
    on_disk.sort();
    let listed: Vec<String> = Sources::shipped()
        .playbooks
        .iter()
        .map(|f| f.name.to_owned())
        .collect();
    assert_eq!(on_disk, listed);
}

#[test]
fn every_chinese_line_can_be_said_in_one_breath_a_sentence() {
    for entry in Content::shipped().unwrap().entries {
        for line in entry.lines {
            for range in crate::coach::folded::sentences(&line.text.zh) {
                let sentence = &line.text.zh[range];
                assert!(han(sentence) <= 40, "{}: {sentence}", line.id);
            }
        }
    }
}

#[test]
fn errors_name_file_entry_and_remedy() {
    let name = "playbook/a1-wait.toml";
    let cases = [
        (
            "{due.callback}",
            "{due.soon}",
            "unknown slot {due.soon}",
            "due.callback",
        ),
        (
            "{wait.minutes}",
            "",
            "{wait.minutes} stands in one language only",
            "same slots",
        ),
        (
            "items = [\"A1\"",
            "items = [\"Z9\"",
            "no item Z9",
            "taxonomy.toml",
        ),
        (
            "\"ack_specific\"",
            "\"hug\"",
            "\"hug\" is no act",
            "act list",
        ),
        (
            "band = \"annoyed\"",
            "band = \"cross\"",
            "\"cross\" is not known",
            "annoyed",
        ),
        (
            "part = \"ask\"",
            "part = \"sing\"",
            "\"sing\" is not known",
            "empathize",
        ),
        (
            "2027-12-31",
            "next year",
            "\"next year\" is no date",
            "2027-12-31",
        ),
        (
            "id = \"a1-wait\"",
            "id = \"a9\"",
            "not the file's name",
            "a9.toml",
        ),
        (
            "stated_en =",
            "# stated_en =",
            "stated has no en text",
            "in en too",
        ),
        (
            "part = \"commit\"",
            "part = \"options\"",
            "no line of the part commit",
            "all needed",
        ),
        (
            "needs = \"unknown\"",
            "needs = \"known\"",
            "unknown cause",
            "needs = \"unknown\"",
        ),
        (
            "version = 1",
            "version = 1\nsurprise = 2",
            "unknown field `surprise`",
            "shipped file",
        ),
        (
            "status = \"approved\"",
            "status = \"draft\"",
            "no approved entry serves",
            "approve one",
        ),
    ];
    for (from, to, what, remedy) in cases {
        let error = broken(name, from, to);
        assert!(error.what.contains(what), "{from} -> {to}: {error}");
        assert!(error.remedy.contains(remedy), "{from} -> {to}: {error}");
        assert!(error.file.starts_with("playbook"), "{error}");
        assert!(!error.entry.is_empty());
    }
}

#[test]
fn a_commitment_names_exactly_one_time() {
    let error = broken(
        "playbook/a1-wait.toml",
        "{due.callback}，我打给您",
        "{due.callback}和{due.update}，我打给您",
    );
    assert!(error.what.contains("one language only"), "{error}");
    let mut sources = Sources::shipped();
    let file = sources
        .playbooks
        .iter_mut()
        .find(|f| f.name == "playbook/a1-wait.toml")
        .unwrap();
    let text = file
        .text
        .replace("{due.callback}", "{due.callback} {due.update}");
    file.text = Box::leak(text.into_boxed_str());
    let error = Content::parse(&sources, &taxonomy()).unwrap_err();
    assert_eq!(error.what, "a commitment names one time, this line 2");
    assert_eq!(error.entry, "a1-wait/commit/1");
}

#[test]
fn lexicon_and_promise_errors_are_as_plain() {
    let mut sources = Sources::shipped();
    sources.items.text =
        "[[item]]\nid = \"A1\"\nzh = [{ w = \"排队\", s = 9 }]\nen = [{ w = \"queue\", s = 1 }]\n";
    let error = Content::parse(&sources, &taxonomy()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "lexicon/items.toml: A1: s = 9; a weight is 1, 2 or 3"
    );
    let mut sources = Sources::shipped();
    sources.promises.text = "[need]\ncallback = 0\n";
    let error = Content::parse(&sources, &taxonomy()).unwrap_err();
    assert_eq!(error.file, "policy/promises.toml");
}
