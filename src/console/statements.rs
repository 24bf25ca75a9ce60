//! The statements of one session: what was sent from here and what became of it, what the server has, and what is asked next.
//!
//! A part of the program lends this half to that of a session's page ([`crate::Lent::Statements`]). A statement is sent once; its
//! fate is found by its mark. One statement is read at a time, nothing is asked before the session is ready, and of a session that
//! somebody else keeps alive nothing at all.

mod asking;
mod cancelling;
mod check;
mod completing;
mod doubt;
mod drafting;
mod entry;
mod half;
mod hearing;
mod keeping;
mod kept;
mod lexer;
mod pace;
mod posting;
mod run;
mod saved;
mod search;
mod shedding;
mod turns;
mod unreadable;
mod whole;

use std::sync::Arc;
use std::time::Duration;

use livy::{Answer, Call, CallError, Kind, Phase, Session, StatementId, StatementPhase};

use crate::desk::Desk;
use crate::flight::{Flight, Purpose};
use crate::mark::Mark;
use crate::watch::is_another;
use crate::{Event, Moment};
pub use check::{CodeProblem, code_problems};
pub use completing::{Completion, NotAsked};
pub use entry::{Cancel, Entry, Origin};
pub use lexer::{CodeToken, TokenKind, code_tokens};
pub(crate) use pace::ROOM;
pub(crate) use run::RunIntent;
pub use run::{Run, RunStage};

/// What the half of a session's page knows of its session, as far as statements depend on it.
pub(crate) struct Sight {
    pub(crate) session: Arc<Session>,
    /// False while only looking at a session that somebody else keeps alive: any call would renew its heartbeat.
    pub(crate) may_ask: bool,
    /// True once nothing more will come of the session.
    pub(crate) is_over: bool,
    /// True while the session itself may not be read: its own call waits for a person.
    pub(crate) is_refused: bool,
    /// True where its id is another session's by now.
    pub(crate) is_recycled: bool,
    /// False while another page is open in its place.
    pub(crate) is_shown: bool,
    pub(crate) visible: bool,
    /// How long it may idle.
    pub(crate) idle: Duration,
    pub(crate) now: Moment,
    /// When the server last told of the session.
    pub(crate) told: Moment,
}

impl Sight {
    /// Of a session that nothing is known of any more.
    pub(crate) fn lost(session: &Session, desk: &Desk) -> Self {
        Self {
            session: Arc::new(session.clone()),
            may_ask: false,
            is_over: true,
            is_refused: false,
            is_recycled: false,
            is_shown: false,
            visible: desk.visible,
            idle: Duration::ZERO,
            now: desk.now,
            told: Moment::default(),
        }
    }

    /// True where statements can be asked for: a session that starts would keep the call waiting, for ever if the start fails.
    pub(crate) fn is_open(&self) -> bool {
        let phase = self.session.state.phase();
        let takes = matches!(phase, Phase::Ready | Phase::Working | Phase::Degraded | Phase::Unknown);
        takes && self.may_ask && !self.is_over
    }

    fn is_busy(&self) -> bool {
        self.session.state.phase() == Phase::Working
    }
}

/// What the half of a session's page asks of it.
pub(crate) trait StatementsMachine {
    /// What there is to see.
    fn statements(&self) -> &Statements;

    /// When it wants to be asked again.
    fn next_due(&self, sight: &Sight) -> Option<Moment>;

    /// The call that is due.
    fn take_due(&mut self, sight: &Sight) -> Option<(Purpose, Call)>;

    /// A person has done something.
    fn hear(&mut self, event: Event, sight: &Sight, desk: &mut Desk);

    /// One of its calls was answered.
    fn answered(
        &mut self,
        flight: &Flight,
        result: Result<Answer, CallError>,
        sight: &Sight,
        desk: &mut Desk,
    );

    /// A call was given up: its answer does not come.
    fn dropped(&mut self, purpose: Purpose, now: Moment);

    /// Somebody looks again: whether there is news is asked at once; where a `person` wants it, also what had stopped.
    fn hurry(&mut self, person: bool, now: Moment);

