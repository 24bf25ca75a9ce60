//! Which session is deleted, which is gone, and which is left alone because nothing proves that it is the one that was meant.

use console::{EndBar, EndStage, Ends, Event, Halt, Outcome};
use fake_livy::{Dialect, Options};
use livy::{Answer, Call, CallError};

use super::{FleetEvent, is_delete, is_list, on_server, others_delete, page_totals, pick, tell, with};
use crate::person::{Journey, id};

type Twist = fn(&Call, Answer) -> Answer;

fn ends(journey: &Journey) -> &Ends {
    journey.model.ends().unwrap()
}

fn outcome(journey: &Journey, session: &str) -> Outcome {
    ends(journey).items.iter().find(|it| it.id == id(session)).unwrap().outcome.clone()
}

/// The question about some sessions, all ticked, in front of a server that answers in this way.
fn asked(options: Options, sessions: &[&str], twist: Option<Twist>) -> Journey {
    let mut journey = with("#/", Options { max_creation: 100_000, ..options });
    journey.twist = twist;
    journey.pass(3);
    journey.tell(Event::RefreshAsked);
    journey.pass(3);
    sessions.iter().for_each(|it| pick(&mut journey, it));
    tell(&mut journey, FleetEvent::EndAsked);
    journey
}

fn fleet() -> Options {
    Options { fleet: 100, ..Options::default() }
}

fn elsewhere(call: &Call, answer: Answer, session: &str) -> Answer {
    let is_it = matches!(call, Call::Session(address) | Call::Delete(address) if address.as_str() == session);
    let body = "<html><title>404 Not Found</title></html>".to_owned();
    if is_it {
        Answer { status: 404, body, content_type: Some("text/html".into()), ..answer }
    } else {
        answer
    }
}

/// Takes keys out of what is told of sessions that are asked for by themselves, or in the list too.
fn without(call: &Call, mut answer: Answer, keys: &[&str], in_list: bool) -> Answer {
    if !(matches!(call, Call::Session(_)) || in_list && matches!(call, Call::Sessions { .. })) {
        return answer;
    }
    let mut told: serde_json::Value = serde_json::from_str(&answer.body).unwrap_or_default();
    let strip = |it: &mut serde_json::Value| {
        if let Some(it) = it.as_object_mut() {
            keys.iter().for_each(|key| drop(it.remove(*key)));
        }
    };
    match told.get_mut("sessions").and_then(serde_json::Value::as_array_mut) {
        Some(all) => all.iter_mut().for_each(strip),
        None => strip(&mut told),
    }
    answer.body = told.to_string();
    answer
}

#[test]
fn a_404_of_somebody_else_is_believed_when_the_list_does_not_have_the_session() {
    let mut journey = asked(fleet(), &["97", "98"], Some(|call, answer| elsewhere(call, answer, "97")));
    tell(&mut journey, FleetEvent::EndConfirmed);
    journey.pass(20);
    assert!(matches!(outcome(&journey, "97"), Outcome::Failed(_)), "the list has it: {:?}", ends(&journey));
    assert_eq!((outcome(&journey, "98"), ends(&journey).stage.clone()), (Outcome::Deleted, EndStage::Done));
    assert!(on_server(&mut journey).contains(&97));
    others_delete(&mut journey, 97);
    tell(&mut journey, FleetEvent::FailedRetried);
    journey.pass(20);
    assert_eq!(outcome(&journey, "97"), Outcome::Gone);
}

/// As [`asked`], once all of the list was read.
fn asked_of_all(options: Options, sessions: &[&str], twist: Twist) -> Journey {
    let mut journey = asked(options, &[], Some(twist));
    tell(&mut journey, FleetEvent::ScanAsked);
    journey.pass(20);
    sessions.iter().for_each(|it| pick(&mut journey, it));
    tell(&mut journey, FleetEvent::EndAsked);
    assert_eq!(ends(&journey).total(), sessions.len(), "all are read");
    journey
}

#[test]
fn a_server_that_gives_few_at_once_is_asked_on_until_the_list_has_it_or_proves_that_it_does_not() {
    let twists: [Twist; 2] = [
        |call, answer| elsewhere(call, answer, "50"),
        |call, answer| page_totals(call, elsewhere(call, answer, "50")),
    ];
    for page_size in [7, 20, 25] {
        for twist in twists {
            let mut journey = asked_of_all(Options { page_size, ..fleet() }, &["50"], twist);
            tell(&mut journey, FleetEvent::EndConfirmed);
            journey.pass(60);
            assert!(
                matches!(outcome(&journey, "50"), Outcome::Failed(_)),
                "{page_size} {:?}",
                ends(&journey)
            );
            assert!(journey.model.row_index(&id("50")).is_some(), "{page_size}: its row stays");
            others_delete(&mut journey, 50);
            let calls = journey.calls_since(0, is_list);
            tell(&mut journey, FleetEvent::FailedRetried);
            journey.pass(60);
            assert_eq!(outcome(&journey, "50"), Outcome::Gone, "{page_size}");
            let calls = journey.calls_since(0, is_list) - calls;
            assert!(calls < 25, "{page_size}: {calls}, with those of the list itself");
        }
    }
}

