//! The beginning of a JSON text that was cut: what stands in it whole, and where the cut is.

use crate::json::{Json, JsonKind};
use crate::scan::{Notes, after_blanks, checked, text_end};

/// The beginning of an object.
#[derive(Debug)]
pub(crate) struct Head<'a> {
    entries: Vec<(Json<'a>, Json<'a>)>,
    /// The key whose value the cut goes through, and what there is of that.
    torn: Option<(Json<'a>, &'a str)>,
}

impl<'a> Head<'a> {
    /// The value of a key that stands before the cut as a whole; the last one where it comes twice.
    pub(crate) fn get(&self, key: &str) -> Option<Json<'a>> {
        self.entries.iter().rev().find(|it| it.0.text().as_deref() == Some(key)).map(|it| it.1)
    }

    /// What there is of the value of a key that the cut goes through.
    pub(crate) fn torn(&self, key: &str) -> Option<&'a str> {
        self.torn.filter(|it| it.0.text().as_deref() == Some(key)).map(|it| it.1)
    }
}

/// The beginning of an object; `None` of anything else.
pub(crate) fn object(text: &str) -> Option<Head<'_>> {
    let bytes = text.as_bytes();
    let mut at = opened(bytes, b'{')?;
    let mut head = Head { entries: Vec::new(), torn: None };
    while bytes.get(at) == Some(&b'"') {
        let Some(end) = text_end(bytes, at) else { break };
        let key = Json::known(&text[at..end]);
        let colon = after_blanks(bytes, end);
        if bytes.get(colon) != Some(&b':') {
            break;
        }
        let start = after_blanks(bytes, colon + 1);
        let Some(value) = whole(text, start) else {
            head.torn = text.get(start..).map(|it| (key, it));
            break;
        };
        head.entries.push((key, value));
        at = next(bytes, start + value.as_written().len());
    }
    Some(head)
}

/// The items of an array that stand before the cut, and what there is of the one that it goes through; `None` of anything else.
pub(crate) fn pieces(text: &str) -> Option<(Vec<Json<'_>>, Option<&str>)> {
    let bytes = text.as_bytes();
    let (mut at, mut items) = (opened(bytes, b'[')?, Vec::new());
    while let Some(item) = whole(text, at) {
        items.push(item);
        at = next(bytes, at + item.as_written().len());
    }
    Some((items, text.get(at..)))
}

/// Where the first thing in it begins.
fn opened(bytes: &[u8], bracket: u8) -> Option<usize> {
    let at = after_blanks(bytes, 0);
    (bytes.get(at) == Some(&bracket)).then(|| after_blanks(bytes, at + 1))
}

/// Where the next thing begins, behind one that has ended.
fn next(bytes: &[u8], at: usize) -> usize {
    let at = after_blanks(bytes, at);
    if bytes.get(at) == Some(&b',') { after_blanks(bytes, at + 1) } else { bytes.len() }
}

/// The value that begins here, if it ends before the cut. Of a number at the very end there may be more digits.
fn whole(text: &str, start: usize) -> Option<Json<'_>> {
    let end = checked(text.as_bytes(), start, &mut Notes::of(0))?;
    let value = Json::known(text.get(start..end)?);
    (end < text.len() || value.kind() != JsonKind::Number).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_the_place_of_the_cut_what_stands_before_it_is_read_and_nothing_else() {
        let text = r#" {"id":12,"code":"a\"\u00e9ö😀","n":[1,{"b":"]"}],"state" : "available","output":{"status":"ok","data":{"t":"x"}}} "#;
        let full = Json::parse(text).unwrap();
        let keys = ["id", "code", "n", "state", "output"];
        let mut most = 0;
        for cut in (0..text.len()).filter(|it| text.is_char_boundary(*it)) {
            let Some(head) = object(&text[..cut]) else {
                assert!(cut < 2, "{cut}");
                continue;
            };
            let there = keys.iter().filter(|it| head.get(it).is_some()).count();
            assert!(there >= most, "{cut}: what was read once is read with more of it, too");
            most = there;
            for key in keys {
                assert!(head.get(key).is_none_or(|it| Some(it) == full.get(key)), "{cut}: {key}");
            }
        }
        assert_eq!(most, 5);
    }

    #[test]
    fn items_before_the_cut_and_the_one_that_it_goes_through() {
        let read =
            |text| pieces(text).map(|it| (it.0.iter().map(|it| it.as_written()).collect::<Vec<_>>(), it.1));
        assert_eq!(read("[1, {\"a\":[2]} , {\"a\""), Some((vec!["1", "{\"a\":[2]}"], Some("{\"a\""))));
        assert_eq!(read("[10, 2"), Some((vec!["10"], Some("2"))));
        assert_eq!(read("["), Some((vec![], Some(""))));
        assert_eq!(read("{"), None);
        assert_eq!(read(""), None);
    }

    #[test]
    fn a_broken_text_ends_where_it_breaks() {
        for text in ["{", "{\"a", "{\"a\"", "{\"a\":", "{\"a\" 1}", "{,", "{\"a\":nul", "{\"a\":\"\\q\""] {
            let head = object(text).unwrap();
            assert!(head.get("a").is_none(), "{text}");
        }
        for text in ["", " ", "[", "\"a", "7"] {
            assert!(object(text).is_none(), "{text}");
        }
    }
}
