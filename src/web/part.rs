//! The parts that pages are made of. They know looks and words, not when to ask whom. Those of one page alone have a room of
//! their own.

pub mod create_again;
pub mod create_fate;
pub mod created;
pub mod fleet;
pub mod form;
pub mod fresh_mark;
pub mod instead;
pub mod kept_statements;
pub mod list;
pub mod log;
pub mod moment_text;
pub mod notice_box;
pub mod output;
pub mod question;
pub mod remembered;
pub mod session;
pub mod state_mark;
pub mod statements;
pub mod trouble;
pub mod unused_query;
