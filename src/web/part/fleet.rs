//! What is done with many sessions: filters, reading the whole list, selecting, deleting, comparing and handing over.

pub mod compare;
pub mod end_question;
pub mod end_result;
pub mod filters;
pub mod goal;
pub mod hand_over;
pub mod place;
pub mod scan_line;
pub mod selection_bar;
pub mod tools;
