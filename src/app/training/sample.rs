//! Fixed data for the tests of the screens that look back.

use uuid::Uuid;

use crate::api::training::{
    Answered, Comment, CriterionView, CriticalView, DebriefView, LessonView, LobbyView, Move,
    PairChange, PairRow, PairSide, PairState, PairView, PairWorth, RunId, RunRow, ScenarioRow,
    TriedView, TurnView,
};
use crate::domain::lang::Lang;
use crate::domain::time::Ms;
use crate::text::SafeText;

/// 2026-03-11 14:42 in Shanghai.
pub(crate) const NOW: Ms = Ms(1_773_211_320_000);

/// A run's name.
pub(crate) fn run(n: u128) -> RunId {
    Uuid::from_u128(4_000 + n)
}

/// A pair's name.
pub(crate) fn pair_id(n: u128) -> Uuid {
    Uuid::from_u128(8_000 + n)
}

fn words(lang: Lang, zh: &str, en: &str) -> SafeText {
    SafeText::clean_line(match lang {
        Lang::Zh => zh,
        Lang::En => en,
    })
}

fn moved(of: &str, why: &str, by: i32) -> Move {
    Move {
        of: of.to_owned(),
        why: why.to_owned(),
        by,
    }
}

/// A turn of words.
pub(crate) fn turn(
    at_ms: i64,
    said: &SafeText,
    answer: &SafeText,
    after: (u8, u8, u8),
) -> TurnView {
    TurnView {
        at_ms,
        said: said.clone(),
        kind: String::new(),
        acts: Vec::new(),
        findings: Vec::new(),
        moves: Vec::new(),
        moments: Vec::new(),
        answer: answer.clone(),
        after,
        not_understood: false,
        turning: false,
        aside: None,
        phrased: false,
    }
}

/// Four turns: a rule named, a silence, the need found, a commitment.
pub(crate) fn turns(lang: Lang) -> Vec<TurnView> {
    let mut rule = turn(
        18_000,
        &words(
            lang,
            "按规定，退款要等银行处理，您再等等吧。",
            "By our rules the refund waits for the bank, so please wait.",
        ),
        &words(
            lang,
            "又是规定！我都等了九天了，你们到底有没有人管？",
            "Rules again! I have waited nine days, does anybody care?",
        ),
        (78, 22, 30),
    );
    rule.acts = vec!["process_only".into(), "policy_shield".into()];
    rule.moves = vec![
        moved("anger", "policy_shield", 9),
        moved("anger", "early", 4),
        moved("trust", "policy_shield", -8),
    ];
    rule.findings = vec![("CMT-01".into(), words(lang, "您再等等", "please wait"))];
    let mut quiet = turn(
        41_000,
        &SafeText::default(),
        &words(lang, "喂？还在不在？", "Hello? Are you there?"),
        (84, 18, 30),
    );
    quiet.kind = "quiet".into();
    quiet.moves = vec![moved("anger", "silence", 6), moved("trust", "silence", -4)];
    let mut need = turn(
        66_000,
        &words(
            lang,
            "九天没见到钱，还要自己一遍遍打电话来问，换谁都急。这笔钱您是等着交孩子的学费，对吗？",
            "Nine days without the money and you have to chase it, anybody would be upset. You need it for the school fees, is that right?",
        ),
        &words(
            lang,
            "对，下周一就要交了，我是真没办法。",
            "Yes, they are due on Monday. I do not know what else to do.",
        ),
        (52, 46, 55),
    );
    need.acts = vec!["ack_specific".into(), "paraphrase".into()];
    need.moves = vec![
        moved("anger", "ack_specific", -24),
        moved("anger", "paraphrase", -8),
        moved("trust", "ack_specific", 20),
        moved("clarity", "paraphrase", 25),
    ];
    need.moments = vec!["need_revealed".into()];
    need.turning = true;
    let mut commit = turn(
        95_000,
        &words(
            lang,
            "嗯那个事我这边弄一下。",
            "Right, I will sort that thing out.",
        ),
        &words(lang, "什么叫弄一下？几点？", "Sort it out? By when?"),
        (55, 44, 55),
    );
    commit.not_understood = true;
    commit.moves = vec![moved("anger", "again", 3), moved("trust", "again", -2)];
    vec![rule, quiet, need, commit]
}

