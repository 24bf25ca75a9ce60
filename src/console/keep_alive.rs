//! The sessions whose heartbeats this tab renews while another page of it is open. It knows when to call, never what is shown.

use std::time::Duration;

use livy::{Address, CallError, Session, SessionId};

use crate::Moment;
use crate::expiry::beat;
use crate::poll::backoff;

/// However short a heartbeat is, a session is not asked for more often.
pub(crate) const LEAST_WAIT: Duration = Duration::from_secs(1);

/// Where the server asks for more patience than this, in seconds, it is asked all the same: the sessions end meanwhile.
const MOST_PATIENCE: u32 = 300;

/// All sessions that this tab keeps alive. Any call to a session renews its heartbeat (SessionHeartbeat.scala, 0.9.0); the
/// session itself is asked for, and not its state alone, because its id may be another's after a restart.
#[derive(Clone, Debug, Default)]
pub(crate) struct KeepAlive {
    kept: Vec<Kept>,
}

/// A session that lives as long as it is asked for.
#[derive(Clone, Debug)]
struct Kept {
    id: SessionId,
    name: Option<String>,
    /// `None` while a call is under way, and once only a person can help.
    due: Option<Moment>,
    failures: u32,
}

impl KeepAlive {
    /// Something was heard of a session that this tab keeps: it has just been asked for.
    pub(crate) fn heard(&mut self, session: &Session, now: Moment) {
        self.forget(session.id.address());
        if let Some(beat) = beat(session).filter(|_| !session.state.is_over()) {
            // Three times as often as it needs.
            let due = Some(now.after((beat / 3).max(LEAST_WAIT)));
            let name = session.name().map(str::to_owned);
            self.kept.push(Kept { id: session.id.clone(), name, due, failures: 0 });
        }
    }

    /// A session that is this browser's own was read from the list, which renews nothing: it is asked for at once.
    pub(crate) fn listed(&mut self, session: &Session, now: Moment) {
        if !self.kept.iter().any(|it| it.id == session.id && it.name.as_deref() == session.name()) {
            self.heard(session, now);
            self.hurry(session.id.address(), now);
        }
    }

    /// It is over, or somebody else's by now.
    pub(crate) fn forget(&mut self, address: &Address) {
        self.kept.retain(|it| it.id.address() != address);
    }

    /// The session that is to be asked for now, but not the one that is on the page: it is asked for anyway.
    pub(crate) fn take_due(&mut self, shown: Option<&SessionId>, now: Moment) -> Option<SessionId> {
        let kept = self.kept.iter_mut().filter(|it| Some(&it.id) != shown);
        let kept = kept.filter(|it| it.due.is_some_and(|due| due <= now)).min_by_key(|it| it.due)?;
        kept.due = None;
        Some(kept.id.clone())
    }

    /// When the next one is due.
    pub(crate) fn next_due(&self, shown: Option<&SessionId>) -> Option<Moment> {
        self.kept.iter().filter(|it| Some(&it.id) != shown).filter_map(|it| it.due).min()
    }

    /// The server answered about the session with this id. Another name is another session, for somebody else to keep: false.
    pub(crate) fn answered(&mut self, session: &Session, now: Moment) -> bool {
        let is_ours = |it: &Kept| it.id == session.id && it.name.as_deref() == session.name();
        let is_ours = self.kept.iter().any(is_ours);
        if is_ours {
            self.heard(session, now);
        } else {
            self.forget(session.id.address());
        }
        is_ours
    }

    /// A call failed. What the server does not know is over; where only a person can help, one is waited for.
    pub(crate) fn failed(&mut self, address: &Address, error: &CallError, now: Moment, jitter: u8) {
        if error.is_gone() {
            self.forget(address);
        } else if let Some(kept) = self.of(address) {
            kept.failures = kept.failures.saturating_add(1);
            // Its session ends without it, so that it waits no longer than this.
            let wait = backoff(kept.failures, jitter, error.retry_after().map(|it| it.min(MOST_PATIENCE)));
            kept.due = (!error.needs_person()).then(|| now.after(wait));
        }
    }

