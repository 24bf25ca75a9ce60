//! Ready code that uses this session with other tools.

use leptos::html;
use leptos::prelude::*;
use livy::Kind;
use snippet::{SessionUse, Tool, Written};

use crate::web::browser::{address, clipboard};
use crate::web::console::Console;
use crate::web::reactive::{dynamic, press, text};
use crate::web::words::{session, statements as words};

/// The folded part below the editor.
pub fn hand_over(console: Console, area: NodeRef<html::Textarea>, kind: RwSignal<Option<Kind>>) -> AnyView {
    let (tool, is_open) = (RwSignal::new(Tool::Curl), RwSignal::new(false));
    // As long as it is open it follows what is typed.
    let draft = console.see(move |model| {
        let statements = model.statements().filter(|_| is_open.get())?;
        Some(statements.draft().to_owned())
    });
    let written = move || {
        draft.track();
        let code = area.get_untracked().map(|it| it.value()).filter(|it| !it.trim().is_empty());
        written(console, tool.get(), code.as_deref().unwrap_or("1 + 1"), kind.get())
    };
    let picks = Tool::ALL.map(|it| {
        let is_it = text(move || (tool.get() == it).to_string());
        view! {
            <button
                type="button"
                class="lc-button lc-quiet"
                aria-pressed=is_it
                on:click=press(move || tool.set(it))
            >
                {it.name()}
            </button>
        }
        .into_any()
    });
    let body = move || {
        if !is_open.get() {
            return None;
        }
        let Written { text: code, notes } = written()?;
        let notes =
            notes.into_iter().map(|it| view! { <p class="lc-help">{it}</p> }.into_any()).collect_view();
        Some(view! {
            <pre class="lc-json lc-ready-code" tabindex="0" aria-label=words::HAND_OVER translate="no">{code}</pre>
            {notes}
        }
        .into_any())
    };
    let said = RwSignal::new("");
    let copy = press(move || {
        if let Some(Written { text, .. }) = untrack(written) {
            clipboard::copy(text, move |done| {
                let _ = said.try_set(if done { session::COPIED } else { session::NOT_COPIED });
            });
        }
    });
    view! {
        <details
            class="lc-elsewhere"
            on:toggle=move |event| {
                let is_it = event_target::<web_sys::Element>(&event).has_attribute("open");
                is_open.set(is_it);
            }
        >
            <summary>{words::ELSEWHERE}</summary>
            <div class="lc-picks" role="group" aria-label=words::TOOL>
                {picks.into_iter().collect_view()}
            </div>
            {dynamic(body)}
            <button type="button" class="lc-button" on:click=copy>
                {words::COPY_CODE}
            </button>
            <span role="status" class="lc-muted">
                {text(move || said.get().to_owned())}
            </span>
        </details>
    }
    .into_any()
}

fn written(console: Console, tool: Tool, code: &str, kind: Option<Kind>) -> Option<Written> {
    let base = console.driver.try_get_value()?.base().as_str().to_owned();
    // Where it is a path, other tools need the whole address.
    let sessions = format!("{base}/sessions");
    let url = address::absolute(&sessions).unwrap_or(sessions);
    console.look(|model| {
        let session = model.watch()?.session()?;
        let own = session.kind().unwrap_or_default();
        let language = kind.map(Kind::as_str).filter(|it| *it != own);
        let id = session.id.as_str();
        Some(SessionUse { url: &url, id, kind: own, code, language }.written(tool))
    })
}
