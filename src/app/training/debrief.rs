//! Looking back at a run: first the trainee's own words, then the score and the turning sentences, then other lines.

use crate::api::training::{DebriefView, RunId, TriedView};
use crate::app::Action;
use crate::app::cx::Cx;
use crate::app::event::Key;

/// The debrief on the screen.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct DebriefState {
    /// The run that is looked at.
    pub run: Option<RunId>,
    /// What the training told.
    pub view: Option<DebriefView>,
    /// What other lines would have done.
    pub tried: Option<TriedView>,
}

impl DebriefState {
    /// Whether keys are typed into a field.
    #[must_use]
    pub const fn typing(&self) -> bool {
        false
    }
}

/// A question above the debrief.
#[derive(Clone, PartialEq, Debug)]
pub enum DebriefLayer {}

impl DebriefLayer {
    /// Pasted text.
    pub fn paste(&mut self, _text: &str) {}
}

/// A run is over and waits for its debrief.
pub(super) fn offer(cx: &mut Cx<'_, '_>, run: RunId) {
    if let Some(practice) = cx.state.training.as_mut() {
        practice.debrief = DebriefState {
            run: Some(run),
            ..DebriefState::default()
        };
    }
}

/// The debrief of the last run.
pub(super) fn last(_cx: &mut Cx<'_, '_>) {}
/// The debrief came.
pub(super) fn took(cx: &mut Cx<'_, '_>, view: DebriefView) {
    if let Some(practice) = cx.state.training.as_mut() {
        practice.debrief.view = Some(view);
    }
}
/// What other lines would have done.
pub(super) fn tried(cx: &mut Cx<'_, '_>, view: TriedView) {
    if let Some(practice) = cx.state.training.as_mut() {
        practice.debrief.tried = Some(view);
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
/// A key for the layer.
pub(super) fn layer_key(_cx: &mut Cx<'_, '_>, _key: Key) {}
