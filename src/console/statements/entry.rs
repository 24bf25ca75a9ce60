//! One statement of the session on the page.

use std::sync::Arc;
use std::time::Duration;

use livy::{Call, CallError, Statement, StatementId, StatementPhase, StatementState, Unread};

use crate::Moment;
use crate::mark::Mark;

/// Who has sent a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// This page.
    Here,
    /// This browser: another tab, or this one before it was loaded again.
    Browser,
    /// Somebody else, or nobody can tell.
    Elsewhere,
}

impl Origin {
    /// True for what was sent from this browser.
    pub fn is_own(self) -> bool {
        self != Self::Elsewhere
    }

    /// The word of the page's contract.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Here => "here",
            Self::Browser => "browser",
            Self::Elsewhere => "elsewhere",
        }
    }
}

/// What became of a person's wish to cancel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cancel {
    /// On its way.
    Sent,
    /// Livy has it, since then.
    Asked(Moment),
    /// It was sent then, and its answer was lost: the statement's state tells whether Livy has it.
    Lost(Moment),
    /// It was refused. A person may press again: a cancel is harmless to repeat.
    Refused(CallError),
}

/// A statement as it was last told, and what this page has to do with it.
#[derive(Clone, Debug)]
pub struct Entry {
    /// As the server told it last.
    pub statement: Arc<Statement>,
    /// Who has sent it.
    pub origin: Origin,
    /// What became of a wish to cancel it.
    pub cancel: Option<Cancel>,
    /// True once the server has it no more: it keeps the last hundred.
    pub is_evicted: bool,
    /// True where the session has ended, or is gone, and this one had not: how it ended is not known.
    pub is_cut_off: bool,
    /// True for one that has not moved on for a minute while the session was idle: it may never.
    pub is_stuck: bool,
    /// True where its output was let go for room, and is read again when it is wanted.
    pub has_shed_output: bool,
    /// Why its output cannot be read: the server fails whenever it is asked for this one, or all of a large one did not come.
    pub trouble: Option<CallError>,
    /// True for one that this browser has kept since its session was last seen.
    pub is_saved: bool,
    /// True where its output was not kept with it.
    pub is_left_out: bool,
    /// True while all of a large output is being read, or is to be: a person has asked for it.
    pub is_reading_whole: bool,
    /// True where all of it was wanted, and there is more than a tab has room for.
    pub(crate) exceeds: bool,
    /// When this page first saw it run, by this page's clock.
    pub runs_since: Option<Moment>,
    /// When Livy first had a wish to cancel it: its own time to give up counts from then, however often it is asked again.
    pub(crate) cancel_since: Option<Moment>,
    pub(crate) mark: Option<Mark>,
    pub(crate) failures: u8,
    /// When a person last wanted to see its output.
    pub(crate) wanted_at: Option<Moment>,
    /// When it was first seen to be cancelled.
    pub(crate) ended_at: Option<Moment>,
    /// True for a cancelled one whose code may run on: it is read once more when that has ended.
    pub(crate) lingers: bool,
    /// True where that is so: the session has been at work for a while, and on nothing else.
    pub(crate) runs_on: bool,
    /// When the server was last heard of it.
    pub(crate) heard: Moment,
    /// When it was first heard of.
    pub(crate) known_since: Moment,
    /// Since when it waits while the session is idle.
    idle_since: Option<Moment>,
}

/// Livy gives up after `livy.rsc.job-cancel.timeout`, 30 s; the page's clock and its polls are not that exact.
const GIVEN_UP: Duration = Duration::from_secs(29);

/// One that waits for so long while the session is idle may never get its turn: a kind without an interpreter has none
/// (docs/statements.md).
const STUCK: Duration = Duration::from_secs(60);

/// A session is still told to be at work for a moment after a statement has ended.
const SETTLED: Duration = Duration::from_secs(1);

impl Entry {
    pub(crate) fn new(statement: Statement) -> Self {
        let mark = statement.code.as_deref().and_then(|it| Mark::taken_off(it).1);
        Self {
            statement: Arc::new(statement),
            origin: Origin::Elsewhere,
            cancel: None,
            is_evicted: false,
            is_cut_off: false,
            is_stuck: false,
            has_shed_output: false,
            trouble: None,
            is_saved: false,
            is_left_out: false,
            is_reading_whole: false,
            exceeds: false,
            runs_since: None,
            cancel_since: None,
            mark,
            failures: 0,
            wanted_at: None,
            ended_at: None,
            lingers: false,
            runs_on: false,
            heard: Moment::default(),
            known_since: Moment::default(),
            idle_since: None,
        }
    }

    /// Its id.
    pub fn id(&self) -> &StatementId {
        &self.statement.id
    }

    /// Its code without the mark; nothing where the server does not give it back.
    pub fn code(&self) -> Option<&str> {
        self.statement.code.as_deref().map(|it| Mark::taken_off(it).0)
    }

