//! A log line as it is shown: what a terminal would leave standing.

use std::borrow::Cow;

/// Without ANSI escape sequences, and of text overwritten by carriage returns only what was written last (ECMA-48 §5.4, §8.3).
pub fn shown(line: &str) -> Cow<'_, str> {
    let line = line.strip_suffix('\n').unwrap_or(line);
    let last = line.trim_end_matches('\r').rsplit('\r').next().unwrap_or(line);
    if !last.contains('\u{1b}') {
        return Cow::Borrowed(last);
    }
    let mut text = String::with_capacity(last.len());
    let mut rest = last.chars().peekable();
    while let Some(character) = rest.next() {
        if character != '\u{1b}' {
            text.push(character);
            continue;
        }
        match rest.next() {
            // A control sequence ends with a character from @ to ~.
            Some('[') => while rest.next().is_some_and(|it| !('@'..='~').contains(&it)) {},
            // An operating system command ends with BEL or with ESC and a backslash.
            Some(']') => {
                while let Some(it) = rest.next() {
                    if it == '\u{7}' || (it == '\u{1b}' && rest.next_if_eq(&'\\').is_some()) {
                        break;
                    }
                }
            }
            _ => {}
        }
    }
    Cow::Owned(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_leaves_standing() {
        let cases = [
            ("plain <b>text</b>", "plain <b>text</b>"),
            ("\u{1b}[31mred\u{1b}[0m and \u{1b}[1;38;5;7mbold", "red and bold"),
            ("10%\r50%\r100%", "100%"),
            ("100%\r", "100%"),
            ("\u{1b}]0;title\u{7}text\u{1b}]8;;x\u{1b}\\!", "text!"),
            ("cut \u{1b}[3", "cut "),
            ("cut \u{1b}", "cut "),
            ("", ""),
        ];
        for (line, text) in cases {
            assert_eq!(shown(line), text, "{line:?}");
        }
    }
}
