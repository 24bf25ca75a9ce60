//! Points and spans of time, and how they are said.

use std::time::Duration;

/// A point in time: milliseconds since 1970 by the clock of the person's machine. It never comes from this room itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(u64);

impl Moment {
    /// From milliseconds since 1970-01-01T00:00:00Z.
    pub fn from_millis(millis: u64) -> Self {
        Self(millis)
    }

    /// Milliseconds since 1970-01-01T00:00:00Z.
    pub fn as_millis(self) -> u64 {
        self.0
    }

    /// In ISO 8601 to the second, in UTC: `2026-11-30T09:15:00Z`.
    pub(crate) fn utc(self) -> String {
        let (secs, days) = (self.0 / 1_000, self.0 / 86_400_000);
        // Days since 0000-03-01, in eras of 400 years: a year that begins in March has its odd day at its end (H. Hinnant,
        // "chrono-Compatible Low-Level Date Algorithms", civil_from_days).
        let since = days + 719_468;
        let (era, of_era) = (since / 146_097, since % 146_097);
        let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year + year / 4 - year / 100);
        let from_march = (5 * of_year + 2) / 153;
        let day = of_year - (153 * from_march + 2) / 5 + 1;
        let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
        let year = year + era * 400 + u64::from(month <= 2);
        let (hour, minute, second) = (secs / 3_600 % 24, secs / 60 % 60, secs % 60);
        format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
    }

    /// How long ago `earlier` was; nothing if the clock was set back meanwhile.
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_millis(self.0.saturating_sub(earlier.0))
    }

    /// The first full minute that is not before it.
    #[must_use]
    pub fn up_to_minute(self) -> Self {
        const MINUTE: u64 = 60_000;
        Self(self.0.div_ceil(MINUTE).saturating_mul(MINUTE))
    }

    /// This much later.
    #[must_use]
    pub fn after(self, span: Duration) -> Self {
        Self(self.0.saturating_add(u64::try_from(span.as_millis()).unwrap_or(u64::MAX)))
    }
}

/// A span in one or two units: `4 s`, `1 min 31 s`, `2 h 5 min`, `3 d 4 h`. Less than a second is `0 s`.
pub fn plainly(span: Duration) -> String {
    let secs = span.as_secs();
    let (days, hours, minutes, seconds) = (secs / 86_400, secs / 3_600 % 24, secs / 60 % 60, secs % 60);
    let two = |first: u64, name: &str, second: u64, other: &str| {
        if second == 0 { format!("{first} {name}") } else { format!("{first} {name} {second} {other}") }
    };
    match (days, hours, minutes) {
        (0, 0, 0) => format!("{seconds} s"),
        (0, 0, _) => two(minutes, "min", seconds, "s"),
        (0, _, _) => two(hours, "h", minutes, "min"),
        _ => two(days, "d", hours, "h"),
    }
}

/// A span in its largest unit, rounded down: `4 s`, `2 min`.
pub(crate) fn roughly(span: Duration) -> String {
    let secs = span.as_secs();
    let unit = match secs {
        0..60 => 1,
        60..3_600 => 60,
        3_600..86_400 => 3_600,
        _ => 86_400,
    };
    plainly(Duration::from_secs(secs / unit * unit))
}

/// How long ago something was, in one unit: `now`, `4 s ago`, `2 min ago`.
pub(crate) fn long_ago(span: Duration) -> String {
    match span.as_secs() {
        0 => "now".to_owned(),
        _ => format!("{} ago", roughly(span)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_said_in_their_own_units() {
        let cases = [
            (0, "0 s", "now"),
            (59, "59 s", "59 s ago"),
            (60, "1 min", "1 min ago"),
            (91, "1 min 31 s", "1 min ago"),
            (3_600, "1 h", "1 h ago"),
            (7_530, "2 h 5 min", "2 h ago"),
            (273_600, "3 d 4 h", "3 d ago"),
        ];
        for (secs, plain, ago) in cases {
            let span = Duration::from_secs(secs);
            assert_eq!((plainly(span).as_str(), long_ago(span).as_str()), (plain, ago));
        }
    }

    #[test]
    fn a_clock_set_back_is_no_negative_age() {
        let (early, late) = (Moment::from_millis(1_000), Moment::from_millis(5_000));
        assert_eq!(early.since(late), Duration::ZERO);
        assert_eq!(late.since(early), Duration::from_secs(4));
        assert_eq!(early.after(Duration::from_secs(4)), late);
        assert_eq!(late.up_to_minute(), Moment::from_millis(60_000));
        assert_eq!(late.up_to_minute().up_to_minute(), Moment::from_millis(60_000));
    }

    #[test]
    fn a_moment_is_written_for_machines() {
        for (secs, expected) in [
            (0, "1970-01-01T00:00:00Z"),
            (951_782_399, "2000-02-28T23:59:59Z"),
            (951_782_400, "2000-02-29T00:00:00Z"),
            (1_772_323_200, "2026-03-01T00:00:00Z"),
            (1_796_030_100, "2026-11-30T09:15:00Z"),
            (4_107_542_400, "2100-03-01T00:00:00Z"),
        ] {
            assert_eq!(Moment::from_millis(secs * 1_000).utc(), expected);
        }
    }
}
