//! House rules that the compiler does not check.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test ends where it finds something else")]

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// All files below a folder of the project with one of these endings.
fn files(folder: &str, endings: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap().flatten() {
            let path = entry.path();
            let name = entry.file_name().to_string_lossy().into_owned();
            if path.is_dir() {
                if !["node_modules", "target", "results"].contains(&name.as_str()) {
                    folders.push(path);
                }
            } else if endings.iter().any(|it| name.ends_with(it)) {
                found.push(path);
            }
        }
    }
    assert!(!found.is_empty(), "{folder} holds nothing to look at");
    found
}

/// The lines of a file before its tests.
fn code(path: &Path) -> Vec<(usize, String)> {
    let text = fs::read_to_string(path).unwrap();
    let lines = text.lines().take_while(|it| !it.contains("#[cfg(test)]"));
    lines.map(str::to_owned).enumerate().map(|(at, line)| (at + 1, line)).collect()
}

fn places(paths: &[PathBuf], wrong: impl Fn(&Path, &str) -> bool) -> Vec<String> {
    let mut places = Vec::new();
    for path in paths {
        for (at, line) in code(path) {
            if wrong(path, &line) {
                places.push(format!("{}:{at}: {}", path.display(), line.trim()));
            }
        }
    }
    places
}

#[test]
fn pure_rooms_name_no_browser_and_no_clock() {
    let words = ["leptos", "web_sys", "js_sys", "gloo", "wasm_bindgen", "SystemTime", "Instant::now"];
    for room in ["src/livy", "src/form", "src/snippet", "src/console"] {
        let found = places(&files(room, &[".rs"]), |_, line| words.iter().any(|it| line.contains(it)));
        assert!(found.is_empty(), "{found:#?}");
    }
}

