//! A log from its downloaded text: what [`SessionLog::to_text`] writes, this reads.

use livy::Section;

use super::{GAP, SectionLog, SessionLog};

/// So many of a section's last lines are taken for what the server showed last, so that its next answer is stitched on and not
/// added once more: as many as Livy's own ring has. With another ring a gap is put in between.
const WINDOW: u64 = 200;

impl SessionLog {
    /// Rebuilds sections, lines and gaps; numbers begin at 0. Any text is taken: text before the first section's name is `stdout`.
    /// Invariant: the log has the same text again, as far as that text begins with a section's name and ends with a line break.
    /// A line that reads like a mark of this format may be taken for one.
    pub fn of_text(text: &str) -> Self {
        let mut log = Self::default();
        let mut open = None;
        let mut marks = 0;
        let lines = text.strip_suffix('\n').unwrap_or(text).split('\n');
        for line in lines.filter(|_| !text.is_empty()) {
            // Sections come in order, so the name of an earlier one is a line.
            let next =
                Section::ALL.into_iter().find(|it| open.is_none_or(|open| *it > open) && is_name(line, *it));
            if let Some(section) = next {
                log.add_lines(open, marks);
                marks = 0;
                open = Some(section);
                log.place(section);
            } else if line == GAP {
                marks += 1;
            } else {
                let section = *open.get_or_insert(Section::Stdout);
                // Between two lines there is one gap at most: more marks than that are lines that read like one.
                log.add_lines(open, marks.saturating_sub(1));
                if let Some(place) = log.place(section) {
                    if marks > 0 {
                        place.push_gap();
                    }
                    place.push(line);
                }
                marks = 0;
            }
        }
        log.add_lines(open.or((marks > 0).then_some(Section::Stdout)), marks);
        for section in log.sections.iter_mut().flatten() {
            section.resume(WINDOW);
            log.revision += 1;
        }
        log
    }

    fn place(&mut self, section: Section) -> Option<&mut SectionLog> {
        self.sections.get_mut(section as usize).map(Option::get_or_insert_default)
    }

    /// Marks of a gap that no line follows are lines.
    fn add_lines(&mut self, section: Option<Section>, marks: usize) {
        let Some(place) = section.filter(|_| marks > 0).and_then(|it| self.place(it)) else { return };
        (0..marks).for_each(|_| place.push(GAP));
    }
}

fn is_name(line: &str, section: Section) -> bool {
    line.strip_prefix("==== ").and_then(|it| it.strip_suffix(" ====")) == Some(section.as_str())
}

#[cfg(test)]
mod tests {
    use livy::LogPage;
    use proptest::prelude::*;

    use super::super::Entry;
    use super::*;

    #[test]
    fn lines_gaps_and_sections_come_back() {
        let text = "==== stdout ====\na\n\n==== stderr ====\n==== lines may be missing here ====\n1\n2\n\
                    ==== lines may be missing here ====\n3\r\n==== stdout ====\n";
        let log = SessionLog::of_text(text);
        assert_eq!(log.to_text(), text);
        let entries: Vec<_> = log.section(Section::Stderr).unwrap().entries().collect();
        let line = |number, text| Entry::Line { number, text };
        let expected = [
            Entry::Gap { after: None },
            line(0, "1"),
            line(1, "2"),
            Entry::Gap { after: Some(1) },
            line(2, "3\r"),
            line(3, "==== stdout ===="),
        ];
        assert_eq!(entries, expected);
        assert_eq!((log.section(Section::Diagnostics), log.revision()), (None, 2));
        assert_eq!(SessionLog::of_text(""), SessionLog::default());
        assert_eq!(SessionLog::of_text("plain\n").to_text(), "==== stdout ====\nplain\n");
    }

    #[test]
    fn the_servers_next_answer_is_stitched_on() {
        let ring = |range: std::ops::Range<u32>| {
            let lines = range.map(|it| format!("line {it}"));
            LogPage { lines: ["stdout: ".to_owned()].into_iter().chain(lines).collect() }
        };
        let mut log = SessionLog::default();
        for at in 0..20 {
            log.absorb(&ring(at * 100..at * 100 + 200));
        }
        let before = log.to_text();
        let mut back = SessionLog::of_text(&before);
        back.absorb(&ring(1_900..2_100));
        assert_eq!(back.to_text(), before, "nothing is new");
        back.absorb(&ring(1_950..2_150));
        let lines = back.section(Section::Stdout).unwrap();
        assert_eq!((lines.count(), lines.line(2_149)), (2_150, Some("line 2149")));
    }

    proptest! {
        #[test]
        fn a_log_has_the_same_text_again(
            pages in prop::collection::vec((0_u8..4, prop::collection::vec("(a|b|[c-z ]{0,3}|==== (stdout|stderr|lines may be missing here) ====|é\r\u{1b}\\[0m)", 0..6)), 0..8)
        ) {
            let mut log = SessionLog::default();
            for (which, lines) in pages {
                let mark = ["stdout: ", "\nstderr: ", "\nYARN Diagnostics: ", ""][usize::from(which)];
                let lines = [mark.to_owned()].into_iter().filter(|it| !it.is_empty()).chain(lines).collect();
                log.absorb(&LogPage { lines });
            }
            let text = log.to_text();
            prop_assert_eq!(SessionLog::of_text(&text).to_text(), text);
        }

        #[test]
        fn any_text_is_taken(text in "((==== )?(stdout|stderr|lines may be missing here)( ====)?\n?|\n|[a-c]){0,12}") {
            let once = SessionLog::of_text(&text).to_text();
            prop_assert_eq!(SessionLog::of_text(&once).to_text(), once);
        }
    }
}
