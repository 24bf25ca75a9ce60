//! What the browser tells about a call that failed without an answer. It gathers and judges nothing; `console::Diagnosis` does.

use std::cell::{Cell, RefCell};

use console::{Blocked, Evidence};
use livy::BaseUrl;
use wasm_bindgen::JsCast;
use web_sys::{Event, SecurityPolicyViolationEvent, SecurityPolicyViolationEventDisposition, window};

use crate::web::browser::address;

/// Keeps what the browser reports only once.
#[derive(Default)]
pub struct Witness {
    blocked: RefCell<Option<Blocked>>,
    redirects: Cell<bool>,
}

impl Witness {
    /// Takes a `securitypolicyviolation`. One of a policy that only reports stopped nothing, and what stopped another call
    /// (of a browser's extension, say) must not take the place of what stopped ours.
    pub fn violated(&self, event: &Event, base: &BaseUrl) {
        // The listener's name says of what type it is.
        let event: &SecurityPolicyViolationEvent = event.unchecked_ref();
        let blocked = Blocked {
            uri: event.blocked_uri(),
            directive: event.effective_directive(),
            policy: event.original_policy(),
        };
        if event.disposition() == SecurityPolicyViolationEventDisposition::Enforce
            && blocked.is_of(base, &address::origin())
        {
            self.blocked.replace(Some(blocked));
        }
    }

    /// An answer came: what was stopped before says nothing of the next failure.
    pub fn answered(&self) {
        self.blocked.take();
        self.redirects.take();
    }

    /// Whether the address was seen to answer with a redirect.
    pub fn redirected(&self, it: bool) {
        self.redirects.set(it);
    }

    /// All that can be told now.
    pub fn evidence(&self, base: &BaseUrl) -> Evidence {
        Evidence {
            base: base.clone(),
            page: address::origin(),
            online: window().is_none_or(|it| it.navigator().on_line()),
            blocked: self.blocked.borrow().clone(),
            redirects: self.redirects.get(),
        }
    }
}
