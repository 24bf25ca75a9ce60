//! The question before a delete.

use leptos::html;
use leptos::prelude::*;

use crate::web::reactive::{effect, press, text};

/// A modal dialog of the browser's own: it holds the focus, and Escape closes it.
#[component]
pub fn DeleteDialog(
    /// Whether the question is asked.
    open: RwSignal<bool>,
    /// The session's id.
    id: Memo<String>,
    /// The session's name, or what stands for it.
    name: Memo<String>,
    /// What a yes does.
    on_confirm: impl Fn() + 'static,
) -> AnyView {
    let node: NodeRef<html::Dialog> = NodeRef::new();
    effect(move || {
        let Some(dialog) = node.get() else { return };
        if open.get() {
            if !dialog.open() {
                // Refused only where it is open already.
                let _ = dialog.show_modal();
            }
        } else {
            dialog.close();
        }
    });
    view! {
        <dialog
            class="lc-dialog"
            role="dialog"
            aria-labelledby="lc-delete-title"
            aria-describedby="lc-delete-text"
            node_ref=node
            on:close=move |_| open.set(false)
        >
            <h2 class="lc-subtitle lc-break" id="lc-delete-title">
                {text(move || format!("Delete session {}, “{}”?", id.get(), name.get()))}
            </h2>
            <p id="lc-delete-text">
                "Its driver is stopped, and what it holds in memory is lost: variables, cached tables, running statements. The server "
                "forgets it at once. The log stays on this page as long as the page is open."
            </p>
            <div class="lc-dialog-actions">
                <button type="button" class="lc-button" on:click=press(move || open.set(false))>
                    "Keep it"
                </button>
                <button type="button" class="lc-button lc-danger" on:click=press(on_confirm)>
                    "Delete session"
                </button>
            </div>
        </dialog>
    }
    .into_any()
}
