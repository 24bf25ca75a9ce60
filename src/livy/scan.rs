//! Walks over the bytes of a JSON text: one that checks it (RFC 8259), and one over what is known to be right.

use std::ops::Range;

/// An entry of an object: where it stands in the text.
#[derive(Clone, Debug)]
pub(crate) struct Note {
    /// 1 in the outermost object.
    pub(crate) level: usize,
    /// The key, with its quotes.
    pub(crate) key: Range<usize>,
    /// Its value.
    pub(crate) value: Range<usize>,
}

/// What a walk notes of the entries that it passes.
#[derive(Debug)]
pub(crate) struct Notes {
    levels: usize,
    /// In the order in which they stand.
    pub(crate) all: Vec<Note>,
}

impl Notes {
    /// Those of so many objects within each other; of 0, none.
    pub(crate) fn of(levels: usize) -> Self {
        Self { levels, all: Vec::new() }
    }

    /// True at a place that is noted: in an object of objects alone. `objects`: a bit for each level.
    fn is_noted(&self, level: usize, objects: u64) -> bool {
        level <= self.levels && objects.trailing_ones() as usize >= level
    }

    /// The value of a key begins.
    pub(crate) fn begun(&mut self, level: usize, objects: u64, key: Range<usize>, value: usize) {
        if self.is_noted(level, objects) {
            self.all.push(Note { level, key, value: value..value });
        }
    }

    /// A value has ended.
    pub(crate) fn ended(&mut self, level: usize, objects: u64, end: usize) {
        if self.is_noted(level, objects)
            && let Some(note) = self.all.iter_mut().rev().find(|it| it.level == level)
        {
            note.value.end = end;
        }
    }
}

pub(crate) fn after_blanks(bytes: &[u8], mut at: usize) -> usize {
    while bytes.get(at).is_some_and(|it| matches!(it, b' ' | b'\t' | b'\n' | b'\r')) {
        at += 1;
    }
    at
}

/// Where the value that begins here ends, if it is one. Without recursion: a bit for each level says whether it is an object, so that
/// a text made to be deep costs an eighth of its size. What is wanted of its entries is noted on the way.
pub(crate) fn checked(bytes: &[u8], mut at: usize, notes: &mut Notes) -> Option<usize> {
    let (mut levels, mut depth) = (vec![0_u64], 0_usize);
    loop {
        match *bytes.get(at)? {
            open @ (b'{' | b'[') => {
                let is_object = open == b'{';
                if depth / 64 == levels.len() {
                    levels.push(0);
                }
                let bit = 1 << (depth % 64);
                levels[depth / 64] = levels[depth / 64] & !bit | if is_object { bit } else { 0 };
                depth += 1;
                at = after_blanks(bytes, at + 1);
                let close = if is_object { b'}' } else { b']' };
                if *bytes.get(at)? != close {
                    if is_object {
                        at = key(bytes, at, (depth, levels[0]), notes)?;
                    }
                    continue;
                }
                depth -= 1;
                at += 1;
            }
            b'"' => at = text_end(bytes, at)?,
            b't' => at = word_end(bytes, at, b"true")?,
            b'f' => at = word_end(bytes, at, b"false")?,
            b'n' => at = word_end(bytes, at, b"null")?,
            _ => at = number_end(bytes, at)?,
        }
        // After a value: the next one of its level, or the end of some.
        loop {
            if depth == 0 {
                return Some(at);
            }
            notes.ended(depth, levels[0], at);
            at = after_blanks(bytes, at);
            let is_object = levels[(depth - 1) / 64] >> ((depth - 1) % 64) & 1 == 1;
            match (*bytes.get(at)?, is_object) {
                (b',', true) => {
                    at = key(bytes, after_blanks(bytes, at + 1), (depth, levels[0]), notes)?;
                    break;
                }
                (b',', false) => {
                    at = after_blanks(bytes, at + 1);
                    break;
                }
                (b'}', true) | (b']', false) => {
                    depth -= 1;
                    at += 1;
                }
                _ => return None,
            }
        }
    }
}

