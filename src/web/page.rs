//! The pages, and the frame around them.

pub mod app;
mod lazy;
pub mod lost;
pub mod new;
pub mod session;
mod sessions;
