//! How a log is searched for the words of the table: one pass, from the first line to the last.

use livy::Section;

use super::Cause;
use super::course::{MARKS, Mark, is_old};
use super::entry::{Counts, Entry, Rule};
use super::found::{FoundCause, Weight};
use super::scope::{Scope, Stamp, stamp, unwrapped};
use super::sieve::Sieve;
use super::table::TABLE;
use crate::{SectionLog, SessionLog, as_shown};

/// More lines of one cause say nothing more.
const MOST_EVIDENCE: usize = 3;

/// Every rule with its entry, and the entry's place in the table.
fn rules() -> impl Iterator<Item = (usize, &'static Entry, &'static Rule)> {
    let entries = TABLE.iter().flat_map(|it| it.iter()).enumerate();
    entries.flat_map(|(rank, entry)| entry.rules.iter().map(move |rule| (rank, entry, rule)))
}

/// The part of a rule that the sieve looks for.
pub(super) fn longest(rule: &Rule) -> &'static str {
    let parts = rule.parts.iter().map(|it| it.strip_prefix('^').unwrap_or(it));
    parts.max_by_key(|it| it.len()).unwrap_or_default()
}

/// A cause that was found.
struct Hit {
    /// Its place in the table.
    rank: usize,
    entry: &'static Entry,
    /// The first lines that show it, and the last.
    lines: Vec<(Section, u64)>,
    /// True where a text shows it, which is no line of a log.
    is_told: bool,
    /// True while all its lines speak of single executors.
    is_passing: bool,
}

/// Where a line stands.
#[derive(Clone, Copy)]
struct Standing {
    /// In what ended the driver or its submission.
    is_fatal: bool,
    /// Among the last words.
    is_last: bool,
    /// In what is told of an executor's pod.
    is_of_executor: bool,
}

/// A search under way.
pub(super) struct Search {
    rules: Vec<(usize, &'static Entry, &'static Rule)>,
    sieve: Sieve<'static>,
    found: Vec<Hit>,
    hits: Vec<u16>,
    /// True where a log shows that the session was ready.
    was_ready: bool,
}

impl Search {
    /// Costs O(rules).
    pub fn new() -> Self {
        let sieve = Sieve::of(rules().map(|it| longest(it.2)).chain(MARKS.map(|it| it.0)));
        Self { rules: rules().collect(), sieve, found: Vec::new(), hits: Vec::new(), was_ready: false }
    }

    /// Looks at the last lines of a section. Costs O(their text), a step for four bytes, and O(line) for each rule whose words may
    /// be in a line.
    pub fn section(&mut self, section: Section, lines: &SectionLog, is_alone: bool, last: u64) {
        let mut scope = Scope::of(section, lines, is_alone);
        let mut before = None;
        for (number, line) in lines.lines_from(lines.count().saturating_sub(last)) {
            let shown = as_shown(line);
            let line = unwrapped(&shown);
            let is_fatal = scope.enter(number, line);
            let (is_last, is_of_executor) = (scope.is_last(number), scope.is_of_executor());
            let at = Standing { is_fatal, is_last, is_of_executor };
            let told = || before.and_then(|it| lines.line(it));
            self.line(line, at, told, Some((section, number)));
            if !line.starts_with(['\t', ' ']) {
                before = Some(number);
            }
        }
    }

    /// Looks at a text that a server gives as a reason.
    pub fn text(&mut self, text: &str) {
        let mut scope = Scope::of_text();
        let mut before = None;
        for (number, line) in (0..).zip(text.lines()) {
            let at = Standing { is_fatal: scope.enter(number, line), is_last: true, is_of_executor: false };
            self.line(line, at, || before, None);
            before = Some(line);
        }
    }

