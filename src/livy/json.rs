//! A JSON text as it stands: checked once, then walked by its own pieces, so that numbers keep their digits and ten million
//! bytes of a result need no second copy.
//!
//! `serde_json::Value` would make `1.50` into `1.5` and 39 digits into a double, and needs about ten times the text.

use std::borrow::Cow;

use crate::escape::unescape;
use crate::scan::{Notes, after_blanks, checked, skipped};

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
        let end = checked(bytes, start, &mut Notes::of(0))?;
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
        by_key(self.entries(), keys)
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

/// The values of some keys among these entries; the last one where a key comes twice.
pub(crate) fn by_key<'a, T: Copy, const N: usize>(
    entries: impl Iterator<Item = (Json<'a>, T)>,
    keys: [&str; N],
) -> [Option<T>; N] {
    let mut found = [None; N];
    for (key, value) in entries {
        let key = key.text();
        let at = keys.iter().position(|it| key.as_deref() == Some(it));
        if let Some(place) = at.and_then(|it| found.get_mut(it)) {
            *place = Some(value);
        }
    }
    found
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
