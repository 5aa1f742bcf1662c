//! One file a screen or layer.

pub(super) mod caller;
pub(super) mod cards;
pub(super) mod coach;
pub(super) mod conversation;
pub(super) mod deciding;
pub(super) mod dialog;
pub(super) mod drafts;
pub(super) mod growing;
pub(super) mod grown;
pub(super) mod hearing;
pub(super) mod help;
pub(super) mod intake;
pub(super) mod lock;
pub(super) mod palette;
pub(super) mod quality;
pub(super) mod queue;
pub(super) mod returned;
pub(super) mod search;
pub(super) mod team;
pub(super) mod ticket;
pub(super) mod training;
