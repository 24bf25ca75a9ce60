//! The escapes of a JSON text (RFC 8259 §7).

use std::borrow::Cow;

/// What a part of a JSON text between its quotes stands for. The part must not begin or end within an escape.
pub fn unescape(inner: &str) -> Cow<'_, str> {
    if inner.contains('\\') { Cow::Owned(unescaped(inner)) } else { Cow::Borrowed(inner) }
}

fn unescaped(inner: &str) -> String {
    let mut text = String::with_capacity(inner.len());
    let mut rest = inner;
    while let Some(at) = rest.find('\\') {
        text.push_str(&rest[..at]);
        let escape = rest[at + 1..].chars().next().unwrap_or('\\');
        rest = rest.get(at + 2..).unwrap_or_default();
        match escape {
            'b' => text.push('\u{8}'),
            'f' => text.push('\u{c}'),
            'n' => text.push('\n'),
            'r' => text.push('\r'),
            't' => text.push('\t'),
            'u' => {
                let (character, taken) = unicode(rest);
                text.push(character);
                rest = rest.get(taken..).unwrap_or_default();
            }
            itself => text.push(itself),
        }
    }
    text.push_str(rest);
    text
}

/// The character of four hexadecimal digits, or of two such escapes that are a pair, and how many bytes were read.
fn unicode(rest: &str) -> (char, usize) {
    let unit = |from: usize| rest.get(from..from + 4).and_then(|it| u16::from_str_radix(it, 16).ok());
    let first = unit(0).unwrap_or(0xfffd);
    let second = rest.get(4..6).filter(|it| *it == "\\u").and_then(|_| unit(6));
    match char::decode_utf16([first].into_iter().chain(second)).next() {
        Some(Ok(character)) => (character, if character > '\u{ffff}' { 10 } else { 4 }),
        _ => (char::REPLACEMENT_CHARACTER, 4),
    }
}

#[cfg(test)]
mod tests {
    use crate::Json;

    #[test]
    fn texts_are_resolved_and_half_a_pair_is_seen() {
        for (written, meant) in [
            (r#""a\"b\\\/\b\f\n\r\t""#, "a\"b\\/\u{8}\u{c}\n\r\t"),
            (r#""\u00e4\ud83d\ude00""#, "ä😀"),
            (r#""\ud800x\udc00""#, "\u{fffd}x\u{fffd}"),
            (r#""\ud800\u0041""#, "\u{fffd}A"),
            (r#""größe""#, "größe"),
        ] {
            assert_eq!(Json::parse(written).unwrap().text().unwrap(), meant, "{written}");
        }
    }
}
