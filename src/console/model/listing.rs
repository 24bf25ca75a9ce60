//! An answer about the list.

use livy::{CallError, SessionPage};

use super::Model;
use crate::{Create, Moment, Route};

impl Model {
    pub(super) fn list_answered(&mut self, answer: Result<SessionPage, CallError>, now: Moment) {
        let (shown, jitter) = (self.route == Route::Sessions, self.jitter());
        match answer {
            Ok(page) => {
                let made =
                    self.create.as_ref().and_then(Create::session).filter(|it| self.list.has(it)).cloned();
                self.list.arrived(page, &self.own, shown, self.visible, now);
                // What was said of its creation is not true any more.
                if made.is_some_and(|it| !self.list.has(&it)) {
                    self.create = None;
                }
                self.keep_the_listed(now);
            }
            Err(error) => self.list.poll.failed(error, now, jitter),
        }
    }
}
