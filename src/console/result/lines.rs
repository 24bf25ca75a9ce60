//! A text of an output by its lines, found where they stand in the answer and in slices: a text of many megabytes shows its beginning
//! at once, and nothing of it is copied but what is drawn.

use std::ops::Range;

use livy::{Piece, unescape};

use super::DRAWN;

/// Of a text above this size, in bytes of the answer, the two ends are read, until somebody wants all of it.
const LARGE: usize = 1 << 20;
/// How much each of the ends has.
const END: usize = 128 << 10;
/// Of what is drawn of a long line its end has so many bytes.
const DRAWN_END: usize = 4_000;

/// The lines of a text.
#[derive(Clone, Debug)]
pub struct Lines {
    text: Piece,
    lines: Vec<Range<usize>>,
    /// After how many lines the middle is left out, and how many bytes that is.
    gap: Option<(usize, usize)>,
    /// How far it is read.
    at: usize,
}

/// What is drawn of a text in one row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TextRow {
    /// A line.
    Line {
        /// Its text, with whatever control characters it has; of a long one the beginning.
        text: String,
        /// How many bytes of it are not drawn.
        left: usize,
        /// What stands behind those: its end.
        end: String,
    },
    /// So many bytes are left out here.
    Gap(usize),
}

impl Lines {
    /// Of a JSON text, as far as it can be drawn at once: all of it, or the two ends of a large one.
    pub fn of(text: Piece) -> Self {
        let mut lines = Self::unread(text);
        let length = lines.inner().len();
        if length <= LARGE {
            lines.read_on(length);
            return lines;
        }
        lines.scan(0, END);
        if lines.lines.is_empty() {
            let end = cut(lines.inner(), 0..END);
            lines.lines.push(0..end);
        }
        let head = lines.lines.len();
        let from = lines.lines.last().map_or(0, |it| it.end);
        let tail = after_escape(lines.inner(), length - END);
        // From the first line that begins there, or from there on where none does.
        let start = next_end(lines.inner(), tail, length).map_or(tail, |it| it.end);
        let start = if start >= length { tail } else { start };
        let before = lines.lines.len();
        lines.scan(start, length);
        let read = lines.lines.get(before..).and_then(<[_]>::last).map(|it| it.end);
        lines.finish(read.map_or(start, |it| after_end(lines.inner(), it)), length);
        lines.gap = Some((head, start.saturating_sub(from)));
        lines.at = length;
        lines
    }

    /// Of all lines of a JSON text, none of which is read yet: see [`Lines::read_on`].
    pub fn unread(text: Piece) -> Self {
        Self { text, lines: Vec::new(), gap: None, at: 0 }
    }

    /// All of it, read anew.
    pub fn whole(&self) -> Self {
        Self::unread(self.text.clone())
    }

    /// Reads about so many bytes more. True once it is read to its end.
    pub fn read_on(&mut self, bytes: usize) -> bool {
        let length = self.inner().len();
        // Its last line has no end of its own, behind which another could begin.
        if self.at >= length {
            return true;
        }
        let start = self.lines.last().map_or(0, |it| after_end(self.inner(), it.end));
        let to = self.at.saturating_add(bytes).min(length);
        // The line that was begun last time is not read again from its beginning.
        self.scan_from(start, self.at.max(start), to);
        self.at = to;
        if to < length {
            return false;
        }
        let start = self.lines.last().map_or(0, |it| after_end(self.inner(), it.end));
        self.finish(start, length);
        true
    }

    /// How many rows there are by now.
    pub fn len(&self) -> usize {
        self.lines.len() + usize::from(self.gap.is_some())
    }

    /// True without any line.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// True where the middle of it is left out.
    pub fn is_cut(&self) -> bool {
        self.gap.is_some()
    }

    /// How large it is, in bytes of the answer.
    pub fn bytes(&self) -> usize {
        self.inner().len()
    }

    /// How much of it is shown, in bytes of the answer: all of it but what is left out.
    pub fn shown_bytes(&self) -> usize {
        self.bytes() - self.gap.map_or(0, |it| it.1)
    }

    /// The whole text.
    pub fn text(&self) -> String {
        unescape(self.inner()).into_owned()
    }

    /// What is drawn in a row.
    pub fn row(&self, at: usize) -> Option<TextRow> {
        let at = match self.gap {
            Some((place, bytes)) if place == at => return Some(TextRow::Gap(bytes)),
            Some((place, _)) if at > place => at - 1,
            _ => at,
        };
        let mut place = self.lines.get(at)?.clone();
        let all = place.len();
        if all > DRAWN {
            // Of what a program has overwritten, the last counts.
            if all < LARGE {
                place.start += after_return(&self.inner()[place.clone()]);
            }
        }
        let (inner, mut end) = (self.inner(), place.end..place.end);
        if place.len() > DRAWN {
            end.start = after_escape(inner, end.end - DRAWN_END).min(end.end);
            place.end = cut(inner, place.start..place.start + DRAWN - DRAWN_END);
        }
        let left = if all > DRAWN { all.saturating_sub(place.len() + end.len()) } else { 0 };
        let text = |it: Range<usize>| unescape(&inner[it]).into_owned();
        Some(TextRow::Line { text: text(place), left, end: text(end) })
    }

