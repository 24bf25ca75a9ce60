//! A pretend interpreter: arithmetic, names, printing, a little SQL. What it does not understand brings an empty text, never an
//! invented error. Shapes and words of the outputs: docs/protocol.md §4.3, recorded from 0.9.0. It runs no code.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::expression::{Fault, Language, Outcome, evaluate};

/// What the statements of one session have named so far.
#[derive(Clone, Debug, Default)]
pub(crate) struct Interpreter {
    names: BTreeMap<String, Outcome>,
}

impl Interpreter {
    /// The output of a statement: `status`, `execution_count` and what belongs to them.
    pub(crate) fn run(&mut self, kind: &str, code: &str, id: u64) -> Value {
        match kind {
            "pyspark" => self.python(code, id),
            "sql" => sql(code, id),
            // A host without R (recorded).
            "sparkr" => error(id, "InterpreterError", "Fail to start interpreter", json!([])),
            _ => self.scala(code, id),
        }
    }

    fn python(&mut self, code: &str, id: u64) -> Value {
        let (mut printed, mut shown) = (String::new(), String::new());
        if let Some(name) = code.trim().strip_prefix("%json ") {
            return match self.names.get(name.trim()) {
                Some(Outcome::Whole(number)) => ok(id, json!({"application/json": number})),
                Some(Outcome::Real(number)) => ok(id, json!({"application/json": number})),
                Some(Outcome::Text(text)) => ok(id, json!({"application/json": text})),
                // Livy's own quirk: a failure inside a success (recorded).
                None => ok(
                    id,
                    json!({"msg_type": "execute_reply", "content": {
                        "ename": "KeyError", "evalue": format!("'{}'", name.trim()),
                        "traceback": [format!("KeyError: '{}'\n", name.trim())], "status": "error"
                    }}),
                ),
            };
        }
        if let Some(magic) = code.trim().strip_prefix('%') {
            let magic = magic.split_whitespace().next().unwrap_or_default();
            let words = format!("unknown magic command '{magic}'");
            return error(id, "UnknownMagic", &words, json!([format!("UnknownMagic: {words}\n")]));
        }
        for line in code.lines().map(str::trim) {
            shown.clear();
            let inner = line.strip_prefix("print(").and_then(|it| it.strip_suffix(')'));
            let outcome = match (inner, assigned(line)) {
                (Some(inner), _) => evaluate(inner, Language::Python, &self.names).map(|it| {
                    printed.push_str(&it.python(false));
                    printed.push('\n');
                }),
                (None, Some((name, value))) => evaluate(value, Language::Python, &self.names).map(|it| {
                    self.names.insert(name.to_owned(), it);
                }),
                _ => evaluate(line, Language::Python, &self.names).map(|it| shown = it.python(true)),
            };
            match outcome {
                Ok(()) | Err(Fault::NotUnderstood) => {}
                Err(Fault::DividedByZero) => {
                    return python_error(id, "ZeroDivisionError", "division by zero");
                }
                Err(Fault::NoSuchName(name)) => {
                    return python_error(id, "NameError", &format!("name '{name}' is not defined"));
                }
            }
        }
        ok(id, json!({"text/plain": (printed + &shown).trim_end()}))
    }

