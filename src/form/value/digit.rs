//! Decimal digits of every script: what Java's `Character.isDigit`, and so Scala's `isDigit`, takes for one.

/// The zero of each run of ten (Unicode 14, general category Nd).
const ZEROS: [u32; 66] = [
    0x30, 0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6, 0xe50,
    0xed0, 0xf20, 0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50, 0x1bb0, 0x1c40,
    0x1c50, 0xa620, 0xa8d0, 0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0xff10, 0x104a0, 0x10d30, 0x11066,
    0x110f0, 0x11136, 0x111d0, 0x112f0, 0x11450, 0x114d0, 0x11650, 0x116c0, 0x11730, 0x118e0, 0x11950,
    0x11c50, 0x11d50, 0x11da0, 0x16a60, 0x16ac0, 0x16b50, 0x1d7ce, 0x1d7d8, 0x1d7e2, 0x1d7ec, 0x1d7f6,
    0x1e140, 0x1e2f0, 0x1e950, 0x1fbf0,
];

/// True for a decimal digit of any script.
pub(crate) fn is_digit(character: char) -> bool {
    let code = u32::from(character);
    ZEROS.iter().any(|zero| (*zero..zero + 10).contains(&code))
}

/// True for a character that is not seen: it joins, separates or turns others (Unicode's category Cf, its common members).
pub(crate) fn is_invisible(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// A number with one point, and the word after it in small letters: `1.5 G` is `1.5` and `g`.
pub(crate) fn fraction(text: &str) -> Option<(&str, String)> {
    let text = text.trim();
    let at = text.find(|it: char| !it.is_ascii_digit() && it != '.').filter(|it| *it > 0)?;
    let (number, rest) = text.split_at(at);
    (number.matches('.').count() == 1).then(|| (number, rest.trim_start().to_ascii_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_of_several_scripts() {
        assert!("0９٣२".chars().all(is_digit));
        assert!(!"²Ⅷ½a".chars().any(is_digit));
    }
}
