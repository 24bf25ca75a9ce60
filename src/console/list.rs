//! The sessions of the server: the newest, which are asked for again and again, and of the others those that are looked at.

mod end;
mod listing;
mod row;
mod rows;
mod slots;
mod tail;
mod window;

use std::sync::Arc;

use livy::{Call, CallError, Phase, Session, SessionId, SessionPage};

use crate::poll::{Pace, Poll, cadence};
use crate::{ListQuery, Moment, OwnedSession};
use end::End;
pub use listing::{ListedRow, Listing};
pub use row::SessionRow;
pub(crate) use row::{SharedText, is_busy};
pub use rows::{ListRow, ListRows};
pub(crate) use slots::{Slot, Slots};
pub(crate) use window::Window;

/// The newest hundred sessions and how fresh they are.
#[derive(Clone, Debug)]
pub struct SessionList {
    page: Option<Arc<SessionPage>>,
    rows: Arc<ListRows>,
    /// True while a person reads the rows, points at one or has the focus in one.
    is_held: bool,
    /// True until the first answer after the page was opened: nothing has been read yet, so that answer is drawn whole.
    is_first_look: bool,
    /// When something last changed in the list, or a person last did something that may change it.
    stirred: Moment,
    from: u64,
    /// How many calls of this round looked for the end in vain.
    looked: u32,
    end: End,
    /// True where the server lists its newest session first.
    pub(crate) is_newest_first: bool,
    /// True where the server lists its newest session first, and it was asked what is behind a page that was short.
    is_bottom_known: bool,
    /// All that is known of the whole list.
    pub(crate) slots: Slots,
    /// How many slots are below the rows of the newest page.
    below: usize,
    pub(crate) query: ListQuery,
    pub(crate) window: Window,
    pub(crate) poll: Poll,
}

/// Where the end is looked for, so many calls may follow each other.
const LOOKS: u32 = 40;

impl SessionList {
    /// How many are shown. The server's own page size.
    pub(crate) const SIZE: u32 = 100;

    pub(crate) fn new(now: Moment) -> Self {
        Self {
            page: None,
            rows: Arc::default(),
            is_held: false,
            is_first_look: true,
            stirred: now,
            from: 0,
            looked: 0,
            end: End::new(Self::SIZE as usize),
            is_newest_first: false,
            is_bottom_known: false,
            slots: Slots::default(),
            below: 0,
            query: ListQuery::default(),
            window: Window::default(),
            poll: Poll::at_once(now),
        }
    }

    /// The last good answer, in the server's order: the newest last. The same `Arc` as long as nothing has changed.
    pub fn page(&self) -> Option<&Arc<SessionPage>> {
        self.page.as_ref()
    }

    /// The sessions, newest first.
    pub(crate) fn newest_first(&self) -> impl Iterator<Item = &Session> {
        self.page.iter().flat_map(|it| it.sessions.iter().rev())
    }

    /// The rows to draw. The same `Arc` as long as nothing has changed.
    pub fn rows(&self) -> &Arc<ListRows> {
        &self.rows
    }

    /// True for a session that the last good answer has.
    pub(crate) fn has(&self, id: &SessionId) -> bool {
        self.newest_first().any(|it| it.id == *id)
    }

    /// Why it cannot be refreshed, once that is worth a word: at first without any data, or after a second failure.
    pub fn trouble(&self) -> Option<&CallError> {
        self.poll.trouble()
    }

    /// When the last good answer came.
    pub fn answered(&self) -> Option<Moment> {
        self.poll.answered
    }

    pub(crate) fn call(&self) -> Call {
        Call::Sessions { from: self.from, size: Self::SIZE }
    }

    pub(crate) fn pace(&self, shown: bool, now: Moment) -> Pace {
        let on_its_way = |it: &Session| matches!(it.state.phase(), Phase::Pending | Phase::Ending);
        match shown {
            true => Pace::List(self.newest_first().any(on_its_way), now.since(self.stirred)),
            false => Pace::Background,
        }
    }

    /// Something was done that may change the list: it is asked for as often as after a change.
    pub(crate) fn stir(&mut self, now: Moment) {
        self.stirred = now;
    }

    /// True while no row may move, because somebody reads.
    pub(crate) fn is_held(&self) -> bool {
        self.is_held
    }

    /// The list's own page was opened.
    pub(crate) fn opened(&mut self, own: &[OwnedSession]) {
        self.is_held = false;
        self.draw(own);
        self.is_first_look = true;
    }

