//! The table of the list of sessions.

mod head;
mod press;
mod room;
mod row;
mod rows;
pub mod table;
