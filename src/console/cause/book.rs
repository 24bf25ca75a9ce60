//! The way to the table, which a part of the program lends.

use std::fmt::Debug;

use livy::Session;

use super::entry::Entry;
use super::found::{About, FoundCause, settled};
use super::search::{Search, search};
use super::table::TABLE;
use super::{Cause, better, field};
use crate::SessionLog;

/// What the part of the program with the table lends to the machine.
///
/// It is a trait, and not functions: calls of functions that are known at build time would pull the table into the first load.
pub trait CauseBook: Debug + Sync {
    /// Everything that the last lines of each section of a log show, the likeliest first; none where they show none. And whether its
    /// session was ready, which was seen (`was_ready`) or which the log shows. Costs O(their text).
    fn find(&self, log: &SessionLog, last: u64, was_ready: bool) -> (Vec<FoundCause>, bool);

    /// What a text shows that the server gives as a reason.
    fn find_in_text(&self, text: &str) -> Vec<FoundCause>;

    /// Adds what the cause means for this session: its field, and a value that is likelier to work.
    fn complete(&self, found: &mut FoundCause, log: &SessionLog, session: &Session);
}

#[derive(Debug)]
struct Book;

impl CauseBook for Book {
    fn find(&self, log: &SessionLog, last: u64, was_ready: bool) -> (Vec<FoundCause>, bool) {
        search(log, last, was_ready)
    }

    fn find_in_text(&self, text: &str) -> Vec<FoundCause> {
        let mut search = Search::new();
        search.text(text);
        search.end()
    }

    fn complete(&self, found: &mut FoundCause, log: &SessionLog, session: &Session) {
        let first = found.evidence.first();
        let line = first.and_then(|(section, number)| log.section(*section)?.line(*number));
        if let Some(line) = line {
            found.field = field::of(found.cause, found.about.field, line, session);
        }
        let line = line.unwrap_or_default();
        found.better = found.field.and_then(|field| better::of(found.cause, field, line, session));
    }
}

/// The table, as a part of the program lends it.
pub fn cause_book() -> &'static dyn CauseBook {
    &Book
}

/// The causes that a log shows, the likeliest first; none where it shows none. Costs O(its text).
pub fn causes(log: &SessionLog) -> Vec<FoundCause> {
    let (found, was_ready) = search(log, u64::MAX, false);
    settled(found, was_ready)
}

/// The causes that a text shows which a server gives as a reason. Costs O(text).
pub fn causes_of_text(text: &str) -> Vec<FoundCause> {
    settled(Book.find_in_text(text), false)
}

/// Each cause that a log can show, with what holds for it: the rows of the table.
pub fn cause_table() -> impl Iterator<Item = (Cause, &'static About)> {
    let entries = TABLE.iter().flat_map(|it: &&[Entry]| it.iter());
    entries.map(|it| (it.cause, &it.about))
}
