//! JSON and nothing else, its numbers as they are written. The form reads so whatever it is filled with; the pasted texts'
//! reader knows more languages, and comes with the page that needs them.

use serde::de::IgnoredAny;

use super::value::Value;

/// Deeper nesting than this is no request.
const DEEPEST: usize = 120;

/// Reads JSON.
///
/// # Errors
/// What is wrong with it and where, no sentence yet.
pub fn strict(text: &str) -> Result<Value, String> {
    serde_json::from_str::<IgnoredAny>(text).map_err(|error| {
        let words = error.to_string();
        let words = words.split(" at line ").next().unwrap_or_default();
        format!("{words} (line {}, column {})", error.line(), error.column())
    })?;
    Ok(value(&mut { text }, DEEPEST)?)
}

/// A value of what is known to be JSON: what is between values doesn't matter.
fn value(rest: &mut &str, deeper: usize) -> Result<Value, &'static str> {
    step(rest);
    let Some(left) = deeper.checked_sub(1) else { return Err("it is nested too deeply") };
    let open = rest.chars().next().unwrap_or_default();
    Ok(match open {
        '"' => Value::Text(string(rest)?),
        '{' | '[' => {
            *rest = &rest[1..];
            let (mut entries, mut items) = (Vec::new(), Vec::new());
            loop {
                step(rest);
                if let Some(after) = rest.strip_prefix(['}', ']']) {
                    *rest = after;
                    break;
                }
                if open == '[' {
                    items.push(value(rest, left)?);
                } else {
                    entries.push((string(rest)?, value(rest, left)?));
                }
            }
            if open == '[' { Value::List(items) } else { Value::Object(entries) }
        }
        _ => {
            let end = rest.find(|it: char| !(it.is_ascii_alphanumeric() || "+-.".contains(it)));
            let (word, after) = rest.split_at(end.unwrap_or(rest.len()));
            *rest = after;
            match word {
                "null" => Value::Null,
                "true" | "false" => Value::Bool(word == "true"),
                number => Value::Number(number.to_owned()),
            }
        }
    })
}

fn step(rest: &mut &str) {
    *rest = rest.trim_start_matches([' ', '\t', '\r', '\n', ',', ':']);
}

/// A string, which `IgnoredAny` has not looked into.
fn string(rest: &mut &str) -> Result<String, &'static str> {
    let mut read = serde_json::Deserializer::from_str(rest).into_iter::<String>();
    let text = read.next().and_then(Result::ok).ok_or("half a character (a lone surrogate)")?;
    *rest = &rest[read.byte_offset()..];
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_what_serde_makes_of_it_but_for_its_numbers() {
        for text in [
            r#" { "a" : [ 1 , -2.5e+3, true,false,null ,"\"\\\n\u00e9\ud83d\ude00,:" ], "" : {} ,"b":[[],[{"c":0}]]} "#,
            "1.5",
            "\"a\"",
            "[]",
        ] {
            let read = strict(text).unwrap();
            let json = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
            assert_eq!(json(&read.to_line()), json(text));
            assert_eq!(json(&read.to_json()), json(text));
        }
        assert_eq!(strict("[1.10, 1E5]").unwrap().to_line(), "[1.10,1E5]");
        let deep = ["[".repeat(200), "]".repeat(200)].concat();
        for (text, fault) in
            [("[\"\\ud800\"]", "surrogate"), (deep.as_str(), "too deeply"), ("[1,]", "line 1, column 4")]
        {
            assert!(strict(text).unwrap_err().contains(fault), "{text}");
        }
    }
}
