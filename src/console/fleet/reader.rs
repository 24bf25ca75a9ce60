//! Reads the whole list, the newest first, one page after the other.
//!
//! It reads downwards, so that what ends meanwhile only moves what is read already into the next page: nothing is passed over. Which page is
//! next is seen from what is not known yet, so that it goes on wherever it stopped.

use std::time::Duration;

use livy::{Call, CallError, SessionPage};

use super::doubt::Doubt;
use super::{Scan, ScanStage};
use crate::desk::{Desk, taken};
use crate::flight::Purpose;
use crate::list::Slot;
use crate::poll::{Poll, cadence};
use crate::{Moment, Route};

/// As many are asked for at once; a server may give fewer.
const SIZE: usize = 500;

/// Where that takes too long, fewer are, but not fewer than this.
const LEAST: usize = 100;

/// After so many pages that bring nothing new, what seems to be missing is not there.
const STUCK: u8 = 3;

/// Behind another tab the browser lets one timer through a minute.
const BEHIND: Duration = Duration::from_secs(60);

/// What reads the whole list.
#[derive(Debug, Default)]
pub(super) struct Reader {
    /// True where something needs the whole list: a query, a selection, a press.
    is_wanted: bool,
    is_asked: bool,
    is_stopped: bool,
    poll: Poll,
    /// How many sessions the server gives at once, by what came.
    limit: Option<usize>,
    /// Everything below this position is read once more: the whole list was read already, and is wanted anew.
    again: Option<usize>,
    doubt: Doubt,
    /// How many pages in a row brought nothing new.
    stuck: u8,
    /// True where a person waits for what is read: else what has ended is found at the pace of the list itself.
    is_awaited: bool,
}

impl Reader {
    /// How far it is.
    pub(super) fn scan(&self, desk: &Desk) -> Scan {
        let total = desk.list.slots.len();
        let unread = desk.list.slots.unknown().max(self.again.unwrap_or(0).min(total));
        let stage = match &self.poll.error {
            _ if !self.is_wanted => ScanStage::Idle,
            _ if desk.list.page().is_none() => ScanStage::Reading,
            _ if unread == 0 && self.is_done(desk) => ScanStage::Done,
            _ if self.is_stopped => ScanStage::Stopped,
            Some(error) if error.needs_person() => ScanStage::Refused(error.clone()),
            Some(error) => match self.poll.due {
                Some(due) => ScanStage::Waiting(due, error.clone()),
                None => ScanStage::Reading,
            },
            None => ScanStage::Reading,
        };
        Scan { read: total - unread, total, stage }
    }

    /// True once nothing is left to read.
    pub(super) fn is_done(&self, desk: &Desk) -> bool {
        desk.list.page().is_some()
            && self.again.is_none()
            && desk.list.slots.is_whole()
            && self.doubt.of(&desk.list) == 0
    }

    /// The query is another one: what was stopped for the last one is not for this.
    pub(super) fn asked_anew(&mut self, desk: &Desk) {
        if self.is_stopped {
            self.poll.restart(desk.now);
        }
        self.is_stopped = false;
        self.is_asked = false;
        self.again = None;
        self.is_awaited = true;
        self.is_wanted = !desk.list.query.is_plain();
    }

    /// A person wants it read, or read once more.
    pub(super) fn ask(&mut self, desk: &Desk) {
        if self.is_done(desk) {
            self.again = Some(desk.list.slots.len());
        }
        self.is_asked = true;
        self.is_awaited = true;
        self.is_wanted = true;
        self.is_stopped = false;
        self.poll.restart(desk.now);
    }

    /// Something that a person has pressed needs the rest: what was stopped or refused before goes on.
    pub(super) fn resume(&mut self, desk: &Desk) {
        if self.has_ended_early() {
            self.is_stopped = false;
            self.poll.restart(desk.now);
        }
    }

    /// True where nothing more is read without a press: a person has stopped it, or the server refuses this person.
    pub(super) fn has_ended_early(&self) -> bool {
        self.is_stopped || self.refusal().is_some()
    }

    /// Why the server refuses this person.
    pub(super) fn refusal(&self) -> Option<&CallError> {
        self.poll.error.as_ref().filter(|it| it.needs_person())
    }

    pub(super) fn stop(&mut self, desk: &mut Desk) {
        self.is_stopped = true;
        desk.abandon(Purpose::Scan);
        self.poll.pause(desk.now);
    }

    fn runs(&self, desk: &Desk) -> bool {
        self.is_wanted && !self.is_stopped && desk.route == Route::Sessions && desk.list.page().is_some()
    }

