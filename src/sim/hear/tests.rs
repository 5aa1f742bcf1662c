#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "tests; figures are printed for whoever works on the words"
)]

mod independent;

use std::collections::BTreeMap;

use super::super::testing::{NOW, scenario, zone};
use super::*;

struct Desk {
    coach: Coach,
    rules: Rules,
    ears: Ears,
}

impl Desk {
    fn new() -> Self {
        Self {
            coach: Coach::shipped().unwrap(),
            rules: Rules::shipped().unwrap(),
            ears: Ears::shipped().unwrap(),
        }
    }

    fn hear(&self, scenario: &Scenario, lang: Lang, text: &str) -> Understood {
        let opening = scenario
            .said(crate::sim::Situation::Opening)
            .next()
            .unwrap();
        let said = [opening.text.get(lang).to_owned()];
        let zone = zone();
        let cx = Situation {
            scenario,
            lang,
            now: NOW,
            zone: &zone,
            said: &said,
            told: &BTreeSet::new(),
            heat: 65,
            abusing: false,
            severe_route: None,
        };
        let own = self.ears.tuned(scenario);
        self.ears.hear(&self.coach, &self.rules, &own, &cx, text)
    }
}

fn acts(heard: &Understood) -> Vec<Act> {
    heard.acts.iter().map(|e| e.act).collect()
}

/// The acts with what speaks for them.
fn told(heard: &Understood) -> Vec<(&'static str, &By)> {
    heard.acts.iter().map(|e| (e.act.as_str(), &e.by)).collect()
}

#[test]
fn what_nobody_understands_is_no_act() {
    let desk = Desk::new();
    let scenario = scenario("SIM-01");
    for (lang, text) in [
        (Lang::Zh, "蓝色的云在唱歌"),
        (Lang::Zh, "嗯"),
        (Lang::En, "purple monkeys dance sideways"),
        (Lang::En, "hmm"),
    ] {
        assert_eq!(acts(&desk.hear(&scenario, lang, text)), [], "{text}");
    }
}

#[test]
fn a_fact_is_asked_once_and_known_afterwards() {
    let desk = Desk::new();
    let scenario = scenario("SIM-01");
    let heard = desk.hear(&scenario, Lang::Zh, "现在还插着电吗？");
    let place = scenario.facts.iter().position(|f| f.id == "power").unwrap();
    assert_eq!(heard.asked, [place]);
    assert!(acts(&heard).contains(&Act::AskClosed), "{heard:?}");
    let zone = zone();
    let cx = Situation {
        scenario: &scenario,
        lang: Lang::Zh,
        now: NOW,
        zone: &zone,
        said: &[],
        told: &BTreeSet::from([place]),
        heat: 65,
        abusing: false,
        severe_route: None,
    };
    let own = desk.ears.tuned(&scenario);
    let again = desk
        .ears
        .hear(&desk.coach, &desk.rules, &own, &cx, "现在还插着电吗？");
    assert!(acts(&again).contains(&Act::AskKnown), "{again:?}");
    assert!(again.asked.is_empty());
}

#[test]
fn a_time_makes_a_promise_and_its_lack_a_vague_one() {
    let desk = Desk::new();
    let scenario = scenario("SIM-01");
    let concrete = acts(&desk.hear(&scenario, Lang::Zh, "今天下午五点前，周师傅给您打电话。"));
    assert!(concrete.contains(&Act::CommitConcrete), "{concrete:?}");
    assert!(!concrete.contains(&Act::CommitVague), "{concrete:?}");
    let vague = acts(&desk.hear(&scenario, Lang::Zh, "周师傅会尽快给您打电话。"));
    assert!(vague.contains(&Act::CommitVague), "{vague:?}");
    assert!(!vague.contains(&Act::CommitConcrete), "{vague:?}");
}

