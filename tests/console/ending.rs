//! How a session ends, on the virtual clock: the warning before an end by itself, ends that are their own reason, and deletes.

use std::time::Duration;

use crate::person::{Journey, id};
use console::{Bound, Cause, Deletion, Ending, Event, Expiry, Watch};
use fake_livy::Request;
use livy::{Call, Method};

fn watch(journey: &Journey) -> &Watch {
    journey.model.watch().unwrap()
}

fn causes(journey: &Journey) -> Vec<Cause> {
    watch(journey).causes().iter().map(|it| it.cause).collect()
}

fn ends_soon(journey: &Journey) -> Option<Expiry> {
    watch(journey).ends_soon(journey.moment())
}

/// Lets time pass until so many seconds after the beginning.
fn until(journey: &mut Journey, secs: u64) {
    journey.pass(secs - journey.now / 1_000);
}

/// A statement, run by a notebook, long enough to be seen by a poll.
fn run_statement(journey: &mut Journey) {
    let request = Request {
        method: "POST".to_owned(),
        path: "/sessions/0/statements".to_owned(),
        headers: ["X-Requested-By", "Content-Type"]
            .map(|it| (it.to_owned(), "application/json".to_owned()))
            .into(),
        body: br#"{"code":"sleep(15)"}"#.to_vec(),
    };
    let answer = journey.cluster.answer(Duration::from_millis(journey.now), &request);
    assert_eq!(answer.status, 201, "{}", String::from_utf8_lossy(&answer.body));
}

#[test]
fn ones_own_idle_session_is_warned_of_its_end_until_a_statement_puts_it_off() {
    let mut journey = Journey::at("#/new");
    journey.create("etl");
    journey.pass(30);
    let idle = watch(&journey).state_since().as_millis() / 1_000;
    assert_eq!(
        watch(&journey).expiries(journey.moment())[0].bound,
        Bound::About,
        "it was seen to become idle"
    );
    until(&mut journey, idle + 2_999);
    assert_eq!(ends_soon(&journey), None);
    until(&mut journey, idle + 3_001);
    let soon = ends_soon(&journey).unwrap();
    assert_eq!(soon.at, Some(watch(&journey).state_since().after(Duration::from_secs(3_600))));
    run_statement(&mut journey);
    journey.pass(30);
    assert_eq!(ends_soon(&journey), None);
    until(&mut journey, idle + 3_700);
    assert_eq!((journey.state(), watch(&journey).ending()), ("idle", None));
    // It is warned once more, and then it ends.
    until(&mut journey, idle + 6_600);
    assert!(ends_soon(&journey).is_some());
    journey.pass(600);
    assert!(matches!(watch(&journey).ending(), Some(Ending::Forgotten(_))));
    assert_eq!((causes(&journey), ends_soon(&journey)), (vec![Cause::IdleTimeout], None));
}

#[test]
fn somebody_elses_idle_session_has_a_latest_end_and_no_warning() {
    let mut owner = Journey::at("#/new");
    owner.create("theirs");
    owner.pass(1_000);
    let mut journey = Journey::at("#/sessions/0");
    (journey.cluster, journey.now) = (owner.cluster, owner.now);
    journey.coming.clear();
    journey.tell(Event::RefreshAsked);
    journey.pass(5);
    let rule = &watch(&journey).expiries(journey.moment())[0];
    assert_eq!((rule.bound, rule.is_default), (Bound::AtTheLatest, true));
    // It ends earlier: it was idle for a quarter of an hour before this page looked.
    until(&mut journey, 3_500);
    assert_eq!(ends_soon(&journey), None);
    journey.pass(200);
    assert!(matches!(watch(&journey).ending(), Some(Ending::Forgotten(_))));
}

#[test]
fn an_end_that_is_its_own_reason_is_the_reason() {
    let mut journey = Journey::at("#/new");
    journey.create("killed");
    journey.pass(60);
    assert_eq!((journey.state(), watch(&journey).ending()), ("killed", Some(Ending::Over)));
    assert_eq!(causes(&journey), [Cause::ApplicationKilled]);
    assert!(watch(&journey).is_explained());

    let mut journey = Journey::at("#/new");
    journey.create("forgotten");
    journey.pass(40);
    assert_eq!(causes(&journey), [Cause::Forgotten], "too soon for any rule of the server");
    assert!(watch(&journey).is_explained());

    let mut journey = Journey::at("#/new");
    journey.create("etl");
    journey.pass(30);
    journey.tell(Event::DeleteConfirmed(id("0")));
    journey.pass(1);
    assert_eq!(causes(&journey), [Cause::Deleted]);
    assert!(watch(&journey).is_explained());
}

