//! Where it is said what became of the last create, on any page. The words are in a part of the program of their own: without a
//! create there is nothing to say.

use console::Part;
use leptos::prelude::*;

use crate::web::console::Console;
use crate::web::parts::{Arrival, Piece};
use crate::web::reactive::shown;

/// What became of the last create.
pub fn created() -> AnyView {
    let console = Console::here();
    let is_here = console.news.see(move || console.arrival(Part::Create) == Arrival::Here);
    shown(is_here, move || console.draw(Part::Create, Piece::Whole))
}
