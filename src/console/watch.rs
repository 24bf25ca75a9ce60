//! One session being watched: its last good state, its log, and how it ended.

mod carry;
mod causes;
mod deletion;
#[cfg(test)]
mod ending;
mod expiring;
mod identity;
mod missing;
#[cfg(test)]
mod pace;
mod record;
mod saved;
mod since;
mod spectator;
mod whereabouts;

use std::sync::Arc;
use std::time::Duration;

use livy::{Address, CallError, LogPage, Phase, Section, Session, SessionId};
use serde_json::{Map, Value};

use crate::cause::{CauseBook, FoundCause};
use crate::expiry::beat;
use crate::keep_alive::LEAST_WAIT;
use crate::poll::{LogPace, Pace, Poll, cadence};
use crate::{Moment, Route, SessionLog};
pub use deletion::Deletion;
pub(crate) use identity::is_another;
use record::LogPlace;
pub use record::Record;
use saved::SavedPlace;
pub use since::{Since, StateSpan};
pub(crate) use whereabouts::{Shown, Whereabouts};

/// Why nothing more will come of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// Its state is final and its last log was read.
    Over,
    /// The server no longer knows it.
    Forgotten(Moment),
    /// The server has forgotten it and given its id to another session.
    Recycled(Moment),
    /// It was deleted from this page.
    Deleted(Moment),
    /// The server did not know it when it was first asked for.
    Missing,
}

/// The session of a page. Its last good values outlive every failure.
#[derive(Clone, Debug)]
pub struct Watch {
    address: Address,
    session: Option<Arc<Session>>,
    /// What this page asked for, where the session was created from here: an old server does not echo it.
    asked: Map<String, Value>,
    seen_since: Moment,
    state_since: Moment,
    /// When this page itself last extended its idle time.
    pub(crate) renewed: Option<Moment>,
    pub(crate) poll: Poll,
    log: SessionLog,
    log_error: Option<CallError>,
    log_failures: u32,
    /// When to read the log next; it follows every good answer about the session.
    pub(crate) log_due: Option<Moment>,
    /// When the log was last read.
    log_read: Option<Moment>,
    /// When it last had news.
    log_grew: Option<Moment>,
    log_pace: LogPace,
    /// How many reads of the log are still to come once the state is final: the last lines arrive late.
    last_reads: u8,
    ending: Option<Ending>,
    deletion: Deletion,
    /// When the answer of a delete was lost that may have been carried out.
    delete_lost: Option<Moment>,
    timeline: Vec<StateSpan>,
    causes: Arc<Vec<FoundCause>>,
    /// The table of causes, once its part of the program is here. Until then only the facts tell.
    book: Option<&'static dyn CauseBook>,
    /// True when the log of a living session speaks of an interpreter that did not start, and the table was not here.
    awaits_book: bool,
    /// True while that is of an interpreter which did not start: the session outlives it.
    lacks_interpreter: bool,
    /// True for a session created in this browser, and for one that a person keeps alive from here.
    keeps: bool,
    /// The last lines of the log from the list, while the session is viewed only.
    tail: Arc<Vec<String>>,
    /// True while it is viewed only, and the list does not show where it is.
    is_unlisted: bool,
    /// Where the page of the list begins that it is read from, when that is not the newest one.
    list_from: Option<u64>,
    /// True from when its page was opened again until the server has answered: its id may be another's by now.
    reopened: bool,
    log_place: LogPlace,
    /// A 404 that need not be about the session, while it is judged.
    doubt: Option<missing::Doubt>,
    /// True where the server has no log for it.
    has_no_log: bool,
    /// True where the server has no call for a log: it is not asked for again.
    has_no_log_call: bool,
    /// How often the log was asked for in vain since the end.
    missed_ends: u8,
    /// The lines of its log that stand in the session itself.
    own_lines: Vec<String>,
    /// True where the log is asked for from its first line on.
    pub(crate) asks_from_start: bool,
    /// True when it has come from the browser's memory.
    is_recalled: bool,
    /// True when the browser's memory has its end.
    is_kept: bool,
    /// True when it has come from the last page of this tab.
    is_carried: bool,
    /// Where the statements are that the browser keeps of it.
    saved: SavedPlace,
}

/// How soon the list is looked at again for a session that it did not have.
const HEARTBEAT_LOOK: Duration = Duration::from_secs(10);
/// Longer without an answer than any cadence asks for: what happened meanwhile was not seen.
const UNSEEN: Duration = Duration::from_secs(150);

