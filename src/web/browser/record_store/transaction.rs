//! What a change of the browser's database is made of. Each change is one transaction, which the browser carries out as a whole and one
//! after the other, whichever tab it comes from.

use console::Cluster;
use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbDatabase, IdbFactory, IdbRequest, IdbTransaction, IdbTransactionMode, window};

/// The facts of each session, under its key.
pub const FACTS: &str = "facts";
/// The log of each session, under the same key, and the code and the results of its statements, where they are kept too.
pub const LOGS: &str = "logs";

/// What a browser may refuse.
pub type Done<T> = Result<T, JsValue>;

/// A sandboxed frame has none, or an error in its place.
pub fn factory() -> Done<IdbFactory> {
    window().ok_or(JsValue::NULL)?.indexed_db()?.ok_or(JsValue::NULL)
}

/// The names of all databases of this page's clusters, where the browser lists them.
pub async fn databases() -> Done<Vec<String>> {
    let factory = factory()?;
    let list: Function = Reflect::get(&factory, &"databases".into())?.dyn_into()?;
    let coming: Promise = list.call0(&factory)?.dyn_into()?;
    let all: Array = JsFuture::from(coming).await?.dyn_into()?;
    let name = |one: JsValue| Reflect::get(&one, &"name".into()).ok()?.as_string();
    Ok(all.iter().filter_map(name).filter(|it| Cluster::is_database(it)).collect())
}

/// A database that there is already; none is made.
pub async fn open_if_any(name: &str) -> Done<Option<IdbDatabase>> {
    let request = factory()?.open_with_u32(name, 1)?;
    let made = request.clone();
    // Not called where there is one; the browser then collects it.
    let undo = Closure::once(move || {
        // Whatever comes of it: the request fails, or there is one without stores, which holds nothing.
        let _ = made.transaction().map(|it| it.abort());
    });
    request.set_onupgradeneeded(Some(undo.into_js_value().unchecked_ref()));
    Ok(done(&request).await.ok().and_then(|it| it.dyn_into().ok()))
}

/// A change or a look that sees both stores at one moment.
pub fn begin(database: &IdbDatabase, mode: IdbTransactionMode) -> Done<IdbTransaction> {
    let stores = Array::of2(&FACTS.into(), &LOGS.into());
    database.transaction_with_str_sequence_and_mode(&stores, mode)
}

/// The result of a request. A transaction stays open while one of its results is being used.
pub async fn done(request: &IdbRequest) -> Done<JsValue> {
    let end = Promise::new(&mut |yes, no| {
        request.set_onsuccess(Some(&yes));
        request.set_onerror(Some(&no));
    });
    match JsFuture::from(end).await {
        Ok(_) => request.result(),
        Err(_) => Err(error_of(request)),
    }
}

/// The texts of a list; what is no text is empty.
pub fn texts(list: JsValue) -> Vec<String> {
    let list: Vec<JsValue> = list.dyn_into().map(|it: Array| it.to_vec()).unwrap_or_default();
    list.into_iter().map(|it| it.as_string().unwrap_or_default()).collect()
}

/// The end of a change: only now it is certain.
pub async fn finished(change: &IdbTransaction) -> Done<()> {
    let end = Promise::new(&mut |yes, no| {
        change.set_oncomplete(Some(&yes));
        change.set_onabort(Some(&no));
    });
    JsFuture::from(end).await.map(|_| ()).map_err(|_| error_of(change))
}

fn error_of(target: &JsValue) -> JsValue {
    Reflect::get(target, &"error".into()).unwrap_or_default()
}
