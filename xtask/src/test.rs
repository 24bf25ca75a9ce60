//! `cargo xtask test`: all checks for a change, fastest first.

mod demo;

use crate::browser::{self, Named};
use crate::failure::{At, Failure, Outcome};
use crate::place::Place;
use crate::step::{Step, answer_of};
use crate::{dist, hosts, node, tool};
use std::time::Instant;

/// The packages that run on the machine. The app is built for the browser only.
const NATIVE: [&str; 6] = ["livy", "form", "snippet", "console", "fake-livy", "xtask"];
const PYTHON: &str = "python3";
const APP: [&str; 4] = ["--package", "livy-console", "--target", "wasm32-unknown-unknown"];

/// The options of `test`.
#[derive(Debug)]
pub struct Test {
    /// Whether to run the journeys in the browsers.
    pub browser: bool,
}

/// Runs every step and stops at the first that fails.
///
/// # Errors
/// A step failed, or something it needs is missing.
pub fn run(place: &Place, test: Test) -> Outcome {
    let begun = Instant::now();
    // Say what is missing before minutes of work, not after.
    node::ready(place)?;
    python()?;
    let browsers = if test.browser { Some(browser::engines(place)?) } else { None };

    let native: Vec<&str> = NATIVE.iter().flat_map(|package| ["--package", package]).collect();
    cargo(place, "Check the formatting").args(["fmt", "--check", "--all"]).run()?;
    Step::new("Compare the form's rules with Livy's recorded answers", PYTHON)
        .args(["tests/validation/ask.py", "--check"])
        .within(place.root())
        .run()?;
    cargo(place, "Lint what runs on the machine")
        .args(["clippy", "--locked", "--all-targets"])
        .args(&native)
        .run()?;
    tool::wasm_target(place)?;
    cargo(place, "Lint the app").args(["clippy", "--locked"]).args(APP).run()?;
    cargo(place, "Test what runs on the machine").args(["test", "--locked"]).args(&native).run()?;
    dist::run(place)?;
    demo::tried(place)?;
    hosts::run(place)?;
    if let Some(browsers) = browsers {
        node::examples(place)?;
        journeys(place, "Run the journeys in Chromium", &browsers, &[])?;
        journeys(
            place,
            "Run the journeys in Chromium, Firefox and WebKit",
            &browsers,
            &["--config", "engines"],
        )?;
    }
    println!("All steps passed in {} s.", begun.elapsed().as_secs());
    Ok(())
}

/// Scripts in `tests/` are read by it; they use its standard library alone.
fn python() -> Outcome {
    match answer_of(PYTHON, &["--version"]) {
        Some(_) => Ok(()),
        None => Err(Failure::new(format!(
            "{PYTHON} is missing. Install Python 3: on Debian with apt-get install python3, elsewhere from https://www.python.org."
        ))),
    }
}

fn cargo(place: &Place, title: &str) -> Step {
    Step::new(title, "cargo")
        .within(place.root())
        .missing("cargo is missing. Install rustup from https://rustup.rs.")
}

fn journeys(place: &Place, title: &str, browsers: &[Named], args: &[&str]) -> Outcome {
    let this = std::env::current_exe().at("Finding this program")?;
    let mut step = Step::new(title, node::program(place, "playwright")).arg("test").args(args);
    for (variable, program) in browsers {
        step = step.env(variable, program);
    }
    // The journeys start servers with this program: no second build, no waiting for Cargo's lock.
    step.within(&node::folder(place)).env("XTASK", this).run()
}
