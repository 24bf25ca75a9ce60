//! From a confirmed delete to its end.

use livy::{Address, Call, CallError, SessionId};

use super::Watching;
use super::telling::tell_end;
use crate::Watch;
use crate::desk::Desk;
use crate::flight::Purpose;

impl Watching {
    pub(super) fn delete_confirmed(&mut self, id: &SessionId, desk: &mut Desk) {
        let can_be = |it: &&mut Watch| it.id() == Some(id) && !it.is_gone() && !it.is_being_deleted();
        let Some(watch) = self.watch.as_mut().filter(can_be) else { return };
        watch.delete_sent(desk.now);
        desk.start(Purpose::Delete, Call::Delete(id.address().clone()));
    }

    /// It was deleted among others.
    pub(super) fn deleted_elsewhere(&mut self, address: &Address, desk: &mut Desk) {
        let watch = self.watch.as_mut().filter(|it| it.address() == address);
        let Some(watch) = watch.or_else(|| self.history.find(address)).filter(|it| !it.is_gone()) else {
            return;
        };
        watch.deleted(desk.now);
        tell_end(watch, desk);
    }

    pub(super) fn delete_answered(
        &mut self,
        address: &Address,
        answer: Result<(), CallError>,
        desk: &mut Desk,
    ) {
        if answer.is_ok() {
            desk.keep_alive.forget(address);
            desk.deleted = Some(address.clone());
        }
        desk.list.stir(desk.now);
        desk.list.poll.due = Some(desk.now);
        let current = self.watch.as_mut().filter(|it| it.address() == address);
        let is_current = current.is_some();
        // The person who confirmed it may look at another session by now.
        let Some(watch) = current.or_else(|| self.history.find(address)) else { return };
        match answer {
            Ok(()) if is_current => {
                watch.deleted(desk.now);
                desk.abandon(Purpose::Session);
                desk.abandon(Purpose::Log);
            }
            Ok(()) => watch.deleted(desk.now),
            Err(error) => watch.delete_failed(error, desk.now),
        }
        tell_end(watch, desk);
    }
}
