//! What the query of a followed link said, beside what fills the form.

use console::{LineLink, Place, Route};
use leptos::prelude::{RwSignal, Set};

/// What the query of the last link asked for.
#[derive(Clone, Copy)]
pub struct LinkQuery {
    /// The line of the log to show, until it is found.
    pub line: RwSignal<Option<LineLink>>,
    /// The names that the link's page cannot use.
    pub unused: RwSignal<Vec<String>>,
}

impl LinkQuery {
    /// Before any link was followed.
    pub fn new() -> Self {
        Self { line: RwSignal::new(None), unused: RwSignal::new(Vec::new()) }
    }

    /// Takes the query of a page other than the form's.
    pub fn take(&self, place: Place) {
        let (lines, others): (Vec<_>, Vec<_>) = place.query.into_iter().partition(|(name, value)| {
            matches!(place.route, Route::Session(_)) && name == "line" && LineLink::parse(value).is_some()
        });
        self.line.set(lines.first().and_then(|it| LineLink::parse(&it.1)));
        self.cannot_use(others.into_iter().map(|(name, _)| name).collect());
    }

    /// Tells the person which names had no effect.
    pub fn cannot_use(&self, names: Vec<String>) {
        self.unused.set(names.into_iter().filter(|it| !it.is_empty()).collect());
    }
}
