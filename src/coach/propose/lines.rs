//! From an entry to words: which line of each part, with what in its slots, and what belongs to the whole.

use std::ops::Range;

use crate::coach::content::{Band, Content, Entry, PartKind, Standing, StandingLine, When};
use crate::coach::folded::sentences;
use crate::coach::learnt::GrownLine;
use crate::coach::lint::{BREATH, han};
use crate::coach::read::Risk;
use crate::coach::slots::{Filled, Piece, Slots, pieces};
use crate::domain::lang::Lang;
use crate::domain::policy::Policy;
use crate::domain::taxonomy::ItemId;
use crate::domain::time::Ms;
use crate::domain::vocabulary::{Act, Channel, Deed};
use crate::text::tokens::fold;

use super::rank::Heard;
use super::{ASK_FIRST, Facts, Part, Suggestion, choice};

/// Parts in the order in which they are said. A no is not among them: it stands apart, never without rights and another way.
const ORDER: &[PartKind] = &[
    PartKind::Empathize,
    PartKind::Safety,
    PartKind::Ask,
    PartKind::Explain,
    PartKind::Options,
    PartKind::Rights,
    PartKind::Commit,
    PartKind::Confirm,
    PartKind::SelfService,
];

/// A line that might be said, wherever it comes from.
#[derive(Clone, Copy)]
struct Candidate<'a> {
    id: &'a str,
    version: u32,
    part: PartKind,
    band: Option<Band>,
    acts: &'a [Act],
    when: Option<When>,
    /// The words in the language asked for.
    text: &'a str,
    /// The words in every language there is: what was said in one is not said again in the other.
    all: [&'a str; 2],
}

/// How well a line fits, the least first: open slots, a time that does not fit, an unknown cause, how far off the feeling,
/// longer than a breath.
type Fit = (usize, bool, bool, u8, bool);

pub(super) struct Teller<'a> {
    facts: &'a Facts,
    heard: &'a Heard<'a>,
    slots: Slots<'a>,
    content: &'a Content,
    lang: Lang,
    said: Vec<String>,
}

impl<'a> Teller<'a> {
    pub(super) fn new(
        content: &'a Content,
        facts: &'a Facts,
        heard: &'a Heard<'a>,
        policy: &'a Policy,
        now: Ms,
        lang: Lang,
    ) -> Self {
        Self {
            facts,
            heard,
            slots: Slots::new(facts, policy, &content.promises, now, lang),
            content,
            lang,
            said: facts.said.iter().map(|s| fold(s)).collect(),
        }
    }

    /// An entry, said to this customer now.
    pub(super) fn suggest(&self, entry: &Entry, policy: &Policy) -> Suggestion {
        let item = self.item_of(entry);
        let names = policy.taxonomy.items.iter().find(|i| i.id == item);
        let title = names.map_or_else(
            || item.as_str().to_owned(),
            |i| match self.lang {
                Lang::Zh => i.zh.clone(),
                Lang::En => i.en.clone(),
            },
        );
        let mut out = Suggestion {
            entry_id: entry.id.clone(),
            item,
            title,
            stated: entry.stated.get(self.lang).to_owned(),
            hidden: entry.hidden.get(self.lang).to_owned(),
            parts: Vec::new(),
            extras: Vec::new(),
            decline: Vec::new(),
            tell_lead: false,
        };
        let lines = self.lines_of(entry);
        let mut explained_by = None;
        for kind in ORDER {
            match kind {
                PartKind::Commit => {
                    self.commit(&lines, &mut out);
                    say_once(&mut out.parts, explained_by.take(), self.lang);
                }
                PartKind::Explain => explained_by = self.explain(&lines, &mut out),
                PartKind::Confirm => self.confirm(&lines, &mut out),
                _ => {
                    let Some((part, _)) = self.best(&lines, *kind) else {
                        continue;
                    };
                    if self.belongs(&part) {
                        out.parts.push(part);
                    } else if *kind != PartKind::SelfService {
                        out.extras.push(part);
                    }
                }
            }
        }
        out.decline = self.decline(&lines);
        out
    }

