//! Many sessions are deleted with one confirmation.

use console::{EndStage, Ends, Event, Halt, Outcome, Route};
use fake_livy::{Cluster, Options};
use livy::{Answer, Call};

use super::{FleetEvent, fleet, is_delete, on_server, others_delete, pick, query, restart, step, tell, with};
use crate::person::{Journey, id};

fn ends(journey: &Journey) -> &Ends {
    journey.model.ends().unwrap()
}

/// All dead sessions of a fleet are selected and the question is open.
fn asked(options: Options) -> Journey {
    let mut journey = with("#/?state=dead", options);
    tell(&mut journey, FleetEvent::PickedAll);
    journey.pass(10);
    tell(&mut journey, FleetEvent::EndAsked);
    journey
}

fn of(sessions: usize) -> Options {
    Options { fleet: sessions, max_creation: 100_000, ..Options::default() }
}

fn confirmed(sessions: usize) -> Journey {
    let mut journey = asked(of(sessions));
    tell(&mut journey, FleetEvent::EndConfirmed);
    journey
}

fn most_at_once(journey: &mut Journey, secs: u64) -> usize {
    let mut most = 0;
    for _ in 0..secs * 50 {
        let end = journey.now + 20;
        journey.pass(0);
        journey.now = end;
        journey.tell(Event::Woke);
        while let Some(at) = journey.coming.iter().position(|it| it.0 <= journey.now) {
            let (_, ticket, result) = journey.coming.remove(at);
            journey.tell(Event::Answered { ticket, result });
        }
        let open = |it: &&console::EndItem| matches!(it.outcome, Outcome::Looking | Outcome::Deleting);
        most = most.max(ends(journey).items.iter().filter(open).count());
    }
    most
}

#[test]
fn nothing_is_sent_before_the_question_is_confirmed() {
    let mut journey = asked(of(500));
    journey.pass(60);
    let ends = ends(&journey);
    assert_eq!((ends.stage.clone(), ends.total(), ends.done()), (EndStage::Asking, 90, 0));
    assert!(ends.items.iter().all(|it| it.state == "dead" && !it.is_busy && it.is_ticked));
    assert_eq!(journey.calls_since(0, is_delete), 0);
    tell(&mut journey, FleetEvent::EndDismissed);
    assert!(journey.model.ends().is_none());
    assert_eq!(journey.model.selected().count, 90, "what was selected stays so");
}

#[test]
fn two_at_a_time_and_a_result_for_each() {
    let mut journey = confirmed(500);
    assert_eq!(most_at_once(&mut journey, 20), 2);
    let done = ends(&journey).done();
    assert!((10..90).contains(&done), "{done}");
    journey.pass(120);
    let ends = ends(&journey);
    assert_eq!((ends.stage.clone(), ends.done(), ends.failed()), (EndStage::Done, 90, 0));
    assert_eq!((on_server(&mut journey).len(), journey.calls_since(0, is_delete)), (410, 90));
    assert_eq!((journey.model.listing().len, journey.model.selected().count), (0, 0));
}

#[test]
fn an_hours_patience_is_kept_over_a_stop_and_a_press() {
    let mut journey = confirmed(500);
    journey.pass(2);
    journey.instead = Some(Answer { status: 429, retry_after: Some(3_600), ..Answer::default() });
    journey.pass(2);
    let EndStage::Waiting(due, _) = ends(&journey).stage else { panic!("{:?}", ends(&journey).stage) };
    let is_of_one = |it: &Call| matches!(it, Call::Session(_) | Call::Delete(_));
    let calls = journey.calls_since(0, is_of_one);
    tell(&mut journey, FleetEvent::EndStopped);
    assert_eq!(ends(&journey).stage, EndStage::Stopped(Halt::Person));
    journey.pass(10);
    tell(&mut journey, FleetEvent::EndResumed);
    assert!(
        matches!(ends(&journey).stage, EndStage::Waiting(at, _) if at == due),
        "{:?}",
        ends(&journey).stage
    );
    journey.pass(3_500);
    assert_eq!(journey.calls_since(0, is_of_one), calls, "the page says when it goes on");
    journey.instead = None;
    journey.pass(300);
    assert_eq!((ends(&journey).stage.clone(), ends(&journey).done()), (EndStage::Done, 90));
}

#[test]
fn busy_sessions_are_left_out_unless_they_are_ticked() {
    let mut journey = fleet("#/?state=busy&state=idle", 100);
    tell(&mut journey, FleetEvent::PickedAll);
    journey.pass(5);
    tell(&mut journey, FleetEvent::EndAsked);
    let busy: Vec<_> = ends(&journey).items.iter().filter(|it| it.is_busy).map(|it| it.id.clone()).collect();
    assert_eq!((busy.len(), ends(&journey).total()), (8, 60));
    tell(&mut journey, FleetEvent::EndTicked { id: busy[0].clone(), is_ticked: true });
    tell(&mut journey, FleetEvent::EndConfirmed);
    journey.pass(120);
    let left = on_server(&mut journey);
    let is_left = |it: &livy::SessionId| left.contains(&it.as_str().parse().unwrap());
    assert_eq!((ends(&journey).done(), is_left(&busy[0]), is_left(&busy[1])), (61, false, true));
}

