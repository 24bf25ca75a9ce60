//! The lines of one section as bytes: segments of text, each with the ends of its lines. Appending touches only the last segment,
//! so older text is never copied; the oldest segments are dropped when there is too much.

use std::collections::VecDeque;

use super::level::{Level, LineShape};
use super::line::as_shown;
use super::tally::{Levels, Tally};

/// How much text a segment holds, in bytes, unless a single line is longer. Small enough to be moved in microseconds when it is
/// closed, large enough that a million lines need about five hundred.
const SEGMENT: usize = 256 * 1024;

/// Lines in order, each with a number that never changes.
///
/// Memory: the text, a byte and an end (5 bytes) a line and a line break, and at most two segments of unused room.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Store {
    segments: VecDeque<Segment>,
    /// The number of the next line.
    next: u64,
    /// Of all text, in bytes.
    bytes: usize,
    /// Of all kept lines.
    tally: Tally,
    /// Of the last error or warning.
    level: Option<Level>,
}

/// A run of lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Segment {
    /// The number of its first line.
    pub(super) first: u64,
    /// The lines, each followed by a line break.
    pub(super) text: Vec<u8>,
    /// Where each line ends, its break not counted.
    ends: Vec<u32>,
    shapes: Vec<LineShape>,
    tally: Tally,
    /// True while every line is shown as it was received.
    pub(super) is_plain: bool,
    /// True while there is nothing but ASCII in it.
    pub(super) is_ascii: bool,
}

impl Segment {
    fn new(first: u64) -> Self {
        Self { first, is_plain: true, is_ascii: true, ..Self::default() }
    }

    /// How many lines it has.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    fn push(&mut self, line: &str, shape: LineShape) {
        self.is_plain &= !line.bytes().any(|it| matches!(it, b'\r' | b'\n' | 0x1b));
        self.is_ascii &= line.is_ascii();
        self.text.extend_from_slice(line.as_bytes());
        // A segment ends long before its text outgrows the number, and browsers limit the length of a single line.
        self.ends.push(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
        self.text.push(b'\n');
        self.shapes.push(shape);
        self.tally.add(shape);
    }

    /// Gives back unused memory.
    fn close(&mut self) {
        self.text.shrink_to_fit();
        self.ends.shrink_to_fit();
        self.shapes.shrink_to_fit();
    }

    fn start(&self, at: usize) -> usize {
        at.checked_sub(1).and_then(|it| self.ends.get(it)).map_or(0, |it| *it as usize + 1)
    }

    fn line(&self, at: usize) -> Option<&str> {
        let bytes = self.text.get(self.start(at)..*self.ends.get(at)? as usize)?;
        std::str::from_utf8(bytes).ok()
    }

    /// The line that a byte of the text belongs to.
    pub(super) fn line_at(&self, byte: usize) -> usize {
        self.ends.partition_point(|it| (*it as usize) < byte)
    }

    /// Where the line after this one begins.
    pub(super) fn after(&self, at: usize) -> usize {
        self.start(at + 1)
    }

    /// Its lines from one on, with their numbers.
    pub(super) fn lines_from(&self, at: usize) -> impl Iterator<Item = (u64, &str)> {
        (at..self.len()).filter_map(|it| Some((self.first + it as u64, self.line(it)?)))
    }
}

impl Store {
    /// Without any line yet; the first one will have this number.
    pub(super) fn starting_at(next: u64) -> Self {
        Self { next, ..Self::default() }
    }

    /// The number of the oldest kept line.
    pub(super) fn first(&self) -> u64 {
        self.segments.front().map_or(self.next, |it| it.first)
    }

    /// The number that the next line will get.
    pub(super) fn next(&self) -> u64 {
        self.next
    }

    /// How much text is kept, in bytes.
    pub(super) fn bytes(&self) -> usize {
        self.bytes
    }

    /// Adds a line. Costs O(line).
    pub(super) fn push(&mut self, line: &str) {
        let room = |it: &Segment| it.text.len() + line.len() < SEGMENT;
        if !self.segments.back().is_some_and(room) {
            if let Some(full) = self.segments.back_mut() {
                full.close();
            }
            self.segments.push_back(Segment::new(self.next));
        }
        let shape = LineShape::of(&as_shown(line), self.next.checked_sub(1).and_then(|it| self.shape(it)));
        let shape = shape.below(self.level);
        self.level = shape.level().or(self.level);
        self.tally.add(shape);
        if let Some(segment) = self.segments.back_mut() {
            segment.push(line, shape);
        }
        self.next += 1;
        self.bytes += line.len() + 1;
    }

    /// Drops the oldest segments while there are more than `cap` bytes; never the last one, and never the one with the line that
    /// is being read, or those after it, until there is twice as much.
    pub(super) fn bound(&mut self, cap: usize, reader: Option<u64>) {
        while self.bytes > cap && self.segments.len() > 1 {
            let Some(oldest) = self.segments.front() else { return };
            let is_read = reader.is_some_and(|it| it < oldest.first + oldest.len() as u64);
            if is_read && self.bytes <= cap.saturating_mul(2) {
                return;
            }
            self.bytes -= oldest.text.len();
            self.tally.subtract(oldest.tally);
            self.segments.pop_front();
        }
    }

