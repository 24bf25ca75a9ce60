//! A person, a browser that keeps what it is told, and a clock.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use form::{
    Config, CreateSession, Draft, Field, Form, FormEffect, FormEvent, PresetChange, Problem, Slot, Target,
};
use livy::{Session, SessionId};
use serde_json::{Value, json};

/// No two pages get the same.
static RANDOM: AtomicU64 = AtomicU64::new(7);

/// What one tab of a browser keeps, by slot.
pub type Kept = Rc<RefCell<BTreeMap<String, String>>>;

pub struct Person {
    pub form: Form,
    pub kept: Kept,
    /// False: the browser keeps nothing.
    pub has_storage: bool,
    pub now: Duration,
    /// All effects so far but what is kept.
    pub effects: Vec<FormEffect>,
}

impl Person {
    pub fn new() -> Self {
        Self::with("{}", Kept::default())
    }

    /// With the text of a `config.json`, in a tab that has kept something.
    pub fn with(config: &str, kept: Kept) -> Self {
        let read = |slot| kept.borrow().get(&name(slot)).cloned();
        let (form, effects) =
            Form::new(Config::parse(config).unwrap(), &read, RANDOM.fetch_add(1, Ordering::Relaxed));
        let now = Duration::from_secs(1_000);
        let mut person = Self { form, kept, has_storage: true, now, effects: Vec::new() };
        person.perform(effects);
        person
    }

    /// The same tab after a reload.
    pub fn reloaded(&self, config: &str) -> Self {
        Self::with(config, Rc::new(RefCell::new(self.kept.borrow().clone())))
    }

    /// Another tab of the same browser: it shares the presets alone.
    pub fn other_tab(&self) -> Self {
        let presets = self.kept(Slot::Presets);
        let kept = presets.map(|text| (name(Slot::Presets), text)).into_iter().collect();
        Self::with("{}", Rc::new(RefCell::new(kept)))
    }

    pub fn tell(&mut self, event: FormEvent) {
        let effects = self.form.update(event, self.now);
        self.perform(effects);
    }

    fn perform(&mut self, effects: Vec<FormEffect>) {
        for effect in effects {
            let FormEffect::Keep { slot, text } = effect else {
                self.effects.push(effect);
                continue;
            };
            if !self.has_storage {
                if slot == Slot::Presets {
                    self.tell(FormEvent::PresetsNotKept);
                }
                continue;
            }
            let mut kept = self.kept.borrow_mut();
            match text {
                Some(text) => kept.insert(name(slot), text),
                None => kept.remove(&name(slot)),
            };
        }
    }

    /// Lets time pass; the form is woken when it wants to be, and at no other time.
    pub fn pass(&mut self, millis: u64) {
        let end = self.now + Duration::from_millis(millis);
        while let Some(due) = self.form.next_wakeup().filter(|due| *due <= end) {
            self.now = self.now.max(due);
            self.tell(FormEvent::Woke);
        }
        self.now = end;
    }

    pub fn type_row(&mut self, field: Field, row: usize, text: &str) {
        self.tell(FormEvent::Typed { field, row, text: text.to_owned() });
    }

    pub fn type_in(&mut self, field: Field, text: &str) {
        self.type_row(field, 0, text);
    }

    pub fn add_conf(&mut self, key: &str, value: &str) {
        self.tell(FormEvent::RowAdded(Field::Conf));
        let row = self.form.row_count(Field::Conf) - 1;
        self.tell(FormEvent::KeyTyped { row, key: key.to_owned() });
        self.tell(FormEvent::ValueTyped { row, value: value.to_owned() });
    }

    pub fn change_presets(&mut self, change: PresetChange) {
        let kept = self.kept(Slot::Presets);
        self.tell(FormEvent::Presets { change, kept });
    }

    pub fn preset_names(&self) -> Vec<&str> {
        self.form.presets().own().iter().map(|preset| preset.name.as_str()).collect()
    }

    /// Presses "Create session"; gives what is sent and its token.
    pub fn submit(&mut self) -> Option<(CreateSession, u64)> {
        self.tell(FormEvent::Submitted);
        match self.effects.last() {
            Some(FormEffect::Submit { request, token }) => Some((request.clone(), *token)),
            _ => None,
        }
    }

    pub fn text(&self, field: Field) -> &str {
        self.form.draft().text(field)
    }

    pub fn kept(&self, slot: Slot) -> Option<String> {
        self.kept.borrow().get(&name(slot)).cloned()
    }

    pub fn kept_draft(&self) -> Option<Draft> {
        self.kept(Slot::Draft).map(|text| Draft::from_storage(&text))
    }

    /// Whether an error is shown at a field that is no list.
    pub fn shows_error(&self, field: Field) -> bool {
        self.form.shown_problem(field).as_ref().is_some_and(Problem::is_error)
    }

    /// The rows at which errors are shown.
    pub fn wrong_rows(&self, field: Field) -> Vec<usize> {
        let rows = self.form.shown_rows(field);
        (0..rows.len()).filter(|row| rows[*row].as_ref().is_some_and(Problem::is_error)).collect()
    }

    pub fn focus(&self) -> Option<Target> {
        let last = self.effects.last();
        last.and_then(|effect| if let FormEffect::Focus(target) = effect { Some(*target) } else { None })
    }

    /// The names that were asked for.
    pub fn asked(&self) -> Vec<Option<&str>> {
        let asked = self.effects.iter().filter_map(|effect| match effect {
            FormEffect::AskName(name) => Some(name.as_ref().map(form::SessionName::as_str)),
            _ => None,
        });
        asked.collect()
    }
}

fn name(slot: Slot) -> String {
    format!("{slot:?}")
}

/// A session as the server tells it.
pub fn session(request: &Value) -> Session {
    let mut told = json!({"id": 1500, "state": "dead"});
    told.as_object_mut().unwrap().extend(request.as_object().unwrap().clone());
    Session::from_json(told).unwrap()
}

pub fn id(number: u64) -> SessionId {
    SessionId::from_json(&json!(number)).unwrap()
}
