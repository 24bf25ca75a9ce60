//! The shell: the only room that knows of browsers, drawing and the clock.
//!
//! It performs the machine's effects ([`driver`]), shows what the machine knows ([`console`]), and draws it ([`page`], made of
//! [`part`]s). It decides nothing about sessions.

mod access;
pub mod browser;
mod clock;
mod clusters;
mod command;
mod config;
mod console;
mod demo;
mod driver;
pub mod embed;
mod fetch_part;
mod flights;
mod form_box;
mod link_query;
mod news;
mod page;
mod part;
mod parts;
mod reactive;
mod split;
mod title;
mod words;
