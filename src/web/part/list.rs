//! The table of the list of sessions.

mod head;
mod press;
pub mod room;
mod row;
mod rows;
pub mod table;