/// Where the value of the key that begins here begins.
fn key(bytes: &[u8], start: usize, (depth, levels): (usize, u64), notes: &mut Notes) -> Option<usize> {
    if *bytes.get(start)? != b'"' {
        return None;
    }
    let end = text_end(bytes, start)?;
    let at = after_blanks(bytes, end);
    if *bytes.get(at)? != b':' {
        return None;
    }
    let value = after_blanks(bytes, at + 1);
    notes.begun(depth, levels, start..end, value);
    Some(value)
}

fn word_end(bytes: &[u8], at: usize, word: &[u8]) -> Option<usize> {
    bytes[at..].starts_with(word).then_some(at + word.len())
}

fn number_end(bytes: &[u8], mut at: usize) -> Option<usize> {
    let digits = |mut at: usize| {
        let start = at;
        while bytes.get(at).is_some_and(u8::is_ascii_digit) {
            at += 1;
        }
        (at > start).then_some(at)
    };
    if bytes.get(at) == Some(&b'-') {
        at += 1;
    }
    at = if bytes.get(at) == Some(&b'0') { at + 1 } else { digits(at)? };
    if bytes.get(at) == Some(&b'.') {
        at = digits(at + 1)?;
    }
    if matches!(bytes.get(at), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(bytes.get(at + 1), Some(b'+' | b'-')));
        at = digits(at + 1 + sign)?;
    }
    Some(at)
}

/// Of eight bytes at once, those that are below a limit of at most 128: the first of them has its highest bit set, and no byte before it.
fn below(eight: u64, limit: u64) -> u64 {
    eight.wrapping_sub(ONES * limit) & !eight & (ONES << 7)
}

/// Those that are this byte, in the same way.
fn are(eight: u64, byte: u8) -> u64 {
    below(eight ^ (ONES * u64::from(byte)), 1)
}

const ONES: u64 = 0x0101_0101_0101_0101;

/// The first byte from here on of which `found` says so, or where fewer than eight are left.
fn leap(bytes: &[u8], mut at: usize, found: impl Fn(u64) -> u64) -> usize {
    while let Some(Ok(eight)) = bytes.get(at..at + 8).map(<[u8; 8]>::try_from) {
        let found = found(u64::from_le_bytes(eight));
        if found != 0 {
            return at + (found.trailing_zeros() / 8) as usize;
        }
        at += 8;
    }
    at
}

/// The first quote, backslash or control character from here on.
fn special(bytes: &[u8], at: usize) -> usize {
    let mut at = leap(bytes, at, |it| are(it, b'"') | are(it, b'\\') | below(it, 0x20));
    while bytes.get(at).is_some_and(|it| !matches!(it, b'"' | b'\\' | 0..0x20)) {
        at += 1;
    }
    at
}

/// The first quote or bracket from here on, or the last bytes. A bracket and a brace differ by one bit.
fn nested(bytes: &[u8], at: usize) -> usize {
    leap(bytes, at, |it| {
        let brace = it | (ONES * 0x20);
        are(it, b'"') | are(brace, b'{') | are(brace, b'}')
    })
}

/// Behind the text that begins at this quote.
pub(crate) fn text_end(bytes: &[u8], at: usize) -> Option<usize> {
    let mut at = at + 1;
    loop {
        at = special(bytes, at);
        match *bytes.get(at)? {
            b'"' => return Some(at + 1),
            b'\\' => match *bytes.get(at + 1)? {
                b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => at += 2,
                b'u' => {
                    let four = bytes.get(at + 2..at + 6)?;
                    if !four.iter().all(u8::is_ascii_hexdigit) {
                        return None;
                    }
                    at += 6;
                }
                _ => return None,
            },
            _ => return None,
        }
    }
}

/// Behind the value that begins here, which is known to be one.
pub(crate) fn skipped(bytes: &[u8], mut at: usize) -> usize {
    let mut depth = 0_usize;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => {
                at = text_end(bytes, at).unwrap_or(bytes.len());
                if depth == 0 {
                    return at;
                }
                continue;
            }
            b'{' | b'[' => depth += 1,
            b'}' | b']' => {
                // The end of what a plain value stands in.
                if depth == 0 {
                    return at;
                }
                depth -= 1;
                if depth == 0 {
                    return at + 1;
                }
            }
            b',' | b' ' | b'\t' | b'\n' | b'\r' | b':' if depth == 0 => return at,
            _ => {}
        }
        at += 1;
        if depth > 0 {
            at = nested(bytes, at);
        }
    }
    bytes.len()
}
