#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]
//! The shipped coach at the desk: what it answers, and how seldom it gathers and reads for it.

use std::cell::Cell;
use std::rc::Rc;

use super::*;
use crate::app::Effect;
use crate::app::tests::fixture::{
    Desk, NOW, conversation, customer_entry, row, row_of, submitted, ticket,
};
use crate::coach::read::readings;
use crate::domain::command::CommandBody;
use crate::domain::policy::Policy;
use crate::domain::vocabulary::{Channel, Priority, Role};

#[test]
fn the_shipped_coach_answers_the_console() {
    let coach = Coach::shipped().unwrap();
    let policy = Policy::shipped().unwrap();
    let words = "退款都十天了还没到账，你们到底给不给退";
    let c = conversation(row(1), vec![customer_entry(10, words)]);
    let ask = Ask {
        row: &c.row,
        customer: None,
        entries: &c.entries,
        agent: "小赵",
        lang: Lang::Zh,
        now: NOW,
        policy: &policy,
        learnt: &Arc::default(),
        gathered: None,
    };
    let port: &dyn CoachPort = &coach;
    let lines = port.propose(&ask);
    assert!(!lines.is_empty());
    assert!(
        lines[0].parts.iter().any(|p| p.promise.is_some()),
        "{lines:?}"
    );
    let guess = port.propose_item(words).unwrap();
    assert!(guess.evidence.iter().all(|w| words.contains(w.as_str())));
    let text = "您好。我今天18点前给您回电。";
    let said = port.check(text, &[], &ask).said;
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(text[said[0].sentence.clone()].contains("18点"));
    let (id, title) = port.playbook(Lang::Zh).remove(0);
    assert!(!title.is_empty());
    assert!(port.entry(&id, &ask).is_some());
    // What is lent from before is what would be gathered now.
    let gathered = port.gather(&ask, None).unwrap();
    let lent = Ask {
        gathered: Some(&gathered),
        ..ask
    };
    assert_eq!(port.propose(&lent), lines);
    assert_eq!(port.check(text, &[], &lent), port.check(text, &[], &ask));
}

/// The shipped coach, and how often it gathered.
struct Counted {
    coach: Coach,
    gathered: Cell<usize>,
}

impl CoachPort for Counted {
    fn propose(&self, ask: &Ask<'_>) -> Vec<Suggestion> {
        assert!(ask.gathered.is_some(), "gathered before it is asked");
        CoachPort::propose(&self.coach, ask)
    }
    fn hear(&self, ask: &Ask<'_>) -> Hearing {
        CoachPort::hear(&self.coach, ask)
    }
    fn gather(&self, ask: &Ask<'_>, before: Option<&Gathered>) -> Option<Gathered> {
        self.gathered.set(self.gathered.get() + 1);
        CoachPort::gather(&self.coach, ask, before)
    }
    fn check(&self, text: &str, denied: &[Denied], ask: &Ask<'_>) -> Checked {
        assert!(ask.gathered.is_some(), "gathered before it is asked");
        CoachPort::check(&self.coach, text, denied, ask)
    }
    fn propose_item(&self, text: &str) -> Option<Guess> {
        CoachPort::propose_item(&self.coach, text)
    }
    fn acts(&self, text: &str, ask: &Ask<'_>) -> Vec<Act> {
        CoachPort::acts(&self.coach, text, ask)
    }
    fn playbook(&self, lang: Lang) -> Vec<(String, String)> {
        CoachPort::playbook(&self.coach, lang)
    }
    fn entry(&self, id: &str, ask: &Ask<'_>) -> Option<Suggestion> {
        CoachPort::entry(&self.coach, id, ask)
    }
    fn preflight(&self, ask: &Ask<'_>) -> Vec<PreflightLine> {
        CoachPort::preflight(&self.coach, ask)
    }
    fn library(&self, typed: &str, ask: &Ask<'_>) -> Vec<Case> {
        CoachPort::library(&self.coach, typed, ask)
    }
}

fn desk() -> (Desk, Rc<Counted>) {
    let coach = Rc::new(Counted {
        coach: Coach::shipped().unwrap(),
        gathered: Cell::new(0),
    });
    let mut desk = Desk::new(Role::Agent);
    desk.coach = coach.clone();
    desk.keys("Enter");
    (desk, coach)
}

