#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use std::collections::BTreeSet;

use super::super::testing::*;
// The room has a function of this name too; these tests mean the one that plays.
use super::super::testing::scripted;
use super::*;
use crate::api::training::Ask;
use crate::domain::lang::Lang;
use crate::sim::AgentKind;
use crate::training::office::Office;

pub(super) const TRAINEE: SeatRole = SeatRole::Trainee;
pub(super) const TRAINER: SeatRole = SeatRole::Trainer;

pub(super) fn rows(office: &Office, who: &Who, role: SeatRole, now: Ms) -> Vec<PairRow> {
    match office.answer(who, role, now, &Ask::Pairs) {
        Told::Pairs { rows } => rows,
        other => panic!("{other:?}"),
    }
}

fn read(office: &Office, who: &Who, role: SeatRole, pair: Uuid) -> Told {
    read_at(office, who, role, pair, NOW)
}

pub(super) fn read_at(office: &Office, who: &Who, role: SeatRole, pair: Uuid, now: Ms) -> Told {
    office.answer(who, role, now, &Ask::Pair { pair })
}

pub(super) fn shown(told: Told) -> PairView {
    match told {
        Told::Pair(view) => *view,
        other => panic!("{other:?}"),
    }
}

fn deed(office: &Office, who: &Who, role: SeatRole, pair: Uuid, deed: PairDeed) -> Told {
    deed_at(office, who, role, pair, deed, NOW)
}

pub(super) fn deed_at(
    office: &Office,
    who: &Who,
    role: SeatRole,
    pair: Uuid,
    deed: PairDeed,
    now: Ms,
) -> Told {
    office.answer(who, role, now, &Ask::PairDo { pair, deed })
}

pub(super) fn annotate() -> PairDeed {
    PairDeed::Annotate {
        turning: (0, 1),
        questions: ["小雨哪句话拐了弯？", "少了什么？", "换您怎么说？"].map(str::to_owned),
    }
}

pub(super) fn consent(named: bool) -> PairDeed {
    PairDeed::Consent {
        agreed: true,
        named,
    }
}

/// A class with one pair, annotated or earlier.
pub(super) fn class(office: &Office) -> Uuid {
    for one in [mei(), bo()] {
        office.enrol(&one, TRAINEE).unwrap();
    }
    office.enrol(&lead(), TRAINER).unwrap();
    let good = scripted("SIM-01", AgentKind::Committing, Lang::Zh, 3);
    let bad = scripted("SIM-01", AgentKind::Mechanical, Lang::Zh, 3);
    let runs = [
        finish(office, &mei(), &good, 1, 0),
        finish(office, &bo(), &bad, 2, 0),
    ];
    assert!(
        rows(office, &lead(), TRAINER, NOW).is_empty(),
        "first the own words of both"
    );
    reflect(office, &mei(), runs[0]);
    assert!(rows(office, &lead(), TRAINER, NOW).is_empty());
    reflect(office, &bo(), runs[1]);
    let rows = rows(office, &lead(), TRAINER, NOW);
    assert_eq!(rows.len(), 1);
    rows[0].id
}

