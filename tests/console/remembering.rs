//! Leaving a session and coming back to it on the virtual clock: what is remembered, under which label, and whose id it is now.

use crate::person::{Journey, id, is_session};
use console::{Cause, Effect, Ending, Event, Freshness, RememberedSession, Route, Watch};
use fake_livy::Options;
use livy::{Address, Section};

pub(super) fn open(journey: &mut Journey, hash: &str) {
    journey.tell(Event::Opened(console::Place::parse(hash).route));
}

pub(super) fn watch(journey: &Journey) -> &Watch {
    journey.model.watch().unwrap()
}

pub(super) fn name(journey: &Journey) -> Option<&str> {
    watch(journey).session().and_then(|it| it.name())
}

/// Name, state, and whether it is known to be gone.
pub(super) fn shelf(journey: &Journey) -> Vec<(String, String, bool)> {
    let told =
        |it: RememberedSession| (it.name.unwrap_or_default(), it.state.as_str().to_owned(), it.is_gone);
    journey.model.remembered().into_iter().map(told).collect()
}

pub(super) fn lines(journey: &Journey) -> u64 {
    watch(journey).log().section(Section::Stderr).map_or(0, |it| it.count())
}

fn gaps(journey: &Journey) -> usize {
    journey.model.watch().unwrap().log().to_text().matches("lines may be missing").count()
}

#[test]
fn a_log_that_was_left_is_stitched_on_when_one_comes_back() {
    let mut journey = Journey::at("#/new");
    journey.create("first");
    journey.pass(20);
    let (before, since) = (lines(&journey), watch(&journey).seen_since());
    assert!(before > 300);
    open(&mut journey, "#/new");
    journey.create("second");
    journey.pass(20);
    assert_eq!((name(&journey), lines(&journey) > 300), (Some("second"), true));
    open(&mut journey, "#/sessions/0");
    assert_eq!(
        (name(&journey), lines(&journey)),
        (Some("first"), before),
        "shown before the server has answered"
    );
    journey.pass(20);
    assert_eq!((name(&journey), journey.state(), journey.fresh()), (Some("first"), "idle", Freshness::Live));
    assert_eq!((watch(&journey).seen_since(), gaps(&journey)), (since, 0));
    assert!(lines(&journey) >= before);
    // Both are listed: nothing has to be remembered.
    open(&mut journey, "#/");
    journey.pass(5);
    assert_eq!(shelf(&journey), []);
}

#[test]
fn what_died_and_was_forgotten_meanwhile_is_remembered_with_its_cause() {
    let mut journey = Journey::at("#/new");
    journey.create("dies-while-starting");
    journey.pass(20);
    assert_eq!((journey.state(), watch(&journey).ending()), ("dead", Some(Ending::Over)));
    let before = lines(&journey);
    open(&mut journey, "#/new");
    journey.create("other");
    journey.pass(20);
    open(&mut journey, "#/");
    journey.pass(5);
    assert_eq!(shelf(&journey), [], "the server keeps it for ten minutes");
    journey.pass(800);
    assert_eq!(shelf(&journey), [("dies-while-starting".into(), "dead".into(), false)]);
    let route = journey.model.remembered()[0].route.clone();
    assert_eq!(route.href(), "#/sessions/0");
    journey.tell(Event::Opened(route));
    journey.pass(5);
    assert!(matches!(watch(&journey).ending(), Some(Ending::Forgotten(_))));
    let causes: Vec<Cause> = watch(&journey).causes().iter().map(|it| it.cause).collect();
    assert_eq!(causes, [Cause::ClassMissing, Cause::RetentionOver]);
    assert_eq!((journey.state(), lines(&journey), journey.fresh()), ("dead", before, Freshness::Over));
    open(&mut journey, "#/");
    journey.pass(5);
    assert_eq!(shelf(&journey), [("dies-while-starting".into(), "dead".into(), true)]);
}

#[test]
fn a_deleted_session_is_found_again_by_id_by_name_and_from_the_list() {
    let mut journey = Journey::at("#/new");
    journey.create("etl");
    journey.pass(20);
    let before = lines(&journey);
    journey.tell(Event::DeleteConfirmed(id("0")));
    journey.pass(20);
    let ended = watch(&journey).ending();
    assert!(matches!(ended, Some(Ending::Deleted(_))));
    for hash in ["#/sessions/0", "#/sessions/etl"] {
        open(&mut journey, "#/new");
        journey.create("other");
        journey.pass(10);
        open(&mut journey, hash);
        journey.pass(2);
        assert_eq!(
            (name(&journey), watch(&journey).ending(), lines(&journey)),
            (Some("etl"), ended, before),
            "{hash}"
        );
        assert_eq!(journey.model.route().href(), "#/sessions/0");
    }
    open(&mut journey, "#/");
    journey.pass(5);
    assert_eq!(shelf(&journey), [("etl".into(), "idle".into(), true)]);
    let (route, sent) = (journey.model.remembered()[0].route.clone(), journey.calls_since(0, is_session));
    assert!(route.href().starts_with("#/sessions/0?remembered="), "{}", route.href());
    journey.tell(Event::Opened(route));
    journey.pass(20);
    assert_eq!((name(&journey), watch(&journey).ending()), (Some("etl"), ended));
    assert_eq!(journey.calls_since(0, is_session), sent, "nothing is asked of the server");
}

