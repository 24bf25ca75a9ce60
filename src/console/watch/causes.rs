//! Why a watched session ended, by its log and by what its page has seen of it.

use std::sync::Arc;
use std::time::Duration;

use form::Field;
use livy::{LogPage, Phase, Reason, Section, Session, SessionState};

use super::{Ending, StateSpan, Watch};
use crate::Moment;
use crate::cause::{Cause, CauseBook, FoundCause, NO_INTERPRETER, Sighting, forgotten, of_facts, settled};

/// After a delete whose answer was lost the session is gone by then, or was not deleted: Livy waits for the driver, and on YARN for
/// its application (`livy.server.yarn.app-lookup-timeout`, LivyConf.scala, 0.9.0).
const DELETE_LIMIT: Duration = Duration::from_secs(120);

/// What a log said so long before the end did not end its session.
const SILENT: Duration = Duration::from_secs(600);

/// Livy gives a driver so long to report, unless the request says otherwise (`livy.rsc.server.connect.timeout`, RSCConf.java,
/// 0.9.0), less what a poll may have missed.
fn start_limit(session: &Session) -> Duration {
    const USUAL: Duration = Duration::from_secs(90);
    let conf = session.request().into_iter().find(|it| it.0 == Field::Conf.name()).map(|it| it.1);
    let set = conf.and_then(|it| it.get("livy.rsc.server.connect.timeout")?.as_str());
    let limit = set.and_then(form::seconds).map_or(USUAL, Duration::from_secs);
    limit.saturating_sub((limit / 10).min(Duration::from_secs(5)))
}

impl Watch {
    /// The table of causes is here: what its log says is told now. A second time changes nothing.
    pub(crate) fn lend(&mut self, book: &'static dyn CauseBook) {
        if self.book.is_none() {
            self.book = Some(book);
            self.explain_anew();
        }
    }

    /// True where the table of causes would tell more.
    pub fn wants_book(&self) -> bool {
        let is_over =
            self.is_final() || self.is_broken() || matches!(self.ending, Some(Ending::Forgotten(_)));
        self.book.is_none() && (self.awaits_book || is_over)
    }

    /// Tells from the start why it ended, or what does not work in it: its log is another one, or the table has come.
    pub(super) fn explain_anew(&mut self) {
        let is_explained = self.is_final() || self.is_broken() && self.ending.is_none();
        self.causes = Arc::new(if is_explained { self.found_causes() } else { Vec::new() });
        self.lacks_interpreter = false;
        match self.ending {
            Some(ending) => self.add_cause_of(ending),
            None if !is_explained => self.tell_of_interpreters(u64::MAX),
            None => {}
        }
    }

    /// Everything that the last lines of its log show.
    fn found_in_log(&self, last: u64) -> (Vec<FoundCause>, bool) {
        let was_ready = self.was_ready();
        self.book.map_or((Vec::new(), was_ready), |it| it.find(&self.log, last, was_ready))
    }

    /// What the server's own reasons show, where it gives any; each cause once.
    fn found_in_reasons(&self) -> Vec<FoundCause> {
        let reasons = self.session.as_ref().map(|it| it.reasons()).unwrap_or_default();
        let found = |book: &dyn CauseBook| {
            let mut all: Vec<FoundCause> = Vec::new();
            for found in reasons.iter().flat_map(|it| book.find_in_text(&it.words)) {
                if all.iter().all(|it| it.cause != found.cause) {
                    all.push(found);
                }
            }
            all
        };
        self.book.map(found).unwrap_or_default()
    }

