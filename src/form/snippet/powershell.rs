//! PowerShell: `Invoke-RestMethod` and `Invoke-WebRequest` with `-Body`, also as a browser copies them.

use super::reader::{Dialect, Read, Reader};
use super::value::Value;
use super::{Found, body_of_text, request_note};

const COMMANDS: [&str; 4] = ["invoke-restmethod", "invoke-webrequest", "irm ", "iwr "];

/// Where such a command stands first.
pub(super) fn find(text: &str) -> Option<usize> {
    let lower = text.to_ascii_lowercase();
    let at_line = |at: &usize| {
        lower[..*at].trim_end_matches([' ', '\t']).ends_with(['\n', '=', '(', '\u{feff}']) || *at == 0
    };
    let aliases = COMMANDS[2..].iter().flat_map(|it| lower.match_indices(it)).map(|it| it.0).filter(at_line);
    COMMANDS[..2].iter().filter_map(|it| lower.find(it)).chain(aliases).min()
}

/// Reads the first command that has a body for a session.
pub(super) fn read(text: &str, found: &mut Found) -> Result<Value, String> {
    found.source = "a PowerShell command";
    let mut starts = vec![0];
    starts.extend(text.match_indices('\n').map(|it| it.0 + 1));
    let lower = text.to_ascii_lowercase();
    let mut commands: Vec<usize> =
        COMMANDS.iter().flat_map(|it| lower.match_indices(it)).map(|it| it.0).collect();
    commands.sort_unstable();
    let mut trouble = "The command has no -Body: paste the one that creates the session, with the lines that set its variables.".to_owned();
    let mut bodies = 0;
    let mut chosen = None;
    for at in commands {
        let mut reader = Reader::new(text, Dialect::PowerShell);
        reader.starts.clone_from(&starts);
        reader.at = at;
        match reader.command() {
            Ok((uri, Some(body))) => {
                if uri.contains("statements") || uri.contains("batches") {
                    trouble = [
                        "This asks for something other than a session (",
                        &uri,
                        "): paste the command that posts to /sessions.",
                    ]
                    .concat();
                } else if chosen.is_none() {
                    chosen = Some((uri, body, reader.holes));
                    continue;
                }
                bodies += 1;
            }
            Ok((_, None)) => {}
            Err(fault) => return Err(reader.fault(fault)),
        }
    }
    let Some((uri, body, holes)) = chosen else { return Err(trouble) };
    if bodies > 0 {
        found
            .notes
            .push("The text makes other requests too: only the one for the session is read.".to_owned());
    }
    found.holes = holes;
    request_note(&uri, &mut found.notes);
    match body {
        Value::Text(text) => body_of_text(&text, found),
        Value::Unknown(from) => Err([
            "The body of the request is not written in the text, only where it comes from (",
            &from,
            "): paste the lines that say what it is, or the JSON itself.",
        ]
        .concat()),
        value => Ok(value),
    }
}

impl<'a> Reader<'a> {
    /// The address and the body of a command, read to the end of its line.
    fn command(&mut self) -> Read<(String, Option<Value>)> {
        let (mut uri, mut body) = (String::new(), None);
        loop {
            self.gap(false);
            let before = self.at;
            match self.peek() {
                None | Some('\n' | ';' | '|' | ')' | '}') => return Ok((uri, body)),
                Some('-') => {
                    self.bump();
                    let flag = self.bare().to_ascii_lowercase();
                    self.gap(false);
                    if flag == "body" {
                        body = Some(self.primary()?);
                    } else if flag == "uri" {
                        uri = self.argument()?;
                    }
                }
                Some('@') if !self.rest().starts_with("@{") && !self.rest().starts_with("@(") => {
                    self.bump();
                    let name = self.bare();
                    if let Some(value) = self.variable_of_powershell(name, before)? {
                        uri = value.get("uri").and_then(Value::text).unwrap_or_default().to_owned();
                        body = value.get("body").cloned();
                    }
                }
                Some('"' | '\'' | '@' | '(' | '{' | '[' | '$') => {
                    let argument = self.argument()?;
                    if uri.is_empty() && argument.contains("://") {
                        uri = argument;
                    }
                }
                _ => {
                    let word = self.bare();
                    if word.contains("://") {
                        uri = word.to_owned();
                    }
                }
            }
            if self.at == before {
                self.bump();
            }
        }
    }

