//! Many sessions: the rows that are looked at, and what the fleet's half is told and asked.

use std::ops::Range;
use std::sync::Arc;

use livy::{Call, CallError, SessionId, SessionPage};

use super::Model;
use crate::fleet::LendFleet;
use crate::flight::Purpose;
use crate::{
    Comparison, Effect, EndBar, Ends, Event, Goal, HandOver, ListQuery, ListedRow, Listing, Moment, Part,
    Route, Scan, Selected, SessionRow, Totals, WholeSession,
};

impl Model {
    /// How many rows the list has, by its query. While the fleet's half is not here, a list with a query has none.
    pub fn listing(&self) -> Listing {
        let is_plain = self.desk.list.query.is_plain();
        let listing = match &self.fleet {
            _ if is_plain => self.desk.list.listing(),
            Some(fleet) => fleet.listing(&self.desk),
            // The search stays, and says that the list is being read.
            None => Listing { len: 0, ..self.desk.list.listing() },
        };
        // A row also changes with what is selected, and every row with the query.
        let picks = self.fleet.as_ref().map_or(0, |it| it.picks());
        Listing { version: (picks << 40) | (listing.version << 1) | u64::from(is_plain), ..listing }
    }

    /// The rows of a range, from the top; fewer where the list has fewer.
    pub fn listed(&self, range: Range<usize>) -> Vec<ListedRow> {
        let mut rows = match &self.fleet {
            _ if self.desk.list.query.is_plain() => self.desk.list.listed(range, &self.desk.own),
            Some(fleet) => fleet.listed(range, &self.desk),
            None => Vec::new(),
        };
        for listed in &mut rows {
            let Some(row) = &listed.row else { continue };
            listed.is_picked = self.fleet.as_ref().is_some_and(|it| it.is_picked(row));
            listed.cause = self.session.as_ref().and_then(|it| it.cause(row));
        }
        rows
    }

    /// Which row shows a session; `None` where none does.
    pub fn row_index(&self, id: &SessionId) -> Option<usize> {
        match &self.fleet {
            _ if self.desk.list.query.is_plain() => self.desk.list.index_of(id),
            Some(fleet) => fleet.row_index(id),
            None => None,
        }
    }

    /// What the list shows.
    pub fn query(&self) -> &ListQuery {
        &self.desk.list.query
    }

    /// How far the whole list is read.
    pub fn scan(&self) -> Scan {
        self.fleet.as_ref().map(|it| it.scan(&self.desk)).unwrap_or_default()
    }

    /// Counts of what is listed and read; the same `Arc` as long as nothing has changed.
    pub fn totals(&self) -> Arc<Totals> {
        self.fleet.as_ref().map(|it| it.totals()).unwrap_or_default()
    }

    /// What is selected.
    pub fn selected(&self) -> Selected {
        self.fleet.as_ref().map(|it| it.selected()).unwrap_or_default()
    }

    /// Which sessions are selected, by their ids.
    pub fn picked(&self) -> Vec<SessionId> {
        self.fleet.as_ref().map(|it| it.picked()).unwrap_or_default()
    }

    /// The bulk delete, from its question to its results.
    pub fn ends(&self) -> Option<&Ends> {
        self.fleet.as_ref()?.ends()
    }

    /// Why no bulk delete can be asked for now.
    pub fn end_bar(&self) -> Option<EndBar> {
        self.fleet.as_ref()?.end_bar()
    }

    /// The row that a person wants to go to.
    pub fn goal(&self) -> Option<&Goal> {
        self.fleet.as_ref()?.goal()
    }

    /// Two sessions side by side.
    pub fn comparison(&self) -> Option<&Comparison> {
        self.fleet.as_ref()?.comparison()
    }

    /// The session of which all was wanted.
    pub fn whole(&self) -> Option<&WholeSession> {
        self.fleet.as_ref()?.whole()
    }

    /// The listed rows that are read, as text. Empty while the fleet's half is not here.
    pub fn rows_as(&self, form: HandOver) -> String {
        let session = &self.session;
        let cause = |row: &SessionRow| Some(session.as_ref()?.cause(row)?.title);
        self.fleet.as_ref().map(|it| it.hand_over(form, &cause)).unwrap_or_default()
    }

