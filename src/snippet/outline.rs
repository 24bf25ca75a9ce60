//! The outline of a Python text: its statements with what they see, and the calls that may make a session.

use std::ops::Range;
use std::rc::Rc;

use super::reader::{Dialect, Reader};
use super::statement::Statement;

/// A call, by where its brackets open.
pub(super) struct Call<'a> {
    pub(super) at: usize,
    /// Its name with dots.
    pub(super) name: &'a str,
}

/// Lines indented deeper than the one that opens them.
struct Block {
    indent: usize,
    /// The function it is the body of, by its number.
    function: Option<usize>,
    conditional: bool,
}

/// Walks over a whole text.
struct Walk<'a> {
    reader: Reader<'a>,
    statements: Vec<(Statement, usize)>,
    calls: Vec<Call<'a>>,
    blocks: Vec<Block>,
    /// From where to where each function goes; the text itself is the first.
    functions: Vec<Range<usize>>,
    indent: usize,
    /// The statement opens a block: after its colon another may follow.
    opens: bool,
}

/// The statements of a text, and the calls that `wanted` asks for.
pub(super) fn outline<'a>(text: &'a str, wanted: fn(&str) -> bool) -> (Rc<[Statement]>, Vec<Call<'a>>) {
    let mut walk = Walk {
        reader: Reader::new(text, Dialect::Python),
        statements: Vec::new(),
        calls: Vec::new(),
        blocks: Vec::new(),
        functions: vec![Range { start: 0, end: text.len() + 1 }],
        indent: 0,
        opens: false,
    };
    walk.all(wanted);
    let functions = walk.functions;
    let seen = |(mut it, function): (Statement, usize)| {
        it.scope = functions.get(function).cloned().unwrap_or_default();
        it
    };
    (walk.statements.into_iter().map(seen).collect(), walk.calls)
}

impl Walk<'_> {
    fn all(&mut self, wanted: fn(&str) -> bool) {
        let (mut open, mut fresh, mut line) = (0_usize, true, Some(0));
        while let Some(sign) = self.reader.peek() {
            if fresh && !sign.is_whitespace() && sign != '#' {
                self.statement(line.take());
                fresh = false;
            }
            match sign {
                '"' | '\'' => self.reader.skip_string(),
                '#' => self.reader.gap(false),
                _ if sign.is_alphabetic() || sign == '_' => {
                    let name = self.reader.name();
                    if self.reader.peek() == Some('(') && wanted(name) {
                        self.calls.push(Call { at: self.reader.at, name });
                    }
                }
                _ => {
                    match sign {
                        '(' | '[' | '{' => open += 1,
                        ')' | ']' | '}' => open = open.saturating_sub(1),
                        _ => {}
                    }
                    self.reader.bump();
                    if open == 0 && (matches!(sign, '\n' | ';') || sign == ':' && self.opens) {
                        fresh = true;
                        self.opens = false;
                        if sign == '\n' {
                            line = Some(self.reader.at);
                        }
                    }
                }
            }
        }
    }

    /// A statement starts here, the first of its line or another.
    fn statement(&mut self, line: Option<usize>) {
        let at = self.reader.at;
        if let Some(line) = line {
            self.indent = at.saturating_sub(line);
            while let Some(block) = self.blocks.pop_if(|it| it.indent >= self.indent) {
                if let Some(function) = block.function.and_then(|it| self.functions.get_mut(it)) {
                    function.end = at;
                }
            }
        }
        self.push(at, false);
        let rest = self.reader.rest();
        let word = |text: &str| text.split(|it: char| !it.is_alphanumeric()).next().unwrap_or_default().len();
        let first = &rest[..word(rest)];
        let (first, conditional) = match first {
            "async" => (rest["async".len()..].trim_start().get(..3).unwrap_or_default(), false),
            // What is run as a program is run.
            "if" => (first, !rest["if".len()..].trim_start().starts_with("__name__")),
            "elif" | "else" | "for" | "while" | "except" => (first, true),
            _ => (first, false),
        };
        let function = (first == "def").then_some(self.functions.len());
        self.opens = conditional || matches!(first, "def" | "if" | "try" | "finally" | "with" | "class");
        if self.opens {
            self.blocks.push(Block { indent: self.indent, function, conditional });
        }
        if function.is_some() {
            self.functions.push(at..self.reader.text.len() + 1);
            self.parameters();
        }
    }

    fn push(&mut self, at: usize, parameter: bool) {
        let function = self.blocks.iter().rev().find_map(|it| it.function).unwrap_or_default();
        let within = self.blocks.iter().rev().take_while(|it| it.function.is_none());
        let conditional = within.into_iter().any(|it| it.conditional);
        self.statements.push((Statement { at, scope: 0..0, conditional, parameter }, function));
    }

    /// The parameters of the function whose head starts here. The walk goes on at the head.
    fn parameters(&mut self) {
        let back = self.reader.place();
        let head = self.reader.rest().split(['(', '\n']).next().unwrap_or_default().len();
        self.reader.at += head;
        if self.reader.eat("(") {
            self.reader.brackets = 1;
            loop {
                self.reader.gap(true);
                while self.reader.eat("*") {}
                match self.reader.peek() {
                    None | Some(')') => break,
                    _ => self.push(self.reader.at, true),
                }
                self.reader.skip_expression();
                if !self.reader.eat(",") {
                    break;
                }
            }
        }
        self.reader.go_to(back);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_see_what_their_function_sees() {
        let text = "a = 1\nif a: b = 2\ndef f(c, d=3):\n    e = {\n  'x': 1}\n    if e:\n        g = 4; h = 5\ni = 6\n";
        let (statements, _) = outline(text, |_| false);
        let seen: Vec<_> = statements
            .iter()
            .map(|it| {
                let name = text[it.at..].chars().next().unwrap();
                (name, it.scope.start > 0, it.conditional, it.parameter)
            })
            .collect();
        let expected = [
            ('a', false, false, false),
            ('i', false, false, false),
            ('b', false, true, false),
            ('d', false, false, false),
            ('c', true, false, true),
            ('d', true, false, true),
            ('e', true, false, false),
            ('i', true, false, false),
            ('g', true, true, false),
            ('h', true, true, false),
            ('i', false, false, false),
        ];
        assert_eq!(seen, expected);
        assert_eq!(statements[4].scope.end, text.find("i = 6").unwrap());
    }
}
