#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use super::super::check::{Effort, check_one};
use super::super::names::{Act, Situation};
use super::super::testing::{NOW, class};
use super::*;
use crate::coach::content::Need;
use crate::domain::lang::Lang;

fn bench() -> Bench<'static> {
    let class = class("SIM-01");
    Bench {
        stage: class.stage,
        calendar: class.calendar,
        began: class.began,
        effort: Effort {
            plays: 200,
            seeds: 10,
        },
    }
}

fn taxonomy() -> Taxonomy {
    Taxonomy::shipped().unwrap()
}

/// A case from lines that begin with `c ` or `a `.
fn case(lines: &[&str], personal: Personal) -> Case {
    let turns = lines.iter().enumerate().map(|(at, line)| Said {
        who: if line.starts_with("c ") {
            Speaker::Customer
        } else {
            Speaker::Agent
        },
        at: NOW.plus_minutes(i64::try_from(at).unwrap()),
        text: RawText::new(line[2..].to_owned()),
    });
    Case {
        id: "OWN-1".to_owned(),
        seed: 0x1234_5678_9abc_def0,
        item: Some(ItemId("B4".to_owned())),
        channel: Channel::Chat,
        tier: Tier::B,
        vulnerable: false,
        turns: turns.collect(),
        personal,
    }
}

/// What the check says of a draft, beside that nobody approved it.
fn problems(bench: &Bench<'_>, made: &Draft) -> Vec<String> {
    let name = format!("{}.toml", made.scenario.id.to_ascii_lowercase());
    let file = File {
        name: &name,
        text: &made.text,
    };
    let mut files = Scenario::shipped_files();
    files.push(file);
    check_one(bench, &file, &files, &taxonomy())
        .problems
        .into_iter()
        .filter(|p| p.rule != "sim-draft")
        .map(|p| format!("{}:{} {:?}", p.rule, p.line, p.args))
        .collect()
}

const ZH: &[&str] = &[
    "c 我是王小明，电话13812345678，住在杭州市西湖区文三路88号3栋2单元501。刚买三天的净水器就漏水，地板全泡了，我要投诉！",
    "a 您好王小明，按公司规定要先填写申请，我们会尽快处理。",
    "c 填什么填！水都流到客厅了，你们就知道让人填表！",
    "a 刚用三天就漏水，地板还泡了，换谁都着急。对不起，是我们没做好。",
    "c 那你倒是说说怎么办，订单号TB20260311998877你自己看。",
    "a 滤芯是什么时候换的？",
    "c 买来就没换过，装的人说半年再换。",
    "a 查到了，漏水的原因是进水管的接头没有拧紧。李雷师傅明天下午五点前给您打电话，约上门的时间。",
    "c 行吧，那我等他电话。",
    "a 打尾号5678这个号码可以吗？",
    "c 可以，谢谢。",
];

const EN: &[&str] = &[
    "c My name is Anna Bell, anna.bell@example.com, 14 Elm Street, flat 3. The kettle I bought on 2026-03-08 leaks all over the kitchen and I am furious!",
    "a Hello Anna, please fill in the form and we will deal with it as soon as possible.",
    "c Another form? There is water everywhere and you want a form?",
    "a Three days old and already leaking, anyone would be upset. I am so sorry.",
    "c Order AB-4471-99120, look it up, and do something.",
    "a When did you first use it?",
    "c The day it came, and it dripped from the first minute.",
    "a I found the cause: the seal under the base was not seated. Peter Crane will call you by 17:00 tomorrow.",
    "c All right, I'll wait for his call.",
    "a Is the number ending in 5678 all right?",
    "c Yes, thank you.",
];

fn zh() -> Case {
    case(
        ZH,
        Personal {
            customer: vec!["王小明".to_owned()],
            colleagues: vec!["李雷".to_owned()],
            values: vec!["13812345678".to_owned()],
        },
    )
}

fn en() -> Case {
    case(
        EN,
        Personal {
            customer: vec!["Anna Bell".to_owned()],
            colleagues: vec!["Peter Crane".to_owned()],
            values: vec!["anna.bell@example.com".to_owned()],
        },
    )
}

#[test]
fn a_written_case_becomes_a_scenario_that_passes_the_check() {
    let bench = bench();
    for (case, lang) in [(zh(), Lang::Zh), (en(), Lang::En)] {
        let made = draft(&case, &bench, &taxonomy()).unwrap();
        assert_eq!(made.lang, lang);
        let found = problems(&bench, &made);
        assert!(found.is_empty(), "{found:#?}\n{}", made.text);
        assert!(!made.scenario.review.approved);
        assert!(made.taken >= 6, "{}\n{}", made.taken, made.text);
        // The same ticket, the same file.
        assert_eq!(made, draft(&case, &bench, &taxonomy()).unwrap());
    }
}

