//! The form from outside: drafts, rules, configurations, and texts from elsewhere.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test ends where it finds something else")]

mod any;
mod config;
mod draft;
mod snippet;
mod validation;
