//! What the host of an element may ask of its console, beside setting its attributes. Nothing here sends anything but a read.

use console::Event;
use js_sys::{Array, Object, Reflect};
use leptos::prelude::GetValue;
use wasm_bindgen::{JsCast, JsValue};

use crate::web::browser::focus::focus_still;
use crate::web::browser::surroundings::first;
use crate::web::console::Console;

/// Performs a command by its name in `src/element.js`.
pub fn perform(console: Console, command: &str, value: &JsValue) -> JsValue {
    match command {
        "go" => {
            if let (Some(place), Some(driver)) = (value.as_string(), console.driver.try_get_value()) {
                driver.go_to(&place);
            }
        }
        "refresh" => console.tell(Event::RefreshAsked),
        "focus" => {
            if let Some(main) = first(".lc-main") {
                focus_still(main.unchecked_ref());
            }
        }
        "session" => return session(console),
        "keptAlive" => return kept_alive(console),
        _ => {}
    }
    JsValue::UNDEFINED
}

/// `{ id, name, state }` of the session that is looked at, or null.
fn session(console: Console) -> JsValue {
    let session = console.look(|model| {
        let session = model.watch()?.session()?;
        let fact = |it: Option<&str>| it.map_or(JsValue::NULL, JsValue::from_str);
        Some(object(&[
            ("id", session.id.to_string().into()),
            ("name", fact(session.name())),
            ("state", session.state.as_str().into()),
        ]))
    });
    session.unwrap_or(JsValue::NULL)
}

/// `{ id, name }` of each session that ends when this console is closed.
fn kept_alive(console: Console) -> JsValue {
    let kept = console.look(|model| {
        let one = |(id, name): (&livy::SessionId, Option<&str>)| {
            object(&[("id", id.to_string().into()), ("name", name.map_or(JsValue::NULL, JsValue::from_str))])
        };
        Some(model.kept_alive().map(one).collect::<Array>())
    });
    kept.unwrap_or_default().into()
}

fn object(entries: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new();
    for (name, value) in entries {
        // A plain object takes every property.
        let _ = Reflect::set(&object, &(*name).into(), value);
    }
    object.into()
}
