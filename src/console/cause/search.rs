//! How a log is searched for the words of the table: one pass, from the first line to the last.

use livy::Section;

use super::entry::{Entry, Rule};
use super::found::{FoundCause, Weight};
use super::scope::{Scope, unwrapped};
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

/// A search under way.
pub(super) struct Search {
    rules: Vec<(usize, &'static Entry, &'static Rule)>,
    sieve: Sieve<'static>,
    /// What was found, with its place in the table.
    found: Vec<(usize, FoundCause)>,
    hits: Vec<u16>,
}

impl Search {
    /// Costs O(rules).
    pub fn new() -> Self {
        let sieve = Sieve::of(rules().map(|it| longest(it.2)));
        Self { rules: rules().collect(), sieve, found: Vec::new(), hits: Vec::new() }
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
            let told = || before.and_then(|it| lines.line(it));
            self.line(line, is_fatal, told, Some((section, number)));
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
            let is_fatal = scope.enter(number, line);
            self.line(line, is_fatal, || before, None);
            before = Some(line);
        }
    }

    fn line<'a>(
        &mut self,
        line: &str,
        is_fatal: bool,
        before: impl Fn() -> Option<&'a str>,
        place: Option<(Section, u64)>,
    ) {
        self.sieve.hits(line, &mut self.hits);
        let fits = |rule: &Rule| {
            (is_fatal || !rule.is_fatal)
                && rule.fits(line)
                && (rule.after.is_empty() || before().is_some_and(|it| it.contains(rule.after)))
        };
        let hits = self.hits.iter().filter_map(|it| self.rules.get(usize::from(*it)));
        // What a line shows precisely it does not show in broad words as well.
        let best = hits.filter(|it| fits(it.2)).min_by_key(|it| (it.1.about.weight, it.0));
        if let Some((rank, entry, _)) = best.copied() {
            self.add(rank, entry, place);
        }
    }

    fn add(&mut self, rank: usize, entry: &'static Entry, place: Option<(Section, u64)>) {
        let at = self.found.iter().position(|it| it.0 == rank).unwrap_or_else(|| {
            self.found.push((rank, FoundCause::new(entry.cause, &entry.about)));
            self.found.len() - 1
        });
        if let Some((_, found)) = self.found.get_mut(at)
            && found.evidence.len() < MOST_EVIDENCE
        {
            let is_new = |it: &(Section, u64)| !found.evidence.contains(it);
            found.evidence.extend(place.filter(is_new));
        }
    }

    /// What was found, the likeliest first.
    pub fn end(mut self) -> Vec<FoundCause> {
        let key = |it: &(usize, FoundCause)| -> (Weight, usize) { (it.1.about.weight, it.0) };
        self.found.sort_by_key(key);
        self.found.into_iter().map(|it| it.1).collect()
    }
}

/// Everything that the last lines of each section show, the likeliest first.
pub(super) fn search(log: &SessionLog, last: u64) -> Vec<FoundCause> {
    let mut search = Search::new();
    let is_empty = |it: Section| log.section(it).is_none_or(|it| it.count() == 0);
    for section in Section::ALL {
        let is_alone = Section::ALL.into_iter().all(|it| it == section || is_empty(it));
        if let Some(lines) = log.section(section) {
            search.section(section, lines, is_alone, last);
        }
    }
    search.end()
}
