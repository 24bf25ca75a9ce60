//! What is looked for in a log: a text as it stands, found in whole segments at once where lines are shown as received.

use memchr::{memchr2, memmem};

use super::line::shown;
use super::store::{Segment, Store};

/// A text to be found as it stands; no pattern.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Search {
    /// In lower case, unless case matters.
    needle: String,
    matches_case: bool,
}

impl Search {
    /// Looks for a text; an empty one finds nothing.
    pub fn new(needle: &str, matches_case: bool) -> Self {
        let needle = if matches_case { needle.to_owned() } else { needle.to_lowercase() };
        Self { needle, matches_case }
    }

    /// True where nothing is looked for.
    pub fn is_empty(&self) -> bool {
        self.needle.is_empty()
    }

    /// True for a line that has it, as the line is shown.
    pub fn finds(&self, line: &str) -> bool {
        if self.needle.is_empty() {
            return false;
        }
        let line = shown(line);
        if self.matches_case {
            line.contains(&self.needle)
        } else {
            line.to_lowercase().contains(&self.needle)
        }
    }

    /// The kept lines from `from` on that have it. Costs O(their text).
    pub(super) fn lines(&self, store: &Store, from: u64) -> Vec<u64> {
        let mut lines = Vec::new();
        if self.needle.is_empty() {
            return lines;
        }
        let finder = memmem::Finder::new(&self.needle);
        let find = |text: &[u8]| finder.find(text);
        for (segment, at) in store.segments_from(from) {
            // A break would be found between two lines, and what is not shown must not be found.
            let whole = segment.is_plain && !self.needle.contains('\n');
            if whole && self.matches_case {
                in_segment(segment, at, &mut lines, find);
            } else if whole && segment.is_ascii && self.needle.is_ascii() {
                let any = AnyCase::new(self.needle.as_bytes(), &segment.text);
                in_segment(segment, at, &mut lines, |text| any.find(text));
            } else {
                lines.extend(segment.lines_from(at).filter(|it| self.finds(it.1)).map(|it| it.0));
            }
        }
        lines
    }
}

/// Finds in the whole text of a segment, and goes on after the line in which something was found.
fn in_segment(segment: &Segment, at: usize, lines: &mut Vec<u64>, find: impl Fn(&[u8]) -> Option<usize>) {
    let mut start = at.checked_sub(1).map_or(0, |it| segment.after(it));
    while let Some(found) = segment.text.get(start..).and_then(&find) {
        let line = segment.line_at(start + found);
        lines.push(segment.first + line as u64);
        start = segment.after(line);
    }
}

/// Finds an ASCII text in whatever case: by its rarest byte, whose two cases are looked for many bytes at a time.
struct AnyCase<'a> {
    needle: &'a [u8],
    rarest: usize,
}

/// So much of a text tells which bytes are rare in it, in bytes: some ten lines.
const SAMPLE: usize = 1_024;

impl<'a> AnyCase<'a> {
    /// For a needle in lower case, which is not empty, in texts like that one.
    fn new(needle: &'a [u8], like: &[u8]) -> Self {
        let mut counts = [0_u16; 256];
        like.iter().take(SAMPLE).for_each(|it| counts[usize::from(it.to_ascii_lowercase())] += 1);
        let rarest = needle.iter().enumerate().min_by_key(|it| counts[usize::from(*it.1)]);
        Self { needle, rarest: rarest.map_or(0, |it| it.0) }
    }

    fn find(&self, text: &[u8]) -> Option<usize> {
        let letter = *self.needle.get(self.rarest)?;
        let upper = letter.to_ascii_uppercase();
        let mut from = self.rarest;
        loop {
            from += memchr2(letter, upper, text.get(from..)?)?;
            let start = from - self.rarest;
            if text.get(start..start + self.needle.len())?.eq_ignore_ascii_case(self.needle) {
                return Some(start);
            }
            from += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_found_as_it_is_shown() {
        for (needle, case, line, found) in [
            ("error", false, "26/11/23 ERROR x", true),
            ("error", true, "26/11/23 ERROR x", false),
            ("ERROR", true, "26/11/23 ERROR x", true),
            ("größe", false, "die GRÖSSE, die GRÖßE", true),
            ("a.c", false, "abc", false),
            ("red", false, "\u{1b}[31mRe\u{1b}[0md", true),
            ("31m", false, "\u{1b}[31mRe\u{1b}[0md", false),
            ("10%", false, "10%\r100 %", false),
            ("", false, "anything", false),
            ("longer than the line", false, "short", false),
            ("x x", false, "x X X", true),
        ] {
            let search = Search::new(needle, case);
            assert_eq!(search.finds(line), found, "{needle:?} in {line:?}");
            let mut store = Store::default();
            store.push("before");
            store.push(line);
            assert_eq!(
                search.lines(&store, 0),
                if found { vec![1] } else { vec![] },
                "{needle:?} in {line:?}"
            );
        }
    }

    #[test]
    fn whole_segments_say_what_their_lines_say() {
        let words =
            ["Executor", "executor", "EXECUTE", "x", "", "e", "größe", "\u{1b}[1mexe\u{1b}[0m", "10\rexe"];
        let mut store = Store::default();
        // Plain at first, so that there are segments of each sort.
        for it in 0..60_000_usize {
            let most = if it < 30_000 { 6 } else { words.len() };
            let word = |at: usize| words[(it * 7 + it / 11 + at * 5) % most];
            store.push(&format!("{} {} {}", word(0), word(1), word(2)));
        }
        for needle in ["exe", "EXE", "Executor", "x", "e e", "größe", "r\ne", "zzz", " "] {
            for case in [true, false] {
                let search = Search::new(needle, case);
                for from in [0, 17, 29_999, 59_990, 60_000] {
                    let slow: Vec<u64> =
                        (from..60_000).filter(|it| search.finds(store.line(*it).unwrap())).collect();
                    assert_eq!(search.lines(&store, from), slow, "{needle:?} {case} {from}");
                }
            }
        }
    }
}
