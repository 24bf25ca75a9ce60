//! The form: from text as it is typed to a request that Livy accepts and Spark survives.
//!
//! A [`Draft`] holds text and may be anything. [`read`] tells what is certain in it and every [`Problem`] at once;
//! [`parse`] alone makes a [`CreateSession`], and nothing else can be sent. This room never talks to a server, never draws,
//! and checks nothing that only the server can know. Start with [`Field`], then [`parse`].

mod count;
mod digit;
mod draft;
mod example;
mod field;
mod memory;
mod name;
mod path;
mod problem;
mod request;
mod user;

pub use draft::Draft;
pub use field::{Field, Group, Shape};
pub use name::SessionName;
pub use problem::{Problem, Severity};
pub use request::{CreateSession, Reading, parse, read};
