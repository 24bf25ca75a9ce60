//! What the server still has: it keeps the last statements, a hundred unless `livy.rsc.retained-statements` says otherwise, and one that
//! is gone is denied like one that is still to come.

use livy::Session;
use serde_json::Value;

use super::asking::{Ask, Asking};
use super::pace::HISTORY;
use super::{Entry, Statements};
use crate::Moment;

/// How many Livy keeps unless it is set up otherwise (RSCConf.java, 0.9.0).
const USUAL: u64 = 100;
/// Where it is not known how many are kept, the oldest is asked for after each new one up to so many, and then ever more rarely.
const FEW: u64 = 12;
/// It is only asked for again where that is light.
const LIGHT: usize = 100_000;

/// How many the server keeps, as far as it is known.
#[derive(Clone, Debug, Default)]
pub(super) struct Kept {
    /// So many, of this session.
    pub most: Option<u64>,
    /// It was seen to have so many at once.
    seen: u64,
    /// How many there were when the oldest was asked for last.
    asked: u64,
    /// The number that would be the first, where the one before it is gone, and the newest then.
    edge: Option<(u64, u64)>,
    /// How many a server tells that has ids of its own.
    pub told: Option<u64>,
}

impl Kept {
    /// This one was told of, with that one the newest.
    pub fn has(&mut self, number: u64, newest: u64) {
        let count = (newest + 1).saturating_sub(number);
        self.seen = self.seen.max(count);
        if self.edge == Some((number, newest)) {
            self.most = Some(count);
        }
        self.most = self.most.map(|it| it.max(self.seen));
    }

    /// This one is gone, with that one the newest.
    pub fn lacks(&mut self, number: u64, newest: u64) {
        self.edge = Some((number + 1, newest));
        if newest.checked_sub(number) == Some(self.seen) && self.most.is_none() {
            self.most = Some(self.seen);
        }
    }

    /// This one is asked for, with that one the newest.
    pub fn asks(&mut self, number: u64, newest: u64) {
        self.asked = self.asked.max((newest + 1).saturating_sub(number));
    }

    /// True where it is worth asking whether so many are still there.
    fn is_worth(&self, count: u64) -> bool {
        let next = if self.asked < FEW { self.asked + 1 } else { self.asked + self.asked / 2 };
        let next = if self.asked <= USUAL { next.min(USUAL + 1) } else { next };
        // Once one is known to be gone, the first that is not tells it all.
        self.most.is_none() && count > self.seen && (count >= next || self.edge.is_some())
    }
}

impl Asking {
    /// How many the server has.
    pub fn total(&self) -> Option<u64> {
        match self.newest {
            _ if self.is_opaque => self.kept.told,
            _ if !self.is_found() => None,
            None => Some(0),
            Some(newest) => {
                let most = self.kept.most.unwrap_or(USUAL.max(self.kept.seen));
                Some((newest + 1).saturating_sub(self.first_kept()).min(most))
            }
        }
    }

    /// None before this one is there.
    pub fn first_kept(&self) -> u64 {
        let most =
            self.kept.most.zip(self.newest).map_or(0, |(most, newest)| (newest + 1).saturating_sub(most));
        self.first.filter(|_| self.is_first_sure).unwrap_or(0).max(most)
    }
}

impl Statements {
    /// What the session's own request says of it.
    pub(super) fn learn_kept(&mut self, session: &Session) {
        if self.asking.kept.most.is_some() {
            return;
        }
        let conf = session.request().into_iter().find(|it| it.0 == "conf").map(|it| it.1);
        let value = conf.and_then(|it| it.get("livy.rsc.retained-statements"));
        let number = |it: &Value| it.as_u64().or_else(|| it.as_str()?.trim().parse().ok());
        self.asking.kept.most = value.and_then(number).filter(|it| *it > 0);
    }

    /// What has ended and is older than what the server keeps says so. What runs is asked for itself.
    pub(super) fn let_go_of_old(&mut self) {
        if self.asking.kept.most.is_none() || !self.asking.is_found() {
            return;
        }
        let first = self.asking.first_kept();
        let is_old = |it: &&mut Entry| it.number() < Some(first) && it.number().is_some();
        for entry in self.entries.iter_mut().filter(is_old).filter(|it| !it.is_open()) {
            (entry.is_evicted, entry.lingers) = (true, false);
        }
        self.asking.history.retain(|it| *it >= first);
        if self.entries.first().and_then(Entry::number) <= Some(first) {
            (self.asking.first, self.asking.is_first_sure) = (Some(first), true);
        }
    }

    /// Whether the server still has the oldest that it is known to have: asked after new ones have come, where it is not known how
    /// many it keeps.
    pub(super) fn kept_look(&self) -> Option<(Moment, Ask)> {
        let asking = &self.asking;
        let newest = asking.newest.filter(|_| asking.is_found() && asking.history.is_empty())?;
        let oldest = self.entries.iter().find(|it| !it.is_evicted)?;
        let is_light = oldest.weight() < LIGHT && !oldest.has_shed_output && oldest.trouble.is_none();
        let count = (newest + 1).saturating_sub(oldest.number()?);
        let is_due = !oldest.is_open() && is_light && asking.kept.is_worth(count);
        is_due.then(|| (asking.last_asked.unwrap_or_default().after(HISTORY), Ask::One(oldest.id().clone())))
    }
}
