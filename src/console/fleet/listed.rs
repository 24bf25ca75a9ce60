//! What a query lists, of all that is read.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use super::Totals;
use super::matching::Matching;
use super::order::sorted;
use crate::desk::Desk;
use crate::{ListQuery, ListedRow, Listing, Route, SessionRow};

/// The rows that a query lists, from the top.
#[derive(Debug, Default)]
pub(super) struct Listed {
    rows: Vec<Arc<SessionRow>>,
    pub(super) totals: Arc<Totals>,
    /// What it was made from.
    made_of: Option<(u64, ListQuery)>,
    version: u64,
}

impl Listed {
    pub(super) fn all(&self) -> &[Arc<SessionRow>] {
        &self.rows
    }

    pub(super) fn listing(&self, desk: &Desk) -> Option<Listing> {
        let of_server = desk.list.listing();
        (!desk.list.query.is_plain()).then(|| Listing {
            len: self.rows.len(),
            waiting: 0,
            version: self.version,
            ..of_server
        })
    }

    pub(super) fn rows(&self, range: Range<usize>, desk: &Desk) -> Vec<ListedRow> {
        let listed = |(at, row): (usize, &Arc<SessionRow>)| ListedRow {
            index: range.start + at,
            row: Some(Arc::clone(row)),
            is_gone: false,
            is_own: desk.own.iter().any(|it| it.is_row(row)),
            is_picked: false,
            cause: None,
        };
        let range = range.start.min(self.rows.len())..range.end.min(self.rows.len());
        self.rows[range].iter().enumerate().map(listed).collect()
    }

    /// The query is another one.
    pub(super) fn asked_anew(&mut self) {
        self.made_of = None;
    }

    /// Follows what is read of the list.
    pub(super) fn follow(&mut self, desk: &Desk, is_wanted: bool) {
        let (list, query) = (&desk.list, &desk.list.query);
        if desk.route != Route::Sessions && !is_wanted {
            return;
        }
        if self.made_of.as_ref().is_some_and(|(version, of)| *version == list.slots.version() && of == query)
        {
            return;
        }
        let matching = Matching::of(query);
        let mine = Mine::of(desk);
        let is_listed = |it: &&Arc<SessionRow>| (!query.is_mine || mine.has(it)) && matching.is_met(it);
        let newest_first = list.slots.all().iter().rev().filter_map(|it| it.row());
        self.rows = sorted(newest_first.filter(is_listed).cloned().collect(), query.sort);
        self.totals = Arc::new(totals(&self.rows));
        self.made_of = Some((list.slots.version(), query.clone()));
        self.version += 1;
    }
}

/// What counts as the person's own.
struct Mine<'a> {
    desk: &'a Desk,
    owners: Vec<String>,
}

impl<'a> Mine<'a> {
    fn of(desk: &'a Desk) -> Self {
        let mut owners = Vec::new();
        for row in desk.list.slots.all().iter().filter_map(|it| it.row()) {
            let owner = row.text(crate::Column::Owner);
            if !owner.is_empty()
                && !owners.iter().any(|it| it == owner)
                && desk.own.iter().any(|it| it.is_row(row))
            {
                owners.push(owner.to_owned());
            }
        }
        Self { desk, owners }
    }

    fn has(&self, row: &SessionRow) -> bool {
        let owner = row.text(crate::Column::Owner);
        self.owners.iter().any(|it| it == owner) || self.desk.own.iter().any(|it| it.is_row(row))
    }
}

fn totals(rows: &[Arc<SessionRow>]) -> Totals {
    let count = |column| {
        let mut counts: HashMap<&str, usize> = HashMap::new();
        for row in rows {
            *counts.entry(row.text(column)).or_default() += 1;
        }
        let mut all: Vec<_> = counts.into_iter().map(|(text, count)| (text.to_owned(), count)).collect();
        all.sort_unstable_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
        all
    };
    Totals { count: rows.len(), states: count(crate::Column::State), owners: count(crate::Column::Owner) }
}
