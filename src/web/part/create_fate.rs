//! What became of the last create, wherever the person is.

use console::{Doing, Model, Notice, Route, Stage};
use form::{Field, ReadContext, Refused};
use leptos::prelude::*;
use livy::SessionId;

use crate::web::console::Console;
use crate::web::part::control::focus_control;
use crate::web::part::notice_box::NoticeBox;
use crate::web::reactive::{dynamic, memo, press, press_instead, shown};
use crate::web::words::{create as words, form as form_words};

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
    /// The words for what went wrong.
    notice: Option<Notice>,
}

fn seen(model: &Model) -> Option<Seen> {
    let create = model.create()?;
    let error = match &create.stage {
        Stage::Unknown { why, .. } => why.as_ref(),
        Stage::Refused(error) => Some(error),
        _ => None,
    };
    let notice = error.map(|it| Notice::of(it, Doing::Creating, model.evidence()));
    Some(Seen { word: create.word(), stage: create.stage.clone(), name: create.intent.name.clone(), notice })
}

fn draw(seen: Seen, here: &Route, console: Console) -> Option<AnyView> {
    let Seen { word, stage, name, notice } = seen;
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
            let reason = notice.map_or_else(|| words::RELOADED.to_owned(), |it| it.title);
            if absent {
                let is_unique = console.drafting.terms.with(ReadContext::has_unique_names);
                said(caution, words::absent(&reason, name, is_unique))
            } else {
                said(caution, words::unknown(&reason, name))
            }
        }
        Stage::Refused(_) => {
            let notice = notice?;
            let said = notice.words.clone().unwrap_or_default();
            view! {
                <div data-create=word>
                    <NoticeBox notice=notice retry=false />
                    {(*here == Route::New).then(|| home(&said, console)).flatten()}
                </div>
            }
            .into_any()
        }
        Stage::Taken(id) => {
            let drafting = console.drafting;
            let go = move || {
                let go = press_instead(|| focus_control(Field::Name, 0));
                view! {
                    <a href="#/new" on:click=go>
                        {words::CHANGE_NAME}
                    </a>
                    "."
                }
                .into_any()
            };
            // Once there is another name in the form, there is nothing left to ask for.
            let is_same = memo(move || drafting.is_sent(Field::Name));
            view! {
                <div class="lc-alert" role="alert" data-create=word>
                    <p>
                        <b>{words::NAME_IN_USE}</b>
                    </p>
                    <p>
                        <a href=Route::of(&id).href()>{words::a_session(id.as_str())}</a>
                        {words::has_name(name)}
                        {shown(is_same, go)}
                    </p>
                </div>
            }
            .into_any()
        }
    })
}

/// Where a refusal belongs, when that is certain, and what can be done there; only as long as it is what was refused.
fn home(words_of_livy: &str, console: Console) -> Option<AnyView> {
    let drafting = console.drafting;
    let Refused { field, row, is_unknown } =
        drafting.draft.with_untracked(|it| form::refused_field(words_of_livy, it))?;
    let is_same = memo(move || drafting.is_sent(field));
    let drawn = move || {
        let place = row.map_or_else(|| field.label().to_owned(), |row| form_words::row(field.label(), row));
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
                    {words::take_out(field.label())}
                </button>
            }
            .into_any()
        });
        view! {
            <p class="lc-home">
                {words::ITS_FIELD} <a href="#/new" on:click=go>
                    {place}
                </a> ". " {take_out}
            </p>
        }
        .into_any()
    };
    Some(shown(is_same, drawn))
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
                {words::ELSEWHERE} <a href=route.href()>{words::session(id.as_str())}</a>
            </p>
        </div>
    }
    .into_any()
}
