//! Expressions of numbers, texts and names, as far as Python, Scala and SQL write them alike.

use std::collections::BTreeMap;

/// Whose rules for dividing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Language {
    Python,
    Scala,
    Sql,
}

/// What an expression comes to.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Outcome {
    Whole(i64),
    Real(f64),
    Text(String),
}

/// Why it comes to nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    DividedByZero,
    NoSuchName(String),
    /// More than this reader knows; maybe right, maybe wrong.
    NotUnderstood,
}

impl Outcome {
    /// As Python prints it; with quotes where it shows a value.
    pub(crate) fn python(&self, shown: bool) -> String {
        match self {
            Self::Whole(number) => number.to_string(),
            Self::Real(number) => format!("{number:?}"),
            Self::Text(text) if shown && !["True", "False"].contains(&text.as_str()) => format!("'{text}'"),
            Self::Text(text) => text.clone(),
        }
    }

    /// As Scala's shell shows a value of that name.
    pub(crate) fn scala(&self, name: &str) -> String {
        match self {
            Self::Whole(number) if i32::try_from(*number).is_ok() => format!("{name}: Int = {number}\n"),
            Self::Whole(number) => format!("{name}: Long = {number}\n"),
            Self::Real(number) => format!("{name}: Double = {number:?}\n"),
            Self::Text(text) => format!("{name}: String = {text}\n"),
        }
    }

    fn real(&self) -> Result<f64, Fault> {
        match self {
            Self::Whole(number) => Ok(*number as f64),
            Self::Real(number) => Ok(*number),
            Self::Text(_) => Err(Fault::NotUnderstood),
        }
    }
}

/// What the text comes to, with these names.
pub(crate) fn evaluate(
    text: &str,
    language: Language,
    names: &BTreeMap<String, Outcome>,
) -> Result<Outcome, Fault> {
    let mut reader = Reader { rest: text.trim(), language, names, unknown: None, depth: 0 };
    let outcome = reader.sum();
    if !reader.rest.is_empty() {
        return Err(Fault::NotUnderstood);
    }
    match reader.unknown {
        Some(name) => Err(Fault::NoSuchName(name)),
        None => outcome,
    }
}

struct Reader<'a> {
    rest: &'a str,
    language: Language,
    names: &'a BTreeMap<String, Outcome>,
    /// The first name that is none; it counts only once the whole text was understood.
    unknown: Option<String>,
    depth: u8,
}

