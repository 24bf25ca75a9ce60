//! A JSON value over many lines, with the digits as they were sent: each line is a stretch of the answer, written when it is drawn.

use std::collections::BTreeMap;
use std::ops::Range;

use livy::{Json, JsonKind, Piece};

use super::DRAWN;

/// So many levels are set in. What is deeper stands below that, or its lines would be mostly blanks.
const SET_IN: usize = 100;

/// The lines of a JSON value.
#[derive(Clone, Debug)]
pub struct Tree {
    value: Piece,
    lines: Vec<Line>,
    /// The lines that opened what is still open.
    open: Vec<usize>,
    at: usize,
    /// Lines that are folded, with the line that closes each.
    folded: BTreeMap<usize, usize>,
}

#[derive(Clone, Debug)]
struct Line {
    place: Range<usize>,
    depth: u16,
    /// The line that closes what this one opens; 0 where it opens nothing.
    closes: usize,
}

/// A line as it is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TreeRow {
    /// Which of all lines it is.
    pub line: usize,
    /// Its text; of a folded one also what closes it.
    pub text: String,
    /// How many bytes of it are not drawn.
    pub left: usize,
    /// How many lines can be folded away below it, and whether they are.
    pub fold: Option<(usize, bool)>,
}

impl Tree {
    /// Of a value, none of which is read yet.
    pub fn unread(value: Piece) -> Self {
        Self { value, lines: Vec::new(), open: Vec::new(), at: 0, folded: BTreeMap::new() }
    }

    /// Reads about so many bytes more. True once it is read to its end.
    pub fn read_on(&mut self, bytes: usize) -> bool {
        let value = self.value.clone();
        let text = value.json().as_written();
        let to = self.at.saturating_add(bytes).min(text.len());
        while self.at < to {
            self.step(text.as_bytes());
        }
        self.at >= text.len()
    }

    /// Takes the next line, or the comma behind one.
    fn step(&mut self, text: &[u8]) {
        let start = after_blanks(text, self.at);
        self.at = start + 1;
        let (depth, line) = (u16::try_from(self.open.len()).unwrap_or(u16::MAX), self.lines.len());
        match text.get(start) {
            None => self.at = text.len(),
            Some(b',') => {
                if let Some(last) = self.lines.last_mut() {
                    last.place.end = start + 1;
                }
            }
            Some(b'}' | b']') => {
                let opener = self.open.pop().and_then(|it| self.lines.get_mut(it));
                if let Some(opener) = opener {
                    opener.closes = line;
                }
                let depth = depth.saturating_sub(1);
                self.lines.push(Line { place: start..start + 1, depth, closes: 0 });
            }
            Some(_) => {
                let mut end = scalar_end(text, start);
                let after = after_blanks(text, end);
                let mut value = start;
                if text.get(start) == Some(&b'"') && text.get(after) == Some(&b':') {
                    value = after_blanks(text, after + 1);
                    end = scalar_end(text, value);
                }
                if matches!(text.get(value), Some(b'{' | b'[')) {
                    let inner = after_blanks(text, value + 1);
                    if matches!(text.get(inner), Some(b'}' | b']')) {
                        end = inner + 1;
                    } else {
                        end = value + 1;
                        self.open.push(line);
                    }
                }
                self.lines.push(Line { place: start..end, depth, closes: 0 });
                self.at = end;
            }
        }
    }

    /// How many rows there are by now.
    pub fn len(&self) -> usize {
        self.lines.len() - self.outermost().map(|it| it.1 - it.0).sum::<usize>()
    }

    /// True without any line.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// As it stands in the answer.
    pub fn as_written(&self) -> &str {
        self.value.json().as_written()
    }

    /// Folds what a line opens, or unfolds it.
    pub fn toggle(&mut self, line: usize) {
        let closes = self.lines.get(line).map_or(0, |it| it.closes);
        if self.folded.remove(&line).is_none() && closes > 0 {
            self.folded.insert(line, closes);
        }
    }

    /// The folded ones that are not within another.
    fn outermost(&self) -> impl Iterator<Item = (usize, usize)> {
        let mut behind = 0;
        self.folded.iter().filter_map(move |(from, to)| {
            let is_out = *from >= behind;
            if is_out {
                behind = *to;
            }
            is_out.then_some((*from, *to))
        })
    }

    /// What is drawn in a row.
    pub fn row(&self, at: usize) -> Option<TreeRow> {
        let mut number = at;
        for (from, to) in self.outermost() {
            if number <= from {
                break;
            }
            number += to - from;
        }
        let line = self.lines.get(number)?;
        let is_folded = self.folded.contains_key(&number);
        let mut text = "  ".repeat(usize::from(line.depth).min(SET_IN));
        let left = self.write(line, &mut text, DRAWN);
        if let Some(last) = self.lines.get(line.closes).filter(|_| is_folded) {
            text.push_str(" … ");
            self.write(last, &mut text, DRAWN);
        }
        let fold = (line.closes > 0).then(|| (line.closes - number - 1, is_folded));
        Some(TreeRow { line: number, text, left, fold })
    }

