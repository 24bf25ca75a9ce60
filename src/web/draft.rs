//! The form as it is being typed: text, which of it has been left, and what it amounts to.

use form::{Draft, Field, Problem, Reading, SessionName};
use leptos::prelude::{Get, GetUntracked, Memo, RwSignal, Set, Update, With, WithUntracked};

use crate::web::driver;
use crate::web::reactive::{effect, memo};
use crate::web::storage::{self, Key};

/// The form's signals. One per console, alive while the page is, so that going elsewhere and back loses nothing.
#[derive(Clone, Copy)]
pub struct Drafting {
    /// The text.
    pub draft: RwSignal<Draft>,
    /// The name that is sent where the person gives none.
    pub made_up: RwSignal<SessionName>,
    /// What the text amounts to.
    pub reading: Memo<Reading>,
    /// The places whose problems are shown: left, or rested on.
    left: RwSignal<Vec<(Field, usize)>>,
    /// The place being typed in, and when.
    typing: RwSignal<Option<(Field, usize, console::Moment)>>,
    /// True once "Create session" was pressed: then every problem is shown.
    pub submitted: RwSignal<bool>,
    /// What stood in the form before the example, a link or "clear" replaced it.
    pub before: RwSignal<Option<Draft>>,
    /// True when a link has filled the form.
    pub from_link: RwSignal<bool>,
}

/// A problem shows this long after the last key, in milliseconds. Not when the control is left: a message that appears under a
/// mouse button on its way down would move what is being pressed.
const REST_MILLIS: u128 = 700;

impl Drafting {
    /// From what the tab has kept.
    pub fn restored() -> Self {
        let draft = storage::read(Key::Draft).map(|it| Draft::from_storage(&it)).unwrap_or_default();
        let draft = RwSignal::new(draft);
        let kept = storage::read(Key::MadeUpName).and_then(|it| SessionName::kept(&it));
        let made_up = RwSignal::new(kept.unwrap_or_else(fresh_name));
        let reading = memo(move || draft.with(|draft| made_up.with(|name| form::read(draft, name))));
        effect(move || storage::write(Key::Draft, Some(&draft.with(Draft::to_storage))));
        effect(move || storage::write(Key::MadeUpName, Some(made_up.get().as_str())));
        Self {
            draft,
            made_up,
            reading,
            left: RwSignal::new(Vec::new()),
            typing: RwSignal::new(None),
            submitted: RwSignal::new(false),
            before: RwSignal::new(None),
            from_link: RwSignal::new(false),
        }
    }

    /// The draft has become a session: an empty form and another name for the next one.
    pub fn start_anew(&self) {
        self.made_up.set(fresh_name());
        self.replace(Draft::default());
        self.before.set(None);
    }

    /// Puts another draft in place. What stood there can be brought back.
    pub fn replace(&self, draft: Draft) {
        let before = self.draft.get_untracked();
        self.before.set((!before.is_untouched() && before != draft).then_some(before));
        self.draft.set(draft);
        self.left.set(Vec::new());
        self.typing.set(None);
        self.submitted.set(false);
        self.from_link.set(false);
    }

    /// Fills fields from a link; returns what could not be used.
    pub fn fill(&self, query: &[(String, String)]) -> Vec<String> {
        let mut draft = self.draft.get_untracked();
        let unused = draft.fill(query);
        if draft != self.draft.get_untracked() {
            self.replace(draft);
            self.from_link.set(true);
        }
        unused
    }

    /// Somebody types.
    pub fn type_into(&self, field: Field, row: usize, text: String) {
        self.draft.update(|draft| {
            let mut rows = draft.rows(field).to_vec();
            if let Some(place) = rows.get_mut(row) {
                *place = text;
            }
            draft.set_rows(field, rows);
        });
        if let Some((last, at, _)) =
            self.typing.get_untracked().filter(|(it, at, _)| (*it, *at) != (field, row))
        {
            self.leave(last, at);
        }
        self.typing.set(Some((field, row, driver::now())));
    }

    /// A control is done with: its problem may be shown.
    pub fn leave(&self, field: Field, row: usize) {
        self.typing.set(None);
        if !self.left.with_untracked(|it| it.contains(&(field, row))) {
            self.left.update(|it| it.push((field, row)));
        }
    }

    /// Time has passed: what was rested on is shown like what was left.
    pub fn tick(&self) {
        if let Some((field, row, at)) = self.typing.get_untracked()
            && driver::now().since(at).as_millis() >= REST_MILLIS
        {
            self.leave(field, row);
        }
    }

    /// Replaces the rows of a list.
    pub fn set_rows(&self, field: Field, rows: Vec<String>) {
        self.draft.update(|it| it.set_rows(field, rows));
    }

    /// A row is taken away: what was left of the later ones moves up with them.
    pub fn remove_row(&self, field: Field, row: usize, rows: Vec<String>) {
        self.left.update(|left| {
            left.retain(|it| *it != (field, row));
            for (_, later) in left.iter_mut().filter(|(it, at)| *it == field && *at > row) {
                *later -= 1;
            }
        });
        self.typing.set(None);
        self.set_rows(field, rows);
    }

    /// The problem to show at a control, if any.
    pub fn shown_problem(&self, field: Field, row: usize) -> Option<Problem> {
        let is_left = self.submitted.get() || self.left.with(|it| it.contains(&(field, row)));
        let here = |it: &&Problem| it.field == field && it.row.unwrap_or(0) == row;
        if is_left { self.reading.with(|it| it.problems().iter().find(here).cloned()) } else { None }
    }
}

fn fresh_name() -> SessionName {
    SessionName::made_up(driver::random())
}
