//! Lines that grow on the screen: fixed lines, and what stands beside a suggestion that a colleague wrote.

use balm::api::desk::{DeskAnswer, LineRow, LinesView};
use balm::app::advice::LineDraft;
use balm::domain::ids::{LineId, TicketId, UserId};
use balm::domain::lang::Lang;
use balm::domain::line::PlaybookLine;
use balm::domain::taxonomy::ItemId;
use balm::domain::vocabulary::{LinePart, LineState};
use balm::text::RawText;
use uuid::Uuid;

use super::fixture::{Desk, NOW, lines as painted, safe};

/// Sentences as lines: the date is no slot of anybody, so that something speaks against the first.
pub fn drafts(text: &str) -> Vec<LineDraft> {
    let own = [
        (
            "这份罪本不该您来受，三次上门我都翻出来看过了。",
            LinePart::Empathize,
        ),
        ("查清楚了我尽快告诉{customer.call}。", LinePart::Commit),
        ("师傅上门前一天，我先跟您对好时间。", LinePart::Options),
    ];
    if text.is_empty() {
        return Vec::new();
    }
    own.map(|(text, part)| LineDraft {
        text: text.to_owned(),
        part,
        masked: false,
    })
    .to_vec()
}

/// What speaks against a line.
pub fn against(text: &str) -> Vec<String> {
    let vague = text.contains("尽快");
    let rules = ["CMT-01", "CMT-02"].map(str::to_owned).to_vec();
    if vague { rules } else { Vec::new() }
}

fn line(n: u128, state: LineState, text: &str, word: &str) -> LineRow {
    let decided = state != LineState::Proposed;
    let mine = n == 5;
    let minutes = i64::try_from(n).unwrap() * 300;
    LineRow {
        line: PlaybookLine {
            id: LineId(Uuid::from_u128(700 + n)),
            author: Some(UserId(Uuid::from_u128(if mine { 71 } else { 72 }))),
            part: [LinePart::Empathize, LinePart::Commit, LinePart::SelfService]
                [usize::try_from(n % 3).unwrap()],
            item: ItemId::from(["A1", "B2", "C6"][usize::try_from(n % 3).unwrap()]),
            lang: Lang::Zh,
            feeling: 2,
            text: RawText::new(text),
            ticket: Some(TicketId(Uuid::from_u128(1))),
            source: None,
            state,
            revision: u32::from(state == LineState::Approved) * 2,
            word: RawText::new(word),
            decided_by: decided.then_some(UserId(Uuid::from_u128(71))),
            proposed_at: NOW.plus_minutes(-minutes),
            decided_at: decided.then(|| NOW.plus_minutes(-minutes / 2)),
            version: 1,
            position: if n == 2 { 0 } else { 90 },
        },
        text: safe(text),
        word: safe(word),
        author: safe(if mine { "陈静" } else { "刘洋" }),
        decided_by: safe(if decided { "陈静" } else { "" }),
        mine,
        news: mine,
        said: if decided { 7 } else { 0 },
        well: if decided { 5 } else { 0 },
    }
}

/// Lines in every state; the agent's own was decided.
pub fn lines(lang: Lang) -> DeskAnswer {
    let texts = match lang {
        Lang::Zh => [
            "站到腿酸还没轮到，这滋味不好受，换我也要问一句凭什么。",
            "配件的事我盯着，{due.callback}我打给{customer.call}，有没有都给您一个准话。",
            "修了三次还坏，您不信我们是应该的。",
            "您这边以后也可以在手机上看到师傅到哪了。",
        ],
        Lang::En => [
            "Standing there until your legs ache is no way to be treated; I would ask why too.",
            "I am on the part myself: {due.callback} I will ring {customer.call} with a clear answer.",
            "After three repairs you have every reason not to believe us.",
            "From now on you can also see on your phone where the engineer is.",
        ],
    };
    let word = if lang == Lang::Zh {
        "意思对，就是太像在认责，改成先说心情再说事"
    } else {
        "Right in spirit, but it reads like an admission; begin with how they feel"
    };
    DeskAnswer::Lines(Box::new(LinesView {
        lines: vec![
            line(1, LineState::Proposed, texts[0], ""),
            line(2, LineState::Proposed, texts[1], ""),
            line(3, LineState::Proposed, texts[2], ""),
            line(4, LineState::Approved, texts[1], ""),
            line(5, LineState::Declined, texts[2], word),
            line(6, LineState::Retired, texts[3], word),
        ],
        tries: [(format!("grown/{}@1", Uuid::from_u128(704)), (3, 1))].into(),
    }))
}

#[test]
fn a_suggestion_that_a_colleague_wrote_says_so() {
    for size in [(160, 45), (80, 24)] {
        let mut desk = Desk::new(size, Lang::Zh, 24);
        desk.open_first();
        if size.0 == 80 {
            // There the coach is a tab.
            desk.press(&["Tab", "Tab", "Tab"]);
        }
        let text = |desk: &Desk| painted(&desk.paint().0).join("\n");
        assert!(!text(&desk).contains("刘洋 提的"));
        desk.tell(lines(Lang::Zh));
        let coach = &mut desk.state.ticket.as_mut().unwrap().coach;
        coach.suggestions[0].parts[0].line = format!("grown/{}@2", Uuid::from_u128(704));
        let shown = text(&desk);
        assert!(shown.contains("班组话术，刘洋 提的"), "{shown}");
        desk.press(&["F6"]);
        let shown = text(&desk);
        assert!(shown.contains("[刘洋] 王女士，修了三次"), "{shown}");
    }
}

#[test]
fn every_tab_tells_what_was_decided_and_how_the_line_did() {
    for (lang, tabs, wants) in [
        (
            Lang::Zh,
            ["在用", "退回", "撤下"],
            ["第 2 版", "班长说：意思对", "撤下，"],
        ),
        (
            Lang::En,
            ["In use", "Declined", "Taken out"],
            ["version 2", "The lead says: Right", "taken out by"],
        ),
    ] {
        for size in [(80, 24), (160, 45)] {
            let mut desk = Desk::new(size, lang, 24);
            desk.tell(lines(lang));
            desk.press(&["l"]);
            let own = painted(&desk.paint().0).join("\n");
            assert!(
                own.contains(&format!("[{} 1]", tabs[1])),
                "what was decided opens:\n{own}"
            );
            desk.press(&["Left", "Left"]);
            for (tab, want) in tabs.iter().zip(wants) {
                desk.press(&["Tab"]);
                let text = painted(&desk.paint().0).join("\n");
                assert!(text.contains(&format!("[{tab} 1]")), "{text}");
                assert!(text.contains(want), "{want} is not on\n{text}");
                if *tab == tabs[0] {
                    let counts = if lang == Lang::Zh {
                        "有 7 次，5 次"
                    } else {
                        "7 times; 5 times"
                    };
                    assert!(text.contains(counts), "{text}");
                    let before = if lang == Lang::Zh {
                        "3 次，1 次"
                    } else {
                        "3 times, 1 of"
                    };
                    assert!(text.contains(before), "{text}");
                }
            }
        }
    }
}

#[test]
fn a_lead_sees_in_the_team_room_that_lines_wait() {
    let mut desk = Desk::new((80, 24), Lang::Zh, 24);
    desk.team();
    let text = |desk: &Desk| painted(&desk.paint().0).join("\n");
    assert!(!text(&desk).contains("话术待定"));
    desk.tell(lines(Lang::Zh));
    assert!(text(&desk).contains("l 3 句话术待定"), "{}", text(&desk));
    assert!(text(&desk).contains("话术有回音 1"), "{}", text(&desk));
}
