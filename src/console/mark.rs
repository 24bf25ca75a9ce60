//! The invisible mark at the end of each statement that is sent from here: a last line of blanks and tabs, by which its answer is
//! found when it was lost, and by which it is known whose it was.
//!
//! Livy has no other handle: a POST has no key, and its repeat makes another statement. It gives the code back with all its
//! blanks, and Scala, Python and SQL ignore such a line (docs/statements.md).

/// Which browser has sent a statement, and which of its statements it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The browser's own number.
    pub browser: u16,
    /// Made up for this one statement; 24 bits.
    pub number: u32,
}

/// 16 bits of browser, 24 of number, 8 that check them.
const BITS: u32 = 48;

impl Mark {
    pub(crate) fn made_up(browser: u16, random: u64) -> Self {
        Self { browser, number: (random >> 32) as u32 & 0x00ff_ffff }
    }

    fn bits(self) -> u64 {
        let checked = u64::from(self.browser) << 24 | u64::from(self.number & 0x00ff_ffff);
        checked << 8 | u64::from(check(checked))
    }

    /// The line of the mark.
    pub(crate) fn line(self) -> String {
        (0..BITS).rev().map(|bit| if self.bits() >> bit & 1 == 1 { '\t' } else { ' ' }).collect()
    }

    fn of_line(line: &str) -> Option<Self> {
        let is_mark = line.len() == BITS as usize && line.bytes().all(|it| matches!(it, b' ' | b'\t'));
        let bits = line.bytes().fold(0_u64, |bits, it| bits << 1 | u64::from(it == b'\t'));
        let checked = bits >> 8;
        (is_mark && u64::from(check(checked)) == bits & 0xff)
            .then_some(Self { browser: (checked >> 24) as u16, number: checked as u32 & 0x00ff_ffff })
    }

    /// True for the line of a mark.
    pub(crate) fn is_line(line: &str) -> bool {
        Self::of_line(line).is_some()
    }

    /// The code as it is sent: with the mark as its last line. An empty line before it ends what Python would take for an open block.
    pub(crate) fn put_on(self, code: &str) -> String {
        format!("{code}\n{}\n", self.line())
    }

    /// The code without its mark, and the mark.
    pub fn taken_off(code: &str) -> (&str, Option<Self>) {
        let marked = code.strip_suffix('\n').and_then(|it| it.rsplit_once('\n'));
        match marked.and_then(|(before, line)| Some((before, Self::of_line(line)?))) {
            Some((before, mark)) => (before, Some(mark)),
            None => (code, None),
        }
    }

    pub(crate) fn to_number(self) -> u64 {
        self.bits() >> 8
    }

    pub(crate) fn of_number(number: u64) -> Self {
        Self { browser: (number >> 24) as u16, number: number as u32 & 0x00ff_ffff }
    }
}

/// CRC-8 (polynomial 0x07) from a start that leaves lines of blanks alone, and of tabs alone, without a right check.
fn check(bits: u64) -> u8 {
    let bytes = bits.to_be_bytes();
    bytes[3..].iter().fold(0x5a, |crc, byte| {
        (0..8).fold(crc ^ byte, |crc: u8, _| if crc & 0x80 == 0 { crc << 1 } else { crc << 1 ^ 0x07 })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_put_on_comes_off_and_nothing_else() {
        let marks = [0, 1, 0x00ff_ffff_ffff, 0xa5c3_f00f_1234 >> 8].map(Mark::of_number);
        for code in ["", "1 + 1", "for i in x:\n    print(i)\n", "\n\n", "a\r\n", "größe", " \t\n \t"] {
            assert_eq!(Mark::taken_off(code), (code, None), "{code:?}");
            for mark in marks {
                let marked = mark.put_on(code);
                assert_eq!(Mark::taken_off(&marked), (code, Some(mark)), "{code:?}");
                assert_eq!(Mark::of_number(mark.to_number()), mark);
            }
        }
        let twice = marks[1].put_on(&marks[2].put_on("x"));
        assert_eq!(Mark::taken_off(&twice).1, Some(marks[1]));
    }

    #[test]
    fn blanks_are_no_mark() {
        for line in [" ".repeat(48), "\t".repeat(48), " \t".repeat(24), "\t ".repeat(24), " ".repeat(47)] {
            assert_eq!(Mark::taken_off(&format!("x\n{line}\n")).1, None, "{line:?}");
        }
        let line = Mark::of_number(7).line();
        assert_eq!(Mark::taken_off(&format!("x\n{line}")).1, None, "a line that has not ended");
        let off_by_one = line.replacen(' ', "\t", 1);
        assert_eq!(Mark::taken_off(&format!("x\n{off_by_one}\n")).1, None);
    }
}
