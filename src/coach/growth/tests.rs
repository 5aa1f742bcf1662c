#![allow(clippy::unwrap_used, reason = "tests")]
use super::*;
use crate::coach::propose::tests::{NOW, full};

fn setup() -> (Content, Policy) {
    (Content::shipped().unwrap(), Policy::shipped().unwrap())
}

#[test]
fn what_belongs_to_one_customer_becomes_slots() {
    let (content, policy) = setup();
    let mut facts = full(Some("A1"));
    facts
        .preferences
        .insert("title".to_owned(), "女士".to_owned());
    facts
        .values
        .insert("site.name".to_owned(), "东门店".to_owned());
    let text = "王女士，站了50分钟腿都酸了吧，这笔账算在我们头上。今天17:30前我打给您，打尾号2231这个号。\
                 东门店那天的记录我去翻，工号是林悦。您的手机13812345678我先记下了。";
    let drafts = drafts(&content, &facts, &policy, text, NOW);
    let texts: Vec<&str> = drafts.iter().map(|d| d.text.as_str()).collect();
    let all = texts.join("\n");
    for gone in ["王", "50", "2231", "东门店", "林悦", "17:30", "12345678"] {
        assert!(!all.contains(gone), "{gone} in\n{all}");
    }
    for slot in [
        "{customer.call}",
        "{wait.minutes}",
        "{phone.last4}",
        "{site.name}",
        "{agent.name}",
        "{due.callback}",
    ] {
        assert!(all.contains(slot), "no {slot} in\n{all}");
    }
    // Only the line with a number that no slot stands for is marked as needing other words.
    let masked: Vec<&str> = drafts
        .iter()
        .filter(|d| d.masked)
        .map(|d| d.text.as_str())
        .collect();
    assert_eq!(masked.len(), 1, "{masked:?}");
    assert!(masked[0].contains("手机"), "{masked:?}");
    let commit = drafts.iter().find(|d| d.text.contains("{due.callback}"));
    assert_eq!(commit.unwrap().part, LinePart::Commit);
}

#[test]
fn what_everybody_has_is_no_new_line() {
    let (content, policy) = setup();
    let facts = full(Some("A1"));
    let own = "让您干等还没句解释，火得有理。";
    assert!(drafts(&content, &facts, &policy, own, NOW).is_empty());
    assert!(drafts(&content, &facts, &policy, "好的。嗯。", NOW).is_empty());
    // One sentence of a longer line is no new line either.
    let (line, half) = content
        .entries
        .iter()
        .flat_map(|e| &e.lines)
        .find_map(|l| {
            let all: Vec<&str> = sentences(&l.text.zh)
                .into_iter()
                .map(|r| &l.text.zh[r])
                .collect();
            let last = all.last().filter(|s| s.chars().count() >= SHORT);
            let plain = !l.text.zh.contains('{') && all.len() > 1;
            last.filter(|_| plain)
                .map(|s| (l.text.zh.clone(), (*s).to_owned()))
        })
        .unwrap();
    assert!(
        drafts(&content, &facts, &policy, &half, NOW).is_empty(),
        "{half} of {line}"
    );
    let new = "您在队里站到腿酸，这份辛苦我记着。";
    let found = drafts(&content, &facts, &policy, &format!("{new}{new}"), NOW);
    assert_eq!(found.len(), 1, "the same words once: {found:?}");
    assert_eq!(found[0].part, LinePart::Empathize);
}

#[test]
fn a_number_inside_a_longer_one_stays() {
    assert_eq!(
        put("共500元，等了50分钟", "50", "wait.minutes"),
        "共500元，等了{wait.minutes}分钟"
    );
    assert_eq!(
        put("{due.reply}50", "50", "wait.minutes"),
        "{due.reply}{wait.minutes}"
    );
    assert_eq!(put("{wait.minutes}", "wait", "cause"), "{wait.minutes}");
}

#[test]
fn the_lead_cannot_approve_what_fails_its_own_lint() {
    let (content, policy) = setup();
    let zone = policy.calendar.zone();
    let check = |text: &str, part| against_approving(&content, text, part, Lang::Zh, NOW, zone);
    assert!(check("站了{wait.minutes}分钟，腿都酸了吧。", LinePart::Empathize).is_empty());
    assert!(check("{due.callback}，我打给您，说清卡在哪儿。", LinePart::Commit).is_empty());
    assert_eq!(
        check("等了{wait.hours}小时。", LinePart::Empathize),
        ["FCT-01"]
    );
    assert_eq!(check("我来办，办完告诉您。", LinePart::Commit), ["CMT-02"]);
    let two = check("{due.callback}打给您，{due.docs}发材料。", LinePart::Commit);
    assert!(two.contains(&"CMT-02".to_owned()), "{two:?}");
    assert!(!check("查到了我尽快打给您。", LinePart::Explain).is_empty());
    let personal = check("打13812345678找我。", LinePart::Confirm);
    assert!(personal.contains(&"PRV-01".to_owned()), "{personal:?}");
    assert!(
        against_proposing("查到了我尽快打给您。").is_empty(),
        "the lead will see it"
    );
}