#[test]
fn what_a_new_page_has_not_read_is_not_gone() {
    let twist: Twist = |call, answer| elsewhere(call, answer, "150");
    for dialect in [Dialect::Livy, Dialect::Lighter] {
        let (mine, twist): (&str, Twist) = match dialect {
            Dialect::Lighter => ("00000000-0000-4000-8000-000000000150", |call, answer| {
                elsewhere(call, answer, "00000000-0000-4000-8000-000000000150")
            }),
            _ => ("150", twist),
        };
        let mut journey = asked_of_all(Options { fleet: 350, dialect, ..Options::default() }, &[mine], twist);
        tell(&mut journey, FleetEvent::EndConfirmed);
        tell(&mut journey, FleetEvent::EndStopped);
        journey.pass(1);
        // The tab is loaded again: of the list it has the newest page.
        let left = journey.ends.clone().unwrap();
        let mut journey = Journey::before("#/", journey.cluster, journey.now + 1_000, None, None);
        journey.twist = Some(twist);
        journey.tell(Event::EndsCarried(left));
        journey.pass(5);
        tell(&mut journey, FleetEvent::EndResumed);
        journey.pass(60);
        assert!(matches!(outcome(&journey, mine), Outcome::Failed(_)), "{dialect:?} {:?}", ends(&journey));
        journey.elsewhere("DELETE", &format!("/sessions/{mine}"), "");
        tell(&mut journey, FleetEvent::FailedRetried);
        journey.pass(60);
        assert_eq!(outcome(&journey, mine), Outcome::Gone, "{dialect:?}");
    }
}

#[test]
fn an_entry_that_cannot_be_read_may_be_the_session() {
    let mut journey = asked(fleet(), &["97"], None);
    journey.twist = Some(|call, answer| {
        let mut answer = elsewhere(call, answer, "97");
        if is_list(call) {
            let mut page: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
            let sessions = page["sessions"].as_array_mut().unwrap();
            sessions.iter_mut().filter(|it| it["id"] == 97).for_each(|it| *it = serde_json::Value::Null);
            answer.body = page.to_string();
        }
        answer
    });
    tell(&mut journey, FleetEvent::EndConfirmed);
    journey.pass(60);
    assert!(
        matches!(outcome(&journey, "97"), Outcome::Failed(CallError::Undecided { is_listed: false, .. })),
        "{:?}",
        ends(&journey)
    );
}

#[test]
fn what_the_list_said_before_does_not_make_a_404_true() {
    let mut journey = asked(fleet(), &["97"], None);
    // From now on a gateway has lost its way, and the list has answered a moment ago.
    journey.instead = Some(Answer {
        status: 404,
        content_type: Some("text/html".into()),
        body: "<html><title>Not Found</title></html>".into(),
        ..Answer::default()
    });
    tell(&mut journey, FleetEvent::EndConfirmed);
    journey.pass(30);
    assert!(matches!(outcome(&journey, "97"), Outcome::Failed(_)), "{:?}", ends(&journey));
    assert_eq!((ends(&journey).stage.clone(), ends(&journey).gone()), (EndStage::Done, 0));
}

#[test]
fn a_session_without_a_name_and_an_application_is_ticked_by_a_person_or_left_out() {
    let strip: Twist = |call, answer| without(call, answer, &["name", "appId"], true);
    let mut journey = asked(fleet(), &["97", "98"], Some(strip));
    assert_eq!(
        (ends(&journey).total(), ends(&journey).items.iter().filter(|it| it.is_unsure()).count()),
        (0, 2)
    );
    tell(&mut journey, FleetEvent::EndTicked { id: id("97"), is_ticked: true });
    tell(&mut journey, FleetEvent::EndConfirmed);
    journey.pass(10);
    assert_eq!((outcome(&journey, "97"), outcome(&journey, "98")), (Outcome::Deleted, Outcome::Waiting));
    assert!(on_server(&mut journey).contains(&98));
}

