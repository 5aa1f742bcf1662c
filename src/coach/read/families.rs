//! The families of words by which a risk is told, each with neighbours that only sound alike.
#![allow(clippy::unwrap_used, reason = "tests")]

use super::*;

const TOLD: &[(Risk, &str)] = &[
    (Risk::Repeat, "这台净水器修了三回，三回都没修利索"),
    (Risk::Repeat, "催了不下五次，每次都说在路上"),
    (Risk::Repeat, "都第四天了，工单还挂着没人接"),
    (Risk::Repeat, "换过来的热水壶还是漏"),
    (Risk::Repeat, "刚换好没两天又不制冷了"),
    (Risk::Repeat, "这已经不是第一次少给我吸管了"),
    (Risk::Repeat, "你推我我推你，来来回回跑了两个网点"),
    (Risk::Repeat, "昨天说今天装，今天说明天装"),
    (Risk::Repeat, "改约了两次，师傅还是没露面"),
    (Risk::Repeat, "又双叒停水"),
    (Risk::Repeat, "打咗好多次電話都冇人聽"),
    (
        Risk::Repeat,
        "This is the third toaster and it trips the fuse too",
    ),
    (
        Risk::Repeat,
        "I've rung you twice and chased by email, nothing",
    ),
    (
        Risk::Repeat,
        "Same fault as before, the hinge dropped off again",
    ),
    (
        Risk::Repeat,
        "They replaced the pump and it's leaking again",
    ),
    (Risk::Repeat, "Another week, another cancelled bus"),
    (
        Risk::Repeat,
        "I have to explain the whole thing from scratch each time",
    ),
    (Risk::Repeat, "Here we go again, no water on our street"),
    (Risk::Churn, "这牌子我以后绕着走"),
    (Risk::Churn, "用完这个月就换别家"),
    (Risk::Churn, "谁再买你家的锅谁是小狗"),
    (Risk::Churn, "不会有下次了"),
    (
        Risk::Churn,
        "Moving both lines to another provider on Friday",
    ),
    (Risk::Churn, "Never. Again."),
    (Risk::Churn, "Won't be booking with you next year"),
    (
        Risk::Churn,
        "We've found somewhere else for our Sunday lunch",
    ),
    (Risk::Rejects, "别跟我扯，我只接受退货"),
    (Risk::Rejects, "这样的处理结果我不接受"),
    (Risk::Rejects, "道歉有什么用"),
    (
        Risk::Rejects,
        "Keep your voucher, I want the lamp I paid for",
    ),
    (Risk::Rejects, "I don't want another repair"),
    (Risk::Compensation, "误工费怎么赔"),
    (Risk::Compensation, "来回打车费谁承担"),
    (
        Risk::Compensation,
        "What do I get back for a two hour delay? I expect compensation",
    ),
    (
        Risk::Compensation,
        "I'm out of pocket by forty pounds because of your engineer",
    ),
    (Risk::Media, "今晚就剪视频发抖音曝光"),
    (Risk::Media, "I'm going to the papers with this"),
    (Risk::Legal, "等着收律师函吧"),
    (Risk::Legal, "See you in court"),
    (Risk::Regulator, "我已经向邮政管理局申诉"),
    (Risk::Regulator, "去食药监那边反映了"),
    (Risk::Regulator, "The energy ombudsman has my file"),
];

const ALIKE: &[(Risk, &str)] = &[
    (Risk::Repeat, "第一次在你们家买，想问问怎么保养"),
    (Risk::Repeat, "这件又好看又便宜，谢谢"),
    (Risk::Repeat, "又快又稳，师傅手艺不错"),
    (Risk::Repeat, "我想再买一台同款的"),
    (Risk::Repeat, "第二件半价还有吗"),
    (Risk::Repeat, "请问一天吃几次"),
    (Risk::Repeat, "Thanks again for sorting it so quickly"),
    (Risk::Repeat, "Can I order the same lamp again in green?"),
    (Risk::Repeat, "Is the second floor open on Sundays?"),
    (Risk::Repeat, "We come back every summer and love it"),
    (Risk::Churn, "请问怎么换一个收货地址"),
    (Risk::Churn, "下次还来"),
    (Risk::Churn, "How do I switch to paperless bills?"),
    (Risk::Churn, "I'd like to cancel my gym class on Tuesday"),
    (Risk::Rejects, "不用换了，谢谢，已经好了"),
    (Risk::Rejects, "No problem, the voucher came through"),
    (Risk::Compensation, "不用赔，修好就行"),
    (Risk::Compensation, "店员给我赔礼道歉了"),
    (Risk::Compensation, "Where do I type in my discount code?"),
    (Risk::Media, "吃得一般，给个差评"),
    (Risk::Media, "I'd give it two stars"),
    (Risk::Legal, "麻烦转告你们师傅，门铃坏了请敲门"),
    (Risk::Legal, "Is this coin still legal tender?"),
    (Risk::Regulator, "我用工商银行的卡付的款"),
];

#[test]
fn every_family_is_heard() {
    let content = Content::shipped().unwrap();
    let deaf: Vec<_> = TOLD
        .iter()
        .filter(|(risk, text)| !read(&content, text).has(*risk))
        .collect();
    assert!(deaf.is_empty(), "{deaf:#?}");
}

#[test]
fn what_only_sounds_alike_is_no_risk() {
    let content = Content::shipped().unwrap();
    let wrong: Vec<_> = ALIKE
        .iter()
        .filter(|(risk, text)| read(&content, text).has(*risk))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn weak_words_of_repetition_are_no_risk_by_themselves() {
    let content = Content::shipped().unwrap();
    for text in [
        "请问周末还是九点开门吗",
        "Is the shop still open on Sundays?",
    ] {
        assert!(!signals_of(&content, text).again.is_empty(), "{text}");
        assert!(!read(&content, text).has(Risk::Repeat), "{text}");
    }
}
