//! Reads JSON and nothing else (RFC 8259).

use super::Value;

/// Deeper nesting than this is no request.
const DEEPEST: usize = 120;

/// What is wrong at the place where the reader stays: no sentence yet.
type Parsed<T> = Result<T, &'static str>;

impl Value {
    /// Reads the text of one value.
    ///
    /// # Errors
    /// What is wrong with it and where, no sentence yet: `a comma is missing (line 2, column 3)`.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut reader = JsonReader { text, at: 0 };
        let read = reader.value(DEEPEST).and_then(|value| match reader.peek() {
            None => Ok(value),
            Some(_) => Err("text follows the end"),
        });
        read.map_err(|fault| {
            let before = text.get(..reader.at).unwrap_or(text);
            let line = before.matches('\n').count() + 1;
            let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
            format!("{fault} (line {line}, column {column})")
        })
    }
}

struct JsonReader<'a> {
    text: &'a str,
    /// Bytes that are read, always up to a whole character.
    at: usize,
}

impl<'a> JsonReader<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// The next byte after spaces and line ends.
    fn peek(&mut self) -> Option<u8> {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches([' ', '\t', '\r', '\n']).len();
        self.rest().bytes().next()
    }

    /// Steps over a sign, after spaces and line ends.
    fn eat(&mut self, sign: u8) -> bool {
        let is_next = self.peek() == Some(sign);
        self.at += usize::from(is_next);
        is_next
    }

    /// A value with at most `deeper` levels of lists and objects around its parts.
    fn value(&mut self, deeper: usize) -> Parsed<Value> {
        match self.peek() {
            None => Err("the text ends too early"),
            Some(b'"') => self.string().map(Value::Text),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(b'[' | b'{') if deeper == 0 => Err("it is nested too deeply"),
            Some(b'[') => {
                let mut items = Vec::new();
                self.at += 1;
                while self.has_more(b']', items.is_empty())? {
                    items.push(self.value(deeper - 1)?);
                }
                Ok(Value::List(items))
            }
            Some(b'{') => {
                let mut entries = Vec::new();
                self.at += 1;
                while self.has_more(b'}', entries.is_empty())? {
                    if self.peek() != Some(b'"') {
                        return Err("a key in double quotes is missing");
                    }
                    let key = self.string()?;
                    if !self.eat(b':') {
                        return Err("a colon is missing");
                    }
                    entries.push((key, self.value(deeper - 1)?));
                }
                Ok(Value::Object(entries))
            }
            Some(_) => {
                let words =
                    [("null", Value::Null), ("true", Value::Bool(true)), ("false", Value::Bool(false))];
                let word = words.into_iter().find(|it| self.rest().starts_with(it.0));
                let (word, value) = word.ok_or("a value is missing")?;
                self.at += word.len();
                Ok(value)
            }
        }
    }

    /// Whether there is another member: the first, or one after a comma. Steps over the closing bracket otherwise.
    fn has_more(&mut self, close: u8, is_first: bool) -> Parsed<bool> {
        if self.eat(close) {
            return Ok(false);
        }
        match self.peek() {
            None => Err("the text ends too early"),
            Some(_) if is_first || self.eat(b',') => Ok(true),
            Some(_) => Err("a comma is missing"),
        }
    }

    /// A number as it is written.
    fn number(&mut self) -> Parsed<Value> {
        let start = self.at;
        self.step_over(b"-");
        if !self.step_over(b"0") {
            self.digits()?;
        }
        if self.step_over(b".") {
            self.digits()?;
        }
        if self.step_over(b"eE") {
            self.step_over(b"+-");
            self.digits()?;
        }
        Ok(Value::Number(self.text[start..self.at].to_owned()))
    }

    fn digits(&mut self) -> Parsed<()> {
        let rest = self.rest();
        let count = rest.len() - rest.trim_start_matches(|it: char| it.is_ascii_digit()).len();
        self.at += count;
        if count > 0 { Ok(()) } else { Err("a digit is missing") }
    }

    /// Steps over one of some signs, if it is next.
    fn step_over(&mut self, signs: &[u8]) -> bool {
        let is_next = self.rest().bytes().next().is_some_and(|it| signs.contains(&it));
        self.at += usize::from(is_next);
        is_next
    }

    /// A text from quote to quote.
    fn string(&mut self) -> Parsed<String> {
        self.at += 1;
        let mut text = String::new();
        loop {
            let rest = self.rest();
            let plain = rest.bytes().position(|it| it < b' ' || it == b'"' || it == b'\\');
            let plain = &rest[..plain.unwrap_or(rest.len())];
            text.push_str(plain);
            self.at += plain.len();
            match rest.as_bytes().get(plain.len()) {
                None => return Err("the closing quote is missing"),
                Some(b'"') => {
                    self.at += 1;
                    return Ok(text);
                }
                Some(b'\\') => text.push(self.escaped()?),
                Some(_) => return Err("a line ends or a control character stands in quotes"),
            }
        }
    }

    /// What a backslash and the signs after it mean.
    fn escaped(&mut self) -> Parsed<char> {
        let sign = match self.rest().as_bytes().get(1) {
            Some(sign @ (b'"' | b'\\' | b'/')) => char::from(*sign),
            Some(b'n') => '\n',
            Some(b't') => '\t',
            Some(b'r') => '\r',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'u') => {
                let mut code = self.code_unit()?;
                // Two units of UTF-16 make a character above 0xffff.
                if (0xd800..0xdc00).contains(&code)
                    && self.rest().starts_with("\\u")
                    && let low @ 0xdc00..0xe000 = self.code_unit()?
                {
                    code = 0x1_0000 + ((code - 0xd800) << 10) + (low - 0xdc00);
                }
                return char::from_u32(code).ok_or("half a character (a lone surrogate)");
            }
            _ => return Err("a needless backslash"),
        };
        self.at += 2;
        Ok(sign)
    }

    /// The number in `\u00e9`.
    fn code_unit(&mut self) -> Parsed<u32> {
        let digits = self.rest().get(2..6).filter(|it| it.bytes().all(|it| it.is_ascii_hexdigit()));
        let unit = digits.and_then(|it| u32::from_str_radix(it, 16).ok());
        let unit = unit.ok_or("a character code is too short")?;
        self.at += 6;
        Ok(unit)
    }
}
