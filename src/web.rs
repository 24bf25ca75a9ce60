//! The shell: the only room that knows of browsers, drawing and the clock.
//!
//! It performs the machine's effects ([`driver`]), hands what the machine knows to the screen ([`board`]), and draws it
//! ([`page`], made of [`part`]s). It decides nothing about sessions.

mod board;
mod browser;
mod config;
mod console;
mod draft;
mod driver;
pub mod embed;
mod page;
mod part;
mod reactive;
mod split;
pub mod stop;
mod words;
