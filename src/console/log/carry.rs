//! A log from one page to the next of the same tab: its newest lines under their numbers, its gaps, and how far the server's last
//! answer went, so that the next one is stitched on as if nothing had happened.

use livy::Section;
use serde_json::{Map, Value, json};

use super::stitch::Window;
use super::stretch::names;
use super::{SectionLog, SessionLog};

/// So many of the lines before the server's last answer are remembered as what the section has had.
const PAST: u64 = 10_000;

/// What a line takes beside its text, in bytes.
const AROUND: usize = 4;

impl SessionLog {
    /// The newest lines of all sections, about `cap` bytes. A section whose last answer has no room is left out: it begins again
    /// with the next one.
    pub(crate) fn to_carry(&self, cap: usize) -> Value {
        let mut sections: Vec<(Section, &SectionLog)> =
            Section::ALL.into_iter().filter_map(|it| Some((it, self.section(it)?))).collect();
        // What a short one does not need is left to the longer ones.
        sections.sort_by_key(|(_, log)| log.bytes());
        let mut carried = Map::new();
        let mut room = cap;
        let count = sections.len();
        for (at, (section, log)) in sections.into_iter().enumerate() {
            let (from, taken) = log.newest(room / (count - at));
            if from + log.window.len() as u64 <= log.count() {
                room -= taken;
                carried.insert(section.as_str().to_owned(), log.to_carry(from));
            }
        }
        Value::Object(carried)
    }

    /// From what [`SessionLog::to_carry`] gave; a section that cannot be read is left out.
    pub(crate) fn of_carried(carried: &Value) -> Self {
        let mut log = Self::default();
        for section in Section::ALL {
            let read = carried.get(section.as_str()).and_then(SectionLog::of_carried);
            if let (Some(place), Some(read)) = (log.sections.get_mut(section as usize), read) {
                *place = Some(read);
                log.revision += 1;
            }
        }
        log
    }
}

impl SectionLog {
    /// From which line on there are at most `room` bytes, and how many. Costs O(these lines).
    fn newest(&self, room: usize) -> (u64, usize) {
        let (mut from, mut taken) = (self.count(), 0);
        while from > self.dropped() {
            let size = self.line(from - 1).map_or(0, str::len) + AROUND;
            if taken + size > room {
                break;
            }
            (from, taken) = (from - 1, taken + size);
        }
        (from, taken)
    }

    fn to_carry(&self, from: u64) -> Value {
        let lines: Vec<&str> = (from..self.count()).filter_map(|it| self.line(it)).collect();
        let mut gaps: Vec<u64> = self.gaps.iter().copied().filter(|it| *it >= from).collect();
        // Those before it are missing from here on.
        if from > self.dropped() && gaps.first() != Some(&from) {
            gaps.insert(0, from);
        }
        json!({
            "first": from,
            "gaps": gaps,
            "window": self.window.len(),
            "believed": self.believed.filter(|it| *it >= from),
            "lines": lines,
        })
    }

    fn of_carried(carried: &Value) -> Option<Self> {
        let number = |key: &str| carried.get(key).and_then(Value::as_u64);
        let gaps: Vec<u64> = carried.get("gaps")?.as_array()?.iter().filter_map(Value::as_u64).collect();
        let lines = carried.get("lines")?.as_array()?;
        let mut log = Self::starting_at(number("first")?);
        for line in lines {
            if gaps.contains(&log.count()) {
                log.push_gap();
            }
            log.push(line.as_str()?);
        }
        if gaps.contains(&log.count()) {
            log.push_gap();
        }
        log.believed = number("believed").filter(|it| *it <= log.count());
        let window = number("window")?;
        (window <= log.count() - log.dropped()).then(|| log.resume(window))?;
        Some(log)
    }

    /// So many of the last lines are what the server showed last; some of those before are what the section has had.
    pub(super) fn resume(&mut self, window: u64) {
        let (from, to) = (self.count().saturating_sub(window).max(self.dropped()), self.count());
        let last = (from..to).filter_map(|it| self.line(it)).map(str::to_owned).collect();
        self.window = Window::of(last);
        let begin = from.saturating_sub(PAST).max(self.dropped());
        let run: Vec<&str> = (begin..to).filter_map(|it| self.lines.line(it)).collect();
        self.past.remember(&names(&run), run.len() - self.window.len());
    }
}

