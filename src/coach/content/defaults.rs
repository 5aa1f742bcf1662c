//! What promises need and how they are said when nothing better is known.

use serde::Deserialize;

use super::playbook::Both;
use super::{BadContent, File};
use crate::coach::slots;
use crate::domain::promise_time::Contact;
use crate::domain::vocabulary::Deed;

/// Needs per deed, contact hours, and the lines that go with a promise whatever the item is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PromiseDefaults {
    needs: Vec<(Deed, i64)>,
    /// When customers are contacted who named no hours.
    pub contact: Contact,
    /// Said when the deed does not fit under the ticket's target.
    pub news: Both,
    /// Said in place of naming a time for the cause in that case.
    pub open: Both,
    /// Said after a promise more than a day away.
    pub interim: Both,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    need: Needs,
    contact: Hours,
    news: Text,
    open: Text,
    interim: Text,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Needs {
    callback: i64,
    reply: i64,
    update: i64,
    resolve: i64,
    verify: i64,
    docs: i64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Hours {
    from: String,
    to: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Text {
    zh: String,
    en: String,
}

impl PromiseDefaults {
    /// Business minutes this deed needs.
    #[must_use]
    pub fn need(&self, deed: Deed) -> i64 {
        self.needs
            .iter()
            .find(|(d, _)| *d == deed)
            .map_or(60, |(_, minutes)| *minutes)
    }

    pub(super) fn parse(file: &File<'_>) -> Result<Self, BadContent> {
        let raw: Raw = file.read()?;
        let needs = vec![
            (Deed::Callback, raw.need.callback),
            (Deed::Reply, raw.need.reply),
            (Deed::Update, raw.need.update),
            (Deed::Resolve, raw.need.resolve),
            (Deed::Verify, raw.need.verify),
            (Deed::Docs, raw.need.docs),
        ];
        if let Some((deed, minutes)) = needs.iter().find(|(_, m)| !(1..=10_000).contains(m)) {
            return Err(file.bad(
                format!("need.{}", deed.as_str()),
                format!("{minutes} minutes"),
                "write 1 to 10000 business minutes",
            ));
        }
        let hours = format!("{}-{}", raw.contact.from, raw.contact.to);
        let contact = contact_hours(&hours).ok_or_else(|| {
            file.bad(
                "contact",
                format!("{hours} are no hours"),
                "write from and to as \"09:00\", from before to",
            )
        })?;
        let line = |entry: &str, text: Text, time: bool| {
            let both = Both {
                zh: text.zh,
                en: text.en,
            };
            for text in [&both.zh, &both.en] {
                let names =
                    slots::names(text).map_err(|what| file.bad(entry, what, "use {due.update}"))?;
                if names.contains("due.update") != time || names.len() != usize::from(time) {
                    let remedy = if time {
                        "use {due.update} once"
                    } else {
                        "use no slot"
                    };
                    return Err(file.bad(entry, "wrong slots", remedy));
                }
            }
            Ok(both)
        };
        Ok(Self {
            needs,
            contact,
            news: line("news", raw.news, true)?,
            open: line("open", raw.open, false)?,
            interim: line("interim", raw.interim, true)?,
        })
    }
}

/// Hours such as `09:00-20:00`, first before last, both within a day.
pub(in crate::coach) fn contact_hours(text: &str) -> Option<Contact> {
    let minute = |text: &str| -> Option<u16> {
        let (hour, minute) = text.trim().split_once(':')?;
        let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
        (hour < 24 && minute < 60).then_some(hour * 60 + minute)
    };
    let (from, to) = text.split_once('-')?;
    let (from, to) = (minute(from)?, minute(to)?);
    (from < to).then_some(Contact {
        from,
        to,
        zone: None,
    })
}
