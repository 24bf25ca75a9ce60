//! A frame that may do nothing: no scripts, no origin, no forms, no way out of it.

use leptos::html;
use leptos::prelude::*;

use crate::web::reactive::effect;

/// A frame for a page that somebody else has written.
pub struct Sandbox {
    node: NodeRef<html::Iframe>,
    title: String,
}

impl Sandbox {
    /// The frame with a title and its page, which begins with its policy (`console::sandboxed_page`).
    ///
    /// The page goes into `srcdoc`, a sink of Trusted Types, through the console's policy (`xtask/src/dist/glue.mjs`): in a frame
    /// without rights no text of a server can do more there than be looked at.
    pub fn new(title: &str, page: &str) -> Self {
        let (node, page): (NodeRef<html::Iframe>, String) = (NodeRef::new(), page.to_owned());
        effect(move || {
            let Some(frame) = node.get() else { return };
            // The page comes only where the frame has no rights.
            if frame.has_attribute("sandbox")
                && frame.get_attribute("sandbox").is_some_and(|it| it.is_empty())
            {
                frame.set_srcdoc(&page);
            }
        });
        Self { node, title: title.to_owned() }
    }

    /// Draws it.
    pub fn view(self) -> AnyView {
        view! {
            <iframe
                class="lc-sandbox"
                sandbox=""
                referrerpolicy="no-referrer"
                title=self.title
                node_ref=self.node
            ></iframe>
        }
        .into_any()
    }
}
