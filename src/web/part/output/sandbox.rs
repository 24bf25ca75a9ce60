//! A frame that may do nothing: no scripts, no origin, no forms. A link in it can lead the frame itself to another page, where no policy
//! of the host forbids that (`frame-src`): then the frame goes.

use leptos::html;
use leptos::prelude::*;

use crate::web::browser::focus::{beside, focus_still};
use crate::web::reactive::{dynamic, effect, text};
use crate::web::words::output as words;

/// A frame for a page that somebody else has written.
#[derive(Clone)]
pub struct Sandbox {
    node: NodeRef<html::Iframe>,
    /// Where it is said that it is gone.
    note: NodeRef<html::P>,
    title: String,
    /// How many pages have come since it was given its own; nothing before that.
    pages: StoredValue<Option<usize>>,
    /// True once another page has come.
    has_left: RwSignal<bool>,
}

impl Sandbox {
    /// The frame with a title and its page, which begins with its policy (`console::sandboxed_page`).
    ///
    /// The page goes into `srcdoc`, a sink of Trusted Types, through the console's policy (`xtask/src/dist/glue.mjs`): in a frame
    /// without rights no text of a server can do more there than be looked at.
    pub fn new(title: &str, page: &str) -> Self {
        let (node, page): (NodeRef<html::Iframe>, String) = (NodeRef::new(), page.to_owned());
        let pages = StoredValue::new(None);
        effect(move || {
            let Some(frame) = node.get() else { return };
            // The page comes only where the frame has no rights.
            if frame.has_attribute("sandbox")
                && frame.get_attribute("sandbox").is_some_and(|it| it.is_empty())
            {
                // The empty page that a browser has begun in it ends with its place: the next one that comes is the one given here.
                let (parent, next) = (frame.parent_node(), frame.next_sibling());
                frame.remove();
                frame.set_srcdoc(&page);
                pages.set_value(Some(0));
                if let Some(parent) = parent {
                    // It comes back to where it was, which no browser refuses.
                    let _ = parent.insert_before(&frame, next.as_ref());
                }
            }
        });
        Self { node, note: NodeRef::new(), title: title.to_owned(), pages, has_left: RwSignal::new(false) }
    }

    /// A page has come. The first one is its own; after a link was pressed it is somebody else's, or the browser's word that it is
    /// not let in.
    fn came(&self) {
        let Some(before) = self.pages.get_value() else { return };
        self.pages.set_value(Some(before + 1));
        if before == 0 {
            return;
        }
        let frame = self.node.get_untracked();
        let had_focus = frame.and_then(|it| beside(&it)).is_some_and(|it| it.tag_name() == "IFRAME");
        self.has_left.set(true);
        if had_focus && let Some(note) = self.note.get_untracked() {
            focus_still(&note);
        }
    }

    /// Draws it, or once it has led elsewhere, that it is gone.
    pub fn view(self) -> AnyView {
        let Self { node, note, has_left, .. } = self;
        let said = text(move || if has_left.get() { words::LED_AWAY } else { "" }.to_owned());
        let frame = dynamic(move || {
            if has_left.get() {
                return None;
            }
            let it = self.clone();
            let frame = view! {
                <iframe
                    class="lc-sandbox"
                    sandbox=""
                    referrerpolicy="no-referrer"
                    title=it.title.clone()
                    node_ref=node
                    on:load=move |_| it.came()
                ></iframe>
            };
            Some(frame.into_any())
        });
        view! {
            <p class="lc-output-note" role="status" tabindex="-1" node_ref=note>
                {said}
            </p>
            {frame}
        }
        .into_any()
    }
}
