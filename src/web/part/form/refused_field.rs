//! What the form's page adds to the fate of a create: where what was refused can be changed, as long as it stands there.

use console::Route;
use form::{Field, FormEvent, Refused, refused_field};
use leptos::prelude::*;

use crate::web::browser::link::{data_route, href};
use crate::web::part::form::control::focus_control;
use crate::web::part::form::driver::FormDriver;
use crate::web::reactive::{press, press_instead, shown};
use crate::web::words::{create as words, form as form_words};

/// Once there is another name in the form, there is nothing left to ask for.
pub fn change_name(form: FormDriver) -> AnyView {
    let is_same = form.see(|form| form.is_sent(Field::Name));
    shown(is_same, || {
        let go = press_instead(|| focus_control(Field::Name, 0));
        view! {
            <a href=href(&Route::New) data-route=data_route(&Route::New) on:click=go>
                {words::CHANGE_NAME}
            </a>
            "."
        }
        .into_any()
    })
}

/// Where a refusal belongs, when that is certain, and what can be done there; only as long as it is what was refused.
pub fn refused_place(words_of_livy: &str, form: FormDriver) -> Option<AnyView> {
    let Refused { field, row, is_unknown } = form.look(|form| refused_field(words_of_livy, form.draft()))?;
    let is_same = form.see(move |form| form.is_sent(field));
    let drawn = move || {
        let place = row.map_or_else(|| field.label().to_owned(), |row| form_words::row(field.label(), row));
        let go = press_instead(move || focus_control(field, row.unwrap_or(0)));
        let take_out = is_unknown.then(|| {
            let take_out = press(move || {
                form.tell(FormEvent::TakenOut(field));
                focus_control(field, 0);
            });
            view! {
                <button type="button" class="lc-button" on:click=take_out>
                    {words::take_out(field.label())}
                </button>
            }
            .into_any()
        });
        view! {
            <p class="lc-home">
                {words::ITS_FIELD} <a href=href(&Route::New) data-route=data_route(&Route::New) on:click=go>
                    {place}
                </a> ". " {take_out}
            </p>
        }
        .into_any()
    };
    Some(shown(is_same, drawn))
}
