//! Which rules and which hearing played a run. Numbers, words and code change from release to release; what a run was worth
//! then stays what it was, and two runs are compared only when the same engine played both.
//!
//! Not here: scenarios, which carry a fingerprint of their own.

#[cfg(test)]
mod tests;

use sha2::{Digest, Sha256};

/// The data that rules and hearing are made of; the coach's own comes in as its print.
const FILES: [&str; 7] = [
    include_str!("../../assets/sim/acts.toml"),
    include_str!("../../assets/sim/rules.toml"),
    include_str!("../../assets/sim/score.toml"),
    include_str!("../../assets/sim/hearing.toml"),
    include_str!("../../assets/sim/exemplars.toml"),
    include_str!("../../assets/sim/said-zh.toml"),
    include_str!("../../assets/sim/said-en.toml"),
];

/// What the code made of the reference contacts: a digest over transcripts and scores. A test plays them and refuses another
/// value, so that no change of the code goes by without a new fingerprint; write down what the test names.
const PLAYS: &str = "0e411d629b23c7be";

/// The fingerprint of this build's rules and hearing, 16 digits, with a coach of this print.
#[must_use]
pub fn print(coach: &[u8; 32]) -> String {
    let mut hash = Sha256::new();
    hash.update(PLAYS);
    hash.update(coach);
    for file in FILES {
        hash.update([0]);
        hash.update(file);
    }
    short(&hash.finalize())
}

fn short(digest: &[u8]) -> String {
    digest.iter().take(8).map(|b| format!("{b:02x}")).collect()
}
