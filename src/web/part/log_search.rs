//! Finding lines in the log: by a text, or the next error. `Ctrl+F` is taken only with the focus inside.

use console::{Level, Search};
use leptos::prelude::*;
use livy::Section;
use web_sys::{Event, KeyboardEvent};

use crate::web::page::Console;
use crate::web::part::Pointed;
use crate::web::part::log_view::look;
use crate::web::reactive::{flag, memo, press, text};

/// The id of the field.
pub const SEARCH_ID: &str = "lc-log-search";

/// What is looked for, shared with the view of the rows.
#[derive(Clone, Copy)]
pub struct Finding {
    /// The text.
    query: RwSignal<String>,
    /// Whether upper and lower case differ.
    case: RwSignal<bool>,
    /// Whether only lines that have it are drawn, with those around them.
    pub only: RwSignal<bool>,
    /// Whether long lines are broken.
    pub wraps: RwSignal<bool>,
    /// The lines of the section that have it.
    pub hits: Memo<Vec<u64>>,
    /// The one that is pointed at, by its place among them.
    at: RwSignal<Option<usize>>,
}

impl Finding {
    /// In the section that is shown; `revision` tells of new rows.
    pub fn new(console: Console, section: Memo<Option<Section>>) -> Self {
        let (query, case) = (RwSignal::new(String::new()), RwSignal::new(false));
        let hits = memo(move || {
            console.board.log_revision.get();
            let search = Search::new(query.get().trim(), case.get());
            let Some(section) = section.get().filter(|_| !search.is_empty()) else { return Vec::new() };
            look(console, section, |log| {
                (log.dropped()..log.count())
                    .filter(|it| log.line(*it).is_some_and(|it| search.finds(it)))
                    .collect()
            })
            .unwrap_or_default()
        });
        let (only, wraps) = (RwSignal::new(false), RwSignal::new(false));
        Self { query, case, only, wraps, hits, at: RwSignal::new(None) }
    }

    /// True where only some rows are to be drawn.
    pub fn filters(&self) -> bool {
        self.only.get() && self.query.with(|it| !it.trim().is_empty())
    }
}

/// The bar.
#[component]
pub fn LogSearch(
    /// What is looked for.
    finding: Finding,
    /// The section that is shown.
    section: Memo<Option<Section>>,
    /// Tells the log which line to show.
    pointed: Pointed,
) -> AnyView {
    let console = Console::here();
    let go = move |back: bool| {
        let count = finding.hits.with_untracked(Vec::len);
        let Some(section) = section.get_untracked().filter(|_| count > 0) else { return };
        let next = match (finding.at.get_untracked(), back) {
            (None, false) => 0,
            (None, true) => count - 1,
            (Some(at), false) => (at + 1) % count,
            (Some(at), true) => (at + count - 1) % count,
        };
        finding.at.set(Some(next));
        pointed.set(finding.hits.with_untracked(|it| it.get(next).map(|it| (section, *it))));
    };
    let next_error = move || {
        let Some(section) = section.get_untracked() else { return };
        let after = pointed.get_untracked().filter(|it| it.0 == section).map(|it| it.1);
        let found = look(console, section, |log| {
            let is_error = |it: &u64| {
                log.line(*it).is_some_and(|it| Level::of(&console::shown(it)) == Some(Level::Error))
            };
            let start = after.map_or(log.dropped(), |it| it + 1);
            // After the last one the first comes again.
            (start..log.count()).find(is_error).or_else(|| (log.dropped()..start).find(is_error))
        });
        match found.flatten() {
            Some(number) => pointed.set(Some((section, number))),
            None => finding.query.set(String::new()),
        }
    };
    let typed: Box<dyn FnMut(Event)> = Box::new(move |event| {
        finding.at.set(None);
        finding.query.set(event_target_value(&event));
    });
    let on_key: Box<dyn FnMut(KeyboardEvent)> = Box::new(move |event| match event.key().as_str() {
        "Enter" => {
            event.prevent_default();
            go(event.shift_key());
        }
        "Escape" => {
            finding.query.set(String::new());
            finding.at.set(None);
        }
        _ => {}
    });
    let count = text(move || {
        let count = finding.hits.with(Vec::len);
        match (finding.query.with(|it| it.trim().is_empty()), finding.at.get(), count) {
            (true, _, _) => String::new(),
            (_, _, 0) => "none".to_owned(),
            (_, Some(at), count) => format!("{} of {count}", at + 1),
            (_, None, count) => count.to_string(),
        }
    });
    let nothing = memo(move || finding.hits.with(Vec::is_empty));
    view! {
        <div class="lc-log-search" role="search">
            <input
                class="lc-input"
                type="search"
                id=SEARCH_ID
                name="log-search"
                aria-label="Search the log"
                placeholder="Search the log"
                spellcheck="false"
                autocapitalize="off"
                prop:value=text(move || finding.query.get())
                on:input=typed
                on:keydown=on_key
            />
            <span class="lc-muted lc-small" role="status">
                {count}
            </span>
            {step("Previous match", "↑", nothing, Box::new(move || go(true)))}
            {step("Next match", "↓", nothing, Box::new(move || go(false)))}
            {toggle("match case", finding.case)}
            {toggle("only matches", finding.only)}
            {toggle("wrap lines", finding.wraps)}
            <button type="button" class="lc-button lc-quiet" on:click=press(next_error)>
                "Next error"
            </button>
        </div>
    }
    .into_any()
}

fn step(label: &'static str, sign: &'static str, off: Memo<bool>, action: Box<dyn Fn()>) -> AnyView {
    view! {
        <button type="button" class="lc-button lc-quiet" aria-label=label prop:disabled=flag(move || off.get()) on:click=press(action)>
            {sign}
        </button>
    }
    .into_any()
}

fn toggle(label: &'static str, signal: RwSignal<bool>) -> AnyView {
    let change: Box<dyn FnMut(Event)> = Box::new(move |event| signal.set(event_target_checked(&event)));
    view! {
        <label class="lc-check">
            <input type="checkbox" name=label prop:checked=flag(move || signal.get()) on:change=change />
            {label}
        </label>
    }
    .into_any()
}
