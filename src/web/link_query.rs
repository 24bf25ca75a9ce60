//! What the query of a followed link said, beside what fills the form.

use console::{Place, Route};
use leptos::prelude::{RwSignal, Set};

/// What is open on a session's page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// Its statements.
    Statements,
    /// Its log.
    Log,
}

impl View {
    /// Both, in the order of their tabs.
    pub const ALL: [Self; 2] = [Self::Statements, Self::Log];

    /// What a word in an address means.
    fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.as_str() == word)
    }

    /// The word in an address.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Statements => "statements",
            Self::Log => "log",
        }
    }
}

/// What the query of the last link asked for.
#[derive(Clone, Copy)]
pub struct LinkQuery {
    /// The line of the log to show, as the link has it, until it is found; empty for none. The log reads it.
    pub line: RwSignal<String>,
    /// The statement to show, as the link has it, until it is found; empty for none. The statements read it.
    pub statement: RwSignal<String>,
    /// What a person has chosen to see of the session. It stays in the address.
    pub view: RwSignal<Option<View>>,
    /// The names that the link's page cannot use.
    pub unused: RwSignal<Vec<String>>,
}

impl LinkQuery {
    /// Before any link was followed.
    pub fn new() -> Self {
        Self {
            line: RwSignal::new(String::new()),
            statement: RwSignal::new(String::new()),
            view: RwSignal::new(None),
            unused: RwSignal::new(Vec::new()),
        }
    }

    /// Takes the query of a page other than the form's and the list's.
    pub fn take(&self, place: Place) {
        let is_of_session = matches!(place.route, Route::Session(_));
        let (mut line, mut statement, mut view, mut others) =
            (String::new(), String::new(), None, Vec::new());
        for (name, value) in place.query {
            match name.as_str() {
                "line" if is_of_session => line = value,
                "statement" if is_of_session => statement = value,
                "view" if is_of_session && View::parse(&value).is_some() => view = View::parse(&value),
                _ => others.push(name),
            }
        }
        // A link to a line or to a statement is one to where it is drawn; without a choice that is the log.
        let shown = match (line.is_empty(), statement.is_empty()) {
            (false, _) => None,
            (true, false) => Some(View::Statements),
            (true, true) => view,
        };
        self.line.set(line);
        self.statement.set(statement);
        self.view.set(shown);
        self.cannot_use(others);
    }

    /// A page was opened without a query.
    pub fn take_none(&self) {
        self.view.set(None);
    }

    /// Tells the person which names had no effect.
    pub fn cannot_use(&self, names: Vec<String>) {
        self.unused.set(names.into_iter().filter(|it| !it.is_empty()).collect());
    }
}
