//! What is wrong with the words of a scenario.

use std::collections::BTreeSet;

use super::{Bench, Report};
use crate::coach::content::{Band, Both};
use crate::domain::lang::Lang;
use crate::sim::headless::fill;
use crate::sim::hear::Situation as Situated;
use crate::sim::names::{Act, Outside, Situation};
use crate::sim::rules::lengths;
use crate::sim::scenario::{Scenario, ToldBy};

/// Han characters and English words of a customer's line that is heard in one go.
const LONGEST: (usize, usize) = (60, 45);
/// Wordings of an exemplar that decides the scenario.
const WORDINGS: usize = 3;
/// The shortest and longest list of facts.
const FACTS: usize = 4;
/// Seconds within which a storm begins.
const STORM_WITHIN: u32 = 300;
/// The needs that the desk's reader knows.
const NEEDS: &str = include_str!("../../../assets/needs.toml");

/// How many lines each situation needs, of these moods.
fn least(scenario: &Scenario) -> Vec<(Situation, Option<Band>, usize)> {
    let mut out = vec![
        (Situation::Opening, None, 1),
        (Situation::Hint, None, 2),
        (Situation::Reveal, None, 2),
        (Situation::Again, None, 3),
        (Situation::Silence, None, 2),
        (Situation::Hold, None, 2),
        (Situation::Interrupted, None, 1),
        (Situation::Met, None, 2),
        (Situation::Insist, None, 2),
        (Situation::Supervisor, None, 1),
        (Situation::EndFriend, None, 1),
        (Situation::EndResolved, None, 1),
        (Situation::EndGrudging, None, 1),
        (Situation::EndSupervisor, None, 1),
        (Situation::EndHangUp, None, 1),
        (Situation::EndLeft, None, 1),
    ];
    for band in Band::ALL {
        out.push((Situation::Good, Some(*band), 2));
        if *band != Band::Calm {
            out.push((Situation::Bad, Some(*band), 2));
        }
    }
    if scenario.persona.outside != Outside::None {
        out.push((Situation::Outside, None, 1));
        out.push((Situation::EndOutside, None, 1));
    }
    if scenario.persona.abuse_at.is_some() {
        out.push((Situation::Abuse, None, 2));
        out.push((Situation::Boundary, None, 1));
        out.push((Situation::EndByPolicy, None, 1));
    }
    out
}

pub(super) fn check(scenario: &Scenario, report: &mut Report<'_>) {
    for (when, band, count) in least(scenario) {
        let have = scenario
            .said(when)
            // Lines that answer one act only are extra: without that act the others must do.
            .filter(|s| band.is_none() || (s.band == band && s.after.is_none()))
            .count();
        if have < count {
            let of = band.map_or("", Band::as_str);
            let (have, count) = (have.to_string(), count.to_string());
            report.add(
                &format!("when = \"{}\"", when.as_str()),
                "sim-few-lines",
                &[
                    ("what", when.as_str()),
                    ("of", of),
                    ("have", &have),
                    ("known", &count),
                ],
            );
        }
    }
    for text in customer_texts(scenario) {
        language(text, report);
        let (han, words) = (lengths(&text.zh).0, lengths(&text.en).1);
        if han > LONGEST.0 || words > LONGEST.1 {
            report.add(&text.zh, "sim-long-line", &[("what", &text.zh)]);
        }
    }
    opening(scenario, report);
    if scenario.facts.len() < FACTS || !scenario.facts.iter().any(|f| f.told != ToldBy::Nobody) {
        report.add("[[fact]]", "sim-few-facts", &[]);
    }
    if !NEEDS.contains(&format!("[need.{}]", scenario.need.name)) {
        report.add(
            "name =",
            "sim-unknown-need",
            &[("what", &scenario.need.name)],
        );
    }
    if scenario.traps.is_empty() {
        report.add("[[agent]]", "sim-no-trap", &[]);
    }
    if !scenario.review.approved {
        report.add("[review]", "sim-draft", &[("what", &scenario.id)]);
    }
}

/// Everything the customer can say.
fn customer_texts(scenario: &Scenario) -> impl Iterator<Item = &Both> {
    let says = scenario.sayings.iter().map(|s| &s.text);
    let demands = scenario.ladder.iter().flat_map(|d| &d.lines);
    let facts = scenario.facts.iter().map(|f| &f.text);
    says.chain(demands).chain(facts)
}

