//! Fixed data: a seat, a queue, a conversation; and a console that plays events.

use std::sync::Arc;

use balm::api::desk::{
    CardIdentity, Conversation, CustomerCard, DeskAnswer, Entry, EntryKind, Happening, LinkInfo,
    LinkState, Mate, QueueView, ReturnCause, Returned, Row, Rows, Seat, Strip, Team,
};
use balm::app::advice::{
    Ask, Checked, CoachPort, Denied, Guess, Hearing, LineDraft, NeedState, Part, PartKind, Said,
    Suggestion, Trend, Unchecked,
};
use balm::app::state::Settings;
use balm::app::{Effect, Env, Event, Input, Key, Keymap, State, update};
use balm::domain::command::{Command, CommandBody};
use balm::domain::decide::Rule;
use balm::domain::event::Actor;
use balm::domain::ids::{CommandId, CustomerId, EventId, PromiseId, QueueId, TicketId, UserId};
use balm::domain::lang::Lang;
use balm::domain::people::{Customer, Preference, Queue, User};
use balm::domain::policy::Policy;
use balm::domain::rank::rank;
use balm::domain::taxonomy::ItemId;
use balm::domain::ticket::{Promise, Status, Ticket};
use balm::domain::time::Ms;
use balm::domain::vocabulary::{
    Act, Channel, CloseReason, Deed, Delivery, Duty, IdentityKind, LinePart, Priority,
    PromiseState, Role, Tier,
};
use balm::text::{Locale, RawText, SafeText};
use balm::view::{Look, Painted, Theme, render};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use uuid::Uuid;

/// Wednesday, 2026-03-11, 14:42 in Shanghai.
pub const NOW: Ms = Ms(1_773_211_320_000);

pub fn safe(text: &str) -> SafeText {
    SafeText::clean_str(text)
}

