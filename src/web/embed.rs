//! Mounting the console into an element of a page.

use leptos::mount::mount_to;
use leptos::prelude::{IntoAny, StoredValue, provide_context, view};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::web::browser::page::first;
use crate::web::browser::record_store::RecordStore;
use crate::web::browser::storage::Storage;
use crate::web::browser::{document, task};
use crate::web::clock::PageClock;
use crate::web::config::{Setting, Wrong};
use crate::web::console::Console;
use crate::web::driver::Driver;
use crate::web::fetch_part::fetch_part;
use crate::web::form_box::FormBox;
use crate::web::link_query::LinkQuery;
use crate::web::news::News;
use crate::web::page::app::{App, Misconfigured};

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
            Ok((Setting { base, title, memory, form }, names)) => {
                let record_store = RecordStore::new(&base, &names.cluster, memory);
                let storage = Storage::new(names);
                let (news, query) = (News::new(), LinkQuery::new());
                let form = FormBox::new(form, storage);
                let driver = Driver::start(base, news, query, form, fetch_part, record_store, storage);
                let console = Console {
                    news,
                    clock: PageClock::new(news),
                    query,
                    form,
                    record_store,
                    driver: StoredValue::new_local(driver),
                    cluster: StoredValue::new(title),
                };
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
