//! The watch of the page that is open, and what the server answers about it.

use livy::{CallError, Session};

use super::{SessionMachine, Watching};
use crate::desk::Desk;
use crate::{Effect, Moment, Part, Route, SessionRow, Watch};

impl Watching {
    /// The watch of the page that is open.
    pub(super) fn shown(&self, route: &Route) -> Option<&Watch> {
        self.watch.as_ref().filter(|it| it.is_of(route))
    }

    pub(super) fn shown_mut(&mut self, route: &Route) -> Option<&mut Watch> {
        self.watch.as_mut().filter(|it| it.is_of(route))
    }

    /// The watch of a row's session.
    pub(super) fn watch_of(&self, row: &SessionRow) -> Option<&Watch> {
        let is_of = |it: &&Watch| it.session().is_some_and(|it| row.is_of(it));
        self.watch.iter().chain(self.history.iter()).find(is_of)
    }

    /// True while a 404 about the watched session is being judged.
    pub(super) fn is_judging(&self) -> bool {
        self.watch.as_ref().is_some_and(|it| it.doubt().is_some())
    }

    /// Lends the table of causes to the session on the page, or asks for it once where it is not here; other occasions are in
    /// [`crate::Model`].
    pub(super) fn explain(&mut self, desk: &mut Desk) {
        let Some(watch) = &mut self.watch else { return };
        match desk.book {
            Some(book) => watch.lend(book),
            None if watch.wants_book() && !self.has_asked_for_book => {
                self.has_asked_for_book = true;
                desk.perform(Effect::Need(Part::Cause));
            }
            None => {}
        }
    }

    pub(super) fn session_answered(
        &mut self,
        answer: Result<Session, CallError>,
        sent: Moment,
        desk: &mut Desk,
    ) {
        let Some(watch) = self.watch.as_mut().filter(|it| it.ending().is_none()) else { return };
        match answer {
            Ok(session) => {
                let route = Route::of(&session.id);
                let was_shown = watch.is_of(&desk.route);
                self.told(session, sent, desk);
                if was_shown && route != desk.route {
                    desk.route = route.clone();
                    desk.perform(Effect::Replace(route));
                }
            }
            Err(error) => self.not_answered(error, desk),
        }
        self.claim(desk);
    }
}
