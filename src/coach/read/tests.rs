#![allow(clippy::unwrap_used, reason = "tests")]
use super::*;

/// Two texts an item, Chinese and English mixed as they come.
const ITEMS: &[(&str, &str)] = &[
    ("A1", "在营业厅排队排了两个小时，窗口只开一个"),
    (
        "A1",
        "I stood in line for three hours and my turn never came",
    ),
    ("A2", "跑了三趟，又缺盖章的材料"),
    (
        "A2",
        "They want another copy and more paperwork each time I come",
    ),
    ("A3", "说明书看不懂，按你们网页的步骤点不下去"),
    (
        "A3",
        "The instructions are confusing, I don't know which button",
    ),
    ("A4", "工单到哪一步了，进度一直查不到"),
    (
        "A4",
        "I cannot see the status of my application, no update for days",
    ),
    ("A5", "一个部门推一个部门，来回转接我说了五遍"),
    ("A5", "I was transferred four times and passed around"),
    ("A6", "说好昨天给我回电，没人打来，说话不算数"),
    ("A6", "You promised to call back yesterday and nobody did"),
    ("A7", "热线一直占线打不通，客服也没人接"),
    ("A7", "The line is always busy and no one answers"),
    ("B1", "收到的和宣传图完全不一样，虚假宣传"),
    (
        "B1",
        "The product is not as advertised, the description is misleading",
    ),
    ("B2", "报修一周了维修师傅还没上门"),
    ("B2", "The repair technician never showed up"),
    ("B3", "这个配件你们说停产了没货"),
    ("B3", "The spare part is out of stock and discontinued"),
    ("B4", "用了三天就坏了，开不了机，质量有问题"),
    ("B4", "It broke after a week, the device is faulty"),
    ("B5", "这个月账单多扣了三十块钱，乱收费"),
    (
        "B5",
        "There is a charge on my bill that I never ordered, I was overcharged",
    ),
    ("B6", "宽带老掉线，网速太慢"),
    ("B6", "The network keeps dropping, no signal"),
    ("B7", "快递送来箱子破了，晚了五天"),
    ("B7", "The parcel arrived damaged and the delivery was late"),
    ("C1", "合同条款里根本没说要违约金，合约期也没讲清楚"),
    (
        "C1",
        "I misunderstood the terms, the contract clause was in small print",
    ),
    ("C2", "退款一直没到账，原路退回要多久"),
    ("C2", "Where is my refund? I want my money back"),
    ("C3", "活动说送的赠品没给我，优惠券也用不了"),
    ("C3", "I never received the free gift from the promotion"),
    ("C4", "短信说月底到期，电话里又说十五号，前后说法不一"),
    (
        "C4",
        "Your text said one date and the letter another, contradicting information",
    ),
    ("C5", "客服态度恶劣，爱答不理"),
    ("C5", "The clerk was rude and very impolite"),
    ("C6", "业务员骗我开通了套餐，没经过我同意"),
    (
        "C6",
        "The salesman tricked me and signed me up without my consent",
    ),
    ("C7", "老人不会用智能手机，眼睛看不清"),
    (
        "C7",
        "My elderly mother uses a wheelchair and can't use a smartphone",
    ),
];

