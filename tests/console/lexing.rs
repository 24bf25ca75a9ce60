//! Which words of some code are comments, strings, numbers and keywords.

use std::time::Instant;

use console::{TokenKind, code_tokens};
use livy::Kind;
use proptest::prelude::*;

/// The tokens with their texts: `c` for a comment, `t` for a string, `n` for a number, `k` for a keyword.
fn tokens(code: &str, language: Kind) -> Vec<String> {
    let units: Vec<u16> = code.encode_utf16().collect();
    let found = code_tokens(code, language).into_iter().map(|it| {
        let text = String::from_utf16(&units[it.place.start as usize..it.place.end as usize]).unwrap();
        let sign = match it.kind {
            TokenKind::Comment => 'c',
            TokenKind::Text => 't',
            TokenKind::Number => 'n',
            TokenKind::Keyword => 'k',
        };
        format!("{sign} {text}")
    });
    found.collect()
}

#[test]
fn python() {
    let of = |code: &str| tokens(code, Kind::PySpark);
    assert_eq!(
        of("def f(x): # 'no' string\n    return x.filter(\"a # b\") if x else 1_000"),
        ["k def", "c # 'no' string", "k return", "t \"a # b\"", "k if", "k else", "n 1_000"]
    );
    assert_eq!(of("'it\\'s' + \"\\\\\" + 'x'"), ["t 'it\\'s'", "t \"\\\\\"", "t 'x'"]);
    assert_eq!(
        of("\"\"\"a \"b\"\n'''c\\\"\"\" d\"\"\" + 1"),
        ["t \"\"\"a \"b\"\n'''c\\\"\"\" d\"\"\"", "n 1"]
    );
    assert_eq!(of("rb'\\d' F\"{x}\" bR'''\n''' xx'y'"), ["t rb'\\d'", "t F\"{x}\"", "t bR'''\n'''", "t 'y'"]);
    // Python 3.12 takes the same quotes within.
    assert_eq!(of("f\"{d[\"a\"]} # no\" + 2"), ["t f\"{d[\"a\"]} # no\"", "n 2"]);
    assert_eq!(of("f'{{' + g('}')"), ["t f'{{'", "t '}'"]);
    assert_eq!(of("'open\nnot True"), ["t 'open", "k not", "k True"]);
    assert_eq!(of("'over\\\nlines' x"), ["t 'over\\\nlines'"]);
    assert_eq!(of("0xFF_e+1 1.5e-3j .5 x1 a.class importer"), ["n 0xFF_e", "n 1", "n 1.5e-3j", "n .5"]);
    assert_eq!(of("größe = '😀' + 7 # ü"), ["t '😀'", "n 7", "c # ü"]);
}

#[test]
fn scala() {
    let of = |code: &str| tokens(code, Kind::Spark);
    assert_eq!(
        of("val x = 1L // one\n/* a /* b */ c */ def f"),
        ["k val", "n 1L", "c // one", "c /* a /* b */ c */", "k def"]
    );
    assert_eq!(of("s\"$x ${m(\"k\")} // no\" + raw\"a\""), ["t s\"$x ${m(\"k\")} // no\"", "t raw\"a\""]);
    assert_eq!(
        of("\"\"\"a\\\"\"\" + s\"\"\"${x} \"q\"\"\"\" + \"\""),
        ["t \"\"\"a\\\"\"\"", "t s\"\"\"${x} \"q\"\"\"\"", "t \"\""]
    );
    assert_eq!(of("'\"' + '\\'' + '\\u0041' + 'sym + '😀'"), ["t '\"'", "t '\\''", "t '\\u0041'", "t '😀'"]);
    assert_eq!(of("x match { case \"a\" => `type`.class }"), ["k match", "k case", "t \"a\"", "t `type`"]);
    assert_eq!(of("1.to(2).map(_ * 1.5e3)"), ["n 1", "n 2", "n 1.5e3"]);
    assert_eq!(of("/* open"), ["c /* open"]);
}

#[test]
fn sql() {
    let of = |code: &str| tokens(code, Kind::Sql);
    assert_eq!(
        of("SELECT `select``x`, 'it''s -- no', t.order From t -- the end"),
        ["k SELECT", "t `select``x`", "t 'it''s -- no'", "k From", "c -- the end"]
    );
    assert_eq!(of("r'\\' , X'1F', '\\'', \"a\nb\""), ["t r'\\'", "t X'1F'", "t '\\''", "t \"a\nb\""]);
    assert_eq!(of("/* a /* b */ */ 1.50 # none"), ["c /* a /* b */ */", "n 1.50"]);
    assert_eq!(of("select '' , selected"), ["k select", "t ''"]);
}

