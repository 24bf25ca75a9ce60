//! The rows where only some lines are drawn: the lines that were found, with a few around each or alone, and the gaps between
//! them. The list is updated as lines come and go, so that no poll costs as much as the whole list.

use std::ops::Range;

use super::Row;
use crate::log::SectionLog;

/// How many lines before and after a match are shown with it.
const CONTEXT: u64 = 2;

/// The lines to draw, ascending: those that were found, and the lines around them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Around {
    lines: Vec<u64>,
    /// The last line that was found.
    last: Option<u64>,
    /// How many lines to add before and after each of them.
    context: u64,
}

impl Around {
    /// For matches: a few lines around each are drawn too.
    pub fn matches() -> Self {
        Self { context: CONTEXT, ..Self::default() }
    }

    /// For lines that are drawn alone.
    pub fn alone() -> Self {
        Self::default()
    }

    /// How many of the lines are at a number or after it. Costs O(log lines).
    pub fn count_from(&self, number: u64) -> u64 {
        (self.lines.len() - self.lines.partition_point(|it| *it < number)) as u64
    }

    /// The lines.
    pub fn lines(&self) -> &[u64] {
        &self.lines
    }

    /// True for a line that is one of them. Costs O(log lines).
    pub fn has(&self, number: u64) -> bool {
        self.lines.binary_search(&number).is_ok()
    }

    /// Takes what else was found, ascending and behind all it has, and which lines are `kept` by now. True where that makes a
    /// difference. Costs O(what is new), and what stays where lines were dropped.
    pub fn take(&mut self, found: &[u64], kept: Range<u64>) -> bool {
        let dropped = self.lines.partition_point(|it| *it < kept.start);
        self.lines.drain(..dropped);
        let before = self.lines.len();
        // The lines after the last one may not have been there yet.
        let last = self.last.filter(|it| *it >= kept.start);
        for hit in last.iter().chain(found).copied().filter(|it| kept.contains(it)) {
            let from =
                self.lines.last().map_or(kept.start, |it| it + 1).max(hit.saturating_sub(self.context));
            self.lines.extend(from..(hit + self.context + 1).min(kept.end));
        }
        self.last = found.last().copied().or(self.last);
        dropped > 0 || self.lines.len() > before
    }
}

/// Some lines of a section as rows.
#[derive(Debug)]
pub(super) struct Only<'a> {
    lines: &'a [u64],
    /// Before which of them lines may be missing, by its place, and before which line that is: ascending.
    gaps: Vec<(u64, u64)>,
}

impl<'a> Only<'a> {
    /// Of lines that ascend. Costs O(gaps · log lines).
    pub(super) fn new(log: &SectionLog, lines: &'a [u64]) -> Self {
        let place = |gap: u64| lines.partition_point(|it| *it < gap);
        let mut gaps: Vec<(u64, u64)> = log
            .gaps()
            .iter()
            .map(|gap| (place(*gap) as u64, *gap))
            .filter(|it| it.0 < lines.len() as u64)
            .collect();
        gaps.dedup_by_key(|it| it.0);
        Self { lines, gaps }
    }

    pub(super) fn len(&self) -> u64 {
        (self.lines.len() + self.gaps.len()) as u64
    }

    /// The place of a line's row, or of the one after it.
    pub(super) fn index(&self, number: u64) -> u64 {
        let line = self.lines.partition_point(|it| *it < number) as u64;
        line + self.gaps.partition_point(|it| it.0 <= line) as u64
    }

    pub(super) fn row(&self, index: u64) -> Option<Row> {
        match self.at(index) {
            Ok(number) => Some(Row::Line { number: number?, fold: None, is_hidden: false }),
            Err(gap) => Some(Row::Gap { after: gap.checked_sub(1) }),
        }
    }

    /// True for a line whose neighbour before it is not drawn and nothing else stands between.
    pub(super) fn is_apart(&self, index: u64) -> bool {
        let before = index.checked_sub(1).map(|it| self.at(it));
        match (before, self.at(index)) {
            (Some(Ok(Some(before))), Ok(Some(number))) => before + 1 < number,
            _ => false,
        }
    }

