//! Selecting and copying text of the log. The browser knows only the drawn rows, leaves out folded and empty ones, and moves the
//! ends of a selection when their rows go. So the pane remembers both ends by line, restores them, and copies from the log itself.

use console::TextPlace;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, Element, HtmlElement, KeyboardEvent, MouseEvent, Node};

use crate::web::browser::listen;
use crate::web::browser::selection::{self, Point, place_in, point_in};
use crate::web::browser::surroundings::frame;
use crate::web::part::log::pane::LogPane;
use crate::web::reactive::effect;

/// Which line a row has.
const LINE: &str = "data-log-line";

/// What is selected.
#[derive(Clone, Copy, PartialEq)]
enum Marked {
    Nothing,
    All,
    /// From where the selection began to where it ends, which may be above.
    Between(TextPlace, TextPlace),
}

/// The selection, beyond what the browser knows.
#[derive(Clone, Copy)]
pub struct Marking {
    pane: LogPane,
    marked: StoredValue<Marked>,
    /// True while a mouse button is down: the browser's selection is not finished.
    is_pressed: StoredValue<bool>,
    /// Set while the browser's selection is still to be read: whether it extends the last one.
    is_due: StoredValue<Option<bool>>,
}

impl Marking {
    /// Nothing is selected.
    pub fn new(pane: LogPane) -> Self {
        let marking = Self {
            pane,
            marked: StoredValue::new(Marked::Nothing),
            is_pressed: StoredValue::new(false),
            is_due: StoredValue::new(None),
        };
        // The button may be released anywhere.
        listen::while_drawn("mouseup", move |event| {
            marking.released(event.unchecked_ref::<MouseEvent>().shift_key());
        });
        effect(move || {
            pane.track_rows();
            if marking.marked.get_value() != Marked::Nothing {
                frame(move || marking.put_back());
            }
        });
        marking
    }

    /// A press begins a selection, unless it extends one.
    pub fn pressed(&self, event: &MouseEvent) {
        if event.button() != 0 {
            return;
        }
        self.is_pressed.set_value(true);
        self.pane.stay();
        if !event.shift_key() {
            // Otherwise a press inside a selection would drop it without setting a new place.
            selection::clear();
            self.marked.set_value(Marked::Nothing);
            self.take_soon(false);
        }
    }

    fn released(&self, extends: bool) {
        if self.is_pressed.try_get_value() == Some(true) {
            self.is_pressed.set_value(false);
            self.take_soon(extends);
        }
    }

    /// Keys with Shift move the end of a selection.
    pub fn typed(&self, event: &KeyboardEvent) {
        if event.shift_key() {
            self.take_soon(true);
        }
    }

    /// `Ctrl+A` in the log selects the log, not the page.
    pub fn select_all(&self, event: &KeyboardEvent) {
        event.prevent_default();
        self.pane.stay();
        self.marked.set_value(Marked::All);
        self.put_back();
    }

    /// Copies the selection, from the log itself.
    pub fn copy(&self, event: &ClipboardEvent) {
        if !self.is_here() {
            return;
        }
        // A key may come before the frame in which the selection is read.
        self.take_what_is_due();
        let (from, to) = match self.marked.get_value() {
            Marked::All => (None, None),
            Marked::Between(start, end) if start != end => (Some(start.min(end)), Some(start.max(end))),
            // Selected without a press or key, for example by a menu of the browser.
            _ => match ends() {
                Some((Some(start), Some(end))) if start != end => {
                    (Some(start.min(end)), Some(start.max(end)))
                }
                _ => return,
            },
        };
        if let (Some(text), Some(data)) = (self.pane.rows.text(from, to), event.clipboard_data())
            && data.set_data("text/plain", &text).is_ok()
        {
            event.prevent_default();
        }
    }

    /// The browser updates its selection only after the mouse and key events.
    fn take_soon(&self, extends: bool) {
        let marking = *self;
        self.is_due.set_value(Some(extends));
        frame(move || marking.take_what_is_due());
    }

    fn take_what_is_due(&self) {
        if let Some(extends) = self.is_due.try_get_value().flatten() {
            self.is_due.set_value(None);
            self.take(extends);
        }
    }

    /// Remembers the ends of the browser's selection. Where an extended one began is known already: its row may be gone, and then
    /// the browser's begins elsewhere.
    fn take(&self, extends: bool) {
        let Some(last) = self.marked.try_get_value().filter(|_| self.is_here()) else { return };
        let Some((start, end)) = ends() else { return };
        let marked = match (last, start, end) {
            (Marked::Between(began, _), start, Some(end)) => {
                // A word that is selected backwards begins at its other side; a press without a move selects nothing.
                let start = start.filter(|it| it.0 == began.0 || !extends && *it == end);
                Marked::Between(start.unwrap_or(began), end)
            }
            (Marked::Nothing | Marked::All, Some(start), Some(end)) => Marked::Between(start, end),
            _ => last,
        };
        self.marked.set_value(marked);
    }

    /// True where the browser's selection begins in the rows.
    fn is_here(&self) -> bool {
        let drawn = self.pane.drawn.try_get_untracked().flatten();
        drawn.zip(selection::ends()).is_some_and(|(drawn, ends)| drawn.contains(Some(&ends.0.0)))
    }

    /// Selects the drawn part of it, after other rows are drawn.
    fn put_back(&self) {
        let Some(drawn) = self.pane.drawn.try_get_untracked().flatten() else { return };
        let marked = self.marked.get_value();
        if marked == Marked::All {
            selection::select_all(&drawn);
        }
        let Marked::Between(start, end) = marked else { return };
        if start == end || self.is_pressed.get_value() || !self.is_here() {
            return;
        }
        selection::select(&point(&drawn, start), &point(&drawn, end));
    }
}

/// True where text of these rows is selected.
pub fn is_marked_in(rows: &Node) -> bool {
    selection::ends().is_some_and(|(start, end)| start != end && rows.contains(Some(&start.0)))
}

/// Where the browser's selection began and where it ends, each if that is in a row.
fn ends() -> Option<(Option<TextPlace>, Option<TextPlace>)> {
    let (start, end) = selection::ends()?;
    Some((place_in(&start, LINE), place_in(&end, LINE)))
}

fn number(row: &Element) -> Option<u64> {
    row.get_attribute(LINE)?.parse().ok()
}

/// The point of a place, or of the row after it where it has none.
fn point(drawn: &HtmlElement, (line, units): TextPlace) -> Point {
    let rows = drawn.children();
    let numbered = |at: u32| rows.item(at).and_then(|row| Some((number(&row)?, row)));
    let found = (0..rows.length()).filter_map(numbered).find(|it| it.0 >= line);
    let Some((number, row)) = found else { return (drawn.clone().into(), drawn.child_nodes().length()) };
    if number > line {
        return (row.into(), 0);
    }
    point_in(&row, units).unwrap_or_else(|| (row.into(), 0))
}
