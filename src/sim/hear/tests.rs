#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

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
            ears: ears(),
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

/// The ears of the files as they lie, so that words can be written and measured without building.
fn ears() -> Ears {
    let read = |name: &str| {
        std::fs::read_to_string(format!("{}/assets/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
    };
    let (words, exemplars) = (read("sim/hearing.toml"), read("sim/exemplars.toml"));
    let file = |name, text| File { name, text };
    Ears::parse(
        &file("sim/hearing.toml", &words),
        &file("sim/exemplars.toml", &exemplars),
    )
    .unwrap()
}

fn acts(heard: &Understood) -> Vec<Act> {
    heard.acts.iter().map(|e| e.act).collect()
}

/// The acts with what speaks for them.
fn told(heard: &Understood) -> Vec<(&'static str, &By)> {
    heard.acts.iter().map(|e| (e.act.as_str(), &e.by)).collect()
}

/// The phrasings of one language, by act.
fn phrasings(lang: &str) -> BTreeMap<String, Vec<String>> {
    let path = format!(
        "{}/tests/sim/phrasings-{lang}.toml",
        env!("CARGO_MANIFEST_DIR")
    );
    toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// How many of an act's phrasings are heard as it, and what was not.
fn measure(desk: &Desk, lang: Lang) -> BTreeMap<Act, (usize, usize, Vec<String>)> {
    let name = if lang == Lang::Zh { "zh" } else { "en" };
    let mut out = BTreeMap::new();
    for (act, texts) in phrasings(name) {
        let act = Act::from_name(&act).unwrap();
        let id = if act == Act::Paraphrase {
            "SIM-02"
        } else {
            "SIM-01"
        };
        let scenario = scenario(id);
        let mut missed = Vec::new();
        for text in &texts {
            let full = desk.hear(&scenario, lang, text);
            let heard = acts(&full);
            if !heard.contains(&act) {
                missed.push(format!("{text} -> {:?}", told(&full)));
            }
        }
        out.insert(act, (texts.len() - missed.len(), texts.len(), missed));
    }
    out
}

#[test]
fn acts_are_recognised_in_words_that_no_exemplar_has() {
    let desk = Desk::new();
    let mut poor = Vec::new();
    for lang in [Lang::Zh, Lang::En] {
        for (act, (heard, of, missed)) in measure(&desk, lang) {
            assert!(of >= 20, "{act:?}: too few phrasings");
            println!("{lang:?} {} {heard}/{of}", act.as_str());
            for line in &missed {
                println!("    {line}");
            }
            if heard * 100 < of * 85 {
                poor.push(format!("{lang:?} {act:?} {heard}/{of}"));
            }
        }
    }
    assert!(poor.is_empty(), "{poor:?}");
}

#[test]
fn what_helps_is_seldom_heard_as_what_hurts() {
    let desk = Desk::new();
    let hurts = [
        Act::Forbidden,
        Act::PolicyShield,
        Act::ExcuseBusy,
        Act::TransferCold,
        Act::AskKnown,
        Act::CommitVague,
        Act::ProcessOnly,
        Act::Boundary,
    ];
    let (mut wrong, mut of) = (Vec::new(), 0);
    for lang in [Lang::Zh, Lang::En] {
        let name = if lang == Lang::Zh { "zh" } else { "en" };
        for (act, texts) in phrasings(name) {
            let act = Act::from_name(&act).unwrap();
            if hurts.contains(&act) {
                continue;
            }
            let id = if act == Act::Paraphrase {
                "SIM-02"
            } else {
                "SIM-01"
            };
            let scenario = scenario(id);
            for text in texts {
                of += 1;
                let heard = desk.hear(&scenario, lang, &text);
                if heard.acts.iter().any(|e| hurts.contains(&e.act)) {
                    wrong.push(format!("{act:?}: {text} -> {:?}", told(&heard)));
                }
            }
        }
    }
    for line in &wrong {
        println!("{line}");
    }
    println!("{} of {of}", wrong.len());
    assert!(wrong.len() * 100 <= of * 5, "{} of {of}", wrong.len());
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
