//! What the host is told on journeys of the virtual clock: everything once, nothing without news.

use console::{Announcement, Detail, Effect, Event, Part, Place, Route};
use fake_livy::{Cluster, Options};
use livy::Answer;

use crate::person::{Journey, id};

/// All that was told, a line each: `state id=0 name=etl state=idle before=starting gone=false`.
fn told(journey: &Journey) -> Vec<String> {
    let announced = journey.effects.iter().filter_map(|it| match it {
        Effect::Announce(it) => Some(it),
        _ => None,
    });
    announced.map(line).collect()
}

fn line(it: &Announcement) -> String {
    let word = |(name, detail): &(&str, Detail)| format!(" {name}={}", value(detail));
    let event = it.event.strip_prefix("livy-").unwrap();
    event.to_owned() + &it.detail.iter().map(word).collect::<String>()
}

fn value(detail: &Detail) -> String {
    match detail {
        Detail::None => "null".to_owned(),
        Detail::Flag(it) => it.to_string(),
        Detail::Number(it) => it.to_string(),
        Detail::Text(it) => it.clone(),
        Detail::Sessions(all) => {
            let one = |it: &(String, Option<String>)| format!("{}:{}", it.0, it.1.as_deref().unwrap_or("-"));
            format!("[{}]", all.iter().map(one).collect::<Vec<_>>().join(" "))
        }
    }
}

/// What was told of these events alone.
fn only(journey: &Journey, events: &[&str]) -> Vec<String> {
    told(journey).into_iter().filter(|it| events.contains(&it.split(' ').next().unwrap())).collect()
}

fn open(journey: &mut Journey, hash: &str) {
    journey.tell(Event::Opened(Place::parse(hash).route));
}

fn answer(status: u16, body: &str) -> Answer {
    Answer { status, body: body.to_owned(), ..Answer::default() }
}

/// The same tab after a reload; what the browser remembers is told first.
fn reload(mut journey: Journey, hash: &str) -> Journey {
    journey.tell(Event::Left);
    let (now, own) = (journey.now + 1_000, journey.own);
    let mut journey = Journey::before(hash, journey.cluster, now, journey.intent, journey.tab);
    journey.tell(Event::Owned(own));
    journey
}

#[test]
fn a_session_from_its_create_to_its_end() {
    let mut journey = Journey::at("#/new");
    journey.create_beating("etl", 60);
    journey.pass(60);
    let asked = "name=etl kind=spark";
    assert_eq!(
        told(&journey),
        [
            format!("create {asked}"),
            format!("created {asked} id=0"),
            "state id=0 name=etl state=starting before=null gone=false".to_owned(),
            "kept-alive sessions=[0:etl]".to_owned(),
            "navigate route=/sessions/0 by=console".to_owned(),
            "state id=0 name=etl state=idle before=starting gone=false".to_owned(),
        ]
    );
    let so_far = told(&journey).len();
    journey.tell(Event::DeleteConfirmed(id("0")));
    journey.pass(120);
    open(&mut journey, "#/");
    journey.pass(120);
    assert_eq!(
        told(&journey)[so_far..],
        [
            "deleted id=0 name=etl",
            "state id=0 name=etl state=idle before=idle gone=true",
            "kept-alive sessions=[]",
            "navigate route=/ by=person",
        ]
    );
}

#[test]
fn what_the_list_a_heartbeat_and_the_page_say_is_told_once() {
    let mut journey = Journey::at("#/new");
    journey.create_beating("slow", 30);
    journey.pass(4);
    // From page to page, with answers that take three seconds and overtake each other.
    for _ in 0..6 {
        for hash in ["#/", "#/sessions/0", "#/new"] {
            open(&mut journey, hash);
            journey.pass(5);
        }
    }
    assert_eq!(
        only(&journey, &["state", "kept-alive"]),
        [
            "state id=0 name=slow state=starting before=null gone=false",
            "kept-alive sessions=[0:slow]",
            "state id=0 name=slow state=idle before=starting gone=false",
        ]
    );
}

#[test]
fn an_hour_without_news_tells_nothing() {
    let mut journey = Journey::with("#/", Options { seeded: true, ..Options::default() }, None);
    journey.pass(600);
    assert_eq!(told(&journey), Vec::<String>::new(), "sessions of others are not told");
    journey.create("etl");
    journey.pass(60);
    let so_far = told(&journey).len();
    for event in [Event::RefreshAsked, Event::Hidden, Event::Shown, Event::CameOnline, Event::Woke] {
        journey.tell(event);
        journey.pass(300);
    }
    assert_eq!(told(&journey)[so_far..], Vec::<String>::new());
}

#[test]
fn who_opened_a_page_is_told_and_the_host_not_of_itself() {
    let mut journey = Journey::at("#/new");
    journey.create("etl");
    journey.pass(15);
    open(&mut journey, "#/");
    // Somebody goes elsewhere before the page that the machine wanted is open.
    journey.tell(Event::OpenedByHost(Route::New));
    open(&mut journey, "#/");
    open(&mut journey, "#/");
    journey.tell(Event::OpenedByHost(Place::parse("/sessions/etl").route));
    journey.pass(5);
    open(&mut journey, "#/nowhere?token=hush");
    assert_eq!(
        only(&journey, &["navigate"]),
        [
            "navigate route=/sessions/0 by=console",
            "navigate route=/ by=person",
            "navigate route=/ by=person",
            // The host named it, and learns its id.
            "navigate route=/sessions/0 by=console",
            "navigate route=/nowhere by=person",
        ]
    );
}

