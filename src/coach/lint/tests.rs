#![allow(clippy::unwrap_used, reason = "tests")]
use super::*;
use crate::domain::lang::Lang;
use crate::domain::vocabulary::{Act, Channel};

mod samples;

const UNFILLED: &str = "FCT-01";
const VAGUE_TIME: &str = "CMT-01";
const NO_ACKNOWLEDGEMENT: &str = "EMP-01";
const CALM_DOWN: &str = "EMP-07";
const BANNED_TONE: &str = "TON-01";
const PERSONAL_NUMBER: &str = "PRV-01";
const TOO_LONG: &str = "LEN-01";

/// Wed 11 Mar 2026 14:20 in Shanghai.
const NOW: Ms = Ms(1_773_210_000_000);

fn rules(text: &str, emotion: u8) -> Vec<(&'static str, String)> {
    let content = Content::shipped().unwrap();
    let zone = Zone::named("Asia/Shanghai").unwrap();
    let cx = LintContext {
        first_reply: true,
        due_words: "今天17:00前",
        ..LintContext::new(Lang::Zh, Channel::Chat, NOW, &zone).felt(emotion)
    };
    lint(&content, text, &cx)
        .findings
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
        assert!(found.contains(&(rule, span.to_owned())), "{text} {found:?}");
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
    let first = |text: &str, emotion| {
        let found = rules(text, emotion);
        found.iter().any(|(rule, _)| *rule == NO_ACKNOWLEDGEMENT)
    };
    assert!(first("请提供订单号", 2));
    assert!(!first("请提供订单号", 0));
    assert!(!first("等了这么久，换谁都着急。请说下订单号", 3));
    let content = Content::shipped().unwrap();
    let zone = Zone::utc();
    let mut cx = LintContext {
        acknowledged: true,
        first_reply: true,
        ..LintContext::new(Lang::En, Channel::Mail, NOW, &zone).felt(3)
    };
    let severity = |cx: &LintContext<'_>| {
        let found = lint(&content, "Your order number?", cx).findings;
        let found = found.into_iter().find(|f| f.rule == NO_ACKNOWLEDGEMENT);
        found.map(|f| f.severity)
    };
    assert_eq!(severity(&cx), None);
    cx.acknowledged = false;
    assert_eq!(severity(&cx), Some(Severity::Block));
    cx.heat = 40;
    assert_eq!(severity(&cx), Some(Severity::Warn));
    cx.acts = &[Act::AckSpecific];
    assert_eq!(severity(&cx), None);
    cx.acts = &[];
    cx.first_reply = false;
    assert_eq!(severity(&cx), None);
}

#[test]
fn a_fix_replaces_exactly_its_span() {
    let content = Content::shipped().unwrap();
    let zone = Zone::named("Asia/Shanghai").unwrap();
    let cx = LintContext {
        acknowledged: false,
        acts: &[],
        due_words: "今天17:00前",
        ..LintContext::new(Lang::Zh, Channel::Chat, NOW, &zone).felt(0)
    };
    let mut text = "我稍后打给您".to_owned();
    let finding = lint(&content, &text, &cx).findings.remove(0);
    let fix = finding.fix.unwrap();
    text.replace_range(fix.at, &fix.with);
    assert_eq!(text, "我今天17:00前打给您");
    assert_eq!(lint(&content, &text, &cx).findings, []);
}

#[test]
fn a_spoken_line_is_short() {
    let content = Content::shipped().unwrap();
    let zone = Zone::utc();
    let cx = LintContext {
        acknowledged: true,
        acts: &[],
        due_words: "",
        ..LintContext::new(Lang::Zh, Channel::Voice, NOW, &zone).felt(0)
    };
    let long = "字".repeat(41);
    let found = lint(&content, &format!("短句。{long}。"), &cx).findings;
    assert_eq!(found.len(), 1);
    assert_eq!(
        (found[0].rule, found[0].severity),
        (TOO_LONG, Severity::Info)
    );
    assert_eq!(lint(&content, &"字".repeat(40), &cx).findings, []);
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
    assert_eq!(ask("手机13812345678", 0).0, [PERSONAL_NUMBER]);
    assert_eq!(ask("热线400-820-1234", 0).0, [] as [&str; 0]);
}

