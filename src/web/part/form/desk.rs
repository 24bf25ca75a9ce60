//! What the form does for other pages, once it is here.

use std::rc::Rc;

use form::{Field, FormEvent, SessionCopy};
use leptos::prelude::AnyView;

use crate::web::console::Console;
use crate::web::form_box::{FormDesk, FormRequest};
use crate::web::part::form::driver::FormDriver;
use crate::web::part::form::refused_field;

struct Desk(FormDriver, Console);

/// Opens it, and takes what was wanted before. It stays open as long as the console.
pub fn open(console: Console, form: FormDriver) {
    if console.form.desk().is_none() {
        console.form.open(Rc::new(Desk(form, console)));
    }
}

impl FormDesk for Desk {
    fn take(&self, request: FormRequest) {
        match request {
            FormRequest::Link(query) => {
                self.0.tell(FormEvent::LinkOpened(query));
                // A reload must not undo what is typed from now on. The person may be on the way to another page.
                self.1.form_has_taken_its_link();
            }
            FormRequest::Prefill(text) => self.0.tell(FormEvent::HostFilled(text)),
            FormRequest::CreateAgain { copy, .. } => self.0.tell(FormEvent::SessionCopied(copy)),
            FormRequest::Kept(text) => {
                if let Some(copy) = SessionCopy::from_storage(&text) {
                    self.0.tell(FormEvent::SessionCopied(copy));
                }
            }
            FormRequest::Settled(token) => self.0.tell(FormEvent::Settled(token)),
        }
    }

    fn change_name(&self) -> AnyView {
        refused_field::change_name(self.0)
    }

    fn refused_place(&self, words_of_livy: &str) -> Option<AnyView> {
        refused_field::refused_place(words_of_livy, self.0)
    }

    fn private(&self) -> Vec<String> {
        self.0.look(|form| {
            let values = form.draft().conf().iter().map(|(_, value)| value.clone());
            values.chain([form.draft().text(Field::ProxyUser).to_owned()]).collect()
        })
    }
}
