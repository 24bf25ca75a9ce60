//! Why a session ended: causes that its log and its facts show, each with the lines that show it.
//!
//! Livy gives no reason (protocol: there is no such field), and an exception in a log proves nothing: a healthy session's log
//! holds traces. So a cause is named only by words that Spark, YARN, the JVM or Livy write when they give up, and a log without
//! such words gives no cause. Start with [`causes`].

mod field;
mod rule;

use std::time::Duration;

use form::Field;
use livy::{Section, Session};

use crate::expiry::{USUAL_IDLE, beat, span};
use crate::{Moment, SessionLog, shown};
pub(crate) use rule::NO_INTERPRETER;
use rule::RULES;

/// What ended a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cause {
    /// The JVM cannot read `-Xmx`.
    DriverMemoryUnreadable,
    /// Spark's check of the driver's heap failed, or the JVM cannot live in it.
    DriverMemoryTooSmall,
    /// The machine cannot give that much.
    DriverMemoryTooLarge,
    /// Spark's check of the executors' heap failed.
    ExecutorMemoryTooSmall,
    /// The driver's heap was full.
    DriverOutOfMemory,
    /// YARN, Kubernetes or the kernel ended a container for its memory.
    ContainerMemory,
    /// More was asked for than one container may have.
    ContainerTooLarge,
    /// The queue does not exist.
    QueueUnknown,
    /// The person may not use the queue.
    QueueForbidden,
    /// The queue has no room for another application master.
    QueueFull,
    /// A value of the configuration is not what Spark can read.
    SettingWrong,
    /// A class that Spark needs to start is not there.
    ClassMissing,
    /// A file of the request is not there.
    FileMissing,
    /// The host or the file system of a path is not known.
    PlaceUnknown,
    /// Livy's user may not act for this person.
    ImpersonationRefused,
    /// The cluster does not know the person.
    UserUnknown,
    /// No ticket, or one that has ended.
    Kerberos,
    /// No such Python.
    PythonMissing,
    /// No such R.
    RMissing,
    /// The interpreter of a kind did not start, and why is not known.
    InterpreterFailed,
    /// The driver did not call back in time.
    ConnectTimeout,
    /// Livy or Spark found no free port.
    PortsExhausted,
    /// Executors kept being lost.
    ExecutorLost,
    /// The driver ended itself.
    ExitCode,
    /// Somebody, or the cluster manager, killed the application.
    ApplicationKilled,
    /// It was deleted from this page.
    Deleted,
    /// It was idle for longer than it may be.
    IdleTimeout,
    /// It was older than it may be.
    TimeToLive,
    /// Nobody asked for it for longer than its heartbeat allows.
    HeartbeatLost,
    /// It had ended, and Livy forgets what has ended after ten minutes.
    RetentionOver,
    /// Livy began its ids anew.
    ServerRestarted,
}

/// A cause that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Which.
    pub cause: Cause,
    /// The lines that show it, by section and number, the most telling first. Empty where the facts alone do.
    pub evidence: Vec<(Section, u64)>,
}

impl Found {
    /// The field of the form that it concerns, by its first line and by what the session was asked for with.
    pub fn field(&self, log: &SessionLog, session: &Session) -> Option<Field> {
        let line = self.evidence.first().and_then(|(section, number)| log.section(*section)?.line(*number));
        line.map_or_else(|| self.cause.field(), |it| field::of(self.cause, it, session))
    }
}

/// More lines of one cause say nothing more.
const MOST_EVIDENCE: usize = 3;