#[test]
fn every_rule_is_in_the_list_once() {
    assert!(RULES.windows(2).all(|two| two[0].id < two[1].id));
    assert!(RULES.iter().all(|r| rule(r.id) == Some(r)));
    for r in RULES {
        let law = matches!(r.family, Family::Law | Family::Prv);
        assert_eq!(r.switchable, !law, "{}", r.id);
        assert_eq!(
            r.overridable == Overridable::Never,
            law || r.id == "FCT-01",
            "{}",
            r.id
        );
        assert!(r.severities.is_sorted_by(|a, b| a > b), "{}", r.id);
    }
}

#[test]
fn switches_lower_and_switch_off_and_nothing_else() {
    let parse = |text: &str| {
        Switches::parse(&crate::coach::content::File {
            name: "policy/lint.toml",
            text,
        })
    };
    let content = Content::shipped().unwrap();
    let zone = Zone::utc();
    let switches = parse("[rules]\n\"EMP-07\" = \"info\"\n\"FCT-01\" = \"off\"\n").unwrap();
    let cx = LintContext {
        switches: Some(&switches),
        ..LintContext::new(Lang::Zh, Channel::Chat, NOW, &zone)
    };
    let found = lint(&content, "您先冷静一下，{cause}", &cx).findings;
    let found: Vec<_> = found.iter().map(|f| (f.rule, f.severity)).collect();
    assert!(found.contains(&(CALM_DOWN, Severity::Info)), "{found:?}");
    assert!(found.iter().all(|(rule, _)| *rule != UNFILLED), "{found:?}");
    for (text, what) in [
        ("[rules]\n\"EMP-99\" = \"off\"\n", "no such rule"),
        ("[rules]\n\"LAW-01\" = \"off\"\n", "law and privacy"),
        ("[rules]\n\"PRV-02\" = \"warn\"\n", "law and privacy"),
        ("[rules]\n\"EMP-02\" = \"block\"\n", "more than"),
        ("[rules]\n\"EMP-02\" = \"loud\"\n", "no severity"),
        ("[rule]\n", "unknown field"),
    ] {
        let error = parse(text).unwrap_err();
        assert!(error.what.contains(what), "{error}");
        assert!(!error.remedy.is_empty());
    }
}

#[test]
fn a_rule_without_its_facts_says_so() {
    let content = Content::shipped().unwrap();
    let zone = Zone::utc();
    let mut cx = LintContext::new(Lang::Zh, Channel::Chat, NOW, &zone);
    let missing = |cx: &LintContext<'_>| -> Vec<&'static str> {
        let out = lint(&content, "您好", cx).not_checked;
        out.iter().map(|n| n.rule).collect()
    };
    assert!(missing(&cx).contains(&"AUT-01"));
    assert!(missing(&cx).contains(&"LAW-04"));
    cx.known.severe_route = Some(true);
    assert!(!missing(&cx).contains(&"LAW-04"));
    let every: Vec<&str> = RULES
        .iter()
        .filter(|r| r.needs.iter().any(|n| !cx.known.has(*n)))
        .map(|r| r.id)
        .collect();
    assert_eq!(missing(&cx), every);
}

#[test]
fn the_customers_own_words_are_exempt() {
    let content = Content::shipped().unwrap();
    let zone = Zone::utc();
    let theirs = ["窗口那个人叫我冷静".to_owned()];
    let cx = LintContext {
        customer_words: &theirs,
        ..LintContext::new(Lang::Zh, Channel::Chat, NOW, &zone)
    };
    let calm = |text: &str, cx: &LintContext<'_>| {
        let found = lint(&content, text, cx).findings;
        found.iter().filter(|f| f.rule == CALM_DOWN).count()
    };
    for (text, count) in [
        ("同事那句“冷靜”，换谁听了都更火", 0),
        ("您说窗口叫您冷静，这话不该这么说", 0),
        ("您说窗口叫您冷静，这话不该这么说。您先冷静", 1),
        ("您说窗口让您淡定", 1),
        ("您先冷静", 1),
    ] {
        assert_eq!(calm(text, &cx), count, "{text}");
    }
    let unknown = LintContext::new(Lang::Zh, Channel::Chat, NOW, &zone);
    assert_eq!(calm("那句“冷静”", &unknown), 1);
}