#[test]
fn the_case_is_in_it_where_it_belongs() {
    let bench = bench();
    let made = draft(&zh(), &bench, &taxonomy()).unwrap();
    let s = &made.scenario;
    let opening = s.said(Situation::Opening).next().unwrap();
    assert!(opening.text.zh.contains("净水器"), "{}", opening.text.zh);
    assert!(!opening.text.en.is_empty());
    // What was hidden is spoken for: an opening that nobody could say aloud is no opening.
    let start = format!(
        "我是{}，电话{}，住在清溪苑3栋。",
        s.card.name.zh, s.card.phone
    );
    assert!(opening.text.zh.starts_with(&start), "{}", opening.text.zh);
    let bad = s.said(Situation::Bad).find(|b| b.text.zh.contains("填表"));
    assert!(bad.is_some_and(|b| b.after.is_some()), "{}", made.text);
    let fact = s.facts.iter().find(|f| f.text.zh.contains("没换过"));
    assert!(
        fact.is_some_and(|f| f.asked_zh.iter().any(|w| w.contains("滤芯"))),
        "{}",
        made.text
    );
    let cause = s.card.cause.as_ref().unwrap();
    assert!(cause.zh.contains("接头"), "{}", cause.zh);
    let wordings: Vec<&String> = s.exemplars.iter().flat_map(|e| &e.zh).collect();
    assert!(wordings.iter().any(|w| w.contains("地板")), "{wordings:?}");
    let turns = &s.agent(AgentKind::Committing).unwrap().turns;
    assert!(
        turns
            .iter()
            .any(|t| t.zh.contains("小林") && t.zh.contains("{due}")),
        "{turns:?}"
    );
    assert!(made.text.contains("# from the case") && made.text.contains("# from stock"));
    assert!(s.review.notes.contains("English"), "{}", s.review.notes);
    assert!(
        s.said(Situation::EndFriend)
            .any(|e| e.text.zh.contains("谢谢"))
    );
}

#[test]
fn nothing_that_leads_to_a_person_stays() {
    let bench = bench();
    let planted = [
        "王小明",
        "王女士",
        "小明",
        "13812345678",
        "138",
        "5678",
        "文三路",
        "西湖区",
        "501",
        "TB2026",
        "998877",
        "李雷",
        "Anna",
        "Bell",
        "anna.bell",
        "example.com",
        "Elm",
        "2026-03-08",
        "4471",
        "99120",
        "Peter",
        "Crane",
    ];
    for case in [zh(), en()] {
        let made = draft(&case, &bench, &taxonomy()).unwrap();
        for word in planted {
            assert!(!made.text.contains(word), "{word}\n{}", made.text);
        }
        assert!(made.scenario.card.phone.starts_with("1990000"));
    }
}

#[test]
fn every_kind_of_personal_value_is_hidden() {
    let stock = Stock::shipped().unwrap();
    let person = Person::invented(&stock, 7);
    let personal = Personal {
        customer: vec!["欧阳娜娜".to_owned(), "Mary Ann Stone".to_owned()],
        colleagues: vec![
            "韩梅梅".to_owned(),
            "Will".to_owned(),
            "agent-07".to_owned(),
        ],
        values: vec!["kd8831".to_owned(), "20931".to_owned()],
    };
    let cases: &[(&str, Lang, &[&str])] = &[
        (
            "欧阳女士的电话是138 1234 5678，座机010-62345678",
            Lang::Zh,
            &["欧阳", "1381", "5678 ", "6234"],
        ),
        (
            "身份证11010519491231002X，卡号6222020200112233445",
            Lang::Zh,
            &["1101", "002X", "6222", "3445"],
        ),
        (
            "车牌京A12345，邮箱wang@example.com",
            Lang::Zh,
            &["京A", "345", "wang", "example"],
        ),
        (
            "一三八一二三四五六七八打给我",
            Lang::Zh,
            &["一三八", "七八"],
        ),
        (
            "地址是浙江省杭州市西湖区文三路88号阳光花园3栋2单元501室",
            Lang::Zh,
            &["浙江", "杭州", "文三", "阳光", "501"],
        ),
        (
            "我住阳光花园，送到中山路12号",
            Lang::Zh,
            &["阳光", "中山", "12"],
        ),
        (
            "你好，我是张伟，邮箱wei.zhang+1@example.com",
            Lang::Zh,
            &["张伟", "wei", "zhang", "example"],
        ),
        (
            "我叫赵铁柱，3月11日买的，验证码4821",
            Lang::Zh,
            &["赵铁", "3月11", "4821"],
        ),
        (
            "张经理和韩梅梅说的，工单20931，会员kd8831",
            Lang::Zh,
            &["张经理", "韩梅", "20931", "kd88"],
        ),
        (
            "看 https://shop.example/o/123?t=abcdef9 这个",
            Lang::Zh,
            &["https", "example", "abcdef9"],
        ),
        (
            "token: sk-9f8e7d6c5b4a 订单号：A1B2C3",
            Lang::Zh,
            &["sk-9f", "5b4a", "A1B2"],
        ),
        (
            "I'm at 221 Baker Street, Flat 4, ring +44 20 7946 0958",
            Lang::En,
            &["Baker", "221", "Flat 4", "7946", "0958"],
        ),
        (
            "Mrs Stone spoke to Will and agent-07, my name is Mary Ann",
            Lang::En,
            &["Stone", "Will", "agent-07", "Mary", "Ann"],
        ),
        (
            "mary.ann@mail.example, order 77-120-4531, PIN 9921",
            Lang::En,
            &["mary", "mail.ex", "4531", "9921"],
        ),
    ];
    for (text, lang, gone) in cases {
        let by = Invented {
            name: person.name(*lang),
            phone: &person.phone,
            number: &person.number,
            words: &stock.masked,
        };
        let out = masked(&RawText::new((*text).to_owned()), &personal, &by, *lang);
        for word in *gone {
            assert!(!out.contains(word), "{word} in {out}");
        }
        assert!(
            !out.contains('*') && !out.chars().any(|c| ('\u{e000}'..='\u{e0ff}').contains(&c)),
            "{out}"
        );
    }
}

