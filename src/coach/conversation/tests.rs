#![allow(clippy::unwrap_used, reason = "tests")]
use super::*;
use crate::coach::content::Cue;

const DAY: i64 = 24 * 3_600_000;

fn heard(turns: &[Turn<'_>]) -> Heard {
    let content = Content::shipped().unwrap();
    let now = turns.last().map_or(Ms(0), |t| t.at);
    hear(&content, turns, now)
}

fn said<'a>(n: i64, text: &'a str) -> Turn<'a> {
    Turn::customer(Ms(n * 60_000), 1, text)
}

fn reply<'a>(n: i64, text: &'a str, moves: Moves<'a>) -> Turn<'a> {
    Turn::ours(Ms(n * 60_000), 1, text, moves)
}

#[test]
fn feeling_is_followed_turn_by_turn() {
    let plain = Moves::default();
    let rising = heard(&[
        said(0, "请问我的柜子几号能装"),
        reply(1, "我查一下", plain),
        said(2, "查了二十分钟了怎么还没结果"),
        said(3, "什么态度！太差劲了，你们就会糊弄人！！"),
    ]);
    assert_eq!(rising.trend, Trend::Rising);
    assert_eq!(
        rising.heats.iter().map(|h| h.turn).collect::<Vec<_>>(),
        [0, 2, 3]
    );
    assert_eq!(
        (rising.heats[0].emotion, rising.heats[2].emotion >= 2),
        (0, true)
    );
    let falling = heard(&[
        said(0, "骗子公司，气死我了！！！"),
        reply(1, "今天下午五点前我打给您", plain),
        said(2, "行吧，那我等着，谢谢你"),
    ]);
    assert_eq!(falling.trend, Trend::Falling);
    assert_eq!(
        heard(&[said(0, "骗子！")]).trend,
        Trend::Steady,
        "one turn is no trend"
    );
    assert_eq!(heard(&[]), Heard::default());
}

#[test]
fn a_need_is_confirmed_only_by_the_customer_or_an_event() {
    let asks = Moves {
        asked_need: Some("certainty"),
        ..Moves::default()
    };
    let state = |turns: &[Turn<'_>]| {
        heard(turns)
            .needs
            .first()
            .map(|n| (n.need.clone(), n.state))
    };
    let mut first = said(0, "窗帘到底哪天能装上");
    first.need = Some(NeedHeard {
        need: "certainty",
        stated: false,
    });
    assert_eq!(
        state(&[first]),
        Some(("certainty".into(), NeedState::Suspected))
    );
    let question = reply(1, "您最想要的是一个准日子，对吗？", asks);
    let confirmed = Some(("certainty".to_owned(), NeedState::Confirmed));
    for yes in [
        "对，就是这个意思",
        "是的",
        "嗯嗯",
        "Exactly, thank you",
        "沒錯",
    ] {
        assert_eq!(state(&[first, question, said(2, yes)]), confirmed, "{yes}");
    }
    for no in ["不是，我要退钱", "不对", "No, I want it fixed"] {
        assert_eq!(state(&[first, question, said(2, no)]), None, "{no}");
    }
    for neither in ["是不是你们都这么说", "对不起我没听清", "行李也丢了"] {
        let got = state(&[first, question, said(2, neither)]);
        assert_eq!(
            got,
            Some(("certainty".into(), NeedState::Suspected)),
            "{neither}"
        );
    }
    assert_eq!(
        state(&[first, said(2, "对的")]),
        Some(("certainty".into(), NeedState::Suspected)),
        "nothing was asked"
    );
    let mut noted = reply(3, "", Moves::default());
    noted.confirmed = Some("respect");
    assert_eq!(
        state(&[first, noted]),
        Some(("respect".into(), NeedState::Confirmed))
    );
}

