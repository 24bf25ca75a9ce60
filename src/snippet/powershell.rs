//! PowerShell: `Invoke-RestMethod` and `Invoke-WebRequest` with `-Body`, also as a browser copies them.

mod literal;

use std::rc::Rc;

use super::Found;
use super::reader::{Dialect, Read, Reader};
use super::request::{MOST, Request, choose, object};
use super::statement::Statement;
use super::term::Term;
use form::sort;

const COMMANDS: [&str; 4] = ["invoke-restmethod", "invoke-webrequest", "irm ", "iwr "];

/// Where the first command starts.
pub(super) fn find(text: &str) -> Option<usize> {
    let lower = text.to_ascii_lowercase();
    let at_line = |at: &usize| {
        lower[..*at].trim_end_matches([' ', '\t']).ends_with(['\n', '=', '(', '\u{feff}']) || *at == 0
    };
    let aliases = COMMANDS[2..].iter().flat_map(|it| lower.match_indices(it)).map(|it| it.0).filter(at_line);
    COMMANDS[..2].iter().filter_map(|it| lower.find(it)).chain(aliases).min()
}

/// Where statements start: at lines, after semicolons and braces, and the parameters of functions.
fn statements(text: &str) -> Rc<[Statement]> {
    let lower = text.to_ascii_lowercase();
    let mut heads = Vec::new();
    for (at, name) in lower.match_indices("param") {
        let open = text[at + name.len()..].trim_start();
        if let Some(inside) = open.strip_prefix('(') {
            let mut reader = Reader::new(text, Dialect::PowerShell);
            reader.at = text.len() - inside.len();
            let start = reader.at;
            reader.brackets = 1;
            loop {
                reader.skip_expression();
                if !reader.eat(",") && !reader.eat("\n") {
                    break;
                }
            }
            heads.push(start..reader.at);
        }
    }
    let breaks = text.match_indices(['\n', ';', '{', '(', ',']).map(|it| (it.0 + 1, it.1));
    let start = |(at, sign)| {
        let parameter = heads.iter().any(|it| it.contains(&at));
        let at = text.len() - text[at..].trim_start().len();
        // Elsewhere what follows a bracket or a comma is a part of a statement.
        (parameter || !matches!(sign, "(" | ",")).then(|| Statement::plain(at, parameter))
    };
    std::iter::once((0, "")).chain(breaks).filter_map(start).collect()
}

/// Reads the command that makes a session.
pub(super) fn read(text: &str, found: &mut Found) -> Result<Term, String> {
    let mut outset = Reader::new(text, Dialect::PowerShell);
    outset.statements = statements(text);
    let lower = text.to_ascii_lowercase();
    let mut commands: Vec<usize> =
        COMMANDS.iter().flat_map(|it| lower.match_indices(it)).map(|it| it.0).collect();
    sort(&mut commands, |one, other| one < other);
    let request = |at| {
        let mut reader = outset.afresh(at);
        let read = reader.command();
        let (address, body) = match read {
            Ok((address, Some((body, written)))) => (address, object(body, &written)),
            Ok((_, None)) => return None,
            Err(fault) => (String::new(), Err(reader.fault(fault))),
        };
        let Reader { notes, holes, .. } = reader;
        Some(Request { source: "a PowerShell command", address, body, notes, holes })
    };
    found.source = "a PowerShell command";
    choose(
        commands.into_iter().take(MOST).filter_map(request).collect(),
        found,
        "The command has no -Body. Paste the one that creates the session, with its variables.",
    )
}

impl<'a> Reader<'a> {
    /// The address and the body of a command with how it is written, read to the end of its line.
    fn command(&mut self) -> Read<(String, Option<(Term, String)>)> {
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
                    let (begun, noted) = (self.at, (self.notes.len(), self.holes.len()));
                    if flag == "body" {
                        // Notes about the headers and the address don't matter.
                        self.notes.clear();
                        self.holes.clear();
                        let value = self.primary()?;
                        body = Some((value, self.excerpt(begun)));
                    } else if matches!(flag.as_str(), "uri" | "headers" | "websession" | "credential") {
                        let value = self.argument()?;
                        self.notes.truncate(noted.0);
                        self.holes.truncate(noted.1);
                        if flag == "uri" {
                            uri = value;
                        }
                    }
                }
                Some('@') if !self.rest().starts_with("@{") && !self.rest().starts_with("@(") => {
                    self.bump();
                    let name = self.bare();
                    if let Some(value) = self.variable(name, before)? {
                        uri = value.get("uri").and_then(Term::text).unwrap_or_default().to_owned();
                        body = value.get("body").map(|it| (it.clone(), self.excerpt(before)));
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
            Term::Text(text) => text,
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
}
