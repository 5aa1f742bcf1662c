//! Values of 0 to 100 over turns, drawn with characters every terminal has: a line of marks, or a plot of several rows.

use ratatui::layout::Rect;

use crate::view::cx::Cx;
use crate::view::theme::Role;

/// Eight heights from low to high, plain ASCII: block characters have a doubtful width.
const STEPS: [char; 8] = ['_', '.', ',', '-', '~', '=', '*', '#'];

/// The last `cols` values as one row.
#[must_use]
pub fn line(values: &[u8], cols: usize) -> String {
    let from = values.len().saturating_sub(cols);
    let step = |v: &u8| {
        let at = usize::from((*v).min(100)) * (STEPS.len() - 1) / 100;
        STEPS.get(at).copied().unwrap_or('#')
    };
    values.iter().skip(from).map(step).collect()
}

/// One series of a plot.
#[derive(Clone, Copy, Debug)]
pub struct Series<'a> {
    /// The values: before the first turn and after each.
    pub values: &'a [u8],
    /// The character of its points.
    pub mark: char,
    /// How it looks.
    pub role: Role,
}

/// Paints series over the same turns into `area`: 100 at the top, 0 at the bottom, the scale at the left. Points of a later
/// series lie on top. A turn stands in the column that [`column()`] tells.
pub fn plot(cx: &mut Cx<'_>, area: Rect, series: &[Series<'_>], turns: usize) {
    if area.height < 2 || area.width < 8 {
        return;
    }
    let dim = cx.style(Role::Dim);
    let last = area.height - 1;
    for (row, label) in [(0, "100"), (last / 2, " 50"), (last, "  0")] {
        cx.put(area, area.x, area.y + row, label, dim);
    }
    for y in area.top()..area.bottom() {
        cx.put(area, area.x + 3, y, "|", dim);
    }
    for one in series {
        let style = cx.style(one.role);
        let mut before: Option<(u16, u16)> = None;
        for (turn, value) in one.values.iter().enumerate() {
            let x = column(area, turn, turns);
            let down = u32::from(100 - (*value).min(100)) * u32::from(last) / 100;
            let y = area.y + u16::try_from(down).unwrap_or(last);
            if let Some((from_x, from_y)) = before {
                join(cx, area, (from_x, from_y), (x, y), style);
            }
            let mut buffer = [0; 4];
            cx.put(area, x, y, one.mark.encode_utf8(&mut buffer), style);
            before = Some((x, y));
        }
    }
}

/// Dots between two points, one in each column.
fn join(
    cx: &mut Cx<'_>,
    area: Rect,
    (x0, y0): (u16, u16),
    (x1, y1): (u16, u16),
    style: ratatui::style::Style,
) {
    let span = x1.saturating_sub(x0);
    for step in 1..span {
        let rise = (i32::from(y1) - i32::from(y0)) * i32::from(step) / i32::from(span.max(1));
        let y = u16::try_from(i32::from(y0) + rise).unwrap_or(y0);
        cx.put(area, x0 + step, y, ".", style);
    }
}

/// The column of a turn in a plot over so many turns (0 is before the first).
#[must_use]
pub fn column(area: Rect, turn: usize, turns: usize) -> u16 {
    let room = usize::from(area.width.saturating_sub(6));
    let x = (turn * room).checked_div(turns).unwrap_or(0);
    area.x + 4 + u16::try_from(x.min(room)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::line;

    #[test]
    fn a_line_shows_the_last_values_from_low_to_high() {
        assert_eq!(line(&[0, 50, 100], 3), "_-#");
        assert_eq!(line(&[100, 0, 0], 2), "__");
        assert_eq!(line(&[], 5), "");
        assert_eq!(line(&[255], 5), "#");
    }
}
