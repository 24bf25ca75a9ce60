//! What fills the form at once: a preset, a link, a session, an earlier request.

use super::{Form, FormEffect, Slot, Touched, units};
use crate::json::Value;
use crate::{Draft, Field, Origin, SessionCopy};

impl Form {
    /// Puts another draft in place. What stood there can be brought back, and what is to be said of its values is said at once:
    /// nobody has seen them being typed.
    pub(super) fn replace(&mut self, draft: Draft) {
        let stood = self.draft.clone();
        self.fill_with(draft, stood);
        self.is_submitted = false;
        self.touched = Touched::all_of(&self.draft);
        self.come_from(Origin::Typed);
        self.better = None;
    }

    /// Puts another draft in place while it is being written as text: what is shown of problems stays, and what `stood` before
    /// the writing can be brought back.
    pub(super) fn fill_with(&mut self, draft: Draft, stood: Draft) {
        let mut draft = draft.respelt().into_owned();
        self.policy().lock(&mut draft);
        self.before = (stood != self.empty() && stood != draft).then_some(stood);
        self.units = units::units_of(&draft);
        self.edit(|it| *it = draft);
        self.touched.stop_typing();
    }

    fn come_from(&mut self, origin: Origin) {
        if origin != self.origin {
            self.keep(Slot::Origin, origin.to_storage());
            self.origin = origin;
        }
    }

    /// The session's name stays: a preset has none.
    pub(super) fn preset_chosen(&mut self, preset: &Draft) {
        let mut draft = self.policy().fill(preset);
        if draft.text(Field::Name).trim().is_empty() {
            draft.take(Field::Name, &self.draft);
        }
        self.replace(draft);
    }

    /// Fills an empty form, which means the whole of it. What stood in the form can be brought back.
    pub(super) fn link_opened(&mut self, query: &[(String, String)]) {
        let mut draft = self.empty();
        let mut unused = draft.fill(query);
        let allowed = self.allowed(&draft, &mut unused);
        let is_unused =
            |(name, _): &(String, String)| unused.iter().any(|word| word.split('=').next() == Some(name));
        if !query.iter().all(is_unused) {
            if allowed != self.draft {
                self.replace(allowed);
            }
            self.come_from(Origin::Link);
        }
        unused.retain(|word| !word.is_empty());
        self.effects.push(FormEffect::SayUnused(unused));
    }

    /// A draft as the policy lets it be. What it changes joins what is unused.
    fn allowed(&self, draft: &Draft, unused: &mut Vec<String>) -> Draft {
        let mut allowed = draft.clone();
        let policy = self.policy();
        if policy.lock(&mut allowed) {
            let is_refused = |field: &Field| policy.locks(*field) && allowed.differs(draft, *field);
            unused.extend(Field::ALL.into_iter().filter(is_refused).map(|field| field.name().to_owned()));
            let refused = draft.conf().iter().filter(|row| !allowed.conf().contains(row));
            unused.extend(refused.map(|(key, _)| format!("conf.{key}")));
        }
        allowed
    }

    /// As a link does, with the text of a request.
    pub(super) fn host_filled(&mut self, text: &str) {
        let read = Value::parse(text).map_err(|fault| format!("Not valid JSON: {fault}."));
        match read.and_then(|it| Draft::from_value(it, &Draft::default())) {
            Ok(draft) => {
                let mut unused: Vec<String> = draft.unknown_fields().iter().map(|it| it.0.clone()).collect();
                let allowed = self.allowed(&draft, &mut unused);
                if allowed != self.draft {
                    self.replace(allowed);
                }
                self.come_from(Origin::Host);
                self.effects.push(FormEffect::TellUnused(unused));
            }
            Err(sentence) => self.effects.push(FormEffect::TellUnused(vec![sentence])),
        }
    }

    pub(super) fn session_copied(&mut self, SessionCopy { session, field, better }: SessionCopy) {
        let told = session.request().into_iter().filter(|(_, value)| !value.is_null());
        let draft = Draft::from_echo(session.kind(), told);
        self.replace(draft.clone());
        self.come_from(Origin::Session(session.id.clone(), draft));
        (self.begin_at, self.better) = (field, better);
    }

    pub(super) fn last_wanted(&mut self) {
        if let Some(last) = self.last.clone() {
            self.replace(self.policy().fill(&last));
            self.come_from(Origin::Last);
        }
    }
}
