//! Why the server no longer has a session: which of its rules can have held.

use std::time::Duration;

use form::Field;
use livy::Session;

use super::Cause;
use crate::Moment;
use crate::expiry::{ROUND, USUAL_IDLE, beat, span};

/// How long Livy keeps the record of an ended session (`livy.server.session.state-retain.sec`).
const RETAINED: Duration = Duration::from_secs(600);
/// When a session that the server no longer has was seen.
#[derive(Clone, Copy, Debug)]
pub struct Sighting {
    /// The first time.
    pub first: Moment,
    /// The first time in its last state.
    pub state_since: Moment,
    /// The last time.
    pub last: Moment,
    /// When the server was found not to know it.
    pub now: Moment,
    /// True when this page renewed its heartbeat by asking for it.
    pub was_kept: bool,
}

/// The rule by which the server has probably removed a session. A rule that the session was seen to outlive does not hold on
/// this server, and what this page cannot know, someone else's delete for example, is not guessed.
pub fn forgotten(session: &Session, seen: Sighting) -> Option<Cause> {
    let Sighting { first, state_since, last, now, was_kept } = seen;
    if session.state.is_over() {
        return (now.since(state_since) + ROUND > RETAINED).then_some(Cause::RetentionOver);
    }
    let holds =
        |from: Moment, span: Duration| now.since(from) + ROUND > span && last.since(from) < span + ROUND * 3;
    if beat(session).is_some_and(|it| !was_kept || now.since(last) > it) {
        return Some(Cause::HeartbeatLost);
    }
    if span(session, Field::Ttl).is_some_and(|it| holds(first, it)) {
        return Some(Cause::TimeToLive);
    }
    let idle = span(session, Field::IdleTimeout).unwrap_or(USUAL_IDLE);
    holds(state_since, idle).then_some(Cause::IdleTimeout)
}
