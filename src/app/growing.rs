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
use crate::text::{RawText, SafeText, half_width};

use super::Env;
use super::act::perform;
use super::action::Action;
use super::advice::{Hearing, LineDraft};
use super::composer::{Composer, Done};
use super::cx::Cx;
use super::event::{Code, Key};
use super::keymap::Place;
use super::notice::{Arg, Msg, Severity};
use super::state::{Overlay, Screen};
use super::writing;

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

fn put_back(cx: &mut Cx<'_, '_>, form: Box<Growing>) {
    cx.state.overlays.push(Overlay::Growing(form));
}

/// Keys of the form.
pub(super) fn key(cx: &mut Cx<'_, '_>, key: Key) {
    let order = cx.state.keymap.action(Place::Compose, key);
    if order == Some(Action::Quit) {
        return perform(cx, Action::Quit);
    }
    if order == Some(Action::Send) {
        return send(cx);
    }
    let listed = cx.state.keymap.action(Place::List, key);
    let Some(mut f) = form(cx) else { return };
    match order {
        // Out of a field first: one slip of the hand does not cost what was written.
        Some(Action::Back) if f.field == Field::Sentences => return,
        Some(Action::Back) => f.field = Field::Sentences,
        Some(Action::FocusNext) => turn(&mut f, true),
        Some(Action::FocusPrev) => turn(&mut f, false),
        Some(Action::Undo | Action::Redo) => undo(cx, &mut f, order == Some(Action::Undo)),
        _ => match f.field {
            Field::Sentences => in_sentences(cx, &mut f, key, listed),
            Field::Words => in_words(cx, &mut f, key),
            _ => in_choice(cx, &mut f, key),
        },
    }
    put_back(cx, f);
}

fn turn(f: &mut Growing, forward: bool) {
    let all = Field::ALL;
    let here = all.iter().position(|x| *x == f.field).unwrap_or(0);
    let to = (here + if forward { 1 } else { all.len() - 1 }) % all.len();
    f.field = all.get(to).copied().unwrap_or_default();
}

fn undo(cx: &Cx<'_, '_>, f: &mut Growing, back: bool) {
    let at = f.cursor;
    if let Some(s) = f.sentences.get_mut(at) {
        if back {
            s.words.undo();
        } else {
            s.words.redo();
        }
    }
    f.check(at, cx.env);
}

fn in_sentences(cx: &Cx<'_, '_>, f: &mut Growing, key: Key, listed: Option<Action>) {
    let last = f.sentences.len().saturating_sub(1);
    match (key.code, listed) {
        (_, Some(Action::Up)) => f.cursor = f.cursor.saturating_sub(1),
        (_, Some(Action::Down)) => f.cursor = (f.cursor + 1).min(last),
        (_, Some(Action::First)) => f.cursor = 0,
        (_, Some(Action::Last)) => f.cursor = last,
        (_, Some(Action::Open)) => f.field = Field::Words,
        (_, Some(Action::PageUp)) if f.source + 1 < f.sources.len() => {
            let to = f.source + 1;
            take(cx, f, to);
        }
        (_, Some(Action::PageDown)) if f.source > 0 => {
            let to = f.source - 1;
            take(cx, f, to);
        }
        (Code::Insert | Code::Char(' ' | '\u{3000}'), _) => {
            if let Some(s) = f.sentences.get_mut(f.cursor) {
                s.picked = !s.picked;
            }
            f.cursor = (f.cursor + 1).min(last);
        }
        _ => {}
    }
}

fn in_words(cx: &Cx<'_, '_>, f: &mut Growing, key: Key) {
    if key.code == Code::Enter {
        // A line is one line; Enter is done with it.
        f.field = Field::Sentences;
        return;
    }
    let at = f.cursor;
    let done = f.sentences.get_mut(at).map(|s| s.words.key(key));
    if done == Some(Done::Changed) {
        f.check(at, cx.env);
    }
}

fn in_choice(cx: &Cx<'_, '_>, f: &mut Growing, key: Key) {
    let step = match key.code {
        Code::Left => -1,
        Code::Right | Code::Char(' ' | '\u{3000}') => 1,
        Code::Up => return turn(f, false),
        Code::Down | Code::Enter => return turn(f, true),
        Code::Char(c) if f.field == Field::Item => return named(cx, f, c),
        _ => return,
    };
    match f.field {
        Field::Part => {
            let at = f.cursor;
            if let Some(s) = f.sentences.get_mut(at) {
                s.part = around(LinePart::ALL, &s.part, step);
            }
            f.check(at, cx.env);
        }
        Field::Item => {
            let items = cx.env.policy.taxonomy.items.iter();
            let items: Vec<ItemId> = items.map(|i| i.id.clone()).collect();
            f.item = around(&items, &f.item, step);
        }
        Field::Feeling => f.feeling = around(&[0, 1, 2, 3], &f.feeling, step),
        Field::Lang => {
            f.lang = around(&[Lang::Zh, Lang::En], &f.lang, step);
            f.check_all(cx.env);
        }
        Field::Sentences | Field::Words => {}
    }
}

/// A letter goes to the first item of its class, a digit to that item of the class.
fn named(cx: &Cx<'_, '_>, f: &mut Growing, c: char) {
    let c = half_width(c).to_ascii_uppercase();
    let class = f.item.as_str().chars().next().unwrap_or('A');
    let name = if c.is_ascii_digit() {
        format!("{class}{c}")
    } else {
        format!("{c}1")
    };
    let mut items = cx.env.policy.taxonomy.items.iter();
    if let Some(item) = items.find(|i| i.id.as_str() == name) {
        f.item = item.id.clone();
    }
}

/// The neighbour of a value, round and round.
fn around<T: Clone + PartialEq>(all: &[T], here: &T, step: isize) -> T {
    let len = isize::try_from(all.len()).unwrap_or(1).max(1);
    let at = all.iter().position(|x| x == here).unwrap_or(0);
    let to = (isize::try_from(at).unwrap_or(0) + step).rem_euclid(len);
    let to = usize::try_from(to).unwrap_or(0);
    all.get(to).unwrap_or(here).clone()
}

/// Pasted text goes into the words.
pub(super) fn paste(cx: &mut Cx<'_, '_>, text: &str) {
    let Some(mut f) = form(cx) else { return };
    let at = f.cursor;
    let flat = text.replace(['\r', '\n'], " ");
    if f.field == Field::Words
        && let Some(s) = f.sentences.get_mut(at)
    {
        s.words.insert(&flat);
        f.check(at, cx.env);
    }
    put_back(cx, f);
}

/// A click on a sentence chooses it, a second one marks it.
pub(super) fn choose(cx: &mut Cx<'_, '_>, at: usize) {
    let Some(mut f) = form(cx) else { return };
    let again = f.cursor == at && f.field == Field::Sentences;
    f.field = Field::Sentences;
    if let Some(s) = f.sentences.get_mut(at) {
        s.picked ^= again;
        f.cursor = at;
    }
    put_back(cx, f);
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
