//! PowerShell: `Invoke-RestMethod` and `Invoke-WebRequest` with `-Body`.

mod literal;

use form::sort;

use super::Found;
use super::reader::{Dialect, Read, Reader, Statement};
use super::request::{MOST, Request, choose, object};
use super::term::Term;

const COMMANDS: [&str; 4] = ["invoke-restmethod", "invoke-webrequest", "irm ", "iwr "];

/// Where commands start. An alias begins its line, or follows a sign: in prose it may be anything.
fn starts(text: &str) -> Vec<usize> {
    let lower = text.to_ascii_lowercase();
    let begins = |(at, name): &(usize, &str)| {
        let before = lower[..*at].trim_end_matches([' ', '\t']);
        name.len() > 4 || before.is_empty() || before.ends_with(['\n', '=', '(', '\u{feff}'])
    };
    let all = COMMANDS.iter().flat_map(|it| lower.match_indices(it)).filter(begins);
    let mut all: Vec<usize> = all.map(|it| it.0).collect();
    sort(&mut all, |one, other| one < other);
    all
}

/// Where the first command starts.
pub(super) fn find(text: &str) -> Option<usize> {
    starts(text).first().copied()
}

/// Reads the command that makes a session.
pub(super) fn read(text: &str, found: &mut Found) -> Result<Term, String> {
    let mut outset = Reader::new(text, Dialect::PowerShell);
    let breaks = text.match_indices(['\n', ';', '{']).map(|it| it.0 + 1);
    let first = |at: usize| text.len() - text[at..].trim_start().len();
    outset.statements =
        std::iter::once(0).chain(breaks).map(|at| Statement { at: first(at), indent: 0 }).collect();
    let request = |at| {
        let mut reader = outset.afresh(at);
        let (address, body) = match reader.command() {
            Ok((address, Some((body, written)))) => (address, object(body, &written)),
            Ok((_, None)) => return None,
            Err(fault) => (String::new(), Err(reader.fault(fault))),
        };
        let Reader { notes, holes, .. } = reader;
        Some(Request { source: "a PowerShell command", address, body, notes, holes })
    };
    found.source = "a PowerShell command";
    choose(
        starts(text).into_iter().take(MOST).filter_map(request).collect(),
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
                _ => {
                    let argument = self.argument()?;
                    if uri.is_empty() && argument.contains("://") {
                        uri = argument;
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
