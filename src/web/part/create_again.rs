//! The way from a session to a form with its values.

use console::Route;
use form::{Field, SessionCopy};

use crate::web::console::Console;
use crate::web::form_box::FormRequest;

/// Another session like this one: its values go into the form, where they are checked. `field` is the one to look at first; a
/// value that is likelier to work is offered beside it.
pub fn create_again(console: Console, field: Option<Field>) {
    let Some(session) = console.look(|model| model.watch()?.session().cloned()) else { return };
    let better = console.look(|model| {
        let (watch, field) = (model.watch()?, field?);
        watch.causes().iter().filter_map(|it| it.better.clone()).find(|it| it.field == field)
    });
    let copy = SessionCopy { session, field, better };
    let kept = copy.to_storage();
    console.form.send(FormRequest::CreateAgain { copy, kept });
    console.go(&Route::New);
}
