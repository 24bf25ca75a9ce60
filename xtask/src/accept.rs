//! `cargo xtask accept`: gives requests that the form allows to the request mapper of a real Livy. No server, no session.

use crate::failure::Outcome;
use crate::livy;
use crate::place::Place;
use crate::step::Step;
use std::path::Path;

/// Runs the comparison with the jars of Livy's distribution.
///
/// # Errors
/// The distribution or Java is missing, or the mapper read a request differently.
pub fn run(place: &Place, dist: Option<&Path>) -> Outcome {
    let jars = livy::own_jars(place, dist)?;
    Step::new("Check requests of the form with Livy's mapper", "cargo")
        .args(["test", "--locked", "--package", "form", "--test", "acceptance", "--", "--nocapture"])
        .within(place.root())
        .env("LIVY_JARS", jars)
        .run()
}
