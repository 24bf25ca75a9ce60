//! Marked words: the CSS Custom Highlight API (Chrome 105, Safari 17.2, Firefox 140). It leaves the elements as they are. Browsers
//! without it show no marked words.
//!
//! What it costs: Chromium (156) looks at every range of the document again whenever an element has changed, WebKit (2.50) paints each
//! range by itself, and Firefox (153) takes a single one out of thousands in milliseconds. So only what is in sight should be marked.

use std::cell::{Cell, RefCell};
use std::mem;

use js_sys::{Array, Function, Map, Object, Reflect, Set};
use leptos::prelude::on_cleanup;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Node;

thread_local! {
    /// The ranges of each part of each console, with their names: the document has one registry for all of them.
    static MARKED: RefCell<Vec<(Marks, Array)>> = const { RefCell::new(Vec::new()) };
    static NEXT: Cell<u32> = const { Cell::new(0) };
}

/// Marks some ranges under a name of the style, for as long as the present part of the console is drawn. Others may mark theirs under the
/// same name.
#[derive(Clone, Copy)]
pub struct Marks {
    name: &'static str,
    priority: i32,
    number: u32,
}

impl Marks {
    /// Without any ranges. Where words are marked under two names, the one with the higher `priority` is seen.
    pub fn new(name: &'static str, priority: i32) -> Self {
        let number = NEXT.replace(NEXT.get().wrapping_add(1));
        let marks = Self { name, priority, number };
        MARKED.with_borrow_mut(|it| it.push((marks, Array::new())));
        on_cleanup(move || {
            marks.mark(Array::new());
            MARKED.with_borrow_mut(|it| it.retain(|it| it.0.number != number));
        });
        marks
    }

    /// True in a browser that marks words.
    pub fn are_known() -> bool {
        registry().is_some()
    }

    /// Replaces the ranges that were marked here. It does nothing once this part of the console is gone.
    pub fn mark(self, ranges: Array) {
        MARKED.with_borrow_mut(|marked| {
            let Some(kept) = marked.iter_mut().find(|it| it.0.number == self.number) else { return };
            let before = mem::replace(&mut kept.1, ranges.clone());
            if before.length() == 0 && ranges.length() == 0 {
                return;
            }
            let Some(highlight) = highlight(self.name, self.priority) else { return };
            if before.length() == 0 {
                add(&highlight, &ranges);
                return;
            }
            highlight.clear();
            for (_, ranges) in marked.iter().filter(|it| it.0.name == self.name) {
                add(&highlight, ranges);
            }
        });
    }
}

/// A range of a text, in units of UTF-16, that does not follow its changes. Browsers follow ranges of the other sort through every change
/// of the document, however many there are.
pub fn fixed_range(text: &Node, from: u32, to: u32) -> Option<JsValue> {
    let place = Object::new();
    for (name, value) in [
        ("startContainer", text.into()),
        ("startOffset", from.into()),
        ("endContainer", text.into()),
        ("endOffset", to.into()),
    ] {
        Reflect::set(&place, &name.into(), &value).ok()?;
    }
    make("StaticRange", &Array::of1(&place))
}

fn make(class: &str, given: &Array) -> Option<JsValue> {
    let class: Function = property(&js_sys::global(), class)?.dyn_into().ok()?;
    Reflect::construct(&class, given).ok()
}

fn add(highlight: &Set, ranges: &Array) {
    for range in ranges.iter() {
        highlight.add(&range);
    }
}

fn registry() -> Option<Map> {
    let css = property(&js_sys::global(), "CSS")?;
    property(&css, "highlights").map(JsCast::unchecked_into)
}

/// The document's highlight of that name. `Highlight` is a set of ranges.
///
/// Invariant: the document keeps one for ever and changes its ranges. WebKit (2.50) repaints what `clear()` takes out of a highlight, but
/// not the words of one that is replaced in the registry or deleted from it.
fn highlight(name: &str, priority: i32) -> Option<Set> {
    let (registry, name) = (registry()?, JsValue::from(name));
    if !registry.has(&name) {
        let highlight = make("Highlight", &Array::new())?;
        Reflect::set(&highlight, &"priority".into(), &priority.into()).ok()?;
        registry.set(&name, &highlight);
    }
    Some(registry.get(&name).unchecked_into())
}

fn property(of: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(of, &name.into()).ok().filter(|it| !it.is_undefined())
}
