//! Mounting the console into an element of a page.

use leptos::mount::mount_to;
use leptos::prelude::{IntoAny, StoredValue, provide_context, view};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, window};

use crate::web::board::Board;
use crate::web::config::Config;
use crate::web::draft::Drafting;
use crate::web::driver::Driver;
use crate::web::page::{App, Console, Misconfigured};

/// The id of the element that the console takes for itself.
const MOUNT: &str = "livy-console";

/// Mounts into the element with the console's id; a page without one stays as it is.
pub fn start() {
    let element = window().and_then(|it| it.document()).and_then(|it| it.get_element_by_id(MOUNT));
    let Some(element) = element.and_then(|it| it.dyn_into::<HtmlElement>().ok()) else { return };
    let config = Config::of(&element);
    // What stands there says that the program is still loading.
    element.set_text_content(None);
    mount_to(element, move || match config {
        Ok(config) => {
            let (board, drafting) = (Board::new(), Drafting::restored());
            let driver = StoredValue::new_local(Driver::start(config.base, board, drafting));
            provide_context(Console { board, drafting, driver });
            view! { <App /> }.into_any()
        }
        Err(sentence) => view! { <Misconfigured sentence=sentence /> }.into_any(),
    })
    .forget();
}
