//! A log line as it is shown: what a terminal would leave standing, and how it would paint it.

use std::borrow::Cow;
use std::cell::Cell;

use super::brush::{Brush, Paint};

/// A piece of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// How it is painted.
    pub paint: Paint,
    /// Its text.
    pub text: String,
}

/// Without ANSI escape sequences, and of text overwritten by carriage returns only what was written last (ECMA-48 §5.4, §8.3).
pub fn as_shown(line: &str) -> Cow<'_, str> {
    let last = last_written(line);
    if !last.contains('\u{1b}') {
        return Cow::Borrowed(last);
    }
    let mut text = String::with_capacity(last.len());
    read(last, |it| text.push_str(it), |_| {});
    Cow::Owned(text)
}

/// The pieces of a line that has colours or the like (ECMA-48 §8.3.117, aixterm's bright ones 90 to 97, and xterm's many);
/// `None` for one that has not. Their texts together are what is shown.
pub fn paint(line: &str) -> Option<Vec<Span>> {
    let last = last_written(line);
    if !last.contains('\u{1b}') {
        return None;
    }
    let brush = Cell::new(Brush::default());
    let mut spans: Vec<Span> = Vec::new();
    read(
        last,
        |text| match (spans.last_mut(), brush.get().paint()) {
            _ if text.is_empty() => {}
            (Some(span), paint) if span.paint == paint => span.text.push_str(text),
            (_, paint) => spans.push(Span { paint, text: text.to_owned() }),
        },
        |codes| brush.set(brush.get().with(codes)),
    );
    spans.iter().any(|it| it.paint != Paint::default()).then_some(spans)
}

fn last_written(line: &str) -> &str {
    let line = line.strip_suffix('\n').unwrap_or(line);
    line.trim_end_matches('\r').rsplit('\r').next().unwrap_or(line)
}

/// Reads a text with escape sequences: tells what is left of it, and the codes of each `SGR`.
fn read(mut text: &str, mut left: impl FnMut(&str), mut graphic: impl FnMut(&str)) {
    while let Some((before, rest)) = text.split_once('\u{1b}') {
        left(before);
        text = after_sequence(rest, &mut graphic);
    }
    left(text);
}

/// What follows an escape sequence, of which the escape is read already.
fn after_sequence<'a>(text: &'a str, graphic: &mut impl FnMut(&str)) -> &'a str {
    let mut rest = text.chars();
    let kind = rest.next();
    let rest = rest.as_str();
    match kind {
        // A control sequence ends with a character from @ to ~.
        Some('[') => {
            let (codes, rest) = part(rest, |it| ('@'..='~').contains(&it));
            if rest.starts_with('m') {
                graphic(codes);
            }
            after_first(rest)
        }
        // A string of control, a system command for one, ends with BEL, or with ESC and a backslash.
        Some(']' | 'P' | 'X' | '^' | '_') => {
            let (_, rest) = part(rest, |it| matches!(it, '\u{7}' | '\u{1b}'));
            rest.strip_prefix('\u{7}').or_else(|| rest.strip_prefix("\u{1b}\\")).unwrap_or(rest)
        }
        // A set of characters is named, or the like, by a last one (ECMA-35 §13.2).
        Some(' '..='/') => after_first(part(rest, |it| !(' '..='/').contains(&it)).1),
        _ => rest,
    }
}

/// A text up to a character, and from it on.
fn part(text: &str, is_end: impl Fn(char) -> bool) -> (&str, &str) {
    text.find(is_end).and_then(|it| text.split_at_checked(it)).unwrap_or((text, ""))
}

fn after_first(text: &str) -> &str {
    let mut rest = text.chars();
    rest.next();
    rest.as_str()
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
            ("\u{1b}(B\u{1b}[mtput\u{1b}(", "tput"),
            ("\u{1b}#8\u{1b}=\u{1b}Pq\u{1b}\\x\u{1b}]0;open\u{1b}[1my", "xy"),
            ("cut \u{1b}[3", "cut "),
            ("cut \u{1b}", "cut "),
            ("", ""),
        ];
        for (line, text) in cases {
            assert_eq!(as_shown(line), text, "{line:?}");
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
        assert_eq!(
            spans("\u{1b}[48;5;9;37mx\u{1b}[49my"),
            [piece("x", Some(9), false), piece("y", Some(7), false)]
        );
        assert_eq!(spans("\u{1b}[31ma\u{1b}[31mb\u{1b}[Kc"), [piece("abc", Some(1), false)]);
        assert_eq!(spans("\u{1b}[mx\u{1b}[38mx"), []);
        assert_eq!(spans("old\r\u{1b}[33mnew"), [piece("new", Some(3), false)]);
    }
}
