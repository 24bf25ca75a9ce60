//! What became of the last create, wherever the person is.

use console::{Doing, Model, Route, Stage};
use leptos::prelude::*;
use livy::{SessionId, Version};

use crate::web::browser::link::{data_route, href};
use crate::web::console::Console;
use crate::web::part::trouble::trouble;
use crate::web::reactive::{dynamic, memo};
use crate::web::words::create as words;

/// The element with `data-create`.
#[component]
pub fn CreateFate() -> AnyView {
    let console = Console::here();
    let seen = console.see(seen);
    let route = console.see(|model| model.route().clone());
    dynamic(move || draw(seen.get()?, &route.get(), console))
}

/// What is drawn of a create.
#[derive(Clone, PartialEq)]
struct Seen {
    word: Option<&'static str>,
    stage: Stage,
    name: String,
    /// True where the server refuses a second session with the name.
    is_unique: bool,
    /// What went wrong, in a few words.
    reason: Option<String>,
}

fn seen(model: &Model) -> Option<Seen> {
    let create = model.create()?;
    let error = match &create.stage {
        Stage::Unknown { error, .. } => error.as_ref(),
        Stage::Refused(error) => Some(error),
        _ => None,
    };
    let reason = error.map(|it| model.failure_title(it, Doing::Creating));
    Some(Seen {
        word: create.word(),
        stage: create.stage.clone(),
        name: create.intent.name.clone(),
        is_unique: model.version().is_some_and(Version::has_unique_names),
        reason,
    })
}

fn draw(seen: Seen, here: &Route, console: Console) -> Option<AnyView> {
    // On its own page the form says what can be changed in it.
    let form = if *here == Route::New { console.form.desk() } else { None };
    let Seen { word, stage, name, is_unique, reason } = seen;
    let name = name.as_str();
    let said = |class: &'static str, (title, text): (String, String)| {
        view! {
            <div class=class role="status" data-create=word>
                <p>
                    <b>{title}</b>
                </p>
                <p>{text}</p>
            </div>
        }
        .into_any()
    };
    let (calm, caution) = ("lc-alert lc-calm", "lc-alert lc-caution");
    Some(match stage {
        Stage::Checking => said(calm, words::checking(name)),
        Stage::Sent => said(calm, words::sent(name)),
        Stage::Created(id) => on_its_page(&id, here, word, || {
            view! {
                <p class="lc-fate" role="status" data-create=word>
                    {words::created(id.as_str())}
                </p>
            }
            .into_any()
        }),
        Stage::Found(id) => on_its_page(&id, here, word, || said(calm, words::found(id.as_str(), name))),
        Stage::Unknown { absent, .. } => {
            let reason = reason.unwrap_or_else(|| words::RELOADED.to_owned());
            if absent {
                said(caution, words::absent(&reason, name, is_unique))
            } else {
                said(caution, words::unknown(&reason, name))
            }
        }
        Stage::Refused(error) => {
            let said = error.words().unwrap_or_default().to_owned();
            let refused = memo(move || Some((error.clone(), Doing::Creating)));
            view! {
                <div data-create=word>
                    {trouble(refused, false)}
                    {form.and_then(|form| form.refused_place(&said))}
                </div>
            }
            .into_any()
        }
        Stage::Taken(id) => {
            let change_name = match form {
                Some(form) => form.change_name(),
                None => view! { <a href=href(&Route::New) data-route=data_route(&Route::New)>{words::CHANGE_NAME}</a> "." }.into_any(),
            };
            view! {
                <div class="lc-alert" role="alert" data-create=word>
                    <p>
                        <b>{words::NAME_IN_USE}</b>
                    </p>
                    <p>
                        <a href=href(&Route::of(&id)) data-route=data_route(&Route::of(&id))>{words::a_session(id.as_str())}</a>
                        {words::has_name(name)}
                        {change_name}
                    </p>
                </div>
            }
            .into_any()
        }
    })
}

/// On the session's own page, what became of it; elsewhere a link to it.
fn on_its_page(
    id: &SessionId,
    here: &Route,
    word: Option<&'static str>,
    drawn: impl FnOnce() -> AnyView,
) -> AnyView {
    let route = Route::of(id);
    if *here == route {
        return drawn();
    }
    view! {
        <div class="lc-alert lc-calm" role="status" data-create=word>
            <p>
                {words::ELSEWHERE} <a href=href(&route) data-route=data_route(&route)>{words::session(id.as_str())}</a>
            </p>
        </div>
    }
    .into_any()
}