    /// True while something is still to come of it, as far as the server can tell.
    pub fn is_open(&self) -> bool {
        let is_followed = !self.is_evicted && !self.is_cut_off && self.trouble.is_none();
        is_followed && !is_torn(&self.statement) && !self.statement.state.is_over()
    }

    /// True where it has ended without any output. Servers tell the output with the end: one that is `null` then is not on its way.
    pub fn has_no_output(&self) -> bool {
        let is_here = brings_output(&self.statement) || self.has_shed_output || self.trouble.is_some();
        self.statement.state == StatementState::Available && !is_here
    }

    /// True where its output is larger than what a tab has room for, as the server says or a read of all of it has shown.
    pub fn is_beyond(&self) -> bool {
        let is_told = |it: &Unread| it.size.is_some_and(|it| it > Call::WHOLE_LIMIT as u64);
        self.statement.unread.as_ref().is_some_and(|it| self.exceeds || is_told(it))
    }

    /// Whether it has begun to run, by the server's times or by what this page has seen; `None` where neither tells.
    pub fn has_run(&self) -> Option<bool> {
        let is_seen = self.runs_since.is_some() || brings_output(&self.statement) || self.has_shed_output;
        match self.statement.started {
            None if !is_seen => self.statement.tells_times.then_some(false),
            _ => Some(true),
        }
    }

    /// True where it ran already when this page first heard of it: since when, only the server's clock tells.
    pub fn ran_before(&self) -> bool {
        self.runs_since == Some(self.known_since) && self.origin != Origin::Here
    }

    /// True while it has the interpreter or waits for it: something is still to come of it, and nothing says that it may never.
    pub(crate) fn is_under_way(&self) -> bool {
        self.is_open() && !self.is_stuck
    }

    pub(crate) fn number(&self) -> Option<u64> {
        self.id().number()
    }

    pub(crate) fn has_started(&self) -> bool {
        self.statement.state.phase() == StatementPhase::Working
            || self.statement.state == StatementState::Available
    }

    /// True for what the session that told of this one cannot tell, asked at that moment: other code, what was over before it runs again.
    pub(crate) fn contradicts(&self, told: &Statement, sent: Moment) -> bool {
        let known = &*self.statement;
        let mark = told.code.as_deref().and_then(|it| Mark::taken_off(it).1);
        let differs = |a: Option<u64>, b: Option<u64>| a.zip(b).is_some_and(|it| it.0 != it.1);
        let goes_back = known.state.is_over() && sent >= self.heard;
        self.mark.zip(mark).is_some_and(|it| it.0 != it.1)
            || told.unread.is_none() && is_other_code(known.code.as_deref(), told.code.as_deref())
            || differs(known.started, told.started)
            || goes_back && matches!(told.state.phase(), StatementPhase::Queued | StatementPhase::Working)
    }

    /// Takes what the server told, unless an answer that came earlier is further on: nothing goes back.
    pub(crate) fn told(&mut self, mut statement: Statement, now: Moment) {
        self.failures = 0;
        self.trouble = None;
        (self.is_evicted, self.is_saved) = (false, false);
        self.heard = now;
        if goes_back(&statement, &self.statement) {
            return;
        }
        if self.mark.is_none() {
            self.mark = statement.code.as_deref().and_then(|it| Mark::taken_off(it).1);
        }
        (self.has_shed_output, self.is_left_out) = (false, false);
        if statement.unread.is_some() {
            // What stands behind the cut may be known from before.
            let known = &self.statement;
            statement.code = known.code.clone().or(statement.code);
            statement.started = statement.started.or(known.started);
            statement.completed = statement.completed.or(known.completed);
            if is_torn(&statement) && known.state.is_over() {
                statement.state = known.state.clone();
            }
        }
        if statement.state.phase() == StatementPhase::Working {
            self.runs_since.get_or_insert(now);
        }
        if is_cancel(&statement.state) {
            self.was_cancelled(now);
        }
        if statement.state == StatementState::Cancelled && self.ended_at.is_none() {
            self.ended_at = Some(now);
            let has_run = statement.started.is_some() || self.runs_since.is_some();
            self.lingers = !brings_output(&statement) && has_run;
        }
        if brings_output(&statement) {
            self.lingers = false;
        }
        if self.statement.state != statement.state {
            (self.idle_since, self.is_stuck) = (None, false);
        }
        if *self.statement != statement {
            self.statement = Arc::new(statement);
        }
    }

    /// True while a cancel was sent and nobody knows what became of it.
    pub fn cancel_is_lost(&self) -> bool {
        matches!(self.cancel, Some(Cancel::Lost(_)))
    }

    /// Its state says that Livy was asked to cancel it, whatever was answered.
    fn was_cancelled(&mut self, now: Moment) {
        let asked = match self.cancel {
            Some(Cancel::Lost(sent)) => sent,
            Some(Cancel::Refused(_)) => now,
            _ => return,
        };
        self.cancel = Some(Cancel::Asked(asked));
        self.cancel_since.get_or_insert(asked);
    }

