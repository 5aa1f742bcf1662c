#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "tests; figures are printed for whoever works on the words"
)]

use super::super::testing::class;
use super::*;

fn bench(plays: u32, seeds: u32) -> Bench<'static> {
    let class = class("SIM-01");
    Bench {
        stage: class.stage,
        calendar: class.calendar,
        began: class.began,
        effort: Effort { plays, seeds },
    }
}

fn found(text: &str, name: &'static str) -> Vec<Problem> {
    let mut files = Scenario::shipped_files();
    for file in &mut files {
        if file.name == name {
            *file = File { name, text };
        }
    }
    let file = files.iter().find(|f| f.name == name).unwrap();
    check_one(&bench(80, 2), file, &files, &Taxonomy::shipped().unwrap()).problems
}

fn text(name: &str) -> &'static str {
    let files = Scenario::shipped_files();
    files.iter().find(|f| f.name == name).unwrap().text
}

const ONE: &str = "sim/scenarios/sim-01.toml";
const TWO: &str = "sim/scenarios/sim-02.toml";

#[test]
fn the_shipped_scenarios_are_clean() {
    let files = Scenario::shipped_files();
    let problems = check(&bench(200, 2), &files, &Taxonomy::shipped().unwrap());
    assert!(problems.is_empty(), "{problems:#?}");
}

#[test]
fn each_rule_finds_what_it_is_for() {
    let one = text(ONE);
    let two = text(TWO);
    let cases: &[(&'static str, String, &str)] = &[
        (
            ONE,
            one.replace("trust = 40", "trust = \"x\""),
            "sim-unusable",
        ),
        (
            ONE,
            one.replacen("when = \"met\"", "when = \"insist\"", 1),
            "sim-few-lines",
        ),
        (
            ONE,
            one.replace("\"Hello? Are you still there?\"", "\"喂\""),
            "sim-wrong-language",
        ),
        (
            ONE,
            one.replace("喂？人呢？还在不在？", &"喂".repeat(70)),
            "sim-long-line",
        ),
        (
            ONE,
            one.replace("name = \"safety\"", "name = \"peace\""),
            "sim-unknown-need",
        ),
        (
            ONE,
            one.replace("scenario = \"SIM-02\"", "scenario = \"SIM-77\""),
            "sim-no-second-caller",
        ),
        (ONE, one.replace("at = 230", "at = 930"), "sim-storm-late"),
        (
            ONE,
            one.replace("outside = \"regulator\"", "outside = \"none\""),
            "sim-unreachable-line",
        ),
        (
            ONE,
            one.replace("state = \"approved\"", "state = \"draft\""),
            "sim-draft",
        ),
        (
            TWO,
            two.replace(
                "direct = \"explain_cause\"",
                "direct = \"explain_cause\"\nmeets = [\"option\"]",
            ),
            "sim-money-wins",
        ),
        (
            TWO,
            two.replace("patience = 360", "patience = 30"),
            "sim-end-unreachable",
        ),
        (
            TWO,
            two.replace("kind = \"mechanical\"", "kind = \"x\"")
                .replace("kind = \"committing\"", "kind = \"mechanical\"")
                .replace("kind = \"x\"", "kind = \"committing\""),
            "sim-agent-fails",
        ),
    ];
    for (name, text, rule) in cases {
        let problems = found(text, name);
        let hit = problems.iter().find(|p| p.rule == *rule);
        assert!(
            hit.is_some_and(|p| p.line >= 1 && p.file == *name),
            "{rule}: {problems:#?}"
        );
        assert!(RULES.contains(rule));
    }
}

#[test]
fn random_plays_keep_what_must_hold() {
    for id in ["SIM-01", "SIM-02"] {
        let tally = tally(&bench(800, 1), &class(id).scenario);
        assert_eq!(
            (tally.unearned, tally.out_of_bounds, tally.unlike),
            (0, 0, 0)
        );
        assert!(
            tally.good * 50 <= tally.plays,
            "chance ends well too often: {tally:?}"
        );
    }
}

/// What Accept 1 of issue 4 asks; a minute or so: `cargo test --release sim:: -- --ignored`.
#[test]
#[ignore = "20,000 plays a scenario"]
fn twenty_thousand_random_plays_keep_what_must_hold() {
    let all = Scenario::shipped(&Taxonomy::shipped().unwrap()).unwrap();
    for scenario in all {
        let tally = tally(&bench(20_000, 1), &scenario);
        println!(
            "{}: good {} of {}, ends {:?}",
            scenario.id, tally.good, tally.plays, tally.ends
        );
        assert_eq!(
            (tally.unearned, tally.out_of_bounds, tally.unlike),
            (0, 0, 0)
        );
        assert!(
            tally.good * 100 <= tally.plays,
            "{}: {}",
            scenario.id,
            tally.good
        );
    }
}
