//! Training: logistic regression by stochastic gradient steps that shrink per weight (AdaGrad), with L2.
//!
//! The same lines in the same order give the same bytes, on every machine: the order of visits comes from a fixed seed, sums
//! run in a fixed order, and `exp` is reckoned here, because that of the system may differ in the last bit.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use crate::coach::content::Content;
use crate::coach::folded::Folded;

use super::corpus::Example;
use super::labels::{COMPLAINT, EMOTION, FINE, ITEM, LEARNED, NEED, OUTPUTS, RISK, RISK_ANY};
use super::{bytes, marks};

/// What the training may be told.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settings {
    /// Times each line is visited.
    pub epochs: u32,
    /// The first step.
    pub rate: f32,
    /// Strength of L2, per line.
    pub shrink: f32,
    /// Features kept in the file, those with the most to say.
    pub keep: usize,
    /// Lines that must share a feature.
    pub common: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            epochs: 16,
            rate: 0.3,
            shrink: 1e-4,
            keep: 11_000,
            common: 2,
        }
    }
}

/// One line made ready.
struct Seen<'a> {
    example: &'a Example,
    /// Places of its n-grams, of its marks, and of what the signals heard.
    groups: [Vec<u32>; 3],
}

struct Learner {
    weights: Vec<[f32; OUTPUTS]>,
    speed: Vec<[f32; OUTPUTS]>,
    bias: [f32; OUTPUTS],
    bias_speed: [f32; OUTPUTS],
    /// Per feature, L2 so that rare ones are shrunk as often as common ones.
    shrink: Vec<f32>,
    rate: f32,
}

/// `e` to the power of `x`, the same on every machine; good to seven digits.
fn exp(x: f32) -> f32 {
    let x = f64::from(x.clamp(-60.0, 60.0));
    let halvings = 10;
    let small = x / 1024.0;
    let mut sum = 1.0 + small * (1.0 + small / 2.0 * (1.0 + small / 3.0 * (1.0 + small / 4.0)));
    for _ in 0..halvings {
        sum *= sum;
    }
    sum as f32
}

pub(in crate::coach) fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + exp(-x))
}

/// Shares that add up to one.
pub(in crate::coach) fn softmax(z: &[f32]) -> Vec<f32> {
    let top = z.iter().copied().fold(f32::MIN, f32::max);
    let raised: Vec<f32> = z.iter().map(|v| exp(v - top)).collect();
    let sum: f32 = raised.iter().sum();
    raised.into_iter().map(|v| v / sum).collect()
}

/// SHA-256 over what a training reads: the form, the lexicons of topics and signals and every line's text and labels.
#[must_use]
pub fn inputs(content: &Content, examples: &[Example]) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(super::FORMAT.to_le_bytes());
    for topic in &content.topics {
        hash.update(topic.id.as_bytes());
        hash.update([0]);
        for word in &topic.words {
            hash.update(word.as_bytes());
            hash.update([1]);
        }
    }
    hash.update(content.cues.print());
    for example in examples {
        hash.update(format!("{example:?}").as_bytes());
        hash.update([2]);
    }
    hash.finalize().into()
}

/// Trains a model: the bytes of its file.
#[must_use]
pub fn train(content: &Content, examples: &[Example], settings: &Settings) -> Vec<u8> {
    let seen: Vec<marks::Features> = examples
        .iter()
        .map(|e| {
            let folded = Folded::new(&e.text, crate::coach::read::LIMIT);
            let heard = crate::coach::signals::hear(&content.cues, &e.text, &folded);
            marks::features(content, &folded, &e.text, &heard)
        })
        .collect();
    let keys = vocabulary(&seen, settings.common);
    let (first, lines) = fit(&keys, &seen, examples, settings);
    if keys.len() <= settings.keep {
        return finish(content, examples, &keys, &first);
    }
    let kept = worth(&keys, &first, &lines, settings.keep);
    let (second, _) = fit(&kept, &seen, examples, settings);
    finish(content, examples, &kept, &second)
}

fn finish(content: &Content, examples: &[Example], keys: &[u32], learner: &Learner) -> Vec<u8> {
    bytes::write(
        keys,
        &learner.weights,
        &learner.bias,
        &inputs(content, examples),
    )
}

/// Every key that enough lines share, in order.
fn vocabulary(seen: &[marks::Features], common: u32) -> Vec<u32> {
    let mut counts: BTreeMap<u32, u32> = BTreeMap::new();
    for key in seen.iter().flat_map(|f| f.groups().into_iter().flatten()) {
        *counts.entry(*key).or_default() += 1;
    }
    counts
        .into_iter()
        .filter(|(_, n)| *n >= common)
        .map(|(k, _)| k)
        .collect()
}

/// The keys with the most to say: the greatest weight, times how often it is said.
fn worth(keys: &[u32], learner: &Learner, lines: &[u32], keep: usize) -> Vec<u32> {
    let mut order: Vec<(u64, u32)> = keys
        .iter()
        .enumerate()
        .map(|(place, key)| {
            let loudest = learner.weights[place]
                .iter()
                .fold(0.0_f32, |m, w| m.max(w.abs()));
            let often = (lines[place] as f32).sqrt();
            ((loudest * often * 1e6) as u64, *key)
        })
        .collect();
    order.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut kept: Vec<u32> = order.into_iter().take(keep).map(|(_, key)| key).collect();
    kept.sort_unstable();
    kept
}

