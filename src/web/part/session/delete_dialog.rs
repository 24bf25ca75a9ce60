//! The question before a delete.

use leptos::html;
use leptos::prelude::*;

use crate::web::reactive::{effect, press, text};
use crate::web::words::session as words;

/// A modal dialog of the browser's own: it holds the focus, and Escape closes it.
#[component]
pub fn DeleteDialog(
    /// Whether the question is asked.
    open: RwSignal<bool>,
    /// The session's id.
    id: Memo<String>,
    /// The session's name, or its id where it has none.
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
                {text(move || words::delete_question(&id.get(), &name.get()))}
            </h2>
            <p id="lc-delete-text">{words::DELETE_LOSES}</p>
            <div class="lc-dialog-actions">
                <button type="button" class="lc-button" on:click=press(move || open.set(false))>
                    {words::KEEP}
                </button>
                <button type="button" class="lc-button lc-danger" on:click=press(on_confirm)>
                    {words::DELETE}
                </button>
            </div>
        </dialog>
    }
    .into_any()
}
