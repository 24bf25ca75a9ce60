//! A notification of the browser when the session is ready, may end soon or has ended, if the person asks for it. The browser is
//! not asked for its permission before that.

use leptos::prelude::*;
use livy::{Phase, SessionState};

use crate::web::browser::notification;
use crate::web::console::Console;
use crate::web::reactive::{Seen, effect, memo, press, shown, text};
use crate::web::words::session as words;

/// The button, and what comes of it.
#[component]
pub fn Notify(
    /// Its id, the server's word, and whether the server no longer has it.
    standing: Seen<(String, String, bool)>,
    /// The session's name, or its id.
    name: Seen<String>,
    /// True once nothing more will come.
    over: Seen<bool>,
    /// When it may soon end by itself, in words; empty while it may not.
    soon: Seen<String>,
) -> AnyView {
    let tells = RwSignal::new(false);
    let refused = RwSignal::new(false);
    let last = StoredValue::new(None::<(String, String, bool)>);
    effect(move || {
        let now = standing.get();
        let before = last.try_get_value().flatten();
        last.set_value(Some(now.clone()));
        // The state at the opening of the page is no news, and neither is that of another session.
        let Some(before) = before.filter(|it| it.0 == now.0 && !it.1.is_empty()) else {
            tells.set(false);
            return;
        };
        let (word, gone) = (now.1 != before.1, now.2 && !before.2);
        if tells.get_untracked() && gone {
            notification::show(&name.get_untracked(), words::NOTIFY_GONE);
        } else if tells.get_untracked() && word && is_news(&now.1) {
            notification::show(&name.get_untracked(), &words::is_now(&now.1));
        }
    });
    effect(move || {
        let soon = soon.get();
        if tells.get_untracked() && !soon.is_empty() {
            notification::show(&name.get_untracked(), &soon);
        }
    });
    let ended = Console::here().see(|model| Some(model.statements()?.ended()?.as_str().to_owned()));
    let has_ended = StoredValue::new(ended.get_untracked());
    effect(move || {
        let now = ended.get();
        let is_news = has_ended.with_value(|it| *it != now);
        has_ended.set_value(now.clone());
        if let Some(id) = now.filter(|_| is_news && tells.get_untracked()) {
            notification::show(&name.get_untracked(), &words::statement_ended(&id));
        }
    });
    let ask = move || {
        if tells.get_untracked() {
            tells.set(false);
            return;
        }
        notification::ask(move |is_given| {
            // The page may be another one by now.
            let _ = tells.try_set(is_given);
            let _ = refused.try_set(!is_given);
        });
    };
    let label = text(move || {
        match (tells.get(), refused.get()) {
            (true, _) => words::STOP_NOTIFYING,
            (false, true) => words::NO_NOTIFICATIONS,
            (false, false) => words::NOTIFY,
        }
        .to_owned()
    });
    let button = move || {
        view! {
            <button type="button" class="lc-link-button" on:click=press(ask)>
                {label}
            </button>
        }
        .into_any()
    };
    let lives = memo(move || !over.get() && notification::exist());
    shown(lives, button)
}

/// Ready, in error, or at its end.
fn is_news(word: &str) -> bool {
    let state = SessionState::parse(word);
    matches!(state.phase(), Phase::Ready | Phase::Degraded | Phase::Over)
}
