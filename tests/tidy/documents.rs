//! What the documents and the comments name exists.

use crate::source::{files, name, root};
use console::Announcement;
use std::fs;
use std::path::Path;

/// Where a path of the project begins.
const STARTS: [&str; 8] = ["src/", "tests/", "docs/", "xtask/", "deploy/", "style/", ".ci/", "examples/"];

/// The documents that people read.
fn documents() -> Vec<(String, String)> {
    let at_root = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md"]
        .iter()
        .map(|it| root().join(it));
    let all = at_root.chain(files("docs", &[".md"])).chain(files("tests", &[".md"]));
    all.map(|it| (name(&it), fs::read_to_string(&it).unwrap())).collect()
}

#[test]
fn the_documents_name_real_commands() {
    let commands = fs::read_to_string(root().join("xtask/src/arguments.rs")).unwrap();
    for (document, text) in documents() {
        let words = text
            .split("cargo xtask ")
            .skip(1)
            .filter_map(|it| it.split(|it: char| !(it.is_alphanumeric() || it == '-')).next());
        let unknown: Vec<&str> =
            words.filter(|it| !it.is_empty() && !commands.contains(&format!("\"{it}\" => "))).collect();
        assert!(unknown.is_empty(), "{document}: {unknown:?}");
    }
}

#[test]
fn the_documents_name_real_files() {
    let mut missing = Vec::new();
    for (document, text) in documents() {
        let named =
            text.split('`').skip(1).step_by(2).filter(|it| STARTS.iter().any(|at| it.starts_with(at)));
        for path in named.filter(|it| !it.contains(['{', '*', ' ', '…'])) {
            if !root().join(path).exists() {
                missing.push(format!("{document}: {path}"));
            }
        }
        let folder = root().join(&document).parent().map(Path::to_path_buf).unwrap_or_default();
        let links = text.split("](").skip(1).filter_map(|it| it.split(')').next());
        for path in links.filter(|it| !it.contains("://")).filter_map(|it| it.split('#').next()) {
            if !folder.join(path).exists() {
                missing.push(format!("{document}: a link to {path}"));
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn the_comments_name_real_files() {
    let mut missing = Vec::new();
    for path in ["src", "xtask", "tests"].iter().flat_map(|it| files(it, &[".rs", ".mjs", ".js", ".py"])) {
        let text = fs::read_to_string(&path).unwrap();
        let comments = text.lines().filter_map(|it| {
            it.split_once("// ").or_else(|| it.split_once("//! ")).or_else(|| it.split_once("/// "))
        });
        for (_, comment) in comments {
            let words = comment.split(|it: char| !(it.is_alphanumeric() || "/._-*".contains(it)));
            for word in words.map(|it| it.trim_end_matches(['.', '-'])) {
                if STARTS.iter().any(|it| word.starts_with(it))
                    && !word.contains('*')
                    && !root().join(word).exists()
                {
                    missing.push(format!("{}: {word}", name(&path)));
                }
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

/// The promises of ARCHITECTURE.md: what follows each number, up to the next one.
fn promises() -> Vec<String> {
    let text = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let section = text.split("\n## Promises\n").nth(1).unwrap().split("\n## ").next().unwrap().to_owned();
    let mut found: Vec<String> = Vec::new();
    for line in section.lines() {
        if line.starts_with(&format!("{}. ", found.len() + 1)) {
            found.push(String::new());
        }
        if let Some(promise) = found.last_mut() {
            promise.push_str(line);
            promise.push('\n');
        }
    }
    found
}

#[test]
fn every_promise_is_held_by_a_test_that_exists() {
    let code: String = ["src", "xtask", "tests"]
        .iter()
        .flat_map(|it| files(it, &[".rs"]))
        .map(|it| fs::read_to_string(it).unwrap())
        .collect();
    let promises = promises();
    assert!(promises.len() > 10, "{promises:#?}");
    for promise in promises {
        let tests = promise.split('`').skip(1).step_by(2).filter(|it| it.matches('_').count() > 1);
        let tests: Vec<&str> = tests.collect();
        assert!(!tests.is_empty(), "no test holds: {promise}");
        for test in tests {
            assert!(code.contains(&format!("fn {test}(")), "{test} is no test: {promise}");
        }
    }
}

/// The table of events is what the machine and the shell tell: a host's developer reads nothing else.
#[test]
fn the_contract_lists_every_event_with_its_keys() {
    let contract = fs::read_to_string(root().join("docs/contract.md")).unwrap();
    let rows = contract.lines().filter_map(|it| it.strip_prefix("| `livy-"));
    let listed: Vec<(String, Vec<String>)> = rows
        .map(|row| {
            let mut cells = row.split('|');
            let event = cells.next().unwrap().trim().trim_end_matches('`');
            let keys = cells.next().unwrap().split('`').skip(1).step_by(2).map(str::to_owned);
            (format!("livy-{event}"), keys.collect())
        })
        .collect();
    let told = Announcement::EVENTS
        .map(|(event, keys)| (event.to_owned(), keys.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>()));
    assert_eq!(listed, told);
    let announced = fs::read_to_string(root().join("src/console/announce.rs")).unwrap();
    for (event, _) in told.iter().filter(|it| !["livy-ready", "livy-stopped"].contains(&it.0.as_str())) {
        assert!(announced.contains(&format!("event: \"{event}\"")), "{event} is listed and never told");
    }
}
