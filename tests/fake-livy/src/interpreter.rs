//! A pretend interpreter: arithmetic, names, printing, tables, a little SQL. What it does not understand brings an empty text, never
//! an invented error. Shapes and words of the outputs: docs/statements.md, recorded from 0.9.0. It runs no code.

use serde_json::{Value, json};

use crate::expression::{Fault, Language, Outcome, assigned, evaluate};
use crate::python::Python;
use crate::reply::{error, ok};
use crate::sql::sql;

/// What the statements of one session have named so far, and whether they have ended an interpreter.
#[derive(Clone, Debug, Default)]
pub(crate) struct Interpreter {
    python: Python,
    has_no_python: bool,
    scala: std::collections::BTreeMap<String, Outcome>,
    /// How many values Scala has given a name of its own.
    results: u64,
}

/// What came of a statement.
pub(crate) struct Ran {
    /// `status`, `execution_count` and what belongs to them.
    pub output: Value,
    /// True where the interpreter is gone with it.
    pub is_fatal: bool,
}

impl Interpreter {
    /// The output of a statement.
    pub(crate) fn run(&mut self, kind: &str, code: &str, id: u64) -> Ran {
        let output = match kind {
            "pyspark" if self.has_no_python => died(id, ""),
            "pyspark" => match self.python.run(code, id) {
                Ok(output) => return Ran { output, is_fatal: false },
                Err(words) => {
                    self.has_no_python = true;
                    died(id, &words)
                }
            },
            "sql" => return Ran { output: sql(code, id), is_fatal: false },
            // A host without R (recorded).
            "sparkr" => {
                let output = error(id, "InterpreterError", "Fail to start interpreter", json!([]));
                return Ran { output, is_fatal: false };
            }
            _ => return Ran { output: self.scala(code, id), is_fatal: false },
        };
        Ran { output, is_fatal: true }
    }

    /// What Scala has names for.
    pub(crate) fn scala_names(&self) -> impl Iterator<Item = &str> {
        self.scala.keys().map(String::as_str)
    }

    fn scala(&mut self, code: &str, id: u64) -> Value {
        let mut shown = String::new();
        // The magic's name is not looked at: it shows the last value of the same statement, of which this one knows none.
        if let Some(magic) = code.lines().find_map(|it| it.trim().strip_prefix('%')) {
            let mut words = magic.split_whitespace();
            let (magic, name) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
            return match magic {
                "json" | "table" => {
                    error(id, "NameError", &format!("Value {name} does not exist"), json!([]))
                }
                _ => error(id, "UnknownMagic", &format!("Unknown magic command {magic}"), json!([])),
            };
        }
        for line in code.lines().map(str::trim) {
            let inner = line.strip_prefix("println(").and_then(|it| it.strip_suffix(')'));
            let declared = line.strip_prefix("val ").or_else(|| line.strip_prefix("var ")).and_then(assigned);
            if line.starts_with("val ") && line.ends_with('=') {
                return error(id, "Error", "incomplete statement", json!([]));
            }
            let outcome = match (inner, declared) {
                (Some(inner), _) => evaluate(inner, Language::Scala, &self.scala).map(|it| {
                    shown.push_str(&it.python(false));
                    shown.push('\n');
                }),
                (None, Some((name, value))) => evaluate(value, Language::Scala, &self.scala).map(|it| {
                    shown.push_str(&it.scala(name));
                    self.scala.insert(name.to_owned(), it);
                }),
                _ => evaluate(line, Language::Scala, &self.scala).map(|it| {
                    shown.push_str(&it.scala(&format!("res{}", self.results)));
                    self.results += 1;
                }),
            };
            let words = match outcome {
                Ok(()) | Err(Fault::NotUnderstood) => continue,
                Err(Fault::DividedByZero) => "java.lang.ArithmeticException: / by zero".to_owned(),
                Err(Fault::NoSuchName(name)) => format!("<console>:23: error: not found: value {name}"),
            };
            return error(id, "Error", &words, json!(["  ... 51 elided\n"]));
        }
        ok(id, json!({"text/plain": shown}))
    }
}

/// What every statement of an interpreter brings that has ended, with what it had said at its end.
fn died(id: u64, words: &str) -> Value {
    error(id, "Error", &format!("Interpreter died:\n{words}"), json!([]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(kind: &str, code: &str) -> String {
        let output = Interpreter::default().run(kind, code, 0).output;
        output["data"]["text/plain"]
            .as_str()
            .map_or_else(|| output["evalue"].to_string().replace('"', ""), str::to_owned)
    }

    /// The right sides are what a real 0.9.0 with PySpark 3.5 answered.
    #[test]
    fn python_as_recorded() {
        let recorded = [
            ("1+1", "2"),
            ("x = 3\nx", "3"),
            ("print(\"hi\")", "hi"),
            ("2**10", "1024"),
            ("\"a\"+\"b\"", "'ab'"),
            ("undefined_name", "name 'undefined_name' is not defined"),
            ("1/0", "division by zero"),
            ("import os", ""),
            ("10/4", "2.5"),
            ("7//2", "3"),
            ("(1+2)*3", "9"),
            ("-5+2", "-3"),
            ("1.5+2", "3.5"),
            ("# c", ""),
            ("None", ""),
            ("True", "True"),
        ];
        for (code, shown) in recorded {
            assert_eq!(text("pyspark", code), shown, "{code}");
        }
    }

    #[test]
    fn scala_sql_and_r_as_recorded() {
        assert_eq!(text("spark", "1 + 1"), "res0: Int = 2\n");
        assert_eq!(text("spark", "val x ="), "incomplete statement");
        assert_eq!(text("sparkr", "print(1)"), "Fail to start interpreter");
        let table = Interpreter::default().run("sql", "select 1 as a", 13).output;
        assert_eq!(
            table["data"]["application/json"]["schema"]["fields"][0],
            json!({"name": "a", "type": "integer", "nullable": false, "metadata": {}})
        );
        assert_eq!(table["data"]["application/json"]["data"], json!([[1]]));
        assert_eq!(Interpreter::default().run("sql", "select * from nosuch", 14).output["status"], "error");
    }

    #[test]
    fn what_it_does_not_know_is_no_error() {
        for code in ["sc.parallelize(range(4)).count()", "df.show()", "((((", "1 +", "x.y = 3"] {
            assert_eq!(Interpreter::default().run("pyspark", code, 0).output["status"], "ok", "{code}");
        }
    }

    #[test]
    fn names_last_as_long_as_the_session() {
        let mut interpreter = Interpreter::default();
        interpreter.run("pyspark", "rows = 40", 0);
        assert_eq!(interpreter.run("pyspark", "rows + 2", 1).output["data"]["text/plain"], "42");
        assert_eq!(interpreter.run("pyspark", "%json rows", 2).output["data"]["application/json"], 40);
        assert_eq!(interpreter.run("pyspark", "%bogus", 3).output["ename"], "UnknownMagic");
    }
}
