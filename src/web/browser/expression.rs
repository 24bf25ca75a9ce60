//! The browser's regular expressions.

use js_sys::{Array, Error, Function, Reflect, RegExp};
use wasm_bindgen::{JsCast, JsValue};

/// A new expression. The error is what the browser says of a wrong one; `None` where it says nothing.
pub fn make(pattern: &str, flags: &str) -> Result<RegExp, Option<String>> {
    // The binding's own constructor does not let a wrong pattern be caught.
    let make = || {
        let class: Function = Reflect::get(&js_sys::global(), &"RegExp".into())?.dyn_into()?;
        Reflect::construct(&class, &Array::of2(&pattern.into(), &flags.into()))
    };
    let said = |error: JsValue| error.dyn_ref::<Error>().map(|it| String::from(it.message()));
    make().map(|it| it.unchecked_into()).map_err(said)
}
