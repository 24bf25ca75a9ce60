//! Buttons that copy a fact, with what came of it and the text to copy by hand where the browser does not let the page.

use leptos::prelude::*;

use crate::web::browser::clipboard;
use crate::web::reactive::{dynamic, press, text};
use crate::web::words::session as words;

/// What was copied last: by the name of its button, whether that was done, and the text.
pub type LastCopied = RwSignal<Option<(&'static str, bool, String)>>;

/// A button; `text_of` is asked for the text when it is pressed.
pub fn copy_fact(
    name: &'static str,
    label: &'static str,
    last: LastCopied,
    text_of: impl Fn() -> String + 'static,
) -> AnyView {
    let copy = press(move || {
        let what = text_of();
        // Said once more, also when it is copied twice.
        last.set(None);
        clipboard::copy(what.clone(), move |done| {
            // The page may be another one by now.
            let _ = last.try_set(Some((name, done, what)));
        });
    });
    let said = text(move || {
        last.with(|it| match it {
            Some((which, done, _)) if *which == name => {
                if *done {
                    words::COPIED
                } else {
                    words::NOT_COPIED
                }
            }
            _ => "",
        })
        .to_owned()
    });
    let by_hand = move || {
        let what = last.with(|it| match it {
            Some((which, false, what)) if *which == name => Some(what.clone()),
            _ => None,
        })?;
        Some(clipboard::by_hand(words::BY_HAND, "1", text(move || what.clone())))
    };
    view! {
        <button type="button" class="lc-button lc-copy" aria-label=name on:click=copy>
            {label}
        </button>
        <span role="status" class="lc-muted">
            {said}
        </span>
        {dynamic(by_hand)}
    }
    .into_any()
}
