//! A fleet of many sessions: it stays as it is, and its list has the limits that servers have.

use std::time::{Duration, Instant};

use fake_livy::{Cluster, Options, Request};
use serde_json::Value;

fn ask(cluster: &mut Cluster, method: &str, path: &str) -> (u16, Value) {
    let request = Request {
        method: method.to_owned(),
        path: path.to_owned(),
        headers: vec![("X-Requested-By".to_owned(), "test".to_owned())],
        body: Vec::new(),
    };
    // Later than any server would keep an idle session.
    let answer = cluster.answer(Duration::from_secs(7_200), &request);
    (answer.status, serde_json::from_slice(&answer.body).unwrap_or_default())
}

#[test]
fn forty_thousand_are_listed_page_by_page_and_stay() {
    let begun = Instant::now();
    let mut cluster = Cluster::new(Options { fleet: 40_000, ..Options::default() });
    let (_, page) = ask(&mut cluster, "GET", "/sessions?from=39900&size=100");
    let sessions = page["sessions"].as_array().unwrap();
    assert_eq!((page["total"].as_u64(), sessions.len()), (Some(40_000), 100));
    assert!(
        sessions
            .iter()
            .all(|it| it["owner"].is_string() && it["appId"].is_string() && it["queue"].is_string())
    );
    assert_eq!(sessions[0]["id"], 39_900);
    assert_eq!(ask(&mut cluster, "DELETE", "/sessions/39950").0, 200);
    assert_eq!(ask(&mut cluster, "GET", "/sessions/39950").0, 404);
    assert_eq!(ask(&mut cluster, "GET", "/sessions").1["total"], 39_999);
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
}

#[test]
fn pages_can_be_small_and_calls_refused() {
    let mut cluster =
        Cluster::new(Options { fleet: 50, page_size: 20, refuse_every: 3, ..Options::default() });
    let (_, page) = ask(&mut cluster, "GET", "/sessions?from=0&size=100");
    assert_eq!(page["sessions"].as_array().unwrap().len(), 20);
    assert_eq!(ask(&mut cluster, "GET", "/sessions/7").0, 200);
    assert_eq!(ask(&mut cluster, "GET", "/sessions/7").0, 429);
}
