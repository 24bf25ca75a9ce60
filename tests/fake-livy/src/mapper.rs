//! The JSON mapper in front of Livy (Jackson 2.15, recorded from 0.9.0): it reads a body from its beginning and gives up at the first
//! thing that it cannot use. Livy sends its words as a bare string with 400. It never looks at what the values mean.

use serde_json::{Deserializer, Map, Value, json};

use crate::http::Response;
use crate::kind::canonical_kind;

/// What a field of a request is for the mapper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Type {
    /// A string; numbers and booleans become one.
    Text,
    /// A list of strings.
    List,
    /// A map of strings.
    Map,
    /// A Java `int`; strings are read, fractions are cut.
    Int,
    /// An `Option[Int]`, whose type is erased: anything goes, and fails later.
    Erased,
    /// Livy's own reader for kinds.
    Kind,
}

/// A request class and its fields, in the order in which Jackson names them.
pub(crate) struct Class {
    pub name: &'static str,
    pub fields: &'static [(&'static str, Type)],
    /// Made by its constructor, so that Jackson complains of an unknown field only when all others have come or the object ends.
    pub complains_late: bool,
}

/// The body as an object with the types of its class; `None` for `null`.
pub(crate) fn read(body: &[u8], class: &Class) -> Result<Option<Map<String, Value>>, Response> {
    let text = String::from_utf8_lossy(body);
    let mut reader = Reader { text: &text, at: 0, opened: 0, first: true };
    reader.object(class).map_err(|words| Response::bare(400, &words))
}

const SOURCE: &str = "(org.eclipse.jetty.server.HttpInputOverHTTP)";
const LIST: &str = "scala.collection.immutable.List<java.lang.String>";
const MAP: &str = "scala.collection.immutable.Map<java.lang.String,java.lang.String>";
const LIST_BUILDER: &str =
    "com.fasterxml.jackson.module.scala.deser.GenericFactoryDeserializerResolver$BuilderWrapper";
const MAP_BUILDER: &str =
    "com.fasterxml.jackson.module.scala.deser.GenericMapFactoryDeserializerResolver$BuilderWrapper";

/// Why a value was not taken: the words, and where Jackson says through which fields it came, what follows the field itself.
struct Wrong {
    words: String,
    inner: Option<String>,
}

impl From<String> for Wrong {
    fn from(words: String) -> Self {
        Self { words, inner: None }
    }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    /// Where the object or list that is being read begins.
    opened: usize,
    first: bool,
}

