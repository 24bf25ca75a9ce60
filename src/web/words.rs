//! Every sentence of the shell, a table per room, so that a translator finds them in one place.
//!
//! A sentence without a value in it is a constant, one with a value is a function. The tone is the project's: plain English,
//! one fact a sentence, the remedy last.

pub mod create;
pub mod fate;
pub mod fleet;
pub mod form;
pub mod frame;
pub mod list;
pub mod log;
pub mod memory;
pub mod output;
pub mod session;
pub mod statements;
