#![allow(clippy::unwrap_used, reason = "tests")]
use std::collections::{BTreeMap, BTreeSet};

use super::*;

/// Key to the variables it uses, read from the text of the files.
fn keys(tongue: Tongue) -> BTreeMap<String, BTreeSet<String>> {
    let mut out: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (file, text) in tongue.files() {
        let mut current = String::new();
        for line in text.lines() {
            if line.starts_with(|c: char| c.is_ascii_alphabetic()) {
                let (key, _) = line.split_once('=').unwrap();
                current = key.trim().to_owned();
                let old = out.insert(current.clone(), BTreeSet::new());
                assert!(old.is_none(), "{file}: {current} stands twice");
            }
            if line.starts_with('#') {
                continue;
            }
            for part in line.split('$').skip(1) {
                let end = part.find(|c: char| !c.is_ascii_alphanumeric() && c != '_');
                let name = &part[..end.unwrap_or(part.len())];
                out.get_mut(&current).unwrap().insert(name.to_owned());
            }
        }
    }
    out
}

#[test]
fn every_language_has_the_same_keys_and_variables() {
    let (zh, en) = (keys(Tongue::ZhCn), keys(Tongue::En));
    let missing: Vec<_> = zh.keys().filter(|k| !en.contains_key(*k)).collect();
    assert!(missing.is_empty(), "missing in en: {missing:?}");
    let missing: Vec<_> = en.keys().filter(|k| !zh.contains_key(*k)).collect();
    assert!(missing.is_empty(), "missing in zh-CN: {missing:?}");
    for (key, variables) in &zh {
        assert_eq!(variables, &en[key], "variables of {key}");
    }
}

#[test]
fn the_shipped_files_are_whole() {
    for tongue in Tongue::ALL {
        let locale = Locale::of(*tongue);
        assert_eq!(locale.problems(), &[] as &[String]);
        for (key, variables) in keys(*tongue) {
            let values: Vec<_> = variables
                .iter()
                .map(|v| (v.as_str(), Arg::Number(3)))
                .collect();
            let words = locale.t_args(&key, &values);
            assert!(!words.is_empty() && words != key, "{key}");
            assert!(!words.contains("{$"), "{key}: {words}");
        }
    }
}

#[test]
fn words_hold_no_character_of_doubtful_width() {
    // Chrome must not shift where a terminal paints ambiguous characters two columns wide.
    for tongue in Tongue::ALL {
        for (file, text) in tongue.files() {
            for (at, line) in text
                .lines()
                .enumerate()
                .filter(|(_, l)| !l.starts_with('#'))
            {
                let doubtful = line.chars().find(|c| crate::text::width::is_doubtful(*c));
                assert_eq!(doubtful, None, "{file}:{}: {line}", at + 1);
            }
        }
    }
}

#[test]
fn every_key_named_in_the_source_exists() {
    let locale = Locale::of(Tongue::En);
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![root];
    let mut seen = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            if path.extension().is_none_or(|e| e != "rs") || path.ends_with("locale/tests.rs") {
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            for call in [".t(\"", ".t_args(\""] {
                for part in text.split(call).skip(1) {
                    let key = &part[..part.find('"').unwrap()];
                    seen += 1;
                    assert!(locale.has(key), "{}: no words for {key}", path.display());
                }
            }
        }
    }
    assert!(seen < 10_000);
}

#[test]
fn a_missing_key_shows_itself() {
    let locale = Locale::new("en");
    let key = "no-such-key";
    assert_eq!(locale.t(key), key);
}

#[test]
fn values_go_in_without_marks_and_choose_plurals() {
    let mut en = Locale::new("en");
    en.overlay(
        "own.ftl",
        "probe = { $n ->\n    [one] one row\n   *[other] { $n } rows\n }\nname = <{ $who }>\n",
    );
    assert_eq!(en.t_args("probe", &[("n", 1_i64.into())]), "one row");
    assert_eq!(
        en.t_args("probe", &[("n", 12_000_i64.into())]),
        "12000 rows"
    );
    assert_eq!(en.t_args("name", &[("who", "王".into())]), "<王>");
}

#[test]
fn a_broken_overlay_names_its_line_and_keeps_the_rest() {
    let mut locale = Locale::new("zh-CN");
    locale.overlay("own.ftl", "good = yes\nbad = { \nother = no\n");
    assert_eq!(locale.t("good"), "yes");
    assert!(
        locale.problems()[0].starts_with("own.ftl:2"),
        "{:?}",
        locale.problems()
    );
}

#[test]
fn tags_of_the_system_are_understood() {
    for (tag, want) in [
        ("zh-CN", Some(Tongue::ZhCn)),
        ("zh_CN.UTF-8", Some(Tongue::ZhCn)),
        ("en_GB", Some(Tongue::En)),
        ("C", None),
        ("", None),
    ] {
        assert_eq!(Tongue::from_tag(tag), want, "{tag}");
    }
}
