//! What an error of a statement says, and what is worth saying beside it.

use livy::StatementError;

use crate::mark::Mark;

/// An error as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Its name and the first line of its words, or of its traceback where it has neither; of a very long line the beginning. Empty where
    /// it says nothing at all.
    pub heading: String,
    /// What Java names as the causes of it, the last one first; of a very long one the beginning.
    pub causes: Vec<String>,
    /// The rest of its words and the traceback; before them the first line too where the heading has only its beginning.
    pub rest: String,
    /// True where the heading has only the beginning of the first line.
    pub is_cut: bool,
    /// The interpreter has ended with it: every later statement of the same kind gets the same answer (docs/statements.md).
    pub is_death: bool,
    /// Livy could not read what Python has sent: NaN and infinity are no JSON (docs/statements.md).
    pub is_no_json: bool,
    /// The code may have printed something before it, which Livy does not return (docs/statements.md).
    pub lost_prints: bool,
}

/// How many causes are shown.
const CAUSES: usize = 3;
/// How much of the first line, and of each cause, is drawn at once, in bytes; a line of megabytes takes a browser seconds.
const DRAWN: usize = 2_000;

/// The beginning of a line, as much as is drawn.
fn beginning(line: &str) -> String {
    if line.len() <= DRAWN {
        return line.to_owned();
    }
    format!("{}…", line.get(..line.floor_char_boundary(DRAWN)).unwrap_or_default())
}

/// A text without the line that was sent at the end of the code: SQL repeats the statement in its errors.
fn unmarked(text: &str) -> String {
    text.split('\n').filter(|it| !Mark::is_line(it)).collect::<Vec<_>>().join("\n")
}

impl Fault {
    /// Of an error of a statement.
    pub fn of(error: &StatementError) -> Self {
        let message = unmarked(&error.message);
        let message = message.trim();
        let (first, more) = message.split_once('\n').unwrap_or((message, ""));
        let (name, first) = (error.name.trim(), first.trim());
        let trace = unmarked(&error.trace());
        let trace = trace.trim_matches('\n');
        let heading = match (name, first) {
            ("", "") => trace.lines().find(|it| !it.trim().is_empty()).unwrap_or_default().trim().to_owned(),
            (name, "") => name.to_owned(),
            // The name of everything in Scala and SQL says nothing.
            ("" | "Error", first) => first.to_owned(),
            (name, first) => format!("{name}: {first}"),
        };
        let is_cut = heading.len() > DRAWN;
        let whole = if is_cut { heading.as_str() } else { "" };
        let rest = [whole, more.trim_matches('\n'), trace];
        let rest = rest.into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join("\n");
        let mut causes: Vec<String> = Vec::new();
        for cause in rest.lines().rev().filter_map(|it| it.trim_start().strip_prefix("Caused by: ")) {
            if causes.len() < CAUSES && !causes.contains(&beginning(cause)) {
                causes.push(beginning(cause));
            }
        }
        // SQL prints nothing: its tracebacks are bare frames. And what could not be read or compiled has not run.
        let is_sql = name == "Error" && error.traceback.first().is_some_and(|it| !it.ends_with('\n'));
        let is_unread = matches!(name, "SyntaxError" | "IndentationError" | "TabError")
            || first.starts_with("<console>:") && first.contains(": error: ");
        let is_death = message.starts_with("Interpreter died");
        let lost_prints = !is_sql && !is_unread && !is_death && !heading.is_empty();
        let is_no_json = name == "com.fasterxml.jackson.core.JsonParseException";
        Self { heading: beginning(&heading), causes, rest, is_cut, is_death, is_no_json, lost_prints }
    }

    /// All that it says, as it is copied.
    pub fn text(&self) -> String {
        if self.is_cut { self.rest.clone() } else { [self.heading.as_str(), self.rest.as_str()].join("\n") }
    }
}

#[cfg(test)]
mod tests {
    use super::Fault;
    use crate::Mark;
    use livy::StatementError;

    fn fault(name: &str, message: &str, trace: &[&str]) -> Fault {
        let traceback = trace.iter().map(|it| (*it).to_owned()).collect();
        Fault::of(&StatementError { name: name.into(), message: message.into(), traceback })
    }