    pub(super) fn rows_shown(&mut self, first: usize, count: usize) {
        let desk = &mut self.desk;
        desk.list.show(first..first.saturating_add(count), desk.now);
        // What is scrolled past is not waited for.
        let passed = desk.flights.find(Purpose::Window).is_some_and(|it| match it.call {
            Call::Sessions { from, size } => desk.list.is_passed(from, size),
            _ => false,
        });
        if passed {
            desk.abandon(Purpose::Window);
        }
    }

    pub(super) fn queried(&mut self, query: ListQuery) {
        if self.desk.list.query == query {
            return;
        }
        self.desk.list.query = query.clone();
        if self.desk.route == Route::Sessions {
            self.desk.perform(Effect::ShowQuery(query));
        }
        match &mut self.fleet {
            Some(fleet) => fleet.queried(&mut self.desk),
            None => self.need_fleet(),
        }
    }

    /// Asks for the fleet's half where something needs it.
    pub(super) fn need_fleet(&mut self) {
        let waits = self.unheard.iter().any(|it| matches!(it, Event::Fleet(_) | Event::EndsCarried(_)));
        let is_list = self.desk.route == Route::Sessions;
        if self.fleet.is_none() && (waits || is_list && !self.desk.list.query.is_plain()) {
            self.desk.perform(Effect::Need(Part::Fleet));
        }
    }

    pub(super) fn hear_of_fleet(&mut self, event: Event) {
        let Some(fleet) = &mut self.fleet else {
            self.unheard.push(event);
            return self.need_fleet();
        };
        let session = &self.session;
        let known = |row: &SessionRow| session.as_ref().and_then(|it| it.whole(row));
        match event {
            Event::Fleet(event) => fleet.hear(event, &known, &mut self.desk),
            Event::EndsCarried(text) => fleet.carried(&text),
            _ => {}
        }
    }

    pub(super) fn fleet_lent(&mut self, lend: LendFleet) {
        if self.fleet.is_some() {
            return;
        }
        let mut fleet = lend().0;
        fleet.queried(&mut self.desk);
        self.fleet = Some(fleet);
        self.hear_again();
    }

    /// When the rows on the screen or the fleet's half want to be asked again.
    pub(super) fn fleet_due(&self) -> Option<Moment> {
        let is_list = self.desk.route == Route::Sessions;
        let may_read = is_list && self.desk.visible && !self.desk.flights.reads_a_page();
        let window = self.desk.list.window.poll.due.filter(|_| may_read);
        let fleet = self.fleet.as_ref().and_then(|it| it.next_due(&self.desk));
        window.into_iter().chain(fleet).min()
    }

    /// One of many sessions may have been deleted from here: what else knows it follows.
    pub(super) fn ended_among_others(&mut self) {
        let Some(address) = self.desk.deleted.clone() else { return };
        if let Some(session) = &mut self.session {
            session.deleted(&address, &mut self.desk);
        }
        self.forget_creation(|id, _| *id.address() == address);
        self.desk.deleted = None;
    }

    /// A person wants to see the sessions that have no row yet.
    pub(super) fn draw_all(&mut self) {
        self.desk.list.draw_all(&self.desk.own);
        if let Some(fleet) = &mut self.fleet {
            fleet.draw_all();
        }
    }

    pub(super) fn leave_fleet(&mut self) {
        if let Some(fleet) = &mut self.fleet {
            fleet.leave(&mut self.desk);
        }
    }

    /// The call that is due for the rows on the screen.
    pub(super) fn take_window(&mut self) -> Option<(Purpose, Call)> {
        let desk = &mut self.desk;
        if desk.route == Route::Sessions
            && desk.visible
            && !desk.flights.reads_a_page()
            && let Some(call) = desk.list.take_window(desk.now)
        {
            return Some((Purpose::Window, call));
        }
        None
    }

    pub(super) fn window_answered(&mut self, asked: (u64, u32), answer: Result<SessionPage, CallError>) {
        let jitter = self.desk.jitter();
        let desk = &mut self.desk;
        match answer {
            Ok(page) => {
                let before = desk.list.unread_on_screen();
                desk.list.scanned(asked, &page, &desk.own, desk.now);
                desk.list.window_came(before, desk.now);
            }
            Err(error) => desk.list.window.poll.failed(error, desk.now, jitter),
        }
    }
}