impl<'a> Reader<'a> {
    fn take(&mut self, signs: &[&'static str]) -> Option<&'static str> {
        let sign = signs.iter().find(|it| self.rest.starts_with(**it))?;
        self.rest = self.rest[sign.len()..].trim_start();
        Some(sign)
    }

    fn word(&mut self, ends: impl Fn(char) -> bool) -> &'a str {
        let end = self.rest.find(ends).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest.trim_start();
        word
    }

    fn sum(&mut self) -> Result<Outcome, Fault> {
        let mut left = self.product()?;
        while let Some(sign) = self.take(&["+", "-"]) {
            let right = self.product()?;
            left = self.joined(sign, left, right)?;
        }
        Ok(left)
    }

    fn product(&mut self) -> Result<Outcome, Fault> {
        let mut left = self.factor()?;
        while let Some(sign) = self.take(&["//", "/", "*", "%"]) {
            let right = self.factor()?;
            left = self.joined(sign, left, right)?;
        }
        Ok(left)
    }

    fn factor(&mut self) -> Result<Outcome, Fault> {
        self.depth += 1;
        if self.depth > 60 {
            return Err(Fault::NotUnderstood);
        }
        let outcome = if self.take(&["-"]).is_some() {
            let right = self.factor()?;
            self.joined("-", Outcome::Whole(0), right)
        } else {
            let left = self.atom()?;
            if self.language == Language::Python && self.take(&["**"]).is_some() {
                let right = self.factor()?;
                self.joined("**", left, right)
            } else {
                Ok(left)
            }
        };
        self.depth -= 1;
        outcome
    }

    fn atom(&mut self) -> Result<Outcome, Fault> {
        let first = self.rest.chars().next().ok_or(Fault::NotUnderstood)?;
        match first {
            '(' => {
                self.take(&["("]);
                let inner = self.sum()?;
                self.take(&[")"]).map(|_| inner).ok_or(Fault::NotUnderstood)
            }
            '"' | '\'' => {
                self.rest = &self.rest[1..];
                let (text, rest) = self.rest.split_once(first).ok_or(Fault::NotUnderstood)?;
                self.rest = rest.trim_start();
                if text.contains('\\') {
                    Err(Fault::NotUnderstood)
                } else {
                    Ok(Outcome::Text(text.to_owned()))
                }
            }
            '0'..='9' => {
                let word = self.word(|it| !it.is_ascii_digit() && it != '.');
                let whole = word.parse().map(Outcome::Whole);
                whole.or_else(|_| word.parse().map(Outcome::Real)).map_err(|_| Fault::NotUnderstood)
            }
            _ if first.is_alphabetic() || first == '_' => {
                let word = self.word(|it| !it.is_alphanumeric() && it != '_');
                Ok(match (word, self.names.get(word), self.language) {
                    (_, Some(known), _) => known.clone(),
                    ("True" | "False", None, Language::Python) => Outcome::Text(word.to_owned()),
                    ("None" | "sc" | "spark" | "null" | "true" | "false" | "import", ..) => {
                        return Err(Fault::NotUnderstood);
                    }
                    _ => {
                        self.unknown.get_or_insert_with(|| word.to_owned());
                        Outcome::Whole(1)
                    }
                })
            }
            _ => Err(Fault::NotUnderstood),
        }
    }

    fn joined(&self, sign: &str, left: Outcome, right: Outcome) -> Result<Outcome, Fault> {
        let python = self.language == Language::Python;
        match (sign, &left, &right) {
            ("+", Outcome::Text(left), Outcome::Text(right)) => Ok(Outcome::Text(format!("{left}{right}"))),
            ("/" | "//" | "%", _, Outcome::Whole(0)) => Err(Fault::DividedByZero),
            ("/", Outcome::Whole(left), Outcome::Whole(right)) if self.language == Language::Scala => {
                left.checked_div(*right).map(Outcome::Whole).ok_or(Fault::NotUnderstood)
            }
            (sign, Outcome::Whole(left), Outcome::Whole(right)) if sign != "/" => {
                let (left, right) = (*left, *right);
                let whole = match sign {
                    "+" => left.checked_add(right),
                    "-" => left.checked_sub(right),
                    "*" => left.checked_mul(right),
                    "%" if python => left
                        .checked_rem(right)
                        .map(|it| if it != 0 && (it < 0) != (right < 0) { it + right } else { it }),
                    "%" => left.checked_rem(right),
                    "//" if python => left.checked_div_euclid(right).filter(|_| right > 0),
                    "**" => u32::try_from(right).ok().and_then(|it| left.checked_pow(it)),
                    _ => None,
                };
                whole.map(Outcome::Whole).ok_or(Fault::NotUnderstood)
            }
            (sign, left, right) => {
                let (left, right) = (left.real()?, right.real()?);
                let real = match sign {
                    "+" => left + right,
                    "-" => left - right,
                    "*" => left * right,
                    "/" if right != 0.0 => left / right,
                    "**" => left.powf(right),
                    _ => return Err(Fault::NotUnderstood),
                };
                Ok(Outcome::Real(real))
            }
        }
    }
}

/// `name = value`, where the name is one.
pub(crate) fn assigned(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.split_once('=')?;
    let name = name.trim();
    let is_name = name.starts_with(|it: char| it.is_alphabetic() || it == '_')
        && name.chars().all(|it| it.is_alphanumeric() || it == '_');
    (is_name && !value.starts_with('=')).then_some((name, value.trim()))
}
