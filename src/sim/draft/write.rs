//! The file of a draft: the case's words in the case's language, the stock's in the other and wherever the case has none, and a
//! comment over each entry that tells which is which.

use std::fmt::Write as _;

use super::Case;
use super::gather::{Found, Told};
use super::profile::{Person, Profile};
use super::stock::{Fact, Matter, Stock};
use crate::coach::content::Band;
use crate::domain::lang::Lang;
use crate::domain::taxonomy::Item;
use crate::sim::names::{Act, Situation};
use crate::text::tokens::fold;

/// Everything that a file is written from.
pub(super) struct Sheet<'a> {
    pub(super) case: &'a Case,
    pub(super) item: &'a Item,
    pub(super) lang: Lang,
    pub(super) stock: &'a Stock,
    pub(super) matter: Matter<'a>,
    pub(super) person: &'a Person,
    pub(super) profile: &'a Profile,
    pub(super) found: Found,
}

/// A text as TOML writes it.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

fn list(texts: &[String]) -> String {
    let all: Vec<String> = texts.iter().map(|t| quoted(t)).collect();
    format!("[{}]", all.join(", "))
}

/// A text of the file: its words in both languages, and whether one of them is the case's.
struct Both {
    zh: String,
    en: String,
    case: bool,
}

/// Lines of a file.
struct Page(String);

impl Page {
    fn line(&mut self, text: &str) {
        self.0.push_str(text);
        self.0.push('\n');
    }

    fn pair(&mut self, key: &str, value: impl std::fmt::Display) {
        // Writing into a string cannot fail.
        let _ = writeln!(self.0, "{key} = {value}");
    }

    fn text(&mut self, key: &str, text: &str) {
        self.pair(key, quoted(text));
    }

    fn entry(&mut self, head: &str, from: &str) {
        self.line("");
        self.line(from);
        self.line(head);
    }

    fn section(&mut self, title: &str) {
        self.line("");
        self.line(&format!(
            "# ---- {title} {}",
            "-".repeat(70_usize.saturating_sub(title.len()))
        ));
    }
}

