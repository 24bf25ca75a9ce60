//! Statements against what a real Livy 0.9.0 said: `tests/fixtures/livy-0.9.0/statements.json`, recorded. And the walker of JSON
//! against `serde_json`.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test ends where it finds something else")]

use std::collections::BTreeMap;

use livy::{Answer, CallError, Items, Json, JsonKind, Statement, StatementPhase};
use serde::de::IgnoredAny;
use serde_json::Value;

/// What was asked and what came, by the name of its row.
fn recorded() -> BTreeMap<String, (Option<String>, Answer)> {
    let path = format!("{}/../../tests/fixtures/livy-0.9.0/statements.json", env!("CARGO_MANIFEST_DIR"));
    let all: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let rows = all["rows"].as_array().unwrap().iter().map(|row| {
        let answer = Answer {
            status: u16::try_from(row["status"].as_u64().unwrap()).unwrap(),
            content_type: Some("application/json;charset=utf-8".into()),
            body: row["body"].as_str().unwrap().to_owned(),
            ..Answer::default()
        };
        (row["row"].as_str().unwrap().to_owned(), (row["code"].as_str().map(str::to_owned), answer))
    });
    rows.collect()
}

fn statement(row: &str) -> Statement {
    recorded()[row].1.statement().unwrap().unwrap()
}

fn written(row: &str, mime: &str) -> String {
    let output = statement(row).output.unwrap();
    output.result(mime).unwrap_or_else(|| panic!("{row}: {output:?}")).as_written().to_owned()
}

const TABLE: &str = "application/vnd.livy.table.v1+json";
const JSON: &str = "application/json";

#[test]
fn every_recorded_statement_is_read_and_gives_its_code_back() {
    let mut ended = 0;
    for (row, (code, answer)) in recorded() {
        let Ok(Some(statement)) = answer.statement() else { continue };
        if let (Some(code), Some(told)) = (&code, &statement.code) {
            // Livy makes the ends of lines its system's own.
            assert_eq!(*told, code.replace("\r\n", "\n"), "{row}");
        }
        if statement.state.phase() == StatementPhase::Over {
            ended += 1;
            let output = statement.output.unwrap();
            assert!(output.error.is_some() || !output.parts.is_empty(), "{row}: {output:?}");
            assert!(statement.started <= statement.completed && statement.progress == Some(1.0), "{row}");
        }
    }
    assert!(ended > 80, "{ended}");
}

#[test]
fn digits_are_those_of_the_answer() {
    assert_eq!(written("py json big int", JSON), "123456789012345678901234567890");
    assert_eq!(written("scala big long", JSON), "[9007199254740993]");
    assert_eq!(written("py table ragged dicts", TABLE).split("\"data\":").nth(1), Some("[[2,1],[3]]}"));
    // Livy makes doubles of decimals: the zero of 1.50 is lost before it is sent.
    let decimals = written("sql decimal small", JSON);
    assert!(decimals.contains("\"data\":[[1.5,"), "{decimals}");
}

#[test]
fn errors_have_their_name_words_and_trace() {
    let error = |row: &str| statement(row).output.unwrap().error.unwrap_or_else(|| panic!("{row}"));
    assert_eq!(error("py print then raise").name, "ZeroDivisionError");
    assert!(
        error("py error in a function of an earlier statement")
            .trace()
            .contains("  File \"<stdin>\", line 3, in f\n")
    );
    // It says `ok`, and has the interpreter's whole answer in place of a result.
    let hidden = statement("py table of a name that is not there").output.unwrap();
    assert_eq!((hidden.status.as_str(), hidden.parts.len()), ("ok", 0));
    assert_eq!(hidden.error.unwrap().message, "'nosuch'");
    // SQL has frames without the ends of lines.
    let frames = error("sql no such table");
    assert!(frames.traceback.len() > 1 && frames.trace().lines().count() == frames.traceback.len());
    assert_eq!(error("scala compile error").trace().lines().count(), 4);
    assert_eq!(error("r").name, "InterpreterError");
}

#[test]
fn what_cannot_be_sent_is_refused_in_livys_words() {
    let (_, answer) = &recorded()["py surrogate"];
    let error = answer.statement().unwrap_err();
    assert!(
        matches!(&error, CallError::Refused { status: 500, message, .. } if message.contains("Incomplete surrogate pair")),
        "{error:?}"
    );
    assert!(matches!(recorded()["post no code"].1.ran(), Err(CallError::Refused { status: 500, .. })));
    assert!(matches!(recorded()["post unknown field"].1.ran(), Err(CallError::Refused { status: 400, .. })));
    assert!(
        recorded()["post shared kind"].1.ran().is_ok_and(|it| it.state.phase() == StatementPhase::Queued)
    );
}

