#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use super::super::names::End;
use super::super::testing::class;
use super::*;

fn setup() -> Setup {
    Setup {
        seed: 5,
        level: 3,
        noise: true,
    }
}

#[test]
fn a_file_of_lines_is_played_to_json() {
    let class = class("SIM-02");
    let jsonl = concat!(
        "\"去窗口问一句还被顶回来，换谁心里都不舒服。\"\n\n",
        "{\"text\":\"您最想弄明白的是什么，跟我说说？\",\"think_ms\":2500}\n",
        "{\"kind\":\"hold\",\"told_ms\":30000,\"took_ms\":45000}\n",
        "{\"kind\":\"close\"}\n",
    );
    let lines = lines(jsonl).unwrap();
    assert_eq!(lines.len(), 4);
    let play = run(
        &class.stage,
        &class.scenario,
        setup(),
        Lang::Zh,
        class.calendar,
        class.began,
        &lines,
    );
    assert_eq!(play.end(), Some(End::Left));
    let json = serde_json::to_value(outcome(&play)).unwrap();
    assert_eq!(json["scenario"], "SIM-02");
    assert_eq!(json["turns"].as_array().unwrap().len(), 4);
    assert_eq!(json["turns"][0]["acts"][0]["act"], "ack_specific");
    assert_eq!(json["turns"][2]["moments"][0], "held_too_long");
    assert_eq!(json["end"], "left");
    assert!(json["score"]["total"].as_u64().unwrap() < 85);
    assert!(
        json["opening"]["text"]
            .as_str()
            .unwrap()
            .contains("三号窗口")
    );
}

#[test]
fn a_line_that_is_none_is_named_by_its_number() {
    let bad = lines("\"好的\"\n{\"txt\":\"x\"}\n").unwrap_err();
    assert_eq!(bad.line, 2);
}

#[test]
fn what_is_not_understood_is_asked_again_and_counts_against_nobody() {
    let class = class("SIM-01");
    let lines = vec![Line::Bare("蓝色的云彩慢慢飘".to_owned())];
    let play = run(
        &class.stage,
        &class.scenario,
        setup(),
        Lang::Zh,
        class.calendar,
        class.began,
        &lines,
    );
    let outcome = outcome(&play);
    assert_eq!(outcome.score.not_understood, [0]);
    assert!(outcome.score.criticals.is_empty());
    let lost: usize = outcome.score.marks.iter().map(|m| m.lost.len()).sum();
    assert_eq!(lost, 0);
    let cue = &play.turns()[0].answer.cues;
    assert!(format!("{cue:?}").contains("Again"), "{cue:?}");
}

#[test]
fn times_are_filled_that_can_be_kept() {
    let class = class("SIM-01");
    let said = fill(
        "{due}打尾号{last4}",
        &class.scenario,
        class.began,
        class.calendar,
        Lang::Zh,
    );
    assert_eq!(said, "今天17:00前打尾号5678");
}

#[test]
fn no_line_is_said_twice_while_another_is_left() {
    let class = class("SIM-02");
    let lines: Vec<Line> = (0..3)
        .map(|_| Line::Bare("蓝色的云彩慢慢飘".to_owned()))
        .collect();
    let play = run(
        &class.stage,
        &class.scenario,
        setup(),
        Lang::Zh,
        class.calendar,
        class.began,
        &lines,
    );
    let mut said: Vec<&str> = play.turns().iter().map(|t| &t.answer.text[..]).collect();
    said.sort_unstable();
    said.dedup();
    assert_eq!(said.len(), 3);
}

#[test]
fn a_time_said_at_midnight_can_be_kept() {
    let class = class("SIM-02");
    // Thursday, 12 March 2026, 00:20 in Shanghai: the office opens at nine.
    let night = class.began.plus_minutes(10 * 60);
    let line = fill("{due}", &class.scenario, night, class.calendar, Lang::Zh);
    // Nine, two and a half hours of work, and the next half hour.
    assert_eq!(line, "今天12:00前");
}
