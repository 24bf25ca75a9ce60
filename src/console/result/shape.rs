//! What an output is to be drawn as, what says most first.

use livy::{Json, JsonKind, Output, OutputPart};

use super::parts;

/// The types of pictures that browsers draw.
const PICTURES: [&str; 5] = ["image/png", "image/jpeg", "image/gif", "image/webp", "image/svg+xml"];

/// What a part of an output is drawn as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// What went wrong.
    Error,
    /// A picture in base64.
    Image,
    /// Rows and columns, by its beginning: [`super::Table::of`] reads the rest, and can find that it is other JSON.
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

    /// True for a type that this console draws where what is sent has its form.
    pub fn draws(mime: &str) -> bool {
        let others = ["text/plain", "text/html", "application/json", "application/vnd.livy.table.v1+json"];
        PICTURES.contains(&mime) || others.contains(&mime)
    }

    fn of(mime: &str, value: Json<'_>) -> Self {
        let is_text = value.kind() == JsonKind::Text;
        let is_empty = value.as_written() == "\"\"";
        match mime {
            it if PICTURES.contains(&it) && is_text && !is_empty => Self::Image,
            "application/vnd.livy.table.v1+json" | "application/json" if parts(value).is_some() => {
                Self::Table
            }
            "application/vnd.livy.table.v1+json" | "application/json" => Self::Json,
            "text/html" if is_text => Self::Markup,
            "text/plain" if is_empty => Self::Empty,
            "text/plain" if is_text && is_a_page(value.as_written()) => Self::Markup,
            "text/plain" if is_text => Self::Text,
            _ => Self::Unknown,
        }
    }
}

/// True for a text that begins as a page of the web does, as it stands in the answer: it can be megabytes, and only its beginning is
/// looked at.
fn is_a_page(written: &str) -> bool {
    let mut rest = written.trim_start_matches('"').trim_start();
    while let Some(after) = ["\\n", "\\r", "\\t"].iter().find_map(|it| rest.strip_prefix(it)) {
        rest = after.trim_start();
    }
    let start: String = rest.chars().take(9).collect::<String>().to_ascii_lowercase();
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
            .is_some_and(|it| !matches!(it.kind(), JsonKind::Object | JsonKind::Null)) =>
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
        assert_eq!((of("[1]"), of("null")), (vec!["unknown"], vec!["empty"]));
        assert_eq!(of(r#"{"text/plain":" \n\t <!DOCTYPE html><p>"}"#), ["markup"]);
        assert_eq!(of(r#"{"text/plain":"<div> is a word"}"#), ["text"]);
        assert_eq!(of(r#"{"application/x-new":1,"text/plain":5}"#), ["unknown", "unknown"]);
        assert_eq!(words(r#"{"status":"partly","data":{"text/plain":"a"}}"#), ["unknown"]);
        assert_eq!(words(r#"{"status":"error","ename":"X"}"#), ["error"]);
    }
}