/// The log is read once when the end is seen, and once more this much later.
const LATE_LINES: Duration = Duration::from_secs(2);
const LAST_READS: u8 = 2;

impl Watch {
    pub(crate) fn new(address: Address, now: Moment) -> Self {
        Self {
            address,
            session: None,
            asked: Map::new(),
            seen_since: now,
            renewed: None,
            state_since: now,
            poll: Poll::at_once(now),
            log: SessionLog::default(),
            log_error: None,
            log_failures: 0,
            log_due: None,
            log_read: None,
            log_grew: None,
            log_pace: LogPace::default(),
            last_reads: LAST_READS,
            ending: None,
            deletion: Deletion::None,
            delete_lost: None,
            timeline: Vec::new(),
            causes: Arc::default(),
            book: None,
            awaits_book: false,
            lacks_interpreter: false,
            keeps: false,
            tail: Arc::default(),
            is_unlisted: false,
            list_from: None,
            reopened: false,
            log_place: LogPlace::Here,
            doubt: None,
            has_no_log: false,
            has_no_log_call: false,
            missed_ends: 0,
            own_lines: Vec::new(),
            asks_from_start: false,
            is_recalled: false,
            is_kept: false,
            is_carried: false,
            saved: SavedPlace::default(),
        }
    }

    /// Of a session that was created from here: with what was sent for it.
    pub(crate) fn asked_for(mut self, body: &str) -> Self {
        self.asked = serde_json::from_str(body).unwrap_or_default();
        self
    }

    /// The id or name it was asked for by.
    pub fn address(&self) -> &Address {
        &self.address
    }

    /// The last good answer. The same `Arc` as long as nothing has changed.
    pub fn session(&self) -> Option<&Arc<Session>> {
        self.session.as_ref()
    }

    /// When this page first saw it; Livy gives no time of creation.
    pub fn seen_since(&self) -> Moment {
        self.seen_since
    }

    /// Its log as seen so far.
    pub fn log(&self) -> &SessionLog {
        &self.log
    }

    /// Why the log could not be read last time.
    pub fn log_error(&self) -> Option<&CallError> {
        self.log_error.as_ref()
    }

    /// Why it cannot be refreshed, once that is worth a word: at first without any data, or after a second failure.
    pub fn trouble(&self) -> Option<&CallError> {
        self.poll.trouble()
    }

    /// When the last good answer came.
    pub fn answered(&self) -> Option<Moment> {
        self.poll.answered
    }

    /// Why nothing more will come.
    pub fn ending(&self) -> Option<Ending> {
        self.ending
    }

    /// Why it ended, or what does not work in it, the likeliest first; empty while it is well, and where nothing says why.
    pub fn causes(&self) -> &Arc<Vec<FoundCause>> {
        &self.causes
    }

    /// When to read the log next. Not before what is kept of it is here: the answer is to be stitched on.
    pub(crate) fn log_wanted(&self) -> Option<Moment> {
        self.log_due.filter(|_| !self.awaits_log())
    }

    /// True when this is the session of that route.
    pub(crate) fn is_of(&self, route: &Route) -> bool {
        let has_id = |address| self.session.as_ref().is_some_and(|it| it.id.address() == address);
        match route {
            Route::Session(address) => *address == self.address || has_id(address),
            Route::Remembered(address, since) => *since == self.seen_since && has_id(address),
            _ => false,
        }
    }

    pub(crate) fn id(&self) -> Option<&SessionId> {
        self.session.as_ref().map(|it| &it.id)
    }

