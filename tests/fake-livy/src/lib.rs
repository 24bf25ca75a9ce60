//! A pretend Apache Livy 0.9.0: its REST protocol over raw JSON, for demos, journeys and browser tests.
//!
//! [`Cluster::answer`] is pure: the time is an argument and the only chance is a seeded one, so that hours pass in no time and
//! every run is the same. It shares no type with the console, for a shared struct would hide a shared mistake; what it
//! says is compared with a real server by `tests/conformance`. It starts no Spark and runs no code.
//! Start with [`Cluster`]; what a session does is told by its name, see [`story::Story`].

mod chatter;
mod cluster;
mod completion;
mod create;
mod dialect;
mod expression;
mod fleet;
mod http;
mod interpreter;
mod kind;
mod mapper;
mod path;
mod python;
mod reply;
mod route;
#[cfg(feature = "serve")]
pub mod serve;
mod session;
mod sql;
mod statement;
mod statements;
pub mod story;

pub use cluster::{Cluster, Options};
pub use dialect::Dialect;
pub use http::{Fate, Request, Response};
