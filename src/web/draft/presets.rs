//! The person's own presets, kept by the browser for all of its tabs.

use console::PersonKey;
use form::Preset;
use leptos::prelude::{GetUntracked, Set, Update, WithUntracked};

use super::Drafting;
use crate::web::browser::storage;

impl Drafting {
    /// Takes the presets that the browser has by now: another tab may have changed them.
    pub fn read_presets(&self) {
        if !self.presets_are_kept.get_untracked() {
            // What could not be kept is here alone.
            return;
        }
        let here = self.presets.with_untracked(|it| Preset::list_to_json(&it.1));
        let kept = storage::read(PersonKey::Presets).filter(|it| *it != here);
        if let Some(own) = kept.and_then(|it| Preset::list_from_json(&it).ok()) {
            self.presets.update(|it| it.1 = own);
            // What stood there before this tab's last change would take another tab's with it.
            self.presets_before.set(None);
        }
    }

    /// Adds some; of those with the same name the last one stays. True where the browser keeps them, and how many gave way.
    pub fn add_presets(&self, presets: Vec<Preset>) -> (bool, usize) {
        let mut replaced = 0;
        let is_kept = self.change_presets(|own| {
            for preset in presets {
                let count = own.len();
                own.retain(|it| it.name != preset.name);
                replaced += count - own.len();
                own.push(preset);
            }
        });
        (is_kept, replaced)
    }

    /// What the last change has replaced or taken away is there again.
    pub fn undo_presets(&self) {
        self.read_presets();
        if let Some(before) = self.presets_before.get_untracked() {
            self.change_presets(|own| *own = before);
            self.presets_before.set(None);
        }
    }

    /// Changes them in the browser, or in this tab only where it keeps nothing: then false.
    pub fn change_presets(&self, change: impl FnOnce(&mut Vec<Preset>)) -> bool {
        self.read_presets();
        self.presets_before.set(Some(self.presets.with_untracked(|it| it.1.clone())));
        let mut is_kept = false;
        self.presets.update(|(_, own)| {
            change(own);
            is_kept = storage::write(PersonKey::Presets, Some(&Preset::list_to_json(own)));
        });
        self.presets_are_kept.set(is_kept);
        is_kept
    }
}
