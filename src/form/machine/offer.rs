//! Values that are offered beside a field. They are taken by a press, never filled in.

use super::{Form, Target};
use crate::{Field, whole};

/// A value that is offered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// As Livy writes it.
    pub value: String,
    /// Instead of which one, where it follows from how a session ended; `None` for another spelling of what is typed.
    pub instead_of: Option<String>,
}

impl Form {
    /// What is offered for a field as it is now. A value that follows from a session's end is offered until another one is typed.
    pub fn offer(&self, field: Field) -> Option<Offer> {
        let text = self.draft.text(field).trim();
        if let Some(better) = self.better.as_ref().filter(|better| better.field == field) {
            let was = better.was.clone().unwrap_or_default();
            if was == text {
                return Some(Offer { value: better.value.clone(), instead_of: Some(was) });
            }
        }
        Some(Offer { value: whole(field, text)?, instead_of: None })
    }

    pub(super) fn offer_taken(&mut self, field: Field, value: String) {
        self.type_into(field, 0, value);
        self.number_done(field);
        self.touched.leave(field, 0);
        self.focus(Target::Control(field, 0));
    }
}
