#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]
use super::*;
use crate::coach::content::Content;
use crate::coach::read::signals_of;

fn all(texts: &[(&str, u8)]) {
    let content = Content::shipped().unwrap();
    let mut wrong = Vec::new();
    for (text, emotion) in texts {
        let heard = signals_of(&content, text);
        if heard.emotion != *emotion {
            let parts: Vec<_> = heard.features.iter().filter(|f| f.points != 0).collect();
            wrong.push(format!(
                "{text}: {} ({}), not {emotion}: {parts:?}",
                heard.emotion, heard.heat
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn calm_words_stay_calm() {
    all(&[
        ("请问押金几天能退", 0),
        ("麻烦您帮我查一下师傅到哪了，谢谢", 0),
        ("我没生气", 0),
        ("我也不是很失望", 0),
        ("I am not angry at all", 0),
        ("Could you tell me when the shop opens? Thanks", 0),
        ("滚筒洗衣机不转了，请问怎么办理维修", 0),
        ("这是我妈妈的手机号", 0),
        ("服务很好，师傅特别热情，赞！", 0),
        ("唔該，我想問下點樣改地址", 0),
    ]);
}

#[test]
fn feeling_rises_with_words_and_marks() {
    all(&[
        ("怎么还没人联系我", 1),
        ("有点失望", 1),
        ("Still no reply, a bit disappointed", 1),
        ("太过分了，凭什么扣我的钱", 2),
        ("This is unacceptable and frustrating", 2),
        ("你們太過分了，簡直欺負人", 2),
        ("骗子公司，垃圾，气死我了！！！", 3),
        ("LIARS. WORST COMPANY EVER, ABSOLUTE SCAM!!!", 3),
    ]);
}

#[test]
fn sarcasm_and_repetition_are_heard() {
    let content = Content::shipped().unwrap();
    let heat = |text: &str| signals_of(&content, text).heat;
    for (plain, hotter) in [
        ("快递没到", "呵呵，快递没到，真行"),
        ("my train is delayed", "great job, my train is delayed 👏"),
        ("没人回复我", "人呢 人呢 没人回复我"),
        ("网断了", "网断了！！！"),
        ("where is my parcel", "WHERE IS MY PARCEL"),
        ("太慢了", "太太太太慢了"),
        ("不好用", "[怒]不好用"),
    ] {
        assert!(
            heat(hotter) > heat(plain),
            "{hotter}: {} {}",
            heat(hotter),
            heat(plain)
        );
    }
    for (hot, cooler) in [
        ("怎么还没到", "您好，请问怎么还没到，谢谢"),
        ("房间太吵", "房间太吵，别的都很好，早餐不错，服务也满意"),
    ] {
        assert!(heat(hot) > heat(cooler), "{cooler}");
    }
}

#[test]
fn others_words_and_names_show_less() {
    let content = Content::shipped().unwrap();
    let heat = |text: &str| signals_of(&content, text).heat;
    assert!(heat("他说我无理取闹，真丢人") <= heat("你们真丢人"));
    assert_eq!(heat("@垃圾分类小助手 你好"), 0, "a name is no insult");
    assert_eq!(heat("https://example.com/worst"), 0);
}

#[test]
fn features_keep_their_names_and_make_the_band() {
    let content = Content::shipped().unwrap();
    let names = |text: &str| -> Vec<&str> {
        signals_of(&content, text)
            .features
            .iter()
            .map(|f| f.name)
            .collect()
    };
    assert_eq!(names(""), names("骗子！！！ worst ever @a @b"));
    for text in ["", "骗子！！！", "有点慢", "凭什么扣钱"] {
        let heard = signals_of(&content, text);
        assert_eq!(heard.emotion, band(heard.heat));
    }
    assert_eq!(
        [0, 29, 30, 54, 55, 79, 80, 100].map(band),
        [0, 0, 1, 1, 2, 2, 3, 3]
    );
}

const RISKS: &[(Risk, &[&str], &[&str])] = &[
    (
        Risk::Repeat,
        &[
            "我都打了四次电话了，每次都说帮我催",
            "第三次报修了，水还是漏",
            "上周反映过这个事，到现在没人理",
            "换了两次货还是坏的",
            "同一個問題我已經投訴過了",
            "I have called three times and nobody calls back",
            "This is the second time the parcel went missing",
            "still no engineer after two weeks of chasing",
        ],
        &[
            "第一次报修",
            "请问一年保养几次",
            "我没有投诉过",
            "昨天刚买的",
            "See you again soon",
            "my second floor flat",
        ],
    ),
    (
        Risk::Regulator,
        &[
            "再不解决我打12315",
            "打１2三15问问",
            "我去消*协评理",
            "I will go to the ombudsman",
        ],
        &["电话12315678", "我不是要找消协，就想问问进度"],
    ),
    (
        Risk::Media,
        &[
            "我要发抖音曝光你们",
            "找记者来看看",
            "I'll go to the newspapers",
        ],
        &["直播间买的裙子", "press the green button"],
    ),
    (
        Risk::Legal,
        &["我找律师起诉", "法院见", "I will sue you"],
        &[
            "家里的报警器坏了",
            "不想打官司，只想退款",
            "the food court was closed",
        ],
    ),
    (
        Risk::Compensation,
        &[
            "误了我一天工，你们赔偿",
            "I want compensation for the wasted day",
        ],
        &["客服说可以补偿，我想问怎么领", "不用赔偿，修好就行"],
    ),
    (
        Risk::Rejects,
        &["这个方案我不接受", "叫你们经理来", "I don't accept that"],
        &["可以，就这么办"],
    ),
    (
        Risk::Churn,
        &[
            "以后再也不来了",
            "下次不会在你家买",
            "I'm cancelling my contract and leaving",
        ],
        &["下次来还住这里", "don't want to leave you"],
    ),
    (
        Risk::Safety,
        &["插座冒烟了", "孩子被烫伤了", "the charger caught fire"],
        &["烟雾报警器没电了", "会不会漏电", "my fire tv is slow"],
    ),
];

#[test]
fn risks_are_named_and_near_misses_are_not() {
    let content = Content::shipped().unwrap();
    let mut wrong = Vec::new();
    for (risk, hits, misses) in RISKS {
        for (text, expected) in hits
            .iter()
            .map(|t| (t, true))
            .chain(misses.iter().map(|t| (t, false)))
        {
            let heard = signals_of(&content, text);
            if heard.has(*risk) != expected {
                wrong.push(format!("{} {expected}: {text}", risk.as_str()));
            }
            for (_, at) in heard.risks.iter() {
                assert!(
                    text.get(at.clone()).is_some(),
                    "{text}: evidence on character bounds"
                );
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn evidence_is_the_words_as_written() {
    let content = Content::shipped().unwrap();
    let text = "我要去消 協投訴，垃ji！";
    let heard = signals_of(&content, text);
    let (_, at) = heard
        .risks
        .iter()
        .find(|(r, _)| *r == Risk::Regulator)
        .unwrap();
    assert_eq!(&text[at.clone()], "消 協");
    assert!(heard.feeling.iter().any(|at| &text[at.clone()] == "垃ji"));
}

#[test]
fn stances_are_told_apart() {
    let content = Content::shipped().unwrap();
    for (text, word, stance) in [
        ("我没生气", "生气", Stance::Negated),
        ("我不是要投诉", "投诉", Stance::SetAside),
        ("客服说可以退钱，但没退", "退钱", Stance::Reported),
        ("客服说可以，但我要退钱", "退钱", Stance::Plain),
        ("上面写着“全额退钱”", "退钱", Stance::Quoted),
        ("这样会不会退钱", "退钱", Stance::Asked),
        ("我不得不投诉", "投诉", Stance::Plain),
        ("they said it would be fixed", "fixed", Stance::Reported),
        ("i am not happy", "happy", Stance::Negated),
    ] {
        let heard = signals_of(&content, text);
        let at = text.find(word).map(|at| at..at + word.len()).unwrap();
        assert_eq!(heard.scope.stance(text, &at), stance, "{text}");
    }
}

#[test]
fn long_texts_are_read_in_part() {
    let content = Content::shipped().unwrap();
    let text = "又坏了，打了三次电话没人管，太差了！".repeat(2_000);
    let heard = signals_of(&content, &text);
    assert!(heard.has(Risk::Repeat));
    assert_eq!(heard.emotion, 2);
}
