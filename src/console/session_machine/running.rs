//! The statements of the session on the page, and of those that were: they outlive their session on this page.

use livy::{Answer, Call, CallError, Session, StatementId};

use super::Watching;
use super::telling::tell_end;
use crate::desk::Desk;
use crate::expiry::{USUAL_IDLE, span};
use crate::flight::{Flight, Purpose};
use crate::statements::{
    LendStatements, ROOM, Reading, Run, RunIntent, Sight, Statements, StatementsMachine,
};
use crate::{Effect, Ending, Event, Moment, Part, Route, Watch};

/// What makes the half for statements, once it is here, and the statements of each session that was looked at.
#[derive(Default)]
pub(super) struct Running {
    pub lent: Option<LendStatements>,
    all: Vec<Box<dyn StatementsMachine>>,
    has_asked: bool,
    guards: bool,
}

/// What a watch says of its session to the half for statements; `None` until it is known.
fn sight(watch: &Watch, desk: &Desk) -> Option<Sight> {
    let session = watch.session()?.clone();
    Some(Sight {
        may_ask: !watch.only_looks(),
        is_over: watch.ending().is_some() || session.state.is_over(),
        is_refused: watch.poll.error.as_ref().is_some_and(CallError::needs_person),
        is_recycled: matches!(watch.ending(), Some(Ending::Recycled(_))),
        is_shown: watch.is_of(&desk.route),
        visible: desk.visible,
        idle: span(&session, form::Field::IdleTimeout).unwrap_or(USUAL_IDLE),
        now: desk.now,
        told: watch.answered().unwrap_or_default(),
        session,
    })
}

/// Whether these are the statements of the session that is watched.
fn are_of(statements: &Statements, watch: &Watch) -> bool {
    watch.session().is_some_and(|it| statements.is_of(it))
}

impl Running {
    /// The statements of a session as they are to be kept beyond the tab, in at most so many bytes; nothing where nobody `wants` that.
    pub fn written(&self, watch: &Watch, wants: bool, most: usize) -> Option<String> {
        let session = watch.session().filter(|_| wants)?;
        let saved = watch.saved_statements();
        match self.all.iter().find(|it| it.statements().is_of(session)) {
            Some(half) => half.written(saved, most),
            None => saved.map(str::to_owned),
        }
    }

    /// Of these sessions what was kept beyond the tab is not shown any more.
    pub fn forget_saved(&mut self, of: impl Fn(&Statements) -> bool) {
        self.all.iter_mut().filter(|it| of(it.statements())).for_each(|it| it.forget_saved());
    }

    /// What was read of ended sessions goes too, of all that are not `remembered` any more. What a person typed and never ran is
    /// nowhere else and stays.
    pub fn forget_ended(&mut self, remembered: impl Fn(&Statements) -> bool) {
        self.all.retain(|it| {
            let statements = it.statements();
            let waits = it.has_code_to_lose() || statements.run().is_some_and(Run::is_open);
            remembered(statements) || statements.reading() != Reading::Over || waits
        });
    }
}

impl Watching {
    /// How the session of these statements is, on the page or off it.
    fn sight_of(&self, statements: &Statements, desk: &Desk) -> Option<Sight> {
        let mut watches = self.watch.iter().chain(self.history.iter());
        sight(watches.find(|it| are_of(statements, it))?, desk)
    }

    /// The place of the statements of the session on the page, and how it is.
    fn running(&self, desk: &Desk) -> Option<(usize, Sight)> {
        let sight = sight(self.shown(&desk.route)?, desk)?;
        let at = self.running.all.iter().position(|it| it.statements().is_of(&sight.session))?;
        Some((at, sight))
    }

    pub(super) fn shown_statements(&self, route: &Route) -> Option<&Statements> {
        let session = self.shown(route)?.session()?;
        self.running.all.iter().map(|it| it.statements()).find(|it| it.is_of(session))
    }

    pub(super) fn statement_ended_unseen(&self) -> Option<(&Session, &StatementId)> {
        let all = self.running.all.iter().map(|it| it.statements());
        all.filter_map(|it| Some((it.session(), it.ended_unseen()?))).next_back()
    }

    pub(super) fn statements_due(&self, desk: &Desk) -> Option<Moment> {
        let all = self.running.all.iter();
        all.filter_map(|it| it.next_due(&self.sight_of(it.statements(), desk)?)).min()
    }

    /// What the page shows goes first.
    pub(super) fn take_statements_due(&mut self, desk: &Desk) -> Option<(Purpose, Call)> {
        let shown = self.running(desk).map(|it| it.0);
        let others = (0..self.running.all.len()).filter(|it| Some(*it) != shown);
        for at in shown.into_iter().chain(others) {
            if let Some(sight) = self.sight_of(self.running.all[at].statements(), desk)
                && let Some(due) = self.running.all[at].take_due(&sight)
            {
                return Some(due);
            }
        }
        None
    }

