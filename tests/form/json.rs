//! JSON that is hard to read: what RFC 8259 forbids is refused with its place, and what it allows is kept to the digit.

use form::json::Value;
use proptest::prelude::*;

fn read(text: &str) -> Value {
    Value::parse(text).unwrap_or_else(|fault| panic!("{text}: {fault}"))
}

#[test]
fn what_is_written_is_kept() {
    for text in [
        "null",
        "\"\"",
        "[]",
        "{}",
        "-0",
        "-0.0",
        "1.10",
        "1E5",
        "1e999",
        "-1e-999",
        "0e+0",
        "123456789012345678901234567890.00000000000000000001",
        r#"{"b":1,"a":{"b":[true,false,null]},"b":"again","":[[],{}]}"#,
        r#"["\"","\\","é","😀","\u2028","\u007f"]"#,
    ] {
        // A character above 0x1f may be written as itself.
        let expected = text.replace("\\u2028", "\u{2028}").replace("\\u007f", "\u{7f}");
        assert_eq!(read(text).to_line(), expected);
        assert_eq!(read(&read(text).to_json()), read(text), "over several lines");
    }
}

#[test]
fn a_text_means_what_it_escapes() {
    for (json, text) in [
        (r#""\u00e9\u20AC\ud83d\ude00\uFFFF""#, "é€😀\u{ffff}"),
        (r#""\b\f\n\r\t\/\\\"""#, "\u{8}\u{c}\n\r\t/\\\""),
        (r#""\u0000\u001f""#, "\0\u{1f}"),
        ("\" \u{7f}\u{80}\u{feff}\u{10ffff}\"", " \u{7f}\u{80}\u{feff}\u{10ffff}"),
        (" \t\r\n\"a\"\r\n\t ", "a"),
    ] {
        assert_eq!(read(json).text(), Some(text));
    }
}

#[test]
fn what_is_no_json_is_told_with_its_place() {
    for (text, fault) in [
        ("", "the text ends too early (line 1, column 1)"),
        ("\u{feff}{}", "a value is missing (line 1, column 1)"),
        ("{} {}", "text follows the end (line 1, column 4)"),
        ("{}\n\n x", "text follows the end (line 3, column 2)"),
        ("[1,]", "a value is missing (line 1, column 4)"),
        ("[,1]", "a value is missing (line 1, column 2)"),
        ("[1 2]", "a comma is missing (line 1, column 4)"),
        ("[1", "the text ends too early (line 1, column 3)"),
        ("]", "a value is missing (line 1, column 1)"),
        ("[1}", "a comma is missing (line 1, column 3)"),
        ("{\"a\":1,}", "a key in double quotes is missing (line 1, column 8)"),
        ("{\"a\" 1}", "a colon is missing (line 1, column 6)"),
        ("{\"a\":}", "a value is missing (line 1, column 6)"),
        ("{\"a\"", "a colon is missing (line 1, column 5)"),
        ("{a:1}", "a key in double quotes is missing (line 1, column 2)"),
        ("{'a':1}", "a key in double quotes is missing (line 1, column 2)"),
        ("{1:1}", "a key in double quotes is missing (line 1, column 2)"),
        ("// why\n{}", "a value is missing (line 1, column 1)"),
        ("True", "a value is missing (line 1, column 1)"),
        ("nul", "a value is missing (line 1, column 1)"),
        ("nullx", "text follows the end (line 1, column 5)"),
        ("NaN", "a value is missing (line 1, column 1)"),
        ("-Infinity", "a digit is missing (line 1, column 2)"),
        ("+1", "a value is missing (line 1, column 1)"),
        (".5", "a value is missing (line 1, column 1)"),
        ("1.", "a digit is missing (line 1, column 3)"),
        ("1.e1", "a digit is missing (line 1, column 3)"),
        ("1e", "a digit is missing (line 1, column 3)"),
        ("1e+", "a digit is missing (line 1, column 4)"),
        ("-", "a digit is missing (line 1, column 2)"),
        ("01", "text follows the end (line 1, column 2)"),
        ("[-01]", "a comma is missing (line 1, column 4)"),
        ("0x1", "text follows the end (line 1, column 2)"),
        ("1_000", "text follows the end (line 1, column 2)"),
        ("\"a", "the closing quote is missing (line 1, column 3)"),
        ("\"a\\\"", "the closing quote is missing (line 1, column 5)"),
        ("\"a\n\"", "a line ends or a control character stands in quotes (line 1, column 3)"),
        ("\"\u{0}\"", "a line ends or a control character stands in quotes (line 1, column 2)"),
        ("\"\t\"", "a line ends or a control character stands in quotes (line 1, column 2)"),
        ("\"é\\x\"", "a needless backslash (line 1, column 3)"),
        ("\"\\", "a needless backslash (line 1, column 2)"),
        ("\"\\u12\"", "a character code is too short (line 1, column 2)"),
        ("\"\\u+123\"", "a character code is too short (line 1, column 2)"),
        ("\"\\u12é\"", "a character code is too short (line 1, column 2)"),
        ("\"\\ud800\"", "half a character (a lone surrogate) (line 1, column 8)"),
        ("\"\\ud800\\u0041\"", "half a character (a lone surrogate) (line 1, column 14)"),
        ("\"\\udc00\"", "half a character (a lone surrogate) (line 1, column 8)"),
        ("\"\\ud800\\ud800\\udc00\"", "half a character (a lone surrogate) (line 1, column 14)"),
        ("\u{a0}1", "a value is missing (line 1, column 1)"),
    ] {
        assert_eq!(Value::parse(text).unwrap_err(), fault, "{text}");
    }
}

#[test]
fn nesting_is_bounded() {
    let deep = |levels: usize| ["[".repeat(levels), "]".repeat(levels)].concat();
    assert!(Value::parse(&deep(120)).is_ok());
    for text in [deep(121), deep(100_000), "[".repeat(1_000_000), "{\"a\":".repeat(100_000)] {
        assert!(Value::parse(&text).unwrap_err().starts_with("it is nested too deeply"));
    }
}

/// JSON, and texts that are nearly JSON.
fn text() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "{", "}", "[", "]", ",", ":", "\"", "\"a\"", "\\", "\\u", "d83d", "de00", "0", "1", "-", "+", ".",
        "e", "E5", "null", "true", "false", " ", "\n", "\t", "\u{0}", "é", "😀",
    ]);
    prop_oneof![prop::collection::vec(piece, 0..12).prop_map(|it| it.concat()), any::<String>()]
}

