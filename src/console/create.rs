//! What became of a create.
//!
//! A POST makes a session each time it arrives, and its answer can be lost, so it is sent once and bears a unique name by which
//! the session is looked for afterwards. This module never repeats a POST: only a person's press sends another one, under
//! the same name, of which Livy has at most one.

mod look;

use std::time::Duration;

use form::CreateSession;
use livy::{Address, CallError, Session, SessionId};
use serde_json::{Value, json};

use crate::{Announcement, Moment};
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
    /// True once the host was told that the answer was lost.
    is_told_unknown: bool,
}

/// What survives a reload: enough to look for the session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Intent {
    /// The unique name.
    pub name: String,
    /// The kind, as Livy writes it back.
    pub kind: String,
    /// When it was sent.
    pub sent: Moment,
}

impl Intent {
    /// For the browser's storage. It holds nothing of the request but name and kind.
    pub fn to_storage(&self) -> String {
        json!({"name": self.name, "kind": self.kind, "sent": self.sent.as_millis()}).to_string()
    }

    /// From the browser's storage; `None` for anything else.
    pub fn from_storage(text: &str) -> Option<Self> {
        let stored: Value = serde_json::from_str(text).ok()?;
        let text = |key: &str| stored.get(key).and_then(Value::as_str).map(str::to_owned);
        let sent = Moment::from_millis(stored.get("sent")?.as_u64()?);
        Some(Self { name: text("name")?, kind: text("kind")?, sent })
    }

    /// The path by which Livy knows it.
    pub(crate) fn address(&self) -> Option<Address> {
        Address::parse(&self.name)
    }

    /// True where this can be the session that was asked for.
    fn matches(&self, session: &Session) -> bool {
        session.name() == Some(&self.name) && session.may_be_of_kind(&self.kind)
    }
}

