//! Marked words: the CSS Custom Highlight API (Chrome 105, Safari 17.2, Firefox 140). It leaves the elements as they are. Browsers
//! without it show no marked words.

use js_sys::{Array, Function, Map, Reflect, Set};
use wasm_bindgen::{JsCast, JsValue};

/// Replaces the ranges that are marked under a name of the style. Invariant: the page keeps one `Highlight` for ever and changes
/// its ranges. WebKit (2.50) repaints what `clear()` takes out of a highlight, but not the words of one that is replaced in the
/// registry or deleted from it.
pub fn mark(name: &str, ranges: &Array) {
    let Some(css) = property(&js_sys::global(), "CSS") else { return };
    let Some(registry) = property(&css, "highlights").map(|it| it.unchecked_into::<Map>()) else { return };
    let Some(highlight) = highlight(&registry, &JsValue::from(name)) else { return };
    highlight.clear();
    ranges.iter().for_each(|it| {
        highlight.add(&it);
    });
}

/// The page's highlight. `Highlight` is a set of ranges.
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
