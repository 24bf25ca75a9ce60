//! Numbers whose unit is in a picker beside them.

use super::Form;
use crate::{Draft, Field, respelt, split};

impl Form {
    /// What stands in the control of a number whose unit is in a picker.
    pub fn number(&self, field: Field) -> &str {
        let (text, unit) = (self.draft.text(field), self.unit(field));
        let number = text.strip_suffix(unit).filter(|number| is_number(number) && !unit.is_empty());
        number.unwrap_or(text)
    }

    /// The unit in a field's picker, as it was typed. Empty: none.
    pub fn unit(&self, field: Field) -> &str {
        self.units.get(field as usize).map_or("", String::as_str)
    }

    /// Somebody types a number, with a unit of its own or without. A unit of its own, even its first letter, replaces the
    /// chosen one; an emptied control keeps what was chosen.
    pub(super) fn type_number(&mut self, field: Field, text: String) {
        let number = text.trim();
        if is_number(number) {
            let text = format!("{number}{}", self.unit(field));
            self.type_into(field, 0, text);
            return;
        }
        if !number.is_empty() {
            self.set_unit(field, String::new());
        }
        self.type_into(field, 0, text);
    }

    /// A unit was chosen in the picker.
    pub(super) fn unit_chosen(&mut self, field: Field, unit: String) {
        let text = self.draft.text(field).trim();
        let number = text.strip_suffix(self.unit(field)).unwrap_or(text);
        if is_number(number) {
            let text = format!("{number}{unit}");
            self.type_into(field, 0, text);
        }
        self.set_unit(field, unit);
    }

    /// Somebody is done with a number: the unit that was typed with it moves into the picker.
    pub(super) fn number_done(&mut self, field: Field) {
        let typed = self.draft.text(field);
        // `4 GB` becomes 4 and GiB.
        let text = respelt(field, typed).unwrap_or_else(|| typed.trim().to_owned());
        if let Some((_, unit, _)) = split(field, &text) {
            let unit = unit.to_owned();
            if text != typed {
                self.edit(|draft| draft.set_text(field, text));
            }
            self.set_unit(field, unit);
        } else if text.is_empty() {
            self.set_unit(field, String::new());
        }
    }

    fn set_unit(&mut self, field: Field, unit: String) {
        if let Some(place) = self.units.get_mut(field as usize) {
            *place = unit;
        }
    }
}

/// The units of a draft's numbers, by field.
pub(super) fn units_of(draft: &Draft) -> Vec<String> {
    let unit = |field: Field| split(field, draft.text(field)).map_or("", |(_, unit, _)| unit).to_owned();
    Field::ALL.into_iter().map(unit).collect()
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
}
