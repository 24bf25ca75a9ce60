//! Coming back on the virtual clock: after a sleep, with a dead connection, to a server that asked for patience, and to a log
//! that could not be read.

use std::time::Duration;

use crate::person::{Journey, id, is_session};
use console::{Ending, Event, Freshness, Route};
use livy::{Answer, Call};

fn refusal(status: u16, retry_after: Option<u32>) -> Answer {
    let body = "{\"msg\":\"no\"}".to_owned();
    Answer { status, content_type: Some("application/json".into()), retry_after, body, ..Answer::default() }
}

fn words(journey: &Journey) -> Vec<&str> {
    let spells = journey.model.watch().unwrap().timeline();
    spells.iter().map(|it| it.state.as_ref().map_or("unseen", |it| it.as_str())).collect()
}

fn is_log(call: &Call) -> bool {
    matches!(call, Call::Log(_))
}

#[test]
fn a_sleep_is_marked_and_waking_asks_at_once_without_a_false_alarm() {
    let mut journey = Journey::at("#/new");
    journey.create("etl");
    journey.pass(30);
    // The machine sleeps for two minutes, with a call under way.
    let wake = journey.model.next_wakeup(journey.moment());
    journey.hangs = true;
    journey.pass(11);
    journey.hangs = false;
    journey.now += 120_000;
    let calls = journey.calls_since(0, is_session);
    journey.tell(Event::Woke);
    assert!(wake < journey.moment() && journey.calls_since(0, is_session) == calls + 1, "at once");
    assert_eq!(journey.fresh(), Freshness::Live, "nothing has failed");
    journey.pass(2);
    assert_eq!(words(&journey), ["starting", "idle", "unseen", "idle"]);
    let spells = journey.model.watch().unwrap().timeline();
    let slept = spells[3].from.since(spells[2].from);
    assert!(slept >= Duration::from_secs(120) && slept < Duration::from_secs(145), "{slept:?}");
    // A hidden tab is asked once a minute: that is no sleep.
    journey.tell(Event::Hidden);
    journey.pass(600);
    assert_eq!(words(&journey).len(), 4);
}

#[test]
fn a_read_that_hangs_is_sent_anew_when_somebody_comes_back() {
    for event in [Event::Shown, Event::CameOnline, Event::RefreshAsked] {
        let mut journey = Journey::at("#/new");
        journey.create("etl");
        journey.pass(30);
        journey.hangs = true;
        journey.pass(14);
        journey.hangs = false;
        let calls = journey.calls_since(0, is_session);
        journey.tell(event);
        assert_eq!(journey.calls_since(0, is_session), calls + 1);
        journey.pass(1);
        let age = journey.moment().since(journey.model.watch().unwrap().answered().unwrap());
        assert!(age < Duration::from_secs(2), "{age:?}");
    }
}

#[test]
fn what_waits_for_the_call_of_its_kind_wakes_nobody_meanwhile() {
    let is_list = |it: &Call| matches!(it, Call::Sessions { .. });
    hold(Route::of(&id("0")), is_log, "log");
    hold(Route::of(&id("0")), is_session, "session");
    hold(Route::Sessions, is_list, "list");

    fn hold(route: Route, held: fn(&Call) -> bool, name: &str) {
        let mut journey = Journey::at("#/new");
        journey.create("etl");
        journey.pass(30);
        journey.tell(Event::Opened(route));
        journey.pass(3);
        journey.holds = Some(held);
        let calls = journey.calls_since(0, held);
        // A person is impatient: not so long that what hangs is given up.
        journey.tell(Event::RefreshAsked);
        journey.pass(1);
        journey.tell(Event::RefreshAsked);
        assert_eq!(journey.calls_since(0, held), calls + 1, "{name}");
        let woken = journey.woken;
        journey.pass(8);
        // The ages on the page are told once a second.
        assert!(journey.woken - woken <= 16, "{name} {}", journey.woken - woken);
        assert!(journey.model.next_wakeup(journey.moment()) > journey.moment(), "{name}");
        journey.holds = None;
        journey.pass(30);
        assert!(journey.calls_since(0, held) > calls + 1, "it is asked for again once that one is given up");
        assert_eq!(journey.fresh(), Freshness::Live, "{name}");
    }
}

