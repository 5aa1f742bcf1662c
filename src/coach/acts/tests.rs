#![allow(clippy::unwrap_used, reason = "tests")]
use super::*;
use crate::domain::vocabulary::Deed;

/// Wed 11 Mar 2026 14:20 in Shanghai.
const NOW: Ms = Ms(1_773_210_000_000);

#[test]
fn acts_are_recognised_in_typed_words() {
    let content = Content::shipped().unwrap();
    let zone = Zone::named("Asia/Shanghai").unwrap();
    for (text, acts) in [
        ("非常理解您的心情", vec![Act::AckGeneric]),
        ("排队等了50分钟，换谁都着急", vec![Act::AckSpecific]),
        ("对不起", vec![Act::Apologise]),
        ("今天17:00前我打给您", vec![Act::CommitConcrete]),
        ("我尽快打给您", vec![]),
        ("原因还没查到，我不乱说", vec![]),
        (
            "还没查到，今天17:00前告诉您",
            vec![Act::AdmitUnknownTimed, Act::CommitConcrete],
        ),
        (
            "I will call you by 17:00 today.",
            vec![Act::Own, Act::CommitConcrete],
        ),
        ("您是昨天15:00来的吗", vec![]),
        ("好的", vec![]),
    ] {
        assert_eq!(acts_of(&content, text, NOW, &zone), acts, "{text}");
    }
}

#[test]
fn promises_are_times_of_deeds_of_ours() {
    let content = Content::shipped().unwrap();
    let zone = Zone::named("Asia/Shanghai").unwrap();
    let at = |minutes| NOW.plus_minutes(minutes);
    for (text, want) in [
        ("今天17:00前我打给您", vec![(Deed::Callback, at(160))]),
        (
            "您放心。今天18:00前退款到账。",
            vec![(Deed::Resolve, at(220))],
        ),
        ("今天17:00前把清单发给您", vec![(Deed::Docs, at(160))]),
        ("今天17:00前答复您", vec![(Deed::Reply, at(160))]),
        (
            "今天17:00前先跟您说一次进展，我跟着",
            vec![(Deed::Update, at(160))],
        ),
        ("我们营业到18:00", vec![]),
        ("您今天17:00到店", vec![]),
        ("昨天17:00我打给您了", vec![]),
        (
            "I'll send you the receipt by 17:00 today.",
            vec![(Deed::Docs, at(160))],
        ),
        ("We close at 18:00 today.", vec![]),
    ] {
        let found: Vec<(Deed, Ms)> = promises_in(&content, text, NOW, &zone, None)
            .into_iter()
            .map(|p| (p.deed, p.due))
            .collect();
        assert_eq!(found, want, "{text}");
    }
    let text = "好的。今天17:00前我打给您！谢谢";
    let found = promises_in(&content, text, NOW, &zone, None);
    assert_eq!(found[0].sentence, "今天17:00前我打给您！");
    assert_eq!(&text[found[0].span.clone()], "今天17:00前");
}
