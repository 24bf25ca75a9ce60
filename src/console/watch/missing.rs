//! What other servers than Livy do not have: a 404 that says whom it is about, and a log of its own.
//!
//! Livy says of a session that it has none in a shape of its own ([`CallError::is_gone`]). Any other 404 may be a gateway's that lost
//! its way, so it is judged by what the same address answers otherwise: where the list comes and does not have the session, it is gone.

use std::time::Duration;

use livy::{CallError, LogPage, Phase, Session};

use super::Watch;
use crate::Moment;
use crate::poll::backoff;

/// A 404 that is being judged.
#[derive(Clone, Debug)]
pub(crate) struct Doubt {
    /// As it came.
    pub error: CallError,
    /// Where the page of the list begins that is asked next; the first one where none was asked yet.
    pub from: u64,
    /// How many pages were asked.
    pub pages: u8,
}

/// A session that was just made may not be visible at once: Fabric answers 404 for a while.
const NOT_YET: Duration = Duration::from_secs(60);
const NOT_YET_LOOK: Duration = Duration::from_secs(3);

impl Watch {
    /// A 404 came that need not be about the session: the list is asked next.
    pub(crate) fn doubts(&mut self, error: CallError, now: Moment) {
        self.doubt = Some(Doubt { error, from: 0, pages: 0 });
        self.poll.due = Some(now);
    }

    /// The 404 that is being judged.
    pub(crate) fn doubt(&self) -> Option<&Doubt> {
        self.doubt.as_ref()
    }

    /// The session may be on another page of the list.
    pub(crate) fn doubts_on(&mut self, from: u64, now: Moment) {
        if let Some(doubt) = &mut self.doubt {
            doubt.pages += 1;
            doubt.from = from;
            self.poll.due = Some(now);
        }
    }

    /// The 404 is judged: takes it.
    pub(crate) fn settle_doubt(&mut self) -> Option<CallError> {
        self.doubt.take().map(|it| it.error)
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

    /// The server has no log for it, or none yet (Synapse has no such call; Lighter has no log before the driver writes one): the lines
    /// that stand in the session itself are all there are.
    pub(crate) fn log_absent(&mut self, now: Moment, jitter: u8) {
        self.has_no_log = true;
        self.log_error = None;
        self.log_failures = self.log_failures.saturating_add(1);
        if !self.own_lines.is_empty() {
            self.read_own_lines(now);
        }
        self.log_due = Some(now.after(backoff(self.log_failures, jitter, None)));
        self.log_ended(now);
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
