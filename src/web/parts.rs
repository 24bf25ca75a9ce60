//! What the parts of the program lend to the main one, and how far each has come.

use std::cell::Cell;
use std::pin::Pin;

use console::{Effect, Event, LendCreate, LendSession, LentWords, Moment, Part};
use leptos::prelude::{AnyView, Memo};

use crate::web::browser::record_store::{RecordStore, database};
use crate::web::page::{new, session};
use crate::web::part::trouble::Trouble;
use crate::web::part::{create_fate, notice_box};
use crate::web::split::{Missing, part};

/// What is drawn by code of a part.
#[derive(Clone, Copy)]
pub enum Piece {
    /// The page of the part, or all that it has to show.
    Whole,
    /// A failure in words, while there is one, and whether it can be tried again.
    Trouble(Memo<Option<Trouble>>, bool),
}

/// Draws a piece of a part.
type Draw = fn(Piece) -> AnyView;

/// Performs an effect about what is kept beyond the tab.
type Keep = fn(RecordStore, Effect) -> Pin<Box<dyn Future<Output = Option<Event>>>>;

/// A part of the program that has arrived.
#[derive(Clone, Copy)]
pub enum Lent {
    /// The form's page.
    Form(Draw),
    /// A session's page, its half of the machine, and what is kept beyond the tab.
    Session(Draw, LendSession, Keep),
    /// What became of a create, in words, and the form's half of the machine.
    Create(Draw, LendCreate),
    /// The words for failures.
    Notice(Draw, LentWords),
}

part!(form: fn form() -> Lent { Lent::Form(|_| new::New()) });
part!(session: fn session() -> Lent { Lent::Session(|_| session::OneSession(), console::session_machine, database::perform) });
part!(create: fn create() -> Lent { Lent::Create(|_| create_fate::CreateFate(), console::create_machine) });
part!(notice: fn notice() -> Lent { Lent::Notice(notice_box::draw, console::words()) });

/// Fetches a part, or finds it there.
pub async fn fetch(part: Part) -> Result<Lent, Missing> {
    match part {
        Part::Form => form().await,
        Part::Session => session().await,
        Part::Create => create().await,
        Part::Notice => notice().await,
    }
}

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
    arrivals: [Cell<Arrival>; 4],
    asked: [Cell<Moment>; 4],
    drawn: [Cell<Option<Draw>>; 4],
    keep: Cell<Option<Keep>>,
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

    /// What draws it, once it is here.
    pub fn draw(&self, part: Part) -> Option<Draw> {
        self.drawn[part as usize].get()
    }

    /// What keeps sessions beyond the tab, once it is here.
    pub fn keep(&self) -> Option<Keep> {
        self.keep.get()
    }

    /// What keeps sessions beyond the tab.
    pub fn keeps(&self, keep: Keep) {
        self.keep.set(Some(keep));
    }

    /// It is here.
    pub fn arrived(&self, part: Part, draw: Draw) {
        self.drawn[part as usize].set(Some(draw));
        self.arrivals[part as usize].set(Arrival::Here);
    }
}
