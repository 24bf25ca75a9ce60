//! A failure in words.

use console::{Notice, Scene};
use leptos::prelude::*;
use serde_json::Value;

use crate::web::browser::time::{iso, now};
use crate::web::browser::{address, clipboard, page};
use crate::web::console::Console;
use crate::web::part::trouble::again;
use crate::web::parts::Trouble;
use crate::web::reactive::{Seen, dynamic, memo, press, text};
use crate::web::words::frame as words;

/// A failure in words, while there is one, and whether it can be tried again.
pub fn notice(trouble: Seen<Option<Trouble>>, retry: bool) -> AnyView {
    let now = Console::here().see(move |model| {
        let (error, doing) = trouble.get()?;
        Some(Notice::of(&error, doing, model.evidence()))
    });
    let Some(first) = now.get_untracked() else { return ().into_any() };
    let latest = Memo::new(move |last: Option<&Notice>| {
        now.get().or_else(|| last.cloned()).unwrap_or_else(|| first.clone())
    });
    notice_box(latest, retry)
}

/// What happened, what is safe, what to do, and the server's own words. Where the words change the box stays, and with it the focus.
fn notice_box(notice: Memo<Notice>, retry: bool) -> AnyView {
    let console = Console::here();
    let server = memo(move || notice.with(|it| it.words.clone()));
    let server = move || Some(view! { <p class="lc-words">{server.get()?}</p> }.into_any());
    // The buttons are outside the alert: what copying says is not urgent, and must not have the failure read out again.
    view! {
        <div class="lc-alert">
            <div role="alert">
                <p>
                    <b>{text(move || notice.with(|it| it.title.clone()))}</b>
                </p>
                {dynamic(server)}
                <p>{text(move || notice.with(|it| it.hint.clone()))}</p>
            </div>
            <div class="lc-alert-foot">{retry.then(|| again(console))} {copying(notice, console)}</div>
        </div>
    }
    .into_any()
}

/// The button that copies the facts around a failure, for the person who is asked for help.
fn copying(notice: Memo<Notice>, console: Console) -> AnyView {
    let (said, by_hand) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let copy = press(move || {
        let report = notice.with_untracked(|it| report(it, console)).unwrap_or_default();
        said.set(String::new());
        by_hand.set(String::new());
        clipboard::copy(report.clone(), move |done| {
            // The failure may have passed meanwhile, and its box gone.
            if done {
                said.try_set(words::COPIED.to_owned());
            } else {
                said.try_set(words::BY_HAND.to_owned());
                by_hand.try_set(report);
            }
        });
    });
    let area = move || {
        let some = by_hand.with(|it| !it.is_empty());
        some.then(|| clipboard::by_hand(words::DIAGNOSTICS, "8", text(move || by_hand.get())))
    };
    view! {
        <button type="button" class="lc-button" on:click=copy>
            {words::COPY_DIAGNOSTICS}
        </button>
        <span role="status" class="lc-muted">
            {text(move || said.get())}
        </span>
        {dynamic(area)}
    }
    .into_any()
}

fn report(notice: &Notice, console: Console) -> Option<String> {
    let scene = Scene {
        time: iso(now()),
        console: env!("CARGO_PKG_VERSION"),
        address: address::whole(),
        visible: !page::is_hidden(),
        livy: console.look(|model| Some(model.version()?.short().to_owned())),
        browser: page::browser(),
        private: private(console),
    };
    console.look(|model| Some(notice.report(model.evidence(), model.route(), &scene)))
}

/// What the server's words could repeat and others must not read: values of the configuration and proxy users, of the form
/// and of the session that is looked at.
fn private(console: Console) -> Vec<String> {
    let mut private = console.form.private();
    if let Some(session) = console.look(|model| model.watch()?.session().cloned()) {
        private.push(session.proxy_user().unwrap_or_default().to_owned());
        if let Some(Value::Object(conf)) = session.field("conf") {
            for (_, value) in conf {
                private.push(value.as_str().unwrap_or_default().to_owned());
            }
        }
    }
    private
}
