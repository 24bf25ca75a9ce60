//! A session's log: its sections as tabs, and what can be done with them. The rows are the pane's.

use console::{Doing, KEPT, Model};
use leptos::prelude::*;
use livy::Section;
use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, Element, Event, KeyboardEvent, MouseEvent};

use crate::web::browser::focus::focus_element;
use crate::web::browser::surroundings::frame;
use crate::web::browser::{download, layout, scroll, size};
use crate::web::console::Console;
use crate::web::part::log::copy::Marking;
use crate::web::part::log::line::LineLook;
use crate::web::part::log::link::{follow_link, link_row};
use crate::web::part::log::mark::keep_marked;
use crate::web::part::log::pane::LogPane;
use crate::web::part::log::pointed_line::{PointedLine, line_of, selector};
use crate::web::part::log::rows::LogRows;
use crate::web::part::log::search_bar::{LogSearch, SEARCH_ID};
use crate::web::part::log::search_state::SearchState;
use crate::web::part::log::tabs::{Count, Counts, count_of, tabs};
use crate::web::part::log::wrap::Wrap;
use crate::web::part::trouble::trouble;
use crate::web::parts::Trouble;
use crate::web::reactive::{Seen, dynamic, effect, flag, memo, press, shown, text};
use crate::web::words::log as say;

/// The space between the numbers and the lines, in pixels.
const SPACE: i32 = 8;

/// The log beside the facts.
#[component]
pub fn LogView(
    /// The line to show.
    pointed: PointedLine,
    /// False while another room of the session is shown in its place.
    is_shown: Seen<bool>,
) -> AnyView {
    let console = Console::here();
    let counts = console.see(|model| {
        Section::ALL.map(|section| {
            let log = model.watch()?.log().section(section)?;
            Some(Count { lines: log.count(), dropped: log.dropped(), tally: log.tally() })
        })
    });
    let picked = RwSignal::new(None::<Section>);
    // Spark's own log goes to stderr, so that is shown first.
    let section = memo(move || {
        let exists = |it: &Section| counts.with(|counts| count_of(counts, *it).is_some());
        let first = || [Section::Stderr, Section::Stdout, Section::Diagnostics].into_iter().find(exists);
        picked.get().filter(exists).or_else(first)
    });
    let search = SearchState::new(console, section);
    let here = memo(move || section.get().and_then(|it| counts.with(|all| count_of(all, it))));
    let count = memo(move || here.get().map_or(0, |it| it.lines));
    let tally = memo(move || here.get().map(|it| it.tally).unwrap_or_default());
    let wrap = Wrap::new();
    let pane = LogPane::new(console, section, count, (search, wrap));
    effect(move || {
        // The first time nothing was drawn yet. In the next frame it is laid out again.
        if is_shown.get() && pane.drawn.get_untracked().is_some() {
            frame(move || pane.comes_back());
        }
    });
    effect(move || {
        let Some((wanted, number)) = pointed.get() else { return };
        untrack(|| {
            search.let_in(wanted, number);
            picked.set(Some(wanted));
            pane.show(wanted, number);
            // The pane shows the line; the page may have to show the pane. First the rows are drawn, then they are put in their
            // place.
            let row = selector(wanted, number);
            frame(move || scroll::into_view_soon(row));
        });
    });
    keep_marked(pane, search, pointed);
    effect(move || {
        if let Some(element) = pane.element.get() {
            size::of(&element, move || {
                pane.resized();
            });
        }
    });
    let link_note = follow_link(console, counts, pointed);
    let pick = move |section: Section| {
        picked.set(Some(section));
        pane.follow();
    };
    let unfolded = RwSignal::new(false);
    effect(move || pane.rows.unfold_all(unfolded.get()));
    let failure = console.see(log_trouble);
    let find: Box<dyn FnMut(KeyboardEvent)> = Box::new(move |event| {
        if event.key() == "f" && (event.ctrl_key() || event.meta_key()) {
            event.prevent_default();
            focus_element(SEARCH_ID.to_owned());
        }
    });
    let any = memo(move || counts.with(|it| it.iter().any(Option::is_some)));
    let note = memo(move || note(counts.get(), section.get(), link_note.get()));
    view! {
        <section class="lc-log" aria-label=say::LOG on:keydown=find>
            <div class="lc-log-bar">
                {tabs(counts, section, pick)} <div class="lc-log-tools">{shown(any, move || downloads(console, pane, search))}</div>
            </div>
            <LogSearch search=search pointed=pointed pane=pane tally=tally unfolded=unfolded wrap=wrap />
            {lines(pane, search, (pointed, note), wrap, console)}
            {link_row(console, pointed)}
            {trouble(failure, false)}
        </section>
    }
    .into_any()
}

