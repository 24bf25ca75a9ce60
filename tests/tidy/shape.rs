//! How long a file may be, what it is called, and that it says what it is.

use crate::source::{files, name};
use std::fs;

/// The most lines that a person should have to read to know a file.
const LINES: usize = 400;

/// Longer files, with the reason.
const LONGER: [(&str, &str); 0] = [];

#[test]
fn every_file_says_what_it_is_and_has_a_name_that_says_more() {
    for path in ["src", "xtask", "tests"].iter().flat_map(|it| files(it, &[".rs"])) {
        assert!(
            fs::read_to_string(&path).unwrap().starts_with("//!"),
            "{} has no words of its own",
            name(&path)
        );
        let file = path.file_name().unwrap().to_string_lossy().into_owned();
        assert!(
            !["mod.rs", "utils.rs", "util.rs", "helpers.rs", "common.rs"].contains(&file.as_str()),
            "{}",
            name(&path)
        );
    }
}

#[test]
fn no_file_is_longer_than_four_hundred_lines() {
    let mut found = Vec::new();
    for path in
        ["src", "xtask", "tests"].iter().flat_map(|it| files(it, &[".rs", ".mjs", ".js", ".py", ".java"]))
    {
        let lines = fs::read_to_string(&path).unwrap().lines().count();
        if lines > LINES && !LONGER.iter().any(|(it, _)| *it == name(&path)) {
            found.push(format!("{}: {lines} lines", name(&path)));
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}
