use proptest::prelude::*;

use super::*;
use crate::domain::time::MINUTE;

/// The slow and obvious way: looks at every minute.
fn minute_by_minute(calendar: &Calendar, now: Ms, minutes: i64) -> Ms {
    let (mut at, mut left) = (now, minutes);
    while left > 0 {
        if calendar.span_at(at).unwrap().is_some() {
            left -= 1;
        }
        at = at.plus_minutes(1);
    }
    at
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn walking_equals_counting(start in 0_i64..500_000, minutes in 1_i64..900) {
        let calendar = Calendar::parse(base(LUNCH), &[cn(2026), cn(2027)]).unwrap();
        let now = at(&calendar, "2026-01-01T00:00").plus_minutes(start);
        let due = calendar.add(now, minutes).unwrap();
        prop_assert_eq!(due, minute_by_minute(&calendar, now, minutes));
        prop_assert_eq!(calendar.business_minutes(now, due).unwrap(), minutes);
        prop_assert_eq!(calendar.business_minutes(due, now).unwrap(), -minutes);
        let back = calendar.sub(due, minutes).unwrap();
        prop_assert!(back >= now && back < due);
        prop_assert_eq!(calendar.business_minutes(back, due).unwrap(), minutes);
        let explained: i64 = calendar.explain(now, due).unwrap().iter().map(|row| row.minutes).sum();
        prop_assert_eq!(explained, minutes);
    }

    #[test]
    fn later_targets_are_never_due_earlier(start in 0_i64..1_500_000_000, a in 0_i64..9_000_000, more in 0_i64..9_000_000) {
        let calendar = shipped().unwrap();
        let now = Ms(at(&calendar, "2024-01-01T00:00").0 + start * 40);
        let (first, second) = (calendar.add_ms(now, a).unwrap(), calendar.add_ms(now, a + more).unwrap());
        prop_assert!(first <= second);
        prop_assert_eq!(calendar.business_ms(now, second).unwrap(), a + more);
    }

    /// March 2026 has no holiday between the 1st and the 3rd of April.
    #[test]
    fn a_week_later_is_due_a_week_later(start in 0_i64..(7 * 24 * 60), minutes in 0_i64..(4 * 540)) {
        let calendar = shipped().unwrap();
        let now = at(&calendar, "2026-03-02T00:00").plus_minutes(start);
        let week = 7 * 24 * 60;
        let due = calendar.add(now, minutes).unwrap();
        prop_assert_eq!(calendar.add(now.plus_minutes(week), minutes).unwrap(), due.plus_millis(week * MINUTE));
    }
}