fn deletes(journey: &Journey) -> usize {
    journey.sent.iter().filter(|(_, it)| matches!(it, Call::Delete(_))).count()
}

#[test]
fn a_delete_on_its_way_tells_its_seconds_and_is_sent_once() {
    let mut journey = Journey::at("#/new");
    journey.create("etl");
    journey.pass(30);
    journey.hangs = true;
    for _ in 0..3 {
        journey.tell(Event::DeleteConfirmed(id("0")));
        journey.pass(2);
    }
    assert_eq!(deletes(&journey), 1);
    assert_eq!(watch(&journey).deleting_for(journey.moment()), Some(Duration::from_secs(6)));
    // Given up, and tried again: of the first one nothing is left.
    journey.pass(300);
    assert!(matches!(watch(&journey).deletion(), Deletion::Failed(_)));
    journey.hangs = false;
    journey.tell(Event::DeleteConfirmed(id("0")));
    assert!(matches!(watch(&journey).deletion(), Deletion::Sent(_)));
    journey.pass(2);
    assert_eq!((deletes(&journey), watch(&journey).deletion()), (2, &Deletion::None));
    assert!(matches!(watch(&journey).ending(), Some(Ending::Deleted(_))));
}

#[test]
fn a_failed_delete_is_forgotten_when_its_page_is_left_or_the_session_outlives_it() {
    let failed = || {
        let mut journey = Journey::at("#/new");
        journey.create("etl");
        journey.pass(30);
        journey.cut = true;
        journey.tell(Event::DeleteConfirmed(id("0")));
        journey.pass(2);
        journey.cut = false;
        assert!(matches!(watch(&journey).deletion(), Deletion::Failed(_)));
        journey
    };
    let mut journey = failed();
    let page = journey.model.route().clone();
    journey.tell(Event::Opened(console::Route::Sessions));
    journey.pass(5);
    journey.tell(Event::Opened(page));
    journey.pass(5);
    assert_eq!((watch(&journey).deletion(), journey.state()), (&Deletion::None, "idle"));
    // The answer was lost. Seen idle two minutes later, it was not carried out.
    let mut journey = failed();
    journey.pass(100);
    assert!(matches!(watch(&journey).deletion(), Deletion::Failed(_)));
    journey.pass(60);
    assert_eq!((watch(&journey).deletion(), journey.state()), (&Deletion::None, "idle"));
}

#[test]
fn a_session_that_has_ended_can_be_deleted_too() {
    let mut journey = Journey::at("#/new");
    journey.create("dies-while-starting");
    journey.pass(30);
    assert_eq!((journey.state(), watch(&journey).ending()), ("dead", Some(Ending::Over)));
    journey.tell(Event::DeleteConfirmed(id("0")));
    journey.pass(2);
    assert!(matches!(watch(&journey).ending(), Some(Ending::Deleted(_))));
    assert_eq!(causes(&journey), [Cause::ClassMissing, Cause::Deleted]);
    assert!(watch(&journey).is_explained());
}

#[test]
fn one_delete_does_not_keep_another_waiting() {
    let mut journey = Journey::at("#/new");
    journey.create("first");
    journey.pass(30);
    journey.tell(Event::Opened(console::Route::New));
    journey.create("second");
    journey.pass(30);
    journey.hangs = true;
    journey.tell(Event::DeleteConfirmed(id("1")));
    journey.hangs = false;
    journey.tell(Event::Opened(console::Route::Session(livy::Address::parse("0").unwrap())));
    journey.pass(5);
    journey.tell(Event::DeleteConfirmed(id("0")));
    journey.pass(5);
    let sent = journey.sent.iter().filter(|(_, it)| it.method() == Method::Delete).count();
    assert_eq!(sent, 2);
    assert!(matches!(watch(&journey).ending(), Some(Ending::Deleted(_))));
}
