//! Leading a class: who is where, one desk from near, what is thrown in.

use crate::api::training::{ClassView, DeskView, Results};
use crate::app::Action;
use crate::app::cx::Cx;
use crate::app::event::Key;
use crate::domain::lang::Lang;

/// The screen.
#[derive(Clone, PartialEq, Debug)]
pub struct ClassState {
    /// The class.
    pub view: Option<ClassView>,
    /// The desk that is watched.
    pub desk: Option<DeskView>,
    /// The customers' language.
    pub lang: Lang,
}

impl ClassState {
    /// A class of which nothing is known yet.
    #[must_use]
    pub const fn new(lang: Lang) -> Self {
        Self {
            view: None,
            desk: None,
            lang,
        }
    }
}

/// A question above the class.
#[derive(Clone, PartialEq, Debug)]
pub enum ClassLayer {}

impl ClassLayer {
    /// Pasted text.
    pub fn paste(&mut self, _text: &str) {}
}

/// The class changed.
pub(super) fn took(cx: &mut Cx<'_, '_>, view: ClassView) {
    if let Some(practice) = cx.state.training.as_mut() {
        practice.class.view = Some(view);
    }
}
/// One desk from near.
pub(super) fn watched(cx: &mut Cx<'_, '_>, view: DeskView) {
    if let Some(practice) = cx.state.training.as_mut() {
        practice.class.desk = Some(view);
    }
}
/// The results were written.
pub(super) fn written(_cx: &mut Cx<'_, '_>, _results: Results) {}
/// Orders of this screen.
pub(super) fn perform(_cx: &mut Cx<'_, '_>, _action: Action) {}
/// Up and down.
pub(super) fn step(_cx: &mut Cx<'_, '_>, _by: isize) {}
/// Enter.
pub(super) fn open(_cx: &mut Cx<'_, '_>) {}
/// Tab.
pub(super) fn cycle(_cx: &mut Cx<'_, '_>, _forward: bool) {}
/// A key for the layer.
pub(super) fn layer_key(_cx: &mut Cx<'_, '_>, _key: Key) {}
