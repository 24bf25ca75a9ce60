//! A JSON text as it stands: checked once, then walked by its own pieces, so that numbers keep their digits and ten million
//! bytes of a result need no second copy.
//!
//! `serde_json::Value` would make `1.50` into `1.5` and 39 digits into a double, and needs about ten times the text.

use std::borrow::Cow;

use crate::escape::unescape;
use crate::outline::Notes;

/// What a JSON value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JsonKind {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool,
    /// Digits of any length.
    Number,
    /// A text in quotes.
    Text,
    /// `[…]`.
    Array,
    /// `{…}`.
    Object,
}

/// One valid JSON value: its own text, without the blanks around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Json<'a>(&'a str);

impl<'a> Json<'a> {
    /// The whole text as one value; `None` where it is no JSON (RFC 8259).
    pub fn parse(text: &'a str) -> Option<Self> {
        let bytes = text.as_bytes();
        let start = after_blanks(bytes, 0);
        let end = checked(bytes, start, &mut Notes::none())?;
        (after_blanks(bytes, end) == bytes.len()).then(|| Self(&text[start..end]))
    }

    /// A text that is known to be one value: a piece of one that was read.
    pub(crate) fn known(text: &'a str) -> Self {
        Self(text)
    }

    /// What it is.
    pub fn kind(self) -> JsonKind {
        match self.0.as_bytes().first() {
            Some(b'{') => JsonKind::Object,
            Some(b'[') => JsonKind::Array,
            Some(b'"') => JsonKind::Text,
            Some(b't' | b'f') => JsonKind::Bool,
            Some(b'n') | None => JsonKind::Null,
            Some(_) => JsonKind::Number,
        }
    }

    /// As it stands in the answer.
    pub fn as_written(self) -> &'a str {
        self.0
    }

    /// The items of an array, in order; none of anything else.
    pub fn items(self) -> Items<'a> {
        Items { text: self.0, at: if self.kind() == JsonKind::Array { 1 } else { self.0.len() } }
    }

    /// The entries of an object as they stand, also those whose key comes twice; none of anything else.
    pub fn entries(self) -> impl Iterator<Item = (Json<'a>, Json<'a>)> {
        let mut pieces =
            Items { text: self.0, at: if self.kind() == JsonKind::Object { 1 } else { self.0.len() } };
        std::iter::from_fn(move || Some((pieces.next()?, pieces.next()?)))
    }

    /// The value of a key; the last one where it comes twice, as everybody else reads it.
    pub fn get(self, key: &str) -> Option<Json<'a>> {
        self.entries().filter(|(it, _)| it.text().as_deref() == Some(key)).last().map(|it| it.1)
    }

    /// The values of some keys, as [`Json::get`] finds them, in one walk: what stands between may be megabytes.
    pub fn fields<const N: usize>(self, keys: [&str; N]) -> [Option<Json<'a>>; N] {
        let mut found = [None; N];
        for (key, value) in self.entries() {
            let key = key.text();
            let at = keys.iter().position(|it| key.as_deref() == Some(it));
            if let Some(place) = at.and_then(|it| found.get_mut(it)) {
                *place = Some(value);
            }
        }
        found
    }

    /// The text that a JSON text stands for; half a surrogate pair becomes U+FFFD. `None` of anything else.
    pub fn text(self) -> Option<Cow<'a, str>> {
        let inner = self.0.strip_prefix('"')?.strip_suffix('"')?;
        Some(unescape(inner))
    }

    /// A whole number that fits; a fraction of zeros is none.
    pub fn whole(self) -> Option<u64> {
        self.0.parse().ok()
    }
}

/// The pieces of an array or an object.
#[derive(Clone, Debug)]
pub struct Items<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Items<'a> {
    /// Goes to where the next piece begins; `None` at the end.
    fn start(&mut self) -> Option<usize> {
        let bytes = self.text.as_bytes();
        while bytes.get(self.at).is_some_and(|it| matches!(it, b' ' | b'\t' | b'\n' | b'\r' | b',' | b':')) {
            self.at += 1;
        }
        bytes.get(self.at).is_some_and(|it| !matches!(it, b']' | b'}')).then_some(self.at)
    }

    /// The next piece and, where it is a list, how many items that has, in one walk.
    pub fn next_counted(&mut self) -> Option<(Json<'a>, usize)> {
        let start = self.start()?;
        if self.text.as_bytes().get(start) != Some(&b'[') {
            return Some((self.next()?, 0));
        }
        let (mut inner, mut count) = (Self { text: self.text, at: start + 1 }, 0);
        while let Some(at) = inner.start() {
            inner.at = skipped(self.text.as_bytes(), at);
            count += 1;
        }
        self.at = (inner.at + 1).min(self.text.len());
        Some((Json(&self.text[start..self.at]), count))
    }
}

impl<'a> Iterator for Items<'a> {
    type Item = Json<'a>;

    fn next(&mut self) -> Option<Json<'a>> {
        let start = self.start()?;
        self.at = skipped(self.text.as_bytes(), start);
        Some(Json(&self.text[start..self.at]))
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
fn skipped(bytes: &[u8], mut at: usize) -> usize {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_stay_as_they_were_sent() {
        let text = r#" {"a":[1.50, 9007199254740993,-0, 1E-10],"b":{"c":"x"},"a b":null , "t":true} "#;
        let json = Json::parse(text).unwrap();
        let digits: Vec<&str> = json.get("a").unwrap().items().map(Json::as_written).collect();
        assert_eq!(digits, ["1.50", "9007199254740993", "-0", "1E-10"]);
        let keys: Vec<_> = json.entries().map(|(key, _)| key.text().unwrap().into_owned()).collect();
        assert_eq!(keys, ["a", "b", "a b", "t"]);
        assert_eq!(json.get("b").and_then(|it| it.get("c")).and_then(Json::text).as_deref(), Some("x"));
        let kinds: Vec<JsonKind> = json.entries().map(|(_, value)| value.kind()).collect();
        assert_eq!(kinds, [JsonKind::Array, JsonKind::Object, JsonKind::Null, JsonKind::Bool]);
        assert_eq!((json.get("t").unwrap().whole(), json.get("nosuch")), (None, None));
        assert_eq!(Json::parse("7").unwrap().whole(), Some(7));
    }

    #[test]
    fn what_is_deep_is_read_without_recursion() {
        let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        for depth in [1, 64, 65, 512, 513, 1_000_000] {
            let text = nested(depth);
            assert_eq!(
                Json::parse(&text).map(|it| it.items().count()),
                Some(usize::from(depth > 1)),
                "{depth}"
            );
            assert!(Json::parse(&text[1..]).is_none() && Json::parse(&text[..text.len() - 1]).is_none());
        }
        let objects = "{\"a\":".repeat(100_000) + "1" + &"}".repeat(100_000);
        assert!(Json::parse(&objects).is_some() && Json::parse(&objects.replace('1', "]")).is_none());
    }

    #[test]
    fn empty_pieces_and_blanks() {
        let items = |text: &str| {
            Json::parse(text).unwrap().items().map(|it| it.as_written().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(items("[ ]"), [""; 0]);
        assert_eq!(items("{}"), [""; 0]);
        assert_eq!(items("[ [ ] , { } ,\"a,]\" ]"), ["[ ]", "{ }", "\"a,]\""]);
        assert_eq!(Json::parse("{\"a\":[1,{\"b\":2}],\"c\":3}").unwrap().get("c").unwrap().as_written(), "3");
    }
}
