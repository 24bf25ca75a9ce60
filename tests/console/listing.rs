//! Journeys of the list: how often it is asked for, what holds its rows still, and what is heard of the network.

use std::time::Duration;

use console::{Effect, Event, Evidence, Freshness, ListRow, OwnedSession, Route};
use fake_livy::Request;
use livy::Call;

use crate::person::{Journey, id};

fn is_list(call: &Call) -> bool {
    matches!(call, Call::Sessions { .. })
}

/// Somebody else creates a session, past this page.
fn others_create(journey: &mut Journey, name: &str) {
    let header = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let request = Request {
        method: "POST".into(),
        path: "/sessions".into(),
        headers: vec![header("X-Requested-By", "others"), header("Content-Type", "application/json")],
        body: format!(r#"{{"kind":"spark","name":"{name}"}}"#).into_bytes(),
    };
    let answer = journey.cluster.answer(Duration::from_millis(journey.now), &request);
    assert_eq!(answer.status, 201, "{name}");
}

fn calls_between(journey: &Journey, from: u64, to: u64) -> usize {
    journey.calls_since(from, is_list) - journey.calls_since(to, is_list)
}

/// The rows from top to bottom by name, those that are gone with a mark, and how many new sessions wait.
fn rows(journey: &Journey) -> (Vec<String>, usize) {
    let all = journey.model.list().rows();
    let shown = |it: &ListRow| format!("{}{}", if it.is_gone { "†" } else { "" }, it.session.name().unwrap());
    (all.rows.iter().map(shown).collect(), all.waiting)
}

fn named(names: &[&str], waiting: usize) -> (Vec<String>, usize) {
    (names.iter().map(|it| (*it).to_owned()).collect(), waiting)
}

#[test]
fn a_quiet_list_is_asked_for_less_and_less() {
    let mut journey = Journey::at("#/");
    others_create(&mut journey, "etl");
    journey.pass(3_600);
    // It has been idle since its tenth second or so.
    assert!(calls_between(&journey, 0, 40) >= 6);
    assert!(calls_between(&journey, 60, 120) <= 6, "{}", calls_between(&journey, 60, 120));
    let all = calls_between(&journey, 0, 3_600);
    assert!(all <= 220, "{all} calls in an hour, of 44 kB for a hundred sessions");
}

#[test]
fn a_session_that_starts_for_long_costs_at_most_twelve_calls_a_minute() {
    let mut journey = Journey::at("#/");
    others_create(&mut journey, "never-idle");
    journey.pass(40);
    assert!(calls_between(&journey, 0, 10) >= 3);
    journey.pass(3_600);
    for minute in 0..59 {
        let from = 40 + minute * 60;
        assert!(calls_between(&journey, from, from + 60) <= 12, "from second {from}");
    }
    assert!(calls_between(&journey, 40, 100) >= 8, "it stays reasonably quick");
}

#[test]
fn news_and_a_persons_own_acts_quicken_the_list() {
    let mut journey = Journey::at("#/");
    journey.pass(3_600);
    let slow = calls_between(&journey, 3_540, 3_600);
    assert!(slow <= 3, "{slow}");
    others_create(&mut journey, "etl");
    journey.pass(60);
    assert!(calls_between(&journey, 3_630, 3_660) >= 4, "once it is seen, it is followed");
    journey.pass(3_600);
    for (what, event) in [
        ("a press", Event::RefreshAsked),
        ("coming back", Event::Shown),
        ("opening", Event::Opened(Route::Sessions)),
    ] {
        let now = journey.now / 1_000;
        journey.tell(event);
        journey.pass(30);
        assert!(calls_between(&journey, now, now + 30) >= 5, "{what}");
        journey.pass(3_600);
    }
    let now = journey.now / 1_000;
    journey.create("mine");
    journey.pass(20);
    assert!(calls_between(&journey, now, now + 3) >= 1, "one's own create is seen at once");
}

#[test]
fn offline_is_heard_and_does_not_wait_for_the_next_poll() {
    let mut journey = Journey::at("#/");
    journey.pass(3_600);
    let now = journey.now / 1_000;
    journey.cut = true;
    journey.tell(Event::Witnessed(Evidence { online: false, ..Evidence::default() }));
    journey.tell(Event::WentOffline);
    journey.pass(1);
    let fresh = journey.model.fresh(journey.moment());
    assert_eq!(fresh.freshness, Freshness::Stale, "asked at second {now}, not half a minute later");
    assert!(fresh.text.ends_with("this device is offline"), "{}", fresh.text);
    journey.pass(2);
    assert_eq!(journey.model.fresh(journey.moment()).trouble, Some("Offline"));
}

#[test]
fn a_server_on_this_machine_is_still_there_when_the_network_goes() {
    let mut journey = Journey::at("#/");
    journey.pass(5);
    journey.tell(Event::Witnessed(Evidence { online: false, ..Evidence::default() }));
    journey.tell(Event::WentOffline);
    journey.pass(2);
    assert_eq!(journey.fresh(), Freshness::Live);
}

#[test]
fn rows_stay_where_they_are_while_somebody_reads() {
    let mut journey = Journey::at("#/");
    journey.pass(1);
    for name in ["one", "two"] {
        others_create(&mut journey, name);
    }
    journey.tell(Event::RefreshAsked);
    journey.pass(2);
    assert_eq!(rows(&journey), named(&["two", "one"], 0));
    journey.tell(Event::ListHeld(true));
    for name in ["three", "four"] {
        others_create(&mut journey, name);
    }
    journey.pass(20);
    assert_eq!(rows(&journey), named(&["two", "one"], 2));
    journey.tell(Event::NewSessionsAsked);
    assert_eq!(rows(&journey), named(&["four", "three", "two", "one"], 0));
    others_create(&mut journey, "five");
    journey.pass(20);
    assert_eq!(rows(&journey).1, 1, "somebody still reads");
    journey.tell(Event::ListHeld(false));
    assert_eq!(rows(&journey), named(&["five", "four", "three", "two", "one"], 0));
    others_create(&mut journey, "six");
    journey.pass(20);
    assert_eq!(rows(&journey).0.first().map(String::as_str), Some("six"), "nobody reads: it appears");
}

#[test]
fn the_first_answer_after_the_page_was_opened_is_drawn_whole() {
    let mut journey = Journey::at("#/");
    others_create(&mut journey, "one");
    journey.pass(20);
    journey.tell(Event::Opened(Route::New));
    journey.pass(5);
    others_create(&mut journey, "two");
    journey.tell(Event::Opened(Route::Sessions));
    // The pointer is where the list is drawn.
    journey.tell(Event::ListHeld(true));
    journey.pass(2);
    assert_eq!(rows(&journey), named(&["two", "one"], 0));
}

#[test]
fn a_session_of_this_browser_appears_at_once_and_is_marked() {
    let mut journey = Journey::at("#/");
    others_create(&mut journey, "one");
    journey.tell(Event::RefreshAsked);
    journey.pass(3_600);
    journey.tell(Event::ListHeld(true));
    others_create(&mut journey, "theirs");
    journey.create("mine");
    journey.pass(3);
    assert_eq!(rows(&journey), named(&["mine", "one"], 1));
    assert!(journey.model.list().rows().rows[0].is_own && !journey.model.list().rows().rows[1].is_own);
    // One that another tab of this browser has created.
    let theirs = journey.model.list().page().unwrap().sessions[1].clone();
    let mut own: Vec<OwnedSession> = journey
        .effects
        .iter()
        .rev()
        .find_map(|it| if let Effect::Own(it) = it { Some(it.clone()) } else { None })
        .unwrap();
    own.extend(OwnedSession::of(&theirs, journey.moment()));
    journey.tell(Event::Owned(own));
    assert_eq!(rows(&journey), named(&["theirs", "mine", "one"], 0));
}

#[test]
fn what_was_said_of_a_create_goes_with_its_session() {
    let mut journey = Journey::at("#/");
    journey.create("mine");
    journey.pass(20);
    assert_eq!(journey.word(), "created");
    let route = Route::of(&id("0"));
    journey.tell(Event::Opened(route.clone()));
    journey.pass(5);
    assert_eq!(journey.word(), "created", "its own page says so too");
    journey.tell(Event::DeleteConfirmed(id("0")));
    journey.pass(5);
    assert_eq!(journey.word(), "", "after its delete that is not true any more");

    let mut journey = Journey::at("#/");
    journey.create("forgotten");
    journey.pass(5);
    assert_eq!(journey.word(), "created");
    journey.pass(120);
    assert_eq!((journey.word(), rows(&journey)), ("", named(&[], 0)));
}
