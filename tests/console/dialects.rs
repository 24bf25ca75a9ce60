//! Journeys with other servers that speak Livy's protocol, or almost, and with the reports of people who use them.

use console::{Ending, Event, Freshness, Stage, Stuck};
use fake_livy::{Dialect, Options};
use livy::{Answer, Call, Section};

use crate::person::{Journey, id};

pub fn before(dialect: Dialect, hash: &str) -> Journey {
    Journey::with(hash, Options { dialect, ..Options::default() }, None)
}

/// An answer in JSON.
pub fn json(status: u16, body: &str) -> Answer {
    let content_type = Some("application/json".to_owned());
    Answer { status, content_type, body: body.to_owned(), ..Answer::default() }
}

/// A create whose answer a gateway has lost (docker-livy #2, hue #2398).
pub fn lost(journey: &mut Journey, name: &str) {
    journey.create_instead = Some(json(504, r#"{"msg":"Gateway timeout"}"#));
    journey.create(name);
}

pub fn lines(journey: &Journey) -> u64 {
    let log = journey.model.watch().unwrap().log();
    Section::ALL.iter().filter_map(|it| log.section(*it)).map(console::SectionLog::count).sum()
}

/// Sessions of other people.
pub fn others(journey: &mut Journey, count: usize) {
    for number in 0..count {
        let made =
            journey.elsewhere("POST", "/sessions", &format!(r#"{{"kind":"spark","name":"other-{number}"}}"#));
        assert!((200..300).contains(&made.status));
    }
}

#[test]
fn every_server_creates_shows_and_deletes_a_session() {
    for dialect in [Dialect::Livy, Dialect::Old, Dialect::Lighter, Dialect::Synapse, Dialect::Fabric] {
        let mut journey = before(dialect, "#/new");
        journey.create("etl");
        journey.pass(30);
        assert_eq!((journey.state(), journey.word()), ("idle", "created"), "{dialect:?}");
        assert_eq!(journey.fresh(), Freshness::Live, "{dialect:?}");
        assert!(journey.model.watch().unwrap().log_error().is_none(), "{dialect:?}");
        // Fabric tells no log at all.
        assert_eq!(lines(&journey) > 0, dialect != Dialect::Fabric, "{dialect:?}");
        let id = journey.model.watch().unwrap().session().unwrap().id.clone();
        journey.tell(Event::DeleteConfirmed(id));
        journey.pass(30);
        let ending = journey.model.watch().unwrap().ending();
        assert!(matches!(ending, Some(Ending::Deleted(_))), "{dialect:?} {ending:?}");
        assert_eq!(journey.posts(), 1);
    }
}

#[test]
fn a_session_that_another_has_deleted_is_gone_whatever_the_404_says() {
    for dialect in [Dialect::Old, Dialect::Lighter, Dialect::Synapse, Dialect::Fabric] {
        let mut journey = before(dialect, "#/new");
        journey.create("etl");
        journey.pass(30);
        let id = journey.model.watch().unwrap().session().unwrap().id.clone();
        assert_eq!(journey.elsewhere("DELETE", &format!("/sessions/{id}"), "").status, 200);
        journey.pass(60);
        let watch = journey.model.watch().unwrap();
        assert!(matches!(watch.ending(), Some(Ending::Forgotten(_))), "{dialect:?} {:?}", watch.ending());
        assert_eq!(journey.state(), "idle", "what was seen stays");
        assert_eq!(journey.fresh(), Freshness::Over, "{dialect:?}");
        let sent = journey.sent.len();
        journey.pass(3_600);
        let polls =
            journey.sent[sent..].iter().filter(|(_, it)| matches!(it, Call::Session(_) | Call::Log(_)));
        assert_eq!(polls.count(), 0, "{dialect:?}");
    }
}

#[test]
fn what_was_never_there_is_not_found_and_livy_is_at_its_address() {
    for dialect in [Dialect::Lighter, Dialect::Synapse, Dialect::Fabric] {
        let mut journey = before(dialect, "#/sessions/7a3b0000-0000-4000-8000-000000000001");
        journey.pass(5);
        assert_eq!(journey.model.watch().unwrap().ending(), Some(Ending::Missing), "{dialect:?}");
    }
}

#[test]
fn a_gateway_that_has_lost_its_way_does_not_end_a_living_session() {
    for body in [
        "404 page not found",
        r#"{"message":"no Route matched with those values"}"#,
        "<html><title>404</title></html>",
    ] {
        let mut journey = before(Dialect::Lighter, "#/new");
        journey.create("etl");
        journey.pass(30);
        journey.instead = Some(json(404, body));
        journey.pass(120);
        assert_eq!(journey.model.watch().unwrap().ending(), None, "{body}");
        assert_eq!(journey.fresh(), Freshness::Stale, "{body}");
        journey.instead = None;
        journey.pass(60);
        assert_eq!((journey.state(), journey.fresh()), ("idle", Freshness::Live), "{body}");
    }
}

#[test]
fn a_gateway_that_loses_its_way_while_a_session_starts_is_told_at_once() {
    let mut journey = before(Dialect::Livy, "#/new");
    journey.create("etl");
    journey.pass(2);
    journey.instead = Some(json(404, r#"{"message":"no Route matched with those values"}"#));
    journey.pass(10);
    assert_eq!((journey.state(), journey.fresh()), ("starting", Freshness::Stale));
    assert_eq!(journey.model.watch().unwrap().ending(), None);
}

#[test]
fn a_lost_create_is_found_in_the_list_of_a_server_that_knows_no_names() {
    for dialect in [Dialect::Lighter, Dialect::Synapse, Dialect::Fabric] {
        let mut journey = before(dialect, "#/new");
        // More sessions than a page of Synapse has.
        others(&mut journey, 30);
        lost(&mut journey, "gateway-lost-it");
        journey.pass(80);
        assert!(matches!(journey.stage(), Stage::Found(_)), "{dialect:?} {:?}", journey.stage());
        assert_eq!(journey.posts(), 1, "{dialect:?}");
    }
}

#[test]
fn what_a_list_with_names_does_not_have_was_probably_not_created() {
    let mut journey = before(Dialect::Lighter, "#/new");
    others(&mut journey, 2);
    lost(&mut journey, "never-arrives");
    journey.pass(90);
    assert!(matches!(journey.stage(), Stage::Unknown { absent: true, .. }), "{:?}", journey.stage());
    journey.tell(Event::CreateDismissed);
    assert!(journey.model.create().is_none() && journey.intent.is_none() && !journey.model.is_creating());
    assert_eq!(journey.posts(), 1);
}

#[test]
fn where_nobody_can_tell_the_person_decides_within_90_seconds() {
    let mut journey = before(Dialect::Old, "#/new");
    others(&mut journey, 2);
    lost(&mut journey, "never-arrives");
    journey.pass(90);
    let is_stuck = |journey: &Journey| {
        matches!(journey.stage(), Stage::Unknown { absent: false, stuck: Some(Stuck::CannotTell), .. })
    };
    assert!(is_stuck(&journey) && !journey.model.is_creating(), "{:?}", journey.stage());
    // Nothing is sent again by itself, and what the person wants is.
    journey.pass(1_800);
    assert_eq!((is_stuck(&journey), journey.posts()), (true, 1));
    journey.tell(Event::CreateRepeated);
    assert_eq!((journey.word(), journey.posts()), ("sent", 2));
    journey.pass(120);
    assert!(is_stuck(&journey), "{:?}", journey.stage());
    journey.tell(Event::CreateDismissed);
    assert!(!journey.model.is_creating() && journey.intent.is_none());
    journey.create("another");
    journey.pass(10);
    assert_eq!((journey.word(), journey.posts()), ("created", 3));
}

#[test]
fn where_the_server_never_says_it_is_told_so() {
    let mut journey = before(Dialect::Old, "#/new");
    lost(&mut journey, "never-arrives");
    journey.cut = true;
    journey.pass(90);
    let stage = journey.stage();
    assert!(matches!(stage, Stage::Unknown { absent: false, stuck: Some(Stuck::NoAnswer), .. }), "{stage:?}");
    assert!(!journey.model.is_creating());
}

#[test]
fn a_reload_resumes_no_lock_without_a_way_out() {
    let mut journey = before(Dialect::Old, "#/new");
    others(&mut journey, 2);
    lost(&mut journey, "never-arrives");
    journey.pass(7_200);
    let (cluster, now, intent) = (journey.cluster.clone(), journey.now, journey.intent.clone());
    assert!(intent.is_some());
    let mut reloaded = Journey::before("#/new", cluster, now, intent, None);
    reloaded.pass(20);
    assert!(!reloaded.model.is_creating(), "{:?}", reloaded.stage());
    assert!(!reloaded.model.create().unwrap().can_repeat(), "no request is kept");
    reloaded.tell(Event::CreateDismissed);
    assert!(reloaded.model.create().is_none() && reloaded.intent.is_none());
}

#[test]
fn a_look_that_may_not_be_made_says_so_and_is_made_again_when_asked_for() {
    for status in [401, 403] {
        let mut journey = before(Dialect::Livy, "#/new");
        lost(&mut journey, "gateway-lost-it");
        journey.pass(1);
        journey.instead =
            Some(json(status, r#"{"Code":"Unauthorized","Message":"Your session has expired"}"#));
        journey.pass(10);
        let Stage::Unknown { stuck: Some(Stuck::Refused(error)), .. } = journey.stage() else {
            panic!("{:?}", journey.stage())
        };
        assert_eq!((error.status(), error.words()), (Some(status), Some("Your session has expired")));
        assert!(!journey.model.is_creating());
        journey.instead = None;
        journey.tell(Event::RefreshAsked);
        journey.pass(5);
        assert_eq!((journey.stage(), journey.posts()), (&Stage::Found(id("0")), 1));
    }
}

#[test]
fn a_session_that_is_being_acquired_is_told_as_far_as_it_goes() {
    // microsoft/dbt-fabricspark #158 and #65.
    let guid = "7a3b0000-0000-4000-8000-000000000001";
    for address in [guid, "7"] {
        let mut journey = before(Dialect::Fabric, "#/");
        journey.instead = Some(json(200, r#"{"fabricSessionStateInfo":{"state":"acquiring"}}"#));
        journey.tell(Event::Opened(console::Place::parse(&format!("#/sessions/{address}")).route));
        journey.pass(5);
        assert_eq!(journey.state(), "acquiring");
        assert_eq!(journey.fresh(), Freshness::Live);
        let named = format!(
            r#"{{"id":"{address}","name":"etl","state":"starting","fabricSessionStateInfo":{{"state":"unknown"}}}}"#
        );
        journey.instead = Some(json(200, &named));
        journey.pass(5);
        assert_eq!(
            (journey.state(), journey.model.watch().unwrap().ending()),
            ("starting", None),
            "it is the same one"
        );
        let failed = r#"{"fabricSessionStateInfo":{"state":"error","errorMessage":"capacity"}}"#;
        journey.instead = Some(json(200, failed));
        journey.pass(5);
        let watch = journey.model.watch().unwrap();
        assert_eq!((journey.state(), watch.is_explained()), ("error", true));
        assert_eq!(watch.session().unwrap().reasons()[0].words, "capacity");
    }
}

#[test]
fn an_old_livy_is_asked_so_that_it_gives_its_lines() {
    let mut journey = before(Dialect::Old, "#/new");
    journey.create("etl");
    journey.pass(30);
    assert!(lines(&journey) > 0);
    let asked = |from_start: bool| {
        let is_it = |call: &Call| match call {
            Call::LogFromStart(_) => from_start,
            Call::Log(_) => !from_start,
            _ => false,
        };
        journey.sent.iter().filter(|(_, it)| is_it(it)).count()
    };
    assert!(asked(true) > 3 && asked(false) == 1, "{} {}", asked(true), asked(false));
}
