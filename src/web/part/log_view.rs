//! A session's log: its sections as tabs, its lines as rows.

use console::{Doing, Entry, Level, SectionLog, shown};
use leptos::html;
use leptos::prelude::*;
use livy::Section;
use web_sys::{Event, KeyboardEvent, window};

use crate::web::download;
use crate::web::page::Console;
use crate::web::part::field::focus_element;
use crate::web::part::log_search::{Finding, LogSearch, SEARCH_ID};
use crate::web::part::{NoticeBox, Pointed};
use crate::web::reactive::{self, dynamic, effect, flag, memo, press, text};

/// One row, by what never changes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Row {
    Line(u64),
    Gap(Option<u64>),
}

/// How many lines each section has had, and how many of them are dropped; `None` for a section there is not.
type Counts = [Option<(u64, u64)>; 3];

/// How many pixels from the end still count as the end: a fraction of a line is left over at most zooms.
const END_TOLERANCE: i32 = 8;

/// The log beside the facts.
#[component]
pub fn LogView(
    /// The line that somebody wants to see.
    pointed: Pointed,
) -> AnyView {
    let console = Console::here();
    let board = console.board;
    let counts = memo(move || {
        board.log_revision.get();
        board.watch.with(|_| ());
        Section::ALL.map(|section| look(console, section, |it| (it.count(), it.dropped())))
    });
    let picked = RwSignal::new(None::<Section>);
    // Spark's own log goes to stderr, so that is what is looked at unless somebody picks another.
    let section = memo(move || {
        let there = |it: &Section| counts.with(|counts| count_of(counts, *it).is_some());
        let first = || [Section::Stderr, Section::Stdout, Section::Diagnostics].into_iter().find(there);
        picked.get().filter(there).or_else(first)
    });
    let finding = Finding::new(console, section);
    let pane: NodeRef<html::Div> = NodeRef::new();
    let follows = RwSignal::new(true);
    // Comes a frame late, and the page may be another one by then.
    let to_end = move || {
        if let Some(pane) = pane.try_get_untracked().flatten() {
            pane.set_scroll_top(pane.scroll_height());
        }
    };
    effect(move || {
        counts.with(|_| ());
        section.get();
        if follows.get_untracked() {
            // The rows are drawn first.
            request_animation_frame(to_end);
        }
    });
    effect(move || {
        if let Some((wanted, number)) = pointed.get() {
            follows.set(false);
            picked.set(Some(wanted));
            // The rows of another section are drawn first.
            request_animation_frame(move || request_animation_frame(move || point_at(wanted, number)));
        }
    });
    let scrolled: Box<dyn FnMut(Event)> = Box::new(move |_| {
        if let Some(pane) = pane.try_get_untracked().flatten() {
            let is_end = pane.scroll_height() - pane.scroll_top() - pane.client_height() <= END_TOLERANCE;
            if follows.try_get_untracked().is_some_and(|it| it != is_end) {
                follows.set(is_end);
            }
        }
    });
    let pick = move |section: Section| {
        picked.set(Some(section));
        follows.set(true);
    };
    let log_error = memo(move || board.watch.with(|it| it.as_ref().and_then(|it| it.log_error.clone())));
    let trouble = move || {
        // What keeps the session itself from being read is told once, above.
        let error = log_error
            .get()
            .filter(|_| board.watch.with(|it| it.as_ref().is_none_or(|it| it.trouble.is_none())))?;
        let notice = console.notice(&error, Doing::ReadingLog)?;
        Some(view! { <NoticeBox notice=notice retry=false /> }.into_any())
    };
    let find: Box<dyn FnMut(KeyboardEvent)> = Box::new(move |event| {
        if event.key() == "f" && (event.ctrl_key() || event.meta_key()) {
            event.prevent_default();
            focus_element(SEARCH_ID.to_owned());
        }
    });
    let note = memo(move || note(counts.get(), section.get()));
    let any = memo(move || counts.with(|it| it.iter().any(Option::is_some)));
    view! {
        <section class="lc-log" aria-label="Log" on:keydown=find>
            <div class="lc-log-bar">
                <div class="lc-tabs" role="tablist" aria-label="Sections of the log">
                    {Section::ALL.map(|it| tab(it, counts, section, Box::new(move || pick(it)))).collect_view()}
                </div>
                <div class="lc-log-tools">
                    {reactive::shown(memo(move || !follows.get()), move || {
                        let go = press(move || {
                            follows.set(true);
                            to_end();
                        });
                        button("lc-button lc-quiet", "Go to the end", go)
                    })}
                    {reactive::shown(any, move || button("lc-button", "Download log", press(move || save(console))))}
                </div>
            </div>
            {dynamic(trouble)}
            <LogSearch finding=finding section=section pointed=pointed />
            <div
                class="lc-lines"
                class:lc-wrapped=flag(move || finding.wraps.get())
                id="lc-lines"
                role="log"
                aria-live="off"
                aria-label=text(move || section.get().map_or("log", Section::as_str).to_owned())
                tabindex="0"
                node_ref=pane
                on:scroll=scrolled
            >
                {dynamic(move || note.get().map(|it| view! { <p class="lc-lines-note">{it}</p> }.into_any()))}
                <For
                    each=move || rows(console, counts, section.get(), finding)
                    key=|row| *row
                    children=move |(section, row)| draw(section, row, console)
                />
            </div>
        </section>
    }
    .into_any()
}

