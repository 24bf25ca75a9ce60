//! What became of the last create, wherever the person is.

use console::{Doing, Route, Stage};
use form::{Field, Refused};
use leptos::prelude::*;
use livy::SessionId;

use crate::web::board::Fate;
use crate::web::page::Console;
use crate::web::part::{NoticeBox, focus_control};
use crate::web::reactive::{dynamic, press, press_instead};

/// The element with `data-create`.
#[component]
pub fn CreateFate() -> AnyView {
    let console = Console::here();
    let drawn = move || {
        let fate = console.board.create.get()?;
        let here = console.board.route.get();
        draw(fate, &here, console)
    };
    dynamic(drawn)
}

fn draw(fate: Fate, here: &Route, console: Console) -> Option<AnyView> {
    let Fate { word, stage, intent } = fate;
    let name = format!("“{}”", intent.name);
    let said = |class: &'static str, title: String, text: String| {
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
        Stage::Checking => said(
            calm,
            "Checking the name".into(),
            format!("Asking the server whether {name} is free. Nothing is sent yet."),
        ),
        Stage::Sent => said(
            calm,
            "Sent".into(),
            format!("Livy is launching the driver of {name} and answers when that is done."),
        ),
        Stage::Created(id) => on_its_page(&id, here, word, || {
            let text = format!("Session {id} was made from your request.");
            view! {
                <p class="lc-fate" role="status" data-create=word>
                    {text}
                </p>
            }
            .into_any()
        }),
        Stage::Found(id) => on_its_page(&id, here, word, || {
            let text = format!(
                "The server's answer was lost, and the session was found by its name {name}. It was made once."
            );
            said(calm, format!("Found as session {id}"), text)
        }),
        Stage::Unknown { why, absent } => {
            let reason = why.as_ref().and_then(|it| console.notice(it, Doing::Creating));
            let reason = reason
                .map_or_else(|| "The page was reloaded before the answer came".to_owned(), |it| it.title);
            if absent {
                let text = format!(
                    "{reason}. The server has been asked several times and knows no session {name}, so it was most likely not made. \
                     “Create session” sends it again under the same name, of which Livy makes at most one."
                );
                said(caution, "Probably not created".into(), text)
            } else {
                let text = format!(
                    "{reason}. The page looks for {name} on the server and sends nothing a second time."
                );
                said(caution, "Not known yet whether the session was created".into(), text)
            }
        }
        Stage::Refused(error) => {
            let notice = console.notice(&error, Doing::Creating)?;
            let words = notice.words.clone().unwrap_or_default();
            view! {
                <div data-create=word>
                    <NoticeBox notice=notice retry=false />
                    {(*here == Route::New).then(|| home(&words, console)).flatten()}
                </div>
            }
            .into_any()
        }
        Stage::Taken(id) => {
            let go = press_instead(|| focus_control(Field::Name, 0));
            view! {
                <div class="lc-alert" role="alert" data-create=word>
                    <p>
                        <b>"The name is in use"</b>
                    </p>
                    <p>
                        <a href=Route::of(&id).href()>"Session " {id.to_string()}</a>
                        {format!(" is called {name}. Livy refuses a second one as a duplicate, so nothing was sent. ")}
                        <a href="#/new" on:click=go>
                            "Choose another name"
                        </a> "."
                    </p>
                </div>
            }
            .into_any()
        }
    })
}

/// Where a refusal belongs, when that is certain, and what can be done there.
fn home(words: &str, console: Console) -> Option<AnyView> {
    let drafting = console.drafting;
    let Refused { field, row, is_unknown } =
        drafting.draft.with_untracked(|it| form::refused_field(words, it))?;
    let place = row.map_or_else(|| field.label().to_owned(), |row| format!("{} {}", field.label(), row + 1));
    let go = press_instead(move || focus_control(field, row.unwrap_or(0)));
    let take_out = is_unknown.then(|| {
        let press = press(move || {
            let mut draft = drafting.draft.get_untracked();
            draft.clear(field);
            drafting.fill_with(draft, drafting.draft.get_untracked());
            focus_control(field, 0);
        });
        view! {
            <button type="button" class="lc-button" on:click=press>
                {format!("Take {} out", field.label())}
            </button>
        }
        .into_any()
    });
    Some(
        view! {
            <p class="lc-home">
                "It speaks of " <a href="#/new" on:click=go>
                    {place}
                </a> ". " {take_out}
            </p>
        }
        .into_any(),
    )
}

/// On the session's own page it is told what it is; elsewhere it is linked.
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
                "Your session is there: " <a href=route.href()>"session " {id.to_string()}</a>
            </p>
        </div>
    }
    .into_any()
}