    fn scala(&mut self, code: &str, id: u64) -> Value {
        let mut shown = String::new();
        for line in code.lines().map(str::trim) {
            let inner = line.strip_prefix("println(").and_then(|it| it.strip_suffix(')'));
            let declared = line.strip_prefix("val ").or_else(|| line.strip_prefix("var ")).and_then(assigned);
            if line.starts_with("val ") && line.ends_with('=') {
                return error(id, "Error", "incomplete statement", json!([]));
            }
            let outcome = match (inner, declared) {
                (Some(inner), _) => evaluate(inner, Language::Scala, &self.names).map(|it| {
                    shown.push_str(&it.python(false));
                    shown.push('\n');
                }),
                (None, Some((name, value))) => evaluate(value, Language::Scala, &self.names).map(|it| {
                    shown.push_str(&it.scala(name));
                    self.names.insert(name.to_owned(), it);
                }),
                _ => evaluate(line, Language::Scala, &self.names)
                    .map(|it| shown.push_str(&it.scala(&format!("res{id}")))),
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

/// `name = value`, where the name is one.
fn assigned(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.split_once('=')?;
    let name = name.trim();
    let is_name = name.starts_with(|it: char| it.is_alphabetic() || it == '_')
        && name.chars().all(|it| it.is_alphanumeric() || it == '_');
    (is_name && !value.starts_with('=')).then_some((name, value.trim()))
}

/// `select` of numbers and texts, without a table.
fn sql(code: &str, id: u64) -> Value {
    let code = code.trim().trim_end_matches(';');
    let Some((word, rest)) = code.split_once(char::is_whitespace) else {
        return ok(id, json!({"text/plain": ""}));
    };
    if let Some(at) = rest.to_ascii_lowercase().find("from ") {
        let table = rest[at + 5..].split_whitespace().next().unwrap_or_default();
        let words = format!(
            "[TABLE_OR_VIEW_NOT_FOUND] The table or view `{table}` cannot be found. Verify the spelling and correctness of the schema and catalog."
        );
        return error(
            id,
            "Error",
            &words,
            json!([
                "org.apache.spark.sql.catalyst.analysis.package$AnalysisErrorAt.tableNotFound(package.scala:87)"
            ]),
        );
    }
    let (mut fields, mut row) = (Vec::new(), Vec::new());
    if word.eq_ignore_ascii_case("select") {
        for column in rest.split(',').map(str::trim) {
            let (value, name) = column.rsplit_once(" as ").unwrap_or((column, column));
            let (kind, value) = match evaluate(value, Language::Sql, &BTreeMap::new()) {
                Ok(Outcome::Whole(number)) => ("integer", json!(number)),
                Ok(Outcome::Real(number)) => ("double", json!(number)),
                Ok(Outcome::Text(text)) => ("string", json!(text)),
                Err(_) => ("void", Value::Null),
            };
            let nullable = value.is_null();
            fields.push(json!({"name": name.trim(), "type": kind, "nullable": nullable, "metadata": {}}));
            row.push(value);
        }
    }
    let rows = if row.is_empty() { json!([]) } else { json!([row]) };
    ok(id, json!({"application/json": {"schema": {"type": "struct", "fields": fields}, "data": rows}}))
}

fn ok(id: u64, data: Value) -> Value {
    json!({"status": "ok", "execution_count": id, "data": data})
}

fn error(id: u64, name: &str, words: &str, traceback: Value) -> Value {
    json!({"status": "error", "execution_count": id, "ename": name, "evalue": words, "traceback": traceback})
}

fn python_error(id: u64, name: &str, words: &str) -> Value {
    let last = format!("{name}: {words}\n");
    error(id, name, words, json!(["Traceback (most recent call last):\n", last]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(kind: &str, code: &str) -> String {
        let output = Interpreter::default().run(kind, code, 0);
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
        let table = Interpreter::default().run("sql", "select 1 as a", 13);
        assert_eq!(
            table["data"]["application/json"]["schema"]["fields"][0],
            json!({"name": "a", "type": "integer", "nullable": false, "metadata": {}})
        );
        assert_eq!(table["data"]["application/json"]["data"], json!([[1]]));
        assert_eq!(Interpreter::default().run("sql", "select * from nosuch", 14)["status"], "error");
    }

    #[test]
    fn what_it_does_not_know_is_no_error() {
        for code in ["sc.parallelize(range(4)).count()", "def f(:", "df.show()", "((((", "1 +", "x.y = 3"] {
            assert_eq!(Interpreter::default().run("pyspark", code, 0)["status"], "ok", "{code}");
        }
    }

    #[test]
    fn names_last_as_long_as_the_session() {
        let mut interpreter = Interpreter::default();
        interpreter.run("pyspark", "rows = 40", 0);
        assert_eq!(interpreter.run("pyspark", "rows + 2", 1)["data"]["text/plain"], "42");
        assert_eq!(interpreter.run("pyspark", "%json rows", 2)["data"]["application/json"], 40);
        assert_eq!(interpreter.run("pyspark", "%bogus", 3)["ename"], "UnknownMagic");
    }
}
