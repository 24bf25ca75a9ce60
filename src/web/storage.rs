//! The tab's own storage. It may be full, or forbidden in a frame: then nothing is kept, and nothing fails.

use web_sys::Storage;

/// What is kept, each under a key of its own.
#[derive(Clone, Copy, Debug)]
pub enum Key {
    /// The form as it was typed.
    Draft,
    /// The name made up for the next session.
    MadeUpName,
    /// A create whose end is not known yet.
    Intent,
}

impl Key {
    fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "livy-console:draft",
            Self::MadeUpName => "livy-console:made-up-name",
            Self::Intent => "livy-console:intent",
        }
    }
}

fn tab() -> Option<Storage> {
    web_sys::window()?.session_storage().ok().flatten()
}

/// What was kept.
pub fn read(key: Key) -> Option<String> {
    tab()?.get_item(key.as_str()).ok().flatten()
}

/// Keeps a text, or forgets it.
pub fn write(key: Key, text: Option<&str>) {
    let Some(tab) = tab() else { return };
    // A full or forbidden storage keeps nothing: the page works without.
    let _ = match text {
        Some(text) => tab.set_item(key.as_str(), text),
        None => tab.remove_item(key.as_str()),
    };
}