    /// A person began to read the rows, or stopped.
    pub(crate) fn hold(&mut self, is_held: bool, own: &[OwnedSession]) {
        self.is_held = is_held;
        if !is_held {
            self.draw(own);
        }
    }

    /// A person wants to see the new sessions now.
    pub(crate) fn draw_all(&mut self, own: &[OwnedSession]) {
        let was_held = std::mem::replace(&mut self.is_held, false);
        self.draw(own);
        self.is_held = was_held;
    }

    /// Makes the rows follow the last good answer.
    pub(crate) fn draw(&mut self, own: &[OwnedSession]) {
        let Some(page) = &self.page else { return };
        let rows = match self.is_held && !self.is_first_look && !self.rows.rows.is_empty() {
            true => self.rows.follow(page, own),
            false => ListRows::all(page, own),
        };
        if *self.rows != rows {
            self.rows = Arc::new(rows);
        }
        self.measure();
    }

    /// Livy lists the oldest first, so the newest are known only once the end of the list is: a page from the wrong end is asked
    /// for once more, from the right one. Once, because a server that grows with every call must not be chased; more often only where
    /// the server does not say where its list ends. False where it is asked for again.
    pub(crate) fn arrived(
        &mut self,
        page: SessionPage,
        own: &[OwnedSession],
        shown: bool,
        visible: bool,
        now: Moment,
    ) -> bool {
        if page.tells_order && page.is_newest_first != self.is_newest_first {
            self.turn_round();
        }
        if self.is_newest_first {
            return self.newest_arrived(page.of_order(true), own, shown, visible, now);
        }
        let (from, came) = (self.from, page.sessions.len() + page.unreadable);
        let said = usize::try_from(page.total).unwrap_or(usize::MAX);
        // Some servers give all they have, whatever page is asked for.
        let is_all = came > Self::SIZE as usize
            || from > 0 && page.sessions.first().is_some_and(|it| self.slots.is_first(&it.id));
        if is_all {
            self.end.is_all_of(came);
            self.slots.end_at(0);
            self.from = 0;
        }
        let from = if is_all { 0 } else { from };
        let next = match is_all {
            true => 0,
            false => self.end.learn(from as usize, came, Self::SIZE as usize, said) as u64,
        };
        let is_whole = !self.end.is_looked_for();
        let right_end = next == from
            || self.end.can_wait()
            || is_whole && came as u64 == page.total && next < came as u64;
        let total = if is_whole { page.total } else { self.end.total() as u64 };
        let page = SessionPage { total, ..without_log_tails(page) };
        if came > 0 || from == 0 {
            self.slots.place(from as usize, &page, self.end.total(), now);
        } else {
            self.slots.end_at(from as usize);
        }
        self.from = next;
        let may_look = self.looked < if is_whole { 1 } else { LOOKS };
        if !right_end && may_look {
            self.looked += 1;
            self.poll.due = Some(now);
            // The rows below the newest page may be fewer by now.
            self.measure();
            return false;
        }
        self.looked = 0;
        self.take(page, own, shown, visible, now);
        true
    }

    /// The order is another one than was believed: what is known of positions was of the wrong end.
    fn turn_round(&mut self) {
        self.is_newest_first = !self.is_newest_first;
        self.slots.end_at(0);
        self.end = End::new(Self::SIZE as usize);
        self.is_bottom_known = false;
    }

    /// Where the server lists the newest first, there they are.
    fn newest_arrived(
        &mut self,
        page: SessionPage,
        own: &[OwnedSession],
        shown: bool,
        visible: bool,
        now: Moment,
    ) -> bool {
        let (from, page) = (std::mem::take(&mut self.from) as usize, without_log_tails(page));
        let came = page.sessions.len() + page.unreadable;
        if from > 0 {
            // It was asked for before the order was known, or to see whether there is more than a short page.
            if came > 0 && from < self.end.step() && self.slots.len() > 0 {
                self.end.is_limited_to(from);
                self.place_newest_first(from, Self::SIZE as usize, &page, now);
            }
            self.is_bottom_known |= came == 0;
            self.poll.due = Some(now);
            return false;
        }
        self.place_newest_first(0, Self::SIZE as usize, &page, now);
        if came > 0 && came < self.end.step() && !std::mem::replace(&mut self.is_bottom_known, true) {
            self.from = came as u64;
        }
        let total = self.slots.len() as u64;
        self.take(SessionPage { total, ..page }, own, shown, visible, now);
        true
    }

