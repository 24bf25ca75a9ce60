//! A log as text: as a file that is saved, every line as it was received and marks between them; and as it is copied, every line
//! as it is shown. Both run through the lines once and never look one up among all.

use livy::Section;

use super::{Entry, GAP, SectionLog, SessionLog, as_shown};

/// A place in a section's text: a line, and how many UTF-16 units into it as it is shown. Browsers count so.
pub type TextPlace = (u64, usize);

impl SessionLog {
    /// The whole log as text: each section under its name, gaps in words, all else as received.
    pub fn to_text(&self) -> String {
        let sections = Section::ALL.into_iter().filter_map(|it| Some((it, self.section(it)?)));
        sections.map(|(section, log)| log.to_text(section)).collect()
    }
}

impl SectionLog {
    /// The section as it stands in the text of the whole log.
    pub fn to_text(&self, section: Section) -> String {
        let mut text = named(section);
        // Where a gap was dropped to, one mark says it all.
        if self.dropped() > 0 && self.gaps().first() != Some(&self.dropped()) {
            add(&mut text, GAP);
        }
        for entry in self.entries() {
            add(&mut text, if let Entry::Line { text, .. } = entry { text } else { GAP });
        }
        text
    }

    /// Only these lines of the section, which ascend, in the same form: a mark says how many are left out and where.
    pub fn to_text_of(&self, section: Section, lines: &[u64]) -> String {
        let (mut text, mut next) = (named(section), self.dropped());
        let lines = lines.iter().map(|it| (*it, self.line(*it)));
        for (number, line) in lines.chain([(self.count(), None)]) {
            if self.has_gap(next, number.min(self.count().saturating_sub(1))) {
                add(&mut text, GAP);
            }
            match number.saturating_sub(next) {
                0 => {}
                1 => add(&mut text, "==== 1 line is left out here ===="),
                left => add(&mut text, &format!("==== {left} lines are left out here ====")),
            }
            if let Some(line) = line {
                add(&mut text, line);
            }
            next = number + 1;
        }
        text
    }

    /// The text from one place up to another as it is shown, for a copy: folded lines included, gaps in words; `only` these
    /// lines, which ascend, where no others are drawn. Without a place it begins with the oldest line, or ends with the last.
    pub fn copied(&self, from: Option<TextPlace>, to: Option<TextPlace>, only: Option<&[u64]>) -> String {
        let first = from.map_or(0, |it| it.0).max(self.dropped());
        let end = to.map_or(self.count(), |it| (it.0 + 1).min(self.count()));
        let mut copy = Copy { text: String::new(), begun: None, from, to };
        match only {
            Some(lines) => {
                let lines = lines.iter().copied().filter(|it| (first..end).contains(it));
                lines.for_each(|it| copy.add(self, it, self.line(it).unwrap_or_default()));
            }
            None => {
                let lines = self.lines.segments_from(first).flat_map(|(it, at)| it.lines_from(at));
                lines.take_while(|it| it.0 < end).for_each(|(number, line)| copy.add(self, number, line));
            }
        }
        copy.text
    }

    /// The lines from one on as they are shown, each with a line break after it, until there are so many bytes or no more lines;
    /// and the number of the line after them. A break inside a line is a space there.
    pub fn shown_from(&self, from: u64, bytes: usize) -> (String, u64) {
        let (mut text, mut next) = (String::new(), from);
        let lines = self.lines.segments_from(from).flat_map(|(it, at)| it.lines_from(at));
        for (number, line) in lines {
            if text.len() >= bytes {
                break;
            }
            let line = as_shown(line);
            add(&mut text, &if line.contains('\n') { line.replace('\n', " ").into() } else { line });
            next = number + 1;
        }
        (text, next)
    }

    /// Whether lines may be missing before one of the lines from `first` up to `last`.
    pub(super) fn has_gap(&self, first: u64, last: u64) -> bool {
        let at = self.gaps().partition_point(|it| *it < first);
        self.gaps().get(at).is_some_and(|it| *it <= last)
    }
}

/// A copy on its way.
struct Copy {
    text: String,
    /// The line after the last one that is in it.
    begun: Option<u64>,
    from: Option<TextPlace>,
    to: Option<TextPlace>,
}

impl Copy {
    fn add(&mut self, log: &SectionLog, number: u64, line: &str) {
        if let Some(next) = self.begun {
            self.text.push('\n');
            if log.has_gap(next, number) {
                add(&mut self.text, GAP);
            }
        }
        self.begun = Some(number + 1);
        let line = as_shown(line);
        let units = |place: Option<TextPlace>| place.filter(|it| it.0 == number).map(|it| it.1);
        let start = units(self.from).map_or(0, |it| byte_of(&line, it));
        let end = units(self.to).map_or(line.len(), |it| byte_of(&line, it));
        self.text.push_str(line.get(start..end).unwrap_or_default());
    }
}

