//! The way from a session to a form with its values.

use form::{Draft, Field};
use leptos::prelude::*;
use livy::Session;

use crate::web::console::Console;
use crate::web::draft::Origin;

/// Another session like this one: its values go into the form, where they are checked. `field` is the one to look at first; a
/// value that is likelier to work is offered beside it.
pub fn create_again(console: Console, field: Option<Field>) {
    let seen = console
        .board
        .watch
        .with_untracked(|it| Some((it.as_ref()?.session.clone()?, it.as_ref()?.why.clone())));
    let Some((session, why)) = seen else { return };
    fill_from(console, &session);
    if let Some(field) = field {
        let better = console.driver.try_with_value(|driver| {
            driver.look(|model| {
                let log = model.watch()?.log();
                let of_field = why.iter().filter(|it| it.field(log, &session) == Some(field));
                of_field.filter_map(|it| it.better(log, &session)).find(|it| it.field == field)
            })
        });
        console.drafting.begin_at(field, better.flatten());
    }
    if let Some(window) = web_sys::window() {
        // Comes back as `hashchange`.
        let _ = window.location().set_hash("#/new");
    }
}

/// Fills the form with what is known of the session that was created last, by this tab or else in this browser.
pub fn start_from_last(console: Console) {
    if console.drafting.has_last() {
        console.drafting.fill_from_last();
        return;
    }
    let last = console.driver.try_with_value(|driver| driver.look(|model| model.last_own().cloned()));
    if let Some(session) = last.flatten() {
        fill_from(console, &session);
    }
}

fn fill_from(console: Console, session: &Session) {
    let told = session.request().into_iter().filter(|(_, value)| !value.is_null());
    let draft = Draft::from_echo(session.kind(), told);
    console.drafting.replace(draft.clone());
    console.drafting.origin.set(Origin::Session(session.id.clone(), draft));
}
