//! Looking at somebody else's session without keeping it alive: any call to a session renews its heartbeat, the list does not.

use livy::{Call, CallError, Reply, Session, SessionId, SessionPage};

use super::{Effect, Model};
use crate::own::Own;
use crate::{Moment, Watch};

impl Model {
    /// The sessions that this browser remembers as its own.
    pub(super) fn owned(&mut self, own: Vec<Own>, now: Moment, effects: &mut Vec<Effect>) {
        self.own = own;
        self.claim(now, effects);
        self.keep_the_listed(now);
    }

    /// Keeps what is this browser's own, and what somebody keeps alive from here. An application that is told only now is
    /// remembered with the rest.
    pub(super) fn claim(&mut self, now: Moment, effects: &mut Vec<Effect>) {
        let Some(watch) = self.watch.as_mut() else { return };
        let Some(session) = watch.session().cloned() else { return };
        if watch.ending().is_some() {
            self.keeping.forget(session.id.address());
            return;
        }
        if let Some(own) = self.own.iter_mut().find(|it| it.is(&session)) {
            watch.keep();
            if own.complete(&session) {
                effects.push(Effect::Own(self.own.clone()));
            }
        }
        if watch.keeps() {
            self.keeping.heard(&session, now);
        }
    }

    /// The session that came of a create is this browser's own, whichever page is open.
    pub(super) fn own_created(&mut self, created: &Session, now: Moment, effects: &mut Vec<Effect>) {
        let Some(own) = Own::of(created).filter(|it| !self.own.contains(it)) else { return };
        self.own.push(own);
        effects.push(Effect::Own(self.own.clone()));
        self.keeping.heard(created, now);
        self.claim(now, effects);
    }

    /// What the list shows of this browser's own is kept alive from here on, its page open or not.
    pub(super) fn keep_the_listed(&mut self, now: Moment) {
        let Self { list, own, keeping, .. } = self;
        list.newest_first()
            .filter(|it| own.iter().any(|own| own.is(it)))
            .for_each(|it| keeping.listed(it, now));
    }

    /// The sessions that end when this tab is closed, unless others look at them too: id and name.
    pub fn kept_alive(&self) -> impl Iterator<Item = (&SessionId, Option<&str>)> {
        self.keeping.all()
    }

    /// A session that is kept alive in the background was asked for.
    pub(super) fn beat_answered(&mut self, call: &Call, reply: Result<Reply, CallError>, now: Moment) {
        let jitter = self.jitter();
        match (call, reply) {
            (_, Ok(Reply::Session(session))) => self.keeping.answered(&session, now),
            (Call::Session(address), Err(error)) => self.keeping.failed(address, &error, now, jitter),
            _ => {}
        }
    }

    /// A watch that begins with what the list already knows, so that not even the first look is a call to the session.
    pub(super) fn seeded(&self, mut watch: Watch, now: Moment) -> Watch {
        let known = |it: &&Session| it.id.address() == watch.address();
        if let Some(session) = self.list.newest_first().find(known).cloned() {
            if self.own.iter().any(|it| it.is(&session)) {
                watch.keep();
            }
            if watch.would_only_look(&session) {
                // As old as the list is, whenever its page is opened.
                watch.arrived(session, self.visible, self.list.answered().unwrap_or(now));
                watch.poll.hurry(now);
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
