//! The table of the list of sessions.

mod head;
mod press;
mod row;
mod rows;
pub mod table;
