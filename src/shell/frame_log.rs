//! Figures of each frame for benches and tests, appended to the file that `BALM_FRAME_LOG` names. Off in daily use.

use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::Path;
use std::time::Duration;

use super::painter::FrameCost;

/// Where the figures go; nothing when they are not wanted.
#[derive(Debug, Default)]
pub struct FrameLog(Option<File>);

impl FrameLog {
    /// A log into `path`, or none. A file that cannot be opened is reported in the log and means none.
    pub fn open(path: Option<&Path>) -> Self {
        let file = path.and_then(|path| {
            let opened = OpenOptions::new().create(true).append(true).open(path);
            opened
                .inspect_err(|e| tracing::warn!(error = %e, "the frame log cannot be opened"))
                .ok()
        });
        Self(file)
    }

    /// Appends one frame: bytes, writes, rows formatted, microseconds for drawing the cells and writing them.
    pub fn frame(&mut self, cost: FrameCost, rows: usize, took: Duration) {
        if let Some(file) = &mut self.0 {
            let FrameCost { bytes, writes } = cost;
            let line = format!(
                "bytes={bytes} writes={writes} rows={rows} us={}\n",
                took.as_micros()
            );
            if file.write_all(line.as_bytes()).is_err() {
                self.0 = None;
            }
        }
    }
}