    pub(super) fn statements_hear(&mut self, event: Event, desk: &mut Desk) {
        if let Some((at, sight)) = self.running(desk) {
            self.running.all[at].hear(event, &sight, desk);
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
        // The latest of that id.
        let mut all = self.running.all.iter().map(|it| it.statements().session());
        let Some(at) = all.rposition(|it| it.id.address() == address) else { return };
        let statements = self.running.all[at].statements();
        // One that is not remembered any more: nothing is asked of it, and what was asked has an end.
        let sight =
            self.sight_of(statements, desk).unwrap_or_else(|| Sight::lost(statements.session(), desk));
        // An answer can be megabytes: what holds a statement is read once, by the statements.
        let denies = |it: &Answer| it.status >= 400 && it.statement().is_err_and(|it| it.is_gone());
        let is_gone = result.as_ref().is_ok_and(denies);
        self.running.all[at].answered(flight, result, &sight, desk);
        self.make_room(desk);
        // The session itself is asked whether it is there: a statement's answer does not end it.
        let watch = self.watch.as_mut().filter(|it| it.address() == address);
        if is_gone && let Some(watch) = watch {
            watch.poll.hurry(desk.now);
        }
    }

    /// The tab has room for so many outputs, of whichever session: those that the page does not show go first.
    fn make_room(&mut self, desk: &Desk) {
        let shown = self.running(desk).map(|it| it.0);
        let weight: usize = self.running.all.iter().map(|it| it.weight()).sum();
        let mut over = weight.saturating_sub(ROOM);
        for (of_shown, all) in [(false, false), (true, false), (false, true)] {
            for (at, statements) in self.running.all.iter_mut().enumerate() {
                if over > 0 && (Some(at) == shown) == of_shown {
                    over = over.saturating_sub(statements.shed(over, all));
                }
            }
        }
    }

    /// The half for statements is here, with what the tab remembers of statements whose fate it did not see.
    pub(super) fn statements_lent(&mut self, lend: LendStatements, desk: &mut Desk) {
        if self.running.lent.is_none() {
            desk.runs.extend(lend.intent.as_deref().into_iter().flat_map(RunIntent::all_stored));
        }
        self.running.lent = Some(lend);
        self.settle_statements(desk);
    }

    /// True where statements can be asked for, or are kept, and their half of the machine is not here.
    pub(super) fn lacks_statements(&self, desk: &Desk) -> bool {
        let watch = self.shown(&desk.route).filter(|_| self.running.lent.is_none());
        watch.is_some_and(|it| {
            it.saved_statements().is_some() || sight(it, desk).is_some_and(|it| it.is_open())
        })
    }

    pub(super) fn statements_dropped(&mut self, flight: &Flight, now: Moment) {
        for statements in &mut self.running.all {
            if Some(statements.statements().session().id.address()) == flight.call.session() {
                statements.dropped(flight.purpose, now);
            }
        }
    }

    pub(super) fn hurry_statements(&mut self, person: bool, desk: &Desk) {
        if let Some((at, _)) = self.running(desk) {
            self.running.all[at].hurry(person, desk.now);
        }
    }

    /// After each event: the session on the page has its statements, and they know how it is.
    pub(super) fn settle_statements(&mut self, desk: &mut Desk) {
        let guards = self.running.all.iter().any(|it| it.has_code_to_lose());
        if std::mem::replace(&mut self.running.guards, guards) != guards {
            desk.perform(Effect::Guard(guards));
        }
        for at in 0..self.running.all.len() {
            if let Some(sight) = self.sight_of(self.running.all[at].statements(), desk) {
                self.show_saved(at, &sight);
                self.running.all[at].session_told(&sight, desk);
            }
            self.ask_session(at, desk);
            self.part(at, desk);
        }
        if let Some(watch) = self.watch.as_mut() {
            let all = self.running.all.iter().map(|it| it.statements());
            watch.renewed = all.filter(|it| are_of(it, watch)).filter_map(Statements::renewed).max();
        }
        let Some(sight) = self.watch.as_ref().and_then(|it| sight(it, desk)) else { return };
        let has_saved = self.watch.as_ref().is_some_and(|it| it.saved_statements().is_some());
        let Some(lent) = &self.running.lent else {
            if (sight.is_open() || has_saved) && !std::mem::replace(&mut self.running.has_asked, true) {
                desk.perform(Effect::Need(Part::Statements));
            }
            return;
        };
        if self.running.all.iter().any(|it| it.statements().is_of(&sight.session)) {
            return;
        }
        let mut half = (lent.make)(lent.browser, sight.session.as_ref().clone()).0;
        let intents = desk.runs.iter().filter_map(|it| RunIntent::from_storage(&it.1));
        if let Some(intent) = intents.into_iter().find(|it| it.is_of(&sight.session)) {
            half.resume(intent);
        }
        self.running.all.push(half);
        let at = self.running.all.len() - 1;
        self.show_saved(at, &sight);
        self.running.all[at].session_told(&sight, desk);
    }

    /// Whether it is still the same one the session itself tells. What was asked before that does not.
    fn ask_session(&mut self, at: usize, desk: &Desk) {
        let half = &mut self.running.all[at];
        let watch = self.watch.as_mut().filter(|it| it.poll.due.is_some() && are_of(half.statements(), it));
        if let Some(watch) = watch
            && half.asks_session()
        {
            watch.poll.hurry(desk.now);
        }
    }

    /// Where nothing else tells two sessions apart, their statements do.
    fn part(&mut self, at: usize, desk: &mut Desk) {
        let statements = self.running.all[at].statements();
        let is_parted =
            |it: &Watch| statements.is_another() && it.ending().is_none() && are_of(statements, it);
        if let Some(watch) = self.watch.as_mut().filter(|it| is_parted(it)) {
            watch.recycled(desk.now);
            tell_end(watch, desk);
            if let Some(sight) = sight(watch, desk) {
                self.running.all[at].session_told(&sight, desk);
            }
        }
    }

    /// Of a session that is over what was kept of its statements beyond the tab is shown: the server does not tell of them any more.
    fn show_saved(&mut self, at: usize, sight: &Sight) {
        let statements = self.running.all[at].statements();
        if !sight.is_over || statements.saved().is_some() {
            return;
        }
        let mut watches = self.watch.iter().chain(self.history.iter());
        let watch = watches.find(|it| are_of(statements, it));
        if let Some(text) = watch.and_then(Watch::saved_statements) {
            self.running.all[at].recall_saved(text);
        }
    }
}
