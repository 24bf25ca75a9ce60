//! Bringing the focus somewhere.

use wasm_bindgen::JsCast;
use web_sys::{Element, FocusOptions, HtmlElement, Node, ShadowRoot, window};

use crate::web::browser::surroundings::{Surroundings, first, frame};

/// Brings the focus to an element without moving the page: WebKit would scroll a tall one to its middle, and the header away.
pub fn focus_still(element: &HtmlElement) {
    let still = FocusOptions::new();
    still.set_prevent_scroll(true);
    // An element that is not in the document leaves the focus where it is.
    let _ = element.focus_with_options(&still);
}

/// Brings the focus to the element that every page is drawn in, without moving the page: where its own place is gone.
pub fn focus_main() {
    if let Some(main) = first(".lc-main") {
        focus_still(main.unchecked_ref());
    }
}

/// Leads the person there.
pub fn lead_to_main() {
    if let Some(main) = first(".lc-main") {
        lead_to(main.unchecked_ref());
    }
}

/// True where the focus is in the console, or nowhere: then it is the console's to give.
pub fn is_here() -> bool {
    let root = Surroundings::here().and_then(Surroundings::root);
    is_nowhere() || root.is_some_and(|it| it.active_element().is_some())
}

/// Brings the focus to the element with an id, as soon as it is there.
pub fn focus_element(id: String) {
    focus_first(vec![format!("#{id}")]);
}

/// Brings the focus to the first of some selectors that has an element, as soon as it is there.
pub fn focus_first(selectors: Vec<String>) {
    frame(move || {
        if let Some(element) = selectors.iter().find_map(|it| first(it)) {
            // What is folded away cannot take the focus.
            while let Ok(Some(fold)) = element.closest("details:not([open])") {
                if fold.set_attribute("open", "").is_err() {
                    break;
                }
            }
            lead_to(element.unchecked_ref());
        }
    });
}

/// Leads the person to an element: the page scrolls there.
pub fn lead_to(element: &HtmlElement) {
    // An element that is not in the document leaves the focus where it is.
    let _ = element.focus();
}

/// The element that has the focus, of those that are drawn in the same root as this one.
pub fn beside(node: &Node) -> Option<Element> {
    let root: ShadowRoot = node.get_root_node().dyn_into().ok()?;
    root.active_element()
}

/// True where the person has not put the focus anywhere: a press on anything that takes no focus itself leaves it on the page as
/// a whole. What has the focus in another part of the page is not ours to take it from.
pub fn is_nowhere() -> bool {
    let root = Surroundings::here().and_then(Surroundings::root);
    let is_wide = |it: &Element| it.tag_name() == "BODY" || it.class_list().contains("lc-main");
    match root.as_ref().and_then(|it| it.active_element()) {
        Some(focused) => is_wide(&focused),
        None => {
            let focused = window().and_then(|it| it.document()).and_then(|it| it.active_element());
            focused.is_none_or(|it| is_wide(&it) || root.is_some_and(|root| root.host() == it))
        }
    }
}

/// True while somebody writes or chooses something in the console: the focus is not to be taken from there.
pub fn is_typing() -> bool {
    let focused = Surroundings::here().and_then(Surroundings::root).and_then(|it| it.active_element());
    let writes = |it: &Element| it.matches("input:not([type='checkbox']), select, textarea").unwrap_or(false);
    focused.is_some_and(|it| writes(&it))
}

/// False while another window is in front.
pub fn is_in_window() -> bool {
    window().and_then(|it| it.document()).is_none_or(|it| it.has_focus().unwrap_or(true))
}
