//! The stock: what a scenario is filled up with where the ticket gives nothing (`assets/sim/stock.toml`).

use serde::Deserialize;

use crate::coach::BadContent;
use crate::coach::content::{Both, File};
use crate::domain::lang::Lang;

/// A text in both languages.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Pair {
    pub(super) zh: String,
    pub(super) en: String,
}

macro_rules! masked {
    ($($(#[$doc:meta])* $name:ident: $zh:ident, $en:ident;)+) => {
        /// What stands for what was hidden.
        #[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub(super) struct Masked { $($zh: String, $en: String,)+ }

        impl Masked {
            $($(#[$doc])* pub(super) fn $name(&self, lang: Lang) -> &str {
                match lang { Lang::Zh => &self.$zh, Lang::En => &self.$en }
            })+
        }
    };
}
masked! {
    /// An address.
    address: address_zh, address_en;
    /// A date.
    day: day_zh, day_en;
    /// A link.
    link: link_zh, link_en;
    /// A mail address.
    mail: mail_zh, mail_en;
    /// Somebody who works here.
    colleague: colleague_zh, colleague_en;
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NeedWords {
    pub(super) fix: String,
    pub(super) direct: String,
    pub(super) zh: String,
    pub(super) en: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Demand {
    pub(super) demand_zh: String,
    pub(super) demand_en: String,
    pub(super) lines: Vec<Pair>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Say {
    pub(super) when: String,
    pub(super) band: Option<String>,
    pub(super) after: Option<String>,
    class: Option<String>,
    fix: Option<String>,
    pub(super) outside: Option<String>,
    pub(super) zh: String,
    pub(super) en: String,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Fact {
    pub(super) id: String,
    pub(super) told: Option<String>,
    pub(super) asked_zh: Vec<String>,
    pub(super) asked_en: Vec<String>,
    pub(super) zh: String,
    pub(super) en: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Cause {
    class: String,
    pub(super) zh: String,
    pub(super) en: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wordings {
    pub(super) act: String,
    class: Option<String>,
    pub(super) zh: Vec<String>,
    pub(super) en: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Storm {
    pub(super) at: u32,
    pub(super) kind: String,
    #[serde(default)]
    pub(super) seconds: u32,
    pub(super) level: u8,
    #[serde(default)]
    pub(super) scenario: String,
    pub(super) zh: String,
    pub(super) en: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Trap {
    pub(super) id: String,
    fixes: Vec<String>,
    pub(super) kind: String,
    pub(super) act: String,
    pub(super) critical: bool,
    pub(super) zh: String,
    pub(super) en: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Lesson {
    pub(super) lesson_zh: String,
    pub(super) lesson_en: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Turn {
    pub(super) kind: String,
    pub(super) act: Option<String>,
    class: Option<String>,
    fix: Option<String>,
    pub(super) zh: String,
    pub(super) en: String,
}

/// The stock.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Stock {
    pub(super) surnames_zh: Vec<String>,
    pub(super) surnames_en: Vec<String>,
    pub(super) history_zh: String,
    pub(super) history_en: String,
    pub(super) masked: Masked,
    pub(super) need: Vec<NeedWords>,
    pub(super) ladder: Vec<Demand>,
    pub(super) say: Vec<Say>,
    pub(super) fact: Vec<Fact>,
    pub(super) extra: Vec<Fact>,
    cause: Vec<Cause>,
    pub(super) exemplar: Vec<Wordings>,
    pub(super) storm: Vec<Storm>,
    pub(super) trap: Vec<Trap>,
    pub(super) mechanical: Lesson,
    pub(super) sympathetic: Lesson,
    pub(super) committing: Lesson,
    turn: Vec<Turn>,
}

/// The matter for which lines are taken: the class of its item, `A` to `C`, and what answers its need.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Matter<'a> {
    pub(super) class: &'a str,
    pub(super) fix: &'a str,
}

impl Matter<'_> {
    fn fits(&self, class: Option<&String>, fix: Option<&String>) -> bool {
        class.is_none_or(|c| c == self.class) && fix.is_none_or(|f| f == self.fix)
    }
}

impl Stock {
    /// The stock that ships with balm.
    ///
    /// # Errors
    /// Never for a released program: a test reads it.
    pub(super) fn shipped() -> Result<Self, BadContent> {
        let file = File {
            name: "sim/stock.toml",
            text: include_str!("../../../assets/sim/stock.toml"),
        };
        let stock: Self = file.read()?;
        let same = stock.surnames_zh.len() == stock.surnames_en.len();
        if stock.surnames_zh.is_empty() || !same {
            let what = "the surnames differ in number, or there are none";
            return Err(file.bad("surnames_zh", what, "write as many in each language"));
        }
        Ok(stock)
    }

    /// The lines of a customer in this matter who turns to this outside body and abuses or not.
    pub(super) fn says<'a>(
        &'a self,
        matter: Matter<'a>,
        outside: &'a str,
        abuses: bool,
    ) -> impl Iterator<Item = &'a Say> {
        let abuse = |s: &Say| matches!(&s.when[..], "abuse" | "boundary" | "end_by_policy");
        self.say.iter().filter(move |s| {
            matter.fits(s.class.as_ref(), s.fix.as_ref())
                && s.outside.as_ref().is_none_or(|o| o == outside)
                && (abuses || !abuse(s))
        })
    }

    /// The need of this kind.
    pub(super) fn need(&self, fix: &str) -> Option<&NeedWords> {
        self.need.iter().find(|n| n.fix == fix)
    }

    /// A cause that could be, in this class.
    pub(super) fn cause(&self, class: &str) -> Option<Both> {
        let found = self.cause.iter().find(|c| c.class == class)?;
        Some(Both {
            zh: found.zh.clone(),
            en: found.en.clone(),
        })
    }

    /// Wordings of agents in this class.
    pub(super) fn wordings<'a>(&'a self, class: &'a str) -> impl Iterator<Item = &'a Wordings> {
        let fits = move |w: &&Wordings| w.class.as_ref().is_none_or(|c| c == class);
        self.exemplar.iter().filter(fits)
    }

    /// What this one of the three agents says.
    pub(super) fn turns<'a>(
        &'a self,
        kind: &'a str,
        matter: Matter<'a>,
    ) -> impl Iterator<Item = &'a Turn> {
        self.turn
            .iter()
            .filter(move |t| t.kind == kind && matter.fits(t.class.as_ref(), t.fix.as_ref()))
    }

    /// The traps of this need.
    pub(super) fn traps<'a>(&'a self, fix: &'a str) -> impl Iterator<Item = &'a Trap> {
        self.trap
            .iter()
            .filter(move |t| t.fixes.iter().any(|f| f == fix))
    }
}
