#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]
use std::path::{Path, PathBuf};

use super::*;
use crate::domain::policy::Policy;

/// Sun 22 Nov 2026 12:00 in Shanghai.
const NOW: Ms = Ms(1_795_320_000_000);

fn found(pack: &Pack<'_>) -> Vec<Problem> {
    let policy = Policy::shipped().unwrap();
    check(pack, NOW, policy.calendar.zone()).unwrap()
}

fn told(problems: &[Problem]) -> Vec<String> {
    problems
        .iter()
        .map(|p| {
            let args: Vec<String> = p.args.iter().map(|(n, v)| format!("{n}={v}")).collect();
            format!("{}:{} {} {}", p.file, p.line, p.rule, args.join(" | "))
        })
        .collect()
}

#[test]
fn the_shipped_content_passes() {
    let problems = found(&Pack::shipped());
    assert!(problems.is_empty(), "{}", told(&problems).join("\n"));
}

fn packs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/coach/packs")
}

/// The files below a folder, by their names below it.
fn files(dir: &Path, below: &str, out: &mut Vec<(String, String)>) {
    let mut entries: Vec<_> = std::fs::read_dir(dir)
        .unwrap()
        .map(Result::unwrap)
        .collect();
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let name = format!("{below}{}", entry.file_name().into_string().unwrap());
        if entry.path().is_dir() {
            files(&entry.path(), &format!("{name}/"), out);
        } else {
            out.push((name, std::fs::read_to_string(entry.path()).unwrap()));
        }
    }
}

/// A sample's files and what must be found in it.
fn sample(rule: &str, number: usize) -> (Vec<(String, String)>, Vec<String>) {
    // Samples get names and words of their own, so that many of them can be laid into one pack.
    let own = |text: &str| {
        text.replace("sample", &format!("sample{number}"))
            .replace("样例", &format!("样例{number}"))
    };
    let mut all = Vec::new();
    files(&packs().join(rule), "", &mut all);
    let (expect, all): (Vec<_>, Vec<_>) = all.into_iter().partition(|(n, _)| n == "expect.txt");
    let expected = expect
        .iter()
        .flat_map(|(_, text)| text.lines())
        .map(own)
        .collect();
    let files = all.iter().map(|(n, t)| (own(n), own(t))).collect();
    (files, expected)
}

/// Lays files over the shipped content and compares what is found with what must be, file, line and rule.
fn compare(files: &[(String, String)], expected: &[String], shipped: &[Problem]) {
    let mut pack = Pack::shipped();
    for (name, text) in files {
        pack.lay(File { name, text });
    }
    let problems: Vec<Problem> = found(&pack)
        .into_iter()
        .filter(|p| !shipped.contains(p))
        .collect();
    let mut seen: Vec<String> = problems
        .iter()
        .map(|p| format!("{}:{} {}", p.file, p.line, p.rule))
        .collect();
    let mut expected = expected.to_vec();
    seen.sort();
    expected.sort();
    // One line may break one rule in several ways.
    seen.dedup();
    expected.dedup();
    let (seen, expected) = (seen.join("\n"), expected.join("\n"));
    assert_eq!(seen, expected, "{}", told(&problems).join("\n"));
}

/// Exactly what a sample's `expect.txt` names is found in it.
#[test]
fn every_rule_finds_its_broken_sample_and_nothing_else() {
    let shipped = found(&Pack::shipped());
    let (mut joined, mut expected_of_all) = (Vec::new(), Vec::new());
    for (number, rule) in RULES.iter().copied().chain(["whole"]).enumerate() {
        let (files, expected) = sample(rule, number);
        assert_eq!(expected.is_empty(), rule == "whole", "{rule}");
        if files.iter().all(|(name, _)| name.contains("sample")) {
            joined.extend(files);
            expected_of_all.extend(expected);
        } else {
            // It takes the place of a shipped file, and so stands alone.
            compare(&files, &expected, &shipped);
        }
    }
    compare(&joined, &expected_of_all, &shipped);
}

#[test]
fn every_sample_pack_is_of_a_rule() {
    for entry in std::fs::read_dir(packs()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(name == "whole" || RULES.contains(&name.as_str()), "{name}");
    }
}

/// A pack may be broken in many places at once; all of them are told.
#[test]
fn all_faults_are_told_at_once() {
    let mut pack = Pack::shipped();
    for (name, text) in [
        ("playbook/x-one.toml", "id = \"x-one\"\nitems = [\"Z9\"]\n"),
        ("playbook/x-two.toml", "id = \"x-two\nitems = [\n"),
        ("library/x.toml", "[[entry]]\nid = \"x\"\nshare_zh = \"\"\n"),
        (
            "must_say.toml",
            "[[saying]]\nid = \"y\"\nduty = \"perhaps\"\n",
        ),
    ] {
        pack.lay(File { name, text });
    }
    let problems = found(&pack);
    for (file, rule) in [
        ("playbook/x-one.toml", "unknown-item"),
        ("playbook/x-one.toml", "missing-language"),
        ("playbook/x-two.toml", "toml"),
        ("library/x.toml", "missing-language"),
        ("must_say.toml", "unknown-value"),
        ("must_say.toml", "missing-key"),
    ] {
        assert!(
            problems.iter().any(|p| p.file == file && p.rule == rule),
            "{file} {rule}:\n{}",
            told(&problems).join("\n")
        );
    }
}

#[test]
fn every_rule_has_words_and_a_remedy_in_both_languages() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/locale");
    for tongue in ["zh-CN", "en"] {
        let text = std::fs::read_to_string(root.join(tongue).join("cli.ftl")).unwrap();
        for rule in RULES {
            for key in [format!("check-{rule} ="), format!("check-{rule}-do =")] {
                assert!(text.lines().any(|l| l.starts_with(&key)), "{tongue}: {key}");
            }
        }
    }
}
