//! A deployment's switches: a rule off, or lowered. Read from a policy file, checked against the table.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::Severity;
use super::rules::rule;
use crate::coach::content::{BadContent, File};

/// What a deployment changed about the rules.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Switches {
    /// The most that findings of a rule may matter; nothing when the rule is off.
    caps: BTreeMap<String, Option<Severity>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    #[serde(default)]
    rules: BTreeMap<String, String>,
}

impl Switches {
    /// Switches from a file such as `policy/lint.toml`.
    ///
    /// # Errors
    /// A rule that does not exist or must not be switched, a word that is no severity, or one above the table's.
    pub fn parse(file: &File<'_>) -> Result<Self, BadContent> {
        let raw: Raw = file.read()?;
        let mut caps = BTreeMap::new();
        for (id, word) in raw.rules {
            let bad = |what: String, remedy: &str| file.bad(format!("rules.{id}"), what, remedy);
            let Some(rule) = rule(&id) else {
                return Err(bad(
                    "there is no such rule".to_owned(),
                    "use an id of the rule table, such as \"TON-05\"",
                ));
            };
            if !rule.switchable {
                return Err(bad(
                    "rules about law and privacy cannot be switched".to_owned(),
                    "remove the line",
                ));
            }
            let cap = match word.as_str() {
                "off" => None,
                "info" => Some(Severity::Info),
                "warn" => Some(Severity::Warn),
                "block" => Some(Severity::Block),
                _ => {
                    return Err(bad(
                        format!("{word:?} is no severity"),
                        "write off, info, warn or block",
                    ));
                }
            };
            if cap > Some(rule.severity()) {
                return Err(bad(
                    format!("{word} is more than the rule's own severity"),
                    "a rule can be lowered or switched off, never raised",
                ));
            }
            caps.insert(id, cap);
        }
        Ok(Self { caps })
    }

    /// The severity after switching; nothing when the rule is off.
    #[must_use]
    pub fn apply(&self, rule: &str, severity: Severity) -> Option<Severity> {
        match self.caps.get(rule) {
            None => Some(severity),
            Some(None) => None,
            Some(Some(cap)) => Some(severity.min(*cap)),
        }
    }

    /// Whether the rule is switched off.
    #[must_use]
    pub fn off(&self, rule: &str) -> bool {
        self.caps.get(rule) == Some(&None)
    }
}
