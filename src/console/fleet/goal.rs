//! Going to the row of an id or a name.

use std::ops::Range;
use std::sync::Arc;

use livy::{Call, CallError, SessionId};

use super::Fleet;
use crate::desk::Desk;
use crate::list::Slot;
use crate::poll::backoff;
use crate::{Moment, SessionRow};

/// So many sessions are read at once to find one.
const PAGE: usize = 100;

/// The row that a person wants to go to.
#[derive(Clone, Debug, PartialEq)]
pub enum Goal {
    /// It is looked for: this id or name.
    Seeking(String),
    /// No session has this number as its id: it is looked for as a name.
    SeekingName(String),
    /// It is there. The page scrolls to it, gives it the focus and tells [`crate::FleetEvent::GoalReached`].
    Found {
        /// The session.
        id: SessionId,
        /// Its row; `None` where what is listed leaves it out.
        index: Option<usize>,
    },
    /// The server has no session of this id or name.
    Missing(String),
    /// It is not among those that are read, and reading the rest was stopped.
    CutShort(String),
    /// It could not be looked for.
    Failed(String, CallError),
}

impl Goal {
    /// What is looked for.
    pub(super) fn sought(&self) -> Option<&str> {
        if let Self::Seeking(text) | Self::SeekingName(text) = self { Some(text) } else { None }
    }
}

/// So many pages are read at most to find an id: each leaves the half of what is left.
const STEPS: u8 = 20;

/// Who goes to a row waits no longer than this, in seconds, for a server that asks for patience.
const MOST_PATIENCE: u32 = 60;

/// What is looked for, and how far it has come.
#[derive(Debug)]
pub(super) struct Seeking {
    pub(super) goal: Goal,
    steps: u8,
    /// The call that is on its way for it.
    call: Option<Call>,
    /// True where all of the list has to be read for it.
    needs_all: bool,
    not_before: Option<Moment>,
}

impl Fleet {
    pub(super) fn go_to(&mut self, text: &str, desk: &Desk) {
        let goal = Goal::Seeking(text.trim().to_owned());
        self.goal = Some(Seeking { goal, steps: 0, call: None, needs_all: false, not_before: None });
        self.seek(desk);
    }

    /// True where the whole list is to be read for it.
    pub(super) fn seeks_in_all(&self) -> bool {
        self.goal.as_ref().is_some_and(|it| it.needs_all && it.goal.sought().is_some())
    }

    /// Looks whether it is known by now where it is, or that it is nowhere.
    pub(super) fn seek(&mut self, desk: &Desk) {
        let Some(seeking) = &mut self.goal else { return };
        let Some(text) = seeking.goal.sought().map(str::to_owned) else { return };
        if text.is_empty() {
            self.goal = None;
            return;
        }
        let slots = &desk.list.slots;
        let by_id = slots.find(&text).and_then(|at| slots.all()[at].row());
        let is_named = |it: &&Arc<SessionRow>| it.name() == Some(text.as_str());
        let named = || slots.all().iter().rev().filter_map(|it| it.row()).find(is_named);
        let number: Option<u64> = text.parse().ok();
        // Until it is nowhere, a number is an id: the name of another session may be the same.
        let by_id_alone = number.is_some() && !seeking.needs_all;
        if let Some(row) = by_id.or_else(|| if by_id_alone { None } else { named() }) {
            let index = match desk.list.query.is_plain() {
                true => desk.list.index_of(&row.id),
                false => self.listed.all().iter().position(|it| it.id == row.id),
            };
            seeking.goal = Goal::Found { id: row.id.clone(), index };
            return;
        }
        let is_id_nowhere = match number.filter(|_| !desk.list.is_newest_first) {
            Some(number) => gap(slots.all(), number).is_empty() || seeking.steps >= STEPS,
            None => true,
        };
        if !is_id_nowhere || desk.list.page().is_none() {
            return;
        }
        if !std::mem::replace(&mut seeking.needs_all, true) {
            self.reader.resume(desk);
            if number.is_some() {
                seeking.goal = Goal::SeekingName(text);
            }
            // Its name may be known already.
            return self.seek(desk);
        }
        if self.reader.is_done(desk) {
            seeking.goal = Goal::Missing(text);
        }
    }

    /// The reading of the list has ended before its end: what waits for it ends too, in words.
    pub(super) fn give_up_seeking(&mut self, refusal: Option<&CallError>) {
        let Some(seeking) = self.goal.as_mut().filter(|it| it.needs_all) else { return };
        let Some(text) = seeking.goal.sought().map(str::to_owned) else { return };
        seeking.goal = match refusal {
            Some(error) => Goal::Failed(text, error.clone()),
            None => Goal::CutShort(text),
        };
    }

    pub(super) fn goal_due(&self) -> Option<Moment> {
        let seeking = self.goal.as_ref()?;
        let wants = seeking.goal.sought().is_some() && seeking.call.is_none() && !seeking.needs_all;
        wants.then(|| seeking.not_before.unwrap_or_default())
    }

    /// The page in the middle of where the id can be.
    pub(super) fn take_goal(&mut self, desk: &Desk) -> Option<Call> {
        if self.goal_due().is_none_or(|it| it > desk.now) || desk.list.page().is_none() {
            return None;
        }
        let seeking = self.goal.as_mut()?;
        let Goal::Seeking(text) = &seeking.goal else { return None };
        let gap = gap(desk.list.slots.all(), text.parse().ok()?);
        if gap.is_empty() {
            return None;
        }
        let size = PAGE.min(gap.len());
        let call = desk.list.page_call(gap.start + (gap.len() - size) / 2, size);
        seeking.steps += 1;
        seeking.call = Some(call.clone());
        Some(call)
    }

    pub(super) fn goal_answered(&mut self, call: &Call, error: Option<&CallError>, now: Moment) {
        let Some(seeking) = self.goal.as_mut().filter(|it| it.call.as_ref() == Some(call)) else { return };
        seeking.call = None;
        let (Some(error), Goal::Seeking(text)) = (error, &seeking.goal) else { return };
        let is_soon = error.retry_after().is_none_or(|it| it <= MOST_PATIENCE);
        let is_passing =
            is_soon && seeking.steps < STEPS && matches!(error.status(), None | Some(429 | 430 | 502..=504));
        if is_passing {
            let wait = backoff(u32::from(seeking.steps), 0, error.retry_after());
            seeking.not_before = Some(now.after(wait));
        } else {
            seeking.goal = Goal::Failed(text.clone(), error.clone());
        }
    }
}

/// Where a session with this id would be, if there is one: between the nearest that are known, without them.
fn gap(slots: &[Slot], number: u64) -> Range<usize> {
    let number_at = |it: &Slot| it.row().and_then(|it| it.number());
    let low = slots.iter().rposition(|it| number_at(it).is_some_and(|it| it < number)).map_or(0, |it| it + 1);
    let high = slots.iter().position(|it| number_at(it).is_some_and(|it| it > number)).unwrap_or(slots.len());
    low..high.max(low)
}
