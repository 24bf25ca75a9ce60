//! `cargo xtask bench`: how fast the form is, natively and in the browser. It prints and judges nothing: ratios of one run say
//! more than milliseconds, and no test is timed.

use crate::failure::{At, Failure, Outcome};
use crate::place::Place;
use crate::step::Step;
use crate::{node, test};

/// What can be measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// Reading a full draft, and one key with all views updated.
    Form,
}

/// Measures with the bundle in `dist/`.
///
/// # Errors
/// There is no bundle, or Node, a browser or a build is missing.
pub fn run(place: &Place, subject: Subject) -> Outcome {
    let Subject::Form = subject;
    if !place.at("dist/index.html").is_file() {
        return Err(Failure::new("There is no bundle to measure: run cargo xtask dist first."));
    }
    node::ready(place)?;
    let chromium = test::chromium(place)?;
    Step::new("Measure the form natively", "cargo")
        .args(["bench", "--locked", "--package", "form", "--bench", "form"])
        .within(place.root())
        .run()?;
    let this = std::env::current_exe().at("Finding this program")?;
    Step::new("Measure the form in the browser", "node")
        .arg(node::folder(place).join("bench/form.mjs"))
        .env("CHROMIUM", chromium)
        .env("XTASK", this)
        .run()
}
