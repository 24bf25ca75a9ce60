//! The fleet: search, filter and sort over all sessions of the server, selection, deleting many, handing over, comparing.
//!
//! How the page of the list uses it:
//!
//! - **Rows.** [`crate::Model::listing`] says how many rows the list has and how many new sessions wait; [`crate::Model::listed`] gives the rows of a range, top first, for a
//!   virtual table. The page tells [`crate::Event::RowsShown`] when other rows are on the screen: only those are fetched. A row without a session is
//!   not read yet. [`crate::Event::ListHeld`] and [`crate::Event::NewSessionsAsked`] are as they were: while somebody reads, no row moves.
//! - **Query.** [`crate::ListQuery`] is in the address. When a place of [`crate::Route::Sessions`] is opened, the shell tells [`crate::Event::Queried`] with
//!   [`crate::ListQuery::read`] of the place's query, whose second half is the names without a use, and then [`crate::Event::Opened`]. When a person changes the query, the page tells
//!   the same event; [`crate::Effect::ShowQuery`] then wants the address corrected. [`crate::Model::query`] is the present one.
//! - **The rest** is [`crate::Event::Fleet`] with a [`crate::FleetEvent`], heard by the half that [`crate::Part::Fleet`] lends
//!   ([`fleet_machine`]); the machine asks for that part when something needs it and holds the events until it is here. What it knows: [`crate::Model::scan`], [`crate::Model::totals`],
//!   [`crate::Model::selected`], [`crate::Model::ends`], [`crate::Model::goal`], [`crate::Model::comparison`],
//!   [`crate::Model::whole`], [`crate::Model::rows_as`].
//! - **Over a reload.** [`crate::Effect::CarryEnds`] wants a bulk delete kept for the next page of the tab, which tells it
//!   [`crate::Event::EndsCarried`] at its start, before anything else. It does not go on by itself.

mod carry;
mod comparison;
mod doubt;
mod end_acts;
mod end_doubt;
mod end_item;
mod ending;
mod ends;
mod goal;
mod hand_over;
mod listed;
mod matching;
mod order;
mod reader;
mod scan;
mod selection;
mod totals;
mod wanting;

use std::ops::Range;
use std::sync::Arc;

use livy::{Answer, Call, CallError, Session, SessionId};

use crate::desk::Desk;
use crate::flight::{Flight, Purpose};
use crate::{FleetEvent, ListedRow, Listing, Moment, SessionRow};
pub use comparison::{Comparison, Difference, Whole, WholeSession};
pub use end_acts::EndBar;
use ending::Ending;
pub use ends::{EndItem, EndStage, Ends, Halt, Outcome};
pub use goal::Goal;
use goal::Seeking;
pub(crate) use hand_over::Causes;
pub use hand_over::HandOver;
use listed::Listed;
use reader::Reader;
pub use scan::{Scan, ScanStage};
pub use selection::Selected;
use selection::Selection;
pub use totals::Totals;

/// What this page knows of a whole session by its row: it has watched it, or it is among the newest.
pub(crate) type Known<'a> = dyn Fn(&SessionRow) -> Option<Session> + 'a;

/// What the main half asks of it.
pub(crate) trait FleetMachine {
    /// What is listed.
    fn listing(&self, desk: &Desk) -> Listing;

    /// The rows of a range of what is listed.
    fn listed(&self, range: Range<usize>, desk: &Desk) -> Vec<ListedRow>;

    /// Which row of what is listed shows a session.
    fn row_index(&self, id: &SessionId) -> Option<usize>;

    /// True for a selected session.
    fn is_picked(&self, row: &SessionRow) -> bool;

    /// How far the whole list is read.
    fn scan(&self, desk: &Desk) -> Scan;

    /// Counts of what is listed.
    fn totals(&self) -> Arc<Totals>;

    /// What is selected.
    fn selected(&self) -> Selected;

    /// Another one whenever the selection has changed.
    fn picks(&self) -> u64;

    /// Which sessions are selected.
    fn picked(&self) -> Vec<SessionId>;

    /// The bulk delete.
    fn ends(&self) -> Option<&Ends>;

    /// Why no other one can be asked for now.
    fn end_bar(&self) -> Option<EndBar>;

