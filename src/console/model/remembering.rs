//! Leaving a session and coming back to it, also after the server has forgotten it or given its id to another.

use livy::{Address, CallError, Session};

use super::{Effect, Model};
use crate::flight::Purpose;
use crate::history::{self, RememberedSession};
use crate::{Ending, Moment, Route, Watch};

impl Model {
    /// What this page remembers of sessions that the list does not have, the latest first.
    pub fn remembered(&self) -> Vec<RememberedSession> {
        let current = self.watch.iter().filter_map(|it| Some((it, history::of(it)?)));
        let all = current.chain(self.history.latest_first());
        all.filter(|(watch, it)| it.is_missing_from(&self.list, watch)).map(|(_, it)| it).collect()
    }

    /// The last session that was created in this browser, as far as the server or this page still knows it: what to begin the
    /// next one from. One that this page has watched has its whole request; the list's may lack what the server does not echo.
    pub fn last_own(&self) -> Option<&Session> {
        let watched =
            || self.watch.iter().chain(self.history.iter()).filter_map(|it| it.session().map(AsRef::as_ref));
        self.own.iter().rev().find_map(|own| watched().chain(self.list.newest_first()).find(|it| own.is(it)))
    }

    /// A page was opened: the watch of its session, if it is one. Answers with the route that is shown, which is another one
    /// where what was to be remembered is not.
    pub(super) fn open_watch(&mut self, route: Route, now: Moment, effects: &mut Vec<Effect>) -> Route {
        let again = route != self.route;
        match &route {
            Route::Session(address) => {
                let held = self.watch.as_mut().filter(|it| it.is_of(&route) && !(again && it.is_gone()));
                match held {
                    Some(watch) if again => watch.reopen(now),
                    Some(_) => {}
                    None => self.watch_anew(&address.clone(), now, effects),
                }
            }
            Route::Remembered(address, _) if !self.watch.as_ref().is_some_and(|it| it.is_of(&route)) => {
                let Some(kept) = self.history.take_of(&route) else {
                    // It may be among those that the browser has kept, which are still being read.
                    self.wanted = Some(route.clone());
                    let route = Route::Session(address.clone());
                    effects.push(Effect::Replace(route.clone()));
                    return self.open_watch(route, now, effects);
                };
                self.put_aside(effects);
                self.watch = Some(kept);
            }
            _ => {}
        }
        route
    }

    /// Asks the server for a session, beginning with what is known of it.
    pub(super) fn watch_anew(&mut self, address: &Address, now: Moment, effects: &mut Vec<Effect>) {
        self.put_aside(effects);
        self.watch = Some(match self.history.take_living(address) {
            Some(mut kept) => {
                kept.reopen(now);
                kept
            }
            None => self.seeded(Watch::new(address.clone(), now), now),
        });
    }

    /// The watch that there is gives way to another; what is still to be answered about it does not matter any more.
    pub(super) fn put_aside(&mut self, effects: &mut Vec<Effect>) {
        let abandoned = [Purpose::Session, Purpose::Log].map(|it| self.flights.abandon(it));
        effects.extend(abandoned.into_iter().flatten().map(Effect::Abandon));
        if let Some(watch) = self.watch.take() {
            self.history.put(watch);
        }
    }

    /// Shows the session that has the id now in place of one that is gone.
    pub(super) fn look_anew(&mut self, now: Moment, effects: &mut Vec<Effect>) {
        let Some(address) = self.shown_watch().map(|it| it.address().clone()) else { return };
        let route = Route::Session(address.clone());
        if route == self.route {
            self.watch_anew(&address, now, effects);
        } else {
            effects.push(Effect::Go(route));
        }
    }

    /// A good answer about the watched session.
    pub(super) fn told(&mut self, session: Session, now: Moment) {
        let Some(watch) = self.watch.as_mut() else { return };
        if watch.was_replaced_by(&session) {
            watch.recycled(now);
            let successor = Watch::new(session.id.address().clone(), now);
            self.history.put(std::mem::replace(watch, successor));
        } else if watch.session().is_none()
            && let Some(mut kept) = self.history.take_told(&session)
        {
            kept.reopen(now);
            *watch = kept;
        }
        watch.arrived(session, self.visible, now);
    }

    /// The call about the watched session failed. What the server does not know may be remembered here.
    pub(super) fn not_told(&mut self, error: CallError, now: Moment, effects: &mut Vec<Effect>) {
        let jitter = self.jitter();
        let Some(watch) = self.watch.as_mut() else { return };
        watch.failed(error.clone(), now, jitter);
        if watch.ending() != Some(Ending::Missing) {
            return;
        }
        let Some(mut kept) = self.history.take_any(watch.address()) else { return };
        if !kept.is_gone() {
            kept.failed(error, now, jitter);
        }
        let was_shown = watch.is_of(&self.route);
        *watch = kept;
        if let Some(route) = watch.id().map(Route::of).filter(|it| was_shown && *it != self.route) {
            self.route = route.clone();
            effects.push(Effect::Replace(route));
        }
    }

    /// Keeping beyond the tab is switched on or off.
    pub(super) fn memory_set(&mut self, cap: Option<usize>, effects: &mut Vec<Effect>) {
        if self.memory.is_some() && cap.is_none() {
            self.history.forget(false);
            self.history.iter_mut().chain(&mut self.watch).for_each(Watch::unkeep);
            effects.push(Effect::ForgetKept);
        }
        self.memory = cap;
        self.has_recalled = false;
    }

    /// What the browser has kept is put where it was.
    pub(super) fn recalled(&mut self, facts: &[String], now: Moment, effects: &mut Vec<Effect>) {
        self.has_recalled = true;
        self.history.recall(facts.iter().filter_map(|it| Watch::recalled(it)).collect());
        self.take_up(now, effects);
    }

    /// A kept log is here, or is lost.
    pub(super) fn log_recalled(&mut self, key: &str, text: &str) {
        let mut all = self.watch.iter_mut().chain(self.history.iter_mut());
        if let Some(watch) = all.find(|it| it.key().as_deref() == Some(key)) {
            watch.log_recalled(text);
        }
    }

    /// Forgets what ended, in the tab and beyond it; the page that is open stays.
    pub(super) fn forget_all(&mut self, effects: &mut Vec<Effect>) {
        self.history.forget(true);
        if self.shown_watch().is_none() && self.watch.as_ref().is_some_and(|it| it.ending().is_some()) {
            self.watch = None;
        }
        self.leaving.is_gone();
        effects.push(Effect::Carry(None));
        if self.memory.is_some() {
            effects.push(Effect::ForgetKept);
        }
    }

    /// The tab goes to the back, and may not come to the front again: what its session was until now is kept, where that is
    /// wanted.
    pub(super) fn keep_what_lives(&mut self, effects: &mut Vec<Effect>) {
        if let Some(cap) = self.memory.filter(|_| self.has_recalled) {
            effects.extend(self.watch.as_ref().and_then(|it| it.record_so_far(cap)).map(Effect::Keep));
        }
    }

    /// After each event: what has ended is kept, where that is wanted, and the log of the open page is asked for.
    pub(super) fn keep_what_ended(&mut self, effects: &mut Vec<Effect>) {
        effects.extend(self.watch.as_mut().and_then(Watch::ask_for_log).map(Effect::RecallLog));
        if let Some(cap) = self.memory.filter(|_| self.has_recalled) {
            let all = self.watch.iter_mut().chain(self.history.iter_mut());
            effects.extend(all.filter_map(|it| it.take_record(cap)).map(Effect::Keep));
        }
    }
}
