//! The mark of training is on every screen, at every size, above every layer; a live desk never has it.

use balm::api::training::SeatRole;
use balm::app::training::Practice;
use balm::app::{Event, Input};
use balm::domain::lang::Lang;

use super::fixture::{Desk, lines};
use super::looks::{SCREENS, prepare};

const SIZES: [(u16, u16); 4] = [(80, 24), (100, 30), (160, 45), (40, 10)];

const fn word(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "训练",
        Lang::En => "TRAINING",
    }
}

fn marked(desk: &Desk) -> bool {
    let (buffer, _) = desk.paint();
    let rows = lines(&buffer);
    let first = rows.first().unwrap();
    let last = rows.last().unwrap();
    let sides = rows.len() > 2
        && rows[1..rows.len() - 1]
            .iter()
            .all(|r| r.starts_with('#') && r.trim_end().ends_with('#'));
    first.contains(word(desk.state.settings.lang))
        && first.starts_with('=')
        && last.starts_with('=')
        && sides
}

#[test]
fn the_mark_is_on_every_screen_and_on_no_live_one() {
    for lang in [Lang::Zh, Lang::En] {
        for screen in SCREENS {
            for size in SIZES {
                let mut desk = prepare(screen, size, lang);
                assert!(!marked(&desk), "{screen} {size:?} is live");
                desk.state.training = Some(Box::new(Practice::new(SeatRole::Trainee, lang)));
                desk.event(Event::Input(Input::Resize(size.0, size.1)));
                assert!(marked(&desk), "{screen} {size:?} {lang:?}");
                desk.press(&["F12"]);
                assert!(marked(&desk), "{screen} {size:?} locked");
            }
        }
    }
}

#[test]
fn caret_and_clicks_stand_inside_the_border() {
    let live = prepare("ticket", (78, 22), Lang::Zh);
    let (_, inside) = live.paint();
    let mut desk = prepare("ticket", (80, 24), Lang::Zh);
    desk.state.training = Some(Box::new(Practice::new(SeatRole::Trainee, Lang::Zh)));
    desk.event(Event::Input(Input::Resize(80, 24)));
    let (_, framed) = desk.paint();
    let (at, shifted) = (inside.caret.unwrap(), framed.caret.unwrap());
    assert_eq!((at.x + 1, at.y + 1), (shifted.x, shifted.y));
    assert_eq!(inside.hits.len(), framed.hits.len());
    for ((from, what), (to, same)) in inside.hits.iter().zip(&framed.hits) {
        assert_eq!((from.x + 1, from.y + 1, what), (to.x, to.y, same));
    }
}

/// Snapshots of training screens are made by several tests; each of them must show the mark.
#[test]
fn every_snapshot_of_training_has_the_mark() {
    let mut seen = 0;
    for folder in [
        "tests/it/screen/snapshots",
        "src/view/screen/training/snapshots",
    ] {
        let dir = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        for entry in std::fs::read_dir(dir).into_iter().flatten().flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            if !name.contains("training") || !name.ends_with(".snap") {
                continue;
            }
            let text = std::fs::read_to_string(entry.path()).unwrap();
            assert!(text.contains("训练") || text.contains("TRAINING"), "{name}");
            seen += 1;
        }
    }
    assert!(seen >= 20, "{seen} snapshots were looked at");
}
