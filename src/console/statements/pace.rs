//! How often statements are asked for. One is read at a time: each answer is a call to the driver, which has an interpreter to run.

use std::time::Duration;

const fn millis(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

/// How long to wait before the statement that has the interpreter is read again, by how long it has been waited for.
pub(crate) fn wait(age: Duration) -> Duration {
    match age.as_millis() {
        0..200 => millis(250),
        200..700 => millis(500),
        700..10_000 => millis(1_000),
        10_000..60_000 => millis(2_000),
        60_000..600_000 => millis(3_000),
        _ => millis(5_000),
    }
}

/// One that runs and has more to tell than is read at once is read no more often than this.
pub(crate) const HEAVY: Duration = Duration::from_secs(30);

/// A hidden tab reads nothing more often than this: the browser gives it one timer a minute.
pub(crate) const HIDDEN: Duration = Duration::from_secs(60);

/// Off the page what runs is read no more often than this: that it has ended is told, and it is kept from idling out no longer.
pub(crate) const BEHIND: Duration = Duration::from_secs(10);

/// Between two statements of the history.
pub(crate) const HISTORY: Duration = millis(250);

/// How many statements of the history are read at once, the newest first.
pub(crate) const AT_ONCE: u64 = 20;

/// While the session is busy with something that is not known here, whether a new statement has come is asked this often.
pub(crate) const BUSY_LOOK: Duration = Duration::from_secs(5);

/// One that waits for ever in an idle session is read no more often than this.
pub(crate) const STUCK: Duration = Duration::from_secs(120);

/// Between two cancels.
pub(crate) const CANCEL: Duration = millis(250);

/// After so many failures in a row of the server's own for one statement, it is the statement: its output cannot be sent.
pub(crate) const HOPELESS: u8 = 3;

/// How many bytes of outputs a tab keeps, of all sessions together: see `Statements::let_go`.
pub(crate) const ROOM: usize = livy::Call::WHOLE_LIMIT;

/// How often the idle clock is renewed while a statement of one's own runs: Livy's default lets a session idle for an hour, and
/// counts while a statement runs. Less than a minute makes no sense, for Livy looks once a minute.
pub(crate) fn renewal(idle: Duration) -> Duration {
    (idle / 3).clamp(Duration::from_secs(20), Duration::from_secs(600))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pace_as_a_table() {
        let rows = [
            (0, 250),
            (250, 500),
            (750, 1_000),
            (9_999, 1_000),
            (10_000, 2_000),
            (60_000, 3_000),
            (600_000, 5_000),
        ];
        for (age, expected) in rows {
            assert_eq!(wait(millis(age)), millis(expected), "{age}");
        }
        assert_eq!(renewal(Duration::from_secs(3_600)).as_secs(), 600);
        assert_eq!(renewal(Duration::from_secs(300)).as_secs(), 100);
        assert_eq!(renewal(Duration::from_secs(5)).as_secs(), 20);
    }
}
