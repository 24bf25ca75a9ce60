//! What the machine is told, and what it wants done.

use form::{CreateSession, SessionName};
use livy::{Answer, Call, CallError, Kind, Section, SessionId, StatementId};

use crate::evidence::Evidence;
use crate::owned_session::OwnedSession;
use crate::{Announcement, ListQuery, Record, Route};

/// Something that has happened.
#[derive(Clone, Debug)]
pub enum Event {
    /// A page was opened, by a person or by [`Effect::Go`].
    Opened(Route),
    /// The page's host has opened a page: it is not told of what it did itself.
    OpenedByHost(Route),
    /// A call was answered, or broke before an answer came.
    Answered {
        /// The number that the call was given.
        ticket: u64,
        /// The answer, or [`CallError::Unreachable`].
        result: Result<Answer, CallError>,
    },
    /// The moment of [`crate::Model::next_wakeup`] has come. Too early or too often does no harm.
    Woke,
    /// The form was submitted without errors.
    Submitted {
        /// What it asks for.
        request: CreateSession,
        /// The form's own number for it, which [`Effect::Settled`] gives back.
        token: u64,
    },
    /// What became of the last create is not known, and somebody does not want to hear of it any more.
    CreateDismissed,
    /// What became of the last create is not known, and somebody sends it again, knowing that there may be two sessions.
    CreateRepeated,
    /// A name stands in the form and typing rests; `None`: there is none, or none that could be sent.
    NameRested(Option<SessionName>),
    /// These sessions were created in this browser, by what it remembers.
    Owned(Vec<OwnedSession>),
    /// Somebody wants to keep the heartbeat of a session that is not their own.
    KeepAlive(SessionId),
    /// Somebody reads a section of the log from this line on; `None`: its end is followed again.
    LogHeld(Section, Option<u64>),
    /// Ended sessions are to be kept beyond the tab, in at most so many bytes; `None`: not, and those that were are to go.
    /// Nothing is kept before [`Event::Recalled`] has told what there is already.
    KeepingSet(Option<usize>),
    /// What this browser has kept.
    Recalled {
        /// The facts of the sessions, the oldest first.
        facts: Vec<String>,
        /// Whether code and results are kept with them.
        with_statements: bool,
    },
    /// The kept log of the session with this key; empty where it is not there any more.
    LogRecalled {
        /// [`Record::key`].
        key: String,
        /// As it was kept.
        text: String,
    },
    /// A person has switched that code and results are kept with the sessions that are. False: those that were are to go.
    StatementsKept(bool),
    /// The kept statements of the session with this key; empty where they are not there any more.
    StatementsRecalled {
        /// As [`Effect::RecallStatements`] had it.
        key: String,
        /// As they were kept.
        text: String,
    },
    /// Whatever is remembered is to be forgotten.
    KeptCleared,
    /// [`Effect::ForgetKept`] is done.
    KeptForgotten,
    /// Somebody wants to see whoever has the id of a forgotten session now.
    LookedAnew,
    /// The delete of the watched session was confirmed.
    DeleteConfirmed(SessionId),
    /// Somebody wants to know now.
    RefreshAsked,
    /// The tab came to the front.
    Shown,
    /// The tab went to the back.
    Hidden,
    /// The page is about to go, or to rest where the browser may bring it back from.
    Left,
    /// The tab's storage had no room for [`Effect::Carry`].
    NoRoom,
    /// The browser says that the network is back.
    CameOnline,
    /// The browser says that there is no network. It need not be true of a server on this machine, so that the page asks at once.
    WentOffline,
    /// Somebody reads the rows of the list, points at one or has the focus in one; false: not any more. See [`crate::ListRows`].
    ListHeld(bool),
    /// Somebody wants to see the sessions that are new in the list.
    NewSessionsAsked,
    /// These rows of the list are on the screen: only they are fetched.
    RowsShown {
        /// The index of the first one.
        first: usize,
        /// How many.
        count: usize,
    },
    /// What the list is to show, by its address or by a person.
    Queried(ListQuery),
    /// Something that is for the fleet's half.
    Fleet(FleetEvent),
    /// What the last page of this tab has left of [`Effect::CarryEnds`].
    EndsCarried(String),
    /// A part of the program did not come.
    PartMissing(Part),
    /// Somebody wants code to run in the session of the page.
    RunAsked {
        /// As it was typed.
        code: String,
        /// Its language; `None`: the session's own.
        kind: Option<Kind>,
        /// True where the same text runs already, and the person was asked.
        again: bool,
    },
    /// The statement that may be the one that was sent is it, says the person.
    RunConfirmed,
    /// Somebody wants a statement to be cancelled.
    CancelAsked(StatementId),
    /// Somebody wants all of their own that still wait to be cancelled.
    CancelWaitingAsked,
    /// Somebody wants all to be cancelled that came of one press, but the first.
    CancelCopiesAsked,
    /// Somebody wants to see older statements than those that were read.
    OlderAsked,
    /// Somebody wants to see an output that was let go, or could not be read.
    OutputWanted(StatementId),
    /// Whether a long statement of one's own is to keep the session from idling out.
    BusyKept(bool),
    /// This stands in the editor.
    Drafted(String),
    /// A person has chosen the language of what stands in the editor.
    LanguageChosen(Kind),
    /// A person asks how the code in the editor could go on: one press, one call.
    CompletionAsked {
        /// What stands there.
        code: String,
        /// Where the caret is, in bytes.
        at: usize,
        /// The language of the code.
        kind: Option<Kind>,
    },
    /// The caret has moved, or the person does not want to know any more: an answer that comes later is for nobody.
    CompletionLeft,
    /// This stood in the editor and gives way to something else; it can be had again ([`crate::Statements::set_aside`]).
    SetAside(String),
    /// What the browser tells about a call that is about to fail, or has just failed, without an answer.
    Witnessed(Evidence),
}

