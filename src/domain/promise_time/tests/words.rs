use super::super::*;
use super::*;
use crate::domain::lang::Lang;

/// Due and now on a Shanghai wall clock, the customer's zone, the words.
const RENDERED: &str = "
2026-03-11T09:05 | 2026-03-11T09:00 | Asia/Shanghai | 今天09:05前 | by 09:05 today
2026-03-12T12:00 | 2026-03-11T09:00 | Asia/Shanghai | 明天（3月12日）12:00前 | by 12:00 tomorrow (12 Mar)
2026-03-13T12:00 | 2026-03-11T09:00 | Asia/Shanghai | 3月13日（周五）12:00前 | by 12:00 on Fri 13 Mar
2026-02-28T10:00 | 2026-02-25T09:00 | Asia/Shanghai | 2月28日（周六，调休上班）10:00前 | by 10:00 on Sat 28 Feb (a make-up working day)
2026-02-28T10:00 | 2026-02-28T09:00 | Asia/Shanghai | 今天10:00前 | by 10:00 today
2027-01-04T09:30 | 2026-12-31T17:00 | Asia/Shanghai | 2027年1月4日（周一）09:30前 | by 09:30 on Mon 4 Jan 2027
2027-01-01T09:30 | 2026-12-31T17:00 | Asia/Shanghai | 明天（1月1日）09:30前 | by 09:30 tomorrow (1 Jan)
2026-03-11T17:00 | 2026-03-11T14:20 | Asia/Hong_Kong | 今天17:00前 | by 17:00 today
2026-03-11T17:00 | 2026-03-11T14:20 | Asia/Tokyo | 今天18:00前（UTC+9） | by 18:00 today (UTC+9)
2026-03-11T23:30 | 2026-03-11T14:20 | Asia/Tokyo | 明天（3月12日）00:30前（UTC+9） | by 00:30 tomorrow (12 Mar) (UTC+9)
2026-03-11T17:00 | 2026-03-11T14:20 | Asia/Kolkata | 今天14:30前（UTC+5:30） | by 14:30 today (UTC+5:30)
# A year without data has no make-up days to name.
2028-02-05T10:00 | 2028-01-05T10:00 | Asia/Shanghai | 2月5日（周六）10:00前 | by 10:00 on Sat 5 Feb
";

#[test]
fn rendering() {
    let site = site();
    for [due, now, zone, zh, en] in rows(RENDERED) {
        let (due, now, zone) = (at(due), at(now), Zone::named(zone).unwrap());
        assert_eq!(render(due, now, &zone, &site, Lang::Zh), zh);
        assert_eq!(render(due, now, &zone, &site, Lang::En), en);
        assert_eq!(
            render_bare(due, now, &zone, &site, Lang::Zh),
            zh.replace('前', "")
        );
        assert_eq!(
            render_bare(due, now, &zone, &site, Lang::En),
            en.trim_start_matches("by ")
        );
    }
}

/// Every word that depends on the day, and the look-alikes that do not.
#[test]
fn relative_words_found() {
    for (text, found) in [
        ("今天17:00前给您回电", &["今天"][..]),
        ("我明早联系您，后天再确认一次", &["明早", "后天"]),
        ("大后天上午给您答复", &["大后天"]),
        ("今晚八点前", &["今晚"]),
        ("下午三点给您回电", &["下午"]),
        ("今天下午三点", &["今天"]),
        ("3月16日下午三点", &[]),
        ("3月16日（周一）下午三点", &[]),
        ("周五上午", &[]),
        ("每天上午九点开门", &[]),
        ("收到材料当天处理", &["当天"]),
        ("下周一给您答复", &["下周"]),
        ("目前天气不好", &[]),
        ("以后天天都可以打", &[]),
        ("这份说明天数不对", &[]),
        ("明天（2月14日，调休上班）12:00前", &["明天"]),
        ("後天下午", &["後天"]),
        (
            "We will call you Today by 5 pm, or tomorrow.",
            &["Today", "tomorrow"],
        ),
        ("the day after tomorrow", &["the day after tomorrow"]),
        (
            "tonight; this afternoon; next Monday; next week",
            &["tonight", "this afternoon", "next Monday", "next week"],
        ),
        ("todays2 nontoday today's", &["today"]),
        ("by 12:30 on Tue 24 Feb", &[]),
        ("", &[]),
        ("🙂今天🙂", &["今天"]),
    ] {
        let got: Vec<&str> = relative_words(text)
            .into_iter()
            .map(|range| &text[range])
            .collect();
        assert_eq!(got, found, "{text}");
    }
}

#[test]
fn stale_when_the_words_mean_another_day() {
    for (text, written, now, expected) in [
        ("今天17:00前", "2026-03-11T23:59", "2026-03-11T23:59", false),
        ("今天17:00前", "2026-03-11T23:59", "2026-03-12T00:00", true),
        (
            "3月16日（周一）11:00前",
            "2026-03-11T10:00",
            "2026-03-12T10:00",
            false,
        ),
        ("下午三点", "2026-03-11T10:00", "2026-03-12T10:00", true),
        (
            "by 5 pm tomorrow",
            "2026-03-11T10:00",
            "2026-03-12T10:00",
            true,
        ),
        // A week word lives until Sunday, a month word until the month ends.
        ("下周一", "2026-03-11T10:00", "2026-03-15T23:00", false),
        ("下周一", "2026-03-11T10:00", "2026-03-16T00:00", true),
        ("next week", "2026-03-15T10:00", "2026-03-16T10:00", true),
        ("下个月", "2026-03-11T10:00", "2026-03-31T10:00", false),
        ("下个月", "2026-03-31T10:00", "2026-04-01T10:00", true),
        // A desk whose clock went back is stale as well.
        ("今天", "2026-03-12T10:00", "2026-03-11T10:00", true),
    ] {
        assert_eq!(
            stale(text, at(written), at(now), &shanghai()),
            expected,
            "{text} {written} {now}"
        );
    }
    // 23:30 in Shanghai is the next day in Tokyo.
    let tokyo = Zone::named("Asia/Tokyo").unwrap();
    let (written, now) = (at("2026-03-11T22:30"), at("2026-03-11T23:30"));
    assert!(stale("今天", written, now, &tokyo) && !stale("今天", written, now, &shanghai()));
}
