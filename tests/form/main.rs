//! The form from outside: drafts, rules and configurations.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test ends where it finds something else")]

mod any;
mod clusters;
mod config;
mod draft;
mod json;
mod machine;
mod manager;
mod policy;
mod validation;
