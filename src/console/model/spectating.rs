//! Viewing someone else's session without keeping it alive: any call to a session renews its heartbeat, the list does not.

use livy::{Address, CallError, Session, SessionId, SessionPage};

use super::{Effect, Model};
use crate::owned_session::OwnedSession;
use crate::{Moment, Route, SessionList, Watch};

impl Model {
    /// The sessions that this browser remembers as its own.
    pub(super) fn owned(&mut self, own: Vec<OwnedSession>, now: Moment, effects: &mut Vec<Effect>) {
        if self.own != own {
            // Another tab may have just created one.
            self.look_for_own(now);
        }
        self.own = own;
        self.claim(now, effects);
        self.keep_the_listed(now);
        self.list.draw(&self.own);
    }

    /// A session of this browser's own is new: an open list shows it at once.
    fn look_for_own(&mut self, now: Moment) {
        self.list.stir(now);
        if self.route == Route::Sessions {
            self.list.poll.hurry(now);
        }
    }

    /// Keeps what is this browser's own, and what a person keeps alive from here. An application that is known only now is
    /// remembered with the rest.
    pub(super) fn claim(&mut self, now: Moment, effects: &mut Vec<Effect>) {
        let Some(watch) = self.watch.as_mut() else { return };
        let Some(session) = watch.session().cloned() else { return };
        if watch.ending().is_some() {
            self.keep_alive.forget(session.id.address());
            return;
        }
        if let Some(own) = self.own.iter_mut().find(|it| it.is(&session)) {
            watch.keep();
            if let Some(since) = own.since() {
                watch.known_since(since);
            }
            if own.complete(&session) {
                effects.push(Effect::Own(self.own.clone()));
            }
        }
        if watch.keeps() {
            self.keep_alive.heard(&session, now);
        }
    }

    /// The session that came of a create is this browser's own, whichever page is open.
    pub(super) fn own_created(&mut self, created: &Session, now: Moment, effects: &mut Vec<Effect>) {
        let Some(own) = OwnedSession::of(created, now) else { return };
        // An earlier one of the same id and name, before a restart of the server, say.
        self.own.retain(|it| !it.is(created));
        self.own.push(own);
        effects.push(Effect::Own(self.own.clone()));
        self.look_for_own(now);
        self.list.draw(&self.own);
        self.keep_alive.heard(created, now);
        self.claim(now, effects);
    }

    /// What the list shows of this browser's own is kept alive from here on, its page open or not.
    pub(super) fn keep_the_listed(&mut self, now: Moment) {
        let Self { list, own, keep_alive, .. } = self;
        list.newest_first()
            .filter(|it| own.iter().any(|own| own.is(it)))
            .for_each(|it| keep_alive.listed(it, now));
    }

    /// The sessions that end when this tab is closed, unless others look at them too: id and name.
    pub fn kept_alive(&self) -> impl Iterator<Item = (&SessionId, Option<&str>)> {
        self.keep_alive.all()
    }

    /// A session that is kept alive in the background was asked for.
    pub(super) fn beat_answered(
        &mut self,
        address: &Address,
        answer: Result<Session, CallError>,
        now: Moment,
    ) {
        let jitter = self.jitter();
        match answer {
            Ok(session) => self.keep_alive.answered(&session, now),
            Err(error) => self.keep_alive.failed(address, &error, now, jitter),
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

    /// A page of the list, from this place on, was read in place of the session.
    pub(super) fn list_looked_at(
        &mut self,
        answer: Result<SessionPage, CallError>,
        from: u64,
        now: Moment,
        effects: &mut Vec<Effect>,
    ) {
        if self.watch.as_ref().is_none_or(|it| it.ending().is_some()) {
            return;
        }
        match answer {
            Ok(page) => self.listed(page, from, now),
            Err(error) => self.not_told(error, now, effects),
        }
        self.claim(now, effects);
    }

    fn listed(&mut self, page: SessionPage, from: u64, now: Moment) {
        let Some(watch) = self.watch.as_mut() else { return };
        let Some(id) = watch.id().cloned() else { return };
        let found = page.sessions.iter().find(|it| it.id == id).cloned();
        let elsewhere = elsewhere(&page, &id, from);
        if !watch.looks_at_older() {
            self.list.arrived(page, &self.own, false, self.visible, now);
        }
        match (found, elsewhere) {
            (Some(session), _) => self.told(session, now),
            (None, Elsewhere::At(from)) => watch.look_at(from, now),
            (None, Elsewhere::Nowhere) => {
                let message = "The list no longer has it.".to_owned();
                watch.failed(CallError::Refused { status: 404, message, retry_after: None }, now, 0);
            }
            (None, Elsewhere::Unknown) => watch.unlisted(now),
        }
    }
}

/// Where a session is that a page of the list does not have.
#[derive(Debug, PartialEq)]
enum Elsewhere {
    /// On the page that begins here.
    At(u64),
    /// The list does not have it at all.
    Nowhere,
    /// Not known: its id is not a number.
    Unknown,
}

/// Ids ascend through the list, so that its neighbours tell. The next page shares one session with this one: who is missing
/// between two pages is missing.
fn elsewhere(page: &SessionPage, id: &SessionId, from: u64) -> Elsewhere {
    let end = from + page.sessions.len() as u64;
    let is_whole = from == 0 && end >= page.total;
    let number = |it: &SessionId| it.as_str().parse::<u64>().ok();
    let ends =
        (page.sessions.first().map(|it| number(&it.id)), page.sessions.last().map(|it| number(&it.id)));
    let step = u64::from(SessionList::SIZE) - 1;
    match (number(id), ends) {
        _ if is_whole => Elsewhere::Nowhere,
        // The list became shorter than it was.
        (_, (None, _)) => Elsewhere::At(page.total.saturating_sub(step)),
        (Some(id), (Some(Some(first)), _)) if id < first && from > 0 => {
            Elsewhere::At(from.saturating_sub(step))
        }
        (Some(id), (_, Some(Some(last)))) if id > last && end < page.total => Elsewhere::At(end - 1),
        (Some(_), (Some(Some(_)), Some(Some(_)))) => Elsewhere::Nowhere,
        _ => Elsewhere::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn place(ids: &[Value], total: u64, id: Value, from: u64) -> Elsewhere {
        let sessions: Vec<_> = ids.iter().map(|it| json!({"id": it, "state": "idle"})).collect();
        let page = SessionPage::from_json(json!({"total": total, "sessions": sessions})).unwrap();
        elsewhere(&page, &SessionId::from_json(&id).unwrap(), from)
    }

    #[test]
    fn neighbours_tell_where_a_session_is() {
        let ids: Vec<Value> = (200..300).map(|it| json!(it)).collect();
        assert_eq!(place(&ids, 250, json!(150), 150), Elsewhere::At(51));
        assert_eq!(place(&ids, 350, json!(301), 150), Elsewhere::At(249));
        assert_eq!(place(&ids, 250, json!(301), 150), Elsewhere::Nowhere);
        let with_hole: Vec<Value> = ids.iter().filter(|it| **it != json!(250)).cloned().collect();
        assert_eq!(place(&with_hole, 250, json!(250), 150), Elsewhere::Nowhere);
        assert_eq!(place(&[], 120, json!(7), 400), Elsewhere::At(21));
        assert_eq!(place(&[], 0, json!(7), 0), Elsewhere::Nowhere);
        assert_eq!(place(&[json!("a-b")], 1, json!("c-d"), 0), Elsewhere::Nowhere);
        assert_eq!(place(&[json!("a-b")], 300, json!("c-d"), 200), Elsewhere::Unknown);
    }
}
