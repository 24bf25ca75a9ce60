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

/// True where this code has the function, defined at or above this line of it.
pub fn defines(code: &str, function: &str, line: usize) -> bool {
    let is_head = |it: &str| {
        let head = it.trim_start();
        let head = head.strip_prefix("async ").unwrap_or(head).trim_start();
        let rest = head.strip_prefix("def ").and_then(|it| it.trim_start().strip_prefix(function));
        rest.is_some_and(|it| it.trim_start().starts_with('('))
    };
    line <= code.lines().count() && code.lines().take(line).any(is_head)
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

    fn places(message: &str, traceback: &[&str]) -> Vec<(usize, Option<usize>, Option<String>)> {
        let traceback = traceback.iter().map(|it| (*it).to_owned()).collect();
        let error = StatementError { name: String::new(), message: message.to_owned(), traceback };
        code_places(&error).into_iter().map(|it| (it.line, it.column, it.function)).collect()
    }

    #[test]
    fn a_function_is_defined_above_its_lines() {
        let code = "x = 1\ndef f(a):\n  return a\nasync def g (b):\n  pass";
        assert!(defines(code, "f", 3) && defines(code, "g", 5) && defines(code, "f", 2));
        assert!(
            !defines(code, "f", 1)
                && !defines(code, "f", 9)
                && !defines(code, "h", 5)
                && !defines(code, "", 5)
        );
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
