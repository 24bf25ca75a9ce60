//! Lines of other people's configurations that are pasted as rows: of a properties file, a command, JSON, or a program.

use crate::json::Value;

/// A line as a key and a value: `key value`, `key=value`, `key: value`, `--conf key=value`, `"key": "value",`,
/// `.config("key", "value")`. `None` for an empty line, a comment, and a line of brackets.
pub fn conf_line(line: &str) -> Option<(String, String)> {
    let line = line.trim().trim_end_matches('\\').trim_end();
    if line.starts_with(['#', '!']) || line.starts_with("//") {
        return None;
    }
    let line = line.strip_prefix("--conf").map_or(line, |it| it.trim_start_matches(['=', ' ']));
    if let Some(pair) = arguments(line).or(Some(line)).and_then(pair) {
        return Some(pair).filter(|(_, value)| !value.starts_with(['{', '[']));
    }
    let whole = |quote| line.strip_prefix(quote).and_then(|it| it.strip_suffix(quote));
    let line = whole('"').or_else(|| whole('\'')).unwrap_or(line).trim();
    if line.chars().all(|it| "{}[](),; ".contains(it)) {
        return None;
    }
    let at = line.find(|it: char| it == '=' || it == ':' || it.is_whitespace()).unwrap_or(line.len());
    let (key, rest) = line.split_at(at);
    let value = rest.trim_start();
    let value = value.strip_prefix(['=', ':']).unwrap_or(value).trim();
    Some((key.to_owned(), value.to_owned()))
}

/// The text in the brackets of `.config(…)` or `.set(…)`.
fn arguments(line: &str) -> Option<&str> {
    let (_, rest) = line.split_once(".config(").or_else(|| line.split_once(".set("))?;
    Some(rest.rfind(')').map_or(rest, |at| &rest[..at]))
}

/// A key in quotes, a sign, and a value with quotes or without.
fn pair(text: &str) -> Option<(String, String)> {
    let (key, rest) = quoted(text.trim_start())?;
    let value = rest.trim_start().strip_prefix([':', ',', '=', '-'])?.trim_start_matches([' ', '\t', '>']);
    let value = match quoted(value) {
        Some((value, _)) => value,
        None => value.trim_end_matches([',', ';', ' ', ')']).to_owned(),
    };
    Some((key.trim().to_owned(), value))
}

/// A text in quotes, and what follows it.
fn quoted(text: &str) -> Option<(String, &str)> {
    let quote = text.chars().next().filter(|it| matches!(it, '"' | '\''))?;
    let inner = &text[1..];
    let mut is_escaped = false;
    let end = inner.find(|it: char| {
        let ends = it == quote && !is_escaped;
        is_escaped = it == '\\' && !is_escaped;
        ends
    })?;
    let read = match Value::parse(&["\"", &inner[..end], "\""].concat()) {
        Ok(Value::Text(text)) => text,
        _ => inner[..end].to_owned(),
    };
    Some((read, &inner[end + 1..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_files_commands_and_programs() {
        let pair = |key: &str, value: &str| Some((key.to_owned(), value.to_owned()));
        for (line, expected) in [
            ("spark.a 1", pair("spark.a", "1")),
            ("  spark.a = 1 2 ", pair("spark.a", "1 2")),
            ("spark.a=", pair("spark.a", "")),
            ("spark.a: x=y", pair("spark.a", "x=y")),
            ("--conf spark.a=1 \\", pair("spark.a", "1")),
            ("--conf \"spark.a=-Dx=1 -Dy=2\" \\", pair("spark.a", "-Dx=1 -Dy=2")),
            ("--conf 'spark.a=1'", pair("spark.a", "1")),
            ("--conf=spark.a=1", pair("spark.a", "1")),
            ("spark.a", pair("spark.a", "")),
            ("spark.a -Dx=\"1 2\"", pair("spark.a", "-Dx=\"1 2\"")),
            (r#""spark.a.b": "2g","#, pair("spark.a.b", "2g")),
            (r#"  "spark.a" : 2,"#, pair("spark.a", "2")),
            (r#""spark.a":true"#, pair("spark.a", "true")),
            (r#""spark.a": "-Dx=\"1, 2\"""#, pair("spark.a", "-Dx=\"1, 2\"")),
            ("'spark.a': '2g',", pair("spark.a", "2g")),
            (r#".config("spark.a", "2g") \"#, pair("spark.a", "2g")),
            (r#"val s = SparkSession.builder.config("spark.a", 2)"#, pair("spark.a", "2")),
            (r#"conf.set('spark.a', "x,y");"#, pair("spark.a", "x,y")),
            (r#""spark.a" -> "2g","#, pair("spark.a", "2g")),
            (r#"spark.conf.set("spark.a", True)"#, pair("spark.a", "True")),
            ("# spark.a 1", None),
            ("// spark.a 1", None),
            ("   ", None),
            ("{", None),
            ("},", None),
            (r#""conf": {"#, None),
        ] {
            assert_eq!(conf_line(line), expected, "{line:?}");
        }
    }
}
