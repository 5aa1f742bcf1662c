//! Parts that several screens are made of.

pub(super) mod block;
pub(super) mod composer;
pub(super) mod field;
pub(super) mod footer;
pub(super) mod list;
pub(super) mod modal;
pub(super) mod notice;
pub(super) mod status;
pub(super) mod strip;
