//! The request that became a session last, to begin the next one from. It stays in the tab, and secrets are masked.

use console::ClusterKey;
use form::{Draft, Field};
use leptos::prelude::{Set, Update, With, WithUntracked};

use super::{Drafting, Origin};
use crate::web::browser::storage::Storage;

/// What the tab has kept.
pub(super) fn restored(storage: Storage) -> Option<Draft> {
    storage.read(ClusterKey::Last).map(|it| Draft::from_storage(&it))
}

impl Drafting {
    /// A request has become a session. A name is for one session.
    pub(super) fn keep_last(&self, sent: &Draft) {
        let mut last = sent.with_secrets_masked();
        last.clear(Field::Name);
        last.drop_unknown_fields();
        self.storage.write(ClusterKey::Last, Some(&last.to_storage()));
        self.last.set(Some(last));
    }

    /// True where a request of this tab can be begun from.
    pub fn has_last(&self) -> bool {
        self.last.with(Option::is_some)
    }

    /// Fills the form with that request.
    pub fn fill_from_last(&self) {
        if let Some(last) = self.last.with_untracked(Clone::clone) {
            self.replace(self.policy(|it| it.fill(&last)));
            self.origin.update(|it| *it = Origin::Last);
        }
    }
}
