//! A pretend Python: expressions, names, printing, functions that divide by zero, and Livy's magics (`fake_shell.py`, 0.9.0).

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::expression::{Fault, Language, Outcome, assigned, evaluate};
use crate::http::Rows;
use crate::reply::{error, ok};

/// What was named so far.
#[derive(Clone, Debug, Default)]
pub(crate) struct Python {
    names: BTreeMap<String, Outcome>,
    /// Lists and dicts, written as in JSON.
    values: BTreeMap<String, Value>,
    /// Functions that divide by zero, and the line on which they do, counted in the statement that they were defined in.
    functions: BTreeMap<String, usize>,
}

/// So many rows are kept as a text; more of them are made when they are sent.
const FEW: usize = 1_000;

/// An image of one pixel.
const PIXEL: &str =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

impl Python {
    /// The output of a statement, or what the interpreter says as it ends.
    pub(crate) fn run(&mut self, code: &str, id: u64) -> Result<Value, String> {
        let (mut printed, mut shown) = (String::new(), String::new());
        let last = code.lines().filter(|it| !it.trim().is_empty()).count();
        let mut seen = 0;
        let lines: Vec<&str> = code.lines().collect();
        self.define(&lines);
        for (at, line) in lines.iter().enumerate() {
            let line = line.trim_end();
            if line.trim().is_empty() || line.starts_with([' ', '\t']) {
                seen += usize::from(!line.trim().is_empty());
                continue;
            }
            seen += 1;
            if let Some(magic) = line.strip_prefix('%') {
                let (data, is_last) = (self.magic(magic, id)?, seen == last);
                match data {
                    // What a magic shows is lost where something follows it.
                    Ok(data) if is_last => return Ok(with_text(id, data, printed + &shown)),
                    Ok(_) => continue,
                    Err(output) => return Ok(output),
                }
            }
            shown.clear();
            match self.line(line, at + 1, &mut printed, &mut shown) {
                Ok(()) => {}
                Err(Stop::Died(words)) => return Err(words),
                Err(Stop::Failed { name, words, frames }) => {
                    let mut trace = vec!["Traceback (most recent call last):\n".to_owned()];
                    trace.extend(frames);
                    trace.push(format!("{name}: {words}\n"));
                    // What was printed before is lost.
                    return Ok(error(id, name, &words, json!(trace)));
                }
                Err(Stop::Syntax(line)) => {
                    let text = lines.get(line - 1).unwrap_or(&"");
                    let words = format!("invalid syntax (<stdin>, line {line})");
                    let place = format!("  File \"<stdin>\", line {line}\n");
                    let trace = [
                        place,
                        format!("    {text}\n"),
                        format!("    {}^\n", " ".repeat(text.find("(:").map_or(0, |it| it + 1))),
                        "SyntaxError: invalid syntax\n".to_owned(),
                    ];
                    return Ok(error(id, "SyntaxError", &words, json!(trace)));
                }
            }
        }
        Ok(ok(id, json!({"text/plain": (printed + &shown).trim_end()})))
    }

    /// Remembers the functions of a statement.
    fn define(&mut self, lines: &[&str]) {
        for (at, line) in lines.iter().enumerate() {
            let Some(name) = line.strip_prefix("def ").and_then(|it| it.split('(').next()) else { continue };
            let body =
                lines[at + 1..].iter().take_while(|it| it.starts_with([' ', '\t']) || it.trim().is_empty());
            let fails = body.enumerate().find(|(_, it)| it.replace(' ', "").contains("/0"));
            match fails {
                Some((offset, _)) => drop(self.functions.insert(name.to_owned(), at + 2 + offset)),
                None => drop(self.functions.remove(name)),
            }
        }
    }

    fn line(
        &mut self,
        line: &str,
        number: usize,
        printed: &mut String,
        shown: &mut String,
    ) -> Result<(), Stop> {
        if line.starts_with("def f(:") || line.starts_with('!') {
            return Err(Stop::Syntax(number));
        }
        if line.contains("os._exit") {
            return Err(Stop::Died(String::new()));
        }
        let called = self
            .functions
            .iter()
            .find(|(name, _)| line.contains(&format!("{name}(")) && !line.starts_with("def "));
        if let Some((name, fails_at)) = called {
            let frame = format!("  File \"<stdin>\", line {fails_at}, in {name}\n");
            return Err(Stop::zero(vec![frame]));
        }
        if let Some(bytes) =
            line.strip_prefix("big(").and_then(|it| it.strip_suffix(')')?.trim().parse::<usize>().ok())
        {
            let row = format!("{}\n", "x".repeat(99));
            let rows = bytes.min(1_000_000_000) / row.len();
            *shown = if rows > FEW { Rows::text(rows - 1) + &row } else { row.repeat(rows) };
            return Ok(());
        }
        if let Some((name, value)) = assigned(line)
            && let Some(value) = literal(value)
        {
            self.values.insert(name.to_owned(), value);
            return Ok(());
        }
        let inner = line.strip_prefix("print(").and_then(|it| it.strip_suffix(')'));
        let outcome = match (inner, assigned(line)) {
            (Some(inner), _) => evaluate(inner, Language::Python, &self.names).map(|it| {
                printed.push_str(&it.python(false));
                printed.push('\n');
            }),
            (None, Some((name, value))) => evaluate(value, Language::Python, &self.names).map(|it| {
                self.names.insert(name.to_owned(), it);
            }),
            _ => evaluate(line, Language::Python, &self.names).map(|it| *shown = it.python(true)),
        };
        match outcome {
            Ok(()) | Err(Fault::NotUnderstood) => Ok(()),
            Err(Fault::DividedByZero) => Err(Stop::zero(Vec::new())),
            Err(Fault::NoSuchName(name)) => {
                let words = format!("name '{name}' is not defined");
                Err(Stop::Failed { name: "NameError", words, frames: Vec::new() })
            }
        }
    }

