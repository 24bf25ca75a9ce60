//! The rest of an error by its lines. Frames of Java are found, folded and opened as in the log, and by the same code.

use super::DRAWN;
use crate::log::{Fold, Row, Rows, SectionLog, TextPlace, Unfolded};

/// Of a line of a text that is larger than this, in bytes, so much is drawn: a thousand lines may be in the page at once.
const LARGE: usize = 512 << 10;
const DRAWN_OF_LARGE: usize = 500;

/// The lines of an error, with what is folded of them.
#[derive(Clone, Debug, Default)]
pub struct Stack {
    text: String,
    /// How far it is read.
    at: usize,
    lines: SectionLog,
    unfolded: Unfolded,
}

/// What is drawn of an error in one row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StackRow {
    /// Which of all lines it is, from 0.
    pub line: u64,
    /// Its text, with whatever control characters it has.
    pub text: String,
    /// How many bytes of it are not drawn.
    pub left: usize,
    /// The frames that can be folded under it, and whether they are.
    pub fold: Option<Fold>,
    /// True for a folded frame that has a row nevertheless, which nobody sees.
    pub is_hidden: bool,
}

impl Stack {
    /// Of a text, none of which is read yet.
    pub fn unread(text: String) -> Self {
        Self { text, ..Self::default() }
    }

    /// Reads about so many bytes more. True once it is read to its end.
    pub fn read_on(&mut self, bytes: usize) -> bool {
        let to = self.at.saturating_add(bytes);
        while self.at < to.min(self.text.len()) {
            let line = self.text.get(self.at..).and_then(|it| it.split('\n').next()).unwrap_or_default();
            self.lines.push_of_error(line);
            self.at += line.len() + 1;
        }
        self.at >= self.text.len()
    }

    /// Looks at the rows. A text has fewer lines than a machine can count.
    fn rows(&self) -> Rows<'_> {
        Rows::all(&self.lines, &self.unfolded)
    }

    /// How many rows there are by now.
    pub fn len(&self) -> usize {
        usize::try_from(self.rows().len()).unwrap_or(usize::MAX)
    }

    /// True without any line.
    pub fn is_empty(&self) -> bool {
        self.lines.count() == 0
    }

    /// True where its lines are so few that each has a row, folded ones too.
    pub fn is_whole(&self) -> bool {
        self.rows().is_whole()
    }

    /// All of it.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text from one place to another, what is folded between them included.
    pub fn copied(&self, from: TextPlace, to: TextPlace) -> String {
        self.lines.copied(Some(from), Some(to), None)
    }

    /// Opens or closes the frames below a line.
    pub fn toggle(&mut self, line: u64) {
        self.unfolded.toggle(line);
    }

    /// What is drawn in a row.
    pub fn row(&self, at: usize) -> Option<StackRow> {
        let Row::Line { number, fold, is_hidden } = self.rows().row(u64::try_from(at).ok()?)? else {
            return None;
        };
        let line = self.lines.line(number)?;
        let most = if self.text.len() > LARGE { DRAWN_OF_LARGE } else { DRAWN };
        let end = if line.len() > most { line.floor_char_boundary(most) } else { line.len() };
        let text = line.get(..end)?.to_owned();
        Some(StackRow { line: number, text, left: line.len() - end, fold, is_hidden })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Stack {
        let mut stack = Stack::unread(text.to_owned());
        while !stack.read_on(7) {}
        stack
    }

    /// The rows that are seen, each with its fold.
    fn seen(stack: &Stack) -> Vec<String> {
        let rows = (0..stack.len()).filter_map(|it| stack.row(it)).filter(|it| !it.is_hidden);
        let fold = |it: &Fold| format!(" {}{}", if it.is_open { '-' } else { '+' }, it.frames);
        rows.map(|it| it.text + &it.fold.as_ref().map(fold).unwrap_or_default()).collect()
    }

    #[test]
    fn frames_of_java_fold_and_those_of_python_stay() {
        let text = "a.E: no\n\tat a.b(C.java:1)\n  at a.b(<console>:2)\n\t... 51 more\nCaused by: a.F\n\tat a.b(C.java:1)\n\
            Traceback (most recent call last):\n  File \"<stdin>\", line 1, in f\n    x\n    y\n    z\nValueError: no\n";
        let mut stack = read(text);
        let folded = [
            "a.E: no +3",
            "Caused by: a.F",
            "\tat a.b(C.java:1)",
            "Traceback (most recent call last):",
            "  File \"<stdin>\", line 1, in f",
            "    x",
            "    y",
            "    z",
            "ValueError: no",
        ];
        assert_eq!(seen(&stack), folded);
        stack.toggle(0);
        assert_eq!(
            seen(&stack)[..4],
            ["a.E: no -3", "\tat a.b(C.java:1)", "  at a.b(<console>:2)", "\t... 51 more"]
        );
        stack.toggle(0);
        assert_eq!(seen(&stack), folded);
        assert_eq!(stack.text(), text);
        assert_eq!(stack.copied((0, 2), (4, 6)), text[2..text.find(" by").unwrap()]);
    }

    #[test]
    fn five_thousand_frames_are_a_row_and_open_to_as_many() {
        let frames = "\tat a.b(C.java:1)\n".repeat(5_000);
        let mut stack = read(&format!("a.E: no\n{frames}Caused by: a.F\n{frames}end"));
        assert!(!stack.is_whole());
        assert_eq!(seen(&stack), ["a.E: no +5000", "Caused by: a.F +5000", "end"]);
        stack.toggle(5_001);
        assert_eq!((stack.len(), stack.row(5_002).unwrap().text.as_str()), (5_003, "end"));
        assert_eq!(stack.row(3).unwrap().line, 5_003);
    }

    #[test]
    fn any_text_is_read_in_slices_of_any_size() {
        for text in ["", "\n", "\tat a.b(C.java:1)", "\n\n\u{1b}[31m\r\n", "ä\n\tat a.b(C.java:1)\r\n"] {
            let stack = read(text);
            let lines: Vec<&str> = text.strip_suffix('\n').unwrap_or(text).split('\n').collect();
            let drawn: Vec<String> = (0..stack.len()).map(|it| stack.row(it).unwrap().text).collect();
            assert_eq!(drawn, if text.is_empty() { Vec::new() } else { lines }, "{text:?}");
            assert_eq!(stack.is_empty(), text.is_empty());
        }
    }

    #[test]
    fn of_a_long_line_a_part_is_drawn_and_all_of_it_copied() {
        let long = "ä".repeat(DRAWN);
        let stack = read(&long);
        let row = stack.row(0).unwrap();
        assert_eq!((row.text.len(), row.left), (DRAWN, DRAWN));
        assert_eq!(stack.copied((0, 0), (0, DRAWN)), long);
        let many = read(&format!("{long}\n").repeat(20));
        assert_eq!((many.len(), many.row(7).unwrap().text.len()), (20, DRAWN_OF_LARGE));
    }
}
