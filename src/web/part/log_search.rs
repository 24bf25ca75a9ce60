//! Finding lines in the log: a text, a regular expression, or the next error. New lines are searched as they come.
//! `Ctrl+F` is taken only with the focus inside.

use console::{Around, Search, SectionLog, shown};
use js_sys::RegExp;
use leptos::prelude::*;
use livy::Section;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Event, KeyboardEvent};

use crate::web::page::Console;
use crate::web::part::Pointed;
use crate::web::reactive::{effect, flag, memo, press, shown as shown_part, text};

/// The id of the field.
pub const SEARCH_ID: &str = "lc-log-search";
/// So many lines are given to the browser's expression before the clock is looked at, and for so many milliseconds in a frame.
const SLICE: u64 = 500;
const SLICE_MILLIS: f64 = 8.0;

/// How lines are told.
#[derive(Clone)]
enum Matcher {
    Nothing,
    Text(Search),
    Pattern(RegExp),
    /// The browser's words for a pattern that is none.
    Wrong(String),
}

/// What is looked for, shared with the view of the rows.
#[derive(Clone, Copy)]
pub struct Finding {
    console: Console,
    section: Memo<Option<Section>>,
    query: RwSignal<String>,
    /// Whether upper and lower case differ.
    case: RwSignal<bool>,
    /// Whether the text is a regular expression.
    regex: RwSignal<bool>,
    /// Whether only lines that have it are drawn, with those around them.
    only: RwSignal<bool>,
    /// Whether long lines are broken.
    pub wraps: RwSignal<bool>,
    matcher: StoredValue<Matcher, LocalStorage>,
    /// What the browser finds all places in a line with.
    words: StoredValue<Option<RegExp>, LocalStorage>,
    /// Why the pattern is none.
    wrong: RwSignal<Option<String>>,
    /// The lines of the section that have it, ascending.
    hits: RwSignal<Vec<u64>>,
    /// The line before which all are searched.
    searched: RwSignal<u64>,
    /// The hits and what is around them, while only they are drawn.
    pub around: RwSignal<Around>,
    /// The one that is pointed at, by its place among them.
    at: RwSignal<Option<usize>>,
}

impl Finding {
    /// In the section that is shown.
    pub fn new(console: Console, section: Memo<Option<Section>>) -> Self {
        let hits = RwSignal::new(Vec::new());
        let query = RwSignal::new(String::new());
        let (only, case, regex) = (RwSignal::new(false), RwSignal::new(false), RwSignal::new(false));
        let finding = Self {
            console,
            section,
            query,
            case,
            regex,
            only,
            wraps: RwSignal::new(false),
            matcher: StoredValue::new_local(Matcher::Nothing),
            words: StoredValue::new_local(None),
            wrong: RwSignal::new(None),
            hits,
            searched: RwSignal::new(0),
            around: RwSignal::new(Around::default()),
            at: RwSignal::new(None),
        };
        effect(move || {
            section.get();
            finding.begin();
        });
        effect(move || {
            console.board.log_revision.get();
            finding.go_on();
        });
        effect(move || {
            only.get();
            finding.around.set(Around::default());
            hits.with_untracked(|it| finding.surround(it));
        });
        finding
    }

    /// True where only some rows are to be drawn.
    pub fn filters(&self) -> bool {
        self.only.get() && self.query.with(|it| !it.trim().is_empty()) && self.wrong.with(Option::is_none)
    }

    /// Draws all lines again where only some are drawn and this one is not among them.
    pub fn let_in(&self, section: Section, number: u64) {
        let is_here = self.section.get_untracked() == Some(section);
        if self.filters() && !(is_here && self.around.with_untracked(|it| it.has(number))) {
            self.only.set(false);
        }
    }

