//! The outer entries of a JSON text, found in the walk that checks it: what stands in them can be megabytes, and each walk over those
//! takes its time.

use std::ops::Range;

use crate::json::{Json, by_key};
use crate::scan::{Note, Notes, after_blanks, checked};

/// So many objects within each other are noted: a statement, its output and the results in that.
const LEVELS: usize = 3;

/// A JSON value and its outer entries.
#[derive(Debug)]
pub(crate) struct Outline<'a> {
    text: &'a str,
    place: Range<usize>,
    notes: Vec<Note>,
}

impl<'a> Outline<'a> {
    /// The whole text as one value, as [`Json::parse`] reads it.
    pub(crate) fn parse(text: &'a str) -> Option<Self> {
        let bytes = text.as_bytes();
        let start = after_blanks(bytes, 0);
        let mut notes = Notes::of(LEVELS);
        let end = checked(bytes, start, &mut notes)?;
        let is_all = after_blanks(bytes, end) == bytes.len();
        is_all.then_some(Self { text, place: start..end, notes: notes.all })
    }

    /// The value itself.
    pub(crate) fn root(&self) -> Outlined<'_, 'a> {
        let json = Json::known(&self.text[self.place.clone()]);
        Outlined { text: self.text, json, level: 0, inner: &self.notes }
    }
}

/// A value within an outline.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Outlined<'o, 'a> {
    text: &'a str,
    /// The value.
    pub(crate) json: Json<'a>,
    level: usize,
    /// The entries in it, and in those.
    inner: &'o [Note],
}

impl<'o, 'a> Outlined<'o, 'a> {
    /// The entries of an object as they stand, also those whose key comes twice; none of anything else.
    pub(crate) fn entries(self) -> impl Iterator<Item = (Json<'a>, Outlined<'o, 'a>)> {
        let level = self.level + 1;
        let mut rest = self.inner;
        std::iter::from_fn(move || {
            let (note, after) = rest.split_first()?;
            let count = after.iter().take_while(|it| it.level > level).count();
            let inner = &after[..count];
            rest = &after[count..];
            let json = Json::known(&self.text[note.value.clone()]);
            let key = Json::known(&self.text[note.key.clone()]);
            Some((key, Self { text: self.text, json, level, inner }))
        })
    }

    /// The values of some keys, as [`Json::fields`] finds them.
    pub(crate) fn fields<const N: usize>(self, keys: [&str; N]) -> [Option<Outlined<'o, 'a>>; N] {
        by_key(self.entries(), keys)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noted(text: &str) -> Vec<String> {
        fn add(of: Outlined<'_, '_>, path: &str, all: &mut Vec<String>) {
            for (key, value) in of.entries() {
                let path = format!("{path}/{}", key.text().unwrap());
                all.push(format!("{path}={}", value.json.as_written()));
                add(value, &path, all);
            }
        }
        let outline = Outline::parse(text).unwrap();
        let mut all = Vec::new();
        add(outline.root(), "", &mut all);
        all
    }

    #[test]
    fn three_levels_of_objects_and_nothing_in_a_list() {
        let text =
            r#" {"a" : 1 ,"b":{"c":{"d":{"e":2}},"f":[{"g":3}]},"h":{}, "b":"\"y","i":[{"j":{"k":4}}]} "#;
        let expected = [
            "/a=1",
            r#"/b={"c":{"d":{"e":2}},"f":[{"g":3}]}"#,
            r#"/b/c={"d":{"e":2}}"#,
            r#"/b/c/d={"e":2}"#,
            r#"/b/f=[{"g":3}]"#,
            "/h={}",
            r#"/b="\"y""#,
            r#"/i=[{"j":{"k":4}}]"#,
        ];
        assert_eq!(noted(text), expected);
        let none: [&str; 0] = [];
        for text in ["7", "[]", "{}", r#"[{"a":1}]"#, "\"x\""] {
            assert_eq!(noted(text), none, "{text}");
            assert_eq!(Outline::parse(text).unwrap().root().json.as_written(), text);
        }
        for wrong in ["", "{", r#"{"a":1"#, r#"{"a":1}}"#, r#"{"a":tru}"#] {
            assert!(Outline::parse(wrong).is_none(), "{wrong}");
        }
    }

    #[test]
    fn the_last_one_of_a_key_counts() {
        let outline = Outline::parse(r#"{"a":{"x":1},"b":2,"a":{"x":3}}"#).unwrap();
        let [a, b, c] = outline.root().fields(["a", "b", "c"]);
        assert_eq!(a.and_then(|it| it.fields(["x"])[0]).map(|it| it.json.as_written()), Some("3"));
        assert_eq!((b.map(|it| it.json.as_written()), c.is_none()), (Some("2"), true));
    }
}
