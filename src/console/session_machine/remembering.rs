//! Leaving a session and coming back to it, also after the server has forgotten it or given its id to another.

use livy::{Address, CallError, Session};

use super::Watching;
use super::spectating::seeded;
use super::telling::{tell_answer, tell_end};
use crate::desk::Desk;
use crate::flight::Purpose;
use crate::history::{self, RememberedSession};
use crate::{Effect, Ending, Moment, Route, SessionList, Watch};

impl Watching {
    /// What this page remembers of sessions that the list does not have, the latest first.
    pub(super) fn missing_from(&self, list: &SessionList) -> Vec<RememberedSession> {
        let current = self.watch.iter().filter_map(|it| Some((it, history::of(it)?)));
        let all = current.chain(self.history.latest_first());
        all.filter(|(watch, it)| it.is_missing_from(list, watch)).map(|(_, it)| it).collect()
    }

    /// A page was opened: the watch of its session, if it is one. The route becomes another one where what was to be remembered
    /// is not.
    pub(super) fn open_watch(&mut self, before: &Route, desk: &mut Desk) {
        let route = desk.route.clone();
        let again = route != *before;
        match &route {
            Route::Session(address) => {
                let held = self.watch.as_mut().filter(|it| it.is_of(&route) && !(again && it.is_gone()));
                match held {
                    Some(watch) if again => watch.reopen(desk.now),
                    Some(_) => {}
                    None => self.watch_anew(&address.clone(), desk),
                }
            }
            Route::Remembered(address, _) if !self.watch.as_ref().is_some_and(|it| it.is_of(&route)) => {
                let Some(kept) = self.history.take_of(&route) else {
                    // It may be among those that the browser has kept, which are still being read.
                    self.wanted = Some(route.clone());
                    desk.route = Route::Session(address.clone());
                    desk.perform(Effect::Replace(desk.route.clone()));
                    self.open_watch(before, desk);
                    return;
                };
                self.put_aside(desk);
                self.watch = Some(kept);
            }
            _ => {}
        }
    }

    /// Asks the server for a session, beginning with what is known of it.
    pub(super) fn watch_anew(&mut self, address: &Address, desk: &mut Desk) {
        self.put_aside(desk);
        self.watch = Some(match self.history.take_living(address) {
            Some(mut kept) => {
                kept.reopen(desk.now);
                kept
            }
            None => seeded(Watch::new(address.clone(), desk.now), desk),
        });
    }

    /// The watch that there is gives way to another; what is still to be answered about it does not matter any more.
    pub(super) fn put_aside(&mut self, desk: &mut Desk) {
        desk.abandon(Purpose::Session);
        desk.abandon(Purpose::Log);
        if let Some(watch) = self.watch.take() {
            self.history.put(watch);
        }
    }

    /// Shows the session that has the id now in place of one that is gone.
    pub(super) fn look_anew(&mut self, desk: &mut Desk) {
        let Some(address) = self.shown(&desk.route).map(|it| it.address().clone()) else { return };
        let route = Route::Session(address.clone());
        if route == desk.route {
            self.watch_anew(&address, desk);
        } else {
            desk.perform(Effect::Go(route));
        }
    }

    /// A good answer about the watched session, to a call of that moment.
    pub(super) fn told(&mut self, session: Session, sent: Moment, desk: &mut Desk) {
        let Some(watch) = self.watch.as_mut() else { return };
        if watch.was_replaced_by(&session) {
            watch.recycled(desk.now);
            tell_end(watch, desk);
            let successor = Watch::new(session.id.address().clone(), desk.now);
            self.history.put(std::mem::replace(watch, successor));
        } else if watch.session().is_none()
            && let Some(mut kept) = self.history.take_told(&session)
        {
            kept.reopen(desk.now);
            *watch = kept;
        }
        watch.arrived(session, desk.visible, desk.now);
        tell_answer(watch, sent, desk);
    }

    /// The call about the watched session failed. What the server does not know may be remembered here.
    pub(super) fn not_told(&mut self, error: CallError, desk: &mut Desk) {
        let jitter = desk.jitter();
        let Some(watch) = self.watch.as_mut() else { return };
        watch.failed(error.clone(), desk.now, jitter);
        if watch.ending() != Some(Ending::Missing) {
            tell_end(watch, desk);
            return;
        }
        let Some(mut kept) = self.history.take_any(watch.address()) else { return };
        if !kept.is_gone() {
            kept.failed(error, desk.now, jitter);
            tell_end(&kept, desk);
        }
        let was_shown = watch.is_of(&desk.route);
        *watch = kept;
        if let Some(route) = watch.id().map(Route::of).filter(|it| was_shown && *it != desk.route) {
            desk.route = route.clone();
            desk.perform(Effect::Replace(route));
        }
    }

