//! What of a pair may be read: every name and number of the customer's card, of the people behind it and of the trainees is
//! hidden, and whatever else of personal numbers was said.

use crate::sim::Scenario;
use crate::text::{half_width, mask_free};

/// What stands for hidden words.
const HIDDEN: &str = "***";
/// How people are addressed behind a surname.
const BEHIND: &[&str] = &[
    "女士", "先生", "小姐", "太太", "同志", "师傅", "老师", "经理", "主任", "组长", "主管", "店长",
    "大爷", "大妈", "大哥", "大姐", "阿姨", "叔叔", "奶奶", "爷爷", "姐", "哥", "总", "工",
];
/// How people are addressed before a surname.
const BEFORE: &[&str] = &["小", "老", "阿"];
/// The same in English.
const BEFORE_EN: &[&str] = &["Ms", "Mr", "Mrs", "Miss", "Ms.", "Mr.", "Mrs.", "Dr", "Dr."];
/// So many digits in a row of one of the card's numbers are that number: the last four are asked for to check it.
const FEWEST: usize = 4;

/// The names and numbers of one scenario and of two trainees.
#[derive(Clone, Debug, Default)]
pub(in crate::training::office) struct Mask {
    /// Hidden wherever they stand, the longest first.
    whole: Vec<String>,
    /// Hidden wherever they stand as a word of their own.
    words: Vec<String>,
    /// Hidden where they stand with a form of address, and the form stays.
    addressed: Vec<String>,
    /// The digits of the card's numbers.
    numbers: Vec<String>,
}

impl Mask {
    /// What must not be read of this scenario and these people.
    pub(in crate::training::office) fn of<'a>(
        scenario: &Scenario,
        people: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        let mut mask = Self::default();
        mask.surname(&scenario.card.name.zh);
        mask.surname(&scenario.card.name.en);
        mask.numbers.push(digits(&scenario.card.phone));
        for (slot, value) in &scenario.card.values {
            if slot.ends_with(".name") && slot.starts_with("owner") {
                mask.surname(&value.zh);
                mask.surname(&value.en);
            }
            for text in [&value.zh, &value.en] {
                let runs = text.split(|c: char| !c.is_ascii_digit());
                let long = runs.filter(|r| r.len() > FEWEST);
                mask.numbers.extend(long.map(str::to_owned));
            }
        }
        for person in people {
            let person = person.trim();
            let letters = person.chars().count();
            if person.is_ascii() {
                let parts = person.split_whitespace().filter(|p| p.len() > 1);
                mask.words.extend(parts.map(str::to_owned));
            } else if letters == 1 {
                mask.addressed.push(person.to_owned());
            } else {
                let surname = crate::text::mask::surname(person);
                mask.addressed.push(surname.to_owned());
                // The given name alone is a name, too.
                let given = person.strip_prefix(surname).unwrap_or_default();
                if given.chars().count() > 1 {
                    mask.whole.push(given.to_owned());
                }
                mask.whole.push(person.to_owned());
            }
        }
        mask.whole.sort_by_key(|w| std::cmp::Reverse(w.len()));
        mask
    }

    /// The surname of a name with a form of address, or the name itself.
    fn surname(&mut self, name: &str) {
        let mut rest = name.trim();
        for form in BEFORE_EN {
            if let Some(behind) = rest.strip_prefix(&format!("{form} ")) {
                rest = behind.trim();
            }
        }
        if let Some(form) = BEHIND.iter().find(|f| rest.ends_with(**f)) {
            let surname = rest.strip_suffix(form).unwrap_or(rest);
            if !surname.is_empty() {
                rest = surname;
            }
        }
        if rest.chars().count() > 2 && !rest.is_ascii() {
            self.whole.push(rest.to_owned());
        }
        self.addressed.push(rest.to_owned());
    }

    /// The text with all of it hidden.
    #[must_use]
    pub(in crate::training::office) fn hide(&self, text: &str) -> String {
        let mut out = mask_free(&self.hide_numbers(text));
        for name in &self.whole {
            out = out.replace(name.as_str(), HIDDEN);
        }
        for name in &self.words {
            out = words_replaced(&out, name, |_| true);
        }
        for name in &self.addressed {
            out = if name.is_ascii() {
                words_replaced(&out, name, |before| {
                    let last = before.trim_end().rsplit(' ').next().unwrap_or_default();
                    BEFORE_EN.contains(&last)
                })
            } else {
                self.hide_addressed(&out, name)
            };
        }
        out
    }

    fn hide_addressed(&self, text: &str, name: &str) -> String {
        let mut out = text.to_owned();
        for form in BEHIND {
            out = out.replace(&format!("{name}{form}"), &format!("{HIDDEN}{form}"));
        }
        for form in BEFORE {
            out = out.replace(&format!("{form}{name}"), &format!("{form}{HIDDEN}"));
        }
        for said in ["姓", "叫"] {
            out = out.replace(&format!("{said}{name}"), &format!("{said}{HIDDEN}"));
        }
        out
    }

    /// Digits of the card's numbers in any script, with blanks or hyphens between them or not.
    fn hide_numbers(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut run = String::new();
        let mut read = String::new();
        for c in text.chars() {
            if let Some(digit) = digit(c) {
                read.push(digit);
                run.push(c);
            } else if !read.is_empty() && matches!(c, ' ' | '-' | '\u{3000}') {
                run.push(c);
            } else {
                self.end_of_run(&mut run, &mut read, &mut out);
                out.push(c);
            }
        }
        self.end_of_run(&mut run, &mut read, &mut out);
        out
    }

    fn end_of_run(&self, run: &mut String, read: &mut String, out: &mut String) {
        let chars: Vec<char> = read.chars().collect();
        let known = chars.windows(FEWEST).any(|four| {
            let four: String = four.iter().collect();
            self.numbers.iter().any(|n| n.contains(&four))
        });
        if known {
            out.push_str(HIDDEN);
            let behind = run.trim_end_matches([' ', '-', '\u{3000}']);
            out.push_str(run.get(behind.len()..).unwrap_or_default());
        } else {
            out.push_str(run);
        }
        run.clear();
        read.clear();
    }
}

/// The digit that a character is said for: half or full width, or a Han numeral as numbers are told.
fn digit(c: char) -> Option<char> {
    let c = half_width(c);
    if c.is_ascii_digit() {
        return Some(c);
    }
    let at = "零一二三四五六七八九".chars().position(|h| h == c);
    let at = at.or(match c {
        '〇' => Some(0),
        '幺' => Some(1),
        '两' => Some(2),
        _ => None,
    })?;
    char::from_digit(u32::try_from(at).ok()?, 10)
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// `text` with `name` hidden where it stands as a word of its own, in any case of letters, and `fits` what stands before it.
fn words_replaced(text: &str, name: &str, fits: impl Fn(&str) -> bool) -> String {
    if name.is_empty() {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|r| !r.is_empty()) {
        let before = text.get(..at).unwrap_or_default();
        let here = rest.get(..name.len());
        let found = here.is_some_and(|h| h.eq_ignore_ascii_case(name));
        let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        let behind = rest.get(name.len()..).and_then(|r| r.chars().next());
        if found && !letter(before.chars().next_back()) && !letter(behind) && fits(before) {
            out.push_str(HIDDEN);
            at += name.len();
            continue;
        }
        let Some(c) = rest.chars().next() else { break };
        out.push(c);
        at += c.len_utf8();
    }
    out
}
