//! The page in its tab: its elements, its title, and whether it is seen.

use web_sys::{Element, VisibilityState, window};

/// The first element of a selector.
pub fn first(selector: &str) -> Option<Element> {
    window()?.document()?.query_selector(selector).ok().flatten()
}

/// Sets the title of the tab, if it is another one.
pub fn set_title(title: &str) {
    if let Some(document) = window().and_then(|it| it.document()).filter(|it| it.title() != title) {
        document.set_title(title);
    }
}

/// True while the tab is behind another one, or its window is minimised.
pub fn is_hidden() -> bool {
    let state = window().and_then(|it| it.document()).map(|it| it.visibility_state());
    state == Some(VisibilityState::Hidden)
}

/// Which browser it is, in its own words.
pub fn browser() -> String {
    window().and_then(|it| it.navigator().user_agent().ok()).unwrap_or_default()
}
