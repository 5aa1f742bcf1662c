//! Undoing what people do to slip past filters: `投 诉`, `消*协`, `tousu`, `垃ji`, `12三15`, sound-alikes, and stretched words
//! (`太太太太慢`, `sooo`). Works on folded text; every character keeps the range it came from.
//!
//! Only words that are dodged in this field are put back (the tables below), so that nothing else changes its meaning. Not
//! here: deciding what the words mean.

use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};

/// Words that are dodged, by what takes them apart.
const APART: &[&str] = &[
    "投诉",
    "消协",
    "曝光",
    "律师",
    "垃圾",
    "骗子",
    "起诉",
    "工信部",
    "工商",
    "媒体",
    "记者",
    "退款",
    "退钱",
    "赔偿",
    "傻逼",
    "诈骗",
    "举报",
    "维权",
    "法院",
    "报警",
    "恶心",
    "黑心",
    "奸商",
    "骗人",
    "黑猫",
    "消费者协会",
    "12315",
    "12345",
    "12300",
    "12378",
    "12381",
    "客服",
    "差评",
];

/// Other spellings and what they stand for: sounds, letters for sounds, sound-alike characters.
const SPELT: &[(&str, &str)] = &[
    ("tousu", "投诉"),
    ("投su", "投诉"),
    ("tou诉", "投诉"),
    ("头诉", "投诉"),
    ("投拆", "投诉"),
    ("投斥", "投诉"),
    ("laji", "垃圾"),
    ("lj", "垃圾"),
    ("垃ji", "垃圾"),
    ("la圾", "垃圾"),
    ("垃级", "垃圾"),
    ("拉圾", "垃圾"),
    ("辣鸡", "垃圾"),
    ("lese", "垃圾"),
    ("pianzi", "骗子"),
    ("pian子", "骗子"),
    ("骗zi", "骗子"),
    ("骗纸", "骗子"),
    ("shabi", "傻逼"),
    ("sb", "傻逼"),
    ("傻13", "傻逼"),
    ("沙比", "傻逼"),
    ("傻比", "傻逼"),
    ("煞比", "傻逼"),
    ("nmsl", "去死"),
    ("尼马", "尼玛"),
    ("泥马", "尼玛"),
    ("xiaoxie", "消协"),
    ("xiao协", "消协"),
    ("消xie", "消协"),
    ("消鞋", "消协"),
    ("gongshang", "工商"),
    ("gxb", "工信部"),
    ("工xin部", "工信部"),
    ("puguang", "曝光"),
    ("baoguang", "曝光"),
    ("曝guang", "曝光"),
    ("爆光", "曝光"),
    ("暴光", "曝光"),
    ("lvshi", "律师"),
    ("lüshi", "律师"),
    ("律shi", "律师"),
    ("qisu", "起诉"),
    ("起su", "起诉"),
    ("fayuan", "法院"),
    ("jubao", "举报"),
    ("举bao", "举报"),
    ("weiquan", "维权"),
    ("维quan", "维权"),
    ("zhapian", "诈骗"),
    ("诈pian", "诈骗"),
    ("exin", "恶心"),
    ("恶xin", "恶心"),
    ("tuikuan", "退款"),
    ("退kuan", "退款"),
    ("tui款", "退款"),
    ("tuiqian", "退钱"),
    ("peichang", "赔偿"),
    ("赔chang", "赔偿"),
    ("kefu", "客服"),
    ("客fu", "客服"),
    ("chaping", "差评"),
    ("一二三一五", "12315"),
    ("幺二三幺五", "12315"),
    ("要二三要五", "12315"),
    ("幺两三幺五", "12315"),
    ("一二三一伍", "12315"),
];

/// Letters that stand for 投诉 only after one of these: 我要ts你们.
const SHORT: (&str, &str, &str) = ("ts", "投诉", "要去想你我再来就先准必");

static AUTOMATON: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    let words = APART
        .iter()
        .copied()
        .chain(SPELT.iter().map(|(from, _)| *from))
        .chain([SHORT.0]);
    let built = AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .build(words);
    built.ok()
});

/// A folded character and the bytes of the original that it came from.
pub(super) type Place = (char, Range<usize>);

