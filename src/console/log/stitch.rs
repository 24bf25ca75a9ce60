//! Whether a window of a ring continues the one before it, and with which lines.
//!
//! Livy keeps the last lines of a stream in a ring and numbers none of them (docs/protocol.md §2.4), so two windows are laid
//! upon each other by their text alone.
//!
//! - While the ring is not full its window only gets longer: it begins with all of the one before, the rest is new.
//! - Once it is full the window slides. The longest end of the window before that is a beginning of this one is their
//!   overlap. It proves that nothing was lost only if it holds [`PROOF`] marks ([`marks`]).
//! - A ring never gets shorter: a shorter window is another stream's, of a driver that was started again.
//! - All else is a gap, which claims nothing.
//!
//! What stands at both sides of a gap is shown once: lines after the gap that repeat those before it are left out, for they
//! may be the same lines. So what is kept is always a part of the true stream, in order, with no line twice; the gap says
//! that some may be missing.
//!
//! What no text can tell:
//!
//! - An identical window after a whole turn of the ring is taken for no change.
//! - A new stream that begins with all of the old window is taken for its growth.
//! - A stretch with [`PROOF`] marks that the stream says a second time word for word, the first copy at the end of one window
//!   and the second at the beginning of the next, proves what is not so. A third copy does not, if the first is remembered
//!   ([`Past`]); and a stack trace, which comes again most often, never does, for its lines are no marks.
//! - How large the ring is. See [`USUAL_RING`].
//!
//! YARN's and Kubernetes' diagnostics are no ring but a message that is replaced. The same rules tell no lie about them:
//! a message that goes on is continued, another one stands after a gap.

use super::stretch::{LENGTHS, LineNames, Named, Past, VOID};

/// A ring of Livy keeps this many lines of a stream unless its operator chose otherwise (`livy.cache-log.size`, LivyConf.scala,
/// 0.9.0), and no answer says what was chosen. A window shorter than this is believed to have lost nothing.
///
/// A smaller ring makes that belief wrong once in a stream: when it is filled past its end by lines that follow too few to
/// prove anything. [`Continuation::Grown`] marks the place, and a window that slides at a length where no ring should yet
/// be full tells that there was a gap. With a larger ring the growth past this length needs a proof, once.
const USUAL_RING: usize = 200;

/// An overlap proves continuity with so many distinct lines that stand nowhere else in both windows nor in the [`Past`], and are
/// neither blank nor of a stack trace.
///
/// Why eight: a stream that repeats itself in stretches of fewer lines, whatever they are, can never deceive; and of lines
/// drawn by chance, eight distinct ones come in the same order again once in 8⁸ (16 million) tries at most, however often
/// each of them is drawn: the product of eight chances whose sum is at most 1. It costs little: with a usual ring, only of a
/// poll that brings 193 to 200 lines it cannot be proven that it lost none.
const PROOF: usize = 8;

/// How a window continues the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Continuation<'a> {
    /// Nothing is new.
    Same,
    /// These lines follow, with none lost between, if the ring is not full at this length.
    Grown(&'a [String]),
    /// These lines follow, with none lost between. If the window is as long as the one before, the ring is full.
    Appended(&'a [String]),
    /// These lines follow, and others may have been lost before them. There are none if the section was emptied.
    AfterGap(&'a [String]),
}

/// What the server showed last of a section.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Window {
    lines: Vec<String>,
    /// Those of the lines: each is read once, however often it is shown.
    names: LineNames,
}

impl Window {
    /// With these lines.
    pub(super) fn of(lines: Vec<String>) -> Self {
        let mut names = LineNames::default();
        lines.iter().for_each(|it| names.push(it));
        Self { lines, names }
    }

    /// How many lines there are.
    pub(super) fn len(&self) -> usize {
        self.lines.len()
    }

    /// Becomes what the server shows now, compared with what the section had in this window and before it, and lets the past
    /// know what has left the window. Costs O(lines of both), whatever was before them.
    pub(super) fn slide<'a>(&mut self, now: &'a [String], past: &mut Past) -> Continuation<'a> {
        if self.lines == now {
            return Continuation::Same;
        }
        let length = self.len();
        let is_shorter = now.len() < length;
        let overlap = if is_shorter { 0 } else { longest_overlap(&self.lines, now) };
        let (fresh, left) = (&now[overlap..], length - overlap);
        fresh.iter().for_each(|it| self.names.push(it));
        let names = self.names.stretches();
        let is_proven = !is_shorter && marks(&names, left, length, past) >= PROOF;
        past.remember(&names, left);
        self.names.drop_first(left);
        self.lines.drain(..left);
        self.lines.extend_from_slice(fresh);
        if is_proven {
            Continuation::Appended(fresh)
        } else if !is_shorter && overlap == length && (now.len() < USUAL_RING || length >= USUAL_RING) {
            Continuation::Grown(fresh)
        } else {
            Continuation::AfterGap(fresh)
        }
    }
}

