//! Changing what stands in a text area as if it had been typed, so that the browser's own undo takes it back: setting the value would
//! forget what was typed before (W3C Editing, issue 160).

use std::ops::Range;

use console::Edit;
use js_sys::{Function, JsString, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Event, EventInit, HtmlTextAreaElement, window};

use crate::web::browser::focus::focus_still;

/// What is selected in a text area, in bytes of its text.
pub fn selected(area: &HtmlTextAreaElement) -> Range<usize> {
    let text = area.value();
    let at = |units: Result<Option<u32>, JsValue>| bytes(&text, units.ok().flatten().unwrap_or_default());
    at(area.selection_start())..at(area.selection_end())
}

/// False where half of a character stands in the area (a lone surrogate): as a text of this program it is another one, U+FFFD.
pub fn is_whole(area: &HtmlTextAreaElement) -> bool {
    let text = Reflect::get(area, &JsValue::from_str("value")).ok();
    text.and_then(|it| it.dyn_into::<JsString>().ok()).is_none_or(|it| it.is_valid_utf16())
}

/// The place in bytes of one that is counted in units of UTF-16, as browsers do.
fn bytes(text: &str, units: u32) -> usize {
    let mut rest = units as usize;
    for (at, character) in text.char_indices() {
        if rest < character.len_utf16() {
            return at;
        }
        rest -= character.len_utf16();
    }
    text.len()
}

fn units(text: &str, bytes: usize) -> u32 {
    let count = text.get(..bytes).unwrap_or(text).encode_utf16().count();
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// Selects a range, in bytes.
pub fn select(area: &HtmlTextAreaElement, range: &Range<usize>) {
    let text = area.value();
    // Refused only by an input that has no text.
    let _ = area.set_selection_range(units(&text, range.start), units(&text, range.end));
}

/// Makes a change. The area is told of it as of any other typing.
pub fn make(area: &HtmlTextAreaElement, edit: &Edit) {
    focus_still(area);
    select(area, &edit.range);
    let is_nothing = edit.text.is_empty() && edit.range.is_empty();
    if !is_nothing && !type_in(&edit.text) {
        let text = area.value();
        let (start, end) = (units(&text, edit.range.start), units(&text, edit.range.end));
        let _ = area.set_range_text_with_start_and_end(&edit.text, start, end);
        let about = EventInit::new();
        about.set_bubbles(true);
        if let Ok(event) = Event::new_with_event_init_dict("input", &about) {
            let _ = area.dispatch_event(&event);
        }
    }
    select(area, &edit.select);
}

/// Puts another text in the place of all.
pub fn replace_all(area: &HtmlTextAreaElement, text: &str) {
    let range = 0..area.value().len();
    make(area, &Edit { range, text: text.to_owned(), select: text.len()..text.len() });
}

/// Types a text over what is selected. False where the browser does not do that for a page.
fn type_in(text: &str) -> bool {
    let Some(document) = window().and_then(|it| it.document()) else { return false };
    let Ok(command) = Reflect::get(&document, &"execCommand".into()) else { return false };
    let Ok(command) = command.dyn_into::<Function>() else { return false };
    let name = if text.is_empty() { "delete" } else { "insertText" };
    let done = command.call3(&document, &name.into(), &false.into(), &text.into());
    done.is_ok_and(|it| it.is_truthy())
}
