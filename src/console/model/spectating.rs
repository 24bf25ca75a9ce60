//! Looking at somebody else's session without keeping it alive: any call to a session renews its heartbeat, the list does not.

use livy::{CallError, Session, SessionPage};

use super::{Effect, Model};
use crate::own::Own;
use crate::{Moment, Watch};

impl Model {
    /// The sessions that this browser remembers as its own.
    pub(super) fn owned(&mut self, own: Vec<Own>) {
        self.own = own;
        self.claim();
    }

    /// Keeps what is this browser's own.
    pub(super) fn claim(&mut self) {
        let Some(watch) = self.watch.as_mut() else { return };
        if watch.session().is_some_and(|session| self.own.iter().any(|it| it.is(session))) {
            watch.keep();
        }
    }

    /// The session that came of a create is this browser's own.
    pub(super) fn own_created(&mut self, effects: &mut Vec<Effect>) {
        let created = self.watch.as_ref().and_then(|it| it.session());
        let Some(own) = created.and_then(|it| Own::of(it)).filter(|it| !self.own.contains(it)) else {
            return;
        };
        self.own.push(own);
        effects.push(Effect::Own(self.own.clone()));
        self.claim();
    }

    /// A watch that begins with what the list already knows, so that not even the first look is a call to the session.
    pub(super) fn seeded(&self, mut watch: Watch, now: Moment) -> Watch {
        let known = |it: &&Session| it.id.address() == watch.address();
        if let Some(session) = self.list.newest_first().find(known).cloned() {
            if self.own.iter().any(|it| it.is(&session)) {
                watch.keep();
            }
            if watch.would_only_look(&session) {
                watch.arrived(session, self.visible, now);
            }
        }
        watch
    }

    /// The list was read in place of the session.
    pub(super) fn list_looked_at(&mut self, page: SessionPage, now: Moment) {
        let Some(watch) = self.watch.as_mut() else { return };
        let found = page.sessions.iter().find(|it| Some(&it.id) == watch.id()).cloned();
        let is_whole = page.sessions.len() as u64 >= page.total;
        self.list.arrived(page, false, self.visible, now);
        match found {
            Some(session) => self.told(session, now),
            None if is_whole => {
                let message = "The list no longer has it.".to_owned();
                watch.failed(CallError::Refused { status: 404, message, retry_after: None }, now, 0);
            }
            // Among more than a hundred it may be an older one: the list is asked again, from its new end.
            None => watch.unlisted(now),
        }
    }
}
