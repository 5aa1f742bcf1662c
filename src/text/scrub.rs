//! The cleaning behind [`super::SafeText`]: one pass over the characters that stops at the length cap.

use std::str::Chars;

use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

/// Combining marks kept on one base; Vietnamese needs two, Thai and Tibetan three.
const MAX_MARKS: usize = 4;
/// Joiners kept in one emoji; the longest in use (a family of four) has three.
const MAX_JOINERS: usize = 6;
/// Characters of one grapheme; whatever is longer (a chain of Hangul letters, of conjuncts) ends in U+FFFD.
const MAX_CLUSTER: usize = 16;
/// Room for the truncation marker: ` [+`, up to twenty digits, `]`.
const MARKER_ROOM: usize = 24;
/// Blanks that stand for a tab.
const TAB: &str = "    ";

const ESC: char = '\u{1b}';
const ZWJ: char = '\u{200d}';
const ZWNJ: char = '\u{200c}';
const REPLACEMENT: char = '\u{fffd}';

/// Returns `text` with everything removed or made visible that could steer a terminal or mislead a reader.
/// `max_chars` must exceed [`MARKER_ROOM`].
pub(super) fn scrub(text: &str, max_chars: usize) -> String {
    let mut out = Output::new(text.len().min(max_chars * 3));
    let mut chars = text.chars();
    while out.count <= max_chars {
        let Some(c) = chars.next() else { break };
        step(c, &mut chars, &mut out);
    }
    let cleaned = cut_long_clusters(out.text);
    if out.count <= max_chars {
        return cleaned;
    }
    truncate(
        cleaned,
        max_chars.saturating_sub(MARKER_ROOM),
        chars.count(),
    )
}

/// The text so far and what is known about its last character.
struct Output {
    text: String,
    /// Characters pushed.
    count: usize,
    last: Option<char>,
    /// Marks on the last base.
    marks: usize,
    /// Joiners since the emoji began.
    joiners: usize,
}

impl Output {
    fn new(capacity: usize) -> Self {
        Self {
            text: String::with_capacity(capacity),
            count: 0,
            last: None,
            marks: 0,
            joiners: 0,
        }
    }

    /// Pushes a character that begins something of its own.
    fn base(&mut self, c: char) {
        self.marks = 0;
        if self.last != Some(ZWJ) {
            self.joiners = 0;
        }
        self.push(c);
    }

    fn push(&mut self, c: char) {
        self.text.push(c);
        self.count += 1;
        self.last = Some(c);
    }

    /// Pushes a mark unless it has nothing to stand on or the base carries enough.
    fn mark(&mut self, c: char) {
        if self.marks < MAX_MARKS
            && self
                .last
                .is_some_and(|last| last != '\n' && last != ZWJ && last != ZWNJ)
        {
            self.marks += 1;
            self.push(c);
        }
    }
}

/// Handles `c`; an escape sequence takes more from `chars`.
fn step(c: char, chars: &mut Chars<'_>, out: &mut Output) {
    match c {
        ' '..='~' => out.base(c),
        '\n' | '\u{2028}' | '\u{2029}' => out.base('\n'),
        '\r' => {
            skip_if(chars, |next| next == '\n');
            out.base('\n');
        }
        '\t' => TAB.chars().for_each(|blank| out.base(blank)),
        ESC => escape(chars, out),
        '\u{9b}' => skip_csi(chars),
        '\u{90}' | '\u{98}' | '\u{9d}' | '\u{9e}' | '\u{9f}' => skip_string(chars),
        _ if c.is_control() => caret_notation(c, out),
        ZWJ | ZWNJ => {
            if joins(c, chars.clone().next(), out) {
                out.joiners += 1;
                out.push(c);
            }
        }
        _ if is_dropped(c) => {}
        _ if is_private_or_noncharacter(c) => out.base(REPLACEMENT),
        // The half-width sound marks have a column of their own but cling to their letter like a mark.
        '\u{ff9e}' | '\u{ff9f}' if out.last.is_none_or(|last| last == '\n') => out.base(c),
        '\u{ff9e}' | '\u{ff9f}' | '\u{1f3fb}'..='\u{1f3ff}' if out.last.is_some() => out.mark(c),
        _ if is_combining_mark(c) => out.mark(c),
        _ => out.base(c),
    }
}

fn skip_if(chars: &mut Chars<'_>, test: impl Fn(char) -> bool) -> bool {
    let mut ahead = chars.clone();
    let hit = ahead.next().is_some_and(test);
    if hit {
        *chars = ahead;
    }
    hit
}

/// What follows an ESC: the sequences that carry parameters or a body vanish whole, a bare ESC is shown.
fn escape(chars: &mut Chars<'_>, out: &mut Output) {
    if skip_if(chars, |c| c == '[') {
        skip_csi(chars);
    } else if skip_if(chars, |c| matches!(c, ']' | 'P' | 'X' | '^' | '_')) {
        skip_string(chars);
    } else {
        caret_notation(ESC, out);
    }
}

/// Parameters, intermediates and the final byte of a CSI. It ends early at the first character that cannot belong
/// to one, so that a broken sequence takes no words with it.
fn skip_csi(chars: &mut Chars<'_>) {
    while skip_if(chars, |c| ('\u{20}'..='\u{3f}').contains(&c)) {}
    skip_if(chars, |c| ('\u{40}'..='\u{7e}').contains(&c));
}

