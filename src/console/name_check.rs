//! Whether the name that is being typed is free, asked while typing rests. It only informs: what is sent is checked again.

use form::SessionName;
use livy::{Address, CallError, Session, SessionId};

use crate::Moment;

/// The last name that rested in the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameCheck {
    name: SessionName,
    /// The session that has it; `None` while that is not known, or nobody has.
    taken: Option<SessionId>,
    pub(crate) due: Option<Moment>,
}

impl NameCheck {
    pub(crate) fn new(name: SessionName, now: Moment) -> Self {
        Self { name, taken: None, due: Some(now) }
    }

    /// The name that was asked for.
    pub fn name(&self) -> &SessionName {
        &self.name
    }

    /// The session that has it already.
    pub fn taken(&self) -> Option<&SessionId> {
        self.taken.as_ref()
    }

    pub(crate) fn address(&self) -> Option<Address> {
        self.name.address()
    }

    /// An answer about an address, which another name may have taken the place of meanwhile. A failure says nothing: Livy
    /// before 0.6 finds no session by its name.
    pub(crate) fn answered(&mut self, asked: &Address, answer: Result<Session, CallError>) {
        if self.address().as_ref() != Some(asked) {
            return;
        }
        let same = |it: &Session| it.name() == Some(self.name.as_str());
        self.taken = answer.ok().filter(same).map(|it| it.id);
    }
}
