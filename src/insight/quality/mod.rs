//! What many reviews say together (method 3.14): accuracy by class of critical error with its interval, the mean of each item,
//! what is due to be reviewed, and whether raters agree. Pure: reviews, units and the span of time come in.
//!
//! There is no total score: a critical error is never weighed against a level. A review counts once it is told; what nobody could
//! look at counts nowhere.

mod calibration;
mod figures;
mod sample;

#[cfg(test)]
mod tests;

pub use calibration::{Agreement, Calibrated, Kappa, calibration};
pub use figures::{Accuracy, Mean, Quality, figures, wilson};
pub use sample::{Due, Load, Sample, Unit, sample};
