//! Marked words: the CSS Custom Highlight API (Chrome 105, Safari 17.2, Firefox 140). It leaves the elements as they are. Browsers
//! without it show no marked words.

use std::cell::RefCell;
use std::collections::BTreeMap;

use js_sys::{Array, Function, Map, Reflect, Set};
use wasm_bindgen::{JsCast, JsValue};

use crate::web::browser::surroundings::Surroundings;

thread_local! {
    /// The ranges of each console: the document has one registry for all of them.
    static MARKED: RefCell<BTreeMap<u32, Array>> = const { RefCell::new(BTreeMap::new()) };
}

/// Marks some ranges under a name of the style, for as long as the present part of the console is drawn.
#[derive(Clone, Copy)]
pub struct Marks {
    name: &'static str,
    console: u32,
}

impl Marks {
    /// Without any ranges. `None` once the console is closed.
    pub fn new(name: &'static str) -> Option<Self> {
        Some(Self { name, console: Surroundings::here()?.number()? })
    }

    /// Replaces this console's ranges.
    pub fn mark(self, ranges: Array) {
        let has_none = ranges.length() == 0;
        let all: Vec<Array> = MARKED.with_borrow_mut(|marked| {
            let before =
                if has_none { marked.remove(&self.console) } else { marked.insert(self.console, ranges) };
            if has_none && before.is_none() {
                Vec::new()
            } else {
                marked.values().cloned().chain([Array::new()]).collect()
            }
        });
        if !all.is_empty() {
            show(self.name, &all);
        }
    }
}

/// Invariant: the document keeps one `Highlight` for ever and changes its ranges. WebKit (2.50) repaints what `clear()` takes out of a
/// highlight, but not the words of one that is replaced in the registry or deleted from it.
fn show(name: &str, all: &[Array]) {
    let Some(css) = property(&js_sys::global(), "CSS") else { return };
    let Some(registry) = property(&css, "highlights").map(|it| it.unchecked_into::<Map>()) else { return };
    let Some(highlight) = highlight(&registry, &JsValue::from(name)) else { return };
    highlight.clear();
    for range in all.iter().flat_map(Array::iter) {
        highlight.add(&range);
    }
}

/// The document's highlight. `Highlight` is a set of ranges.
fn highlight(registry: &Map, name: &JsValue) -> Option<Set> {
    if !registry.has(name) {
        let class: Function = property(&js_sys::global(), "Highlight")?.dyn_into().ok()?;
        registry.set(name, &Reflect::construct(&class, &Array::new()).ok()?);
    }
    Some(registry.get(name).unchecked_into())
}

fn property(of: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(of, &name.into()).ok().filter(|it| !it.is_undefined())
}
