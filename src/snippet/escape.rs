//! The inside of quotes: what a backslash means in JSON, in Python, in JavaScript and in bash's `$'...'`.

use std::str::Chars;

/// Whose quotes.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Quotes {
    Json,
    Python,
    /// JavaScript (ECMA-262, 12.9.4).
    Script,
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
        'u' => return code_unit(rest, quotes, into),
        '/' if quotes == Quotes::Json => '/',
        _ if quotes == Quotes::Json => return Err("a needless backslash"),
        '\'' => '\'',
        'a' if quotes != Quotes::Script => '\u{7}',
        'v' => '\u{b}',
        'e' | 'E' if quotes == Quotes::Ansi => '\u{1b}',
        '?' if quotes == Quotes::Ansi => '?',
        'U' if quotes != Quotes::Script => {
            char::from_u32(code(rest, 8, quotes)?).ok_or("an unknown character code")?
        }
        'x' => return byte(code(rest, 2, quotes)?, rest, quotes, into),
        '0'..='7' => {
            let code = sign as u32 - '0' as u32;
            let before = rest.as_str().len();
            let tail = number(rest, 8, 2);
            return byte((code << (3 * (before - rest.as_str().len()))) + tail, rest, quotes, into);
        }
        '\n' if matches!(quotes, Quotes::Python | Quotes::Script) => return Ok(()),
        'N' if quotes == Quotes::Python => return Err("a character by name (\\N)"),
        _ if quotes == Quotes::Script => sign,
        _ => {
            into.push('\\');
            sign
        }
    };
    into.push(meant);
    Ok(())
}

/// Up to `most` digits.
fn number(rest: &mut Chars<'_>, radix: u32, most: usize) -> u32 {
    let mut sum = 0_u32;
    for _ in 0..most {
        let Some(digit) = rest.clone().next().and_then(|it| it.to_digit(radix)) else { break };
        sum = sum.wrapping_mul(radix).wrapping_add(digit);
        rest.next();
    }
    sum
}

/// A code of `digits` digits; bash takes fewer too.
fn code(rest: &mut Chars<'_>, digits: usize, quotes: Quotes) -> Result<u32, &'static str> {
    let before = rest.as_str().len();
    let code = number(rest, 16, digits);
    let is_whole = quotes == Quotes::Ansi || before - rest.as_str().len() == digits;
    if is_whole { Ok(code) } else { Err("a character code is too short") }
}

/// Four digits of UTF-16, and the second half where these are the first.
fn code_unit(rest: &mut Chars<'_>, quotes: Quotes, into: &mut String) -> Result<(), &'static str> {
    if quotes == Quotes::Script
        && let Some((code, after)) = rest.as_str().strip_prefix('{').and_then(|it| it.split_once('}'))
    {
        let code = u32::from_str_radix(code, 16).ok().and_then(char::from_u32);
        into.push(code.ok_or("an unknown character code")?);
        *rest = after.chars();
        return Ok(());
    }
    let mut unit = code(rest, 4, quotes)?;
    if (0xd800..0xdc00).contains(&unit) {
        let mut ahead = rest.clone();
        if ahead.next() == Some('\\') && ahead.next() == Some('u') {
            let low = number(&mut ahead, 16, 4);
            if (0xdc00..0xe000).contains(&low) {
                unit = 0x1_0000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
                *rest = ahead;
            }
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
            bytes.push(u8::try_from(number(&mut ahead, 16, 2)).unwrap_or_default());
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
