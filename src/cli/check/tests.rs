#![allow(clippy::unwrap_used, reason = "tests")]
//! The scorecard in `balm check`: what is wrong with one, in the words of both languages.

use super::{card, worded};
use crate::domain::scorecard::Card;
use crate::text::Locale;
use crate::text::locale::Tongue;

/// A change of the shipped card for each rule.
const BROKEN: &[(&str, &str, &str)] = &[
    ("card-toml", "version = 1", "version = one"),
    ("card-id", "id = \"need\"", "id = \"Need\""),
    ("card-twice", "id = \"rude\"", "id = \"legal\""),
    ("card-empty", "en = \"Recap\"", "en = \"\""),
    (
        "card-levels",
        "    \"Ended without a close, or hurried the customer off\",\n",
        "",
    ),
    (
        "card-same",
        "    \"Asked 'anything else?' and repeated nothing\",\n",
        "    \"Ended without a close, or hurried the customer off\",\n",
    ),
    ("card-number", "within = 850", "within = 8500"),
    ("card-drill", "drill = \"cause\"", "drill = \"juggling\""),
];

#[test]
fn the_shipped_card_passes_and_each_rule_finds_its_fault_and_has_words_for_it() {
    assert_eq!(card(Card::SHIPPED), []);
    for (rule, from, to) in BROKEN {
        assert!(Card::SHIPPED.contains(from), "{from}");
        let problems = card(&Card::SHIPPED.replacen(from, to, 1));
        assert_eq!(problems.len(), 1, "{rule}: {problems:?}");
        let problem = &problems[0];
        assert_eq!((problem.rule, problem.file.as_str()), (*rule, Card::FILE));
        assert!(problem.line > 1, "{problem:?}");
        for tongue in Tongue::ALL {
            let [what, remedy] = worded(&Locale::of(*tongue), problem);
            assert!(!what.contains(&format!("check-{rule}")), "{what}");
            assert!(!remedy.contains(&format!("check-{rule}")), "{remedy}");
            if *rule == "card-drill" {
                assert!(
                    what.contains("juggling") && remedy.contains("recap"),
                    "{what} {remedy}"
                );
            }
        }
    }
    let none = Card::SHIPPED.replace("class = \"business\"", "class = \"customer\"");
    let rules: Vec<&str> = card(&none).iter().map(|p| p.rule).collect();
    assert_eq!(rules, ["card-class"]);
}
