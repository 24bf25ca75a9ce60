//! From one page to the next of the same tab: what the last one watched is taken up again, and is left for the next one.

use super::Watching;
use crate::desk::Desk;
use crate::history::History;
use crate::{Effect, Watch};

impl Watching {
    /// What the open page shows is on the history by now, or something better of it: it is taken down. The page may even be
    /// answered already.
    pub(super) fn take_up(&mut self, desk: &mut Desk) {
        if let Some(route) = self.wanted.clone()
            && let Some(kept) = self.history.take_of(&route)
        {
            self.wanted = None;
            self.put_aside(desk);
            self.watch = Some(kept);
            desk.route = route.clone();
            desk.perform(Effect::Replace(route));
            return;
        }
        let Some(watch) = self.watch.as_mut() else { return };
        let Some(mut kept) = known(watch, &mut self.history) else { return };
        if watch.is_carried() && kept.is_seen_with(watch) {
            watch.take_saved_place(kept);
            return;
        }
        if !kept.is_gone() {
            kept.reopen(desk.now);
        }
        *watch = kept;
    }

    /// The page may be gone in a moment: what it watches is left for the next one of this tab.
    pub(super) fn leave(&mut self, desk: &mut Desk) {
        let Some(watch) = &self.watch else { return };
        if self.leaving.has(watch) {
            return;
        }
        if let Some(carried) = watch.to_carry(self.leaving.room, desk.now) {
            self.leaving.left(watch);
            desk.perform(Effect::Carry(Some(carried)));
        }
    }

    /// The tab's storage has no room for what was to be left: less of the log may have.
    pub(super) fn had_no_room(&mut self, desk: &mut Desk) {
        if self.leaving.shrink() {
            self.leave(desk);
        } else {
            // Rather nothing than what is no longer true.
            desk.perform(Effect::Carry(None));
        }
    }
}

/// What is remembered of the session that a page shows.
fn known(watch: &Watch, history: &mut History) -> Option<Watch> {
    match (watch.session(), watch.ending()) {
        (Some(session), _) => history.take_told(session),
        (None, Some(_)) => history.take_any(watch.address()),
        (None, None) => history.take_living(watch.address()),
    }
}