    /// Draws what is around these hits too, where only that is drawn.
    fn surround(&self, hits: &[u64]) {
        let kept = || self.console.log(self.section.get_untracked()?, |log| log.dropped()..log.count());
        if self.only.get_untracked()
            && let Some(kept) = kept()
        {
            self.around.maybe_update(|it| it.take(hits, kept));
        }
    }

    /// True where something is looked for that can be found. Tells of itself whenever that is something else.
    pub fn looks(&self) -> bool {
        self.hits.track();
        self.words.with_value(Option::is_some)
    }

    /// Looks at what finds all places in a line, if there is anything to be found.
    pub fn with_words(&self, at: impl FnOnce(&RegExp)) {
        let _ = self.words.try_with_value(|it| it.as_ref().map(at));
    }

    /// Something else is looked for, or elsewhere.
    fn begin(&self) {
        let query = self.query.get();
        let (case, regex) = (self.case.get(), self.regex.get());
        let pattern = if regex { query.trim().to_owned() } else { as_it_stands(query.trim()) };
        let words = (!pattern.is_empty()).then(|| expression(&pattern, &format!("g{}", flags(case))).ok());
        self.words.set_value(words.flatten());
        let matcher = match query.trim() {
            "" => Matcher::Nothing,
            pattern if regex => {
                expression(pattern, flags(case)).map_or_else(Matcher::Wrong, Matcher::Pattern)
            }
            text => Matcher::Text(Search::new(text, case)),
        };
        self.wrong.set(if let Matcher::Wrong(why) = &matcher { Some(why.clone()) } else { None });
        self.matcher.set_value(matcher);
        self.at.set(None);
        self.searched.set(0);
        self.hits.update(Vec::clear);
        self.around.set(Around::default());
        untrack(|| self.go_on());
    }

    /// Searches what is not searched yet: all of it, or a slice a frame where the browser's expression must be asked line by line.
    fn go_on(&self) {
        let Some(section) = self.section.get_untracked() else { return };
        let from = self.searched.get_untracked();
        let Some(Some((hits, to, end))) = self.matcher.try_with_value(|matcher| {
            self.console.log(section, |log| match matcher {
                Matcher::Nothing | Matcher::Wrong(_) => (Vec::new(), log.count(), log.count()),
                Matcher::Text(search) => (log.find(search, from), log.count(), log.count()),
                Matcher::Pattern(pattern) => {
                    let (hits, to) = slice(log, pattern, from.max(log.dropped()));
                    (hits, to, log.count())
                }
            })
        }) else {
            return;
        };
        if to != from {
            self.searched.set(to);
        }
        self.surround(&hits);
        if !hits.is_empty() {
            self.hits.update(|it| it.extend(hits));
        }
        if to < end {
            let finding = *self;
            // Whoever looks for something else meanwhile begins anew, and this goes on from there.
            request_animation_frame(move || {
                if finding.searched.try_get_untracked() == Some(to) {
                    finding.go_on();
                }
            });
        }
    }

    /// How much of the section is searched, in per cent, while that is not all.
    fn progress(&self) -> Option<u64> {
        let searched = self.searched.get();
        let count = self.console.log(self.section.get_untracked()?, SectionLog::count)?;
        (searched < count).then(|| searched * 100 / count.max(1))
    }
}

/// Asks the browser's expression about lines until the frame's share of time is over.
fn slice(log: &SectionLog, pattern: &RegExp, from: u64) -> (Vec<u64>, u64) {
    let (begun, mut at, mut hits) = (js_sys::Date::now(), from, Vec::new());
    while at < log.count() && js_sys::Date::now() - begun < SLICE_MILLIS {
        let to = (at + SLICE).min(log.count());
        hits.extend((at..to).filter(|it| log.line(*it).is_some_and(|it| pattern.test(&shown(it)))));
        at = to;
    }
    (hits, at)
}

