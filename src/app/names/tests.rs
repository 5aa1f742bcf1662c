//! Both languages name every order, and hold the same keys.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeSet;

use super::*;

fn keys(file: &str) -> Vec<&str> {
    let lines = file.lines().filter(|l| !l.starts_with('#'));
    lines
        .filter_map(|l| l.split_once(" = ").map(|(k, _)| k))
        .collect()
}

#[test]
fn both_files_hold_the_same_keys_once() {
    let (zh, en) = (keys(ZH), keys(EN));
    assert_eq!(zh, en);
    assert_eq!(zh.iter().collect::<BTreeSet<_>>().len(), zh.len());
}

#[test]
fn every_action_and_group_is_named_in_both() {
    let en: BTreeSet<&str> = keys(EN).into_iter().collect();
    for a in Action::ALL {
        assert!(en.contains(a.name_key().as_str()), "{}", a.id());
        assert!(en.contains(a.about_key().as_str()), "{}", a.id());
        assert!(en.contains(format!("group-{}", a.group().id()).as_str()));
        assert_ne!(action(Lang::Zh, *a), a.id());
        assert_eq!(Action::from_id(a.id()), Some(*a));
    }
}

#[test]
fn every_key_that_the_room_speaks_stands_in_the_file() {
    let known: BTreeSet<&str> = keys(EN).into_iter().collect();
    let room = concat!(env!("CARGO_MANIFEST_DIR"), "/src/app");
    let prefixes = [
        "notice-",
        "dialog-",
        "choice-",
        "arrived-",
        "quit-",
        "after-",
        "returned-",
    ];
    let mut found = 0;
    for file in std::fs::read_dir(room).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_none_or(|e| e != "rs") {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        for word in text.split('"').skip(1).step_by(2) {
            if prefixes.iter().any(|p| word.starts_with(p)) && Action::from_id(word).is_none() {
                assert!(known.contains(word), "{word} in {}", path.display());
                found += 1;
            }
        }
    }
    assert!(found > 90, "{found}");
}