#[test]
fn items_are_proposed_from_words() {
    let content = Content::shipped().unwrap();
    let mut wrong = Vec::new();
    for (item, text) in ITEMS {
        let reading = read(&content, text);
        let got = reading.item.as_ref().map(|p| p.item.as_str().to_owned());
        if got.as_deref() != Some(item) {
            wrong.push(format!("{item} read as {got:?}: {text}"));
        }
        for p in &reading.ranked {
            assert!(p.confidence <= 95 && !p.evidence.is_empty());
            for at in &p.evidence {
                assert!(
                    text.get(at.clone()).is_some(),
                    "evidence on character bounds"
                );
            }
        }
    }
    assert!(wrong.is_empty(), "{}\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn evidence_is_the_words_themselves() {
    let content = Content::shipped().unwrap();
    let text = "我的退費呢？";
    let item = read(&content, text).item.unwrap();
    assert_eq!(item.item.as_str(), "C2");
    assert_eq!(&text[item.evidence[0].clone()], "退費");
}

#[test]
fn too_little_proposes_nothing() {
    let content = Content::shipped().unwrap();
    for text in ["", "你好", "hello", "麻烦您了", "我想问一下"] {
        assert_eq!(read(&content, text).item, None, "{text}");
    }
    assert_eq!(read(&content, "不是排队的问题").item, None);
}

#[test]
fn feeling_has_four_steps() {
    let content = Content::shipped().unwrap();
    for (text, emotion) in [
        ("请问退款几天到", 0),
        ("What is the refund period?", 0),
        ("我没生气", 0),
        ("I am not angry", 0),
        ("我也不是很失望", 0),
        ("怎么还没到，有点着急", 1),
        ("I'm a bit disappointed", 1),
        ("太过分了，凭什么扣我钱", 2),
        ("This is absolutely unacceptable!!", 2),
        ("一群骗子，垃圾公司，气死我了！！", 3),
        ("You are crooks and scum, this is f***ing disgusting!!!", 3),
    ] {
        assert_eq!(read(&content, text).emotion, emotion, "{text}");
    }
    // Harmless words that hold the letters of swearing or of a threat.
    for text in ["滚筒洗衣机不转了", "这是我妈妈的手机号", "烟雾报警器一直响"]
    {
        assert!(read(&content, text).emotion < 2, "{text}");
    }
}

#[test]
fn risks_are_named() {
    let content = Content::shipped().unwrap();
    for (text, risk) in [
        ("再不解决我打12315", Risk::Regulator),
        ("我要发抖音曝光", Risk::Media),
        ("我找律师", Risk::Legal),
        ("插座冒烟了", Risk::Safety),
        ("我投诉过三次了", Risk::Repeat),
        ("why did this happen", Risk::AsksWhy),
    ] {
        assert!(read(&content, text).has(risk), "{text}");
    }
    assert!(
        !read(&content, "电话12315678").has(Risk::Regulator),
        "a number that only begins so"
    );
    assert!(!read(&content, "家里的报警器坏了").has(Risk::Legal));
}

#[test]
fn a_megabyte_is_read_in_part() {
    let content = Content::shipped().unwrap();
    let text = format!("退款{}漏电", "啊".repeat(400_000));
    let reading = read(&content, &text);
    assert!(reading.item.is_some());
    assert!(
        !reading.has(Risk::Safety),
        "beyond the first 20,000 characters"
    );
}

#[test]
fn a_calm_fault_is_a_complaint_and_a_question_is_none() {
    let content = Content::shipped().unwrap();
    for (text, complaint) in [
        ("升级完以后指纹解不了锁，怎么处理", true),
        ("都五天了包裹还没动静", true),
        ("等了半个钟头，没人招呼我们", true),
        ("the app crashes every time i open my orders", true),
        ("my parcel still has not arrived and nobody replies", true),
        ("請問貨到哪了，都遲了四天還沒送來", true),
        ("你好，想改一下收货地址", false),
        ("好的谢谢，收到了", false),
        ("请问这个可以开发票吗", false),
        ("thanks, all sorted now", false),
        ("do you open on Sundays?", false),
    ] {
        let reading = read(&content, text);
        assert_eq!(reading.complaint.yes, complaint, "{text}");
        assert!((50..=99).contains(&reading.complaint.confidence));
    }
}

#[test]
fn traditional_and_full_width_read_as_simplified() {
    let content = Content::shipped().unwrap();
    for (plain, other) in [
        ("宽带老掉线，网速太慢", "寬頻老掉線，網速太慢"),
        ("4G信号差，APP闪退", "４Ｇ信號差，ＡＰＰ閃退"),
    ] {
        let (a, b) = (read(&content, plain), read(&content, other));
        let best = |r: &Reading| r.ranked.first().map(|p| p.item.clone());
        assert_eq!(best(&a), best(&b), "{other}");
        assert_eq!(a.complaint.yes, b.complaint.yes);
    }
}

#[test]
fn a_need_is_stated_or_suspected() {
    let content = Content::shipped().unwrap();
    let stated = read(&content, "为什么扣了我两次钱，给我解释一下")
        .need
        .unwrap();
    assert_eq!(
        (stated.need, stated.state),
        ("explanation", NeedState::Stated)
    );
    assert_eq!(stated.fix, Fix::Cause);
    let text = "用了两天屏幕就不亮了";
    let suspected = read(&content, text).need.unwrap();
    assert_eq!(
        (suspected.need, suspected.state),
        ("fix_it", NeedState::Suspected)
    );
    assert!(
        suspected
            .evidence
            .iter()
            .all(|at| text.get(at.clone()).is_some())
    );
    assert_eq!(read(&content, "好的谢谢").need, None);
}

#[test]
fn the_model_alone_shows_what_it_rests_on() {
    let content = Content::shipped().unwrap();
    let text = "Ｗｉｆｉ每到晚上就断，连不上";
    let reading = read(&content, text);
    let best = &reading.ranked[0];
    assert_eq!(best.item.as_str(), "B6");
    assert!(!best.evidence.is_empty());
    for (one, next) in best.evidence.iter().zip(best.evidence.iter().skip(1)) {
        assert!(one.end <= next.start, "apart and in order");
    }
}

#[test]
fn the_wire_answers_a_line_or_says_what_is_wrong() {
    let content = Content::shipped().unwrap();
    let answer = wire::line(
        &content,
        r#"{"id":"7","lang":"zh","text":"快递到现在还没到，什么时候能送"}"#,
    );
    let json: serde_json::Value = serde_json::from_str(&answer.unwrap()).unwrap();
    assert_eq!(json["id"], "7");
    assert_eq!(json["is_complaint"], true);
    assert_eq!(
        (&json["item"], &json["class"]),
        (&"B7".into(), &"product".into())
    );
    assert_eq!(json["items"][0], "B7");
    assert_eq!(json["need"], "certainty");
    assert!(json["evidence"].as_array().unwrap().len() > 1);
    let calm = wire::line(&content, r#"{"id":1,"text":"请问周末上班吗"}"#).unwrap();
    let json: serde_json::Value = serde_json::from_str(&calm).unwrap();
    assert_eq!(
        (&json["item"], &json["class"]),
        (&"none".into(), &"none".into())
    );
    for bad in ["", "[]", r#"{"id":1}"#, r#"{"text":5,"id":1}"#] {
        assert!(wire::line(&content, bad).is_err(), "{bad}");
    }
}
