//! A log line as it is shown: what a terminal would leave standing, and how it would paint it.

use std::borrow::Cow;

/// How a piece of a line is painted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Paint {
    /// One of a terminal's sixteen colours, 0 to 15; `None` for the usual one.
    pub colour: Option<u8>,
    /// Bold.
    pub is_bold: bool,
    /// Underlined.
    pub is_underlined: bool,
}

/// A piece of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// How it is painted.
    pub paint: Paint,
    /// Its text.
    pub text: String,
}

/// Without ANSI escape sequences, and of text overwritten by carriage returns only what was written last (ECMA-48 §5.4, §8.3).
pub fn shown(line: &str) -> Cow<'_, str> {
    let last = last_written(line);
    if !last.contains('\u{1b}') {
        return Cow::Borrowed(last);
    }
    let mut text = String::with_capacity(last.len());
    read(last, |it| text.push(it), |_| {});
    Cow::Owned(text)
}

/// The pieces of a line that has colours or the like (ECMA-48 §8.3.117, and aixterm's bright ones 90 to 97); `None` for one that
/// has not. Their texts together are what is shown.
pub fn paint(line: &str) -> Option<Vec<Span>> {
    let last = last_written(line);
    if !last.contains('\u{1b}') {
        return None;
    }
    let spans = std::cell::RefCell::new(vec![Span { paint: Paint::default(), text: String::new() }]);
    read(
        last,
        |character| {
            if let Some(span) = spans.borrow_mut().last_mut() {
                span.text.push(character);
            }
        },
        |codes| {
            let mut spans = spans.borrow_mut();
            let now = spans.last().map(|it| it.paint).unwrap_or_default();
            let next = now.with(codes);
            if next != now {
                spans.push(Span { paint: next, text: String::new() });
            }
        },
    );
    let spans = spans.into_inner().into_iter().filter(|it| !it.text.is_empty());
    let spans: Vec<Span> = spans.collect();
    spans.iter().any(|it| it.paint != Paint::default()).then_some(spans)
}

impl Paint {
    /// After the codes of a `SGR` sequence. What a log's reader could not make use of is passed over.
    fn with(mut self, codes: &str) -> Self {
        let mut codes =
            codes.split([';', ':']).map(|it| if it.is_empty() { Some(0) } else { it.parse::<u16>().ok() });
        while let Some(code) = codes.next() {
            match code {
                Some(0) => self = Self::default(),
                Some(1) => self.is_bold = true,
                Some(22) => self.is_bold = false,
                Some(4) => self.is_underlined = true,
                Some(24) => self.is_underlined = false,
                Some(code @ 30..=37) => self.colour = u8::try_from(code - 30).ok(),
                Some(code @ 90..=97) => self.colour = u8::try_from(code - 82).ok(),
                Some(39) => self.colour = None,
                // One of 256 colours, of which the first sixteen are the named ones, or red, green and blue.
                Some(code @ (38 | 48)) => {
                    let colour = match codes.next() {
                        Some(Some(5)) => codes.next().flatten(),
                        Some(Some(2)) => codes.by_ref().take(3).last().and(None),
                        _ => return self,
                    };
                    if code == 38 {
                        self.colour = colour.and_then(|it| u8::try_from(it).ok()).filter(|it| *it < 16);
                    }
                }
                _ => {}
            }
        }
        self
    }
}

fn last_written(line: &str) -> &str {
    let line = line.strip_suffix('\n').unwrap_or(line);
    line.trim_end_matches('\r').rsplit('\r').next().unwrap_or(line)
}

/// Reads a text with escape sequences: tells what is left of it, and the codes of each `SGR`.
fn read(text: &str, mut left: impl FnMut(char), mut graphic: impl FnMut(&str)) {
    let mut rest = text.chars().peekable();
    let mut codes = String::new();
    while let Some(character) = rest.next() {
        if character != '\u{1b}' {
            left(character);
            continue;
        }
        match rest.next() {
            // A control sequence ends with a character from @ to ~.
            Some('[') => {
                codes.clear();
                for it in rest.by_ref() {
                    if ('@'..='~').contains(&it) {
                        if it == 'm' {
                            graphic(&codes);
                        }
                        break;
                    }
                    codes.push(it);
                }
            }
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
            let painted = paint(line).map(|it| it.into_iter().map(|it| it.text).collect::<String>());
            assert!(painted.is_none_or(|it| it == text), "{line:?}");
        }
    }

    #[test]
    fn colours_as_a_terminal_has_them() {
        let spans = |line: &str| -> Vec<(String, Option<u8>, bool)> {
            paint(line)
                .unwrap_or_default()
                .into_iter()
                .map(|it| (it.text, it.paint.colour, it.paint.is_bold))
                .collect()
        };
        let piece = |text: &str, colour, bold| (text.to_owned(), colour, bold);
        assert_eq!(
            spans("\u{1b}[31mred\u{1b}[0m and \u{1b}[1;38;5;7mbold"),
            [piece("red", Some(1), false), piece(" and ", None, false), piece("bold", Some(7), true)]
        );
        assert_eq!(spans("\u{1b}[92;1mx\u{1b}[22my\u{1b}[39mz").len(), 3);
        assert_eq!(spans("\u{1b}[38;2;1;2;3;1mx"), [piece("x", None, true)]);
        assert_eq!(spans("\u{1b}[48;5;9;31mx"), [piece("x", Some(1), false)]);
        assert_eq!(spans("\u{1b}[mx\u{1b}[38mx"), []);
        assert_eq!(spans("old\r\u{1b}[33mnew"), [piece("new", Some(3), false)]);
    }
}