#[test]
fn a_pair_goes_its_way_and_nobody_skips_a_step() {
    let dir = tempfile::tempdir().unwrap();
    let office = open(dir.path());
    let pair = class(&office);
    let leads = |d: PairDeed| deed(&office, &lead(), TRAINER, pair, d);
    // Until it wants something of them, the trainees see nothing of it.
    assert!(rows(&office, &mei(), TRAINEE, NOW).is_empty());
    assert_eq!(
        refusal(&read(&office, &mei(), TRAINEE, pair)),
        "unknown_pair"
    );
    assert_eq!(refusal(&leads(PairDeed::Publish)), "not_now");
    let step = |d: PairDeed, next: &str| {
        assert_eq!(
            rows(&office, &lead(), TRAINER, NOW)[0].next.as_deref(),
            Some(next)
        );
        assert_eq!(leads(d), Told::Done);
    };
    step(PairDeed::Match, "match");
    step(PairDeed::Mask, "mask");
    let mut bare = annotate();
    if let PairDeed::Annotate { questions, .. } = &mut bare {
        questions[1].clear();
    }
    assert_eq!(refusal(&leads(bare)), "questions_missing");
    step(annotate(), "annotate");
    assert_eq!(refusal(&leads(consent(true))), "not_yours");
    assert_eq!(refusal(&leads(PairDeed::Publish)), "not_now");
    for (one, named) in [(mei(), false), (bo(), true)] {
        assert_eq!(office.consent_wanted(&one), Some(pair));
        let told = deed(&office, &one, TRAINEE, pair, consent(named));
        assert_eq!(told, Told::Done);
        assert_eq!(office.consent_wanted(&one), None);
    }
    let told = deed(&office, &mei(), TRAINEE, pair, PairDeed::Publish);
    assert_eq!(refusal(&told), "trainer_only");
    step(PairDeed::Publish, "publish");
    // Everybody reads it: the lower outcome left, a name only where it was agreed to.
    let other = who(7, "ran", "冉明");
    let view = shown(read(&office, &other, TRAINEE, pair));
    assert!(view.sides.0.total < view.sides.1.total);
    assert_eq!(view.row.totals, (view.sides.0.total, view.sides.1.total));
    assert_eq!(
        view.sides.0.name.as_ref().map(SafeText::as_str),
        Some("柏一帆")
    );
    assert_eq!(view.sides.1.name, None);
    assert_eq!(view.sides.0.turning, Some(0));
    assert!(view.sides.1.turns[1].turning);
    assert_eq!(view.questions.len(), 3);
    assert_eq!(view.questions[0].as_str(), "***哪句话拐了弯？");
    assert!(!view.differs.is_empty());
    assert_eq!(view.row.next.as_deref(), Some("read"));
    let answers = PairDeed::Read {
        answers: vec!["第二句".to_owned()],
    };
    assert_eq!(deed(&office, &other, TRAINEE, pair, answers), Told::Done);
    assert_eq!(rows(&office, &other, TRAINEE, NOW)[0].next, None);
    assert_eq!(rows(&office, &other, TRAINEE, NOW)[0].read, 1);
    // Either trainee takes it back at any time, nobody else; it is gone at once, from the disk, too, and never found again.
    let told = deed(&office, &other, TRAINEE, pair, PairDeed::Retire);
    assert_eq!(refusal(&told), "not_yours");
    let told = deed(&office, &mei(), TRAINEE, pair, PairDeed::Retire);
    assert_eq!(told, Told::Done);
    for (one, role) in [(mei(), TRAINEE), (other, TRAINEE), (lead(), TRAINER)] {
        assert!(rows(&office, &one, role, NOW).is_empty());
        assert_eq!(refusal(&read(&office, &one, role, pair)), "unknown_pair");
    }
    let file = dir.path().join(format!("pairs/{pair}.json"));
    let kept = std::fs::read_to_string(file).unwrap();
    assert!(!kept.contains("第二句") && !kept.contains("拐了弯"));
    drop(office);
    let office = open(dir.path());
    assert!(rows(&office, &lead(), TRAINER, NOW).is_empty());
}

#[test]
fn who_does_not_agree_ends_it() {
    let dir = tempfile::tempdir().unwrap();
    let office = open(dir.path());
    let pair = class(&office);
    for d in [PairDeed::Match, PairDeed::Mask, annotate()] {
        assert_eq!(deed(&office, &lead(), TRAINER, pair, d), Told::Done);
    }
    let no = PairDeed::Consent {
        agreed: false,
        named: false,
    };
    assert_eq!(deed(&office, &bo(), TRAINEE, pair, no), Told::Done);
    assert!(rows(&office, &lead(), TRAINER, NOW).is_empty());
    assert_eq!(office.consent_wanted(&mei()), None);
}

