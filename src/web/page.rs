//! The pages, and the frame around them.

pub mod app;
mod lazy;
mod lost;
mod new;
mod session;
mod sessions;