/// What a person does with many sessions. See [`crate::fleet`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FleetEvent {
    /// The whole list is to be read, or read on; where it is read already, once more from the start.
    ScanAsked,
    /// The reading of the whole list is to stop.
    ScanStopped,
    /// A row is selected, or not any more. A range begins there.
    Picked {
        /// Whose row.
        id: SessionId,
        /// True for selected.
        is_picked: bool,
    },
    /// All rows from the one that was selected last to this one. Those between that are not read yet are read for it.
    PickedTo(SessionId),
    /// All that is listed. What is not read yet is read for it.
    PickedAll,
    /// Nothing is selected any more.
    PickedNone,
    /// The selected sessions are to be deleted: the question opens ([`crate::EndStage::Asking`]). Nothing is sent.
    EndAsked,
    /// In the question: whether this session is to be deleted too.
    EndTicked {
        /// Which one.
        id: SessionId,
        /// True for yes.
        is_ticked: bool,
    },
    /// The question was confirmed.
    EndConfirmed,
    /// No further delete is to be sent.
    EndStopped,
    /// It is to go on where it stopped.
    EndResumed,
    /// Those that failed are to be tried again.
    FailedRetried,
    /// The question or the results are put away. A bulk delete that runs is not.
    EndDismissed,
    /// Somebody wants to go to the row of this id or name ([`crate::Model::goal`]).
    GoTo(String),
    /// The page has gone there, or somebody does not want that any more.
    GoalReached,
    /// These two sessions are to be compared ([`crate::Model::comparison`]); `None`: not any more.
    Compared(Option<(SessionId, SessionId)>),
    /// All of this session is wanted ([`crate::Model::whole`]), for another like it; `None`: not any more.
    WholeWanted(Option<SessionId>),
}

/// A part of the program that is fetched when something needs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// That of the form. It lends nothing to the machine.
    Form,
    /// That of a session's page.
    Session,
    /// What keeps ended sessions beyond the tab. It lends nothing to the machine.
    Memory,
    /// That of what becomes of a create.
    Create,
    /// The words for failures and for addresses that are no page. It is fetched with the first answer, because it cannot be once the network is gone.
    Notice,
    /// That of many sessions: search, selection, bulk deletes and what else [`crate::FleetEvent`] wants.
    Fleet,
    /// The table of causes. It is fetched when a session ends or fails, and draws nothing.
    Cause,
    /// That of what runs in a session. It is fetched when a session is first seen to take statements, or a person wants to see them.
    Statements,
}

impl Part {
    /// All parts, each at its own place.
    pub const ALL: [Self; 8] = [
        Self::Form,
        Self::Session,
        Self::Memory,
        Self::Create,
        Self::Notice,
        Self::Fleet,
        Self::Cause,
        Self::Statements,
    ];
}

/// Something to be done. The order matters.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Send a call, and tell [`Event::Answered`] with its ticket.
    Call {
        /// Its number.
        ticket: u64,
        /// The call.
        call: Call,
    },
    /// Stop waiting for this call; whatever comes of it is dropped.
    Abandon(u64),
    /// Open another page.
    Go(Route),
    /// Correct the address of the present page without a step in the history.
    Replace(Route),
    /// Remember this of a create that is under way, beyond a reload; `None`: it is settled.
    Remember(Option<String>),
    /// Remember this of a statement whose fate is not known, beyond a reload; `None`: it is known. It holds nothing of the code.
    RememberRun(Option<String>),
    /// What the form asked for with this token has become a session. `None`: it was sent before the page was loaded again.
    Settled(Option<u64>),
    /// Remember which sessions are this browser's own, beyond the tab.
    Own(Vec<OwnedSession>),
    /// Fetch a part of the program, and tell that it is lent. It may be here, or on its way, already.
    Need(Part),
    /// Read the facts of all that is kept beyond the tab, and tell [`Event::Recalled`].
    Recall,
    /// Keep an ended session beyond the tab.
    Keep(Record),
    /// Read the kept log with this key, and tell [`Event::LogRecalled`].
    RecallLog(String),
    /// Read the kept statements with this key, and tell [`Event::StatementsRecalled`].
    RecallStatements(String),
    /// Take away the code and the results of all that is kept, for every cluster.
    ForgetStatements,
    /// Keep this for the next page of this tab and no other, in place of what was kept; `None`: nothing.
    Carry(Option<String>),
    /// Say in the address of the list what it shows, without a step in the history.
    ShowQuery(ListQuery),
    /// Keep this of a bulk delete for the next page of this tab and no other; `None`: nothing.
    CarryEnds(Option<String>),
    /// Take away all that was kept beyond the tab, and tell [`Event::KeptForgotten`] once it is gone.
    ForgetKept,
    /// From now on the browser asks before the page goes: code was typed and never run. False: not any more.
    Guard(bool),
    /// Tell the host, after the machine's turn: whatever the host does in answer is another event.
    Announce(Announcement),
}