    /// What a magic brings: results, or an output that is an error. `Err`: it ends the interpreter.
    fn magic(&self, line: &str, id: u64) -> Result<Result<Value, Value>, String> {
        let mut words = line.split_whitespace();
        let (magic, name) = (words.next().unwrap_or_default(), words.next());
        if !["json", "table", "matplot"].contains(&magic) {
            let words = format!("unknown magic command '{magic}'");
            return Ok(Err(error(id, "UnknownMagic", &words, json!([format!("UnknownMagic: {words}\n")]))));
        }
        // A magic without a name ends the process (recorded).
        let Some(name) = name else {
            return Err("\n\nTraceback (most recent call last):\nValueError: not enough values to unpack\n"
                .to_owned());
        };
        if magic == "matplot" {
            return Ok(Ok(json!({"image/png": PIXEL})));
        }
        let value = self.values.get(name).cloned().or_else(|| match self.names.get(name)? {
            Outcome::Whole(number) => Some(json!(number)),
            Outcome::Real(number) => Some(json!(number)),
            Outcome::Text(text) => Some(json!(text)),
        });
        match value {
            // Livy's own quirk: a failure inside a success (recorded).
            None => Ok(Err(ok(
                id,
                json!({"msg_type": "execute_reply", "content": {
                    "ename": "KeyError", "evalue": format!("'{name}'"),
                    "traceback": [format!("KeyError: '{name}'\n")], "status": "error"
                }}),
            ))),
            Some(value) if value.to_string().contains("\"\\u0000NaN\"") => Ok(Err(error(
                id,
                "com.fasterxml.jackson.core.JsonParseException",
                "Non-standard token 'NaN': enable `JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS` to allow",
                json!([]),
            ))),
            Some(value) if magic == "json" => Ok(Ok(json!({"application/json": value}))),
            Some(value) => Ok(Ok(json!({"application/vnd.livy.table.v1+json": table(&value)?}))),
        }
    }
}

/// Why a line is the last one.
enum Stop {
    Failed {
        name: &'static str,
        words: String,
        frames: Vec<String>,
    },
    /// On this line.
    Syntax(usize),
    Died(String),
}

impl Stop {
    fn zero(frames: Vec<String>) -> Self {
        Self::Failed { name: "ZeroDivisionError", words: "division by zero".to_owned(), frames }
    }
}

/// A list, a dict or NaN as Python writes it.
fn literal(text: &str) -> Option<Value> {
    let text = text.trim();
    if !text.starts_with(['[', '{']) && !text.starts_with("float(") {
        return None;
    }
    let json = text.replace("float('nan')", "\"\\u0000NaN\"").replace('\'', "\"");
    let json = json.replace("None", "null").replace("True", "true").replace("False", "false");
    serde_json::from_str(&json).ok()
}

/// A table of rows that are lists, dicts or single values. Columns of dicts come by name, and a row that lacks one is shorter than
/// the others, as a row of a list may be (recorded).
fn table(value: &Value) -> Result<Value, String> {
    let rows = value.as_array().cloned().unwrap_or_else(|| vec![value.clone()]);
    let of_dicts = rows.iter().all(Value::is_object);
    let mut names: Vec<String> =
        rows.iter().filter_map(Value::as_object).flat_map(|it| it.keys().cloned()).collect();
    names.sort();
    names.dedup();
    let data: Vec<Vec<Value>> = rows
        .iter()
        .map(|row| match row {
            Value::Object(row) => names.iter().filter_map(|it| row.get(it).cloned()).collect(),
            Value::Array(row) => row.clone(),
            single => vec![single.clone()],
        })
        .collect();
    let width = data.iter().map(Vec::len).max().unwrap_or(0);
    // A cell that is a list or a dict, or a column of two types, ends the interpreter.
    let kind = |it: &Value| match it {
        Value::Null => "",
        Value::Number(number) if number.is_f64() => "DOUBLE_TYPE",
        Value::Number(_) => "INT_TYPE",
        Value::Bool(_) => "BOOLEAN_TYPE",
        Value::String(_) => "STRING_TYPE",
        Value::Array(_) | Value::Object(_) => "none",
    };
    for at in 0..width {
        let mut kinds: Vec<&str> =
            data.iter().filter_map(|it| it.get(at)).map(kind).filter(|it| !it.is_empty()).collect();
        kinds.dedup();
        if !of_dicts && kinds.len() > 1 || kinds.contains(&"none") {
            return Err("\n\nERROR:fake_shell:execute_reply\nTraceback (most recent call last):\n".to_owned());
        }
    }
    let names = if of_dicts { names } else { (0..width).map(|it| it.to_string()).collect() };
    let headers: Vec<Value> = names
        .iter()
        .enumerate()
        .map(|(at, name)| {
            let cells = rows.iter().zip(&data).filter_map(|(row, cells)| match row {
                Value::Object(row) => row.get(name),
                _ => cells.get(at),
            });
            let kind = cells.map(kind).find(|it| !it.is_empty()).unwrap_or("INT_TYPE");
            json!({"name": name, "type": kind})
        })
        .collect();
    Ok(json!({"headers": headers, "data": data}))
}

/// A magic's results, with what was printed before it.
fn with_text(id: u64, mut data: Value, printed: String) -> Value {
    if !printed.is_empty()
        && let Some(data) = data.as_object_mut()
    {
        data.insert("text/plain".to_owned(), json!(printed.trim_end()));
    }
    ok(id, data)
}
