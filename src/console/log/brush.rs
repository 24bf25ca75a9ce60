//! What the codes of `SGR` sequences leave a terminal with, and which of its sixteen colours is nearest to one of many: the
//! page has a class for each of the sixteen, legible on both grounds, and no style of its own for others.

/// How a piece of a line is painted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Paint {
    /// One of a terminal's sixteen colours, 0 to 15; `None` for the usual one. Of text on a coloured ground it is the ground's,
    /// for that is the one which says something.
    pub colour: Option<u8>,
    /// Bold.
    pub is_bold: bool,
    /// Underlined.
    pub is_underlined: bool,
}

/// How a terminal would paint what comes next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Brush {
    ink: Option<u8>,
    ground: Option<u8>,
    is_bold: bool,
    is_underlined: bool,
}

impl Brush {
    /// How that is shown.
    pub(super) fn paint(self) -> Paint {
        // Black, white and grey under a text say nothing.
        let ground = self.ground.filter(|it| !matches!(it, 0 | 7 | 8 | 15));
        Paint { colour: ground.or(self.ink), is_bold: self.is_bold, is_underlined: self.is_underlined }
    }

    /// After the codes of a sequence (ECMA-48 §8.3.117). What a log's reader could not make use of is passed over.
    pub(super) fn with(mut self, codes: &str) -> Self {
        let mut codes = codes.split(';');
        while let Some(code) = codes.next() {
            // The parts of one code may be parted by colons (ITU-T T.416 §13.1.8).
            let mut parts = code.split(':').map(number);
            match parts.next().unwrap_or_default() {
                0 => self = Self::default(),
                1 => self.is_bold = true,
                22 => self.is_bold = false,
                4 => self.is_underlined = parts.next() != Some(0),
                24 => self.is_underlined = false,
                39 => self.ink = None,
                49 => self.ground = None,
                38 => self.ink = many(code, parts, &mut codes),
                48 => self.ground = many(code, parts, &mut codes),
                it @ 30..=37 => self.ink = u8::try_from(it - 30).ok(),
                it @ 40..=47 => self.ground = u8::try_from(it - 40).ok(),
                it @ 90..=97 => self.ink = u8::try_from(it - 82).ok(),
                it @ 100..=107 => self.ground = u8::try_from(it - 92).ok(),
                _ => {}
            }
        }
        self
    }
}

/// Nothing written is 0; what is no number is a code that nobody knows.
fn number(text: &str) -> u16 {
    if text.is_empty() { 0 } else { text.parse().unwrap_or(u16::MAX) }
}

/// The colour that the numbers after a 38 or a 48 name: in the same code, or in those that follow.
fn many<'a>(
    code: &str,
    parts: impl Iterator<Item = u16>,
    codes: &mut impl Iterator<Item = &'a str>,
) -> Option<u8> {
    if !code.contains(':') {
        return one_of_many(codes.map(number));
    }
    let mut parts: Vec<u16> = parts.collect();
    // A space of colours may be named before red, green and blue.
    if let [2, _, _, _, _, ..] = parts[..] {
        parts.remove(1);
    }
    one_of_many(parts.into_iter())
}

fn one_of_many(mut numbers: impl Iterator<Item = u16>) -> Option<u8> {
    let mut byte = || u8::try_from(numbers.next()?).ok();
    match byte()? {
        5 => byte().map(of_256),
        2 => Some(nearest([byte()?, byte()?, byte()?])),
        _ => None,
    }
}

/// One of the 256: the sixteen, a cube of colours, and greys (xterm, 256colres.pl).
fn of_256(index: u8) -> u8 {
    let level = |it: u8| if it == 0 { 0 } else { 55 + 40 * it };
    match index {
        0..16 => index,
        16..232 => {
            let place = index - 16;
            nearest([level(place / 36), level(place / 6 % 6), level(place % 6)])
        }
        232.. => nearest([8 + 10 * (index - 232); 3]),
    }
}

/// Red, green and blue of the sixteen (xterm, XTerm-col.ad).
const SIXTEEN: [[u8; 3]; 16] = [
    [0, 0, 0],
    [205, 0, 0],
    [0, 205, 0],
    [205, 205, 0],
    [0, 0, 238],
    [205, 0, 205],
    [0, 205, 205],
    [229, 229, 229],
    [127, 127, 127],
    [255, 0, 0],
    [0, 255, 0],
    [255, 255, 0],
    [92, 92, 255],
    [255, 0, 255],
    [0, 255, 255],
    [255, 255, 255],
];

/// The one of the sixteen that differs least from a colour.
fn nearest(colour: [u8; 3]) -> u8 {
    let difference = |other: &[u8; 3]| -> u32 {
        colour.iter().zip(other).map(|(one, two)| u32::from(one.abs_diff(*two)).pow(2)).sum()
    };
    (0_u8..).zip(&SIXTEEN).min_by_key(|it| difference(it.1)).map_or(0, |it| it.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_of_many_colours_is_shown_as_the_nearest_of_sixteen() {
        for (codes, colour) in [
            ("38;5;1", 1),
            ("38;5;196", 9),
            ("38;5;208", 3),
            ("38;5;46", 10),
            ("38;5;51", 14),
            ("38;5;21", 4),
            ("38;5;240", 8),
            ("38;5;231", 15),
            ("38;5;255", 7),
            ("38;2;255;0;0", 9),
            ("38;2;200;10;200", 5),
            ("38:2:255:0:0", 9),
            ("38:2::0:255:0", 10),
            ("38:5:3", 3),
        ] {
            assert_eq!(Brush::default().with(codes).paint().colour, Some(colour), "{codes}");
        }
        for codes in
            ["38", "38;5", "38;5;256", "38;2;1;2", "38;9;1", "31;39", "41;49", "40", "100", "48;5;231"]
        {
            assert_eq!(Brush::default().with(codes).paint().colour, None, "{codes}");
        }
    }

    #[test]
    fn a_coloured_ground_says_more_than_the_ink_on_it() {
        for (codes, colour) in [("41;37", 1), ("97;101", 9), ("48;5;9;31", 9), ("40;31", 1), ("41;31;49", 1)]
        {
            assert_eq!(Brush::default().with(codes).paint().colour, Some(colour), "{codes}");
        }
    }

    #[test]
    fn numbers_of_a_colour_are_no_codes() {
        for codes in ["38;2;1;4;31;1", "38:2::1:4:31;1", "48;5;4;1"] {
            let paint = Brush::default().with(codes).paint();
            assert_eq!((paint.is_bold, paint.is_underlined), (true, false), "{codes}");
        }
        assert!(Brush::default().with("4:3").paint().is_underlined);
        assert!(!Brush::default().with("4;4:0").paint().is_underlined);
    }
}
