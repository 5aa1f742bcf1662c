//! The language model that training may use, from the settings of this desk.

use std::sync::Arc;

use super::super::Cx;
use super::super::error::CliError;
use super::room::whole;
use crate::client::{self, LanguageModel};
use crate::sim::phrasing::Phrasing;
use crate::training::Phraser;

/// The language model of the settings, when one is named there.
///
/// # Errors
/// When its address or token file cannot be used; a live token never leaves for it.
pub(super) fn phraser(cx: &Cx) -> Result<Option<Arc<Phraser>>, CliError> {
    let set = &cx.config.language_model;
    if set.url.is_empty() {
        return Ok(None);
    }
    let live = &cx.config.token_file;
    let token = if set.token_file.as_os_str().is_empty() {
        None
    } else if whole(&set.token_file) == whole(live) {
        return Err(CliError::new("train-live_token").with("path", live.display()));
    } else {
        Some(client::read_token(&set.token_file)?)
    };
    let model = LanguageModel::new(&set.url, &set.model, token)?;
    let phrasing = Phrasing::shipped().map_err(|e| CliError::new("cli-content").with("what", e))?;
    Ok(Some(Arc::new(Phraser::new(
        model,
        phrasing,
        cx.coach.clone(),
    ))))
}