    /// First words while nobody can say what it is about.
    pub(super) fn ask_first(&self, policy: &Policy) -> Suggestion {
        let lines = self.standing(Standing::AskFirst);
        let mut out = Suggestion {
            entry_id: ASK_FIRST.to_owned(),
            item: ItemId(String::new()),
            title: String::new(),
            stated: String::new(),
            hidden: String::new(),
            parts: Vec::new(),
            extras: Vec::new(),
            decline: Vec::new(),
            tell_lead: false,
        };
        if self.heard.reading.has(Risk::Safety) {
            // People before everything, whatever else is not known.
            let safety = self.content.entries.iter().find_map(|e| {
                let serves = e.need == crate::coach::content::Need::Safety;
                serves.then(|| self.best(&self.lines_of(e), PartKind::Safety))?
            });
            out.parts.extend(safety.map(|(part, _)| part));
        }
        for kind in [PartKind::Empathize, PartKind::Ask] {
            let part = self.best(&lines, kind).map(|(part, _)| part);
            out.parts.extend(part);
        }
        out.parts.sort_by_key(|p| p.kind);
        self.commit(&lines, &mut out);
        self.confirm(&lines, &mut out);
        out.tell_lead |= policy.taxonomy.items.is_empty();
        out
    }

    /// The lines of an entry and those of the team for its item.
    fn lines_of<'b>(&'b self, entry: &'b Entry) -> Vec<Candidate<'b>> {
        let item = self.item_of(entry);
        let own = entry.lines.iter().map(|l| Candidate {
            id: &l.id,
            version: entry.version,
            part: l.part,
            band: l.band,
            acts: &l.acts,
            when: l.when,
            text: l.text.get(self.lang),
            all: [&l.text.zh, &l.text.en],
        });
        let grown = self.facts.learnt.grown.iter();
        let grown = grown
            .filter(|g| g.lang == self.lang && g.item == item)
            .map(|g: &GrownLine| Candidate {
                id: &g.id,
                version: g.version,
                part: g.part,
                band: g.band,
                acts: &g.acts,
                when: (g.part == PartKind::Explain).then(|| {
                    if g.text.contains("{cause}") {
                        When::Known
                    } else {
                        When::Unknown
                    }
                }),
                text: &g.text,
                all: [&g.text, &g.text],
            });
        own.chain(grown).collect()
    }

