//! Which sessions are selected. They stay selected while their rows are scrolled away, and when the query becomes another one.

use std::collections::BTreeMap;
use std::sync::Arc;

use livy::SessionId;

use super::Fleet;
use super::listed::{Listed, matching_rows};
use crate::SessionRow;
use crate::desk::Desk;

/// What is selected, in short.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Selected {
    /// How many sessions.
    pub count: usize,
    /// How many of them what is listed now leaves out.
    pub unlisted: usize,
    /// True while the list is read to know which sessions were meant: all that match, or a range with rows that are not read yet.
    pub is_waiting: bool,
    /// True while all that match are to be selected, once the list is read.
    pub wants_all: bool,
    /// True where everything that is listed is selected, and nothing else.
    pub is_all: bool,
    /// True where the list was to be read to know which sessions were meant, and that was stopped or refused: they are not selected.
    pub is_cut_short: bool,
}

/// What a person wants selected and cannot be known before more of the list is read.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Wish {
    All,
    /// From the one to the other.
    Range(SessionId, SessionId),
}

#[derive(Debug, Default)]
pub(super) struct Selection {
    /// As they were when they were selected, by id.
    pub(super) rows: BTreeMap<String, Arc<SessionRow>>,
    /// Where a range begins.
    pub(super) last: Option<SessionId>,
    pub(super) wish: Option<Wish>,
    is_cut_short: bool,
    version: u64,
    short: Selected,
    /// Of which rows and which selection that was said.
    short_of: Option<(u64, u64)>,
}

impl Selection {
    /// Another one after each change.
    pub(super) fn version(&self) -> u64 {
        self.version
    }

    /// True for a selected session. After a restart of the server its id is another's.
    pub(super) fn has(&self, row: &SessionRow) -> bool {
        self.rows.get(row.id.as_str()).is_some_and(|it| it.is_same(row))
    }

    pub(super) fn pick(&mut self, row: &Arc<SessionRow>, is_picked: bool) {
        self.version += 1;
        self.is_cut_short = false;
        if is_picked {
            self.rows.insert(row.id.to_string(), Arc::clone(row));
        } else {
            self.rows.remove(row.id.as_str());
        }
    }

    pub(super) fn clear(&mut self) {
        *self = Self { version: self.version + 1, ..Self::default() };
    }
}

impl Selection {
    /// What is selected, in short.
    pub(super) fn in_short(&self) -> Selected {
        Selected {
            is_waiting: self.wish.is_some(),
            wants_all: self.wish == Some(Wish::All),
            is_cut_short: self.is_cut_short,
            ..self.short
        }
    }

    fn wish_for(&mut self, wish: Wish) {
        self.wish = Some(wish);
        self.is_cut_short = false;
    }

    /// The reading of the list has ended before its end: what waits for it ends too, and is said.
    pub(super) fn give_up(&mut self) {
        if self.wish.take().is_some() {
            self.is_cut_short = true;
        }
    }

    /// Follows what is listed.
    fn follow(&mut self, listed: &Listed) {
        let of = (listed.version(), self.version);
        if self.short_of == Some(of) {
            return;
        }
        self.short_of = Some(of);
        let (count, all) = (self.rows.len(), listed.all().len());
        let shown = if count == 0 { 0 } else { listed.all().iter().filter(|it| self.has(it)).count() };
        let is_all = shown > 0 && shown == all && shown == count;
        self.short = Selected { count, unlisted: count - shown.min(count), is_all, ..Selected::default() };
    }
}

impl Fleet {
    pub(super) fn pick(&mut self, id: &SessionId, is_picked: bool, desk: &Desk) {
        if let Some(row) = row_of(id, desk) {
            self.selection.pick(row, is_picked);
            self.selection.last = is_picked.then(|| id.clone());
        }
    }

    pub(super) fn pick_to(&mut self, id: SessionId, desk: &Desk) {
        match self.selection.last.clone() {
            Some(first) => {
                self.selection.wish_for(Wish::Range(first, id));
                self.reader.resume(desk);
            }
            None => self.pick(&id, true, desk),
        }
    }

    pub(super) fn pick_all(&mut self, desk: &Desk) {
        self.selection.wish_for(Wish::All);
        self.reader.resume(desk);
    }

    /// Selects what was wished once it is known.
    pub(super) fn settle_selection(&mut self, desk: &Desk) {
        self.settle_wish(desk);
        self.selection.follow(&self.listed);
    }

    fn settle_wish(&mut self, desk: &Desk) {
        let rows = match &self.selection.wish {
            // Those that match now: the rows on the screen are held still while somebody reads them.
            Some(Wish::All) if self.reader.is_done(desk) => matching_rows(desk),
            Some(Wish::Range(first, last)) => {
                let at = |id: &SessionId| self.listed.all().iter().position(|it| it.id == *id);
                let Some((first, last)) = at(first).zip(at(last)) else {
                    // One of them has gone.
                    self.selection.wish = None;
                    return;
                };
                let range = &self.listed.all()[first.min(last)..=first.max(last)];
                if !is_read_between(range, desk) {
                    return;
                }
                range.to_vec()
            }
            _ => return,
        };
        if let Some(Wish::Range(_, last)) = self.selection.wish.take() {
            self.selection.last = Some(last);
        }
        rows.iter().for_each(|it| self.selection.pick(it, true));
    }
}

fn row_of<'a>(id: &SessionId, desk: &'a Desk) -> Option<&'a Arc<SessionRow>> {
    let slots = &desk.list.slots;
    slots.find(id.as_str()).and_then(|at| slots.all()[at].row())
}

/// True where nothing is unread that could belong among these rows.
fn is_read_between(rows: &[Arc<SessionRow>], desk: &Desk) -> bool {
    let slots = &desk.list.slots;
    if !desk.list.query.is_plain() {
        return slots.is_whole();
    }
    let at = |it: Option<&Arc<SessionRow>>| it.and_then(|it| desk.list.slots.find(it.id.as_str()));
    match at(rows.last()).zip(at(rows.first())) {
        Some((low, high)) if low <= high => !slots.has_gap(low + 1..high + 1),
        _ => true,
    }
}
