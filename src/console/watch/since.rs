//! The states that a session was seen in, and since when it is in its present one.

use livy::SessionState;

use super::Watch;
use crate::Moment;

/// A span of a session's life as this page has seen it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StateSpan {
    /// The state; `None` while this page could not look: the tab slept, or the server did not answer.
    pub state: Option<SessionState>,
    /// Since when.
    pub from: Moment,
}

/// Since when a session is in its state, and how that is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Since {
    /// The state was seen to begin then, and watched from then on.
    Began(Moment),
    /// It was in that state when this page first saw it.
    FirstSeen(Moment),
    /// It was in that state when this page could look again.
    SeenAgain(Moment),
}

/// A session that changes its state more often than this has a timeline that begins later.
const MOST_SPELLS: usize = 200;

impl Since {
    /// The moment: a bound unless the state was seen to begin.
    pub fn at(self) -> Moment {
        match self {
            Self::Began(at) | Self::FirstSeen(at) | Self::SeenAgain(at) => at,
        }
    }
}

impl Watch {
    /// The states it was seen in, oldest first.
    pub fn timeline(&self) -> &[StateSpan] {
        &self.timeline
    }

    /// When this page first saw it in its present state.
    pub fn state_since(&self) -> Moment {
        self.state_since
    }

    /// Since when it has been seen in its state without a gap.
    pub fn since(&self) -> Since {
        let Some(last) = self.timeline.iter().rposition(|it| it.state.is_some()) else {
            return Since::FirstSeen(self.state_since);
        };
        let from = self.timeline[last].from;
        match last.checked_sub(1).map(|at| &self.timeline[at].state) {
            None => Since::FirstSeen(from),
            Some(Some(_)) => Since::Began(from),
            Some(None) => Since::SeenAgain(from),
        }
    }

    /// When its state began, where that was seen, whether or not there was a gap since.
    pub(super) fn state_began(&self) -> Option<Moment> {
        let present = &self.session.as_ref()?.state;
        let is_other = |it: &StateSpan| it.state.as_ref().is_some_and(|it| it != present);
        let before = self.timeline.iter().rposition(is_other)?;
        self.timeline.get(before + 1).filter(|it| it.state.is_some()).map(|it| it.from)
    }

    pub(super) fn add_spell(&mut self, state: Option<SessionState>, from: Moment) {
        self.timeline.push(StateSpan { state, from });
        let excess = self.timeline.len().saturating_sub(MOST_SPELLS);
        self.timeline.drain(..excess);
    }

    /// From this moment on this page could not look: the tab or the machine slept, or the server did not answer. The session is
    /// last known to have been in its state when the last answer came.
    pub(crate) fn not_seen(&mut self, from: Moment) {
        let is_seen = self.timeline.last().is_some_and(|it| it.state.is_some());
        if is_seen && self.ending.is_none() && !self.is_final() {
            let from = self.poll.answered.map_or(from, |it| it.min(from));
            self.add_spell(None, from);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use livy::{Address, Session};
    use serde_json::json;

    fn at(secs: u64) -> Moment {
        Moment::from_millis(secs * 1_000)
    }

    #[test]
    fn a_state_that_was_not_seen_to_begin_has_only_a_bound() {
        let mut watch = Watch::new(Address::parse("7").unwrap(), at(0));
        let mut sees = |state: &str, secs: u64, slept: bool| {
            if slept {
                watch.not_seen(at(secs - 1));
            }
            watch.arrived(Session::from_json(json!({"id": 7, "state": state})).unwrap(), true, at(secs));
            (watch.since(), watch.state_began())
        };
        assert_eq!(sees("idle", 5, false), (Since::FirstSeen(at(5)), None));
        assert_eq!(sees("idle", 9, true), (Since::SeenAgain(at(9)), None));
        assert_eq!(sees("busy", 12, false), (Since::Began(at(12)), Some(at(12))));
        assert_eq!(sees("busy", 20, true), (Since::SeenAgain(at(20)), Some(at(12))));
        assert_eq!(sees("idle", 30, true), (Since::SeenAgain(at(30)), None));
    }
}
