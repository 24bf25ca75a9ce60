//! The machine against a pretend cluster, on a virtual clock.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test ends where it finds something else")]

mod announce;
mod causes;
mod coming_back;
mod dialects;
mod ending;
mod fleet;
mod journey;
mod kept;
mod lending;
mod lexing;
mod listing;
mod missing;
mod notebook;
mod outlived;
mod person;
mod remembering;
mod results;
mod returning;
mod route;
mod statements;
mod statements_another;
mod statements_aside;
mod statements_cancels;
mod statements_chaos;
mod statements_completion;
mod statements_fate;
mod statements_kept;
mod statements_large;
mod statements_manners;
mod statements_news;
mod statements_reading;
mod statements_repeated;
mod statements_saved;
mod statements_stuck;
mod stitching;
mod two_clusters;
mod watching;
