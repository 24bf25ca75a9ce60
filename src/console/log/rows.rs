//! The rows that a section is drawn as: its lines without the folded frames of stack traces and the states that a progress had
//! before its last one, and its gaps; or only some lines.
//! It knows every row's place without having made the rows.

mod matches_only;
#[cfg(test)]
mod tests;

use super::SectionLog;
use super::fold::{Fold, Unfolded, of_head};
use super::frames::Run;
pub use matches_only::Around;
use matches_only::Only;

/// Of so few lines each has its row, folded frames too: hidden ones. The browser's own search and selection then reach them all.
const WHOLE: u64 = 1_000;

/// One row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Row {
    /// A line.
    Line {
        /// Its number.
        number: u64,
        /// What can be folded under it, and whether it is.
        fold: Option<Fold>,
        /// True for a folded frame that has a row nevertheless.
        is_hidden: bool,
    },
    /// Lines may be missing here.
    Gap {
        /// The number of the line before it; `None` at the beginning.
        after: Option<u64>,
    },
}

/// The rows of a section as it is now.
#[derive(Debug)]
pub struct Rows<'a> {
    log: &'a SectionLog,
    /// Whether traces are open that are no exception.
    all: bool,
    /// The traces that are, ascending: the place of each among the runs of frames, and how many frames it and those before it
    /// have.
    exceptions: Vec<(usize, u64)>,
    /// Where only some lines are drawn.
    only: Option<Only<'a>>,
    is_whole: bool,
}

impl<'a> Rows<'a> {
    /// All lines, traces folded as asked for. Costs O(exceptions · log traces).
    pub fn all(log: &'a SectionLog, unfolded: &Unfolded) -> Self {
        let is_whole = log.count() - log.dropped() <= WHOLE;
        let (mut frames, mut exceptions): (u64, Vec<(usize, u64)>) = (0, Vec::new());
        for (place, run) in unfolded.heads.iter().filter_map(|it| of_head(log, *it)) {
            // A progress that went on meanwhile has had other heads: each time it was asked for turns it.
            if exceptions.pop_if(|it| it.0 == place).is_some() {
                frames -= run.frames();
            } else {
                frames += run.frames();
                exceptions.push((place, frames));
            }
        }
        Self { log, all: unfolded.all, exceptions, only: None, is_whole }
    }

    /// Only these lines, which ascend, and a gap where lines may be missing between two of them. Nothing is folded.
    pub fn only(log: &'a SectionLog, lines: &'a [u64]) -> Self {
        let is_whole = lines.len() as u64 <= WHOLE;
        Self { log, all: false, exceptions: Vec::new(), only: Some(Only::new(log, lines)), is_whole }
    }

    /// True where they are so few that all can be drawn.
    pub fn is_whole(&self) -> bool {
        self.is_whole
    }

    /// How many rows there are.
    pub fn len(&self) -> u64 {
        match &self.only {
            Some(only) => only.len(),
            None => self.index(self.log.count()),
        }
    }

    /// True without any.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The place of a line's row; of a line that is folded, the place of the row it is folded under or the one after it.
    /// Costs O(log rows).
    pub fn index(&self, number: u64) -> u64 {
        if let Some(only) = &self.only {
            return only.index(number);
        }
        let number = number.max(self.log.dropped());
        let gone = if self.is_whole { 0 } else { self.gone_before(number) };
        // A gap after which nothing has come yet is none yet.
        let gaps = self.log.gaps().partition_point(|it| *it <= number && *it < self.log.count()) as u64;
        number - self.log.dropped() - gone + gaps
    }

    /// The row at a place. Costs O(log² rows).
    pub fn row(&self, index: u64) -> Option<Row> {
        if let Some(only) = &self.only {
            return only.row(index);
        }
        if index >= self.len() {
            return None;
        }
        // The last line whose place is not behind it.
        let (mut low, mut high) = (self.log.dropped(), self.log.count());
        while low + 1 < high {
            let middle = low + (high - low) / 2;
            if self.index(middle) <= index {
                low = middle;
            } else {
                high = middle;
            }
        }
        match self.index(low) {
            place if place == index && (self.is_whole || self.folded_under(low).is_none()) => {
                let fold = self.fold_under(low);
                let is_hidden = self.folded_under(low).is_some();
                Some(Row::Line { number: low, fold, is_hidden })
            }
            // Before the line after it; a folded line is at the place of the row after it.
            place if place <= index => Some(Row::Gap { after: Some(low) }),
            _ => Some(Row::Gap { after: low.checked_sub(1) }),
        }
    }

    /// True for the row of a line between which and the one before it there are others, not drawn.
    pub fn is_apart(&self, index: u64) -> bool {
        self.only.as_ref().is_some_and(|it| it.is_apart(index))
    }

    /// The head under which a line is folded away, if it is.
    pub fn folded_under(&self, number: u64) -> Option<u64> {
        if self.only.is_some() {
            return None;
        }
        let (place, run) = self.log.frames.at(number)?;
        (number < run.end() && self.is_closed(place, run)).then(|| self.head(run))
    }

    /// What can be folded under a line.
    fn fold_under(&self, number: u64) -> Option<Fold> {
        let (place, run) = of_head(self.log, number).filter(|it| self.head(it.1) == number)?;
        let is_progress = run.is_progress();
        Some(Fold { frames: run.frames(), is_open: !self.is_closed(place, run), is_progress })
    }

    /// The line that stands for a run while it is folded.
    fn head(&self, run: Run) -> u64 {
        if run.is_progress() { run.end() } else { run.first - 1 }
    }

    fn is_closed(&self, place: usize, run: Run) -> bool {
        let is_exception = self.exceptions.binary_search_by_key(&place, |it| it.0).is_ok();
        run.folds() && is_exception == self.all
    }

    /// How many lines before this one are folded away. Costs O(log traces).
    fn gone_before(&self, number: u64) -> u64 {
        let Some((place, run)) = self.log.frames.at(number) else { return 0 };
        let excepted = self.exceptions.partition_point(|it| it.0 < place).checked_sub(1);
        let excepted = excepted.and_then(|it| self.exceptions.get(it)).map_or(0, |it| it.1);
        let before = if self.all { excepted } else { self.log.frames.foldable_before(place) - excepted };
        before + if self.is_closed(place, run) { (number - run.first).min(run.frames()) } else { 0 }
    }
}