#[test]
fn a_create_that_fails_says_whether_anybody_knows() {
    let ends = |name: &str, secs: u64| {
        let mut journey = Journey::at("#/new");
        journey.create(name);
        journey.pass(secs);
        only(&journey, &["create", "created", "create-failed"])
    };
    let asked = |name: &str| format!("name={name} kind=pyspark");
    let lost = asked("answer-lost");
    assert_eq!(
        ends("answer-lost", 120),
        [
            format!("create {lost}"),
            format!("create-failed {lost} why=unknown"),
            format!("created {lost} id=0")
        ]
    );
    let gateway = asked("gateway-loses");
    assert_eq!(
        ends("gateway-loses", 120),
        [
            format!("create {gateway}"),
            format!("create-failed {gateway} why=unknown status=502"),
            format!("created {gateway} id=0")
        ]
    );
    let never = asked("never-arrives");
    assert_eq!(
        ends("never-arrives", 900),
        [format!("create {never}"), format!("create-failed {never} why=unknown")],
        "once, however often it is looked for"
    );
    let mut journey = Journey::at("#/new");
    journey.create("etl");
    journey.coming.clear();
    journey.pass(0);
    journey.instead = Some(answer(403, "{\"msg\":\"hush\"}"));
    journey.pass(120);
    let refused = asked("etl");
    assert_eq!(
        only(&journey, &["create", "created", "create-failed"]),
        [format!("create {refused}"), format!("create-failed {refused} why=refused status=403")]
    );
    // A name that is taken: nothing was sent, and nothing is told.
    let mut journey = Journey::at("#/new");
    journey.create("etl");
    journey.pass(15);
    open(&mut journey, "#/new");
    journey.create("etl");
    journey.pass(15);
    assert_eq!(only(&journey, &["create", "create-failed"]), [format!("create {}", asked("etl"))]);
}

#[test]
fn after_a_reload_a_create_and_the_sessions_of_before_are_told() {
    let mut journey = Journey::at("#/new");
    journey.create("answer-lost");
    journey.pass(1);
    let mut journey = reload(journey, "#/");
    journey.pass(30);
    assert_eq!(
        only(&journey, &["create", "created", "create-failed", "state"]),
        [
            "created name=answer-lost kind=pyspark id=0",
            "state id=0 name=answer-lost state=starting before=null gone=false",
            "state id=0 name=answer-lost state=idle before=starting gone=false",
        ]
    );
    // The next page knows nothing of what was told: it begins with what it finds.
    let mut journey = reload(journey, "#/sessions/0");
    journey.pass(30);
    open(&mut journey, "#/");
    journey.pass(30);
    assert_eq!(only(&journey, &["state"]), ["state id=0 name=answer-lost state=idle before=null gone=false"]);
}

#[test]
fn a_session_that_the_server_forgets_is_gone_once_wherever_that_is_seen() {
    let gone = "state id=0 name=forgotten state=idle before=idle gone=true";
    for elsewhere in [None, Some("#/"), Some("#/sessions/0")] {
        let mut journey = Journey::at("#/new");
        journey.create("forgotten");
        journey.pass(8);
        if let Some(hash) = elsewhere {
            open(&mut journey, hash);
        }
        journey.pass(60);
        for hash in ["#/", "#/sessions/0", "#/", "#/sessions/0"] {
            open(&mut journey, hash);
            journey.pass(30);
        }
        let states = only(&journey, &["state"]);
        assert_eq!(states.iter().filter(|it| *it == gone).count(), 1, "{elsewhere:?}: {states:#?}");
        assert_eq!(states.last().map(String::as_str), Some(gone), "{elsewhere:?}: {states:#?}");
    }
}

#[test]
fn an_id_that_was_given_anew_ends_one_session_and_begins_another() {
    let mut journey = Journey::at("#/new");
    journey.create("etl");
    journey.pass(20);
    let so_far = told(&journey).len();
    let mut restarted = Journey::at("#/new");
    restarted.now = journey.now;
    restarted.create("other");
    restarted.pass(1);
    journey.cluster = restarted.cluster;
    journey.pass(30);
    assert_eq!(
        only(&journey, &["state"])[2..],
        ["state id=0 name=etl state=idle before=idle gone=true"],
        "the other one is not on the page"
    );
    journey.tell(Event::LookedAnew);
    journey.pass(30);
    assert_eq!(told(&journey)[so_far + 1..], ["state id=0 name=other state=idle before=null gone=false"]);
}

