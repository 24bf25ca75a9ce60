//! Mounting the console into an element of a page.

use leptos::mount::mount_to;
use leptos::prelude::{Get, IntoAny, StoredValue, provide_context, view};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, window};

use crate::web::board::Board;
use crate::web::browser::document;
use crate::web::browser::record_store::RecordStore;
use crate::web::browser::storage::Storage;
use crate::web::browser::task;
use crate::web::config::{Setting, Wrong};
use crate::web::console::Console;
use crate::web::draft::Drafting;
use crate::web::driver::Driver;
use crate::web::page::app::{App, Misconfigured};
use crate::web::reactive::effect;

/// The id of the element that the console takes for itself.
const MOUNT: &str = "livy-console";

/// Mounts into the element with the console's id, once its settings are read; a page without such an element stays as it is.
pub fn start() {
    let element = window().and_then(|it| it.document()).and_then(|it| it.get_element_by_id(MOUNT));
    let Some(element) = element.and_then(|it| it.dyn_into::<HtmlElement>().ok()) else { return };
    task::begin(Box::pin(async move {
        let setting = match Setting::of(&element).await {
            Ok(setting) => {
                let names = document::begin(setting.cluster()).await;
                Ok((setting, names))
            }
            Err(wrong) => Err(wrong),
        };
        // Until now it says that the program is loading.
        element.set_text_content(None);
        mount_to(element, move || match setting {
            Ok((Setting { base, config }, names)) => {
                let cluster = config.cluster.clone().unwrap_or_default();
                let memory = RecordStore::new(&base, &names.cluster, config.memory);
                let storage = Storage::new(names);
                let (board, drafting) = (Board::new(), Drafting::restored(config, storage));
                effect(move || drafting.server(board.version.get()));
                let driver = StoredValue::new_local(Driver::start(base, board, drafting, memory, storage));
                provide_context(Console {
                    board,
                    drafting,
                    memory,
                    driver,
                    cluster: StoredValue::new(cluster),
                });
                view! { <App /> }.into_any()
            }
            Err(Wrong { place, sentence }) => {
                view! { <Misconfigured place=place sentence=sentence /> }.into_any()
            }
        })
        .forget();
    }));
}
