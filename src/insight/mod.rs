//! Insight: figures about the work, each traceable to tickets. Pure: tickets, touches and the span of time come in.
//!
//! Not here: indicators, surge and quadrant (a later capability takes this seam), and how a report is printed.

pub mod day;
pub mod quality;
pub mod strip;
