//! A session's log: its sections as tabs, and what can be done with them. The rows are the pane's.

use console::{Doing, LineLink, Linked, Route, SectionLog};
use leptos::prelude::*;
use livy::Section;
use wasm_bindgen::JsCast;
use web_sys::{
    ClipboardEvent, Element, Event, KeyboardEvent, MouseEvent, ScrollIntoViewOptions, ScrollLogicalPosition,
    window,
};

use crate::web::clipboard;
use crate::web::download;
use crate::web::page::Console;
use crate::web::part::field::focus_element;
use crate::web::part::log_copy::Marking;
use crate::web::part::log_line::Look;
use crate::web::part::log_mark::{keep_marked, selector};
use crate::web::part::log_pane::LogPane;
use crate::web::part::log_rows::LogRows;
use crate::web::part::log_search::{Finding, LogSearch, SEARCH_ID};
use crate::web::part::{NoticeBox, Pointed};
use crate::web::reactive::{dynamic, effect, flag, memo, press, shown, text};

/// How many lines each section has had, and how many of them are dropped; `None` for a section there is not.
type Counts = [Option<(u64, u64)>; 3];

/// The width of the numbers beside the lines, in pixels: a press there points at the line.
const NUMBERS: i32 = 44;

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
        Section::ALL.map(|section| console.log(section, |it| (it.count(), it.dropped())))
    });
    let picked = RwSignal::new(None::<Section>);
    // Spark's own log goes to stderr, so that is what is looked at unless somebody picks another.
    let section = memo(move || {
        let there = |it: &Section| counts.with(|counts| count_of(counts, *it).is_some());
        let first = || [Section::Stderr, Section::Stdout, Section::Diagnostics].into_iter().find(there);
        picked.get().filter(there).or_else(first)
    });
    let finding = Finding::new(console, section);
    let count =
        memo(move || section.get().and_then(|it| counts.with(|all| count_of(all, it))).map_or(0, |it| it.0));
    let pane = LogPane::new(console, section, count, finding);
    effect(move || {
        let Some((wanted, number)) = pointed.get() else { return };
        untrack(|| {
            finding.let_in(wanted, number);
            picked.set(Some(wanted));
            pane.show(wanted, number);
            // The rows are drawn first, and put in their place.
            request_animation_frame(move || request_animation_frame(move || bring_into_view(wanted, number)));
        });
    });
    keep_marked(pane, finding, pointed);
    // The link that is looked for, and before which line it is not.
    let looked_for = StoredValue::new(None::<(LineLink, u64)>);
    let is_equal = RwSignal::new(false);
    let follow_link = move || {
        counts.with(|_| ());
        let Some(link) = board.line_link.get() else { return };
        let from = looked_for.with_value(|it| it.as_ref().filter(|it| it.0 == link).map_or(0, |it| it.1));
        let look = |log: &SectionLog| (link.find(log, from), log.count());
        let Some((found, next)) = console.log(link.section, look) else { return };
        is_equal.set(matches!(found, Some(Linked::LastEqual(_))));
        if let Some(Linked::Line(number) | Linked::LastEqual(number)) = found {
            looked_for.set_value(None);
            board.line_link.set(None);
            pointed.set(Some((link.section, number)));
        } else {
            looked_for.set_value(Some((link, next)));
        }
    };
    effect(follow_link);
    let link_note = memo(move || match (board.line_link.with(Option::is_some), is_equal.get()) {
        (true, _) => Some("The line of the link is not in what this page has of the log."),
        (_, true) => Some(
            "The link counts more lines that say the same than this page has: the one that is shown is the last of them, and may be another.",
        ),
        _ => None,
    });
    let pick = move |section: Section| {
        picked.set(Some(section));
        pane.follow();
    };
    // The tabs are one stop of the tab key; arrows go from one to the other (WAI-ARIA Authoring Practices, Tabs).
    let turn: Box<dyn FnMut(KeyboardEvent)> = Box::new(move |event| {
        let there = |it: &Section| counts.with_untracked(|counts| count_of(counts, *it).is_some());
        let tabs: Vec<Section> = Section::ALL.into_iter().filter(there).collect();
        let at = tabs.iter().position(|it| Some(*it) == section.get_untracked()).unwrap_or_default();
        let next = match event.key().as_str() {
            "ArrowRight" => tabs.get(at + 1).or(tabs.first()),
            "ArrowLeft" => at.checked_sub(1).and_then(|it| tabs.get(it)).or(tabs.last()),
            "Home" => tabs.first(),
            "End" => tabs.last(),
            _ => None,
        };
        if let Some(next) = next.copied() {
            event.prevent_default();
            pick(next);
            focus_element(tab_id(next));
        }
    });
    let unfolded = RwSignal::new(false);
    effect(move || pane.unfold_all(unfolded.get()));
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
    let any = memo(move || counts.with(|it| it.iter().any(Option::is_some)));
    let part = text(move || {
        if finding.filters() {
            "Download matches".to_owned()
        } else {
            format!("Download {}", section.get().map_or("section", Section::as_str))
        }
    });
    let tools = move || {
        view! {
            {dynamic(move || link_button(pointed.get()?, console))}
            <button type="button" class="lc-button lc-quiet" on:click=press(move || save_part(console, pane))>
                {part}
            </button>
            <button type="button" class="lc-button" on:click=press(move || save(console))>
                "Download log"
            </button>
        }
        .into_any()
    };
    view! {
        <section class="lc-log" aria-label="Log" on:keydown=find>
            <div class="lc-log-bar">
                <div class="lc-tabs" role="tablist" aria-label="Sections of the log" on:keydown=turn>
                    {Section::ALL.map(|it| tab(it, counts, section, Box::new(move || pick(it)))).collect_view()}
                </div>
                <div class="lc-log-tools">{shown(any, tools)}</div>
            </div>
            {dynamic(trouble)}
            <LogSearch finding=finding pointed=pointed pane=pane unfolded=unfolded />
            {lines(pane, counts, finding, (pointed, link_note), console)}
        </section>
    }
    .into_any()
}

