//! What a closed ticket gives a scenario: the customer's lines by mood and by what the agent had just done, facts from questions and
//! answers, the cause, and what the agents said well.

use std::collections::{BTreeMap, BTreeSet};

use super::cut::{breath, sentences, short, speaks};
use super::write::Sheet;
use super::{Line, Speaker};
use crate::coach::Reading;
use crate::coach::content::Band;
use crate::coach::read::NeedState;
use crate::domain::lang::Lang;
use crate::domain::time::Ms;
use crate::sim::check::Bench;
use crate::sim::hear::{Corpus, Situation as Hearing, shared};
use crate::sim::names::{Act, Situation};
use crate::sim::points::Points;
use crate::sim::scenario::Scenario;
use crate::text::tokens::fold;

/// The most lines of the case that answer one act each, and facts beyond the stock's.
const ANSWERS: usize = 8;
const FACTS: usize = 3;
/// The most wordings of agents for one act.
const WORDINGS: usize = 2;
/// Characters of words by which a question is known.
const ASKED: (usize, usize) = (2, 8);

/// A question of the case with its answer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Told {
    /// Words that stand in a question for it.
    pub(super) asked: Vec<String>,
    /// The question, by which a fact of the stock is found.
    pub(super) question: String,
    pub(super) answer: String,
    /// Whether the opening said it.
    pub(super) opening: bool,
}

/// What the case gives, in its language.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Found {
    pub(super) opening: Option<String>,
    /// Lines for a situation and mood, whatever the agent did.
    pub(super) plain: Vec<(Situation, Option<Band>, String)>,
    /// Lines that answer one act.
    pub(super) answers: Vec<(Situation, Band, Act, String)>,
    pub(super) facts: Vec<Told>,
    pub(super) demand: Option<String>,
    pub(super) cause: Option<String>,
    /// Facts by slot.
    pub(super) values: BTreeMap<String, String>,
    /// What the committing agent may say, by the act it is for.
    pub(super) turns: Vec<(Act, String)>,
    pub(super) exemplars: Vec<(Act, String)>,
}

impl Found {
    /// How many lines there are.
    pub(super) fn len(&self) -> usize {
        usize::from(self.opening.is_some())
            + self.plain.len()
            + self.answers.len()
            + self.facts.len()
            + usize::from(self.demand.is_some())
            + usize::from(self.cause.is_some())
            + self.turns.len()
            + self.exemplars.len()
    }
}

/// Goes through the case once.
struct Gatherer<'a> {
    bench: &'a Bench<'a>,
    sheet: &'a Sheet<'a>,
    scenario: &'a Scenario,
    own: Corpus,
    lang: Lang,
    /// What the customer said so far.
    said: Vec<String>,
    found: Found,
}

pub(super) fn gather(
    bench: &Bench<'_>,
    sheet: &Sheet<'_>,
    scenario: &Scenario,
    lines: &[Line],
) -> Found {
    let mut at_work = Gatherer {
        bench,
        sheet,
        scenario,
        own: bench.stage.ears.tuned(scenario),
        lang: sheet.lang,
        said: Vec::new(),
        found: Found::default(),
    };
    // What the agent did since the customer last spoke, and what was asked.
    let mut acts: Vec<Act> = Vec::new();
    let mut question: Option<String> = None;
    let last = lines.iter().rposition(|l| l.who == Speaker::Customer);
    for (place, line) in lines.iter().enumerate() {
        match line.who {
            Speaker::Agent => {
                acts.extend(at_work.agent(line));
                question = at_work.question(&line.text).or(question);
            }
            Speaker::Customer => {
                let done = std::mem::take(&mut acts);
                let end = Some(place) == last && place > 0;
                at_work.customer(line, &done, question.take(), end);
            }
        }
    }
    let mut found = at_work.found;
    found.values = crate::coach::stated::stated(&at_work.said);
    found
}

