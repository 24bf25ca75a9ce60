//! What runs in a session: its statements, what came of them, and the editor below.

pub mod editor;
pub mod entries;
pub mod entry;
pub mod fate;
pub mod runner;
pub mod view;
