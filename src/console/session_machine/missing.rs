//! A 404 that need not be about the session is judged by the list: see [`crate::watch`]'s `missing`.

use livy::{Answerer, CallError, SessionPage};

use super::Watching;
use crate::desk::Desk;
use crate::watch::Shown;
use crate::{Ending, Moment};

impl Watching {
    /// The call about the watched session failed. A 404 is not believed before the list was asked, unless Livy itself says of this
    /// very session that it is not there.
    pub(super) fn not_answered(&mut self, error: CallError, desk: &mut Desk) {
        let Some(watch) = self.watch.as_mut() else { return };
        if error.denies(watch.address()) || !error.is_missing() {
            return self.not_told(error, desk);
        }
        watch.doubts(error, false, desk.now);
    }

    /// A page of the list was read to judge a 404: so many sessions were asked for.
    pub(super) fn judged(
        &mut self,
        answer: Result<SessionPage, CallError>,
        asked: u32,
        sent: Moment,
        desk: &mut Desk,
    ) {
        // One that has ended can be deleted too.
        let is_there = |it: &&mut crate::Watch| matches!(it.ending(), None | Some(Ending::Over));
        let Some(watch) = self.watch.as_mut().filter(is_there) else { return };
        let has_ended = watch.ending().is_some();
        let page = match answer {
            Ok(page) => page,
            Err(of_list) => {
                // Nothing of Livy's answers there: the session may live.
                let Some(doubt) = watch.settle_doubt() else { return };
                let words = doubt.error.words().unwrap_or_default().to_owned();
                let error = match doubt.error {
                    // A sign-in that has ended explains both.
                    _ if of_list.needs_person() => of_list,
                    error if error.is_gone() => CallError::NoRoute { by: Answerer::Another, words },
                    error => error,
                };
                if doubt.is_of_delete {
                    watch.delete_not_heard(error.clone());
                }
                if !has_ended {
                    self.not_told(error, desk);
                }
                return;
            }
        };
        let is_it = |it: &&livy::Session| {
            Some(&it.id) == watch.id()
                || it.id.address() == watch.address()
                || it.name() == Some(watch.address().as_str())
        };
        if let Some(session) = page.sessions.iter().find(is_it).cloned() {
            let doubt = watch.settle_doubt();
            self.told(session, sent, desk);
            if let (Some(doubt), Some(watch)) = (doubt.filter(|it| it.is_of_delete), self.watch.as_mut()) {
                watch.delete_not_heard(doubt.error.undecided(true));
            }
            return;
        }
        let shown = watch.not_on(&page, asked, desk.now);
        if shown == Shown::Further {
            return;
        }
        let Some(doubt) = watch.settle_doubt() else { return };
        if watch.is_not_yet_visible(desk.now) {
            return watch.wait_to_be_visible(desk.now);
        }
        if shown == Shown::Absent {
            let message = doubt.error.words().unwrap_or_default().to_owned();
            return self.not_told(CallError::Refused { status: 404, message, retry_after: None }, desk);
        }
        let error = doubt.error.undecided(false);
        if doubt.is_of_delete {
            watch.delete_not_heard(error.clone());
        }
        if has_ended {
            return;
        }
        self.not_told(error, desk);
        if let Some(watch) = self.watch.as_mut().filter(|it| it.ending() != Some(Ending::Missing)) {
            watch.is_undecided(desk.now);
        }
    }
}
