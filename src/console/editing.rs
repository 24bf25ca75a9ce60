//! What an editor of code does beside taking what is typed: it keeps the indent, moves lines in and out, comments them, and cleans
//! what is pasted. All of it on plain text; places are bytes.

mod completion;
mod paste;

use std::ops::Range;

use livy::Kind;

pub use completion::completed;
pub use paste::{Pasted, pasted, without_prompts};

/// A change of a text: what stands in a range is replaced, and then this is selected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// Of the old text.
    pub range: Range<usize>,
    /// What stands there then.
    pub text: String,
    /// Of the new text.
    pub select: Range<usize>,
}

impl Edit {
    /// The text after it.
    pub fn of(&self, code: &str) -> String {
        let end = code.get(self.range.end..).unwrap_or_default();
        [code.get(..self.range.start).unwrap_or_default(), &self.text, end].concat()
    }
}

/// One step of indentation.
const STEP: &str = "    ";

/// Where the line begins that a place is in.
fn line_start(code: &str, at: usize) -> usize {
    code.get(..at).and_then(|it| it.rfind('\n')).map_or(0, |it| it + 1)
}

/// Where the line ends that a place is in, without its end of line.
fn line_end(code: &str, at: usize) -> usize {
    code.get(at..).and_then(|it| it.find('\n')).map_or(code.len(), |it| at + it)
}

/// A new line that begins as far in as the one that it is broken from; a step further after a colon or an open bracket. `None` where
/// that is a plain new line.
pub fn new_line(code: &str, selected: Range<usize>) -> Option<Edit> {
    let before = code.get(line_start(code, selected.start)..selected.start)?;
    let indent: String = before.chars().take_while(|it| matches!(it, ' ' | '\t')).collect();
    let opens = before.trim_end().ends_with([':', '(', '[', '{']);
    if indent.is_empty() && !opens {
        return None;
    }
    let text = ["\n", &indent, if opens { STEP } else { "" }].concat();
    let at = selected.start + text.len();
    Some(Edit { range: selected, text, select: at..at })
}

/// The lines that a selection is in, to run them alone; all of the code where nothing is selected.
pub fn selected_lines(code: &str, selected: Range<usize>) -> &str {
    if selected.is_empty() {
        return code;
    }
    code.get(line_start(code, selected.start)..line_end(code, last_selected(code, &selected))).unwrap_or(code)
}

/// The place where a selection ends, in the last line that it means: one that ends at the beginning of a line does not mean that line.
fn last_selected(code: &str, selected: &Range<usize>) -> usize {
    let is_behind = code.get(selected.clone()).is_some_and(|it| it.ends_with('\n'));
    selected.end - usize::from(is_behind)
}

/// The lines of a selection, each changed. What is selected stays so: the lines as a whole where there are several.
fn each_line(code: &str, selected: Range<usize>, change: impl Fn(&str) -> String) -> Option<Edit> {
    let range = line_start(code, selected.start)..line_end(code, last_selected(code, &selected));
    let old = code.get(range.clone())?;
    let text = old.split('\n').map(change).collect::<Vec<_>>().join("\n");
    let (start, end) = (range.start, range.start + text.len());
    let select = if old.contains('\n') {
        start..end
    } else {
        let moved = |at: usize| (at + text.len()).saturating_sub(old.len()).clamp(start, end);
        moved(selected.start)..moved(selected.end)
    };
    Some(Edit { range, text, select })
}

/// Moves the selected lines a step in.
pub fn indented(code: &str, selected: Range<usize>) -> Option<Edit> {
    let is_one = !code.get(selected.clone())?.contains('\n');
    each_line(code, selected, |line| {
        if line.is_empty() && !is_one { String::new() } else { format!("{STEP}{line}") }
    })
}

/// Moves the selected lines a step out.
pub fn outdented(code: &str, selected: Range<usize>) -> Option<Edit> {
    each_line(code, selected, |line| {
        let blanks = line.bytes().take(STEP.len()).take_while(|it| *it == b' ').count();
        line.strip_prefix('\t').unwrap_or(&line[blanks..]).to_owned()
    })
}

