//! Reading the whole list, page by page.

use livy::CallError;

use crate::Moment;

/// How far the whole list is read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scan {
    /// How many sessions are read.
    pub read: usize,
    /// How many the list has.
    pub total: usize,
    /// What it does.
    pub stage: ScanStage,
}

/// What the reading of the whole list does.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum ScanStage {
    /// Nothing needs it.
    #[default]
    Idle,
    /// Pages are read.
    Reading,
    /// The server asked for patience, or did not answer: it goes on by itself at this moment.
    Waiting(Moment, CallError),
    /// A person stopped it.
    Stopped,
    /// The server refuses this person: 401 or 403.
    Refused(CallError),
    /// All is read.
    Done,
}