#[test]
fn planted_pairs_are_found_and_others_are_not() {
    let dir = tempfile::tempdir().unwrap();
    let office = open(dir.path());
    office.enrol(&lead(), TRAINER).unwrap();
    let (mei, bo, ran) = (mei(), bo(), who(3, "ran", "冉明"));
    let mut number = 0;
    let mut run = |who: &Who, id: &str, kind: AgentKind, lang: Lang, seed: u64| {
        number += 1;
        let run = finish(&office, who, &scripted(id, kind, lang, seed), number, 0);
        reflect(&office, who, run);
        run
    };
    let mut planted = BTreeSet::new();
    for (at, id) in ["SIM-01", "SIM-02", "SIM-03", "SIM-04", "SIM-05"]
        .into_iter()
        .enumerate()
    {
        let seed = u64::try_from(at).unwrap();
        let good = run(&mei, id, AgentKind::Committing, Lang::Zh, seed);
        let bad = run(&bo, id, AgentKind::Mechanical, Lang::Zh, seed);
        planted.insert(find::name(good, bad));
    }
    // Not these: another seed, another language, the same hands, the same outcome.
    run(&ran, "SIM-01", AgentKind::Mechanical, Lang::Zh, 99);
    run(&ran, "SIM-02", AgentKind::Committing, Lang::En, 1);
    run(&mei, "SIM-06", AgentKind::Committing, Lang::Zh, 1);
    run(&mei, "SIM-06", AgentKind::Mechanical, Lang::Zh, 1);
    run(&bo, "SIM-07", AgentKind::Committing, Lang::Zh, 1);
    run(&ran, "SIM-07", AgentKind::Committing, Lang::Zh, 1);
    let found: BTreeSet<Uuid> = rows(&office, &lead(), TRAINER, NOW)
        .iter()
        .map(|r| r.id)
        .collect();
    assert_eq!(found, planted);
}

#[test]
fn how_far_apart_outcomes_must_be() {
    assert!(find::apart((4, 80), (5, 80)) && find::apart((4, 80), (4, 60)));
    assert!(!find::apart((4, 80), (4, 61)));
    for end in crate::sim::End::ALL {
        let good = find::class_of(end.as_str()) >= 3;
        assert_eq!(good, end.is_good(), "{end:?}");
    }
}

#[test]
fn no_name_and_no_number_of_the_card_is_left_in_a_pair() {
    for lang in [Lang::Zh, Lang::En] {
        let dir = tempfile::tempdir().unwrap();
        let office = open(dir.path());
        office.enrol(&lead(), TRAINER).unwrap();
        for one in [mei(), bo()] {
            office.enrol(&one, TRAINEE).unwrap();
        }
        // All of them in Chinese, some in English: each is two plays and two replays.
        let step = if lang == Lang::Zh { 1 } else { 4 };
        let played: Vec<_> = scenarios().iter().step_by(step).collect();
        for (number, scenario) in (1_u128..).zip(&played) {
            let card = &scenario.card;
            let name = card.name.get(lang);
            let last: String = card.phone.chars().skip(card.phone.len() - 4).collect();
            let owner = card.values.get("owner.name").map_or("", |o| o.get(lang));
            let lines = match lang {
                Lang::Zh => vec![
                    format!(
                        "{name}您好，我是梅小雨，给您登记的电话是{}，尾号{last}对吗？",
                        card.phone
                    ),
                    format!(
                        "小雨给您办，{owner}经理今天给您回电话，身份证110101199003078515不用再报。"
                    ),
                ],
                Lang::En => vec![
                    format!(
                        "{name}, this is Mei, your number is {}, ending in {last}, is that right?",
                        card.phone
                    ),
                    format!("Mr {owner} will call you today, and mei stays with you."),
                ],
            };
            let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
            let own = said(&scenario.id, 2, 5, lang, &lines);
            reflect(
                &office,
                &mei(),
                finish(&office, &mei(), &own, number * 2, 0),
            );
            let good = scripted(&scenario.id, AgentKind::Committing, lang, 5);
            reflect(
                &office,
                &bo(),
                finish(&office, &bo(), &good, number * 2 + 1, 0),
            );
        }
        let rows = rows(&office, &lead(), TRAINER, NOW);
        assert_eq!(rows.len(), played.len());
        for row in rows {
            for d in [PairDeed::Match, PairDeed::Mask] {
                assert_eq!(deed(&office, &lead(), TRAINER, row.id, d), Told::Done);
            }
            let view = shown(read(&office, &lead(), TRAINER, row.id));
            let card = &scenarios()
                .iter()
                .find(|s| s.id == row.scenario)
                .unwrap()
                .card;
            let mut text = view.opening.as_str().to_owned();
            for turn in view.sides.0.turns.iter().chain(&view.sides.1.turns) {
                text.push_str(turn.said.as_str());
                text.push_str(turn.answer.as_str());
                for (_, words) in &turn.findings {
                    text.push_str(words.as_str());
                }
            }
            let last: String = card.phone.chars().skip(card.phone.len() - 4).collect();
            let owner = card.values.get("owner.name");
            let mut gone = vec![
                card.name.zh.clone(),
                card.name.en.clone(),
                card.phone.clone(),
                last,
                "小雨".to_owned(),
                "110101199003078515".to_owned(),
                " Mei".to_owned(),
                " mei ".to_owned(),
            ];
            if let Some(owner) = owner {
                gone.push(format!("{}经理", owner.zh));
                gone.push(format!("Mr {}", owner.en));
            }
            for name in gone {
                assert!(!text.contains(&name), "{} {name}: {text}", row.scenario);
            }
        }
    }
}