    /// Keeping beyond the tab is switched on or off.
    pub(super) fn keeping_set(&mut self, cap: Option<usize>, desk: &mut Desk) {
        if self.keeps_at_most.is_some() && cap.is_none() {
            self.history.forget(false);
            self.history.iter_mut().chain(&mut self.watch).for_each(Watch::unkeep);
            self.forget_statements();
            desk.perform(Effect::ForgetKept);
        }
        self.keeps_at_most = cap;
        self.has_recalled = false;
        if cap.is_some() {
            desk.perform(Effect::Recall);
        }
    }

    /// What the browser has kept is put where it was.
    pub(super) fn recalled(&mut self, facts: &[String], with_statements: bool, desk: &mut Desk) {
        // Asked for before keeping was switched off.
        if self.keeps_at_most.is_none() {
            return;
        }
        self.has_recalled = true;
        self.history.recall(facts.iter().filter_map(|it| Watch::recalled(it)).collect());
        if !with_statements {
            self.forget_statements();
        }
        self.keeps_statements = with_statements;
        self.take_up(desk);
    }

    /// Keeping code and results with the sessions is switched on or off.
    pub(super) fn statements_kept(&mut self, keeps: bool, desk: &mut Desk) {
        let keeps = keeps && self.keeps_at_most.is_some();
        if std::mem::replace(&mut self.keeps_statements, keeps) == keeps {
            return;
        }
        if keeps {
            // What has ended in this tab is kept once more, with its statements.
            self.history.iter_mut().chain(&mut self.watch).for_each(Watch::unkeep);
        } else {
            self.forget_statements();
            desk.perform(Effect::ForgetStatements);
        }
    }

    /// What came from the browser's memory of code and results goes; what this tab has read itself stays as long as the tab.
    fn forget_statements(&mut self) {
        self.keeps_statements = false;
        self.history.iter_mut().chain(&mut self.watch).for_each(Watch::forget_statements);
        self.running.forget_saved(|_| true);
    }

    /// Kept statements are here, or are lost.
    pub(super) fn statements_recalled(&mut self, key: &str, text: &str) {
        let all = self.watch.iter_mut().chain(self.history.iter_mut());
        all.for_each(|it| it.statements_recalled(key, text));
    }

    /// A kept log is here, or is lost.
    pub(super) fn log_recalled(&mut self, key: &str, text: &str) {
        let mut all = self.watch.iter_mut().chain(self.history.iter_mut());
        if let Some(watch) = all.find(|it| it.key().as_deref() == Some(key)) {
            watch.log_recalled(text);
        }
    }

    /// The tab goes to the back, and may not come to the front again: what its session was until now is kept, where that is
    /// wanted.
    pub(super) fn keep_what_lives(&mut self, desk: &mut Desk) {
        if let Some(cap) = self.keeps_at_most.filter(|_| self.has_recalled) {
            let Self { watch, running, keeps_statements, .. } = self;
            let statements = |it: &Watch, most| running.written(it, *keeps_statements, most);
            let record = watch.as_ref().and_then(|it| it.record_so_far(cap, statements));
            desk.effects.extend(record.map(Effect::Keep));
        }
    }

    /// After each event: what has ended is kept, where that is wanted, and what is kept of the open page is asked for.
    pub(super) fn keep_what_ended(&mut self, desk: &mut Desk) {
        desk.effects.extend(self.watch.as_mut().and_then(Watch::ask_for_log).map(Effect::RecallLog));
        if let Some(cap) = self.keeps_at_most.filter(|_| self.has_recalled) {
            let Self { watch, history, running, keeps_statements, .. } = self;
            if *keeps_statements {
                let asked = watch.as_mut().and_then(Watch::ask_for_statements);
                desk.effects.extend(asked.map(Effect::RecallStatements));
            }
            let statements = |it: &Watch, most| running.written(it, *keeps_statements, most);
            let all = watch.iter_mut().chain(history.iter_mut());
            desk.effects.extend(all.filter_map(|it| it.take_record(cap, statements)).map(Effect::Keep));
        }
    }
}
