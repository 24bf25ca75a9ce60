//! When the watched session will end by itself.

use super::Watch;
use crate::Moment;
use crate::expiry::{Beat, Expiry, Sight, expiries};

impl Watch {
    /// What will end it by itself, as far as this page knows now; nothing once it has ended.
    pub fn expiries(&self, now: Moment) -> Vec<Expiry> {
        let Some(session) = self.session.as_ref().filter(|_| self.ending.is_none()) else {
            return Vec::new();
        };
        let beat = match (self.only_looks(), &self.poll.error) {
            (true, _) => Beat::Theirs,
            (false, None) => Beat::Ours,
            (false, Some(_)) => Beat::Failing,
        };
        let (began, watched) = (self.state_began(), self.since().at());
        expiries(session, Sight { first: self.seen_since, began, watched, beat, renewed: self.renewed }, now)
    }

    /// The rule that may soon end a session of this browser's own, or one that it keeps alive; the first one where there are more.
    pub fn ends_soon(&self, now: Moment) -> Option<Expiry> {
        let rules = self.expiries(now).into_iter().filter(|it| it.is_near && self.keeps);
        rules.min_by_key(|it| it.at)
    }
}