#[test]
fn the_mask_hides_names_and_numbers_and_nothing_else() {
    let one = scenarios().iter().find(|s| s.id == "SIM-01").unwrap();
    let mask = Mask::of(one, ["mei", "梅小雨"]);
    for (text, want) in [
        ("何女士，尾号五六七八，对吗", "***女士，尾号***，对吗"),
        ("尾号5 6 7 8 ，好", "尾号*** ，好"),
        ("尾号５６７８", "尾号***"),
        ("He said Ms He called mei.", "He said Ms *** called ***."),
        (
            "几时来？何时来？等三天，一千一百八十八块",
            "几时来？何时来？等三天，一千一百八十八块",
        ),
        ("mein meister", "mein meister"),
    ] {
        assert_eq!(mask.hide(text), want);
    }
}

#[test]
fn without_a_class_ones_own_run_stands_beside_the_scripted_one() {
    let dir = tempfile::tempdir().unwrap();
    let office = open(dir.path());
    office.enrol(&mei(), TRAINEE).unwrap();
    let bad = scripted("SIM-01", AgentKind::Mechanical, Lang::Zh, 3);
    let run = finish(&office, &mei(), &bad, 1, 0);
    assert!(
        rows(&office, &mei(), TRAINEE, NOW).is_empty(),
        "first the own words"
    );
    reflect(&office, &mei(), run);
    let found = rows(&office, &mei(), TRAINEE, NOW);
    assert_eq!(found.len(), 1);
    let pair = found[0].id;
    let view = shown(read(&office, &mei(), TRAINEE, pair));
    assert!(view.sides.0.total < view.sides.1.total);
    assert_eq!(view.sides.0.total, crate::sim::score(&bad).total);
    assert_eq!(view.row.next.as_deref(), Some("read"));
    let answers = PairDeed::Read {
        answers: Vec::new(),
    };
    assert_eq!(deed(&office, &mei(), TRAINEE, pair, answers), Told::Done);
    let found = rows(&office, &mei(), TRAINEE, NOW);
    assert_eq!((found.len(), found[0].read), (1, 1));
    shown(read(&office, &mei(), TRAINEE, pair));
    // It is nobody else's.
    assert!(rows(&office, &bo(), TRAINEE, NOW).is_empty());
    assert_eq!(
        refusal(&read(&office, &lead(), TRAINER, pair)),
        "unknown_pair"
    );
}