    /// The line at a place, or the gap that stands there.
    fn at(&self, index: u64) -> Result<Option<u64>, u64> {
        let (mut low, mut high) = (0, self.gaps.len());
        while low < high {
            let middle = low + (high - low) / 2;
            let is_before = self.gaps.get(middle).is_some_and(|it| it.0 + (middle as u64) < index);
            if is_before { low = middle + 1 } else { high = middle }
        }
        match self.gaps.get(low) {
            Some((place, gap)) if place + low as u64 == index => Err(*gap),
            _ => Ok(usize::try_from(index).ok().and_then(|it| self.lines.get(it - low)).copied()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn log(lines: u64, gaps: &[u64]) -> SectionLog {
        let mut log = SectionLog::default();
        for at in 0..lines {
            if gaps.contains(&at) {
                log.push_gap();
            }
            log.push("x");
        }
        log
    }

    /// Lines, `~` before one that stands apart, and gaps with the line they follow.
    fn drawn(only: &Only<'_>) -> Vec<String> {
        (0..only.len())
            .map(|it| match only.row(it).unwrap() {
                Row::Line { number, .. } => format!("{}{number}", if only.is_apart(it) { "~" } else { "" }),
                Row::Gap { after } => format!("gap {after:?}"),
            })
            .collect()
    }

    #[test]
    fn gaps_stay_and_groups_stand_apart() {
        let lines = [1, 2, 5, 6, 9];
        for (gaps, rows) in [
            (&[][..], &["1", "2", "~5", "6", "~9"][..]),
            (&[2], &["1", "gap Some(1)", "2", "~5", "6", "~9"]),
            (&[3, 4], &["1", "2", "gap Some(2)", "5", "6", "~9"]),
            (&[0, 5, 9], &["gap None", "1", "2", "gap Some(4)", "5", "6", "gap Some(8)", "9"]),
            (&[10], &["1", "2", "~5", "6", "~9"]),
        ] {
            let log = log(12, gaps);
            let only = Only::new(&log, &lines);
            assert_eq!(drawn(&only), rows, "{gaps:?}");
            for place in 0..only.len() {
                if let Some(Row::Line { number, .. }) = only.row(place) {
                    assert_eq!(only.index(number), place, "{gaps:?}");
                }
            }
            assert_eq!(only.row(only.len()), None);
        }
        let log = log(12, &[2]);
        assert_eq!(Only::new(&log, &[]).row(0), None);
    }

    #[test]
    fn what_is_around_grows_and_goes_with_the_log() {
        let mut around = Around::matches();
        assert!(!around.take(&[], 0..10));
        assert!(around.take(&[4, 9], 0..10));
        assert_eq!(around.lines(), [2, 3, 4, 5, 6, 7, 8, 9]);
        assert!(around.take(&[], 0..11), "the line after the last one came");
        assert!(around.take(&[12], 0..13));
        assert_eq!(around.lines(), [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
        assert!(!around.take(&[], 0..13));
        assert!(around.take(&[30], 8..31), "older lines were dropped");
        assert_eq!(around.lines(), [8, 9, 10, 11, 12, 13, 14, 28, 29, 30]);
        assert_eq!((around.has(28), around.has(27)), (true, false));
        assert!(around.take(&[], 50..60));
        assert!(around.lines().is_empty());
    }

    #[test]
    fn lines_that_are_drawn_alone_have_nothing_around_them() {
        let mut alone = Around::alone();
        assert!(alone.take(&[4, 9], 0..10));
        assert!(!alone.take(&[], 0..12));
        assert!(alone.take(&[12], 0..13));
        assert_eq!(alone.lines(), [4, 9, 12]);
        assert_eq!([0, 9, 10, 13].map(|it| alone.count_from(it)), [3, 2, 1, 0]);
        assert!(alone.take(&[], 5..13));
        assert_eq!(alone.lines(), [9, 12]);
    }

    #[test]
    fn bit_by_bit_is_as_at_once() {
        let hits: Vec<u64> = (0..400).filter(|it| it * it % 11 == 3).collect();
        let mut once = Around::matches();
        once.take(&hits, 0..400);
        let mut bits = Around::matches();
        for end in 1..=400 {
            let new: Vec<u64> = hits.iter().copied().filter(|it| it + 1 == end).collect();
            bits.take(&new, 0..end);
        }
        assert_eq!(bits, once);
    }
}
