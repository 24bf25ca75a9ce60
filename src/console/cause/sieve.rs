//! Which rules can fit a line at all: a hundred thousand lines are not tried on hundreds of rules each.
//!
//! Of every rule a stretch of seven bytes in the middle of its longest part has to be in the line, so that one of its first four
//! groups of four bytes begins at a place that is divisible by four. Those groups alone are looked up: one in four bytes of the
//! line, in a table of bits that is small enough to stay in the processor's cache. Where one is there, the whole part is compared
//! in its place.

/// What has to be in the line, in bytes.
pub(super) const STRETCH: usize = 7;
const GROUP: usize = 4;
/// Bits of the table, as a power of two.
const BITS: u32 = 16;

/// A group of four bytes in the longest part of a rule.
struct Group {
    bytes: u32,
    /// The rule's number.
    rule: u16,
    /// Where it is in the part.
    at: usize,
}

/// The groups of all rules.
pub(super) struct Sieve<'a> {
    bits: Vec<u64>,
    /// Ascending by their bytes.
    groups: Vec<Group>,
    parts: Vec<&'a [u8]>,
}

impl<'a> Sieve<'a> {
    /// Of the longest part of each rule, in order. One that is shorter than [`STRETCH`] is never found.
    pub fn of(parts: impl Iterator<Item = &'a str>) -> Self {
        let mut sieve = Self {
            bits: vec![0; 1 << (BITS - 6)],
            groups: Vec::new(),
            parts: parts.map(str::as_bytes).collect(),
        };
        for (rule, part) in (0_u16..).zip(&sieve.parts) {
            let from = part.len().saturating_sub(STRETCH) / 2;
            let stretch = part.get(from..).unwrap_or_default();
            for (at, group) in (from..).zip(stretch.windows(GROUP)).take(STRETCH - GROUP + 1) {
                let bytes = number(group);
                let (word, bit) = place(bytes);
                if let Some(it) = sieve.bits.get_mut(word) {
                    *it |= bit;
                }
                sieve.groups.push(Group { bytes, rule, at });
            }
        }
        sieve.groups.sort_unstable_by_key(|it| it.bytes);
        sieve
    }

    /// Puts the numbers of the rules whose longest part is in the line into `rules`, ascending, each once. Costs O(line).
    pub fn hits(&self, line: &str, rules: &mut Vec<u16>) {
        rules.clear();
        let line = line.as_bytes();
        for (at, group) in (0..).step_by(GROUP).zip(line.chunks_exact(GROUP)) {
            let bytes = number(group);
            let (word, bit) = place(bytes);
            if self.bits.get(word).is_none_or(|it| it & bit == 0) {
                continue;
            }
            let from = self.groups.partition_point(|it| it.bytes < bytes);
            for it in self.groups.iter().skip(from).take_while(|it| it.bytes == bytes) {
                let part = self.parts.get(usize::from(it.rule)).copied().unwrap_or_default();
                let here = usize::checked_sub(at, it.at).and_then(|it| line.get(it..));
                if here.is_some_and(|it| it.starts_with(part)) {
                    rules.push(it.rule);
                }
            }
        }
        if rules.len() > 1 {
            rules.sort_unstable();
            rules.dedup();
        }
    }
}

fn number(group: &[u8]) -> u32 {
    group.iter().fold(0, |number, it| number << 8 | u32::from(*it))
}

/// Knuth's multiplicative hash spreads neighbours (The Art of Computer Programming, 6.4).
fn place(group: u32) -> (usize, u64) {
    let hash = group.wrapping_mul(2_654_435_761) >> (32 - BITS);
    ((hash >> 6) as usize, 1 << (hash & 63))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_found_wherever_it_stands() {
        let parts = ["Queue's AM resource limit", "is banned", "exceeded quota: "];
        let sieve = Sieve::of(parts.into_iter());
        let mut rules = Vec::new();
        for (at, part) in parts.iter().enumerate() {
            for before in 0..9 {
                sieve.hits(&format!("{}{part}", "x".repeat(before)), &mut rules);
                assert_eq!(rules, [u16::try_from(at).unwrap()], "{before} {part}");
            }
        }
        sieve.hits("24/05/02 10:00:00 INFO TaskSetManager: Finished task 0.0 in stage 1.0", &mut rules);
        assert_eq!(rules, [] as [u16; 0]);
        sieve.hits("is banned: exceeded quota: ", &mut rules);
        assert_eq!(rules, [1, 2]);
    }
}
