//! The tab's own storage, and the browser's for what outlives it. It may be full, or forbidden in a frame: then nothing is kept, and nothing fails.

use web_sys::Storage;

/// What is kept, each under a key of its own.
#[derive(Clone, Copy, Debug)]
pub enum Key {
    /// The form as it was typed.
    Draft,
    /// Where what stands in the form has come from: `link`, if not from somebody's keys.
    Origin,
    /// The name made up for the next session.
    MadeUpName,
    /// A create whose end is not known yet.
    Intent,
    /// The person's own presets, kept by the browser beyond the tab.
    Presets,
    /// Which sessions were created in this browser, beyond the tab.
    Own,
    /// That moments are shown in UTC.
    Utc,
    /// Whether ended sessions are kept beyond the tab: `on` or `off`, once somebody has decided.
    Memory,
}

impl Key {
    fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "livy-console:draft",
            Self::Origin => "livy-console:origin",
            Self::MadeUpName => "livy-console:made-up-name",
            Self::Intent => "livy-console:intent",
            Self::Presets => "livy-console:presets",
            Self::Own => "livy-console:own",
            Self::Utc => "livy-console:utc",
            Self::Memory => "livy-console:memory",
        }
    }
}

fn place(key: Key) -> Option<Storage> {
    let window = web_sys::window()?;
    match key {
        Key::Presets | Key::Own | Key::Memory => window.local_storage(),
        _ => window.session_storage(),
    }
    .ok()
    .flatten()
}

/// What was kept.
pub fn read(key: Key) -> Option<String> {
    place(key)?.get_item(key.as_str()).ok().flatten()
}

/// Keeps a text, or forgets it. False where the storage is full or forbidden: it keeps what it had, and the page works without.
pub fn write(key: Key, text: Option<&str>) -> bool {
    let done = place(key).map(|place| match text {
        Some(text) => place.set_item(key.as_str(), text),
        None => place.remove_item(key.as_str()),
    });
    matches!(done, Some(Ok(())))
}
