//! What became of a create.
//!
//! A POST makes a session each time it arrives, and its answer can be lost, so it is sent once and bears a unique name by which
//! the session is looked for afterwards. This module never repeats a POST: only a person's press sends another one, under
//! the same name, of which Livy has at most one.

mod intent;
mod look;
#[cfg(test)]
mod tests;

use std::time::Duration;

use form::CreateSession;
use livy::{CallError, SessionId};
use serde_json::{Value, json};

use crate::{Announcement, Moment};
pub use intent::Intent;
use look::Search;

/// How far it has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Asking whether the name is free; nothing is sent yet. Livy checks the name only after it launched a driver.
    Checking,
    /// This session has the name: nothing was sent, or what was sent was refused.
    Taken(SessionId),
    /// On its way.
    Sent,
    /// The answer was lost, and the session is looked for by its name.
    Unknown {
        /// What came instead of an answer; nothing when the page was reloaded meanwhile.
        error: Option<CallError>,
        /// True when the server has denied it often and long enough: it can be sent again, under the same name.
        absent: bool,
        /// Why looking does not find out; nothing while it may.
        stuck: Option<Stuck>,
    },
    /// The answer was lost, or said that the name is in use, and the session was found by its name.
    Found(SessionId),
    /// The server did not make it.
    Refused(CallError),
    /// The server made it.
    Created(SessionId),
}

/// Why looking for a session does not find out whether it was made: the person has to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stuck {
    /// The server does not let the page look.
    Refused(CallError),
    /// The server has no way to tell.
    CannotTell,
    /// It did not say for too long.
    NoAnswer,
}

/// How many sessions may have come of a create.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Copies {
    /// One: the server has one session of each name.
    One,
    /// The server lets several sessions have a name: whoever repeats a request on the way makes two.
    Unknown,
    /// The request was sent again, and the first one may have arrived.
    PerhapsTwo,
}

/// The last create of this page.
#[derive(Clone, Debug)]
pub struct Create {
    /// What was asked for; nothing after a reload.
    pub(crate) request: Option<CreateSession>,
    /// The form's own number for it; nothing after a reload.
    pub(crate) token: Option<u64>,
    /// What the browser remembers of it.
    pub intent: Intent,
    /// How far it has come.
    pub stage: Stage,
    /// Whether the name was seen to be free just before, or made up: then "in use" can only mean "made by this request".
    pub(crate) name_is_ours: bool,
    /// A refusal that may be the echo of a repeated POST: being verified by a look.
    pub(crate) doubted_refusal: Option<CallError>,
    /// When to look for it next.
    pub(crate) look_due: Option<Moment>,
    looks: u32,
    denials: u32,
    search: Search,
    /// True once the same request was sent again, and the first one may have arrived.
    was_repeated: bool,
    /// True once the host was told that the answer was lost.
    is_told_unknown: bool,
}

/// A person is not kept waiting longer for what became of a lost create, nor for what is left of one after a reload.
const LOST_FOR: Duration = Duration::from_secs(85);
const RESUMED_FOR: Duration = Duration::from_secs(15);
/// A look takes a moment.
const LEAST_LOOK: Duration = Duration::from_secs(5);

impl Create {
    pub(crate) fn new(request: CreateSession, token: u64, now: Moment) -> Self {
        let intent = Intent {
            name: request.name().as_str().to_owned(),
            kind: request.kind().as_str().to_owned(),
            sent: now,
        };
        let name_is_ours = request.name_is_made_up();
        let (request, token) = (Some(request), Some(token));
        Self { request, token, name_is_ours, ..Self::restored(intent, Stage::Checking) }
    }

    /// From what the browser remembered.
    pub(crate) fn resumed(intent: Intent, now: Moment) -> Self {
        let lasted = now.since(intent.sent);
        let left = LOST_FOR.saturating_sub(lasted).max(LEAST_LOOK);
        let stage = Stage::Unknown { error: None, absent: false, stuck: None };
        let mut create = Self { look_due: Some(now), ..Self::restored(intent, stage) };
        // What was lost long ago is looked for once more, and not for as long again.
        create.search.until = Some(now.after(if lasted > LOST_FOR { RESUMED_FOR } else { left }));
        create
    }

    fn restored(intent: Intent, stage: Stage) -> Self {
        Self {
            request: None,
            token: None,
            intent,
            stage,
            name_is_ours: true,
            doubted_refusal: None,
            look_due: None,
            looks: 0,
            denials: 0,
            search: Search::default(),
            was_repeated: false,
            is_told_unknown: false,
        }
    }