#[test]
fn r() {
    let of = |code: &str| tokens(code, Kind::SparkR);
    assert_eq!(
        of("f <- function(x) if (is.na(x)) NULL else x$next.one # end"),
        ["k function", "k if", "k NULL", "k else", "c # end"]
    );
    assert_eq!(
        of("r\"(a \"b\" )\" + R'--[x)']--' + 1e-5L"),
        ["t r\"(a \"b\" )\"", "t R'--[x)']--'", "n 1e-5L"]
    );
    assert_eq!(of("'a\nb' + `if` + \"\\\"\""), ["t 'a\nb'", "t `if`", "t \"\\\"\""]);
    assert_eq!(of("r\"(open"), ["t r\"(open"]);
}

const LANGUAGES: [Kind; 4] = [Kind::PySpark, Kind::Spark, Kind::Sql, Kind::SparkR];

#[test]
fn what_is_long_or_in_no_language_has_none() {
    assert!(tokens("if 1", Kind::Shared).is_empty());
    assert_eq!(tokens(&format!("1 {}", "x".repeat(99_000)), Kind::Sql), ["n 1"]);
    assert!(tokens(&format!("1 {}", "x".repeat(100_000)), Kind::Sql).is_empty());
    assert_eq!(tokens(&"1 ".repeat(1_000), Kind::Sql).len(), 1_000);
    assert!(tokens(&"1 ".repeat(1_001), Kind::Sql).is_empty());
    for language in LANGUAGES {
        assert!(tokens("", language).is_empty());
    }
}

/// For how long this thread has had a processor, in seconds; the clock's where the system does not tell.
fn busy(begun: Instant) -> f64 {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanos = told.and_then(|it| it.split(' ').next()?.parse::<f64>().ok());
    nanos.map_or_else(|| begun.elapsed().as_secs_f64(), |it| it / 1e9)
}

#[test]
fn eight_times_as_much_code_takes_about_eight_times_as_long() {
    let begun = Instant::now();
    let read = |length: usize| {
        let before = busy(begun);
        for piece in [
            "f\"{", "s\"${", "/*", "'\\", "\"\"\"\"", "r\"---(", "'", "`", "{", "1e", ".", "\\'", "é\\",
            "a.b",
        ] {
            let code = piece.repeat(length / piece.len());
            for language in LANGUAGES {
                let _ = code_tokens(&code, language);
                // Behind what is no token, in one line.
                let _ = code_tokens(&format!("x{}", code.get(..length - 1_000).unwrap_or(&code)), language);
            }
        }
        busy(begun) - before
    };
    let (short, long) = (read(12_500), read(100_000));
    // What grew with the square of the length would take 64 times as long.
    assert!(long < 32.0 * short.max(0.001), "{short} {long}");
}

/// Text that means something to one of the languages.
fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => prop::sample::select(vec![
            "\"", "'", "`", "\"\"\"", "'''", "\\", "{", "}", "${", "{{", "#", "--", "//", "/*", "*/", "\n", "f", "r", "s", "rb", "R", "(", ")\"",
            "[", "-", ".", "1", "0x", "e+", "if", "select", " ", "😀", "ä", "\r\n", "\u{2028}", "\0",
        ]).prop_map(str::to_owned),
        1 => any::<String>(),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|it| it.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn tokens_are_pieces_of_the_code_in_their_order(code in hostile()) {
        let units: Vec<u16> = code.encode_utf16().collect();
        for language in LANGUAGES {
            let mut last = 0;
            for token in code_tokens(&code, language) {
                let (start, end) = (token.place.start as usize, token.place.end as usize);
                prop_assert!(last <= start && start < end && end <= units.len(), "{token:?}");
                // It parts no character in two.
                let text = String::from_utf16(&units[start..end]);
                prop_assert!(text.is_ok(), "{token:?}");
                let text = text.unwrap_or_default();
                match token.kind {
                    TokenKind::Comment => prop_assert!(["#", "//", "--", "/*"].iter().any(|it| text.starts_with(it))),
                    TokenKind::Number => prop_assert!(!text.contains(char::is_whitespace)),
                    TokenKind::Keyword => prop_assert!(text.bytes().all(|it| it.is_ascii_alphabetic() || it == b'_')),
                    TokenKind::Text => prop_assert!(text.contains(['"', '\'', '`'])),
                }
                last = end;
            }
        }
    }

    #[test]
    fn a_string_is_one_whatever_stands_in_it(text in "[^\"'`\\\\\n{}]{1,40}", number in 0_u32..9_999) {
        for language in LANGUAGES {
            prop_assert_eq!(
                tokens(&format!("x = \"{text}\" + {number}"), language),
                [format!("t \"{text}\""), format!("n {number}")]
            );
        }
    }

    #[test]
    fn a_comment_ends_with_its_line(text in "[^\n]{0,40}") {
        for (sign, language) in [("#", Kind::PySpark), ("#", Kind::SparkR), ("//", Kind::Spark), ("--", Kind::Sql)] {
            prop_assert_eq!(tokens(&format!("x {sign}{text}\n1"), language), [format!("c {sign}{text}"), "n 1".to_owned()]);
        }
    }
}
