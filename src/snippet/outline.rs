//! The outline of a Python text: where its statements start, and the calls that may make a session.

use std::rc::Rc;

use super::reader::{Dialect, Reader, Statement};

/// A call, by where its brackets open.
pub(super) struct Call<'a> {
    pub(super) at: usize,
    /// Its name with dots.
    pub(super) name: &'a str,
}

/// Words that begin a statement with a block: after its colon another statement may follow in the same line.
const OPENERS: [&str; 12] =
    ["def", "class", "if", "elif", "else", "for", "while", "try", "except", "finally", "with", "async"];

/// The statements of a text, and the calls that `wanted` asks for.
pub(super) fn outline<'a>(text: &'a str, wanted: fn(&str) -> bool) -> (Rc<[Statement]>, Vec<Call<'a>>) {
    let mut reader = Reader::new(text, Dialect::Python);
    let (mut statements, mut calls) = (Vec::new(), Vec::new());
    // The depth of brackets, where the line started, how deep its statements are, and whether one starts next.
    let (mut open, mut line, mut indent, mut fresh) = (0_usize, Some(0), 0, true);
    let mut opens = false;
    while let Some(sign) = reader.peek() {
        if fresh && !sign.is_whitespace() && sign != '#' {
            if let Some(line) = line.take() {
                indent = reader.at - line;
            }
            statements.push(Statement { at: reader.at, indent });
            let word = reader.rest().split(|it: char| !it.is_alphanumeric()).next().unwrap_or_default();
            (opens, fresh) = (OPENERS.contains(&word), false);
        }
        match sign {
            '"' | '\'' => reader.skip_string(),
            '#' => reader.gap(false),
            _ if sign.is_alphabetic() || sign == '_' => {
                let name = reader.name();
                if reader.peek() == Some('(') && wanted(name) {
                    calls.push(Call { at: reader.at, name });
                }
            }
            _ => {
                match sign {
                    '(' | '[' | '{' => open += 1,
                    ')' | ']' | '}' => open = open.saturating_sub(1),
                    _ => {}
                }
                reader.bump();
                let ends_opener = sign == ':' && opens;
                if open == 0 && (matches!(sign, '\n' | ';') || ends_opener) {
                    indent += usize::from(ends_opener);
                    (fresh, opens) = (true, false);
                    if sign == '\n' {
                        line = Some(reader.at);
                    }
                }
            }
        }
    }
    (statements.into(), calls)
}
