//! The view of a log: its window of rows, its search, its copies.

pub mod copy;
pub mod expression;
pub mod line;
pub mod link;
pub mod mark;
pub mod pane;
pub mod pointed_line;
pub mod room;
pub mod rows;
pub mod search_bar;
pub mod search_state;
pub mod shown_rows;
pub mod tabs;
pub mod view;
pub mod wrap;
