//! A part of the program comes late, or never: what happens meanwhile is not lost, and nothing else waits for it.

use console::{Cause, Effect, Event, Freshness, Part, Route, last_error};
use fake_livy::{Cluster, Options};
use livy::Call;

use crate::person::{Journey, is_session};

fn bare(hash: &str) -> Journey {
    Journey::bare(hash, Cluster::new(Options::default()), 0, None, None)
}

/// The same tab after a reload, with the main part alone.
fn reload(mut journey: Journey, hash: &str) -> Journey {
    journey.tell(Event::Left);
    let now = journey.now + 1_000;
    Journey::bare(hash, journey.cluster, now, journey.intent, journey.tab)
}

fn open(journey: &mut Journey, hash: &str) {
    journey.tell(Event::Opened(console::Place::parse(hash).route));
}

fn needs(journey: &Journey, part: Part) -> usize {
    journey.effects.iter().filter(|it| **it == Effect::Need(part)).count()
}

fn name(journey: &Journey) -> Option<&str> {
    journey.model.watch()?.session()?.name()
}

/// A page that has a session of its own on this cluster, and has left the form.
fn owner() -> Journey {
    let mut journey = Journey::at("#/new");
    journey.create("etl");
    journey.pass(15);
    journey
}

#[test]
fn the_list_needs_no_other_part() {
    let mut journey = bare("#/");
    journey.pass(30);
    assert_eq!(journey.fresh(), Freshness::Live);
    for part in [Part::Session, Part::Create, Part::Form] {
        assert_eq!(needs(&journey, part), 0, "{part:?}");
    }
}

#[test]
fn a_session_is_asked_for_once_its_half_is_here() {
    let mut journey = reload(owner(), "#/sessions/0");
    journey.tab = None;
    assert_eq!(needs(&journey, Part::Session), 1);
    journey.pass(20);
    assert_eq!(journey.calls_since(0, |it| matches!(it, Call::Session(_) | Call::Log(_))), 0);
    assert_eq!(journey.fresh(), Freshness::Waiting);
    assert!(journey.model.version().is_some(), "what needs no half is asked for");
    journey.lend(Part::Session);
    assert!(journey.sent.last().is_some_and(|(_, it)| is_session(it)));
    journey.pass(2);
    assert_eq!((name(&journey), journey.fresh()), (Some("etl"), Freshness::Live));
    // A second one, from a fetch that was slow, changes nothing.
    journey.lend(Part::Session);
    assert_eq!(name(&journey), Some("etl"));
}

#[test]
fn a_page_is_named_before_its_half_is_here() {
    let named = |it: &Journey| it.model.named_session()?.name().map(str::to_owned);
    let mut journey = reload(owner(), "#/");
    journey.tab = None;
    journey.pass(5);
    open(&mut journey, "#/sessions/7");
    assert_eq!(named(&journey), None, "nobody knows that one");
    open(&mut journey, "#/sessions/0");
    assert_eq!(named(&journey).as_deref(), Some("etl"), "by the list");
    journey.lend(Part::Session);
    journey.pass(2);
    assert_eq!(named(&journey).as_deref(), Some("etl"), "by what is watched");
}

#[test]
fn without_its_half_a_session_is_not_shown_and_the_list_is() {
    let mut journey = reload(owner(), "#/sessions/0");
    let carried = journey.tab.clone();
    journey.pass(120);
    for event in [Event::Hidden, Event::Shown, Event::LookedAnew, Event::RefreshAsked, Event::Left] {
        journey.tell(event);
    }
    assert!(journey.model.watch().is_none() && carried.is_some());
    assert!(!journey.effects.iter().any(|it| matches!(it, Effect::Carry(_))), "what was carried stays");
    open(&mut journey, "#/");
    journey.pass(10);
    assert_eq!((journey.fresh(), journey.model.list().rows().rows.len()), (Freshness::Live, 1));
    open(&mut journey, "#/sessions/0");
    // With each page that needs it, when the tab comes to the front, and when the person wants to know now.
    assert_eq!(needs(&journey, Part::Session), 5, "a part that did not come is asked for again");
}

#[test]
fn nothing_is_said_to_be_waited_for_once_the_half_did_not_come() {
    let mut journey = bare("#/sessions/0");
    journey.pass(5);
    assert_eq!(journey.fresh(), Freshness::Waiting);
    journey.tell(Event::PartMissing(Part::Notice));
    assert_eq!(journey.fresh(), Freshness::Waiting);
    journey.tell(Event::PartMissing(Part::Session));
    journey.pass(60);
    let fresh = journey.model.fresh(journey.moment());
    assert_eq!((fresh.freshness, fresh.trouble), (Freshness::Stale, Some("Not loaded")));
    assert!(!fresh.text.contains("Waiting"), "{}", fresh.text);
    // The list is not concerned, and when the part is asked for again it is waited for again.
    open(&mut journey, "#/");
    journey.pass(5);
    assert_eq!(journey.fresh(), Freshness::Live);
    open(&mut journey, "#/sessions/0");
    assert_eq!(journey.fresh(), Freshness::Waiting);
    journey.tell(Event::PartMissing(Part::Session));
    journey.lend(Part::Session);
    journey.pass(5);
    assert_ne!(journey.fresh(), Freshness::Waiting);
    assert!(!journey.model.fresh(journey.moment()).text.contains("could not be loaded"));
}

