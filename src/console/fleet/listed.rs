//! What a query lists, of all that is read.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use super::Totals;
use super::matching::Matching;
use super::order::sorted;
use crate::desk::Desk;
use crate::{Column, ListQuery, ListedRow, Listing, Route, SessionRow};

/// The rows that a query lists, from the top.
#[derive(Debug, Default)]
pub(super) struct Listed {
    rows: Vec<Arc<SessionRow>>,
    /// By id, those of them that the server does not have any more: their rows stay while somebody reads.
    gone: Vec<String>,
    waiting: usize,
    /// All that match, the newest first, and of which list and which filter: another order needs nothing but an order.
    matching: Vec<Arc<SessionRow>>,
    matching_of: Option<(u64, usize, ListQuery)>,
    pub(super) totals: Arc<Totals>,
    /// What it was made from.
    made_of: Option<(u64, usize, ListQuery, bool)>,
    version: u64,
    /// True where all was read that the query needs when it was last made.
    was_read: bool,
}

impl Listed {
    pub(super) fn all(&self) -> &[Arc<SessionRow>] {
        &self.rows
    }

    pub(super) fn version(&self) -> u64 {
        self.version
    }

    pub(super) fn listing(&self, desk: &Desk) -> Listing {
        Listing { len: self.rows.len(), waiting: self.waiting, version: self.version, ..desk.list.listing() }
    }

    pub(super) fn rows(&self, range: Range<usize>, desk: &Desk) -> Vec<ListedRow> {
        let range = range.start.min(self.rows.len())..range.end.min(self.rows.len());
        let listed = |(at, row): (usize, &Arc<SessionRow>)| ListedRow {
            index: range.start + at,
            row: Some(Arc::clone(row)),
            is_gone: self.gone.iter().any(|it| it == row.id.as_str()),
            is_own: row.is_one_of(&desk.own),
            is_picked: false,
            cause: None,
        };
        self.rows[range.clone()].iter().enumerate().map(listed).collect()
    }

    /// It is to be drawn whole, whoever reads.
    pub(super) fn asked_anew(&mut self) {
        self.made_of = None;
    }

    /// Follows what is read of the list.
    ///
    /// While the list is still being read for an order of its own, rows come into place as they are read, whoever looks on: held, most of
    /// them would wait.
    pub(super) fn follow(&mut self, desk: &Desk, is_wanted: bool, is_read: bool) {
        let (list, query) = (&desk.list, &desk.list.query);
        if desk.route != Route::Sessions && !is_wanted {
            return;
        }
        let was_read = std::mem::replace(&mut self.was_read, is_read);
        let may_hold = is_read && was_read || query.sort == ListQuery::default().sort;
        let (version, is_held) = (list.slots.version(), list.is_held() && may_hold);
        let last = self.made_of.take();
        let is_new = last.as_ref().is_none_or(|it| it.2 != *query);
        let same = last.filter(|it| {
            (it.0, it.1) == (version, desk.own.len()) && it.2 == *query && (it.3 == is_held || is_held)
        });
        self.made_of = Some((version, desk.own.len(), query.clone(), is_held));
        if same.is_some() {
            return;
        }
        let filter = ListQuery { sort: ListQuery::default().sort, ..query.clone() };
        let matching_of = Some((version, desk.own.len(), filter));
        if self.matching_of != matching_of {
            self.matching_of = matching_of;
            self.matching = matching_rows(desk);
            self.totals = Arc::new(Totals::of(&self.matching, list.slots.texts()));
        }
        let rows = sorted(&self.matching, query.sort);
        self.version += 1;
        if is_held && !is_new && !query.is_plain() && !self.rows.is_empty() {
            self.hold(rows, desk);
        } else {
            (self.rows, self.waiting) = (rows, 0);
            self.gone.clear();
        }
    }

    /// The next rows while none may move: those at the end are added, the others wait.
    fn hold(&mut self, rows: Vec<Arc<SessionRow>>, desk: &Desk) {
        let mut next: HashMap<&str, usize> =
            rows.iter().enumerate().map(|(at, it)| (it.id.as_str(), at)).collect();
        let mut last = 0;
        for row in &mut self.rows {
            let at = next.get(row.id.as_str()).copied().filter(|at| rows[*at].is_same(row));
            if let Some(at) = at {
                next.remove(rows[at].id.as_str());
                last = last.max(at + 1);
                *row = Arc::clone(&rows[at]);
                continue;
            }
            // It may have another state than is asked for, and stays where it is.
            let slots = &desk.list.slots;
            let now = slots.find(row.id.as_str()).and_then(|at| slots.all()[at].row());
            match now.filter(|it| it.is_same(row)) {
                Some(now) => *row = Arc::clone(now),
                None if self.gone.iter().any(|it| it == row.id.as_str()) => {}
                None => self.gone.push(row.id.to_string()),
            }
        }
        let mut older: Vec<usize> = next.into_values().collect();
        let all = older.len();
        older.retain(|it| *it >= last);
        older.sort_unstable();
        self.waiting = all - older.len();
        self.rows.extend(older.into_iter().map(|it| Arc::clone(&rows[it])));
    }
}

/// All rows that are read and asked for, the newest first.
pub(super) fn matching_rows(desk: &Desk) -> Vec<Arc<SessionRow>> {
    let query = &desk.list.query;
    let newest_first = desk.list.slots.all().iter().rev().filter_map(|it| it.row());
    if !query.is_filter() {
        return newest_first.cloned().collect();
    }
    let (matching, mine) =
        (Matching::of(query, desk.list.slots.texts()), query.is_mine.then(|| Mine::of(desk)));
    let is_listed =
        |it: &&Arc<SessionRow>| mine.as_ref().is_none_or(|mine| mine.has(it)) && matching.is_met(it);
    newest_first.filter(is_listed).cloned().collect()
}

/// What counts as the person's own.
struct Mine<'a> {
    desk: &'a Desk,
    owners: Vec<&'a str>,
}

impl<'a> Mine<'a> {
    fn of(desk: &'a Desk) -> Self {
        let rows = desk.list.slots.all().iter().filter_map(|it| it.row());
        let mut owners: Vec<&str> = rows
            .filter(|row| row.is_one_of(&desk.own))
            .map(|it| it.text(Column::Owner))
            .filter(|it| !it.is_empty())
            .collect();
        owners.sort_unstable();
        owners.dedup();
        Self { desk, owners }
    }

    fn has(&self, row: &SessionRow) -> bool {
        self.owners.binary_search(&row.text(Column::Owner)).is_ok() || row.is_one_of(&self.desk.own)
    }
}
