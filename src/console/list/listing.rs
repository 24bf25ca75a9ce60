//! What the list shows: how many rows, and those on the screen.

use std::sync::Arc;

use super::row::SessionRow;
use crate::About;

/// The list as a whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// How many rows it has, those included whose session is not read yet.
    pub len: usize,
    /// How many sessions the server has, as far as is known.
    pub total: usize,
    /// How many new sessions have no row yet, because a new row would move the others.
    pub waiting: usize,
    /// False before the first good answer.
    pub is_known: bool,
    /// Another one whenever a row may have changed.
    pub version: u64,
}

/// One row of it.
#[derive(Clone, Debug, PartialEq)]
pub struct ListedRow {
    /// Which one, counted from 0 at the top.
    pub index: usize,
    /// Its session; `None` while it is not read: it is asked for while the row is on the screen.
    pub row: Option<Arc<SessionRow>>,
    /// True when the server no longer has it.
    pub is_gone: bool,
    /// True when it was created in this browser.
    pub is_own: bool,
    /// True when it is selected.
    pub is_picked: bool,
    /// Why it ended, where this page knows: it has watched it.
    pub cause: Option<&'static About>,
}
