//! Node and the npm packages that `dist` and `test` need: exactly those in `tests/e2e/package-lock.json`, and for the journeys through
//! the examples of portals those in `examples/package-lock.json`.

use crate::failure::{At, Failure, Outcome};
use crate::place::Place;
use crate::step::{Step, answer_of};
use crate::version::Version;
use std::fs;
use std::path::PathBuf;

/// The oldest Node that the packages support.
const OLDEST: u32 = 20;

/// The folder of the packages.
pub fn folder(place: &Place) -> PathBuf {
    place.at("tests/e2e")
}

/// Checks that Node is installed, and installs the packages of the lock file if they are not there yet.
///
/// # Errors
/// Node or npm is missing or too old, or npm's registry does not answer.
pub fn ready(place: &Place) -> Outcome {
    match answer_of("node", &["--version"]).as_deref().and_then(Version::of_program) {
        Some(version) if version.major >= OLDEST => {}
        found => {
            let found =
                found.map_or_else(|| "none was found".to_owned(), |version| format!("this is {version}"));
            return Err(Failure::new(format!(
                "Node {OLDEST} or later is needed, and {found}. Install it from https://nodejs.org (cargo xtask demo works without)."
            )));
        }
    }
    install(place, "tests/e2e")
}

/// Installs what the examples of portals are built with, if it is not there yet.
///
/// # Errors
/// npm's registry does not answer.
pub fn examples(place: &Place) -> Outcome {
    install(place, "examples")
}

fn install(place: &Place, name: &str) -> Outcome {
    let folder = place.at(name);
    let lock = fs::read_to_string(folder.join("package-lock.json"))
        .at(format!("Reading {name}/package-lock.json"))?;
    // The folder holds a copy of the lock file it was installed from. If it differs or is missing, the packages are installed again.
    let noted = folder.join("node_modules/.installed-lock.json");
    if fs::read_to_string(&noted).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    Step::new(format!("Install the npm packages of {name}"), "npm")
        .args(["ci", "--no-audit", "--no-fund"])
        .within(&folder)
        // The journeys use the system's Chromium: do not download a browser.
        .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")
        .quiet(place.at("target/npm-ci.log"))
        .missing("npm is missing. It comes with Node: install Node from https://nodejs.org.")
        .run()?;
    fs::write(noted, lock).at(format!("Writing to {name}/node_modules"))
}

/// A program from one of the packages.
pub fn program(place: &Place, name: &str) -> PathBuf {
    folder(place).join("node_modules/.bin").join(name)
}