/// The same numbers each time (Marsaglia's xorshift).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 24) as usize % sides
    }

    /// A JSON text, mostly.
    fn json(&mut self, depth: usize, text: &mut String) {
        const BLANKS: [&str; 4] = ["", " ", "\n\t", ""];
        text.push_str(BLANKS[self.roll(4)]);
        match self.roll(if depth > 6 { 5 } else { 8 }) {
            0 => text.push_str(["null", "true", "false", "nul", "tru"][self.roll(5).min(3 + self.roll(2))]),
            1 => text.push_str(
                ["0", "-0", "1.50", "1e9", "-1E-7", "9007199254740993", "01", "1.", "-", ".5", "1e"]
                    [self.roll(11)],
            ),
            2..=4 => self.text(text),
            5 => {
                text.push('[');
                for at in 0..self.roll(4) {
                    text.push_str(if at > 0 { "," } else { "" });
                    self.json(depth + 1, text);
                }
                text.push(']');
            }
            _ => {
                text.push('{');
                for at in 0..self.roll(4) {
                    text.push_str(if at > 0 { "," } else { "" });
                    self.text(text);
                    text.push_str([":", " : ", ":"][self.roll(3)]);
                    self.json(depth + 1, text);
                }
                text.push('}');
            }
        }
        text.push_str(BLANKS[self.roll(4)]);
    }

    fn text(&mut self, text: &mut String) {
        const PIECES: [&str; 14] = [
            "a",
            "größe",
            "\\n",
            "\\\"",
            "\\\\",
            "\\u00e4",
            "\\ud83d\\ude00",
            "😀",
            " ",
            "{",
            "]",
            "long enough for eight at a time",
            ",",
            "\\/",
        ];
        text.push('"');
        for _ in 0..self.roll(5) {
            text.push_str(PIECES[self.roll(PIECES.len())]);
        }
        text.push('"');
    }
}

/// As `serde_json` reads it, but for the digits of numbers.
fn value(json: Json<'_>) -> Value {
    match json.kind() {
        JsonKind::Array => {
            let items: Items<'_> = json.items();
            Value::Array(items.map(value).collect())
        }
        JsonKind::Object => Value::Object(
            json.entries().map(|(key, it)| (key.text().unwrap().into_owned(), value(it))).collect(),
        ),
        JsonKind::Text => Value::String(json.text().unwrap().into_owned()),
        _ => serde_json::from_str(json.as_written()).unwrap(),
    }
}

#[test]
fn the_walker_reads_what_serde_reads_and_refuses_what_it_refuses() {
    let mut dice = Dice(88_172_645_463_325_252);
    let (mut good, mut bad) = (0, 0);
    for _ in 0..60_000 {
        let mut text = String::new();
        dice.json(0, &mut text);
        // Something is broken in one of three: cut, doubled or replaced.
        if dice.roll(3) == 0 && !text.is_empty() {
            let ends: Vec<usize> = text.char_indices().map(|it| it.0).collect();
            let at = ends[dice.roll(ends.len())];
            match dice.roll(3) {
                0 => text.truncate(at),
                1 => text.insert(at, ['"', ',', ':', '}', '[', '\u{1}', '\\', '0'][dice.roll(8)]),
                _ => drop(text.remove(at)),
            }
        }
        let expected = serde_json::from_str::<IgnoredAny>(&text).is_ok();
        let json = Json::parse(&text);
        assert_eq!(json.is_some(), expected, "{text:?}");
        match (json, serde_json::from_str::<Value>(&text)) {
            (Some(json), Ok(read)) => {
                good += 1;
                assert_eq!(value(json), read, "{text:?}");
                assert_eq!(json.get("a").map(value).as_ref(), read.get("a"), "{text:?}");
                let (mut items, mut counted) = (json.items(), Vec::new());
                while let Some((item, count)) = items.next_counted() {
                    let is_list = item.kind() == JsonKind::Array;
                    assert_eq!(count, if is_list { item.items().count() } else { 0 }, "{text:?}");
                    counted.push(item);
                }
                assert_eq!(counted, json.items().collect::<Vec<_>>(), "{text:?}");
                assert_eq!(
                    json.whole(),
                    read.as_u64()
                        .filter(|_| json.kind() == JsonKind::Number && !json.as_written().contains('.')),
                    "{text:?}"
                );
            }
            _ => bad += 1,
        }
    }
    assert!(good > 20_000 && bad > 5_000, "{good} {bad}");
}

/// For how long this thread has had a processor, in seconds; the clock's where the system does not tell.
fn busy(began: std::time::Instant) -> f64 {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanos = told.and_then(|it| it.split(' ').next()?.parse::<f64>().ok());
    nanos.map_or_else(|| began.elapsed().as_secs_f64(), |it| it / 1e9)
}

/// `cargo test -p livy --release --test statements -- --ignored --nocapture the_walker_is_fast`: at least 200 MB a second.
#[test]
#[ignore = "a measurement: it means something only in a release build"]
fn the_walker_is_fast() {
    let row = r#"[1,"some text of a cell",1.5,null,true,"größe",9007199254740993,"2024-01-02"],"#;
    let rows = row.repeat(10_000_000 / row.len());
    let text = format!(r#"{{"schema":{{}},"data":[{}]}}"#, rows.trim_end_matches(','));
    let clock = std::time::Instant::now();
    let speed = |name: &str, work: &dyn Fn() -> usize| {
        let before = busy(clock);
        let times = 10;
        let found: usize = (0..times).map(|_| work()).sum();
        let rate = (text.len() * times) as f64 / 1e6 / (busy(clock) - before);
        println!("{name}: {rate:.0} MB/s ({})", found / times);
        rate
    };
    let check = speed("checked", &|| usize::from(Json::parse(&text).is_some()));
    let cells = speed("checked, every cell walked", &|| {
        let data = Json::parse(&text).and_then(|it| it.get("data")).unwrap();
        data.items().map(|row| row.items().count()).sum()
    });
    assert!(check >= 200.0 && cells >= 100.0, "{check} {cells}");
}