#[test]
fn a_part_that_comes_after_the_machine_slept_does_not_hide_that_it_slept() {
    let mut journey = owner();
    let seen = |journey: &Journey| {
        let timeline = journey.model.watch().unwrap().timeline();
        timeline.iter().filter(|it| it.state.is_none()).count()
    };
    assert_eq!(seen(&journey), 0);
    // The first thing that happens is that a part arrives.
    journey.now += 600_000;
    journey.lend(Part::Notice);
    assert_eq!(seen(&journey), 1, "nobody has seen the ten minutes");
}

#[test]
fn a_carried_session_is_taken_up_when_its_half_comes() {
    let mut journey = reload(owner(), "#/");
    assert_eq!(needs(&journey, Part::Session), 1);
    journey.pass(5);
    journey.lend(Part::Session);
    open(&mut journey, "#/sessions/0");
    journey.pass(2);
    let states: Vec<_> = journey.model.watch().unwrap().timeline().iter().map(|it| it.from).collect();
    assert!(states.len() > 1, "the last page saw it start");
}

#[test]
fn a_create_whose_end_was_not_seen_is_looked_for_from_the_list() {
    let mut journey = Journey::at("#/new");
    journey.create("answer-lost");
    journey.pass(1);
    assert!(journey.intent.is_some());
    let mut journey = reload(journey, "#/");
    assert_eq!((needs(&journey, Part::Create), needs(&journey, Part::Session)), (1, 0));
    journey.pass(5);
    assert!(journey.model.is_creating(), "another one is not begun meanwhile");
    journey.lend(Part::Create);
    assert_eq!(journey.word(), "unknown");
    journey.pass(10);
    assert_eq!((journey.word(), journey.posts(), journey.model.is_creating()), ("found", 0, false));
    assert!(journey.effects.contains(&Effect::Remember(None)));
}

#[test]
fn the_form_is_asked_for_with_what_becomes_of_it() {
    let mut journey = bare("#/new");
    assert_eq!((needs(&journey, Part::Form), needs(&journey, Part::Create)), (1, 1));
    // Nobody can press before the page is drawn, which waits for both; if somebody does, it is sent once the half is here.
    journey.create("etl");
    journey.pass(1);
    assert_eq!(journey.posts(), 0);
    journey.lend(Part::Create);
    journey.pass(1);
    assert_eq!((journey.word(), journey.posts()), ("created", 1));
}

#[test]
fn a_session_that_was_made_waits_for_its_half_with_what_was_asked() {
    let mut journey = bare("#/new");
    journey.lend(Part::Create);
    journey.create("etl");
    journey.pass(3);
    assert!(matches!(journey.model.route(), Route::Session(_)));
    assert_eq!(journey.word(), "created");
    assert_eq!(needs(&journey, Part::Session), 2, "with the press, and when its page is opened");
    journey.lend(Part::Session);
    let session = journey.model.watch().and_then(|it| it.session()).unwrap();
    assert_eq!((session.name(), session.kind()), (Some("etl"), Some("pyspark")));
    assert_eq!(journey.model.watch().map(|it| it.timeline().len()), Some(1), "seen from the answer on");
    journey.pass(3);
    assert_eq!(journey.fresh(), Freshness::Live);
}

#[test]
fn what_is_kept_is_read_once_its_half_is_here() {
    let mut journey = bare("#/");
    journey.tell(Event::KeepingSet(None));
    assert_eq!(needs(&journey, Part::Session), 0, "memory is off");
    journey.tell(Event::KeepingSet(Some(1 << 20)));
    assert_eq!(needs(&journey, Part::Session), 1);
    assert!(!journey.effects.contains(&Effect::Recall));
    journey.lend(Part::Session);
    assert!(journey.effects.contains(&Effect::Recall));
}

#[test]
fn the_words_for_failures_come_with_the_first_answer_and_are_asked_for_again_with_each_failure() {
    let mut journey = bare("#/");
    assert_eq!(needs(&journey, Part::Notice), 0, "not before there is something to show");
    journey.pass(60);
    assert_eq!(needs(&journey, Part::Notice), 1);
    let title = |journey: &Journey| journey.model.fresh(journey.moment()).trouble;
    journey.cut = true;
    journey.pass(60);
    assert!(needs(&journey, Part::Notice) > 2);
    assert_eq!(title(&journey), Some("No answer"));
    journey.cut = false;
    journey.lend(Part::Notice);
    let asked = needs(&journey, Part::Notice);
    journey.pass(60);
    assert_eq!((title(&journey), needs(&journey, Part::Notice)), (None, asked));
}

/// A page with a session of its own on its way, and every half but the table of causes.
fn watching(name: &str) -> Journey {
    let mut journey = bare("#/new");
    for part in [Part::Session, Part::Create, Part::Notice] {
        journey.lend(part);
    }
    journey.create(name);
    journey.pass(20);
    journey
}

