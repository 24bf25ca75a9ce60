//! House rules that the compiler does not check.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test ends where it finds something else")]

mod documents;
mod element;
mod graph;
mod items;
mod rooms;
mod shape;
mod source;
mod styles;
