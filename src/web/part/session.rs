//! The parts of a session's page but for its log.

pub mod causes;
pub mod closed_statements;
pub mod copy_fact;
pub mod delete_bar;
pub mod end_notice;
pub mod facts;
pub mod notify;
pub mod other_fields;
pub mod rooms;
pub mod spectator;
pub mod timeline;
