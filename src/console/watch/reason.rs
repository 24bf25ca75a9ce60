//! Why a watched session ended, by its log and by what its page has seen of it.

use std::sync::Arc;
use std::time::Duration;

use form::Field;
use livy::{LogPage, Phase, Session, SessionState};

use super::{Ending, Spell, Watch};
use crate::Moment;
use crate::cause::{Cause, Found, NO_INTERPRETER, Sighting, causes, forgotten};

/// A delete takes no longer: Livy waits for the driver, and on YARN for its application (`livy.server.yarn.app-lookup-timeout`,
/// LivyConf.scala, 0.9.0).
const DELETE_LIMIT: Duration = Duration::from_secs(120);

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
    /// What the log says of the end, or where it is silent, how long the start had taken.
    pub(super) fn reasons(&self) -> Vec<Found> {
        let mut found = causes(&self.log);
        if self.was_ready() {
            // A queue that was full for a while has let it in.
            found.retain(|it| !it.cause.is_of_the_start());
        }
        if found.is_empty() && self.session.as_deref().is_some_and(|it| self.start_took() >= start_limit(it))
        {
            found.push(Found { cause: Cause::ConnectTimeout, evidence: Vec::new() });
        }
        found
    }

    /// What a living session lacks: an interpreter that did not start. Livy leaves it idle all the same. Looked for only where the
    /// news speak of it, since it costs a walk through the log.
    pub(super) fn look_for_interpreters(&mut self, page: &LogPage) {
        if !page.lines.iter().any(|it| it.contains(NO_INTERPRETER)) {
            return;
        }
        let mut found = causes(&self.log);
        found.retain(|it| it.cause.is_of_an_interpreter());
        self.lacks_interpreter = !found.is_empty();
        self.why = Arc::new(found);
    }

    /// The session was told of again: what was wrong with an earlier state is no longer, unless it `ends`; and a delete that it
    /// has outlived was not carried out.
    pub(super) fn outlived(&mut self, ends: bool, now: Moment) {
        let is_well = !self.is_final() && !self.is_broken();
        if !self.why.is_empty() && (is_well && !self.lacks_interpreter || ends) {
            self.why = Arc::default();
            self.lacks_interpreter = false;
        }
        let is_ending = self.session.as_ref().is_some_and(|it| it.state.phase() == Phase::Ending);
        self.delete_lost = self.delete_lost.filter(|it| is_ending || now.since(*it) <= DELETE_LIMIT);
    }

    /// True for one that has got beyond its start.
    fn was_ready(&self) -> bool {
        let phases = self.timeline.iter().filter_map(|it| Some(it.state.as_ref()?.phase()));
        phases.into_iter().any(|it| matches!(it, Phase::Ready | Phase::Working))
    }

    /// How long it was on its way, if it never got further.
    fn start_took(&self) -> Duration {
        let phase = |it: &Spell| it.state.as_ref().map(SessionState::phase);
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
    pub(super) fn judge(&mut self, ending: Ending) {
        let Some(session) = &self.session else { return };
        let cause = match ending {
            Ending::Deleted(_) => Some(Cause::Deleted),
            Ending::Recycled(_) => Some(Cause::ServerRestarted),
            Ending::Forgotten(now) => forgotten(
                session,
                Sighting {
                    first: self.seen_since,
                    state_since: self.state_since,
                    last: self.poll.answered.unwrap_or(now),
                    now,
                    was_kept: self.keeps,
                },
            ),
            Ending::Over | Ending::Missing => None,
        };
        if let Some(cause) = cause {
            let found = Found { cause, evidence: Vec::new() };
            // Without an interpreter it could have lived on.
            if std::mem::take(&mut self.lacks_interpreter) {
                self.why = Arc::default();
            }
            self.why = Arc::new(self.why.iter().cloned().chain([found]).collect());
        }
    }
}
