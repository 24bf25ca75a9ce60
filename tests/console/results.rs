//! Tables from what a real Livy has answered, and as files.

use console::{
    Cell, CodeProblem, Fault, Loss, Shape, Sheet, Stack, Table, Tree, code_places, code_problems, shapes,
    sheet, tabs,
};
use livy::{Answer, Kind, Piece, Statement};
use proptest::prelude::*;
use serde_json::Value;

/// The rows that were recorded, with their names.
fn rows() -> Vec<Value> {
    let path = format!("{}/../../tests/fixtures/livy-0.9.0/statements.json", env!("CARGO_MANIFEST_DIR"));
    let all: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    all["rows"].as_array().unwrap().clone()
}

fn of_row(row: &Value) -> Option<Statement> {
    let body = row["body"].as_str().unwrap().to_owned();
    Answer { status: 200, body, ..Answer::default() }.statement().ok()?
}

/// Every statement that a real Livy has answered with.
pub fn all_recorded() -> Vec<Statement> {
    rows().iter().filter_map(of_row).collect()
}

fn recorded(row: &str) -> Statement {
    of_row(rows().iter().find(|it| it["row"] == row).unwrap()).unwrap()
}

fn with_table<T>(row: &str, look: impl FnOnce(&Table) -> T) -> T {
    let statement = recorded(row);
    let output = statement.output.as_ref().unwrap();
    let is_json = |it: &&livy::OutputPart| it.mime.ends_with("json");
    look(&Table::of(output.piece(output.parts.iter().find(is_json).unwrap())).unwrap())
}

fn table(text: &str) -> Table {
    Table::of(Piece::parse(text).unwrap()).unwrap()
}

