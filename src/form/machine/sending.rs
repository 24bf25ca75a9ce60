//! From a press on "Create session" to the next empty form.

use super::{Form, FormEffect, Slot, Target};
use crate::{Draft, Field, SessionName};

impl Form {
    /// True until something is typed after "Create session" was pressed.
    pub fn is_as_pressed(&self) -> bool {
        !self.has_typed_since_press
    }

    /// True while the form holds what was sent.
    pub fn is_as_sent(&self) -> bool {
        self.sent.as_ref().is_some_and(|(_, sent)| self.draft == *sent)
    }

    /// True where a field, or a row of one, is still what was sent.
    pub fn is_sent(&self, field: Field) -> bool {
        self.sent.as_ref().is_none_or(|(_, sent)| !self.draft.differs(sent, field))
    }

    pub(super) fn submitted(&mut self) {
        self.is_submitted = true;
        self.has_typed_since_press = false;
        let Ok(request) = self.reading.clone().request() else {
            self.focus(Target::Errors);
            return;
        };
        self.last_token += 1;
        self.sent = Some((Some(self.last_token), self.draft.clone()));
        // The page may be loaded again before the answer comes.
        self.keep(Slot::Sent, Some(self.draft.to_storage()));
        self.effects.push(FormEffect::Submit { request, token: self.last_token });
    }

    /// What was sent has become a session: an empty form and another name for the next one. A session that was found long after
    /// its answer was lost, even by a page that was loaded since, leaves alone what has been typed meanwhile.
    pub(super) fn settled(&mut self, token: Option<u64>) {
        self.context.made_up = made_up_name(&mut self.random);
        self.keep_made_up_name();
        self.is_stale = true;
        // What was sent since is another request.
        let Some((_, sent)) = self.sent.take_if(|it| it.0 == token) else { return };
        self.keep(Slot::Sent, None);
        self.is_submitted = false;
        if self.draft == sent {
            self.replace(self.empty());
            self.before = None;
        }
        self.keep_last(&sent);
    }

    pub(super) fn keep_made_up_name(&mut self) {
        self.keep(Slot::MadeUpName, Some(self.made_up_name().as_str().to_owned()));
    }

    /// It stays in the tab, to begin the next one from. A name is for one session.
    fn keep_last(&mut self, sent: &Draft) {
        let mut last = sent.with_secrets_masked();
        last.clear(Field::Name);
        last.drop_unknown_fields();
        self.keep(Slot::Last, Some(last.to_storage()));
        self.last = Some(last);
    }
}

/// A name that no other session has, from the next number of a sequence (SplitMix64, Steele and others 2014).
pub(super) fn made_up_name(random: &mut u64) -> SessionName {
    *random = random.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut mixed = *random;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    SessionName::made_up(mixed ^ (mixed >> 31))
}
