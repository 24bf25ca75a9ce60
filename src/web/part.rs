//! The parts that pages are made of. They know looks and words, not when to ask whom.

mod conf_rows;
mod create_fate;
mod delete_dialog;
mod estimate;
mod facts;
mod field;
mod fresh_mark;
mod log_search;
mod log_view;
mod notice_box;
mod notify;
mod only_looking;
mod path_rows;
mod presets;
mod preview;
mod remembered;
mod state_mark;
mod why;

pub use conf_rows::ConfRows;
pub use create_fate::CreateFate;
pub use delete_dialog::DeleteDialog;
pub use estimate::Takes;
pub use facts::{Facts, clock};
pub use field::{KindChoice, TextField, focus_control};
pub use fresh_mark::FreshMark;
pub use log_view::LogView;
pub use notice_box::{NoticeBox, TroubleNote};
pub use notify::Notify;
pub use only_looking::OnlyLooking;
pub use path_rows::PathRows;
pub use presets::Presets;
pub use preview::Preview;
pub use remembered::{RememberedList, SameId};
pub use state_mark::StateMark;
pub use why::{Pointed, Why};
