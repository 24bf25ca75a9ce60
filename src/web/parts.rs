//! The parts of the program that the machine asks for: how far each has come, and what it draws.

use std::cell::{Cell, RefCell};
use std::pin::Pin;

use console::{Doing, Effect, Event, Lent, Moment, Part};
use leptos::prelude::AnyView;
use livy::CallError;

use crate::web::browser::record_store::RecordStore;
use crate::web::reactive::Seen;
use crate::web::split::Missing;

/// A failure, and what the page was doing.
pub type Trouble = (CallError, Doing);

/// What is drawn by code of a part.
#[derive(Clone, Copy)]
pub enum Piece {
    /// The page of the part, or all that it has to show.
    Whole,
    /// The sessions that are remembered.
    Remembered,
    /// What is done with the selected sessions, below the list.
    Selection,
    /// What forgets them.
    Forgetting,
    /// Which names in the link had no effect.
    Unused,
    /// A failure in words, while there is one, and whether it can be tried again.
    Trouble(Seen<Option<Trouble>>, bool),
}

/// Draws a piece of a part.
pub type Draw = fn(Piece) -> AnyView;

/// Performs an effect about what is kept beyond the tab, and tells what was read.
pub type Keep = fn(RecordStore, Effect) -> Pin<Box<dyn Future<Output = Option<Event>>>>;

/// A part that has arrived.
pub struct Arrived {
    /// What draws it.
    pub draw: Draw,
    /// What it lends to the machine.
    pub lent: Option<Lent>,
    /// What keeps sessions beyond the tab, if it is that part.
    pub keep: Option<Keep>,
}

/// Fetches a part, or finds it there.
pub type Fetch = fn(Part) -> Pin<Box<dyn Future<Output = Result<Arrived, Missing>>>>;

/// How far a part has come.
#[derive(Clone, Copy, Default, PartialEq)]
pub enum Arrival {
    /// Not asked for yet.
    #[default]
    Unasked,
    /// On its way.
    Coming,
    /// It is here.
    Here,
    /// The last attempt failed.
    Failed,
}

/// One console's parts.
#[derive(Default)]
pub struct Parts {
    arrivals: [Cell<Arrival>; Part::ALL.len()],
    asked: [Cell<Moment>; Part::ALL.len()],
    drawn: [Cell<Option<Draw>>; Part::ALL.len()],
    keep: Cell<Option<Keep>>,
    /// What is to be kept or read once that is here.
    unkept: RefCell<Vec<Effect>>,
}

impl Parts {
    /// How far a part has come.
    pub fn arrival(&self, part: Part) -> Arrival {
        self.arrivals[part as usize].get()
    }

    /// When it was first asked for.
    pub fn asked(&self, part: Part) -> Moment {
        self.asked[part as usize].get()
    }

    /// Takes note that it is asked for. False where it is here or on its way.
    pub fn ask(&self, part: Part, now: Moment) -> bool {
        let arrival = self.arrival(part);
        if matches!(arrival, Arrival::Here | Arrival::Coming) {
            return false;
        }
        if arrival == Arrival::Unasked {
            self.asked[part as usize].set(now);
        }
        self.arrivals[part as usize].set(Arrival::Coming);
        true
    }

    /// It did not come.
    pub fn failed(&self, part: Part) {
        self.arrivals[part as usize].set(Arrival::Failed);
    }

    /// Those that did not come.
    pub fn failed_ones(&self) -> impl Iterator<Item = Part> {
        Part::ALL.into_iter().filter(|it| self.arrival(*it) == Arrival::Failed)
    }

    /// It is here.
    pub fn arrived(&self, part: Part, arrived: &Arrived) {
        self.drawn[part as usize].set(Some(arrived.draw));
        self.arrivals[part as usize].set(Arrival::Here);
        if arrived.keep.is_some() {
            self.keep.set(arrived.keep);
        }
    }

    /// What draws it, once it is here.
    pub fn draw(&self, part: Part) -> Option<Draw> {
        self.drawn[part as usize].get()
    }

    /// What keeps sessions beyond the tab, once it is here.
    pub fn keep(&self) -> Option<Keep> {
        self.keep.get()
    }

    /// An effect waits for it.
    pub fn wait(&self, effect: Effect) {
        self.unkept.borrow_mut().push(effect);
    }

    /// What has waited.
    pub fn waited(&self) -> Vec<Effect> {
        self.unkept.take()
    }
}
