//! Whether words name an hour or a span of minutes, as people say it aloud and as no ledger has to take it: "half seven
//! tonight", "twenty minutes and I'll know", 「七点一刻到」. The ledger's own reader (`domain::promise_time`) is stricter, for
//! it must tell the minute; a customer only hears that a time was named. Spans that are over (「等了四十分钟」) name none.

use crate::domain::lang::Lang;

/// Han numerals and digits.
const NUMERALS: &str = "零〇一二两三四五六七八九十0123456789";
/// What makes 「一点」 an hour and not a little.
const HOUR_AFTER_ONE: &str = "钟半整一三前之";
/// What makes 「点」 no hour.
const NO_HOUR: &str = "儿心";
/// Spans.
const SPANS: &[&str] = &[
    "分钟",
    "个半小时",
    "个小时",
    "小时",
    "个半钟头",
    "个钟头",
    "个钟",
    "刻钟",
];
/// Times of the day that have no number, before 「前」.
const PARTS: &[&str] = &[
    "中午", "傍晚", "天黑", "下班", "午饭", "晚饭", "吃饭", "打烊", "关门",
];
/// Words before a span that is over or is no time to come.
const OVER: &[&str] = &["了", "已经", "超过"];

const HOURS: &[&str] = &[
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve",
];
const MINUTES: &[&str] = &[
    "an", "half", "one", "two", "three", "four", "five", "ten", "fifteen", "twenty", "thirty",
    "forty", "fifty", "sixty", "ninety",
];
const DAYS: &[&str] = &[
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "today",
    "tonight",
    "tomorrow",
];
/// What stands before an hour, when something of `AFTER` or the end of the clause stands behind it.
const BEFORE: &[&str] = &[
    "at", "by", "from", "till", "until", "before", "after", "around", "about",
];
const AFTER: &[&str] = &[
    ".", "today", "tonight", "tomorrow", "this", "on", "and", "to", "in", "at", "with", "i", "he",
    "she", "they", "we", "you", "the", "so", "for", "is", "will", "latest",
];
/// What stands behind an hour and makes it one.
const MAKES_HOUR: &[&str] = &[
    "o'clock", "sharp", "am", "pm", "tonight", "tomorrow", "thirty", "fifteen",
];
/// What stands before a span that is over.
const SPENT: &[&str] = &[
    "for", "waited", "took", "over", "than", "lasted", "spent", "stood", "last", "lost", "half",
];

/// Whether an hour or a span of minutes to come is named.
pub(super) fn named(text: &str, lang: Lang) -> bool {
    match lang {
        Lang::Zh => in_chinese(text),
        Lang::En => in_english(text),
    }
}

fn in_chinese(text: &str) -> bool {
    let chars: Vec<char> = text.chars().collect();
    let parts = PARTS.iter().any(|part| {
        text.split(part).skip(1).any(|rest| {
            rest.starts_with('前') || rest.starts_with("之前") || rest.starts_with("以前")
        })
    });
    parts || (0..chars.len()).any(|at| hour_at(&chars, at) || span_at(&chars, at))
}

/// Where the numerals begin that end before this place.
fn numerals_before(chars: &[char], at: usize) -> usize {
    let run = chars.iter().take(at).rev();
    at - run.take_while(|c| NUMERALS.contains(**c)).count()
}

fn hour_at(chars: &[char], at: usize) -> bool {
    if chars.get(at) != Some(&'点') {
        return false;
    }
    let from = numerals_before(chars, at);
    let next = chars.get(at + 1).copied().unwrap_or('。');
    let one = from + 1 == at && chars.get(from) == Some(&'一');
    from < at && !NO_HOUR.contains(next) && (!one || HOUR_AFTER_ONE.contains(next))
}

fn span_at(chars: &[char], at: usize) -> bool {
    let rest: String = chars.iter().skip(at).take(6).collect();
    let Some(span) = SPANS.iter().find(|span| rest.starts_with(**span)) else {
        return false;
    };
    let mut from = numerals_before(chars, at);
    if from > 0 && chars.get(from - 1) == Some(&'半') {
        from -= 1;
    }
    if from == at && chars.get(at.wrapping_sub(1)) != Some(&'半') {
        return false;
    }
    let before: String = chars
        .iter()
        .take(from)
        .skip(from.saturating_sub(4))
        .collect();
    let after = rest.strip_prefix(span).unwrap_or_default();
    let over = OVER.iter().any(|word| before.contains(word));
    !over && !after.starts_with("以前") && !after.starts_with("之前")
}

