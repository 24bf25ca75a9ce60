//! The statements of a session that the browser keeps beyond the tab, where a person wants that: a text that only their half of the
//! machine reads and writes ([`crate::Effect::RecallStatements`]).

use super::Watch;

/// Where they are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum SavedPlace {
    /// There are none, or they are of no use here.
    #[default]
    Nowhere,
    /// In the browser's memory, under this key.
    Kept(String),
    /// On their way from there.
    Asked(String),
    /// Here.
    Here(String),
}

impl Watch {
    /// They are in the browser's memory, beside the facts that this watch is made of.
    pub(super) fn has_saved(&mut self) {
        self.saved = self.key().map_or(SavedPlace::Nowhere, SavedPlace::Kept);
    }

    /// What is known of the same session from the browser's memory has them, and this watch stays.
    pub(crate) fn take_saved_place(&mut self, other: Self) {
        if self.saved == SavedPlace::Nowhere {
            self.saved = other.saved;
        }
    }

    /// The key under which they are to be asked for, once.
    pub(crate) fn ask_for_statements(&mut self) -> Option<String> {
        let SavedPlace::Kept(key) = &self.saved else { return None };
        let key = key.clone();
        self.saved = SavedPlace::Asked(key.clone());
        Some(key)
    }

    /// True while they are not here.
    pub(super) fn awaits_statements(&self) -> bool {
        matches!(self.saved, SavedPlace::Kept(_) | SavedPlace::Asked(_))
    }

    /// They have come, or are not there any more, where this watch has asked for them. Where they cannot be read nothing is told: they
    /// are awaited on, and nothing is kept in their place.
    pub(crate) fn statements_recalled(&mut self, key: &str, text: &str) {
        if matches!(&self.saved, SavedPlace::Asked(asked) if asked == key) {
            self.saved =
                if text.is_empty() { SavedPlace::Nowhere } else { SavedPlace::Here(text.to_owned()) };
        }
    }

    /// Their text, once it is here.
    pub(crate) fn saved_statements(&self) -> Option<&str> {
        if let SavedPlace::Here(text) = &self.saved { Some(text) } else { None }
    }

    /// Nobody wants them to be kept any more.
    pub(crate) fn forget_statements(&mut self) {
        self.saved = SavedPlace::Nowhere;
    }
}