fn causes(journey: &Journey) -> Vec<Cause> {
    journey.model.watch().unwrap().causes().iter().map(|it| it.cause).collect()
}

#[test]
fn the_table_of_causes_is_fetched_once_a_session_has_ended_and_tells_when_it_comes() {
    let mut journey = watching("etl");
    assert_eq!(needs(&journey, Part::Cause), 0, "it lives");
    journey = watching("dies-while-starting");
    assert_eq!(journey.state(), "dead");
    assert_eq!((needs(&journey, Part::Cause), causes(&journey)), (1, vec![]));
    assert!(journey.model.watch().unwrap().wants_book());
    journey.pass(120);
    assert_eq!((needs(&journey, Part::Cause), causes(&journey)), (1, vec![]), "it is waited for");
    journey.lend(Part::Cause);
    assert_eq!(causes(&journey), [Cause::ClassMissing]);
    assert!(!journey.model.watch().unwrap().wants_book());
    let line = journey.model.watch().unwrap().causes()[0].evidence[0];
    journey.lend(Part::Cause);
    assert_eq!(journey.model.watch().unwrap().causes()[0].evidence[0], line, "a second one changes nothing");
}

#[test]
fn a_table_of_causes_that_did_not_come_is_asked_for_again_when_a_person_or_the_network_is_back() {
    let mut journey = watching("dies-while-starting");
    journey.tell(Event::PartMissing(Part::Cause));
    journey.pass(60);
    assert_eq!(needs(&journey, Part::Cause), 1, "not with every second");
    for (times, event) in [(2, Event::RefreshAsked), (3, Event::CameOnline), (4, Event::Shown)] {
        journey.tell(event);
        assert_eq!(needs(&journey, Part::Cause), times);
    }
    assert_ne!(last_error(journey.model.watch().unwrap().log()), None, "there is a line to read meanwhile");
    // What the facts say does not wait for it.
    let id = journey.model.watch().unwrap().session().unwrap().id.clone();
    journey.tell(Event::DeleteConfirmed(id));
    journey.pass(10);
    assert_eq!(causes(&journey), [Cause::Deleted]);
    journey.lend(Part::Cause);
    assert_eq!(causes(&journey), [Cause::ClassMissing, Cause::Deleted]);
}

#[test]
fn a_carried_session_is_explained_when_the_table_of_causes_comes() {
    let mut journey = watching("dies-while-starting");
    journey.lend(Part::Cause);
    let told = causes(&journey);
    let mut journey = reload(journey, "#/sessions/0");
    journey.lend(Part::Session);
    journey.pass(1);
    assert_eq!((needs(&journey, Part::Cause), causes(&journey)), (1, vec![]));
    journey.lend(Part::Cause);
    assert_eq!(causes(&journey), told);
}

#[test]
fn the_half_for_statements_comes_with_the_first_idle_session_and_not_before() {
    let mut journey = Journey::at("#/new");
    journey.create("etl");
    journey.pass(3);
    assert_eq!(needs(&journey, Part::Statements), 0, "nothing can run in a session that starts");
    journey.pass(15);
    assert_eq!(needs(&journey, Part::Statements), 1);
    journey.pass(60);
    assert_eq!(needs(&journey, Part::Statements), 1, "not with every second");
    // It did not come: the next time somebody looks is another occasion.
    journey.tell(Event::PartMissing(Part::Statements));
    journey.tell(Event::Hidden);
    journey.tell(Event::Shown);
    assert_eq!(needs(&journey, Part::Statements), 2);
    crate::statements::lend(&mut journey, crate::statements::BROWSER);
    journey.pass(3);
    assert!(journey.model.statements().is_some());
    journey.tell(Event::Hidden);
    journey.tell(Event::Shown);
    assert_eq!(needs(&journey, Part::Statements), 2);
}

#[test]
fn what_is_typed_and_never_run_is_guarded_wherever_one_goes() {
    let mut journey = crate::statements::desk("etl");
    let guards = |it: &Journey| {
        let told =
            it.effects.iter().filter_map(|it| if let Effect::Guard(on) = it { Some(*on) } else { None });
        told.collect::<Vec<_>>()
    };
    journey.tell(Event::Drafted("  \n".to_owned()));
    assert_eq!(guards(&journey), [false; 0]);
    journey.tell(Event::Drafted("1 + 1".to_owned()));
    journey.tell(Event::Drafted("1 + 12".to_owned()));
    open(&mut journey, "#/");
    journey.pass(3);
    assert_eq!(guards(&journey), [true]);
    open(&mut journey, "#/sessions/0");
    journey.pass(2);
    assert_eq!(journey.model.statements().map(|it| it.draft().to_owned()).as_deref(), Some("1 + 12"));
    crate::statements::run(&mut journey, "1 + 12");
    journey.pass(3);
    assert_eq!(guards(&journey), [true, false], "it was run: the server has it");
    journey.tell(Event::Drafted("1 + 123".to_owned()));
    assert_eq!(guards(&journey), [true, false, true]);
}
