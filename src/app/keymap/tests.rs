//! The shipped keymap and its rules; a user's file over it.
#![allow(clippy::unwrap_used, reason = "tests")]

use super::*;

fn shipped() -> Keymap {
    Keymap::shipped().unwrap()
}

#[test]
fn keys_that_belong_to_others_are_never_defaults() {
    let mut owned: Vec<String> = [
        "Ctrl-Space",
        "Ctrl-.",
        "Ctrl-`",
        "Ctrl-A",
        "Ctrl-B",
        "Ctrl-\\",
        "Ctrl-Enter",
        "Shift-Enter",
        "Alt-Enter",
        "F1",
        "F4",
        "F10",
        "F11",
        "Ctrl-C",
        "Ctrl-I",
        "Ctrl-M",
        "Ctrl-H",
        "Ctrl-J",
        "Ctrl-[",
    ]
    .map(str::to_owned)
    .to_vec();
    owned.extend((0..10).map(|d| format!("Alt-{d}")));
    let map = shipped();
    for name in owned {
        let key: Key = name.parse().unwrap();
        for place in Place::ALL {
            assert_eq!(map.action(*place, key), None, "{name} in {}", place.id());
        }
    }
}

#[test]
fn undo_acts_while_writing_and_nowhere_else() {
    let map = shipped();
    let key = Key::ctrl('z');
    assert_eq!(map.action(Place::Compose, key), Some(Action::Undo));
    for place in [Place::List, Place::Ticket, Place::Team, Place::Everywhere] {
        assert_eq!(map.action(place, key), None);
    }
}

#[test]
fn full_width_forms_act_in_lists_and_type_while_writing() {
    let map = shipped();
    for (c, action) in [
        ('？', Action::Help),
        ('、', Action::Filter),
        ('／', Action::Filter),
        ('ｊ', Action::Down),
        ('Ｇ', Action::Last),
    ] {
        assert_eq!(map.action(Place::List, Key::char(c)), Some(action), "{c}");
        assert_eq!(map.action(Place::Compose, Key::char(c)), None, "{c}");
    }
    assert_eq!(map.action(Place::List, Key::char('退')), None);
}

#[test]
fn every_bound_action_has_a_key_that_no_input_method_takes_or_stands_in_the_palette() {
    // The palette lists every action and has a Ctrl key of its own; what the footer offers needs more (see the flows).
    let map = shipped();
    assert_eq!(
        map.action(Place::Compose, Key::ctrl('k')),
        Some(Action::Palette)
    );
    let keys = map.keys(Place::List, Action::Down);
    assert_eq!(
        keys[0],
        Key::plain(Code::Down),
        "the arrow is shown before the letter"
    );
}

#[test]
fn names_of_keys_read_back() {
    for place in Place::ALL {
        for (key, _) in shipped().bindings(*place) {
            assert_eq!(key.to_string().parse::<Key>().unwrap(), key);
        }
    }
    assert!("Ctrl-".parse::<Key>().is_err());
    assert!("F25".parse::<Key>().is_err());
    assert!("Ctlr-S".parse::<Key>().is_err());
}

#[test]
fn a_user_file_moves_an_action_and_frees_its_old_key() {
    let map = shipped()
        .with("[everywhere]\nsend = \"F10\"\n[list]\nup = [\"K\"]\n")
        .unwrap();
    let f10: Key = "F10".parse().unwrap();
    assert_eq!(map.action(Place::Compose, f10), Some(Action::Send));
    assert_eq!(map.action(Place::Compose, Key::ctrl('s')), None);
    assert_eq!(map.action(Place::List, Key::char('k')), None);
    assert_eq!(map.action(Place::List, Key::char('K')), Some(Action::Up));
    // A key taken over belongs to nobody else.
    let map = shipped().with("[everywhere]\nlock = \"Ctrl-S\"\n").unwrap();
    assert_eq!(map.action(Place::List, Key::ctrl('s')), Some(Action::Lock));
    assert!(map.keys(Place::List, Action::Send).is_empty());
}

#[test]
fn faults_are_told_with_their_line() {
    for (text, line, word) in [
        ("[everywhere]\nsned = \"F5\"", 2, "sned"),
        ("[nowhere]", 1, "nowhere"),
        ("send = \"F5\"", 1, "[place]"),
        ("[list]\n\n# so\nup = \"Upp\"", 4, "Upp"),
        ("[list]\nup = 3", 2, "Ctrl-S"),
        ("[list]\nup = ", 2, ""),
        ("[compose]\nundo = \"u\"", 2, "types a character"),
        ("[list]\nup = [\"a\"]\ndown = [\"a\"]", 3, "already"),
        ("[ticket]\nclose = \"x\"\nrelease = \"X\"", 0, "case"),
    ] {
        let bad = Keymap::parse(text).unwrap_err();
        assert_eq!(bad.line, line, "{text:?}: {bad}");
        assert!(bad.what.contains(word), "{text:?}: {bad}");
    }
}
