//! What it means that the server no longer has a session, and what is left of it.

use console::{Ending, Event, Route};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::web::browser::focus;
use crate::web::browser::link::{data_route, href};
use crate::web::browser::surroundings::{first, frame};
use crate::web::console::Console;
use crate::web::reactive::{dynamic, effect, press, text};
use crate::web::words::session as words;

const NOTICE_ID: &str = "lc-ended";

/// The notice. After a delete it takes the focus, which its button had, and with it is read out; else it is announced.
#[component]
pub fn EndNotice(
    /// True from a person's yes to a delete until that has failed.
    awaits_end: RwSignal<bool>,
) -> AnyView {
    let console = Console::here();
    let ending = console.see(|model| model.watch()?.ending());
    let said = RwSignal::new("");
    effect(move || {
        said.set("");
        let is_gone = ending.with(|it| it.is_some_and(|it| it != Ending::Over));
        if is_gone && awaits_end.get_untracked() {
            take_focus(said);
        }
    });
    let notice = move || draw(ending.get()?, awaits_end.get_untracked(), console);
    view! {
        {dynamic(notice)}
        <p class="lc-sr" role="status">
            {text(move || said.get().to_owned())}
        </p>
    }
    .into_any()
}

/// Brings the focus to the notice, unless the person does something else by now: then it is announced.
fn take_focus(said: RwSignal<&'static str>) {
    frame(move || {
        let notice = first(&format!("#{NOTICE_ID}")).and_then(|it| it.dyn_into::<HtmlElement>().ok());
        match notice.filter(|_| focus::is_nowhere()) {
            Some(notice) => focus::lead_to(&notice),
            None => {
                let _ = said.try_set(words::DELETED);
            }
        }
    });
}

fn draw(ending: Ending, is_awaited: bool, console: Console) -> Option<AnyView> {
    let (is_recalled, kept_at) = console
        .look(|model| Some((model.watch()?.is_recalled(), model.watch()?.answered())))
        .unwrap_or_default();
    let (title, text) = match ending {
        Ending::Over => return None,
        Ending::Deleted(_) => (words::DELETED, if is_recalled { "" } else { words::DELETED_TEXT }),
        Ending::Forgotten(_) => (words::FORGOTTEN, ""),
        Ending::Recycled(_) => (words::RECYCLED, words::RECYCLED_TEXT),
        Ending::Missing => (words::MISSING, words::MISSING_TEXT),
    };
    let kept = dynamic(move || {
        let at = console.clock.get().to_second(kept_at?);
        let kept = if is_recalled { words::kept_by_browser(&at) } else { words::kept_by_page(&at) };
        Some(kept.into_any())
    });
    let successor = matches!(ending, Ending::Recycled(_)).then(|| {
        let look = press(move || console.tell(Event::LookedAnew));
        view! {
            <button type="button" class="lc-button" on:click=look>
                {words::OPEN_SUCCESSOR}
            </button>
        }
        .into_any()
    });
    // What a person has asked for is no warning.
    let class = if matches!(ending, Ending::Deleted(_)) { "lc-alert lc-calm" } else { "lc-alert lc-caution" };
    let role = if is_awaited { "group" } else { "status" };
    Some(
        view! {
            <div
                class=class
                id=NOTICE_ID
                role=role
                tabindex="-1"
                aria-labelledby="lc-ended-title"
                aria-describedby="lc-ended-text"
            >
                <p id="lc-ended-title">
                    <b>{title}</b>
                </p>
                <p id="lc-ended-text">{text} " " {kept}</p>
                <p class="lc-alert-foot">
                    <a class="lc-alone" href=href(&Route::Sessions) data-route=data_route(&Route::Sessions)>
                        {words::SEE_ALL}
                    </a>
                    {successor}
                </p>
            </div>
        }
        .into_any(),
    )
}
