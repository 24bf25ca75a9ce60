//! The statements of the session on the page, and of those that were: they outlive their session on this page.

use livy::{Answer, Call, CallError};

use super::Watching;
use crate::desk::Desk;
use crate::expiry::{USUAL_IDLE, span};
use crate::flight::{Flight, Purpose};
use crate::statements::{LendStatements, RunIntent, Sight, Statements, StatementsMachine};
use crate::{Effect, Event, Moment, Part, Route, Watch};

/// What makes the half for statements, once it is here, and the statements of each session that was looked at.
#[derive(Default)]
pub(super) struct Running {
    pub lent: Option<LendStatements>,
    all: Vec<Box<dyn StatementsMachine>>,
    has_asked: bool,
    guards: bool,
}

/// What a watch says of its session to the half for statements; `None` until it is known.
fn sight(watch: &Watch, visible: bool, now: Moment) -> Option<Sight<'_>> {
    let session = watch.session()?;
    Some(Sight {
        session,
        may_ask: !watch.only_looks(),
        is_over: watch.ending().is_some() || session.state.is_over(),
        visible,
        idle: span(session, form::Field::IdleTimeout).unwrap_or(USUAL_IDLE),
        now,
    })
}

impl Watching {
    /// The watch on the page with the statements of its session.
    fn running(&mut self, route: &Route) -> Option<(&Watch, &mut Box<dyn StatementsMachine>)> {
        let watch = self.watch.as_ref().filter(|it| it.is_of(route))?;
        let session = watch.session()?;
        let statements = self.running.all.iter_mut().find(|it| it.is_of(session))?;
        Some((watch, statements))
    }

    pub(super) fn shown_statements(&self, route: &Route) -> Option<&Statements> {
        let session = self.shown(route)?.session()?;
        self.running.all.iter().find(|it| it.is_of(session)).map(|it| it.statements())
    }

    pub(super) fn statements_due(&self, desk: &Desk) -> Option<Moment> {
        let watch = self.shown(&desk.route)?;
        let sight = sight(watch, desk.visible, desk.now)?;
        self.running.all.iter().find(|it| it.is_of(sight.session))?.next_due(&sight)
    }

    pub(super) fn take_statements_due(&mut self, desk: &Desk) -> Option<(Purpose, Call)> {
        let (watch, statements) = self.running(&desk.route)?;
        statements.take_due(&sight(watch, desk.visible, desk.now)?)
    }

    pub(super) fn statements_hear(&mut self, event: Event, desk: &mut Desk) {
        let route = desk.route.clone();
        if let Some((watch, statements)) = self.running(&route)
            && let Some(sight) = sight(watch, desk.visible, desk.now)
        {
            statements.hear(event, &sight, desk);
        }
    }

    /// An answer about statements, of whichever session: the page may show another one by now.
    pub(super) fn statements_answered(
        &mut self,
        flight: &Flight,
        result: Result<Answer, CallError>,
        desk: &mut Desk,
    ) {
        let Some(address) = flight.call.session() else { return };
        let watches = self.watch.iter().chain(self.history.iter());
        let Some(watch) = watches.into_iter().find(|it| it.id().is_some_and(|id| id.address() == address))
        else {
            return;
        };
        let Some(sight) = sight(watch, desk.visible, desk.now) else { return };
        // An answer can be megabytes: what holds a statement is read once, by the statements.
        let denies = |it: &Answer| it.status >= 400 && it.statement().is_err_and(|it| it.is_gone());
        let is_gone = result.as_ref().is_ok_and(denies);
        if let Some(statements) = self.running.all.iter_mut().find(|it| it.is_of(sight.session)) {
            statements.answered(flight, result, &sight, desk);
        }
        // The session itself is asked whether it is there: a statement's answer does not end it.
        if is_gone && let Some(watch) = self.watch.as_mut() {
            watch.poll.hurry(desk.now);
        }
    }

    /// True where statements can be asked for, and their half of the machine is not here.
    pub(super) fn lacks_statements(&self, desk: &Desk) -> bool {
        let watch = self.shown(&desk.route).filter(|_| self.running.lent.is_none());
        watch.and_then(|it| sight(it, desk.visible, desk.now)).is_some_and(|it| it.is_open())
    }

    pub(super) fn statements_dropped(&mut self, purpose: Purpose, now: Moment) {
        self.running.all.iter_mut().for_each(|it| it.dropped(purpose, now));
    }

    pub(super) fn hurry_statements(&mut self, person: bool, desk: &Desk) {
        if let Some((_, statements)) = self.running(&desk.route) {
            statements.hurry(person, desk.now);
        }
    }

    /// After each event: the session on the page has its statements, and they know how it is.
    pub(super) fn settle_statements(&mut self, desk: &mut Desk) {
        let guards = self.running.all.iter().any(|it| it.has_code_to_lose());
        if std::mem::replace(&mut self.running.guards, guards) != guards {
            desk.perform(Effect::Guard(guards));
        }
        let Some(sight) = self.watch.as_ref().and_then(|it| sight(it, desk.visible, desk.now)) else {
            return;
        };
        let Some(lent) = &mut self.running.lent else {
            if sight.is_open() && !std::mem::replace(&mut self.running.has_asked, true) {
                desk.perform(Effect::Need(Part::Statements));
            }
            return;
        };
        let known = self.running.all.iter_mut().find(|it| it.is_of(sight.session));
        match known {
            Some(statements) => statements.session_told(&sight, desk),
            None => {
                let mut half = (lent.make)(lent.browser, sight.session.clone()).0;
                let intent = lent.intent.as_deref().and_then(RunIntent::from_storage);
                if let Some(intent) = intent.filter(|it| it.is_of(sight.session)) {
                    lent.intent = None;
                    half.resume(intent);
                }
                half.session_told(&sight, desk);
                self.running.all.push(half);
            }
        }
    }
}
