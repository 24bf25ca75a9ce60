//! What the server lets go of says so.

use std::time::Duration;

use livy::{Session, StatementId};

use super::asking::Ask;
use super::pace::HISTORY;
use super::{Entry, Statements};
use crate::Moment;
use crate::conf::conf_number;

/// It is only asked for again where that is light.
const LIGHT: usize = 100_000;

/// So long nobody looked that very many can have come.
const LONG: Duration = Duration::from_secs(60);

fn is_light(entry: &Entry) -> bool {
    let is_here = !entry.has_shed_output && entry.statement.unread.is_none() && entry.trouble.is_none();
    is_here && entry.weight() < LIGHT
}

impl Statements {
    /// What the session's own request says of it.
    pub(super) fn learn_kept(&mut self, session: &Session) {
        if self.asking.kept.most.is_some() {
            return;
        }
        self.asking.kept.most = conf_number(session, "livy.rsc.retained-statements").filter(|it| *it > 0);
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

    /// Nobody has looked for a while, and so many may have come that the next number is gone, too: it would be denied as if none had
    /// come. The newest that is known tells.
    pub(super) fn doubt_newest(&mut self, now: Moment) {
        let asking = &self.asking;
        let is_long = asking.last_asked.is_some_and(|it| now.since(it) >= LONG);
        let newest = asking.newest.and_then(StatementId::numbered).filter(|_| is_long && !asking.is_opaque);
        let Some(entry) = newest.and_then(|it| self.entry(&it)) else { return };
        if !entry.is_open() && !entry.is_evicted && is_light(entry) {
            let id = entry.id().clone();
            self.asking.gaps.push(id);
        }
    }

    /// Whether the server still has the oldest that it is known to have: asked after new ones have come, where it is not known how
    /// many it keeps.
    pub(super) fn kept_look(&self) -> Option<(Moment, Ask)> {
        let asking = &self.asking;
        let newest = asking.newest.filter(|_| asking.is_found() && asking.history.is_empty())?;
        let oldest = self.entries.iter().find(|it| !it.is_evicted)?;
        let count = (newest + 1).saturating_sub(oldest.number()?);
        let is_due = !oldest.is_open() && is_light(oldest) && asking.kept.is_worth(count);
        is_due.then(|| (asking.last_asked.unwrap_or_default().after(HISTORY), Ask::One(oldest.id().clone())))
    }
}