    fn line<'a>(
        &mut self,
        line: &str,
        at: Standing,
        before: impl Fn() -> Option<&'a str>,
        place: Option<(Section, u64)>,
    ) {
        self.sieve.hits(line, &mut self.hits);
        let mark = self.hits.last().and_then(|it| MARKS.get(usize::from(*it).checked_sub(self.rules.len())?));
        if let (Some((_, mark)), Some((section, _))) = (mark, place)
            && let Stamp::Calm = stamp(line)
        {
            return self.came_to(*mark, section);
        }
        let fits = |rule: &Rule| {
            (at.is_fatal || rule.counts != Counts::Fatal)
                && rule.fits(line)
                && (rule.after.is_empty() || before().is_some_and(|it| it.contains(rule.after)))
                && (rule.not_after.is_empty() || before().is_none_or(|it| !it.contains(rule.not_after)))
        };
        let hits = self.hits.iter().filter_map(|it| self.rules.get(usize::from(*it)));
        // What a line shows precisely it does not show in broad words as well.
        let best = hits.filter(|it| fits(it.2)).min_by_key(|it| (it.1.about.weight, it.0));
        if let Some((rank, entry, rule)) = best.copied() {
            let is_passing = rule.counts == Counts::Last && !at.is_fatal && !at.is_last || at.is_of_executor;
            self.add(rank, entry, place, is_passing);
        }
    }

    /// The session came so far: it has outlived what was before, but for an interpreter that did not start.
    fn came_to(&mut self, mark: Mark, section: Section) {
        self.was_ready |= mark != Mark::Launched;
        if mark == Mark::Works {
            return;
        }
        for hit in self.found.iter_mut().filter(|it| !it.entry.cause.is_of_an_interpreter()) {
            hit.lines.retain(|it| it.0 != section);
        }
        self.found.retain(|it| it.is_told || !it.lines.is_empty());
    }

    fn add(&mut self, rank: usize, entry: &'static Entry, place: Option<(Section, u64)>, is_passing: bool) {
        let at = self.found.iter().position(|it| it.rank == rank).unwrap_or_else(|| {
            self.found.push(Hit { rank, entry, lines: Vec::new(), is_told: false, is_passing });
            self.found.len() - 1
        });
        let Some(hit) = self.found.get_mut(at) else { return };
        hit.is_told |= place.is_none();
        hit.is_passing &= is_passing;
        // The last lines of many are kept too: the first may be too old.
        if let Some(place) = place.filter(|it| !hit.lines.contains(it)) {
            if hit.lines.len() >= 2 * MOST_EVIDENCE {
                hit.lines.remove(MOST_EVIDENCE);
            }
            hit.lines.push(place);
        }
    }

    /// True where a log showed that the session was ready.
    pub fn was_ready(&self) -> bool {
        self.was_ready
    }

    /// What was found, the likeliest first.
    pub fn end(mut self) -> Vec<FoundCause> {
        if self.found.iter().all(|it| it.entry.cause != Cause::ExecutorLost) {
            self.found.retain(|it| !it.is_passing);
        }
        let key = |it: &Hit| -> (Weight, usize) { (it.entry.about.weight, it.rank) };
        self.found.sort_by_key(key);
        self.found.into_iter().map(Hit::into_cause).collect()
    }

    /// What was found in a log. `was_ready`: its session was seen to be ready, whatever the log shows. Too old lines say nothing then.
    pub fn end_of(mut self, log: &SessionLog, was_ready: bool) -> Vec<FoundCause> {
        if was_ready || self.was_ready {
            let is_old = |(section, number): &(Section, u64)| {
                let is_stream = *section != Section::Diagnostics;
                is_stream && log.section(*section).is_some_and(|it| is_old(it, *number))
            };
            for hit in self.found.iter_mut().filter(|it| !it.entry.cause.is_of_an_interpreter()) {
                hit.lines.retain(|it| !is_old(it));
            }
            self.found.retain(|it| it.is_told || !it.lines.is_empty());
        }
        self.end()
    }
}

impl Hit {
    fn into_cause(self) -> FoundCause {
        let mut found = FoundCause::new(self.entry.cause, &self.entry.about);
        found.evidence = self.lines.into_iter().take(MOST_EVIDENCE).collect();
        found
    }
}

/// Everything that the last lines of each section show, the likeliest first, and whether they show that the session was ready.
pub(super) fn search(log: &SessionLog, last: u64, was_ready: bool) -> (Vec<FoundCause>, bool) {
    let mut search = Search::new();
    let is_empty = |it: Section| log.section(it).is_none_or(|it| it.count() == 0);
    for section in Section::ALL {
        let is_alone = Section::ALL.into_iter().all(|it| it == section || is_empty(it));
        if let Some(lines) = log.section(section) {
            search.section(section, lines, is_alone, last);
        }
    }
    let was_ready = was_ready || search.was_ready();
    (search.end_of(log, was_ready), was_ready)
}
