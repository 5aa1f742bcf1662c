//! Where the boxes of the screens that look back stand, for the painter and for the boxes' own width alike. All are pure
//! functions of the place between status line and notice.

use ratatui::layout::Rect;

/// From so many columns what is one tab each stands beside each other.
pub const WIDE: u16 = 110;
/// From so many columns two sides of a pair stand beside each other.
pub const SIDES: u16 = 100;
/// Rows of the explanation above the trainee's own words.
pub const ABOUT: u16 = 4;
/// Rows of the box another line is tried in, its title included.
const TRIAL: u16 = 4;

/// The frames of the two boxes for the trainee's own words: title row and one column of border included.
#[must_use]
pub fn own(area: Rect) -> [Rect; 2] {
    let about = ABOUT.min(area.height);
    let rest = Rect {
        y: area.y + about,
        height: area.height - about,
        ..area
    };
    let first = rest.height / 2;
    [
        Rect {
            height: first,
            ..rest
        },
        Rect {
            y: rest.y + first,
            height: rest.height - first,
            ..rest
        },
    ]
}

/// The frame of the box another line is tried in, at the bottom.
#[must_use]
pub fn trial(area: Rect) -> Rect {
    let rows = TRIAL.min(area.height);
    Rect {
        y: area.bottom() - rows,
        height: rows,
        ..area
    }
}

/// The cells of the words inside such a frame.
#[must_use]
pub const fn words(frame: Rect) -> Rect {
    if frame.height < 2 || frame.width < 4 {
        return Rect::new(frame.x, frame.y, 0, 0);
    }
    Rect::new(frame.x + 2, frame.y + 1, frame.width - 3, frame.height - 1)
}