    /// The page was loaded again, and the tab remembers a statement whose fate it did not see.
    fn resume(&mut self, intent: RunIntent);

    /// True where something was typed that was never run: it is nowhere else.
    fn has_code_to_lose(&self) -> bool;

    /// True once where the session itself is to be asked: a statement has told what may be another's.
    fn asks_session(&mut self) -> bool;

    /// How many bytes of outputs are here.
    fn weight(&self) -> usize;

    /// Lets so many bytes of outputs go, or what there is: the newest one and that which was wanted last only where it is to be
    /// `all`. How many went.
    fn shed(&mut self, bytes: usize, all: bool) -> usize;

    /// The session was told of.
    fn session_told(&mut self, sight: &Sight, desk: &mut Desk);

    /// What is to be kept of the statements beyond the tab, in at most so many bytes; `older` was kept before.
    fn written(&self, older: Option<&str>, most: usize) -> Option<String>;

    /// This was kept of them, and is to be shown.
    fn recall_saved(&mut self, text: &str);

    /// What was kept is not to be shown any more.
    fn forget_saved(&mut self);
}

/// The half, for [`crate::Model`] alone.
pub struct StatementsHalf(pub(crate) Box<dyn StatementsMachine>);

/// What makes the half for a session. `browser` is this browser's own number, by which it knows its statements again.
#[derive(Clone)]
pub struct LendStatements {
    /// Makes it.
    pub make: fn(browser: u16, session: Session) -> StatementsHalf,
    /// The browser's own number, kept beyond the tab.
    pub browser: u16,
    /// What the tab remembers of a statement whose fate it did not see, as [`crate::Effect::RememberRun`] wrote it.
    pub intent: Option<String>,
}

/// The half as it is. See [`LendStatements`].
pub fn statements_machine(browser: u16, session: Session) -> StatementsHalf {
    StatementsHalf(Box::new(Statements::new(browser, session)))
}

/// Where the reading of the statements stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// Nothing is asked: the session is not ready, or only looked at.
    Closed,
    /// What the server has is being read.
    Reading,
    /// What the server has is here.
    Read,
    /// The last call failed: what is here is as old as it is.
    Stale,
    /// Nothing more will come.
    Over,
}

impl Reading {
    /// The word of the page's contract.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Closed => "closed",
            Self::Reading => "reading",
            Self::Read => "read",
            Self::Stale => "stale",
            Self::Over => "over",
        }
    }
}

/// What became of the last press of "Run".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Press {
    /// It was sent.
    Sent,
    /// The last one has no answer yet: nothing was sent.
    Unanswered,
    /// The same text runs already: nothing was sent, and a person is asked once.
    SameAgain,
    /// The session takes no statements now: nothing was sent.
    NotReady,
}

/// The statements of one session. Start with [`Statements::entries`] and [`Statements::run`].
pub struct Statements {
    browser: u16,
    session: Arc<Session>,
    /// By their numbers; where ids are no numbers, in the order of the server's list.
    entries: Vec<Entry>,
    run: Option<Run>,
    press: Option<Press>,
    /// The marks of what was sent from this page.
    marks: Vec<Mark>,
    /// Those among them that the server had not got when something else was sent.
    given_up: Vec<Mark>,
    /// And in which language each of them was to run.
    languages: Vec<(Mark, Kind)>,
    draft: String,
    /// The language that was chosen for it.
    chosen: Option<Kind>,
    set_aside: Vec<String>,
    /// How what stands there could go on, since somebody has asked.
    completion: Option<Completion>,
    /// Where the caret was then.
    completes_at: usize,
    /// And in which language each of them was.
    languages_aside: Vec<(String, Kind)>,
    keeps_busy: bool,
    /// Why this person may not run anything here.
    forbidden: Option<CallError>,
    asking: asking::Asking,
    doubt: doubt::Doubt,
    cancels: Vec<StatementId>,
    is_cancelling: bool,
    /// The one of which all is being read.
    whole: Option<StatementId>,
    /// When the last cancel was sent.
    cancelled: Option<Moment>,
    /// When the idle clock was renewed last from here, as far as the server has answered.
    renewed: Option<Moment>,
    /// When this page last did what renews the idle clock, and whether it is doing so.
    acted: Option<Moment>,
    is_renewing: bool,
    is_over: bool,
    /// True where the server was told off the page to have the session no more: its own page asks whether that is so.
    is_missing: bool,
    is_closed: bool,
    /// The one of this browser's own that was seen to end last, and whether somebody has looked since.
    ended: Option<(StatementId, bool)>,
    is_seen: bool,
    /// Set where some were kept by this browser: how many older ones had no room.
    saved: Option<usize>,
}

