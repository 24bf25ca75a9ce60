//! A person clears what ended: in the tab at once, and beyond it once the browser has done it.

use super::Watching;
use crate::desk::Desk;
use crate::{Effect, SessionList, Watch};

/// How far the last clearing has come.
#[derive(Default)]
pub(super) enum Clearing {
    /// Nobody wanted it, or its end is old news.
    #[default]
    No,
    /// The browser has been asked.
    Asked,
    /// It is done, and so many are remembered all the same: those that live.
    Done(usize),
}

impl Watching {
    /// Forgets what ended, in the tab and beyond it; the page that is open stays.
    pub(super) fn forget_all(&mut self, desk: &mut Desk) {
        self.history.forget(true);
        let shown = self.watch.as_ref().and_then(|it| it.session());
        self.running.forget_saved(|it| !shown.is_some_and(|session| it.is_of(session)));
        if self.shown(&desk.route).is_none() && self.watch.as_ref().is_some_and(|it| it.ending().is_some()) {
            self.watch = None;
        }
        let Self { watch, history, running, .. } = self;
        running.forget_ended(|of| {
            let mut sessions = watch.iter().chain(history.iter()).filter_map(Watch::session);
            sessions.any(|it| of.is_of(it))
        });
        self.leaving.is_gone();
        desk.perform(Effect::Carry(None));
        self.clearing = Clearing::Asked;
        if self.keeps_at_most.is_some() {
            desk.perform(Effect::ForgetKept);
        } else {
            self.kept_forgotten(&desk.list);
        }
    }

    /// Nothing is kept beyond the tab any more.
    pub(super) fn kept_forgotten(&mut self, list: &SessionList) {
        if matches!(self.clearing, Clearing::Asked) {
            self.clearing = Clearing::Done(self.missing_from(list).len());
        }
    }

    /// "Cleared" is true until something is remembered again.
    pub(super) fn doubt_clearing(&mut self, list: &SessionList) {
        if let Clearing::Done(left) = self.clearing
            && self.missing_from(list).len() > left
        {
            self.clearing = Clearing::No;
        }
    }
}
