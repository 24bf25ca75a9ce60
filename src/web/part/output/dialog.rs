//! All of a cell, in a dialog.

use leptos::html;
use leptos::prelude::*;

use crate::web::part::output::tools::Copying;
use crate::web::reactive::{effect, press, text};
use crate::web::words::output as words;

/// How much is drawn, in bytes: copies have all of it.
const DRAWN: usize = 200_000;

/// The part of a text that is drawn, and how many bytes are not.
fn drawn(all: &str) -> (&str, usize) {
    let end = all.floor_char_boundary(DRAWN);
    (all.get(..end).unwrap_or_default(), all.len() - end)
}

/// The dialog of one table.
#[derive(Clone, Copy)]
pub struct CellDialog {
    /// The heading and the text; nothing while it is closed.
    shown: RwSignal<Option<(String, String)>>,
    node: NodeRef<html::Dialog>,
}

impl CellDialog {
    /// A closed one.
    pub fn new() -> Self {
        let dialog = Self { shown: RwSignal::new(None), node: NodeRef::new() };
        effect(move || {
            let is_open = dialog.shown.with(Option::is_some);
            let Some(node) = dialog.node.get() else { return };
            if is_open && !node.open() {
                // Refused only where it is open already.
                let _ = node.show_modal();
            } else if !is_open && node.open() {
                node.close();
            }
        });
        dialog
    }

    /// Shows a text. Afterwards the browser brings the focus back to the cell.
    pub fn open(self, title: String, content: String) {
        self.shown.set(Some((title, content)));
    }

    /// Draws it.
    pub fn view(self) -> AnyView {
        let title = move || self.shown.with(|it| it.as_ref().map(|it| it.0.clone()).unwrap_or_default());
        let content = move || {
            self.shown.with(|it| console::visible(drawn(it.as_ref().map_or("", |it| &it.1)).0).into_owned())
        };
        let left = text(move || {
            let left = self.shown.with(|it| drawn(it.as_ref().map_or("", |it| &it.1)).1);
            if left > 0 { words::left_to_copy(left) } else { String::new() }
        });
        let copying = Copying::new();
        let copy = press(move || {
            let content = self.shown.with_untracked(|it| it.as_ref().map(|it| it.1.clone()));
            copying.copy(content.unwrap_or_default());
        });
        view! {
            <dialog
                class="lc-dialog lc-cell"
                aria-label=text(title)
                node_ref=self.node
                on:close=move |_| self.shown.set(None)
            >
                <h2 class="lc-subtitle lc-break">{text(title)}</h2>
                <pre class="lc-cell-text" tabindex="0" translate="no">
                    {text(content)}
                </pre>
                <p class="lc-output-note">{left}</p>
                {copying.told()}
                <div class="lc-dialog-actions">
                    <button type="button" class="lc-button" on:click=copy>
                        {words::COPY}
                    </button>
                    <button type="button" class="lc-button" on:click=press(move || self.shown.set(None))>
                        {words::CLOSE}
                    </button>
                </div>
            </dialog>
        }
        .into_any()
    }
}