impl Statements {
    fn new(browser: u16, session: Session) -> Self {
        Self {
            browser,
            session: Arc::new(session),
            entries: Vec::new(),
            run: None,
            press: None,
            marks: Vec::new(),
            given_up: Vec::new(),
            languages: Vec::new(),
            draft: String::new(),
            chosen: None,
            set_aside: Vec::new(),
            completion: None,
            completes_at: 0,
            languages_aside: Vec::new(),
            keeps_busy: true,
            forbidden: None,
            asking: asking::Asking::default(),
            doubt: doubt::Doubt::default(),
            cancels: Vec::new(),
            is_cancelling: false,
            whole: None,
            cancelled: None,
            renewed: None,
            acted: None,
            is_renewing: false,
            is_over: false,
            is_missing: false,
            is_closed: true,
            ended: None,
            is_seen: true,
            saved: None,
        }
    }

    /// The session, as it was when its page was last open.
    pub(crate) fn session(&self) -> &Session {
        &self.session
    }

    /// True where these are the statements of that session.
    pub(crate) fn is_of(&self, session: &Session) -> bool {
        self.session.id == session.id && !is_another(&self.session, session)
    }

    /// All that are known, the oldest first.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The one with this id.
    pub fn entry(&self, id: &StatementId) -> Option<&Entry> {
        self.entries.iter().find(|it| it.id() == id)
    }

    /// The language of one that was sent from this page: servers do not tell it.
    pub fn language(&self, id: &StatementId) -> Option<Kind> {
        self.language_named(self.entry(id)?)
    }

    /// What was sent last, and its fate.
    pub fn run(&self) -> Option<&Run> {
        self.run.as_ref()
    }

    /// What became of the last press of "Run".
    pub fn press(&self) -> Option<Press> {
        self.press
    }

    /// The one of this browser's own that was seen to end last.
    pub fn ended(&self) -> Option<&StatementId> {
        self.ended.as_ref().map(|it| &it.0)
    }

    /// The same, as long as it has ended behind the person's back.
    pub fn ended_unseen(&self) -> Option<&StatementId> {
        self.ended.as_ref().filter(|it| !it.1).map(|it| &it.0)
    }

    /// Why this person may look at statements and not run any: the server has said so.
    pub fn forbidden(&self) -> Option<&CallError> {
        self.forbidden.as_ref()
    }

    /// True while a long statement of one's own keeps the session from idling out, unless the person has switched that off.
    pub fn keeps_busy(&self) -> bool {
        self.keeps_busy
    }

    /// How many the server has, as far as it is known.
    pub fn total(&self) -> Option<u64> {
        self.asking.total()
    }

    /// True once nothing older can be read.
    pub fn has_all(&self) -> bool {
        self.asking.is_first_sure && self.entries.first().and_then(Entry::number) <= self.asking.first
    }

    /// Why the last call failed.
    pub fn trouble(&self) -> Option<&CallError> {
        self.asking.trouble()
    }

    /// How many wait or run before this one. Only those that are known here are counted.
    pub fn ahead(&self, id: &StatementId) -> usize {
        let Some(at) = self.entries.iter().position(|it| it.id() == id) else { return 0 };
        match self.entries[at].statement.state.phase() {
            StatementPhase::Queued => {
                self.entries[..at].iter().filter(|it| it.is_under_way() || it.lingers).count()
            }
            _ => 0,
        }
    }

    /// When a statement, a cancel or a `connect` from here renewed the session's idle clock last.
    pub(crate) fn renewed(&self) -> Option<Moment> {
        self.renewed
    }
}
