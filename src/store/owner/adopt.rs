//! Taking over what a desk of the same user left behind in another slot of this data folder.
//!
//! A second desk on one folder has files of its own. What it had not sent when it ended would leave only when that very
//! slot runs again; therefore each desk that starts takes the commands, returned words and drafts of slots nobody holds.

use std::path::Path;

use super::drafts::joined;
use crate::domain::ids::UserId;
use crate::store::files::{self, Folder};
use crate::store::outbox::Outbox;

/// Moves everything of free slots of `me` into `outbox`. A slot whose file cannot be read stays as it is for the desk that
/// takes it next; that is no reason not to start.
pub fn others(dir: &Path, me: UserId, own: &Folder, outbox: &mut Outbox) {
    for folder in Folder::free(dir, me, own) {
        let path = folder.outbox();
        if !path.exists() {
            continue;
        }
        let moved = files::open_outbox(&path)
            .map(Outbox::new)
            .and_then(|mut other| outbox.absorb(&mut other, joined));
        match moved {
            Ok(0) => {}
            Ok(count) => {
                tracing::info!(count, from = %path.display(), "took over what another desk left")
            }
            Err(error) => tracing::warn!(%error, "another desk's outbox cannot be taken over"),
        }
    }
}
