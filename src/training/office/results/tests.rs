#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use super::super::testing::*;
use super::*;
use crate::api::training::{Ask, Comment, SeatRole};
use crate::domain::lang::Lang;
use crate::sim::AgentKind;

fn results(office: &crate::training::office::Office) -> Results {
    match office.answer(&lead(), SeatRole::Trainer, NOW, &Ask::Results) {
        Told::Results(results) => results,
        other => panic!("{other:?}"),
    }
}

#[test]
fn everybodys_runs_are_a_table_and_a_page_each() {
    let dir = tempfile::tempdir().unwrap();
    let office = open_with(dir.path(), scenarios().to_vec(), Lang::En);
    let evil = who(5, "evil", "=cmd|' <b>&\"x\", y");
    for (number, one) in [(1, mei()), (2, evil.clone())] {
        office.enrol(&one, SeatRole::Trainee).unwrap();
        let play = scripted("SIM-01", AgentKind::Committing, Lang::Zh, 3);
        let run = finish(&office, &one, &play, number, 0);
        reflect(&office, &one, run);
        let word = Comment {
            run,
            turn: 0,
            line: SafeText::clean_line("a <script> line"),
            text: SafeText::clean_line("slower & calmer"),
            at: NOW,
        };
        office.comment(word, &one.login).unwrap();
    }
    let told = results(&office);
    assert_eq!((told.rows, told.pages.len()), (2, 2));
    assert!(
        told.table
            .as_str()
            .ends_with("results/2026-03-11/results.csv")
    );
    let bytes = std::fs::read(told.table.as_str()).unwrap();
    assert!(!bytes.starts_with(b"\xef\xbb\xbf"));
    let mut table = csv::Reader::from_reader(&bytes[..]);
    assert_eq!(table.headers().unwrap().len(), 22);
    let rows: Vec<csv::StringRecord> = table.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 2);
    assert_eq!(&rows[0][1], "'=cmd|' <b>&\"x\", y", "no formula, and whole");
    assert_eq!(&rows[1][1], "梅小雨");
    assert_eq!(&rows[1][2], "2026-03-11 14:20");
    let play = scripted("SIM-01", AgentKind::Committing, Lang::Zh, 3);
    assert_eq!(rows[1][9], crate::sim::score(&play).total.to_string());
    let page = std::fs::read_to_string(told.pages[0].as_str()).unwrap();
    // What nobody can look at here is named, in both, and nothing is passed by it.
    assert!(rows[1][18].contains("AUT-01"), "{:?}", &rows[1]);
    assert!(
        page.contains("Not checked here, neither right nor wrong: ") && page.contains("AUT-01")
    );
    assert!(page.contains("=cmd|&#39; &lt;b&gt;&amp;&quot;x&quot;, y"));
    assert!(page.contains("a &lt;script&gt; line") && page.contains("slower &amp; calmer"));
    assert!(page.contains("<polyline points=\"") && page.contains("@page{size:A4"));
    for private in [
        "我先认了他的急",
        "早点问清楚",
        "<script",
        "http://",
        "https://",
        "training-results-",
    ] {
        assert!(!page.contains(private), "{private}");
        assert!(
            !String::from_utf8_lossy(&bytes).contains(private),
            "{private}"
        );
    }
    // Written again, it is the same.
    let again = results(&office);
    assert_eq!(std::fs::read(again.table.as_str()).unwrap(), bytes);
}

#[test]
fn only_a_trainer_has_everybodys_results() {
    let dir = tempfile::tempdir().unwrap();
    let office = open(dir.path());
    office.enrol(&lead(), SeatRole::Trainer).unwrap();
    let told = office.answer(&mei(), SeatRole::Trainee, NOW, &Ask::Results);
    assert_eq!(refusal(&told), "trainer_only");
}

#[test]
fn every_end_and_criterion_has_words() {
    for tongue in crate::text::locale::Tongue::ALL {
        let locale = crate::text::Locale::of(*tongue);
        let ends = crate::sim::End::ALL.iter().map(|e| e.as_str());
        for end in ends.chain([super::super::views::HANDED_OVER, "broken_off"]) {
            let key = format!("training-results-end-{}", end.replace('_', "-"));
            assert!(locale.has(&key), "{key}");
        }
        for criterion in Criterion::ALL {
            let name = criterion.as_str().replace('_', "-");
            assert!(
                locale.has(&format!("training-results-criterion-{name}")),
                "{name}"
            );
        }
    }
}

#[test]
fn a_drawing_stays_in_its_frame() {
    for anger in [vec![], vec![70], vec![0, 100, 50], vec![99; 40]] {
        let svg = page::drawing(&anger, "<anger>");
        assert!(svg.contains("&lt;anger&gt;"));
        assert_eq!(svg.matches("<circle").count(), anger.len());
        for number in svg.split("cx=\"").skip(1) {
            let x: usize = number.split('"').next().unwrap().parse().unwrap();
            assert!((28..=468).contains(&x), "{x}");
        }
    }
}

#[test]
fn formulas_are_no_formulas() {
    for bad in ["=1+1", "+1", "-1", "@x", "  =1", "＝1"] {
        assert!(cell(bad).starts_with('\''), "{bad}");
    }
    assert_eq!(cell("梅, \"x\""), "梅, \"x\"");
}

#[test]
fn where_nobody_leads_a_run_tells_nothing_before_the_own_words() {
    let dir = tempfile::tempdir().unwrap();
    let office = open_with(dir.path(), scenarios().to_vec(), Lang::En);
    office.enrol(&mei(), SeatRole::Trainee).unwrap();
    let play = scripted("SIM-01", AgentKind::Committing, Lang::Zh, 3);
    let run = finish(&office, &mei(), &play, 1, 0);
    let write = || match office.answer(&mei(), SeatRole::Trainee, NOW, &Ask::Results) {
        Told::Results(told) => {
            let table = std::fs::read_to_string(told.table.as_str()).unwrap();
            let row = table.lines().nth(1).unwrap().to_owned();
            (
                row,
                std::fs::read_to_string(told.pages[0].as_str()).unwrap(),
            )
        }
        other => panic!("{other:?}"),
    };
    let (row, page) = write();
    assert_eq!(row.matches("own words first").count(), 8, "{row}");
    assert!(!row.contains("100") && row.contains(",no,"), "{row}");
    assert!(!page.contains("<polyline") && !page.contains("100 points"));
    reflect(&office, &mei(), run);
    let (row, page) = write();
    assert!(
        !row.contains("own words first") && row.contains(",100,"),
        "{row}"
    );
    assert!(page.contains("<polyline"));
}
