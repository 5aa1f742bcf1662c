//! At every size: nothing overlaps, nothing leaves the screen, and four things never go away on a ticket.
#![allow(clippy::unwrap_used, reason = "tests")]

use super::*;
use crate::app::Keymap;
use crate::app::state::Settings;
use crate::domain::time::Ms;

fn state(size: (u16, u16), screen: Screen) -> State {
    let keymap = std::sync::Arc::new(Keymap::shipped().unwrap());
    let mut state = State::new(Settings::default(), keymap, size, Ms(0));
    state.screen = screen;
    state
}

const SCREENS: [Screen; 8] = [
    Screen::Queue,
    Screen::Ticket,
    Screen::Intake,
    Screen::Team,
    Screen::Returned,
    Screen::Drafts,
    Screen::Search,
    Screen::Lines,
];

#[test]
fn places_stay_on_the_screen_and_apart() {
    for cols in (0..=220)
        .step_by(7)
        .chain([59, 60, 80, 99, 100, 119, 120, 160])
    {
        for rows in (0..=70).step_by(3).chain([15, 16, 24, 29, 30, 36, 45]) {
            for screen in SCREENS {
                let at = layout(&state((cols, rows), screen));
                let tabs = fit((cols, rows)) == Fit::Tabs;
                let mut apart = vec![
                    at.status,
                    at.strip,
                    at.ident,
                    at.tabs,
                    at.list,
                    at.timeline,
                    at.best,
                    at.compose,
                    at.intake,
                    at.intake_tickets,
                    at.notice,
                    at.footer,
                ];
                if !tabs {
                    // Where tabs are, the side column stands in the conversation's place.
                    apart.push(at.side);
                }
                for (i, a) in apart.iter().enumerate() {
                    assert!(
                        a.right() <= cols && a.bottom() <= rows,
                        "{cols}x{rows} {screen:?} {a:?}"
                    );
                    for b in &apart[i + 1..] {
                        assert!(
                            !a.intersects(*b) || a.is_empty() || b.is_empty(),
                            "{cols}x{rows} {screen:?} {a:?} {b:?}"
                        );
                    }
                }
            }
        }
    }
}

#[test]
fn caller_due_time_compose_and_best_line_never_leave_a_ticket() {
    for (cols, rows) in [
        (60, 16),
        (80, 24),
        (99, 16),
        (100, 24),
        (119, 40),
        (120, 30),
        (160, 45),
    ] {
        let at = layout(&state((cols, rows), Screen::Ticket));
        assert_eq!(at.ident.height, 1, "{cols}x{rows}");
        assert!(at.compose_text.height >= COMPOSE_ROWS, "{cols}x{rows}");
        assert!(
            at.timeline_text.height >= 2,
            "{cols}x{rows}: {:?}",
            at.timeline
        );
        let coach_beside = fit((cols, rows)) != Fit::Tabs && at.side.width >= 34;
        assert!(coach_beside || at.best.height == 2, "{cols}x{rows}");
        assert!(at.best.height <= 2);
    }
}

#[test]
fn below_the_least_size_nothing_is_placed() {
    for size in [(0, 0), (1, 1), (20, 5), (59, 16), (60, 15)] {
        let at = layout(&state(size, Screen::Ticket));
        assert!(at.status.is_empty() && at.compose.is_empty(), "{size:?}");
    }
}
