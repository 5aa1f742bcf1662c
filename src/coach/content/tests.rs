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
    assert!(content.entries.len() >= 48, "{}", content.entries.len());
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
fn every_feeling_an_entry_speaks_to_has_two_lines() {
    for entry in Content::shipped().unwrap().entries {
        for band in [Band::Calm, Band::Annoyed, Band::Angry, Band::Furious] {
            let lines = entry.lines.iter().filter(|l| l.band == Some(band)).count();
            assert!(lines != 1, "{}: {}", entry.id, band.as_str());
        }
    }
}

#[test]
fn a_no_never_stands_alone() {
    for entry in Content::shipped().unwrap().entries {
        let has = |part| entry.lines.iter().any(|l| l.part == part);
        assert!(has(PartKind::Ask), "{}: a question", entry.id);
        assert!(has(PartKind::Decline), "{}: a reasoned no", entry.id);
        assert!(has(PartKind::Options), "{}: an alternative", entry.id);
        assert!(has(PartKind::Rights), "{}: rights", entry.id);
    }
}

#[test]
fn no_line_stands_twice() {
    let content = Content::shipped().unwrap();
    let mut seen = std::collections::BTreeMap::new();
    for line in content.entries.iter().flat_map(|e| &e.lines) {
        for text in [&line.text.zh, &line.text.en] {
            let before = seen.insert(text.as_str(), line.id.as_str());
            assert_eq!(before, None, "{}: {text}", line.id);
        }
    }
}

#[test]
fn sympathy_is_short_enough_for_a_voice() {
    // Method 3.4, EMP-03: at most 28 Han characters and digits. A slot is filled with two digits here.
    for line in Content::shipped()
        .unwrap()
        .entries
        .iter()
        .flat_map(|e| &e.lines)
    {
        if line.part == PartKind::Empathize {
            let slots = line.text.zh.matches('{').count();
            assert!(han(&line.text.zh) + 2 * slots <= 28, "{}", line.id);
        }
    }
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
            "version = 2",
            "version = 2\nsurprise = 2",
            "unknown field `surprise`",
            "shipped file",
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
fn an_item_without_an_approved_entry_is_named() {
    let mut sources = Sources::shipped();
    for file in &mut sources.playbooks {
        if file.name.starts_with("playbook/a1-") {
            let text = file.text.replacen("\"approved\"", "\"draft\"", 1);
            file.text = Box::leak(text.into_boxed_str());
        }
    }
    let error = Content::parse(&sources, &taxonomy()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "playbook: A1: no approved entry serves this item; add an entry or approve one"
    );
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
