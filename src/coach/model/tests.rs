#![allow(clippy::unwrap_used, reason = "tests")]
use std::path::Path;

use uuid::Uuid;

use super::closings::Closings;
use super::corpus::{self, Example};
use super::*;
use crate::coach::content::Content;
use crate::domain::event::{Actor, Body, Event, EventBody, Payload, TicketEvent};
use crate::domain::ids::{EventId, TicketId};
use crate::domain::time::Ms;
use crate::domain::vocabulary::{Channel, CloseReason};
use crate::text::RawText;

/// Every labelled line that ships, by file name.
fn training() -> Vec<Example> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/training");
    let mut files: Vec<_> = std::fs::read_dir(dir)
        .unwrap()
        .map(|e| e.unwrap().path())
        .filter(|p| p.extension().is_some_and(|e| e == "jsonl"))
        .collect();
    files.sort();
    files
        .iter()
        .flat_map(|f| {
            let name = f.display().to_string();
            corpus::parse(&name, &std::fs::read_to_string(f).unwrap()).unwrap()
        })
        .collect()
}

#[test]
fn the_shipped_model_was_made_from_the_shipped_lines() {
    let model = Model::from_bytes(Model::shipped().unwrap().bytes().to_vec()).unwrap();
    let content = Content::untaught().unwrap();
    assert_eq!(
        model.inputs(),
        &train::inputs(&content, &training()),
        "lines or topics changed: run `balm coach train --from assets/training -o assets/coach/model.bin`"
    );
    assert!(model.features() > 5_000 && model.bytes().len() < 700_000);
}

#[test]
fn the_same_lines_give_the_same_file() {
    let content = Content::untaught().unwrap();
    let some: Vec<Example> = training().into_iter().step_by(15).collect();
    let settings = train::Settings {
        epochs: 3,
        keep: 1_500,
        ..train::Settings::default()
    };
    let first = train::train(&content, &some, &settings);
    assert_eq!(first, train::train(&content, &some, &settings));
    let other = train::train(&content, &some[1..], &settings);
    assert_ne!(first, other, "another line less is another file");
    assert_eq!(Model::from_bytes(first).unwrap().features(), 1_500);
}

#[test]
fn a_damaged_file_says_what_is_wrong() {
    let good = Model::shipped().unwrap().bytes().to_vec();
    assert_eq!(
        Model::from_bytes(Vec::new()).unwrap_err(),
        BadModel::Foreign
    );
    assert_eq!(
        Model::from_bytes(b"PK\x03\x04 something else".to_vec()).unwrap_err(),
        BadModel::Foreign
    );
    let mut newer = good.clone();
    newer[8] = 99;
    assert_eq!(
        Model::from_bytes(newer).unwrap_err(),
        BadModel::Version { found: 99 }
    );
    for cut in [9, 40, good.len() / 2, good.len() - 1] {
        assert!(
            matches!(
                Model::from_bytes(good[..cut].to_vec()),
                Err(BadModel::Length { .. })
            ),
            "cut at {cut}"
        );
    }
    let mut flipped = good.clone();
    let middle = flipped.len() / 2;
    flipped[middle] ^= 1;
    let error = Model::from_bytes(flipped).unwrap_err();
    assert!(matches!(error, BadModel::Damaged { .. }));
    assert!(error.to_string().contains("train it again"));
    assert!(Model::from_bytes(good).is_ok());
}

