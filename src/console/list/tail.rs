//! The rows below the newest page: which there are, and which of them are to be read.

use std::ops::Range;
use std::sync::Arc;

use livy::{Call, SessionId, SessionPage};

use super::row::{SessionRow, SharedTexts};
use super::window::page_for;
use super::{ListRow, ListedRow, Listing, SessionList, Slot};
use crate::{Moment, OwnedSession};

impl SessionList {
    /// How many rows it has. See [`Listing`].
    pub(crate) fn listing(&self) -> Listing {
        Listing {
            len: self.rows.rows.len() + self.below,
            total: if self.is_newest_first { self.slots.len() } else { self.end.total() },
            waiting: self.rows.waiting,
            is_known: self.page.is_some(),
            version: self.slots.version(),
        }
    }

    /// The rows of a range.
    pub(crate) fn listed(&self, range: Range<usize>, own: &[OwnedSession]) -> Vec<ListedRow> {
        let range = range.start..range.end.min(self.listing().len);
        range.map(|index| self.listed_row(index, own)).collect()
    }

    fn listed_row(&self, index: usize, own: &[OwnedSession]) -> ListedRow {
        let head = self.rows.rows.get(index);
        let row = match head {
            Some(head) => Some(self.row_of(head)),
            None => self.position(index).and_then(|at| self.slots.all()[at].row().cloned()),
        };
        let is_own = row.as_ref().is_some_and(|row| row.is_one_of(own));
        ListedRow {
            index,
            row,
            is_gone: head.is_some_and(|it| it.is_gone),
            is_own,
            is_picked: false,
            cause: None,
        }
    }

    /// Which row shows a session.
    pub(crate) fn index_of(&self, id: &SessionId) -> Option<usize> {
        let head = &self.rows.rows;
        let at = || self.slots.find(id.as_str()).filter(|at| *at < self.below);
        head.iter()
            .position(|it| it.session.id == *id)
            .or_else(|| at().map(|it| head.len() + self.below - 1 - it))
    }

    fn row_of(&self, head: &ListRow) -> Arc<SessionRow> {
        let known = if head.is_gone { None } else { self.slots.find(head.session.id.as_str()) };
        let known = known.and_then(|at| self.slots.all()[at].row().cloned());
        known.unwrap_or_else(|| {
            Arc::new(SessionRow::of(
                &head.session,
                &mut SharedTexts::default(),
                self.answered().unwrap_or_default(),
            ))
        })
    }

    /// Which slot a row below the newest page shows.
    fn position(&self, index: usize) -> Option<usize> {
        (self.below + self.rows.rows.len()).checked_sub(index + 1).filter(|it| *it < self.below)
    }

    /// The slots of the rows on the screen that are below the newest page.
    fn wanted(&self) -> Range<usize> {
        let (head, shown) = (self.rows.rows.len(), &self.window.shown);
        let len = head + self.below;
        let (first, end) = (shown.start.max(head).min(len), shown.end.max(head).min(len));
        len - end..len - first
    }

    /// Finds where the rows of the newest page end.
    pub(super) fn measure(&mut self) {
        let oldest = self.rows.rows.iter().rev().find(|it| !it.is_gone);
        let at = oldest.and_then(|it| self.slots.find(it.session.id.as_str()));
        self.below = at.unwrap_or(self.below).min(self.slots.all().len());
    }

    /// Other rows are on the screen.
    pub(crate) fn show(&mut self, shown: Range<usize>, now: Moment) {
        // A query's rows are those that are read.
        let shown = if self.query.is_plain() { shown } else { 0..0 };
        self.window.shown = shown.clone();
        let is_unread = self.unread_on_screen() > 0;
        self.window.show(shown, is_unread, now);
    }

    /// How many of those that are read have ended, where all is read and it is not known which.
    pub(crate) fn surplus(&self) -> usize {
        let is_known = !self.is_total_of_page() && self.slots.is_whole();
        if is_known { self.slots.len().saturating_sub(self.end.total()) } else { 0 }
    }

    /// True where what the server calls its total is no more than a page has.
    pub(crate) fn is_total_of_page(&self) -> bool {
        self.is_newest_first || self.end.is_looked_for()
    }