/// Where so many UTF-16 units of a text end, in bytes; half a character is none of it.
fn byte_of(text: &str, units: usize) -> usize {
    let mut left = units;
    for (at, character) in text.char_indices() {
        match left.checked_sub(character.len_utf16()) {
            Some(_) if left == 0 => return at,
            Some(less) => left = less,
            None => return at,
        }
    }
    text.len()
}

fn named(section: Section) -> String {
    format!("==== {} ====\n", section.as_str())
}

fn add(text: &mut String, line: &str) {
    text.push_str(line);
    text.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `gaps`: before which lines.
    fn log(lines: &[&str], gaps: &[u64]) -> SectionLog {
        let mut log = SectionLog::default();
        for (at, line) in lines.iter().enumerate() {
            if gaps.contains(&(at as u64)) {
                log.push_gap();
            }
            log.push(line);
        }
        log
    }

    #[test]
    fn a_section_is_saved_as_it_was_received() {
        let log = log(&["\u{1b}[31ma", "10%\r20%", "", "c"], &[2]);
        let text = "==== stderr ====\n\u{1b}[31ma\n10%\r20%\n==== lines may be missing here ====\n\nc\n";
        assert_eq!(log.to_text(Section::Stderr), text);
        let mut long = SectionLog::default();
        (0..9_000).for_each(|it| long.push(&format!("{it:0>100}")));
        long.bound(1 << 19);
        assert!(
            long.to_text(Section::Stdout)
                .starts_with("==== stdout ====\n==== lines may be missing here ====\n0")
        );
    }

    #[test]
    fn what_is_left_out_between_matches_is_counted() {
        let log = log(&["a", "b", "c", "d", "e", "f"], &[3, 5]);
        for (lines, text) in [
            (&[][..], "?|6|"),
            (&[0, 1, 2], "a|b|c|?|3|"),
            (&[1, 2, 3, 4, 5], "1|b|c|?|d|e|?|f|"),
            (&[0, 4, 5], "a|?|3|e|?|f|"),
        ] {
            let marked = log.to_text_of(Section::Stderr, lines);
            let marked = marked.strip_prefix("==== stderr ====\n").unwrap();
            let mut short = marked.replace('\n', "|").replace("==== lines may be missing here ====", "?");
            for words in ["==== ", " lines are left out here ====", " line is left out here ===="] {
                short = short.replace(words, "");
            }
            assert_eq!(short, text, "{lines:?}");
        }
    }

    #[test]
    fn lines_are_given_in_pieces() {
        let log = log(&["one", "\u{1b}[1mtwo", "th\nree", "4"], &[]);
        for (from, bytes, text, next) in [
            (0, 1, "one\n", 1),
            (0, 5, "one\ntwo\n", 2),
            (2, 99, "th ree\n4\n", 4),
            (4, 99, "", 4),
            (0, 0, "", 0),
        ] {
            assert_eq!(log.shown_from(from, bytes), (text.to_owned(), next), "{from} {bytes}");
        }
    }

    #[test]
    fn a_copy_has_every_line_as_it_is_shown() {
        let log = log(&["one", "\u{1b}[1mtwo\u{1b}[0m", "", "\tat a.b", "größe 📦 x", "six"], &[5]);
        let gap = "==== lines may be missing here ====";
        let all = format!("one\ntwo\n\n\tat a.b\ngröße 📦 x\n{gap}\nsix");
        for (from, to, only, text) in [
            (None, None, None, all.as_str()),
            (Some((0, 1)), Some((1, 2)), None, "ne\ntw"),
            (Some((1, 1)), Some((1, 2)), None, "w"),
            (Some((4, 6)), Some((4, 8)), None, "📦"),
            (Some((4, 6)), Some((4, 99)), None, "📦 x"),
            (Some((2, 0)), Some((2, 0)), None, ""),
            (Some((2, 0)), Some((4, 3)), None, "\n\tat a.b\ngrö"),
            (Some((5, 0)), None, None, "six"),
            (None, None, Some(&[0, 3][..]), "one\n\tat a.b"),
            (Some((1, 1)), Some((5, 1)), Some(&[0, 1, 5][..]), "wo\n==== lines may be missing here ====\ns"),
        ] {
            assert_eq!(log.copied(from, to, only), text, "{from:?} {to:?} {only:?}");
        }
    }
}