    /// A value as text, or as it is written.
    fn argument(&mut self) -> Read<String> {
        let start = self.at;
        if !matches!(self.peek(), Some('"' | '\'' | '@' | '(' | '[' | '$')) {
            return Ok(self.bare().to_owned());
        }
        if self.rest().starts_with('[') {
            self.skip_expression();
        }
        Ok(match self.primary()? {
            Value::Text(text) => text,
            _ => self.excerpt(start),
        })
    }

    /// A word without quotes.
    fn bare(&mut self) -> &'a str {
        let rest = self.rest();
        let end =
            rest.find(|it: char| it.is_whitespace() || "\"'(){};|,=".contains(it)).unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }

    /// What PowerShell alone has; nothing where the sign means the same elsewhere.
    pub(super) fn powershell(&mut self, sign: char) -> Read<Option<Value>> {
        let start = self.at;
        let rest = self.rest();
        match sign {
            '"' | '\'' => {}
            '@' if rest.starts_with("@{") => return self.hashtable().map(Some),
            '@' if rest.starts_with("@(") => return self.array().map(Some),
            '@' if rest.starts_with("@'") || rest.starts_with("@\"") => {}
            '(' => {
                self.bump();
                let value = self.value()?;
                self.gap(true);
                self.eat(")");
                return Ok(Some(value));
            }
            '[' => {
                let cast = rest.find(']').ok_or("a closing bracket is missing")?;
                self.at += cast + 1;
                return Ok(Some(if rest[..cast].contains(['(', '"', '\n']) {
                    Value::Unknown(self.excerpt(start))
                } else {
                    self.value()?
                }));
            }
            '$' => {
                self.bump();
                let name = self.variable_name();
                return Ok(Some(match name.to_ascii_lowercase().as_str() {
                    "true" => Value::Bool(true),
                    "false" => Value::Bool(false),
                    "null" => Value::Null,
                    _ if matches!(self.peek(), Some('.' | '[' | '(')) => {
                        self.skip_expression();
                        Value::Unknown(self.excerpt(start))
                    }
                    _ => {
                        let found = self.variable_of_powershell(name, start)?;
                        found.unwrap_or_else(|| Value::Unknown(self.excerpt(start)))
                    }
                }));
            }
            'C' | 'c' if rest.get(..14).is_some_and(|it| it.eq_ignore_ascii_case("ConvertTo-Json")) => {
                self.at += 14;
                self.gap(false);
                while self.rest().starts_with('-') {
                    let flag = self.bare().to_ascii_lowercase();
                    self.gap(false);
                    if flag == "-depth" {
                        self.bare();
                        self.gap(false);
                    }
                }
                let value = self.primary()?;
                self.skip_expression();
                return Ok(Some(value));
            }
            _ => return Ok(None),
        }
        let mut text = String::new();
        self.string_of_powershell(&mut text)?;
        Ok(Some(Value::Text(text)))
    }

    /// `, more` makes a list; `| ConvertTo-Json` changes nothing; another pipe does, nobody knows what.
    pub(super) fn piped(&mut self, value: Value) -> Read<Value> {
        self.gap(false);
        if self.peek() == Some(',') {
            let mut items = vec![value];
            while self.eat(",") {
                self.gap(true);
                items.push(self.primary()?);
                self.gap(false);
            }
            return Ok(Value::List(items));
        }
        if self.peek() != Some('|') {
            return Ok(value);
        }
        let start = self.at;
        self.bump();
        self.gap(true);
        let known = self.bare().eq_ignore_ascii_case("ConvertTo-Json");
        self.skip_expression();
        Ok(if known { value } else { Value::Unknown(self.excerpt(start)) })
    }

    /// `@{ key = value; ... }`
    fn hashtable(&mut self) -> Read<Value> {
        self.at += 2;
        self.brackets += 1;
        let mut entries = Vec::new();
        loop {
            self.gap(true);
            if self.eat(";") {
                continue;
            }
            if self.eat("}") {
                break;
            }
            let mut key = String::new();
            match self.peek() {
                None => return Err("the closing brace is missing"),
                Some('"' | '\'') => self.string_of_powershell(&mut key)?,
                _ => key.push_str(self.bare()),
            }
            self.gap(true);
            if !self.eat("=") {
                return Err("an equals sign is missing");
            }
            entries.push((key, self.value()?));
        }
        self.brackets -= 1;
        Ok(Value::Object(entries))
    }

    /// `@( ... )`
    fn array(&mut self) -> Read<Value> {
        self.at += 2;
        self.brackets += 1;
        let mut items = Vec::new();
        loop {
            self.gap(true);
            if self.eat(";") {
                continue;
            }
            if self.eat(")") {
                break;
            }
            let table = self.rest().starts_with("@(");
            match self.value()? {
                Value::List(more) if !table => items.extend(more),
                item => items.push(item),
            }
        }
        self.brackets -= 1;
        Ok(Value::List(items))
    }

    fn variable_name(&mut self) -> &'a str {
        if self.eat("{") {
            let rest = self.rest();
            let end = rest.find('}').unwrap_or(rest.len());
            self.at = (self.at + end + 1).min(self.text.len());
            return &rest[..end];
        }
        let rest = self.rest();
        let end =
            rest.find(|it: char| !(it.is_alphanumeric() || it == '_' || it == ':')).unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }

    /// The value of a variable where the text itself assigns it before.
    fn variable_of_powershell(&mut self, name: &str, before: usize) -> Read<Option<Value>> {
        if self.lookups == 0 || name.is_empty() {
            return Ok(None);
        }
        self.lookups -= 1;
        let (back, brackets) = (self.at, self.brackets);
        let mut assigned = None;
        for at in self.starts.clone().into_iter().filter(|it| *it < before) {
            self.at = at;
            self.gap(false);
            let same = self.eat("$") && self.variable_name().eq_ignore_ascii_case(name);
            self.gap(false);
            if same && self.eat("=") && self.at < before {
                assigned = Some(self.at);
            }
        }
        (self.at, self.brackets) = (assigned.unwrap_or(back), 0);
        let value = if assigned.is_some() { Some(self.value()?) } else { None };
        (self.at, self.brackets) = (back, brackets);
        Ok(value)
    }

    /// A string of any of PowerShell's four sorts.
    pub(super) fn string_of_powershell(&mut self, into: &mut String) -> Read<()> {
        let here = self.eat("@");
        let Some(quote) = self.bump() else { return Err("a quote is missing") };
        if here {
            self.gap(false);
            self.eat("\n");
        }
        let closing = match (here, quote) {
            (true, '"') => "\n\"@",
            (true, _) => "\n'@",
            (false, '"') => "\"",
            (false, _) => "'",
        };
        loop {
            if self.eat(closing) {
                if here || !self.rest().starts_with(closing) {
                    return Ok(());
                }
            } else if quote == '"' && self.peek() == Some('$') {
                self.expand(into)?;
                continue;
            } else if quote == '"' && self.eat("`") {
                into.push(match self.bump() {
                    Some('n') => '\n',
                    Some('r') => '\r',
                    Some('t') => '\t',
                    Some('0') => '\0',
                    Some(sign) => sign,
                    None => return Err("the closing quote is missing"),
                });
                continue;
            }
            into.push(self.bump().ok_or("the closing quote is missing")?);
        }
    }

    /// `$name` or `$([char]233)` within a string; what is not known stays as it is written, and is remembered.
    fn expand(&mut self, into: &mut String) -> Read<()> {
        let start = self.at;
        self.bump();
        let code = self.rest().strip_prefix("([char]").and_then(|it| it.split(')').next());
        if let Some(digits) = code {
            let code = match digits.strip_prefix("0x") {
                Some(hex) => u32::from_str_radix(hex, 16),
                None => digits.parse(),
            };
            if let Some(sign) = code.ok().and_then(char::from_u32) {
                into.push(sign);
                self.at += "([char])".len() + digits.len();
                return Ok(());
            }
        }
        if self.peek() == Some('(') {
            self.bump();
            self.skip_expression();
            self.eat(")");
        } else {
            let name = self.variable_name();
            if name.is_empty() {
                into.push('$');
                return Ok(());
            }
            if let Some(Value::Text(text) | Value::Number(text)) = self.variable_of_powershell(name, start)? {
                into.push_str(&text);
                return Ok(());
            }
        }
        let hole = self.text.get(start..self.at).unwrap_or_default();
        self.holes.push(hole.to_owned());
        into.push_str(hole);
        Ok(())
    }
}
