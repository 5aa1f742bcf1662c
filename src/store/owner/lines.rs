//! Lines of the team for the screen: proposed, decided, and how lines did.

use super::Owner;
use crate::api::desk::{DeskAnswer, LineRow, LinesView};
use crate::domain::ids::{LineId, UserId};
use crate::store::files::StoreError;
use crate::text::SafeText;

/// Under which name the outbox keeps up to where decisions were seen.
const LINES_SEEN: &str = "lines_seen";

impl Owner {
    /// Everything about lines, with what waits in the outbox decided on top.
    pub(super) fn lines_view(&self) -> Result<LinesView, StoreError> {
        let tries = self.replica.tries()?;
        let seen = self.lines_seen()?;
        let mut lines = self.lines.clone();
        for line in self.overlay.lines() {
            lines.insert(line.id, line.clone());
        }
        let mut rows: Vec<LineRow> = lines
            .into_values()
            .map(|line| {
                let done = tries.get(&line.name()).copied().unwrap_or_default();
                LineRow {
                    text: SafeText::clean(&line.text),
                    word: SafeText::clean(&line.word),
                    author: self.name_of(line.author),
                    decided_by: self.name_of(line.decided_by),
                    mine: line.author == Some(self.me),
                    news: line.author == Some(self.me)
                        && line.decided_by.is_some_and(|by| by != self.me)
                        && seen.is_some_and(|seen| line.position > seen),
                    said: done.said,
                    well: done.well,
                    line,
                }
            })
            .collect();
        // What waits for a decision first, the oldest of it at the top; then what was decided last.
        rows.sort_by_key(|r| {
            let decided = r.line.decided_at.map_or(0, |at| -at.0);
            (
                r.line.state != crate::domain::vocabulary::LineState::Proposed,
                decided,
                r.line.proposed_at,
                r.line.id,
            )
        });
        let tries = tries.into_iter().map(|(l, t)| (l, (t.said, t.well)));
        Ok(LinesView {
            lines: rows,
            tries: tries.collect(),
        })
    }

    /// Up to which log position the agent has seen what was decided; what stood before this desk's first picture is no news.
    fn lines_seen(&self) -> Result<Option<u64>, StoreError> {
        let seen = self.outbox.number(LINES_SEEN)?;
        let seen = seen.and_then(|n| u64::try_from(n).ok()).unwrap_or(0);
        Ok(self.baseline.map(|first| first.max(seen)))
    }

    /// The agent looked at what was decided.
    pub(super) fn saw_lines(&mut self) -> Result<(), StoreError> {
        let latest = self.lines.values().map(|l| l.position).max().unwrap_or(0);
        if self.lines_seen()?.is_some_and(|seen| seen < latest) {
            self.outbox
                .set_number(LINES_SEEN, i64::try_from(latest).unwrap_or(i64::MAX))?;
            self.dirty.lines = true;
            self.urgent = true;
        }
        Ok(())
    }

    /// Tells the author what a lead decided.
    pub(super) fn line_answered(&mut self, id: LineId) {
        let Some(line) = self.lines.get(&id) else {
            return;
        };
        let answer = DeskAnswer::LineAnswered {
            line: id,
            state: line.state,
            text: SafeText::clean_line(line.text.expose()),
            word: SafeText::clean_line(line.word.expose()),
        };
        self.out.say(answer);
    }

    fn name_of(&self, user: Option<UserId>) -> SafeText {
        let user = user.and_then(|u| self.users.get(&u));
        user.map_or_else(SafeText::default, |u| SafeText::clean_line(&u.name))
    }
}
