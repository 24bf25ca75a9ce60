//! Journeys of an operator with thousands of sessions: rows that are fetched when they are looked at, a query over all of them, and
//! many deletes with one confirmation.

mod deletes;
mod hands;
mod rows;
mod sameness;
mod scan;

use console::{Event, FleetEvent, ListQuery, ListedRow};
use fake_livy::{Cluster, Options};
use livy::{Answer, Call};

use crate::person::{Journey, id};

/// A page of the list before a server with so many sessions.
pub fn fleet(hash: &str, sessions: usize) -> Journey {
    with(hash, Options { fleet: sessions, max_creation: 100_000, ..Options::default() })
}

pub fn with(hash: &str, options: Options) -> Journey {
    let mut journey = Journey::before(hash, Cluster::new(options), 0, None, None);
    query(&mut journey, hash);
    journey
}

/// What the shell tells of the query in an address.
pub fn query(journey: &mut Journey, hash: &str) {
    let place = console::Place::parse(hash);
    journey.tell(Event::Queried(ListQuery::read(&place.query).0));
}

pub fn tell(journey: &mut Journey, event: FleetEvent) {
    journey.tell(Event::Fleet(event));
}

pub fn pick(journey: &mut Journey, session: &str) {
    tell(journey, FleetEvent::Picked { id: id(session), is_picked: true });
}

pub fn show(journey: &mut Journey, first: usize, count: usize) {
    journey.tell(Event::RowsShown { first, count });
}

/// Time passes in small steps; `look` sees the page, and what is on its way to it, before and after each answer.
pub fn step(journey: &mut Journey, steps: usize, mut look: impl FnMut(&mut Journey)) {
    for _ in 0..steps {
        journey.now += 20;
        journey.tell(Event::Woke);
        look(journey);
        while let Some(at) = journey.coming.iter().position(|it| it.0 <= journey.now) {
            let (_, ticket, result) = journey.coming.remove(at);
            journey.tell(Event::Answered { ticket, result });
            look(journey);
        }
    }
}

/// The ids of rows; `None` for those that are not read.
pub fn ids(rows: &[ListedRow]) -> Vec<Option<u64>> {
    rows.iter().map(|it| it.row.as_ref().and_then(|it| it.id.as_str().parse().ok())).collect()
}

pub fn is_list(call: &Call) -> bool {
    matches!(call, Call::Sessions { .. })
}

/// Of each page the server says only how many sessions it has.
pub fn page_totals(call: &Call, mut answer: Answer) -> Answer {
    if is_list(call) && answer.status == 200 {
        let mut page: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
        page["total"] = page["sessions"].as_array().unwrap().len().into();
        answer.body = page.to_string();
    }
    answer
}

pub fn is_delete(call: &Call) -> bool {
    matches!(call, Call::Delete(_))
}

/// Past this page: somebody deletes a session.
pub fn others_delete(journey: &mut Journey, session: u64) {
    let request = fake_livy::Request {
        method: "DELETE".into(),
        path: format!("/sessions/{session}"),
        headers: vec![("X-Requested-By".to_owned(), "others".to_owned())],
        body: Vec::new(),
    };
    let answer = journey.cluster.answer(std::time::Duration::from_millis(journey.now), &request);
    assert_eq!(answer.status, 200, "{session}");
}

/// Another server begins its ids anew, behind the same address.
pub fn restart(journey: &mut Journey, options: Options) {
    journey.cluster = Cluster::new(options);
}

/// The cluster's ids, asked past this page.
pub fn on_server(journey: &mut Journey) -> Vec<u64> {
    let mut all = Vec::new();
    loop {
        let request = fake_livy::Request {
            method: "GET".into(),
            path: format!("/sessions?from={}&size=1000", all.len()),
            ..Default::default()
        };
        let answer = journey.cluster.answer(std::time::Duration::from_millis(journey.now), &request);
        let page: serde_json::Value = serde_json::from_slice(&answer.body).unwrap();
        let page = page["sessions"].as_array().unwrap();
        if page.is_empty() {
            return all;
        }
        all.extend(page.iter().map(|it| it["id"].as_u64().unwrap()));
    }
}