/// Each language must be itself.
fn language(text: &Both, report: &mut Report<'_>) {
    let zh = lengths(&text.zh).0;
    let en = lengths(&text.en).0;
    if zh == 0 || en > 0 {
        report.add(&text.zh, "sim-wrong-language", &[("what", &text.zh)]);
    }
}

/// The opening is loud about something else: what it shares with the need must stay small.
fn opening(scenario: &Scenario, report: &mut Report<'_>) {
    for saying in scenario.said(Situation::Opening) {
        for lang in [Lang::Zh, Lang::En] {
            let said = [saying.text.get(lang).to_owned()];
            let (shared, of) = crate::sim::hear::shared(scenario.need.words.get(lang), &said);
            if of > 0 && shared * 2 >= of {
                report.add(
                    &saying.text.zh,
                    "sim-opening-tells",
                    &[("what", &saying.text.zh)],
                );
            }
        }
    }
}

pub(super) fn storms(scenario: &Scenario, known: &BTreeSet<&str>, report: &mut Report<'_>) {
    for event in &scenario.storm {
        if !event.scenario.is_empty() && !known.contains(&event.scenario[..]) {
            let args = [("what", &event.scenario[..])];
            report.add(&event.scenario, "sim-no-second-caller", &args);
        }
        if event.at > STORM_WITHIN {
            let at = event.at.to_string();
            report.add(&format!("at = {at}"), "sim-storm-late", &[("what", &at)]);
        }
    }
}

/// The acts whose wordings decide this scenario.
fn deciding(bench: &Bench<'_>, scenario: &Scenario) -> BTreeSet<Act> {
    let mut out = BTreeSet::from([
        Act::AckSpecific,
        Act::AskOpen,
        Act::CommitConcrete,
        Act::Confirm,
        scenario.need.direct,
    ]);
    if scenario.need.meets.is_empty() {
        let fit = bench.stage.rules.fit(scenario.need.fix);
        // One way to meet it is enough to be told in the scenario's own words.
        let own = fit
            .meets
            .iter()
            .find(|act| scenario.exemplars.iter().any(|e| e.act == **act));
        out.extend(own.or(fit.meets.first()));
    } else {
        out.extend(&scenario.need.meets);
    }
    out
}

pub(super) fn exemplars(bench: &Bench<'_>, scenario: &Scenario, report: &mut Report<'_>) {
    for act in deciding(bench, scenario) {
        let have = scenario.exemplars.iter().find(|e| e.act == act);
        if have.is_none_or(|e| e.zh.len() < WORDINGS || e.en.len() < WORDINGS) {
            let mark = format!("act = \"{}\"", act.as_str());
            report.add(&mark, "sim-few-exemplars", &[("what", act.as_str())]);
        }
    }
    for lang in [Lang::Zh, Lang::En] {
        // Whoever says back what was said may have heard anything that the customer can say.
        let said: Vec<String> = customer_texts(scenario)
            .map(|t| t.get(lang).to_owned())
            .collect();
        let told = BTreeSet::new();
        let cx = Situated {
            scenario,
            lang,
            now: bench.began,
            zone: &bench.stage.zone,
            said: &said,
            told: &told,
            heat: 65,
            abusing: false,
            severe_route: None,
        };
        let stage = &bench.stage;
        let own = stage.ears.tuned(scenario);
        for one in &scenario.exemplars {
            for text in one.get(lang) {
                let filled = fill(text, scenario, bench.began, bench.calendar, lang);
                let heard = stage
                    .ears
                    .hear(&stage.coach, &stage.rules, &own, &cx, &filled);
                if !heard.acts.iter().any(|e| e.act == one.act) {
                    let instead: Vec<&str> = heard.acts.iter().map(|e| e.act.as_str()).collect();
                    let instead = instead.join(", ");
                    report.add(
                        text,
                        "sim-exemplar-unheard",
                        &[
                            ("what", text),
                            ("of", one.act.as_str()),
                            ("known", &instead),
                        ],
                    );
                }
            }
        }
    }
}
