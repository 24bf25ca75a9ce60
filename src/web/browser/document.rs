//! Which document this is: the one that goes on after a reload, or a copy beside one that lives. The browser's locks say, which a
//! document holds as long as it lives; without them (a page over plain http) what the last document wrote when it left.

use std::cell::RefCell;
use std::rc::Rc;

use console::{Area, Cluster, ClusterKey, Hold, Lineage, Names, fresh_document};
use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, window};

use crate::web::browser::listen::Ear;
use crate::web::browser::random::random;
use crate::web::browser::storage;

/// How long a document that has left may keep its lock, in milliseconds: its end and the beginning of the next one overlap.
const PATIENCE: u32 = 1_000;

/// This document's part in a cluster's keys, as long as this value lives. Where it goes before the document does, another console
/// of the document may go on with what is kept.
pub struct Stay {
    here: Rc<dyn Fn(bool)>,
    _lock: Rc<Lock>,
    _leaves: Ear,
    _living: Living,
}

thread_local! {
    /// What the consoles of this document show.
    static LIVE: RefCell<Vec<Cluster>> = const { RefCell::new(Vec::new()) };
}

/// A console's part in the list of what is shown.
struct Living(Cluster);

impl Drop for Living {
    fn drop(&mut self) {
        LIVE.with_borrow_mut(|live| {
            if let Some(at) = live.iter().position(|it| *it == self.0) {
                live.remove(at);
            }
        });
    }
}

impl Drop for Stay {
    fn drop(&mut self) {
        (self.here)(true);
    }
}

/// The lock on a document's token, which is given back with this value: also by a console that goes before it has begun, or the next
/// one would wait for it.
#[derive(Default)]
struct Lock(RefCell<Option<Function>>);

impl Drop for Lock {
    fn drop(&mut self) {
        if let Some(end) = self.0.take() {
            // A promise that cannot be called back is one of a document that is gone.
            let _ = end.call0(&JsValue::NULL);
        }
    }
}

/// The keys of this document and its cluster, once it is known which document it is.
pub async fn begin(cluster: Cluster) -> (Names, Stay) {
    // Two consoles of one document may show one cluster: each has its own form and its own create.
    let cluster = LIVE.with_borrow_mut(|live| {
        let cluster = cluster.beside(live);
        live.push(cluster.clone());
        cluster
    });
    let living = Living(cluster.clone());
    let mut names = Names { cluster, document: String::new() };
    let key = names.name(ClusterKey::Lineage);
    let last = storage::get(Area::Tab, &key).and_then(|it| Lineage::from_storage(&it));
    let lock = Rc::new(Lock::default());
    names.document = match last {
        Some(last) if last.is_continued(hold(&last, &lock).await) => last.document,
        _ => {
            let document = fresh_document([random(), random()]);
            let here = Lineage { document, has_left: false };
            // Another document has never heard of it: the answer is known.
            hold(&here, &lock).await;
            here.document
        }
    };
    let document = names.document.clone();
    let here: Rc<dyn Fn(bool)> = Rc::new(move |has_left| {
        let lineage = Lineage { document: document.clone(), has_left };
        storage::set(Area::Tab, &key, Some(&lineage.to_storage()));
    });
    here(false);
    let leave = Rc::clone(&here);
    let leaves = Ear::new("pagehide", move |event: web_sys::Event| {
        // A document that the browser may bring back as it was has not left.
        let stays = Reflect::get(&event, &"persisted".into()).is_ok_and(|it| it.is_truthy());
        if !stays {
            leave(true);
        }
    });
    (names, Stay { here, _lock: lock, _leaves: leaves, _living: living })
}

/// Takes the lock on a document's token, until it is released or the document ends.
async fn hold(lineage: &Lineage, lock: &Rc<Lock>) -> Hold {
    match request(lineage, lock) {
        Some(answer) => match JsFuture::from(answer).await {
            Ok(got) if got.is_truthy() => Hold::Got,
            Ok(_) => Hold::Taken,
            Err(error) if name_of(&error) == "TimeoutError" => Hold::Taken,
            // A frame without an origin of its own has the words but no locks.
            Err(_) => Hold::Unknown,
        },
        None => Hold::Unknown,
    }
}

/// Asks the browser for a lock. The answer is whether it was given; `None` where there are no locks.
fn request(lineage: &Lineage, lock: &Rc<Lock>) -> Option<Promise> {
    let locks = Reflect::get(&window()?.navigator(), &"locks".into()).ok()?;
    let ask: Function = Reflect::get(&locks, &"request".into()).ok()?.dyn_into().ok()?;
    let options = Object::new();
    // One that has left gives it back in a moment; one that lives does not.
    let (option, value) = if lineage.has_left {
        ("signal", AbortSignal::timeout_with_u32(PATIENCE).into())
    } else {
        ("ifAvailable", JsValue::TRUE)
    };
    Reflect::set(&options, &option.into(), &value).ok()?;
    let mut asked = None;
    let answer = Promise::new(&mut |yes, _| {
        let kept = Rc::downgrade(lock);
        let given = move |given: JsValue| -> JsValue {
            // Nobody wants it any more where the console went meanwhile.
            let lock = kept.upgrade().filter(|_| given.is_truthy());
            let is_given = lock.is_some();
            // A promise that cannot be called back is one of a document that is gone.
            let _ = yes.call1(&JsValue::NULL, &is_given.into());
            // It is held until this promise ends.
            lock.map_or(JsValue::UNDEFINED, |lock| {
                Promise::new(&mut |end, _| drop(lock.0.replace(Some(end)))).into()
            })
        };
        // It is not called where the request is given up; the browser then collects it.
        let given = Closure::<dyn FnMut(JsValue) -> JsValue>::new(given).into_js_value();
        asked = ask.call3(&locks, &lineage.lock().into(), &options, &given).ok();
    });
    // Whichever ends first: the answer, or the request that was given up or refused.
    let asked: Promise = asked?.dyn_into().ok()?;
    Some(Promise::race(&Array::of2(&answer, &asked)))
}

fn name_of(error: &JsValue) -> String {
    Reflect::get(error, &"name".into()).ok().and_then(|it| it.as_string()).unwrap_or_default()
}