/// The scrolling part.
fn lines(
    pane: LogPane,
    counts: Memo<Counts>,
    finding: Finding,
    (pointed, link_note): (Pointed, Memo<Option<&'static str>>),
    console: Console,
) -> AnyView {
    let section = pane.section;
    let marking = Marking::new(pane);
    let scrolled: Box<dyn FnMut(Event)> = Box::new(move |_| pane.scrolled());
    let pressed: Box<dyn FnMut(MouseEvent)> = Box::new(move |event| marking.pressed(&event));
    let rows = StoredValue::new_local(LogRows::default());
    effect(move || {
        let wanted = pane.drawn_rows();
        let look = |section, number| console.log(section, |log| Look::of(log, number)).flatten();
        if let Some(drawn) = pane.drawn.get() {
            rows.update_value(|it| it.draw(&drawn, &wanted, look));
            pane.drawn_anew(&drawn);
        }
    });
    let clicked: Box<dyn FnMut(MouseEvent)> = Box::new(move |event| {
        if let Some((section, head)) = folded(&event) {
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
            // The line that is pointed at goes with the keys, and the pane with the line.
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
    let note = memo(move || note(counts.get(), section.get(), link_note.get()));
    let words = text(move || match pane.unread() {
        0 => "Go to the end".to_owned(),
        1 => "1 new line".to_owned(),
        lines => format!("{lines} new lines"),
    });
    let pill = move || {
        view! {
            <button type="button" class="lc-pill" on:click=press(move || pane.follow())>
                {words} " ↓"
            </button>
        }
        .into_any()
    };
    view! {
        <div class="lc-lines-frame">
            {dynamic(move || note.get().map(|it| view! { <p class="lc-lines-note">{it}</p> }.into_any()))}
            <div
                class="lc-lines"
                class:lc-wrapped=flag(move || finding.wraps.get())
                id="lc-lines"
                role="log"
                translate="no"
                aria-live="off"
                aria-label=text(move || section.get().map_or("log", Section::as_str).to_owned())
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

/// The line beside whose number somebody pressed.
fn numbered(event: &MouseEvent) -> Option<(Section, u64)> {
    let row: Element = event.target()?.dyn_into().ok()?;
    line_of(&row).filter(|_| event.offset_x() < NUMBERS)
}

/// The line whose fold somebody pressed.
fn folded(event: &MouseEvent) -> Option<(Section, u64)> {
    let button: Element = event.target()?.dyn_into().ok()?;
    line_of(&button.closest(".lc-fold").ok()??.parent_element()?)
}

fn line_of(row: &Element) -> Option<(Section, u64)> {
    let number = row.get_attribute("data-log-line")?.parse().ok()?;
    let word = row.get_attribute("data-log-section")?;
    Some((Section::ALL.into_iter().find(|it| it.as_str() == word)?, number))
}

/// The pane shows a line; the page may have to show the pane.
fn bring_into_view(section: Section, number: u64) {
    let document = window().and_then(|it| it.document());
    if let Some(row) = document.and_then(|it| it.query_selector(&selector(section, number)).ok().flatten()) {
        let options = ScrollIntoViewOptions::new();
        options.set_block(ScrollLogicalPosition::Nearest);
        row.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// Copies a link to the line that is pointed at.
fn link_button((section, number): (Section, u64), console: Console) -> Option<AnyView> {
    let copied = RwSignal::new(None::<bool>);
    let copy = press(move || {
        let link = console.log(section, |log| LineLink::to(section, log, number)).flatten();
        let route = console.board.route.with_untracked(Route::href);
        let page = window().and_then(|it| it.location().href().ok()).unwrap_or_default();
        if let Some(link) = link {
            let page = page.split('#').next().unwrap_or_default();
            clipboard::copy(format!("{page}{route}?line={link}"), move |done| {
                let _ = copied.try_set(Some(done));
            });
        }
    });
    let words = text(move || match copied.get() {
        None => format!("Copy link to line {}", number + 1),
        Some(true) => "Copied".to_owned(),
        Some(false) => "This browser does not let the page copy".to_owned(),
    });
    Some(
        view! {
            <button type="button" class="lc-button lc-quiet" aria-live="polite" on:click=copy>
                {words}
            </button>
        }
        .into_any(),
    )
}

fn count_of(counts: &Counts, section: Section) -> Option<(u64, u64)> {
    counts.get(section as usize).copied().flatten()
}

/// What is to be known of the rows before they begin.
fn note(counts: Counts, section: Option<Section>, link: Option<&'static str>) -> Option<String> {
    let Some((lines, dropped)) = section.and_then(|it| count_of(&counts, it)) else {
        return Some("No log yet".to_owned());
    };
    match (lines, dropped) {
        _ if link.is_some() => link.map(str::to_owned),
        (0, _) => Some("No lines here yet".to_owned()),
        (_, 0) => None,
        _ => Some(format!(
            "This page keeps the last {} MB of each section; {dropped} older lines are dropped.",
            console::KEPT >> 20
        )),
    }
}

fn save(console: Console) {
    let text = console
        .driver
        .try_with_value(|it| it.look(|model| model.watch().map(|it| it.log().to_text())))
        .flatten();
    if let Some(text) = text {
        save_as(console, "", &text);
    }
}

/// The section that is shown, or its matches with what is around them.
fn save_part(console: Console, pane: LogPane) {
    let section = pane.section.get_untracked().map_or("", Section::as_str);
    if let Some(text) = pane.file() {
        save_as(console, &format!("-{section}"), &text);
    }
}

fn save_as(console: Console, part: &str, text: &str) {
    let watch = console.board.watch;
    let file = watch.with_untracked(|it| {
        it.as_ref().map(|it| format!("livy-session-{}{part}.log", it.address.segment()))
    });
    if let Some(file) = file {
        // A browser that refuses a download says so itself.
        let _ = download::save(&file, text);
    }
}

fn tab_id(section: Section) -> String {
    format!("lc-tab-{}", section.as_str())
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
            <button
                type="button"
                class="lc-tab"
                role="tab"
                id=tab_id(section)
                aria-selected=selected
                aria-controls="lc-lines"
                tabindex=text(move || if chosen.get() == Some(section) { "0" } else { "-1" }.to_owned())
                on:click=press
            >
                {section.as_str()}
                " "
                <span class="lc-tab-count">{text(move || count.get().unwrap_or_default().to_string())}</span>
            </button>
        }
        .into_any()
    };
    shown(memo(move || count.get().is_some()), part)
}