    /// What the log says of the end, or where it is silent, how long the start had taken.
    pub(super) fn found_causes(&self) -> Vec<FoundCause> {
        let (mut log, was_ready) = self.found_in_log(u64::MAX);
        if was_ready && self.was_silent() {
            // All of it is from long before.
            log.retain(|it| it.evidence.iter().any(|it| it.0 == Section::Diagnostics));
        }
        let told = self.found_in_reasons();
        let is_new = |it: &FoundCause| log.iter().all(|known| known.cause != it.cause);
        let mut found: Vec<FoundCause> = told.into_iter().filter(is_new).chain(log.iter().cloned()).collect();
        if was_ready && self.is_final() {
            // It has lived without that interpreter.
            found.retain(|it| !it.cause.is_of_an_interpreter());
        }
        // A queue that was full for a while has let it in.
        let mut found = settled(found, was_ready);
        if self.has_driver_log() {
            found.retain(|it| it.about.says_why() || !it.about.is_waiting());
        }
        let itself = match self.session.as_ref().map(|it| &it.state) {
            Some(SessionState::Killed) => Some(Cause::ApplicationKilled),
            Some(SessionState::Success) => Some(Cause::Succeeded),
            _ => None,
        };
        // A guess, where the server itself does not say why.
        let is_slow = || {
            let silent = self.session.as_deref().filter(|it| !it.reasons().iter().any(Reason::says_why));
            silent.is_some_and(|it| !was_ready && self.start_took() >= start_limit(it))
        };
        match itself {
            // An end that is its own reason; what the log says of it goes before.
            Some(cause) if found.iter().all(|it| it.cause != cause) => found.push(of_facts(cause)),
            // Only what has read the log knows that it is silent.
            None if found.is_empty() && self.book.is_some() && is_slow() => {
                found.push(of_facts(Cause::ConnectTimeout))
            }
            _ => {}
        }
        self.completed(found)
    }

    /// True where its log had no news for long when it ended, and none of the end: what it says is of another time.
    fn was_silent(&self) -> bool {
        self.is_final() && self.log_grew.is_some_and(|it| self.state_since.since(it) > SILENT)
    }

    /// With what each means for this session.
    fn completed(&self, mut found: Vec<FoundCause>) -> Vec<FoundCause> {
        if let (Some(session), Some(book)) = (&self.session, self.book) {
            found.iter_mut().for_each(|it| book.complete(it, &self.log, session));
        }
        found
    }

    /// True where something says why the session ended. That it is not on the server any more explains no end before that.
    pub fn is_explained(&self) -> bool {
        let says_itself = self.session.as_deref().is_some_and(|it| it.reasons().iter().any(Reason::says_why));
        says_itself || self.causes.iter().any(|it| !self.is_final() || !it.cause.is_of_the_record())
    }

    /// What a living session lacks: an interpreter that did not start. Livy leaves it idle all the same. Looked for only where the
    /// news speak of it.
    pub(super) fn look_for_interpreters(&mut self, page: &LogPage) {
        if !page.lines.iter().any(|it| it.contains(NO_INTERPRETER)) {
            return;
        }
        self.awaits_book = true;
        self.tell_of_interpreters(page.lines.len() as u64);
    }

    /// Tells of interpreters of which the last lines of the log say that they did not start. Costs O(these lines).
    pub(super) fn tell_of_interpreters(&mut self, lines: u64) {
        let (mut found, _) = self.found_in_log(lines);
        found.retain(|it| it.cause.is_of_an_interpreter());
        let found = self.completed(settled(found, false));
        let is_explained = found.iter().any(|it| it.cause != Cause::InterpreterFailed);
        let known = self.causes.iter().filter(|known| {
            found.iter().all(|it| it.cause != known.cause)
                && !(is_explained && known.cause == Cause::InterpreterFailed)
        });
        let all: Vec<FoundCause> = known.cloned().chain(found.iter().cloned()).collect();
        self.lacks_interpreter = !all.is_empty();
        if *self.causes != all {
            self.causes = Arc::new(all);
        }
    }

