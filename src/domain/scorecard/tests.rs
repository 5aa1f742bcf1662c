#![allow(clippy::unwrap_used, reason = "tests")]

use super::{Card, CriticalClass, Found, Marks, check};
use crate::domain::lang::Lang;

#[test]
fn the_shipped_card_is_whole_in_both_languages() {
    assert_eq!(check(Card::SHIPPED), []);
    let card = Card::shipped().unwrap();
    let items: Vec<&str> = card.items.iter().map(|i| i.id.as_str()).collect();
    // Method 3.14.
    let want = [
        "acknowledgement",
        "listening",
        "need",
        "explanation",
        "commitment",
        "recap",
        "note",
    ];
    assert_eq!(items, want);
    let of = |class| {
        card.criticals
            .iter()
            .filter(move |c| c.class == class)
            .count()
    };
    assert_eq!(
        CriticalClass::ALL
            .iter()
            .map(|c| of(*c))
            .collect::<Vec<_>>(),
        [4, 4, 2]
    );
    for item in &card.items {
        for lang in [Lang::Zh, Lang::En] {
            for level in 0..=4 {
                assert!(!item.anchor(lang, level).is_empty());
            }
            assert_eq!(item.anchor(lang, 5), "");
        }
    }
    let numbers = (
        card.sampling.each,
        card.sampling.random,
        card.sampling.second,
    );
    assert_eq!(numbers, (4, 20, 100));
    assert_eq!(
        (card.calibration.within, card.calibration.kappa),
        (850, 700)
    );
    assert_eq!((card.calibration.week, card.appeal.days), (3, 5));
}

/// The rules that the shipped card breaks after this change, with their lines.
fn broken(from: &str, to: &str) -> Vec<(&'static str, String)> {
    assert!(Card::SHIPPED.contains(from), "{from}");
    let text = Card::SHIPPED.replacen(from, to, 1);
    let line = |n: usize| text.lines().nth(n - 1).unwrap().trim().to_owned();
    let faults = check(&text);
    assert!(Card::parse(&text).is_err());
    faults.into_iter().map(|f| (f.rule, line(f.line))).collect()
}

#[test]
fn every_fault_is_found_on_its_line() {
    let id = |id: &str| format!("id = \"{id}\"");
    assert_eq!(
        broken("id = \"rights\"", "id = \"privacy\""),
        [("card-twice", id("privacy"))]
    );
    assert_eq!(
        broken("id = \"recap\"", "id = \"Recap!\""),
        [("card-id", id("Recap!"))]
    );
    assert_eq!(
        broken("zh = \"收尾复述\"", "zh = \" \""),
        [("card-empty", id("recap"))]
    );
}

#[test]
fn a_level_without_an_anchor_or_with_anothers_is_no_card() {
    let id = |id: &str| format!("id = \"{id}\"");
    let gone = "    \"Ended without a close, or hurried the customer off\",\n";
    assert_eq!(broken(gone, ""), [("card-levels", id("recap"))]);
    let same = "    \"Asked 'anything else?' and repeated nothing\",\n";
    let other = gone.to_owned();
    assert_eq!(broken(same, &other), [("card-same", id("recap"))]);
}

#[test]
fn a_class_without_errors_and_wild_numbers_are_told() {
    let text = Card::SHIPPED.replace("class = \"business\"", "class = \"customer\"");
    let rules: Vec<&str> = check(&text).iter().map(|f| f.rule).collect();
    assert_eq!(rules, ["card-class"]);
    let rules = broken("second = 100", "second = 1001");
    assert_eq!(rules, [("card-number", "second = 1001".to_owned())]);
    let rules = broken("days = 5", "days = 0");
    assert_eq!(rules, [("card-number", "days = 0".to_owned())]);
    let rules = broken("version = 1", "version = \"one\"");
    assert_eq!(rules[0].0, "card-toml");
    let rules = broken("[appeal]", "[apeal]");
    assert_eq!(rules[0].0, "card-toml");
}

fn marks(card: &Card, levels: &[Option<u8>]) -> Marks {
    let mut marks = Marks::blank(card);
    for (mark, level) in marks.levels.iter_mut().zip(levels) {
        mark.level = *level;
    }
    marks
}

#[test]
fn apart_means_a_critical_error_or_more_than_one_level() {
    let card = Card::shipped().unwrap();
    let base = marks(&card, &[Some(2); 7]);
    assert!(!base.apart(&marks(&card, &[Some(3); 7])));
    assert!(
        !base.apart(&marks(&card, &[None; 7])),
        "not seen is no difference"
    );
    let far = marks(
        &card,
        &[
            Some(2),
            Some(4),
            Some(2),
            Some(2),
            Some(2),
            Some(2),
            Some(2),
        ],
    );
    assert!(base.apart(&far) && far.apart(&base));
    let (mut no, mut yes) = (base.clone(), base.clone());
    yes.criticals[0].found = Found::Yes;
    assert!(!base.apart(&yes), "only one could look");
    no.criticals[0].found = Found::No;
    assert!(no.apart(&yes) && yes.fails() && !no.fails());
}

#[test]
fn low_items_come_worst_first() {
    let card = Card::shipped().unwrap();
    let marks = marks(
        &card,
        &[Some(1), Some(4), Some(0), None, Some(2), Some(1), None],
    );
    assert_eq!(marks.low(1), ["need", "acknowledgement", "recap"]);
}