#[test]
fn only_the_driver_repeats_and_sets_a_timer() {
    let words = ["spawn_local", "set_timeout", "set_interval"];
    let found = places(&files("src/web", &[".rs"]), |path, line| {
        !path.ends_with("driver.rs")
            && words.iter().any(|it| line.contains(it))
            && !(path.ends_with("task.rs") && line.contains("spawn_local"))
    });
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn only_the_list_of_keys_names_what_the_browser_stores() {
    let found = places(&files("src/web", &[".rs"]), |path, line| {
        !path.ends_with("storage.rs")
            && ["local_storage", "session_storage"].iter().any(|it| line.contains(it))
    });
    assert!(found.is_empty(), "{found:#?}");
    let found = places(&files("src", &[".rs"]), |path, line| {
        let is_event = line.contains("CustomEvent::");
        !path.ends_with("keys.rs")
            && !path.ends_with("lineage.rs")
            && !is_event
            && line.contains("\"livy-console:")
    });
    assert!(found.is_empty(), "a key without a scope: {found:#?}");
}

#[test]
fn text_is_text_and_styles_are_classes() {
    let words = ["inner_html", "outer_html", "style=\"", "insert_adjacent"];
    let found = places(&files("src", &[".rs"]), |_, line| words.iter().any(|it| line.contains(it)));
    assert!(found.is_empty(), "{found:#?}");
    let page = fs::read_to_string(root().join("index.html")).unwrap();
    assert!(
        !page.contains("<style") && !page.contains("style=") && !page.contains("<script"),
        "a strict policy forbids it"
    );
}

#[test]
fn colours_live_in_the_tokens() {
    let paths = files("style", &[".css"]);
    let found = places(&paths, |path, line| {
        !path.ends_with("tokens.css") && line.split(':').skip(1).any(|it| it.trim_start().starts_with('#'))
    });
    assert!(found.is_empty(), "{found:#?}");
}

/// WebKit gives these elements no containing block: what is laid over one of them covers the page.
#[test]
fn nothing_is_laid_over_what_contains_no_block() {
    let bare = ["tr", "td", "th", "thead", "tbody", "table", "summary", "fieldset", "legend"];
    let found = places(&files("style", &[".css"]), |_, line| {
        let Some((selectors, rules)) = line.split_once('{') else { return false };
        let last = |it: &str| {
            let word = it.split_whitespace().last().unwrap_or_default();
            word.split([':', '.', '[']).next().unwrap_or_default().to_owned()
        };
        rules.contains("position: relative")
            && selectors.split(',').any(|it| bare.contains(&last(it).as_str()))
    });
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn a_focus_that_scrolls_says_why() {
    for path in files("src/web", &[".rs"]) {
        let lines = code(&path);
        for (at, line) in lines.iter().filter(|(_, it)| it.contains(".focus()")) {
            let above = &lines[at.saturating_sub(4)..*at];
            let is_said = above.iter().any(|(_, it)| it.contains("//") && it.contains("scroll"));
            assert!(is_said, "{}:{at}: {} (or use focus_still)", path.display(), line.trim());
        }
    }
}

/// The declarations of each rule of a style, innermost first.
fn rules(style: &str) -> Vec<Vec<(String, String)>> {
    let blocks = style.split('}').filter_map(|it| it.rsplit_once('{')).map(|it| it.1);
    let declaration =
        |it: &str| it.split_once(':').map(|it| (it.0.trim().to_owned(), it.1.trim().to_owned()));
    blocks.map(|it| it.split(';').filter_map(declaration).collect()).collect()
}

#[test]
fn what_some_browsers_do_not_know_stands_beside_what_all_know() {
    let is_new = |name: &str, value: &str| {
        name == "content" && value.contains(" / \"")
            || ["dvh", "svh", "lvh"].iter().any(|it| value.contains(it))
    };
    let mut found = Vec::new();
    for path in files("style", &[".css"]) {
        for rule in rules(&fs::read_to_string(&path).unwrap()) {
            let has = |name: &str, before: usize| rule.iter().take(before).any(|it| it.0 == name);
            for (at, (name, value)) in rule.iter().enumerate() {
                // Safari knows `user-select` by its own name only.
                let lacks_prefix = name == "user-select" && !has("-webkit-user-select", rule.len());
                if lacks_prefix || is_new(name, value) && !has(name, at) {
                    found.push(format!("{}: {name}: {value}", path.display()));
                }
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn every_file_says_what_it_is_and_stays_small() {
    for folder in ["src", "xtask", "tests"] {
        for path in files(folder, &[".rs"]) {
            let text = fs::read_to_string(&path).unwrap();
            assert!(text.starts_with("//!"), "{} has no words of its own", path.display());
            assert!(text.lines().count() <= 620, "{} is too long", path.display());
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            assert!(
                !["mod.rs", "utils.rs", "util.rs", "helpers.rs", "common.rs"].contains(&name.as_str()),
                "{}",
                path.display()
            );
        }
    }
}

#[test]
fn the_readme_and_the_guide_name_real_commands_and_files() {
    let commands = fs::read_to_string(root().join("xtask/src/arguments.rs")).unwrap();
    for document in ["README.md", "docs/hosting.md"] {
        let text = fs::read_to_string(root().join(document)).unwrap();
        let words =
            text.split("cargo xtask ").skip(1).filter_map(|it| it.split([' ', '`', '\n', '.']).next());
        let unknown: Vec<&str> =
            words.filter(|it| !it.is_empty() && !commands.contains(&format!("\"{it}\" => "))).collect();
        assert!(unknown.is_empty() && text.contains("cargo xtask dist"), "{document}: {unknown:?}");

        let starts = ["src/", "tests/", "docs/", "xtask/", "deploy/"];
        let named =
            text.split('`').skip(1).step_by(2).filter(|it| starts.iter().any(|at| it.starts_with(at)));
        let links = text.split("](").skip(1).filter_map(|it| it.split(')').next());
        for path in named.chain(links.filter(|it| !it.contains("://"))) {
            assert!(root().join(path).exists(), "{document}: {path} does not exist");
        }
    }
}
