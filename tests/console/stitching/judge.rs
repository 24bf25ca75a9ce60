//! The oracle: it knows which lines of the true stream a window holds, and so what the client may say of it.
//!
//! What it forgives is what no text can tell, and no more: an identical window, a new life that begins with the whole window
//! of the one before, and the size of a ring that is not the usual one until it slides.

use std::collections::{HashMap, HashSet};

use console::{Entry, SectionLog};

use super::ring::Stream;

/// `livy.cache-log.size` where nobody chose.
const USUAL: usize = 200;

/// So many distinct lines that stand nowhere else, blank ones and those of traces not counted, prove continuity: the promise, not
/// the client's constant.
const PROOF: usize = 8;

/// What is known of one section.
#[derive(Clone, Debug, Default)]
pub struct Judge {
    /// The life, and in it the place, of the client's last line.
    last: Option<(usize, usize)>,
    window: Option<Vec<String>>,
    /// All that windows showed before that one.
    past: HashSet<String>,
    gaps: Vec<u64>,
    count: u64,
    /// Where the client joined what may not be joined, having no means to know yet.
    misled: Option<u64>,
    /// How often continuity was claimed of a window that slid.
    pub claims: usize,
    /// How often it was not.
    pub refusals: usize,
}

/// The numbers of the lines behind the gaps.
fn gaps(log: &SectionLog) -> Vec<u64> {
    let gap = |it| if let Entry::Gap { after } = it { Some(after.map_or(0, |it| it + 1)) } else { None };
    log.entries().filter_map(gap).collect()
}

/// What the simulated traces are made of.
fn is_of_trace(line: &str) -> bool {
    ["\tat ", "Caused by: ", "java.io."].iter().any(|it| line.starts_with(it))
}

/// How many lines of the overlap are not blank nor a trace's, and stand once in the run that it would join and never before.
fn lone_lines(run: &[String], overlap: &[String], past: &HashSet<String>) -> usize {
    let mut times: HashMap<&str, usize> = HashMap::new();
    for line in run {
        *times.entry(line).or_default() += 1;
    }
    let is_lone = |it: &&String| times[it.as_str()] == 1 && !past.contains(*it);
    overlap.iter().filter(|it| !it.trim().is_empty() && !is_of_trace(it)).filter(is_lone).count()
}

impl Judge {
    /// Looks at what the client made of a poll that showed the stream's window.
    pub fn look(&mut self, stream: &Stream, ring: usize, log: &SectionLog) {
        let window = stream.window().to_vec();
        let before = self.window.replace(window.clone());
        let is_first = before.is_none();
        let before = before.unwrap_or_default();
        let (count, gaps) = (log.count(), gaps(log));
        let place = std::mem::replace(&mut self.count, count);
        let had = std::mem::replace(&mut self.gaps, gaps.clone());
        let end = stream.lines.len();
        if before == window && !is_first {
            assert_eq!((count, &gaps), (place, &had), "an identical window is no change");
            if end > 0 {
                self.last = Some((stream.life, end - 1));
            }
            return;
        }
        let fresh = usize::try_from(count - place).unwrap();
        assert!(fresh <= window.len());
        let first = end - fresh;
        for (number, line) in (place..).zip(&stream.lines[first..]) {
            assert_eq!(log.line(number), Some(line.as_str()), "a line is as it was received");
        }
        if before.len() != window.len() {
            self.misled = None;
        }
        let slid = before.len() == window.len();
        let shown = self
            .last
            .filter(|it| it.0 == stream.life)
            .map_or(0, |it| (it.1 + 1).saturating_sub(stream.start()));
        let left = before[..before.len() - shown.min(before.len())].to_vec();
        if window.len() < before.len() {
            assert_eq!(fresh, window.len(), "a new life is shown from its beginning");
        }
        assert!(fresh > 0 || window.is_empty(), "a window that changed has new lines");
        let has_gap = gaps.binary_search(&place).is_ok();
        let late: Vec<u64> = gaps.iter().copied().filter(|it| *it != place && !had.contains(it)).collect();
        let may_be_late = slid && ring != USUAL && window.len() == ring;
        assert!(late.is_empty() || may_be_late && late.len() == 1, "a gap was invented at {late:?}");
        if fresh > 0 {
            if has_gap {
                self.refusals += usize::from(slid);
                self.gap_is_due(stream, ring, &before, first);
            } else {
                self.claims += usize::from(slid);
                self.joins(stream, ring, &before, first, place);
                if let Some(misled) = self.misled.filter(|_| slid && self.misled != Some(place)) {
                    assert!(
                        misled < log.dropped() || gaps.contains(&misled),
                        "the ring is full: {misled} follows a gap"
                    );
                    self.misled = None;
                }
            }
            self.last = Some((stream.life, end - 1));
        }
        self.past.extend(left);
    }

    /// The client says that nothing was lost.
    fn joins(&mut self, stream: &Stream, ring: usize, before: &[String], first: usize, place: u64) {
        let window = stream.window();
        let continues = match self.last {
            Some((life, last)) => (life, last + 1) == (stream.life, first),
            None => first == 0,
        };
        if continues {
            return;
        }
        let begins_alike = window.starts_with(before) && window.len() > before.len();
        let new_life_begins_alike =
            self.last.is_some_and(|it| it.0 != stream.life) && begins_alike && !before.is_empty();
        let fills_a_ring_of_unknown_size = begins_alike && window.len() == ring && ring != USUAL;
        assert!(
            new_life_begins_alike || fills_a_ring_of_unknown_size,
            "lines were lost, doubled or reordered: {:?} is followed by {:?}",
            self.last,
            (stream.life, first)
        );
        if fills_a_ring_of_unknown_size {
            self.misled = Some(place);
        }
    }

    /// The client says that lines may be missing. It must not where they cannot be, and no line may stand twice.
    fn gap_is_due(&self, stream: &Stream, ring: usize, before: &[String], first: usize) {
        let window = stream.window();
        let Some((_, last)) = self.last.filter(|it| it.0 == stream.life) else {
            let is_whole = self.last.is_none() && stream.start() == 0 && window.len() < ring.min(USUAL);
            assert!(!is_whole, "nothing can be missing at the beginning");
            return;
        };
        assert!(first > last, "line {first} stands twice");
        let is_known_to_grow = window.len() < USUAL || before.len() >= USUAL;
        assert!(!(window.len() < ring && is_known_to_grow), "a growing section is exact");
        let overlap = (last + 1).saturating_sub(stream.start());
        let run = [before, &window[overlap..]].concat();
        assert!(
            lone_lines(&run, &window[..overlap], &self.past) < PROOF,
            "the overlap of {overlap} lines proves continuity"
        );
    }
}