fn criterion(name: &str, points: u32, of: u32, earned: &[usize], lost: &[usize]) -> CriterionView {
    CriterionView {
        criterion: name.to_owned(),
        points,
        of,
        not_checked: 0,
        earned: earned.to_vec(),
        lost: lost.to_vec(),
    }
}

fn criticals(lang: Lang) -> Vec<CriticalView> {
    let ledger = CriticalView {
        what: "ledger".into(),
        why: SafeText::default(),
        turn: Some(3),
        critical: true,
    };
    let trap = CriticalView {
        what: "trap:bank".into(),
        why: words(
            lang,
            "把事推给银行，客户听到的是没人管",
            "Blaming the bank sounds like nobody cares",
        ),
        turn: None,
        critical: false,
    };
    vec![ledger, trap]
}

/// A debrief with everything in it.
pub(crate) fn debrief(lang: Lang) -> DebriefView {
    let mut recap = criterion("recap", 0, 0, &[], &[]);
    recap.not_checked = 10;
    DebriefView {
        run: run(1),
        scenario: "S07".into(),
        title: words(lang, "退款卡在银行", "The refund that got stuck"),
        customer: words(lang, "周先生", "Mr Zhou"),
        level: 3,
        seed: 7,
        lang,
        began: NOW.plus_minutes(-6),
        own: (
            words(
                lang,
                "问出了学费的事。",
                "I found out about the school fees.",
            ),
            SafeText::default(),
        ),
        need: words(
            lang,
            "下周一要交学费，钱必须在那之前到",
            "The fees are due on Monday and the money has to be there",
        ),
        demand: words(lang, "今天到账，再赔三百", "The money today and 300 on top"),
        total: 46,
        partial: true,
        criteria: vec![
            criterion("acknowledged", 8, 20, &[2], &[0, 1]),
            criterion("need_found", 20, 20, &[2], &[]),
            criterion("cause", 4, 15, &[], &[0]),
            criterion("commitment", 0, 20, &[], &[3]),
            recap,
            criterion("language", 14, 15, &[2], &[0]),
        ],
        criticals: criticals(lang),
        not_checked: vec!["AUT-01".into(), "recap".into()],
        opening: words(
            lang,
            "我的退款呢？九天了！",
            "Where is my refund? Nine days!",
        ),
        start: (68, 30, 35),
        turns: turns(lang),
        end: Some("supervisor".into()),
        comments: vec![Comment {
            run: run(1),
            turn: 2,
            line: SafeText::default(),
            text: words(
                lang,
                "这句接得好，前面要是就这样开头更好。",
                "Well caught. Open with this next time.",
            ),
            at: NOW,
        }],
        others: vec![(run(2), words(lang, "送错的冰箱", "The wrong fridge"), 71)],
        next: Some((
            "S11".into(),
            words(lang, "师傅没来", "Nobody came"),
            "commitment".into(),
        )),
        rated: None,
        rules: crate::api::training::RulesOf::Today,
    }
}

/// What two other lines would have done from the first turn on.
pub(crate) fn tried(lang: Lang) -> TriedView {
    TriedView {
        run: run(1),
        turn: 0,
        turns: vec![turn(
            15_000,
            &words(
                lang,
                "九天没到账，您肯定着急。我先查这笔卡在哪一步。",
                "Nine days, of course you are worried. Let me see where it is stuck.",
            ),
            &words(lang, "那你查，我等着。", "Do that, I will wait."),
            (54, 44, 50),
        )],
        anger: vec![68, 54],
        anger_was: vec![68, 78, 84, 52, 55],
        end: None,
        by_today: false,
    }
}

fn answered(lang: Lang, kind: &str, after: (u8, u8, u8), end: &str, total: u32) -> Answered {
    let mut all = turns(lang);
    let take = match kind {
        "mechanical" => 0,
        "sympathetic" => 2,
        _ => 3,
    };
    let mut first = all.swap_remove(take);
    first.after = after;
    Answered {
        kind: kind.to_owned(),
        anger: vec![68, after.0.midpoint(68), after.0],
        turns: vec![first.clone(), first],
        end: Some(end.to_owned()),
        total,
        lesson: words(lang, "先接住，再给准话。", "Catch it first, then commit."),
    }
}

