//! Copying lines that are not all in the page. The browser loses the beginning of a selection when its row goes; the pane
//! remembers by line where it began.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, Element, KeyboardEvent, MouseEvent, Node, Selection, window};

use crate::web::part::log_pane::LogPane;

/// A place in the text: a line and how many UTF-16 units into it, as browsers count.
type Place = (u64, usize);

/// What is selected, beyond what the browser knows.
#[derive(Clone, Copy)]
pub struct Marking {
    pane: LogPane,
    start: StoredValue<Option<Place>>,
    is_all: StoredValue<bool>,
}

impl Marking {
    /// Nothing is.
    pub fn new(pane: LogPane) -> Self {
        Self { pane, start: StoredValue::new(None), is_all: StoredValue::new(false) }
    }

    /// A press begins a selection, unless it extends one.
    pub fn pressed(&self, event: &MouseEvent) {
        self.is_all.set_value(false);
        if event.button() != 0 || event.shift_key() {
            return;
        }
        self.pane.stay();
        let (start, pane) = (self.start, self.pane);
        // The browser sets the selection after this event.
        request_animation_frame(move || {
            let place = selection().and_then(|it| place(it.anchor_node()?, it.anchor_offset()));
            let _ = start.try_set_value(place.filter(|_| pane.section.try_get_untracked().is_some()));
        });
    }

    /// `Ctrl+A` with the focus in the log means the log, not the page.
    pub fn select_all(&self, event: &KeyboardEvent) {
        let Some(drawn) = self.pane.drawn.get_untracked() else { return };
        event.prevent_default();
        if let Some(selection) = selection() {
            let _ = selection.select_all_children(&drawn);
        }
        self.pane.stay();
        self.is_all.set_value(true);
    }

    /// Puts into the clipboard what the browser cannot see; what it can see it copies itself.
    pub fn copy(&self, event: &ClipboardEvent) {
        if untrack(|| self.pane.is_whole()) {
            return;
        }
        let text = if self.is_all.get_value() { self.pane.text(None, None) } else { self.between() };
        if let (Some(text), Some(data)) = (text, event.clipboard_data())
            && data.set_data("text/plain", &text).is_ok()
        {
            event.prevent_default();
        }
    }

    /// From where the selection began to where it ends, if its beginning is not in the page any more.
    fn between(&self) -> Option<String> {
        let selection = selection()?;
        let start = self.start.get_value()?;
        let begins = place(selection.anchor_node()?, selection.anchor_offset());
        if begins == Some(start) || selection.is_collapsed() && begins.is_none() {
            return None;
        }
        let end = place(selection.focus_node()?, selection.focus_offset())?;
        self.pane.text(Some(start.min(end)), Some(start.max(end)))
    }
}

fn selection() -> Option<Selection> {
    window()?.get_selection().ok().flatten()
}

/// The line and the unit of a place in the page; `None` outside of a line.
fn place(node: Node, offset: u32) -> Option<Place> {
    let element = node.dyn_ref::<Element>().cloned().or_else(|| node.parent_element())?;
    let row = element.closest("[data-log-line]").ok().flatten()?;
    let number = row.get_attribute("data-log-line")?.parse().ok()?;
    // Before the node in a painted line there are other pieces.
    let mut before = 0;
    let mut piece = row.first_child();
    while let Some(it) = piece {
        if it.is_same_node(Some(&node)) || it.contains(Some(&node)) {
            break;
        }
        before += it.text_content().map_or(0, |it| it.encode_utf16().count());
        piece = it.next_sibling();
    }
    Some((number, before + offset as usize))
}
