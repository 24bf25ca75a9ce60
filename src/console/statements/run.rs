//! What became of a statement that was sent from here. It is sent once: only a person's press sends it again.

use std::time::Duration;

use livy::{Address, CallError, Kind, Session, StatementId};
use serde_json::{Value, json};

use crate::Moment;
use crate::mark::Mark;
use crate::poll::backoff;

/// How far it has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RunStage {
    /// On its way.
    Sent,
    /// The server has it, by its own answer.
    Accepted(StatementId),
    /// The answer was lost: it is looked for by its mark.
    Unknown {
        /// What came instead of an answer; nothing when the page was loaded again meanwhile.
        error: Option<CallError>,
        /// A new statement that may be it, on a server that does not give the code back as it was: a person has to say so.
        maybe: Option<StatementId>,
    },
    /// The answer was lost and the server has it.
    Found(StatementId),
    /// The server has denied it often and long enough: a person may send it again.
    Absent,
    /// The server did not take it.
    Refused(CallError),
    /// The server has it more than once: a connection broke, and the browser or a gateway has repeated the request. The first one, and
    /// those that came after it: a browser repeats it on each connection that it had kept.
    Twice(StatementId, Vec<StatementId>),
    /// The session was gone before it was known.
    Lost,
}

/// A statement that was sent, and its fate.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// What was typed, without the mark; empty after a reload, for code that is on its way is never stored.
    pub code: String,
    /// The language that was chosen for it; `None`: the session's own.
    pub kind: Option<Kind>,
    /// How far it has come.
    pub stage: RunStage,
    pub(crate) intent: RunIntent,
    /// What Livy said instead of taking it: one look tells whether it has taken it all the same.
    pub(crate) doubted: Option<CallError>,
    /// An earlier one with the same code that the server had denied, and that came after all.
    late: Option<StatementId>,
    looks: u32,
    denials: u32,
    /// When the server first denied it.
    denied_since: Option<Moment>,
    /// True once it was denied often and long enough.
    has_waited: bool,
    /// True where the server has let go of statements that came after it was sent: it may be among them.
    pub(crate) may_be_gone: bool,
    /// True once it has arrived and the server had nothing after it: a request that was repeated on its way would stand there.
    pub(crate) is_last: bool,
    /// True once it was looked after whether those that are known are still there: a number that is gone is denied like one to come.
    pub(crate) is_checked: bool,
}

/// What survives a reload: enough to find it again, and nothing of the code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RunIntent {
    session: String,
    name: Option<String>,
    app_id: Option<String>,
    pub(crate) mark: Mark,
    /// The newest statement that was known before.
    pub(crate) newest: Option<u64>,
    pub(crate) sent: Moment,
}

impl RunIntent {
    pub(crate) fn new(session: &Session, mark: Mark, newest: Option<u64>, sent: Moment) -> Self {
        let text = |it: Option<&str>| it.map(str::to_owned);
        let (name, app_id) = (text(session.name()), text(session.app_id()));
        Self { session: session.id.as_str().to_owned(), name, app_id, mark, newest, sent }
    }

    /// For the tab's storage.
    pub(crate) fn to_storage(&self) -> String {
        json!({
            "session": self.session, "name": self.name, "appId": self.app_id,
            "mark": self.mark.to_number(), "newest": self.newest, "sent": self.sent.as_millis(),
        })
        .to_string()
    }

    /// From the tab's storage; `None` for anything else.
    pub(crate) fn from_storage(text: &str) -> Option<Self> {
        let stored: Value = serde_json::from_str(text).ok()?;
        let text = |key: &str| stored.get(key).and_then(Value::as_str).map(str::to_owned);
        let number = |key: &str| stored.get(key).and_then(Value::as_u64);
        Some(Self {
            session: text("session")?,
            name: text("name"),
            app_id: text("appId"),
            mark: Mark::of_number(number("mark")?),
            newest: number("newest"),
            sent: Moment::from_millis(number("sent")?),
        })
    }