    /// The server answered about the session again: what was wrong with an earlier state is no longer, unless it `ends`; and a delete that it
    /// has outlived was not carried out.
    pub(super) fn outlived(&mut self, ends: bool, now: Moment) {
        let is_well = !self.is_final() && !self.is_broken();
        let is_other = if self.lacks_interpreter { self.is_broken() } else { is_well };
        if !self.causes.is_empty() && (is_other || ends) {
            self.causes = Arc::default();
            self.lacks_interpreter = false;
        }
        if ends {
            // Some servers have no log to wait for.
            let told = settled(self.found_in_reasons(), self.was_ready());
            self.causes = Arc::new(self.completed(told));
        }
        let is_ending = self.is_ending();
        let was_lost = self.delete_lost.is_some();
        self.delete_lost = self.delete_lost.filter(|it| is_ending || now.since(*it) <= DELETE_LIMIT);
        if was_lost && self.delete_lost.is_none() {
            self.forget_failed_delete();
        }
    }

    /// True where a delete whose answer was lost may have been carried out: the session was not seen alive since, or not for long.
    pub(super) fn may_be_deleted(&self, now: Moment) -> bool {
        let was_seen = |lost: Moment| self.poll.answered.is_some_and(|it| it > lost);
        self.delete_lost.is_some_and(|it| !was_seen(it) || self.is_ending() || now.since(it) <= DELETE_LIMIT)
    }

    /// True where the cluster has given its driver a container: it no longer waited for room.
    fn has_driver_log(&self) -> bool {
        self.session.as_deref().is_some_and(|it| it.links().iter().any(|it| it.label == "driverLogUrl"))
    }

    fn is_ending(&self) -> bool {
        self.session.as_ref().is_some_and(|it| it.state.phase() == Phase::Ending)
    }

    /// True for one that has got beyond its start: it was seen ready, or has executors to tell of (`executorLogUrls`, 0.9.0 on
    /// Kubernetes).
    pub(super) fn was_ready(&self) -> bool {
        let phases = self.timeline.iter().filter_map(|it| Some(it.state.as_ref()?.phase()));
        let app_info = self.session.as_deref().and_then(|it| it.field("appInfo"));
        let executors = app_info.and_then(|it| it.get("executorLogUrls")?.as_str());
        executors.is_some_and(|it| !it.is_empty())
            || phases.into_iter().any(|it| matches!(it, Phase::Ready | Phase::Working))
    }

    /// How long it was on its way, if it never got further.
    fn start_took(&self) -> Duration {
        let phase = |it: &StateSpan| it.state.as_ref().map(SessionState::phase);
        let Some(ended) = self.timeline.iter().find(|it| phase(it).is_some_and(|it| it != Phase::Pending))
        else {
            return Duration::ZERO;
        };
        match self.timeline.first().filter(|it| !self.was_ready() && phase(it) == Some(Phase::Pending)) {
            Some(begun) => ended.from.since(begun.from),
            None => Duration::ZERO,
        }
    }

    /// What the facts say beyond the log.
    pub(super) fn add_cause_of(&mut self, ending: Ending) {
        // Without an interpreter it could have lived on.
        if std::mem::take(&mut self.lacks_interpreter) {
            self.causes = Arc::default();
        }
        let Some(session) = &self.session else { return };
        let cause = match ending {
            Ending::Deleted(_) => Some(Cause::Deleted),
            Ending::Recycled(_) => Some(Cause::ServerRestarted),
            Ending::Forgotten(now) => {
                let seen = Sighting {
                    first: self.seen_since,
                    // What this page sent since has extended it.
                    state_since: self.renewed.map_or(self.state_since, |it| it.max(self.state_since)),
                    last: self.poll.answered.unwrap_or(now),
                    now,
                    was_kept: self.keeps,
                };
                forgotten(session, seen).or((!self.is_final()).then_some(Cause::Forgotten))
            }
            Ending::Over | Ending::Missing => None,
        };
        if let Some(cause) = cause {
            let all = self.causes.iter().cloned().chain([of_facts(cause)]).collect();
            self.causes = Arc::new(self.completed(all));
        }
    }
}