impl Cause {
    /// Each of them.
    pub const ALL: [Self; 31] = [
        Self::DriverMemoryUnreadable,
        Self::DriverMemoryTooSmall,
        Self::DriverMemoryTooLarge,
        Self::ExecutorMemoryTooSmall,
        Self::DriverOutOfMemory,
        Self::ContainerMemory,
        Self::ContainerTooLarge,
        Self::QueueUnknown,
        Self::QueueForbidden,
        Self::QueueFull,
        Self::SettingWrong,
        Self::ClassMissing,
        Self::FileMissing,
        Self::PlaceUnknown,
        Self::ImpersonationRefused,
        Self::UserUnknown,
        Self::Kerberos,
        Self::PythonMissing,
        Self::RMissing,
        Self::InterpreterFailed,
        Self::ConnectTimeout,
        Self::PortsExhausted,
        Self::ExecutorLost,
        Self::ExitCode,
        Self::ApplicationKilled,
        Self::Deleted,
        Self::IdleTimeout,
        Self::TimeToLive,
        Self::HeartbeatLost,
        Self::RetentionOver,
        Self::ServerRestarted,
    ];

    /// What happened, in a few words.
    pub fn title(self) -> &'static str {
        self.words().0
    }

    /// What to change.
    pub fn advice(self) -> &'static str {
        self.words().1
    }

    /// The field of the form that it concerns.
    pub fn field(self) -> Option<Field> {
        Some(match self {
            Self::DriverMemoryUnreadable
            | Self::DriverMemoryTooSmall
            | Self::DriverMemoryTooLarge
            | Self::DriverOutOfMemory => Field::DriverMemory,
            Self::ExecutorMemoryTooSmall
            | Self::ContainerMemory
            | Self::ContainerTooLarge
            | Self::ExecutorLost => Field::ExecutorMemory,
            Self::QueueUnknown | Self::QueueForbidden | Self::QueueFull => Field::Queue,
            Self::SettingWrong | Self::PythonMissing => Field::Conf,
            Self::ClassMissing => Field::Jars,
            Self::FileMissing | Self::PlaceUnknown => Field::Files,
            Self::ImpersonationRefused | Self::UserUnknown => Field::ProxyUser,
            Self::RMissing | Self::InterpreterFailed => Field::Kind,
            Self::IdleTimeout => Field::IdleTimeout,
            Self::TimeToLive => Field::Ttl,
            Self::HeartbeatLost => Field::Heartbeat,
            Self::Kerberos
            | Self::ConnectTimeout
            | Self::PortsExhausted
            | Self::ExitCode
            | Self::ApplicationKilled
            | Self::Deleted
            | Self::RetentionOver
            | Self::ServerRestarted => return None,
        })
    }

    /// True for what can only keep a session from starting.
    pub(crate) fn is_of_the_start(self) -> bool {
        matches!(
            self,
            Self::DriverMemoryUnreadable
                | Self::DriverMemoryTooSmall
                | Self::DriverMemoryTooLarge
                | Self::ExecutorMemoryTooSmall
                | Self::ContainerTooLarge
                | Self::QueueUnknown
                | Self::QueueForbidden
                | Self::QueueFull
                | Self::ConnectTimeout
        )
    }

    /// True for what keeps statements of a kind from running, and not the session from living.
    pub(crate) fn is_of_an_interpreter(self) -> bool {
        matches!(self, Self::PythonMissing | Self::RMissing | Self::InterpreterFailed)
    }

    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::DriverMemoryUnreadable => {
                ("The driver's memory cannot be read", "Write a whole number and one of k, m, g, t: 2g.")
            }
            Self::DriverMemoryTooSmall => {
                ("The driver has too little memory to start", "Give it at least 512m; 1g is Spark's default.")
            }
            Self::DriverMemoryTooLarge => {
                ("The machine cannot give the driver so much memory", "Ask for less.")
            }
            Self::ExecutorMemoryTooSmall => (
                "The executors have too little memory to start",
                "Give each at least 450m; 1g is Spark's default.",
            ),
            Self::DriverOutOfMemory => (
                "The driver ran out of memory",
                "Give it more memory, or bring less to it: collect and toPandas do, and so do broadcasts.",
            ),
            Self::ContainerMemory => (
                "A container was ended because it used more memory than it had",
                "Give executors more memory, or more outside their heap: spark.executor.memoryOverhead. Python works outside it.",
            ),
            Self::ContainerTooLarge => (
                "More memory or cores were asked for than one container may have",
                "Ask for less in each executor and for more executors.",
            ),
            Self::QueueUnknown => ("The queue does not exist", "Choose another queue."),
            Self::QueueForbidden => {
                ("This person may not use the queue", "Choose another queue, or ask for access to this one.")
            }
            Self::QueueFull => (
                "The queue has no room for another application",
                "Wait until others have ended, end sessions that are not needed, or choose another queue.",
            ),
            Self::SettingWrong => (
                "A value of the configuration is not what Spark can read",
                "Correct or remove the key that the line names.",
            ),
            Self::ClassMissing => (
                "A class is missing",
                "Add the jar that has it, for the Scala and Spark version of the server, or remove the key that names it.",
            ),
            Self::FileMissing => {
                ("A file of the request is not there", "Check the path that the line names.")
            }
            Self::PlaceUnknown => (
                "A path names a host or file system that the server does not know",
                "Check its scheme and host.",
            ),
            Self::ImpersonationRefused => (
                "Livy may not act for this person",
                "Whoever runs the cluster has to allow it: hadoop.proxyuser in core-site.xml.",
            ),
            Self::UserUnknown => (
                "The cluster does not know this person",
                "Check the proxy user; every node has to know the name.",
            ),
            Self::Kerberos => (
                "Kerberos refused",
                "The server's ticket is missing or has ended: whoever runs Livy has to renew it.",
            ),
            Self::PythonMissing => (
                "Python was not found",
                "Check spark.pyspark.python, or what PYSPARK_PYTHON is on the server.",
            ),
            Self::RMissing => {
                ("R was not found", "The server needs an installation of R; choose another kind.")
            }
            Self::InterpreterFailed => (
                "The interpreter of a kind did not start",
                "The lines that follow it say why. Statements of other kinds may run.",
            ),
            Self::ConnectTimeout => (
                "The driver did not report to Livy in time",
                "The cluster may have no room, or may not reach Livy. Try again, ask for less, or have livy.rsc.server.connect.timeout raised.",
            ),
            Self::PortsExhausted => (
                "No free port was found",
                "End sessions that are not needed, or have livy.rsc.launcher.port.range widened: each session takes one.",
            ),
            Self::ExecutorLost => (
                "Executors were lost again and again",
                "Their own logs say why; too little memory is the usual reason.",
            ),
            Self::ExitCode => (
                "The driver ended itself",
                "Something in the session called exit, or the JVM ended with the code that the line names.",
            ),
            Self::ApplicationKilled => (
                "The application was killed",
                "By a person or by the cluster manager; its own page may say by whom.",
            ),
            Self::Deleted => ("It was deleted from this page", "Create it again if it is needed."),
            Self::IdleTimeout => (
                "It was likely idle for too long",
                "Looking at a session does not count. Set a longer idle timeout.",
            ),
            Self::TimeToLive => ("Its time to live was likely over", "Set a longer one."),
            Self::HeartbeatLost => (
                "Likely nobody asked for it for longer than its heartbeat allows",
                "Set a longer heartbeat timeout, or 0.",
            ),
            Self::RetentionOver => (
                "It had ended before, and Livy forgets what has ended after ten minutes",
                "What is kept here is all there is.",
            ),
            Self::ServerRestarted => (
                "Livy was restarted",
                "It forgot its sessions and begins its ids anew. Create it again; whoever runs Livy can switch its recovery on.",
            ),
        }
    }
}

