//! What an output is to be drawn as, what says most first.

use livy::{Json, JsonKind, Output, OutputPart};

use super::Table;

/// What a part of an output is drawn as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// What went wrong.
    Error,
    /// A picture in base64.
    Image,
    /// Rows and columns.
    Table,
    /// Any other JSON.
    Json,
    /// A text of a program.
    Text,
    /// A page or a drawing in markup: text, unless a person wants to see it.
    Markup,
    /// A type or a word that this console does not know, as it was sent.
    Unknown,
    /// Nothing was returned.
    Empty,
}

impl Shape {
    /// The word of the page's contract.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Image => "image",
            Self::Table => "table",
            Self::Json => "json",
            Self::Text => "text",
            Self::Markup => "markup",
            Self::Unknown => "unknown",
            Self::Empty => "empty",
        }
    }

    fn of(mime: &str, value: Json<'_>) -> Self {
        let text = value.text();
        match (mime, &text) {
            ("image/png" | "image/jpeg" | "image/gif" | "image/webp" | "image/svg+xml", Some(text))
                if !text.is_empty() =>
            {
                Self::Image
            }
            ("application/vnd.livy.table.v1+json" | "application/json", _) if Table::of(value).is_some() => {
                Self::Table
            }
            ("application/vnd.livy.table.v1+json" | "application/json", _) => Self::Json,
            ("text/html", Some(_)) => Self::Markup,
            ("text/plain", Some(text)) if text.is_empty() => Self::Empty,
            ("text/plain", Some(text)) if is_a_page(text) => Self::Markup,
            ("text/plain", Some(_)) => Self::Text,
            _ => Self::Unknown,
        }
    }
}

/// True for what begins as a page of the web does; the rest of it is text in any case.
fn is_a_page(text: &str) -> bool {
    let start: String = text.trim_start().chars().take(9).collect::<String>().to_ascii_lowercase();
    start.starts_with("<!doctype") || start.starts_with("<html")
}

/// The parts of an output in the order in which they are shown; never none. A part of none is the error, or the whole output.
pub fn shapes(output: &Output) -> Vec<(Shape, Option<&OutputPart>)> {
    if !matches!(output.status.as_str(), "ok" | "error") {
        return vec![(Shape::Unknown, None)];
    }
    let mut found: Vec<(Shape, Option<&OutputPart>)> = Vec::new();
    if output.error.is_some() {
        found.push((Shape::Error, None));
    }
    let parts = output.parts.iter().filter_map(|it| Some((Shape::of(&it.mime, output.value(it)?), Some(it))));
    found.extend(parts);
    // An empty text beside something else says nothing.
    if found.iter().any(|it| it.0 != Shape::Empty) {
        found.retain(|it| it.0 != Shape::Empty);
    }
    found.sort_by_key(|it| it.0 as u8);
    match found.is_empty() {
        // Results of a shape that none has, such as a list of them.
        true if Json::parse(output.as_written())
            .and_then(|it| it.get("data"))
            .is_some_and(|it| it.kind() != JsonKind::Object) =>
        {
            vec![(Shape::Unknown, None)]
        }
        true => vec![(Shape::Empty, None)],
        false => found,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&'static str> {
        let output = Output::from_json(Json::parse(text).unwrap()).unwrap();
        shapes(&output).into_iter().map(|it| it.0.as_str()).collect()
    }

    #[test]
    fn what_says_most_comes_first() {
        let of = |data: &str| words(&format!(r#"{{"status":"ok","data":{data}}}"#));
        assert_eq!(of(r#"{"text/plain":"a","image/png":"iVBO"}"#), ["image", "text"]);
        assert_eq!(of(r#"{"text/plain":"","application/json":[1]}"#), ["json"]);
        assert_eq!(of(r#"{"application/json":{"schema":{"fields":[]},"data":[]}}"#), ["table"]);
        assert_eq!(of(r#"{"text/plain":""}"#), ["empty"]);
        assert_eq!(of("{}"), ["empty"]);
        assert_eq!(of("[1]"), ["unknown"]);
        assert_eq!(of(r#"{"text/plain":" <!DOCTYPE html><p>"}"#), ["markup"]);
        assert_eq!(of(r#"{"text/plain":"<div> is a word"}"#), ["text"]);
        assert_eq!(of(r#"{"application/x-new":1,"text/plain":5}"#), ["unknown", "unknown"]);
        assert_eq!(words(r#"{"status":"partly","data":{"text/plain":"a"}}"#), ["unknown"]);
        assert_eq!(words(r#"{"status":"error","ename":"X"}"#), ["error"]);
    }
}