#[test]
fn a_bad_training_line_is_named() {
    let good = r#"{"lang":"zh","text":"等了三天","complaint":true,"item":"fulfilment_delay","emotion":1,"risk":[],"need":"speed"}"#;
    assert_eq!(corpus::parse("f", good).unwrap()[0].item, [(3, 1.0)]);
    for (bad, says) in [
        (r#"{"text":"#, "one JSON object"),
        (
            r#"{"text":"x","complaint":true,"item":"weather","emotion":1,"risk":[],"need":null}"#,
            "fine.toml",
        ),
        (
            r#"{"text":"x","complaint":false,"item":"queue_timeout","emotion":1,"risk":[],"need":null}"#,
            "do not fit",
        ),
        (
            r#"{"text":"x","complaint":false,"item":"none","emotion":7,"risk":[],"need":null}"#,
            "above 3",
        ),
        (
            r#"{"text":"x","complaint":false,"item":"none","emotion":0,"risk":["rain"],"need":null}"#,
            "regulator",
        ),
        (
            r#"{"text":"x","complaint":false,"item":"none","emotion":0,"risk":[],"need":"cake"}"#,
            "needs.toml",
        ),
    ] {
        let error = corpus::parse("lines.jsonl", &format!("{good}\n{bad}")).unwrap_err();
        let told = error.to_string();
        assert!(
            told.starts_with("lines.jsonl, line 2") && told.contains(says),
            "{told}"
        );
    }
}

#[test]
fn numbers_masks_and_mentions_stand_for_their_kind() {
    let keys = |text: &str| -> Vec<u32> { grams::grams(text).into_iter().map(|g| g.key).collect() };
    assert_eq!(keys("等了3天"), keys("等了[数字x]天"));
    assert_eq!(keys("等了3天"), keys("等了15天"));
    assert!(
        keys("@山海客服 等了3天").ends_with(&keys("等了3天")),
        "a mention is a pause"
    );
    assert!(keys("@山海客服").is_empty());
    assert_ne!(keys("太慢!"), keys("太慢!!!"));
    let text = "it never came";
    for gram in grams::grams(text) {
        assert!(text.get(gram.at.clone()).is_some());
    }
}

fn event(ticket: u128, body: TicketEvent, words: Option<&str>) -> Event {
    Event {
        id: EventId::default(),
        stream: TicketId(Uuid::from_u128(ticket)).into(),
        version: 1,
        position: 1,
        occurred_at: Ms(0),
        recorded_at: Ms(0),
        actor: Actor::Customer,
        body: Body::Known(EventBody::Ticket(body)),
        customer: None,
        payload: words.map(|w| Payload::text(RawText::new(w.to_owned()))),
    }
}

#[test]
fn closed_tickets_with_a_confirmed_item_teach() {
    let content = Content::untaught().unwrap();
    let said = |ticket, words| {
        let body = TicketEvent::CustomerMessage {
            channel: Channel::Chat,
            origin: None,
            attachments: 0,
        };
        event(ticket, body, Some(words))
    };
    let item = |ticket, id: &str| event(ticket, TicketEvent::Classified { item: id.into() }, None);
    let closed = |ticket| {
        let reason = CloseReason::Solved;
        event(ticket, TicketEvent::Closed { reason }, None)
    };
    let mut closings = Closings::default();
    for event in [
        said(1, "洗衣机门关不上，电话13912345678"),
        said(1, "还有排水也慢"),
        item(1, "B4"),
        closed(1),
        said(2, "一直没人修，等了半个月"),
        item(2, "B2"),
        said(3, "账单上多了一笔"),
        closed(3),
        said(4, "老人家看不清屏幕上的字"),
        item(4, "C7"),
        closed(4),
    ] {
        closings.take(&event);
    }
    let lines = closings.examples(&content);
    assert_eq!(
        lines.len(),
        2,
        "open ones and those without an item teach nothing"
    );
    assert!(lines[0].text.starts_with("洗衣机门关不上") && !lines[0].text.contains("13912345678"));
    assert!((lines[0].item.iter().map(|(_, s)| s).sum::<f32>() - 1.0).abs() < 1e-3);
    assert!(
        lines[0].item.len() > 1,
        "B4 stands for several fine matters"
    );
    assert!(
        lines[1].item.is_empty() && lines[1].complaint,
        "the model has no word for C7"
    );
    assert_eq!((lines[0].emotion, lines[0].need), (None, None));
}