    /// The standing lines of this use.
    fn standing(&self, standing: Standing) -> Vec<Candidate<'_>> {
        let lines = self.content.standing.iter();
        lines
            .filter(|l| l.standing == standing)
            .map(|l: &StandingLine| Candidate {
                id: &l.id,
                version: 1,
                part: l.part,
                band: l.band,
                acts: &l.acts,
                when: None,
                text: l.text.get(self.lang),
                all: [&l.text.zh, &l.text.en],
            })
            .collect()
    }

    /// The item of the entry that fits this ticket best.
    fn item_of(&self, entry: &Entry) -> ItemId {
        let known = self.facts.ticket.item.iter();
        let read = self.heard.reading.ranked.iter().map(|p| &p.item);
        known
            .chain(read)
            .find(|i| entry.items.contains(i))
            .or_else(|| entry.items.first())
            .cloned()
            .unwrap_or_else(|| ItemId(String::new()))
    }

    /// Whether a part is said with the whole, or only kept at hand. One whose facts are missing would only stand in the way of
    /// sending.
    fn belongs(&self, part: &Part) -> bool {
        match part.kind {
            _ if !part.unfilled.is_empty() => false,
            PartKind::Ask | PartKind::Decline => false,
            PartKind::Rights => [Risk::Regulator, Risk::Legal, Risk::Media]
                .iter()
                .any(|r| self.heard.reading.has(*r)),
            // Before the matter is settled it would sound like being sent away.
            PartKind::SelfService => self.facts.settled(),
            _ => true,
        }
    }

    /// The line of a part that fits best: filled slots first, then the feeling, then what can be said in one breath. Among
    /// equals the one that did best so far, now and then another.
    fn best(&self, lines: &[Candidate<'_>], kind: PartKind) -> Option<(Part, Filled)> {
        let band = self.heard.band;
        let voice = self.facts.channel == Channel::Voice;
        let mut fitting: Vec<(Fit, Candidate<'_>, Filled)> = lines
            .iter()
            .filter(|l| l.part == kind)
            .filter(|l| kind != PartKind::Empathize || !self.was_said(l))
            .map(|line| {
                let filled = self.slots.fill(line.text, None);
                let off = line.band.map_or(0, |b| (b as u8).abs_diff(band as u8));
                let breathless = voice && han(&filled.text) > BREATH;
                // A known cause goes before an honest "not yet".
                let unknown = line.when == Some(When::Unknown);
                let fit = (
                    filled.unfilled.len(),
                    filled.too_late,
                    unknown,
                    off,
                    breathless,
                );
                (fit, *line, filled)
            })
            .collect();
        let first = fitting.iter().map(|(fit, ..)| *fit).min()?;
        fitting.retain(|(fit, ..)| *fit == first);
        let at = self.pick(kind, &fitting);
        let (_, line, filled) = fitting.swap_remove(at);
        Some((part(&line, &filled), filled))
    }

    /// Which of equal lines.
    fn pick(&self, kind: PartKind, lines: &[(Fit, Candidate<'_>, Filled)]) -> usize {
        let tries: Vec<_> = lines
            .iter()
            .map(|(_, l, _)| self.facts.learnt.tries(&format!("{}@{}", l.id, l.version)))
            .collect();
        let said = u64::try_from(self.said.len()).unwrap_or(u64::MAX);
        let seed = choice::seed(&[
            &self.facts.seed.to_le_bytes(),
            &said.to_le_bytes(),
            kind.as_str().as_bytes(),
            lines.first().map_or(&[], |(_, l, _)| l.id.as_bytes()),
        ]);
        choice::pick(seed, &tries)
    }

    /// Whether a line was said to this customer before, whatever stood in its slots, in whichever language and version.
    fn was_said(&self, line: &Candidate<'_>) -> bool {
        let named = self.facts.said_lines.iter().any(|name| {
            let id = name.rsplit_once('@').map_or(name.as_str(), |(id, _)| id);
            id == line.id
        });
        named
            || self
                .said
                .iter()
                .any(|said| line.all.iter().any(|t| told(t, said)))
    }

    /// The cause, or honestly that it is not known yet. When the time for it does not fit, or the line names what nobody knows,
    /// no time is named for it. Tells where its time stands.
    fn explain(&self, lines: &[Candidate<'_>], out: &mut Suggestion) -> Option<Range<usize>> {
        let (part, filled) = self.best(lines, PartKind::Explain)?;
        if !filled.too_late && part.unfilled.is_empty() {
            out.parts.push(part);
            return filled.time;
        }
        if !part.unfilled.is_empty() {
            out.extras.push(part);
        }
        out.parts.push(Part {
            kind: PartKind::Explain,
            line: "promises/open".to_owned(),
            version: 1,
            text: self.content.promises.open.get(self.lang).to_owned(),
            acts: Vec::new(),
            promise: None,
            unfilled: Vec::new(),
        });
        None
    }

    /// Whether it suits the customer; of a customer whose number nobody knows it is asked instead of named.
    fn confirm(&self, lines: &[Candidate<'_>], out: &mut Suggestion) {
        let Some((part, _)) = self.best(lines, PartKind::Confirm) else {
            return;
        };
        if part.unfilled.is_empty() {
            out.parts.push(part);
            return;
        }
        let mut promised = out.parts.iter().filter_map(|p| p.promise);
        let call = promised.any(|p| p.deed == Deed::Callback);
        let standing = self.standing(Standing::Confirm { call });
        let instead = self.best(&standing, PartKind::Confirm);
        out.parts.extend(instead.map(|(part, _)| part));
        out.extras.push(part);
    }

    /// A no, another way, and the customer's rights: the entry's own, else those that stand for every item.
    fn decline(&self, lines: &[Candidate<'_>]) -> Vec<Part> {
        let whole = |(part, _): &(Part, Filled)| part.unfilled.is_empty();
        let Some((no, _)) = self.best(lines, PartKind::Decline).filter(whole) else {
            return Vec::new();
        };
        let standing = self.standing(Standing::Decline);
        let beside = |kind| {
            self.best(lines, kind)
                .filter(whole)
                .or_else(|| self.best(&standing, kind))
                .map(|(part, _)| part)
        };
        let mut out = vec![no];
        out.extend(beside(PartKind::Options));
        out.extend(beside(PartKind::Rights));
        out
    }

    /// The commitment; news instead of the deed when the deed does not fit or the line names what nobody knows; news in between
    /// when it is far away. Only where the calendar knows no time at all a gap stays to be seen.
    fn commit(&self, lines: &[Candidate<'_>], out: &mut Suggestion) {
        let Some((part, filled)) = self.best(lines, PartKind::Commit) else {
            return;
        };
        let gap = !part.unfilled.is_empty();
        if !filled.too_late && !gap {
            let interim = filled.promise.and_then(|(_, interim)| interim);
            out.parts.push(part);
            out.parts.extend(interim.map(|due| {
                let filled = self
                    .slots
                    .fill(self.content.promises.interim.get(self.lang), Some(due));
                always("promises/interim", &filled)
            }));
            return;
        }
        let due = filled.promise.map(|(slot, _)| slot.due);
        let late = due.filter(|_| filled.too_late);
        out.tell_lead |= late.is_some();
        let filled = self
            .slots
            .fill(self.content.promises.news.get(self.lang), late);
        out.parts.push(always("promises/news", &filled));
        if gap {
            out.extras.push(part);
        }
    }
}

/// One deed by one time is promised in one sentence: where the commitment says what the explanation says, the sentence with
/// the time leaves the explanation, if something of it remains.
fn say_once(parts: &mut [Part], time: Option<Range<usize>>, lang: Lang) {
    let promised = |parts: &[Part], kind| {
        let part = parts.iter().find(|p| p.kind == kind);
        part.and_then(|p| p.promise)
    };
    let committed = promised(parts, PartKind::Commit);
    if committed.is_none() || committed != promised(parts, PartKind::Explain) {
        return;
    }
    let explained = parts.iter_mut().find(|p| p.kind == PartKind::Explain);
    let Some((part, time)) = explained.zip(time) else {
        return;
    };
    let kept: Vec<&str> = sentences(&part.text)
        .into_iter()
        .filter(|s| !s.contains(&time.start))
        .filter_map(|s| part.text.get(s))
        .collect();
    if kept.is_empty() {
        return;
    }
    part.text = match lang {
        Lang::Zh => kept.concat(),
        Lang::En => kept.join(" "),
    };
    part.promise = None;
}

fn part(line: &Candidate<'_>, filled: &Filled) -> Part {
    Part {
        kind: line.part,
        line: line.id.to_owned(),
        version: line.version,
        text: filled.text.clone(),
        acts: line.acts.to_vec(),
        promise: filled.promise.map(|(slot, _)| slot),
        unfilled: filled.unfilled.clone(),
    }
}

/// A commitment that stands for every item.
fn always(line: &str, filled: &Filled) -> Part {
    Part {
        kind: PartKind::Commit,
        line: line.to_owned(),
        version: 1,
        text: filled.text.clone(),
        acts: vec![Act::Own, Act::CommitConcrete],
        promise: filled.promise.map(|(slot, _)| slot),
        unfilled: filled.unfilled.clone(),
    }
}

/// Whether a template's words stand in a folded text in their order, with anything in the place of its slots.
pub(in crate::coach) fn told(template: &str, said: &str) -> bool {
    let mut rest = said;
    for piece in pieces(template) {
        let Piece::Text(words) = piece else { continue };
        let words = fold(words);
        let Some((_, after)) = rest.split_once(words.trim()) else {
            return false;
        };
        rest = after;
    }
    true
}