#[test]
fn what_became_busy_since_the_question_is_left_alone() {
    let mut journey = fleet("#/?state=idle", 100);
    journey.pass(5);
    let two: Vec<_> =
        journey.model.listed(0..2).into_iter().map(|it| it.row.unwrap().id.to_string()).collect();
    two.iter().for_each(|it| pick(&mut journey, it));
    tell(&mut journey, FleetEvent::EndAsked);
    tell(&mut journey, FleetEvent::EndConfirmed);
    // It is busy in the answer to the read before its delete.
    let ids: Vec<String> = ends(&journey).items.iter().map(|it| it.id.to_string()).collect();
    let mine = format!("\"id\":{},", ids[0]);
    step(&mut journey, 500, |journey| {
        for (_, _, result) in &mut journey.coming {
            if let Ok(answer) = result
                && answer.body.contains(&mine)
                && !answer.body.contains("\"sessions\"")
            {
                answer.body = answer.body.replace("\"state\":\"idle\"", "\"state\":\"busy\"");
            }
        }
    });
    let outcomes: Vec<_> = ends(&journey).items.iter().map(|it| it.outcome.clone()).collect();
    assert_eq!(outcomes, [Outcome::Busy, Outcome::Deleted]);
    assert_eq!((ends(&journey).stage.clone(), ends(&journey).done()), (EndStage::Done, 1));
    assert_eq!(on_server(&mut journey).len(), 99);
}

#[test]
fn what_is_gone_already_is_no_failure() {
    let mut journey = confirmed(500);
    journey.pass(1);
    let waiting: Vec<u64> = {
        let waits = |it: &&console::EndItem| it.outcome == Outcome::Waiting;
        ends(&journey).items.iter().filter(waits).map(|it| it.id.as_str().parse().unwrap()).collect()
    };
    waiting[10..15].iter().for_each(|it| others_delete(&mut journey, *it));
    journey.pass(120);
    let gone = ends(&journey).items.iter().filter(|it| it.outcome == Outcome::Gone).count();
    assert_eq!((gone, ends(&journey).done(), ends(&journey).failed()), (5, 90, 0));
}

