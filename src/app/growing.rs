//! Lines that grow, first half: sentences of a sent reply or a spoken record become lines that the agent proposes for
//! everybody (mission AN5). What belongs to one customer was taken out by the coach; a line that fails its own lint cannot be
//! proposed. Not here: the lead's answer (`deciding`) and the list of lines (`grown`).

use crate::api::desk::{Entry, EntryKind};
use crate::domain::command::CommandBody;
use crate::domain::ids::{CommandId, EventId, LineId, TicketId};
use crate::domain::lang::Lang;
use crate::domain::rights::{Rank, reaches};
use crate::domain::taxonomy::ItemId;
use crate::domain::ticket::Ticket;
use crate::domain::time::Ms;
use crate::domain::vocabulary::{LinePart, LineState};
use crate::text::{RawText, SafeText};

use super::Env;
use super::advice::{Hearing, LineDraft};
use super::composer::Composer;
use super::cx::Cx;
use super::notice::{Arg, Msg, Severity};
use super::state::{Overlay, Screen};
use super::writing;

mod keys;

pub(super) use keys::{choose, key, paste};

/// Most characters of a line (the wire's limit).
const MOST: usize = 600;
/// What speaks against a line in which something personal is only covered.
pub const MASKED: &str = "masked";
/// What speaks against an empty line.
pub const EMPTY: &str = "empty";
/// What speaks against a line that is too long for the wire.
pub const LONG: &str = "long";

/// Words of this agent that went to the customer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Source {
    /// The reply or spoken record.
    pub entry: EventId,
    /// When.
    pub at: Ms,
    /// Whether it was said on the phone.
    pub spoken: bool,
    /// The words.
    pub text: String,
}

/// One sentence, as it would be proposed.
#[derive(Clone, PartialEq, Debug)]
pub struct Sentence {
    /// The words, with slots in place of what belongs to the customer; to be edited.
    pub words: Composer,
    /// What they are for.
    pub part: LinePart,
    /// Whether the coach had to cover something that no slot stands for.
    pub masked: bool,
    /// Whether it is marked to be proposed.
    pub picked: bool,
    /// The rules that speak against it.
    pub against: Vec<String>,
}

/// Where the keys go.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Field {
    /// The sentences.
    #[default]
    Sentences,
    /// The words of the chosen one.
    Words,
    /// What it is for.
    Part,
    /// The item.
    Item,
    /// The feeling it was said to.
    Feeling,
    /// Its language.
    Lang,
}

impl Field {
    /// All, in the order of the Tab key.
    pub const ALL: [Self; 6] = [
        Self::Sentences,
        Self::Words,
        Self::Part,
        Self::Item,
        Self::Feeling,
        Self::Lang,
    ];
}

/// The form.
#[derive(Clone, PartialEq, Debug)]
pub struct Growing {
    /// The ticket on which it was said; absent for a proposal that came back without one.
    pub ticket: Option<TicketId>,
    /// What this agent said there, newest first.
    pub sources: Vec<Source>,
    /// The one shown.
    pub source: usize,
    /// Its sentences.
    pub sentences: Vec<Sentence>,
    /// The chosen sentence.
    pub cursor: usize,
    /// Where the keys go.
    pub field: Field,
    /// The item of all of them.
    pub item: ItemId,
    /// The feeling they were said to, 0 (calm) to 3 (furious).
    pub feeling: u8,
    /// Their language.
    pub lang: Lang,
    /// The command that came back and is written anew here; it is let go when these are proposed.
    pub back: Option<CommandId>,
}

impl Growing {
    /// The chosen sentence.
    #[must_use]
    pub fn chosen(&self) -> Option<&Sentence> {
        self.sentences.get(self.cursor)
    }

    /// The sentences that would be proposed now, by place: those marked, else the chosen one.
    #[must_use]
    pub fn meant(&self) -> Vec<usize> {
        let marked = self.sentences.iter().enumerate();
        let marked: Vec<usize> = marked.filter(|(_, s)| s.picked).map(|(at, _)| at).collect();
        if marked.is_empty() && !self.sentences.is_empty() {
            vec![self.cursor.min(self.sentences.len() - 1)]
        } else {
            marked
        }
    }

