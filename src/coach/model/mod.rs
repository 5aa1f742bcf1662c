//! A small learned model: linear over hashed character n-grams (`grams`) and over marks of the lexicons (`marks`).
//!
//! One table of int8 weights, a row a feature, answers all tasks at once: complaint or not, the fine matter, the need, the
//! feeling, risk. A score is `bias + sum(weights of n-grams) / sqrt(how many are known) + the same for marks + the same for what the
//! signals heard`. The file is
//! read where it lies: no parsing, no allocation by its size. Training is in `train`, the file's form in `bytes`.
//!
//! Not here: what the scores mean for the desk and how they meet the lexicons (`read`), IO, the clock.

mod bytes;
pub mod closings;
pub mod corpus;
mod grams;
pub mod labels;
mod marks;
pub mod train;

#[cfg(test)]
mod tests;

use std::borrow::Cow;

pub use bytes::{BadModel, FORMAT};
pub(super) use marks::{Features, features, topic_key};

use labels::OUTPUTS;

/// The model that ships with balm.
static SHIPPED: &[u8] = include_bytes!("../../../assets/coach/model.bin");

/// A trained model, ready to read.
#[derive(Clone)]
pub struct Model {
    bytes: Cow<'static, [u8]>,
    /// Where the keys begin; the rows follow the last one.
    keys: usize,
    count: usize,
    scales: [f32; OUTPUTS],
    biases: [f32; OUTPUTS],
    /// Per first byte of a key, how many keys come before it.
    first: Vec<u32>,
    inputs: [u8; 32],
}

impl std::fmt::Debug for Model {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Model")
            .field("features", &self.count)
            .field("bytes", &self.bytes.len())
            .finish_non_exhaustive()
    }
}

/// The raw scores of one text, by [`labels`].
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Scores {
    /// One score an output.
    pub(super) z: [f32; OUTPUTS],
    /// How many n-grams of the text the model knows.
    pub(super) known: usize,
}

impl Model {
    /// The model that ships with balm. Its checksum is not reckoned here, a test does that.
    ///
    /// # Errors
    /// Never for a released program: a test reads it.
    pub fn shipped() -> Result<Self, BadModel> {
        bytes::open(Cow::Borrowed(SHIPPED), bytes::Check::Form)
    }

    /// A model that knows nothing: what stands where one is being trained.
    ///
    /// # Errors
    /// Never: it is made here.
    pub fn untaught() -> Result<Self, BadModel> {
        Self::from_bytes(bytes::write(&[], &[], &[0.0; OUTPUTS], &[0; 32]))
    }

    /// A model from a file's bytes, all of them checked.
    ///
    /// # Errors
    /// What is wrong with the file, and the remedy.
    pub fn from_bytes(bytes: Vec<u8>) -> Result<Self, BadModel> {
        bytes::open(Cow::Owned(bytes), bytes::Check::Sum)
    }

    /// The bytes of the file, as they were read.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// SHA-256 over everything that the training read: lines and lexicons.
    #[must_use]
    pub const fn inputs(&self) -> &[u8; 32] {
        &self.inputs
    }

    /// How many features it knows.
    #[must_use]
    pub const fn features(&self) -> usize {
        self.count
    }

    fn key(&self, place: usize) -> Option<u32> {
        let at = self.keys + place * 4;
        let raw = self.bytes.get(at..at + 4)?;
        Some(u32::from_le_bytes(raw.try_into().ok()?))
    }

    /// The weights of a feature, if the model knows it.
    fn row(&self, key: u32) -> Option<&[u8]> {
        let byte = (key >> 24) as usize;
        let (mut low, mut high) = (
            *self.first.get(byte)? as usize,
            *self.first.get(byte + 1)? as usize,
        );
        while low < high {
            let middle = usize::midpoint(low, high);
            match self.key(middle)?.cmp(&key) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
                std::cmp::Ordering::Equal => {
                    let at = self.keys + self.count * 4 + middle * OUTPUTS;
                    return self.bytes.get(at..at + OUTPUTS);
                }
            }
        }
        None
    }

    /// The scores of a text.
    pub(super) fn score(&self, features: &Features) -> Scores {
        let mut z = self.biases;
        let [grams, marks, heard] = features.groups();
        let known = self.add(grams, &mut z);
        self.add(marks, &mut z);
        self.add(heard, &mut z);
        Scores { z, known }
    }

    fn add(&self, keys: &[u32], z: &mut [f32; OUTPUTS]) -> usize {
        let mut sum = [0_i32; OUTPUTS];
        let mut known = 0_u16;
        for row in keys.iter().filter_map(|k| self.row(*k)) {
            known = known.saturating_add(1);
            for (s, w) in sum.iter_mut().zip(row) {
                *s += i32::from(w.cast_signed());
            }
        }
        let norm = 1.0 / f32::from(known.max(1)).sqrt();
        for ((z, s), scale) in z.iter_mut().zip(sum).zip(self.scales) {
            *z += s as f32 * scale * norm;
        }
        usize::from(known)
    }

    /// How much one n-gram speaks for an output against the mean of its group; more is louder.
    pub(super) fn voice(&self, key: u32, output: usize, group: &std::ops::Range<usize>) -> f32 {
        let Some(row) = self.row(key) else { return 0.0 };
        let weight = |o: usize| {
            let w = row.get(o).map_or(0, |w| w.cast_signed());
            f32::from(w) * self.scales.get(o).copied().unwrap_or(0.0)
        };
        let mean = group.clone().map(weight).sum::<f32>() / group.len() as f32;
        weight(output) - mean
    }
}