fn uuid(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

pub fn ticket(n: u64) -> Ticket {
    let opened = NOW.plus_minutes(-i64::try_from(n * 7 % 240).unwrap());
    Ticket {
        id: TicketId(uuid(u128::from(n))),
        number: Some(1000 + n),
        customer: CustomerId(uuid(9000 + u128::from(n % 40))),
        queue: QueueId(uuid(1)),
        channel: if n.is_multiple_of(3) {
            Channel::Voice
        } else {
            Channel::Message
        },
        opened_by: Actor::Customer,
        opened_at: opened,
        live: false,
        status: Status::Open,
        assignee: n.is_multiple_of(2).then_some(UserId(uuid(71))),
        claimed: true,
        priority: Priority::Normal,
        tags: Vec::new(),
        item: Some(ItemId::from(
            ["B2", "A1", "C2", "B7", "A6"][usize::try_from(n % 5).unwrap()],
        )),
        item_confirmed: n.is_multiple_of(2),
        tier: [Tier::A, Tier::B, Tier::C][usize::try_from(n % 3).unwrap()],
        vulnerable: false,
        repeat_of: None,
        contact: 1,
        pauses: Vec::new(),
        steps_started: opened,
        steps_met: [Some(opened), None, None],
        last_customer_at: Some(opened),
        first_reply_at: None,
        last_reply_at: None,
        unanswered_since: Some(opened),
        customer_messages: 1,
        replies: 0,
        contacts: 1,
        last_words: None,
        undelivered: Vec::new(),
        promises: Vec::new(),
        reopened: 0,
        closed_at: None,
        links: Vec::new(),
        version: 1,
        position: n,
        updated_at: opened,
    }
}

const NAMES: [&str; 5] = ["Okafor, Chidi", "王秀兰", "李建国", "欧阳娜娜", "赵敏"];
const WORDS: [&str; 4] = [
    "冰箱修了三次还是不制冷，你们到底管不管？",
    "Nobody called me back, I have been waiting since Monday.",
    "说好昨天退款，到现在一分钱没看到。",
    "配件“马上到”…已经等了两周·还要多久",
];

pub fn row_of(ticket: Ticket, policy: &Policy) -> Row {
    let n = usize::try_from(ticket.position).unwrap();
    let clocks = policy.clocks(&ticket);
    Row {
        rank: rank(&ticket, &clocks, NOW),
        due: clocks.due,
        caller: safe(NAMES[n % NAMES.len()]),
        phone_last4: safe("6621"),
        excerpt: safe(WORDS[n % WORDS.len()]),
        holder: safe(if ticket.assignee.is_some() {
            "陈静"
        } else {
            ""
        }),
        unread: n % 4 == 1,
        draft: n % 7 == 2,
        pending: n % 9 == 5,
        ticket,
    }
}

fn promise(due: Ms) -> Promise {
    Promise {
        id: PromiseId(uuid(500)),
        deed: Deed::Callback,
        due,
        by: Some(UserId(uuid(71))),
        made_at: NOW.plus_minutes(-200),
        source: None,
        made: EventId::default(),
        state: PromiseState::Open,
        settled_at: None,
    }
}

pub fn rows(count: u64, policy: &Policy) -> Vec<Arc<Row>> {
    let mut rows: Vec<Arc<Row>> = (1..=count)
        .map(|n| {
            let mut ticket = ticket(n);
            if n == 1 {
                ticket.promises.push(promise(NOW.plus_minutes(-12)));
                ticket.tags = vec!["12315".to_owned(), "repeat".to_owned()];
            }
            Arc::new(row_of(ticket, policy))
        })
        .collect();
    rows.sort_by_key(|row| row.rank.key);
    rows
}

fn user(n: u128, name: &str, role: Role, duty: Duty) -> User {
    User {
        id: UserId(uuid(n)),
        login: format!("user{n}"),
        name: name.to_owned(),
        role,
        duty,
        duty_since: NOW.plus_minutes(-35),
        disabled: false,
        version: 1,
        position: 1,
    }
}

fn queue() -> Queue {
    Queue {
        id: QueueId(uuid(1)),
        slug: "hotline".to_owned(),
        zh: "投诉热线".to_owned(),
        en: "Complaint hotline".to_owned(),
        members: vec![UserId(uuid(71))],
        version: 1,
        position: 1,
    }
}

pub fn entry(n: u16, kind: EntryKind, who: &str, text: &str) -> Entry {
    Entry {
        id: EventId {
            command: CommandId(uuid(7)),
            index: n,
        },
        ticket: TicketId(uuid(1)),
        number: Some(1001),
        at: NOW.plus_minutes(i64::from(n) * 9 - 90),
        position: u64::from(n) + 1,
        who: safe(who),
        kind,
        text: safe(text),
        attachments: Vec::new(),
        pending: false,
        lines: Vec::new(),
    }
}

pub fn conversation(row: Arc<Row>) -> Conversation {
    let said = |channel| EntryKind::Customer { channel };
    let reply = |delivery| EntryKind::Reply {
        channel: Channel::Message,
        delivery,
    };
    let mut older = entry(
        0,
        said(Channel::Mail),
        "王秀兰",
        "上个月也是这样，说修好了又坏。",
    );
    older.at = NOW.plus_minutes(-60 * 24 * 9);
    older.ticket = TicketId(uuid(77));
    older.number = Some(812);
    older.attachments = vec![safe("发票.jpg"), safe("photo 2.png")];
    let mut waiting = entry(
        8,
        reply(Some(Delivery::Queued)),
        "陈静",
        "我今天 17:00 前给您回电。",
    );
    waiting.pending = true;
    let entries = vec![
        older,
        entry(1, EntryKind::Happening(Happening::Opened), "", ""),
        entry(
            2,
            said(Channel::Voice),
            "王秀兰",
            "冰箱修了三次还是不制冷，里面的菜都坏了，你们到底管不管？😡👨‍👩‍👧 这个月第二次打来了。",
        ),
        entry(3, EntryKind::Happening(Happening::Claimed), "陈静", ""),
        entry(
            4,
            EntryKind::Spoken,
            "陈静",
            "王女士，三次都没修好，换谁都着急。我先把师傅的记录调出来。",
        ),
        entry(
            5,
            EntryKind::Note,
            "陈静",
            "师傅说压缩机缺货，别答应当天换。",
        ),
        entry(6, reply(None), "陈静", "配件最晚 3 月 13 日 18:00 到店。"),
        entry(
            7,
            reply(Some(Delivery::Failed)),
            "陈静",
            "请您保持电话畅通。",
        ),
        waiting,
    ];
    Conversation {
        generation: 0,
        customer: Some(CustomerCard {
            head: Customer {
                id: row.ticket.customer,
                tier: Tier::A,
                vulnerable: true,
                tags: vec!["独居".to_owned()],
                preferences: vec![Preference {
                    key: "回电时间".to_owned(),
                    value: "下午三点后".to_owned(),
                    source: "agent".to_owned(),
                    at: NOW,
                }],
                merged_into: None,
                erased: false,
                since: NOW.plus_minutes(-90_000),
                version: 1,
                position: 1,
            },
            name: safe("王秀兰"),
            identities: vec![CardIdentity {
                kind: IdentityKind::Phone,
                value: safe("138****6621"),
            }],
            tickets: 4,
            open: 1,
            broken_promises: 1,
        }),
        row,
        entries: entries.into(),
        more: true,
        more_offline: false,
        reply: None,
        note: None,
        viewers: None,
    }
}

/// A coach that always proposes the same line.
pub struct Coach;

impl CoachPort for Coach {
    fn propose(&self, ask: &Ask<'_>) -> Vec<Suggestion> {
        let texts = match ask.lang {
            Lang::Zh => [
                "王女士，修了三次还是不制冷，换谁都着急，真是让您受累了。",
                "我刚看了记录：前两次换的是温控器，这次问题在压缩机。",
                "我今天 17:00 前给您回电，告诉您配件哪天到。",
                "这样安排，您看行吗？",
            ],
            Lang::En => [
                "Three repairs and it still does not cool: I understand that you are fed up.",
                "The records show that the thermostat was changed twice; this time it is the compressor.",
                "I will call you by 17:00 today with the day the part arrives.",
                "Does that work for you?",
            ],
        };
        let kinds = [
            PartKind::Empathize,
            PartKind::Explain,
            PartKind::Commit,
            PartKind::Confirm,
        ];
        let parts = kinds.into_iter().zip(texts).map(|(kind, text)| Part {
            kind,
            text: text.to_owned(),
            acts: vec![Act::AckSpecific],
            promise: None,
            unfilled: Vec::new(),
            line: String::new(),
        });
        vec![Suggestion {
            entry_id: "B2".to_owned(),
            title: if ask.lang == Lang::Zh {
                "多次维修"
            } else {
                "Repeated repair"
            }
            .to_owned(),
            parts: parts.collect(),
            extras: Vec::new(),
            decline: Vec::new(),
            stated: String::new(),
            hidden: String::new(),
            tell_lead: false,
        }]
    }

    fn hear(&self, ask: &Ask<'_>) -> Hearing {
        let words = "修了三次还是不制冷";
        let theirs = ask.entries.iter().find_map(|e| {
            let at = e.text.as_str().find(words)?;
            Some((e.id, std::iter::once(at..at + words.len()).collect()))
        });
        Hearing {
            item: Some(Guess {
                item: ItemId::from("B2"),
                confidence: 0.82,
                evidence: vec![words.to_owned()],
            }),
            emotion: 2,
            heat: 68,
            trend: Trend::Rising,
            need: Some(("certainty".to_owned(), NeedState::Suspected)),
            risks: vec!["repeat".to_owned(), "asks_why".to_owned()],
            evidence: theirs.into_iter().collect(),
            ..Hearing::default()
        }
    }
    fn check(&self, text: &str, _: &[Act], denied: &[Denied], _: &Ask<'_>) -> Checked {
        let said = |(at, time): (usize, &str)| Said {
            sentence: at..at + time.len(),
            time: at..at + time.len(),
            denied: denied.iter().any(|d| d.time == time),
            deed: Deed::Callback,
            due: NOW.plus_minutes(138),
        };
        let unchecked = [
            ("AUT-01", "authority"),
            ("AUT-05", "authority"),
            ("LAW-03", "law-cards"),
        ];
        Checked {
            marks: Vec::new(),
            said: text.match_indices("17:00").map(said).collect(),
            unchecked: unchecked
                .map(|(rule, fact)| Unchecked { rule, fact })
                .to_vec(),
        }
    }
    fn put_down(&self, _: Option<CloseReason>, _: &Ask<'_>) -> Vec<String> {
        vec!["CMT-02".to_owned()]
    }
    fn propose_item(&self, _: &str) -> Option<Guess> {
        None
    }
    fn acts(&self, _: &str, _: &Ask<'_>) -> Vec<Act> {
        Vec::new()
    }
    fn playbook(&self, _: Lang) -> Vec<(String, String)> {
        vec![("B2".to_owned(), "多次维修".to_owned())]
    }
    fn entry(&self, _: &str, ask: &Ask<'_>) -> Option<Suggestion> {
        self.propose(ask).pop()
    }
    fn line_drafts(&self, text: &str, _: Ms, _: &Ask<'_>) -> Vec<LineDraft> {
        super::grown::drafts(text)
    }
    fn line_against(&self, text: &str, _: LinePart, _: Lang, _: Ms, _: &Policy) -> Vec<String> {
        super::grown::against(text)
    }
}

/// A console that plays events and paints.
pub struct Desk {
    pub state: State,
    pub policy: Policy,
    pub theme: Theme,
    pub locale: Locale,
    next: u128,
}

impl Desk {
    /// A desk of this size and language that knows who sits there and has `count` rows.
    pub fn new(size: (u16, u16), lang: Lang, count: u64) -> Self {
        let settings = Settings {
            lang,
            ..Settings::default()
        };
        let keymap = Arc::new(Keymap::shipped().unwrap());
        let tag = if lang == Lang::Zh { "zh-CN" } else { "en" };
        let mut desk = Self {
            state: State::new(settings, keymap, size, NOW),
            policy: Policy::shipped().unwrap(),
            theme: Theme::shipped(true),
            locale: Locale::new(tag),
            next: 1 << 64,
        };
        let me = user(71, "陈静", Role::Lead, Duty::Ready);
        desk.tell(DeskAnswer::Seat(Box::new(Seat {
            user: me.clone(),
            queues: vec![queue()],
            users: vec![me, user(72, "刘洋", Role::Agent, Duty::Writing)],
            demo: true,
        })));
        let rows = rows(count, &desk.policy);
        desk.rows(rows);
        desk.tell(DeskAnswer::Link(LinkInfo {
            state: LinkState::Online,
            ..LinkInfo::default()
        }));
        desk
    }

    pub fn rows(&mut self, rows: Vec<Arc<Row>>) {
        let open = u32::try_from(rows.len()).unwrap();
        self.tell(DeskAnswer::Rows(Rows {
            generation: self.state.queue.generation,
            view: QueueView::default(),
            rows: rows.into(),
            strip: Strip {
                open,
                overdue: 3,
                due_soon: 5,
                repeat: 2,
                unassigned: 4,
                promises_today: 6,
                needs_me: 1,
                unread: 2,
                drafts: 1,
            },
            as_of: NOW,
        }));
    }

    pub fn event(&mut self, event: Event) -> Vec<Effect> {
        let mut effects = Vec::new();
        let mut ids = || {
            self.next += 1;
            uuid(self.next)
        };
        let mut env = Env {
            now: NOW,
            policy: &self.policy,
            coach: &Coach,
            ids: &mut ids,
        };
        update(&mut self.state, event, &mut env, &mut effects);
        effects
    }

    pub fn tell(&mut self, answer: DeskAnswer) {
        self.event(Event::Desk(answer));
    }

    /// Presses keys by their names in a keymap file.
    pub fn press(&mut self, keys: &[&str]) {
        for key in keys {
            let key: Key = key.parse().unwrap();
            self.event(Event::Input(Input::Key(key)));
        }
    }

    pub fn type_text(&mut self, text: &str) {
        self.event(Event::Input(Input::Paste(text.to_owned())));
    }

    /// Opens the first ticket of the list with its conversation.
    pub fn open_first(&mut self) {
        self.press(&["Enter"]);
        let row = Arc::clone(&self.state.queue.rows[0]);
        self.converse(conversation(row));
    }

    pub fn converse(&mut self, mut conversation: Conversation) {
        let id = conversation.row.ticket.id;
        let entries = conversation.entries.iter().cloned().map(|mut entry| {
            if entry.number == Some(1001) {
                entry.ticket = id;
            }
            entry
        });
        conversation.entries = entries.collect();
        self.tell(DeskAnswer::Conversation(Box::new(conversation)));
    }

    pub fn team(&mut self) {
        self.press(&["Ctrl-T"]);
        let mate = |n, name, role, duty, open| Mate {
            user: user(n, name, role, duty),
            open,
            overdue: open / 4,
            due_soon: open / 3,
            promises_today: 2,
            viewing: (n == 72).then_some(TicketId(uuid(1))),
            writing: n == 72,
        };
        self.tell(DeskAnswer::Team(Box::new(Team {
            mates: vec![
                mate(72, "刘洋", Role::Agent, Duty::Writing, 14),
                mate(73, "Adaeze Nwosu", Role::Senior, Duty::Ready, 9),
                mate(71, "陈静", Role::Lead, Duty::Away, 2),
            ],
            queues: vec![(queue(), 25, 3, 4)],
        })));
    }

    pub fn returned(&mut self) {
        let ticket = TicketId(uuid(1));
        let note = |n: u128| {
            Arc::new(Command {
                id: CommandId(uuid(n)),
                at: NOW,
                base: Vec::new(),
                after: None,
                body: CommandBody::Note {
                    ticket,
                    text: RawText::new("明天下午给王女士回电，\n带上维修记录。"),
                },
            })
        };
        let came = |n, cause| Returned {
            command: note(n),
            cause,
            at: NOW.plus_minutes(-4),
            number: Some(1001),
            caller: safe("王秀兰"),
        };
        let with = vec![entry(3, EntryKind::Note, "刘洋", "我已经答复了。")];
        let detail = Vec::new();
        self.tell(DeskAnswer::Returned(vec![
            came(31, ReturnCause::Conflict { with }),
            came(
                32,
                ReturnCause::Refused {
                    rule: Rule::Closed,
                    detail,
                },
            ),
            came(
                33,
                ReturnCause::Stale {
                    recomputed: Some(NOW.plus_minutes(90)),
                    words: true,
                },
            ),
        ]));
        self.press(&["Ctrl-R"]);
    }

    pub fn paint(&self) -> (Buffer, Painted) {
        let (cols, rows) = self.state.outer();
        let mut buffer = Buffer::empty(Rect::new(0, 0, cols, rows));
        let painted = render(&self.state, self.look(), &mut buffer);
        (buffer, painted)
    }

    pub fn look(&self) -> Look<'_> {
        Look {
            theme: &self.theme,
            locale: &self.locale,
            policy: &self.policy,
        }
    }
}

/// The rows of a buffer as text; the second cell of a wide character is left out.
pub fn lines(buffer: &Buffer) -> Vec<String> {
    let width = usize::from(buffer.area.width);
    let line = |row: &[ratatui::buffer::Cell]| {
        let mut text = String::new();
        let mut skip = 0;
        for cell in row {
            if skip > 0 {
                skip -= 1;
                continue;
            }
            skip = balm::text::width(cell.symbol()).saturating_sub(1);
            text.push_str(cell.symbol());
        }
        text.trim_end().to_owned()
    };
    buffer.content.chunks(width.max(1)).map(line).collect()
}