/// The causes that a log shows, the likeliest first; none where it shows none. Costs O(lines).
pub fn causes(log: &SessionLog) -> Vec<Found> {
    causes_in(log, u64::MAX)
}

/// The causes that the last lines of each section show. Costs O(these lines).
pub(crate) fn causes_in(log: &SessionLog, last: u64) -> Vec<Found> {
    let mut found: Vec<(usize, Found)> = Vec::new();
    for section in Section::ALL {
        let Some(lines) = log.section(section) else { continue };
        let mut before = String::new();
        for number in lines.dropped().max(lines.count().saturating_sub(last))..lines.count() {
            let Some(line) = lines.line(number) else { continue };
            let line = shown(line);
            for (rank, rule) in RULES.iter().enumerate().filter(|(_, rule)| rule.fits(&line, &before)) {
                match found.iter_mut().find(|(_, it)| it.cause == rule.cause) {
                    Some((at, it)) => {
                        *at = (*at).min(rank);
                        if it.evidence.len() < MOST_EVIDENCE {
                            it.evidence.push((section, number));
                        }
                    }
                    None => {
                        found.push((rank, Found { cause: rule.cause, evidence: vec![(section, number)] }))
                    }
                }
            }
            if !line.starts_with(['\t', ' ']) {
                before = line.into_owned();
            }
        }
    }
    if found.iter().any(|(_, it)| matches!(it.cause, Cause::PythonMissing | Cause::RMissing)) {
        found.retain(|(_, it)| it.cause != Cause::InterpreterFailed);
    }
    // Few enough that the order costs nothing.
    while let Some(at) = (1..found.len()).find(|at| found[*at].0 < found[at - 1].0) {
        found.swap(at, at - 1);
    }
    found.into_iter().map(|it| it.1).collect()
}

