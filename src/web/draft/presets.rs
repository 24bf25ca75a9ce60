//! The person's own presets, kept by the browser for all of its tabs.

use form::Preset;
use leptos::prelude::{GetUntracked, Set, Update};

use super::Drafting;
use crate::web::storage::{self, Key};

impl Drafting {
    /// Takes the presets that the browser has by now: another tab may have changed them.
    pub fn read_presets(&self) {
        if !self.presets_are_kept.get_untracked() {
            // What could not be kept is here alone.
            return;
        }
        let own = storage::read(Key::Presets).and_then(|it| Preset::list_from_json(&it).ok());
        if let Some(own) = own {
            self.presets.update(|it| it.1 = own);
        }
    }

    /// Changes them in the browser, or in this tab only where it keeps nothing: then false.
    pub fn change_presets(&self, change: impl FnOnce(&mut Vec<Preset>)) -> bool {
        self.read_presets();
        let mut is_kept = false;
        self.presets.update(|(_, own)| {
            change(own);
            is_kept = storage::write(Key::Presets, Some(&Preset::list_to_json(own)));
        });
        self.presets_are_kept.set(is_kept);
        is_kept
    }
}