    /// Tells the boxes their size in cells.
    pub(super) fn fit(&mut self, cols: u16, rows: u16) {
        for sentence in &mut self.sentences {
            sentence.words.fit(cols, rows);
        }
    }

    /// Asks the coach again about one sentence, because it changed.
    fn check(&mut self, at: usize, env: &Env<'_>) {
        let lang = self.lang;
        let Some(s) = self.sentences.get_mut(at) else {
            return;
        };
        let words = s.words.text().trim();
        s.against = env
            .coach
            .line_against(words, s.part, lang, env.now, env.policy);
        if s.masked && words.contains('*') {
            s.against.insert(0, MASKED.to_owned());
        }
        if words.is_empty() {
            s.against = vec![EMPTY.to_owned()];
        } else if words.chars().count() > MOST {
            s.against.insert(0, LONG.to_owned());
        }
    }

    fn check_all(&mut self, env: &Env<'_>) {
        for at in 0..self.sentences.len() {
            self.check(at, env);
        }
    }
}

/// The language of words: Chinese as soon as one Han character stands in them.
fn lang_of(text: &str) -> Lang {
    let han = |c: char| matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{20000}'..='\u{3134f}');
    if text.chars().any(han) {
        Lang::Zh
    } else {
        Lang::En
    }
}

fn sentence(from: LineDraft) -> Sentence {
    Sentence {
        words: Composer::of(&from.text, from.text.len()),
        part: from.part,
        masked: from.masked,
        picked: false,
        against: Vec::new(),
    }
}

/// Whether who sits here may propose; says so if not.
fn may_propose(cx: &mut Cx<'_, '_>) -> bool {
    let role = cx.state.seat.as_ref().map(|s| s.user.role);
    let may = role.is_some_and(|role| reaches(role, Rank::Works));
    if !may {
        cx.say(Severity::Warning, "notice-line-works-only");
    }
    may
}

/// Opens the form over what this agent said last on the ticket on the screen.
pub(super) fn open(cx: &mut Cx<'_, '_>) {
    if !may_propose(cx) {
        return;
    }
    if cx.state.screen != Screen::Ticket {
        return cx.say(Severity::Info, "notice-open-a-ticket");
    }
    let name = cx.my_name();
    let Some(t) = cx.state.ticket.as_ref() else {
        return;
    };
    let Some(c) = t.conversation.as_deref() else {
        return cx.say(Severity::Info, "notice-still-loading");
    };
    let ours = |k: &EntryKind| matches!(k, EntryKind::Reply { .. } | EntryKind::Spoken);
    let mine = |e: &&Entry| e.ticket == t.id && e.who == name && ours(&e.kind);
    let source = |e: &Entry| Source {
        entry: e.id,
        at: e.at,
        spoken: e.kind == EntryKind::Spoken,
        text: e.text.as_str().to_owned(),
    };
    let sources: Vec<Source> = c.entries.iter().rev().filter(mine).map(source).collect();
    if sources.is_empty() {
        return cx.say(Severity::Info, "notice-no-own-words");
    }
    let heard = &t.coach.hearing;
    let items = &cx.env.policy.taxonomy.items;
    let Some(item) = item_of(&c.row.ticket, heard).or(items.first().map(|i| &i.id)) else {
        return;
    };
    let mut form = Growing {
        ticket: Some(t.id),
        source: 0,
        sentences: Vec::new(),
        cursor: 0,
        field: Field::default(),
        item: item.clone(),
        feeling: heard.emotion.min(3),
        lang: Lang::default(),
        back: None,
        sources,
    };
    // What everybody has already is no line to propose: the newest words with something of their own come first.
    for at in 0..form.sources.len() {
        take(cx, &mut form, at);
        if !form.sentences.is_empty() {
            cx.state.overlays.push(Overlay::Growing(Box::new(form)));
            return;
        }
    }
    cx.say(Severity::Info, "notice-lines-known");
}

/// The item of a ticket: as a person confirmed it, else as the coach hears it, else as it was put down.
fn item_of<'a>(ticket: &'a Ticket, heard: &'a Hearing) -> Option<&'a ItemId> {
    let known = ticket.item.as_ref();
    known
        .filter(|_| ticket.item_confirmed)
        .or(heard.item.as_ref().map(|g| &g.item))
        .or(known)
        .or(heard.unsure.first())
}

