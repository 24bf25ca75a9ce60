//! One session of a bulk delete, and whether the server still means the same one by its id.
//!
//! Ids begin again when Livy starts anew. A name or an application that is the same proves that nothing of the kind has happened; an
//! owner or a state proves nothing, and what an answer leaves out neither proves nor disproves.

use livy::{Phase, Session, SessionState};

use super::{EndItem, Outcome};
use crate::SessionRow;

/// Whether an answer means the session that was to be deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Likeness {
    /// It does, by its name or its application.
    Same,
    /// Nothing in it proves that, and nothing speaks against it.
    Unproven,
    /// It is another one.
    Another,
}

impl EndItem {
    pub(super) fn of(row: &SessionRow) -> Self {
        let text = |column| Some(row.text(column).to_owned()).filter(|it| !it.is_empty());
        let mut item = Self {
            id: row.id.clone(),
            name: row.name().map(str::to_owned),
            owner: text(crate::Column::Owner),
            app: row.app_id().map(str::to_owned),
            state: row.state.as_str().to_owned(),
            is_busy: row.is_busy(),
            is_ticked: false,
            outcome: Outcome::Waiting,
        };
        item.is_ticked = !item.is_busy && !item.is_unsure();
        item
    }

    /// True where the server told neither a name nor an application, by which it could be recognised after a restart. Like a busy one it is
    /// left out unless it is ticked.
    pub fn is_unsure(&self) -> bool {
        self.name.is_none() && self.app.is_none() && !self.id.lasts()
    }

    /// What an answer about its id says of it. Livy tells an application later than the rest.
    pub(super) fn likeness(&self, told: &Session) -> Likeness {
        if self.id != told.id {
            return Likeness::Another;
        }
        if told.has_lasting_id() {
            return Likeness::Same;
        }
        let differs = |meant: &Option<String>, told: Option<&str>| {
            meant.as_deref().zip(told).is_some_and(|(it, told)| it != told)
        };
        let is_same =
            |meant: &Option<String>, told: Option<&str>| meant.is_some() && meant.as_deref() == told;
        let (name, app) = (told.name(), told.app_id());
        if differs(&self.name, name)
            || differs(&self.app, app)
            || differs(&self.owner, told.owner())
            || self.would_be_alive_again(&told.state)
        {
            return Likeness::Another;
        }
        match is_same(&self.name, name) && (self.app.is_none() || app.is_some()) || is_same(&self.app, app) {
            true => Likeness::Same,
            false => Likeness::Unproven,
        }
    }

    /// True where a person has ticked it though it cannot be proven to be the same, and it still tells nothing of itself.
    pub(super) fn is_ticked_unsure(&self, told: &Session) -> bool {
        self.is_ticked && self.is_unsure() && told.name().is_none()
    }

    /// No session comes back to life, or starts again once it was ready.
    fn would_be_alive_again(&self, told: &SessionState) -> bool {
        let meant = SessionState::parse(&self.state);
        let begins = matches!(told.phase(), Phase::Pending) && *told != SessionState::Recovering;
        meant.is_over() && !matches!(told.phase(), Phase::Over | Phase::Unknown)
            || begins && matches!(meant.phase(), Phase::Ready | Phase::Working)
    }
}