impl Sheet<'_> {
    /// The whole file.
    pub(super) fn file(&self) -> String {
        let mut page = Page(String::new());
        self.head(&mut page);
        self.need(&mut page);
        self.ladder(&mut page);
        self.says(&mut page);
        self.facts(&mut page);
        self.card(&mut page);
        self.exemplars(&mut page);
        self.storm(&mut page);
        self.agents(&mut page);
        self.review(&mut page);
        page.0
    }

    /// The case's words in their language, the stock's in the other.
    fn with(&self, case: Option<&str>, zh: &str, en: &str) -> Both {
        let (mut zh, mut en) = (zh.to_owned(), en.to_owned());
        if let Some(words) = case {
            match self.lang {
                Lang::Zh => words.clone_into(&mut zh),
                Lang::En => words.clone_into(&mut en),
            }
        }
        Both {
            zh,
            en,
            case: case.is_some(),
        }
    }

    /// The comment over an entry.
    fn from(&self, case: bool) -> &'static str {
        match (case, self.lang) {
            (false, _) => "# from stock",
            (true, Lang::Zh) => "# from the case: zh; from stock: en, write what the zh says",
            (true, Lang::En) => "# from the case: en; from stock: zh, write what the en says",
        }
    }

    fn head(&self, page: &mut Page) {
        page.line("# A draft from a closed ticket, masked. \"from the case\" are words that were said, \"from stock\" are words that fit anything.");
        page.line("# Read every line before it is handed on: masks find numbers, addresses and known names, not every name there is.");
        page.line("");
        page.text("id", &self.case.id);
        page.pair("version", 1);
        page.text("title_zh", &self.item.zh);
        page.text("title_en", &self.item.en);
        page.text("item", self.item.id.as_str());
        page.text("channel", self.case.channel.as_str());
        page.text("psychology", self.profile.psychology.as_str());
        page.pair("minutes", 6);
        page.pair("levels", "[0, 1, 2, 3, 4, 5]");
        let who = self.profile;
        let tenths = |n: u32| format!("{}.{}", n / 10, n % 10);
        page.entry(
            "[persona]",
            "# from the case: conduct and feeling as the reader heard them",
        );
        page.pair("irritability", tenths(who.irritability));
        page.pair("talkativeness", tenths(who.talkativeness));
        page.pair("literacy", "0.8");
        page.pair("entitlement", tenths(who.entitlement));
        page.text("outside", who.outside.as_str());
        if who.abuses {
            page.pair("abuse_at", 95);
        }
        if self.case.vulnerable {
            page.pair("vulnerable", true);
        }
        page.entry("[start]", "# from the case: the feeling of the opening");
        for (key, value) in [
            ("anger", who.anger),
            ("trust", who.trust),
            ("clarity", who.clarity),
            ("face", who.face),
            ("patience", who.patience),
        ] {
            page.pair(key, value);
        }
    }

    fn need(&self, page: &mut Page) {
        page.entry(
            "[need]",
            "# from the case: fix and name; from stock: the sentence, write what it was here",
        );
        page.text("fix", self.matter.fix);
        page.text("name", self.profile.need);
        if let Some(need) = self.stock.need(self.matter.fix) {
            page.text("zh", &need.zh);
            page.text("en", &need.en);
            page.text("direct", &need.direct);
        }
    }

    fn ladder(&self, page: &mut Page) {
        page.section("What is demanded, from little to much");
        for (at, step) in self.stock.ladder.iter().enumerate() {
            let demand = self.found.demand.as_deref().filter(|_| at == 0);
            page.entry("[[ladder]]", self.from(demand.is_some()));
            page.text("demand_zh", &step.demand_zh);
            page.text("demand_en", &step.demand_en);
            page.line("lines = [");
            for (place, line) in step.lines.iter().enumerate() {
                let both = self.with(demand.filter(|_| place == 0), &line.zh, &line.en);
                page.line(&format!(
                    "  {{ zh = {}, en = {} }},",
                    quoted(&both.zh),
                    quoted(&both.en)
                ));
            }
            page.line("]");
        }
    }

    fn says(&self, page: &mut Page) {
        page.section("What the customer says");
        let mut plain: Vec<(Situation, Option<Band>, &str)> = self
            .found
            .plain
            .iter()
            .map(|(w, b, t)| (*w, *b, &t[..]))
            .collect();
        if let Some(opening) = &self.found.opening {
            plain.push((Situation::Opening, None, opening));
        }
        let outside = self.profile.outside.as_str();
        let stock: Vec<_> = self
            .stock
            .says(self.matter, outside, self.profile.abuses)
            .collect();
        for say in &stock {
            let fits = |p: &(Situation, Option<Band>, &str)| {
                say.after.is_none()
                    && say.when == p.0.as_str()
                    && say.band.as_deref() == p.1.map(Band::as_str)
            };
            let case = plain.iter().position(fits).map(|at| plain.remove(at).2);
            let both = self.with(case, &say.zh, &say.en);
            self.say(
                page,
                &say.when,
                say.band.as_deref(),
                say.after.as_deref(),
                &both,
            );
        }
        for (at, (when, band, act, text)) in self.found.answers.iter().enumerate() {
            let near: Vec<_> = stock
                .iter()
                .filter(|s| s.when == when.as_str() && s.band.as_deref() == Some(band.as_str()))
                .collect();
            let Some(partner) = near.get(at % near.len().max(1)) else {
                continue;
            };
            let both = self.with(Some(text), &partner.zh, &partner.en);
            self.say(
                page,
                when.as_str(),
                Some(band.as_str()),
                Some(act.as_str()),
                &both,
            );
        }
    }

    fn say(
        &self,
        page: &mut Page,
        when: &str,
        band: Option<&str>,
        after: Option<&str>,
        text: &Both,
    ) {
        page.entry("[[say]]", self.from(text.case));
        page.text("when", when);
        if let Some(band) = band {
            page.text("band", band);
        }
        if let Some(after) = after {
            page.text("after", after);
        }
        page.text("zh", &text.zh);
        page.text("en", &text.en);
    }

    fn facts(&self, page: &mut Page) {
        page.section("What the customer knows");
        let asks = |fact: &Fact, told: &Told| {
            let words = match self.lang {
                Lang::Zh => &fact.asked_zh,
                Lang::En => &fact.asked_en,
            };
            let question = fold(&told.question);
            words.iter().any(|w| question.contains(&fold(w)))
        };
        let mut open: Vec<&Told> = self.found.facts.iter().collect();
        for fact in &self.stock.fact {
            let mine = open
                .iter()
                .position(|t| fact.told.is_none() && asks(fact, t));
            let mine = mine.map(|at| open.remove(at));
            self.fact(page, fact, mine);
        }
        for (fact, told) in self.stock.extra.iter().zip(open) {
            self.fact(page, fact, Some(told));
        }
    }

    fn fact(&self, page: &mut Page, fact: &Fact, told: Option<&Told>) {
        let both = self.with(told.map(|t| &t.answer[..]), &fact.zh, &fact.en);
        let mut asked = [fact.asked_zh.clone(), fact.asked_en.clone()];
        if let Some(told) = told {
            let own = &mut asked[usize::from(self.lang == Lang::En)];
            let fresh: Vec<String> = told
                .asked
                .iter()
                .filter(|w| !own.contains(w))
                .cloned()
                .collect();
            own.extend(fresh);
        }
        page.entry("[[fact]]", self.from(both.case));
        page.text("id", &fact.id);
        if told.is_some_and(|t| t.opening) {
            page.text("told", "opening");
        } else if let Some(told) = &fact.told {
            page.text("told", told);
        }
        page.pair("asked_zh", list(&asked[0]));
        page.pair("asked_en", list(&asked[1]));
        page.text("zh", &both.zh);
        page.text("en", &both.en);
    }

    fn card(&self, page: &mut Page) {
        page.section("The desk");
        page.entry(
            "[card]",
            "# an invented customer; from the case: the tier and what was stated",
        );
        page.text("name_zh", self.person.name(Lang::Zh));
        page.text("name_en", self.person.name(Lang::En));
        page.text("tier", self.case.tier.as_str());
        page.text("phone", &self.person.phone);
        let past = (
            quoted(&self.stock.history_zh),
            quoted(&self.stock.history_en),
        );
        page.line(&format!(
            "history = [{{ zh = {}, en = {} }}]",
            past.0, past.1
        ));
        let stock = self.stock.cause(self.matter.class);
        if let (Some(cause), Some(stock)) = (&self.found.cause, stock) {
            let both = self.with(Some(cause), &stock.zh, &stock.en);
            page.line(self.from(true));
            let cause = (quoted(&both.zh), quoted(&both.en));
            page.line(&format!("cause = {{ zh = {}, en = {} }}", cause.0, cause.1));
        }
        if !self.found.values.is_empty() {
            page.entry("[card.values]", "# from the case");
            for (slot, value) in &self.found.values {
                let value = quoted(value);
                page.line(&format!(
                    "{} = {{ zh = {value}, en = {value} }}",
                    quoted(slot)
                ));
            }
        }
    }

    fn exemplars(&self, page: &mut Page) {
        page.section("How agents put it");
        for one in self.stock.wordings(self.matter.class) {
            let mut texts = [one.zh.clone(), one.en.clone()];
            let act = Act::from_name(&one.act);
            let mine: Vec<&String> = self
                .found
                .exemplars
                .iter()
                .filter(|(a, _)| Some(*a) == act)
                .map(|(_, t)| t)
                .collect();
            texts[usize::from(self.lang == Lang::En)].extend(mine.iter().map(|t| (*t).clone()));
            let from = match (mine.len(), self.lang) {
                (0, _) => "# from stock".to_owned(),
                (n, Lang::Zh) => format!("# from stock; from the case: the last {n} of zh"),
                (n, Lang::En) => format!("# from stock; from the case: the last {n} of en"),
            };
            page.entry("[[exemplar]]", &from);
            page.text("act", &one.act);
            page.pair("zh", list(&texts[0]));
            page.pair("en", list(&texts[1]));
        }
    }

    fn storm(&self, page: &mut Page) {
        page.section("The storm");
        for event in &self.stock.storm {
            page.entry("[[storm]]", "# from stock");
            page.pair("at", event.at);
            page.text("kind", &event.kind);
            if event.seconds > 0 {
                page.pair("seconds", event.seconds);
            }
            page.pair("level", event.level);
            if !event.scenario.is_empty() {
                page.text("scenario", &event.scenario);
            }
            page.text("zh", &event.zh);
            page.text("en", &event.en);
        }
        page.section("Traps");
        for trap in self.stock.traps(self.matter.fix) {
            page.entry("[[trap]]", "# from stock");
            page.text("id", &trap.id);
            page.text("kind", &trap.kind);
            page.text("act", &trap.act);
            page.pair("critical", trap.critical);
            page.text("zh", &trap.zh);
            page.text("en", &trap.en);
        }
    }

    fn agents(&self, page: &mut Page) {
        page.section("The lesson of three answers");
        let lessons = [
            ("mechanical", &self.stock.mechanical),
            ("sympathetic", &self.stock.sympathetic),
            ("committing", &self.stock.committing),
        ];
        for (kind, lesson) in lessons {
            page.entry("[[agent]]", "# from stock; turns of the case are marked");
            page.text("kind", kind);
            page.text("lesson_zh", &lesson.lesson_zh);
            page.text("lesson_en", &lesson.lesson_en);
            page.line("turns = [");
            for turn in self.stock.turns(kind, self.matter) {
                let act = turn.act.as_deref().and_then(Act::from_name);
                let case = self.found.turns.iter().find(|(a, _)| Some(*a) == act);
                let case = case.map(|(act, text)| self.finished(*act, text, &turn.zh, &turn.en));
                let both = self.with(case.as_deref(), &turn.zh, &turn.en);
                let mark = if both.case {
                    format!(" {}", self.from(true))
                } else {
                    String::new()
                };
                page.line(&format!(
                    "  {{ zh = {}, en = {} }},{mark}",
                    quoted(&both.zh),
                    quoted(&both.en)
                ));
            }
            page.line("]");
        }
    }

    /// A sentence of the case with the rest of the stock's turn behind it: a promise without its check, an acknowledgement without
    /// its apology, would be half a turn.
    fn finished(&self, act: Act, text: &str, zh: &str, en: &str) -> String {
        let stock = match self.lang {
            Lang::Zh => zh,
            Lang::En => en,
        };
        let whole = matches!(act, Act::CommitConcrete | Act::AckSpecific);
        let rest = super::cut::sentences(stock).into_iter().skip(1);
        let mut out = text.to_owned();
        if whole {
            for sentence in rest {
                if self.lang == Lang::En {
                    out.push(' ');
                }
                out.push_str(sentence);
            }
        }
        out
    }

    fn review(&self, page: &mut Page) {
        page.section("Review");
        let (have, lack) = match self.lang {
            Lang::Zh => ("Chinese", "English"),
            Lang::En => ("English", "Chinese"),
        };
        page.line("");
        page.line("[review]");
        page.text("author", "balm train new");
        page.text("state", "draft");
        let case = usize::from(self.found.opening.is_some())
            + self.found.plain.len()
            + self.found.answers.len();
        page.text("notes", &format!(
            "From a closed ticket, masked. To do: write in {lack} what the {case} lines and {} facts marked \"from the case\" say in {have} (the stock stands there now); give it a title; put the hidden need into one sentence; make the stock lines speak of this matter; have somebody else read both languages aloud.",
            self.found.facts.len()
        ));
    }
}
