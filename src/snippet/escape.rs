//! The inside of quotes: what a backslash means in JSON, in Python and in bash's `$'...'`, as far as programs and browsers write it.

use std::str::Chars;

/// Whose quotes.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Quotes {
    Json,
    Python,
    /// `$'...'` of bash (its manual, section 3.1.2.4).
    Ansi,
}

/// Reads what follows a backslash and writes what it means. An error says what is wrong with it.
pub(super) fn unescape(rest: &mut Chars<'_>, quotes: Quotes, into: &mut String) -> Result<(), &'static str> {
    let Some(sign) = rest.next() else { return Err("a backslash at the end") };
    let meant = match sign {
        'n' => '\n',
        't' => '\t',
        'r' => '\r',
        'b' => '\u{8}',
        'f' => '\u{c}',
        '"' | '\\' => sign,
        'u' => return code_unit(rest, into),
        '/' if quotes == Quotes::Json => sign,
        _ if quotes == Quotes::Json => return Err("a needless backslash"),
        '\'' => sign,
        'x' => return byte(code(rest, 2)?, rest, quotes, into),
        '\n' if quotes == Quotes::Python => return Ok(()),
        // Rare ones, such as `\N{bullet}` and `\101`: what they mean is not guessed.
        '0'..='9' | 'a'..='z' | 'A'..='Z' => return Err("a backslash before a sign that is not read here"),
        _ => {
            into.push('\\');
            sign
        }
    };
    into.push(meant);
    Ok(())
}

/// A code of `digits` hexadecimal digits.
fn code(rest: &mut Chars<'_>, digits: usize) -> Result<u32, &'static str> {
    let text = rest.as_str();
    let written = text.get(..digits).filter(|it| it.bytes().all(|it| it.is_ascii_hexdigit()));
    let code =
        written.and_then(|it| u32::from_str_radix(it, 16).ok()).ok_or("a character code is too short")?;
    *rest = text[digits..].chars();
    Ok(code)
}

/// Four digits of UTF-16, and the second half where these are the first.
fn code_unit(rest: &mut Chars<'_>, into: &mut String) -> Result<(), &'static str> {
    let mut unit = code(rest, 4)?;
    if (0xd800..0xdc00).contains(&unit)
        && let Some(after) = rest.as_str().strip_prefix("\\u")
    {
        let mut after = after.chars();
        if let low @ 0xdc00..0xe000 = code(&mut after, 4)? {
            unit = 0x1_0000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
            *rest = after;
        }
    }
    into.push(char::from_u32(unit).ok_or("half a character (a lone surrogate)")?);
    Ok(())
}

/// A code below 256. In bash it is a byte of UTF-8, but Firefox writes a character's code so: bytes that are no UTF-8 are codes.
fn byte(first: u32, rest: &mut Chars<'_>, quotes: Quotes, into: &mut String) -> Result<(), &'static str> {
    if quotes == Quotes::Ansi && first >= 0xc2 {
        let mut bytes = vec![u8::try_from(first).unwrap_or(u8::MAX)];
        let mut ahead = rest.clone();
        while bytes.len() < 4 && ahead.next() == Some('\\') && ahead.next() == Some('x') {
            bytes.push(u8::try_from(code(&mut ahead, 2)?).unwrap_or_default());
            if let Ok(text) = str::from_utf8(&bytes) {
                into.push_str(text);
                *rest = ahead;
                return Ok(());
            }
        }
    }
    into.push(char::from_u32(first).ok_or("an unknown character code")?);
    Ok(())
}