impl Gatherer<'_> {
    /// The acts heard in an agent's words.
    fn acts(&self, text: &str, at: Ms) -> Vec<Act> {
        let stage = &self.bench.stage;
        let told = BTreeSet::new();
        let cx = Hearing {
            scenario: self.scenario,
            lang: self.lang,
            now: at,
            zone: &stage.zone,
            said: &self.said,
            told: &told,
            heat: 65,
            abusing: false,
            severe_route: None,
        };
        let heard = stage
            .ears
            .hear(&stage.coach, &stage.rules, &self.own, &cx, text);
        heard.acts.into_iter().map(|e| e.act).collect()
    }

    fn hurts(&self, act: Act) -> bool {
        self.bench.stage.rules.effect(act).anger > Points::ZERO
    }

    /// Takes in what an agent said; gives the acts.
    fn agent(&mut self, line: &Line) -> Vec<Act> {
        let all = self.acts(&line.text, line.at);
        for sentence in sentences(&line.text) {
            let acts = self.acts(sentence, line.at);
            if acts.is_empty()
                || acts.iter().any(|a| self.hurts(*a))
                || !speaks(sentence, self.lang)
            {
                continue;
            }
            let slotted = self.slotted(sentence, line.at);
            let says_sorry = acts.contains(&Act::Apologise);
            if acts.contains(&Act::ExplainCause) && !says_sorry && self.found.cause.is_none() {
                let end = ['。', '.', '！', '!', '；', ';'];
                self.found.cause = Some(sentence.trim_end_matches(end).to_owned());
            }
            for act in &acts {
                let have = self
                    .found
                    .exemplars
                    .iter()
                    .filter(|(a, t)| a == act || *t == slotted);
                let known = self.scenario.exemplars.iter().any(|e| e.act == *act);
                let timed = *act != Act::CommitConcrete || slotted.contains("{due}");
                let timed = timed && !clock(&slotted);
                if known && timed && acts.len() == 1 && short(sentence) && have.count() < WORDINGS {
                    self.found.exemplars.push((*act, slotted.clone()));
                }
            }
            self.turn(&acts, &slotted);
        }
        all
    }

    /// A sentence for the committing agent, where it has that act to do and nothing for it yet.
    fn turn(&mut self, acts: &[Act], sentence: &str) {
        let wanted = self.sheet.stock.turns("committing", self.sheet.matter);
        for act in wanted.filter_map(|t| Act::from_name(t.act.as_deref()?)) {
            let cause = act == Act::AdmitUnknownTimed && acts.contains(&Act::ExplainCause);
            let free = !self
                .found
                .turns
                .iter()
                .any(|(a, t)| *a == act || t == sentence);
            let timed = act != Act::CommitConcrete || sentence.contains("{due}");
            let timed = timed && !clock(sentence);
            if free && timed && short(sentence) && (cause || acts.contains(&act)) {
                self.found.turns.push((act, sentence.to_owned()));
                return;
            }
        }
    }

    /// The sentence with slots for the one time it promises and for the telephone's last digits.
    fn slotted(&self, sentence: &str, at: Ms) -> String {
        let bench = self.bench;
        let mut said = bench.stage.coach.promises_in(sentence, at, bench.calendar);
        said.dedup_by_key(|p| p.span.start);
        let mut text = sentence.to_owned();
        if let [one] = &said[..] {
            let (mut start, mut end) = (one.span.start, one.span.end);
            for word in ["by ", "before ", "at ", "on ", "until "] {
                if text
                    .get(..start)
                    .is_some_and(|b| b.to_ascii_lowercase().ends_with(word))
                {
                    start -= word.len();
                }
            }
            for word in ["之前", "以前", "前"] {
                if text.get(end..).is_some_and(|b| b.starts_with(word)) {
                    end += word.len();
                }
            }
            if text.get(start..end).is_some() {
                text.replace_range(start..end, "{due}");
            }
        }
        text.replace(self.sheet.person.last4(), "{last4}")
    }

    /// The last sentence of an agent that asks.
    fn question(&self, text: &str) -> Option<String> {
        let asks =
            |s: &&str| s.ends_with(['?', '？']) || s.trim_end_matches('。').ends_with(['吗', '呢']);
        let found = sentences(text).into_iter().rfind(asks)?;
        speaks(found, self.lang).then(|| found.to_owned())
    }

    /// Takes in what the customer said after these acts, and after this question.
    fn customer(&mut self, line: &Line, acts: &[Act], question: Option<String>, last: bool) {
        let text = breath(&line.text, self.lang);
        let first = self.said.is_empty();
        self.said.push(line.text.clone());
        if text.is_empty() || !speaks(&text, self.lang) {
            return;
        }
        let reading = self.bench.stage.coach.read(&line.text);
        if self.found.opening.is_none() {
            if first {
                self.demand(&line.text, &reading);
            }
            self.found.opening = Some(text);
            return;
        }
        let band = Band::of(reading.emotion);
        if last && reading.emotion <= 1 {
            let when = if reading.emotion == 0 {
                Situation::EndFriend
            } else {
                Situation::EndResolved
            };
            self.found.plain.push((when, None, text));
            return;
        }
        if let Some(told) = question.and_then(|q| self.told(&q, &text)) {
            self.found.facts.push(told);
            return;
        }
        let need = reading.need.as_ref();
        if need.is_some_and(|n| n.state == NeedState::Stated && n.need == self.sheet.profile.need) {
            self.found.plain.push((Situation::Reveal, None, text));
            return;
        }
        self.mood(band, acts, text);
    }

    fn demand(&mut self, text: &str, reading: &Reading) {
        let words = reading.demand.clone().and_then(|r| text.get(r));
        let words = words.map(|w| breath(w, self.lang));
        self.found.demand = words.filter(|w| w.chars().count() >= 6 && speaks(w, self.lang));
    }

    /// A line by the mood it was said in, and by what it answers.
    fn mood(&mut self, band: Band, acts: &[Act], text: String) {
        let hurt = acts.iter().copied().find(|a| self.hurts(*a));
        let bad = hurt.is_some() || (acts.is_empty() && band >= Band::Angry);
        let (when, band) = match (bad, band) {
            (true, Band::Calm) => (Situation::Bad, Band::Annoyed),
            (true, band) => (Situation::Bad, band),
            (false, band) => (Situation::Good, band),
        };
        let act = hurt.or_else(|| acts.last().copied());
        // In the outermost moods an act of its own may never be answered: there the line fits any.
        let often = matches!(band, Band::Annoyed | Band::Angry);
        let answers = &mut self.found.answers;
        match act.filter(|_| often) {
            Some(act) if answers.len() < ANSWERS => {
                if !answers
                    .iter()
                    .any(|(w, b, a, _)| (*w, *b, *a) == (when, band, act))
                {
                    answers.push((when, band, act, text));
                }
            }
            _ => self.found.plain.push((when, Some(band), text)),
        }
    }

    /// A fact, when the question has words of its own and the answer is one.
    fn told(&self, question: &str, answer: &str) -> Option<Told> {
        if self.found.facts.len() >= FACTS || answer.ends_with(['?', '？']) {
            return None;
        }
        let asked = content_words(question, self.lang);
        let opening = self.found.opening.clone().into_iter().collect::<Vec<_>>();
        let (known, of) = shared(answer, &opening);
        (!asked.is_empty()).then(|| Told {
            asked,
            question: question.to_owned(),
            answer: answer.to_owned(),
            opening: of > 0 && known * 2 >= of,
        })
    }
}

