#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use super::*;
use crate::sim::engine::Moment;
use crate::sim::names::{Act, Commitment};
use crate::sim::play::Input;
use crate::sim::score::{Criterion, score};
use crate::sim::testing::class;

fn wrong(text: &str) -> Option<(String, String)> {
    let class = class("SIM-01");
    assert!(class.scenario.card.phone.ends_with("5678"));
    let said = ["我妈的号码是 138 0000 4321，打那个也行。".to_owned()];
    misread(&class.scenario, &said, text, true).map(|m| (m.said, m.right))
}

#[test]
fn a_wrong_number_is_found_however_it_is_written() {
    for text in [
        "打您尾号0201的手机，对吗？",
        "打您尾号 ０２０１ 这个号码行吗",
        "跟您核对一下，尾号零二零一，对吧？",
        "尾号零二零幺，没错吧",
        "您留的电话是199 0000 0201，对吗？",
        "号码是199****0201，对吗？",
        "您的手机，0201，没错吧",
        "The number ending in 0201, is that right?",
        "I'll ring the phone ending zero two zero one, is that right?",
        "Your number is 19900000201, correct?",
    ] {
        let want = ("0201".to_owned(), "5678".to_owned());
        assert_eq!(wrong(text), Some(want), "{text}");
    }
    assert_eq!(
        wrong("号码是18800005678，对吗？"),
        Some(("18800005678".to_owned(), "19900005678".to_owned()))
    );
    assert_eq!(
        wrong("The one ending double two one, is that right? Your phone, I mean."),
        Some(("221".to_owned(), "5678".to_owned()))
    );
}

#[test]
fn what_is_right_or_no_number_of_the_customer_is_nobodys_mistake() {
    for text in [
        "打您尾号5678的手机，对吗？",
        "尾号五六七八，对吧",
        "尾号678，对吧",
        "The number ending five six seven eight, is that right?",
        "199****5678这个号码，行吗",
        "打您说的尾号4321，行吗？",
        "尾号不是0201，是5678，对吗？",
        "我今天15:30打您这个电话，行吗？",
        "电话我记下了，1530之前打给您，可以吗？",
        "退到尾号0201的卡上，对吗？",
        "您的订单号码是0201，对吗？",
        "我们的热线电话是95500，您看行吗？",
        "您的电话，我明天3点打，行吗",
        "共退您2000元，打您电话说一声，行吗？",
        "The order number ends in 0201, is that right?",
        "I'll call your number at 3:30 pm, is that right?",
        "So I ring you on your phone, 4 pm today, is that right?",
    ] {
        assert_eq!(wrong(text), None, "{text}");
    }
    let class = class("SIM-01");
    let other = misread(&class.scenario, &[], "我拨1530这个电话问过了", false);
    assert_eq!(other, None, "not a check of the contact");
}

/// A contact whose commitment stands; what is said next, in both languages.
fn committed(lang: Lang, next: &[&str]) -> crate::sim::Play {
    let class = class("SIM-01");
    let whole = class.play(crate::sim::AgentKind::Committing, lang, 7, false);
    let last = whole.turns().len() - 1;
    let mut play = whole.rewound(last);
    assert_eq!(play.state().commitment, Commitment::None);
    for (line, at) in next.iter().zip(60_000..) {
        let text = crate::sim::headless::fill(
            line,
            &class.scenario,
            class.began.plus_millis(at),
            class.calendar,
            lang,
        );
        play.take(
            at,
            Input::Said {
                text,
                think_ms: 1_000,
                interrupted: false,
                severe_route: None,
                in_ledger: Some(true),
            },
        );
    }
    play
}

#[test]
fn a_wrong_number_confirms_nothing_and_the_customer_puts_it_right() {
    for (lang, wrong, right) in [
        (
            Lang::Zh,
            "{due}，周师傅打给您约上门取件。打尾号0201这个号码可以吗？",
            "好的，打尾号{last4}这个号码，对吗？",
        ),
        (
            Lang::En,
            "Zhou will call you {due} to agree the collection. Is the number ending in 0201 all right?",
            "Let me confirm: I use the number ending in {last4}, is that right?",
        ),
    ] {
        let play = committed(lang, &[wrong]);
        let at = play.turns().len() - 1;
        let turn = &play.turns()[at];
        assert_eq!(turn.state.commitment, Commitment::Concrete, "{turn:?}");
        assert!(turn.moments.contains(&Moment::Misread));
        assert!(!turn.acts.iter().any(|e| e.act == Act::Confirm));
        let answer = &turn.answer.text;
        assert!(
            answer.contains("0201") && answer.contains("5678"),
            "{answer}"
        );
        let score = score(&play);
        let recap = score
            .marks
            .iter()
            .find(|m| m.criterion == Criterion::Recap)
            .unwrap();
        assert!(recap.points < 10, "{recap:?}");
        assert_eq!(recap.lost, [at], "{recap:?}");
        // Put right, it is confirmed and costs nothing more.
        let play = committed(lang, &[wrong, right]);
        assert_eq!(
            play.state().commitment,
            Commitment::Confirmed,
            "{:?}",
            play.turns().last()
        );
        let score = crate::sim::score(&play);
        let recap = score
            .marks
            .iter()
            .find(|m| m.criterion == Criterion::Recap)
            .unwrap();
        assert_eq!((recap.points, recap.lost.len()), (10, 0));
    }
}

#[test]
fn a_wrong_number_and_nothing_else_is_understood() {
    let play = committed(Lang::Zh, &["尾号0201，对吗？"]);
    let turn = play.turns().last().unwrap();
    assert!(!turn.moments.contains(&Moment::NotUnderstood), "{turn:?}");
    assert!(turn.answer.text.contains("5678"));
}
