//! Values that are offered beside a field, and the field that the form begins at.

use console::Better;
use form::Field;
use leptos::prelude::{GetUntracked, Set, With};

use super::Drafting;

/// A value that is offered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// As Livy writes it.
    pub value: String,
    /// Instead of which one, where it follows from how a session ended; `None` for another spelling of what is typed.
    pub instead_of: Option<String>,
}

impl Drafting {
    /// The form is to begin at a field, with a value that is likelier to work than the one of the session it was filled from.
    pub fn begin_at(&self, field: Field, better: Option<Better>) {
        self.wanted.set(Some(field));
        self.better.set(better);
    }

    /// The field that the form is to begin at, once.
    pub fn take_wanted(&self) -> Option<Field> {
        let wanted = self.wanted.get_untracked();
        self.wanted.set(None);
        wanted
    }

    /// What is offered for a field as it is now. A value that follows from a session's end is offered until another one is typed.
    pub fn offer(&self, field: Field) -> Option<Offer> {
        self.draft.with(|draft| {
            let text = draft.text(field).trim();
            let better = self.better.with(|it| {
                let it = it.as_ref().filter(|it| it.field == field)?;
                let is_unchanged = it.was.as_deref().unwrap_or_default() == text;
                let instead_of = Some(it.was.clone().unwrap_or_default());
                is_unchanged.then(|| Offer { value: it.value.clone(), instead_of })
            });
            better.or_else(|| Some(Offer { value: form::whole(field, text)?, instead_of: None }))
        })
    }

    /// The person takes what is offered.
    pub fn take_offer(&self, field: Field, value: String) {
        self.type_into(field, 0, value);
        self.settle_unit(field);
        self.leave(field, 0);
    }
}
