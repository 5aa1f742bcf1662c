//! How many phrasings are recognised that writers wrote who knew neither our words nor our exemplars: sets b and c were read when
//! the ears were mended, set d by nobody; of d only these counts were looked at. Twelve customers; 24 phrasings an act and language
//! in set b, 22 in c and d. Sets a, e, f and g, by other writers, are learnt from.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use serde::Deserialize;

use super::{Desk, acts};
use crate::domain::lang::Lang;
use crate::domain::taxonomy::Taxonomy;
use crate::sim::hear::{Corpus, Ears, Situation, Understood};
use crate::sim::names::Act;
use crate::sim::scenario::Scenario;
use crate::sim::testing::{NOW, zone};

#[derive(Deserialize)]
struct File {
    phrase: Vec<Phrase>,
}

#[derive(Deserialize)]
struct Phrase {
    act: Act,
    scene: String,
    text: String,
}

/// Acts of set d that fewer than 85 % are heard of, with how many of 22 are: what is left to do, and nothing may fall below.
const BELOW: &[(&str, Act, usize)] = &[];

/// The same for set c: scorn that only who knows the matter hears as such.
const BELOW_IN_C: &[(&str, Act, usize)] = &[("en", Act::Forbidden, 18)];

/// What hurts and must not be heard in words that help.
const GRAVE: &[Act] = &[
    Act::Forbidden,
    Act::PolicyShield,
    Act::TransferCold,
    Act::ExcuseBusy,
    Act::AskKnown,
    Act::CommitVague,
];

fn read(name: &str) -> String {
    std::fs::read_to_string(format!("{}/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

const fn name(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "zh",
        Lang::En => "en",
    }
}

fn phrases(set: &str, lang: Lang) -> Vec<Phrase> {
    let lang = name(lang);
    let file: File =
        toml::from_str(&read(&format!("tests/sim/independent-{set}-{lang}.toml"))).unwrap();
    file.phrase
}

fn scenarios() -> &'static [Scenario] {
    static ALL: OnceLock<Vec<Scenario>> = OnceLock::new();
    ALL.get_or_init(|| Scenario::shipped(&Taxonomy::shipped().unwrap()).unwrap())
}

/// A phrasing as the customer hears it who said the opening, the hints and the reveals.
fn hear(desk: &Desk, phrase: &Phrase, lang: Lang) -> Understood {
    use crate::sim::Situation as When;
    let scenario = scenarios().iter().find(|s| s.id == phrase.scene).unwrap();
    let said: Vec<String> = [When::Opening, When::Hint, When::Reveal]
        .into_iter()
        .flat_map(|when| scenario.said(when))
        .map(|line| line.text.get(lang).to_owned())
        .collect();
    let zone = zone();
    let cx = Situation {
        scenario,
        lang,
        now: NOW,
        zone: &zone,
        said: &said,
        told: &BTreeSet::new(),
        heat: 65,
        abusing: phrase.act == Act::Boundary,
        severe_route: None,
    };
    let own = desk.ears.tuned(scenario);
    desk.ears
        .hear(&desk.coach, &desk.rules, &own, &cx, &phrase.text)
}

/// Per act: heard, of how many, and in how many of them something grave was heard that is not there.
type Table = BTreeMap<(&'static str, Act), (usize, usize, usize)>;

fn measure(set: &str) -> Table {
    let mut desk = Desk::new();
    let playbooks = Corpus::of_playbooks(desk.coach.content(), None);
    desk.ears = Ears::shipped().unwrap().with_playbooks(playbooks);
    let mut table = Table::new();
    for lang in [Lang::Zh, Lang::En] {
        for phrase in phrases(set, lang) {
            let heard = acts(&hear(&desk, &phrase, lang));
            let row = table.entry((name(lang), phrase.act)).or_default();
            row.0 += usize::from(heard.contains(&phrase.act));
            row.1 += 1;
            row.2 += usize::from(heard.iter().any(|a| GRAVE.contains(a)));
        }
    }
    for ((lang, act), (heard, of, grave)) in &table {
        println!(
            "{set} {lang} {} {heard}/{of}, grave in {grave}",
            act.as_str()
        );
    }
    table
}

fn helps(act: Act) -> bool {
    !GRAVE.contains(&act) && act != Act::ProcessOnly
}

/// Heard, of how many; grave in what helps, of how many.
fn sums(table: &Table) -> (usize, usize, usize, usize) {
    let mut out = (0, 0, 0, 0);
    for ((_, act), (heard, of, grave)) in table {
        out.0 += heard;
        out.1 += of;
        if helps(*act) {
            out.2 += grave;
            out.3 += of;
        }
    }
    println!("{out:?}");
    out
}

/// Acts of a set that too few are heard of: below their own floor where they have one, below 85 % where they have none.
fn poor(table: &Table, below: &[(&str, Act, usize)]) -> Vec<String> {
    let mut out = Vec::new();
    for ((lang, act), (heard, of, _)) in table {
        assert!(*of >= 20, "{act:?}: too few phrasings");
        let own = below.iter().find(|(l, a, _)| l == lang && a == act);
        let enough = match own {
            Some((_, _, floor)) => heard >= floor,
            None => heard * 100 >= of * 85,
        };
        if !enough {
            out.push(format!("{lang} {act:?} {heard}/{of}"));
        }
    }
    out
}

#[test]
fn acts_are_recognised_in_words_that_nobody_of_us_wrote() {
    let table = measure("d");
    assert_eq!(table.len(), 48);
    assert_eq!(poor(&table, BELOW), [""; 0]);
    let (heard, of, grave, helping) = sums(&table);
    assert!(heard * 100 >= of * 96, "{heard}/{of}");
    assert!(grave * 100 <= helping * 3, "{grave} of {helping}");
}

#[test]
fn acts_are_recognised_in_the_words_the_ears_were_mended_by() {
    for (set, below) in [("b", &[][..]), ("c", BELOW_IN_C)] {
        let table = measure(set);
        assert_eq!(poor(&table, below), [""; 0]);
        let (heard, of, grave, helping) = sums(&table);
        assert!(heard * 100 >= of * 96, "{heard}/{of}");
        assert!(grave * 100 <= helping * 3, "{grave} of {helping}");
    }
}

/// Pairs of Han characters, or words and pairs of them.
fn shingles(text: &str, lang: Lang) -> BTreeSet<String> {
    let text = text.to_lowercase();
    if lang == Lang::Zh {
        let han: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
        return han.windows(2).map(|pair| pair.iter().collect()).collect();
    }
    let words: Vec<&str> = text
        .split(|c: char| !(c.is_ascii_alphanumeric() || c == '\''))
        .filter(|w| !w.is_empty())
        .collect();
    let pairs = words.windows(2).map(|pair| pair.join(" "));
    pairs.chain(words.iter().map(|w| (*w).to_owned())).collect()
}

#[test]
fn nothing_that_is_learnt_from_is_a_phrasing_that_is_measured() {
    for lang in [Lang::Zh, Lang::En] {
        let name = name(lang);
        let said: BTreeMap<Act, Vec<String>> =
            toml::from_str(&read(&format!("assets/sim/said-{name}.toml"))).unwrap();
        let measured: Vec<_> = ["b", "c", "d"]
            .into_iter()
            .flat_map(|set| phrases(set, lang))
            .map(|p| shingles(&p.text, lang))
            .collect();
        for line in said.values().flatten() {
            let own = shingles(line, lang);
            let near = measured.iter().any(|other| {
                let both = own.intersection(other).count();
                both * 2 > own.len() + other.len() - both
            });
            assert!(!near, "too near to a phrasing that is measured: {line}");
        }
    }
}
