//! A desk without a store: events in, effects out.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

use std::rc::Rc;
use std::sync::Arc;

use uuid::Uuid;

use crate::api::desk::*;
use crate::app::advice::{
    Ask, Checked, CoachPort, Denied, Guess, Hearing, LineDraft, Mark, MarkSeverity, OverrideBy,
    Part, PartKind, Said, Suggestion, Unchecked,
};
use crate::app::event::{Event, Input, Key, Timer};
use crate::app::state::{Settings, State};
use crate::app::{Effect, Env, Keymap, update};
use crate::domain::command::CommandBody;
use crate::domain::event::{Actor, Body, Event as LogEvent, EventBody, TicketEvent};
use crate::domain::ids::*;
use crate::domain::lang::Lang;
use crate::domain::line::PlaybookLine;
use crate::domain::people::{Queue, User};
use crate::domain::policy::Policy;
use crate::domain::rank::{Clocks, rank};
use crate::domain::taxonomy::ItemId;
use crate::domain::ticket::Ticket;
use crate::domain::time::Ms;
use crate::domain::vocabulary::*;
use crate::text::SafeText;

/// 2026-03-11 14:20 in Shanghai.
pub const NOW: Ms = Ms(1_773_210_000_000);

pub fn id(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

pub fn ticket_id(n: u128) -> TicketId {
    TicketId(id(n))
}

pub fn ticket(n: u128, channel: Channel) -> Ticket {
    let opened = TicketEvent::Opened {
        number: Some(u64::try_from(n).unwrap()),
        customer: CustomerId(id(7000 + n)),
        queue: QueueId(id(500)),
        channel,
        tier: Tier::C,
        vulnerable: false,
        repeat_of: None,
        contact: 1,
        item: None,
        live: false,
        origin: None,
    };
    Ticket::open(&LogEvent {
        id: EventId::default(),
        stream: ticket_id(n).into(),
        version: 1,
        position: 10,
        occurred_at: NOW,
        recorded_at: NOW,
        actor: Actor::System,
        body: Body::Known(EventBody::Ticket(opened)),
        customer: None,
        payload: None,
    })
    .unwrap()
}

pub fn row_of(ticket: Ticket) -> Arc<Row> {
    Arc::new(Row {
        rank: rank(&ticket, &Clocks::default(), NOW),
        due: None,
        caller: SafeText::clean_line("王女士"),
        phone_last4: SafeText::clean_line("8821"),
        excerpt: SafeText::clean_line("退款没到"),
        holder: SafeText::clean_line("李工"),
        unread: false,
        draft: false,
        pending: false,
        ticket,
    })
}

pub fn row(n: u128) -> Arc<Row> {
    row_of(ticket(n, Channel::Chat))
}

pub fn entry_at(position: u64, kind: EntryKind, text: &str) -> Entry {
    let command = CommandId(id(9000 + u128::from(position)));
    Entry {
        id: EventId { command, index: 0 },
        ticket: ticket_id(1),
        number: Some(1),
        at: NOW,
        position,
        who: SafeText::clean_line("王女士"),
        kind,
        text: SafeText::clean_str(text),
        attachments: Vec::new(),
        pending: false,
        lines: Vec::new(),
    }
}

pub fn customer_entry(position: u64, text: &str) -> Entry {
    let channel = Channel::Chat;
    entry_at(position, EntryKind::Customer { channel }, text)
}

pub fn conversation(row: Arc<Row>, entries: Vec<Entry>) -> Conversation {
    let ticket = row.ticket.id;
    let own = |mut e: Entry| {
        e.ticket = ticket;
        e
    };
    Conversation {
        generation: 0,
        row,
        customer: None,
        entries: entries.into_iter().map(own).collect(),
        more: false,
        more_offline: false,
        reply: None,
        note: None,
        viewers: None,
    }
}

pub fn user(n: u128, name: &str, role: Role) -> User {
    User {
        id: UserId(id(n)),
        login: format!("u{n}"),
        name: name.to_owned(),
        role,
        duty: Duty::Ready,
        duty_since: NOW,
        disabled: false,
        version: 1,
        position: 1,
    }
}

pub fn seat(role: Role) -> Seat {
    let user_ = user(100, "小赵", role);
    Seat {
        queues: vec![Queue {
            id: QueueId(id(500)),
            slug: "front".into(),
            zh: "前台".into(),
            en: "Front".into(),
            members: vec![user_.id],
            version: 1,
            position: 1,
        }],
        users: vec![user_.clone(), user(101, "李工", Role::Agent)],
        user: user_,
        demo: false,
    }
}

/// Words of the agent who sits here.
pub fn own_entry(position: u64, text: &str) -> Entry {
    let channel = Channel::Chat;
    let delivery = None;
    let mut e = entry_at(position, EntryKind::Reply { channel, delivery }, text);
    e.who = SafeText::clean_line("小赵");
    e
}

pub fn line_id(n: u128) -> LineId {
    LineId(id(600 + n))
}

/// A line of the team that this colleague proposed.
pub fn line_row(n: u128, author: u128, state: LineState) -> LineRow {
    let decided = state != LineState::Proposed;
    let line = PlaybookLine {
        id: line_id(n),
        author: Some(UserId(id(author))),
        part: LinePart::Empathize,
        item: ItemId::from("A1"),
        lang: Lang::Zh,
        feeling: 2,
        text: format!("第{n}句，站这么久真是辛苦您了。").into(),
        ticket: Some(ticket_id(1)),
        source: None,
        state,
        revision: u32::from(matches!(state, LineState::Approved | LineState::Retired)),
        word: "".into(),
        decided_by: decided.then_some(UserId(id(101))),
        proposed_at: NOW,
        decided_at: decided.then_some(NOW),
        version: 1 + u32::from(decided),
        position: 40 + u64::try_from(n).unwrap(),
    };
    LineRow {
        text: SafeText::clean(&line.text),
        word: SafeText::default(),
        author: SafeText::clean_line(if author == 100 { "小赵" } else { "李工" }),
        decided_by: SafeText::clean_line(if decided { "李工" } else { "" }),
        mine: author == 100,
        news: false,
        said: 0,
        well: 0,
        line,
    }
}

pub fn lines(rows: Vec<LineRow>) -> DeskAnswer {
    DeskAnswer::Lines(Box::new(LinesView {
        lines: rows,
        ..LinesView::default()
    }))
}

/// A coach of one line.
pub struct OneLine;

pub const LINE: [&str; 4] = [
    "王女士，让您白等三天，换我也着急。",
    "钱卡在银行那一步。",
    "我今天18点前给您回电说结果。",
    "这样可以吗？",
];

impl CoachPort for OneLine {
    fn propose(&self, ask: &Ask<'_>) -> Vec<Suggestion> {
        let kinds = [
            PartKind::Empathize,
            PartKind::Explain,
            PartKind::Commit,
            PartKind::Confirm,
        ];
        let acts = [
            Act::AckSpecific,
            Act::ExplainCause,
            Act::CommitConcrete,
            Act::Confirm,
        ];
        let part = |i: usize| Part {
            kind: kinds[i],
            text: LINE[i].to_owned(),
            acts: vec![acts[i]],
            promise: (i == 2).then(|| (Deed::Callback, ask.now.plus_minutes(220))),
            unfilled: Vec::new(),
            line: format!("c2/line/{i}@1"),
        };
        vec![Suggestion {
            entry_id: "C2".into(),
            title: "退款未到".into(),
            parts: (0..4).map(part).collect(),
            ..Suggestion::default()
        }]
    }

    fn hear(&self, _: &Ask<'_>) -> Hearing {
        Hearing::default()
    }

    fn check(&self, text: &str, _: &[Act], denied: &[Denied], ask: &Ask<'_>) -> Checked {
        let said = said(text, denied, ask);
        let mut marks = marks(text);
        marks.extend(said.iter().filter(|s| s.denied).map(|s| Mark {
            rule: "CMT-11".into(),
            severity: MarkSeverity::Block,
            span: s.time.clone(),
            fix: None,
            override_by: OverrideBy::Agent,
        }));
        Checked {
            marks,
            said,
            unchecked: vec![Unchecked {
                rule: "AUT-01",
                fact: "authority",
            }],
        }
    }

    fn put_down(&self, closed: Option<CloseReason>, ask: &Ask<'_>) -> Vec<String> {
        let open = closed != Some(CloseReason::NoAnswer)
            && ask
                .entries
                .iter()
                .any(|e| e.text.as_str().contains("还没完"));
        open.then(|| "CMT-02".to_owned()).into_iter().collect()
    }

    fn propose_item(&self, text: &str) -> Option<Guess> {
        text.contains("退款").then(|| Guess {
            item: ItemId::from("C2"),
            confidence: 0.9,
            evidence: vec!["退款".into()],
        })
    }

    fn acts(&self, _: &str, _: &Ask<'_>) -> Vec<Act> {
        Vec::new()
    }

    fn playbook(&self, _: Lang) -> Vec<(String, String)> {
        vec![("C2".into(), "退款未到".into())]
    }

    fn entry(&self, _: &str, ask: &Ask<'_>) -> Option<Suggestion> {
        self.propose(ask).pop()
    }

    fn line_drafts(&self, text: &str, _: Ms, _: &Ask<'_>) -> Vec<LineDraft> {
        let new = |s: &&str| !s.is_empty() && !s.contains("您好");
        let draft = |s: &str| LineDraft {
            text: format!("{s}。"),
            part: LinePart::Empathize,
            masked: s.contains('*'),
        };
        text.split('。').filter(new).map(draft).collect()
    }

    fn line_against(&self, text: &str, part: LinePart, _: Lang, _: Ms, _: &Policy) -> Vec<String> {
        let vague = text.contains("尽快").then(|| "CMT-01".to_owned());
        let no_time = part == LinePart::Commit && !text.contains("{due.");
        vague
            .into_iter()
            .chain(no_time.then(|| "CMT-02".to_owned()))
            .collect()
    }
}

fn marks(text: &str) -> Vec<Mark> {
    let found = text
        .match_indices("百分之百")
        .map(|hit| (hit, "FCT-01", OverrideBy::Nobody));
    let agents = text
        .match_indices("回头")
        .map(|hit| (hit, "CMT-01", OverrideBy::Agent));
    let leads = text
        .match_indices("下月")
        .map(|hit| (hit, "CMT-06", OverrideBy::Lead));
    let mark = |((at, words), rule, override_by): ((usize, &str), &str, OverrideBy)| Mark {
        rule: rule.into(),
        severity: MarkSeverity::Block,
        span: at..at + words.len(),
        fix: Some(crate::app::advice::Fix {
            at: at..at + words.len(),
            with: "尽力".into(),
        }),
        override_by,
    };
    let fixed = found.chain(agents).chain(leads).map(mark);
    // Whoever is in danger needs the route, not other words: nothing in them could be replaced.
    let danger = text.contains("烫伤").then(|| Mark {
        rule: "LAW-04".into(),
        severity: MarkSeverity::Block,
        span: 0..0,
        fix: None,
        override_by: OverrideBy::Nobody,
    });
    fixed.chain(danger).collect()
}

fn said(text: &str, denied: &[Denied], ask: &Ask<'_>) -> Vec<Said> {
    let said = |(at, time): (usize, &str)| Said {
        sentence: at..at + time.len(),
        time: at..at + time.len(),
        denied: denied.iter().any(|d| d.time == time),
        deed: Deed::Callback,
        due: ask.now.plus_minutes(220),
    };
    text.match_indices("18点前").take(1).map(said).collect()
}

/// A desk.
pub struct Desk {
    pub state: State,
    pub now: Ms,
    pub coach: Rc<dyn CoachPort>,
    policy: Policy,
    next: u128,
}

impl Desk {
    /// A desk of this role whose queue holds tickets 1 to 5.
    pub fn new(role: Role) -> Self {
        let keymap = Arc::new(Keymap::shipped().unwrap());
        let state = State::new(Settings::default(), keymap, (120, 36), NOW);
        let mut desk = Self {
            state,
            now: NOW,
            coach: Rc::new(OneLine),
            policy: Policy::shipped().unwrap(),
            next: 1_000_000,
        };
        desk.answer(DeskAnswer::Seat(Box::new(seat(role))));
        desk.rows((1..=5).map(row).collect());
        desk
    }

    /// The same with ticket 1 on the screen.
    pub fn at_ticket(role: Role) -> Self {
        let mut desk = Self::new(role);
        desk.keys("Enter");
        desk.show(conversation(row(1), vec![customer_entry(10, "退款没到")]));
        desk
    }

    pub fn event(&mut self, event: Event) -> Vec<Effect> {
        let mut fx = Vec::new();
        let next = &mut self.next;
        let mut ids = || {
            *next += 1;
            id(*next)
        };
        let mut env = Env {
            now: self.now,
            policy: &self.policy,
            coach: &*self.coach,
            ids: &mut ids,
        };
        update(&mut self.state, event, &mut env, &mut fx);
        self.state.queue.painted(self.now);
        fx
    }

    pub fn answer(&mut self, answer: DeskAnswer) -> Vec<Effect> {
        self.event(Event::Desk(answer))
    }

    pub fn rows(&mut self, rows: Vec<Arc<Row>>) -> Vec<Effect> {
        let rows = Rows {
            generation: self.state.queue.generation,
            view: self.state.queue.view.clone(),
            rows: rows.into(),
            strip: Strip::default(),
            as_of: self.now,
        };
        self.answer(DeskAnswer::Rows(rows))
    }

    pub fn show(&mut self, c: Conversation) -> Vec<Effect> {
        self.answer(DeskAnswer::Conversation(Box::new(c)))
    }

    /// Keys by name, blanks between them.
    pub fn keys(&mut self, names: &str) -> Vec<Effect> {
        let mut fx = Vec::new();
        for name in names.split(' ') {
            let key: Key = name.parse().unwrap();
            fx.extend(self.event(Event::Input(Input::Key(key))));
        }
        fx
    }

    /// Characters as an input method gives them.
    pub fn types(&mut self, text: &str) -> Vec<Effect> {
        let keys = text.chars().map(Key::char).collect::<Vec<_>>();
        let mut fx = Vec::new();
        for key in keys {
            fx.extend(self.event(Event::Input(Input::Key(key))));
        }
        fx
    }

    /// Lets the timer of this kind that was ordered last run out.
    pub fn run_out(&mut self, fx: &[Effect], which: fn(&Timer) -> bool) -> Vec<Effect> {
        let timers = fx.iter().rev().filter_map(|e| match e {
            Effect::StartTimer { id, .. } if which(id) => Some(*id),
            _ => None,
        });
        let timer = timers.into_iter().next().expect("no such timer");
        self.event(Event::Timer(timer))
    }

    pub fn told(&self) -> &str {
        let shown = self.state.notices.shown.as_ref();
        shown.map_or("", |n| n.msg.key.as_str())
    }
}

/// The commands that were handed to the outbox.
pub fn submitted(fx: &[Effect]) -> Vec<CommandBody> {
    fx.iter()
        .filter_map(|e| match e {
            Effect::Desk(DeskRequest::Submit { bodies, .. }) => Some(bodies.clone()),
            _ => None,
        })
        .flatten()
        .collect()
}

/// The drafts that were handed to the store.
pub fn saved(fx: &[Effect]) -> Vec<Draft> {
    fx.iter()
        .filter_map(|e| match e {
            Effect::Desk(DeskRequest::SaveDraft(draft)) => Some(draft.clone()),
            _ => None,
        })
        .collect()
}
