//! What runs in a session: its statements, what came of them, and the editor below.

pub mod announcing;
pub mod colours;
mod completing;
pub mod earlier;
pub mod editor;
pub mod entries;
pub mod entry;
pub mod entry_head;
pub mod entry_notes;
pub mod fate;
pub mod following;
pub mod hand_over;
pub mod keys;
pub mod manners;
pub mod runner;
pub mod said;
pub mod save;
pub mod seen_entry;
pub mod view;