/// A person is not kept waiting longer for what became of a lost create, nor for what is left of one after a reload.
const LOST_FOR: Duration = Duration::from_secs(85);
const RESUMED_FOR: Duration = Duration::from_secs(15);

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
        let late = now.since(intent.sent) > LOST_FOR;
        let stage = Stage::Unknown { error: None, absent: false, stuck: None };
        let mut create = Self { look_due: Some(now), ..Self::restored(intent, stage) };
        // What was lost long ago is looked for once more, and not for as long again.
        create.search.until = Some(now.after(if late { RESUMED_FOR } else { LOST_FOR }));
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
            is_told_unknown: false,
        }
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
            (self.looks, self.denials, self.search) = (0, 0, Search::default());
            (self.look_due, self.is_told_unknown) = (None, false);
        }
        can
    }

    /// True where the same request can be sent again with a press: not after a reload, which keeps no request.
    pub fn can_repeat(&self) -> bool {
        self.request.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use form::{Draft, ReadContext, SessionName};

    fn create() -> Create {
        let request = form::parse(&Draft::default(), &ReadContext::new(SessionName::made_up(1))).unwrap();
        Create { stage: Stage::Sent, ..Create::new(request, 0, Moment::default()) }
    }

    fn gone() -> CallError {
        CallError::Refused { status: 404, message: "not found".into(), retry_after: None }
    }

    fn session(name: &str, kind: &str) -> Session {
        Session::from_json(json!({"id": 7, "state": "starting", "name": name, "kind": kind})).unwrap()
    }

    #[test]
    fn a_lost_answer_is_unknown_until_the_session_is_found() {
        let mut create = create();
        create.failed(CallError::Unreachable, Moment::default());
        assert_eq!(create.word(), Some("unknown"));
        create.looked(Err(CallError::Unreachable), false, Moment::from_millis(1_000), 0);
        assert_eq!(create.age(Moment::from_millis(6_500)), Some(Duration::from_millis(6_500)));
        assert!(create.is_open() && create.look_due.is_some());
        let name = create.intent.name.clone();
        create.looked(Ok(&session(&name, "spark")), false, Moment::from_millis(2_000), 0);
        assert_eq!((create.word(), create.look_due), (Some("found"), None));
        assert_eq!(create.age(Moment::from_millis(9_000)), None, "nothing is under way any more");
    }

    #[test]
    fn absence_takes_several_denials_over_time() {
        let mut create = create();
        create.failed(CallError::TimedOut, Moment::default());
        for secs in [1, 3, 7, 15] {
            create.looked(Err(gone()), false, Moment::from_millis(secs * 1_000), 0);
            assert!(create.is_open(), "after {secs} s");
        }
        create.looked(Err(gone()), false, Moment::from_millis(31_000), 0);
        assert!(!create.is_open());
        assert_eq!(create.word(), Some("unknown"));
    }

    #[test]
    fn a_create_of_yesterday_does_not_keep_the_form_shut() {
        let intent = Intent { name: "etl".into(), kind: "spark".into(), sent: Moment::default() };
        let next_day = Moment::from_millis(86_400_000);
        let mut create = Create::resumed(intent, next_day);
        assert!(create.is_open());
        create.looked(Err(gone()), false, next_day, 0);
        assert_eq!((create.is_open(), create.word(), create.look_due), (false, Some("unknown"), None));
    }

    #[test]
    fn a_duplicate_of_our_own_name_is_our_session() {
        let refusal = CallError::Refused { status: 400, message: "Duplicate".into(), retry_after: None };
        let mut found = create();
        found.failed(refusal.clone(), Moment::default());
        let name = found.intent.name.clone();
        found.looked(Ok(&session(&name, "spark")), false, Moment::default(), 0);
        assert_eq!(found.word(), Some("found"));
        let mut refused = create();
        refused.failed(refusal.clone(), Moment::default());
        refused.looked(Err(gone()), false, Moment::default(), 0);
        assert_eq!(refused.stage, Stage::Refused(refusal));
    }

    #[test]
    fn another_kind_under_that_name_is_somebody_elses() {
        let mut create = create();
        create.failed(CallError::Unreachable, Moment::default());
        let name = create.intent.name.clone();
        create.looked(Ok(&session(&name, "sparkr")), false, Moment::default(), 0);
        assert!(matches!(create.stage, Stage::Taken(_)));
    }

    #[test]
    fn of_several_with_the_name_the_newest_that_lives_is_found() {
        let page = |sessions: &Value| {
            livy::SessionPage::from_json(json!({"from": 0, "total": 2, "sessions": sessions})).unwrap()
        };
        let find = |create: &mut Create, page: &livy::SessionPage| {
            create.failed(CallError::TimedOut, Moment::default());
            create.listed(Ok(page), |_| false, Moment::from_millis(31_000), 0);
            create.session().map(ToString::to_string)
        };
        let named = |create: &Create, id: u32, state: &str| json!({"id": id, "state": state, "name": create.intent.name});
        let mut it = create();
        let both = page(&json!([named(&it, 3, "dead"), named(&it, 9, "starting")]));
        assert_eq!(find(&mut it, &both).as_deref(), Some("9"));
        let mut typed = Create { name_is_ours: false, ..create() };
        let dead = page(&json!([named(&typed, 3, "dead")]));
        assert_eq!(find(&mut typed, &dead), None, "it may be of another day");
        // One that does not tell its name yet may be it.
        let mut acquired = create();
        let nameless =
            page(&json!([{"id": 1, "state": "idle", "name": "x"}, {"id": 2, "state": "starting"}]));
        assert_eq!(find(&mut acquired, &nameless), None);
        assert!(matches!(acquired.stage, Stage::Unknown { stuck: Some(Stuck::CannotTell), .. }));
    }

    #[test]
    fn intents_survive_storage() {
        let intent = Intent { name: "a \"b\"".into(), kind: "spark".into(), sent: Moment::from_millis(5) };
        assert_eq!(Intent::from_storage(&intent.to_storage()), Some(intent));
        assert_eq!(Intent::from_storage("{\"name\":1}"), None);
    }
}
