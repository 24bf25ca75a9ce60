//! How many errors and warnings a log holds, and which of the two a reader wants to see.

use super::level::{Level, LineShape};

/// Counts of error and warning lines. The parts of a stack trace belong to the line above them and are not counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// How many errors.
    pub errors: u64,
    /// How many warnings.
    pub warnings: u64,
}

impl Tally {
    /// Counts one more line.
    pub(super) fn add(&mut self, shape: LineShape) {
        match shape.level() {
            Some(Level::Error) => self.errors += 1,
            Some(Level::Warning) => self.warnings += 1,
            None => {}
        }
    }

    /// Takes off lines that are no longer kept.
    pub(super) fn subtract(&mut self, gone: Self) {
        self.errors = self.errors.saturating_sub(gone.errors);
        self.warnings = self.warnings.saturating_sub(gone.warnings);
    }
}

/// The levels to show; none of them means all lines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Levels {
    /// Errors.
    pub errors: bool,
    /// Warnings.
    pub warnings: bool,
}

impl Levels {
    /// True where no level is asked for.
    pub fn is_empty(self) -> bool {
        self == Self::default()
    }

    /// True for a line of one of these levels, and for the heads and causes of its stack trace.
    pub(super) fn include(self, shape: LineShape) -> bool {
        match shape.level().or(shape.part_of()) {
            Some(Level::Error) => self.errors,
            Some(Level::Warning) => self.warnings,
            None => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::SectionLog;
    use super::*;

    /// What Spark and Python write: each block is one error or one warning.
    const LINES: [&str; 17] = [
        "26/11/23 13:33:16 INFO A: begin",
        "26/11/23 13:33:16 ERROR A: no",
        "java.lang.IllegalStateException: no",
        "\tat a.b(C.java:1)",
        "Caused by: java.io.IOException: no",
        "\tat a.b(C.java:1)",
        "26/11/23 13:33:16 WARN B: lost",
        "java.lang.RuntimeException: lost",
        "\tat a.b(C.java:1)",
        "Caused by: java.io.IOException: lost",
        "plain",
        "ERROR:root:no",
        "Traceback (most recent call last):",
        "  File \"x.py\", line 1, in f",
        "ValueError: no",
        "Exception in thread \"main\" java.lang.Error: no",
        "26/11/23 13:33:16 WARN B: again",
    ];

    fn log(lines: &[&str]) -> SectionLog {
        let mut log = SectionLog::default();
        lines.iter().for_each(|it| log.push(it));
        log
    }

    const ERRORS: Levels = Levels { errors: true, warnings: false };
    const WARNINGS: Levels = Levels { errors: false, warnings: true };
    const BOTH: Levels = Levels { errors: true, warnings: true };

    #[test]
    fn a_stack_trace_is_part_of_the_error_above_it() {
        let log = log(&LINES);
        assert_eq!(log.tally(), Tally { errors: 3, warnings: 2 });
        let errors: Vec<u64> = (0..log.count()).filter(|it| log.level(*it) == Some(Level::Error)).collect();
        assert_eq!(errors, [1, 11, 15], "as many lines are marked as are counted");
        assert_eq!(
            [None, Some(1), Some(11), Some(15)].map(|it| log.next_error(it)),
            [1, 11, 15, 1].map(Some)
        );
    }

    #[test]
    fn a_trace_without_a_line_above_it_counts_itself() {
        for (lines, errors) in [
            (&["java.lang.Error: no", "\tat a.b(C.java:1)", "Caused by: a.B: no"][..], 1),
            (&["Traceback (most recent call last):", "  File \"x\"", "ValueError: no"], 1),
            (&["Caused by: a.B: no", "\tat a.b(C.java:1)"], 1),
            (&["java.lang.Error: no", "\tat a.b(C.java:1)", "java.lang.Error: no", "\tat a.b(C.java:1)"], 2),
            (&["26/11/23 13:33:16 INFO A: x", "java.lang.Error: no"], 1),
        ] {
            assert_eq!(log(lines).tally(), Tally { errors, warnings: 0 }, "{lines:?}");
        }
    }

    #[test]
    fn a_level_is_shown_with_the_causes_below_it() {
        let log = log(&LINES);
        for (levels, lines) in [
            (ERRORS, &[1, 2, 4, 11, 14, 15][..]),
            (WARNINGS, &[6, 7, 9, 16]),
            (BOTH, &[1, 2, 4, 6, 7, 9, 11, 14, 15, 16]),
            (Levels::default(), &[]),
        ] {
            assert_eq!(log.lines_of(levels, 0), lines, "{levels:?}");
            let each: Vec<u64> = (0..log.count()).filter(|it| log.is_of(levels, *it)).collect();
            assert_eq!(each, lines, "{levels:?}");
        }
        assert_eq!(log.lines_of(ERRORS, 3), [4, 11, 14, 15]);
        assert_eq!(log.lines_of(ERRORS, 17), [0; 0]);
    }

    #[test]
    fn the_tally_is_what_is_kept() {
        let mut log = SectionLog::default();
        let wide = " ".repeat(700);
        for at in 0..12_000 {
            log.push(&format!("{}{wide}", LINES[at % LINES.len()]));
            log.bound(4_000_000);
            if at % 997 == 0 {
                let count = |level| {
                    (log.dropped()..log.count()).filter(|it| log.level(*it) == Some(level)).count() as u64
                };
                let counted = Tally { errors: count(Level::Error), warnings: count(Level::Warning) };
                assert_eq!(log.tally(), counted);
            }
        }
        assert!(log.dropped() > 0);
    }

    #[test]
    fn bit_by_bit_is_as_at_once() {
        let all: Vec<&str> = LINES.into_iter().cycle().take(400).collect();
        let mut grown = SectionLog::default();
        let mut lines = Vec::new();
        for line in &all {
            let from = grown.count();
            grown.push(line);
            lines.extend(grown.lines_of(ERRORS, from));
        }
        assert_eq!(lines, log(&all).lines_of(ERRORS, 0));
    }
}
