//! Mounting the console into an element of a page.

use leptos::mount::mount_to;
use leptos::prelude::{Get, IntoAny, StoredValue, Trigger, provide_context, view};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::web::browser::page::first;
use crate::web::browser::record_store::RecordStore;
use crate::web::browser::storage::Storage;
use crate::web::browser::{document, task};
use crate::web::clock::PageClock;
use crate::web::config::{Setting, Wrong};
use crate::web::console::Console;
use crate::web::draft::Drafting;
use crate::web::driver::Driver;
use crate::web::link_query::LinkQuery;
use crate::web::page::app::{App, Misconfigured};
use crate::web::reactive::effect;

/// The element that the console takes for itself.
const MOUNT: &str = "#livy-console";

/// Mounts into the element with the console's id, once its settings are read; a page without such an element stays as it is.
pub fn start() {
    let Some(element) = first(MOUNT).and_then(|it| it.dyn_into::<HtmlElement>().ok()) else { return };
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
                let (news, query) = (Trigger::new(), LinkQuery::new());
                let drafting = Drafting::restored(config, storage);
                let driver = Driver::start(base, news, query, drafting, memory, storage);
                let console = Console {
                    news,
                    clock: PageClock::new(news),
                    query,
                    drafting,
                    memory,
                    driver: StoredValue::new_local(driver),
                    cluster: StoredValue::new(cluster),
                };
                let version = console.see(|model| model.version().map(|it| it.short().to_owned()));
                effect(move || drafting.server(version.get()));
                provide_context(console);
                view! { <App /> }.into_any()
            }
            Err(Wrong { place, sentence }) => {
                view! { <Misconfigured place=place sentence=sentence /> }.into_any()
            }
        })
        .forget();
    }));
}