#[test]
fn what_an_answer_leaves_out_is_neither_for_nor_against() {
    // The application proves it, the name alone as well; without both nothing does.
    let rows: [(Twist, Outcome); 4] = [
        (|call, answer| without(call, answer, &["name", "owner"], false), Outcome::Deleted),
        (|call, answer| without(call, answer, &["owner", "state"], false), Outcome::Deleted),
        (|call, answer| without(call, answer, &["name", "appId"], false), Outcome::Unsure),
        (|call, answer| without(call, answer, &["appId"], false), Outcome::Unsure),
    ];
    for (twist, expected) in rows {
        let mut journey = asked(fleet(), &["97"], None);
        journey.twist = Some(twist);
        tell(&mut journey, FleetEvent::EndConfirmed);
        journey.pass(10);
        assert_eq!(outcome(&journey, "97"), expected);
        assert_eq!(on_server(&mut journey).contains(&97), expected == Outcome::Unsure);
    }
}

#[test]
fn an_id_that_is_given_once_needs_no_proof() {
    let options = Options { dialect: Dialect::Lighter, ..fleet() };
    let strip: Twist = |call, answer| without(call, answer, &["submitParams", "appId"], false);
    let session = "00000000-0000-4000-8000-000000000097";
    let mut journey = asked(options, &[session], Some(strip));
    assert_eq!(ends(&journey).total(), 1);
    tell(&mut journey, FleetEvent::EndConfirmed);
    journey.pass(10);
    assert_eq!(outcome(&journey, session), Outcome::Deleted);
}

#[test]
fn the_results_say_what_was_deleted_and_what_was_gone() {
    let mut journey = asked(fleet(), &["95", "96", "97", "98"], None);
    others_delete(&mut journey, 96);
    others_delete(&mut journey, 97);
    let count = ends(&journey).total();
    tell(&mut journey, FleetEvent::EndConfirmed);
    journey.pass(10);
    let ends = ends(&journey);
    assert_eq!((ends.done(), ends.deleted(), ends.gone(), ends.failed()), (count, count - 2, 2, 0));
}

#[test]
fn an_unfinished_delete_is_not_replaced_unseen() {
    let mut journey = asked(
        fleet(),
        &["96", "97", "98"],
        Some(|call, answer| match call {
            Call::Delete(_) => Answer { status: 500, ..answer },
            _ => answer,
        }),
    );
    tell(&mut journey, FleetEvent::EndConfirmed);
    tell(&mut journey, FleetEvent::EndStopped);
    journey.pass(1);
    pick(&mut journey, "90");
    assert_eq!(journey.model.end_bar(), Some(EndBar::Unfinished));
    tell(&mut journey, FleetEvent::EndAsked);
    assert_eq!((ends(&journey).stage.clone(), ends(&journey).total()), (EndStage::Stopped(Halt::Person), 3));
    tell(&mut journey, FleetEvent::EndResumed);
    assert_eq!(journey.model.end_bar(), Some(EndBar::Running));
    journey.pass(60);
    assert_eq!((ends(&journey).stage.clone(), ends(&journey).failed()), (EndStage::Done, 3));
    tell(&mut journey, FleetEvent::EndAsked);
    assert_eq!(ends(&journey).total(), 3, "what failed is still to be seen");
    tell(&mut journey, FleetEvent::EndDismissed);
    assert_eq!(journey.model.end_bar(), None);
    tell(&mut journey, FleetEvent::EndAsked);
    assert_eq!((ends(&journey).stage.clone(), journey.model.end_bar()), (EndStage::Asking, None));
}

#[test]
fn a_press_that_does_nothing_has_a_reason() {
    let mut journey = asked(Options { fleet: 5_000, ..Options::default() }, &[], None);
    pick(&mut journey, "4999");
    tell(&mut journey, FleetEvent::PickedAll);
    assert_eq!(journey.model.end_bar(), Some(EndBar::Selecting));
    tell(&mut journey, FleetEvent::EndAsked);
    assert!(journey.model.ends().is_none() && journey.calls_since(0, is_delete) == 0);
    journey.pass(20);
    assert_eq!(journey.model.end_bar(), None);
}

#[test]
fn a_sign_in_page_stops_it_like_a_401() {
    let mut journey = asked(fleet(), &["96", "97", "98"], None);
    journey.instead = Some(Answer {
        status: 200,
        content_type: Some("text/html".into()),
        body: "<html><form><input type=password></form></html>".into(),
        ..Answer::default()
    });
    tell(&mut journey, FleetEvent::EndConfirmed);
    journey.pass(5);
    assert!(matches!(ends(&journey).stage, EndStage::Stopped(Halt::Refused(_))), "{:?}", ends(&journey));
    journey.instead = None;
    tell(&mut journey, FleetEvent::EndResumed);
    journey.pass(20);
    assert_eq!(
        (ends(&journey).stage.clone(), ends(&journey).deleted()),
        (EndStage::Done, ends(&journey).total())
    );
}
