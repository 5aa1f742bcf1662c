//! The screen: what is painted, where the caret stands, what it costs. State is made by the real state machine from fixed data.

mod fixture;
mod grown;
mod hostile;
mod limits;
mod looks;
mod quality;
mod training;
