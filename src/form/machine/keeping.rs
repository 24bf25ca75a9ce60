//! The form as it was left, after a reload.

use crate::{Draft, Field, Policy};

/// What the tab has kept, or an empty form.
pub(super) fn draft(policy: &Policy, kept: Option<String>) -> Draft {
    let Some(text) = kept else { return policy.empty_form() };
    let mut draft = Draft::from_storage(&text);
    // A kind that is no longer allowed could not be chosen again: one that is allowed takes its place.
    if !policy.allows(draft.text(Field::Kind)) {
        draft.set_rows(Field::Kind, Vec::new());
    }
    policy.fill(&draft)
}
