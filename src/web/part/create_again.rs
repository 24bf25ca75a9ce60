//! The way from a session to a form with its values.

use console::Route;
use form::{Draft, Field};
use leptos::prelude::*;
use livy::Session;

use crate::web::browser::address;
use crate::web::console::Console;
use crate::web::draft::Origin;

/// Another session like this one: its values go into the form, where they are checked. `field` is the one to look at first; a
/// value that is likelier to work is offered beside it.
pub fn create_again(console: Console, field: Option<Field>) {
    let Some(session) = console.look(|model| model.watch()?.session().cloned()) else { return };
    fill_from(console, &session);
    if let Some(field) = field {
        let better = console.look(|model| {
            let watch = model.watch()?;
            let of_field = watch.causes().iter().filter(|it| it.field(watch.log(), &session) == Some(field));
            of_field.filter_map(|it| it.better(watch.log(), &session)).find(|it| it.field == field)
        });
        console.drafting.begin_at(field, better);
    }
    address::go(&Route::New.href());
}

/// Fills the form with what is known of the session that was created last, by this tab or else in this browser.
pub fn start_from_last(console: Console) {
    if console.drafting.has_last() {
        console.drafting.fill_from_last();
        return;
    }
    if let Some(session) = console.look(|model| model.last_own().cloned()) {
        fill_from(console, &session);
    }
}

fn fill_from(console: Console, session: &Session) {
    let told = session.request().into_iter().filter(|(_, value)| !value.is_null());
    let draft = Draft::from_echo(session.kind(), told);
    console.drafting.replace(draft.clone());
    console.drafting.origin.set(Origin::Session(session.id.clone(), draft));
}