#[test]
fn conduct_adds_up_and_expires() {
    let content = Content::shipped().unwrap();
    let ids = |turns: &[Turn<'_>], now: i64| -> Vec<&str> {
        let heard = hear(&content, turns, Ms(now));
        heard.conduct.iter().map(|c| c.signal.id()).collect()
    };
    let abuse = [said(0, "你这个白痴，滚蛋")];
    assert_eq!(ids(&abuse, 0), ["U6"]);
    assert_eq!(ids(&abuse, EXPIRES - 1), ["U6"]);
    assert_eq!(
        ids(&abuse, EXPIRES),
        Vec::<&str>::new(),
        "after 90 days it is gone"
    );
    let claim = |day: i64| Turn::customer(Ms(day * DAY), 1, "你们得赔偿我的误工费");
    assert!(
        ids(&[claim(0), claim(1)], 2 * DAY).is_empty(),
        "two claims are no signal"
    );
    assert_eq!(ids(&[claim(0), claim(1), claim(2)], 3 * DAY), ["U2"]);
    assert!(
        ids(&[claim(0), claim(40), claim(80)], 91 * DAY).is_empty(),
        "the first has expired"
    );
    let refused = Moves {
        refused_with_reason: true,
        ..Moves::default()
    };
    let wish = said(3, "我不管，必须给我破例");
    assert!(ids(&[wish, reply(4, "…", refused), said(5, "就要破例")], 6).is_empty());
    let twice = [reply(1, "…", refused), reply(2, "…", refused), wish];
    assert_eq!(ids(&twice, 180_000), ["U1"]);
}

#[test]
fn pressure_counts_only_with_turned_down_offers() {
    let offer = Moves {
        offered: true,
        ..Moves::default()
    };
    let named = said(9, "再不赔偿我就打12315");
    assert!(
        heard(&[named]).conduct.is_empty(),
        "naming a regulator is a right"
    );
    let mut turns = Vec::new();
    for n in 0..3 {
        turns.push(reply(2 * n, "…", offer));
        turns.push(said(2 * n + 1, "这个方案我不接受"));
    }
    turns.push(named);
    let ids: Vec<&str> = heard(&turns)
        .conduct
        .iter()
        .map(|c| c.signal.id())
        .collect();
    assert_eq!(ids, ["U4", "U5"]);
}

#[test]
fn demands_and_contacts_are_counted() {
    let turns = [
        Turn::customer(Ms(0), 1, "冰柜不制冷，来个师傅"),
        Turn::customer(Ms(DAY), 2, "我都打了三次电话了，叫你们经理来接"),
        Turn::customer(Ms(2 * DAY), 3, "赔偿我一柜子的肉"),
    ];
    let heard = heard(&turns);
    assert_eq!((heard.contacts, heard.repeats), (3, 2));
    assert_eq!(
        heard.demands,
        [(Hint::Goodwill, vec![2]), (Hint::Rank, vec![1])]
    );
}

#[test]
fn one_soft_prompt_a_contact() {
    let plain = Moves::default();
    let again = [
        said(0, "这个押金什么时候能退给我？"),
        reply(1, "我们在核对", plain),
        said(2, "那押金到底什么时候能退给我啊？"),
    ];
    let cue = heard(&again).prompt.unwrap();
    assert_eq!((cue.cue, cue.turn, cue.of), (Cue::Repeats, 2, Some(0)));
    let later = [again.as_slice(), &[said(3, "押金什么时候能退给我？？")]].concat();
    assert_eq!(heard(&later).prompt, None, "once only");
    let next = [
        later.as_slice(),
        &[Turn::customer(Ms(DAY), 2, "这两个方案……我再想想吧")],
    ]
    .concat();
    assert_eq!(
        heard(&next).prompt.map(|c| c.cue),
        Some(Cue::Hesitates),
        "another contact"
    );
    for quiet in [
        vec![said(0, "几点关门？"), said(1, "周末开吗？")],
        vec![said(0, "好的谢谢"), said(1, "好的谢谢")],
        vec![said(0, "我再想想"), reply(1, "好的", plain)],
    ] {
        assert_eq!(heard(&quiet).prompt, None, "{quiet:?}");
    }
    let en = [
        said(0, "When will the deposit be paid back?"),
        said(1, "so when will my deposit be paid back then"),
    ];
    assert_eq!(heard(&en).prompt.map(|c| c.cue), Some(Cue::Repeats));
}
