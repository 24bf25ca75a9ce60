//! Stretches of a section's lines, named by what they say, and a memory of those that the section has had.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

use super::level::LineShape;
use super::line::as_shown;

/// Lines are taken together in stretches of so many.
pub(super) const LENGTHS: [usize; 6] = [1, 2, 4, 8, 16, 32];

/// The name of a stretch that says nothing of where it stands: its lines are blank, or those of stack traces, which come again
/// word for word whenever the same thing fails again.
pub(super) const VOID: u64 = 0;

/// 2⁶⁴ divided by the golden ratio (Knuth, TAOCP volume 3, §6.4).
const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;

/// So many lines are remembered in a half of the memory.
const REMEMBERED: usize = 8_192;

/// The names of the stretches that begin at each line of a run, for each of [`LENGTHS`]; the same for the same text (64 bits, of
/// a line FNV-1a). Costs O(text of the run).
pub(super) fn names(run: &[&str]) -> Vec<Vec<u64>> {
    let mut lines = LineNames::default();
    run.iter().for_each(|it| lines.push(it));
    lines.stretches()
}

/// The names of consecutive lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct LineNames {
    names: Vec<u64>,
    last: Option<LineShape>,
}

impl LineNames {
    /// A line follows. Costs O(line).
    pub(super) fn push(&mut self, line: &str) {
        let line = as_shown(line);
        let shape = LineShape::of(&line, self.last);
        self.last = Some(shape);
        let is_void = line.trim().is_empty() || shape.is_frame() || LineShape::is_of_trace(&line);
        self.names.push(if is_void { VOID } else { hash(line.bytes()) });
    }

    /// The first lines are gone.
    pub(super) fn drop_first(&mut self, lines: usize) {
        self.names.drain(..lines.min(self.names.len()));
    }

    /// The names of the stretches of all lengths. Costs O(lines).
    pub(super) fn stretches(&self) -> Vec<Vec<u64>> {
        let mut all = vec![self.names.clone()];
        for length in &LENGTHS[..LENGTHS.len() - 1] {
            let halves = all.last().map(Vec::as_slice).unwrap_or_default();
            all.push(halves.iter().zip(halves.iter().skip(*length)).map(|it| pair(*it.0, *it.1)).collect());
        }
        all
    }
}

fn pair(first: u64, second: u64) -> u64 {
    if (first, second) == (VOID, VOID) {
        return VOID;
    }
    // Names are hashes already: what is left to do is to tell their order.
    let mixed = first.wrapping_mul(SPREAD).rotate_left(31) ^ second;
    (mixed ^ mixed >> 29).wrapping_mul(SPREAD)
}

fn hash(bytes: impl Iterator<Item = u8>) -> u64 {
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// Spreads names, which are hashes already: the usual hasher, made for keys that somebody chooses, took most of the time of a
/// poll's stitching.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Spread(u64);

impl Hasher for Spread {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = hash(bytes.iter().copied());
    }

    fn write_u32(&mut self, name: u32) {
        self.write_u64(name.into());
    }

    fn write_u64(&mut self, name: u64) {
        // A table looks at both ends of the number.
        self.0 = name.wrapping_mul(SPREAD);
    }
}

/// A number for each name.
pub(super) type Named = HashMap<u64, usize, BuildHasherDefault<Spread>>;

type Names = HashSet<u32, BuildHasherDefault<Spread>>;

/// The stretches that a section had before the window that the server showed last, as far as its last 8,192 to 16,384 lines go.
///
/// Memory: 32 bits of each name and a byte, in tables that are half empty at worst, 0.7 MB for a section. Of the names in two
/// full halves one in 40,000 that was never seen is taken for known, which costs a proof and never makes one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Past {
    young: Names,
    old: Names,
    /// How many lines are in the young half.
    lines: usize,
}

impl Past {
    /// Takes the stretches that begin in the first `count` lines of a run with these names. Costs O(count).
    pub(super) fn remember(&mut self, names: &[Vec<u64>], count: usize) {
        for at in 0..count {
            if self.lines == REMEMBERED {
                self.old = std::mem::take(&mut self.young);
                self.lines = 0;
            }
            self.lines += 1;
            let begun = names.iter().filter_map(|it| it.get(at)).filter(|it| **it != VOID);
            self.young.extend(begun.map(|it| short(*it)));
        }
    }

    /// True for a stretch that the section has had.
    pub(super) fn has(&self, name: u64) -> bool {
        self.young.contains(&short(name)) || self.old.contains(&short(name))
    }
}

/// The upper half of a name folded into the lower one.
fn short(name: u64) -> u32 {
    let [a, b, c, d, e, f, g, h] = name.to_le_bytes();
    u32::from_le_bytes([a ^ e, b ^ f, c ^ g, d ^ h])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_lines_and_traces_are_void() {
        let run = [
            "ERROR x: no",
            "java.io.IOException: no",
            "\tat a.b(C.java:1)",
            "\tSuppressed: a.B: no",
            "Caused by: a.B: no",
            "\t... 12 more",
            " ",
            "  File \"x.py\", line 1, in f",
            "    f()",
            "so",
        ];
        let lone: Vec<usize> = (0..run.len()).filter(|it| names(&run)[0][*it] != VOID).collect();
        assert_eq!(lone, [0, 8, 9]);
        let traceback = [&["Traceback (most recent call last):"], &run[7..]].concat();
        assert_eq!(names(&traceback)[0].iter().filter(|it| **it != VOID).count(), 1);
    }

    #[test]
    fn a_stretch_has_the_name_of_its_lines() {
        let names = names(&["a", "b", "a", "b", "", "", "b", "a"]);
        assert_eq!((names[0][0], names[1][0]), (names[0][2], names[1][2]));
        assert_ne!(names[1][0], names[1][1]);
        assert_ne!(names[1][0], names[1][6]);
        assert_eq!((names[1][4], names[2].len(), names[5].len()), (VOID, 5, 0));
    }

    #[test]
    fn the_past_is_bounded() {
        let mut past = Past::default();
        let line = |at: usize| names(&[&format!("line {at}")])[0][0];
        for at in 0..40_000 {
            past.remember(&[vec![line(at)]], 1);
        }
        assert!(past.young.len() + past.old.len() <= 2 * REMEMBERED);
        assert!((40_000 - REMEMBERED..40_000).all(|it| past.has(line(it))));
        assert!(!past.has(line(17)) && !past.has(line(40_000)));
    }
}
