//! What every page is given: the way to the machine, and to what it knows.

use std::rc::Rc;

use console::{Doing, Event, Notice, SectionLog};
use form::Field;
use leptos::html;
use leptos::prelude::*;
use livy::{CallError, Section, SessionId};

use crate::web::board::Board;
use crate::web::browser::record_store::RecordStore;
use crate::web::draft::Drafting;
use crate::web::driver::Driver;

/// The element that every page is drawn in, and that takes the focus where its own place is gone.
pub type MainNode = NodeRef<html::Main>;

/// What every page is given.
#[derive(Clone, Copy)]
pub struct Console {
    /// What the machine knows.
    pub board: Board,
    /// The form as it is being typed.
    pub drafting: Drafting,
    /// What this browser keeps beyond the tab.
    pub memory: RecordStore,
    /// The way to the machine.
    pub driver: StoredValue<Rc<Driver>, LocalStorage>,
    /// The cluster's name, where its host gave it one.
    pub cluster: StoredValue<String>,
}

impl Console {
    /// The console around the present part. Invariant: [`App`] is drawn inside one, and every part inside [`App`].
    pub fn here() -> Self {
        expect_context()
    }

    /// Tells the machine what the person did.
    pub fn tell(&self, event: Event) {
        if let Some(driver) = self.driver.try_get_value() {
            driver.tell(event);
        }
    }

    /// Looks at a section of the watched session's log.
    pub fn log<T>(&self, section: Section, at: impl FnOnce(&SectionLog) -> T) -> Option<T> {
        let look = |driver: &Rc<Driver>| {
            driver.look(|model| model.watch().and_then(|it| it.log().section(section)).map(at))
        };
        self.driver.try_with_value(look).flatten()
    }

    /// The session that has the name in the form, as far as the server has been asked.
    pub fn name_taken(&self) -> Option<SessionId> {
        let typed = self.drafting.draft.with(|it| it.text(Field::Name).trim().to_owned());
        self.board.name_taken.get().filter(|(name, _)| *name == typed).map(|(_, id)| id)
    }

    /// Words a failure, and follows what the browser tells about it.
    pub fn notice(&self, error: &CallError, doing: Doing) -> Option<Notice> {
        self.board.evidence_revision.track();
        self.driver.try_with_value(|it| it.look(|model| Notice::of(error, doing, model.evidence())))
    }
}
