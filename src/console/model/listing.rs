//! An answer about the list.

use livy::{CallError, SessionPage};

use super::Model;
use crate::{Moment, Route};

impl Model {
    /// To a call of that moment.
    pub(super) fn list_answered(&mut self, answer: Result<SessionPage, CallError>, sent: Moment) {
        let jitter = self.desk.jitter();
        let is_shown = self.desk.route == Route::Sessions;
        let made = self.create.as_ref().and_then(|it| it.session());
        let made = made.filter(|it| self.desk.list.has(it)).cloned();
        match answer {
            Ok(page) => {
                self.desk.list_arrived(page, is_shown, sent);
                // What was said of its creation is not true any more.
                self.forget_creation(|id, desk| made.as_ref() == Some(id) && !desk.list.has(id));
                self.desk.keep_the_listed();
            }
            Err(error) => self.desk.list.poll.failed(error, self.desk.now, jitter),
        }
    }
}