/// Slots of playbook lines as they would be filled.
fn filled(text: &str, lang: Lang) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((slot, tail)) = after.split_once('}') else {
            break;
        };
        out.push_str(before);
        out.push_str(match (slot, lang) {
            (s, Lang::Zh) if s.starts_with("due.") => "今天17:00前",
            (s, Lang::En) if s.starts_with("due.") => "by 17:00 today",
            ("window.visit", Lang::Zh) => "明天上午九点到十点",
            ("window.visit", Lang::En) => "between 9 and 10 tomorrow",
            ("cause" | "cause.period", Lang::Zh) => "零件没装到位",
            ("cause" | "cause.period", Lang::En) => "a part was not seated",
            ("phone.last4", _) => "5678",
            (s, _) if s.ends_with("minutes") || s.ends_with("days") || s.ends_with("count") => "12",
            (_, Lang::Zh) => "周师傅",
            (_, Lang::En) => "Zhou",
        });
        rest = tail;
    }
    out.push_str(rest);
    out
}

/// How the playbooks' lines are heard: expected acts heard, of how many, lines heard as hurting, of how many.
fn playbooks(left_out: bool) -> (usize, usize, usize, usize) {
    let mut desk = Desk::new();
    let scenario = scenario("SIM-01");
    let mut by: BTreeMap<Act, (usize, usize)> = BTreeMap::new();
    let (mut missed, mut bad, mut lines) = (Vec::new(), Vec::new(), 0);
    let entries = desk.coach.content().entries.clone();
    desk.ears = Ears::shipped()
        .unwrap()
        .with_playbooks(Corpus::of_playbooks(desk.coach.content(), None));
    // Leaving out means building the corpus anew: every fourth entry is enough for a figure.
    for entry in entries.iter().step_by(if left_out { 4 } else { 1 }) {
        if left_out {
            let corpus = Corpus::of_playbooks(desk.coach.content(), Some(&entry.id));
            desk.ears = Ears::shipped().unwrap().with_playbooks(corpus);
        }
        for line in &entry.lines {
            for lang in [Lang::Zh, Lang::En] {
                lines += 1;
                let text = filled(line.text.get(lang), lang);
                let heard = desk.hear(&scenario, lang, &text);
                let promises = line.acts.contains(&LiveAct::CommitConcrete);
                for act in line.acts.iter().map(|a| of_live(*a)) {
                    // Who promises a deed by a time owns it: one act for a customer.
                    if act == Act::Own && promises {
                        continue;
                    }
                    let count = by.entry(act).or_default();
                    count.1 += 1;
                    if acts(&heard).contains(&act) {
                        count.0 += 1;
                    } else {
                        missed.push(format!("{} {text} -> {:?}", act.as_str(), told(&heard)));
                    }
                }
                let hurts = |a: &Act| {
                    let effect = desk.rules.effect(*a);
                    effect.anger > crate::sim::Points::ZERO && *a != Act::DeclineReasoned
                };
                if acts(&heard).iter().any(hurts) {
                    bad.push(format!("bad {text} -> {:?}", told(&heard)));
                }
            }
        }
    }
    let (heard, of) = by.values().fold((0, 0), |a, b| (a.0 + b.0, a.1 + b.1));
    println!(
        "left out {left_out}: {heard}/{of}: {by:?}; hurting {} of {lines}",
        bad.len()
    );
    for line in missed.iter().chain(&bad) {
        println!("    {left_out} {line}");
    }
    (heard, of, bad.len(), lines)
}

/// What the desk proposes must do for a simulated customer what it is for.
#[test]
fn the_playbooks_own_lines_do_what_they_are_for() {
    let (heard, of, bad, lines) = playbooks(false);
    assert!(heard * 100 >= of * 95, "{heard}/{of}");
    assert!(bad * 100 <= lines * 2, "{bad} of {lines}");
}

/// Each entry heard without its own lines: words that others wrote for live work, in matters that the scenario does not know.
#[test]
fn lines_of_playbooks_nobody_knows_are_mostly_heard() {
    let (heard, of, bad, lines) = playbooks(true);
    assert!(heard * 100 >= of * 65, "{heard}/{of}");
    assert!(bad * 100 <= lines * 7, "{bad} of {lines}");
}
