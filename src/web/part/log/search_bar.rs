//! The bar above the lines: the search with its options, the levels, and how lines are drawn. Nothing in it moves while it is
//! used: results appear in room that is kept for them.

use console::{Levels, Tally};
use leptos::prelude::*;
use web_sys::{Event, KeyboardEvent};

use crate::web::console::Console;
use crate::web::part::log::pane::LogPane;
use crate::web::part::log::pointed_line::PointedLine;
use crate::web::part::log::search_state::SearchState;
use crate::web::part::log::wrap::Wrap;
use crate::web::reactive::{Seen, flag, memo, press, text};
use crate::web::words::log as say;

/// The id of the field.
pub const SEARCH_ID: &str = "lc-log-search";

/// The bar.
#[component]
pub fn LogSearch(
    /// What is looked for.
    search: SearchState,
    /// Tells the log which line to show.
    pointed: PointedLine,
    /// Tells which line is being read.
    pane: LogPane,
    /// How many errors and warnings the section has.
    tally: Seen<Tally>,
    /// Whether the frames of stack traces are drawn.
    unfolded: RwSignal<bool>,
    /// Whether long lines are wrapped.
    wrap: Wrap,
) -> AnyView {
    let console = Console::here();
    let SearchState { section, query, hits, .. } = search;
    let go = move |back: bool| {
        let count = hits.with_untracked(Vec::len);
        let Some(section) = section.get_untracked().filter(|_| count > 0) else { return };
        // The first step leads to the first match after the line that is read, or before it.
        let read = || {
            pane.read_from().map_or(0, |read| hits.with_untracked(|it| it.partition_point(|it| *it < read)))
        };
        let next = match (search.at.get_untracked(), back) {
            (None, false) => read() % count,
            (None, true) => (read() + count - 1) % count,
            (Some(at), false) => (at + 1) % count,
            (Some(at), true) => (at + count - 1) % count,
        };
        search.at.set(Some(next));
        pointed.set(hits.with_untracked(|it| it.get(next).map(|it| (section, *it))));
    };
    let no_error = RwSignal::new(false);
    let next_error = move || {
        let Some(section) = section.get_untracked() else { return };
        let after = pointed.get_untracked().filter(|it| it.0 == section).map(|it| it.1);
        let found = console.log(section, |log| log.next_error(after)).flatten();
        no_error.set(found.is_none());
        if let Some(number) = found {
            pointed.set(Some((section, number)));
        }
    };
    let typed: Box<dyn FnMut(Event)> = Box::new(move |event| {
        no_error.set(false);
        query.set(event_target_value(&event));
    });
    let on_key: Box<dyn FnMut(KeyboardEvent)> = Box::new(move |event| match event.key().as_str() {
        "Enter" => {
            event.prevent_default();
            go(event.shift_key());
        }
        "Escape" => query.set(String::new()),
        _ => {}
    });
    let status = memo(move || {
        if let Some(why) = search.wrong.get() {
            return why;
        }
        if no_error.get() {
            return say::NO_ERROR.to_owned();
        }
        if query.with(String::is_empty) {
            return String::new();
        }
        let found = say::found(search.at.get(), hits.with(Vec::len));
        search.progress().map_or(found.clone(), |percent| say::searched(&found, percent))
    });
    let nothing = memo(move || hits.with(Vec::is_empty));
    view! {
        <div class="lc-log-search" role="search">
            <div class="lc-log-find">
                <input
                    class="lc-input"
                    type="search"
                    id=SEARCH_ID
                    name="log-search"
                    aria-label=say::SEARCH
                    aria-describedby="lc-log-found"
                    placeholder=say::SEARCH
                    spellcheck="false"
                    autocapitalize="off"
                    prop:value=text(move || query.get())
                    on:input=typed
                    on:keydown=on_key
                />
                {step(say::PREVIOUS_MATCH, "↑", nothing, Box::new(move || go(true)))}
                {step(say::NEXT_MATCH, "↓", nothing, Box::new(move || go(false)))}
                <span
                    class="lc-log-found"
                    class:lc-wrong=flag(move || search.wrong.with(Option::is_some))
                    id="lc-log-found"
                    role="status"
                    title=text(move || status.get())
                >
                    {text(move || status.get())}
                </span>
            </div>
            <div class="lc-log-options">
                {toggle(say::MATCH_CASE, search.case)}
                {toggle(say::REGULAR_EXPRESSION, search.regex)}
                {toggle(say::ONLY_MATCHES, search.only)}
            </div>
            <div class="lc-log-options lc-log-levels" role="group" aria-label=say::LEVELS>
                {level(search, say::SHOW_ERRORS, "error", move || say::errors(tally.get().errors), |it| &mut it.errors)}
                {level(search, say::SHOW_WARNINGS, "warning", move || say::warnings(tally.get().warnings), |it| &mut it.warnings)}
                <button type="button" class="lc-button lc-quiet" on:click=press(next_error)>
                    {say::NEXT_ERROR}
                </button>
            </div>
            <div class="lc-log-options">
                {check(say::WRAP_LINES, Box::new(move || wrap.get()), Box::new(move |it| wrap.choose(it)))}
                {toggle(say::UNFOLD_TRACES, unfolded)}
            </div>
        </div>
    }
    .into_any()
}

fn step(label: &'static str, sign: &'static str, off: Seen<bool>, action: Box<dyn Fn()>) -> AnyView {
    view! {
        <button
            type="button"
            class="lc-button lc-quiet"
            aria-label=label
            title=label
            prop:disabled=flag(move || off.get())
            on:click=press(action)
        >
            {sign}
        </button>
    }
    .into_any()
}

/// A switch that says how many lines of a level there are, and shows those alone.
fn level(
    search: SearchState,
    hint: &'static str,
    mark: &'static str,
    words: impl Fn() -> String + Send + Sync + 'static,
    of: fn(&mut Levels) -> &mut bool,
) -> AnyView {
    let is_on = move || *of(&mut search.levels.get());
    let turn = press(move || search.levels.update(|it| *of(it) = !*of(it)));
    view! {
        <button
            type="button"
            class="lc-button lc-level"
            data-level-switch=mark
            title=hint
            aria-pressed=text(move || is_on().to_string())
            on:click=turn
        >
            {text(words)}
        </button>
    }
    .into_any()
}

fn toggle(label: &'static str, signal: RwSignal<bool>) -> AnyView {
    check(label, Box::new(move || signal.get()), Box::new(move |it| signal.set(it)))
}

fn check(
    label: &'static str,
    is_on: Box<dyn Fn() -> bool + Send + Sync>,
    turn: Box<dyn Fn(bool)>,
) -> AnyView {
    let change: Box<dyn FnMut(Event)> = Box::new(move |event| turn(event_target_checked(&event)));
    view! {
        <label class="lc-check">
            <input type="checkbox" name=label prop:checked=flag(is_on) on:change=change />
            {label}
        </label>
    }
    .into_any()
}
