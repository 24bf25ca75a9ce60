//! What other servers than Livy do not have: a 404 that says whom it is about, and a log of its own.
//!
//! Livy says of a session that it has none in a shape of its own ([`CallError::is_gone`]). Any other 404 may be a gateway's that lost
//! its way, so it is judged by what the same address answers otherwise: where the list comes and does not have the session, it is gone.

use std::time::Duration;

use livy::{CallError, LogPage, Phase, Session, SessionPage};

use super::{Shown, Watch, Whereabouts};
use crate::Moment;
use crate::poll::backoff;

/// A 404 that is being judged.
#[derive(Clone, Debug)]
pub(crate) struct Doubt {
    /// As it came.
    pub error: CallError,
    /// True where a delete was answered with it.
    pub is_of_delete: bool,
    /// Where in the list the session may be.
    pub whereabouts: Whereabouts,
}

/// A session that was just made may not be visible at once: Fabric answers 404 for a while.
const NOT_YET: Duration = Duration::from_secs(60);
const NOT_YET_LOOK: Duration = Duration::from_secs(3);
/// So often in a row a session that is ready has none: then it never will.
const ABSENT_WHILE_READY: u32 = 6;
/// So often the log of an ended session is asked for in vain.
const MISSED_ENDS: u8 = 4;
/// Many pages of the list are read for each answer that it does not prove.
const UNDECIDED_LOOK: Duration = Duration::from_secs(300);

impl Watch {
    /// A 404 came that need not be about the session: the list is asked next.
    pub(crate) fn doubts(&mut self, error: CallError, is_of_delete: bool, now: Moment) {
        self.doubt = Some(Doubt { error, is_of_delete, whereabouts: Whereabouts::default() });
        self.poll.due = Some(now);
    }

    /// The 404 that is being judged.
    pub(crate) fn doubt(&self) -> Option<&Doubt> {
        self.doubt.as_ref()
    }

    /// A page of the list came, in answer to a call for so many, that does not have the session: what that proves. Where it may be on
    /// another page, that one is due.
    pub(crate) fn not_on(&mut self, page: &SessionPage, asked: u32, now: Moment) -> Shown {
        let id = self.id().map_or_else(|| self.address.to_string(), ToString::to_string);
        // An entry that cannot be read has no id, as of a session that is still being acquired (Fabric).
        let may_be_unread = !self.was_ready();
        let Some(doubt) = &mut self.doubt else { return Shown::Unknown };
        let shown = doubt.whereabouts.read(page, asked, &id, may_be_unread);
        if shown == Shown::Further {
            self.poll.due = Some(now);
        }
        shown
    }

    /// The 404 is judged: takes it.
    pub(crate) fn settle_doubt(&mut self) -> Option<Doubt> {
        self.doubt.take()
    }

    /// The list does not prove it: it is asked for again, and the list read again, only after a while, or when a person wants that.
    pub(crate) fn is_undecided(&mut self, now: Moment) {
        self.poll.due = Some(now.after(UNDECIDED_LOOK));
    }

    /// True for one that was made from here a moment ago and was never read since.
    pub(crate) fn is_not_yet_visible(&self, now: Moment) -> bool {
        let is_new = self.timeline.len() == 1 && now.since(self.seen_since) < NOT_YET;
        let is_coming = |it: &Session| matches!(it.state.phase(), Phase::Pending | Phase::Unknown);
        !self.asked.is_empty() && is_new && self.session.as_deref().is_some_and(is_coming)
    }

    /// It is asked for again shortly: it may not be visible yet.
    pub(crate) fn wait_to_be_visible(&mut self, now: Moment) {
        self.poll.due = Some(now.after(NOT_YET_LOOK));
    }

