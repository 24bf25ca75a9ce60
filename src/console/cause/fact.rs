//! Causes that the facts of a session show: what is said of them does not wait for the table.

use form::Field;

use super::Cause;
use super::found::{About, FoundCause, Weight, Whom};

const fn fact(word: &'static str, title: &'static str, advice: &'static str, field: Option<Field>) -> About {
    About { word, title, advice, whom: Whom::You, field, weight: Weight::Reason, is_of_the_start: false }
}

/// The driver did not call back in time.
pub(super) const CONNECT_TIMEOUT: About = About {
    weight: Weight::Late,
    is_of_the_start: true,
    ..fact(
        "connect-timeout",
        "The driver didn't connect to Livy in time",
        "The cluster may be full, or the driver can't reach Livy. Try again, ask for less, or ask the operator to raise livy.rsc.server.connect.timeout.",
        None,
    )
};

/// A person or the cluster manager killed it.
pub(super) const APPLICATION_KILLED: About = About {
    weight: Weight::End,
    ..fact(
        "application-killed",
        "The application was killed",
        "Stopped by a person or by the cluster manager.",
        None,
    )
};

const SUCCEEDED: About = About {
    weight: Weight::End,
    ..fact("succeeded", "The application finished", "It ended without an error.", None)
};
const DELETED: About = fact(
    "deleted",
    "You deleted this session",
    "It was deleted from this page, and its driver was stopped.",
    None,
);
const IDLE_TIMEOUT: About = fact(
    "idle-timeout",
    "The session was probably idle for too long",
    "Viewing a session doesn't keep it alive. Set a longer idle timeout.",
    Some(Field::IdleTimeout),
);
const TIME_TO_LIVE: About = fact(
    "time-to-live",
    "The session probably reached its time to live",
    "Set a longer time to live.",
    Some(Field::Ttl),
);
const HEARTBEAT_LOST: About = fact(
    "heartbeat-lost",
    "Probably no client checked on the session for longer than its heartbeat timeout",
    "Set a longer heartbeat timeout, or 0 to turn it off.",
    Some(Field::Heartbeat),
);
const RETENTION_OVER: About = fact(
    "retention-over",
    "The session had ended, and Livy removed it from its list",
    "Livy keeps ended sessions for about ten minutes.",
    None,
);
const SERVER_RESTARTED: About = fact(
    "server-restarted",
    "Livy restarted",
    "It lost its sessions and gives their ids to new ones. Create the session again. The operator can turn on Livy's recovery.",
    None,
);
const FORGOTTEN: About = fact(
    "forgotten",
    "The server no longer has this session",
    "Someone may have deleted it, it may have timed out, or Livy restarted.",
    None,
);

/// A cause that the facts show, and no line of the log.
pub(crate) fn of_facts(cause: Cause) -> FoundCause {
    let about = match cause {
        Cause::ConnectTimeout => &CONNECT_TIMEOUT,
        Cause::ApplicationKilled => &APPLICATION_KILLED,
        Cause::Succeeded => &SUCCEEDED,
        Cause::Deleted => &DELETED,
        Cause::IdleTimeout => &IDLE_TIMEOUT,
        Cause::TimeToLive => &TIME_TO_LIVE,
        Cause::HeartbeatLost => &HEARTBEAT_LOST,
        Cause::RetentionOver => &RETENTION_OVER,
        Cause::ServerRestarted => &SERVER_RESTARTED,
        // Every other cause has lines that show it.
        _ => &FORGOTTEN,
    };
    FoundCause::new(cause, about)
}
