//! A text, an error or a JSON value by its lines. Of many lines those around the visible ones are in the page; what is large is read in slices,
//! one before each frame, so that nothing blocks.

use std::cell::RefCell;
use std::ops::Range;

use console::{Lines, Room, Stack, TextRow, Tree, as_shown, paint, visible};
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, Element, MouseEvent};

use crate::web::browser::selection;
use crate::web::browser::surroundings::frame;
use crate::web::part::log::line::{classes, label};
use crate::web::part::output::band::{Band, add, give, set};
use crate::web::reactive::{Held, effect};
use crate::web::words::output as words;

/// The height of a line, in pixels (`--lc-log` in style/tokens.css).
const ROW: f64 = 18.0;
/// Up to so many lines are all in the page: the browser's own search and selection then reach them.
const WHOLE_TEXT: usize = 2_000;
const WHOLE_JSON: usize = 5_000;
/// And only where they are no more than so many bytes: a line alone can have twenty thousand.
const WHOLE_BYTES: usize = 512 << 10;
/// How many lines are drawn above and below the visible ones.
const SPARE: usize = 40;
/// How much is read at once, in bytes.
const SLICE: usize = 512 << 10;
/// Which line of an error a row has.
const LINE: &str = "data-stack-line";

/// What is drawn.
pub enum Source {
    /// A text.
    Text(Lines),
    /// The rest of an error.
    Stack(Stack),
    /// A JSON value.
    Json(Tree),
}

impl Source {
    fn len(&self) -> usize {
        match self {
            Self::Text(lines) => lines.len(),
            Self::Stack(stack) => stack.len(),
            Self::Json(tree) => tree.len(),
        }
    }

    fn is_whole(&self) -> bool {
        match self {
            Self::Text(lines) => lines.len() <= WHOLE_TEXT && lines.shown_bytes() <= WHOLE_BYTES,
            Self::Stack(stack) => stack.is_whole(),
            Self::Json(tree) => tree.len() <= WHOLE_JSON && tree.as_written().len() <= WHOLE_BYTES,
        }
    }

    /// True where lines that were read do not change when more are: one of JSON can be folded once its end is known, and frames once there
    /// are enough.
    fn stays(&self) -> bool {
        matches!(self, Self::Text(_))
    }

    fn read_on(&mut self) -> bool {
        match self {
            // What is cut is read as far as it is shown.
            Self::Text(lines) if lines.is_cut() => true,
            Self::Text(lines) => lines.read_on(SLICE),
            Self::Stack(stack) => stack.read_on(SLICE),
            Self::Json(tree) => tree.read_on(SLICE),
        }
    }

    fn draw(&self, element: &Element, row: usize) {
        match self {
            Self::Text(lines) => match lines.row(row) {
                Some(TextRow::Line { text, left, end }) => draw_text(element, &text, (left, &end)),
                Some(TextRow::Gap(bytes)) => draw_text(element, &words::left_out(bytes), (0, "")),
                None => {}
            },
            Self::Stack(stack) => {
                let Some(row) = stack.row(row) else { return };
                draw_text(element, &row.text, (row.left, ""));
                set(element, "class", row.is_hidden.then_some("lc-folded"));
                set(element, LINE, Some(&row.line.to_string()));
                if let Some(fold) = row.fold
                    && let Some(button) = add(element, "button", "lc-fold", "")
                {
                    set(&button, "type", Some("button"));
                    set(&button, "data-line", Some(&row.line.to_string()));
                    label(&button, fold);
                }
            }
            Self::Json(tree) => {
                let Some(row) = tree.row(row) else { return };
                draw_text(element, &row.text, (row.left, ""));
                let Some((lines, is_folded)) = row.fold else { return };
                if let Some(button) = add(element, "button", "lc-turn", "") {
                    set(&button, "type", Some("button"));
                    set(&button, "data-line", Some(&row.line.to_string()));
                    set(&button, "aria-expanded", Some(if is_folded { "false" } else { "true" }));
                    set(&button, "aria-label", Some(&words::fold(lines, is_folded)));
                }
            }
        }
    }
}

/// A line; of a long one its beginning, how many bytes are left out, and its end.
fn draw_text(element: &Element, text: &str, (left, end): (usize, &str)) {
    match paint(text) {
        None => element.set_text_content(Some(&visible(&as_shown(text)))),
        Some(spans) => {
            element.set_text_content(None);
            for span in &spans {
                add(element, "span", &classes(span), &visible(&span.text));
            }
        }
    }
    if left > 0 {
        let said = if end.is_empty() { words::cut(left) } else { words::left_out(left) };
        add(element, "span", "lc-muted", &said);
        add(element, "span", "", &visible(&as_shown(end)));
    }
}

struct State {
    source: Source,
    band: Band,
    total: usize,
}

/// The pane.
#[derive(Clone, Copy)]
pub struct Paper {
    state: Held<RefCell<State>>,
    scroller: NodeRef<html::Div>,
}

