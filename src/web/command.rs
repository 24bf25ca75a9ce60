//! What the host of an element may ask of its console, beside setting its attributes. Nothing here sends anything but a read.

use console::{Detail, Event};
use wasm_bindgen::JsValue;

use crate::web::browser::focus::{focus_main, lead_to_main};
use crate::web::browser::host::{object, value_of};
use crate::web::browser::link;
use crate::web::browser::surroundings::Surroundings;
use crate::web::clusters::Clusters;
use crate::web::console::Console;
use crate::web::form_box::FormRequest;

/// Performs a command by its name in `src/element.js`.
pub fn perform(clusters: Clusters, command: &str, value: &JsValue) -> JsValue {
    // A link is pressed: it may lead to another cluster.
    if command == "go" {
        link::go(&value.as_string().unwrap_or_default());
    }
    if command == "keptAlive" {
        // Those of clusters that were left end with the element too.
        let of = |it: &Console| match it.look(|model| Some(model.sessions_kept())) {
            Some(Detail::Sessions(kept)) => kept,
            _ => Vec::new(),
        };
        return value_of(&Detail::Sessions(clusters.open().iter().flat_map(of).collect()));
    }
    let Some(console) = clusters.console() else {
        if let Some(host) = Surroundings::here().and_then(Surroundings::host).filter(|_| command == "prefill")
        {
            host.tell("prefilled", &JsValue::NULL);
        }
        return JsValue::UNDEFINED;
    };
    match command {
        "refresh" => console.tell(Event::RefreshAsked),
        "prefill" => {
            console.form.send(FormRequest::Prefill(value.as_string().unwrap_or_default()));
            if let Some(router) = Surroundings::here().and_then(Surroundings::router) {
                router.host_goes(&console::Route::New.href_in(console.key().as_deref()));
            }
        }
        "focus" if value.is_truthy() => focus_main(),
        "focus" => lead_to_main(),
        "session" => {
            let facts = console.look(|model| model.session_on_page());
            return facts.map_or(JsValue::NULL, |it| object(&it));
        }
        _ => {}
    }
    JsValue::UNDEFINED
}
