//! What shall be played: a scenario found by words, a level, a language, for one seat or for all. The same form begins practice
//! aloud.

use crate::api::training::{Ask, ClassOrder, Speed};
use crate::app::cx::Cx;
use crate::app::line::Line;
use crate::app::notice::{Msg, Severity};
use crate::domain::lang::Lang;
use crate::text::SafeText;

use super::super::seat::next;
use super::layer::TOP;
use super::{ClassLayer, Target, above, class, order};

/// The form.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TaskForm {
    /// The selected seat.
    pub to: Target,
    /// Whether it is for all, whatever is selected.
    pub all: bool,
    /// Whether practice aloud begins with it; then it is for one seat.
    pub spoken: bool,
    /// Words that narrow the list.
    pub filter: Line,
    /// The chosen scenario.
    pub chosen: Option<String>,
    /// The level, 1 to 5: at level 0 nothing is played.
    pub level: u8,
    /// The customer's language.
    pub lang: Lang,
    /// How time runs.
    pub speed: Speed,
}

impl TaskForm {
    /// The scenarios that fit the words, in their order.
    #[must_use]
    pub fn fitting<'a>(&self, all: &'a [(String, SafeText)]) -> Vec<&'a (String, SafeText)> {
        let words = self.filter.text().to_lowercase();
        let fits = |(id, title): &&(String, SafeText)| {
            let text = format!("{id} {title}").to_lowercase();
            words.split_whitespace().all(|w| text.contains(w))
        };
        all.iter().filter(fits).collect()
    }

    /// The place of the chosen one among those that fit.
    #[must_use]
    pub fn index(&self, fitting: &[&(String, SafeText)]) -> usize {
        let at = |id: &String| fitting.iter().position(|(i, _)| i == id);
        self.chosen.as_ref().and_then(at).unwrap_or(0)
    }

    /// Moves among those that fit.
    pub(super) fn step(&mut self, all: &[(String, SafeText)], by: isize) {
        let fitting = self.fitting(all);
        let last = fitting.len().saturating_sub(1);
        let to = self.index(&fitting).saturating_add_signed(by).min(last);
        self.chosen = fitting.get(to).map(|(id, _)| id.clone());
    }

    /// Another level.
    pub(super) fn relevel(&mut self, more: bool) {
        let to = if more {
            self.level + 1
        } else {
            self.level.saturating_sub(1)
        };
        self.level = to.clamp(1, TOP);
    }

    /// The next speed; who practises aloud speaks at their own.
    pub(super) const fn repace(&mut self) {
        if !self.spoken {
            self.speed = next(self.speed);
        }
    }

    /// The other language.
    pub(super) const fn relang(&mut self) {
        self.lang = match self.lang {
            Lang::Zh => Lang::En,
            Lang::En => Lang::Zh,
        };
    }

    /// Whom it is for.
    #[must_use]
    pub fn target(&self) -> Target {
        if self.all && !self.spoken {
            return Target {
                seat: None,
                name: SafeText::default(),
            };
        }
        self.to.clone()
    }
}

/// Opens the form; it begins with what was set last.
pub(super) fn open(cx: &mut Cx<'_, '_>, spoken: bool) {
    let Some(class) = class(cx) else { return };
    let to = class.target();
    let (last, row) = (class.task.clone(), class.row());
    let level = row.map_or(1, |r| r.level).clamp(1, TOP);
    let form = TaskForm {
        all: to.seat.is_none(),
        to,
        spoken,
        filter: Line::default(),
        chosen: last.as_ref().and_then(|t| t.chosen.clone()),
        level: last.as_ref().map_or(level, |t| t.level),
        lang: last.as_ref().map_or(class.lang, |t| t.lang),
        speed: last.map_or(Speed::Real, |t| t.speed),
    };
    above(cx, ClassLayer::Task(form));
}

/// Sends what the form says; it stays when no scenario fits the words.
pub(super) fn send(cx: &mut Cx<'_, '_>, form: TaskForm) {
    let Some(class) = class(cx) else { return };
    let all = class.view.as_ref().map_or(&[][..], |v| &v.scenarios);
    let fitting = form.fitting(all);
    let Some((scenario, title)) = fitting.get(form.index(&fitting)).map(|s| (*s).clone()) else {
        cx.say(Severity::Warning, "notice-class-no-scenario");
        return above(cx, ClassLayer::Task(form));
    };
    class.task = Some(TaskForm {
        chosen: Some(scenario.clone()),
        filter: Line::default(),
        ..form.clone()
    });
    let (level, lang) = (form.level, form.lang);
    let to = form.target();
    if form.spoken {
        let Some(seat) = to.seat else { return };
        let ask = Ask::SpokenBegin {
            seat,
            scenario,
            level,
            lang,
        };
        return order(cx, ask, Some(ClassLayer::Task(form)), None);
    }
    // Chance made here once: whoever plays the task meets the same customer, so that handlings can be compared. 53 bits
    // pass every reader of JSON.
    let seed = (cx.env.ids)().as_u64_pair().1 >> 11;
    let ask = Ask::ClassDo {
        order: ClassOrder::Set {
            seat: to.seat,
            scenario,
            level,
            lang,
            seed,
            speed: Some(form.speed),
        },
    };
    let msg = Msg::new("notice-class-task")
        .with("who", to.who())
        .text("title", &title);
    order(cx, ask, Some(ClassLayer::Task(form)), Some(msg));
}
