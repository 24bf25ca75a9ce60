//! tmp
#![allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Json,
    Curl,
    Python,
    Pylivy,
    Sparkmagic,
}
impl Format {
    pub const ALL: [Self; 5] = [Self::Json, Self::Curl, Self::Python, Self::Pylivy, Self::Sparkmagic];
    pub fn label(self) -> &'static str {
        "x"
    }
}
pub struct Snippet {
    pub source: &'static str,
    pub body: String,
    pub notes: Vec<String>,
}
pub fn recognise(text: &str) -> Result<Snippet, String> {
    Ok(Snippet { source: "JSON", body: text.to_owned(), notes: Vec::new() })
}
pub struct Written {
    pub text: String,
    pub notes: Vec<String>,
}
pub fn write(_f: Format, body: &str, _u: &str) -> Written {
    Written { text: body.to_owned(), notes: Vec::new() }
}