    /// Writes a stretch of the answer, of so many bytes at most, without its blanks and with one behind each key. How many bytes are
    /// left out.
    fn write(&self, line: &Line, out: &mut String, most: usize) -> usize {
        let written = self.value.json().as_written().get(line.place.clone()).unwrap_or_default();
        let end = written.floor_char_boundary(most);
        let (mut is_text, mut is_escaped) = (false, false);
        for it in written.get(..end).unwrap_or_default().chars() {
            match it {
                _ if is_escaped => is_escaped = false,
                '\\' => is_escaped = true,
                '"' => is_text = !is_text,
                ' ' | '\t' | '\n' | '\r' if !is_text => continue,
                ':' if !is_text => {
                    out.push_str(": ");
                    continue;
                }
                _ => {}
            }
            out.push(it);
        }
        written.len() - end
    }

    /// All lines as one text.
    pub fn pretty(value: Piece) -> String {
        let mut tree = Self::unread(value);
        tree.read_on(usize::MAX);
        let mut text = String::new();
        for line in &tree.lines {
            text.extend(std::iter::repeat_n("  ", usize::from(line.depth).min(SET_IN)));
            tree.write(line, &mut text, usize::MAX);
            text.push('\n');
        }
        text
    }

    /// True for what has more than one line.
    pub fn has_lines(json: Json<'_>) -> bool {
        matches!(json.kind(), JsonKind::Array | JsonKind::Object)
    }
}

fn after_blanks(text: &[u8], mut at: usize) -> usize {
    while text.get(at).is_some_and(|it| matches!(it, b' ' | b'\t' | b'\n' | b'\r')) {
        at += 1;
    }
    at
}

/// Behind the text, number or word that begins here, in what is known to be JSON.
pub(super) fn scalar_end(text: &[u8], mut at: usize) -> usize {
    if text.get(at) != Some(&b'"') {
        while text
            .get(at)
            .is_some_and(|it| !matches!(it, b',' | b']' | b'}' | b'{' | b'[' | b' ' | b'\t' | b'\n' | b'\r'))
        {
            at += 1;
        }
        return at;
    }
    at += 1;
    loop {
        match text.get(at..).and_then(|it| memchr::memchr2(b'"', b'\\', it)) {
            None => return text.len(),
            Some(found) if text.get(at + found) == Some(&b'"') => return at + found + 1,
            Some(found) => at += found + 2,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(tree: &Tree) -> Vec<String> {
        (0..tree.len()).map(|it| tree.row(it).unwrap().text).collect()
    }

    #[test]
    fn each_value_has_its_line_and_folds_by_ranges() {
        let text = r#" {"a" : [1.50 ,9007199254740993 , {}],"b":{"c" : "x: {" ,"d":[ ]}, "e":null}"#;
        let mut tree = Tree::unread(Piece::parse(text).unwrap());
        while !tree.read_on(1) {}
        let all = [
            "{",
            "  \"a\": [",
            "    1.50,",
            "    9007199254740993,",
            "    {}",
            "  ],",
            "  \"b\": {",
            "    \"c\": \"x: {\",",
            "    \"d\": []",
            "  },",
            "  \"e\": null",
            "}",
        ];
        assert_eq!(rows(&tree), all);
        assert_eq!(tree.row(1).unwrap().fold, Some((3, false)));
        tree.toggle(6);
        tree.toggle(1);
        assert_eq!(rows(&tree), ["{", "  \"a\": [ … ],", "  \"b\": { … },", "  \"e\": null", "}"]);
        assert_eq!((tree.row(2).unwrap().line, tree.row(2).unwrap().fold), (6, Some((2, true))));
        tree.toggle(0);
        assert_eq!(rows(&tree), ["{ … }"]);
        tree.toggle(0);
        tree.toggle(1);
        assert_eq!(rows(&tree).len(), 9);
        tree.toggle(2);
        assert_eq!(rows(&tree).len(), 9, "it opens nothing");
    }

    #[test]
    fn plain_values_are_one_line() {
        for text in ["7", "\"a\\\"b\"", "[]", "{ }", "null"] {
            assert_eq!(Tree::pretty(Piece::parse(text).unwrap()).trim_end(), text.replace(' ', ""));
        }
        assert!(!Tree::has_lines(Json::parse("7").unwrap()));
    }

    #[test]
    fn of_a_long_line_a_part_is_drawn_and_all_of_it_copied() {
        let long = "x".repeat(3 * DRAWN);
        let text = format!(r#"[{{"a":"{long}"}},"{long}"]"#);
        let piece = Piece::parse(&text).unwrap();
        let pretty = Tree::pretty(piece.clone());
        assert!(pretty == format!("[\n  {{\n    \"a\": \"{long}\"\n  }},\n  \"{long}\"\n]\n"));
        let mut tree = Tree::unread(piece);
        assert!(tree.read_on(usize::MAX));
        assert_eq!(tree.row(4).unwrap().left, 2 * DRAWN + 2);
    }
}
