//! The rows below the newest page: which there are, and which of them are to be read.

use std::ops::Range;
use std::sync::Arc;

use livy::{Call, SessionPage};

use super::row::{SessionRow, Texts};
use super::window::page_for;
use super::{ListRow, ListedRow, Listing, SessionList, Slot};
use crate::{Moment, OwnedSession};

impl SessionList {
    /// How many rows it has. See [`Listing`].
    pub(crate) fn listing(&self) -> Listing {
        Listing {
            len: self.rows.rows.len() + self.below,
            total: self.end.total(),
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
        let is_own = row.as_ref().is_some_and(|row| own.iter().any(|it| it.is_row(row)));
        ListedRow {
            index,
            row,
            is_gone: head.is_some_and(|it| it.is_gone),
            is_own,
            is_picked: false,
            cause: None,
        }
    }

    fn row_of(&self, head: &ListRow) -> Arc<SessionRow> {
        let known = if head.is_gone { None } else { self.slots.find(head.session.id.as_str()) };
        let known = known.and_then(|at| self.slots.all()[at].row().cloned());
        known.unwrap_or_else(|| {
            Arc::new(SessionRow::of(
                &head.session,
                &mut Texts::default(),
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
        self.window.shown = shown.clone();
        let is_unread = self.slots.all()[self.wanted()].contains(&Slot::Unknown);
        self.window.show(shown, is_unread, now);
    }

    /// The page to read for what is on the screen, once that is due.
    pub(crate) fn take_window(&mut self, now: Moment) -> Option<Call> {
        self.window.poll.due.take_if(|it| *it <= now)?;
        let (from, size) = page_for(self.slots.all(), self.wanted(), self.end.step(), true)?;
        Some(Call::Sessions { from: from as u64, size: u32::try_from(size).unwrap_or(Self::SIZE) })
    }

    /// True where a page that begins there has nothing any more of what is on the screen.
    pub(crate) fn is_passed(&self, from: u64, size: u32) -> bool {
        let (from, wanted) = (from as usize, self.wanted());
        wanted.end <= from || from + size as usize <= wanted.start
    }

    /// A page from the middle of the list has come, asked for at this position.
    pub(crate) fn scanned(&mut self, from: u64, page: &SessionPage, own: &[OwnedSession], now: Moment) {
        let (from, came) = (from as usize, page.sessions.len() + page.unreadable);
        let said = usize::try_from(page.total).unwrap_or(usize::MAX);
        let total = if self.end.is_looked_for() { self.end.total().max(from + came) } else { said };
        self.slots.place(from, page, total, now);
        self.draw(own);
    }

    /// The server does not have this session any more.
    pub(crate) fn gone(&mut self, id: &str, own: &[OwnedSession], now: Moment) {
        self.slots.remove(id);
        self.stir(now);
        self.draw(own);
    }

    /// A page for the rows on the screen has come.
    pub(crate) fn window_came(&mut self, now: Moment) {
        let is_unread = self.slots.all()[self.wanted()].contains(&Slot::Unknown);
        self.window.came(is_unread, now);
    }
}
