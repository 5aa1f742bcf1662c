#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use super::super::testing::class;
use super::*;

#[test]
fn the_three_answers_end_in_their_order() {
    for id in ["SIM-01", "SIM-02"] {
        let class = class(id);
        for lang in [Lang::Zh, Lang::En] {
            for answered in class.lesson(lang) {
                println!("{id} {lang:?} {:?}: {:?} end {:?}", answered.kind,
                    answered.anger.iter().map(|a| a.rounded()).collect::<Vec<_>>(), answered.play.end());
                for turn in answered.play.turns() {
                    println!("    {:?} {:?}", turn.acts.iter().map(|e| e.act.as_str()).collect::<Vec<_>>(), turn.moments);
                }
            }
            let rates: Vec<Rate> = AgentKind::ALL.iter().map(|k| class.rate(*k, lang, 40)).collect();
            println!("{rates:?}");
            let [bad, kind, good] = &rates[..] else { panic!("three agents") };
            assert!(good.resolved * 100 >= good.of * 90, "{id}: {good:?}");
            assert!(bad.resolved * 100 <= bad.of * 5, "{id}: {bad:?}");
            assert!(kind.resolved * 100 <= kind.of * 5, "{id}: {kind:?}");
            assert!(bad.anger > kind.anger && kind.anger > good.anger, "{id}: {rates:?}");
        }
    }
}
