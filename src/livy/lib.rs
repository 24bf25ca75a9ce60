//! The wire: what Apache Livy says and what it accepts, over HTTP and JSON.
//!
//! This room turns a [`Call`] into method, URL and body, and an [`Answer`] into what it promises or a [`CallError`].
//! It never performs a call, never waits, never words anything for people, and knows nothing of screens.
//! Start with [`Session`], then [`Call`] and [`Answer`].

mod address;
mod answer;
mod call;
mod cut;
mod dialect;
mod error;
mod escape;
mod head;
mod json;
mod kind;
mod log;
mod outline;
mod output;
mod page;
mod piece;
mod scan;
mod session;
mod state;
mod statement;
mod statement_answer;
mod version;
mod word;

pub use address::{Address, BaseUrl, SessionId, origin};
pub use answer::Answer;
pub use call::{Call, Method};
pub use cut::Cut;
pub use dialect::{Meaning, Reason};
pub use error::{Answerer, CallError, Page};
pub use escape::unescape;
pub use json::{Items, Json, JsonKind};
pub use kind::Kind;
pub use log::{LogPage, Section};
pub use output::{Output, OutputPart, StatementError};
pub use page::{Extent, SessionPage};
pub use piece::Piece;
pub use session::{Link, Session};
pub use state::{Phase, SessionState};
pub use statement::{Statement, StatementId, StatementPage, StatementPhase, StatementState, Unread};
pub use version::{Release, Version};
