//! Whether a window of a ring continues the one before it, and with which lines.

use std::collections::HashSet;

/// A ring of Livy keeps this many lines of a stream unless its operator chose otherwise (`livy.cache-log.size`, LivyConf.scala,
/// 0.9.0). A window shorter than this has lost nothing yet.
const USUAL_RING: usize = 200;

/// An overlap proves continuity only with this many distinct lines that are not blank: fewer recur by chance in logs that say
/// the same few things again and again.
const PROOF: usize = 4;

/// How a window continues the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Continuation<'a> {
    /// Nothing is new.
    Same,
    /// These lines follow, with none lost between.
    Appended(&'a [String]),
    /// These lines follow, and others may have been lost before them.
    AfterGap(&'a [String]),
}

/// Compares two windows of one section. Costs O(lines of both).
pub(super) fn continue_with<'a>(before: &[String], now: &'a [String]) -> Continuation<'a> {
    if before == now {
        return Continuation::Same;
    }
    if now.starts_with(before) && (now.len() < USUAL_RING || proves(before)) {
        return Continuation::Appended(&now[before.len()..]);
    }
    let overlaps = overlaps(before, now);
    match overlaps.first() {
        // A second, shorter overlap that would prove as much means that the lines recur: either could be the true one.
        Some(&longest) if proves(&now[..longest]) && !overlaps[1..].iter().any(|it| proves(&now[..*it])) => {
            if longest == now.len() {
                Continuation::Same
            } else {
                Continuation::Appended(&now[longest..])
            }
        }
        _ if now.is_empty() => Continuation::Same,
        _ => Continuation::AfterGap(now),
    }
}

/// True when the lines can hardly stand there twice.
fn proves(lines: &[String]) -> bool {
    let mut seen = HashSet::new();
    lines.iter().any(|line| !line.trim().is_empty() && seen.insert(line) && seen.len() >= PROOF)
}

/// The lengths of all ends of `before` that are beginnings of `now`, the longest first (Knuth, Morris and Pratt's failure
/// function over `now`, run along `before`).
fn overlaps(before: &[String], now: &[String]) -> Vec<usize> {
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
        while length > 0 && (length == now.len() || *line != now[length]) {
            length = failure[length - 1];
        }
        length += usize::from(now.get(length) == Some(line));
    }
    let mut lengths = Vec::new();
    while length > 0 {
        lengths.push(length);
        length = failure[length - 1];
    }
    lengths
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(range: std::ops::Range<usize>) -> Vec<String> {
        range.map(|it| format!("line {it}")).collect()
    }

    #[test]
    fn a_growing_section_is_exact() {
        assert_eq!(continue_with(&[], &lines(0..50)), Continuation::Appended(&lines(0..50)));
        assert_eq!(continue_with(&lines(0..2), &lines(0..50)), Continuation::Appended(&lines(2..50)));
        assert_eq!(continue_with(&lines(0..2), &lines(0..2)), Continuation::Same);
    }

    #[test]
    fn a_full_first_window_may_have_lost_its_beginning() {
        assert_eq!(continue_with(&[], &lines(0..200)), Continuation::AfterGap(&lines(0..200)));
    }

    #[test]
    fn a_sliding_section_is_continued_by_its_overlap() {
        assert_eq!(continue_with(&lines(0..200), &lines(30..230)), Continuation::Appended(&lines(200..230)));
        assert_eq!(continue_with(&lines(0..200), &lines(196..396)), Continuation::Appended(&lines(200..396)));
        assert_eq!(continue_with(&lines(0..200), &lines(198..398)), Continuation::AfterGap(&lines(198..398)));
        assert_eq!(continue_with(&lines(0..200), &lines(300..500)), Continuation::AfterGap(&lines(300..500)));
    }

    #[test]
    fn lines_that_recur_prove_nothing() {
        let beat = |count: usize| vec!["tick".to_owned(); count];
        assert_eq!(
            continue_with(&beat(200), &[beat(199), lines(0..1)].concat()),
            Continuation::AfterGap(&[beat(199), lines(0..1)].concat())
        );
        let cycle: Vec<String> = (0..400).map(|it| format!("step {}", it % 10)).collect();
        let now = [&cycle[105..300], &lines(0..5)].concat();
        assert_eq!(continue_with(&cycle[100..300], &now), Continuation::AfterGap(&now));
        let blanks = vec![String::new(); 100];
        let now = [blanks.clone(), lines(0..100)].concat();
        assert_eq!(continue_with(&[lines(500..600), blanks].concat(), &now), Continuation::AfterGap(&now));
    }

    #[test]
    fn an_emptied_section_adds_nothing() {
        assert_eq!(continue_with(&lines(0..10), &[]), Continuation::Same);
    }
}
