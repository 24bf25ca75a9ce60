//! A person at the form, on a clock that only the test moves.

mod filling;
mod keeping;
mod person;
mod presets;
mod rows;
mod sending;
mod typing;
