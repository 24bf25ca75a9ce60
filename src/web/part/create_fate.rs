//! What became of the last create, wherever the person is.

use console::{Copies, Doing, Event, Model, Route, Stage, Stuck};
use leptos::prelude::*;
use livy::{SessionId, Version};

use crate::web::browser::focus::focus_first;
use crate::web::browser::link::{data_route, href};
use crate::web::console::Console;
use crate::web::part::trouble::trouble;
use crate::web::reactive::{dynamic, memo, press};
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
    copies: Copies,
    /// What went wrong, in a few words.
    reason: Option<String>,
    /// Why the page may not look, in a few words.
    barred: Option<String>,
    /// True where a press can send the same request again.
    can_repeat: bool,
}

fn seen(model: &Model) -> Option<Seen> {
    let create = model.create()?;
    let error = match &create.stage {
        Stage::Unknown { error, .. } => error.as_ref(),
        Stage::Refused(error) => Some(error),
        _ => None,
    };
    let reason = error.map(|it| model.failure_title(it, Doing::Creating));
    let barred = match &create.stage {
        Stage::Unknown { stuck: Some(Stuck::Refused(error)), .. } => {
            Some(model.failure_title(error, Doing::Reading))
        }
        _ => None,
    };
    Some(Seen {
        word: create.word(),
        stage: create.stage.clone(),
        name: create.intent.name.clone(),
        copies: create.copies(),
        is_unique: model.version().is_some_and(Version::has_unique_names),
        reason,
        barred,
        can_repeat: create.can_repeat(),
    })
}

fn draw(seen: Seen, here: &Route, console: Console) -> Option<AnyView> {
    // On its own page the form says what can be changed in it.
    let form = if *here == Route::New { console.form.desk() } else { None };
    let Seen { word, stage, name, is_unique, copies, reason, barred, can_repeat } = seen;
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
                    {words::created(id.as_str(), name, copies)}
                </p>
            }
            .into_any()
        }),
        Stage::Found(id) => {
            on_its_page(&id, here, word, || said(calm, words::found(id.as_str(), name, copies)))
        }
        Stage::Unknown { absent, stuck, .. } => {
            let reason = reason.unwrap_or_else(|| words::RELOADED.to_owned());
            let looks = matches!(stuck, Some(Stuck::Refused(_)));
            let choose = |said, no| choice(word, said, Choice { looks, repeats: can_repeat, no }, console);
            match (absent, stuck) {
                (true, _) => choose(words::absent(&reason, name, is_unique), words::DISMISS),
                (false, Some(stuck)) => choose(
                    words::cannot_tell(&reason, name, &stuck, barred.as_deref(), can_repeat),
                    words::GIVE_UP,
                ),
                (false, None) => said(caution, words::unknown(&reason, name)),
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

/// What a person can do about a create of which nobody knows the end.
struct Choice {
    /// Look once more.
    looks: bool,
    /// Send the same again.
    repeats: bool,
    /// What it is called to leave it at that.
    no: &'static str,
}

/// What is known, and the buttons that decide.
fn choice(
    word: Option<&'static str>,
    (title, text): (String, String),
    choice: Choice,
    console: Console,
) -> AnyView {
    let button = |label: &'static str, event: fn() -> Event| {
        let press = press(move || {
            console.tell(event());
            // The button that was pressed may go with what it did.
            focus_first(vec![".lc-form [type=submit]".to_owned(), ".lc-main".to_owned()]);
        });
        view! {
            <button type="button" class="lc-button" on:click=press>
                {label}
            </button>
        }
        .into_any()
    };
    view! {
        <div class="lc-alert lc-caution" role="status" data-create=word>
            <p>
                <b>{title}</b>
            </p>
            <p>{text}</p>
            <p class="lc-alert-foot">
                {choice.looks.then(|| button(words::LOOK_AGAIN, || Event::RefreshAsked))}
                {choice.repeats.then(|| button(words::SEND_AGAIN, || Event::CreateRepeated))}
                {button(choice.no, || Event::CreateDismissed)}
            </p>
        </div>
    }
    .into_any()
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