fn fit(
    keys: &[u32],
    features: &[marks::Features],
    examples: &[Example],
    settings: &Settings,
) -> (Learner, Vec<u32>) {
    let places = |wanted: &[u32]| -> Vec<u32> {
        wanted
            .iter()
            .filter_map(|k| {
                keys.binary_search(k)
                    .ok()
                    .and_then(|p| u32::try_from(p).ok())
            })
            .collect()
    };
    let seen: Vec<Seen<'_>> = features
        .iter()
        .zip(examples)
        .map(|(f, example)| Seen {
            example,
            groups: f.groups().map(&places),
        })
        .collect();
    let mut lines = vec![0_u32; keys.len()];
    for place in seen.iter().flat_map(|s| s.groups.iter().flatten()) {
        lines[*place as usize] += 1;
    }
    let total = seen.len() as f32;
    let mut learner = Learner {
        weights: vec![[0.0; OUTPUTS]; keys.len()],
        speed: vec![[1e-3; OUTPUTS]; keys.len()],
        bias: [0.0; OUTPUTS],
        bias_speed: [1.0; OUTPUTS],
        shrink: lines
            .iter()
            .map(|n| settings.shrink * (total / (*n).max(1) as f32).min(2_000.0))
            .collect(),
        rate: settings.rate,
    };
    let balance = balance(examples);
    let mut order: Vec<usize> = (0..seen.len()).collect();
    let mut dice = 0x2545_f491_4f6c_dd1d_u64;
    for epoch in 0..settings.epochs {
        for i in (1..order.len()).rev() {
            dice ^= dice << 13;
            dice ^= dice >> 7;
            dice ^= dice << 17;
            order.swap(i, (dice % (i as u64 + 1)) as usize);
        }
        learner.rate = settings.rate * (1.0 - 0.9 * epoch as f32 / settings.epochs.max(1) as f32);
        for i in &order {
            learner.visit(&seen[*i], &balance);
        }
    }
    (learner, lines)
}

/// How much a line of each fine matter counts: rare ones more, by the square root.
fn balance(examples: &[Example]) -> [f32; FINE.len()] {
    let mut counts = [0.0_f32; FINE.len()];
    for (item, share) in examples.iter().flat_map(|e| &e.item) {
        counts[*item] += share;
    }
    let there = counts.iter().filter(|n| **n > 0.0).count().max(1) as f32;
    let mean = counts.iter().sum::<f32>() / there;
    counts.map(|n| (mean / n.max(1.0)).sqrt().clamp(0.5, 2.0))
}

impl Learner {
    fn visit(&mut self, line: &Seen<'_>, balance: &[f32; FINE.len()]) {
        let shares = line
            .groups
            .each_ref()
            .map(|places| 1.0 / (places.len().max(1) as f32).sqrt());
        let mut z = self.bias;
        for (places, x) in line.groups.iter().zip(shares) {
            for place in places {
                for (z, w) in z.iter_mut().zip(&self.weights[*place as usize]) {
                    *z += w * x;
                }
            }
        }
        let slope = slope(&z, line.example, balance);
        for (o, d) in slope.iter().enumerate() {
            self.bias_speed[o] += d * d;
            self.bias[o] -= self.rate * d / self.bias_speed[o].sqrt();
        }
        for (places, x) in line.groups.iter().zip(shares) {
            for place in places {
                let place = *place as usize;
                let shrink = self.shrink[place];
                let row = self.weights[place].iter_mut().zip(&mut self.speed[place]);
                for ((w, speed), d) in row.zip(&slope) {
                    let g = d * x + shrink * *w;
                    *speed += g * g;
                    *w -= self.rate * g / speed.sqrt();
                }
            }
        }
    }
}

/// The place of *be heard* in the needs.
const HEARD: usize = 0;

/// Whether being heard is a need that the matter itself gives. Whoever labels reviews gives it to everyone who only vents; that
/// says nothing about what would help them, so it is not learned from.
fn heard_matters(example: &Example) -> bool {
    const MATTERS: [&str; 5] = [
        "queue_timeout",
        "no_feedback",
        "misunderstood",
        "buck_passing",
        "unspecified",
    ];
    let main = example.item.first().and_then(|(k, _)| FINE.get(*k));
    main.is_none_or(|name| MATTERS.contains(name))
}

/// The slope of the loss at each output; 0 where the line says nothing about it.
fn slope(z: &[f32; OUTPUTS], example: &Example, balance: &[f32; FINE.len()]) -> [f32; OUTPUTS] {
    let mut d = [0.0; OUTPUTS];
    let yes = |z: f32, said: bool| sigmoid(z) - if said { 1.0 } else { 0.0 };
    d[COMPLAINT] = yes(z[COMPLAINT], example.complaint);
    if !example.item.is_empty() {
        let weight: f32 = example
            .item
            .iter()
            .map(|(k, share)| share * balance[*k])
            .sum();
        for (k, share) in softmax(&z[ITEM]).iter().enumerate() {
            let wanted: f32 = example
                .item
                .iter()
                .filter(|(i, _)| *i == k)
                .map(|(_, s)| s)
                .sum();
            d[ITEM.start + k] = (share - wanted) * weight;
        }
    }
    if let Some(need) = example
        .need
        .filter(|need| *need != HEARD || heard_matters(example))
    {
        for (k, share) in softmax(&z[NEED]).iter().enumerate() {
            d[NEED.start + k] = share - if k == need { 1.0 } else { 0.0 };
        }
    }
    if let Some(emotion) = example.emotion {
        for step in 0..3_u8 {
            let o = EMOTION.start + usize::from(step);
            d[o] = yes(z[o], emotion > step);
        }
    }
    if let Some(risk) = &example.risk {
        d[RISK_ANY] = yes(z[RISK_ANY], risk.iter().any(|r| *r != "safety"));
        for (o, name) in RISK.zip(LEARNED) {
            d[o] = yes(z[o], risk.contains(&name));
        }
    }
    d
}
