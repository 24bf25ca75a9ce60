//! Why a session ended: causes that its log and its facts show, each with the lines that show it.
//!
//! Livy gives no reason (protocol: there is no such field), and an exception in a log proves nothing: a healthy session's log
//! holds traces. So a cause is named only by words that Spark, YARN, the JVM or Livy write when they give up, and a log without
//! such words gives no cause. Start with [`causes`].

mod better;
mod field;
mod forgotten;
mod rule;
mod words;

use form::{Better, Field};
use livy::{Section, Session};

use crate::{SessionLog, as_shown};
pub use forgotten::{Sighting, forgotten};
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
    /// A person or the cluster manager killed the application.
    ApplicationKilled,
    /// It ended without an error.
    Succeeded,
    /// It was deleted from this page.
    Deleted,
    /// It was idle for longer than it may be.
    IdleTimeout,
    /// It was older than it may be.
    TimeToLive,
    /// No client asked for it for longer than its heartbeat allows.
    HeartbeatLost,
    /// It had ended, and Livy forgets what has ended after ten minutes.
    RetentionOver,
    /// Livy restarted and began its ids at 0 again.
    ServerRestarted,
    /// The server no longer has it, and no rule of its own explains that.
    Forgotten,
}

/// A cause that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundCause {
    /// Which.
    pub cause: Cause,
    /// The lines that show it, by section and number, the most telling first. Empty where the facts alone do.
    pub evidence: Vec<(Section, u64)>,
}

impl FoundCause {
    /// The field of the form that it concerns, by its first line and by what the session was asked for with.
    pub fn field(&self, log: &SessionLog, session: &Session) -> Option<Field> {
        let line = self.line(log);
        line.map_or_else(|| self.cause.field(), |it| field::of(self.cause, it, session))
    }

    /// A value for that field that is likelier to work than the session's own.
    pub fn better(&self, log: &SessionLog, session: &Session) -> Option<Better> {
        better::of(self.cause, self.field(log, session)?, self.line(log).unwrap_or_default(), session)
    }

    fn line<'a>(&self, log: &'a SessionLog) -> Option<&'a str> {
        self.evidence.first().and_then(|(section, number)| log.section(*section)?.line(*number))
    }
}

/// More lines of one cause say nothing more.
const MOST_EVIDENCE: usize = 3;

impl Cause {
    /// Each of them.
    pub const ALL: [Self; 33] = [
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
        Self::Succeeded,
        Self::Deleted,
        Self::IdleTimeout,
        Self::TimeToLive,
        Self::HeartbeatLost,
        Self::RetentionOver,
        Self::ServerRestarted,
        Self::Forgotten,
    ];

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
            | Self::Succeeded
            | Self::Deleted
            | Self::RetentionOver
            | Self::ServerRestarted
            | Self::Forgotten => return None,
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

    /// True for what took a session off the server, whether or not it had ended before.
    pub(crate) fn is_of_the_record(self) -> bool {
        matches!(self, Self::Deleted | Self::RetentionOver | Self::ServerRestarted | Self::Forgotten)
    }

    /// True for what keeps statements of a kind from running, and not the session from living.
    pub(crate) fn is_of_an_interpreter(self) -> bool {
        matches!(self, Self::PythonMissing | Self::RMissing | Self::InterpreterFailed)
    }
}

/// The causes that a log shows, the likeliest first; none where it shows none. Costs O(lines).
pub fn causes(log: &SessionLog) -> Vec<FoundCause> {
    causes_in(log, u64::MAX)
}

/// The causes that the last lines of each section show. Costs O(these lines).
pub(crate) fn causes_in(log: &SessionLog, last: u64) -> Vec<FoundCause> {
    let mut found: Vec<(usize, FoundCause)> = Vec::new();
    for section in Section::ALL {
        let Some(lines) = log.section(section) else { continue };
        let mut before = String::new();
        for number in lines.dropped().max(lines.count().saturating_sub(last))..lines.count() {
            let Some(line) = lines.line(number) else { continue };
            let line = as_shown(line);
            for (rank, rule) in RULES.iter().enumerate().filter(|(_, rule)| rule.fits(&line, &before)) {
                match found.iter_mut().find(|(_, it)| it.cause == rule.cause) {
                    Some((at, it)) => {
                        *at = (*at).min(rank);
                        if it.evidence.len() < MOST_EVIDENCE {
                            it.evidence.push((section, number));
                        }
                    }
                    None => found
                        .push((rank, FoundCause { cause: rule.cause, evidence: vec![(section, number)] })),
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

/// The last line that mentions an error, where no cause was found: not a cause, a place to start reading.
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
