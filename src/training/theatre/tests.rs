#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use super::*;
use crate::api::training::{Ask, Speed, Told};
use crate::training::contact::Words;
use crate::training::seat::Heard;
use crate::training::testing::{SEAT, theatre};

/// The customers' channel, as if the server took everything at once.
fn stand(theatre: &Theatre, queue: &mut mpsc::UnboundedReceiver<Post>) -> Option<TicketId> {
    let mut ticket = None;
    while let Ok(post) = queue.try_recv() {
        ticket = Some(post.ticket);
        theatre.posted(&post, true);
    }
    ticket
}

#[tokio::test]
async fn a_seat_whose_desk_broke_off_is_joined_with_a_new_code() {
    let dir = tempfile::tempdir().unwrap();
    let theatre = theatre(dir.path(), None);
    assert!(theatre.join("").await.is_none());
    let first = theatre.join("c0de").await.unwrap();
    assert!(theatre.join("c0de").await.is_none(), "a code works once");
    let cell = theatre.cell(SEAT).unwrap();
    theatre.tick();
    assert_eq!(theatre.at(&cell, |s, _| s.join.clone()), None);
    // Nothing was heard of the desk for long.
    theatre.at(&cell, |s, _| s.heard = s.heard.map(|at| at.plus_secs(-60)));
    theatre.tick();
    let line = theatre.at(&cell, |s, _| s.join.clone()).unwrap();
    let code = line.as_str().strip_prefix("balm train join http://x ");
    let code = code.unwrap().to_owned();
    assert_ne!(code, "c0de");
    assert!(theatre.join("c0de").await.is_none());
    let again = theatre.join(&code).await.unwrap();
    assert_eq!((again.seat, again.token), (first.seat, first.token));
    assert!(theatre.join(&code).await.is_none());
}

#[tokio::test]
async fn what_goes_on_when_the_training_ends_is_on_the_disk() {
    let dir = tempfile::tempdir().unwrap();
    let theatre = theatre(dir.path(), None);
    let mut queue = open(&theatre.queue).take().unwrap();
    let start = Ask::Start {
        scenario: Some("SIM-01".to_owned()),
        level: 1,
        lang: Lang::Zh,
        speed: Speed::Real,
        seed: Some(3),
    };
    let told = theatre.told(SEAT, start).await;
    assert!(matches!(told, Told::Started { .. }), "{told:?}");
    let ticket = stand(&theatre, &mut queue).unwrap();
    let words = Words {
        text: "您先别急，我来查。".to_owned(),
        at: task::now_ms(),
        promised: false,
    };
    theatre.hear(vec![Sound {
        ticket,
        by: Some(SEAT),
        heard: Heard::Words(words),
    }]);
    theatre.close().await;
    let runs = std::fs::read_dir(dir.path().join("people/lin/runs")).unwrap();
    assert_eq!(runs.count(), 1);
    theatre.close().await;
}