    /// Begins where there is something to read.
    pub(super) fn follow(&mut self, desk: &mut Desk, is_wished: bool) {
        self.is_wanted = is_wished || self.is_asked || !desk.list.query.is_plain();
        // Until it is there, a query is waited for.
        self.is_awaited = is_wished || self.is_awaited && !self.is_done(desk);
        if is_wished && desk.visible && self.poll.error.is_none() {
            self.poll.hurry(desk.now);
        }
        if !self.runs(desk) {
            if desk.flights.is_open(Purpose::Scan) {
                desk.abandon(Purpose::Scan);
            }
            return;
        }
        let rests =
            self.poll.due.is_none() && self.poll.error.is_none() && !desk.flights.is_open(Purpose::Scan);
        if rests && !self.is_done(desk) {
            self.poll.due = Some(desk.now);
        }
    }

    pub(super) fn next_due(&self, desk: &Desk) -> Option<Moment> {
        self.poll.due.filter(|_| self.runs(desk))
    }

    pub(super) fn take_due(&mut self, desk: &mut Desk) -> Option<(Purpose, Call)> {
        if !self.runs(desk) || desk.flights.is_open(Purpose::Scan) || !taken(&mut self.poll.due, desk.now) {
            return None;
        }
        let (from, size) = self.next_page(desk)?;
        Some((Purpose::Scan, desk.list.page_call(from, size)))
    }

    /// The page that ends with the newest session that is not read, and has the one behind it, so that nothing is missed between.
    fn next_page(&self, desk: &Desk) -> Option<(usize, usize)> {
        let slots = &desk.list.slots;
        let gap = slots
            .last_gap()
            .map(|at| (at + if slots.all()[at] == Slot::Unknown { 2 } else { 1 }).min(slots.len()));
        let again = self.again.map(|it| it.min(slots.len())).filter(|it| *it > 0);
        let limit = self.limit.unwrap_or(SIZE);
        match (gap, again) {
            (Some(end), _) => {
                // What has ended since below has moved what is here.
                let from = (end - limit.min(end)).saturating_sub(slots.offset());
                Some((from, limit.min(end)))
            }
            (None, Some(end)) => Some((end - limit.min(end), limit.min(end))),
            (None, None) => self.doubt.page(&desk.list, limit.min(LEAST)),
        }
    }

    pub(super) fn answered(
        &mut self,
        (from, asked): (u64, u32),
        answer: Result<SessionPage, CallError>,
        desk: &mut Desk,
    ) {
        let (jitter, size) = (desk.jitter(), asked as usize);
        match answer {
            Ok(page) => {
                let came = page.sessions.len() + page.unreadable;
                let (gap, doubt) = (desk.list.slots.last_gap(), self.doubt.of(&desk.list));
                let before = (gap, desk.list.slots.unknown(), desk.list.slots.len());
                desk.list.scanned((from, asked), &page, &desk.own, desk.now);
                let has_more = page.total > from + came as u64
                    || desk.list.is_total_of_page() && !desk.list.slots.is_whole();
                if came > 0 && came < size && has_more {
                    self.limit = Some(came);
                }
                // What was read already is read once more, from the newest on down.
                if let (None, Some(again)) = (gap, self.again) {
                    let left = again.min(desk.list.slots.len()).checked_sub(came.max(1));
                    self.again = left.filter(|it| *it > 0);
                    if self.again.is_none() {
                        self.doubt.accept(&desk.list);
                    }
                } else if let Some(gap) = gap {
                    let slots = &mut desk.list.slots;
                    let is_news = before != (slots.last_gap(), slots.unknown(), slots.len());
                    self.stuck = if is_news { 0 } else { self.stuck + 1 };
                    if self.stuck > STUCK {
                        slots.give_up(gap);
                    }
                } else if doubt > 0 && self.doubt.learn(&desk.list, doubt, from as usize, came) {
                    self.again = Some(desk.list.slots.len());
                }
                let wait = match desk.list.slots.is_whole() && !self.is_awaited {
                    true => cadence(desk.list.pace(true, desk.now), desk.visible).unwrap_or(BEHIND),
                    false if desk.visible => Duration::ZERO,
                    false => BEHIND,
                };
                self.poll.succeeded(desk.now, Some(wait).filter(|_| !self.is_done(desk)));
            }
            Err(error) => {
                let is_too_much = matches!(error, CallError::TimedOut) || error.status() == Some(413);
                if is_too_much && size > LEAST {
                    self.limit = Some((size / 2).max(LEAST));
                }
                self.poll.failed(error, desk.now, jitter);
            }
        }
    }

    /// Its call was given up.
    pub(super) fn resend(&mut self, now: Moment) {
        self.poll.due = Some(now);
    }
}
