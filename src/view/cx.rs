//! What every part of the painter works with: the state, the words, the looks, the cells, and what the frame will report.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use crate::app::State;
use crate::app::event::Hit;
use crate::app::notice::{Arg as MsgArg, Msg};
use crate::domain::policy::Policy;
use crate::domain::time::{Ms, Zone};
use crate::text::locale::Arg;
use crate::text::width::{grapheme_width, width};
use crate::text::{Locale, truncate};

use super::theme::{Role, Theme};
use super::words::{self, Timed};

/// What the screen is painted with besides the state.
#[derive(Clone, Copy, Debug)]
pub struct Look<'a> {
    /// How roles look.
    pub theme: &'a Theme,
    /// The words.
    pub locale: &'a Locale,
    /// Calendars, targets and items, for clocks that are told on read.
    pub policy: &'a Policy,
}

/// What a frame showed.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Painted {
    /// Where the terminal's own cursor belongs; nowhere when nothing is being written.
    pub caret: Option<Position>,
    /// What can be clicked and where; later ones lie on top.
    pub hits: Vec<(Rect, Hit)>,
    /// How many rows of lists were put into words.
    pub rows_formatted: usize,
    /// When the frame would look otherwise by time alone; absent if never.
    pub changes_at: Option<Ms>,
}

/// One frame being painted.
pub(super) struct Cx<'a> {
    pub state: &'a State,
    pub look: Look<'a>,
    pub painted: Painted,
    buf: &'a mut Buffer,
}

impl<'a> Cx<'a> {
    pub fn new(state: &'a State, look: Look<'a>, buf: &'a mut Buffer) -> Self {
        Self {
            state,
            look,
            painted: Painted::default(),
            buf,
        }
    }

    /// The site's zone: times are told in it whatever the machine is set to.
    pub const fn zone(&self) -> &'a Zone {
        self.look.policy.calendar.zone()
    }

    pub fn style(&self, role: Role) -> Style {
        self.look.theme.style(role)
    }

    pub fn t(&self, key: &str) -> String {
        self.look.locale.t(key)
    }

    pub fn t_args(&self, key: &str, values: &[(&str, Arg<'_>)]) -> String {
        self.look.locale.t_args(key, values)
    }

    /// A message of the state machine in words.
    pub fn msg(&self, msg: &Msg) -> String {
        let value = |arg: &MsgArg| match arg {
            MsgArg::Text(text) => Arg::Text(text.to_string().into()),
            MsgArg::Number(n) => Arg::Number(*n),
            MsgArg::When(at) => Arg::Text(self.when(*at).into()),
            MsgArg::Key(key) => Arg::Text(self.t(key).into()),
        };
        let values: Vec<_> = msg.args.iter().map(|(n, a)| (*n, value(a))).collect();
        self.t_args(&msg.key, &values)
    }

    pub fn when(&self, at: Ms) -> String {
        words::when(self.look.locale, at, self.state.now, self.zone())
    }

    /// Takes the words and notes when they change.
    pub fn timed(&mut self, timed: Timed) -> String {
        if let Some(until) = timed.until {
            let soonest = self.painted.changes_at.map_or(until, |at| at.min(until));
            self.painted.changes_at = Some(soonest);
        }
        timed.text
    }

    /// Notes that the frame would look otherwise then.
    pub fn changes(&mut self, at: Ms) {
        let soonest = self.painted.changes_at.map_or(at, |known| known.min(at));
        self.painted.changes_at = Some(soonest);
    }

    /// Lays another buffer into this one, its corner at (x, y).
    pub fn copy(&mut self, from: &Buffer, (x, y): (u16, u16)) {
        for row in 0..from.area.height {
            for col in 0..from.area.width {
                if let (Some(to), Some(cell)) =
                    (self.buf.cell_mut((x + col, y + row)), from.cell((col, row)))
                {
                    *to = cell.clone();
                }
            }
        }
    }

    pub fn hit(&mut self, area: Rect, hit: Hit) {
        if !area.is_empty() {
            self.painted.hits.push((area, hit));
        }
    }

    /// Writes `text` in at most `cols` columns from (x, y), inside `area`; gives the column behind it. A character that
    /// would be cut in half is left out. Controls are not painted.
    pub fn put(&mut self, area: Rect, x: u16, y: u16, text: &str, style: Style) -> u16 {
        let area = area.intersection(self.buf.area);
        if y < area.top() || y >= area.bottom() || x < area.left() || x >= area.right() {
            return x.min(area.right());
        }
        let cols = usize::from(area.right() - x);
        let (end, _) = self.buf.set_stringn(x, y, text, cols, style);
        end
    }

    /// As [`Cx::put`], but what does not fit ends in `..`.
    pub fn put_cut(&mut self, area: Rect, x: u16, y: u16, text: &str, style: Style) -> u16 {
        let cols = usize::from(area.right().saturating_sub(x));
        let cut = truncate(text, cols);
        self.put(area, x, y, &cut, style)
    }

    /// Writes `text` so that it ends at the right edge of `area`; gives the column where it begins.
    pub fn put_right(&mut self, area: Rect, y: u16, text: &str, style: Style) -> u16 {
        let cols = u16::try_from(width(text))
            .unwrap_or(u16::MAX)
            .min(area.width);
        let x = area.right() - cols;
        self.put(area, x, y, text, style);
        x
    }

    /// Empties `area` and gives it a style. What lies half under its left edge is taken away whole.
    pub fn clear(&mut self, area: Rect, style: Style) {
        let area = area.intersection(self.buf.area);
        for y in area.top()..area.bottom() {
            if area.left() > 0
                && let Some(cell) = self.buf.cell_mut((area.left() - 1, y))
                && grapheme_width(cell.symbol()) > 1
            {
                cell.reset();
            }
            for x in area.left()..area.right() {
                if let Some(cell) = self.buf.cell_mut((x, y)) {
                    cell.reset();
                    cell.set_style(style);
                }
            }
        }
    }

    /// Lays a style over `area` without touching its words.
    pub fn tint(&mut self, area: Rect, style: Style) {
        let area = area.intersection(self.buf.area);
        self.buf.set_style(area, style);
    }
}

/// The row of `area` at `index`, empty when it lies outside.
pub(super) fn row_of(area: Rect, index: usize) -> Rect {
    let index = u16::try_from(index).unwrap_or(u16::MAX);
    if index >= area.height {
        return Rect::new(area.x, area.bottom(), 0, 0);
    }
    Rect::new(area.x, area.y + index, area.width, 1)
}
