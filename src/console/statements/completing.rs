//! How the code in the editor could go on: Livy is asked once for a press, of Scala alone, and only while the session is idle. It
//! knows nothing of other languages, and has no lock between this and code that runs (docs/statements.md).

use std::sync::Arc;

use livy::{Answer, Call, CallError, Kind, Phase};
use serde_json::json;

use super::{Entry, Run, Sight, Statements};
use crate::desk::Desk;
use crate::flight::{Flight, Purpose};
use crate::result::visible;

/// What came of the last press.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Completion {
    /// Nothing was sent.
    NotAsked(NotAsked),
    /// On its way.
    Asked,
    /// Names that fit, in the server's order, where the caret was at this place, in bytes.
    Names(Arc<Vec<String>>, usize),
    /// It did not come.
    Failed(CallError),
}

/// Why nothing was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotAsked {
    /// Livy completes Scala alone.
    OtherLanguage,
    /// Something runs in the session, or waits to.
    Busy,
    /// The session takes no calls of this kind now.
    NotReady,
    /// The last one has no answer yet.
    Unanswered,
}

impl Statements {
    /// How what stands in the editor could go on, since a person has asked and nothing has changed there.
    pub fn completion(&self) -> Option<&Completion> {
        self.completion.as_ref()
    }

    /// A person has pressed the key. `at` is a place in bytes.
    pub(super) fn complete(
        &mut self,
        code: &str,
        at: usize,
        kind: Option<Kind>,
        sight: &Sight,
        desk: &mut Desk,
    ) {
        let runs =
            self.entries.iter().any(Entry::is_under_way) || self.run.as_ref().is_some_and(Run::is_open);
        let why = match () {
            () if kind != Some(Kind::Spark) => Some(NotAsked::OtherLanguage),
            () if !self.takes_calls(sight) => Some(NotAsked::NotReady),
            () if runs || sight.is_busy() => Some(NotAsked::Busy),
            () if sight.session.state.phase() != Phase::Ready => Some(NotAsked::NotReady),
            () => None,
        };
        // Livy counts units of UTF-16.
        let cursor = code.get(..at).unwrap_or(code).encode_utf16().count();
        let body = json!({"code": code, "kind": Kind::Spark.as_str(), "cursor": cursor}).to_string();
        let session = sight.session.id.address().clone();
        let sends = || desk.start(Purpose::Complete, Call::Complete { session, body });
        let why = why.or_else(|| (!sends()).then_some(NotAsked::Unanswered));
        self.completion = Some(match why {
            Some(why) => Completion::NotAsked(why),
            None => {
                (self.acted, self.completes_at) = (Some(sight.now), at);
                Completion::Asked
            }
        });
    }

    /// What was asked is answered. Where the text or the caret has changed meanwhile, nobody waits for that; what may be another
    /// session's answer is dropped.
    pub(super) fn completed(&mut self, flight: &Flight, result: Result<Answer, CallError>, sight: &Sight) {
        if self.may_be_anothers(sight) {
            self.completion.take_if(|it| *it == Completion::Asked);
            return;
        }
        let names = result.and_then(|it| it.candidates());
        if names.is_ok() {
            self.renewed = self.renewed.max(Some(flight.sent));
        }
        if self.completion != Some(Completion::Asked) {
            return;
        }
        self.completion = Some(match names {
            Ok(names) => Completion::Names(Arc::new(fitting(names)), self.completes_at),
            Err(error) => Completion::Failed(error),
        });
    }
}

/// Without the empty name that Livy puts before several whose beginning differs, and without what is no name: nothing is put into the
/// code that cannot be seen.
fn fitting(mut names: Vec<String>) -> Vec<String> {
    names.retain(|it| !it.trim().is_empty() && !it.contains(['\n', '\t']) && visible(it) == *it);
    names.dedup();
    names
}
