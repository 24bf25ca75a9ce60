//! What other pages want of the form. It waits here until the form's part of the program has come: nothing else knows what stands
//! in a form, or how it is read.

use std::any::Any;
use std::cell::RefCell;
use std::rc::Rc;

use console::ClusterKey;
use form::{Config, SessionCopy};
use leptos::prelude::{AnyView, Owner};
use leptos::reactive::owner::WeakOwner;
use livy::Kind;
use wasm_bindgen::JsValue;

use crate::web::browser::storage::Storage;
use crate::web::browser::surroundings::Surroundings;
use crate::web::reactive::Held;

/// Something that is wanted of the form.
pub enum FormRequest {
    /// To be filled with the values of a link's query.
    Link(Vec<(String, String)>),
    /// To be filled by the page around the console: the text of a request.
    Prefill(String),
    /// To make another session like this one.
    CreateAgain {
        /// Which.
        copy: SessionCopy,
        /// The same for the tab's storage, until the form has it.
        kept: String,
    },
    /// The same, from a page of this tab to which the form did not come.
    Kept(String),
    /// To hear that the request with this token became a session; see [`console::Effect::Settled`].
    Settled(Option<u64>),
}

/// The form, once its part is here. A trait object alone keeps the compiler from calling the part by name, which would bring all of it
/// into what everybody loads.
pub trait FormDesk {
    /// Does what is wanted.
    fn take(&self, request: FormRequest);

    /// A link to another name for the session, as long as the form has the one that is in use.
    fn change_name(&self) -> AnyView;

    /// Where a refusal with these words belongs, when that is certain.
    fn refused_place(&self, words_of_livy: &str) -> Option<AnyView>;

    /// Texts of the form that are nobody else's business: values of the configuration, proxy users.
    fn private(&self) -> Vec<String>;
}

/// What the host has set for the form. Behind a closure, so that who carries it need not know it.
pub type HostConfig = Box<dyn FnOnce() -> Config>;

/// One console's way to its form.
#[derive(Clone, Copy)]
pub struct FormBox {
    inner: Held<Inner>,
    /// Where the form is kept.
    pub storage: Storage,
}

struct Inner {
    waiting: RefCell<Option<FormRequest>>,
    desk: RefCell<Option<Rc<dyn FormDesk>>>,
    config: RefCell<Option<HostConfig>>,
    /// Empty for all.
    kinds: Vec<Kind>,
    /// What the form's part keeps here. Pages are not drawn below the console's owner, so it is no context of theirs.
    made: RefCell<Option<Box<dyn Any>>>,
    /// The console's own: the form lives as long as it, not as long as a page.
    owner: Option<WeakOwner>,
}

impl FormBox {
    /// For the console whose owner is the present one.
    pub fn new(config: Option<HostConfig>, kinds: Vec<Kind>, storage: Storage) -> Self {
        let inner = Inner {
            kinds,
            waiting: RefCell::default(),
            desk: RefCell::default(),
            config: RefCell::new(config),
            made: RefCell::default(),
            owner: Owner::current().map(|owner| owner.downgrade()),
        };
        Self { inner: Held::new(inner), storage }
    }

    /// Wants something of the form: now, or once it is here.
    pub fn send(&self, request: FormRequest) {
        match (self.desk(), request) {
            (Some(desk), request) => desk.take(request),
            // The page may be loaded again before anybody opens the form: what it keeps was sent.
            (None, FormRequest::Settled(_)) => {
                self.storage.write(ClusterKey::Settled, Some("1"));
            }
            // Each fills the whole form: the last one counts. The page may be loaded again before the form comes; a link stays in
            // the address.
            (None, request) => {
                let kept = match &request {
                    FormRequest::CreateAgain { kept, .. } => Some(kept.as_str()),
                    _ => None,
                };
                self.storage.write(ClusterKey::Copy, kept);
                let before = self.inner.with(|it| it.waiting.replace(Some(request))).flatten();
                // Of what came before it nothing was used, and who asked is told so.
                let host = Surroundings::here().and_then(Surroundings::host);
                if let Some(host) = host.filter(|_| matches!(before, Some(FormRequest::Prefill(_)))) {
                    host.tell("prefilled", &JsValue::NULL);
                }
            }
        }
    }

    /// The form is here, and takes what waits.
    pub fn open(&self, desk: Rc<dyn FormDesk>) {
        self.inner.with(|it| it.desk.replace(Some(Rc::clone(&desk))));
        let waiting = self.inner.with(|it| it.waiting.take()).flatten();
        let kept = self.storage.read(ClusterKey::Copy);
        self.storage.write(ClusterKey::Copy, None);
        if let Some(request) = waiting.or(kept.map(FormRequest::Kept)) {
            desk.take(request);
        }
    }

    /// The form, if it is here.
    pub fn desk(&self) -> Option<Rc<dyn FormDesk>> {
        self.inner.with(|it| it.desk.borrow().clone()).flatten()
    }

    /// True for a kind that the host lets one choose.
    pub fn allows_kind(&self, kind: Kind) -> bool {
        self.inner.with(|it| it.kinds.is_empty() || it.kinds.contains(&kind)).unwrap_or(true)
    }

    /// Texts of the form that are nobody else's business.
    pub fn private(&self) -> Vec<String> {
        self.desk().map(|desk| desk.private()).unwrap_or_default()
    }

    /// What the host has set for the form, once; `None` where that is nothing.
    pub fn take_config(&self) -> Option<HostConfig> {
        self.inner.with(|it| it.config.take()).flatten()
    }

    /// What the form's part has made first, or makes now: it lives as long as the console.
    pub fn for_good<T: Copy + 'static>(&self, make: impl FnOnce() -> T) -> T {
        let known = self.inner.with(|it| it.made.borrow().as_ref()?.downcast_ref::<T>().copied()).flatten();
        known.unwrap_or_else(|| {
            let made = match self.inner.with(|it| it.owner.as_ref()?.upgrade()).flatten() {
                Some(owner) => owner.with(make),
                None => make(),
            };
            self.inner.with(|it| it.made.replace(Some(Box::new(made))));
            made
        })
    }
}