/// How many lines the longest end of `before` has that is a beginning of `now` (Knuth, Morris and Pratt's failure function
/// over `now`, run along `before`).
fn longest_overlap(before: &[String], now: &[String]) -> usize {
    let mut failure = vec![0; now.len()];
    for at in 1..now.len() {
        let mut length = failure[at - 1];
        while length > 0 && now[at] != now[length] {
            length = failure[length - 1];
        }
        failure[at] = length + usize::from(now[at] == now[length]);
    }
    let mut length = 0;
    for line in before {
        while length > 0 && now.get(length) != Some(line) {
            length = failure[length - 1];
        }
        length += usize::from(now.get(length) == Some(line));
    }
    length
}

/// Counts the marks between two places of a run: stretches of lines that stand once in the whole run, do not stand in the past,
/// are not void, and share no line.
///
/// A line that stands once is a mark. Of lines that recur, as in a log that says the same few things in ever another order,
/// several together can be one. Lines of a cycle, and those of a stretch that stands elsewhere in the run or in the past, are
/// none, however many they are. What was said of [`PROOF`] lines holds for marks of any length, since none of them begins with
/// another: that would then stand twice.
///
/// Once there are [`PROOF`] of them no longer ones are looked for: they would only add to that.
fn marks(names: &[Vec<u64>], from: usize, to: usize, past: &Past) -> usize {
    // The latest beginning of a mark that ends before this place.
    let mut begin: Vec<Option<usize>> = vec![None; to + 1];
    let mut count = 0;
    for (names, length) in names.iter().zip(LENGTHS) {
        let mut times = Named::with_capacity_and_hasher(names.len(), Default::default());
        for name in names {
            *times.entry(*name).or_default() += 1;
        }
        let inside = (from..(to + 1).saturating_sub(length)).filter_map(|it| Some((it, *names.get(it)?)));
        for (at, name) in inside {
            if name != VOID && times.get(&name) == Some(&1) && !past.has(name) {
                begin[at + length] = begin[at + length].max(Some(at));
            }
        }
        count = apart(&begin, from);
        if count >= PROOF {
            break;
        }
    }
    count
}