    /// A good answer about the session. From now on it is addressed by its id.
    pub(crate) fn arrived(&mut self, session: Session, visible: bool, now: Moment) {
        if self.session.as_ref().is_some_and(|it| is_another(it, &session)) {
            self.end(Ending::Recycled(now));
            return;
        }
        let only_looks = self.would_only_look(&session);
        let tail = session.log_tail();
        if only_looks && !tail.is_empty() && *self.tail != tail {
            self.tail = Arc::new(tail.into_iter().map(str::to_owned).collect());
        }
        self.is_unlisted = false;
        self.heard_own_lines(&session, now);
        let session = session.without_log_tail().with_unechoed(&self.asked);
        self.address = session.id.address().clone();
        if let Some(from) = self.poll.answered.filter(|it| now.since(*it) > UNSEEN) {
            self.not_seen(from);
        }
        let before = self.session.as_ref().map(|it| &it.state);
        let (is_news, was_over) =
            (before != Some(&session.state), before.is_some_and(livy::SessionState::is_over));
        let was_unseen = self.timeline.last().is_some_and(|it| it.state.is_none());
        if is_news || was_unseen {
            self.add_spell(Some(session.state.clone()), now);
        }
        if is_news {
            self.state_since = now;
        }
        let phase = session.state.phase();
        let is_over = session.state.is_over();
        if self.session.as_deref() != Some(&session) {
            self.session = Some(Arc::new(session));
        }
        self.outlived(is_over && !was_over, now);
        let mut wait = cadence(Pace::Session(phase, now.since(self.state_since)), visible);
        // What is kept alive from here is asked for three times as often as its heartbeat needs.
        let beat = self.session.as_deref().and_then(beat);
        if let (Some(wait), Some(beat), false) = (wait.as_mut(), beat, only_looks) {
            *wait = (*wait).min((beat / 3).max(LEAST_WAIT));
        }
        self.poll.succeeded(now, wait);
        let reopened = std::mem::take(&mut self.reopened);
        let ends = is_over && !was_over;
        // A log that could not be read waits for its own turn, but for the end.
        let log_waits = self.log_failures > 0 && !reopened && !ends;
        if !only_looks && !log_waits && !self.has_no_log_call && (reopened || ends || !is_over) {
            self.log_due = Some(now);
        }
    }

    /// A person wants to know now, whatever had stopped or waits.
    pub(crate) fn ask(&mut self, now: Moment) {
        if self.ending.is_some() {
            return;
        }
        self.poll.due = Some(now);
        if self.log_failures > 0 {
            self.log_due = Some(now);
        }
    }

    /// What the mark of age is made of: once the state is final, only the log is still to come.
    pub(crate) fn freshness(&self) -> Poll {
        let mut poll = self.poll.clone();
        if self.is_final() && poll.error.is_none() {
            poll.error.clone_from(&self.log_error);
        }
        poll
    }

    /// The call about the session failed.
    pub(crate) fn failed(&mut self, error: CallError, now: Moment, jitter: u8) {
        if !error.is_gone() {
            self.poll.failed(error, now, jitter);
            return;
        }
        let is_deleted = self.is_being_deleted() || self.may_be_deleted(now);
        self.end(match self.session {
            None => Ending::Missing,
            Some(_) if is_deleted => Ending::Deleted(now),
            Some(_) => Ending::Forgotten(now),
        });
    }

    /// A good answer of the log.
    pub(crate) fn log_arrived(&mut self, page: &LogPage, now: Moment) {
        let before = self.log.revision();
        let lines = self.log.absorb(page);
        let read = self.log_read.replace(now);
        if let (Some(read), false) = (read, self.is_final()) {
            let wait = self.log_pace.next(lines.new, now.since(read), lines.window);
            self.log_due = wait.map(|it| now.after(it));
        }
        let is_new = self.log.revision() != before;
        if is_new {
            self.log_grew = Some(now);
        }
        if (self.is_final() || self.is_broken()) && (is_new || self.causes.is_empty()) {
            self.causes = Arc::new(self.found_causes());
            self.lacks_interpreter = false;
        } else if is_new && (self.causes.is_empty() || self.lacks_interpreter) {
            self.look_for_interpreters(page);
        }
        self.log_error = None;
        self.log_failures = 0;
        self.log_was_read(now);
    }

    /// True in Livy's state `error`, of which it may recover.
    fn is_broken(&self) -> bool {
        self.session.as_ref().is_some_and(|it| it.state.phase() == Phase::Degraded)
    }

    fn is_final(&self) -> bool {
        self.session.as_ref().is_some_and(|it| it.state.is_over())
    }

    fn log_was_read(&mut self, now: Moment) {
        if !self.is_final() || self.ending.is_some() {
            return;
        }
        self.last_reads = self.last_reads.saturating_sub(1);
        if self.last_reads == 0 {
            self.end(Ending::Over);
        } else {
            self.log_due = Some(now.after(LATE_LINES));
        }
    }

    /// Somebody reads a section from this line on, or follows its end again.
    pub(crate) fn log_held(&mut self, section: Section, first: Option<u64>) {
        self.log.hold(section, first);
    }

    fn end(&mut self, ending: Ending) {
        self.add_cause_of(ending);
        self.ending = Some(ending);
        self.is_kept = false;
        self.deletion = Deletion::None;
        self.poll.due = None;
        self.poll.error = None;
        self.log_due = None;
    }
}
