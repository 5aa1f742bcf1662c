//! The names of actions in both languages, for finding them in the palette. They are read from the same locale files the
//! view translates with, so that what is found is what is shown.

use crate::domain::lang::Lang;

use super::action::Action;

const ZH: &str = include_str!("../../assets/locale/zh-CN/app.ftl");
const EN: &str = include_str!("../../assets/locale/en/app.ftl");

/// The name of an action; its stable name where the file has none.
#[must_use]
pub fn action(lang: Lang, action: Action) -> String {
    let file = match lang {
        Lang::Zh => ZH,
        Lang::En => EN,
    };
    let key = action.name_key();
    let found = file.lines().find_map(|line| {
        let (name, words) = line.split_once('=')?;
        (name.trim() == key).then(|| words.trim().to_owned())
    });
    found.unwrap_or_else(|| action.id().to_owned())
}

#[cfg(test)]
mod tests;
