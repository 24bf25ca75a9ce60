//! A session's log as this page has seen it: each section a growing sequence of lines, with a gap wherever continuity with
//! what was there before could not be proven.

mod line;
mod restore;
mod search;
mod stitch;

use std::collections::VecDeque;

use livy::{LogPage, Section};

pub use line::shown;
pub use search::{Level, Search};
use stitch::{Continuation, continue_with};

/// At most so many lines of a section are kept; the oldest go first.
const KEPT: usize = 5_000;

/// What stands for a gap in a downloaded log.
const GAP: &str = "==== lines may be missing here ====";

/// One row of a section.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry<'a> {
    /// A line as it was received.
    Line {
        /// This page's own number, from 0 in each section. It never changes and is never given twice.
        number: u64,
        /// The text, with whatever control characters it has.
        text: &'a str,
    },
    /// Lines may be missing here.
    Gap {
        /// The number of the line before it; `None` at the beginning.
        after: Option<u64>,
    },
}

/// The lines of one section.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SectionLog {
    /// Kept lines, oldest first.
    lines: VecDeque<String>,
    /// The number of the oldest kept line.
    first: u64,
    /// In ascending order, the number of the line that follows each gap.
    gaps: Vec<u64>,
    /// What the server last showed.
    window: Vec<String>,
}

impl SectionLog {
    /// How many lines there have been, dropped ones included.
    pub fn count(&self) -> u64 {
        self.first + self.lines.len() as u64
    }

    /// How many of the oldest lines this page has dropped to bound its memory.
    pub fn dropped(&self) -> u64 {
        self.first
    }

    /// The text of a line that is still kept.
    pub fn line(&self, number: u64) -> Option<&str> {
        let at = usize::try_from(number.checked_sub(self.first)?).ok()?;
        self.lines.get(at).map(String::as_str)
    }

    /// How much text is kept, in bytes. Costs O(lines).
    pub fn bytes(&self) -> usize {
        self.lines.iter().map(|it| it.len() + 1).sum()
    }

    /// The rows, oldest first.
    pub fn entries(&self) -> impl Iterator<Item = Entry<'_>> {
        self.lines.iter().zip(self.first..).flat_map(|(text, number)| {
            let gap = self.gaps.binary_search(&number).is_ok();
            let gap = gap.then(|| Entry::Gap { after: number.checked_sub(1) });
            gap.into_iter().chain([Entry::Line { number, text }])
        })
    }

    /// Adds a line at the end: a door for `restore`.
    fn push(&mut self, line: &str) {
        self.lines.push_back(line.to_owned());
    }

    /// What is added next may not follow what is there: a door for `restore`.
    fn push_gap(&mut self) {
        if self.gaps.last() != Some(&self.count()) {
            self.gaps.push(self.count());
        }
    }

    /// Takes the window that the server shows now. True when there is something new in it. Costs O(window).
    fn absorb(&mut self, window: &[String]) -> bool {
        let fresh = match continue_with(&self.window, window) {
            Continuation::Same => return false,
            Continuation::Appended(fresh) => fresh,
            Continuation::AfterGap(fresh) => {
                self.gaps.push(self.count());
                fresh
            }
        };
        self.lines.extend(fresh.iter().cloned());
        while self.lines.len() > KEPT {
            self.lines.pop_front();
            self.first += 1;
        }
        self.gaps.retain(|it| *it >= self.first);
        self.window = window.to_vec();
        true
    }
}

/// All sections of a session's log.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SessionLog {
    sections: [Option<SectionLog>; 3],
    revision: u64,
}

impl SessionLog {
    /// A section, where the server has shown one of that name.
    pub fn section(&self, section: Section) -> Option<&SectionLog> {
        self.sections.get(section as usize)?.as_ref()
    }

    /// How much text is kept in all sections, in bytes.
    pub fn bytes(&self) -> usize {
        self.sections.iter().flatten().map(SectionLog::bytes).sum()
    }

    /// Rises whenever a row is added, and only then.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// The log of a single answer.
    pub fn of(page: &LogPage) -> Self {
        let mut log = Self::default();
        log.absorb(page);
        log
    }

    /// Takes an answer of the server. A section that it lacks keeps what it had.
    pub(crate) fn absorb(&mut self, page: &LogPage) {
        for (section, window) in page.sections() {
            let Some(place) = self.sections.get_mut(section as usize) else { continue };
            let is_first = place.is_none();
            if place.get_or_insert_default().absorb(window) || is_first {
                self.revision += 1;
            }
        }
    }

    /// The whole log as text: each section under its name, gaps in words, all else as received.
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        for section in Section::ALL {
            let Some(log) = self.section(section) else { continue };
            text.push_str(&format!("==== {} ====\n", section.as_str()));
            // Where a gap was dropped to, one mark says it all.
            if log.dropped() > 0 && log.gaps.first() != Some(&log.dropped()) {
                text.push_str(GAP);
                text.push('\n');
            }
            for entry in log.entries() {
                text.push_str(match entry {
                    Entry::Line { text, .. } => text,
                    Entry::Gap { .. } => GAP,
                });
                text.push('\n');
            }
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(lines: &[&str]) -> LogPage {
        LogPage { lines: lines.iter().map(|it| (*it).to_owned()).collect() }
    }

    #[test]
    fn sections_grow_and_keep_what_the_server_no_longer_shows() {
        let mut log = SessionLog::default();
        log.absorb(&page(&["stdout: ", "\nstderr: "]));
        assert_eq!((log.revision(), log.section(Section::Diagnostics)), (2, None));
        log.absorb(&page(&["stdout: ", "a", "\nstderr: ", "1", "2"]));
        log.absorb(&page(&["stdout: ", "a", "\nstderr: ", "1", "2"]));
        assert_eq!(log.revision(), 4);
        log.absorb(&page(&["stdout: ", "a", "b", "\nstderr: ", "1", "2", "3"]));
        log.absorb(&page(&[]));
        assert_eq!(log.to_text(), "==== stdout ====\na\nb\n==== stderr ====\n1\n2\n3\n");
    }

    #[test]
    fn a_gap_stands_where_continuity_ends() {
        let mut log = SessionLog::default();
        log.absorb(&page(&["stdout: ", "a", "b"]));
        log.absorb(&page(&["stdout: ", "x", "y"]));
        let entries: Vec<Entry<'_>> = log.section(Section::Stdout).unwrap().entries().collect();
        let expected = [
            Entry::Line { number: 0, text: "a" },
            Entry::Line { number: 1, text: "b" },
            Entry::Gap { after: Some(1) },
            Entry::Line { number: 2, text: "x" },
            Entry::Line { number: 3, text: "y" },
        ];
        assert_eq!(entries, expected);
        assert_eq!(log.to_text(), "==== stdout ====\na\nb\n==== lines may be missing here ====\nx\ny\n");
    }

    #[test]
    fn memory_is_bounded_and_numbers_go_on() {
        let mut section = SectionLog::default();
        let lines: Vec<String> = (0..KEPT + 500).map(|it| it.to_string()).collect();
        for window in lines.windows(150).step_by(50) {
            section.absorb(window);
        }
        let first = section.entries().next();
        assert_eq!(section.lines.len(), KEPT);
        assert_eq!(
            first,
            Some(Entry::Line { number: section.dropped(), text: &section.dropped().to_string() })
        );
        assert_eq!(section.entries().count(), KEPT);
    }
}
