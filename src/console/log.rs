//! A session's log as this page has seen it: each section is a growing sequence of lines, with a gap wherever the lines could not
//! be proven to follow the ones before.

mod brush;
mod carry;
mod fold;
mod frames;
mod level;
mod line;
mod link;
mod restore;
mod rows;
mod search;
mod stitch;
mod store;
mod stretch;
mod tally;
mod text;

use livy::{LogPage, Section};

pub use brush::Paint;
pub use fold::{Fold, Unfolded};
use frames::Frames;
pub use level::Level;
use level::LineShape;
pub use line::{Span, as_shown, paint};
pub use link::{LineLink, Linked};
pub use rows::{Around, Row, Rows};
pub use search::Search;
use stitch::{Continuation, Window};
use store::Store;
use stretch::Past;
pub use tally::{Levels, Tally};
pub use text::TextPlace;

/// How much text of a section is kept, in bytes; the oldest lines are dropped first.
pub const KEPT: usize = 128 << 20;

/// The most blank lines between two updates of a progress bar: Spark's bar has a carriage return before and after it, and is
/// overwritten with spaces between two others (ConsoleProgressBar.scala, 3.5).
const CLEARED: u64 = 3;

/// The line for a gap in a downloaded log.
const GAP: &str = "==== lines may be missing here ====";

/// One row of a section.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry<'a> {
    /// A line as it was received.
    Line {
        /// This page's own number, from 0 in each section. It never changes and is never used again.
        number: u64,
        /// The text, with whatever control characters it has.
        text: &'a str,
    },
    /// Lines may be missing here. Lines after it that repeat the ones before it may be the same, and are not shown again.
    Gap {
        /// The number of the line before it; `None` at the beginning.
        after: Option<u64>,
    },
}

/// The lines of one section.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SectionLog {
    lines: Store,
    /// The number of the line that follows each gap, ascending; the line itself may not have come yet.
    gaps: Vec<u64>,
    frames: Frames,
    /// What the server last showed.
    window: Window,
    /// What it showed before that.
    past: Past,
    /// The first line that is being read, unless the end is followed.
    reader: Option<u64>,
    /// The number of the first line after a growth that was assumed, not proven, while the window has the same length as then.
    believed: Option<u64>,
}

impl SectionLog {
    /// Without any line yet; the first one will have this number.
    fn starting_at(first: u64) -> Self {
        Self { lines: Store::starting_at(first), ..Self::default() }
    }

    /// How many lines there have been, dropped ones included.
    pub fn count(&self) -> u64 {
        self.lines.next()
    }

    /// How many of the oldest lines this page has dropped to bound its memory.
    pub fn dropped(&self) -> u64 {
        self.lines.first()
    }

    /// How much text is kept, in bytes.
    pub fn bytes(&self) -> usize {
        self.lines.bytes()
    }

    /// The text of a line that is still kept. Costs O(log lines).
    pub fn line(&self, number: u64) -> Option<&str> {
        self.lines.line(number)
    }

    /// Whether a kept line is an error or a warning.
    pub fn level(&self, number: u64) -> Option<Level> {
        self.lines.shape(number)?.level()
    }

    /// How many errors and warnings are kept. Costs O(1): they are counted as they come and go.
    pub fn tally(&self) -> Tally {
        self.lines.tally()
    }

    /// The kept lines from `from` on that are of these levels, ascending, each with the heads and causes of its stack trace.
    /// Costs O(lines from `from` on), a byte for each.
    pub fn lines_of(&self, levels: Levels, from: u64) -> Vec<u64> {
        self.lines.lines_of(levels, from)
    }

    /// True for a line that [`SectionLog::lines_of`] has. Costs O(log lines).
    pub fn is_of(&self, levels: Levels, number: u64) -> bool {
        self.lines.shape(number).is_some_and(|it| levels.include(it))
    }

    /// The next error after a line, or from the beginning where there is none; after the last one the first comes again.
    pub fn next_error(&self, after: Option<u64>) -> Option<u64> {
        let start = after.map_or(self.dropped(), |it| it + 1);
        let find = |from, to| self.lines.next_of(Level::Error, from, to);
        find(start, self.count()).or_else(|| find(self.dropped(), start))
    }

    /// The kept lines from `from` on that match. Costs O(their text).
    pub fn find(&self, search: &Search, from: u64) -> Vec<u64> {
        search.lines(&self.lines, from)
    }

    /// Before which lines others may be missing, ascending.
    pub fn gaps(&self) -> &[u64] {
        &self.gaps
    }

