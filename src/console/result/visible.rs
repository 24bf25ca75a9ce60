//! Characters that a browser does not draw, or draws to mislead, in signs that can be seen.

use std::borrow::Cow;

/// Controls of the direction of writing: they turn around what stands beside them (Unicode TR 9, 2.1 to 2.4).
fn turns(it: char) -> bool {
    matches!(it, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// True for a character that is not drawn, or that turns around what stands beside it. Tabs and ends of lines are none.
pub(super) fn is_hidden(it: char) -> bool {
    (it.is_control() && !matches!(it, '\t' | '\n')) || turns(it)
}

/// A text with signs in place of controls: Unicode's pictures of them where there are some, else their numbers. Tabs and ends of
/// lines stay.
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for it in text.chars() {
        match it {
            '\u{7f}' => shown.push('\u{2421}'),
            it if !is_hidden(it) => shown.push(it),
            it if (it as u32) < 0x20 => shown.extend(char::from_u32(0x2400 + it as u32)),
            it => shown.push_str(&format!("⟨U+{:04X}⟩", it as u32)),
        }
    }
    Cow::Owned(shown)
}

#[cfg(test)]
mod tests {
    use super::visible;

    #[test]
    fn nothing_hides() {
        assert_eq!(visible("a\tb\nä😀"), "a\tb\nä😀");
        assert_eq!(visible("a\0b\u{1b}[\u{7f}\u{85}"), "a␀b␛[␡⟨U+0085⟩");
        assert_eq!(visible("x\u{202e}yz\u{2069}"), "x⟨U+202E⟩yz⟨U+2069⟩");
    }
}
