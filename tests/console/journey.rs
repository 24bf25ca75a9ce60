//! Journeys of the machine against the pretend cluster, on a clock that jumps from one wake-up to the next: hours pass in no time.

use console::{Deletion, Effect, Ending, Event, Freshness, Route, Stage};
use fake_livy::Options;
use form::{Draft, Field, ReadContext, SessionName};
use livy::{Address, Answer, Call, CallError, Section};

use crate::person::{Journey, TOKEN, id, is_session};

#[test]
fn from_the_form_to_idle() {
    let mut journey = Journey::at("#/new");
    journey.pass(1);
    journey.create("etl");
    journey.pass(1);
    assert_eq!(
        (journey.word(), journey.model.route()),
        ("created", &Route::Session(Address::parse("0").unwrap()))
    );
    for effect in [Effect::Settled(Some(TOKEN)), Effect::Remember(None)] {
        assert!(journey.effects.contains(&effect), "{effect:?}");
    }
    assert_eq!((journey.state(), journey.fresh()), ("starting", Freshness::Live));
    journey.pass(10);
    assert_eq!(journey.state(), "idle");
    // The ring kept 200 of 330 lines; the page has kept all that it saw pass.
    let lines = journey.model.watch().unwrap().log().section(Section::Stderr).unwrap();
    assert_eq!(lines.count(), 332);
    assert_eq!(lines.entries().filter(|it| matches!(it, console::Entry::Gap { .. })).count(), 0);
    assert_eq!(journey.posts(), 1);
}

#[test]
fn the_last_session_of_this_browser_is_known_while_this_page_or_the_server_knows_it() {
    let mut journey = Journey::at("#/new");
    journey.pass(1);
    assert!(journey.model.last_own().is_none(), "the server's other sessions are other people's");
    for name in ["first", "second"] {
        journey.tell(Event::Opened(Route::New));
        journey.create(name);
        journey.pass(5);
        assert_eq!(journey.model.last_own().and_then(|it| it.name()), Some(name));
    }
    journey.tell(Event::Opened(Route::Sessions));
    journey.pass(10);
    assert_eq!(journey.model.last_own().and_then(|it| it.name()), Some("second"));
}

#[test]
fn quick_while_starting_slow_while_idle() {
    let mut journey = Journey::at("#/new");
    journey.create("etl");
    journey.pass(6);
    let starting = journey.calls_since(0, is_session);
    assert!((5..=8).contains(&starting), "{starting} calls in 6 s");
    journey.pass(60);
    let idle = journey.calls_since(10, is_session);
    assert!((5..=6).contains(&idle), "{idle} calls in 56 s");
    journey.tell(Event::Hidden);
    journey.pass(600);
    let hidden = journey.calls_since(67, is_session);
    assert!((8..=12).contains(&hidden), "{hidden} calls in 10 min");
    journey.tell(Event::Shown);
    assert!(journey.sent.last().is_some_and(|(at, it)| *at == 666 && is_session(it)));
}

#[test]
fn a_start_that_dies_ends_with_its_last_lines() {
    let mut journey = Journey::at("#/new");
    journey.create("dies-while-starting");
    journey.pass(20);
    assert_eq!((journey.state(), journey.fresh()), ("dead", Freshness::Over));
    assert!(journey.model.watch().unwrap().log().to_text().contains("ClassNotFoundException"));
    let sent = journey.sent.len();
    journey.pass(120);
    assert_eq!(journey.sent.len(), sent, "a session that is over is not asked for");
}

#[test]
fn error_is_not_the_end() {
    let mut journey = Journey::at("#/new");
    journey.create("error-then-idle");
    journey.pass(18);
    assert_eq!((journey.state(), journey.fresh()), ("error", Freshness::Live));
    journey.pass(15);
    assert_eq!(journey.state(), "idle");
}

#[test]
fn a_lost_answer_is_unknown_then_found_and_never_sent_twice() {
    for story in ["answer-lost", "gateway-loses"] {
        let mut journey = Journey::at("#/new");
        journey.pass(1);
        journey.create(story);
        journey.pass(1);
        let remembered = journey.effects.iter().any(|it| matches!(it, Effect::Remember(Some(_))));
        assert_eq!((remembered, journey.word()), (true, "unknown"), "{story}");
        journey.create(story);
        journey.pass(5);
        assert_eq!((journey.word(), journey.posts()), ("found", 1), "{story}");
        assert!(matches!(journey.model.route(), Route::Session(_)));
    }
}

#[test]
fn a_request_that_never_arrived_may_be_sent_again_by_the_person_alone() {
    let mut journey = Journey::at("#/new");
    journey.create("never-arrives");
    journey.pass(20);
    assert!(matches!(journey.stage(), Stage::Unknown { absent: false, .. }));
    journey.pass(40);
    assert!(matches!(journey.stage(), Stage::Unknown { absent: true, .. }));
    assert_eq!(journey.posts(), 1);
    journey.create("etl");
    journey.pass(2);
    assert_eq!((journey.word(), journey.posts()), ("created", 2));
}

