#![allow(clippy::unwrap_used, reason = "tests")]
use super::*;

/// Wed 11 Mar 2026 14:20 in Shanghai.
const NOW: Ms = Ms(1_773_210_000_000);

fn rules(text: &str, emotion: u8) -> Vec<(&'static str, String)> {
    let content = Content::shipped().unwrap();
    let zone = Zone::named("Asia/Shanghai").unwrap();
    let cx = LintContext {
        lang: Lang::Zh,
        emotion,
        channel: Channel::Chat,
        now: NOW,
        zone: &zone,
        acknowledged: false,
        acts: &[],
        due_words: "今天17:00前",
    };
    lint(&content, text, &cx)
        .into_iter()
        .map(|f| (f.rule, text[f.span].to_owned()))
        .collect()
}

#[test]
fn rules_fire_on_the_words_they_mean() {
    for (text, rule, span) in [
        ("原因是{cause}，抱歉", UNFILLED, "{cause}"),
        ("We found {cause} today", UNFILLED, "{cause}"),
        ("我会尽快给您回电", VAGUE_TIME, "尽快"),
        ("我們會盡快聯繫您", VAGUE_TIME, "盡快"),
        ("I will call you back soon.", VAGUE_TIME, "soon"),
        (
            "We'll refund you as soon as possible",
            VAGUE_TIME,
            "as soon as possible",
        ),
        ("您先冷静一下", CALM_DOWN, "冷静"),
        ("Please calm down", CALM_DOWN, "calm down"),
        ("您别激动", CALM_DOWN, "别激动"),
        ("不是告诉您了吗", BANNED_TONE, "不是告诉您了"),
        ("There is nothing I can do", BANNED_TONE, "nothing I can do"),
        (
            "您的手机13812345678收到了吗",
            PERSONAL_NUMBER,
            "13812345678",
        ),
        (
            "身份证11010519491231002X已登记",
            PERSONAL_NUMBER,
            "11010519491231002X",
        ),
    ] {
        let found = rules(text, 0);
        assert_eq!(found, [(rule, span.to_owned())], "{text}");
    }
}

#[test]
fn near_misses_stay_silent() {
    for text in [
        "请稍等，我看一下",
        "您近期账单我看到了",
        "今天17:00前我尽快给您回电",
        "这两天您用着怎么样",
        "How soon do you need it?",
        "七天冷静期内可以退",
        "尾号2231，对吗",
        "工单号20260311001",
        "用 { 和 } 括起来",
        "退款128元",
    ] {
        assert_eq!(rules(text, 0), [], "{text}");
    }
}

#[test]
fn an_upset_customer_is_acknowledged_first() {
    assert_eq!(
        rules("请提供订单号", 2),
        [(NO_ACKNOWLEDGEMENT, String::new())]
    );
    assert_eq!(rules("请提供订单号", 1), []);
    assert_eq!(rules("等了这么久，换谁都着急。请说下订单号", 3), []);
    let content = Content::shipped().unwrap();
    let zone = Zone::utc();
    let mut cx = LintContext {
        lang: Lang::En,
        emotion: 3,
        channel: Channel::Mail,
        now: NOW,
        zone: &zone,
        acknowledged: true,
        acts: &[],
        due_words: "",
    };
    assert_eq!(lint(&content, "Your order number?", &cx), []);
    cx.acknowledged = false;
    assert_eq!(lint(&content, "Your order number?", &cx).len(), 1);
    cx.acts = &[Act::AckSpecific];
    assert_eq!(lint(&content, "Your order number?", &cx), []);
}

#[test]
fn a_fix_replaces_exactly_its_span() {
    let content = Content::shipped().unwrap();
    let zone = Zone::named("Asia/Shanghai").unwrap();
    let cx = LintContext {
        lang: Lang::Zh,
        emotion: 0,
        channel: Channel::Chat,
        now: NOW,
        zone: &zone,
        acknowledged: false,
        acts: &[],
        due_words: "今天17:00前",
    };
    let mut text = "我稍后打给您".to_owned();
    let finding = lint(&content, &text, &cx).remove(0);
    text.replace_range(finding.span, &finding.fix.unwrap());
    assert_eq!(text, "我今天17:00前打给您");
    assert_eq!(lint(&content, &text, &cx), []);
}

#[test]
fn a_spoken_line_is_short() {
    let content = Content::shipped().unwrap();
    let zone = Zone::utc();
    let cx = LintContext {
        lang: Lang::Zh,
        emotion: 0,
        channel: Channel::Voice,
        now: NOW,
        zone: &zone,
        acknowledged: true,
        acts: &[],
        due_words: "",
    };
    let long = "字".repeat(41);
    let found = lint(&content, &format!("短句。{long}。"), &cx);
    assert_eq!(found.len(), 1);
    assert_eq!(
        (found[0].rule, found[0].severity),
        (TOO_LONG, Severity::Info)
    );
    assert_eq!(lint(&content, &"字".repeat(40), &cx), []);
}

#[test]
fn the_verdict_blocks_gaps_and_cards_and_sees_stale_days() {
    let content = Content::shipped().unwrap();
    let zone = Zone::named("Asia/Shanghai").unwrap();
    let day = 24 * 60;
    let ask = |text: &str, later: i64| {
        let v = verdict(&content, text, NOW, NOW.plus_minutes(later), &zone);
        let rules: Vec<String> = v.blocks.into_iter().map(|b| b.rule).collect();
        (rules, v.stale_words)
    };
    assert_eq!(ask("今天17:00前我打给您", 60), (vec![], false));
    assert_eq!(ask("今天17:00前我打给您", day), (vec![], true));
    assert_eq!(ask("3月16日17:00前我打给您", day), (vec![], false));
    assert_eq!(ask("{cause}和{cause}", 0).0, [UNFILLED]);
    assert_eq!(ask("卡号6222020200112233440收到", 0).0, [PERSONAL_NUMBER]);
    assert_eq!(
        ask("手机13812345678", 0).0,
        [] as [&str; 0],
        "a phone number only warns"
    );
}

#[test]
fn every_rule_is_in_the_list_once() {
    let mut sorted = RULES.to_vec();
    sorted.sort_unstable();
    sorted.dedup();
    assert_eq!(sorted.len(), RULES.len());
}
