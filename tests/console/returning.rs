//! From one page to the next of the same tab on the virtual clock, as over a reload: what was watched goes on, and nothing that is
//! another's is taken for it.

use crate::person::{Journey, id};
use console::{Effect, Ending, Event, Freshness, Watch};
use livy::{Call, Section};

fn watch(journey: &Journey) -> &Watch {
    journey.model.watch().unwrap()
}

fn name(journey: &Journey) -> Option<&str> {
    watch(journey).session().and_then(|it| it.name())
}

fn words(journey: &Journey) -> Vec<String> {
    let word = |it: &console::StateSpan| it.state.as_ref().map_or("unseen", |it| it.as_str()).to_owned();
    watch(journey).timeline().iter().map(word).collect()
}

fn open(journey: &mut Journey, hash: &str) {
    journey.tell(Event::Opened(console::Place::parse(hash).route));
}

/// The same tab after a reload that takes so long.
fn reload(mut journey: Journey, hash: &str, millis: u64) -> Journey {
    journey.tell(Event::Left);
    let now = journey.now + millis;
    Journey { kept: journey.kept, ..Journey::before(hash, journey.cluster, now, None, journey.tab) }
}

/// The lines of stderr by their numbers, without gaps, are those that the pretend driver wrote, each once and in order.
fn stderr(journey: &Journey) -> (Vec<String>, usize) {
    let log = watch(journey).log().section(Section::Stderr).unwrap();
    let lines = (log.dropped()..log.count()).filter_map(|it| log.line(it)).map(str::to_owned).collect();
    (lines, log.gaps().len())
}

#[test]
fn a_reload_loses_no_moment_of_the_timeline_and_no_line() {
    // While it starts, the log grows; later it rests.
    for secs in [3, 6, 20] {
        let mut whole = Journey::at("#/new");
        whole.create("etl");
        whole.pass(secs + 40);
        let mut journey = Journey::at("#/new");
        journey.create("etl");
        journey.pass(secs);
        let (since, before) = (watch(&journey).seen_since(), stderr(&journey).0);
        let state_since = watch(&journey).state_since();
        let timeline = watch(&journey).timeline().to_vec();
        let mut journey = reload(journey, "#/sessions/0", 1_500);
        assert_eq!(stderr(&journey).0, before, "shown before the server has answered");
        assert_eq!(watch(&journey).timeline(), timeline);
        journey.pass(40);
        assert_eq!((watch(&journey).seen_since(), journey.state()), (since, "idle"));
        assert_eq!(words(&journey), ["starting", "idle"]);
        assert!(secs < 20 || watch(&journey).state_since() == state_since);
        assert!(!journey.model.fresh(journey.moment()).text.contains("or more"), "it was seen to begin");
        let (lines, gaps) = stderr(&journey);
        assert_eq!((&lines, gaps), (&stderr(&whole).0, 0), "after {secs} s");
    }
}

#[test]
fn what_was_lost_while_the_page_was_gone_is_a_gap() {
    let mut journey = Journey::at("#/new");
    journey.create("floods-its-log");
    journey.pass(40);
    let before = stderr(&journey);
    // A browser brings the tab back much later.
    let mut journey = reload(journey, "#/sessions/0", 120_000);
    journey.pass(20);
    let (lines, gaps) = stderr(&journey);
    assert_eq!(lines[..before.0.len()], before.0[..]);
    assert!(gaps > before.1, "nothing proves that none was lost");
    let number = |it: &String| {
        let it = it.split_once("Finished task ").or_else(|| it.split_once("Lost task "))?;
        it.1.split('.').next()?.parse::<u64>().ok()
    };
    let numbers: Vec<u64> = lines.iter().filter_map(number).collect();
    assert!(numbers.windows(2).all(|it| it[0] < it[1]), "a line came twice");
    assert!(words(&journey).contains(&"unseen".to_owned()), "{:?}", words(&journey));
}

#[test]
fn an_id_that_was_given_again_meanwhile_inherits_nothing() {
    for story in ["other", "etl"] {
        let mut journey = Journey::at("#/new");
        journey.create("etl");
        journey.pass(20);
        let before = stderr(&journey).0;
        let now = journey.now;
        let mut restarted = Journey::at("#/new");
        restarted.now = now;
        restarted.create(story);
        restarted.pass(1);
        journey.cluster = restarted.cluster;
        let mut journey = reload(journey, "#/sessions/0", 2_000);
        journey.pass(2);
        assert_eq!((name(&journey), watch(&journey).is_recalled()), (Some(story), false));
        assert_eq!(words(&journey), ["starting"]);
        assert!(stderr(&journey).0.len() < before.len());
        let kept = journey.model.remembered();
        assert_eq!((kept.len(), kept[0].name.as_deref(), kept[0].is_gone), (1, Some("etl"), true));
    }
}

