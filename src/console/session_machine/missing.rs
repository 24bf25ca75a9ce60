//! A 404 that need not be about the session is judged by the list: see [`crate::watch`]'s `missing`.

use livy::{CallError, SessionPage};

use super::Watching;
use super::spectating::{Elsewhere, elsewhere};
use crate::Moment;
use crate::desk::Desk;

/// A list is not searched further for a session that nobody finds.
const MOST_PAGES: u8 = 5;

impl Watching {
    /// The call about the watched session failed. A 404 that Livy itself did not say is not believed before the list was asked.
    pub(super) fn not_answered(&mut self, error: CallError, desk: &mut Desk) {
        let Some(watch) = self.watch.as_mut() else { return };
        if error.is_gone() || !error.is_missing() {
            return self.not_told(error, desk);
        }
        watch.doubts(error, desk.now);
    }

    /// A page of the list was read to judge a 404.
    pub(super) fn judged(&mut self, answer: Result<SessionPage, CallError>, sent: Moment, desk: &mut Desk) {
        let Some(watch) = self.watch.as_mut().filter(|it| it.ending().is_none()) else { return };
        let Some(doubt) = watch.doubt().cloned() else { return };
        let Ok(page) = answer else {
            // Nothing of Livy's answers there: the session may live.
            let error = watch.settle_doubt().unwrap_or(doubt.error);
            return self.not_told(error, desk);
        };
        let is_it = |it: &&livy::Session| {
            Some(&it.id) == watch.id()
                || it.id.address() == watch.address()
                || it.name() == Some(watch.address().as_str())
        };
        if let Some(session) = page.sessions.iter().find(is_it).cloned() {
            watch.settle_doubt();
            return self.told(session, sent, desk);
        }
        let place = watch.id().map(|id| elsewhere(&page, id, doubt.from));
        if let Some(Elsewhere::At(from)) = place.filter(|_| doubt.pages < MOST_PAGES && !page.is_newest_first)
        {
            return watch.doubts_on(from, desk.now);
        }
        if watch.is_not_yet_visible(desk.now) {
            watch.settle_doubt();
            return watch.wait_to_be_visible(desk.now);
        }
        watch.settle_doubt();
        let message = doubt.error.words().unwrap_or_default().to_owned();
        self.not_told(CallError::Refused { status: 404, message, retry_after: None }, desk);
    }
}
