//! Coming back to a session that was left: whether the server still means the same one by its id.

use std::sync::Arc;

use livy::{Phase, Session, SessionState};
use serde_json::Value;

use super::{Ending, StateSpan, Watch};
use crate::Moment;

/// True when the same id means another session: Livy without recovery begins at 0 again when it restarts. Name and owner
/// are given once, at the create; an application comes later than the rest and is never taken back. And no session comes back to life,
/// or starts again once it was ready (IS 670-674, 0.9.0); a recovered one is `recovering`.
///
/// A server that gives each id once has nothing to be mistaken for, and what an answer leaves out altogether, as Fabric's do while a
/// session is acquired, says nothing.
pub(crate) fn is_another(known: &Session, told: &Session) -> bool {
    let both_tell = |key: &str| known.field(key).is_some() && told.field(key).is_some();
    let differs = |key: &str| {
        let text = |it: &'_ Session| it.field(key).and_then(Value::as_str).map(str::to_owned);
        both_tell(key) && text(known) != text(told)
    };
    let another_app = known.app_id().is_some() && differs("appId");
    let is_alive = |it: &SessionState| !it.is_over() && !matches!(it, SessionState::Unknown(_));
    let was_ready = matches!(known.state.phase(), Phase::Ready | Phase::Working);
    let begins = matches!(told.state.as_str(), "not_started" | "starting");
    known.id == told.id
        && !known.has_lasting_id()
        && (differs("name")
            || differs("owner")
            || another_app
            || known.state.is_over() && is_alive(&told.state)
            || was_ready && begins)
}

impl Watch {
    /// True when the server has said that it knows the session no more.
    pub fn is_gone(&self) -> bool {
        matches!(
            self.ending,
            Some(Ending::Forgotten(_) | Ending::Recycled(_) | Ending::Deleted(_) | Ending::Missing)
        )
    }

    /// This browser has known it since then, on a page that is gone: what came between was not seen.
    pub(crate) fn known_since(&mut self, since: Moment) {
        if since >= self.seen_since {
            return;
        }
        self.seen_since = since;
        if self.timeline.first().is_some_and(|it| it.state.is_some()) {
            self.timeline.insert(0, StateSpan { state: None, from: since });
        }
    }

    /// True when nothing tells the two apart.
    pub(super) fn could_be(&self, told: &Session) -> bool {
        self.session.as_ref().is_some_and(|it| it.id == told.id && !is_another(it, told))
    }

    /// True when the server, telling of this session, may mean the watched one. Of one that it had forgotten only the same
    /// application proves it: names and ids are used again.
    pub(crate) fn may_be(&self, told: &Session) -> bool {
        let Some(known) = &self.session else { return false };
        let is_proven = known.app_id().is_some() && known.app_id() == told.app_id();
        self.could_be(told) && (is_proven || !self.is_gone())
    }

    /// Its page is opened once more: the server is asked, and what it says is not taken for the same session unseen.
    pub(crate) fn reopen(&mut self, now: Moment) {
        if self.is_gone() {
            self.causes = Arc::new(if self.is_final() { self.found_causes() } else { Vec::new() });
        }
        self.ending = None;
        self.forget_failed_delete();
        self.reopened = true;
        self.log_due = None;
        self.poll.due = Some(now);
    }

    /// True when its page was opened again and this answer means another session. To be asked before [`Watch::arrived`].
    pub(crate) fn was_replaced_by(&self, told: &Session) -> bool {
        self.reopened && self.session.as_ref().is_some_and(|it| is_another(it, told))
    }

    /// The server gave its id to another session while this page did not look.
    pub(crate) fn recycled(&mut self, now: Moment) {
        self.end(Ending::Recycled(now));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn session(state: &str, name: Value, app: Value, owner: Value) -> Session {
        Session::from_json(json!({"id": 0, "state": state, "name": name, "appId": app, "owner": owner}))
            .unwrap()
    }

    #[test]
    fn what_was_created_here_before_a_reload_has_been_known_since() {
        let at = |secs: u64| Moment::from_millis(secs * 1_000);
        let mut watch = Watch::new(livy::Address::parse("0").unwrap(), at(100));
        watch.arrived(session("idle", json!("etl"), Value::Null, Value::Null), true, at(100));
        for since in [at(200), at(10), at(10), at(50)] {
            watch.known_since(since);
        }
        assert_eq!((watch.seen_since(), watch.state_since()), (at(10), at(100)));
        let spells = watch.timeline().iter().map(|it| (it.state.as_ref().map(SessionState::as_str), it.from));
        assert_eq!(spells.collect::<Vec<_>>(), [(None, at(10)), (Some("idle"), at(100))]);
    }

    #[test]
    fn an_id_alone_is_nobody() {
        let etl = |state: &str, app: Value| session(state, json!("etl"), app, Value::Null);
        let rows = [
            (etl("starting", Value::Null), etl("idle", json!("application_1")), false),
            (etl("idle", json!("application_1")), etl("busy", json!("application_1")), false),
            (etl("idle", Value::Null), etl("recovering", Value::Null), false),
            (etl("error", Value::Null), etl("idle", Value::Null), false),
            // One without a name, after a restart.
            (etl("idle", Value::Null), session("idle", Value::Null, Value::Null, Value::Null), true),
            (session("idle", Value::Null, Value::Null, Value::Null), etl("idle", Value::Null), true),
            (etl("idle", json!("application_1")), etl("idle", Value::Null), true),
            (etl("idle", Value::Null), session("idle", json!("etl"), Value::Null, json!("alice")), true),
            (etl("busy", Value::Null), etl("starting", Value::Null), true),
            (etl("dead", Value::Null), etl("idle", Value::Null), true),
        ];
        for (known, told, expected) in rows {
            assert_eq!(is_another(&known, &told), expected, "{known:?} {told:?}");
        }
    }
}