#[test]
fn cells_are_what_was_sent_and_heads_tell_what_livy_lost() {
    with_table("sql decimal small", |table| {
        assert_eq!(
            (table.columns[0].kind.as_str(), table.columns[0].loss),
            ("decimal(10,2)", Some(Loss::Decimal))
        );
        let cells: Vec<_> = table.cells(0).into_iter().map(|it| it.shown().into_owned()).collect();
        assert_eq!(cells[..2], ["1.5", "1.0E-10"]);
    });
    with_table("sql nested", |table| {
        let kinds: Vec<_> = table.columns.iter().map(|it| it.kind.as_str()).collect();
        assert_eq!(
            kinds,
            [
                "struct<x:int,y:string>",
                "array<struct<k:int>>",
                "map<string,int>",
                "map<int,string>",
                "array<int>",
                "array<int>"
            ]
        );
        let cells: Vec<_> = table.cells(0).into_iter().map(|it| it.shown().into_owned()).collect();
        assert_eq!(
            cells,
            [
                r#"{"x":1,"y":"b"}"#,
                r#"[{"k":1},{"k":2}]"#,
                r#"{"a":1,"b":2}"#,
                r#"{"1":"one"}"#,
                "[1,2]",
                "[null]"
            ]
        );
    });
    with_table("sql ts only", |table| assert_eq!(table.columns[0].loss, Some(Loss::Timestamp)));
    with_table("sql interval calendar", |table| assert_eq!(table.columns[0].loss, Some(Loss::Interval)));
    with_table("sql repeated names", |table| {
        let names: Vec<_> = table.columns.iter().map(|it| it.name.as_str()).collect();
        assert_eq!(names, ["a", "a", "", "a b"]);
    });
    with_table("py table ragged dicts", |table| {
        assert_eq!(table.ragged, 1);
        assert_eq!(table.cells(1)[1], Cell::Missing);
    });
    with_table("sql no rows", |table| assert_eq!((table.columns.len(), table.len()), (1, 0)));
    with_table("sql ddl", |table| assert_eq!((table.columns.len(), table.len()), (0, 0)));
    for other in
        ["[1]", "{}", r#"{"data":[[1]]}"#, r#"{"headers":[],"data":[1]}"#, r#"{"headers":1,"data":[]}"#]
    {
        assert!(Table::of(Piece::parse(other).unwrap()).is_none(), "{other}");
    }
}

#[test]
fn a_row_longer_than_the_head_gives_the_table_its_breadth() {
    let row = (0..5_000).map(|it| it.to_string()).collect::<Vec<_>>().join(",");
    let table =
        table(&format!(r#"{{"headers":[{{"name":"a"}},{{"name":"b"}}],"data":[[1],[{row}],[1,2]]}}"#));
    assert_eq!((table.columns.len(), table.breadth, table.ragged), (2, 5_000, 2));
    assert_eq!(table.widths().len(), 5_000);
    assert_eq!((table.cells(0).len(), table.cells(1).len()), (2, 5_000));
    assert_eq!(self::table(r#"{"headers":[{"name":"a"}],"data":[]}"#).breadth, 1);
}

#[test]
fn the_beginning_of_a_cell_is_that_of_all_of_it() {
    let long = r#"ab\"\n\u00e4😀c"#.repeat(40);
    let cells = [
        format!("\"{long}\""),
        format!("[\"{long}\",[1,2,{{\"k\":\"{long}\"}}],null]"),
        format!("{{\"schema\":[{{\"name\":\"x\"}},{{\"name\":\"y\"}}],\"values\":[1,\"{long}\"]}}"),
        format!("{{\"values\":[1],\"schema\":[{{\"name\":\"{long}\"}}]}}"),
        format!("{{\"{long}\":1}}"),
        format!("{}1{}", "[".repeat(60), "]".repeat(60)),
        "12345678901234567890".to_owned(),
    ];
    for written in cells {
        let table = table(&format!(r#"{{"headers":[{{"name":"a"}}],"data":[[{written}]]}}"#));
        let cell = table.cell(0, 0);
        let whole = cell.shown();
        for bytes in 0..whole.len() + 9 {
            let (shown, is_cut) = cell.shown_up_to(bytes);
            assert_eq!(shown, whole[..whole.floor_char_boundary(bytes)], "{bytes} of {written}");
            assert_eq!(is_cut, bytes < whole.len(), "{bytes} of {written}");
        }
    }
    assert_eq!(
        table(r#"{"headers":[{"name":"a"}],"data":[[null]]}"#).cell(0, 0).shown_up_to(4),
        ("".into(), false)
    );
}

#[test]
fn rows_are_sorted_by_digits_and_equal_ones_stay() {
    let text = r#"{"headers":[{"name":"n"},{"name":"t"}],"data":[
        [9007199254740993,"b"],[null,"x"],[9007199254740992,"b"],["z",null],[-1.50,"a"],[],[1e1,"b"],[-1.5,"c"]]}"#;
    let table = table(text);
    assert_eq!(table.sorted(0, false), [4, 7, 6, 2, 0, 3, 1, 5]);
    assert_eq!(table.sorted(0, true), [3, 0, 2, 6, 4, 7, 1, 5]);
    assert_eq!(table.sorted(1, false), [4, 0, 2, 6, 7, 1, 3, 5]);
    assert_eq!(table.sorted(9, false), [0, 1, 2, 3, 4, 5, 6, 7]);
}

#[test]
fn files_hold_the_cells_and_no_formula() {
    let text = r#"{"headers":[{"name":"=a"},{"name":"b, c"}],"data":[
        ["=1+1","-2"],[-2,"say \"x\""],[" =x","two\nlines"],["@x",null],["\ty","＝z"],["plain"," "]]}"#;
    let table = table(text);
    let all = || 0..table.len();
    assert_eq!(
        sheet(&table, all(), Sheet::Csv),
        "=a,\"b, c\"\r\n=1+1,-2\r\n-2,\"say \"\"x\"\"\"\r\n\" =x\",\"two\nlines\"\r\n@x,\r\n\ty,＝z\r\nplain,\" \"\r\n"
    );
    let safe = sheet(&table, all(), Sheet::SafeCsv);
    assert_eq!(
        safe,
        "\u{feff}'=a,\"b, c\"\r\n'=1+1,'-2\r\n-2,\"say \"\"x\"\"\"\r\n\"' =x\",\"two\nlines\"\r\n'@x,\r\n'\ty,'＝z\r\nplain,\" \"\r\n"
    );
    assert_eq!(tabs(&table, &[2, 1], 1..2), "two lines\nsay \"x\"\n");
    assert_eq!(tabs(&table, &[2], 1..2), "two\nlines", "one cell is its text");
    assert_eq!(tabs(&table, &[4], 0..1), "\ty");
    assert_eq!(tabs(&table, &[2], 0..2), " =x\ttwo lines\n");
    assert_eq!(sheet(&table, [2, 1], Sheet::Tabs), "=a\tb, c\n =x\ttwo lines\n-2\tsay \"x\"\n");
}

#[test]
fn every_recorded_output_has_a_shape_and_errors_their_places() {
    let shape = |row: &str| shapes(recorded(row).output.as_ref().unwrap()).first().map(|it| it.0);
    for (row, expected) in [
        ("py value", Shape::Text),
        ("py matplot", Shape::Image),
        ("py table of a name that is not there", Shape::Error),
        ("py json", Shape::Json),
        ("py empty", Shape::Empty),
        ("sql nested", Shape::Table),
        ("sql divide", Shape::Table),
        ("r", Shape::Error),
    ] {
        assert_eq!(shape(row), Some(expected), "{row}");
    }
    let places = |row: &str| {
        let error = recorded(row).output.unwrap().error.unwrap();
        code_places(&error).into_iter().map(|it| (it.line, it.column, it.function)).collect::<Vec<_>>()
    };
    assert_eq!(places("py error in a function of an earlier statement"), [(3, None, Some("f".to_owned()))]);
    assert_eq!(places("py syntax error"), [(2, None, None)]);
    assert_eq!(places("sql no such table"), [(2, Some(6), None)]);
    assert_eq!(places("py print then raise"), []);
    assert_eq!(places("scala undefined in line three"), []);
}

#[test]
fn what_is_warned_of_did_fail() {
    for row in ["py matplotlib inline", "py shell escape", "sql two statements", "sql empty"] {
        let statement = recorded(row);
        let kind = if row.starts_with("sql") { Kind::Sql } else { Kind::PySpark };
        let problems = code_problems(statement.code.as_deref().unwrap(), Some(kind));
        assert!(!problems.is_empty() && statement.output.unwrap().error.is_some(), "{row}");
        assert_eq!(problems.iter().any(|it| CodeProblem::is_error(*it)), row == "sql empty");
    }
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        "[ -~ä😀\\n\"\\\\:,{}]{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 60, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::vec(("[a-z\":\\\\]{0,4}", inner), 0..6)
                .prop_map(|it| Value::Object(it.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn what_is_drawn_of_json_reads_as_the_same_value(value in any_json(), slice in 1..40_usize) {
        for text in [value.to_string(), serde_json::to_string_pretty(&value).unwrap()] {
            let piece = Piece::parse(&text).unwrap();
            let pretty = Tree::pretty(piece.clone());
            prop_assert_eq!(serde_json::from_str::<Value>(&pretty).unwrap(), value.clone());
            let mut tree = Tree::unread(piece);
            while !tree.read_on(slice) {}
            let rows: String = (0..tree.len()).map(|it| format!("{}\n", tree.row(it).unwrap().text)).collect();
            prop_assert_eq!(rows, pretty);
        }
    }
}

/// The details of an error that a real Livy has answered: each seen line, the folded ones under it as their number.
fn details(row: &str) -> (Stack, Vec<String>) {
    let statement = recorded(row);
    let mut stack = Stack::unread(Fault::of(statement.output.unwrap().error.as_ref().unwrap()).rest);
    while !stack.read_on(100) {}
    let rows = (0..stack.len()).filter_map(|it| stack.row(it)).filter(|it| !it.is_hidden);
    let seen = rows.map(|it| match it.fold {
        Some(fold) => format!("{} [{}]", it.text, fold.frames),
        None => it.text,
    });
    let seen = seen.collect();
    (stack, seen)
}

#[test]
fn of_real_errors_the_frames_of_java_fold_and_nothing_else() {
    // Of Python: Java's words come twice, and between them are lines of Python's own, which stay.
    let (mut stack, seen) = details("py task error");
    let folds: Vec<&String> = seen.iter().filter(|it| it.ends_with(']') && it.contains(" [")).collect();
    let all = stack.text().lines().count();
    let frames = stack.text().lines().filter(|it| it.starts_with("\tat ") || it.starts_with("\t...")).count();
    assert!(all > 200 && frames > 150, "{frames} of {all}");
    assert_eq!(seen.len(), all - frames, "{seen:#?}");
    assert!(seen.iter().any(|it| it == "  File \"<stdin>\", line 1, in <lambda>"));
    assert!(folds.iter().any(|it| it.starts_with("Driver stacktrace: [")), "{folds:#?}");
    assert!(folds.iter().any(|it| it.starts_with(" [")), "{folds:#?}");
    let head = (0..all).find_map(|it| stack.row(it).filter(|it| it.fold.is_some())).unwrap();
    let below = |stack: &Stack| stack.row(usize::try_from(head.line).unwrap() + 1).unwrap();
    assert!(below(&stack).is_hidden);
    stack.toggle(head.line);
    assert!(!below(&stack).is_hidden);
    assert_eq!(stack.copied((0, 0), (all as u64, 0)), stack.text().trim_end_matches('\n'));

    // Of Scala: few frames stay as they are.
    assert_eq!(details("scala error in a function").1, ["  at f(<console>:23)", "  ... 51 elided"]);
    let (_, seen) = details("scala task error");
    assert_eq!((seen.len(), seen[0].as_str()), (3, "\tat $anonfun$res10$1(<console>:24)"));

    // Of SQL: its own frames are bare, and those of a task below them are not.
    let (stack, seen) = details("sql runtime error");
    assert!(seen.len() < 6 && stack.text().lines().count() > 20, "{seen:#?}");
    assert!(seen.iter().any(|it| it == "Driver stacktrace: [3]"), "{seen:#?}");
    let (_, seen) = details("sql no such table");
    assert!(seen.last().unwrap().ends_with("UnresolvedRelation [nosuch], [], false [3]"), "{seen:#?}");
    assert!(!seen.iter().any(|it| it.contains("CheckAnalysis.scala")));
    let (_, seen) = details("sql two statements");
    assert_eq!(seen.last().unwrap(), "----------^^^ [3]", "{seen:#?}");
}
