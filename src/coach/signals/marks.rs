//! Marks of feeling that are no words: exclamation, question on question, capitals, stretched words, the same thing said twice.

/// The marks of one message.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Marks {
    /// Exclamation marks.
    exclamations: usize,
    /// The longest run of question and exclamation marks with a question in it.
    question_run: usize,
    /// Question marks.
    questions: usize,
    /// Runs of dots.
    dots: usize,
    /// Latin letters, and how many are capitals, outside handles.
    letters: usize,
    capitals: usize,
    /// Words of four and more capitals.
    shouted: usize,
    /// Letters or characters written three times and more.
    stretched: usize,
    /// A short clause said twice in a row: 人呢 人呢.
    twice: bool,
    /// Characters.
    pub(super) chars: usize,
}

impl Marks {
    /// Reads the marks of a text as given.
    pub(super) fn new(text: &str, limit: usize) -> Self {
        let mut out = Self::default();
        let (mut run, mut asks) = (0, false);
        let (mut last, mut same) = ('\0', 0);
        for c in text.chars().take(limit) {
            out.chars += 1;
            same = if c == last { same + 1 } else { 1 };
            if same == 3 {
                if c.is_alphabetic() {
                    out.stretched += 1;
                } else if matches!(c, '.' | '。' | '~') {
                    out.dots += 1;
                }
            }
            last = c;
            match c {
                '!' | '！' => {
                    out.exclamations += 1;
                    run += 1;
                }
                '?' | '？' => {
                    out.questions += 1;
                    run += 1;
                    asks = true;
                }
                _ => (run, asks) = (0, false),
            }
            if c == '…' && same == 1 {
                out.dots += 1;
            }
            if asks {
                out.question_run = out.question_run.max(run);
            }
        }
        out.capitals(text, limit);
        out.twice = said_twice(text, limit);
        out
    }

    fn capitals(&mut self, text: &str, limit: usize) {
        for word in text.split_whitespace().take(limit) {
            if word.starts_with(['@', '#', '[']) || word.contains("://") {
                continue;
            }
            let letters = word.chars().filter(char::is_ascii_alphabetic).count();
            let capitals = word.chars().filter(char::is_ascii_uppercase).count();
            self.letters += letters;
            self.capitals += capitals;
            let digits = word.chars().any(|c| c.is_ascii_digit());
            if letters >= 4 && capitals == letters && !digits {
                self.shouted += 1;
            }
        }
    }

    /// What each mark adds, in points, always the same names in the same order.
    pub(super) fn points(&self) -> [(&'static str, i32); 6] {
        let exclaim = match self.exclamations {
            0 => 0,
            1 => 8,
            2 => 20,
            3 => 32,
            4..=6 => 42,
            _ => 52,
        };
        let question = match (self.question_run, self.questions) {
            (3.., _) => 32,
            (2, _) => 20,
            (_, 3..) => 12,
            (_, 2) => 6,
            _ => 0,
        };
        let mostly = self.letters >= 12 && self.capitals * 10 >= self.letters * 7;
        let capitals = match self.shouted {
            _ if mostly => 70,
            0 => 0,
            1 => 12,
            2 => 30,
            _ => 45,
        };
        [
            ("exclamations", exclaim),
            ("questions", question),
            ("capitals", capitals),
            ("stretched", if self.stretched > 0 { 14 } else { 0 }),
            ("twice", if self.twice { 30 } else { 0 }),
            ("dots", if self.dots > 0 { 6 } else { 0 }),
        ]
    }
}

/// Whether a short clause is said twice in a row.
fn said_twice(text: &str, limit: usize) -> bool {
    let clauses = text.split(|c: char| {
        c.is_whitespace()
            || matches!(
                c,
                ',' | '，' | '。' | '！' | '？' | '!' | '?' | '、' | '.' | '~'
            )
    });
    let mut last = "";
    for clause in clauses.filter(|c| !c.is_empty()).take(limit) {
        if clause == last && clause.chars().any(char::is_alphabetic) && !clause.starts_with('@') {
            let han = !clause.is_ascii();
            if han || clause.len() > 2 {
                return true;
            }
        }
        last = clause;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points(text: &str, name: &str) -> i32 {
        let marks = Marks::new(text, 1000);
        marks
            .points()
            .into_iter()
            .find(|(n, _)| *n == name)
            .map_or(-1, |(_, p)| p)
    }

    #[test]
    fn marks_are_counted() {
        assert_eq!(points("好的！", "exclamations"), 8);
        assert_eq!(points("快点！！！", "exclamations"), 32);
        assert_eq!(points("真的？？？", "questions"), 32);
        assert_eq!(points("你说呢?!", "questions"), 20);
        assert_eq!(points("人呢 人呢", "twice"), 30);
        assert_eq!(points("we wait and wait", "twice"), 0);
        assert_eq!(points("太太太慢了", "stretched"), 14);
        assert_eq!(points("WHERE IS MY PARCEL", "capitals"), 70);
        assert_eq!(points("I want my PARCEL today please", "capitals"), 12);
        assert_eq!(points("@BIGSHOP hello", "capitals"), 0);
        assert_eq!(points("嗯。。。", "dots"), 6);
    }
}
