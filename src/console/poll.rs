//! When to ask again: the cadence of each phase, and the way back after failures.

use std::time::Duration;

use livy::{CallError, Phase};

use crate::Moment;

/// What is being looked at, as far as the pace depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pace {
    /// One session in this phase, seen in it for so long.
    Session(Phase, Duration),
    /// The list on its own page; true while one of its sessions is starting or ending, and how long nothing has changed and no
    /// person has done anything.
    List(bool, Duration),
    /// The list behind another page: only to know whether the server answers.
    Background,
}

const fn secs(secs: u64) -> Duration {
    Duration::from_secs(secs)
}

/// A throttled tab gets one timer a minute from the browser, so more could not be kept.
const HIDDEN: Duration = secs(60);

/// How long to wait after a good answer. `None`: nothing more will come. docs/protocol.md §7 gives the reasons: a start takes
/// some ten seconds, a person watches it; YARN's data changes every five at most; reading renews nothing but a heartbeat.
pub(crate) fn cadence(pace: Pace, visible: bool) -> Option<Duration> {
    let wait = match pace {
        Pace::Session(Phase::Over, _) => return None,
        Pace::Session(Phase::Pending | Phase::Ending, age) if age < secs(10) => secs(1),
        Pace::Session(Phase::Pending | Phase::Ending, age) if age < secs(60) => secs(2),
        Pace::Session(Phase::Pending | Phase::Ending | Phase::Degraded, _) => secs(5),
        Pace::Session(Phase::Working, _) => secs(2),
        Pace::Session(Phase::Ready | Phase::Unknown, _) => secs(10),
        // A page of a hundred sessions is 44 kB: news and a person's own acts are worth that, a quiet server is not.
        Pace::List(true, quiet) if quiet < secs(30) => secs(3),
        Pace::List(true, quiet) if quiet < secs(300) => secs(6),
        Pace::List(false, quiet) if quiet < secs(30) => secs(5),
        Pace::List(_, quiet) if quiet < secs(300) => secs(10),
        Pace::List(true, _) => secs(10),
        Pace::List(false, quiet) if quiet < secs(1_800) => secs(20),
        Pace::List(false, _) => secs(30),
        Pace::Background => secs(30),
    };
    Some(if visible { wait } else { wait.max(HIDDEN) })
}

/// The log is not read more often than this, so that the session's own reads keep their place among five calls a second.
const LOG_LEAST: Duration = Duration::from_millis(250);
/// A log that needs no reading within this is read with the session.
const LOG_MOST: Duration = secs(10);

/// How fast a log grows: the fastest of late. A quiet read halves it, for what comes in bursts comes again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct LogPace {
    /// Lines in a million milliseconds.
    rate: u64,
    /// How many lines the rings showed when it was measured.
    window: u64,
}

impl LogPace {
    /// When to read the log again for two windows to overlap by half, after `lines` came in `passed`, from rings that show
    /// `window` lines. `None` where the reads that follow the session's suffice. A window that is new from end to end halves the
    /// wait.
    pub(crate) fn next(&mut self, lines: u64, passed: Duration, window: u64) -> Option<Duration> {
        let millis = u64::try_from(passed.as_millis()).ok()?.max(1);
        self.rate = (lines.saturating_mul(1_000_000) / millis).max(self.rate / 2);
        if lines > 0 {
            self.window = window;
        }
        let wait = (self.window / 2).saturating_mul(1_000_000).checked_div(self.rate)?;
        let wait = Duration::from_millis(wait);
        (wait < LOG_MOST).then(|| wait.max(LOG_LEAST))
    }
}

/// The page waits no longer by itself.
const MOST_WAIT_MILLIS: u64 = 30_000;
/// The server is left alone for as long as it asks for, and no longer than this.
const MOST_PATIENCE: Duration = secs(86_400);

/// How long to wait after the nth failure in a row, from 1: a second, doubled each time, half a minute at most, less up to a
/// quarter by `jitter` (0 to 255) so that a hundred tabs do not come back in one second. Never earlier than the server asked.
pub(crate) fn backoff(failures: u32, jitter: u8, retry_after: Option<u32>) -> Duration {
    let doubled = 1_000_u64 << failures.saturating_sub(1).min(5);
    let capped = doubled.min(MOST_WAIT_MILLIS);
    let wait = Duration::from_millis(capped - capped / 4 * u64::from(jitter) / 255);
    // A server may not silence the page for good.
    let asked = retry_after.map_or(Duration::ZERO, |it| secs(u64::from(it)).min(MOST_PATIENCE));
    wait.max(asked)
}