#[test]
fn a_key_gathers_nothing_and_reads_nothing() {
    let (mut desk, coach) = desk();
    let first = [
        customer_entry(10, "排队等了50分钟"),
        customer_entry(11, "窗口那个人态度还特别差"),
    ];
    let before = readings();
    desk.show(conversation(row(1), first.to_vec()));
    assert_eq!(coach.gathered.get(), 1);
    assert_eq!(
        readings() - before,
        3,
        "each message once, and all together"
    );
    let before = readings();
    desk.keys("i");
    desk.types("您好，我今天18点前给您回电，尽快处理。");
    desk.keys("Backspace Backspace");
    assert_eq!((coach.gathered.get(), readings() - before), (1, 0));
    assert_eq!(desk.state.ticket.as_ref().unwrap().coach.said.len(), 1);
    // The cards are laid out of what was gathered, with every letter typed into them.
    desk.keys("Shift-F6");
    desk.types("退款");
    desk.keys("Esc");
    assert_eq!((coach.gathered.get(), readings() - before), (1, 0));
    // Another minute: the times move on, the words are not read again.
    desk.now = NOW.plus_minutes(1);
    desk.types("好的");
    assert_eq!((coach.gathered.get(), readings() - before), (2, 0));
    // A new message: it is read, and all together; not those of before.
    let more = [first.to_vec(), vec![customer_entry(12, "到底管不管")]].concat();
    desk.show(conversation(row(1), more));
    assert_eq!((coach.gathered.get(), readings() - before), (3, 2));
}

#[test]
fn the_severe_route_lets_the_reply_leave() {
    let (mut desk, _) = desk();
    let words = vec![customer_entry(10, "孩子被热水烫伤了，正在医院")];
    desk.show(conversation(row(1), words.clone()));
    desk.keys("i");
    desk.types("您先照顾孩子，我今天18:00前给您回电。");
    let blocks = |desk: &Desk| -> Vec<String> {
        let t = desk.state.ticket.as_ref().unwrap();
        let blocks = t
            .coach
            .marks
            .iter()
            .filter(|m| m.severity == MarkSeverity::Block);
        blocks.map(|m| m.rule.clone()).collect()
    };
    assert_eq!(blocks(&desk), ["LAW-04"]);
    let route = submitted(&desk.keys("Ctrl-P"));
    assert_eq!(route.len(), 2, "{route:?}");
    // What the store foretells of it is on the screen at once.
    let mut urgent = ticket(1, Channel::Chat);
    urgent.priority = Priority::Urgent;
    desk.show(conversation(row_of(urgent), words));
    assert_eq!(blocks(&desk), Vec::<String>::new());
    let sent = submitted(&desk.keys("Ctrl-S"));
    assert!(
        matches!(sent.last(), Some(CommandBody::Reply { .. })),
        "{sent:?} {}",
        desk.told()
    );
}

/// The reply that was sent, as the server would judge it.
fn judged(fx: &[Effect]) -> (Vec<String>, Vec<String>, usize) {
    let coach = Coach::shipped().unwrap();
    let policy = Policy::shipped().unwrap();
    let sent = submitted(fx);
    let Some(CommandBody::Reply {
        text,
        promises,
        overrides,
        acts,
        ..
    }) = sent.last()
    else {
        panic!("not sent: {sent:?}");
    };
    let drafts: Vec<_> = promises.iter().map(|p| (p.deed, p.due)).collect();
    let ticket = ticket(1, Channel::Chat);
    let told = Told {
        ticket: &ticket,
        channel: Channel::Chat,
        name: "",
        preferences: &std::collections::BTreeMap::new(),
        theirs: &["退款没到".to_owned()],
        listened: None,
        ours: &[],
        drafts: &drafts,
    };
    let verdict = coach.reply_verdict(&policy, &told, text.expose(), acts, NOW, NOW);
    let passed = overrides.iter().map(|o| o.rule.clone()).collect();
    (verdict.rules(), passed, promises.len())
}

#[test]
fn a_time_that_is_no_promise_leaves_with_its_reason_and_the_server_agrees() {
    let words = "退款没到，您看这样：我今天18:00前给您回电，说清钱卡在哪一步。";
    let (mut desk, _) = desk();
    desk.show(conversation(row(1), vec![customer_entry(10, "退款没到")]));
    desk.keys("i");
    desk.types(words);
    assert_eq!(judged(&desk.keys("Ctrl-S")), (vec![], vec![], 1));
    let (mut desk, _) = self::desk();
    desk.show(conversation(row(1), vec![customer_entry(10, "退款没到")]));
    desk.keys("i");
    desk.types(words);
    desk.keys("Shift-F7");
    assert_eq!(desk.told(), "notice-not-a-promise");
    let rule = || vec!["CMT-11".to_owned()];
    assert_eq!(judged(&desk.keys("Ctrl-S")), (rule(), rule(), 0));
}
