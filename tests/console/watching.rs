//! Watching a session on the virtual clock: its timeline, its end, and whose heartbeat is renewed.

use std::time::Duration;

use crate::person::{Journey, is_session};
use console::{Effect, Ending, Event, Freshness, Route};
use livy::{Address, Call};

#[test]
fn the_timeline_has_every_state_and_what_was_not_seen() {
    let mut journey = Journey::at("#/new");
    journey.create("etl");
    journey.pass(30);
    let words = |journey: &Journey| -> Vec<(String, u64)> {
        let word = |it: &console::StateSpan| {
            it.state.as_ref().map_or("unseen".to_owned(), |it| it.as_str().to_owned())
        };
        let spells = journey.model.watch().unwrap().timeline();
        spells.iter().map(|it| (word(it), it.from.as_millis() / 1_000)).collect()
    };
    let seen = words(&journey);
    assert_eq!(seen.iter().map(|it| it.0.as_str()).collect::<Vec<_>>(), ["starting", "idle"]);
    assert!(seen[1].1 > seen[0].1);
    // The way to the cluster is gone for five minutes.
    journey.cut = true;
    journey.pass(300);
    journey.cut = false;
    journey.pass(60);
    let seen = words(&journey);
    assert_eq!(
        seen.iter().map(|it| it.0.as_str()).collect::<Vec<_>>(),
        ["starting", "idle", "unseen", "idle"]
    );
    assert!(seen[3].1 - seen[2].1 >= 290, "{seen:?}");
    let watch = journey.model.watch().unwrap();
    let rules = watch.expiries(journey.moment());
    assert_eq!(rules.len(), 1);
    // A statement may have run meanwhile: it counts from when the page could look again, at the latest.
    let again = watch.timeline().last().unwrap().from;
    assert_eq!(rules[0].at, Some(again.after(Duration::from_secs(3_600))));
    let earliest = watch.state_since().after(Duration::from_secs(3_600));
    assert_eq!(rules[0].bound, console::Bound::From(earliest));
}

#[test]
fn the_mark_tells_how_long_the_state_lasts() {
    let mut journey = Journey::at("#/new");
    journey.create("etl");
    journey.pass(4);
    let said = |journey: &Journey| journey.model.fresh(journey.moment()).text;
    // It was starting when this page first saw it: for longer than that.
    assert!(said(&journey).ends_with(" · starting for 3 s or more"), "{}", said(&journey));
    journey.pass(200);
    assert!(said(&journey).ends_with(" · idle for 3 min"), "{}", said(&journey));
    journey.cut = true;
    journey.pass(30);
    assert!(!said(&journey).contains("idle"), "nobody knows: {}", said(&journey));
}

#[test]
fn a_death_names_its_cause_and_a_delete_is_one() {
    let mut journey = Journey::at("#/new");
    journey.create("dies-while-starting");
    journey.pass(20);
    let watch = journey.model.watch().unwrap();
    let cause = &watch.causes()[0];
    assert_eq!(cause.cause, console::Cause::ClassMissing);
    let (section, number) = cause.evidence[0];
    assert!(watch.log().section(section).unwrap().line(number).unwrap().contains("ClassNotFoundException"));

    let mut journey = Journey::at("#/new");
    journey.create("etl");
    journey.pass(30);
    assert!(journey.model.watch().unwrap().causes().is_empty(), "it lives");
    let id = journey.model.watch().unwrap().session().unwrap().id.clone();
    journey.tell(Event::DeleteConfirmed(id));
    journey.pass(20);
    let why: Vec<_> = journey.model.watch().unwrap().causes().iter().map(|it| it.cause).collect();
    assert_eq!(why, [console::Cause::Deleted]);
}

#[test]
fn ones_own_session_is_kept_alive_and_known_again_after_a_reload() {
    let mut journey = Journey::at("#/new");
    journey.create_beating("mine", 12);
    journey.pass(300);
    assert_eq!((journey.state(), journey.model.watch().unwrap().only_looks()), ("idle", false));
    let Some(Effect::Own(own)) = journey.effects.iter().find(|it| matches!(it, Effect::Own(_))).cloned()
    else {
        panic!("nothing was remembered");
    };
    // Another tab of this browser, which knows from storage what was created here.
    let mut other = Journey::at("#/");
    (other.cluster, other.now) = (journey.cluster, journey.now);
    other.coming.clear();
    other.tell(Event::Owned(own));
    other.tell(Event::Opened(Route::Sessions));
    other.pass(20);
    other.tell(Event::Opened(Route::Session(Address::parse("0").unwrap())));
    other.pass(120);
    assert_eq!((other.state(), other.model.watch().unwrap().only_looks()), ("idle", false));
    assert!(other.calls_since(320, is_session) >= 25, "three times as often as the heartbeat needs");
}