#[test]
fn what_ended_is_still_there_after_a_reload() {
    let mut journey = Journey::at("#/new");
    journey.create("etl");
    journey.pass(20);
    journey.tell(Event::DeleteConfirmed(id("0")));
    journey.pass(20);
    let (ended, log) = (watch(&journey).ending(), watch(&journey).log().to_text());
    let mut journey = reload(journey, "#/sessions/0", 1_000);
    journey.pass(5);
    assert_eq!((watch(&journey).ending(), watch(&journey).log().to_text()), (ended, log.clone()));
    assert_eq!((watch(&journey).is_recalled(), journey.fresh()), (false, Freshness::Over));
    // On the list it is among what is remembered, over a second reload too; its own address finds it.
    let mut journey = reload(reload(journey, "#/", 1_000), "#/", 1_000);
    journey.pass(5);
    assert_eq!(journey.model.remembered().len(), 1);
    open(&mut journey, "#/sessions/etl");
    journey.pass(5);
    assert_eq!((watch(&journey).ending(), watch(&journey).log().to_text()), (ended, log));
    let mut died = Journey::at("#/new");
    died.create("dies-while-starting");
    died.pass(20);
    let why = watch(&died).causes().len();
    let mut died = reload(died, "#/sessions/0", 1_000);
    died.pass(10);
    assert_eq!((watch(&died).ending(), watch(&died).causes().len()), (Some(Ending::Over), why));
    assert!(why > 0);
}

#[test]
fn what_is_remembered_beyond_the_tab_does_not_replace_what_the_tab_knows() {
    let mut journey = Journey::at("#/new");
    journey.tell(Event::KeepingSet(Some(1 << 20)));
    journey.tell(Event::Recalled { facts: Vec::new(), with_statements: false });
    journey.create("etl");
    journey.pass(4);
    // It went to the back once, long before the reload.
    journey.tell(Event::Hidden);
    journey.tell(Event::Shown);
    assert_eq!(journey.kept.len(), 1);
    journey.pass(30);
    let before = stderr(&journey);
    journey.tell(Event::Left);
    for answered_first in [false, true] {
        let (cluster, now, tab) = (journey.cluster.clone(), journey.now + 1_000, journey.tab.clone());
        let mut again = Journey::before("#/sessions/0", cluster, now, None, tab);
        again.kept.clone_from(&journey.kept);
        again.tell(Event::KeepingSet(Some(1 << 20)));
        again.pass(u64::from(answered_first));
        let facts = again.kept.iter().map(|it| it.facts.clone()).collect();
        again.tell(Event::Recalled { facts, with_statements: false });
        again.pass(5);
        assert_eq!((stderr(&again), again.logs_coming.len()), (before.clone(), 0), "{answered_first}");
        assert_eq!(words(&again), ["starting", "idle"]);
    }
}

#[test]
fn a_session_that_was_only_looked_at_is_not_kept_alive_by_a_reload() {
    let mut owner = Journey::at("#/new");
    owner.create_beating("theirs", 60);
    owner.pass(15);
    let mut journey = Journey::before("#/", owner.cluster, owner.now, None, None);
    journey.pass(2);
    open(&mut journey, "#/sessions/0");
    journey.pass(5);
    assert!(watch(&journey).only_looks());
    let mut journey = reload(journey, "#/sessions/0", 1_000);
    journey.pass(10);
    assert_eq!((name(&journey), watch(&journey).only_looks()), (Some("theirs"), true));
    assert_eq!(journey.calls_since(0, |it| matches!(it, Call::Session(_) | Call::Log(_))), 0);
}

#[test]
fn nothing_is_written_without_news_and_less_where_there_is_no_room() {
    let count = |it: &Journey| it.effects.iter().filter(|it| matches!(it, Effect::Carry(_))).count();
    let mut journey = Journey::at("#/new");
    journey.tell(Event::Left);
    assert_eq!(count(&journey), 0, "nothing is watched");
    journey.create("etl");
    journey.pass(30);
    assert_eq!(count(&journey), 0, "not with every answer");
    journey.tell(Event::Hidden);
    journey.tell(Event::Left);
    assert_eq!(count(&journey), 1);
    journey.pass(120);
    journey.tell(Event::Left);
    assert_eq!(count(&journey), 2);
    let whole = journey.tab.as_ref().unwrap().len();
    for _ in 0..3 {
        journey.tell(Event::NoRoom);
    }
    assert!(journey.tab.as_ref().unwrap().len() <= whole);
    for _ in 0..3 {
        journey.tell(Event::NoRoom);
    }
    assert_eq!(journey.tab, None, "rather nothing than what is no longer true");
    // What the person clears is cleared here too.
    journey.tell(Event::KeptCleared);
    assert_eq!(
        journey.effects.iter().rev().find(|it| matches!(it, Effect::Carry(_))),
        Some(&Effect::Carry(None))
    );
}