#[test]
fn an_outage_is_told_once_and_ends_with_an_answer() {
    let mut journey = Journey::at("#/");
    journey.pass(20);
    journey.cut = true;
    journey.pass(60);
    // Another page that was not answered yet proves nothing.
    open(&mut journey, "#/sessions/0");
    journey.pass(60);
    open(&mut journey, "#/");
    journey.pass(60);
    assert_eq!(only(&journey, &["trouble"]), ["trouble kind=no-answer over=false"]);
    journey.cut = false;
    journey.instead = Some(answer(502, "<html><title>Bad Gateway</title></html>"));
    journey.pass(60);
    journey.instead = None;
    journey.cut = true;
    journey.pass(60);
    journey.cut = false;
    journey.pass(60);
    assert_eq!(
        only(&journey, &["trouble"])[1..],
        ["trouble kind=gateway-without-livy status=502 over=false", "trouble kind=no-answer over=true"]
    );
    // A single failure is not worth a word, and the next outage is.
    journey.cut = true;
    journey.pass(120);
    assert_eq!(only(&journey, &["trouble"]).len(), 4);
}

#[test]
fn a_sign_in_is_asked_for_once_and_the_page_goes_on_after_it() {
    let mut journey = Journey::at("#/");
    journey.instead = Some(answer(401, ""));
    journey.pass(600);
    assert_eq!(told(&journey), ["trouble kind=sign-in-needed status=401 over=false"]);
    journey.instead = None;
    journey.tell(Event::RefreshAsked);
    journey.pass(1);
    assert_eq!(told(&journey)[1..], ["trouble kind=sign-in-needed status=401 over=true"]);
}

#[test]
fn a_part_that_comes_late_or_never_loses_and_doubles_nothing() {
    let mut owner = Journey::at("#/new");
    owner.create_beating("etl", 60);
    owner.pass(1);
    let (own, cluster, now) = (owner.own, owner.cluster, owner.now);
    let mut journey = Journey::bare("#/", cluster, now, None, None);
    journey.tell(Event::Owned(own));
    journey.pass(5);
    let first = ["state id=0 name=etl state=starting before=null gone=false", "kept-alive sessions=[0:etl]"];
    assert_eq!(told(&journey), first, "the list needs no other part");
    open(&mut journey, "#/sessions/0");
    journey.pass(5);
    journey.lend(Part::Session);
    journey.pass(20);
    open(&mut journey, "#/new");
    journey.lend(Part::Create);
    journey.create("other");
    journey.pass(30);
    assert_eq!(
        told(&journey)[2..],
        [
            "navigate route=/sessions/0 by=person",
            "state id=0 name=etl state=idle before=starting gone=false",
            "navigate route=/new by=person",
            "create name=other kind=pyspark",
            "created name=other kind=pyspark id=1",
            "state id=1 name=other state=starting before=null gone=false",
            "navigate route=/sessions/1 by=console",
            "state id=1 name=other state=idle before=starting gone=false",
        ]
    );
}

#[test]
fn without_the_words_for_failures_trouble_is_told_in_plain_ones() {
    let mut journey = Journey::bare("#/", Cluster::new(Options::default()), 0, None, None);
    journey.cut = true;
    journey.pass(4);
    assert_eq!(told(&journey), Vec::<String>::new(), "they may be on their way");
    journey.pass(10);
    assert_eq!(told(&journey), ["trouble kind=no-answer over=false"]);
    journey.lend(Part::Notice);
    journey.pass(30);
    assert_eq!(told(&journey).len(), 1, "it is the same in their words");
}

#[test]
fn the_host_may_ask_for_the_session_of_the_page_and_for_what_ends_with_it() {
    let mut journey = Journey::at("#/new");
    assert_eq!(journey.model.session_on_page(), None);
    journey.create_beating("etl", 60);
    journey.pass(30);
    let text = |it: &str| Detail::Text(it.to_owned());
    let facts = vec![("id", text("0")), ("name", text("etl")), ("state", text("idle"))];
    assert_eq!(journey.model.session_on_page(), Some(facts));
    assert_eq!(value(&journey.model.sessions_kept()), "[0:etl]");
    open(&mut journey, "#/");
    assert_eq!(journey.model.session_on_page(), None);
    open(&mut journey, "#/sessions/0");
    journey.tell(Event::DeleteConfirmed(id("0")));
    journey.pass(60);
    assert_eq!(
        (journey.model.session_on_page(), journey.model.sessions_kept()),
        (None, Detail::Sessions(vec![]))
    );
}

#[test]
fn nothing_of_a_request_is_in_what_is_told() {
    let mut journey = Journey::at("#/new");
    let mut draft = form::Draft::default();
    draft.set_text(form::Field::ProxyUser, "mallory");
    draft.set_text(form::Field::Queue, "root.hush");
    draft.set_conf(vec![("spark.ssl.keyPassword".to_owned(), "hush".to_owned())]);
    let terms = form::ReadContext::new(form::SessionName::made_up(5));
    let request = form::parse(&draft, &terms).unwrap();
    journey.tell(Event::Submitted { request, token: 1 });
    journey.pass(60);
    let told = told(&journey).join("\n");
    assert!(told.contains("created") && !told.contains("hush") && !told.contains("mallory"), "{told}");
}