/// Why the log cannot be read. A failure to read the session itself is shown once, above.
fn log_trouble(model: &Model) -> Option<Trouble> {
    let watch = model.watch().filter(|it| it.trouble().is_none())?;
    Some((watch.log_error()?.clone(), Doing::ReadingLog))
}

/// What can be saved: what is shown here, and everything.
fn downloads(console: Console, pane: LogPane, search: SearchState) -> AnyView {
    let part = text(move || match search.filters() {
        true => say::DOWNLOAD_SHOWN.to_owned(),
        false => say::download_section(pane.section.get()),
    });
    let hint = text(move || {
        if search.filters() { say::DOWNLOAD_SHOWN_HINT } else { say::DOWNLOAD_SECTION_HINT }.to_owned()
    });
    view! {
        <button
            type="button"
            class="lc-button lc-quiet lc-download-part"
            title=hint
            on:click=press(move || save_part(console, pane))
        >
            {part}
        </button>
        <button type="button" class="lc-button" title=say::DOWNLOAD_HINT on:click=press(move || save(console))>
            {say::DOWNLOAD}
        </button>
    }
    .into_any()
}

/// The scrolling part.
fn lines(
    pane: LogPane,
    search: SearchState,
    (pointed, note): (PointedLine, Seen<Option<String>>),
    wrap: Wrap,
    console: Console,
) -> AnyView {
    let section = pane.section;
    let marking = Marking::new(pane);
    let scrolled: Box<dyn FnMut(Event)> = Box::new(move |_| pane.scrolled());
    // A press on a fold selects nothing. Were the end no longer followed from then on, the button that goes there would come below the
    // pointer, and the fold would not be clicked.
    let pressed: Box<dyn FnMut(MouseEvent)> = Box::new(move |event| {
        if folded(&event).is_none() {
            marking.pressed(&event);
        }
    });
    let rows = StoredValue::new_local(LogRows::default());
    effect(move || {
        let wanted = pane.drawn_rows();
        let look = |section, number| console.log(section, |log| LineLook::of(log, number)).flatten();
        if let Some(drawn) = pane.drawn.get() {
            rows.update_value(|it| it.draw(&drawn, &wanted, look));
            pane.has_drawn(&drawn);
        }
    });
    let clicked: Box<dyn FnMut(MouseEvent)> = Box::new(move |event| {
        if let Some((section, head)) = folded(&event) {
            // What is opened stays in sight.
            pane.stay();
            pane.toggle(section, head);
        } else if let Some(line) = numbered(&event) {
            pointed.set(Some(line));
        }
    });
    let copied: Box<dyn FnMut(ClipboardEvent)> = Box::new(move |event| marking.copy(&event));
    let typed: Box<dyn FnMut(KeyboardEvent)> = Box::new(move |event| {
        marking.typed(&event);
        match (event.key().as_str(), event.ctrl_key() || event.meta_key()) {
            ("a", true) => marking.select_all(&event),
            // The keys move the mark from line to line, and the pane with it.
            ("ArrowDown" | "ArrowUp", false) if !event.shift_key() && !event.alt_key() => {
                event.prevent_default();
                if let Some(line) = pane.step(pointed.get_untracked(), event.key() == "ArrowDown") {
                    pointed.set(Some(line));
                }
            }
            // The browser would go there in many steps, through rows that are not drawn yet.
            ("Home", _) => {
                event.prevent_default();
                pane.go_to_start();
            }
            ("End", _) => {
                event.prevent_default();
                pane.follow();
            }
            _ => {}
        }
    });
    let empty = memo(move || search.nothing_shown());
    // Room for the longest number.
    let digits = memo(move || pane.count.get().checked_ilog10().map_or(1, |it| it + 1).max(3));
    let pill = move || {
        view! {
            <button type="button" class="lc-pill" on:click=press(move || pane.follow())>
                {text(move || say::new_lines(pane.unread()))} " ↓"
            </button>
        }
        .into_any()
    };
    view! {
        <div class="lc-lines-frame">
            {dynamic(move || note.get().map(|it| view! { <p class="lc-lines-note">{it}</p> }.into_any()))}
            {dynamic(move || {
                empty.get().map(|it| view! { <p class="lc-lines-note lc-lines-empty">{it}</p> }.into_any())
            })}
            <div
                class="lc-lines"
                class:lc-wrapped=flag(move || wrap.get())
                style:--lc-digits=text(move || digits.get().to_string())
                id="lc-lines"
                role="log"
                translate="no"
                aria-live="off"
                aria-label=text(move || section.get().map_or(say::LOG, Section::as_str).to_owned())
                tabindex="0"
                node_ref=pane.element
                on:scroll=scrolled
                on:mousedown=pressed
                on:click=clicked
                on:copy=copied
                on:keydown=typed
            >
                <div></div>
                <div class="lc-drawn" node_ref=pane.drawn></div>
                <div></div>
            </div>
            {shown(memo(move || !pane.follows.get()), pill)}
        </div>
    }
    .into_any()
}