/// The last line that speaks of an error, where no cause was found: not a cause, a place to begin reading.
pub fn last_error(log: &SessionLog) -> Option<(Section, u64)> {
    const WORDS: [&str; 4] = ["ERROR", "Exception", "Error:", "FAILED"];
    Section::ALL.into_iter().rev().find_map(|section| {
        let lines = log.section(section)?;
        let numbers = (lines.dropped()..lines.count()).rev();
        let mut speaking = numbers.filter(|it| {
            let line = lines.line(*it).unwrap_or_default();
            !line.starts_with('\t') && WORDS.iter().any(|word| line.contains(word))
        });
        Some((section, speaking.next()?))
    })
}

/// `livy.server.session.state-retain.sec`, and what a collection once a minute adds to it.
const RETAINED: Duration = Duration::from_secs(600);
/// Livy collects once a minute: a rule may have held for a little longer than it says.
const ROUND: Duration = Duration::from_secs(60);

/// When a session that the server has forgotten was seen.
#[derive(Clone, Copy, Debug)]
pub struct Sighting {
    /// The first time.
    pub first: Moment,
    /// The first time in its last state.
    pub state_since: Moment,
    /// The last time.
    pub last: Moment,
    /// When the server was found not to know it.
    pub now: Moment,
    /// True when this page renewed its heartbeat by asking for it.
    pub was_kept: bool,
}

/// The rule by which the server has likely forgotten a session. A rule that the session was seen to outlive does not hold on
/// this server, and what cannot be told from here, somebody else's delete for one, is not guessed.
pub fn forgotten(session: &Session, seen: Sighting) -> Option<Cause> {
    let Sighting { first, state_since, last, now, was_kept } = seen;
    if session.state.is_over() {
        return (now.since(state_since) + ROUND > RETAINED).then_some(Cause::RetentionOver);
    }
    let holds =
        |from: Moment, span: Duration| now.since(from) + ROUND > span && last.since(from) < span + ROUND * 3;
    if beat(session).is_some_and(|it| !was_kept || now.since(last) > it) {
        return Some(Cause::HeartbeatLost);
    }
    if span(session, Field::Ttl).is_some_and(|it| holds(first, it)) {
        return Some(Cause::TimeToLive);
    }
    let idle = span(session, Field::IdleTimeout).unwrap_or(USUAL_IDLE);
    holds(state_since, idle).then_some(Cause::IdleTimeout)
}
