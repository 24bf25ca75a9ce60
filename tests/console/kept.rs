//! What is kept beyond the tab, and found again after a reload of the page.

use crate::person::{Journey, id};
use crate::remembering::{lines, name, open, restart, shelf, watch};
use console::{Cause, Effect, Ending, Event, Freshness};

/// The same browser after a reload of the page, which keeps ended sessions or not.
fn reload(journey: Journey, hash: &str, keeps: bool) -> Journey {
    let mut again = Journey::at(hash);
    (again.cluster, again.now, again.kept) = (journey.cluster, journey.now, journey.kept);
    // What the start asked for is asked again, of the right server.
    again.coming.clear();
    again.effects.clear();
    open(&mut again, "#/new");
    if keeps {
        again.tell(Event::KeepingSet(Some(CAP)));
    }
    open(&mut again, hash);
    again
}

const CAP: usize = 1 << 20;

fn remember(journey: &mut Journey) {
    journey.tell(Event::KeepingSet(Some(CAP)));
    recall(journey);
}

fn recall(journey: &mut Journey) {
    journey.kept.sort_by(|a, b| a.key.cmp(&b.key));
    let facts = journey.kept.iter().map(|it| it.facts.clone()).collect();
    journey.tell(Event::Recalled { facts, with_statements: false });
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
    journey.tell(Event::KeepingSet(None));
    assert_eq!((journey.kept.len(), journey.effects.last()), (0, Some(&Effect::ForgetKept)));
    remember(&mut journey);
    assert_eq!(journey.kept.len(), 1, "what is still in the tab is kept again");
    open(&mut journey, "#/");
    journey.tell(Event::KeptCleared);
    journey.pass(900);
    assert_eq!((journey.kept.len(), shelf(&journey).len()), (0, 0));
}

#[test]
fn cleared_is_said_once_it_is_so_and_until_something_is_remembered_again() {
    let mut journey = Journey::at("#/new");
    journey.create("dies-while-starting");
    journey.pass(20);
    open(&mut journey, "#/");
    // What only the tab remembers is gone at once.
    journey.tell(Event::KeptForgotten);
    assert!(!journey.model.has_cleared(), "nobody has cleared anything");
    journey.tell(Event::KeptCleared);
    assert!(journey.model.has_cleared());
    open(&mut journey, "#/new");
    assert!(!journey.model.has_cleared());
    // What the browser keeps is gone when the browser says so.
    remember(&mut journey);
    open(&mut journey, "#/");
    journey.tell(Event::KeptCleared);
    journey.pass(60);
    assert!(!journey.model.has_cleared());
    journey.tell(Event::KeptForgotten);
    journey.pass(60);
    assert!(journey.model.has_cleared());
    open(&mut journey, "#/new");
    journey.create("dies-while-starting");
    journey.pass(20);
    open(&mut journey, "#/");
    journey.tell(Event::KeptCleared);
    journey.tell(Event::KeptForgotten);
    assert!(journey.model.has_cleared());
    // Another tab has kept one meanwhile.
    let facts = kept_facts();
    journey.tell(Event::Recalled { facts: vec![facts], with_statements: false });
    assert!(!shelf(&journey).is_empty() && !journey.model.has_cleared());
}

#[test]
fn what_was_kept_is_not_taken_up_once_keeping_is_off() {
    let facts = kept_facts();
    for (keeps, shown) in [(Some(CAP), 1), (None, 0)] {
        let mut journey = Journey::at("#/");
        journey.tell(Event::KeepingSet(Some(CAP)));
        // The answer is on its way when somebody switches it off.
        journey.tell(Event::KeepingSet(keeps));
        journey.tell(Event::Recalled { facts: vec![facts.clone()], with_statements: false });
        journey.pass(5);
        assert_eq!(shelf(&journey).len(), shown);
    }
}

/// What the browser keeps of a session that was deleted.
fn kept_facts() -> String {
    ended("etl", true).0.kept[0].facts.clone()
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
    let causes: Vec<Cause> = watch(&journey).causes().iter().map(|it| it.cause).collect();
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
    journey.kept.push(console::Record {
        key: "x".into(),
        facts: "nonsense".into(),
        log: String::new(),
        statements: None,
    });
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
    assert_eq!(watch(&journey).causes()[0].cause, Cause::Deleted);
}