impl Reader<'_> {
    fn object(&mut self, class: &Class) -> Result<Option<Map<String, Value>>, String> {
        let Some(sign) = self.skip() else {
            return Err(format!(
                "No content to map due to end-of-input\n at [Source: {SOURCE}; line: 1, column: 0]"
            ));
        };
        if sign != '{' {
            let value =
                if sign == '[' { Value::Array(Vec::new()) } else { self.value().map_err(|it| it.words)? };
            let name = class.name;
            let from = match value {
                Value::Null => return Ok(None),
                Value::Array(_) => {
                    return Err(format!(
                        "Cannot deserialize value of type `{name}` from Array value (token `JsonToken.START_ARRAY`){}",
                        self.place(self.opened)
                    ));
                }
                Value::String(text) => ("String", format!("String value ('{text}')")),
                Value::Bool(it) => ("boolean/Boolean", format!("boolean value ({it})")),
                other => {
                    let of = if other.is_f64() { "double/Double" } else { "int/Int" };
                    (of, format!("Number value ({other})"))
                }
            };
            return Err(format!("{}{}", no_constructor(name, from.0, &from.1), self.place(self.opened)));
        }
        self.opened = self.at;
        self.at += 1;
        let mut fields = Map::new();
        let mut stranger = None;
        while let Some(key) = self.key()? {
            let Some((_, kind)) = class.fields.iter().find(|(name, _)| *name == key) else {
                if class.complains_late && fields.len() < class.fields.len() {
                    self.value().map_err(|it| it.words)?;
                    stranger.get_or_insert(key);
                    continue;
                }
                return Err(self.unknown_ahead(class, &key)?);
            };
            let value = self.typed(*kind).map_err(|wrong| match wrong.inner {
                None => wrong.words,
                Some(inner) => {
                    let name = class.name;
                    format!("{} (through reference chain: {name}[\"{key}\"]{inner})", wrong.words)
                }
            })?;
            fields.insert(key, value);
        }
        stranger.map_or(Ok(Some(fields)), |key| Err(self.unknown(class, &key, self.at)))
    }

    /// Skips white space; what stands there.
    fn skip(&mut self) -> Option<char> {
        let rest = self.text[self.at..].trim_start_matches([' ', '\t', '\r', '\n']);
        self.at = self.text.len() - rest.len();
        rest.chars().next()
    }

    /// The next field's name, with its value's first character ahead; `None` at the end of the object.
    fn key(&mut self) -> Result<Option<String>, String> {
        if !self.more('}')? {
            return Ok(None);
        }
        match self.skip() {
            Some('"') => {}
            None => return Err(self.unclosed("Object")),
            Some(other) => {
                return Err(self.unexpected(other, "was expecting double-quote to start field name"));
            }
        }
        let Value::String(key) = self
            .value()
            .map_err(|_| format!("Unexpected end-of-input in field name{}", self.place(self.text.len())))?
        else {
            return Err(String::new());
        };
        let between = || {
            format!("Unexpected end-of-input within/between Object entries{}", self.place(self.text.len()))
        };
        let between = between();
        match self.skip() {
            Some(':') => self.at += 1,
            None => return Err(between),
            Some(other) => {
                return Err(self.unexpected(other, "was expecting a colon to separate field name and value"));
            }
        }
        if self.skip().is_none() { Err(between) } else { Ok(Some(key)) }
    }

    /// True if another entry follows; steps over the comma before it.
    fn more(&mut self, end: char) -> Result<bool, String> {
        let of = if end == '}' { "Object" } else { "Array" };
        let sign = self.skip();
        if sign == Some(end) {
            self.at += 1;
            return Ok(false);
        }
        match sign {
            _ if self.first => self.first = false,
            Some(',') => self.at += 1,
            None => return Err(self.unclosed(of)),
            Some(other) => {
                return Err(self.unexpected(other, &format!("was expecting comma to separate {of} entries")));
            }
        }
        Ok(true)
    }

    fn typed(&mut self, kind: Type) -> Result<Value, Wrong> {
        let start = self.at;
        let value = match kind {
            Type::List if self.skip() == Some('[') => return self.strings(),
            Type::Map if self.skip() == Some('{') => return self.map(),
            _ => self.value()?,
        };
        let here = |inner: &str| Some(inner.to_owned());
        match (kind, value) {
            (Type::Kind, Value::String(kind)) if canonical_kind(&kind).is_none() => {
                Err(Wrong { words: format!("Invalid kind: {kind}"), inner: here("") })
            }
            (Type::Kind, value) if !value.is_string() && !value.is_null() => Err(Wrong {
                words: "requirement failed: Kind should be a string.".to_owned(),
                inner: here(""),
            }),
            (Type::Text, value) => self.string(value, start, String::new()),
            (Type::Int, value) => self.int(value, start),
            (Type::Map, Value::String(text)) => {
                let words = no_constructor(
                    "scala.collection.immutable.Map",
                    "String",
                    &format!("String value ('{text}')"),
                );
                Err(Wrong { words: words + &self.place(start), inner: here("") })
            }
            (Type::List, value) if !value.is_null() => Err(self.mismatch(LIST, &value, start, String::new())),
            (Type::Map, value) if !value.is_null() => Err(self.mismatch(MAP, &value, start, String::new())),
            (_, value) => Ok(value),
        }
    }

    /// Any value; afterwards what follows it is ahead.
    fn value(&mut self) -> Result<Value, Wrong> {
        let start = self.at;
        let mut stream = Deserializer::from_str(&self.text[start..]).into_iter::<Value>();
        if let Some(Ok(value)) = stream.next() {
            self.at = start + stream.byte_offset();
            return Ok(value);
        }
        let rest = &self.text[start..];
        let first = rest.chars().next().unwrap_or(' ');
        let word = rest.find(|it: char| !it.is_alphanumeric() && it != '_').unwrap_or(rest.len());
        let mut digits = rest.trim_start_matches('-').chars();
        Err(match first {
            '"' => Wrong {
                words: format!("Unexpected end-of-input in VALUE_STRING{}", self.place(self.text.len())),
                inner: Some(String::new()),
            },
            '[' => self.unclosed("Array").into(),
            '{' => self.unclosed("Object").into(),
            '0'..='9' | '-' if digits.next() == Some('0') => {
                format!("Invalid numeric value: Leading zeroes not allowed{}", self.place(start + 1)).into()
            }
            _ if first.is_alphabetic() => {
                let end = start + word + usize::from(word < rest.len());
                let token = &rest[..word];
                format!("Unrecognized token '{token}': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false'){}", self.place(end)).into()
            }
            other => self.unexpected(other, "expected a value").into(),
        })
    }

    fn strings(&mut self) -> Result<Value, Wrong> {
        let outer = self.enter();
        let mut found = Vec::new();
        while self.more(']')? {
            self.skip();
            let start = self.at;
            let value = self.value()?;
            found.push(self.string(value, start, format!("->{LIST_BUILDER}[{}]", found.len()))?);
        }
        (self.opened, self.first) = outer;
        Ok(Value::Array(found))
    }

    fn map(&mut self) -> Result<Value, Wrong> {
        let outer = self.enter();
        let mut found = Map::new();
        while let Some(key) = self.key()? {
            let start = self.at;
            let value = self.value()?;
            let value = self.string(value, start, format!("->{MAP_BUILDER}[\"{key}\"]"))?;
            found.insert(key, value);
        }
        (self.opened, self.first) = outer;
        Ok(Value::Object(found))
    }

    /// Steps into a list or an object; what to put back afterwards.
    fn enter(&mut self) -> (usize, bool) {
        let outer = (self.opened, self.first);
        (self.opened, self.first) = (self.at, true);
        self.at += 1;
        outer
    }

    fn string(&self, value: Value, start: usize, inner: String) -> Result<Value, Wrong> {
        match value {
            Value::Array(_) | Value::Object(_) => {
                Err(self.mismatch("java.lang.String", &value, start, inner))
            }
            Value::Number(_) | Value::Bool(_) => Ok(json!(value.to_string())),
            other => Ok(other),
        }
    }

    fn int(&self, value: Value, start: usize) -> Result<Value, Wrong> {
        let wrong = |words: String| Wrong { words, inner: Some(String::new()) };
        match &value {
            Value::Null => Ok(json!(0)),
            Value::Number(number) => {
                let whole = number.as_f64().map_or(0.0, f64::trunc);
                if whole < f64::from(i32::MIN) || whole > f64::from(i32::MAX) {
                    let place = self.place(self.at);
                    let words = format!(
                        "Numeric value ({number}) out of range of int (-2147483648 - 2147483647){place}"
                    );
                    return Err(wrong(words));
                }
                Ok(json!(whole as i32))
            }
            Value::String(text) if text.trim().is_empty() => Ok(json!(0)),
            Value::String(text) => text.trim().parse::<i32>().map(|it| json!(it)).map_err(|_| {
                let place = self.place(start);
                wrong(format!(
                    "Cannot deserialize value of type `int` from String \"{text}\": not a valid `int` value{place}"
                ))
            }),
            other => Err(self.mismatch("int", other, start, String::new())),
        }
    }

    fn mismatch(&self, wanted: &str, value: &Value, start: usize, inner: String) -> Wrong {
        let found = match value {
            Value::String(_) => "String value (token `JsonToken.VALUE_STRING`)",
            Value::Number(it) if it.is_f64() => "Floating-point value (token `JsonToken.VALUE_NUMBER_FLOAT`)",
            Value::Number(_) => "Integer value (token `JsonToken.VALUE_NUMBER_INT`)",
            Value::Bool(true) => "Boolean value (token `JsonToken.VALUE_TRUE`)",
            Value::Bool(false) => "Boolean value (token `JsonToken.VALUE_FALSE`)",
            Value::Object(_) => "Object value (token `JsonToken.START_OBJECT`)",
            _ => "Array value (token `JsonToken.START_ARRAY`)",
        };
        let place = self.place(start);
        Wrong {
            words: format!("Cannot deserialize value of type `{wanted}` from {found}{place}"),
            inner: Some(inner),
        }
    }

    fn unknown_ahead(&mut self, class: &Class, key: &str) -> Result<String, String> {
        // Jackson stands behind the value's first token when it gives up.
        let end = if self.text[self.at..].starts_with(['"', '{', '[']) {
            self.at + 1
        } else {
            self.value().map_err(|it| it.words)?;
            self.at
        };
        Ok(self.unknown(class, key, end))
    }

    fn unknown(&self, class: &Class, key: &str, end: usize) -> String {
        let known: Vec<String> = class.fields.iter().map(|(name, _)| format!("\"{name}\"")).collect();
        let (name, count, known, place) = (class.name, known.len(), known.join(", "), self.place(end));
        format!(
            "Unrecognized field \"{key}\" (class {name}), not marked as ignorable ({count} known properties: {known}]){place} (through reference chain: {name}[\"{key}\"])"
        )
    }

    fn unexpected(&self, character: char, wanted: &str) -> String {
        let code = u32::from(character);
        format!("Unexpected character ('{character}' (code {code})): {wanted}{}", self.place(self.at + 1))
    }

    fn unclosed(&self, of: &str) -> String {
        let opened = self.source(self.opened);
        let place = self.place(self.text.len());
        format!("Unexpected end-of-input: expected close marker for {of} (start marker at {opened}){place}")
    }

    fn place(&self, offset: usize) -> String {
        format!("\n at {}", self.source(offset))
    }

    /// Line and column as Jackson counts them: from 1, in bytes.
    fn source(&self, offset: usize) -> String {
        let before = &self.text.as_bytes()[..offset.min(self.text.len())];
        let line = before.iter().filter(|it| **it == b'\n').count() + 1;
        let column = offset - before.iter().rposition(|it| *it == b'\n').map_or(0, |it| it + 1) + 1;
        format!("[Source: {SOURCE}; line: {line}, column: {column}]")
    }
}

fn no_constructor(of: &str, from: &str, value: &str) -> String {
    format!(
        "Cannot construct instance of `{of}` (although at least one Creator exists): no {from}-argument constructor/factory method to deserialize from {value}"
    )
}
