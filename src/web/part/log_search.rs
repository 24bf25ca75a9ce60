//! Finding lines in the log: a text, a regular expression, or the next error. New lines are searched as they come.
//! `Ctrl+F` is taken only with the focus inside.

use std::rc::Rc;

use console::{Around, Search, SectionLog};
use leptos::prelude::*;
use livy::Section;
use web_sys::{Event, KeyboardEvent};

use crate::web::page::Console;
use crate::web::part::Pointed;
use crate::web::part::log_expression::{Asking, Expression, Told, Wanted, make, words};
use crate::web::part::log_pane::LogPane;
use crate::web::reactive::{effect, flag, memo, press, shown as shown_part, text};

/// The id of the field.
pub const SEARCH_ID: &str = "lc-log-search";
/// About so much text is given to the browser's expression at once, in bytes.
const SLICE: usize = 256 * 1024;

/// How lines are told.
#[derive(Clone)]
enum Matcher {
    Nothing,
    Text(Search),
    Pattern(Rc<Expression>),
    /// Words for a pattern that is none, or takes too long.
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
    /// Who is asked about an expression.
    asking: Asking,
    /// Why the pattern is none, or is given up.
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
            asking: Asking::new(),
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
        self.only.get() && self.query.with(|it| !it.is_empty()) && self.wrong.with(Option::is_none)
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
        self.wrong.track();
        self.matcher.with_value(|it| matches!(it, Matcher::Text(_) | Matcher::Pattern(_)))
    }

    /// Tells of all words in these lines: the place of each one's line, and where it begins and ends there in UTF-16 units.
    pub fn words(&self, lines: &[String], found: Box<dyn FnOnce(Vec<u32>)>) {
        let (finding, query) = (*self, self.query.get_untracked());
        match self.matcher.try_get_value() {
            Some(Matcher::Text(_)) => {
                let flags = if self.case.get_untracked() { "gu" } else { "giu" };
                let Ok(expression) = make(&as_it_stands(&query), flags) else { return found(Vec::new()) };
                let mut all = Vec::new();
                for (at, line) in (0..).zip(lines) {
                    words(&expression, line, |start, end| all.extend([at, start, end]));
                }
                found(all);
            }
            Some(Matcher::Pattern(expression)) => {
                let mut text = String::new();
                for line in lines {
                    text.push_str(&line.replace('\n', " "));
                    text.push('\n');
                }
                let told: Told = Box::new(move |all| match all {
                    Some(all) => found(all),
                    None => finding.give_up(None),
                });
                self.asking.ask(Wanted::Words, expression, text, told);
            }
            _ => found(Vec::new()),
        }
    }

    /// Something else is looked for, or elsewhere.
    fn begin(&self) {
        let query = self.query.get();
        let (case, regex) = (self.case.get(), self.regex.get());
        self.asking.stop();
        let matcher = match query.as_str() {
            "" => Matcher::Nothing,
            pattern if regex => {
                Expression::new(pattern, case).map_or_else(Matcher::Wrong, |it| Matcher::Pattern(Rc::new(it)))
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

    /// Searches what is not searched yet: all of it, or a slice at a time where the browser's expression must be asked.
    fn go_on(&self) {
        let (Some(section), Some(matcher)) =
            (self.section.try_get_untracked().flatten(), self.matcher.try_get_value())
        else {
            return;
        };
        let from = self.searched.get_untracked();
        let look = |log: &SectionLog| match &matcher {
            Matcher::Nothing | Matcher::Wrong(_) => (Ok(Vec::new()), from, log.count()),
            Matcher::Text(search) => (Ok(log.find(search, from)), from, log.count()),
            Matcher::Pattern(_) => {
                let from = from.max(log.dropped());
                let (text, to) =
                    log.shown_from(from, if self.asking.asks(Wanted::Lines) { 0 } else { SLICE });
                (Err(text), from, to)
            }
        };
        match (self.console.log(section, look), matcher) {
            (Some((Ok(hits), _, to)), _) => self.take(&hits, to),
            (Some((Err(text), from, to)), Matcher::Pattern(expression)) if to > from => {
                let finding = *self;
                let told: Told = Box::new(move |hits| match hits {
                    Some(hits) => {
                        let hits: Vec<u64> = hits.into_iter().map(|it| from + u64::from(it)).collect();
                        finding.take(&hits, to);
                        finding.go_on();
                    }
                    None => finding.give_up(Some((from, to))),
                });
                self.asking.ask(Wanted::Lines, expression, text, told);
            }
            _ => {}
        }
    }

    /// Takes what was found before a line; what is dropped meanwhile is not found any more.
    fn take(&self, hits: &[u64], to: u64) {
        if self.searched.get_untracked() != to {
            self.searched.set(to);
        }
        self.surround(hits);
        let dropped = self.section.get_untracked().and_then(|it| self.console.log(it, SectionLog::dropped));
        let gone = self.hits.with_untracked(|it| it.partition_point(|it| Some(*it) < dropped));
        if gone > 0 {
            self.at.update(|it| *it = it.and_then(|it| it.checked_sub(gone)));
        }
        if gone > 0 || !hits.is_empty() {
            self.hits.update(|it| {
                it.drain(..gone);
                it.extend(hits);
            });
        }
    }

    /// The expression took too long over these lines.
    fn give_up(&self, lines: Option<(u64, u64)>) {
        let lines = lines.map_or("these lines".to_owned(), |it| format!("lines {} to {}", it.0 + 1, it.1));
        let why = format!(
            "This expression takes too long over {lines}, so the search has ended. Write it without a repetition inside a \
             repetition, such as (a+)+, or search for a text."
        );
        self.matcher.set_value(Matcher::Wrong(why.clone()));
        self.wrong.set(Some(why));
    }

    /// How much of the section is searched, in per cent, while that is not all.
    fn progress(&self) -> Option<u64> {
        let searched = self.searched.get();
        let count = self.console.log(self.section.get_untracked()?, SectionLog::count)?;
        (searched < count).then(|| searched * 100 / count.max(1))
    }
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
    /// Tells what is being read.
    pane: LogPane,
    /// Whether the frames of traces are drawn.
    unfolded: RwSignal<bool>,
) -> AnyView {
    let Finding { console, section, query, hits, .. } = finding;
    let go = move |back: bool| {
        let count = hits.with_untracked(Vec::len);
        let Some(section) = section.get_untracked().filter(|_| count > 0) else { return };
        // The first one after the line that is read, or before it.
        let read = || {
            pane.read_from().map_or(0, |read| hits.with_untracked(|it| it.partition_point(|it| *it < read)))
        };
        let next = match (finding.at.get_untracked(), back) {
            (None, false) => read() % count,
            (None, true) => (read() + count - 1) % count,
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
    let is_empty = move || query.with(String::is_empty);
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