impl Paper {
    /// Of what can be drawn at once; the rest follows.
    pub fn new(source: Source) -> Self {
        let state = State { source, band: Band::default(), total: 0 };
        let paper = Self { state: Held::new(RefCell::new(state)), scroller: NodeRef::new() };
        effect(move || {
            if paper.scroller.get().is_some() {
                paper.read_on(true);
            }
        });
        paper
    }

    /// Draws it.
    pub fn view(self, label: String) -> AnyView {
        let turn: Box<dyn FnMut(MouseEvent)> = Box::new(move |event| {
            let button = event.target().and_then(|it| it.dyn_into::<Element>().ok());
            let line = button.and_then(|it| it.get_attribute("data-line")).and_then(|it| it.parse().ok());
            if let Some(line) = line {
                self.toggle(line);
            }
        });
        let copy: Box<dyn FnMut(ClipboardEvent)> = Box::new(move |event| self.copy(&event));
        view! {
            <div
                class="lc-paper"
                tabindex="0"
                role="group"
                aria-label=label
                translate="no"
                node_ref=self.scroller
                on:scroll=move |_| self.draw(false)
                on:click=turn
                on:copy=copy
            >
                <div class="lc-paper-room"></div>
                <div class="lc-paper-lines"></div>
                <div class="lc-paper-room"></div>
            </div>
        }
        .into_any()
    }

    /// Draws something else from now on.
    pub fn replace(self, change: impl FnOnce(&mut Source)) {
        self.state.with(|it| change(&mut it.borrow_mut().source));
        self.read_on(true);
    }

    /// Looks at what is drawn.
    pub fn look<T>(self, at: impl FnOnce(&Source) -> T) -> Option<T> {
        self.state.with(|it| at(&it.borrow().source))
    }

    /// Reads a slice, draws what is new, and goes on before the next frame.
    fn read_on(self, is_first: bool) {
        let read = self.state.with(|it| {
            let source = &mut it.borrow_mut().source;
            (source.read_on(), source.stays())
        });
        if let Some((is_over, stays)) = read {
            self.draw(is_first || !stays);
            if !is_over {
                frame(move || self.read_on(false));
            }
        }
    }

    fn toggle(self, line: usize) {
        self.state.with(|it| match &mut it.borrow_mut().source {
            Source::Json(tree) => tree.toggle(line),
            Source::Stack(stack) => stack.toggle(line as u64),
            Source::Text(_) => {}
        });
        self.draw(true);
        let button = self
            .scroller
            .get_untracked()
            .and_then(|it| it.query_selector(&format!("[data-line=\"{line}\"]")).ok().flatten());
        if let Some(button) = button {
            crate::web::browser::focus::focus_still(button.unchecked_ref());
        }
    }

    /// Of an error also what is folded between the ends of the selection, which no browser copies.
    fn copy(self, event: &ClipboardEvent) {
        let Some((from, to)) = selection::ends() else { return };
        let (Some(from), Some(to)) = (selection::place_in(&from, LINE), selection::place_in(&to, LINE))
        else {
            return;
        };
        let text = self.look(|source| match source {
            Source::Stack(stack) if from != to => Some(stack.copied(from.min(to), from.max(to))),
            _ => None,
        });
        if let (Some(text), Some(data)) = (text.flatten(), event.clipboard_data())
            && data.set_data("text/plain", &text).is_ok()
        {
            event.prevent_default();
        }
    }

    fn draw(self, anew: bool) {
        let Some(scroller) = self.scroller.try_get_untracked().flatten() else { return };
        let (Some(before), Some(after)) = (scroller.first_element_child(), scroller.last_element_child())
        else {
            return;
        };
        let Some(drawn) = before.next_element_sibling() else { return };
        self.state.with(|it| {
            let State { source, band, total } = &mut *it.borrow_mut();
            let has_grown = std::mem::replace(total, source.len()) != source.len();
            let room = Room::of(*total, ROW, f64::from(scroller.client_height()));
            let top = f64::from(scroller.scroll_top());
            let first = room.row_at(top);
            let range =
                if source.is_whole() { 0..*total } else { around(first, scroller.client_height(), *total) };
            let is_drawn = !anew && range == band.range();
            if is_drawn && !has_grown {
                return;
            }
            if !is_drawn {
                band.turn(&drawn, (range.clone(), anew), "div", &mut |element, row| {
                    source.draw(element, row)
                });
            }
            let (above, below) = room.around(first, &range);
            give(Some(&before), "height", above);
            give(Some(&after), "height", below);
        });
    }
}

/// The rows to draw around the first visible one.
fn around(first: usize, height: i32, total: usize) -> Range<usize> {
    let visible = usize::try_from(height).unwrap_or_default() / ROW as usize + 1;
    // A few at a time: not every pixel draws a row.
    let from = first.saturating_sub(SPARE) / 8 * 8;
    from..(first + visible + SPARE).div_ceil(8).saturating_mul(8).min(total)
}