/// Shows the sentences of another reply.
fn take(cx: &Cx<'_, '_>, form: &mut Growing, at: usize) {
    let Some(source) = form.sources.get(at) else {
        return;
    };
    let found = writing::with_ask(cx.state, cx.env, |coach, ask, _| {
        coach.line_drafts(&source.text, source.at, ask)
    });
    form.lang = lang_of(&source.text);
    form.source = at;
    form.cursor = 0;
    // What waits for a lead already is not proposed twice.
    let waits = |words: &str| {
        let mut lines = cx.state.lines.lines.iter();
        lines.any(|r| r.line.state == LineState::Proposed && r.line.text.expose() == words)
    };
    let fresh = found.unwrap_or_default().into_iter();
    let fresh = fresh.filter(|draft| !waits(&draft.text));
    form.sentences = fresh.map(sentence).collect();
    form.check_all(cx.env);
}

/// Opens the form over a proposal that came back.
pub(super) fn rework(cx: &mut Cx<'_, '_>, id: CommandId, body: &CommandBody) {
    let CommandBody::ProposeLine {
        part,
        item,
        lang,
        feeling,
        text,
        ticket,
        ..
    } = body
    else {
        return;
    };
    let mut form = Growing {
        ticket: *ticket,
        sources: Vec::new(),
        source: 0,
        sentences: vec![Sentence {
            words: Composer::of(text.expose(), text.expose().len()),
            part: *part,
            masked: false,
            picked: false,
            against: Vec::new(),
        }],
        cursor: 0,
        field: Field::Words,
        item: item.clone(),
        feeling: *feeling,
        lang: *lang,
        back: Some(id),
    };
    form.check_all(cx.env);
    cx.state.overlays.push(Overlay::Growing(Box::new(form)));
}

/// The form on top, taken off; [`put_back`] lays it there again.
fn form(cx: &mut Cx<'_, '_>) -> Option<Box<Growing>> {
    match cx.state.overlays.pop() {
        Some(Overlay::Growing(form)) => Some(form),
        other => {
            cx.state.overlays.extend(other);
            None
        }
    }
}

/// Lays the form on top again.
fn put_back(cx: &mut Cx<'_, '_>, form: Box<Growing>) {
    cx.state.overlays.push(Overlay::Growing(form));
}

/// Proposes what is meant, unless something speaks against one of them.
fn send(cx: &mut Cx<'_, '_>) {
    let Some(mut f) = form(cx) else { return };
    let meant = f.meant();
    let fails = |at: &&usize| f.sentences.get(**at).is_some_and(|s| !s.against.is_empty());
    if let Some(at) = meant.iter().find(fails).copied() {
        f.cursor = at;
        f.field = Field::Words;
        let rule = f.chosen().and_then(|s| s.against.first()).cloned();
        put_back(cx, f);
        let rule = SafeText::clean_line(&rule.unwrap_or_default());
        let msg = Msg::new("notice-line-fails").text("rule", &rule);
        return cx.tell(Severity::Info, msg);
    }
    let source = f.sources.get(f.source).map(|s| s.entry);
    let said = meant.iter().filter_map(|at| f.sentences.get(*at));
    let bodies: Vec<CommandBody> = said
        .map(|s| CommandBody::ProposeLine {
            line: LineId((cx.env.ids)()),
            part: s.part,
            item: f.item.clone(),
            lang: f.lang,
            feeling: f.feeling,
            text: RawText::new(s.words.text().trim()),
            ticket: f.ticket,
            source,
        })
        .collect();
    if bodies.is_empty() {
        return;
    }
    let count = i64::try_from(bodies.len()).unwrap_or(i64::MAX);
    let back = f.back;
    cx.submit_form(bodies, Some(Overlay::Growing(f)));
    if let Some(id) = back {
        super::returns::replaced(cx, id);
    }
    let msg = Msg::new("notice-line-proposed").with("count", Arg::Number(count));
    cx.tell(Severity::Done, msg);
}
