//! Calls under way.

use std::cell::RefCell;

use livy::{Call, Method};
use web_sys::{AbortController, AbortSignal};

struct Flight {
    ticket: u64,
    controller: AbortController,
    /// It makes or deletes a session, and is not broken off with the console: nobody knows what a server makes of half a request.
    changes: bool,
}

/// One console's. With it they end, since nobody waits for an answer any more; what became of a create is looked for where its name is
/// kept.
#[derive(Default)]
pub struct Flights(RefCell<Vec<Flight>>);

impl Flights {
    /// A call begins. What it gets breaks it off; `None` in a document that is gone.
    pub fn begin(&self, ticket: u64, call: &Call) -> Option<AbortSignal> {
        let controller = AbortController::new().ok()?;
        let (signal, changes) = (controller.signal(), call.method() != Method::Get);
        self.0.borrow_mut().push(Flight { ticket, controller, changes });
        Some(signal)
    }

    /// A call has ended, or is no longer wanted: what has not come of it by now does not.
    pub fn end(&self, ticket: u64) {
        self.0.borrow().iter().filter(|it| it.ticket == ticket).for_each(|it| it.controller.abort());
        self.0.borrow_mut().retain(|it| it.ticket != ticket);
    }
}

impl Drop for Flights {
    fn drop(&mut self) {
        self.0.take().iter().filter(|it| !it.changes).for_each(|it| it.controller.abort());
    }
}