/// The browser's regular expression; its constructor throws at what is none, and its words for that are the error.
fn expression(pattern: &str, flags: &str) -> Result<RegExp, String> {
    let make = || {
        let class: js_sys::Function =
            js_sys::Reflect::get(&js_sys::global(), &"RegExp".into())?.dyn_into()?;
        js_sys::Reflect::construct(&class, &js_sys::Array::of2(&pattern.into(), &flags.into()))
    };
    match make() {
        Ok(made) => Ok(made.unchecked_into()),
        Err(error) => {
            let words = error.dyn_ref::<js_sys::Error>().map(|it| it.message()).map(JsValue::from);
            Err(words.and_then(|it| it.as_string()).unwrap_or_else(|| "no expression".to_owned()))
        }
    }
}

fn flags(matches_case: bool) -> &'static str {
    if matches_case { "u" } else { "iu" }
}

/// The expression that finds a text and nothing else.
fn as_it_stands(text: &str) -> String {
    let mut pattern = String::with_capacity(text.len());
    for one in text.chars() {
        // ECMA-262, SyntaxCharacter: with the flag u nothing else may be escaped.
        if "^$\\.*+?()[]{}|/".contains(one) {
            pattern.push('\\');
        }
        pattern.push(one);
    }
    pattern
}

/// The bar.
#[component]
pub fn LogSearch(
    /// What is looked for.
    finding: Finding,
    /// Tells the log which line to show.
    pointed: Pointed,
    /// Whether the frames of traces are drawn.
    unfolded: RwSignal<bool>,
) -> AnyView {
    let Finding { console, section, query, hits, .. } = finding;
    let go = move |back: bool| {
        let count = hits.with_untracked(Vec::len);
        let Some(section) = section.get_untracked().filter(|_| count > 0) else { return };
        let next = match (finding.at.get_untracked(), back) {
            (None, false) => 0,
            (None, true) => count - 1,
            (Some(at), false) => (at + 1) % count,
            (Some(at), true) => (at + count - 1) % count,
        };
        finding.at.set(Some(next));
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
    let is_empty = move || query.with(|it| it.trim().is_empty());
    let said = text(move || {
        let count = hits.with(Vec::len);
        let found = match (is_empty(), finding.at.get(), count) {
            (true, _, _) if no_error.get() => return "no errors here".to_owned(),
            (true, _, _) => return String::new(),
            (_, Some(at), count) => format!("{} of {count}", at + 1),
            (_, None, 0) => "none".to_owned(),
            (_, None, count) => count.to_string(),
        };
        match (finding.wrong.get(), finding.progress()) {
            (Some(why), _) => why,
            (None, Some(percent)) => format!("{found}, {percent} % searched"),
            (None, None) => found,
        }
    });
    let nothing = memo(move || hits.with(Vec::is_empty));
    let options = memo(move || !is_empty());
    view! {
        <div class="lc-log-search" role="search">
            <input
                class="lc-input"
                type="search"
                id=SEARCH_ID
                name="log-search"
                aria-label="Search the log"
                aria-describedby="lc-log-found"
                placeholder="Search the log"
                spellcheck="false"
                autocapitalize="off"
                prop:value=text(move || query.get())
                on:input=typed
                on:keydown=on_key
            />
            <span
                class="lc-muted lc-small"
                class:lc-wrong=flag(move || finding.wrong.with(Option::is_some))
                id="lc-log-found"
                role="status"
            >
                {said}
            </span>
            {step("Previous match", "↑", nothing, Box::new(move || go(true)))}
            {step("Next match", "↓", nothing, Box::new(move || go(false)))}
            <button type="button" class="lc-button lc-quiet" on:click=press(next_error)>
                "Next error"
            </button>
            {shown_part(options, move || {
                view! {
                    {toggle("match case", finding.case)}
                    {toggle("regular expression", finding.regex)}
                    {toggle("only matches", finding.only)}
                }
                    .into_any()
            })}
            {toggle("wrap lines", finding.wraps)}
            {toggle("unfold traces", unfolded)}
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
