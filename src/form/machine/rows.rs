//! Rows of the form's lists and of its configuration: added, taken away, moved, pasted.

use std::ops::Range;

use super::{Form, Target};
use crate::{ConfRow, Field};

impl Form {
    /// How many rows a list or the configuration has.
    pub fn row_count(&self, field: Field) -> usize {
        if field == Field::Conf { self.draft.conf().len() } else { self.draft.rows(field).len() }
    }

    pub(super) fn row_added(&mut self, field: Field) {
        let end = self.row_count(field);
        if field == Field::Conf {
            self.splice_conf(end..end, vec![ConfRow::default()]);
        } else {
            self.splice_paths(field, end..end, vec![String::new()]);
        }
        self.focus(Target::Control(field, end));
    }

    /// The focus goes to the row that takes its place.
    pub(super) fn row_removed(&mut self, field: Field, row: usize) {
        if row >= self.row_count(field) {
            return;
        }
        if field == Field::Conf {
            self.splice_conf(row..row + 1, Vec::new());
        } else {
            self.splice_paths(field, row..row + 1, Vec::new());
        }
        let last = self.row_count(field).saturating_sub(1);
        self.focus(Target::Control(field, row.min(last)));
    }

    pub(super) fn row_moved(&mut self, field: Field, from: usize, to: usize) {
        if from.max(to) >= self.row_count(field) {
            return;
        }
        self.edit(|draft| {
            let mut rows = draft.rows(field).to_vec();
            rows.swap(from, to);
            draft.set_rows(field, rows);
        });
        self.touched.leave(field, from);
        self.touched.leave(field, to);
        self.focus(Target::Control(field, to));
    }

    pub(super) fn next_row_wanted(&mut self, field: Field, row: usize) {
        let has_text = match field {
            Field::Conf => {
                self.draft.conf().get(row).is_some_and(|(key, value)| !key.is_empty() || !value.is_empty())
            }
            _ => self.draft.rows(field).get(row).is_some_and(|path| !path.is_empty()),
        };
        if row + 1 < self.row_count(field) {
            self.focus(Target::Control(field, row + 1));
        } else if has_text && !self.policy().locks(field) {
            self.row_added(field);
        }
    }

    pub(super) fn paths_pasted(&mut self, field: Field, row: usize, paths: Vec<String>, replaces: bool) {
        let keeps = !replaces && self.draft.rows(field).get(row).is_some_and(|path| !path.trim().is_empty());
        let (place, count) = (self.place_to_paste(field, row, keeps), paths.len());
        let last = place.start + count - 1;
        self.splice_paths(field, place, paths);
        self.pasted(field, count, last);
        self.focus(Target::Control(field, last));
    }

    pub(super) fn conf_pasted(&mut self, row: usize, rows: Vec<ConfRow>, replaces: bool) {
        let keeps = self
            .draft
            .conf()
            .get(row)
            .is_some_and(|(key, value)| !value.is_empty() || (!replaces && !key.trim().is_empty()));
        let (place, count) = (self.place_to_paste(Field::Conf, row, keeps), rows.len());
        let last = place.start + count - 1;
        self.splice_conf(place, rows);
        self.pasted(Field::Conf, count, last);
        self.focus(Target::ConfValue(last));
    }

    /// The rows that give way to pasted ones: the present one, or none behind it.
    fn place_to_paste(&self, field: Field, row: usize, keeps: bool) -> Range<usize> {
        let count = self.row_count(field);
        let at = if keeps { row + 1 } else { row }.min(count);
        at..if keeps { at } else { (row + 1).min(count) }
    }

    /// What is pasted was written elsewhere, to its end.
    fn pasted(&mut self, field: Field, count: usize, last: usize) {
        (0..count).for_each(|back| self.touched.leave(field, last - back));
    }

    fn splice_paths(&mut self, field: Field, place: Range<usize>, paths: Vec<String>) {
        self.touched.spliced(field, &place, paths.len());
        self.edit(|draft| {
            let mut rows = draft.rows(field).to_vec();
            rows.splice(place, paths);
            draft.set_rows(field, rows);
        });
    }

    fn splice_conf(&mut self, place: Range<usize>, pasted: Vec<ConfRow>) {
        self.touched.spliced(Field::Conf, &place, pasted.len());
        self.edit(|draft| {
            let mut rows = draft.conf().to_vec();
            rows.splice(place, pasted);
            draft.set_conf(rows);
        });
    }
}
