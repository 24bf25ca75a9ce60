//! What is looked for in a log: a text as it stands, found in whole segments at once where lines are shown as received.

use memchr::{memchr2, memmem};

use super::line::as_shown;
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
        let line = as_shown(line);
        if self.matches_case {
            line.contains(&self.needle)
        } else if self.needle.is_ascii() && line.is_ascii() {
            AnyCase::new(self.needle.as_bytes(), line.as_bytes()).find(line.as_bytes()).is_some()
        } else {
            line.to_lowercase().contains(&self.needle)
        }
    }

    /// The kept lines from `from` on that have it. Costs O(their text).
    pub(super) fn lines(&self, store: &Store, from: u64) -> Vec<u64> {
        let mut lines = Vec::new();
        // What every line that has it has, as bytes in whatever case.
        let probe = if self.matches_case { &self.needle } else { longest_ascii(&self.needle) };
        let finder = memmem::Finder::new(probe);
        for (segment, at) in store.segments_from(from) {
            // A break would be found between two lines.
            if self.needle.contains('\n') || probe.is_empty() {
                lines.extend(segment.lines_from(at).filter(|it| self.finds(it.1)).map(|it| it.0));
                continue;
            }
            let mut found = Vec::new();
            if self.matches_case {
                in_segment(segment, at, &mut found, |text| finder.find(text));
            } else {
                let any = AnyCase::new(probe.as_bytes(), &segment.text);
                in_segment(segment, at, &mut found, |text| any.find(text));
            }
            let odd = self.odd_lines(segment, at, probe);
            if odd.is_empty() && probe.len() == self.needle.len() {
                lines.extend(found);
                continue;
            }
            // Where the bytes do not say it all, a line is asked itself.
            let is_sure = |it: &u64| probe.len() == self.needle.len() && odd.binary_search(it).is_err();
            let mut asked = [&found[..], &odd].concat();
            asked.sort_unstable();
            asked.dedup();
            asked.retain(|it| is_sure(it) || store.line(*it).is_some_and(|it| self.finds(it)));
            lines.extend(asked);
        }
        lines
    }

    /// The lines of a segment that may have it without having the probe, or the other way round: those that are not shown as they
    /// were received, and those with a letter beyond ASCII that is one of the probe's in lower case.
    fn odd_lines(&self, segment: &Segment, at: usize, probe: &str) -> Vec<u64> {
        let mut odd = Vec::new();
        if !segment.is_plain {
            in_segment(segment, at, &mut odd, |text| memchr2(b'\r', 0x1b, text));
        }
        if !segment.is_ascii && !self.matches_case {
            // Unicode's Lowercase_Mapping knows two such letters (UnicodeData.txt, SpecialCasing.txt): Kelvin's sign is k, and a
            // capital i with a dot is i and a dot.
            for (letter, lower) in [("\u{212a}", 'k'), ("\u{130}", 'i')] {
                if probe.contains(lower) {
                    let finder = memmem::Finder::new(letter);
                    in_segment(segment, at, &mut odd, |text| finder.find(text));
                }
            }
        }
        odd.sort_unstable();
        odd.dedup();
        odd
    }
}

/// The longest part that is ASCII, the first of them.
fn longest_ascii(text: &str) -> &str {
    text.split(|it: char| !it.is_ascii()).rev().max_by_key(|it| it.len()).unwrap_or_default()
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
        let words = [
            "Executor",
            "executor",
            "EXECUTE",
            "x",
            "",
            "e",
            "größe",
            "GRÖSSE",
            "\u{1b}[1mex\u{1b}[0me",
            "10\rexe",
            "\u{212a}elvin",
            "\u{130}stanbul",
            "\u{17f}o",
        ];
        let mut store = Store::default();
        // Plain at first, so that there are segments of each sort.
        for it in 0..60_000_usize {
            let most = if it < 30_000 { 6 } else { words.len() };
            let word = |at: usize| words[(it * 7 + it / 11 + at * 5) % most];
            store.push(&format!("{} {} {}", word(0), word(1), word(2)));
        }
        let needles = [
            "exe",
            "EXE",
            "Executor",
            "x",
            "e e",
            "größe",
            "Größe E",
            "r\ne",
            "zzz",
            " ",
            "kelvin",
            "K",
            "i",
            "\u{130}s",
            "ö",
            "\u{212a}",
            "so",
            "\u{17f}",
        ];
        for needle in needles {
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
