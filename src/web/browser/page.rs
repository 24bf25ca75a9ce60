//! The page in its tab: its title, and whether it is seen.

use web_sys::{VisibilityState, window};

use crate::web::browser::surroundings::Surroundings;

/// Sets the title of the tab, if it is another one. Only a console that is a page of its own has a say in it.
pub fn set_title(title: &str) {
    if Surroundings::here().is_none_or(|it| !it.is_page()) {
        return;
    }
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
