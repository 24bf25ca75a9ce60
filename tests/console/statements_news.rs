//! A server whose ids are no numbers: whether there is something new is learnt from the beginning of its list, however large what stands
//! in it is.

use std::cell::Cell;

use console::Event;
use livy::{Answer, Call, Cut};

use crate::person::Journey;
use crate::statements::{BROWSER, desk, is_of_statements, lend, statements};

thread_local! {
    /// How many statements the server has, and which of them have brought much.
    static HAS: Cell<(usize, &'static [usize])> = const { Cell::new((3, &[1])) };
}

/// In the order of Lighter (`exacaster/lighter`, `Statement.java`): the state stands behind the output.
fn written(number: usize, is_large: bool, call: &Call) -> String {
    // More than is read of it.
    let text = if is_large { "x".repeat(call.limit().unwrap() + 1) } else { number.to_string() };
    format!(
        r#"{{"id":"s-{number}","code":"{number}","output":{{"content":{{"text/plain":"{text}"}}}},"state":"available"}}"#
    )
}

/// A server that begins its list with the newest, and does not say how many there are.
fn lighter(call: &Call, answer: Answer) -> Answer {
    let (count, large) = HAS.get();
    let is_large = |it: usize| large.contains(&it);
    let body = match call {
        Call::Statements { from, size, .. } | Call::NewStatements { from, size, .. } => {
            let all = (0..count).rev().skip(*from as usize).take(*size as usize);
            let all: Vec<String> = all.map(|it| written(it, is_large(it), call)).collect();
            format!(r#"{{"from":{from},"statements":[{}]}}"#, all.join(","))
        }
        Call::Statement(_, id) => match id.as_str().strip_prefix("s-").and_then(|it| it.parse().ok()) {
            Some(it) => written(it, is_large(it), call),
            // An address that is none here.
            None => return Answer { status: 400, body: String::new(), ..answer },
        },
        _ => return answer,
    };
    let (body, cut) = Cut::text(body.into_bytes(), call.limit().unwrap_or(usize::MAX), None);
    Answer { status: 200, body, cut, ..answer }
}

/// A page that was opened on it.
fn opened(count: usize, large: &'static [usize]) -> Journey {
    HAS.set((count, large));
    let maker = desk("etl");
    let mut journey = Journey::before("#/sessions/0", maker.cluster.clone(), maker.now, None, None);
    journey.twist = Some(lighter);
    lend(&mut journey, BROWSER);
    journey.pass(30);
    journey
}

/// What is here, the oldest first: each with its state, or `large` where its output was not read.
fn here(journey: &Journey) -> Vec<String> {
    let all = statements(journey).entries().iter();
    let how = |it: &console::StatementEntry| match (&it.statement.unread, &it.statement.output) {
        (Some(_), None) => "large".to_owned(),
        (None, Some(_)) => it.statement.state.as_str().to_owned(),
        other => format!("{other:?}"),
    };
    all.map(|it| format!("{} {}", it.id().as_str(), how(it))).collect()
}

fn reads_of(journey: &Journey, id: &str) -> usize {
    journey.sent.iter().filter(|it| matches!(&it.1, Call::Statement(_, it) if it.as_str() == id)).count()
}

#[test]
fn a_look_that_brings_nothing_new_costs_little() {
    let mut journey = opened(3, &[1]);
    assert_eq!(here(&journey), ["s-0 available", "s-1 large", "s-2 available"]);
    assert_eq!(reads_of(&journey, "s-1"), 1);
    // Somebody else is at work, so that it looks by itself, and a person looks too.
    journey.elsewhere("POST", "/sessions/0/statements", r#"{"code":"sleep(300)"}"#);
    let (read, looks) = (journey.read, journey.calls_since(0, is_of_statements));
    for _ in 0..12 {
        journey.tell(Event::RefreshAsked);
        journey.pass(10);
    }
    let (read, looks) = (journey.read - read, journey.calls_since(0, is_of_statements) - looks);
    assert!(looks >= 20, "{looks}");
    // Beside the looks the session and its log are read.
    assert!(read < looks * 400_000, "{read} bytes in {looks} looks");
    assert_eq!(reads_of(&journey, "s-1"), 1);
    assert_eq!(here(&journey).len(), 3);
    assert!(statements(&journey).trouble().is_none());
}

#[test]
fn what_is_new_is_here_in_its_order_and_what_is_large_is_read_by_itself_once() {
    let mut journey = opened(3, &[1]);
    let read = journey.read;
    HAS.set((5, &[1]));
    journey.tell(Event::RefreshAsked);
    journey.pass(5);
    let all = ["s-0 available", "s-1 large", "s-2 available", "s-3 available", "s-4 available"];
    assert_eq!(here(&journey), all);
    assert!(journey.read - read < 1_000_000, "{}", journey.read - read);
    // Two large ones, with small ones between and behind.
    HAS.set((10, &[1, 6, 8]));
    journey.tell(Event::RefreshAsked);
    journey.pass(10);
    let new = ["s-5 available", "s-6 large", "s-7 available", "s-8 large", "s-9 available"];
    assert_eq!(here(&journey), [all, new].concat());
    let reads = ["s-1", "s-6", "s-8"].map(|it| reads_of(&journey, it));
    assert_eq!(reads, [1, 1, 1]);
    let read = journey.read;
    for _ in 0..5 {
        journey.tell(Event::RefreshAsked);
        journey.pass(10);
    }
    assert!(journey.read - read < 3_000_000, "{}", journey.read - read);
    assert_eq!(["s-1", "s-6", "s-8"].map(|it| reads_of(&journey, it)), reads);
}

#[test]
fn many_large_ones_at_once_are_all_found() {
    let journey = opened(12, &[2, 5, 7, 11]);
    let expected = (0..12).map(|it| {
        let is_large = [2, 5, 7, 11].contains(&it);
        format!("s-{it} {}", if is_large { "large" } else { "available" })
    });
    assert_eq!(here(&journey), expected.collect::<Vec<_>>());
}

/// Of a server that writes much before its list nothing can be known from so little.
fn wordy(call: &Call, answer: Answer) -> Answer {
    match call {
        Call::NewStatements { .. } | Call::Statements { .. } => {
            let all = (0..HAS.get().0).rev().map(|it| written(it, false, call)).collect::<Vec<_>>().join(",");
            let body = format!(r#"{{"about":"{}","statements":[{all}]}}"#, "x".repeat(400_000));
            let (body, cut) = Cut::text(body.into_bytes(), call.limit().unwrap_or(usize::MAX), None);
            Answer { status: 200, body, cut, ..answer }
        }
        _ => lighter(call, answer),
    }
}

#[test]
fn where_the_beginning_says_nothing_more_of_it_is_read() {
    let mut journey = opened(2, &[]);
    journey.twist = Some(wordy);
    HAS.set((3, &[]));
    journey.tell(Event::RefreshAsked);
    journey.pass(5);
    assert_eq!(here(&journey), ["s-0 available", "s-1 available", "s-2 available"]);
    assert!(statements(&journey).trouble().is_none());
}
