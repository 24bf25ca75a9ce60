//! Asks for all of a session, where its row is not enough.
//!
//! It is read from the list and not by its id: to ask for a session itself keeps it alive for its owner.

use std::ops::Range;
use std::sync::Arc;

use livy::{Call, CallError, SessionId, SessionPage};

use super::{Comparison, Fleet, Known, Whole, WholeSession};
use crate::SessionRow;
use crate::desk::Desk;

/// Its position may be another one by now: so many around it are read at the second attempt.
const AROUND: usize = 40;

impl WholeSession {
    /// What is known of it, or that it is asked for.
    fn of(id: SessionId, known: &Known<'_>, desk: &Desk) -> Self {
        let Some(row) = row_of(&id, desk) else { return Self { id, answer: Whole::Gone } };
        let listed = || desk.list.newest_first().find(|it| row.is_of(it)).cloned();
        let answer = match known(row).or_else(listed) {
            Some(session) => Whole::Here(Arc::new(session)),
            None => Whole::Waiting { is_again: false },
        };
        Self { id, answer }
    }

    /// The page that has it.
    fn call(&self, desk: &Desk) -> Option<Call> {
        let Whole::Waiting { is_again } = self.answer else { return None };
        let at = desk.list.slots.find(self.id.as_str())?;
        let range = if is_again { at.saturating_sub(AROUND / 2)..at + AROUND / 2 } else { at..at + 1 };
        let Range { start, end } = range;
        Some(desk.list.page_call(start, end.min(desk.list.slots.len()) - start))
    }

    /// A page that was asked for it.
    fn answered(&mut self, answer: &Result<SessionPage, CallError>, row: Option<&SessionRow>) {
        let Whole::Waiting { is_again } = self.answer else { return };
        let page = match answer {
            Ok(page) => page,
            Err(error) => {
                self.answer = Whole::Failed(error.clone());
                return;
            }
        };
        let told = page.sessions.iter().find(|it| it.id == self.id);
        self.answer = match told {
            Some(session) if row.is_none_or(|it| it.is_of(session)) => {
                Whole::Here(Arc::new(session.clone().without_log_tail()))
            }
            None if !is_again => Whole::Waiting { is_again: true },
            _ => Whole::Gone,
        };
    }
}

impl Fleet {
    pub(super) fn want(&mut self, id: Option<SessionId>, known: &Known<'_>, desk: &Desk) {
        self.whole = id.map(|it| WholeSession::of(it, known, desk));
    }

    pub(super) fn compare(&mut self, ids: Option<(SessionId, SessionId)>, known: &Known<'_>, desk: &Desk) {
        self.comparison =
            ids.map(|(one, other)| Comparison::of([one, other].map(|it| WholeSession::of(it, known, desk))));
    }

    fn wanted(&mut self) -> impl Iterator<Item = &mut WholeSession> {
        self.whole.iter_mut().chain(self.comparison.iter_mut().flat_map(|it| &mut it.sessions))
    }

    /// True where something is still to be asked for.
    pub(super) fn is_wanting(&self, desk: &Desk) -> bool {
        let all = self.whole.iter().chain(self.comparison.iter().flat_map(|it| &it.sessions));
        let is_open = |it: &WholeSession| it.call(desk).is_none_or(|it| !desk.flights.has(&it));
        all.into_iter().any(|it| matches!(it.answer, Whole::Waiting { .. }) && is_open(it))
    }

    /// The page to read for what is wanted.
    pub(super) fn take_wanted(&mut self, desk: &Desk) -> Option<Call> {
        for wanted in self.wanted() {
            if !matches!(wanted.answer, Whole::Waiting { .. }) {
                continue;
            }
            match wanted.call(desk) {
                Some(call) if desk.flights.has(&call) => {}
                Some(call) => return Some(call),
                None => wanted.answer = Whole::Gone,
            }
        }
        None
    }

    pub(super) fn wanted_answered(
        &mut self,
        call: &Call,
        answer: &Result<SessionPage, CallError>,
        desk: &Desk,
    ) {
        for wanted in self.wanted() {
            if wanted.call(desk).as_ref() == Some(call) {
                wanted.answered(answer, row_of(&wanted.id, desk));
            }
        }
        if let Some(comparison) = &mut self.comparison {
            comparison.settle();
        }
    }
}

fn row_of<'a>(id: &SessionId, desk: &'a Desk) -> Option<&'a SessionRow> {
    let slots = &desk.list.slots;
    slots.find(id.as_str()).and_then(|at| slots.all()[at].row()).map(AsRef::as_ref)
}