/// Makes comments of the selected lines, or code of them where all are comments already.
pub fn commented(code: &str, selected: Range<usize>, kind: Option<Kind>) -> Option<Edit> {
    let mark = match kind {
        Some(Kind::Spark) => "//",
        Some(Kind::Sql) => "--",
        _ => "#",
    };
    let lines = code.get(line_start(code, selected.start)..line_end(code, selected.end))?;
    let mut written = lines.split('\n').map(str::trim_start).filter(|it| !it.is_empty()).peekable();
    let takes_off = written.peek().is_some() && written.all(|it| it.starts_with(mark));
    each_line(code, selected, |line| {
        let (blanks, rest) = line.split_at(line.len() - line.trim_start().len());
        match rest.strip_prefix(mark) {
            Some(rest) if takes_off => [blanks, rest.strip_prefix(' ').unwrap_or(rest)].concat(),
            _ if rest.is_empty() || takes_off => line.to_owned(),
            _ => [blanks, mark, " ", rest].concat(),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text after an edit, with what is selected between `[` and `]`, or the place as `|`.
    fn shown(code: &str, edit: Option<Edit>) -> String {
        let Some(edit) = edit else { return "none".to_owned() };
        let text = edit.of(code);
        let Range { start, end } = edit.select;
        if start == end {
            format!("{}|{}", &text[..start], &text[start..])
        } else {
            format!("{}[{}]{}", &text[..start], &text[start..end], &text[end..])
        }
    }

    #[test]
    fn a_new_line_keeps_the_indent() {
        let at = |code: &str, at: usize| shown(code, new_line(code, at..at));
        assert_eq!(at("x = 1", 5), "none");
        assert_eq!(at("    x = 1", 9), "    x = 1\n    |");
        assert_eq!(at("for i in x:", 11), "for i in x:\n    |");
        assert_eq!(at("\tf(", 3), "\tf(\n\t    |");
        assert_eq!(at("  if é: ", 9), "  if é: \n      |");
        assert_eq!(at("    ab", 5), "    a\n    |b");
    }

    #[test]
    fn lines_go_in_and_out() {
        assert_eq!(shown("ab\ncd", indented("ab\ncd", 1..1)), "    a|b\ncd");
        assert_eq!(shown("ab\n\ncd\n", indented("ab\n\ncd\n", 0..7)), "[    ab\n\n    cd]\n");
        assert_eq!(shown("", indented("", 0..0)), "    |");
        assert_eq!(shown("      ab", outdented("      ab", 7..7)), "  a|b");
        assert_eq!(shown("\tab\n  c", outdented("\tab\n  c", 0..7)), "[ab\nc]");
        assert_eq!(shown("ab", outdented("ab", 2..2)), "ab|");
    }

    #[test]
    fn comments_come_and_go() {
        let python = Some(Kind::PySpark);
        assert_eq!(shown("  a\n\nb", commented("  a\n\nb", 0..6, python)), "[  # a\n\n# b]");
        assert_eq!(shown("  # a\n#b", commented("  # a\n#b", 0..8, python)), "[  a\nb]");
        assert_eq!(shown("# a\nb", commented("# a\nb", 0..5, python)), "[# # a\n# b]");
        assert_eq!(shown("x", commented("x", 1..1, Some(Kind::Sql))), "-- x|");
        assert_eq!(shown("// x", commented("// x", 4..4, Some(Kind::Spark))), "x|");
    }

    #[test]
    fn the_lines_of_a_selection_run_alone() {
        let code = "x = 1\n  y = é\nz\n";
        let of = |from: usize, to: usize| selected_lines(code, from..to);
        assert_eq!((of(3, 3), of(2, 4), of(7, 9)), (code, "x = 1", "  y = é"));
        assert_eq!((of(0, 6), of(5, 7), of(0, 7)), ("x = 1", "x = 1\n  y = é", "x = 1\n  y = é"));
        assert_eq!((of(0, code.len()), of(code.len() - 1, code.len())), ("x = 1\n  y = é\nz", "z"));
    }

    #[test]
    fn any_text_and_any_place_is_taken() {
        for code in ["", "\n", "é\n\tü", "a\n\n", "    ", "\u{1F600}:"] {
            let places: Vec<usize> = (0..=code.len()).filter(|it| code.is_char_boundary(*it)).collect();
            for from in &places {
                for to in places.iter().filter(|it| *it >= from) {
                    let edits = [
                        new_line(code, *from..*to),
                        indented(code, *from..*to),
                        outdented(code, *from..*to),
                        commented(code, *from..*to, None),
                    ];
                    assert!(code.contains(selected_lines(code, *from..*to)));
                    for edit in edits.into_iter().flatten() {
                        let text = edit.of(code);
                        assert!(text.get(edit.select.clone()).is_some(), "{code:?} {edit:?}");
                    }
                }
            }
        }
    }
}