    /// Between the quotes, as it stands in the answer.
    fn inner(&self) -> &str {
        let text = self.text.json().as_written();
        text.strip_prefix('"').and_then(|it| it.strip_suffix('"')).unwrap_or_default()
    }

    fn scan(&mut self, start: usize, to: usize) {
        self.scan_from(start, start, to);
    }

    /// Adds the lines that end before `to`; the first one begins at `start`, and no end of it is before `from`.
    fn scan_from(&mut self, mut start: usize, mut from: usize, to: usize) {
        let mut found = std::mem::take(&mut self.lines);
        let inner = self.inner();
        from = after_escape(inner, from).max(start);
        while let Some(end) = next_end(inner, from, to) {
            found.push(start..end.start);
            (start, from) = (end.end, end.end);
        }
        self.lines = found;
    }

    /// The last line ends with the text; behind a last newline there is none.
    fn finish(&mut self, start: usize, length: usize) {
        if start < length {
            self.lines.push(start..length);
        }
    }
}

/// Where the next newline stands that begins before `to`: `\n`, or its number.
fn next_end(inner: &str, mut at: usize, to: usize) -> Option<Range<usize>> {
    let bytes = inner.as_bytes();
    loop {
        at += memchr::memchr(b'\\', bytes.get(at..to)?)?;
        match bytes.get(at + 1)? {
            b'n' => return Some(at..at + 2),
            b'u' if bytes.get(at + 2..at + 6).is_some_and(|it| it.eq_ignore_ascii_case(b"000a")) => {
                return Some(at..at + 6);
            }
            _ => at += 2,
        }
    }
}

/// Behind the newline that stands here.
fn after_end(inner: &str, at: usize) -> usize {
    at + if inner.as_bytes().get(at + 1) == Some(&b'u') { 6 } else { 2 }
}

/// This place, or the one behind the escape or the character that it is in.
fn after_escape(inner: &str, mut at: usize) -> usize {
    let bytes = inner.as_bytes();
    // An even number of backslashes before a place are escapes of their own.
    let is_escaped = |at: usize| {
        let before = bytes.get(..at).unwrap_or_default();
        before.iter().rev().take_while(|it| **it == b'\\').count() % 2 == 1
    };
    if is_escaped(at) {
        at += if bytes.get(at) == Some(&b'u') { 5 } else { 1 };
    } else if let Some(behind) =
        (1..5).find(|it| *it < at && bytes.get(at - it) == Some(&b'u') && is_escaped(at - it))
    {
        at += 5 - behind;
    }
    inner.ceil_char_boundary(at)
}

/// Behind the last carriage return of a line that has something behind it: `\r` or its number, and no backslash that is one of the text
/// with an r behind it. 0 without one.
fn after_return(line: &str) -> usize {
    let (bytes, mut at, mut after) = (line.as_bytes(), 0, 0);
    while let Some(found) = bytes.get(at..).and_then(|it| memchr::memchr(b'\\', it)) {
        let escape = at + found;
        let number = bytes.get(escape + 2..escape + 6);
        let is_return = match bytes.get(escape + 1) {
            Some(b'u') => number.is_some_and(|it| it.eq_ignore_ascii_case(b"000d")),
            other => other == Some(&b'r'),
        };
        at = escape + if bytes.get(escape + 1) == Some(&b'u') { 6 } else { 2 };
        if is_return && at < bytes.len() {
            after = at;
        }
    }
    after
}

