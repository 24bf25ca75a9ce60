//! What is wrong with the form, or to be considered, and what of it is shown where.

use form::{Field, Problem, Reading};
use leptos::prelude::{Get, With, untrack};

use super::Drafting;

impl Drafting {
    /// How many errors keep the form from being sent.
    pub fn error_count(&self) -> usize {
        self.read(Reading::error_count)
    }

    /// How many warnings there are: it can be sent all the same.
    pub fn warning_count(&self) -> usize {
        self.read(|it| it.problems().len() - it.error_count())
    }

    /// The errors, or the warnings, whether they are shown at their controls or not yet.
    pub fn problems(&self, are_errors: bool) -> Vec<Problem> {
        self.read(|it| it.problems().iter().filter(|it| it.is_error() == are_errors).cloned().collect())
    }

    /// What to show at a control, all of it in one: an error where one is among it.
    pub fn shown_problem(&self, field: Field) -> Option<Problem> {
        if self.is_shown(field, 0) { self.gathered(|it| it.field == field) } else { None }
    }

    /// What to show at each row of a list or the configuration. The rows after the last problem may be missing.
    pub fn shown_rows(&self, field: Field) -> Vec<Option<Problem>> {
        self.read(|it| {
            let mut rows = Vec::new();
            let here = it.problems().iter().filter(|it| it.field == field);
            for (row, problem) in here.filter_map(|it| Some((it.row?, it))) {
                if self.is_shown(field, row) {
                    rows.resize(rows.len().max(row + 1), None);
                    if let Some(place) = rows.get_mut(row) {
                        gather(place, problem);
                    }
                }
            }
            rows
        })
    }

    /// What to show of a list or the configuration as a whole.
    pub fn shown_whole(&self, field: Field) -> Option<Problem> {
        self.gathered(|it| it.field == field && it.row.is_none())
    }

    /// Shows the warnings that nobody can have seen yet, where nothing but them is to be said. True where there were any.
    pub fn show_warnings(&self) -> bool {
        let unseen = |it: &Problem| {
            let is_at_control = it.row.is_some() || !it.field.has_rows();
            is_at_control && !untrack(|| self.is_shown(it.field, it.row.unwrap_or(0)))
        };
        let warnings = untrack(|| if self.error_count() == 0 { self.problems(false) } else { Vec::new() });
        let unseen: Vec<Problem> = warnings.into_iter().filter(unseen).collect();
        unseen.iter().for_each(|it| self.leave(it.field, it.row.unwrap_or(0)));
        !unseen.is_empty()
    }

    fn is_shown(&self, field: Field, row: usize) -> bool {
        self.submitted.get() || self.left.with(|it| it.contains(&(field, row)))
    }

    fn gathered(&self, here: impl Fn(&&Problem) -> bool) -> Option<Problem> {
        self.read(|it| {
            let mut all = None;
            it.problems().iter().filter(here).for_each(|it| gather(&mut all, it));
            all
        })
    }
}

/// Says a problem too, after those that are said already.
fn gather(all: &mut Option<Problem>, more: &Problem) {
    match all {
        Some(all) => {
            all.message.push(' ');
            all.message.push_str(&more.message);
        }
        None => *all = Some(more.clone()),
    }
}
