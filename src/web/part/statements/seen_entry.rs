//! What the page shows of a statement, as it is now.

use console::{Model, Moment, Origin, Reading, StatementEntry, Statements};
use livy::{CallError, Phase, Statement, StatementId};

use crate::web::console::Console;
use crate::web::reactive::{Same, Seen};

/// What can change about it beside what the server tells.
#[derive(Clone, Debug, PartialEq)]
pub struct Standing {
    /// Who has sent it.
    pub origin: Origin,
    /// Whether it has begun to run, where that is known.
    pub has_run: Option<bool>,
    /// How many are before it.
    pub ahead: usize,
    /// The word of the contract for what became of a cancel.
    pub cancel: Option<&'static str>,
    /// True where the answer to a cancel was lost.
    pub cancel_is_lost: bool,
    /// Why a cancel was refused.
    pub refused: Option<CallError>,
    /// True while something is still to come of it.
    pub is_open: bool,
    /// True once the server has it no more.
    pub is_evicted: bool,
    /// True where the session ended before it did.
    pub is_cut_off: bool,
    /// True for one that does not move on though nothing runs before it.
    pub is_stuck: bool,
    /// True where the server has told its end, and no output.
    pub has_no_output: bool,
    /// True for one that cannot be read.
    pub is_unreadable: bool,
    /// True for one that this browser has kept.
    pub is_saved: bool,
    /// True where its output was not kept with it.
    pub is_left_out: bool,
    /// True while all of a large output is being read.
    pub is_reading_whole: bool,
    /// True where its output is larger than what a tab has room for.
    pub is_beyond: bool,
    /// True where something can be asked of its session.
    pub can_ask: bool,
    /// When this page first saw it run.
    pub runs_since: Option<Moment>,
    /// True where it had begun before.
    pub ran_before: bool,
    /// True where the line about the last press has the button that cancels it.
    pub is_doubled: bool,
}

impl Standing {
    fn of(model: &Model, statements: &Statements, entry: &StatementEntry) -> Self {
        let phase = model.watch().and_then(|it| it.session()).map(|it| it.state.phase());
        Self {
            origin: entry.origin,
            has_run: entry.has_run(),
            ahead: statements.ahead(entry.id()),
            cancel: statements.cancel_word(entry.id(), phase == Some(Phase::Working)),
            cancel_is_lost: entry.cancel_is_lost(),
            refused: match &entry.cancel {
                Some(console::Cancel::Refused(error)) => Some(error.clone()),
                _ => None,
            },
            is_open: entry.is_open(),
            is_evicted: entry.is_evicted,
            is_cut_off: entry.is_cut_off,
            is_stuck: entry.is_stuck,
            has_no_output: entry.has_no_output(),
            is_unreadable: entry.trouble.is_some(),
            is_saved: entry.is_saved,
            is_left_out: entry.is_left_out,
            is_reading_whole: entry.is_reading_whole,
            is_beyond: entry.is_beyond(),
            can_ask: !matches!(statements.reading(), Reading::Closed | Reading::Over),
            runs_since: entry.runs_since,
            ran_before: entry.ran_before(),
            is_doubled: statements.open_copies().any(|it| it == entry.id()),
        }
    }
}

/// One statement of the session on the page.
#[derive(Clone, Copy)]
pub struct SeenEntry {
    /// What the server told.
    pub statement: Seen<Option<Same<Statement>>>,
    standing: Seen<Option<Standing>>,
}

impl SeenEntry {
    /// The one with this id.
    pub fn new(console: Console, id: &StatementId) -> Self {
        let (of_statement, of_standing) = (id.clone(), id.clone());
        Self {
            statement: console
                .see(move |model| Some(Same::of(&model.statements()?.entry(&of_statement)?.statement))),
            standing: console.see(move |model| {
                let statements = model.statements()?;
                Some(Standing::of(model, statements, statements.entry(&of_standing)?))
            }),
        }
    }

    /// Looks at what the server told.
    pub fn told<T>(self, at: impl FnOnce(&Statement) -> Option<T>) -> Option<T> {
        self.statement.with(|it| at(it.as_ref()?))
    }

    /// Looks at the rest.
    pub fn stands<T>(self, at: impl FnOnce(&Standing) -> Option<T>) -> Option<T> {
        self.standing.with(|it| at(it.as_ref()?))
    }

    /// True while something is still to come of it.
    pub fn is_open(self) -> bool {
        self.stands(|it| Some(it.is_open)).unwrap_or_default()
    }
}
