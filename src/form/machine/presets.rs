//! Requests to begin with: the host's presets, and the person's own, which the browser keeps for all of its tabs.

use super::{Form, PresetChange, Slot};
use crate::{Field, Preset};

/// The presets of one form.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Presets {
    hosts: Vec<Preset>,
    own: Vec<Preset>,
    /// The person's own before they were changed last.
    before: Option<Vec<Preset>>,
    /// False once the browser has refused to keep them: then they are in this tab alone.
    is_kept: bool,
    /// How many gave way to others of the same name in the last change.
    replaced: usize,
}

impl Presets {
    pub(super) fn new(hosts: Vec<Preset>) -> Self {
        Self { hosts, is_kept: true, ..Self::default() }
    }

    /// The host's.
    pub fn hosts(&self) -> &[Preset] {
        &self.hosts
    }

    /// The person's own.
    pub fn own(&self) -> &[Preset] {
        &self.own
    }

    /// True where the last change can be taken back.
    pub fn can_undo(&self) -> bool {
        self.before.is_some()
    }

    /// True where the browser has the person's own as they are here.
    pub fn is_kept(&self) -> bool {
        self.is_kept
    }

    /// How many gave way to others of the same name in the last change.
    pub fn replaced(&self) -> usize {
        self.replaced
    }

    pub(super) fn not_kept(&mut self) {
        self.is_kept = false;
    }

    /// Takes what the browser keeps by now.
    pub(super) fn read(&mut self, kept: Option<String>) {
        if !self.is_kept {
            // What could not be kept is here alone.
            return;
        }
        let here = Preset::list_to_json(&self.own);
        let kept = kept.filter(|text| *text != here);
        if let Some(own) = kept.and_then(|text| Preset::list_from_json(&text).ok()) {
            self.own = own;
            // What stood there before this tab's last change would take another tab's with it.
            self.before = None;
        }
    }

    fn add(&mut self, presets: Vec<Preset>) {
        for preset in presets {
            let count = self.own.len();
            self.own.retain(|own| own.name != preset.name);
            self.replaced += count - self.own.len();
            self.own.push(preset);
        }
    }
}

impl Form {
    pub(super) fn presets_changed(&mut self, change: PresetChange, kept: Option<String>) {
        self.presets.read(kept);
        self.presets.replaced = 0;
        let before = self.presets.own.clone();
        match change {
            PresetChange::Seen => return,
            PresetChange::Undone => {
                let Some(own) = self.presets.before.take() else { return };
                self.presets.own = own;
            }
            PresetChange::Kept(name) => {
                let mut draft = self.draft.with_secrets_masked();
                // A name is for one session.
                draft.clear(Field::Name);
                self.presets.add(vec![Preset { name, about: String::new(), draft }]);
                self.presets.before = Some(before);
            }
            PresetChange::Added(presets) => {
                self.presets.add(presets);
                self.presets.before = Some(before);
            }
            PresetChange::Removed(name) => {
                self.presets.own.retain(|own| own.name != name);
                self.presets.before = Some(before);
            }
        }
        self.presets.is_kept = true;
        self.keep(Slot::Presets, Some(Preset::list_to_json(&self.presets.own)));
    }
}