    /// The rows, oldest first.
    pub fn entries(&self) -> impl Iterator<Item = Entry<'_>> {
        let lines = self.lines.segments_from(self.dropped()).flat_map(|(segment, at)| segment.lines_from(at));
        lines.flat_map(|(number, text)| {
            let gap = self.gaps.binary_search(&number).is_ok();
            let gap = gap.then(|| Entry::Gap { after: number.checked_sub(1) });
            gap.into_iter().chain([Entry::Line { number, text }])
        })
    }

    /// The kept lines from `from` on, with their numbers. Costs O(log lines), and O(1) for each.
    pub(crate) fn lines_from(&self, from: u64) -> impl Iterator<Item = (u64, &str)> {
        self.lines.segments_from(from.max(self.dropped())).flat_map(|(it, at)| it.lines_from(at))
    }

    /// Adds a line at the end. Costs O(line).
    pub fn push(&mut self, line: &str) {
        let number = self.count();
        self.lines.push(line);
        let shape = self.lines.shape(number);
        let before = number.checked_sub(1).filter(|_| self.gaps.last() != Some(&number));
        let before = before.and_then(|it| self.lines.shape(it));
        if shape == Some(LineShape::Progress) {
            if let Some(from) = self.state_before(number) {
                self.frames.push(from..number, true);
            }
        } else if shape.is_some_and(LineShape::is_frame) && before.is_some_and(|it| it != LineShape::Progress)
        {
            self.frames.push(number..number + 1, false);
        }
    }

    /// The progress update that the last line follows without a gap between.
    fn state_before(&self, number: u64) -> Option<u64> {
        let last_gap = self.gaps.last().copied().unwrap_or_default();
        self.last_state(number).filter(|it| *it >= last_gap)
    }

    /// The progress update before a line, skipping the blank lines with which Spark clears its bar.
    fn last_state(&self, number: u64) -> Option<u64> {
        let from = number.saturating_sub(CLEARED + 1);
        let is_blank = |it: &u64| self.line(*it).is_some_and(|it| it.trim().is_empty());
        let state = (from..number).rev().find(|it| !is_blank(it))?;
        (self.lines.shape(state) == Some(LineShape::Progress)).then_some(state)
    }

    /// Lines may be missing before the next one that is added.
    pub(crate) fn push_gap(&mut self) {
        self.gap_before(self.count());
    }

    /// Drops the oldest lines above this many bytes, but none that are being read until there is twice as much.
    pub fn bound(&mut self, cap: usize) {
        let before = self.dropped();
        self.lines.bound(cap, self.reader);
        let first = self.dropped();
        if first == before {
            return;
        }
        self.gaps.drain(..self.gaps.partition_point(|it| *it < first));
        self.frames.drop_before(first);
    }

    /// Takes the lines that the server shows now. True when a row is added. Costs O(window).
    fn absorb(&mut self, window: &[String]) -> bool {
        let number = self.count();
        if window.len() != self.window.len() {
            self.believed = None;
        }
        let fresh = match self.window.slide(window, &mut self.past) {
            Continuation::Same => return false,
            Continuation::Grown(fresh) => {
                self.believed = Some(number);
                fresh
            }
            Continuation::Appended(fresh) => {
                // At this length it slides: the ring was full already when it reached it.
                if let Some(believed) = self.believed.take() {
                    self.gap_before(believed);
                }
                fresh
            }
            Continuation::AfterGap(fresh) => {
                self.push_gap();
                fresh
            }
        };
        fresh.iter().for_each(|it| self.push(it));
        self.bound(KEPT);
        !fresh.is_empty()
    }

    /// Notes that lines may be missing before this one, even if it has not come yet.
    fn gap_before(&mut self, number: u64) {
        if let Err(at) = self.gaps.binary_search(&number) {
            self.gaps.insert(at, number);
            self.frames.part(number, self.last_state(number).unwrap_or(number));
        }
    }
}

/// What an answer added, in the section that has grown most.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Absorbed {
    /// How many lines are new.
    pub new: u64,
    /// How many the server shows.
    pub window: u64,
}

/// All sections of a session's log.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SessionLog {
    sections: [Option<SectionLog>; 3],
    revision: u64,
}

impl SessionLog {
    /// A section, if the server has shown it.
    pub fn section(&self, section: Section) -> Option<&SectionLog> {
        self.sections.get(section as usize)?.as_ref()
    }

    /// A section is read from this line on, or its end is followed again.
    pub(crate) fn hold(&mut self, section: Section, first: Option<u64>) {
        if let Some(log) = self.sections.get_mut(section as usize).and_then(Option::as_mut) {
            log.reader = first;
        }
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

    /// Takes the server's next answer. A section that is not in it stays as it was.
    ///
    /// Costs O(lines of the answer and the one before), however long the log has become.
    pub fn absorb(&mut self, page: &LogPage) -> Absorbed {
        let mut lines = Absorbed::default();
        for (section, window) in page.sections() {
            let Some(place) = self.sections.get_mut(section as usize) else { continue };
            let is_first = place.is_none();
            let log = place.get_or_insert_default();
            let before = log.count();
            if log.absorb(window) || is_first {
                self.revision += 1;
            }
            if log.count() - before > lines.new {
                lines = Absorbed { new: log.count() - before, window: window.len() as u64 };
            }
        }
        lines
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
    fn a_gap_is_where_continuity_ends() {
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
        for it in 0..50_000 {
            if it % 1_000 == 0 {
                section.push_gap();
            }
            section.push(&format!("{it} java.lang.Error: no"));
            section.push("\tat a.b(C.java:1)");
            section.bound(1 << 20);
        }
        let (dropped, kept) = (section.dropped(), section.count() - section.dropped());
        assert!(section.bytes() <= 1 << 20 && kept > 10_000, "{kept} in {}", section.bytes());
        let first = section.entries().find(|it| matches!(it, Entry::Line { .. }));
        assert_eq!(first, section.line(dropped).map(|text| Entry::Line { number: dropped, text }));
        assert!(section.gaps()[0] >= dropped);
        assert_eq!(section.entries().count() as u64, kept + section.gaps().len() as u64);
    }

    #[test]
    fn after_the_last_error_comes_the_first() {
        let mut section = SectionLog::default();
        for line in ["a", "26/11/23 1 ERROR x: no", "\u{1b}[31m26/11/23 1 ERROR\u{1b}[0m y: no", "b"] {
            section.push(line);
        }
        let errors: Vec<_> = [None, Some(1), Some(2), Some(3)].map(|it| section.next_error(it)).into();
        assert_eq!(errors, [Some(1), Some(2), Some(1), Some(1)]);
        assert_eq!(SectionLog::default().next_error(None), None);
    }
}
