//! What the query of a followed link said, beside what fills the form.

use console::{Place, Route};
use leptos::prelude::{RwSignal, Set};

/// What the query of the last link asked for.
#[derive(Clone, Copy)]
pub struct LinkQuery {
    /// The line of the log to show, as the link has it, until it is found; empty for none. The log reads it.
    pub line: RwSignal<String>,
    /// The names that the link's page cannot use.
    pub unused: RwSignal<Vec<String>>,
}

impl LinkQuery {
    /// Before any link was followed.
    pub fn new() -> Self {
        Self { line: RwSignal::new(String::new()), unused: RwSignal::new(Vec::new()) }
    }

    /// Takes the query of a page other than the form's.
    pub fn take(&self, place: Place) {
        let is_line = |it: &(String, String)| matches!(place.route, Route::Session(_)) && it.0 == "line";
        let (lines, others): (Vec<_>, Vec<_>) = place.query.into_iter().partition(is_line);
        self.line.set(lines.into_iter().next().map(|it| it.1).unwrap_or_default());
        self.cannot_use(others.into_iter().map(|(name, _)| name).collect());
    }

    /// Tells the person which names had no effect.
    pub fn cannot_use(&self, names: Vec<String>) {
        self.unused.set(names.into_iter().filter(|it| !it.is_empty()).collect());
    }
}