/// The body of an OSC, DCS, SOS, PM or APC up to its terminator. One that is never terminated ends at the end of
/// its line, at CAN, SUB or the next ESC: the following lines of a message are never swallowed.
fn skip_string(chars: &mut Chars<'_>) {
    while skip_if(chars, |c| {
        !matches!(
            c,
            '\u{7}' | '\u{9c}' | '\u{18}' | '\u{1a}' | ESC | '\n' | '\r'
        )
    }) {}
    if skip_if(chars, |c| {
        matches!(c, '\u{7}' | '\u{9c}' | '\u{18}' | '\u{1a}')
    }) {
        return;
    }
    let mut ahead = chars.clone();
    if ahead.next() == Some(ESC) && ahead.next() == Some('\\') {
        *chars = ahead;
    }
}

/// `^G` for BEL, `^@` for NUL, `^?` for DEL; a C1 control as the pair of an escape it abbreviates (`^[E`).
fn caret_notation(c: char, out: &mut Output) {
    out.base('^');
    let code = u32::from(c);
    if code >= 0x80 {
        out.base('[');
        out.base(char::from_u32(code - 0x40).unwrap_or(REPLACEMENT));
    } else {
        out.base(char::from_u32(code ^ 0x40).unwrap_or(REPLACEMENT));
    }
}

/// Whether a joiner between `out.last` and `next` changes what is seen: inside an emoji, or between letters of a
/// script that joins. Anywhere else it is an invisible character and goes.
fn joins(joiner: char, next: Option<char>, out: &Output) -> bool {
    let (Some(last), Some(next)) = (out.last, next) else {
        return false;
    };
    if out.joiners >= MAX_JOINERS {
        return false;
    }
    let emoji = is_pictograph(last) || matches!(last, '\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}');
    let script = is_joining_script(last) && is_joining_script(next) && !is_combining_mark(next);
    (joiner == ZWJ && emoji && is_pictograph(next)) || script
}

/// The blocks that hold `Extended_Pictographic` characters, skin tones left out; a superset is harmless here.
fn is_pictograph(c: char) -> bool {
    match c {
        '\u{1f3fb}'..='\u{1f3ff}' => false,
        '\u{a9}' | '\u{ae}' | '\u{203c}' | '\u{2049}' | '\u{2122}' | '\u{2139}' => true,
        '\u{3030}' | '\u{303d}' | '\u{3297}' | '\u{3299}' => true,
        '\u{2190}'..='\u{21ff}'
        | '\u{2300}'..='\u{27bf}'
        | '\u{2900}'..='\u{297f}'
        | '\u{2b00}'..='\u{2bff}' => true,
        '\u{1f000}'..='\u{1f1e5}' | '\u{1f200}'..='\u{1faff}' => true,
        _ => false,
    }
}

/// Arabic, the Indic blocks and Mongolian.
fn is_joining_script(c: char) -> bool {
    matches!(c, '\u{620}'..='\u{6d3}' | '\u{750}'..='\u{77f}' | '\u{900}'..='\u{dff}' | '\u{1820}'..='\u{1878}')
}

/// Bidi controls, zero-width characters, fillers, tags and the other format characters without a glyph.
fn is_dropped(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{feff}'
        | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{600}'..='\u{605}' | '\u{6dd}' | '\u{70f}' | '\u{890}' | '\u{891}' | '\u{8e2}'
        | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{3164}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}'
        | '\u{110bd}' | '\u{110cd}' | '\u{13430}'..='\u{1343f}' | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e00ff}')
}

fn is_private_or_noncharacter(c: char) -> bool {
    matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{fdd0}'..='\u{fdef}' | '\u{f0000}'..)
        || u32::from(c) & 0xfffe == 0xfffe
}

/// Ends every grapheme longer than [`MAX_CLUSTER`] with U+FFFD: a cell of a terminal must never hold thousands.
fn cut_long_clusters(text: String) -> String {
    if text.is_ascii() || !text.graphemes(true).any(is_long) {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    for cluster in text.graphemes(true) {
        if is_long(cluster) {
            let kept: String = cluster.chars().take(MAX_CLUSTER - 1).collect();
            out.push_str(kept.trim_end_matches([ZWJ, ZWNJ]));
            out.push(REPLACEMENT);
        } else {
            out.push_str(cluster);
        }
    }
    out
}

fn is_long(cluster: &str) -> bool {
    cluster.len() > MAX_CLUSTER && cluster.chars().nth(MAX_CLUSTER).is_some()
}

/// Cuts at a grapheme edge after at most `keep` characters and says how many are missing: those cut here and the
/// `unread` ones.
fn truncate(mut text: String, keep: usize, unread: usize) -> String {
    let Some((at, _)) = text.char_indices().nth(keep) else {
        return with_marker(text, unread);
    };
    let mut cursor = GraphemeCursor::new(at, text.len(), true);
    let edge = match cursor.is_boundary(&text, 0) {
        Ok(true) => at,
        _ => cursor.prev_boundary(&text, 0).ok().flatten().unwrap_or(0),
    };
    // A joiner joins what follows; with nothing behind it, it would go when the text is cleaned again.
    let edge = text
        .get(..edge)
        .map_or(edge, |head| head.trim_end_matches([ZWJ, ZWNJ]).len());
    let cut = text.get(edge..).map_or(0, |tail| tail.chars().count());
    text.truncate(edge);
    with_marker(text, cut + unread)
}

fn with_marker(mut text: String, missing: usize) -> String {
    if missing > 0 {
        text.push_str(" [+");
        text.push_str(&missing.to_string());
        text.push(']');
    }
    text
}
