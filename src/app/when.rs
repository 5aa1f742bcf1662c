//! Times an agent types into a question: `30m`, `2h`, `3d`, `15:30`. Full-width forms count as half-width.

use jiff::civil::Time;

use crate::domain::policy::Policy;
use crate::domain::time::{HOUR, MINUTE, Ms, from_local, local};
use crate::text::half_width;

/// Longest time ahead that is read, in days.
const DAYS: i64 = 365;

/// The instant the words name, always after `now`; nothing, if they name none.
#[must_use]
pub fn parse(words: &str, now: Ms, policy: &Policy) -> Option<Ms> {
    let words: String = words.trim().chars().map(half_width).collect();
    let words = words.trim_start_matches('+').to_ascii_lowercase();
    if let Some((hour, minute)) = words.split_once(':') {
        return clock(hour.parse().ok()?, minute.parse().ok()?, now, policy);
    }
    let digits = words
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(words.len());
    let (number, unit) = words.split_at(digits);
    let number: i64 = number.parse().ok()?;
    let each = match unit.trim() {
        "" | "m" | "min" | "分" | "分钟" => MINUTE,
        "h" | "小时" => HOUR,
        "d" | "天" => 24 * HOUR,
        _ => return None,
    };
    let ahead = number.checked_mul(each)?;
    (ahead > 0 && ahead <= DAYS * 24 * HOUR).then(|| now.plus_millis(ahead))
}

/// The next time the site's clock shows this.
fn clock(hour: i8, minute: i8, now: Ms, policy: &Policy) -> Option<Ms> {
    let zone = policy.calendar.zone();
    let time = Time::new(hour, minute, 0, 0).ok()?;
    let today = local(now, zone).date();
    let at = from_local(today.to_datetime(time), zone);
    if at > now {
        return Some(at);
    }
    let tomorrow = today.tomorrow().ok()?;
    Some(from_local(tomorrow.to_datetime(time), zone))
}

/// Times worth offering: half an hour, one, two and four hours, and when the departments open again.
#[must_use]
pub fn offers(now: Ms, policy: &Policy) -> Vec<Ms> {
    let mut out: Vec<Ms> = [30, 60, 120, 240].map(|m| now.plus_minutes(m)).to_vec();
    let zone = policy.calendar.zone();
    let opens = local(now, zone)
        .date()
        .tomorrow()
        .ok()
        .map(|d| policy.calendar.instant(d, 0))
        .and_then(|midnight| policy.calendar.next_open(midnight).ok());
    out.extend(opens);
    out
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn reads_what_agents_type() {
        let policy = Policy::shipped().unwrap();
        // 2026-03-11 14:20 in Shanghai.
        let now = Ms(1_773_210_000_000);
        let ahead = |w: &str| parse(w, now, &policy).map(|at| at.minutes_since(now));
        assert_eq!(ahead("30"), Some(30));
        assert_eq!(ahead("２ｈ"), Some(120));
        assert_eq!(ahead("+3d"), Some(3 * 1440));
        assert_eq!(ahead("90分钟"), Some(90));
        assert_eq!(ahead("15：30"), Some(70));
        assert_eq!(ahead("9:00"), Some(18 * 60 + 40));
        for bad in ["", "soon", "0", "25:00", "9:61", "99999d", "-3h", "3 weeks"] {
            assert_eq!(ahead(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn offers_lie_ahead_and_end_at_an_opening() {
        let policy = Policy::shipped().unwrap();
        let now = Ms(1_773_210_000_000);
        let offers = offers(now, &policy);
        assert!(offers.iter().all(|at| *at > now));
        assert_eq!(offers.len(), 5);
        assert_eq!(policy.calendar.next_open(offers[4]).unwrap(), offers[4]);
    }
}
