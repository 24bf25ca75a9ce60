//! Rows of the form's lists and of its configuration: added, taken away, moved.

use form::{ConfRow, Field};
use leptos::prelude::{Set, Update, WithUntracked};

use super::Drafting;

impl Drafting {
    /// Replaces the rows of a list.
    pub fn set_rows(&self, field: Field, rows: Vec<String>) {
        self.draft.update(|it| it.set_rows(field, rows));
    }

    /// How many rows a list or the configuration has, untracked.
    pub fn row_count(&self, field: Field) -> usize {
        let count =
            |it: &form::Draft| if field == Field::Conf { it.conf().len() } else { it.rows(field).len() };
        self.draft.with_untracked(count)
    }

    /// Puts an empty row at the end; gives its place.
    pub fn add_row(&self, field: Field) -> usize {
        self.draft.update(|it| {
            if field == Field::Conf {
                let mut rows = it.conf().to_vec();
                rows.push(ConfRow::default());
                it.set_conf(rows);
            } else {
                let mut rows = it.rows(field).to_vec();
                rows.push(String::new());
                it.set_rows(field, rows);
            }
        });
        self.row_count(field) - 1
    }

    /// Takes a row away: what was left of the later ones moves up with them. Gives how many rows are left.
    pub fn remove_row(&self, field: Field, row: usize) -> usize {
        let mut rest = 0;
        self.draft.update(|it| {
            if field == Field::Conf {
                let mut rows = it.conf().to_vec();
                if row < rows.len() {
                    rows.remove(row);
                }
                rest = rows.len();
                it.set_conf(rows);
            } else {
                let mut rows = it.rows(field).to_vec();
                if row < rows.len() {
                    rows.remove(row);
                }
                rest = rows.len();
                it.set_rows(field, rows);
            }
        });
        self.left.update(|left| {
            left.retain(|it| *it != (field, row));
            for (_, later) in left.iter_mut().filter(|(it, at)| *it == field && *at > row) {
                *later -= 1;
            }
        });
        self.typing.set(None);
        rest
    }

    /// Changes the places of a row and the one before it.
    pub fn move_up(&self, field: Field, row: usize) {
        if row == 0 {
            return;
        }
        self.draft.update(|it| {
            let mut rows = it.rows(field).to_vec();
            if row < rows.len() {
                rows.swap(row - 1, row);
            }
            it.set_rows(field, rows);
        });
        self.leave(field, row - 1);
        self.leave(field, row);
    }
}