/// How many marks share no line: to take whatever ends first leaves room for the most.
fn apart(begin: &[Option<usize>], from: usize) -> usize {
    let (mut count, mut end) = (0, from);
    for (at, begin) in begin.iter().enumerate() {
        if begin.is_some_and(|it| it >= end) {
            (count, end) = (count + 1, at);
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::super::stretch::names;
    use super::*;

    /// With nothing before both windows.
    fn continue_with<'a>(before: &[String], now: &'a [String]) -> Continuation<'a> {
        let mut window = Window::of(before.to_vec());
        let continuation = window.slide(now, &mut Past::default());
        assert_eq!(window.lines, now);
        continuation
    }

    fn lines(range: std::ops::Range<usize>) -> Vec<String> {
        range.map(|it| format!("line {it}")).collect()
    }

    /// Few lines in an order of their own, always the same.
    fn few(count: usize, distinct: u64) -> Vec<String> {
        let mut state = 7_u64;
        let mut draw = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % distinct
        };
        (0..count)
            .map(|_| Some(draw()).filter(|it| *it > 0).map_or(String::new(), |it| format!("say {it}")))
            .collect()
    }

    #[test]
    fn a_growing_section_is_exact() {
        assert_eq!(continue_with(&[], &lines(0..50)), Continuation::Grown(&lines(0..50)));
        assert_eq!(continue_with(&lines(0..2), &lines(0..50)), Continuation::Grown(&lines(2..50)));
        assert_eq!(continue_with(&lines(0..8), &lines(0..50)), Continuation::Appended(&lines(8..50)));
        assert_eq!(continue_with(&lines(0..2), &lines(0..2)), Continuation::Same);
        let ticks = vec!["tick".to_owned(); 199];
        assert_eq!(continue_with(&ticks[..150], &ticks), Continuation::Grown(&ticks[150..]));
    }

    #[test]
    fn a_full_first_window_may_have_lost_its_beginning() {
        assert_eq!(continue_with(&[], &lines(0..200)), Continuation::AfterGap(&lines(0..200)));
        assert_eq!(continue_with(&[], &lines(0..1_000)), Continuation::AfterGap(&lines(0..1_000)));
    }

    #[test]
    fn a_larger_ring_is_believed_once_it_is_seen() {
        let ticks = vec!["tick".to_owned(); 400];
        assert_eq!(continue_with(&ticks[..190], &ticks[..210]), Continuation::AfterGap(&ticks[190..210]));
        assert_eq!(continue_with(&ticks[..210], &ticks), Continuation::Grown(&ticks[210..]));
        assert_eq!(continue_with(&lines(0..190), &lines(0..210)), Continuation::Appended(&lines(190..210)));
    }

    #[test]
    fn a_sliding_section_is_continued_by_its_overlap() {
        assert_eq!(continue_with(&lines(0..200), &lines(30..230)), Continuation::Appended(&lines(200..230)));
        assert_eq!(continue_with(&lines(0..200), &lines(192..392)), Continuation::Appended(&lines(200..392)));
        assert_eq!(continue_with(&lines(0..200), &lines(300..500)), Continuation::AfterGap(&lines(300..500)));
    }

    #[test]
    fn an_overlap_that_proves_nothing_is_not_shown_twice() {
        assert_eq!(continue_with(&lines(0..200), &lines(193..393)), Continuation::AfterGap(&lines(200..393)));
    }

    #[test]
    fn lines_that_recur_prove_nothing() {
        let ticks = vec!["tick".to_owned(); 200];
        let now = [&ticks[..199], &lines(0..1)].concat();
        assert_eq!(continue_with(&ticks, &now), Continuation::AfterGap(&lines(0..1)));
        let blanks = vec![String::new(); 100];
        let now = [blanks.clone(), lines(0..100)].concat();
        let before = [lines(500..600), blanks].concat();
        assert_eq!(continue_with(&before, &now), Continuation::AfterGap(&lines(0..100)));
        for period in [2, 10, 99] {
            let cycle: Vec<String> = (0..600).map(|it| format!("step {}", it % period)).collect();
            let now = &cycle[100 + period + 1..][..200];
            assert_eq!(continue_with(&cycle[100..300], now), Continuation::AfterGap(&now[199..]), "{period}");
        }
    }

    #[test]
    fn a_trace_proves_nothing_wherever_it_stands() {
        let frame = |it| format!("\tat org.apache.spark.Frame{it}.run(Frame.scala:{it})");
        let trace = [vec!["java.io.IOException: no".to_owned()], (0..40).map(frame).collect()].concat();
        let before = [&lines(0..159)[..], &trace].concat();
        // The same failure a ring later.
        let now = [&trace[5..], &lines(900..1_064)].concat();
        assert_eq!(continue_with(&before, &now), Continuation::AfterGap(&now[36..]));
        // With eight lines of its own before it, it may be the same one.
        let now = [&lines(151..159)[..], &trace, &lines(159..310)].concat();
        assert_eq!(continue_with(&before, &now), Continuation::Appended(&now[49..]));
    }

    #[test]
    fn a_stretch_that_stands_elsewhere_proves_nothing() {
        let stretch: Vec<String> = (0..40).map(|it| format!("say {it}")).collect();
        let before = [&lines(0..60)[..], &stretch, &lines(60..80), &stretch[..20]].concat();
        let now = [&stretch[5..], &lines(900..1_005)].concat();
        assert_eq!(continue_with(&before, &now), Continuation::AfterGap(&now[15..]));
        // With eight lines of its own before it, it may.
        let now = [&lines(72..80)[..], &stretch, &lines(80..172)].concat();
        assert_eq!(continue_with(&before, &now), Continuation::Appended(&now[28..]));
    }

    #[test]
    fn a_stretch_that_was_there_before_proves_nothing() {
        let stretch: Vec<String> = (0..40).map(|it| format!("say {it}")).collect();
        let first = [&lines(0..100)[..], &stretch, &lines(100..160)].concat();
        let second = [&lines(300..460)[..], &stretch].concat();
        let third = [&stretch[..], &lines(700..860)].concat();
        let mut past = Past::default();
        let mut window = Window::of(first);
        assert_eq!(window.slide(&second, &mut past), Continuation::AfterGap(&second));
        assert_eq!(window.slide(&third, &mut past), Continuation::AfterGap(&third[40..]));
        // Its order with others may be new.
        let (mut window, now) = (Window::of(lines(1_000..1_200)), lines(1_100..1_300));
        assert_eq!(window.slide(&now, &mut past), Continuation::Appended(&now[100..]));
    }

    #[test]
    fn few_lines_in_ever_another_order_prove_by_their_order() {
        for distinct in 2..12 {
            let stream = few(300, distinct);
            let (before, now) = (&stream[..200], &stream[20..220]);
            assert_eq!(continue_with(before, now), Continuation::Appended(&stream[200..220]), "{distinct}");
        }
    }

    #[test]
    fn marks_share_no_line_and_none_is_mute() {
        let count = |text: &str| {
            let run: Vec<&str> = text.split(',').collect();
            marks(&names(&run), 0, run.len(), &Past::default())
        };
        assert_eq!(count("a,b,c,d"), 4);
        assert_eq!(count("a,,  ,\t,b"), 2);
        assert_eq!(count("a,\tat b.c(D.java:1),  File \"x.py\",Caused by: d.E: no,b"), 2);
        assert_eq!(count("a,a,b,a,b,b"), 3);
        assert_eq!(count(",,,,,,"), 0);
        assert_eq!(marks(&names(&["a", "b", "c", "d"]), 1, 3, &Past::default()), 2);
    }

    #[test]
    fn a_shorter_window_is_another_stream() {
        assert_eq!(continue_with(&lines(0..30), &lines(20..30)), Continuation::AfterGap(&lines(20..30)));
        assert_eq!(continue_with(&lines(0..10), &[]), Continuation::AfterGap(&[]));
    }
}