    /// The page to read for what is on the screen, once that is due.
    pub(crate) fn take_window(&mut self, now: Moment) -> Option<Call> {
        self.window.poll.due.take_if(|it| *it <= now)?;
        let (from, size) = page_for(self.slots.all(), self.wanted(), self.end.step())?;
        Some(self.page_call(from, size))
    }

    /// Asks for so many slots from this one on.
    pub(crate) fn page_call(&self, from: usize, size: usize) -> Call {
        let from = if self.is_newest_first { self.slots.len().saturating_sub(from + size) } else { from };
        Call::Sessions { from: from as u64, size: u32::try_from(size).unwrap_or(Self::SIZE) }
    }

    /// How many sessions a page has at most, as far as is known.
    pub(crate) fn step(&self) -> u32 {
        u32::try_from(self.end.step()).unwrap_or(Self::SIZE)
    }

    /// Where the server's own list has a session, as far as is known.
    pub(crate) fn place_of(&self, id: &str) -> Option<u64> {
        let at = self.slots.find(id)?;
        let place = if self.is_newest_first { self.slots.len() - 1 - at } else { at };
        Some(place as u64)
    }

    /// True where the page of a call has nothing any more of what is on the screen.
    pub(crate) fn is_passed(&self, from: u64, size: u32) -> bool {
        let (mut from, wanted, size) = (from as usize, self.wanted(), size as usize);
        if self.is_newest_first {
            from = self.slots.len().saturating_sub(from + size);
        }
        wanted.end <= from || from + size <= wanted.start
    }

    /// A page of the list has come: so many were asked for, from this position of the server's on.
    pub(crate) fn scanned(
        &mut self,
        (from, asked): (u64, u32),
        page: &SessionPage,
        own: &[OwnedSession],
        now: Moment,
    ) {
        let (from, came) = (from as usize, page.sessions.len() + page.unreadable);
        let said = usize::try_from(page.total).unwrap_or(usize::MAX);
        let turned = (page.is_newest_first != self.is_newest_first)
            .then(|| page.clone().of_order(self.is_newest_first));
        let page = turned.as_ref().unwrap_or(page);
        if self.is_newest_first {
            self.place_newest_first(from, asked as usize, page, now);
        } else if came == 0 && from > 0 {
            self.slots.end_at(from);
        } else {
            let total = if self.end.is_looked_for() { self.end.total().max(from + came) } else { said };
            self.end.hear(said);
            self.slots.place(from, page, total, now);
        }
        self.draw(own);
    }

    /// Where the newest come first, how many there are is known only at the last page, unless the server says it: until then the list
    /// has one page more than is read.
    pub(super) fn place_newest_first(&mut self, from: usize, asked: usize, page: &SessionPage, now: Moment) {
        let came = page.sessions.len() + page.unreadable;
        let step = self.end.step();
        let (len, end) = (self.slots.len(), from + came);
        if came == 0 {
            // The oldest of all are read: what is not known below them is not there.
            self.slots.begin_at(len.saturating_sub(from));
            return;
        }
        let said = usize::try_from(page.total).unwrap_or(usize::MAX);
        // A page is short where fewer came than were asked for and than the server gives at once.
        let is_last = said == end && from > 0 || came < step.min(asked);
        let total = match said > end || is_last {
            true => said.max(end),
            false => (end + step).max(len),
        };
        if total > len {
            self.slots.grow_below(total - len);
        } else if is_last {
            self.slots.begin_at(len - total);
        }
        let len = self.slots.len();
        self.slots.place(len.saturating_sub(end), page, len, now);
    }

    /// The server does not have this session any more.
    pub(crate) fn gone(&mut self, id: &str, own: &[OwnedSession], now: Moment) {
        self.slots.remove(id);
        self.stir(now);
        self.draw(own);
    }

    /// How many of the rows on the screen are not read.
    pub(crate) fn unread_on_screen(&self) -> usize {
        self.slots.all()[self.wanted()].iter().filter(|it| **it == Slot::Unknown).count()
    }

    /// A page for the rows on the screen has come, before which so many of them were not read.
    pub(crate) fn window_came(&mut self, before: usize, now: Moment) {
        self.window.came(before, self.unread_on_screen(), now);
    }
}
