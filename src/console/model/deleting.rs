//! From a confirmed delete to its end.

use livy::{Address, Call, CallError, SessionId};

use super::{Effect, Model};
use crate::flight::Purpose;
use crate::{Moment, Watch};

impl Model {
    pub(super) fn delete_confirmed(&mut self, id: &SessionId, now: Moment, effects: &mut Vec<Effect>) {
        let can_be = |it: &&mut Watch| it.id() == Some(id) && !it.is_gone() && !it.is_being_deleted();
        let Some(watch) = self.watch.as_mut().filter(can_be) else { return };
        watch.delete_sent(now);
        self.start(Purpose::Delete, Call::Delete(id.address().clone()), now, effects);
    }

    pub(super) fn delete_answered(
        &mut self,
        address: &Address,
        answer: Result<(), CallError>,
        now: Moment,
        effects: &mut Vec<Effect>,
    ) {
        if answer.is_ok() {
            self.keep_alive.forget(address);
            // What was said of its creation is not true any more.
            self.create.take_if(|it| it.session().is_some_and(|id| id.address() == address));
        }
        self.list.stir(now);
        self.list.poll.due = Some(now);
        let current = self.watch.as_mut().filter(|it| it.address() == address);
        let is_current = current.is_some();
        // The person who confirmed it may look at another session by now.
        let Some(watch) = current.or_else(|| self.history.find(address)) else { return };
        match answer {
            Ok(()) if is_current => {
                watch.deleted(now);
                let abandoned = [Purpose::Session, Purpose::Log].map(|it| self.flights.abandon(it));
                effects.extend(abandoned.into_iter().flatten().map(Effect::Abandon));
            }
            Ok(()) => watch.deleted(now),
            Err(error) => watch.delete_failed(error, now),
        }
    }
}