    /// All that the tab has stored, one a line, with the sessions that they were sent to.
    pub(crate) fn all_stored(text: &str) -> impl Iterator<Item = (Address, String)> {
        let of_line = |line: &str| {
            let intent = Self::from_storage(line)?;
            Some((Address::parse(&intent.session)?, line.to_owned()))
        };
        text.lines().filter_map(of_line)
    }

    /// True where it was sent to this session. An application can have become known since.
    pub(crate) fn is_of(&self, session: &Session) -> bool {
        self.session == session.id.as_str()
            && self.name.as_deref() == session.name()
            && (self.app_id.is_none() || self.app_id.as_deref() == session.app_id())
    }
}

/// The server has to deny it this often, over this long, before a person may send it again. It counts from the first denial: the
/// request may have waited on its way for as long as the page has waited for its answer.
const DENIALS: u32 = 3;
const GRACE: Duration = Duration::from_secs(30);
/// Looking on after that is worth only so long.
const LOOK_FOR: Duration = Duration::from_secs(600);

impl Run {
    pub(crate) fn sent(code: String, kind: Option<Kind>, intent: RunIntent) -> Self {
        Self {
            code,
            kind,
            stage: RunStage::Sent,
            intent,
            doubted: None,
            late: None,
            looks: 0,
            denials: 0,
            denied_since: None,
            has_waited: false,
            may_be_gone: false,
            is_last: false,
            is_checked: false,
        }
    }

    /// From what the tab remembered.
    pub(crate) fn resumed(intent: RunIntent) -> Self {
        let stage = RunStage::Unknown { error: None, maybe: None };
        Self { stage, ..Self::sent(String::new(), None, intent) }
    }

    /// True while another one is not sent: this one may still arrive. Where only a person could tell which statement it is, that
    /// ends when the server could have denied it.
    pub fn is_open(&self) -> bool {
        match self.stage {
            RunStage::Sent => true,
            RunStage::Unknown { .. } => !self.has_waited,
            _ => false,
        }
    }

    /// True where nobody has said which statement it is, or whether there is one: it is not sent a second time without a question.
    pub(crate) fn is_undecided(&self) -> bool {
        matches!(self.stage, RunStage::Unknown { .. })
    }

    /// True once the server has it: its code is not only here.
    pub(crate) fn has_arrived(&self) -> bool {
        matches!(self.stage, RunStage::Accepted(_) | RunStage::Found(_) | RunStage::Twice(..))
    }

    /// True for a statement that can have come of it: one that was not known before.
    pub(crate) fn can_be(&self, id: &StatementId) -> bool {
        id.number().is_none() || id.number() > self.intent.newest
    }

    /// True while the server is asked whether it has it. After [`RunStage::Absent`] it may still come.
    pub(crate) fn is_looked_for(&self) -> bool {
        matches!(self.stage, RunStage::Unknown { .. } | RunStage::Absent)
    }

    /// How often the server was asked and did not have it.
    pub fn denials(&self) -> u32 {
        self.denials
    }