    fn place(&self, number: u64) -> Option<(&Segment, usize)> {
        let at = self.segments.partition_point(|it| it.first <= number).checked_sub(1)?;
        let segment = self.segments.get(at)?;
        let line = usize::try_from(number - segment.first).ok()?;
        (line < segment.len()).then_some((segment, line))
    }

    /// The text of a kept line. Costs O(log segments).
    pub(super) fn line(&self, number: u64) -> Option<&str> {
        let (segment, line) = self.place(number)?;
        segment.line(line)
    }

    /// The shape of a kept line.
    pub(super) fn shape(&self, number: u64) -> Option<LineShape> {
        let (segment, line) = self.place(number)?;
        segment.shapes.get(line).copied()
    }

    /// The segments that hold a line and all that follow it, each with where to begin in it.
    pub(super) fn segments_from(&self, number: u64) -> impl Iterator<Item = (&Segment, usize)> {
        let at = self.segments.partition_point(|it| it.first <= number).saturating_sub(1);
        let start =
            move |it: &Segment| usize::try_from(number.saturating_sub(it.first)).unwrap_or(usize::MAX);
        self.segments.range(at..).map(move |it| (it, start(it).min(it.len())))
    }

    /// How many errors and warnings are kept. Costs O(1).
    pub(super) fn tally(&self) -> Tally {
        self.tally
    }

    /// The first line from `from` up to but without `to` that is of a level.
    pub(super) fn next_of(&self, level: Level, from: u64, to: u64) -> Option<u64> {
        let mut shapes = self.shapes_from(from).take_while(|it| it.0 < to);
        shapes.find(|it| it.1.level() == Some(level)).map(|it| it.0)
    }

    /// The kept lines from `from` on that are of these levels. Costs O(lines), a byte for each.
    pub(super) fn lines_of(&self, levels: Levels, from: u64) -> Vec<u64> {
        self.shapes_from(from).filter(|it| levels.include(it.1)).map(|it| it.0).collect()
    }

    fn shapes_from(&self, from: u64) -> impl Iterator<Item = (u64, LineShape)> {
        self.segments_from(from).flat_map(|(segment, at)| {
            let shapes = segment.shapes.get(at..).unwrap_or_default().iter().copied();
            (segment.first + at as u64..).zip(shapes)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(lines: u64) -> Store {
        let mut store = Store::default();
        for it in 0..lines {
            store.push(&format!("line {it} {}", "x".repeat(100)));
        }
        store
    }

    #[test]
    fn every_line_is_found_across_segments() {
        let store = filled(20_000);
        assert!(store.segments.len() > 5);
        for it in [0, 1, 2_300, 2_400, 9_999, 19_999] {
            assert!(store.line(it).unwrap().starts_with(&format!("line {it} ")), "{it}");
        }
        assert_eq!((store.line(20_000), store.first(), store.next()), (None, 0, 20_000));
        let all: Vec<u64> =
            store.segments_from(0).flat_map(|(it, at)| it.lines_from(at)).map(|it| it.0).collect();
        assert_eq!(all, (0..20_000).collect::<Vec<u64>>());
        let few: Vec<u64> =
            store.segments_from(19_998).flat_map(|(it, at)| it.lines_from(at)).map(|it| it.0).collect();
        assert_eq!(few, [19_998, 19_999]);
        assert_eq!(store.segments_from(20_000).flat_map(|(it, at)| it.lines_from(at)).count(), 0);
        assert_eq!(Store::default().segments_from(0).count(), 0);
    }

    #[test]
    fn memory_is_the_text_and_eight_bytes_a_line_and_two_segments() {
        let store = filled(100_000);
        let text: usize = (0..100_000).filter_map(|it| store.line(it)).map(str::len).sum();
        let taken: usize = store
            .segments
            .iter()
            .map(|it| it.text.capacity() + it.ends.capacity() * 4 + it.shapes.capacity())
            .sum();
        assert!(taken <= text + 8 * 100_000 + 2 * SEGMENT, "{taken} for {text}");
    }

    #[test]
    fn the_oldest_go_but_not_from_under_a_reader() {
        let cap = 4 * SEGMENT;
        let mut store = filled(15_000);
        let before = store.bytes();
        store.bound(cap, Some(10));
        assert_eq!((store.first(), store.bytes()), (0, before), "somebody reads the beginning");
        store.bound(cap, Some(12_000));
        assert!(store.first() > 0 && store.bytes() <= cap);
        assert!(store.line(12_000).is_some() && store.line(0).is_none());
        let mut store = filled(40_000);
        store.bound(cap, Some(10));
        assert!(store.bytes() <= 2 * cap && store.first() > 10, "twice as much is the end of patience");
        assert_eq!(store.next(), 40_000);
    }

    #[test]
    fn a_line_longer_than_a_segment_is_kept() {
        let mut store = Store::default();
        store.push("a");
        store.push(&"b".repeat(2 * SEGMENT));
        store.push("");
        store.push("größe");
        assert_eq!(store.line(1).map(str::len), Some(2 * SEGMENT));
        assert_eq!((store.line(0), store.line(2), store.line(3)), (Some("a"), Some(""), Some("größe")));
    }
}