    /// A cancel was answered with an error. A gateway's, or a failure of Livy's own, can follow one that it has taken.
    pub(crate) fn cancel_failed(&mut self, error: CallError, sent: Moment, now: Moment) {
        let is_lost = error.leaves_doubt() || error.status().is_some_and(|it| it >= 500);
        self.cancel = Some(if is_lost { Cancel::Lost(sent) } else { Cancel::Refused(error) });
        if is_cancel(&self.statement.state) {
            self.was_cancelled(now);
        }
    }

    /// True where Livy has given the statement up and says that it is cancelled: its code runs on and has the interpreter.
    /// `is_busy`: the session is at work, and on nothing else.
    pub(crate) fn is_unheeded(&self, is_busy: bool) -> bool {
        let asked = self.cancel_since.zip(self.ended_at);
        let has_waited = asked.is_some_and(|(asked, ended)| ended.since(asked) >= GIVEN_UP);
        is_busy && self.lingers && (has_waited || self.runs_on)
    }

    /// The session is at work on nothing else that is known, as the server `told` then, or it is not. Whoever has cancelled it, it
    /// runs on then.
    pub(crate) fn may_run_on(&mut self, is_busy: bool, told: Moment) {
        let is_told = self.ended_at.is_some_and(|it| told.since(it) >= SETTLED);
        self.runs_on = self.lingers && is_busy && (self.runs_on || is_told);
    }

    /// The session is idle, as the server `told` then, or something has the interpreter. What does not move on all the same is stuck
    /// after a while.
    pub(crate) fn may_be_stuck(&mut self, is_idle: bool, told: Moment, now: Moment) {
        if !self.is_open() {
            (self.idle_since, self.is_stuck) = (None, false);
        } else if is_idle {
            let since = *self.idle_since.get_or_insert(now);
            self.is_stuck |= self.heard.min(told).since(since) >= STUCK;
        } else {
            self.idle_since = None;
        }
    }

    /// What has become of its session is known: `is_over` where nothing more will come of it.
    pub(crate) fn session_stands(&mut self, is_over: bool) {
        self.is_cut_off = is_over && !self.is_evicted && !self.statement.state.is_over();
        self.lingers &= !is_over;
    }

    /// The server fails whenever it is asked for: how far it has come nobody knows, unless it was over.
    pub(crate) fn not_readable(&mut self, error: CallError) {
        self.trouble = Some(error);
        if !self.statement.state.is_over() {
            let state = StatementState::Unknown(String::new());
            self.statement = Arc::new(Statement { state, ..Statement::clone(&self.statement) });
        }
    }

    /// How many bytes its output has.
    pub(crate) fn weight(&self) -> usize {
        self.statement.output.as_ref().map_or(0, |it| it.as_written().len())
    }

    /// Lets its output go; everything else stays.
    pub(crate) fn shed(&mut self) {
        let mut statement = Statement::clone(&self.statement);
        if let Some(output) = statement.output.take().filter(|it| it.as_written().len() > Call::LIMIT) {
            // It came whole because a person wanted it, and would do so again.
            let size = u64::try_from(output.as_written().len()).ok();
            statement.unread = Some(Unread { size, status: output.status });
        }
        self.statement = Arc::new(statement);
        self.has_shed_output = true;
    }
}

/// Blanks do not count: servers take them from the end, or change the ends of lines. Nor does no code at all.
fn is_other_code(known: Option<&str>, told: Option<&str>) -> bool {
    let told = [known, told].map(Option::unwrap_or_default);
    let [mut known, mut told] = told.map(|it| it.split_whitespace().flat_map(str::chars).peekable());
    known.peek().is_some() && told.peek().is_some() && !known.eq(told)
}

fn is_cancel(state: &StatementState) -> bool {
    matches!(state, StatementState::Cancelling | StatementState::Cancelled)
}

/// True where an output has come, whether it was read or not.
fn brings_output(statement: &Statement) -> bool {
    statement.output.is_some() || statement.unread.is_some()
}

/// True where the answer was cut before its state: reading it again would come no further. A statement has ended when an output comes.
fn is_torn(statement: &Statement) -> bool {
    statement.unread.is_some() && statement.state.as_str().is_empty()
}

/// True for what was told of a statement before it had come as far as it is known to be. A word that nobody knows may stand for
/// anything but the end.
fn goes_back(told: &Statement, known: &Statement) -> bool {
    if is_torn(known) {
        return false;
    }
    let [told_phase, known_phase] = [told, known].map(|it| it.state.phase());
    match (told_phase, known_phase) {
        (StatementPhase::Unknown, known) if !is_torn(told) => known == StatementPhase::Over,
        (_, StatementPhase::Unknown) => false,
        _ => rank(told) < rank(known),
    }
}

/// How far a statement has come.
fn rank(statement: &Statement) -> u8 {
    match statement.state.phase() {
        StatementPhase::Unknown if is_torn(statement) => 4,
        StatementPhase::Queued | StatementPhase::Unknown => 0,
        StatementPhase::Working if statement.state == StatementState::Cancelling => 3,
        StatementPhase::Working => 2,
        StatementPhase::Over => 4 + u8::from(statement.output.is_some()),
    }
}
