//! A little SQL: `select` of numbers and texts without a table, `rows(n, m)` as a table, and `every_type`, as recorded.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::expression::{Language, Outcome, evaluate};
use crate::reply::{error, ok};

/// `livy.rsc.sql.num-rows`: more rows are cut without a word.
const MOST_ROWS: u64 = 1_000;

/// `select` of numbers and texts, without a table.
pub(crate) fn sql(code: &str, id: u64) -> Value {
    let code = code.trim().trim_end_matches(';');
    if code.contains(';') {
        let words = "\n[PARSE_SYNTAX_ERROR] Syntax error at or near 'select': extra input 'select'.(line 1, pos 10)\n";
        let frame = "org.apache.spark.sql.catalyst.parser.ParseException.withCommand(parsers.scala:257)";
        return error(id, "Error", words, json!([frame]));
    }
    let Some((word, rest)) = code.split_once(char::is_whitespace) else {
        return ok(id, json!({"text/plain": ""}));
    };
    if let Some(at) = rest.to_ascii_lowercase().find("from ") {
        let from = rest[at + 5..].trim();
        if let Some(table) = made_up(from) {
            return ok(id, json!({"application/json": table}));
        }
        let table = from.split_whitespace().next().unwrap_or_default();
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

/// `rows(1001, 3)`: so many rows and columns. `every_type`: what became of each type on a real server.
fn made_up(table: &str) -> Option<Value> {
    if table.split_whitespace().next() == Some("every_type") {
        return serde_json::from_str(EVERY_TYPE).ok();
    }
    let inner = table.strip_prefix("rows(")?.split(')').next()?;
    let (rows, columns) = inner.split_once(',')?;
    let (rows, columns) =
        (rows.trim().parse::<u64>().ok()?, columns.trim().parse::<u64>().ok()?.clamp(1, 10_000));
    let field = |at: u64| {
        let kind = if at.is_multiple_of(2) { "long" } else { "string" };
        json!({"name": format!("c{at}"), "type": kind, "nullable": true, "metadata": {}})
    };
    let cell = |row: u64, at: u64| match at % 2 {
        0 => json!(row * columns + at),
        _ if row.is_multiple_of(7) => Value::Null,
        _ => json!(format!("row {row}, column {at}")),
    };
    let data: Vec<Value> = (0..rows.min(MOST_ROWS))
        .map(|row| Value::Array((0..columns).map(|at| cell(row, at)).collect()))
        .collect();
    let fields: Vec<Value> = (0..columns).map(field).collect();
    Some(json!({"schema": {"type": "struct", "fields": fields}, "data": data}))
}

/// Recorded from 0.9.0 with Spark 3.5: structs lose their names to a schema of empty types, a binary becomes numbers, a decimal and a
/// float become doubles, a timestamp loses its fraction, NaN becomes null, and infinity a text.
const EVERY_TYPE: &str = r#"{"schema":{"type":"struct","fields":[
{"name":"i","type":"integer","nullable":false,"metadata":{}},
{"name":"big","type":"long","nullable":false,"metadata":{}},
{"name":"d","type":"decimal(10,2)","nullable":true,"metadata":{}},
{"name":"f","type":"float","nullable":false,"metadata":{}},
{"name":"ts","type":"timestamp","nullable":false,"metadata":{}},
{"name":"dt","type":"date","nullable":false,"metadata":{}},
{"name":"bi","type":"binary","nullable":false,"metadata":{}},
{"name":"bo","type":"boolean","nullable":false,"metadata":{}},
{"name":"nu","type":"string","nullable":true,"metadata":{}},
{"name":"n","type":"double","nullable":true,"metadata":{}},
{"name":"inf","type":"double","nullable":true,"metadata":{}},
{"name":"ci","type":"interval","nullable":true,"metadata":{}},
{"name":"st","type":{"type":"struct","fields":[{"name":"x","type":"integer","nullable":false,"metadata":{}}]},"nullable":false,"metadata":{}},
{"name":"m","type":{"type":"map","keyType":"string","valueType":"integer","valueContainsNull":false},"nullable":false,"metadata":{}},
{"name":"an","type":{"type":"array","elementType":"integer","containsNull":false},"nullable":false,"metadata":{}}]},
"data":[[1,9007199254740993,1.5,0.10000000149011612,"2024-01-02T03:04:05Z","2024-01-02",[97,98],true,null,null,"Infinity",{},
{"schema":[{"name":"x","dataType":{},"nullable":false,"metadata":{"map":{}}}],"values":[1]},{"a":1},[1,2]]]}"#;
