//! Results of statements: how fast their JSON is walked, and what a table, a text and a pretty value cost before they are drawn. Compared
//! in the same run with `serde_json`, because milliseconds alone say more about the machine.

#![allow(clippy::unwrap_used, reason = "a bench ends where it finds something else")]

use std::hint::black_box;
use std::time::Instant;

use console::{Lines, Table, Tree};
use livy::{Answer, Json, Piece};

const ROUNDS: usize = 15;

/// The median of some rounds, in seconds.
fn median(mut work: impl FnMut()) -> f64 {
    let mut times: Vec<f64> = (0..ROUNDS)
        .map(|_| {
            let begun = Instant::now();
            work();
            begun.elapsed().as_secs_f64()
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times[ROUNDS / 2]
}

fn line(what: &str, bytes: usize, seconds: f64, rest: &str) {
    let speed = bytes as f64 / seconds / 1e6;
    println!("  {what:<44}{:>9.2} ms {speed:>8.0} MB/s {rest}", seconds * 1e3);
}

/// A table of rows and columns as SQL answers it.
fn table(rows: usize, columns: usize) -> String {
    let heads: Vec<String> = (0..columns)
        .map(|at| {
            format!("{{\"name\":\"c{at}\",\"type\":\"{}\"}}", if at % 2 == 0 { "long" } else { "string" })
        })
        .collect();
    let cell = |row: usize, at: usize| match at % 2 {
        0 => (row * columns + at).to_string(),
        _ => format!("\"row {row}, column {at}\""),
    };
    let rows: Vec<String> = (0..rows)
        .map(|row| format!("[{}]", (0..columns).map(|at| cell(row, at)).collect::<Vec<_>>().join(",")))
        .collect();
    format!("{{\"schema\":{{\"fields\":[{}]}},\"data\":[{}]}}", heads.join(","), rows.join(","))
}

fn main() {
    let small = table(1_000, 40);
    let large = table(20_000, 40);
    println!("results, native: tables of {} kB and {} MB", small.len() / 1_000, large.len() / 1_000_000);
    let walked = median(|| {
        black_box(Json::parse(&large));
    });
    let read = median(|| {
        black_box(serde_json::from_str::<serde_json::Value>(&large).unwrap());
    });
    line("walk and check JSON", large.len(), walked, "(the goal is 200)");
    line("serde_json into values", large.len(), read, &format!("({:.0} times as long)", read / walked));
    let rest = "{\"id\":7,\"code\":\"x\",\"state\":\"available\",\"output\":{\"status\":\"ok\",\"data\":{\"application/json\":";
    let body = format!("{rest}{large}}}}}}}");
    let answer = Answer { status: 200, body, ..Answer::default() };
    let seconds = median(|| {
        black_box(answer.statement().unwrap());
    });
    line("an answer into a statement", answer.body.len(), seconds, "");
    for (name, text) in [("1,000 x 40", &small), ("20,000 x 40", &large)] {
        let piece = Piece::parse(text).unwrap();
        let seconds = median(|| {
            black_box(Table::of(piece.clone()).unwrap());
        });
        line(&format!("a table of {name}"), text.len(), seconds, "");
        let table = Table::of(piece).unwrap();
        let seconds = median(|| {
            black_box(table.sorted(39, true));
        });
        line(&format!("order {name} by a column"), text.len(), seconds, "");
    }
    let piece = Piece::parse(&large).unwrap();
    let seconds = median(|| {
        let mut tree = Tree::unread(piece.clone());
        tree.read_on(usize::MAX);
        black_box(tree.len());
    });
    line("the lines of pretty JSON", large.len(), seconds, "");
    let text = (0..200_000)
        .map(|it| format!("line {it}: some fifty characters of a text as it is\n"))
        .collect::<String>();
    let text = serde_json::Value::from(text).to_string();
    let piece = Piece::parse(&text).unwrap();
    let first = median(|| {
        black_box(Lines::of(piece.clone()).row(0));
    });
    line("the ends of a text", text.len(), first, "");
    let seconds = median(|| {
        let mut lines = Lines::unread(piece.clone());
        while !lines.read_on(512 << 10) {}
        black_box(lines.len());
    });
    line("all lines of a text", text.len(), seconds, &format!("({:.0} times as long)", seconds / first));
}
