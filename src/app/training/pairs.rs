//! Pairs: the same customer handled by two, left and right.

use crate::api::training::{PairRow, PairView};
use crate::app::Action;
use crate::app::cx::Cx;
use crate::app::event::Key;

/// The screen.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct PairsState {
    /// The pairs.
    pub rows: Vec<PairRow>,
    /// The pair that is read.
    pub view: Option<PairView>,
}

impl PairsState {
    /// Whether keys are typed into a field.
    #[must_use]
    pub const fn typing(&self) -> bool {
        false
    }
}

/// The list came.
pub(super) fn listed(cx: &mut Cx<'_, '_>, rows: Vec<PairRow>) {
    if let Some(practice) = cx.state.training.as_mut() {
        practice.pairs.rows = rows;
    }
}
/// A pair came.
pub(super) fn took(cx: &mut Cx<'_, '_>, view: PairView) {
    if let Some(practice) = cx.state.training.as_mut() {
        practice.pairs.view = Some(view);
    }
}
/// Orders of this screen.
pub(super) fn perform(_cx: &mut Cx<'_, '_>, _action: Action) {}
/// Up and down.
pub(super) fn step(_cx: &mut Cx<'_, '_>, _by: isize) {}
/// Enter.
pub(super) fn open(_cx: &mut Cx<'_, '_>) {}
/// Tab.
pub(super) fn cycle(_cx: &mut Cx<'_, '_>, _forward: bool) {}
/// A key typed into a field.
pub(super) fn typed(_cx: &mut Cx<'_, '_>, _key: Key) -> bool {
    false
}
/// Pasted text.
pub(super) fn paste(_cx: &mut Cx<'_, '_>, _text: &str) {}
