//! Lines that grow, second half: a lead takes a proposed line into the playbook, perhaps in better words, declines it with a word
//! back, or takes it out again (mission AN5). Not here: what two leads at once are told (`decide` and what came back).

use crate::api::desk::LineRow;
use crate::domain::command::CommandBody;
use crate::domain::ids::{CommandId, LineId};
use crate::domain::vocabulary::LineState;
use crate::text::{RawText, SafeText};

use super::act::perform;
use super::action::Action;
use super::composer::{Composer, Done};
use super::cx::Cx;
use super::event::{Code, Key};
use super::grown;
use super::keymap::Place;
use super::notice::{Arg, Msg, Severity};
use super::state::{Overlay, Screen, State};

/// Most characters of a word back (the wire's limit).
const MOST_WORD: usize = 1_000;

/// What is done with a line.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Decision {
    /// It goes into the playbook, in these words.
    Approve,
    /// It does not, and its author hears why.
    Decline,
    /// It goes out again, and its author hears why.
    Retire,
}

impl Decision {
    /// The stable name, as locale keys write it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Approve => "approve",
            Self::Decline => "decline",
            Self::Retire => "retire",
        }
    }

    /// Whether a line that stands so can be decided so.
    const fn fits(self, state: LineState) -> bool {
        match self {
            Self::Approve => !matches!(state, LineState::Declined),
            Self::Decline => matches!(state, LineState::Proposed),
            Self::Retire => matches!(state, LineState::Approved),
        }
    }
}

/// The form.
#[derive(Clone, PartialEq, Debug)]
pub struct Deciding {
    /// The line.
    pub line: LineId,
    /// How many of its events the lead has seen.
    pub version: u32,
    /// What is done with it.
    pub what: Decision,
    /// Its words, or the word back.
    pub words: Composer,
    /// The rules that speak against the words in the playbook.
    pub against: Vec<String>,
    /// The command that came back and is decided anew here.
    pub back: Option<CommandId>,
}

/// The line a form is about, as the desk has it now.
#[must_use]
pub fn row(state: &State, line: LineId) -> Option<&LineRow> {
    state.lines.lines.iter().find(|r| r.line.id == line)
}

/// Opens the form over the selected line.
pub(super) fn open(cx: &mut Cx<'_, '_>, what: Decision) {
    if cx.state.screen != Screen::Lines {
        return cx.say(Severity::Info, "notice-line-choose");
    }
    let Some(row) = grown::selected(cx.state) else {
        return cx.say(Severity::Info, "notice-line-choose");
    };
    let (line, state) = (row.line.id, row.line.state);
    if !cx.leads() {
        return;
    }
    if !what.fits(state) {
        return cx.say(Severity::Info, "notice-line-settled");
    }
    begin(cx, line, what, None, None);
}

/// Opens the form over a decision that came back, with its words.
pub(super) fn rework(cx: &mut Cx<'_, '_>, id: CommandId, body: &CommandBody) {
    let (line, what, words) = match body {
        CommandBody::ApproveLine { line, text } => (*line, Decision::Approve, text.as_ref()),
        CommandBody::DeclineLine { line, word } => (*line, Decision::Decline, Some(word)),
        CommandBody::RetireLine { line, word } => (*line, Decision::Retire, Some(word)),
        _ => return,
    };
    begin(cx, line, what, words.map(RawText::expose), Some(id));
}

fn begin(
    cx: &mut Cx<'_, '_>,
    line: LineId,
    what: Decision,
    words: Option<&str>,
    back: Option<CommandId>,
) {
    let Some(row) = row(cx.state, line) else {
        return cx.say(Severity::Info, "notice-line-gone");
    };
    let words = match (words, what) {
        (Some(words), _) => words,
        (None, Decision::Approve) => row.line.text.expose(),
        (None, _) => "",
    };
    let mut form = Deciding {
        line,
        version: row.line.version,
        what,
        words: Composer::of(words, words.len()),
        against: Vec::new(),
        back,
    };
    check(cx, &mut form);
    cx.state.overlays.push(Overlay::Deciding(Box::new(form)));
}

/// What speaks against the words; nothing is asked of a word back.
fn check(cx: &Cx<'_, '_>, form: &mut Deciding) {
    form.against = match row(cx.state, form.line) {
        Some(row) if form.what == Decision::Approve => {
            let line = &row.line;
            let (words, env) = (form.words.text().trim(), &cx.env);
            env.coach
                .line_against(words, line.part, line.lang, env.now, env.policy)
        }
        _ => Vec::new(),
    };
}