    /// The row that a person wants to go to.
    fn goal(&self) -> Option<&Goal>;

    /// Two sessions side by side.
    fn comparison(&self) -> Option<&Comparison>;

    /// The session of which all was wanted.
    fn whole(&self) -> Option<&WholeSession>;

    /// The listed rows that are read, as text.
    fn hand_over(&self, form: HandOver, causes: &Causes<'_>) -> String;

    /// Another query.
    fn queried(&mut self, desk: &mut Desk);

    /// Something has happened that is for this half.
    fn hear(&mut self, event: FleetEvent, known: &Known<'_>, desk: &mut Desk);

    /// A person wants to see the rows that wait.
    fn draw_all(&mut self);

    /// What the last page of this tab has left.
    fn carried(&mut self, text: &str);

    /// The page may be about to go.
    fn leave(&mut self, desk: &mut Desk);

    /// When it wants to be asked again.
    fn next_due(&self, desk: &Desk) -> Option<Moment>;

    /// The call that is due.
    fn take_due(&mut self, desk: &mut Desk) -> Option<(Purpose, Call)>;

    /// One of its calls was answered.
    fn answered(&mut self, flight: &Flight, result: Result<Answer, CallError>, desk: &mut Desk);

    /// A read was given up: it is sent again.
    fn resend(&mut self, flight: &Flight, now: Moment);

    /// After each event: what is listed follows the list.
    fn settle(&mut self, desk: &mut Desk);
}

/// The half, for [`crate::Model`] alone.
pub struct FleetHalf(pub(crate) Box<dyn FleetMachine>);

/// Makes the half.
pub type LendFleet = fn() -> FleetHalf;

/// The fleet's half as it is. See [`LendFleet`].
pub fn fleet_machine() -> FleetHalf {
    FleetHalf(Box::new(Fleet::default()))
}

/// The one [`FleetMachine`].
#[derive(Default)]
struct Fleet {
    listed: Listed,
    reader: Reader,
    selection: Selection,
    ending: Option<Ending>,
    goal: Option<Seeking>,
    comparison: Option<Comparison>,
    whole: Option<WholeSession>,
}

impl Fleet {
    /// When a page of the list is wanted.
    fn page_due(&self, desk: &Desk) -> Option<Moment> {
        let wanting = self.is_wanting(desk).then_some(desk.now);
        [self.reader.next_due(desk), self.goal_due(), wanting].into_iter().flatten().min()
    }
}

impl FleetMachine for Fleet {
    fn listing(&self, desk: &Desk) -> Listing {
        self.listed.listing(desk)
    }

    fn listed(&self, range: Range<usize>, desk: &Desk) -> Vec<ListedRow> {
        self.listed.rows(range, desk)
    }

    fn row_index(&self, id: &SessionId) -> Option<usize> {
        self.listed.all().iter().position(|it| it.id == *id)
    }

    fn is_picked(&self, row: &SessionRow) -> bool {
        self.selection.has(row)
    }

    fn scan(&self, desk: &Desk) -> Scan {
        self.reader.scan(desk)
    }

    fn totals(&self) -> Arc<Totals> {
        Arc::clone(&self.listed.totals)
    }

    fn selected(&self) -> Selected {
        self.selection.in_short()
    }

    fn picks(&self) -> u64 {
        self.selection.version()
    }

    fn picked(&self) -> Vec<SessionId> {
        self.selection.rows.values().map(|it| it.id.clone()).collect()
    }

    fn ends(&self) -> Option<&Ends> {
        self.ending.as_ref().map(|it| &it.ends)
    }

    fn end_bar(&self) -> Option<EndBar> {
        self.end_bar()
    }

    fn goal(&self) -> Option<&Goal> {
        self.goal.as_ref().map(|it| &it.goal)
    }

    fn comparison(&self) -> Option<&Comparison> {
        self.comparison.as_ref()
    }

    fn whole(&self) -> Option<&WholeSession> {
        self.whole.as_ref()
    }

    fn hand_over(&self, form: HandOver, causes: &Causes<'_>) -> String {
        hand_over::written(self.listed.all().iter().map(AsRef::as_ref), form, causes)
    }

    fn queried(&mut self, desk: &mut Desk) {
        self.listed.asked_anew();
        self.reader.asked_anew(desk);
        self.goal = None;
    }

    fn hear(&mut self, event: FleetEvent, known: &Known<'_>, desk: &mut Desk) {
        match event {
            FleetEvent::ScanAsked => self.reader.ask(desk),
            FleetEvent::ScanStopped => self.reader.stop(desk),
            FleetEvent::Picked { id, is_picked } => self.pick(&id, is_picked, desk),
            FleetEvent::PickedTo(id) => self.pick_to(id, desk),
            FleetEvent::PickedAll => self.pick_all(desk),
            FleetEvent::PickedNone => self.selection.clear(),
            FleetEvent::EndAsked => self.ask_to_end(desk),
            FleetEvent::EndTicked { id, is_ticked } => self.tick(&id, is_ticked),
            FleetEvent::EndConfirmed => self.end(desk),
            FleetEvent::EndStopped => self.stop_ending(desk),
            FleetEvent::EndResumed => self.go_on_ending(desk),
            FleetEvent::FailedRetried => self.retry_failed(desk),
            FleetEvent::EndDismissed => self.dismiss_ending(desk),
            FleetEvent::GoTo(text) => self.go_to(&text, desk),
            FleetEvent::GoalReached => self.goal = None,
            FleetEvent::Compared(ids) => self.compare(ids, known, desk),
            FleetEvent::WholeWanted(id) => self.want(id, known, desk),
        }
    }

    fn draw_all(&mut self) {
        self.listed.asked_anew();
    }

    fn carried(&mut self, text: &str) {
        self.carried_over(text);
    }

    fn leave(&mut self, desk: &mut Desk) {
        self.leave_ending(desk);
    }

    fn next_due(&self, desk: &Desk) -> Option<Moment> {
        let ending = self.ending.as_ref().and_then(|it| it.next_due(desk));
        let page = self.page_due(desk).filter(|_| !desk.flights.reads_a_page());
        ending.into_iter().chain(page).min()
    }

    fn take_due(&mut self, desk: &mut Desk) -> Option<(Purpose, Call)> {
        if let Some(due) = self.ending.as_mut().and_then(|it| it.take_due(desk)) {
            return Some(due);
        }
        // One page at a time, whatever needs it.
        if desk.flights.reads_a_page() {
            return None;
        }
        let look = |call| (Purpose::Look, call);
        self.take_wanted(desk)
            .map(look)
            .or_else(|| self.take_goal(desk).map(look))
            .or_else(|| self.reader.take_due(desk))
    }

    fn answered(&mut self, flight: &Flight, result: Result<Answer, CallError>, desk: &mut Desk) {
        if self.end_answered(flight, &result, desk) {
            return;
        }
        if let (Purpose::Look, Call::Sessions { from, size }) = (flight.purpose, &flight.call) {
            let page = result.and_then(|it| it.sessions());
            self.wanted_answered(&flight.call, &page, desk);
            if let Ok(page) = &page {
                desk.list.scanned((*from, *size), page, &desk.own, desk.now);
            }
            self.goal_answered(&flight.call, page.as_ref().err(), desk.now);
            if let Some(ending) = &mut self.ending {
                ending.judged(&flight.call, &page, desk);
            }
        } else if let (Purpose::Scan, Call::Sessions { from, size }) = (flight.purpose, &flight.call) {
            self.reader.answered((*from, *size), result.and_then(|it| it.sessions()), desk);
        }
    }

    fn resend(&mut self, flight: &Flight, now: Moment) {
        if flight.purpose == Purpose::Scan {
            self.reader.resend(now);
        }
        self.look_again(flight, now);
        self.goal_answered(&flight.call, None, now);
    }

    fn settle(&mut self, desk: &mut Desk) {
        let needs_all = self.selection.wish.is_some() || self.seeks_in_all();
        self.reader.follow(desk, needs_all);
        let is_read = self.reader.is_done(desk);
        self.listed.follow(desk, needs_all, is_read);
        self.seek(desk);
        self.settle_selection(desk);
        if self.reader.has_ended_early() {
            self.selection.give_up();
            self.give_up_seeking(self.reader.refusal().cloned().as_ref());
        }
        self.settle_ending(desk);
    }
}
