//! Where in the code an error was, as far as the interpreter tells.

use livy::StatementError;

/// A line that an error names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodePlace {
    /// From 1.
    pub line: usize,
    /// From 1, where it is told.
    pub column: Option<usize>,
    /// The function whose code it is: it may have been defined in an earlier statement, whose lines are then meant. Nothing: the
    /// statement's own.
    pub function: Option<String>,
}

/// The places that an error of Python or SQL names in code that was sent, in the order of the error. Scala counts lines of its own
/// wrapper, so that none is taken from it.
pub fn code_places(error: &StatementError) -> Vec<CodePlace> {
    let trace = error.trace();
    let python = trace.lines().filter_map(|line| {
        let rest = line.trim_start().strip_prefix("File \"<stdin>\", line ")?;
        let (number, function) = match rest.split_once(", in ") {
            Some((number, function)) => (number, Some(function.trim().to_owned())),
            None => (rest, None),
        };
        Some(CodePlace { line: number.trim().parse().ok().filter(|it| *it > 0)?, column: None, function })
    });
    let found: Vec<CodePlace> = python.collect();
    if !found.is_empty() {
        return found;
    }
    sql(&error.message).into_iter().collect()
}

impl CodePlace {
    /// True where it may be a place in this code: without a function in any that is long enough, else where the function is defined
    /// at or above it.
    pub fn may_be_in(&self, code: &str) -> bool {
        match &self.function {
            // Which line is meant is not known, but that it is in there.
            Some(function) if is_split(code) => defines(code, function, usize::MAX),
            Some(function) => defines(code, function, self.line) && self.line <= code.lines().count(),
            None => self.line <= code.lines().count(),
        }
    }

    /// True where it is certain which line of this code, which it may be in, it is.
    pub fn is_certain_in(&self, code: &str) -> bool {
        !is_split(code)
    }
}

/// True where a magic splits the code: the interpreter then runs it in pieces, and counts the lines of each for itself
/// (fake_shell.py, `parse_code_into_nodes`, 0.9.0).
fn is_split(code: &str) -> bool {
    code.lines().any(|it| it.starts_with('%'))
}

/// True where this code has the function, defined in one of so many lines.
fn defines(code: &str, function: &str, lines: usize) -> bool {
    let is_head = |it: &str| {
        let head = it.trim_start();
        let head = head.strip_prefix("async ").unwrap_or(head).trim_start();
        let rest = head.strip_prefix("def ").and_then(|it| it.trim_start().strip_prefix(function));
        rest.is_some_and(|it| it.trim_start().starts_with('('))
    };
    code.lines().take(lines).any(is_head)
}

/// "…; line 2 pos 5" of the analyser, "(line 1, pos 10)" of the parser (Spark 3.5); its positions begin at 0.
fn sql(message: &str) -> Option<CodePlace> {
    let after = message.split_once("; line ").or_else(|| message.split_once("(line "))?.1;
    let (line, rest) = after.split_once([' ', ','])?;
    let digits: String =
        rest.trim_start().strip_prefix("pos ")?.chars().take_while(char::is_ascii_digit).collect();
    let column = digits.parse::<usize>().ok()?.checked_add(1)?;
    Some(CodePlace { line: line.parse().ok().filter(|it| *it > 0)?, column: Some(column), function: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(line: usize, function: Option<&str>) -> CodePlace {
        CodePlace { line, column: None, function: function.map(str::to_owned) }
    }

    fn places(message: &str, traceback: &[&str]) -> Vec<(usize, Option<usize>, Option<String>)> {
        let traceback = traceback.iter().map(|it| (*it).to_owned()).collect();
        let error = StatementError { name: String::new(), message: message.to_owned(), traceback };
        code_places(&error).into_iter().map(|it| (it.line, it.column, it.function)).collect()
    }

    #[test]
    fn a_function_is_defined_above_its_lines() {
        let code = "x = 1\ndef f(a):\n  return a\nasync def g (b):\n  pass";
        let has = |function: &str, line: usize| place(line, Some(function)).may_be_in(code);
        assert!(has("f", 3) && has("g", 5) && has("f", 2));
        assert!(!has("f", 1) && !has("f", 9) && !has("h", 5) && !has("", 5));
        assert!(place(3, Some("f")).is_certain_in(code));
        assert!(place(5, None).may_be_in(code) && !place(6, None).may_be_in(code));
    }

    #[test]
    fn no_line_is_certain_where_magics_split_the_code() {
        // Livy counts the lines of `def f`'s own piece, so that its line 4 is the sixth here.
        let code = "a = [1]\n%json a\ndef f(x):\n y = 1\n z = 2\n return x / 0\nf(1)";
        for function in [Some("f"), None] {
            let it = place(4, function);
            assert!(it.may_be_in(code) && !it.is_certain_in(code));
        }
        // It is this code's own function, whichever line: none of an earlier statement with the same name.
        assert!(place(99, Some("f")).may_be_in(code) && !place(4, Some("g")).may_be_in(code));
        assert!(place(1, None).is_certain_in("x = 7 % 2"));
    }

    #[test]
    fn what_names_a_line_and_what_does_not() {
        assert_eq!(
            places("x", &["  File \"<stdin>\", line 3, in f\n", "E: x\n"]),
            [(3, None, Some("f".to_owned()))]
        );
        assert_eq!(places("x", &["  File \"<stdin>\", line 2\n", "    def f(:\n"]), [(2, None, None)]);
        assert_eq!(places("[T] no; line 2 pos 5;\n'Project", &["a.b(c)"]), [(2, Some(6), None)]);
        assert_eq!(places("\n[P] at 'select'.(line 1, pos 10)\n", &[]), [(1, Some(11), None)]);
        assert_eq!(places("<console>:23: error", &["  ... 51 elided\n"]), []);
        let hostile = [
            "File \"<stdin>\", line 99999999999999999999, in f",
            "File \"<stdin>\", line 0",
            "File \"<stdin>\", line ",
        ];
        assert_eq!(places("; line x pos y (line , pos", &hostile), []);
    }
}