fn form(cx: &mut Cx<'_, '_>) -> Option<Box<Deciding>> {
    match cx.state.overlays.pop() {
        Some(Overlay::Deciding(form)) => Some(form),
        other => {
            cx.state.overlays.extend(other);
            None
        }
    }
}

/// Keys of the form: everything is typed into its words.
pub(super) fn key(cx: &mut Cx<'_, '_>, key: Key) {
    match cx.state.keymap.action(Place::Compose, key) {
        Some(Action::Quit) => perform(cx, Action::Quit),
        Some(Action::Send) => send(cx),
        Some(Action::Back) => {
            cx.state.overlays.pop();
        }
        action => {
            let Some(mut f) = form(cx) else { return };
            let changed = match action {
                Some(Action::Undo) => f.words.undo(),
                Some(Action::Redo) => f.words.redo(),
                // A line is one line; a word back may have several.
                _ if key.code == Code::Enter && f.what == Decision::Approve => false,
                _ => f.words.key(key) == Done::Changed,
            };
            if changed {
                check(cx, &mut f);
            }
            cx.state.overlays.push(Overlay::Deciding(f));
        }
    }
}

/// Pasted text goes into the words.
pub(super) fn paste(cx: &mut Cx<'_, '_>, text: &str) {
    let Some(mut f) = form(cx) else { return };
    if f.what == Decision::Approve {
        f.words.insert(&text.replace(['\r', '\n'], " "));
    } else {
        f.words.insert(text);
    }
    check(cx, &mut f);
    cx.state.overlays.push(Overlay::Deciding(f));
}

/// Why the form cannot be sent as it stands, if so.
fn hindrance(cx: &Cx<'_, '_>, f: &mut Deciding) -> Option<Msg> {
    let me = cx.me();
    let Some(row) = row(cx.state, f.line) else {
        return Some(Msg::new("notice-line-gone"));
    };
    if row.line.version != f.version && row.line.decided_by != me {
        // Another lead was faster: seen once, this one may still decide otherwise.
        let (who, state) = (row.decided_by.clone(), row.line.state);
        f.version = row.line.version;
        let state = Arg::Key(format!("lines-{}", state.as_str()));
        let msg = Msg::new("notice-line-decided-meanwhile").text("who", &who);
        return Some(msg.with("state", state));
    }
    if !f.what.fits(row.line.state) {
        return Some(Msg::new("notice-line-settled"));
    }
    if f.words.is_blank() {
        let key = if f.what == Decision::Approve {
            "notice-line-empty"
        } else {
            "notice-word-needed"
        };
        return Some(Msg::new(key));
    }
    if f.what != Decision::Approve && f.words.text().trim().chars().count() > MOST_WORD {
        return Some(Msg::new("notice-box-full"));
    }
    let rule = f.against.first().map(|rule| SafeText::clean_line(rule))?;
    Some(Msg::new("notice-line-fails").text("rule", &rule))
}

/// Decides, unless something stands in the way.
fn send(cx: &mut Cx<'_, '_>) {
    let Some(mut f) = form(cx) else { return };
    if let Some(msg) = hindrance(cx, &mut f) {
        cx.state.overlays.push(Overlay::Deciding(f));
        return cx.tell(Severity::Info, msg);
    }
    let (line, words) = (f.line, f.words.text().trim().to_owned());
    let same = row(cx.state, line).is_some_and(|r| r.line.text.expose() == words);
    let body = match f.what {
        Decision::Approve => CommandBody::ApproveLine {
            line,
            text: (!same).then(|| RawText::new(words)),
        },
        Decision::Decline => CommandBody::DeclineLine {
            line,
            word: RawText::new(words),
        },
        Decision::Retire => CommandBody::RetireLine {
            line,
            word: RawText::new(words),
        },
    };
    let key = match f.what {
        Decision::Approve => "notice-line-approve-done",
        Decision::Decline => "notice-line-decline-done",
        Decision::Retire => "notice-line-retire-done",
    };
    let back = f.back;
    cx.submit_form(vec![body], Some(Overlay::Deciding(f)));
    if let Some(id) = back {
        super::returns::replaced(cx, id);
    }
    cx.say(Severity::Done, key);
}