/// Where a stretch ends that is cut to these bytes, no character and no escape torn.
pub(super) fn cut(inner: &str, place: Range<usize>) -> usize {
    let end = inner.floor_char_boundary(place.end);
    let bytes = inner.as_bytes();
    let mut at = place.start;
    while let Some(found) = bytes.get(at..end).and_then(|it| memchr::memchr(b'\\', it)) {
        let escape = at + found;
        let length = if bytes.get(escape + 1) == Some(&b'u') { 6 } else { 2 };
        if escape + length > end {
            return escape;
        }
        at = escape + length;
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(written: &str) -> Lines {
        Lines::of(Piece::parse(written).unwrap())
    }

    fn texts(lines: &Lines) -> Vec<String> {
        let text = |it| match lines.row(it).unwrap() {
            TextRow::Line { text, .. } => text,
            TextRow::Gap(bytes) => format!("({bytes})"),
        };
        (0..lines.len()).map(text).collect()
    }

    #[test]
    fn lines_end_at_newlines_and_at_nothing_that_looks_like_one() {
        assert_eq!(texts(&of(r#""a\n\\n\\\nb\u000Ac\n""#)), ["a", "\\n\\", "b", "c"]);
        assert_eq!(texts(&of(r#""\n\nx""#)), ["", "", "x"]);
        assert_eq!(texts(&of(r#""""#)), [""; 0]);
        assert_eq!(texts(&of(r#""a\r\nb""#)), ["a\r", "b"]);
        assert_eq!(of(r#""a\n\"""#).text(), "a\n\"");
    }

    #[test]
    fn slices_of_any_size_find_the_same_lines() {
        let written = format!("\"{}\"", r#"ä\\\n😀\u000ab\\n\nlonger\u0041 line\r\n"#.repeat(20) + "end");
        let expected = texts(&of(&written));
        assert_eq!(expected.len(), 81);
        assert!(of(&written).read_on(1), "it has ended, and stays so");
        for size in 1..40 {
            let mut lines = Lines::unread(Piece::parse(&written).unwrap());
            while !lines.read_on(size) {}
            assert_eq!(texts(&lines), expected, "{size}");
        }
    }

    #[test]
    fn what_is_read_is_not_read_again() {
        for written in [r#""6""#, r#""a\nb""#, r#""a\n""#, r#""""#] {
            let mut lines = of(written);
            let expected = texts(&lines);
            assert!(lines.read_on(1 << 16), "{written}");
            assert_eq!(texts(&lines), expected, "{written}");
        }
    }

    #[test]
    fn of_a_large_text_the_ends_are_read() {
        let written =
            format!("\"{}\"", (0..100_000).map(|it| format!("line {it} \\\\n\\n")).collect::<String>());
        let lines = of(&written);
        let drawn = texts(&lines);
        assert!(lines.is_cut() && drawn.len() < 30_000, "{}", drawn.len());
        assert_eq!((drawn[0].as_str(), drawn[1].as_str()), ("line 0 \\n", "line 1 \\n"));
        assert!(drawn.last().unwrap() == "line 99999 \\n");
        let gap = drawn.iter().position(|it| it.starts_with('(')).unwrap();
        assert!(drawn[gap - 1].ends_with("\\n") && drawn[gap + 1].starts_with("line "), "{}", drawn[gap + 1]);
        let mut whole = lines.whole();
        while !whole.read_on(1 << 16) {}
        assert_eq!((whole.len(), whole.is_cut()), (100_000, false));
    }

    #[test]
    fn a_line_without_an_end_is_cut_and_no_escape_is_torn() {
        for (one, mark) in [("x", 'x'), ("\\\\", '\\'), ("\\u0041", 'A'), ("ä", 'ä')] {
            let lines = of(&format!("\"{}\"", one.repeat((LARGE + END) / one.len())));
            for row in 0..lines.len() {
                if let Some(TextRow::Line { text, left, end }) = lines.row(row) {
                    assert!(text.chars().chain(end.chars()).all(|it| it == mark) && left > 0, "{one}");
                    assert!(!end.is_empty() && text.len() + end.len() <= DRAWN, "{one}");
                }
            }
            assert_eq!(lines.len(), 3);
            let mut whole = lines.whole();
            while !whole.read_on(10_001) {}
            let Some(TextRow::Line { text, left, end }) = whole.row(0) else { panic!("{one}") };
            assert!(left > LARGE && !text.is_empty() && end.chars().all(|it| it == mark), "{one}");
            assert_eq!(left + (text.len() + end.len()) / mark.len_utf8() * one.len(), whole.bytes(), "{one}");
        }
        let bar = format!("\"{}100%\"", "  1% of it\\r".repeat(4_000));
        assert_eq!(texts(&of(&bar)), ["100%"]);
        assert_eq!(texts(&of(&bar.replace("\\r", "\\u000D"))), ["100%"]);
        assert_eq!(
            texts(&of(&bar.replace("100%", "100%\\r"))),
            ["100%\r"],
            "an end of a line as Windows writes it"
        );
    }

    #[test]
    fn a_backslash_before_an_r_overwrites_nothing() {
        // Paths of Windows and what Python prints of bytes, as JSON writes them: all of the line counts.
        for one in [r"C:\\reports\\raw ", r"b'\\r\\n' ", r"\\\\r "] {
            let lines = of(&format!("\"{}\"", one.repeat(5_000)));
            let Some(TextRow::Line { text, left, .. }) = lines.row(0) else { panic!("{one}") };
            assert!(text.starts_with(&unescape(one).into_owned()), "{text:.40}");
            assert!(left > 0 && text.len() > 8_000, "{one}: {left}");
        }
        let both = format!("\"{}\\\\\\rC:\\\\r\"", "x".repeat(DRAWN));
        assert_eq!(texts(&of(&both)), ["C:\\r"], "three of them are a backslash and a return");
    }
}