#[test]
fn a_reload_in_between_finds_the_session() {
    let mut journey = Journey::at("#/new");
    journey.create("answer-lost");
    let remembered = journey.effects.iter().find_map(|it| match it {
        Effect::Remember(Some(intent)) => Some(intent.clone()),
        _ => None,
    });
    let stored = remembered.or_else(|| {
        journey.pass(1);
        journey.effects.iter().find_map(|it| if let Effect::Remember(it) = it { it.clone() } else { None })
    });
    let mut reloaded = Journey::with("#/new", Options::default(), stored);
    reloaded.cluster = journey.cluster;
    reloaded.now = 5_000;
    assert_eq!(reloaded.word(), "unknown");
    reloaded.pass(10);
    assert_eq!((reloaded.word(), reloaded.posts()), ("found", 0));
    assert!(reloaded.effects.contains(&Effect::Settled(None)), "the form knows nothing of it any more");
}

#[test]
fn a_name_in_use_is_told_before_anything_is_sent() {
    let mut journey = Journey::at("#/new");
    journey.create("etl");
    journey.pass(2);
    journey.tell(Event::Opened(Route::New));
    journey.create("etl");
    journey.pass(2);
    assert_eq!((journey.stage(), journey.posts()), (&Stage::Taken(id("0")), 1));
}

#[test]
fn a_refusal_keeps_the_servers_words() {
    let mut journey = Journey::at("#/new");
    let mut draft = Draft::default();
    draft.set_rows(Field::Jars, vec!["/lib/a.jar".into()]);
    let request = form::parse(&draft, &ReadContext::new(SessionName::made_up(3))).unwrap();
    journey.tell(Event::Submitted { request, token: TOKEN });
    journey.pass(2);
    let Stage::Refused(CallError::Refused { status, message, .. }) = journey.stage() else {
        panic!("{:?}", journey.stage())
    };
    assert_eq!((*status, message.contains("cannot be added to user sessions")), (400, true));
    assert_eq!(journey.word(), "refused");
}

#[test]
fn hdinsights_200_is_a_success() {
    let mut journey = Journey::at("#/new");
    journey.create("hdinsight");
    journey.pass(1);
    assert_eq!(journey.word(), "created");
}

#[test]
fn an_outage_keeps_the_last_good_view_and_backs_off() {
    let mut journey = Journey::at("#/new");
    journey.create("etl");
    journey.pass(20);
    journey.cut = true;
    journey.pass(120);
    assert_eq!((journey.state(), journey.fresh()), ("idle", Freshness::Stale));
    let tries = journey.calls_since(20, is_session);
    assert!((6..=12).contains(&tries), "{tries} tries in 2 min");
    assert!(journey.model.watch().unwrap().trouble().is_some());
    journey.cut = false;
    journey.tell(Event::CameOnline);
    journey.pass(1);
    assert_eq!((journey.state(), journey.fresh()), ("idle", Freshness::Live));
    assert!(journey.model.watch().unwrap().trouble().is_none());
}

#[test]
fn a_sign_in_is_asked_for_once() {
    let mut journey = Journey::at("#/");
    journey.pass(1);
    journey.instead = Some(Answer { status: 401, ..Answer::default() });
    journey.pass(60);
    let tries = journey.calls_since(2, |it| matches!(it, Call::Sessions { .. }));
    assert_eq!((tries, journey.fresh()), (1, Freshness::Stale));
    journey.instead = None;
    journey.tell(Event::RefreshAsked);
    journey.pass(1);
    assert_eq!(journey.fresh(), Freshness::Live);
}

#[test]
fn a_page_for_people_is_never_taken_for_news() {
    let mut journey = Journey::at("#/new");
    journey.create("etl");
    journey.pass(20);
    journey.instead = Some(Answer {
        status: 200,
        content_type: Some("text/html".into()),
        body: "<title>Sign in</title>".into(),
        ..Answer::default()
    });
    journey.tell(Event::DeleteConfirmed(id("0")));
    journey.pass(30);
    let watch = journey.model.watch().unwrap();
    assert!(
        matches!(watch.deletion(), Deletion::Failed(CallError::NotLivy { .. })),
        "{:?}",
        watch.deletion()
    );
    assert_eq!((journey.state(), watch.ending()), ("idle", None));
}

#[test]
fn a_delete_ends_the_watch_and_keeps_what_was_seen() {
    let mut journey = Journey::at("#/new");
    journey.create("etl");
    journey.pass(20);
    journey.tell(Event::DeleteConfirmed(id("0")));
    journey.pass(1);
    let watch = journey.model.watch().unwrap();
    assert!(matches!(watch.ending(), Some(Ending::Deleted(_))));
    assert_eq!(
        (journey.state(), journey.fresh(), watch.log().section(Section::Stderr).unwrap().count()),
        ("idle", Freshness::Over, 332)
    );
    // Gone on the server too, and a second look says so without a call about the log.
    let mut other = Journey::at("#/sessions/0");
    other.cluster = journey.cluster;
    other.pass(5);
    assert_eq!(other.model.watch().unwrap().ending(), Some(Ending::Missing));
    assert_eq!(other.calls_since(0, |it| matches!(it, Call::Log(_))), 0);
}

