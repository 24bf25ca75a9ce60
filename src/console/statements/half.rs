//! What the half of a session's page asks of this one: when it is due, what a person does, what was answered.

use livy::{Answer, Call, CallError, Phase, SessionState};

use super::search::Search;
use super::{Entry, Run, RunIntent, RunStage, Sight, Statements, StatementsMachine};
use crate::desk::Desk;
use crate::flight::{Flight, Purpose};
use crate::{Event, Moment};

impl StatementsMachine for Statements {
    fn statements(&self) -> &Statements {
        self
    }

    fn next_due(&self, sight: &Sight) -> Option<Moment> {
        if self.is_doubted() {
            return None;
        }
        let ask = self.next_ask(sight).map(|it| it.0);
        let dues = [ask, self.renewal_due(sight), self.cancel_due(sight), self.whole_due(sight)];
        dues.into_iter().flatten().min()
    }

    fn take_due(&mut self, sight: &Sight) -> Option<(Purpose, Call)> {
        if self.is_doubted() {
            return None;
        }
        let asked = self.take_cancel(sight).or_else(|| self.take_renewal(sight));
        asked.or_else(|| self.take_whole(sight)).or_else(|| self.take_ask(sight))
    }

    fn hear(&mut self, event: Event, sight: &Sight, desk: &mut Desk) {
        match event {
            Event::RunAsked { code, kind, again } => self.pressed(code, kind, again, sight, desk),
            Event::RunConfirmed => self.confirmed(desk),
            Event::CancelAsked(id) => self.cancel([id], sight, desk),
            Event::CancelWaitingAsked => self.cancel_waiting(sight, desk),
            Event::CancelCopiesAsked => self.cancel_copies(sight, desk),
            Event::OlderAsked => self.want_older(),
            Event::OutputWanted(id) => self.want_output(id, sight),
            Event::BusyKept(keeps) => self.keeps_busy = keeps,
            Event::Drafted(code) => self.drafted(code),
            Event::LanguageChosen(language) => self.chosen = Some(language),
            Event::SetAside(code) => self.put_aside(code, self.draft_language()),
            Event::CompletionAsked { code, at, kind } => self.complete(&code, at, kind, sight, desk),
            Event::CompletionLeft => self.completion = None,
            _ => {}
        }
        self.plan(sight.now);
    }

    fn answered(
        &mut self,
        flight: &Flight,
        result: Result<Answer, CallError>,
        sight: &Sight,
        desk: &mut Desk,
    ) {
        match flight.purpose {
            Purpose::Statement => self.read_answered(flight, result, sight, desk),
            Purpose::Whole => self.whole_answered(flight, result, sight, desk),
            Purpose::Run => {
                self.run_answered(result.and_then(|it| it.ran()), sight, desk);
                self.plan(sight.now);
            }
            Purpose::Cancel => self.cancel_answered(flight, result, sight),
            Purpose::Complete => self.completed(flight, result, sight),
            Purpose::Connect => {
                self.is_renewing = false;
                if result.as_ref().is_ok_and(|it| it.status < 300) {
                    self.renewed = self.renewed.max(Some(flight.sent));
                }
                let is_gone = result.as_ref().map_or_else(CallError::is_gone, |it| it.status == 404);
                self.is_missing |= !sight.is_shown && is_gone;
            }
            _ => {}
        }
    }

    fn dropped(&mut self, purpose: Purpose, now: Moment) {
        match purpose {
            Purpose::Statement => {
                if let Some(ask) = self.asking.in_flight.take() {
                    self.ask_again(ask, now);
                }
            }
            Purpose::Connect => self.is_renewing = false,
            Purpose::Whole => self.whole = None,
            Purpose::Cancel => self.is_cancelling = false,
            _ => {}
        }
    }

    fn hurry(&mut self, person: bool, now: Moment) {
        if person {
            self.asking.is_stopped = false;
            self.asking.not_before = None;
        }
        if self.asking.is_found() {
            self.doubt_newest(now);
            self.asking.next_due = Some(self.asking.next_due.map_or(now, |it| it.min(now)));
        }
        self.asking.open_due = self.asking.open_due.map(|it| it.min(now));
    }

    fn resume(&mut self, intent: RunIntent) {
        self.marks.push(intent.mark);
        if let Some(newest) = intent.newest {
            self.asking.search = Search::At(newest);
        }
        self.run = Some(Run::resumed(intent));
    }

    fn has_code_to_lose(&self) -> bool {
        self.has_unrun_code()
    }

    fn asks_session(&mut self) -> bool {
        std::mem::take(&mut self.doubt.asks)
    }

    fn weight(&self) -> usize {
        self.entries.iter().map(Entry::weight).sum()
    }

    fn shed(&mut self, bytes: usize, all: bool) -> usize {
        self.let_go(bytes, all)
    }

    fn written(&self, older: Option<&str>, most: usize) -> Option<String> {
        Statements::written(self, older, most)
    }

    fn recall_saved(&mut self, text: &str) {
        self.take_saved(text);
    }

    fn forget_saved(&mut self) {
        self.let_saved_go();
    }

    fn session_told(&mut self, sight: &Sight, desk: &mut Desk) {
        self.is_over = sight.is_over;
        if !self.is_over && self.saved.is_some() {
            // It was taken for gone, and lives: the server tells.
            self.let_saved_go();
        }
        self.judge_doubt(sight, desk);
        self.is_seen = sight.visible && sight.is_shown;
        if let Some(ended) = self.ended.as_mut().filter(|_| self.is_seen) {
            ended.1 = true;
        }
        self.is_closed = !sight.is_open();
        if self.is_closed {
            self.give_up_whole();
        }
        // Nothing can have been sent to a session that starts. One that recovers has run before.
        let state = &sight.session.state;
        let starts = state.phase() == Phase::Pending && *state != SessionState::Recovering;
        if starts && self.asking.search == Search::Ladder(0) {
            self.asking.found(None);
        }
        if sight.is_shown {
            // Its page asks anew.
            self.is_missing = false;
            self.session.clone_from(&sight.session);
        } else {
            self.completion = None;
        }
        let is_over = sight.is_over || self.is_missing;
        self.entries.iter_mut().for_each(|it| it.session_stands(is_over));
        self.learn_kept(&sight.session);
        if !sight.is_busy() {
            self.end_lingering(self.entries.len());
        }
        self.judge_by(sight);
        if sight.is_over
            && let Some(run) = self.run.as_mut().filter(|it| it.is_open() && it.stage != RunStage::Sent)
        {
            run.stage = RunStage::Lost;
        }
        if sight.is_over {
            // Nothing more will be known of it.
            self.run.iter_mut().for_each(|it| it.is_last = true);
            self.settle_run(desk);
        }
    }
}
