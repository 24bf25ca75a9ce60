//! Node and the npm packages that `dist` and `test` need: those of `tests/e2e/package-lock.json`, no others.

use crate::failure::{At, Failure, Outcome};
use crate::place::Place;
use crate::step::{Step, answer_of};
use crate::version::Version;
use std::fs;
use std::path::PathBuf;

/// The first Node that the packages support.
const OLDEST: u32 = 20;

/// The folder of the packages.
pub fn folder(place: &Place) -> PathBuf {
    place.at("tests/e2e")
}

/// Sees that Node is there and that the packages are installed as the lock file says.
///
/// # Errors
/// Node or npm is missing or too old, or npm's registry does not answer.
pub fn ready(place: &Place) -> Outcome {
    match answer_of("node", &["--version"]).as_deref().and_then(Version::of_program) {
        Some(version) if version.major >= OLDEST => {}
        found => {
            let found =
                found.map_or_else(|| "none was found".to_owned(), |version| format!("found is {version}"));
            return Err(Failure::new(format!(
                "This needs Node {OLDEST} or later, and {found}: install it from https://nodejs.org (cargo xtask demo does without)."
            )));
        }
    }
    let folder = folder(place);
    let lock =
        fs::read_to_string(folder.join("package-lock.json")).at("Reading tests/e2e/package-lock.json")?;
    // What was installed is noted in the folder itself: another lock file, or none installed, means another installation.
    let noted = folder.join("node_modules/.installed-lock.json");
    if fs::read_to_string(&noted).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    Step::new("Install the npm packages of tests/e2e", "npm")
        .args(["ci", "--no-audit", "--no-fund"])
        .within(&folder)
        // The system's Chromium is used: no browser is downloaded.
        .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")
        .quiet(place.at("target/npm-ci.log"))
        .missing("npm is missing, which comes with Node: install Node from https://nodejs.org.")
        .run()?;
    fs::write(noted, lock).at("Writing to tests/e2e/node_modules")
}

/// A program that a package brings.
pub fn program(place: &Place, name: &str) -> PathBuf {
    folder(place).join("node_modules/.bin").join(name)
}
