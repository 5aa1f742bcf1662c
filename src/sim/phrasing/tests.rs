#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]
use super::*;
use crate::coach::Coach;
use crate::domain::taxonomy::Taxonomy;
use crate::sim::engine::{Engine, Setup};
use crate::sim::names::Situation;
use crate::sim::rules::Rules;
use crate::sim::scenario::Scenario;

fn question(line: &str, lang: Lang) -> Option<Question> {
    let scenarios = Scenario::shipped(&Taxonomy::shipped().unwrap()).unwrap();
    let scenario = scenarios.first().unwrap();
    let rules = Rules::shipped().unwrap();
    let engine = Engine {
        scenario,
        rules: &rules,
        setup: Setup {
            seed: 1,
            level: 2,
            noise: false,
        },
    };
    let cues = [Cue::Situation(Situation::Hint), Cue::Demand(1)];
    let persona = &scenario.persona;
    Phrasing::shipped()
        .unwrap()
        .question(line, &cues, &engine.start(), persona, lang)
}

fn answer(own: &str, lang: Lang, said: &str) -> Result<String, Refused> {
    let coach = Coach::shipped().unwrap();
    let question = question(own, lang).unwrap();
    let answer = serde_json::json!({ "line": said, "acts": question.acts });
    Phrasing::shipped()
        .unwrap()
        .accept(coach.content(), &question, &answer.to_string())
}

const ZH: &str = "我家里还有个三岁的孩子，插座都湿了，你们今天到底管不管？";
const EN: &str = "I have waited three hours today, and nobody from Northgate told me why.";

#[test]
fn other_words_for_the_same_pass() {
    for said in [
        "插座都湿了，我孩子才三岁，今天到底有没有人管？",
        "家里孩子三岁，插座湿成这样，你们今天管还是不管？",
    ] {
        assert_eq!(answer(ZH, Lang::Zh, said).as_deref(), Ok(said));
    }
    for said in [
        "Three hours I have waited today and Northgate has not told me why.",
        "Nobody told me why. I waited for three hours today at Northgate.",
    ] {
        assert_eq!(answer(EN, Lang::En, said).as_deref(), Ok(said));
    }
}

#[test]
fn what_is_added_is_thrown_away() {
    use Refused::{Empty, Long, Name, Number, Personal, Time};
    for (said, why) in [
        (
            "家里孩子才三岁，插座都湿了，我等了五天，你们管不管？",
            Number,
        ),
        ("孩子三岁，插座湿了，我都打了8次，今天管不管？", Number),
        ("孩子三岁，插座湿了，你们明天到底管不管？", Time),
        ("孩子三岁，插座湿了，王经理今天管不管？", Name),
        ("孩子三岁，TP的插座湿了，今天管不管？", Name),
        ("I have a child and the socket is wet.", Empty),
        ("", Empty),
        ("孩子三岁，插座湿了。\n今天管不管？", Empty),
        (
            "我家里那个孩子才刚刚三岁，你们这边给装的插座现在全部都湿透了湿透了，你们今天到底是管还是不管啊你们说句话",
            Long,
        ),
    ] {
        assert_eq!(answer(ZH, Lang::Zh, said), Err(why), "{said}");
    }
    for (said, why) in [
        (
            "I waited three hours today, twice, and Northgate won't say why.",
            Number,
        ),
        (
            "I waited three hours this morning and Northgate won't say why.",
            Time,
        ),
        (
            "I waited three hours and your colleague Sarah won't say why.",
            Name,
        ),
        (
            "Three hours today, no reason. Write to me: ann.lee@mail.org",
            Personal,
        ),
    ] {
        assert_eq!(answer(EN, Lang::En, said), Err(why), "{said}");
    }
}

#[test]
fn a_danger_or_threat_that_the_line_does_not_hold_is_thrown_away() {
    let own = "我在窗口站了半天，她头都不抬一下。";
    let said = "她头都不抬，我要去找记者曝光她。";
    assert_eq!(answer(own, Lang::Zh, said), Err(Refused::Risk));
}

#[test]
fn idle_numerals_are_no_numbers() {
    let own = "你们让我白跑，谁给我个说法？";
    let said = "万一让我白跑呢，谁来说一下？";
    assert_eq!(answer(own, Lang::Zh, said).as_deref(), Ok(said));
}

#[test]
fn the_form_is_checked_here_whatever_the_endpoint_promises() {
    let coach = Coach::shipped().unwrap();
    let phrasing = Phrasing::shipped().unwrap();
    let question = question("谁来管？", Lang::Zh).unwrap();
    let take = |answer: &str| phrasing.accept(coach.content(), &question, answer);
    let good = r#"{"line": "到底谁管？", "acts": ["hint", "demand"]}"#;
    assert_eq!(take(good).as_deref(), Ok("到底谁管？"));
    assert_eq!(
        take(&format!("```json\n{good}\n```")).as_deref(),
        Ok("到底谁管？")
    );
    for bad in [
        "到底谁管？",
        r#"{"line": "到底谁管？"}"#,
        r#"{"line": "到底谁管？", "acts": ["hint", "demand"], "note": 1}"#,
        "",
    ] {
        assert_eq!(take(bad), Err(Refused::Form), "{bad}");
    }
    let other = r#"{"line": "到底谁管？", "acts": ["abuse"]}"#;
    assert_eq!(take(other), Err(Refused::Acts));
}

#[test]
fn only_line_mood_and_manner_are_sent_and_nothing_personal() {
    let asked = question(ZH, Lang::Zh).unwrap();
    let told: serde_json::Value = serde_json::from_str(&asked.user).unwrap();
    let keys: Vec<&String> = told.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["acts", "line", "manner", "mood"]);
    assert_eq!(told["line"], ZH);
    assert_eq!(told["acts"], serde_json::json!(["hint", "demand"]));
    assert!(question("打我电话，13812345678，我姓王。", Lang::Zh).is_none());
}
