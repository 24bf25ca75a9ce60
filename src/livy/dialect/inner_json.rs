//! JSON that stands in a text: after words, before words, or cut off where a gateway or a log had no room for more.

use serde_json::Value;

/// A text is searched for JSON in so many places.
const MOST_STARTS: usize = 4;
/// Of what was cut off, so many places are tried to cut it shorter.
const MOST_CUTS: usize = 24;

/// A text with JSON in it.
pub(super) struct Parted<'a> {
    pub before: &'a str,
    pub json: Value,
    pub after: &'a str,
}

/// The first JSON object, list or quoted text of a text; `None` where none can be read.
pub(super) fn parted(text: &str) -> Option<Parted<'_>> {
    if text.starts_with('"')
        && let Ok(json) = serde_json::from_str(text)
    {
        return Some(Parted { before: "", json, after: "" });
    }
    let starts = text.match_indices(['{', '[']).map(|it| it.0).filter(|at| is_start(&text[*at..]));
    starts.take(MOST_STARTS).find_map(|at| {
        let (json, end) = read(&text[at..])?;
        Some(Parted { before: &text[..at], json, after: &text[at + end..] })
    })
}

/// True for `{"`, `{}`, `["`, `[{` and `[]`: what else begins with a bracket is Java's or a log's.
fn is_start(text: &str) -> bool {
    let mut rest = text.chars().filter(|it| !it.is_whitespace());
    match (rest.next(), rest.next()) {
        (Some('{'), Some('"' | '}')) => true,
        (Some('['), Some('[' | '{')) => rest.next() == Some('"'),
        (Some('['), Some('"' | ']')) => true,
        _ => false,
    }
}

/// The value at the beginning of the text, and where it ends. One that is cut off is closed.
fn read(text: &str) -> Option<(Value, usize)> {
    let mut open = String::new();
    let (mut in_text, mut is_escaped) = (false, false);
    // Where it could be cut shorter, and what would be open there.
    let mut cuts: Vec<(usize, String)> = Vec::new();
    for (at, letter) in text.char_indices() {
        if cuts.len() >= 2 * MOST_CUTS {
            cuts.drain(..MOST_CUTS);
        }
        match letter {
            _ if is_escaped => is_escaped = false,
            '\\' if in_text => is_escaped = true,
            '"' => in_text = !in_text,
            _ if in_text => {}
            '{' | '[' => {
                open.push(if letter == '{' { '}' } else { ']' });
                cuts.push((at + 1, open.clone()));
            }
            ',' => cuts.push((at, open.clone())),
            '}' | ']' => {
                if open.pop() != Some(letter) {
                    return None;
                }
                if open.is_empty() {
                    let end = at + 1;
                    return Some((serde_json::from_str(&text[..end]).ok()?, end));
                }
            }
            _ => {}
        }
    }
    let whole = match in_text {
        // A letter that was cut in its middle: `\\u00`.
        true => (text.trim_end_matches(|it: char| it.is_ascii_hexdigit() || it == 'u'), "\""),
        false => (text, ""),
    };
    let closed = |text: &str, quote: &str, open: &str| -> Option<Value> {
        let close: String = open.chars().rev().collect();
        serde_json::from_str(&format!("{text}{quote}{close}")).ok()
    };
    let first =
        || closed(text, whole.1, &open).or_else(|| closed(whole.0.strip_suffix('\\')?, whole.1, &open));
    let shorter = || cuts.iter().rev().take(MOST_CUTS).find_map(|(at, open)| closed(&text[..*at], "", open));
    Some((first().or_else(shorter)?, text.len()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn json_is_found_in_a_text_and_closed_where_it_was_cut() {
        let rows = [
            (r#"Error 400: {"msg":"no"}"#, Some(("Error 400: ", json!({"msg": "no"}), ""))),
            (r#"{"msg":"no"} at gateway"#, Some(("", json!({"msg": "no"}), " at gateway"))),
            (r#"x [{"a":"}"}] y"#, Some(("x ", json!([{"a": "}"}]), " y"))),
            (r#"{"message":"The capac"#, Some(("", json!({"message": "The capac"}), ""))),
            (
                r#"{"error":{"code":"X","message":"long \"#,
                Some(("", json!({"error": {"code": "X", "message": "long "}}), "")),
            ),
            (
                r#"{"error":{"message":"a","details":["#,
                Some(("", json!({"error": {"message": "a", "details": []}}), "")),
            ),
            (r#"{"message":"a","trac"#, Some(("", json!({"message": "a"}), ""))),
            (r#"{"message":"a","trace":"#, Some(("", json!({"message": "a"}), ""))),
            (r#"{"message":"\u00"#, Some(("", json!({"message": ""}), ""))),
            (r#""a text""#, Some(("", json!("a text"), ""))),
            ("[error] {a=b} [main]", None),
            (r#"the "quoted" word"#, None),
            ("{\"a\" b}", None),
            ("", None),
        ];
        for (text, expected) in rows {
            let found = parted(text);
            let found = found.as_ref().map(|it| (it.before, &it.json, it.after));
            assert_eq!(found, expected.as_ref().map(|it| (it.0, &it.1, it.2)), "{text}");
        }
    }

    #[test]
    fn no_cut_of_an_answer_is_taken_for_words() {
        let whole = r#"{"timestamp":17,"status":400,"errors":[{"detail":"q\u00e9 \"x\"","n":[1,2.5,true,null]}],"message":"no room"}"#;
        for end in (2..whole.len()).filter(|it| whole.is_char_boundary(*it)) {
            let found = parted(&whole[..end]);
            assert!(found.is_some_and(|it| it.before.is_empty() && it.after.is_empty()), "{}", &whole[..end]);
        }
    }
}
