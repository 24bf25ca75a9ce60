//! Whether a window of a ring continues the one before it, and with which lines.
//!
//! Livy keeps the last lines of a stream in a ring and numbers none of them (protocol notes §2.4), so two windows are laid
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
//! - A stretch with [`PROOF`] marks that the stream repeats word for word, while neither window shows a second copy of it,
//!   proves what is not so: the same eight lines printed again only after more lines than the ring holds, for instance. What
//!   programs repeat most, the frames of a trace, proves nothing therefore, however many they are ([`is_mute`]).
//! - How large the ring is. See [`USUAL_RING`].
//!
//! YARN's and Kubernetes' diagnostics are no ring but a message that is replaced. The same rules tell no lie about them:
//! a message that goes on is continued, another one stands after a gap.

use std::collections::HashMap;

/// A ring of Livy keeps this many lines of a stream unless its operator chose otherwise (`livy.cache-log.size`, LivyConf.scala,
/// 0.9.0), and no answer says what was chosen. A window shorter than this is believed to have lost nothing.
///
/// A smaller ring makes that belief wrong once in a stream: when it is filled past its end by lines that follow too few to
/// prove anything. [`Continuation::Grown`] marks the place, and a window that slides at a length where no ring should yet
/// be full tells that there was a gap. With a larger ring the growth past this length needs a proof, once.
const USUAL_RING: usize = 200;

/// An overlap proves continuity with so many distinct lines, neither blank nor indented, that stand nowhere else in both windows.
///
/// Why eight: a stream that repeats itself in stretches of fewer lines, whatever they are, can never deceive; and of lines
/// drawn by chance, eight distinct ones come in the same order again once in 8⁸ (16 million) tries at most, however often
/// each of them is drawn: the product of eight chances whose sum is at most 1. It costs little: with a usual ring, only of a
/// poll that brings 193 to 200 lines it cannot be proven that it lost none.
const PROOF: usize = 8;

/// Lines are taken together in stretches of 1, 2, 4 and so on up to this many lines.
const LONGEST_MARK: usize = 32;

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

/// Compares two windows of one section. Costs O(lines of both), whatever was before them.
pub(super) fn continue_with<'a>(before: &[String], now: &'a [String]) -> Continuation<'a> {
    if before == now {
        return Continuation::Same;
    }
    if now.len() < before.len() {
        return Continuation::AfterGap(now);
    }
    let overlap = longest_overlap(before, now);
    let fresh = &now[overlap..];
    let run: Vec<&str> = before.iter().chain(fresh).map(String::as_str).collect();
    if marks(&run, before.len() - overlap, before.len()) >= PROOF {
        Continuation::Appended(fresh)
    } else if overlap == before.len() && (now.len() < USUAL_RING || before.len() >= USUAL_RING) {
        Continuation::Grown(fresh)
    } else {
        Continuation::AfterGap(fresh)
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

/// Counts the marks between two places of a run: stretches of lines that stand once in the whole run, are not all mute, and
/// share no line.
///
/// A line that stands once is a mark. Of lines that recur, as in a log that says the same few things in ever another order,
/// several together can be one. Lines of a cycle, and those of a trace that stands elsewhere in the run, are none, however
/// many they are. What was said of [`PROOF`] lines holds for marks of any length, since none of them begins with another:
/// that would then stand twice.
fn marks(run: &[&str], from: usize, to: usize) -> usize {
    // The latest beginning of a mark that ends before this place.
    let mut begin: Vec<Option<usize>> = vec![None; run.len() + 1];
    let mut names = name_lines(run);
    let mut length = 1;
    while length <= LONGEST_MARK {
        let mut times: HashMap<usize, usize> = HashMap::new();
        for name in &names {
            *times.entry(*name).or_default() += 1;
        }
        for (at, name) in names.iter().enumerate() {
            if *name != MUTE && times.get(name) == Some(&1) {
                begin[at + length] = begin[at + length].max(Some(at));
            }
        }
        names = name_pairs(&names, length);
        length *= 2;
    }
    let (mut count, mut end) = (0, from);
    // To take whatever ends first leaves room for the most.
    for (at, begin) in begin.iter().enumerate().take(to + 1) {
        if begin.is_some_and(|it| it >= end) {
            (count, end) = (count + 1, at);
        }
    }
    count
}

/// The name of lines that are all mute.
const MUTE: usize = 0;

/// True for a line that says nothing of where it stands: a blank one, and one that belongs to the line above it, as the frames of
/// a trace do, which come again word for word whenever the same thing fails.
fn is_mute(line: &str) -> bool {
    line.starts_with([' ', '\t']) || line.starts_with("Caused by: ") || line.trim().is_empty()
}

/// A number for each line, the same for the same text.
fn name_lines(run: &[&str]) -> Vec<usize> {
    let mut names = HashMap::from([("", MUTE)]);
    let mut name = |line| {
        let next = names.len();
        *names.entry(line).or_insert(next)
    };
    run.iter().map(|line| name(if is_mute(line) { "" } else { *line })).collect()
}

/// A number for each stretch twice as long as those that have the names, which are of `length` lines.
fn name_pairs(names: &[usize], length: usize) -> Vec<usize> {
    let mut known = HashMap::from([((MUTE, MUTE), MUTE)]);
    let pairs = names.iter().copied().zip(names.iter().copied().skip(length));
    pairs
        .map(|pair| {
            let next = known.len();
            *known.entry(pair).or_insert(next)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn a_trace_that_stands_elsewhere_proves_nothing() {
        let trace: Vec<String> = (0..40).map(|it| format!("\tat frame {it}")).collect();
        let before = [&lines(0..60)[..], &trace, &lines(60..80), &trace[..20]].concat();
        let now = [&trace[5..], &lines(900..1_005)].concat();
        assert_eq!(continue_with(&before, &now), Continuation::AfterGap(&now[15..]));
        // With eight lines of its own before it, it may.
        let now = [&lines(72..80)[..], &trace, &lines(80..172)].concat();
        assert_eq!(continue_with(&before, &now), Continuation::Appended(&now[28..]));
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
            marks(&run, 0, run.len())
        };
        assert_eq!(count("a,b,c,d"), 4);
        assert_eq!(count("a,,  ,\t,b"), 2);
        assert_eq!(count("a,\tat b.c(D.java:1),  File \"x.py\",Caused by: d.E: no,b"), 2);
        assert_eq!(count("a,a,b,a,b,b"), 3);
        assert_eq!(count(",,,,,,"), 0);
        assert_eq!(marks(&["a", "b", "c", "d"], 1, 3), 2);
    }

    #[test]
    fn a_shorter_window_is_another_stream() {
        assert_eq!(continue_with(&lines(0..30), &lines(20..30)), Continuation::AfterGap(&lines(20..30)));
        assert_eq!(continue_with(&lines(0..10), &[]), Continuation::AfterGap(&[]));
    }
}
