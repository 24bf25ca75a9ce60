//! What is known of the whole list: one slot for each session of the server, the oldest first, as Livy lists them.
//!
//! Sessions come and go between two pages, so that a session's position in the list means little. A page, however, is one look: what
//! stands between its first and its last session is all there is between the two. So each page takes out what it shows to be gone, goes
//! where its sessions already are, and moves what is not known around it. Start with [`Slots::place`].

use std::ops::Range;
use std::sync::Arc;

use livy::{Session, SessionId, SessionPage};

use super::row::{SessionRow, SharedText, SharedTexts};
use crate::Moment;

/// One position of the server's list.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Slot {
    /// Not read yet.
    Unknown,
    /// Read, and without an id that could be addressed.
    Unreadable,
    /// As it was last read.
    Known {
        row: Arc<SessionRow>,
        /// True where it was seen that nothing stands between it and the slot before.
        follows: bool,
    },
}

impl Slot {
    pub(crate) fn row(&self) -> Option<&Arc<SessionRow>> {
        if let Self::Known { row, .. } = self { Some(row) } else { None }
    }
}

/// The whole list, as far as it is known.
#[derive(Clone, Debug, Default)]
pub(crate) struct Slots {
    all: Vec<Slot>,
    texts: SharedTexts,
    version: u64,
    unknown: usize,
    offset: usize,
    gaps: usize,
}

fn is_gap(at: usize, slot: &Slot) -> bool {
    match slot {
        Slot::Unknown => true,
        Slot::Known { follows, .. } => !follows && at > 0,
        Slot::Unreadable => false,
    }
}

impl Slots {
    /// From the oldest to the newest.
    pub(crate) fn all(&self) -> &[Slot] {
        &self.all
    }