/// Any JSON.
fn json() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        any::<String>().prop_map(Into::into),
    ];
    leaf.prop_recursive(4, 32, 4, |inner| {
        let members = prop::collection::btree_map(any::<String>(), inner.clone(), 0..4);
        prop_oneof![
            prop::collection::vec(inner, 0..4).prop_map(Into::into),
            members.prop_map(|it| serde_json::Value::Object(it.into_iter().collect())),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_one_reader_refuses_the_other_does(text in text()) {
        let known = serde_json::from_str::<serde::de::IgnoredAny>(&text).is_ok();
        match Value::parse(&text) {
            Ok(value) => {
                prop_assert!(known, "{text}");
                prop_assert_eq!(Value::parse(&value.to_line()), Ok(value));
            }
            // `IgnoredAny` does not look into texts.
            Err(fault) => prop_assert!(!known || fault.contains("surrogate"), "{text}: {fault}"),
        }
    }

    #[test]
    fn both_read_the_same(json in json()) {
        let value = read(&json.to_string());
        prop_assert_eq!(&value, &Value::from(&json));
        for text in [value.to_line(), value.to_json(), serde_json::to_string_pretty(&json).unwrap()] {
            prop_assert_eq!(serde_json::from_str::<serde_json::Value>(&text).unwrap(), json.clone());
            prop_assert_eq!(read(&text), value.clone());
        }
        prop_assert_eq!(value.to_json(), serde_json::to_string_pretty(&json).unwrap());
    }
}