#[test]
fn ones_own_session_lives_while_another_page_is_open() {
    let mut journey = Journey::at("#/new");
    journey.create_beating("mine", 90);
    journey.pass(30);
    assert_eq!(journey.model.kept_alive().map(|it| it.1).collect::<Vec<_>>(), [Some("mine")]);
    let calls = journey.sent.len();
    for route in [Route::Sessions, Route::New, Route::Session(Address::parse("77").unwrap())] {
        journey.tell(Event::Opened(route));
        journey.pass(400);
    }
    let asked = journey.sent[calls..].iter();
    let asked = asked.filter(|(_, it)| *it == Call::Session(Address::parse("0").unwrap())).count();
    assert!((36..=45).contains(&asked), "three times a heartbeat: {asked}");
    journey.tell(Event::Opened(Route::Session(Address::parse("0").unwrap())));
    journey.pass(5);
    assert_eq!((journey.state(), journey.model.watch().unwrap().ending()), ("idle", None));
    let id = journey.model.watch().unwrap().session().unwrap().id.clone();
    journey.tell(Event::DeleteConfirmed(id));
    journey.pass(5);
    assert_eq!(journey.model.kept_alive().count(), 0);
}

#[test]
fn a_session_that_was_found_after_a_lost_answer_is_ones_own() {
    let mut journey = Journey::at("#/new");
    journey.create("etl");
    journey.pass(20);
    journey.tell(Event::Opened(Route::New));
    journey.create("answer-lost");
    journey.pass(30);
    assert_eq!(journey.word(), "found");
    let own = |it: &Effect| if let Effect::Own(own) = it { Some(own.clone()) } else { None };
    let kept = console::OwnedSession::list_to_storage(&journey.effects.iter().rev().find_map(own).unwrap());
    assert!(kept.contains("etl") && kept.contains("answer-lost"), "{kept}");
}

#[test]
fn somebody_elses_heartbeat_is_not_renewed_by_looking() {
    let mut owner = Journey::at("#/new");
    owner.create_beating("theirs", 600);
    owner.pass(30);
    let mut journey = Journey::at("#/");
    (journey.cluster, journey.now) = (owner.cluster, owner.now);
    journey.coming.clear();
    journey.tell(Event::Opened(Route::Sessions));
    journey.pass(5);
    journey.tell(Event::Opened(Route::Session(Address::parse("0").unwrap())));
    journey.pass(200);
    let touches = |call: &Call| matches!(call, Call::Session(_) | Call::Log(_));
    assert_eq!(journey.calls_since(30, touches), 0);
    let watch = journey.model.watch().unwrap();
    assert!(watch.only_looks() && !watch.tail().is_empty());
    assert_eq!((journey.state(), journey.fresh()), ("idle", Freshness::Live));
    // The owner has gone: the server ends it, and the page that only looks sees that.
    journey.pass(600);
    assert!(matches!(journey.model.watch().unwrap().ending(), Some(Ending::Forgotten(_))));

    let mut owner = Journey::at("#/new");
    owner.create_beating("theirs", 600);
    owner.pass(30);
    (journey.cluster, journey.coming) = (owner.cluster, Vec::new());
    let mut journey = Journey { now: owner.now, ..Journey { cluster: journey.cluster, ..Journey::at("#/") } };
    journey.coming.clear();
    journey.tell(Event::Opened(Route::Sessions));
    journey.pass(5);
    journey.tell(Event::Opened(Route::Session(Address::parse("0").unwrap())));
    journey.pass(5);
    let id = journey.model.watch().unwrap().session().unwrap().id.clone();
    journey.tell(Event::KeepAlive(id));
    journey.pass(1_200);
    assert_eq!((journey.state(), journey.model.watch().unwrap().only_looks()), ("idle", false));
    assert!(journey.calls_since(40, touches) > 100);
}

#[test]
fn an_id_that_was_given_anew_is_another_session() {
    let mut journey = Journey::at("#/new");
    journey.create("first");
    journey.pass(30);
    // Livy restarts, forgets everything and begins its ids anew.
    let mut other = Journey::at("#/new");
    other.create("second");
    other.pass(1);
    journey.cluster = other.cluster;
    journey.pass(30);
    let watch = journey.model.watch().unwrap();
    assert!(matches!(watch.ending(), Some(Ending::Recycled(_))), "{:?}", watch.ending());
    assert_eq!((watch.session().unwrap().name(), journey.fresh()), (Some("first"), Freshness::Over));
    assert!(watch.log().section(livy::Section::Stderr).unwrap().count() > 300, "its log is kept");
    journey.tell(Event::LookedAnew);
    journey.pass(5);
    assert_eq!(journey.model.watch().unwrap().session().unwrap().name(), Some("second"));
}