    /// The word of the page's contract.
    pub fn word(&self) -> &'static str {
        match self.stage {
            RunStage::Sent => "sent",
            RunStage::Accepted(_) => "accepted",
            RunStage::Unknown { .. } | RunStage::Lost => "unknown",
            RunStage::Found(_) => "found",
            RunStage::Absent => "absent",
            RunStage::Refused(_) => "refused",
            RunStage::Twice(..) => "twice",
        }
    }

    /// The statement that came of it; the first one where there are several.
    pub fn statement(&self) -> Option<&StatementId> {
        self.statements().next()
    }

    /// All that came of it.
    fn statements(&self) -> impl Iterator<Item = &StatementId> {
        let (first, later): (_, &[StatementId]) = match &self.stage {
            RunStage::Accepted(id) | RunStage::Found(id) => (Some(id), &[]),
            RunStage::Twice(first, later) => (Some(first), later),
            _ => (None, &[]),
        };
        first.into_iter().chain(later)
    }

    /// Those that came after the first one, which nobody has asked for.
    pub fn repeats(&self) -> &[StatementId] {
        if let RunStage::Twice(_, later) = &self.stage { later } else { &[] }
    }

    /// The POST brought no statement.
    pub(crate) fn failed(&mut self, error: CallError) {
        // A look was faster.
        if let RunStage::Accepted(id) = &self.stage {
            self.stage = RunStage::Found(id.clone());
        }
        if self.has_arrived() {
            return;
        }
        // Livy answers only after it has read the statement back, so that its own 500 can follow one that it has taken
        // (InteractiveSession.scala 587-593, 0.9.0).
        if matches!(error, CallError::Refused { status: 500, .. }) {
            self.doubted = Some(error);
            self.stage = RunStage::Unknown { error: self.doubted.clone(), maybe: None };
        } else if error.leaves_doubt() {
            self.stage = RunStage::Unknown { error: Some(error), maybe: None };
        } else {
            self.stage = RunStage::Refused(error);
        }
        self.settle_late();
    }

    /// The server has a statement with this mark.
    pub(crate) fn seen(&mut self, id: &StatementId) {
        let mut known: Vec<&StatementId> = self.statements().collect();
        self.stage = match &self.stage {
            _ if known.contains(&id) => return,
            RunStage::Accepted(_) | RunStage::Found(_) | RunStage::Twice(..) => {
                // What is to be cancelled are the later ones, whichever was told of first.
                known.push(id);
                known.sort_by_key(|it| it.number());
                let mut all = known.into_iter().cloned();
                let Some(first) = all.next() else { return };
                RunStage::Twice(first, all.collect())
            }
            // Its answer is on its way, and nothing is lost.
            RunStage::Sent => RunStage::Accepted(id.clone()),
            _ => RunStage::Found(id.clone()),
        };
        self.settle_late();
    }

    /// An earlier one with the same code has come after all, though the server had denied it.
    pub(crate) fn came_late(&mut self, id: &StatementId) {
        self.late = Some(id.clone());
        self.settle_late();
    }

    /// What that means is known only with this one's own fate.
    fn settle_late(&mut self) {
        match (&self.stage, self.late.take()) {
            (RunStage::Accepted(_) | RunStage::Found(_), Some(late)) => self.seen(&late),
            (RunStage::Absent | RunStage::Refused(_), Some(late)) => self.stage = RunStage::Found(late),
            (_, late) => self.late = late,
        }
    }

    /// A statement came after it was sent, and the server has not given its code back as it was sent.
    pub(crate) fn may_be(&mut self, id: &StatementId) {
        if let RunStage::Unknown { maybe, .. } = &mut self.stage {
            maybe.get_or_insert_with(|| id.clone());
        }
    }

    /// True where one more denial would be the last one.
    pub(crate) fn is_nearly_absent(&self, now: Moment) -> bool {
        let has_lasted = self.denied_since.is_some_and(|it| now.since(it) >= GRACE);
        self.is_undecided() && self.denials + 1 >= DENIALS && has_lasted
    }

    /// True where the server cannot tell any more what became of it: it has let go of statements that came after it.
    pub fn may_be_gone(&self) -> bool {
        self.may_be_gone && self.is_undecided()
    }

    /// The server does not have it, or not yet. When to look again.
    pub(crate) fn denied(&mut self, now: Moment, jitter: u8) -> Option<Moment> {
        let has_candidate =
            self.may_be_gone || matches!(self.stage, RunStage::Unknown { maybe: Some(_), .. });
        if let Some(error) = self.doubted.take().filter(|_| !has_candidate) {
            self.stage = RunStage::Refused(error);
            self.settle_late();
            return None;
        }
        // What was said of them stays as it was said.
        self.denials += u32::from(self.stage != RunStage::Absent);
        let lasted = now.since(*self.denied_since.get_or_insert(now));
        self.has_waited |= self.denials >= DENIALS && lasted >= GRACE;
        if self.has_waited && !has_candidate {
            self.stage = RunStage::Absent;
            self.settle_late();
        }
        self.next_look(now, jitter).filter(|_| lasted < LOOK_FOR)
    }

    /// When to look next, each time later.
    pub(crate) fn next_look(&mut self, now: Moment, jitter: u8) -> Option<Moment> {
        self.looks += 1;
        Some(now.after(backoff(self.looks, jitter, None)))
    }
}
