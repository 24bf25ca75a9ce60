//! `cargo xtask test`: everything that has to hold before a change is taken, in the order in which it fails fastest.

use crate::failure::{At, Failure, Outcome};
use crate::place::Place;
use crate::step::{Step, answer_of};
use crate::{dist, node, tool};
use std::path::{Path, PathBuf};
use std::time::Instant;

/// The packages that run on the machine. The app is built for the browser only.
const NATIVE: [&str; 6] = ["livy", "form", "console", "fake-livy", "xtask", "wasm-bindgen-tool"];
const APP: [&str; 4] = ["--package", "livy-console", "--target", "wasm32-unknown-unknown"];
/// Where Linux systems put Chromium or Chrome.
const CHROMIUM: [&str; 4] = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];

/// What the command was asked for.
#[derive(Debug)]
pub struct Test {
    /// Whether the journeys in the browser are part of it.
    pub browser: bool,
}

/// Runs every step; the first one that fails ends it.
///
/// # Errors
/// A step failed or something it needs is missing.
pub fn run(place: &Place, test: Test) -> Outcome {
    let begun = Instant::now();
    // What is missing is said before minutes of work, not after.
    node::ready(place)?;
    let chromium = if test.browser { Some(chromium(place)?) } else { None };

    let native: Vec<&str> = NATIVE.iter().flat_map(|package| ["--package", package]).collect();
    cargo(place, "Check the formatting").args(["fmt", "--check", "--all"]).run()?;
    cargo(place, "Lint what runs on the machine")
        .args(["clippy", "--locked", "--all-targets"])
        .args(&native)
        .run()?;
    tool::wasm_target(place)?;
    cargo(place, "Lint the app").args(["clippy", "--locked"]).args(APP).run()?;
    cargo(place, "Test what runs on the machine").args(["test", "--locked"]).args(&native).run()?;
    dist::run(place)?;
    if let Some(chromium) = chromium {
        journeys(place, &chromium)?;
    }
    println!("All steps passed in {} s.", begun.elapsed().as_secs());
    Ok(())
}

fn cargo(place: &Place, title: &str) -> Step {
    Step::new(title, "cargo")
        .within(place.root())
        .missing("cargo is missing: install rustup from https://rustup.rs.")
}

fn journeys(place: &Place, chromium: &Path) -> Outcome {
    let this = std::env::current_exe().at("Finding this program")?;
    Step::new("Walk the journeys in the browser", node::program(place, "playwright"))
        .arg("test")
        .within(&node::folder(place))
        .env("CHROMIUM", chromium)
        // The journeys start servers by this program: no second build, no waiting for Cargo's lock.
        .env("XTASK", this)
        .run()
}

/// A Chromium of the system; installed by apt where that is possible.
///
/// # Errors
/// There is none, and none can be installed.
pub fn chromium(place: &Place) -> Outcome<PathBuf> {
    if let Some(found) = installed_chromium() {
        return Ok(found);
    }
    let root = answer_of("id", &["-u"]).as_deref() == Some("0");
    if root && answer_of("apt-get", &["--version"]).is_some() {
        Step::new("Ask apt for its packages", "apt-get")
            .arg("update")
            .quiet(place.at("target/apt.log"))
            .run()?;
        Step::new("Install Chromium by apt", "apt-get")
            .args(["install", "--yes", "--no-install-recommends", "chromium"])
            .env("DEBIAN_FRONTEND", "noninteractive")
            .quiet(place.at("target/apt.log"))
            .run()?;
    }
    installed_chromium().ok_or_else(|| {
        Failure::new("Chromium is missing, in which the journeys run: apt-get install chromium, or name one by CHROMIUM=PATH.")
    })
}

fn installed_chromium() -> Option<PathBuf> {
    let named = std::env::var_os("CHROMIUM").map(PathBuf::from).filter(|path| path.is_file());
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders: Vec<_> = std::env::split_paths(&path).collect();
    let on_path = CHROMIUM.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    named.or_else(|| on_path.into_iter().find(|program| program.is_file()))
}
