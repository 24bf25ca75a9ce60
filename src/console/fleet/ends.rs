//! Many sessions are deleted with one confirmation: the question, how far it has come, and what became of each.

use livy::{CallError, SessionId};

use crate::Moment;

/// A bulk delete, from its question to its results.
#[derive(Clone, Debug, PartialEq)]
pub struct Ends {
    /// The sessions, in the order of the list at the time of the question.
    pub items: Vec<EndItem>,
    /// How far it has come.
    pub stage: EndStage,
}

/// How far a bulk delete has come.
#[derive(Clone, Debug, PartialEq)]
pub enum EndStage {
    /// The question is open. Nothing was sent.
    Asking,
    /// Sessions are being deleted.
    Running,
    /// The server asked for patience, or did not answer: it goes on by itself at this moment.
    Waiting(Moment, CallError),
    /// Nothing more is sent until [`crate::FleetEvent::EndResumed`].
    Stopped(Halt),
    /// Nothing is left to do.
    Done,
}

/// Why a bulk delete has stopped.
#[derive(Clone, Debug, PartialEq)]
pub enum Halt {
    /// A person stopped it.
    Person,
    /// The server refuses this person: 401 or 403.
    Refused(CallError),
    /// The page was loaded again. Nothing is deleted without a press.
    Reload,
}

/// One of the sessions.
#[derive(Clone, Debug, PartialEq)]
pub struct EndItem {
    /// Its id.
    pub id: SessionId,
    /// Its name, where it has one.
    pub name: Option<String>,
    /// Its owner, where the server tells.
    pub owner: Option<String>,
    /// Its application: with the name what it is known by.
    pub app: Option<String>,
    /// Its state when the question was asked, in the server's word.
    pub state: String,
    /// True where it was starting or a statement ran in it: it is left out unless it is ticked. See [`EndItem::is_unsure`] for the others
    /// that are.
    pub is_busy: bool,
    /// True where it is to be deleted.
    pub is_ticked: bool,
    /// What became of it.
    pub outcome: Outcome,
}

/// What became of one of the sessions.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// Its turn has not come.
    Waiting,
    /// It is read, to see that it is the same session still.
    Looking,
    /// Its delete is on its way.
    Deleting,
    /// It was deleted.
    Deleted,
    /// The server did not have it any more.
    Gone,
    /// It has begun to work since the question, which did not name it among the busy ones: it was left alone.
    Busy,
    /// Its id is another session's by now: that was left alone, and what was to be deleted is gone.
    Another,
    /// It was left alone: the answer to the read before its delete has nothing by which it could be recognised.
    Unsure,
    /// It could not be deleted, or is not known to be.
    Failed(CallError),
}

impl Outcome {
    /// True where nothing is left to do: it is not there any more.
    pub(crate) fn is_good(&self) -> bool {
        matches!(self, Self::Deleted | Self::Gone | Self::Another)
    }

    /// True where it is not deleted, though nothing has failed.
    pub(crate) fn is_left_alone(&self) -> bool {
        matches!(self, Self::Busy | Self::Unsure)
    }
}

impl Ends {
    /// Those that are to be deleted.
    pub fn ticked(&self) -> impl Iterator<Item = &EndItem> {
        self.items.iter().filter(|it| it.is_ticked)
    }

    /// How many are to be deleted.
    pub fn total(&self) -> usize {
        self.ticked().count()
    }

    /// How many are not there any more.
    pub fn done(&self) -> usize {
        self.ticked().filter(|it| it.outcome.is_good()).count()
    }

    /// How many were deleted from here.
    pub fn deleted(&self) -> usize {
        self.ticked().filter(|it| it.outcome == Outcome::Deleted).count()
    }

    /// How many were gone already.
    pub fn gone(&self) -> usize {
        self.done() - self.deleted()
    }

    /// How many were left alone.
    pub fn left_alone(&self) -> usize {
        self.ticked().filter(|it| it.outcome.is_left_alone()).count()
    }

    /// How many could not be deleted.
    pub fn failed(&self) -> usize {
        self.ticked().filter(|it| matches!(it.outcome, Outcome::Failed(_))).count()
    }
}
