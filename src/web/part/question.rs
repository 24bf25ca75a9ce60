//! The question before something that cannot be undone.

use leptos::html;
use leptos::prelude::*;
use web_sys::HtmlElement;

use crate::web::browser::focus::focus_still;
use crate::web::reactive::{effect, press};

/// What is asked.
#[derive(Clone, Copy)]
pub struct Asked {
    /// What kind of dialog it is: `alertdialog`, or `dialog`.
    pub role: &'static str,
    /// The question.
    pub title: Signal<String>,
    /// What a yes means.
    pub text: &'static str,
    /// The button that does it.
    pub yes: &'static str,
    /// The button that does nothing.
    pub no: &'static str,
}

/// A modal dialog of the browser's own: it holds the focus, and Escape closes it. Afterwards the browser brings the focus back, or
/// it goes to `home`: WebKit gives a pressed button no focus that the browser could bring back.
#[component]
pub fn Question(
    /// Whether the question is asked.
    open: RwSignal<bool>,
    /// What is asked.
    asked: Asked,
    /// Where the focus goes when it is answered.
    home: impl Fn() -> Option<HtmlElement> + 'static,
    /// What a yes does.
    on_yes: impl Fn() + 'static,
) -> AnyView {
    let node: NodeRef<html::Dialog> = NodeRef::new();
    effect(move || {
        let Some(dialog) = node.get() else { return };
        if open.get() && !dialog.open() {
            // Refused only where it is open already.
            let _ = dialog.show_modal();
        } else if !open.get() && dialog.open() {
            dialog.close();
        }
    });
    let closed = move |_| {
        open.set(false);
        if let Some(home) = home() {
            focus_still(&home);
        }
    };
    let yes = press(move || {
        on_yes();
        open.set(false);
    });
    view! {
        <dialog
            class="lc-dialog"
            part="dialog"
            role=asked.role
            aria-labelledby="lc-question-title"
            aria-describedby="lc-question-text"
            node_ref=node
            on:close=closed
        >
            <h2 class="lc-subtitle lc-break" id="lc-question-title">
                {asked.title}
            </h2>
            <p id="lc-question-text">{asked.text}</p>
            <div class="lc-dialog-actions">
                <button type="button" class="lc-button" on:click=press(move || open.set(false))>
                    {asked.no}
                </button>
                <button type="button" class="lc-button lc-danger" on:click=yes>
                    {asked.yes}
                </button>
            </div>
        </dialog>
    }
    .into_any()
}
