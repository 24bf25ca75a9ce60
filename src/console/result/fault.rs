//! What an error of a statement says, and what is worth saying beside it.

use livy::StatementError;

/// An error as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Its name and the first line of its words.
    pub heading: String,
    /// What Java names as the causes of it, the last one first.
    pub causes: Vec<String>,
    /// The rest of its words and the traceback.
    pub rest: String,
    /// The interpreter has ended with it: every later statement of the same kind gets the same answer (docs/statements.md).
    pub is_death: bool,
    /// The code may have printed something before it, which Livy does not return (docs/statements.md).
    pub lost_prints: bool,
}

/// How many causes are shown.
const CAUSES: usize = 3;

impl Fault {
    /// Of an error of a statement.
    pub fn of(error: &StatementError) -> Self {
        let message = error.message.trim();
        let (first, more) = message.split_once('\n').unwrap_or((message, ""));
        let (name, first) = (error.name.trim(), first.trim());
        let heading = match (name, first) {
            // What an interpreter answers that has ended before.
            ("", "") => "Interpreter died".to_owned(),
            (name, "") => name.to_owned(),
            // The name of everything in Scala and SQL says nothing.
            ("" | "Error", first) => first.to_owned(),
            (name, first) => format!("{name}: {first}"),
        };
        let trace = error.trace();
        let rest = [more.trim_matches('\n'), trace.trim_matches('\n')];
        let rest = rest.into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join("\n");
        let mut causes: Vec<String> = Vec::new();
        for cause in rest.lines().rev().filter_map(|it| it.trim_start().strip_prefix("Caused by: ")) {
            if causes.len() < CAUSES && !causes.iter().any(|it| it == cause) {
                causes.push(cause.to_owned());
            }
        }
        // SQL prints nothing: its tracebacks are bare frames. And what could not be read has not run.
        let is_sql = name == "Error" && error.traceback.first().is_some_and(|it| !it.ends_with('\n'));
        let is_unread = matches!(name, "SyntaxError" | "IndentationError" | "TabError");
        let is_death = message.starts_with("Interpreter died") || heading == "Interpreter died";
        Self { heading, causes, rest, is_death, lost_prints: !is_sql && !is_unread && !is_death }
    }
}

#[cfg(test)]
mod tests {
    use super::Fault;
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
        assert_eq!(fault("KeyError", "", &[]).heading, "KeyError");
    }

    #[test]
    fn a_death_and_the_causes_of_java() {
        assert!(fault("Error", "Interpreter died:\nTraceback", &[]).is_death);
        assert!(fault("", "", &[]).is_death && !fault("", "", &[]).lost_prints);
        let java = "An error occurred.\n: a.B: x\n\tat c\nCaused by: d.E: y\n\tat f\nCaused by: g.H: z\nCaused by: g.H: z";
        assert_eq!(fault("Py4JJavaError", java, &[]).causes, ["g.H: z", "d.E: y"]);
    }
}
