//! `cargo xtask licences`: writes the notices of every crate in the program, which the bundle carries: MIT and Apache ask for it.
//!
//! cargo-about collects the texts and refuses a licence that `about.toml` does not accept. It takes minutes to build and the texts of
//! a released crate never change, so its work is committed; `dist` only checks that it is about the crates of this program.

use crate::build::APP;
use crate::failure::{At, Failure, Outcome};
use crate::place::Place;
use crate::step::{Step, answer_of};
use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

/// The notices, as they are committed and shipped.
pub const FILE: &str = "src/licences.txt";
/// How they are written.
const PATTERN: &str = "xtask/src/licences/notices.hbs";
/// The version of cargo-about.
const TOOL: &str = "0.9.3";

/// Writes the notices again.
///
/// # Errors
/// cargo-about cannot be built, or a crate has a licence that is not accepted.
pub fn run(place: &Place) -> Outcome {
    let folder = place.at("target/tools");
    let about = folder.join("bin/cargo-about");
    if answer_of(&about, &["--version"]).is_none_or(|it| !it.ends_with(TOOL)) {
        Step::new(format!("Build cargo-about {TOOL} (some minutes, once)"), "cargo")
            .args(["install", "cargo-about", "--locked", "--features", "cli", "--version", TOOL, "--root"])
            .arg(&folder)
            .within(place.root())
            .run()?;
    }
    let made = place.at("target/licences.txt");
    Step::new("Collect the licences of the program's crates", &about)
        .args([
            "generate",
            "--locked",
            "--fail",
            "--features",
            "split",
            "--config",
            "about.toml",
            "--output-file",
        ])
        .arg(&made)
        .arg(PATTERN)
        .within(place.root())
        .run()?;
    fs::copy(&made, place.at(FILE)).at(format!("Writing {FILE}"))?;
    check(place)?;
    println!("Wrote {FILE}.");
    Ok(())
}

/// Compares the notices with the crates that the program is made of.
///
/// # Errors
/// A crate or its version is missing, or the notices name one that the program does not have.
pub fn check(place: &Place) -> Outcome {
    let notices = fs::read_to_string(place.at(FILE)).at(format!("Reading {FILE}"))?;
    let named = named(&notices);
    // What only the compiler runs may be named: cargo-about does not tell it apart.
    let (program, all) = (tree(place, "normal,no-proc-macro")?, tree(place, "normal")?);
    let differ = |one: &BTreeSet<String>, other: &BTreeSet<String>| {
        one.difference(other).map(String::as_str).collect::<Vec<_>>().join(", ")
    };
    if program.is_subset(&named) && named.is_subset(&all) {
        return Ok(());
    }
    Err(Failure::new(format!(
        "{FILE} is not about the crates of this program. It lacks: {}. It has without need: {}. Run cargo xtask licences.",
        differ(&program, &named),
        differ(&named, &all)
    )))
}

/// The crates that the notices name, in lines such as `- leptos 0.8.23`.
fn named(notices: &str) -> BTreeSet<String> {
    // A list in the text of a licence has longer lines.
    let lists = notices.lines().filter_map(|it| it.strip_prefix("- ")).map(str::trim);
    lists.filter(|it| it.split(' ').count() == 2).map(str::to_owned).collect()
}

/// The crates that the app needs along `edges`, with their versions, without our own.
fn tree(place: &Place, edges: &str) -> Outcome<BTreeSet<String>> {
    let output = Command::new("cargo")
        .args([
            "tree",
            "--locked",
            "--package",
            APP,
            "--features",
            "split",
            "--target",
            "wasm32-unknown-unknown",
        ])
        .args(["--edges", edges, "--prefix", "none", "--format", "{p}"])
        .current_dir(place.root())
        .output()
        .at("Running cargo tree")?;
    if !output.status.success() {
        return Err(Failure::new(format!(
            "cargo tree cannot list the crates of the program: {}",
            String::from_utf8_lossy(&output.stderr).trim()
        )));
    }
    Ok(crates(&String::from_utf8_lossy(&output.stdout)))
}

/// `leptos v0.8.23 (*)` is `leptos 0.8.23`; what has a path is ours.
fn crates(tree: &str) -> BTreeSet<String> {
    let foreign = tree.lines().filter(|it| !it.contains("(/"));
    foreign
        .filter_map(|line| {
            let (name, rest) = line.split_once(" v")?;
            Some(format!("{name} {}", rest.split_whitespace().next()?))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{crates, named};

    #[test]
    fn our_own_crates_are_none_and_each_other_one_counts_once() {
        let tree = "livy-console v0.1.0 (/home/a)\nleptos v0.8.23\nform v0.1.0 (/home/a/src/form)\nleptos v0.8.23 (*)\ntoml v1.2.1+spec-1.1.0\n";
        assert_eq!(crates(tree), ["leptos 0.8.23".to_owned(), "toml 1.2.1+spec-1.1.0".to_owned()].into());
    }

    #[test]
    fn notices_name_crates_in_lists() {
        assert_eq!(
            named("MIT\n\n- leptos 0.8.23\n- url 2.5.8\n\nPermission -- is\n"),
            ["leptos 0.8.23".to_owned(), "url 2.5.8".to_owned()].into()
        );
    }
}