/// The line whose number was pressed.
fn numbered(event: &MouseEvent) -> Option<(Section, u64)> {
    let row: Element = event.target()?.dyn_into().ok()?;
    line_of(&row).filter(|_| event.offset_x() < numbers_width(&row))
}

/// The width of the number beside a line, in pixels, up to the space before the text.
fn numbers_width(row: &Element) -> i32 {
    layout::padding_left(row).map_or(0, |it| it as i32 - SPACE)
}

/// The line whose fold was pressed.
fn folded(event: &MouseEvent) -> Option<(Section, u64)> {
    let button: Element = event.target()?.dyn_into().ok()?;
    line_of(&button.closest(".lc-fold").ok()??.parent_element()?)
}

/// What to know before reading the rows.
fn note(counts: Counts, section: Option<Section>, link: Option<&'static str>) -> Option<String> {
    let Some(count) = section.and_then(|it| count_of(&counts, it)) else {
        return Some(say::NO_LOG.to_owned());
    };
    match (count.lines, count.dropped) {
        _ if link.is_some() => link.map(str::to_owned),
        (0, _) => Some(say::NO_LINES.to_owned()),
        (_, 0) => None,
        (_, dropped) => Some(say::dropped(KEPT >> 20, dropped)),
    }
}

fn save(console: Console) {
    if let Some(text) = console.look(|model| Some(model.watch()?.log().to_text())) {
        save_as(console, "", &text);
    }
}

/// The section that is shown, or the lines of it that the filters show.
fn save_part(console: Console, pane: LogPane) {
    let section = pane.section.get_untracked().map_or("", Section::as_str);
    if let Some(text) = pane.rows.file() {
        save_as(console, &format!("-{section}"), &text);
    }
}

fn save_as(console: Console, part: &str, text: &str) {
    let session = console.look(|model| Some(model.watch()?.address().segment()));
    if let Some(session) = session {
        let file = format!("livy-session-{session}{part}.log");
        // A browser that refuses a download says so itself.
        let _ = download::save(&file, text);
    }
}
