//! The screen: what is painted, where the caret stands, what it costs. State is made by the real state machine from fixed data.

mod fixture;
mod hostile;
mod limits;
mod looks;
