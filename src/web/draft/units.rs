//! Numbers whose unit is in a picker beside them.

use form::{Draft, Field};
use leptos::prelude::{Update, With, WithUntracked};

use super::Drafting;

impl Drafting {
    /// What stands in the control of a number whose unit is in a picker.
    pub fn number(&self, field: Field) -> String {
        let unit = self.unit(field);
        self.draft.with(|it| {
            let text = it.text(field);
            let number = text.strip_suffix(unit.as_str()).filter(|it| is_number(it) && !unit.is_empty());
            number.unwrap_or(text).to_owned()
        })
    }

    /// The unit in a field's picker, as it was typed. Empty: none.
    pub fn unit(&self, field: Field) -> String {
        self.units.with(|it| it.get(field as usize).cloned().unwrap_or_default())
    }

    /// Somebody types a number, with a unit of its own or without. A unit of its own, even its first letter, replaces the
    /// chosen one; an emptied control keeps what was chosen.
    pub fn type_number(&self, field: Field, text: String) {
        let number = text.trim();
        if is_number(number) {
            let unit = self.units.with_untracked(|it| it.get(field as usize).cloned().unwrap_or_default());
            self.type_into(field, 0, format!("{number}{unit}"));
            return;
        }
        if !number.is_empty() {
            self.set_unit(field, String::new());
        }
        self.type_into(field, 0, text);
    }

    /// A unit was chosen in the picker.
    pub fn choose_unit(&self, field: Field, unit: String) {
        let number = self.draft.with_untracked(|it| {
            let text = it.text(field).trim();
            let last = self.units.with_untracked(|it| it.get(field as usize).cloned().unwrap_or_default());
            text.strip_suffix(last.as_str()).unwrap_or(text).to_owned()
        });
        if is_number(&number) {
            self.type_into(field, 0, format!("{number}{unit}"));
        }
        self.set_unit(field, unit);
    }

    /// A number is done with: the unit that was typed with it moves into the picker.
    pub fn settle_unit(&self, field: Field) {
        let typed = self.draft.with_untracked(|it| it.text(field).to_owned());
        // `4 GB` becomes 4 and GiB.
        let text = form::respelt(field, &typed).unwrap_or_else(|| typed.trim().to_owned());
        if let Some((_, unit, _)) = form::split(field, &text) {
            if text != typed {
                self.draft.update(|it| it.set_text(field, text.as_str()));
            }
            self.set_unit(field, unit.to_owned());
        } else if text.is_empty() {
            self.set_unit(field, String::new());
        }
    }

    fn set_unit(&self, field: Field, unit: String) {
        self.units.update(|it| {
            if let Some(place) = it.get_mut(field as usize) {
                *place = unit;
            }
        });
    }
}

/// The units of a draft's numbers, by field.
pub(super) fn units_of(draft: &Draft) -> Vec<String> {
    let unit = |field: Field| {
        form::split(field, draft.text(field)).map_or_else(String::new, |(_, unit, _)| unit.to_owned())
    };
    Field::ALL.into_iter().map(unit).collect()
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit() || it == b'.')
}