    /// The newest page.
    fn take(&mut self, page: SessionPage, own: &[OwnedSession], shown: bool, visible: bool, now: Moment) {
        if self.page.as_deref() != Some(&page) {
            self.page = Some(Arc::new(page));
            self.stir(now);
        }
        self.draw(own);
        self.is_first_look = false;
        let wait = cadence(self.pace(shown, now), visible);
        self.poll.succeeded(now, wait);
    }
}

fn without_log_tails(page: SessionPage) -> SessionPage {
    SessionPage { sessions: page.sessions.into_iter().map(Session::without_log_tail).collect(), ..page }
}

/// Rows of sessions as a server tells them.
#[cfg(test)]
pub(crate) fn rows_of(sessions: &[serde_json::Value]) -> Vec<Arc<SessionRow>> {
    let mut texts = row::SharedTexts::default();
    let row = |it: &serde_json::Value| {
        let session = Session::from_json(it.clone())?;
        Some(Arc::new(SessionRow::of(&session, &mut texts, Moment::default())))
    };
    sessions.iter().filter_map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(ids: std::ops::Range<u64>, total: u64) -> SessionPage {
        let sessions: Vec<_> = ids.map(|id| serde_json::json!({"id": id, "state": "idle"})).collect();
        SessionPage::from_json(serde_json::json!({"total": total, "sessions": sessions})).unwrap()
    }

    #[test]
    fn a_wrong_belief_of_the_order_is_not_kept() {
        let of = |ids: &[u64]| {
            let sessions: Vec<_> =
                ids.iter().map(|id| serde_json::json!({"id": id, "state": "idle"})).collect();
            SessionPage::from_json(serde_json::json!({"total": ids.len(), "sessions": sessions})).unwrap()
        };
        let now = Moment::default();
        let mut list = SessionList::new(now);
        let shown = |list: &SessionList| {
            list.listed(0..9, &[])
                .into_iter()
                .filter_map(|it| Some(it.row?.id.to_string()))
                .collect::<Vec<_>>()
        };
        // Two sessions that Livy has recovered stand the wrong way round by chance; later ones say that its list is in no order.
        list.arrived(of(&[5, 3]), &[], true, true, now);
        assert_eq!((list.is_newest_first, shown(&list)), (true, vec!["5".to_owned(), "3".to_owned()]));
        for _ in 0..3 {
            list.from = 0;
            list.arrived(of(&[5, 3, 7]), &[], true, true, now);
        }
        assert_eq!(
            (list.is_newest_first, shown(&list)),
            (false, ["7", "3", "5"].map(str::to_owned).to_vec())
        );
        // A page of one says nothing.
        list.from = 0;
        list.arrived(of(&[7]), &[], true, true, now);
        assert!(!list.is_newest_first);
    }

    #[test]
    fn the_newest_are_found_at_the_end() {
        let now = Moment::default();
        let mut list = SessionList::new(now);
        list.arrived(page(0..100, 216), &[], true, true, now);
        assert_eq!((list.call(), list.poll.due), (Call::Sessions { from: 116, size: 100 }, Some(now)));
        assert_eq!(list.page(), None);
        // One more was made meanwhile: close enough, and the next round finds it.
        list.arrived(page(116..216, 217), &[], true, true, now);
        assert_eq!(list.newest_first().next().map(|it| it.id.to_string()).as_deref(), Some("215"));
        assert_eq!(list.poll.due, Some(Moment::from_millis(5_000)));
    }

    #[test]
    fn a_restarted_server_is_counted_from_the_start_again() {
        let now = Moment::default();
        let mut list = SessionList::new(now);
        list.arrived(page(0..100, 216), &[], true, true, now);
        list.arrived(page(116..216, 216), &[], true, true, now);
        list.arrived(page(0..0, 3), &[], true, true, now);
        assert_eq!((list.call(), list.poll.due), (Call::Sessions { from: 0, size: 100 }, Some(now)));
        list.arrived(page(0..3, 3), &[], true, true, now);
        assert_eq!(list.newest_first().count(), 3);
    }

    #[test]
    fn no_news_is_the_same_page() {
        let now = Moment::default();
        let mut list = SessionList::new(now);
        list.arrived(page(0..3, 3), &[], true, true, now);
        let first = list.page().cloned().unwrap();
        list.arrived(page(0..3, 3), &[], true, true, now);
        assert!(Arc::ptr_eq(&first, list.page().unwrap()));
    }
}