    /// Somebody acted: what had stopped is tried again, and what is due later waits no longer.
    pub(crate) fn hurry_all(&mut self, now: Moment) {
        self.kept.iter_mut().for_each(|it| it.due = Some(now));
    }

    /// A call was given up: it is sent again.
    pub(crate) fn hurry(&mut self, address: &Address, now: Moment) {
        if let Some(kept) = self.of(address) {
            kept.due = Some(now);
        }
    }

    fn of(&mut self, address: &Address) -> Option<&mut Kept> {
        self.kept.iter_mut().find(|it| it.id.address() == address)
    }

    /// Which sessions end with the tab, by id and name.
    pub(crate) fn all(&self) -> impl Iterator<Item = (&SessionId, Option<&str>)> {
        self.kept.iter().map(|it| (&it.id, it.name.as_deref()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn session(id: u64, seconds: u64, state: &str) -> Session {
        let told =
            json!({"id": id, "name": format!("s{id}"), "state": state, "heartbeatTimeoutInSecond": seconds});
        Session::from_json(told).unwrap()
    }

    fn at(secs: u64) -> Moment {
        Moment::from_millis(secs * 1_000)
    }

    #[test]
    fn what_is_not_on_the_page_is_asked_for_three_times_a_heartbeat() {
        let mut keep_alive = KeepAlive::default();
        let (one, two) = (session(1, 30, "idle"), session(2, 60, "busy"));
        keep_alive.heard(&one, at(0));
        keep_alive.heard(&two, at(0));
        keep_alive.heard(&session(3, 0, "idle"), at(0));
        assert_eq!(keep_alive.all().count(), 2, "one without a heartbeat needs nobody");
        assert_eq!(
            (keep_alive.next_due(None), keep_alive.next_due(Some(&one.id))),
            (Some(at(10)), Some(at(20)))
        );
        assert_eq!(keep_alive.take_due(Some(&one.id), at(19)), None);
        assert_eq!(keep_alive.take_due(None, at(10)), Some(one.id.clone()));
        assert_eq!(keep_alive.take_due(None, at(10)), None, "it is under way");
        keep_alive.answered(&one, at(11));
        assert_eq!(keep_alive.next_due(None), Some(at(20)));
        keep_alive.answered(&session(1, 30, "dead"), at(21));
        assert_eq!(keep_alive.all().map(|it| it.0).collect::<Vec<_>>(), [&two.id]);
        let another = Session::from_json(
            json!({"id": 2, "name": "other", "state": "idle", "heartbeatTimeoutInSecond": 60}),
        );
        keep_alive.answered(&another.unwrap(), at(22));
        assert_eq!(keep_alive.all().count(), 0, "the id was given anew");
    }

    #[test]
    fn a_failure_asks_again_soon_and_a_person_is_waited_for() {
        let mut keep_alive = KeepAlive::default();
        let one = session(1, 30, "idle");
        keep_alive.listed(&one, at(5));
        assert_eq!(keep_alive.take_due(None, at(5)), Some(one.id.clone()), "the list has renewed nothing");
        let refused =
            |status, retry_after| CallError::Refused { status, message: String::new(), retry_after };
        let address = one.id.address();
        keep_alive.failed(address, &CallError::Unreachable, at(5), 0);
        assert_eq!(keep_alive.next_due(None), Some(at(6)));
        keep_alive.failed(address, &refused(503, Some(20)), at(6), 0);
        assert_eq!(keep_alive.next_due(None), Some(at(26)));
        keep_alive.failed(address, &refused(401, None), at(26), 0);
        keep_alive.listed(&one, at(27));
        assert_eq!(keep_alive.next_due(None), None);
        keep_alive.hurry_all(at(30));
        assert_eq!(keep_alive.next_due(None), Some(at(30)));
        keep_alive.failed(address, &refused(404, None), at(31), 0);
        assert_eq!(keep_alive.all().count(), 0);
    }
}