/// One thing that is asked for again and again. Its last good value lives elsewhere and outlives every failure.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Poll {
    /// When to ask next; `None` while a call is in flight, and when nothing is to be asked.
    pub due: Option<Moment>,
    /// When the last good answer came.
    pub answered: Option<Moment>,
    /// Why the last call failed; nothing after a good one.
    pub error: Option<CallError>,
    failures: u32,
    /// Until when the server asked to be left alone: whatever the browser tells, nothing is asked before.
    not_before: Option<Moment>,
}

impl Poll {
    /// To be asked for at once.
    pub(crate) fn at_once(now: Moment) -> Self {
        Self { due: Some(now), ..Self::default() }
    }

    pub(crate) fn succeeded(&mut self, now: Moment, wait: Option<Duration>) {
        *self = Self { due: wait.map(|it| now.after(it)), answered: Some(now), ..Self::default() };
    }

    /// A person wants it anew: at once, or when the server wants to be asked again.
    pub(crate) fn restart(&mut self, now: Moment) {
        self.pause(now);
        self.due = Some(self.not_before.unwrap_or(now));
    }

    /// It is not asked for any more. What the server has asked for outlives that.
    pub(crate) fn pause(&mut self, now: Moment) {
        match self.not_before {
            Some(at) if at > now => self.due = None,
            _ => *self = Self::default(),
        }
    }

    /// How long the server wants to be left alone yet, where that is longer than the page would wait by itself.
    pub(crate) fn patience(&self, now: Moment) -> Option<Duration> {
        self.not_before.map(|it| it.since(now)).filter(|it| it.as_millis() > u128::from(MOST_WAIT_MILLIS))
    }

    /// Asks again later, unless only a person can help.
    pub(crate) fn failed(&mut self, error: CallError, now: Moment, jitter: u8) {
        self.failures = self.failures.saturating_add(1);
        let wait = backoff(self.failures, jitter, error.retry_after());
        let next = now.after(wait);
        // Of two calls at a time one may be told to wait, and the other one not.
        let asked = error.retry_after().map(|_| next);
        self.not_before = asked.max(self.not_before.filter(|it| *it > now));
        self.due = (!error.needs_person()).then(|| self.not_before.map_or(next, |it| it.max(next)));
        self.error = Some(error);
    }

    /// The failure, once it is worth more than the mark of age: nothing is there to be shown instead, it has happened twice, only a
    /// person can help, or much was asked already and nothing more will be for a while.
    pub(crate) fn trouble(&self) -> Option<&CallError> {
        let is_final = |it: &CallError| it.needs_person() || matches!(it, CallError::Undecided { .. });
        self.error.as_ref().filter(|it| self.answered.is_none() || self.failures > 1 || is_final(it))
    }