    /// The texts that rows share, by their numbers.
    pub(crate) fn texts(&self) -> &[Arc<SharedText>] {
        self.texts.all()
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
            let followed = matches!(self.all.remove(at), Slot::Known { follows: true, .. });
            self.unlink(at, followed);
            self.changed();
        }
    }

    /// What stands here follows what is before it only if it did and `still` does.
    fn unlink(&mut self, at: usize, still: bool) {
        if let Some(Slot::Known { follows, .. }) = self.all.get_mut(at) {
            *follows &= still;
        }
    }

    /// The last place where something is not read, or may be: between two sessions that were not read together.
    pub(crate) fn last_gap(&self) -> Option<usize> {
        self.all.iter().enumerate().rposition(|(at, it)| is_gap(at, it))
    }

    /// True where something may be missing in a range.
    pub(crate) fn has_gap(&self, range: Range<usize>) -> bool {
        range.into_iter().any(|at| self.all.get(at).is_some_and(|it| is_gap(at, it)))
    }

    /// True for the oldest session of all.
    pub(crate) fn is_first(&self, id: &SessionId) -> bool {
        self.all.first().and_then(Slot::row).is_some_and(|it| it.id == *id)
    }

    /// How many are not read.
    pub(crate) fn unknown(&self) -> usize {
        self.unknown
    }

    /// How many of those that are read before the last page have ended since, without its being known which.
    pub(crate) fn offset(&self) -> usize {
        self.offset
    }

    /// True where the whole list is read, without a place where something may be missing.
    pub(crate) fn is_whole(&self) -> bool {
        self.gaps == 0
    }

    /// How many there are, as far as is known.
    pub(crate) fn len(&self) -> usize {
        self.all.len()
    }

    /// Takes a page that begins at this position, of a list of so many.
    pub(crate) fn place(&mut self, from: usize, page: &SessionPage, total: usize, now: Moment) {
        let taken = page.sessions.len() + page.unreadable;
        let mut rows: Vec<SessionRow> =
            page.sessions.iter().map(|it| SessionRow::of(it, &mut self.texts, now)).collect();
        let place = Place::of(&rows);
        let known = self.take_out(&place, &mut rows, &page.sessions);
        let at = known.map_or_else(|| self.between(&place, from, taken), |it| it.at).min(self.all.len());
        let (core, rest) =
            known.map_or((0, taken), |it| (it.end.saturating_sub(at), it.rest + page.unreadable));
        let free = self.all[at + core..].iter().take(rest).take_while(|it| it.row().is_none()).count();
        let fits = known.is_some() || place.numbers.is_some();
        let replaced = if fits { core + free } else { taken.min(self.all.len() - at) };
        let unreadable = std::iter::repeat_n(Slot::Unreadable, page.unreadable);
        let is_linked = from == 0 || known.is_some_and(|it| it.is_linked);
        let new = rows
            .into_iter()
            .enumerate()
            .map(|(index, row)| Slot::Known { row: Arc::new(row), follows: index > 0 || is_linked });
        let new: Vec<Slot> = new.chain(unreadable).collect();
        self.all.splice(at..at + replaced, new);
        self.unlink(at + taken, known.is_some_and(|it| it.has_last));
        let at = self.level_below(at, from);
        if known.is_some() {
            self.offset = at - from;
        }
        self.level_above(at + taken, total);
        self.changed();
    }

    /// There are so many more that are older than all.
    pub(crate) fn grow_below(&mut self, more: usize) {
        self.all.splice(0..0, std::iter::repeat_n(Slot::Unknown, more));
        self.changed();
    }

    /// There is nothing before this position.
    pub(crate) fn begin_at(&mut self, at: usize) {
        self.all.drain(..at.min(self.all.len()));
        self.changed();
    }

    /// There is nothing from this position on.
    pub(crate) fn end_at(&mut self, from: usize) {
        if from < self.all.len() {
            self.all.truncate(from);
            self.changed();
        }
    }

    fn changed(&mut self) {
        self.unknown = self.all.iter().filter(|it| **it == Slot::Unknown).count();
        self.gaps = self.all.iter().enumerate().filter(|(at, it)| is_gap(*at, it)).count();
        self.version += 1;
    }

    /// Takes out what the page has, and what it shows to be gone. Where the page's first session belongs by those that it has, if it has
    /// any that were known. Ids begin again when a server starts anew: where one is another session's by now, nothing of what is known is
    /// true any more.
    fn take_out(&mut self, place: &Place, rows: &mut [SessionRow], told: &[Session]) -> Option<KnownPart> {
        let mut part: Option<KnownPart> = None;
        for (at, slot) in self.all.iter_mut().enumerate() {
            let Slot::Known { row, follows } = slot else { continue };
            let of_page = place.find(row);
            if let Some(index) = of_page {
                if row.is_another(&told[index]) {
                    self.all.clear();
                    return None;
                }
                rows[index].seen = row.seen;
                let part = part.get_or_insert(KnownPart {
                    at: at.saturating_sub(index),
                    is_linked: *follows && index == 0,
                    ..KnownPart::default()
                });
                part.end = at + 1;
                part.rest = rows.len() - 1 - index;
                part.has_last = part.rest == 0;
            }
            if of_page.is_some() || place.spans(row) {
                *slot = Slot::Unknown;
            }
        }
        // Those of the page may lie beside others that were read meanwhile.
        let older = self.end_of_older(place);
        part.map(|it| KnownPart { at: it.at.max(older), ..it })
    }

    /// Nothing more can be learnt of a place where something may be missing.
    pub(crate) fn give_up(&mut self, at: usize) {
        match self.all.get_mut(at) {
            Some(Slot::Known { follows, .. }) => *follows = true,
            Some(_) => drop(self.all.remove(at)),
            None => {}
        }
        self.changed();
    }

    /// Behind the last session that is older than the page's first, by its id.
    fn end_of_older(&self, place: &Place) -> usize {
        let is_older = |it: &Slot| it.row().is_some_and(|it| place.is_after(it));
        self.all.iter().rposition(is_older).map_or(0, |it| it + 1)
    }

    /// Where a page without a known session belongs: by its ids, else by its position.
    fn between(&self, place: &Place, from: usize, taken: usize) -> usize {
        if place.numbers.is_none() {
            return from;
        }
        let is_above = |it: &Slot| it.row().is_some_and(|it| place.is_before(it));
        let low = self.end_of_older(place);
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

/// Where the sessions of a page are that were known before.
#[derive(Clone, Copy, Default)]
struct KnownPart {
    /// Where the page's first session belongs.
    at: usize,
    /// Behind the last of them.
    end: usize,
    /// How many of the page come after that one.
    rest: usize,
    /// True where the page's first one was known to follow what is before it.
    is_linked: bool,
    /// True where the page's last one was known.
    has_last: bool,
}

/// What a page says of its sessions and their order.
struct Place {
    /// The first and the last id, where ids are numbers and ascend.
    numbers: Option<(u64, u64)>,
    /// Each id with its index, in the order of the ids: as numbers where they are.
    ids: Vec<(Option<u64>, SessionId, usize)>,
}

impl Place {
    fn of(rows: &[SessionRow]) -> Self {
        let ends = rows.first().and_then(SessionRow::number).zip(rows.last().and_then(SessionRow::number));
        let ascends = rows.windows(2).all(|it| it[0].number().is_some() && it[0].number() < it[1].number());
        // A page is short, and most are in order: the code of a sort of its own weighs more than it saves.
        let mut ids: Vec<(Option<u64>, SessionId, usize)> = Vec::with_capacity(rows.len());
        for (at, row) in rows.iter().enumerate() {
            let key = (row.number(), row.id.as_str());
            let place = ids.partition_point(|it| (it.0, it.1.as_str()) <= key);
            ids.insert(place, (row.number(), row.id.clone(), at));
        }
        Self { numbers: ends.filter(|_| ascends), ids }
    }

    /// The index of a row's session in the page.
    fn find(&self, row: &SessionRow) -> Option<usize> {
        if self.numbers.is_some() && !self.spans(row) {
            return None;
        }
        let wanted = (row.number(), row.id.as_str());
        let at = self.ids.binary_search_by(|it| (it.0, it.1.as_str()).cmp(&wanted)).ok()?;
        Some(self.ids[at].2)
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