#[test]
fn a_delete_is_told_although_another_session_is_looked_at() {
    let mut journey = Journey::at("#/new");
    journey.create("first");
    journey.pass(20);
    open(&mut journey, "#/new");
    journey.create("second");
    journey.pass(20);
    journey.tell(Event::DeleteConfirmed(id("1")));
    open(&mut journey, "#/sessions/0");
    journey.pass(60);
    open(&mut journey, "#/");
    journey.pass(5);
    let kept = &journey.model.remembered()[0];
    assert_eq!((kept.name.as_deref(), kept.is_gone), (Some("second"), true));
}

/// Livy restarts, forgets everything and begins its ids again with a session of this name.
pub(super) fn restart(journey: &mut Journey, name: &str) {
    let mut other = Journey::at("#/new");
    other.now = journey.now;
    other.create(name);
    other.pass(1);
    journey.cluster = other.cluster;
}

#[test]
fn an_id_that_was_given_anew_while_nobody_looked_shows_the_new_session() {
    let mut journey = Journey::at("#/new");
    journey.create("first");
    journey.pass(20);
    let before = lines(&journey);
    open(&mut journey, "#/");
    restart(&mut journey, "second");
    journey.pass(1);
    open(&mut journey, "#/sessions/0");
    journey.pass(15);
    assert_eq!(
        (name(&journey), watch(&journey).ending(), journey.fresh()),
        (Some("second"), None, Freshness::Live)
    );
    assert!(!watch(&journey).log().to_text().is_empty() && gaps(&journey) == 0);
    let kept = journey.model.remembered();
    assert_eq!((kept.len(), kept[0].name.as_deref(), kept[0].is_gone), (1, Some("first"), true));
    journey.tell(Event::Opened(kept[0].route.clone()));
    assert_eq!((name(&journey), lines(&journey)), (Some("first"), before));
    assert!(matches!(watch(&journey).ending(), Some(Ending::Recycled(_))));
    // And back to the new one: from the page of the old, by its own address.
    journey.tell(Event::LookedAnew);
    journey.pass(5);
    assert_eq!((name(&journey), watch(&journey).ending()), (Some("second"), None));
    assert_eq!(journey.model.remembered().len(), 1);
}

#[test]
fn the_dead_do_not_come_back_to_life_under_their_own_name() {
    let mut journey = Journey::at("#/new");
    journey.create("dies-while-starting");
    journey.pass(20);
    assert_eq!(journey.state(), "dead");
    open(&mut journey, "#/");
    restart(&mut journey, "dies-while-starting");
    open(&mut journey, "#/sessions/0");
    journey.pass(1);
    assert_eq!((journey.state(), watch(&journey).causes().len()), ("starting", 0));
    assert_eq!(shelf(&journey), [("dies-while-starting".into(), "dead".into(), true)]);
}

#[test]
fn a_page_that_is_not_remembered_asks_the_server() {
    let mut journey = Journey::at("#/sessions/0?remembered=12");
    assert!(journey.effects.contains(&Effect::Replace(Route::Session(Address::parse("0").unwrap()))));
    journey.pass(2);
    assert_eq!(watch(&journey).ending(), Some(Ending::Missing));
    open(&mut journey, "#/");
    journey.pass(5);
    assert_eq!(shelf(&journey), [], "nothing was ever known of it");
}

#[test]
fn the_way_to_the_server_may_be_gone_meanwhile() {
    let mut journey = Journey::at("#/new");
    journey.create("dies-while-starting");
    journey.pass(20);
    let before = lines(&journey);
    open(&mut journey, "#/");
    journey.pass(5);
    journey.cut = true;
    open(&mut journey, "#/sessions/0");
    journey.pass(30);
    assert_eq!((journey.state(), lines(&journey), journey.fresh()), ("dead", before, Freshness::Stale));
    journey.cut = false;
    journey.pass(60);
    assert_eq!(
        (journey.fresh(), watch(&journey).ending(), gaps(&journey)),
        (Freshness::Over, Some(Ending::Over), 0)
    );
    assert_eq!(lines(&journey), before);
}

#[test]
fn the_oldest_go_first() {
    let mut journey = Journey::with("#/", Options { max_creation: 100, ..Options::default() }, None);
    for it in 0..60 {
        open(&mut journey, "#/new");
        journey.create(&format!("s{it}"));
        journey.pass(2);
        journey.tell(Event::DeleteConfirmed(id(&it.to_string())));
        journey.pass(20);
    }
    open(&mut journey, "#/");
    journey.pass(5);
    let kept = shelf(&journey);
    // The one that was looked at last is no more on the shelf than a book in the hand.
    assert_eq!((kept.len(), kept[0].0.as_str(), kept[50].0.as_str()), (51, "s59", "s9"));
}