    /// For the browser's storage: see [`Intent::to_storage`].
    pub(crate) fn to_storage(&self) -> String {
        let mut stored = self.intent.to_json();
        if self.was_repeated {
            stored["again"] = json!(true);
        }
        stored.to_string()
    }

    /// From the browser's storage; `None` for anything else.
    pub(crate) fn from_storage(text: &str, now: Moment) -> Option<Self> {
        let intent = Intent::from_storage(text)?;
        let stored: Value = serde_json::from_str(text).ok()?;
        let was_repeated = stored.get("again").and_then(Value::as_bool).unwrap_or_default();
        Some(Self { was_repeated, ..Self::resumed(intent, now) })
    }

    /// How many sessions may have come of it.
    pub fn copies(&self) -> Copies {
        match (self.search.knows_names, self.was_repeated) {
            // A server that finds a session by its name has one of each.
            (true, _) => Copies::One,
            (false, false) => Copies::Unknown,
            (false, true) => Copies::PerhapsTwo,
        }
    }

    /// Another request under the same name went before, and what became of it is not known.
    pub(crate) fn follows(&mut self, last: &Self) {
        let is_open_end = matches!(last.stage, Stage::Unknown { .. }) || last.was_repeated;
        self.was_repeated |= is_open_end && last.intent.name == self.intent.name;
        self.search.learn(&last.search);
    }

    /// True while another one must not be sent.
    pub fn is_open(&self) -> bool {
        matches!(
            self.stage,
            Stage::Checking | Stage::Sent | Stage::Unknown { absent: false, stuck: None, .. }
        )
    }

    /// How long it has been under way: since it was sent, or since its name is being checked. `None` once its end is known.
    pub fn age(&self, now: Moment) -> Option<Duration> {
        self.is_open().then(|| now.since(self.intent.sent))
    }

    /// The word of the page's contract; `None` before anything was sent.
    pub fn word(&self) -> Option<&'static str> {
        Some(match self.stage {
            Stage::Checking => return None,
            Stage::Sent => "sent",
            Stage::Unknown { .. } => "unknown",
            Stage::Found(_) => "found",
            Stage::Taken(_) | Stage::Refused(_) => "refused",
            Stage::Created(_) => "created",
        })
    }

    /// The session that came of it.
    pub fn session(&self) -> Option<&SessionId> {
        match &self.stage {
            Stage::Found(id) | Stage::Created(id) => Some(id),
            _ => None,
        }
    }

    /// What the host is to be told after an answer: how it ended, or once that nobody knows.
    pub(crate) fn take_fate(&mut self) -> Option<Announcement> {
        let Intent { name, kind, .. } = &self.intent;
        let failed = |why, error: Option<&CallError>| {
            let status = error.and_then(CallError::status);
            Some(Announcement::create_failed(name, kind, why, status))
        };
        match &self.stage {
            Stage::Checking | Stage::Sent => None,
            Stage::Unknown { .. } if self.is_told_unknown => None,
            Stage::Unknown { error, .. } => {
                self.is_told_unknown = true;
                failed("unknown", error.as_ref())
            }
            Stage::Refused(error) => failed("refused", Some(error)),
            Stage::Taken(_) => failed("refused", None),
            Stage::Found(id) | Stage::Created(id) => Some(Announcement::created(name, kind, id)),
        }
    }

    /// The POST failed.
    pub(crate) fn failed(&mut self, error: CallError, now: Moment) {
        if error.leaves_doubt() {
            self.stage = Stage::Unknown { error: Some(error), absent: false, stuck: None };
            self.search.until = Some(now.after(LOST_FOR));
            self.look_due = Some(now.after(Duration::from_secs(1)));
        } else if error.status() == Some(400) && self.name_is_ours {
            // A browser repeats a POST by itself when a kept connection breaks; the second one is refused as a duplicate
            // while the first one's session lives (docs/protocol.md §1.2).
            self.doubted_refusal = Some(error);
            self.look_due = Some(now);
        } else {
            self.stage = Stage::Refused(error);
        }
    }

    /// A person wants it sent again, knowing what is known of it; the same request under the same name. False where there is nothing
    /// to send, or nothing to decide.
    pub(crate) fn begin_again(&mut self) -> bool {
        let can = matches!(self.stage, Stage::Unknown { .. }) && !self.is_open() && self.request.is_some();
        if can {
            let last = std::mem::take(&mut self.search);
            self.search.learn(&last);
            (self.looks, self.denials) = (0, 0);
            (self.look_due, self.is_told_unknown, self.was_repeated) = (None, false, true);
        }
        can
    }

    /// True where the same request can be sent again with a press: not after a reload, which keeps no request.
    pub fn can_repeat(&self) -> bool {
        self.request.is_some()
    }
}
