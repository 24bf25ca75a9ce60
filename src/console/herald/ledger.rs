//! What the host was told of sessions.
//!
//! The same session is heard of in several ways: its own page, the list, a heartbeat, a create. Their answers overtake each other,
//! so what was asked for before the last word came is not news.

use livy::{Session, SessionPage};

use crate::watch::is_another;
use crate::{Announcement, Moment, OwnedSession};

/// The last word about each session that the host was told of.
#[derive(Default)]
pub(super) struct Ledger {
    all: Vec<Known>,
}

struct Known {
    session: Session,
    /// When the last word came.
    at: Moment,
    is_gone: bool,
    /// The host was told that it was deleted from here. The list may have told before that it is gone.
    is_deleted: bool,
}

impl Ledger {
    pub(super) fn saw(&mut self, session: &Session, sent: Moment, now: Moment, news: &mut Vec<Announcement>) {
        let fresh = || Known {
            session: session.clone().without_log_tail(),
            at: now,
            is_gone: false,
            is_deleted: false,
        };
        let Some(known) = self.all.iter_mut().find(|it| it.session.id == session.id) else {
            news.push(Announcement::state(session, None, false));
            self.all.push(fresh());
            return;
        };
        if sent < known.at {
            return;
        }
        if is_another(&known.session, session) {
            known.end(now, news);
            *known = fresh();
            news.push(Announcement::state(session, None, false));
            return;
        }
        let before = &known.session.state;
        if known.is_gone || *before != session.state {
            news.push(Announcement::state(session, Some(before.as_str()), false));
            *known = fresh();
        } else if known.session.app_id() != session.app_id() {
            *known = fresh();
        }
        known.at = now;
    }

    /// Told also of a session of which this page has not heard before: the last page of the tab may have.
    pub(super) fn gone(&mut self, session: &Session, now: Moment, news: &mut Vec<Announcement>) {
        match self.all.iter_mut().find(|it| it.session.id == session.id) {
            Some(known) if is_one(&known.session, session) => known.end(now, news),
            // Its id is another's, and the host was told so.
            Some(_) => {}
            None => {
                let session = session.clone().without_log_tail();
                news.push(Announcement::state(&session, None, true));
                self.all.push(Known { session, at: now, is_gone: true, is_deleted: false });
            }
        }
    }

    pub(super) fn gone_by_id(&mut self, id: &str, now: Moment, news: &mut Vec<Announcement>) {
        if let Some(known) = self.all.iter_mut().find(|it| it.session.id.as_str() == id) {
            known.end(now, news);
        }
    }

    /// True where the host was told so.
    pub(super) fn was_deleted(&self, session: &Session) -> bool {
        let is_it = |it: &Known| it.session.id == session.id && is_one(&it.session, session);
        self.all.iter().any(|it| it.is_deleted && is_it(it))
    }

    pub(super) fn is_deleted(&mut self, session: &Session) {
        let is_it = |it: &&mut Known| it.session.id == session.id && is_one(&it.session, session);
        self.all.iter_mut().filter(is_it).for_each(|it| it.is_deleted = true);
    }

    pub(super) fn listed(
        &mut self,
        page: &SessionPage,
        own: &[OwnedSession],
        sent: Moment,
        now: Moment,
        news: &mut Vec<Announcement>,
    ) {
        let is_own = |it: &Session| own.iter().any(|own| own.is(it));
        for known in self.all.iter_mut().filter(|it| it.at <= sent && is_own(&it.session)) {
            let has_it = page.sessions.iter().any(|it| it.id == known.session.id && is_own(it));
            if !has_it && would_have(page, &known.session) {
                known.end(now, news);
            }
        }
        for session in page.sessions.iter().filter(|it| is_own(it)) {
            self.saw(session, sent, now, news);
        }
    }
}

impl Known {
    /// The server does not know it any more.
    fn end(&mut self, now: Moment, news: &mut Vec<Announcement>) {
        if !self.is_gone {
            self.is_gone = true;
            self.at = now;
            let state = self.session.state.as_str();
            news.push(Announcement::state(&self.session, Some(state), true));
        }
    }
}

/// True where nothing says that two words about an id are about two sessions, whichever is the later one.
fn is_one(one: &Session, other: &Session) -> bool {
    let apps = (one.app_id(), other.app_id());
    one.name() == other.name() && !matches!(apps, (Some(one), Some(other)) if one != other)
}

/// True where a page of the list would have the session if there still was one. Ids ascend through the list.
fn would_have(page: &SessionPage, session: &Session) -> bool {
    let number = |it: &Session| it.id.as_str().parse::<u64>().ok();
    let is_whole = page.sessions.len() as u64 >= page.total;
    let first = page.sessions.first().and_then(number);
    is_whole || matches!((first, number(session)), (Some(first), Some(id)) if first < id)
}
