//! Spoken practice: the trainee says it aloud, an observer marks the acts by keys.

use crate::api::training::DeskView;
use crate::app::Action;
use crate::app::cx::Cx;
use crate::app::event::Key;

/// The screen.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct SpokenState {
    /// The contact as it stands.
    pub view: Option<DeskView>,
}

impl SpokenState {
    /// Whether keys are typed into a field.
    #[must_use]
    pub const fn typing(&self) -> bool {
        false
    }
}

/// It went on.
pub(super) fn took(cx: &mut Cx<'_, '_>, view: DeskView) {
    if let Some(practice) = cx.state.training.as_mut() {
        practice.spoken.view = Some(view);
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