    /// Brings the next call forward to now, if there is to be one and the server has not asked for more patience.
    pub(crate) fn hurry(&mut self, now: Moment) {
        let earliest = self.not_before.map_or(now, |it| it.max(now));
        self.due = self.due.map(|it| it.min(earliest));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cadence_as_a_table() {
        use Pace::{Background, List, Session};
        let rows = [
            (Session(Phase::Pending, secs(0)), Some(1), Some(60)),
            (Session(Phase::Pending, secs(9)), Some(1), Some(60)),
            (Session(Phase::Pending, secs(10)), Some(2), Some(60)),
            (Session(Phase::Pending, secs(60)), Some(5), Some(60)),
            (Session(Phase::Ready, secs(0)), Some(10), Some(60)),
            (Session(Phase::Working, secs(999)), Some(2), Some(60)),
            (Session(Phase::Degraded, secs(0)), Some(5), Some(60)),
            (Session(Phase::Ending, secs(0)), Some(1), Some(60)),
            (Session(Phase::Ending, secs(61)), Some(5), Some(60)),
            (Session(Phase::Unknown, secs(0)), Some(10), Some(60)),
            (Session(Phase::Over, secs(0)), None, None),
            (List(true, secs(0)), Some(3), Some(60)),
            (List(true, secs(30)), Some(6), Some(60)),
            (List(true, secs(300)), Some(10), Some(60)),
            (List(false, secs(0)), Some(5), Some(60)),
            (List(false, secs(30)), Some(10), Some(60)),
            (List(false, secs(300)), Some(20), Some(60)),
            (List(false, secs(1_800)), Some(30), Some(60)),
            (Background, Some(30), Some(60)),
        ];
        for (pace, visible, hidden) in rows {
            assert_eq!(cadence(pace, true), visible.map(secs), "{pace:?}");
            assert_eq!(cadence(pace, false), hidden.map(secs), "{pace:?}");
        }
    }

    #[test]
    fn a_talkative_log_is_read_before_its_ring_comes_round() {
        for (lines, passed, window, wait) in [
            (0, 1_000, 200, None),
            (5, 10_000, 200, None),
            (20, 1_000, 200, Some(5_000)),
            (100, 1_000, 200, Some(1_000)),
            (200, 1_000, 200, Some(500)),
            (200, 250, 200, Some(250)),
            (1, 1_000, 2, Some(1_000)),
        ] {
            let found = LogPace::default().next(lines, Duration::from_millis(passed), window);
            assert_eq!(found, wait.map(Duration::from_millis), "{lines} in {passed} ms");
        }
    }

    #[test]
    fn a_quiet_read_between_two_bursts_is_no_silence() {
        let mut pace = LogPace::default();
        let mut after =
            |lines, millis| pace.next(lines, Duration::from_millis(millis), if lines > 0 { 200 } else { 0 });
        assert_eq!(after(120, 1_000), Some(Duration::from_micros(833_000)));
        let quiet: Vec<_> = (0..5).map(|_| after(0, 1_000).map(|it| it.as_millis())).collect();
        assert_eq!(quiet, [Some(1_666), Some(3_333), Some(6_666), None, None]);
        assert_eq!(after(199, 3_000), Some(Duration::from_millis(1_507)));
    }

    #[test]
    fn the_way_back_doubles_to_half_a_minute() {
        let millis = |failures, jitter| backoff(failures, jitter, None).as_millis();
        let plain: Vec<u128> = (1..=8).map(|it| millis(it, 0)).collect();
        assert_eq!(plain, [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
        assert_eq!((millis(1, 255), millis(6, 255), millis(u32::MAX, 0)), (750, 22_500, 30_000));
        assert_eq!(backoff(1, 0, Some(20)), secs(20));
        assert_eq!(backoff(1, 0, Some(3_600)), secs(3_600));
        assert_eq!(backoff(1, 0, Some(u32::MAX)), secs(86_400), "a day");
    }

    #[test]
    fn a_person_is_waited_for() {
        let mut poll = Poll::at_once(Moment::default());
        poll.failed(
            CallError::Refused { status: 401, message: String::new(), retry_after: None },
            Moment::default(),
            0,
        );
        assert_eq!(poll.due, None);
        poll.hurry(Moment::default());
        assert_eq!(poll.due, None);
        poll.failed(CallError::Unreachable, Moment::default(), 0);
        assert_eq!(poll.due, Some(Moment::from_millis(2_000)));
    }

    #[test]
    fn a_server_that_asked_for_patience_is_not_hurried() {
        let (mut poll, at) = (Poll::at_once(Moment::default()), Moment::from_millis);
        let busy = CallError::Refused { status: 503, message: String::new(), retry_after: Some(20) };
        poll.failed(busy, at(0), 0);
        poll.hurry(at(5_000));
        assert_eq!(poll.due, Some(at(20_000)));
        // Nor by another failure.
        poll.failed(CallError::TimedOut, at(5_500), 0);
        assert_eq!(poll.due, Some(at(20_000)));
        // Nor by a stop and another press.
        poll.pause(at(6_000));
        assert_eq!(poll.due, None);
        poll.restart(at(7_000));
        assert_eq!((poll.due, poll.error.is_some()), (Some(at(20_000)), true));
        poll.restart(at(20_000));
        assert_eq!((poll.due, poll.error.is_some()), (Some(at(20_000)), false));
        poll.succeeded(at(20_000), Some(secs(60)));
        poll.hurry(at(25_000));
        assert_eq!(poll.due, Some(at(25_000)));
    }
}