#[test]
fn after_a_restart_nobody_elses_session_is_deleted() {
    let mut journey = confirmed(500);
    journey.pass(3);
    let done = ends(&journey).done();
    restart(&mut journey, Options { max_creation: 1_000, ..Options::default() });
    for at in 0..500 {
        journey.cluster.answer(
            std::time::Duration::from_millis(journey.now),
            &fake_livy::Request {
                method: "POST".into(),
                path: "/sessions".into(),
                headers: vec![
                    ("X-Requested-By".to_owned(), "others".to_owned()),
                    ("Content-Type".to_owned(), "application/json".to_owned()),
                ],
                body: format!(r#"{{"name":"other-{at}"}}"#).into_bytes(),
            },
        );
    }
    journey.pass(120);
    assert_eq!(ends(&journey).stage, EndStage::Done);
    // The answer to the reading of one may have been on its way.
    assert!(on_server(&mut journey).len() >= 499);
    let another = ends(&journey).items.iter().filter(|it| it.outcome == Outcome::Another).count();
    assert!(another + done >= 88, "{another} {done}");
}

#[test]
fn a_refusal_stops_and_a_press_goes_on() {
    let mut journey = confirmed(500);
    journey.pass(5);
    journey.instead = Some(Answer { status: 401, ..Answer::default() });
    journey.pass(3);
    assert!(
        matches!(ends(&journey).stage, EndStage::Stopped(Halt::Refused(_))),
        "{:?}",
        ends(&journey).stage
    );
    let done = ends(&journey).done();
    assert!(done > 3 && ends(&journey).failed() == 0);
    journey.instead = None;
    let deletes = journey.calls_since(0, is_delete);
    journey.pass(60);
    assert_eq!(journey.calls_since(0, is_delete), deletes, "never by itself");
    tell(&mut journey, FleetEvent::EndResumed);
    journey.pass(120);
    assert_eq!((ends(&journey).stage.clone(), ends(&journey).done()), (EndStage::Done, 90));
}

#[test]
fn one_that_may_not_be_deleted_does_not_keep_the_others_waiting() {
    let mut journey = asked(of(200));
    let first = ends(&journey).items[0].id.clone();
    assert_eq!(first, id("197"), "the twist knows it");
    journey.twist = Some(|call, answer| match call {
        Call::Delete(address) if address.as_str() == "197" => Answer { status: 403, ..Answer::default() },
        _ => answer,
    });
    tell(&mut journey, FleetEvent::EndConfirmed);
    journey.pass(10);
    assert!(matches!(ends(&journey).stage, EndStage::Stopped(Halt::Refused(_))));
    tell(&mut journey, FleetEvent::EndResumed);
    journey.pass(60);
    assert_eq!(
        (ends(&journey).stage.clone(), ends(&journey).failed(), ends(&journey).done()),
        (EndStage::Done, 1, 35)
    );
    journey.twist = None;
    tell(&mut journey, FleetEvent::FailedRetried);
    journey.pass(10);
    assert_eq!(
        (ends(&journey).stage.clone(), ends(&journey).failed(), ends(&journey).done()),
        (EndStage::Done, 0, 36)
    );
}

#[test]
fn patience_and_lost_answers_delay_and_nothing_more() {
    for options in [Options { refuse_every: 4, ..of(150) }, Options { chaos_percent: 25, seed: 5, ..of(150) }]
    {
        let mut journey = with("#/?state=dead", options);
        tell(&mut journey, FleetEvent::PickedAll);
        journey.pass(100);
        tell(&mut journey, FleetEvent::EndAsked);
        assert_eq!(ends(&journey).total(), 27);
        tell(&mut journey, FleetEvent::EndConfirmed);
        journey.pass(300);
        tell(&mut journey, FleetEvent::FailedRetried);
        journey.pass(300);
        let ends = ends(&journey);
        assert_eq!((ends.stage.clone(), ends.failed(), ends.done()), (EndStage::Done, 0, 27));
    }
}

#[test]
fn a_person_can_stop_it() {
    let mut journey = confirmed(500);
    journey.pass(3);
    tell(&mut journey, FleetEvent::EndStopped);
    journey.pass(3);
    let done = ends(&journey).done();
    journey.pass(60);
    assert_eq!(
        (ends(&journey).stage.clone(), ends(&journey).done()),
        (EndStage::Stopped(Halt::Person), done)
    );
    assert!(done < 20);
}

#[test]
fn it_goes_on_while_another_page_is_open() {
    let mut journey = confirmed(200);
    journey.tell(Event::Opened(Route::New));
    journey.pass(60);
    assert_eq!(ends(&journey).stage, EndStage::Done);
}

/// The same tab after a reload.
fn reload(mut journey: Journey) -> Journey {
    journey.tell(Event::Left);
    let (now, left) = (journey.now + 1_000, journey.ends.clone());
    let mut next = Journey::before("#/", journey.cluster, now, None, None);
    next.ends = left.clone();
    if let Some(left) = left {
        next.tell(Event::EndsCarried(left));
    }
    next
}

#[test]
fn a_reload_knows_where_it_stopped_and_goes_on_by_a_press_alone() {
    let mut journey = confirmed(500);
    journey.pass(5);
    let done = ends(&journey).done();
    let mut journey = reload(journey);
    journey.pass(60);
    assert_eq!(ends(&journey).stage, EndStage::Stopped(Halt::Reload));
    assert_eq!((ends(&journey).total(), journey.calls_since(0, is_delete)), (90, 0));
    assert!(ends(&journey).done() >= done);
    tell(&mut journey, FleetEvent::EndResumed);
    journey.pass(120);
    assert_eq!((ends(&journey).stage.clone(), ends(&journey).done()), (EndStage::Done, 90));
    let mut journey = reload(journey);
    assert_eq!(ends(&journey).stage, EndStage::Done, "its results stay");
    tell(&mut journey, FleetEvent::EndDismissed);
    assert!(reload(journey).model.ends().is_none());
}

#[test]
fn ones_own_session_that_was_deleted_among_others_is_known_to_be() {
    let mut journey = Journey::before("#/", Cluster::new(Options::default()), 0, None, None);
    journey.create("mine");
    journey.pass(20);
    journey.tell(Event::Opened(Route::of(&id("0"))));
    journey.pass(5);
    journey.tell(Event::Opened(Route::Sessions));
    query(&mut journey, "#/");
    journey.pass(5);
    pick(&mut journey, "0");
    tell(&mut journey, FleetEvent::EndAsked);
    tell(&mut journey, FleetEvent::EndConfirmed);
    journey.pass(5);
    let told = journey
        .effects
        .iter()
        .filter(|it| matches!(it, console::Effect::Announce(it) if it.event == "livy-deleted"));
    assert_eq!((told.count(), ends(&journey).done()), (1, 1));
    assert!(journey.model.remembered()[0].is_gone && journey.word().is_empty());
}
