//! The model's file: a header, the keys in order, a row of weights a key, and a checksum over all of it. Little endian.

use std::borrow::Cow;

use sha2::{Digest, Sha256};

use super::Model;
use super::labels::OUTPUTS;

/// The version of the form and of what the features mean. A file of another version is refused.
pub const FORMAT: u16 = 2;

const MAGIC: &[u8; 8] = b"BALMREAD";
/// Magic, version, outputs, number of features, hash of the inputs.
const HEAD: usize = 8 + 2 + 2 + 4 + 32;
const SUM: usize = 32;

/// A model file that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadModel {
    /// It is no model file.
    #[error("this is no model of balm; make one with `balm coach train`")]
    Foreign,
    /// It was made by another version.
    #[error(
        "the model has form {found}, this balm reads form {FORMAT}; train it again with `balm coach train`"
    )]
    Version {
        /// The form of the file.
        found: u16,
    },
    /// Its length does not fit its header.
    #[error(
        "the model is cut off or too long ({found} bytes, {wanted} expected); copy it again or train it again"
    )]
    Length {
        /// Bytes there are.
        found: usize,
        /// Bytes there should be.
        wanted: usize,
    },
    /// Its content is damaged.
    #[error(
        "the model is damaged ({what}); copy it again or train it again with `balm coach train`"
    )]
    Damaged {
        /// What is wrong.
        what: &'static str,
    },
}

/// How much of a file is checked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Check {
    /// Header, length and the order of keys.
    Form,
    /// That, and the checksum.
    Sum,
}

fn array<const N: usize>(bytes: &[u8], at: usize) -> Option<[u8; N]> {
    bytes.get(at..at + N)?.try_into().ok()
}

pub(super) fn open(bytes: Cow<'static, [u8]>, check: Check) -> Result<Model, BadModel> {
    if bytes.get(..8) != Some(MAGIC.as_slice()) {
        return Err(BadModel::Foreign);
    }
    let cut = || BadModel::Length {
        found: bytes.len(),
        wanted: HEAD,
    };
    let found = u16::from_le_bytes(array(&bytes, 8).ok_or_else(cut)?);
    let outputs = u16::from_le_bytes(array(&bytes, 10).ok_or_else(cut)?);
    if found != FORMAT || usize::from(outputs) != OUTPUTS {
        return Err(BadModel::Version { found });
    }
    let count = u32::from_le_bytes(array(&bytes, 12).ok_or_else(cut)?) as usize;
    let inputs: [u8; 32] = array(&bytes, 16).ok_or_else(cut)?;
    let keys = HEAD + 8 * OUTPUTS;
    let wanted = count
        .checked_mul(4 + OUTPUTS)
        .and_then(|n| n.checked_add(keys + SUM))
        .unwrap_or(usize::MAX);
    if bytes.len() != wanted {
        return Err(BadModel::Length {
            found: bytes.len(),
            wanted,
        });
    }
    if check == Check::Sum {
        let (body, sum) = bytes.split_at(wanted - SUM);
        if Sha256::digest(body).as_slice() != sum {
            return Err(BadModel::Damaged {
                what: "its checksum does not fit",
            });
        }
    }
    let mut scales = [0.0; OUTPUTS];
    let mut biases = [0.0; OUTPUTS];
    for (o, (scale, bias)) in scales.iter_mut().zip(biases.iter_mut()).enumerate() {
        *scale = f32::from_le_bytes(array(&bytes, HEAD + 4 * o).ok_or_else(cut)?);
        *bias = f32::from_le_bytes(array(&bytes, HEAD + 4 * (OUTPUTS + o)).ok_or_else(cut)?);
    }
    if !scales.iter().chain(&biases).all(|v| v.is_finite()) {
        return Err(BadModel::Damaged {
            what: "a scale is no number",
        });
    }
    let mut model = Model {
        bytes,
        keys,
        count,
        scales,
        biases,
        first: vec![0; 257],
        inputs,
    };
    index(&mut model)?;
    Ok(model)
}

/// Counts the keys before each first byte, and sees that they are in order.
fn index(model: &mut Model) -> Result<(), BadModel> {
    let disorder = BadModel::Damaged {
        what: "its keys are not in order",
    };
    let mut before = None;
    let mut first = vec![0_u32; 257];
    for place in 0..model.count {
        let key = model.key(place).ok_or_else(|| disorder.clone())?;
        if before.is_some_and(|b| b >= key) {
            return Err(disorder);
        }
        before = Some(key);
        if let Some(slot) = first.get_mut((key >> 24) as usize + 1) {
            *slot += 1;
        }
    }
    for byte in 1..first.len() {
        first[byte] += first[byte - 1];
    }
    model.first = first;
    Ok(())
}

/// The file of a model with these rows (sorted by key), one row of floats a feature, made small.
pub(super) fn write(
    keys: &[u32],
    rows: &[[f32; OUTPUTS]],
    biases: &[f32; OUTPUTS],
    inputs: &[u8; 32],
) -> Vec<u8> {
    let mut scales = [0.0_f32; OUTPUTS];
    for row in rows {
        for (scale, w) in scales.iter_mut().zip(row) {
            *scale = scale.max(w.abs());
        }
    }
    for scale in &mut scales {
        *scale = (*scale / 127.0).max(1e-9);
    }
    let mut out = Vec::with_capacity(HEAD + 8 * OUTPUTS + keys.len() * (4 + OUTPUTS) + SUM);
    out.extend_from_slice(MAGIC);
    out.extend_from_slice(&FORMAT.to_le_bytes());
    out.extend_from_slice(&u16::try_from(OUTPUTS).unwrap_or(u16::MAX).to_le_bytes());
    out.extend_from_slice(&u32::try_from(keys.len()).unwrap_or(u32::MAX).to_le_bytes());
    out.extend_from_slice(inputs);
    for value in scales.iter().chain(biases) {
        out.extend_from_slice(&value.to_le_bytes());
    }
    for key in keys {
        out.extend_from_slice(&key.to_le_bytes());
    }
    for row in rows {
        for (w, scale) in row.iter().zip(&scales) {
            let small = (w / scale).round().clamp(-127.0, 127.0) as i8;
            out.push(small.cast_unsigned());
        }
    }
    let sum = Sha256::digest(&out);
    out.extend_from_slice(&sum);
    out
}
