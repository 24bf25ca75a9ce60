//! Journeys to sessions of which somebody says 404: gone is what the list proves, and what it does not prove is said in words.

use console::{Deletion, Ending, Event, Freshness};
use fake_livy::{Dialect, Options};
use livy::{Answer, Call, CallError};

use crate::dialects::{before, json, lines};
use crate::person::{Journey, id};

/// What a server says of everything that is not its list.
fn only_the_list(call: &Call, answer: Answer) -> Answer {
    match call {
        Call::Sessions { .. } => answer,
        _ => json(404, r#"{"message":"no Route matched with those values"}"#),
    }
}

#[test]
fn a_404_is_believed_where_the_list_proves_it_and_nowhere_else() {
    // Lighter's list of 121 has two pages; Livy's of 901 has ten, in order.
    for (dialect, fleet) in [(Dialect::Lighter, 120), (Dialect::Fabric, 120), (Dialect::Livy, 900)] {
        let options = Options { dialect, fleet, ..Options::default() };
        let mut journey = Journey::with("#/new", options, None);
        journey.create("etl");
        journey.pass(30);
        let id = journey.model.watch().unwrap().session().unwrap().id.clone();
        journey.twist = Some(only_the_list);
        journey.pass(60);
        assert_eq!(journey.model.watch().unwrap().ending(), None, "{dialect:?}: the list has it");
        journey.elsewhere("DELETE", &format!("/sessions/{id}"), "");
        journey.pass(60);
        let ending = journey.model.watch().unwrap().ending();
        assert!(matches!(ending, Some(Ending::Forgotten(_))), "{dialect:?} {ending:?}");
    }
}

#[test]
fn a_list_that_cannot_be_read_to_its_end_leaves_it_undecided_in_words_with_a_way_on() {
    let mut journey = before(Dialect::Lighter, "#/new");
    journey.create("etl");
    journey.pass(30);
    // Every page is full, and none is the last.
    journey.twist = Some(|call: &Call, _| match call {
        Call::Sessions { from, .. } => {
            let entry = |it: u64| format!(r#"{{"id":"s-{}","state":"idle"}}"#, from + it);
            let entries: Vec<String> = (0..100).map(entry).collect();
            json(200, &format!(r#"{{"from":{from},"total":100,"applications":[{}]}}"#, entries.join(",")))
        }
        _ => json(404, r#"{"message":"Not Found"}"#),
    });
    journey.pass(120);
    let watch = journey.model.watch().unwrap();
    assert_eq!((watch.ending(), journey.state()), (None, "idle"));
    assert!(
        matches!(watch.trouble(), Some(CallError::Undecided { is_listed: false, .. })),
        "{:?}",
        watch.trouble()
    );
    let asked = journey.sent.len();
    journey.pass(120);
    assert!(journey.sent.len() - asked < 10, "it is not searched again and again");
    // The person's way on.
    journey.twist = None;
    journey.tell(Event::RefreshAsked);
    journey.pass(5);
    assert_eq!((journey.state(), journey.fresh()), ("idle", Freshness::Live));
    assert!(journey.model.watch().unwrap().trouble().is_none());
}

#[test]
fn words_of_other_sessions_than_livys_end_nothing() {
    for body in
        [r#"{"msg":"Session not found"}"#, r#""Not Found""#, r#"{"msg":"Session 'login' not found."}"#]
    {
        let mut journey = before(Dialect::Livy, "#/new");
        journey.create("etl");
        journey.pass(30);
        journey.instead = Some(json(404, body));
        journey.pass(60);
        assert_eq!(journey.model.watch().unwrap().ending(), None, "{body}");
        journey.instead = None;
        journey.pass(60);
        assert_eq!((journey.state(), journey.fresh()), ("idle", Freshness::Live), "{body}");
    }
}

#[test]
fn a_delete_that_a_gateway_answers_with_404_says_what_became_of_it() {
    // One that lives, and one that has ended and is still listed.
    for (name, state) in [("etl", "idle"), ("dies-while-starting", "dead")] {
        for is_gone in [false, true] {
            let mut journey = before(Dialect::Livy, "#/new");
            journey.create(name);
            journey.pass(30);
            assert_eq!(journey.state(), state);
            if is_gone {
                journey.elsewhere("DELETE", "/sessions/0", "");
            }
            journey.instead = Some(json(404, r#"{"message":"no Route matched with those values"}"#));
            journey.tell(Event::DeleteConfirmed(id("0")));
            journey.instead = None;
            journey.pass(5);
            let watch = journey.model.watch().unwrap();
            if is_gone {
                assert!(matches!(watch.ending(), Some(Ending::Forgotten(_))), "{name} {:?}", watch.ending());
                continue;
            }
            let words = "no Route matched with those values".to_owned();
            let failed = Deletion::Failed(CallError::Undecided { is_listed: true, words });
            assert_eq!((watch.deletion(), journey.state()), (&failed, state), "{name}");
            assert!(matches!(watch.ending(), None | Some(Ending::Over)));
            // The person may try again.
            journey.tell(Event::DeleteConfirmed(id("0")));
            journey.pass(5);
            let ending = journey.model.watch().unwrap().ending();
            assert!(matches!(ending, Some(Ending::Deleted(_))), "{name} {ending:?}");
        }
    }
}

#[test]
fn a_server_without_a_log_is_asked_for_one_no_more_and_a_lost_log_is_asked_for_again() {
    let logs = |journey: &Journey| journey.sent.iter().filter(|(_, it)| matches!(it, Call::Log(_))).count();
    let mut synapse = before(Dialect::Synapse, "#/new");
    synapse.create("etl");
    synapse.pass(600);
    assert_eq!(logs(&synapse), 1);
    // Another server that has none, by its silence; a person may ask again.
    let mut other = before(Dialect::Livy, "#/new");
    other.log_instead = Some(json(404, r#"{"message":"Not Found"}"#));
    other.create("etl");
    other.pass(300);
    let asked = logs(&other);
    assert!(asked < 20, "{asked}");
    other.pass(600);
    assert_eq!(logs(&other), asked);
    other.log_instead = None;
    other.tell(Event::RefreshAsked);
    other.pass(5);
    assert!(lines(&other) > 0);
    let asked = logs(&other);
    other.pass(60);
    assert!(logs(&other) > asked + 3, "it is read again");
    // One answer of a gateway is not the end of an ended session's log.
    let mut livy = before(Dialect::Livy, "#/new");
    livy.create("dies-while-starting");
    livy.log_instead = Some(json(404, r#"{"message":"no Route matched with those values"}"#));
    while livy.model.watch().is_none_or(|it| it.session().is_none_or(|it| !it.state.is_over())) {
        livy.pass(1);
    }
    livy.pass(1);
    assert_eq!(livy.model.watch().unwrap().ending(), None);
    livy.log_instead = None;
    livy.pass(30);
    assert_eq!(livy.model.watch().unwrap().ending(), Some(Ending::Over));
    assert!(lines(&livy) > 0);
}

#[test]
fn a_sign_in_that_has_ended_is_told_and_no_404() {
    let mut journey = before(Dialect::Lighter, "#/new");
    journey.create("etl");
    journey.pass(30);
    journey.twist = Some(|call: &Call, _| match call {
        Call::Sessions { .. } => json(401, r#"{"message":"Your session has expired"}"#),
        _ => json(404, r#"{"message":"Not Found"}"#),
    });
    journey.pass(60);
    let watch = journey.model.watch().unwrap();
    assert_eq!(watch.ending(), None);
    assert_eq!(watch.trouble().and_then(CallError::status), Some(401));
}

#[test]
fn a_create_that_is_answered_with_an_address_alone_is_created() {
    let mut journey = before(Dialect::Livy, "#/new");
    let location = Some("/livy/sessions/0".to_owned());
    journey.create_instead = Some(Answer { location, ..json(202, "") });
    journey.create("etl");
    journey.pass(30);
    assert_eq!((journey.word(), journey.state(), journey.posts()), ("created", "idle", 1));
}
