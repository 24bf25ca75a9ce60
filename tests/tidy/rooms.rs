//! Which file may name what.

use crate::source::{Source, sources, words};

fn wrong(sources: &[&Source], is_wrong: impl Fn(&Source, &str) -> bool) -> Vec<String> {
    sources.iter().flat_map(|source| source.places(|line| is_wrong(source, line))).collect()
}

#[test]
fn pure_rooms_name_no_browser_and_no_clock() {
    let words = ["leptos", "web_sys", "js_sys", "gloo", "wasm_bindgen", "SystemTime", "Instant::now"];
    let found = wrong(&sources(&["src/livy", "src/snippet", "src/form", "src/console"]), |_, line| {
        words.iter().any(|it| line.contains(it))
    });
    assert!(found.is_empty(), "{found:#?}");
}

/// What may happen later goes through `Surroundings`, and ends with the console. A worker ends with the part of the page that made it.
#[test]
fn only_the_surroundings_of_a_console_know_timers_frames_and_tasks() {
    let words = [
        "spawn_local",
        "set_timeout",
        "set_interval",
        "request_animation_frame",
        "request_idle",
        "mem::forget",
    ];
    let found = wrong(&sources(&["src/web"]), |source, line| {
        let has_a_worker = line.contains("Worker::new") && !source.name.ends_with("/expression.rs");
        has_a_worker || !source.name.ends_with("/surroundings.rs") && words.iter().any(|it| line.contains(it))
    });
    assert!(found.is_empty(), "{found:#?}");
}

/// What is one for the whole page and not one for a console goes through `src/web/browser`. A node's own document may be used where the
/// node is.
#[test]
fn only_the_browsers_room_names_the_window_the_document_and_storage() {
    let calls = ["window()", "document()", "local_storage()", "session_storage()", "window_event_listener"];
    let types = ["window", "Window", "Storage", "History", "Location", "Navigator"];
    let mut found = Vec::new();
    for source in sources(&["src/web"]).into_iter().filter(|it| !it.name.starts_with("src/web/browser")) {
        found.extend(source.places(|line| {
            calls.iter().any(|call| {
                let before = line.split(call).next().filter(|it| it.len() < line.len());
                before.is_some_and(|it| !it.ends_with(|it: char| it.is_alphanumeric() || it == '_'))
            })
        }));
        let taken = source
            .bare
            .split("web_sys::")
            .skip(1)
            .flat_map(|it| words(it.split(';').next().unwrap_or_default()));
        found.extend(
            taken.filter(|it| types.contains(it)).map(|it| format!("{}: web_sys::{it}", source.name)),
        );
    }
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn only_the_list_of_keys_names_what_the_browser_stores() {
    let found = wrong(&sources(&["src/web"]), |source, line| {
        !source.name.ends_with("/storage.rs")
            && ["local_storage", "session_storage"].iter().any(|it| line.contains(it))
    });
    assert!(found.is_empty(), "{found:#?}");
    let found = wrong(&sources(&["src"]), |source, line| {
        let has_a_scope = ["/keys.rs", "/lineage.rs"].iter().any(|it| source.name.ends_with(it));
        !has_a_scope && !line.contains("CustomEvent::") && line.contains("\"livy-console:")
    });
    assert!(found.is_empty(), "a key without a scope: {found:#?}");
}

#[test]
fn text_is_text_and_styles_are_classes() {
    let words = ["inner_html", "outer_html", "style=\"", "insert_adjacent"];
    let found = wrong(&sources(&["src"]), |_, line| words.iter().any(|it| line.contains(it)));
    assert!(found.is_empty(), "{found:#?}");
    let page = std::fs::read_to_string(crate::source::root().join("index.html")).unwrap();
    assert!(
        !page.contains("<style") && !page.contains("style=") && !page.contains("<script"),
        "a strict policy forbids it"
    );
}

/// What somebody else has written becomes a page in one place alone, where it has no rights.
#[test]
fn markup_becomes_a_page_only_in_a_frame_without_rights() {
    let all = sources(&["src"]);
    let found = wrong(&all, |source, line| {
        let is_there = source.name.ends_with("/output/sandbox.rs");
        let words = ["srcdoc", "<iframe", "<object", "<embed", "allow-scripts", "allow-same-origin"];
        !is_there && words.iter().any(|it| line.contains(it))
    });
    assert!(found.is_empty(), "{found:#?}");
    let frame = all.iter().find(|it| it.name.ends_with("/output/sandbox.rs")).unwrap();
    assert!(frame.text.contains("sandbox=\"\"") && !frame.text.contains("allow-"));
}

#[test]
fn a_focus_that_scrolls_says_why() {
    for source in sources(&["src/web"]) {
        let lines: Vec<&str> = source.text.lines().collect();
        for (at, line) in source.code.lines().enumerate().filter(|(_, it)| it.contains(".focus()")) {
            let is_said =
                lines[at.saturating_sub(4)..at].iter().any(|it| it.contains("//") && it.contains("scroll"));
            assert!(is_said, "{}:{}: {} (or use focus_still)", source.name, at + 1, line.trim());
        }
    }
}