    /// The log could not be read: it is tried again ever later, whatever else is known of the session. A person who may not read it
    /// waits for a person; of an ended session whose log may not be read, or is gone, nothing more will come.
    pub(crate) fn log_failed(&mut self, error: CallError, now: Moment, jitter: u8) {
        let (stops, retry_after) = (error.needs_person(), error.retry_after());
        let (forbidden, missing) = (error.status() == Some(403), error.is_missing());
        self.log_error = Some(error);
        self.log_failures = self.log_failures.saturating_add(1);
        self.log_due = (!stops).then(|| now.after(backoff(self.log_failures, jitter, retry_after)));
        if forbidden {
            self.log_ended(now);
        } else if missing {
            self.log_missed(now);
        }
    }

    /// The server has no log for it, or none yet (Lighter has no log before the driver writes one): the lines that stand in the session
    /// itself are all there are. Once it is `certain` that there is no such call, it is not asked for again.
    pub(crate) fn log_absent(&mut self, certain: bool, now: Moment, jitter: u8) {
        self.has_no_log = true;
        self.log_error = None;
        self.log_failures = self.log_failures.saturating_add(1);
        // A driver that is ready has written something.
        let is_silent = self.log_failures >= ABSENT_WHILE_READY && self.was_ready();
        self.has_no_log_call |= certain || self.tells_log_itself() || is_silent;
        if !self.own_lines.is_empty() {
            self.read_own_lines(now);
        }
        self.log_due = (!self.has_no_log_call).then(|| now.after(backoff(self.log_failures, jitter, None)));
        self.log_missed(now);
    }

    /// The server has a log after all, or as always.
    pub(crate) fn log_came(&mut self, page: &LogPage, now: Moment) {
        (self.has_no_log, self.has_no_log_call, self.missed_ends) = (false, false, 0);
        self.log_arrived(page, now);
    }

    /// Synapse and Fabric have no call for a log: what there is stands in the session (`sparkJob.json`, `LivyAPI` swagger).
    fn tells_log_itself(&self) -> bool {
        const THEIRS: [&str; 4] = ["livyInfo", "schedulerInfo", "errorInfo", "fabricSessionStateInfo"];
        self.session.as_deref().is_some_and(|it| THEIRS.iter().any(|key| it.field(key).is_some()))
    }

    /// The log of an ended session did not come. Once is no word that it never will: a gateway may have lost its way, or the server
    /// may write it a moment after the end.
    pub(super) fn log_missed(&mut self, now: Moment) {
        if !self.is_final() || self.ending.is_some() {
            return;
        }
        self.missed_ends = self.missed_ends.saturating_add(1);
        if self.has_no_log_call || self.missed_ends >= MISSED_ENDS {
            self.log_ended(now);
        } else {
            self.causes = std::sync::Arc::new(self.found_causes());
        }
    }

    /// True where the server has shown that it has a log for it: a 404 since then is a gateway's.
    pub(crate) fn has_read_its_log(&self) -> bool {
        self.log_read.is_some() && !self.has_no_log
    }

    /// Lines of the log that stand in the session itself.
    pub(super) fn heard_own_lines(&mut self, session: &Session, now: Moment) {
        let lines = session.log_tail();
        if self.own_lines != lines {
            self.own_lines = lines.into_iter().map(str::to_owned).collect();
            if self.has_no_log {
                self.read_own_lines(now);
            }
        }
    }

    fn read_own_lines(&mut self, now: Moment) {
        let (due, failures) = (self.log_due, self.log_failures);
        self.log_arrived(&LogPage { lines: self.own_lines.clone() }, now);
        (self.log_due, self.log_failures) = (due, failures);
    }

    /// The log of the end will not come: what else is known of it says why.
    pub(super) fn log_ended(&mut self, now: Moment) {
        if self.is_final() {
            self.causes = std::sync::Arc::new(self.found_causes());
            self.last_reads = self.last_reads.min(1);
            self.log_was_read(now);
        }
    }

    /// Livy before 0.4 keeps its lines back from a negative size: it is asked for them from the first one on.
    pub(crate) fn log_withheld(&mut self, now: Moment) {
        self.asks_from_start = true;
        self.log_due = Some(now);
    }
}