/// Puts disguised words back. `None` when there is nothing to put back.
pub(super) fn undo(chars: &[Place]) -> Option<Vec<Place>> {
    let han = chars.iter().any(|(c, _)| is_han(*c));
    let calmer = unstretched(chars);
    let chars = calmer.as_deref().unwrap_or(chars);
    let plain = if han { respelt(chars) } else { None };
    plain.or(calmer)
}

fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

fn parts(c: char) -> bool {
    matches!(
        c,
        ' ' | '*' | '.' | '·' | '-' | '_' | '|' | '+' | '~' | '/' | '\'' | '^' | '、' | '•' | '﹒'
    )
}

/// Characters written three times and more: Han twice, Latin letters within a longer word once.
fn unstretched(chars: &[Place]) -> Option<Vec<Place>> {
    let mut out: Option<Vec<Place>> = None;
    let mut at = 0;
    while at < chars.len() {
        let c = chars[at].0;
        let run = chars[at..].iter().take_while(|(d, _)| *d == c).count();
        let latin = |i: Option<usize>| {
            i.and_then(|i| chars.get(i))
                .is_some_and(|(d, _)| d.is_ascii_alphabetic())
        };
        let longer = latin(at.checked_sub(1)) || latin(Some(at + run));
        let keep = match run {
            3.. if is_han(c) => 2,
            3.. if c.is_ascii_alphabetic() && longer && c != 'w' => 1,
            _ => run,
        };
        if keep < run && out.is_none() {
            out = Some(chars[..at].to_vec());
        }
        if let Some(out) = &mut out {
            out.extend_from_slice(&chars[at..at + keep]);
            // What was left out still belongs to the word.
            if keep < run
                && let (Some(last), Some(end)) = (out.last_mut(), chars.get(at + run - 1))
            {
                last.1.end = end.1.end;
            }
        }
        at += run;
    }
    out
}

/// Other spellings, words taken apart, and digits mixed with numerals.
fn respelt(chars: &[Place]) -> Option<Vec<Place>> {
    let digits = mixed_digits(chars);
    let chars = digits.as_deref().unwrap_or(chars);
    // The text without what takes words apart; `from` leads back to the characters.
    let mut bare = String::with_capacity(chars.len() * 3);
    let mut from: Vec<(usize, usize)> = Vec::with_capacity(chars.len());
    for (i, (c, _)) in chars.iter().enumerate() {
        if !parts(*c) {
            from.push((bare.len(), i));
            bare.push(*c);
        }
    }
    let mut out: Vec<Place> = Vec::new();
    let mut done = 0;
    for hit in AUTOMATON.as_ref()?.find_iter(&bare) {
        let first = from.partition_point(|(at, _)| *at < hit.start());
        let last = from.partition_point(|(at, _)| *at < hit.end());
        let (Some((_, first)), Some((_, last))) = (from.get(first), from.get(last.wrapping_sub(1)))
        else {
            continue;
        };
        let Some(plain) = meant(hit.pattern().as_usize(), chars, *first..*last + 1) else {
            continue;
        };
        out.extend_from_slice(&chars[done..*first]);
        let whole = chars[*first].1.start..chars[*last].1.end;
        out.extend(plain.chars().map(|c| (c, whole.clone())));
        done = *last + 1;
    }
    if done == 0 {
        return digits;
    }
    out.extend_from_slice(&chars[done..]);
    Some(out)
}

