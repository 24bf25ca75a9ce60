//! PowerShell's literals: hashtables, arrays, its strings, and `ConvertTo-Json` behind a pipe.

use super::super::reader::{Read, Reader};
use super::super::term::Term;

impl<'a> Reader<'a> {
    /// What PowerShell alone has; nothing where the sign means the same elsewhere.
    pub(in super::super) fn powershell(&mut self, sign: char) -> Read<Option<Term>> {
        let start = self.at;
        let rest = self.rest();
        Ok(Some(match sign {
            '@' if rest.starts_with("@{") => self.hashtable()?,
            '@' if rest.starts_with("@(") => self.array()?,
            '"' | '\'' => Term::Text(self.powershell_text()?),
            '@' if rest.starts_with("@'") || rest.starts_with("@\"") => Term::Text(self.powershell_text()?),
            '(' => {
                self.bump();
                let value = self.value()?;
                self.gap(true);
                self.eat(")");
                value
            }
            '$' => {
                self.bump();
                let name = self.variable_name();
                let value = match name.to_ascii_lowercase().as_str() {
                    "true" => Some(Term::Bool(true)),
                    "false" => Some(Term::Bool(false)),
                    "null" => Some(Term::Null),
                    _ if matches!(self.peek(), Some('.' | '[' | '(')) => {
                        self.skip_expression();
                        None
                    }
                    _ => self.variable(name, start)?,
                };
                value.unwrap_or_else(|| Term::Unknown(self.excerpt(start)))
            }
            // `[int] $x`, `[Text.Encoding]::UTF8.GetBytes(...)`: what becomes of it is not in the text.
            '[' => {
                self.skip_expression();
                Term::Unknown(self.excerpt(start))
            }
            _ => return Ok(None),
        }))
    }

    /// `| ConvertTo-Json` changes nothing; what another pipe does only running it would tell.
    pub(in super::super) fn piped(&mut self, value: Term) -> Read<Term> {
        self.gap(false);
        if self.peek() != Some('|') {
            return Ok(value);
        }
        let start = self.at;
        self.bump();
        self.gap(true);
        let known = self.bare().eq_ignore_ascii_case("ConvertTo-Json");
        self.skip_expression();
        Ok(if known { value } else { Term::Unknown(self.excerpt(start)) })
    }

    /// `@{ key = value; ... }`
    fn hashtable(&mut self) -> Read<Term> {
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
            let key = match self.peek() {
                None => return Err("the closing brace is missing"),
                Some('"' | '\'') => self.powershell_text()?,
                _ => self.bare().to_owned(),
            };
            self.gap(true);
            if !self.eat("=") {
                return Err("an equals sign is missing");
            }
            entries.push((key, self.value()?));
        }
        self.brackets -= 1;
        Ok(Term::Object(entries))
    }

    /// `@(one, two)`
    fn array(&mut self) -> Read<Term> {
        self.at += 2;
        self.brackets += 1;
        let mut items = Vec::new();
        loop {
            self.gap(true);
            if self.eat(",") || self.eat(";") {
                continue;
            }
            if self.eat(")") {
                break;
            }
            items.push(self.value()?);
        }
        self.brackets -= 1;
        Ok(Term::List(items))
    }

    /// The name of a variable, after its `$`.
    pub(in super::super) fn variable_name(&mut self) -> &'a str {
        let rest = self.rest();
        let is_part = |it: char| it.is_alphanumeric() || it == '_' || it == ':';
        let name = match rest.strip_prefix('{').and_then(|it| it.split_once('}')) {
            Some((name, _)) => {
                self.at += 2;
                name
            }
            None => &rest[..rest.find(|it| !is_part(it)).unwrap_or(rest.len())],
        };
        self.at += name.len();
        name
    }

    /// A string of any of PowerShell's four sorts.
    fn powershell_text(&mut self) -> Read<String> {
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
        let mut text = String::new();
        loop {
            if self.eat(closing) {
                if here || !self.rest().starts_with(closing) {
                    return Ok(text);
                }
            } else if quote == '"' && self.peek() == Some('$') {
                self.expand(&mut text)?;
                continue;
            } else if quote == '"' && self.eat("`") {
                text.push(match self.bump() {
                    Some('n') => '\n',
                    Some('r') => '\r',
                    Some('t') => '\t',
                    Some('0') => '\0',
                    Some(sign) => sign,
                    None => return Err("the closing quote is missing"),
                });
                continue;
            }
            text.push(self.bump().ok_or("the closing quote is missing")?);
        }
    }

    /// `$name` within a string; what the text doesn't assign stays as it is written, and is remembered.
    fn expand(&mut self, into: &mut String) -> Read<()> {
        let start = self.at;
        self.bump();
        if self.eat("(") {
            self.skip_expression();
            self.eat(")");
        } else {
            let name = self.variable_name();
            if name.is_empty() {
                into.push('$');
                return Ok(());
            }
            if let Some(Term::Text(text) | Term::Number(text)) = self.variable(name, start)? {
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