#[test]
fn a_forgotten_session_stays_on_the_screen() {
    let mut journey = Journey::at("#/new");
    journey.create("forgotten");
    journey.pass(40);
    let watch = journey.model.watch().unwrap();
    assert!(matches!(watch.ending(), Some(Ending::Forgotten(_))));
    let why: Vec<_> = watch.causes().iter().map(|it| it.cause).collect();
    assert_eq!(why, [console::Cause::Forgotten], "half a minute is too soon for any rule");
    assert_eq!((journey.state(), journey.fresh()), ("idle", Freshness::Over));
}

#[test]
fn a_name_in_the_address_becomes_the_id() {
    let mut maker = Journey::at("#/new");
    maker.create("my lab");
    maker.pass(2);
    let mut journey = Journey::at("#/sessions/my%20lab");
    journey.cluster = maker.cluster;
    journey.now = 3_000;
    // The first look went to an empty cluster of its own.
    journey.coming.clear();
    journey.tell(Event::Opened(Route::Sessions));
    journey.tell(Event::Opened(Route::Session(Address::parse("my lab").unwrap())));
    journey.pass(16);
    journey.pass(5);
    assert_eq!(journey.model.route(), &Route::Session(Address::parse("0").unwrap()));
    assert!(journey.effects.contains(&Effect::Replace(Route::Session(Address::parse("0").unwrap()))));
}

#[test]
fn unknown_words_and_missing_markers_harm_nothing() {
    let mut journey = Journey::at("#/new");
    journey.create("unknown-state");
    journey.pass(30);
    assert_eq!((journey.state(), journey.fresh()), ("hibernating", Freshness::Live));
    let mut journey = Journey::at("#/new");
    journey.create("recovering");
    journey.pass(5);
    assert_eq!(
        journey.model.watch().unwrap().log().section(Section::Stdout).map(console::SectionLog::count),
        Some(1)
    );
}

#[test]
fn a_malformed_route_asks_for_no_session() {
    for hash in ["#/sessions/%", "#/sessions/..%2f..%2fx", "#/sessions/.."] {
        let mut journey = Journey::at(hash);
        journey.pass(60);
        assert_eq!(
            journey.calls_since(0, |it| !matches!(it, Call::Sessions { .. } | Call::Version)),
            0,
            "{hash}"
        );
    }
}

#[test]
fn a_flood_is_followed_or_has_a_gap_exactly_where_it_was_lost() {
    let mut journey = Journey::at("#/new");
    journey.create("floods-its-log");
    journey.pass(120);
    let log = journey.model.watch().unwrap().log().section(Section::Stderr).unwrap();
    let mut last = None;
    for entry in log.entries() {
        match entry {
            console::Entry::Gap { .. } => last = None,
            console::Entry::Line { text, .. } => {
                let number = text
                    .split_once("Finished task ")
                    .or_else(|| text.split_once("Lost task "))
                    .and_then(|(_, it)| it.split('.').next()?.parse::<u64>().ok());
                if let (Some(before), Some(number)) = (last, number) {
                    assert_eq!(number, before + 1, "a line was lost, doubled or moved without a gap");
                }
                last = number.or(last);
            }
        }
    }
    assert!(last.is_some_and(|it| it > 3_000));
}

#[test]
fn nothing_new_changes_nothing_but_the_age() {
    let mut journey = Journey::at("#/new");
    journey.create("etl");
    journey.pass(40);
    let watch = journey.model.watch().unwrap();
    let (session, revision) = (watch.session().unwrap().clone(), watch.log().revision());
    journey.pass(12);
    let watch = journey.model.watch().unwrap();
    assert!(std::sync::Arc::ptr_eq(&session, watch.session().unwrap()));
    assert!(watch.log().revision() <= revision + 1);
}

#[test]
fn chaos_is_survived() {
    for seed in 1..20 {
        let options = Options { chaos_percent: 40, seed, ..Options::default() };
        let mut journey = Journey::with("#/new", options, None);
        journey.create("etl");
        journey.pass(900);
        assert!(journey.posts() <= 1, "seed {seed}");
        // A person's own create may come on top of the five.
        let rate = (2..900).map(|sec| journey.sent.iter().filter(|(at, _)| *at == sec).count()).max();
        assert!(rate <= Some(5), "seed {seed}: {rate:?} calls in one second");
        if journey.model.create().and_then(console::Create::session).is_some() {
            assert_eq!(journey.state(), "idle", "seed {seed}");
        }
    }
}

#[test]
fn every_call_that_gets_no_answer_is_given_up() {
    let mut journey = Journey::at("#/");
    journey.coming.clear();
    journey.pass(20);
    assert!(journey.effects.iter().any(|it| matches!(it, Effect::Abandon(_))));
    assert_eq!(journey.fresh(), Freshness::Live, "the second try was answered");
}
