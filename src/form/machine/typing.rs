//! Keys that are pressed in the form's controls.

use super::Form;
use crate::{ConfRow, Field, options};

impl Form {
    /// Somebody types into a control.
    pub(super) fn typed(&mut self, field: Field, row: usize, text: String) {
        if options(field).is_empty() {
            self.type_into(field, row, text);
        } else {
            self.type_number(field, text);
        }
    }

    /// Puts a text in its place.
    pub(super) fn type_into(&mut self, field: Field, row: usize, text: String) {
        self.edit(|draft| {
            let mut rows = draft.rows(field).to_vec();
            if let Some(place) = rows.get_mut(row) {
                *place = text;
            }
            draft.set_rows(field, rows);
        });
        self.touched.typed(field, row, self.now);
    }

    /// Somebody types a key or a value of the configuration.
    pub(super) fn conf_typed(&mut self, row: usize, typed: impl FnOnce(&mut ConfRow)) {
        self.edit(|draft| {
            let mut rows = draft.conf().to_vec();
            if let Some(place) = rows.get_mut(row) {
                typed(place);
            }
            draft.set_conf(rows);
        });
        self.touched.typed(Field::Conf, row, self.now);
    }
}