/// Words in lower case; what ends a clause is a point.
fn words(text: &str) -> Vec<String> {
    let lower = text.to_lowercase().replace('’', "'");
    let mut out: Vec<String> = Vec::new();
    let mut word = String::new();
    let mut chars = lower.chars().peekable();
    while let Some(c) = chars.next() {
        let inside = matches!(c, ':' | '.')
            && word.ends_with(|c: char| c.is_ascii_digit())
            && chars.peek().is_some_and(char::is_ascii_digit);
        if c.is_alphanumeric() || c == '\'' || inside {
            word.push(c);
            continue;
        }
        if !word.is_empty() {
            out.push(std::mem::take(&mut word));
        }
        if matches!(c, ',' | '.' | '?' | '!' | ';' | ':') {
            out.push(".".to_owned());
        }
    }
    if !word.is_empty() {
        out.push(word);
    }
    out
}

fn is_hour(word: &str) -> bool {
    HOURS.contains(&word) || word.starts_with(|c: char| c.is_ascii_digit())
}

fn in_english(text: &str) -> bool {
    let words = words(text);
    let word = |at: Option<usize>| at.and_then(|at| words.get(at)).map_or(".", String::as_str);
    (0..words.len()).any(|at| {
        let (before, here) = (word(at.checked_sub(1)), word(Some(at)));
        let (next, third) = (word(Some(at + 1)), word(Some(at + 2)));
        let plain = matches!(here, "noon" | "midday" | "midnight")
            || (here == "half" && (is_hour(next) || next == "past"))
            || (here == "quarter" && matches!(next, "past" | "to"));
        let hour = is_hour(here)
            && (MAKES_HOUR.contains(&next)
                || here.contains(':')
                || (here.len() > 2 && (here.ends_with("am") || here.ends_with("pm")))
                || (BEFORE.contains(&before) && AFTER.contains(&next)));
        let unit = matches!(next, "minute" | "minutes" | "hour" | "hours");
        let number = MINUTES.contains(&here) || is_hour(here);
        let half = here == "half" && next == "an" && third == "hour";
        let span = (half || (number && unit && third != "ago")) && !SPENT.contains(&before);
        let part = matches!(next, "morning" | "evening" | "afternoon" | "night" | "noon");
        let day =
            DAYS.contains(&here) && (part || words.iter().skip(at + 1).take(3).any(|w| is_hour(w)));
        plain || hour || span || day
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_as_people_say_them_are_times() {
        for text in [
            "师傅七点一刻到您门口",
            "我三点钟回您",
            "四点店长回来我就能答",
            "中午前一定有数",
            "再过八分钟给您个说法",
            "给我半个小时",
            "一点半给您电话",
        ] {
            assert!(named(text, Lang::Zh), "{text}");
        }
        for text in [
            "I'm at yours at half seven tonight.",
            "Twenty minutes and I'll know.",
            "the lab tells me Tuesday morning",
            "They've got till 3:15 to tell me.",
            "Monday, nine sharp, he rings you.",
            "I'm told six tonight at the latest.",
            "Give me half an hour.",
            "Quarter past four and we have it",
        ] {
            assert!(named(text, Lang::En), "{text}");
        }
    }

    #[test]
    fn what_is_over_and_what_only_counts_is_no_time() {
        for text in [
            "您等了四十分钟",
            "早一点给您回",
            "有点慢，快点儿就好",
            "几分钟的事",
            "一点儿也不麻烦",
        ] {
            assert!(!named(text, Lang::Zh), "{text}");
        }
        for text in [
            "You waited for forty minutes.",
            "Three repairs and it stops again.",
            "One of my colleagues",
            "You stood there for over an hour",
            "Two hours ago",
            "I'll look at one or two things",
        ] {
            assert!(!named(text, Lang::En), "{text}");
        }
    }
}