/// Brings a line into view and marks it; the mark of an earlier one goes.
fn point_at(section: Section, number: u64) {
    let Some(document) = window().and_then(|it| it.document()) else { return };
    let find = |selector: &str| document.query_selector(selector).ok().flatten();
    if let Some(last) = find("[data-pointed]") {
        let _ = last.remove_attribute("data-pointed");
    }
    let row = find(&format!("[data-log-section={}][data-log-line=\"{number}\"]", section.as_str()));
    if let Some(row) = row {
        let _ = row.set_attribute("data-pointed", "");
        row.scroll_into_view();
    }
}

/// Looks at a section of the watched session's log.
pub(super) fn look<T>(console: Console, section: Section, at: impl FnOnce(&SectionLog) -> T) -> Option<T> {
    let look = |driver: &std::rc::Rc<crate::web::driver::Driver>| {
        driver.look(|model| model.watch().and_then(|it| it.log().section(section)).map(at))
    };
    console.driver.try_with_value(look).flatten()
}

fn count_of(counts: &Counts, section: Section) -> Option<(u64, u64)> {
    counts.get(section as usize).copied().flatten()
}

/// So many lines before and after a match stay, where only matches are drawn.
const CONTEXT: u64 = 2;

fn rows(
    console: Console,
    counts: Memo<Counts>,
    section: Option<Section>,
    finding: Finding,
) -> Vec<(Section, Row)> {
    counts.with(|_| ());
    let Some(section) = section else { return Vec::new() };
    if finding.filters() {
        let mut lines: Vec<u64> = Vec::new();
        let (first, count) = look(console, section, |it| (it.dropped(), it.count())).unwrap_or_default();
        finding.hits.with(|hits| {
            for hit in hits {
                let from = lines.last().map_or(first, |it| it + 1).max(hit.saturating_sub(CONTEXT));
                lines.extend(from..(hit + CONTEXT + 1).min(count));
            }
        });
        return lines.into_iter().map(|it| (section, Row::Line(it))).collect();
    }
    let row = |entry: Entry<'_>| match entry {
        Entry::Line { number, .. } => (section, Row::Line(number)),
        Entry::Gap { after } => (section, Row::Gap(after)),
    };
    look(console, section, |it| it.entries().map(row).collect()).unwrap_or_default()
}

/// What is to be known of the rows before they begin.
fn note(counts: Counts, section: Option<Section>) -> Option<String> {
    let Some((lines, dropped)) = section.and_then(|it| count_of(&counts, it)) else {
        return Some("No log yet".to_owned());
    };
    match (lines, dropped) {
        (0, _) => Some("No lines here yet".to_owned()),
        (_, 0) => None,
        _ => Some(format!(
            "This page keeps the last 5,000 lines of each section; {dropped} older ones are dropped."
        )),
    }
}

fn save(console: Console) {
    let file = console
        .board
        .watch
        .with_untracked(|it| it.as_ref().map(|it| format!("livy-session-{}.log", it.address.segment())));
    let text = console
        .driver
        .try_with_value(|it| it.look(|model| model.watch().map(|it| it.log().to_text())))
        .flatten();
    if let (Some(file), Some(text)) = (file, text) {
        // A browser that refuses a download says so itself.
        let _ = download::save(&file, &text);
    }
}

fn button(class: &'static str, words: &'static str, press: Box<dyn FnMut(web_sys::MouseEvent)>) -> AnyView {
    view! {
        <button type="button" class=class on:click=press>
            {words}
        </button>
    }
    .into_any()
}

fn tab(
    section: Section,
    counts: Memo<Counts>,
    chosen: Memo<Option<Section>>,
    pick: Box<dyn Fn() + Send>,
) -> AnyView {
    let count = memo(move || counts.with(|it| count_of(it, section).map(|it| it.0)));
    let selected = text(move || (chosen.get() == Some(section)).to_string());
    let pick = StoredValue::new_local(pick);
    let part = move || {
        let press = press(move || {
            pick.try_with_value(|it| it());
        });
        view! {
            <button type="button" class="lc-tab" role="tab" aria-selected=selected aria-controls="lc-lines" on:click=press>
                {section.as_str()}
                " "
                <span class="lc-tab-count">{text(move || count.get().unwrap_or_default().to_string())}</span>
            </button>
        }
        .into_any()
    };
    reactive::shown(memo(move || count.get().is_some()), part)
}

/// A row holds its line's text and nothing else; its number is drawn from an attribute.
fn draw(section: Section, row: Row, console: Console) -> AnyView {
    match row {
        Row::Gap(after) => view! {
            <div class="lc-gap" data-log-gap="" data-log-section=section.as_str() data-log-after=after.map(|it| it.to_string())>
                "Lines may be missing here: the server keeps only its last ones"
            </div>
        }
        .into_any(),
        Row::Line(number) => {
            let text = look(console, section, |it| it.line(number).map(|it| shown(it).into_owned()));
            let level = text.as_ref().and_then(|it| Level::of(it.as_deref()?)).map(Level::as_str);
            view! {
                <div
                    class="lc-line"
                    data-level=level
                    data-log-line=number.to_string()
                    data-log-section=section.as_str()
                    data-number=(number + 1).to_string()
                >
                    {text.flatten().unwrap_or_default()}
                </div>
            }
            .into_any()
        }
    }
}
