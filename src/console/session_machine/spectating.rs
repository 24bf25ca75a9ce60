//! Viewing someone else's session without keeping it alive: any call to a session renews its heartbeat, the list does not.

use livy::{CallError, Extent, Session, SessionId, SessionPage};

use super::telling::tell_end;
use super::{SessionMachine, Watching};
use crate::desk::Desk;
use crate::{Moment, SessionList, Watch};

impl Watching {
    /// A page of the list, from this place on, was read in place of the session.
    pub(super) fn list_looked_at(
        &mut self,
        answer: Result<SessionPage, CallError>,
        from: u64,
        sent: Moment,
        desk: &mut Desk,
    ) {
        if self.watch.as_ref().is_none_or(|it| it.ending().is_some()) {
            return;
        }
        match answer {
            Ok(page) => self.listed(page, from, sent, desk),
            Err(error) => self.not_told(error, desk),
        }
        self.claim(desk);
    }

    fn listed(&mut self, page: SessionPage, from: u64, sent: Moment, desk: &mut Desk) {
        let Some(watch) = self.watch.as_mut() else { return };
        let Some(id) = watch.id().cloned() else { return };
        let found = page.sessions.iter().find(|it| it.id == id).cloned();
        let elsewhere = elsewhere(&page, &id, from);
        if !watch.looks_at_older() {
            desk.list_arrived(page, false, sent);
        }
        match (found, elsewhere) {
            (Some(session), _) => self.told(session, sent, desk),
            (None, Elsewhere::At(from)) => watch.look_at(from, desk.now),
            (None, Elsewhere::Nowhere) => {
                let message = "The list no longer has it.".to_owned();
                watch.failed(CallError::Refused { status: 404, message, retry_after: None }, desk.now, 0);
                tell_end(watch, desk);
            }
            (None, Elsewhere::Unknown) => watch.unlisted(desk.now),
        }
    }
}

/// A watch that begins with what the list already knows, so that not even the first look is a call to the session.
pub(super) fn seeded(mut watch: Watch, desk: &Desk) -> Watch {
    let known = |it: &&Session| it.id.address() == watch.address();
    if let Some(session) = desk.list.newest_first().find(known).cloned() {
        if desk.own.iter().any(|it| it.is(&session)) {
            watch.keep();
        }
        if watch.would_only_look(&session) {
            // As old as the list is, whenever its page is opened.
            watch.arrived(session, desk.visible, desk.list.answered().unwrap_or(desk.now));
            watch.poll.hurry(desk.now);
        }
    }
    watch
}

/// Where a session is that a page of the list does not have.
#[derive(Debug, PartialEq)]
pub(super) enum Elsewhere {
    /// On the page that begins here.
    At(u64),
    /// The list does not have it at all.
    Nowhere,
    /// Not known: its id is not a number.
    Unknown,
}

/// Ids follow each other through the list, so that its neighbours tell. The next page shares one session with this one: who is
/// missing between two pages is missing. A full page whose total is its own length may be one of many, and an entry that could not
/// be read may be the one.
pub(super) fn elsewhere(page: &SessionPage, id: &SessionId, from: u64) -> Elsewhere {
    let (from, count) = (page.from.unwrap_or(from), page.count());
    let end = from + count;
    let total = match page.extent(from, SessionList::SIZE) {
        Extent::Exactly(total) | Extent::AtMost(total) => Some(total),
        Extent::AtLeast(_) => None,
    };
    let is_last = total.is_some_and(|it| end >= it);
    let absent = if page.unreadable > 0 { Elsewhere::Unknown } else { Elsewhere::Nowhere };
    // As many as the server gives a page, which may be fewer than were asked for.
    let step = count.max(2) - 1;
    let number = |it: &SessionId| it.as_str().parse::<u64>().ok();
    let of = |it: Option<&Session>| number(&it?.id);
    let ids = (number(id), of(page.sessions.first()), of(page.sessions.last()));
    match ids {
        _ if from == 0 && is_last => absent,
        _ if count == 0 && from == 0 => Elsewhere::Unknown,
        // The list became shorter than it was.
        _ if count == 0 => {
            Elsewhere::At(page.total.min(from).saturating_sub(u64::from(SessionList::SIZE) - 1))
        }
        (Some(id), Some(oldest), Some(newest)) => {
            let (is_before, is_after) = match page.is_newest_first {
                true => (id > newest, id < oldest),
                false => (id < oldest, id > newest),
            };
            match (is_before, is_after) {
                (true, _) if from > 0 => Elsewhere::At(from.saturating_sub(step)),
                (_, true) if !is_last => Elsewhere::At(end - 1),
                _ => absent,
            }
        }
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
        // A full page whose total is its own length may be the first of many.
        let lighter: Vec<Value> = (0..100).map(|it| json!(format!("n-{it}"))).collect();
        assert_eq!(place(&lighter, 100, json!("c-d"), 0), Elsewhere::Unknown);
        assert_eq!(place(&lighter[..99], 99, json!("c-d"), 0), Elsewhere::Nowhere);
        // Twenty a page, the newest first, and an entry that could not be read.
        let synapse: Vec<Value> = (200..220).map(|it| json!(it)).collect();
        assert_eq!(place(&synapse, 250, json!(150), 100), Elsewhere::At(81));
        let newest_first: Vec<Value> = (200..300).rev().map(|it| json!(it)).collect();
        assert_eq!(place(&newest_first, 400, json!(150), 0), Elsewhere::At(99));
        assert_eq!(place(&newest_first, 400, json!(301), 150), Elsewhere::At(51));
        assert_eq!(place(&[json!("a-b"), json!(null)], 2, json!("c-d"), 0), Elsewhere::Unknown);
    }
}