#[test]
fn what_is_nobodys_own_stays() {
    let stock = Stock::shipped().unwrap();
    let person = Person::invented(&stock, 7);
    let personal = Personal {
        colleagues: vec!["Will".to_owned()],
        ..Personal::default()
    };
    for (text, lang) in [
        ("我等了40分钟，花了1299元，12315我也打了", Lang::Zh),
        ("我是白跑了一趟，我是说，我是真着急", Lang::Zh),
        ("走在路上就坏了，这条路上好几家都这样", Lang::Zh),
        ("我知道你们小区里都是这么办的", Lang::Zh),
        (
            "I will wait until 17:30, it cost 1299 yuan and took 40 minutes",
            Lang::En,
        ),
    ] {
        let by = Invented {
            name: person.name(lang),
            phone: &person.phone,
            number: &person.number,
            words: &stock.masked,
        };
        assert_eq!(
            masked(&RawText::new(text.to_owned()), &personal, &by, lang),
            text
        );
    }
}

/// The class only changes the opening and the first words of sympathy, the need only what answers it: so each class with two needs
/// is every line of the stock.
const MATTERS: [(&str, Need); 6] = [
    ("A1", Need::Cause),
    ("B4", Need::Fix),
    ("C2", Need::Goal),
    ("A1", Need::Respect),
    ("C2", Need::Money),
    ("B4", Need::Safety),
];

/// A draft of nothing but stock.
fn of_stock(bench: &Bench<'_>, item: &str, need: Need) -> Draft {
    let taxonomy = taxonomy();
    let stock = Stock::shipped().unwrap();
    let mut case = zh();
    case.item = Some(ItemId(item.to_owned()));
    let lines = [Line {
        who: Speaker::Customer,
        at: NOW,
        text: "我要投诉".to_owned(),
    }];
    let mut profile = Profile::of(&bench.stage.coach, &case, &lines, Lang::Zh, &taxonomy).unwrap();
    profile.fix = need;
    profile.need = "explanation";
    let sheet = Sheet {
        case: &case,
        item: taxonomy.item(&profile.item).unwrap(),
        lang: Lang::Zh,
        stock: &stock,
        matter: Matter {
            class: profile.class(),
            fix: need.as_str(),
        },
        person: &Person::invented(&stock, 3),
        profile: &profile,
        found: Found::default(),
    };
    Draft {
        text: sheet.file(),
        scenario: read(&sheet, &taxonomy).unwrap(),
        lang: Lang::Zh,
        taken: 0,
    }
}

#[test]
fn the_stock_alone_plays_in_every_class_and_need() {
    let bench = Bench {
        effort: Effort {
            plays: 40,
            seeds: 5,
        },
        ..bench()
    };
    for (item, need) in MATTERS {
        let made = of_stock(&bench, item, need);
        let found = problems(&bench, &made);
        assert!(found.is_empty(), "{item} {}: {found:#?}", need.as_str());
        let acks = |s: &Scenario| s.exemplars.iter().any(|e| e.act == Act::AckSpecific);
        assert!(acks(&made.scenario));
    }
}

#[test]
fn no_time_of_another_day_is_said_again() {
    for text in [
        "今天18:00前我来办",
        "下午五点前回您",
        "I will call by 5 pm",
        "by 17:00 tomorrow",
    ] {
        assert!(gather::clock(text), "{text}");
    }
    for text in [
        "{due}我打给您",
        "慢一点，我在听",
        "I am on it",
        "等了40分钟：是我们不对",
    ] {
        assert!(!gather::clock(text), "{text}");
    }
}

#[test]
fn without_words_or_an_item_there_is_no_draft() {
    let bench = bench();
    let silent = case(&["a 您好，请问有什么可以帮您？"], Personal::default());
    assert_eq!(draft(&silent, &bench, &taxonomy()), Err(NoDraft::NoWords));
    let mut nothing = case(&["c 嗯。"], Personal::default());
    nothing.item = None;
    assert_eq!(draft(&nothing, &bench, &taxonomy()), Err(NoDraft::NoItem));
}
