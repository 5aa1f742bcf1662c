#![allow(clippy::unwrap_used, reason = "tests")]

use super::super::testing::scenario;
use super::*;

#[test]
fn without_a_line_for_this_mood_the_nearest_is_said() {
    let scenario = scenario("SIM-01");
    let voice = Voice {
        scenario: &scenario,
        seed: 7,
        lang: Lang::Zh,
    };
    // Nobody writes what a calm customer says to something bad: the line is the annoyed one's, never the furious one's.
    let bad = |s: &Saying| s.when == Situation::Bad && s.after.is_none();
    let bands = |places: &[usize]| -> BTreeSet<Option<u8>> {
        let all = places.iter().map(|at| scenario.sayings.get(*at).unwrap());
        all.map(|s| s.band.map(degree)).collect()
    };
    let written = bands(&voice.places(bad));
    assert!(
        written.len() > 1 && !written.contains(&Some(0)),
        "{written:?}"
    );
    let coolest = *written.iter().next().unwrap();
    assert_eq!(
        bands(&voice.nearest(Some(Band::Calm), bad)),
        BTreeSet::from([coolest])
    );
    let hottest = *written.iter().next_back().unwrap();
    assert_eq!(
        bands(&voice.nearest(Some(Band::Furious), bad)),
        BTreeSet::from([hottest])
    );
    // Without a mood every line fits.
    assert_eq!(voice.nearest(None, bad), voice.places(bad));
}