/// What the characters `at` stand for, if they are a disguise and not simply the word, or part of another.
fn meant(pattern: usize, chars: &[Place], at: Range<usize>) -> Option<&'static str> {
    let piece = &chars[at.clone()];
    let gaps = piece.iter().filter(|(c, _)| parts(*c)).count();
    if let Some(word) = APART.get(pattern) {
        // One mark at most between two characters; 10-12315-9 is a number of its own.
        let twice = piece.windows(2).any(|w| parts(w[0].0) && parts(w[1].0));
        let digit = |i: Option<usize>| {
            i.and_then(|i| chars.get(i))
                .is_some_and(|(c, _)| c.is_ascii_digit())
        };
        let glued =
            piece[0].0.is_ascii_digit() && (digit(at.start.checked_sub(1)) || digit(Some(at.end)));
        let mut marks = piece.iter().filter(|(c, _)| parts(*c)).map(|(c, _)| *c);
        let mark = marks.next();
        let alike = marks.all(|c| Some(c) == mark);
        return (gaps > 0 && !twice && !glued && alike).then_some(*word);
    }
    let latin = |i: Option<usize>| {
        i.and_then(|i| chars.get(i))
            .is_some_and(|(c, _)| c.is_ascii_alphanumeric() || matches!(c, '@' | '.' | '/'))
    };
    let before = at.start.checked_sub(1);
    let starts = piece
        .first()
        .is_some_and(|(c, _)| c.is_ascii_alphanumeric());
    let ends = piece.last().is_some_and(|(c, _)| c.is_ascii_alphanumeric());
    if gaps > 0 || (starts && latin(before)) || (ends && latin(Some(at.end))) {
        return None;
    }
    match SPELT.get(pattern - APART.len()) {
        Some((_, plain)) => Some(plain),
        None => {
            let near = before
                .and_then(|i| chars.get(i))
                .is_some_and(|(c, _)| SHORT.2.contains(*c));
            near.then_some(SHORT.1)
        }
    }
}

/// Runs of four and more digits in which Chinese numerals are mixed: 12三15.
fn mixed_digits(chars: &[Place]) -> Option<Vec<Place>> {
    let value = |c: char| match c {
        '零' | '〇' => Some('0'),
        '一' | '壹' | '幺' => Some('1'),
        '二' | '贰' | '两' => Some('2'),
        '三' | '叁' => Some('3'),
        '四' | '肆' => Some('4'),
        '五' | '伍' => Some('5'),
        '六' | '陆' => Some('6'),
        '七' | '柒' => Some('7'),
        '八' | '捌' => Some('8'),
        '九' | '玖' => Some('9'),
        _ => None,
    };
    let mut out: Option<Vec<Place>> = None;
    let mut at = 0;
    while at < chars.len() {
        let run = chars[at..]
            .iter()
            .take_while(|(c, _)| c.is_ascii_digit() || value(*c).is_some())
            .count();
        if run >= 4 {
            let piece = &chars[at..at + run];
            let ascii = piece.iter().filter(|(c, _)| c.is_ascii_digit()).count();
            if ascii > 0 && ascii < run {
                let out = out.get_or_insert_with(|| chars.to_vec());
                for place in &mut out[at..at + run] {
                    place.0 = value(place.0).unwrap_or(place.0);
                }
            }
        }
        at += run.max(1);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::Folded;

    fn read(text: &str) -> String {
        Folded::new(text, usize::MAX).text().to_owned()
    }

    #[test]
    fn disguises_are_undone() {
        for (text, plain) in [
            ("我要投 诉", "我要投诉"),
            ("去消*协说理", "去消协说理"),
            ("tousu你们", "投诉你们"),
            ("我要ts你们", "我要投诉你们"),
            ("真是垃ji", "真是垃圾"),
            ("打１2三15", "打12315"),
            ("打1-2-3-1-5了", "打12315了"),
            ("幺二三幺五见", "12315见"),
            ("这个sb客服", "这个傻逼客服"),
            ("太太太太慢", "太太慢"),
            ("this is sooooo slow", "this is so slow"),
        ] {
            assert_eq!(read(text), plain);
        }
    }

    #[test]
    fn plain_words_stay() {
        for text in [
            "我要投诉",
            "the results of tests",
            "www.example.com",
            "aaa 电池",
            "usb线坏了",
            "订单1234512315",
            "12-31 5点",
            "哈哈",
            "等了二三十天",
            "ts文件打不开",
            "@sb_store 你好",
        ] {
            assert_eq!(read(text), text);
        }
    }

    #[test]
    fn the_way_back_covers_the_disguise() {
        let text = "我要投*诉，垃ji，等了sooooo久";
        let folded = Folded::new(text, usize::MAX);
        for (word, original) in [("投诉", "投*诉"), ("垃圾", "垃ji"), ("so", "sooooo")] {
            let at = folded.text().find(word);
            let at = at.map(|at| at..at + word.len());
            assert_eq!(at.map(|at| &text[folded.original(&at)]), Some(original));
        }
    }
}
