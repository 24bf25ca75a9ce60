//! Leaving a session and coming back to it on the virtual clock: what is remembered, under which label, and whose id it is now.

use crate::person::{Journey, id, is_session};
use console::{Cause, Effect, Ending, Event, Freshness, RememberedSession, Route, Watch};
use fake_livy::Options;
use livy::{Address, Section};

fn open(journey: &mut Journey, hash: &str) {
    journey.tell(Event::Opened(console::Place::parse(hash).route));
}

fn watch(journey: &Journey) -> &Watch {
    journey.model.watch().unwrap()
}

fn name(journey: &Journey) -> Option<&str> {
    watch(journey).session().and_then(|it| it.name())
}

/// Name, state, and whether it is known to be gone.
fn shelf(journey: &Journey) -> Vec<(String, String, bool)> {
    let told =
        |it: RememberedSession| (it.name.unwrap_or_default(), it.state.as_str().to_owned(), it.is_gone);
    journey.model.remembered().into_iter().map(told).collect()
}

fn lines(journey: &Journey) -> u64 {
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
    let causes: Vec<Cause> = watch(&journey).why().iter().map(|it| it.cause).collect();
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
fn restart(journey: &mut Journey, name: &str) {
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
    assert_eq!((journey.state(), watch(&journey).why().len()), ("starting", 0));
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

/// The same browser after a reload of the page, which keeps ended sessions or not.
fn reload(journey: Journey, hash: &str, keeps: bool) -> Journey {
    let mut again = Journey::at(hash);
    (again.cluster, again.now, again.kept) = (journey.cluster, journey.now, journey.kept);
    // What the start asked for is asked again, of the right server.
    again.coming.clear();
    again.effects.clear();
    open(&mut again, "#/new");
    if keeps {
        again.tell(Event::MemorySet(Some(CAP)));
    }
    open(&mut again, hash);
    again
}

const CAP: usize = 1 << 20;

fn remember(journey: &mut Journey) {
    journey.tell(Event::MemorySet(Some(CAP)));
    recall(journey);
}

fn recall(journey: &mut Journey) {
    journey.kept.sort_by(|a, b| a.key.cmp(&b.key));
    let facts = journey.kept.iter().map(|it| it.facts.clone()).collect();
    journey.tell(Event::Recalled(facts));
}

fn read_logs(journey: &mut Journey) {
    for (key, text) in std::mem::take(&mut journey.logs_coming) {
        journey.tell(Event::LogRecalled { key, text });
    }
}

#[test]
fn nothing_is_kept_unless_somebody_wants_it() {
    let mut journey = Journey::at("#/new");
    journey.create("dies-while-starting");
    journey.pass(20);
    assert_eq!((watch(&journey).ending(), journey.kept.len()), (Some(Ending::Over), 0));
    // Switched on later, what has ended in this tab is kept too; a living session is not.
    open(&mut journey, "#/new");
    journey.create("etl");
    journey.pass(20);
    remember(&mut journey);
    let words: Vec<&str> = journey.kept.iter().map(|it| it.log.as_str()).collect();
    assert!(words.len() == 1 && words[0].contains("ClassNotFoundException"), "{words:?}");
    journey.pass(60);
    assert_eq!(
        journey.effects.iter().filter(|it| matches!(it, Effect::Keep(_))).count(),
        1,
        "once for each end"
    );
    journey.tell(Event::MemorySet(None));
    assert_eq!((journey.kept.len(), journey.effects.last()), (0, Some(&Effect::ForgetKept)));
    remember(&mut journey);
    assert_eq!(journey.kept.len(), 1, "what is still in the tab is kept again");
    open(&mut journey, "#/");
    journey.tell(Event::MemoryCleared);
    journey.pass(900);
    assert_eq!((journey.kept.len(), shelf(&journey).len()), (0, 0));
}

/// A session that died or was deleted while its end was kept, and the list page after a reload.
fn ended(story: &str, deletes: bool) -> (Journey, String) {
    let mut journey = Journey::at("#/new");
    remember(&mut journey);
    journey.create(story);
    journey.pass(20);
    if deletes {
        journey.tell(Event::DeleteConfirmed(id("0")));
        journey.pass(20);
    }
    let text = watch(&journey).log().to_text();
    assert!(text.len() > 1_000 && journey.kept.len() == 1);
    (journey, text)
}

#[test]
fn after_a_reload_a_forgotten_session_has_its_facts_its_log_and_its_cause() {
    let (mut journey, text) = ended("dies-while-starting", false);
    let timeline = watch(&journey).timeline().to_vec();
    journey.pass(900);
    let mut journey = reload(journey, "#/", true);
    recall(&mut journey);
    journey.pass(5);
    assert_eq!(shelf(&journey), [("dies-while-starting".into(), "dead".into(), false)]);
    assert!(journey.logs_coming.is_empty(), "logs are read when they are looked at");
    let route = journey.model.remembered()[0].route.clone();
    journey.tell(Event::Opened(route));
    journey.pass(5);
    assert!(watch(&journey).awaits_log());
    read_logs(&mut journey);
    assert!(matches!(watch(&journey).ending(), Some(Ending::Forgotten(_))) && watch(&journey).is_recalled());
    assert_eq!((watch(&journey).log().to_text(), watch(&journey).timeline()), (text, timeline.as_slice()));
    let causes: Vec<Cause> = watch(&journey).why().iter().map(|it| it.cause).collect();
    assert_eq!(causes, [Cause::ClassMissing, Cause::RetentionOver]);
    // What is known now is kept in place of what was.
    journey.pass(5);
    assert_eq!(journey.kept.len(), 1);
    assert!(journey.kept[0].facts.contains("forgotten"), "{}", journey.kept[0].facts);
}

#[test]
fn what_ended_while_the_tab_was_closed_is_remembered_as_it_was_last_seen() {
    for comes_back in [false, true] {
        let mut journey = Journey::at("#/new");
        remember(&mut journey);
        journey.create("forgotten");
        journey.pass(if comes_back { 11 } else { 12 });
        let (text, since) = (watch(&journey).log().to_text(), watch(&journey).seen_since());
        journey.tell(Event::Hidden);
        assert_eq!(journey.kept.len(), 1, "it may be the last that this tab sees");
        if !comes_back {
            journey.now += 60_000;
        }
        let mut journey = reload(journey, "#/sessions/0", true);
        recall(&mut journey);
        journey.pass(1);
        read_logs(&mut journey);
        journey.pass(2);
        assert_eq!(watch(&journey).seen_since(), since, "seen first when it was");
        assert!(watch(&journey).log().to_text().starts_with(text.trim_end()), "its log is here");
        if comes_back {
            assert_eq!((journey.state(), watch(&journey).ending()), ("idle", None));
        } else {
            assert!(
                matches!(watch(&journey).ending(), Some(Ending::Forgotten(_))),
                "{:?}",
                watch(&journey).ending()
            );
            assert!(journey.kept[0].facts.contains("forgotten"), "the end takes the place of what was kept");
        }
    }
}

#[test]
fn after_a_reload_a_session_that_the_server_still_has_goes_on() {
    for opened_first in [true, false] {
        let (journey, text) = ended("dies-while-starting", false);
        let since = watch(&journey).seen_since();
        let mut journey = reload(journey, "#/sessions/0", true);
        if opened_first {
            journey.pass(3);
        }
        recall(&mut journey);
        journey.pass(3);
        assert_eq!((journey.state(), watch(&journey).awaits_log()), ("dead", true));
        read_logs(&mut journey);
        journey.pass(10);
        assert_eq!((watch(&journey).ending(), journey.fresh()), (Some(Ending::Over), Freshness::Over));
        assert_eq!(
            (watch(&journey).log().to_text(), watch(&journey).seen_since()),
            (text, since),
            "{opened_first}"
        );
        assert_eq!(journey.kept.len(), 1);
    }
}

#[test]
fn after_a_reload_a_link_to_a_remembered_session_finds_it() {
    let (mut journey, text) = ended("etl", true);
    open(&mut journey, "#/");
    journey.pass(5);
    let hash = journey.model.remembered()[0].route.href();
    let mut journey = reload(journey, &hash, true);
    journey.pass(2);
    assert_eq!(watch(&journey).ending(), Some(Ending::Missing));
    recall(&mut journey);
    read_logs(&mut journey);
    assert_eq!((journey.model.route().href(), name(&journey)), (hash, Some("etl")));
    assert!(matches!(watch(&journey).ending(), Some(Ending::Deleted(_))));
    assert_eq!(watch(&journey).log().to_text(), text);
}

#[test]
fn after_a_reload_an_id_that_was_given_anew_is_not_the_kept_one() {
    let (mut journey, _) = ended("dies-while-starting", false);
    restart(&mut journey, "other");
    let mut journey = reload(journey, "#/sessions/0", true);
    recall(&mut journey);
    journey.pass(10);
    assert_eq!((name(&journey), watch(&journey).is_recalled()), (Some("other"), false));
    assert_eq!(shelf(&journey), [("dies-while-starting".into(), "dead".into(), true)]);
    // Its record says so, although its log was never looked at again.
    journey.tell(Event::Opened(journey.model.remembered()[0].route.clone()));
    read_logs(&mut journey);
    assert!(watch(&journey).log().to_text().contains("ClassNotFoundException"));
}

#[test]
fn two_tabs_that_watched_one_session_are_remembered_as_one() {
    let (mut journey, text) = ended("etl", true);
    let mut late = journey.kept[0].clone();
    // The other tab came later and saw less.
    late.key = "0000000015000-0".to_owned();
    late.facts =
        late.facts.replace("\"bytes\":", "\"bytes\":1,\"was\":").replace("\"seen\":0", "\"seen\":15000");
    late.log = "==== stdout ====\n".to_owned();
    journey.kept.push(late);
    journey.kept.push(console::Record { key: "x".into(), facts: "nonsense".into(), log: String::new() });
    let mut journey = reload(journey, "#/", true);
    recall(&mut journey);
    journey.pass(5);
    assert_eq!(journey.model.remembered().len(), 1);
    journey.tell(Event::Opened(journey.model.remembered()[0].route.clone()));
    read_logs(&mut journey);
    assert_eq!(watch(&journey).log().to_text(), text);
}

#[test]
fn a_kept_log_that_is_lost_leaves_the_facts() {
    let (journey, _) = ended("etl", true);
    let mut journey = reload(journey, "#/", true);
    recall(&mut journey);
    journey.kept.clear();
    journey.pass(5);
    journey.tell(Event::Opened(journey.model.remembered()[0].route.clone()));
    read_logs(&mut journey);
    assert_eq!((name(&journey), watch(&journey).awaits_log(), lines(&journey)), (Some("etl"), false, 0));
    assert_eq!(watch(&journey).why()[0].cause, Cause::Deleted);
}