#[test]
fn a_server_that_asks_for_patience_has_it_whatever_the_browser_tells() {
    let mut journey = Journey::at("#/new");
    journey.create("etl");
    journey.pass(30);
    let page = "<html><title>Busy</title></html>".to_owned();
    let gateway = Answer { content_type: Some("text/html".into()), body: page, ..refusal(503, Some(60)) };
    journey.instead = Some(gateway);
    journey.pass(15);
    let (begun, calls) = (journey.now / 1_000, journey.calls_since(0, is_session));
    for event in [Event::Hidden, Event::Shown, Event::CameOnline] {
        journey.tell(event);
        journey.pass(10);
    }
    assert_eq!(journey.calls_since(0, is_session), calls);
    journey.tell(Event::RefreshAsked);
    assert_eq!(journey.calls_since(begun, is_session), 1, "a person may");
}

#[test]
fn a_sign_in_is_waited_for_until_a_person_tries_again() {
    let mut journey = Journey::at("#/new");
    journey.create("etl");
    journey.pass(30);
    journey.instead = Some(refusal(401, None));
    journey.pass(15);
    let calls = journey.sent.len();
    for event in [Event::Hidden, Event::Shown, Event::CameOnline, Event::Woke] {
        journey.tell(event);
        journey.pass(30);
    }
    assert_eq!(journey.sent.len(), calls);
    journey.instead = None;
    journey.tell(Event::RefreshAsked);
    journey.pass(2);
    assert_eq!(journey.fresh(), Freshness::Live);
}

#[test]
fn a_log_that_may_not_be_read_is_not_asked_for_again() {
    let mut journey = Journey::at("#/new");
    journey.log_instead = Some(refusal(403, None));
    journey.create("killed-1");
    journey.pass(10);
    assert_eq!(journey.calls_since(0, is_log), 1);
    journey.tell(Event::RefreshAsked);
    journey.pass(1);
    assert_eq!(journey.calls_since(0, is_log), 2, "only when a person asks");
    // Its end is read once more, and nothing more will come.
    journey.pass(30);
    assert_eq!((journey.state(), journey.calls_since(0, is_log)), ("killed", 3));
    assert_eq!(
        (journey.model.watch().unwrap().ending(), journey.fresh()),
        (Some(Ending::Over), Freshness::Over)
    );
}

#[test]
fn the_last_log_is_read_however_long_the_server_fails() {
    let mut journey = Journey::at("#/new");
    journey.create("killed-2");
    journey.pass(5);
    journey.log_instead = Some(refusal(500, None));
    journey.pass(120);
    assert_eq!((journey.state(), journey.fresh()), ("killed", Freshness::Stale));
    let calls = journey.calls_since(30, is_log);
    assert!((3..=9).contains(&calls), "ever later: {calls}");
    assert!(journey.model.watch().unwrap().ending().is_none());
    journey.log_instead = None;
    journey.tell(Event::RefreshAsked);
    journey.pass(10);
    assert_eq!(
        (journey.model.watch().unwrap().ending(), journey.fresh()),
        (Some(Ending::Over), Freshness::Over)
    );
}

#[test]
fn a_session_that_came_late_does_not_take_the_page_of_another() {
    let mut journey = Journey::at("#/new");
    journey.create("etl");
    journey.pass(30);
    journey.tell(Event::Opened(Route::New));
    journey.create("slow-1");
    journey.tell(Event::Opened(Route::Session(livy::Address::parse("0").unwrap())));
    journey.pass(20);
    let watch = journey.model.watch().unwrap();
    assert_eq!(watch.session().unwrap().id.as_str(), "0");
    assert_eq!(
        (journey.word(), journey.model.route()),
        ("created", &Route::Session(livy::Address::parse("0").unwrap()))
    );
}
