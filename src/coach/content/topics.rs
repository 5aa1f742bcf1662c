//! The lexicon of topics: what words are about, for the learned model and for the evidence it shows.

use serde::Deserialize;

use super::{BadContent, File};
use crate::coach::folded::Scanner;
use crate::coach::model::topic_key;

/// One topic.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Topic {
    /// The name that the model knows it by.
    pub id: String,
    /// Whether it names a trade, and so counts inside a mention too.
    #[serde(default)]
    pub trade: bool,
    zh: Vec<String>,
    en: Vec<String>,
    /// All its words.
    #[serde(skip)]
    pub words: Vec<String>,
    /// The model's key of it.
    #[serde(skip)]
    pub key: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TopicsFile {
    topic: Vec<Topic>,
}

/// The topics and the scanner for their words.
pub(super) fn parse(file: &File<'_>) -> Result<(Vec<Topic>, Scanner<usize>), BadContent> {
    let mut topics = file.read::<TopicsFile>()?.topic;
    let mut phrases = Vec::new();
    for (place, topic) in topics.iter_mut().enumerate() {
        if topic.zh.is_empty() || topic.en.is_empty() {
            return Err(file.bad(
                topic.id.clone(),
                "words of one language are missing",
                "add zh and en",
            ));
        }
        topic.key = topic_key(&topic.id);
        topic.words = [std::mem::take(&mut topic.zh), std::mem::take(&mut topic.en)].concat();
        if topic.words.iter().any(|w| w.trim().is_empty()) {
            return Err(file.bad(
                topic.id.clone(),
                "an empty phrase",
                "remove it: it would match everywhere",
            ));
        }
        phrases.extend(topic.words.iter().map(|w| (w.clone(), place)));
    }
    let mut ids: Vec<&str> = topics.iter().map(|t| t.id.as_str()).collect();
    ids.sort_unstable();
    if let Some(twice) = ids.windows(2).find(|w| w[0] == w[1]) {
        return Err(file.bad(twice[0], "the topic stands twice", "join the two"));
    }
    let words = Scanner::new(phrases)
        .map_err(|e| file.bad("words", e.to_string(), "shorten the list of phrases"))?;
    Ok((topics, words))
}
