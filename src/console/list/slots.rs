//! What is known of the whole list: one slot for each session of the server, the oldest first, as Livy lists them.
//!
//! Sessions come and go between two pages, so that a session's position in the list means little. A page, however, is one look: what
//! stands between its first and its last session is all there is between the two. So each page takes out what it shows to be gone, goes
//! where its sessions already are, and moves what is not known around it. Start with [`Slots::place`].

use std::sync::Arc;

use livy::{Session, SessionPage};

use super::row::{SessionRow, Texts};
use crate::Moment;

/// One position of the server's list.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Slot {
    /// Not read yet.
    Unknown,
    /// Read, and without an id that could be addressed.
    Unreadable,
    /// As it was last read.
    Known(Arc<SessionRow>),
}

impl Slot {
    pub(crate) fn row(&self) -> Option<&Arc<SessionRow>> {
        if let Self::Known(row) = self { Some(row) } else { None }
    }

    fn is_known(&self) -> bool {
        matches!(self, Self::Known(_))
    }
}

/// The whole list, as far as it is known.
#[derive(Clone, Debug, Default)]
pub(crate) struct Slots {
    all: Vec<Slot>,
    texts: Texts,
    version: u64,
}

impl Slots {
    /// From the oldest to the newest.
    pub(crate) fn all(&self) -> &[Slot] {
        &self.all
    }

    /// Another one after each change.
    pub(crate) fn version(&self) -> u64 {
        self.version
    }

    /// Where the session with this id is.
    pub(crate) fn find(&self, id: &str) -> Option<usize> {
        self.all.iter().rposition(|it| it.row().is_some_and(|it| it.id.as_str() == id))
    }

    /// The server does not have this session any more.
    pub(crate) fn remove(&mut self, id: &str) {
        if let Some(at) = self.find(id) {
            self.all.remove(at);
            self.version += 1;
        }
    }

    /// Takes a page that begins at this position, of a list of so many.
    pub(crate) fn place(&mut self, from: usize, page: &SessionPage, total: usize, now: Moment) {
        self.version += 1;
        let taken = page.sessions.len() + page.unreadable;
        let mut rows: Vec<SessionRow> =
            page.sessions.iter().map(|it| SessionRow::of(it, &mut self.texts, now)).collect();
        let place = Place::of(&rows);
        if self.is_of_another_server(&page.sessions) {
            self.all.clear();
        }
        let anchor = self.take_out(&place, &mut rows);
        let at = anchor.unwrap_or_else(|| self.between(&place, from, taken)).min(self.all.len());
        let room = self.all[at..].iter().take(taken).take_while(|it| !it.is_known()).count();
        let fits = anchor.is_some() || place.numbers.is_some();
        let replaced = if fits { room } else { taken.min(self.all.len() - at) };
        let unreadable = std::iter::repeat_n(Slot::Unreadable, page.unreadable);
        let new = rows.into_iter().map(|it| Slot::Known(Arc::new(it))).chain(unreadable);
        self.all.splice(at..at + replaced, new);
        let at = self.level_below(at, from);
        self.level_above(at + taken, total);
    }

    /// Nothing of what is known is true any more: ids begin again when a server starts anew.
    fn is_of_another_server(&self, sessions: &[Session]) -> bool {
        sessions.iter().any(|told| {
            let known = self.find(told.id.as_str()).and_then(|at| self.all[at].row());
            known.is_some_and(|it| it.is_another(told))
        })
    }

    /// Takes out what the page has, and what it shows to be gone. Where the page's first session belongs by those that it has, if it has
    /// any that were known.
    fn take_out(&mut self, place: &Place, rows: &mut [SessionRow]) -> Option<usize> {
        let mut anchor = None;
        for (at, slot) in self.all.iter_mut().enumerate() {
            let Some(row) = slot.row() else { continue };
            let of_page = place.find(row, rows);
            if let Some(index) = of_page {
                rows[index].seen = row.seen;
                anchor = anchor.or(Some(at.saturating_sub(index)));
            }
            if of_page.is_some() || place.spans(row) {
                *slot = Slot::Unknown;
            }
        }
        // Those of the page may lie beside others that were read meanwhile.
        anchor.map(|at| {
            let known_below = |it: &Slot| it.row().is_some_and(|it| place.is_after(it));
            let end = self.all.iter().rposition(known_below).map_or(0, |it| it + 1);
            at.max(end)
        })
    }

    /// Where a page without a known session belongs: by its ids, else by its position.
    fn between(&self, place: &Place, from: usize, taken: usize) -> usize {
        if place.numbers.is_none() {
            return from;
        }
        let is_below = |it: &Slot| it.row().is_some_and(|it| place.is_after(it));
        let is_above = |it: &Slot| it.row().is_some_and(|it| place.is_before(it));
        let low = self.all.iter().rposition(is_below).map_or(0, |it| it + 1);
        let high = self.all.iter().position(is_above).unwrap_or(self.all.len().max(from + taken));
        from.min(high.saturating_sub(taken)).max(low)
    }

    /// Makes the page begin where the server says, as far as what is not known below it allows. What is known below the list's first page
    /// is gone.
    fn level_below(&mut self, at: usize, from: usize) -> usize {
        if at < from {
            self.all.splice(at..at, std::iter::repeat_n(Slot::Unknown, from - at));
            return from;
        }
        if from == 0 {
            self.all.drain(..at);
            return 0;
        }
        let mut at = at;
        let mut surplus = at - from;
        let mut look = at;
        while surplus > 0 && look > 0 {
            look -= 1;
            if self.all[look] == Slot::Unknown {
                self.all.remove(look);
                surplus -= 1;
                at -= 1;
            }
        }
        at
    }

    /// Makes the list as long as the server says, as far as what is not known above the page's end allows. Nothing is above the last page.
    fn level_above(&mut self, end: usize, total: usize) {
        if end >= total {
            self.all.truncate(end);
            return;
        }
        let mut look = end;
        while self.all.len() > total && look < self.all.len() {
            if self.all[look] == Slot::Unknown { drop(self.all.remove(look)) } else { look += 1 }
        }
        if self.all.len() < total {
            self.all.resize(total, Slot::Unknown);
        }
    }
}

/// What a page says of the order of its sessions.
struct Place {
    /// The first and the last id, where ids are numbers and ascend.
    numbers: Option<(u64, u64)>,
}

impl Place {
    fn of(rows: &[SessionRow]) -> Self {
        let ends = rows.first().and_then(SessionRow::number).zip(rows.last().and_then(SessionRow::number));
        let ascends = rows.is_sorted_by(|one, next| one.number().is_some() && one.number() < next.number());
        Self { numbers: ends.filter(|_| ascends) }
    }

    fn find(&self, row: &SessionRow, rows: &[SessionRow]) -> Option<usize> {
        match (self.numbers, row.number()) {
            (Some(_), Some(number)) => rows.binary_search_by_key(&Some(number), SessionRow::number).ok(),
            (Some(_), None) => None,
            (None, _) => rows.iter().position(|it| it.id == row.id),
        }
    }

    fn spans(&self, row: &SessionRow) -> bool {
        self.numbers.zip(row.number()).is_some_and(|((first, last), it)| first <= it && it <= last)
    }

    fn is_after(&self, row: &SessionRow) -> bool {
        self.numbers.zip(row.number()).is_some_and(|((first, _), it)| it < first)
    }

    fn is_before(&self, row: &SessionRow) -> bool {
        self.numbers.zip(row.number()).is_some_and(|((_, last), it)| it > last)
    }
}
