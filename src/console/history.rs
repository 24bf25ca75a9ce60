//! Sessions that were looked at and left: each with its log, so that coming back loses nothing, even after the server has
//! forgotten it. Bounded in number and bytes; the oldest go first. Start with [`History::put`].

use livy::{Address, Session, SessionId, SessionState};

use crate::{Moment, Route, SessionList, Watch};

/// More sessions are not remembered.
const MOST: usize = 50;

/// More bytes of logs are not remembered. A single log that is larger is kept all the same: somebody has just looked at it.
const MOST_BYTES: usize = 32 << 20;

/// What was put aside, the latest last. Invariant: the watch of the open page is not among them.
#[derive(Clone, Debug, Default)]
pub(crate) struct History {
    watches: Vec<Watch>,
}

/// A session that this page remembers and the server's list does not have.
#[derive(Clone, Debug, PartialEq)]
pub struct RememberedSession {
    /// Its id; the server may have given it to another since.
    pub id: SessionId,
    /// Its name.
    pub name: Option<String>,
    /// The last state it was seen in.
    pub state: SessionState,
    /// True when the server is known to have forgotten it.
    pub is_gone: bool,
    /// When this page first saw it. Together with the id it identifies the session.
    pub since: Moment,
    /// When the server last reported it.
    pub seen: Moment,
    /// Where it is shown.
    pub route: Route,
}

impl RememberedSession {
    fn of(watch: &Watch) -> Option<Self> {
        let session = watch.session()?;
        let route = match watch.is_gone() {
            true => Route::Remembered(session.id.address().clone(), watch.seen_since()),
            // The server may still know it: its own page asks.
            false => Route::of(&session.id),
        };
        Some(Self {
            id: session.id.clone(),
            name: session.name().map(str::to_owned),
            state: session.state.clone(),
            is_gone: watch.is_gone(),
            since: watch.seen_since(),
            seen: watch.answered().unwrap_or(watch.seen_since()),
            route,
        })
    }

    /// True for what is neither listed nor about to be: a list that is older than the last word about a session says nothing.
    pub(crate) fn is_missing_from(&self, list: &SessionList, watch: &Watch) -> bool {
        self.is_gone || list.answered() > watch.answered() && !list.newest_first().any(|it| watch.may_be(it))
    }
}

impl History {
    /// Remembers a session that is left. One that was never read is left out.
    pub(crate) fn put(&mut self, watch: Watch) {
        if watch.session().is_none() {
            return;
        }
        self.watches.push(watch);
        let mut bytes: usize = self.watches.iter().map(|it| it.log().bytes()).sum();
        while self.watches.len() > 1 && (self.watches.len() > MOST || bytes > MOST_BYTES) {
            bytes -= self.watches.remove(0).log().bytes();
        }
    }

    /// Remembers what the browser has kept, the oldest first. Of a session that was seen in two tabs at once the longer log stays.
    pub(crate) fn recall(&mut self, kept: Vec<Watch>) {
        let mut all: Vec<Watch> = Vec::new();
        for watch in kept.into_iter().chain(std::mem::take(&mut self.watches)) {
            match all.iter_mut().find(|it| it.is_seen_with(&watch)) {
                Some(same) if same.log_bytes() > watch.log_bytes() => {}
                Some(same) => *same = watch,
                None => all.push(watch),
            }
        }
        let excess = all.len().saturating_sub(MOST);
        self.watches = all.split_off(excess);
    }

    /// Forgets all, or only those whose logs were in the browser's memory and are there no more.
    pub(crate) fn forget(&mut self, all: bool) {
        self.watches.retain(|it| !all && !it.awaits_log());
    }

    /// Each of them, the oldest first.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Watch> {
        self.watches.iter()
    }

    /// Each of them.
    pub(crate) fn iter_mut(&mut self) -> impl Iterator<Item = &mut Watch> {
        self.watches.iter_mut()
    }

    fn take(&mut self, wanted: impl Fn(&Watch) -> bool) -> Option<Watch> {
        let at = self.watches.iter().rposition(wanted)?;
        Some(self.watches.remove(at))
    }

    /// Takes down the latest with this id that the server may still know.
    pub(crate) fn take_living(&mut self, address: &Address) -> Option<Watch> {
        self.take(|it| !it.is_gone() && it.id().is_some_and(|id| id.address() == address))
    }

    /// Takes down this very session, which the server has just reported.
    pub(crate) fn take_told(&mut self, session: &Session) -> Option<Watch> {
        self.take(|it| it.may_be(session))
    }

    /// Takes down the latest with this id or name.
    pub(crate) fn take_any(&mut self, address: &Address) -> Option<Watch> {
        self.take(|it| {
            let name = it.session().and_then(|it| it.name());
            it.id().is_some_and(|id| id.address() == address) || name == Some(address.as_str())
        })
    }

    /// Takes down the one with this id that was first seen at this moment.
    pub(crate) fn take_of(&mut self, route: &Route) -> Option<Watch> {
        self.take(|it| it.is_of(route))
    }

    /// One that is still being deleted, say.
    pub(crate) fn find(&mut self, address: &Address) -> Option<&mut Watch> {
        self.watches.iter_mut().rev().find(|it| it.address() == address)
    }

    /// The latest first.
    pub(crate) fn latest_first(&self) -> impl Iterator<Item = (&Watch, RememberedSession)> {
        self.watches.iter().rev().filter_map(|it| Some((it, RememberedSession::of(it)?)))
    }
}

/// What is shown of a watch that is on no history.
pub(crate) fn of(watch: &Watch) -> Option<RememberedSession> {
    RememberedSession::of(watch)
}