#[cfg(test)]
mod tests {
    use livy::LogPage;

    use super::*;

    fn ring(lines: impl Iterator<Item = u32>) -> LogPage {
        let lines = lines.map(|it| format!("line {it}"));
        LogPage { lines: ["stdout: ".to_owned()].into_iter().chain(lines).collect() }
    }

    fn carried(log: &SessionLog, cap: usize) -> SessionLog {
        let text = log.to_carry(cap).to_string();
        SessionLog::of_carried(&serde_json::from_str(&text).unwrap())
    }

    /// Both take the same answers from here on, and differ in nothing that is seen.
    fn go_on(mut log: SessionLog, mut back: SessionLog, pages: &[LogPage]) {
        assert_eq!(back.to_text(), log.to_text());
        for page in pages {
            log.absorb(page);
            back.absorb(page);
            assert_eq!(back.to_text(), log.to_text());
        }
        for section in Section::ALL {
            let of = |it: &SessionLog| it.section(section).map(|it| (it.count(), it.gaps().to_vec()));
            assert_eq!(of(&back), of(&log));
        }
    }

    #[test]
    fn what_follows_a_reload_is_stitched_on_whatever_the_ring() {
        for size in [50, 100, 200, 1_000] {
            let mut log = SessionLog::default();
            for at in 0..12 {
                log.absorb(&ring(at * 40..(at * 40 + size)));
            }
            let back = carried(&log, 1 << 20);
            let pages: Vec<LogPage> =
                [480, 500, 900, 2_900].map(|it| ring(it..it + size)).into_iter().collect();
            go_on(log, back, &pages);
        }
    }

    #[test]
    fn lines_that_read_like_marks_or_hold_a_break_come_back() {
        let odd =
            ["==== stderr ====", "==== lines may be missing here ====", "a\nb", "\u{1b}[31mé\r", "", "\""];
        let page = |more: &[&str]| LogPage {
            lines: [&["stdout: "], &odd[..], more, &["\nstderr: ", "1"]]
                .concat()
                .into_iter()
                .map(str::to_owned)
                .collect(),
        };
        let mut log = SessionLog::default();
        log.absorb(&page(&[]));
        let back = carried(&log, 1 << 20);
        go_on(log, back, &[page(&["new"]), page(&["new", "newer"])]);
    }

    #[test]
    fn the_newest_lines_keep_their_numbers() {
        let mut log = SessionLog::default();
        for at in 0..100 {
            log.absorb(&ring(at * 100..at * 100 + 200));
        }
        let mut back = carried(&log, 20_000);
        let lines = back.section(Section::Stdout).unwrap();
        assert!(lines.dropped() > 8_000 && lines.dropped() < 9_500, "{}", lines.dropped());
        assert_eq!((lines.count(), lines.line(10_099)), (10_100, Some("line 10099")));
        assert_eq!(lines.gaps(), [lines.dropped()]);
        back.absorb(&ring(9_950..10_150));
        let lines = back.section(Section::Stdout).unwrap();
        assert_eq!((lines.count(), lines.line(10_149), lines.gaps().len()), (10_150, Some("line 10149"), 1));
    }

    #[test]
    fn a_section_without_room_begins_anew_and_a_short_one_leaves_its_room() {
        let page = |lines: std::ops::Range<u32>| {
            let mut page = ring(lines);
            page.lines.extend(["\nstderr: ".to_owned(), "one".to_owned()]);
            page
        };
        let mut log = SessionLog::default();
        log.absorb(&page(0..200));
        let back = carried(&log, 1_000);
        assert_eq!((back.section(Section::Stdout), back.to_text()), (None, "==== stderr ====\none\n".into()));
        let whole = carried(&log, 3_000);
        assert_eq!(whole.to_text(), log.to_text());
        assert_eq!(carried(&log, 0), SessionLog::default());
        for odd in ["null", "[]", "{\"stdout\":{\"first\":0,\"gaps\":[],\"window\":3,\"lines\":[\"a\"]}}"] {
            assert_eq!(SessionLog::of_carried(&serde_json::from_str(odd).unwrap()), SessionLog::default());
        }
    }
}