    #[test]
    fn the_first_line_is_the_heading() {
        let it = fault("ZeroDivisionError", "division by zero", &["Traceback:\n", "ZeroDivisionError\n"]);
        assert_eq!(
            (it.heading.as_str(), it.rest.lines().count()),
            ("ZeroDivisionError: division by zero", 2)
        );
        assert!(it.lost_prints && !it.is_death);
        assert_eq!(fault("Error", "\n[PARSE] no\nmore", &[]).heading, "[PARSE] no");
        let sql = fault("Error", "[PARSE] no\nmore", &["a.b(c)", "d.e(f)"]);
        assert_eq!((sql.rest.as_str(), sql.lost_prints), ("more\na.b(c)\nd.e(f)", false));
        assert!(fault("Error", "java.lang.X", &["  ... 51 elided\n"]).lost_prints);
        assert!(!fault("SyntaxError", "invalid syntax", &["  File\n"]).lost_prints);
        assert!(!fault("Error", "<console>:22: error: type mismatch;", &[" found   : String\n"]).lost_prints);
        assert_eq!(fault("KeyError", "", &[]).heading, "KeyError");
    }

    #[test]
    fn a_very_long_first_line_is_in_the_details_and_its_beginning_in_the_heading() {
        let long = "ä".repeat(1 << 20);
        let it = fault("ValueError", &format!("{long}\nmore"), &[&format!("Caused by: {long}\n")]);
        assert!(it.heading.len() < 3_000 && it.heading.ends_with("ää…"), "{}", it.heading.len());
        assert!(it.causes[0].len() < 3_000 && it.causes[0].ends_with('…'));
        assert!(it.rest.starts_with(&format!("ValueError: {long}\nmore\nCaused by: {long}")));
        assert_eq!(it.text(), it.rest);
        assert_eq!(fault("E", "a\nb", &[]).text(), "E: a\nb");
    }

    #[test]
    fn the_line_that_was_sent_at_the_end_of_the_code_is_not_shown() {
        let code = Mark::of_number(0xa5_c3f0).put_on("selec 1");
        let line = code.lines().last().unwrap();
        assert_eq!(line.len(), 48);
        let message = format!("\n[PARSE] no (line 1, pos 0)\n\n== SQL ==\nselec 1\n^^^\n{line}\n");
        let it = fault("Error", &message, &[&format!("{line}\n"), "a.b(c)"]);
        assert_eq!(it.rest, "\n== SQL ==\nselec 1\n^^^\na.b(c)".trim_matches('\n'));
        assert!(!it.text().contains(line));
        let blanks = " ".repeat(48);
        assert!(
            fault("E", &format!("a\n{blanks}\nb"), &[]).text().contains(&blanks),
            "blanks of a person's own"
        );
    }

    #[test]
    fn what_livy_cannot_read_as_json_is_told_apart() {
        let name = "com.fasterxml.jackson.core.JsonParseException";
        let message =
            "Non-standard token 'NaN': enable JsonParser.Feature.ALLOW_NON_NUMERIC_NUMBERS to allow";
        assert!(fault(name, message, &[]).is_no_json && !fault("ValueError", message, &[]).is_no_json);
    }

    #[test]
    fn a_death_and_the_causes_of_java() {
        assert!(fault("Error", "Interpreter died:\nTraceback", &[]).is_death);
        assert!(fault("Error", "Interpreter died:\n", &[]).is_death);
        let silent = fault("", "", &[]);
        assert_eq!((silent.heading.as_str(), silent.is_death, silent.lost_prints), ("", false, false));
        let traced = fault("", " ", &["\n", "Traceback of 99\n", "more\n"]);
        assert_eq!((traced.heading.as_str(), traced.is_death), ("Traceback of 99", false));
        assert_eq!(traced.rest, "Traceback of 99\nmore");
        let java = "An error occurred.\n: a.B: x\n\tat c\nCaused by: d.E: y\n\tat f\nCaused by: g.H: z\nCaused by: g.H: z";
        assert_eq!(fault("Py4JJavaError", java, &[]).causes, ["g.H: z", "d.E: y"]);
    }
}
