//! `cargo xtask accept`: what the form lets through, before the request mapper of a real Livy. No server, no session.

use crate::failure::Outcome;
use crate::livy;
use crate::place::Place;
use crate::step::Step;
use std::path::Path;

/// Runs the comparison with the jars of Livy's distribution.
///
/// # Errors
/// The distribution or Java is missing, or a request was read as something else.
pub fn run(place: &Place, dist: Option<&Path>) -> Outcome {
    let jars = livy::own_jars(place, dist)?;
    Step::new("Have Livy's mapper read what the form lets through", "cargo")
        .args(["test", "--locked", "--package", "form", "--test", "acceptance", "--", "--nocapture"])
        .within(place.root())
        .env("LIVY_JARS", jars)
        .run()
}
