//! Statements as a Jupyter notebook: what another program reads of it.

use std::collections::BTreeSet;

use console::{Mark, NotebookCell, Shape, notebook, shapes};
use livy::{Json, Kind, Statement};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::results::all_recorded;

fn statement(id: &str, state: &str, output: &str) -> Statement {
    let text = format!(r#"{{"id":{id},"state":"{state}","output":{output}}}"#);
    Statement::from_json(Json::parse(&text).unwrap()).unwrap()
}

fn ok(data: &str) -> Statement {
    statement("7", "available", &format!(r#"{{"status":"ok","data":{data}}}"#))
}

fn cell<'a>(statement: &'a Statement, code: &'a str) -> NotebookCell<'a> {
    NotebookCell { statement, code, language: None, missing: None }
}

fn written(kind: Option<Kind>, cells: Vec<NotebookCell<'_>>) -> String {
    notebook("12", kind, cells.into_iter()).collect()
}

/// The notebook as another program reads it, after what the schema demands of each (nbformat 4.5) was looked at.
fn read(text: &str) -> Value {
    let read: Value = serde_json::from_str(text).unwrap();
    let keys = |it: &Value| it.as_object().unwrap().keys().cloned().collect::<BTreeSet<String>>();
    let has =
        |it: &Value, names: &str| assert_eq!(keys(it), names.split(' ').map(str::to_owned).collect(), "{it}");
    let is_text = |it: &Value| it.as_array().is_some_and(|it| it.iter().all(Value::is_string));
    has(&read, "cells metadata nbformat nbformat_minor");
    assert_eq!((&read["nbformat"], &read["nbformat_minor"]), (&json!(4), &json!(5)));
    let mut ids = BTreeSet::new();
    for cell in read["cells"].as_array().unwrap() {
        has(cell, "id cell_type metadata source outputs execution_count");
        let id = cell["id"].as_str().unwrap();
        assert!(
            (1..=64).contains(&id.len())
                && id.chars().all(|it| it.is_ascii_alphanumeric() || "-_".contains(it))
        );
        assert!(ids.insert(id.to_owned()), "{id} comes twice");
        assert!(cell["execution_count"].is_null() || cell["execution_count"].is_u64());
        assert!(is_text(&cell["source"]));
        for output in cell["outputs"].as_array().unwrap() {
            match output["output_type"].as_str().unwrap() {
                "execute_result" => has(output, "output_type data metadata execution_count"),
                "display_data" => has(output, "output_type data metadata"),
                "stream" => has(output, "output_type name text"),
                "error" => has(output, "output_type ename evalue traceback"),
                other => panic!("{other}"),
            }
            for (mime, value) in output["data"].as_object().into_iter().flatten() {
                assert!(mime.ends_with("json") || is_text(value), "{mime}: {value}");
            }
            assert!(output["traceback"].is_null() || is_text(&output["traceback"]));
        }
    }
    read
}

fn joined(value: &Value) -> String {
    value.as_array().unwrap().iter().map(|it| it.as_str().unwrap()).collect()
}

/// What one statement becomes.
fn one(statement: &Statement) -> Value {
    read(&written(None, vec![cell(statement, "x")]))["cells"][0].clone()
}

#[test]
fn each_statement_is_a_cell_with_its_code_and_number() {
    let (first, second) = (ok(r#"{"text/plain":"42"}"#), statement("\"7f-guid\"", "waiting", "null"));
    let odd = statement("\"a:b\"", "available", "null");
    let text = written(
        Some(Kind::PySpark),
        vec![
            NotebookCell { language: Some(Kind::Sql), ..cell(&first, "select 1,\n\t\"ä\"\r\n") },
            NotebookCell { missing: Some("Not here.".to_owned()), ..cell(&second, "") },
            cell(&odd, "x"),
        ],
    );
    let read = read(&text);
    let cells = &read["cells"];
    assert_eq!(cells[0]["source"], json!(["select 1,\n", "\t\"ä\"\r\n"]));
    assert_eq!((&cells[0]["id"], &cells[0]["execution_count"]), (&json!("livy-7"), &json!(7)));
    assert_eq!(cells[0]["metadata"], json!({"livy": {"id": "7", "state": "available", "kind": "sql"}}));
    let result = json!({"output_type": "execute_result", "execution_count": 7, "metadata": {}, "data": {"text/plain": ["42"]}});
    assert_eq!(cells[0]["outputs"], json!([result]));
    assert_eq!((&cells[1]["id"], &cells[1]["execution_count"]), (&json!("livy-7f-guid"), &Value::Null));
    assert_eq!(
        cells[1]["outputs"],
        json!([{"output_type": "stream", "name": "stderr", "text": ["Not here."]}])
    );
    assert_eq!((&cells[2]["id"], &cells[2]["metadata"]["livy"]["id"]), (&json!("cell-2"), &json!("a:b")));
    assert_eq!(read["metadata"]["livy"]["session"], "12");
}

#[test]
fn the_language_is_that_of_the_session() {
    let of = |kind| read(&written(kind, Vec::new()))["metadata"].clone();
    for (kind, kernel, language) in [
        (Kind::PySpark, json!("pysparkkernel"), "python"),
        (Kind::Spark, json!("sparkkernel"), "scala"),
        (Kind::SparkR, json!("sparkrkernel"), "R"),
        (Kind::Sql, Value::Null, "sql"),
    ] {
        let metadata = of(Some(kind));
        assert_eq!(
            (&metadata["kernelspec"]["name"], &metadata["language_info"]["name"]),
            (&kernel, &json!(language))
        );
        assert!(kernel.is_null() || metadata["kernelspec"]["display_name"].is_string());
    }
    for none in [None, Some(Kind::Shared)] {
        assert_eq!(of(none), json!({"livy": {"session": "12"}}));
    }
}

#[test]
fn what_was_printed_stands_before_the_result_and_digits_stay() {
    let table = r#"{"headers":[{"name":"a","type":"BIGINT_TYPE"},{"name":"b","type":"STRING_TYPE"}],"data":[[9007199254740993,"x\ty"],[1.50,null]]}"#;
    let both =
        ok(&format!(r#"{{"application/vnd.livy.table.v1+json":{table},"text/plain":"printed\nfirst"}}"#));
    let text = written(None, vec![cell(&both, "x")]);
    assert!(text.contains(table), "as it was sent");
    let outputs = read(&text)["cells"][0]["outputs"].clone();
    assert_eq!(
        (&outputs[0]["output_type"], &outputs[0]["data"]),
        (&json!("display_data"), &json!({"text/plain": ["printed\n", "first"]}))
    );
    assert_eq!(outputs[1]["output_type"], "execute_result");
    assert_eq!(outputs[1]["data"]["text/plain"], json!(["a\tb\n", "9007199254740993\tx y\n", "1.50\t\n"]));
    assert_eq!(
        outputs[1]["data"]["application/vnd.livy.table.v1+json"]["data"][0][0],
        json!(9_007_199_254_740_993_u64)
    );
    let json = ok(r#"{"text/plain":"","application/json":{"n":[1.50,1e400,0.10000000149011612]}}"#);
    let text = written(None, vec![cell(&json, "x")]);
    assert!(text.contains(r#""application/json":{"n":[1.50,1e400,0.10000000149011612]}"#));
}

#[test]
fn pictures_pages_and_what_nobody_knows() {
    let it = one(&ok(r#"{"image/png":"iVBORw==","text/plain":""}"#));
    assert_eq!(it["outputs"][0]["data"], json!({"image/png": ["iVBORw=="]}));
    let it = one(&ok(r#"{"text/html":"<b>\n</b>","x/new":{"a":1.0}}"#));
    assert_eq!(it["outputs"][0]["data"], json!({"text/html": ["<b>\n", "</b>"]}));
    assert_eq!(it["outputs"][1]["data"], json!({"x/new": ["{\"a\":1.0}"]}));
    for whole in
        [r#"{"status":"ok","data":[1]}"#, r#"["a",2]"#, r#"{"status":"partly","data":{"text/plain":"a"}}"#]
    {
        let it = one(&statement("1", "available", whole));
        assert_eq!(
            it["outputs"][0]["data"]["application/json"],
            serde_json::from_str::<Value>(whole).unwrap()
        );
        assert_eq!(joined(&it["outputs"][0]["data"]["text/plain"]), whole);
    }
    for none in ["null", r#"{"status":"ok","data":{"text/plain":""}}"#, r#"{"status":"ok","data":{}}"#] {
        assert_eq!(one(&statement("1", "cancelled", none))["outputs"], json!([]));
    }
}

#[test]
fn an_error_says_what_it_is_where_only_its_traceback_is_drawn() {
    let of = |text: &str| one(&statement("1", "available", text))["outputs"][0].clone();
    let python = of(
        r#"{"status":"error","ename":"ZeroDivisionError","evalue":"division by zero","traceback":["Traceback:\n","  File \"<stdin>\"\n","ZeroDivisionError: division by zero\n"]}"#,
    );
    assert_eq!(
        python,
        json!({"output_type": "error", "ename": "ZeroDivisionError", "evalue": "division by zero",
            "traceback": ["Traceback:", "  File \"<stdin>\"", "ZeroDivisionError: division by zero"]})
    );
    let sql = of(
        r#"{"status":"error","ename":"Error","evalue":"no table; line 1 pos 14\n'Project","traceback":["a.b(c)","d.e(f)"]}"#,
    );
    assert_eq!(sql["traceback"], json!(["Error: no table; line 1 pos 14", "'Project", "a.b(c)", "d.e(f)"]));
    assert_eq!(of(r#"{"status":"error"}"#)["traceback"], json!([]));
    // With results beside it the error is the last.
    let both = r#"{"status":"error","ename":"E","evalue":"v","traceback":[],"data":{"text/plain":"before"}}"#;
    let outputs = one(&statement("1", "available", both))["outputs"].clone();
    assert_eq!(
        (&outputs[0]["output_type"], &outputs[1]["output_type"]),
        (&json!("display_data"), &json!("error"))
    );
    // A magic that failed within a success.
    let magic = ok(r#"{"content":{"status":"error","ename":"KeyError","evalue":"'x'","traceback":[]}}"#);
    assert_eq!(
        one(&magic)["outputs"],
        json!([{"output_type": "error", "ename": "KeyError", "evalue": "'x'", "traceback": ["KeyError: 'x'"]}])
    );
}

#[test]
fn what_a_real_livy_has_answered_is_read_again() {
    let statements = all_recorded();
    assert!(statements.len() > 90, "{}", statements.len());
    let codes: Vec<&str> =
        statements.iter().map(|it| Mark::taken_off(it.code.as_deref().unwrap_or_default()).0).collect();
    // One notebook for each: they are of several sessions, and their ids come twice.
    for (statement, code) in statements.iter().zip(&codes) {
        let text = written(Some(Kind::PySpark), vec![cell(statement, code)]);
        let cell = read(&text)["cells"][0].clone();
        assert_eq!(joined(&cell["source"]), *code);
        let is_silent =
            statement.output.as_ref().is_none_or(|it| shapes(it).iter().all(|it| it.0 == Shape::Empty));
        assert_eq!(cell["outputs"].as_array().unwrap().is_empty(), is_silent, "{code}");
        let has_failed = statement.output.as_ref().is_some_and(|it| it.error.is_some());
        let is_error = |it: &Value| it["output_type"] == "error";
        assert_eq!(cell["outputs"].as_array().unwrap().iter().any(is_error), has_failed, "{code}");
    }
}

#[test]
fn no_file_holds_half_a_character_or_hides_what_it_says() {
    let it = ok(&r#"{"application/json":{"\ud800k":"a\udc00b","c":"x\u202ey\u0000","d":"\ud83d\ude00"},"text/plain":"~turned\u001b[1m"}"#.replace('~', "\u{202e}"));
    let text = written(None, vec![cell(&it, "a\u{2066}b\u{7f}")]);
    assert!(
        text.chars().all(|it| it == '\n' || !it.is_control() && it != '\u{202e}' && it != '\u{2066}'),
        "{text}"
    );
    let cell = read(&text)["cells"][0].clone();
    assert_eq!(joined(&cell["source"]), "a\u{2066}b\u{7f}");
    assert_eq!(joined(&cell["outputs"][0]["data"]["text/plain"]), "\u{202e}turned\u{1b}[1m");
    assert_eq!(
        cell["outputs"][1]["data"]["application/json"],
        json!({"\u{fffd}k": "a\u{fffd}b", "c": "x\u{202e}y\0", "d": "😀"})
    );
}

fn values() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        "[\"\\\\\u{202e}\u{0}\n\ta{}\\[\\],:]{0,8}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::btree_map(any::<String>(), inner, 0..6)
                .prop_map(|it| Value::Object(it.into_iter().collect())),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn everything_is_read_as_it_was(code in any::<String>(), printed in any::<String>(), value in values(), name in any::<String>()) {
        let data = json!({"text/plain": printed, "application/json": value});
        let good = ok(&data.to_string());
        let error = json!({"status": "error", "ename": name, "evalue": printed, "traceback": [code]});
        let bad = statement("8", "available", &error.to_string());
        let read = read(&written(Some(Kind::Spark), vec![cell(&good, &code), cell(&bad, &code)]));
        for cell in read["cells"].as_array().into_iter().flatten() {
            prop_assert_eq!(joined(&cell["source"]), code.clone());
        }
        let outputs = read["cells"][0]["outputs"].as_array().cloned().unwrap_or_default();
        prop_assert_eq!(&outputs.last().unwrap()["data"]["application/json"], &value);
        prop_assert_eq!(outputs.len(), 1 + usize::from(!printed.is_empty()));
        let error = &read["cells"][1]["outputs"][0];
        prop_assert_eq!((&error["ename"], &error["evalue"]), (&json!(name), &json!(printed)));
    }
}