/// The lesson: calmest, hottest, between.
pub(crate) fn lesson(lang: Lang) -> LessonView {
    LessonView {
        scenario: "S07".into(),
        title: words(lang, "退款卡在银行", "The refund that got stuck"),
        opening: words(
            lang,
            "我的退款呢？九天了！",
            "Where is my refund? Nine days!",
        ),
        answers: vec![
            answered(lang, "committing", (22, 70, 80), "resolved", 91),
            answered(lang, "mechanical", (92, 5, 30), "hang_up", 12),
            answered(lang, "sympathetic", (60, 40, 40), "supervisor", 48),
        ],
    }
}

/// A pair's row.
pub(crate) fn pair_row(n: u128, lang: Lang, state: PairState, next: Option<&str>) -> PairRow {
    PairRow {
        id: pair_id(n),
        state,
        scenario: "S07".into(),
        title: words(lang, "退款卡在银行", "The refund that got stuck"),
        totals: (46, 91),
        next: next.map(str::to_owned),
        read: 3,
        since: NOW,
        mine: next == Some("consent"),
        out: None,
        look: None,
        retires: None,
    }
}

/// A pair.
pub(crate) fn pair(lang: Lang, state: PairState, next: Option<&str>) -> PairView {
    let side = |total, end: &str, turning| PairSide {
        name: None,
        total,
        end: Some(end.to_owned()),
        turns: turns(lang),
        anger: vec![68, 78, 84, 52, 55],
        turning,
    };
    PairView {
        row: pair_row(1, lang, state, next),
        opening: words(
            lang,
            "我的退款呢？九天了！",
            "Where is my refund? Nine days!",
        ),
        sides: (side(46, "supervisor", None), side(91, "resolved", Some(3))),
        questions: vec![
            words(
                lang,
                "右边哪一句让客户松口了？",
                "Which line on the right made the customer give way?",
            ),
            words(lang, "左边少了什么？", "What is missing on the left?"),
            words(lang, "你会怎么说？", "What would you say?"),
        ],
        differs: vec![
            ("commitment".into(), 0, 20),
            ("need_found".into(), 20, 20),
            ("language".into(), 14, 10),
        ],
        worth: None,
    }
}

/// A pair that a trainer is to decide on.
pub(crate) fn judged(lang: Lang) -> PairView {
    let mut view = pair(lang, PairState::Published, Some("judge"));
    view.row.out = Some("2026-02-09".into());
    view.row.look = Some(("2026-03-11".into(), 0));
    view.row.retires = Some(("2026-05-22".into(), "unused".into()));
    let change = |people, measured, by| PairChange {
        people,
        measured,
        by,
    };
    view.worth = Some(PairWorth {
        skill: Some("commitment".into()),
        readers: change(3, 2, Some(18)),
        others: change(4, 0, None),
        answered: 2,
        ..PairWorth::default()
    });
    view
}

/// A lobby with two scenarios and two runs, one of them without its own words yet.
pub(crate) fn lobby(lang: Lang) -> LobbyView {
    let scenario = |id: &str, zh: &str, en: &str, levels: &[u8]| ScenarioRow {
        id: id.into(),
        title: words(lang, zh, en),
        item: "C2".into(),
        psychology: "none".into(),
        channel: "voice".into(),
        levels: levels.to_vec(),
        minutes: 5,
        expected: 74,
        best: Some(46),
        played: 2,
        due_in: Some(0),
        proposed: id == "S07",
    };
    let row = |n: u128, total: Option<u32>| RunRow {
        run: run(n),
        at: NOW.plus_minutes(-i64::try_from(n).unwrap_or(0) * 10),
        scenario: "S07".into(),
        title: words(lang, "退款卡在银行", "The refund that got stuck"),
        level: 3,
        seed: 7,
        total,
        critical: total.is_some_and(|t| t < 50),
        end: Some("supervisor".into()),
    };
    LobbyView {
        scenarios: vec![
            scenario(
                "S07",
                "退款卡在银行",
                "The refund that got stuck",
                &[1, 2, 3],
            ),
            scenario("S11", "师傅没来", "Nobody came", &[2, 4]),
        ],
        next_level: 1,
        runs: vec![row(3, None), row(1, Some(46)), row(2, Some(71))],
        ..LobbyView::default()
    }
}
