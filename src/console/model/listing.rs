//! An answer about the list.

use livy::{CallError, SessionPage};

use super::Model;
use crate::Route;

impl Model {
    pub(super) fn list_answered(&mut self, answer: Result<SessionPage, CallError>) {
        let jitter = self.desk.jitter();
        let is_shown = self.desk.route == Route::Sessions;
        let made = self.create.as_ref().and_then(|it| it.session());
        let made = made.filter(|it| self.desk.list.has(it)).cloned();
        match answer {
            Ok(page) => {
                let desk = &mut self.desk;
                desk.list.arrived(page, &desk.own, is_shown, desk.visible, desk.now);
                // What was said of its creation is not true any more.
                self.forget_creation(|id, desk| made.as_ref() == Some(id) && !desk.list.has(id));
                self.desk.keep_the_listed();
            }
            Err(error) => self.desk.list.poll.failed(error, self.desk.now, jitter),
        }
    }
}
