//! The user's own settings of one desk: where things lie, the language, the mouse, the lock, own keys and words.
//!
//! Everything a site decides (policy, calendars, playbooks) comes from the server; a desk's own folder overrides language,
//! words, theme and keys only (design 1).

mod load;
mod paths;

pub use load::{BadConfig, Config, Flaw, LanguageModel, load, parse};
pub use paths::{Folder, FolderError, config_dir, default_data_dir, prepare};