/// Whether a time of the clock stands here: said in another contact, on another day, it would be a promise in the past.
pub(super) fn clock(text: &str) -> bool {
    let number = |c: char| c.is_ascii_digit() || "一二三四五六七八九十两".contains(c);
    let before = |at: usize| text[..at].ends_with(number);
    let colons = text.match_indices([':', '：']);
    let mut hours = text
        .match_indices("点")
        .filter(|(at, _)| !text[..*at].ends_with(['一']) || text[*at..].starts_with("点前"));
    let low = text.to_ascii_lowercase();
    let halves = ["am", "pm", " am", " pm", " o'clock", " a.m", " p.m"];
    colons
        .into_iter()
        .any(|(at, c)| before(at) && text[at + c.len()..].starts_with(|c: char| c.is_ascii_digit()))
        || hours.any(|(at, _)| before(at))
        || halves
            .iter()
            .any(|h| low.match_indices(h).any(|(at, _)| before(at)))
}

/// What a question would ask with whatever it asks for: cut at these.
const EMPTY_ZH: &[&str] = &[
    "请问",
    "麻烦",
    "方便",
    "可以",
    "能不能",
    "告诉",
    "一下",
    "我们",
    "您",
    "你",
    "我",
    "吗",
    "呢",
    "吧",
    "么",
    "了",
    "是不是",
    "的",
    "，",
    "？",
    "?",
    "。",
    "、",
    "先",
    "再",
    "跟",
    "说",
    "讲",
    "还",
    "也",
    "都",
];

/// Words of a question by which it would be known again: in Chinese what stands between empty words, in English the question's
/// head of three and four words.
fn content_words(question: &str, lang: Lang) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    match lang {
        Lang::Zh => {
            let mut cut = question.to_owned();
            for word in EMPTY_ZH {
                cut = cut.replace(word, " ");
            }
            let long = |w: &&str| (ASKED.0 + 1..=ASKED.1).contains(&w.chars().count());
            out.extend(cut.split_whitespace().filter(long).map(str::to_owned));
        }
        Lang::En => {
            let low = fold(question);
            let words: Vec<&str> = low
                .split(|c: char| !c.is_alphanumeric() && c != '\'')
                .filter(|w| !w.is_empty())
                .collect();
            let heads = [
                "what", "when", "where", "which", "who", "how", "why", "did", "do", "is", "are",
                "was", "have", "has",
            ];
            let from = words.iter().position(|w| heads.contains(w));
            if let Some(rest) = from.and_then(|at| words.get(at..)) {
                for len in [3, 4] {
                    if rest.len() >= len {
                        out.push(rest[..len].join(" "));
                    }
                }
            }
        }
    }
    out.sort();
    out.dedup();
    out
}
