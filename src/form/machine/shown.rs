//! What is shown beside the controls: problems, and what differs from the session that the form was filled from.

use super::Form;
use crate::{Draft, Field, Origin, Problem};

/// How a field differs from the session that the form was filled from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Another value stood there.
    From(String),
    /// These keys of the configuration differ.
    Keys(Vec<String>),
    /// In some other way.
    Otherwise,
}

impl Form {
    /// The help of a field: what it is for where the cluster manager is known or not, and what the host's policy says of it.
    pub fn help(&self, field: Field) -> String {
        let policy = self.policy();
        let manager = self.context.told().manager();
        let help = match field {
            // A host that lists queues has a server that reads them.
            Field::Queue if !policy.queues().is_empty() => field.help(),
            _ => field.help_on(manager),
        };
        match policy.hint(field) {
            Some(hint) => format!("{help} {hint}"),
            None => help.to_owned(),
        }
    }

    /// How many errors keep the form from being sent.
    pub fn error_count(&self) -> usize {
        self.reading.error_count()
    }

    /// How many warnings there are: it can be sent all the same.
    pub fn warning_count(&self) -> usize {
        self.reading.problems().len() - self.error_count()
    }

    /// All errors in one place, once somebody wanted to send the form.
    pub fn summary(&self) -> Vec<Problem> {
        if self.is_submitted { self.problems(true) } else { Vec::new() }
    }

    /// The errors, or the warnings, whether they are shown at their controls or not yet.
    pub fn problems(&self, are_errors: bool) -> Vec<Problem> {
        let problems = self.reading.problems().iter();
        problems.filter(|problem| problem.is_error() == are_errors).cloned().collect()
    }

    /// What to show at a control, all of it in one: an error where one is among it.
    pub fn shown_problem(&self, field: Field) -> Option<Problem> {
        if self.is_shown(field, 0) { self.gathered(|problem| problem.field == field) } else { None }
    }

    /// What to show at each row of a list or the configuration. The rows after the last problem may be missing.
    pub fn shown_rows(&self, field: Field) -> Vec<Option<Problem>> {
        let mut rows = Vec::new();
        for problem in self.reading.problems().iter().filter(|problem| problem.field == field) {
            let Some(row) = problem.row.filter(|row| self.is_shown(field, *row)) else { continue };
            rows.resize(rows.len().max(row + 1), None);
            if let Some(place) = rows.get_mut(row) {
                gather(place, problem);
            }
        }
        rows
    }

    /// What to show of a list or the configuration as a whole.
    pub fn shown_whole(&self, field: Field) -> Option<Problem> {
        self.gathered(|problem| problem.field == field && problem.row.is_none())
    }

    /// True where warnings are all there is to say, and nobody can have seen some of them yet.
    pub fn has_unseen_warnings(&self) -> bool {
        self.error_count() == 0 && self.reading.problems().iter().any(|problem| self.is_unseen(problem))
    }

    pub(super) fn show_warnings(&mut self) {
        if !self.has_unseen_warnings() {
            return;
        }
        let problems = self.reading.problems().iter();
        let unseen: Vec<(Field, usize)> =
            problems.filter(|problem| self.is_unseen(problem)).map(place_of).collect();
        unseen.into_iter().for_each(|(field, row)| self.touched.leave(field, row));
    }

    fn is_unseen(&self, problem: &Problem) -> bool {
        let is_at_control = problem.row.is_some() || !problem.field.has_rows();
        let (field, row) = place_of(problem);
        is_at_control && !self.is_shown(field, row)
    }

    fn is_shown(&self, field: Field, row: usize) -> bool {
        self.is_submitted || self.touched.has(field, row)
    }

    fn gathered(&self, is_here: impl Fn(&Problem) -> bool) -> Option<Problem> {
        let mut all = None;
        self.reading.problems().iter().filter(|problem| is_here(problem)).for_each(|it| gather(&mut all, it));
        all
    }

    /// How a field differs from the session that the form was filled from. A name differs always.
    pub fn changed(&self, field: Field) -> Option<Change> {
        let Origin::Session(_, was) = &self.origin else { return None };
        if field == Field::Name || !self.draft.differs(was, field) {
            return None;
        }
        if field == Field::Conf {
            let keys = changed_keys(&self.draft, was);
            return Some(if keys.is_empty() { Change::Otherwise } else { Change::Keys(keys) });
        }
        Some(match was.rows(field) {
            [text] if !text.is_empty() => Change::From(text.clone()),
            _ => Change::Otherwise,
        })
    }
}

fn place_of(problem: &Problem) -> (Field, usize) {
    (problem.field, problem.row.unwrap_or(0))
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

/// The keys that have another value in one of two configurations, or stand in one alone, in alphabetical order.
fn changed_keys(one: &Draft, other: &Draft) -> Vec<String> {
    let mut keys: Vec<String> = Vec::new();
    for (draft, others) in [(one, other), (other, one)] {
        for (key, _) in draft.conf().iter().filter(|row| !others.conf().contains(row) && !row.0.is_empty()) {
            if let Err(place) = keys.binary_search(key) {
                keys.insert(place, key.clone());
            }
        }
    }
    keys
}
