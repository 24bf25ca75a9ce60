//! A query over the whole list, which is read for it page by page.

use console::{Effect, Event, Part, Route, ScanStage};
use fake_livy::{Cluster, Options};
use livy::{Answer, Call};

use super::{
    FleetEvent, fleet, ids, is_list, on_server, others_delete, pick, query, restart, show, tell, with,
};
use crate::person::Journey;

fn stage(journey: &Journey) -> ScanStage {
    journey.model.scan().stage
}

fn is_scan(call: &Call) -> bool {
    matches!(call, Call::Sessions { size: 500, .. })
}

fn listed(journey: &Journey) -> Vec<u64> {
    ids(&journey.model.listed(0..100_000)).into_iter().flatten().collect()
}

fn states(journey: &Journey) -> Vec<String> {
    let rows = journey.model.listed(0..100_000);
    rows.iter().map(|it| it.row.as_ref().unwrap().state.as_str().to_owned()).collect()
}

#[test]
fn a_filter_reads_all_and_lists_what_it_asks_for() {
    let mut journey = fleet("#/?state=dead", 3_000);
    journey.pass(10);
    assert_eq!(stage(&journey), ScanStage::Done);
    assert_eq!(journey.model.scan().read, 3_000);
    let found = listed(&journey);
    assert_eq!(found.len(), 540, "nine of fifty are dead");
    assert!(found.is_sorted_by(|one, next| one > next) && states(&journey).iter().all(|it| it == "dead"));
    let totals = journey.model.totals();
    assert_eq!((totals.count, totals.states.as_slice()), (540, [("dead".to_owned(), 540)].as_slice()));
    assert_eq!(totals.owners.iter().map(|it| it.1).sum::<usize>(), 540);
    // Another filter needs no further page.
    let calls = journey.calls_since(0, is_list);
    query(&mut journey, "#/?q=CHURN&owner=Ada&owner=grace&sort=name");
    journey.pass(1);
    let rows = journey.model.listed(0..10_000);
    let names: Vec<_> = rows.iter().map(|it| it.row.as_ref().unwrap().name().unwrap()).collect();
    assert!(names.is_sorted() && names.len() > 20 && names.iter().all(|it| it.starts_with("churn-model-")));
    assert!(journey.calls_since(0, is_list) <= calls + 1);
}

#[test]
fn sorting_alone_needs_all_too() {
    let mut journey = fleet("#/?sort=id", 1_000);
    journey.pass(5);
    assert_eq!(listed(&journey)[..3], [0, 1, 2]);
    for (word, first) in [("-owner", "svc-reports"), ("owner", "ada")] {
        query(&mut journey, &format!("#/?sort={word}"));
        let row = journey.model.listed(0..1).remove(0).row.unwrap();
        assert_eq!(row.text(console::Column::Owner), first);
    }
    query(&mut journey, "#/?sort=-memory");
    let rows = journey.model.listed(0..1_000);
    let first = rows[0].row.as_ref().unwrap();
    assert_eq!((first.executor_memory(), rows.len()), (Some("16g"), 1_000));
}

#[test]
fn one_call_at_a_time_with_progress_and_a_stop() {
    let mut journey = fleet("#/?state=idle", 12_000);
    let mut last = 0;
    for _ in 0..3 {
        journey.pass(1);
        let scan = journey.model.scan();
        assert!(scan.read > last && scan.stage == ScanStage::Reading, "{scan:?}");
        last = scan.read;
        assert!(journey.coming.len() <= 2, "a page of the scan, and what the list asks for by itself");
        show(&mut journey, 6_000, 20);
        tell(&mut journey, FleetEvent::GoTo("77".to_owned()));
        let pages = journey.coming.len();
        assert!(pages <= 2, "whatever else wants a page: {pages}");
        tell(&mut journey, FleetEvent::GoalReached);
    }
    tell(&mut journey, FleetEvent::ScanStopped);
    let calls = journey.calls_since(0, is_scan);
    journey.pass(20);
    assert_eq!(stage(&journey), ScanStage::Stopped);
    assert_eq!(journey.calls_since(0, is_scan), calls);
    let read = journey.model.scan().read;
    tell(&mut journey, FleetEvent::ScanAsked);
    journey.pass(30);
    assert_eq!((stage(&journey), journey.model.scan().read), (ScanStage::Done, 12_000));
    let pages = journey.calls_since(0, is_scan);
    assert!(pages <= 26, "{pages}: it went on after {read} and did not begin anew");
}

#[test]
fn what_comes_and_goes_meanwhile_is_neither_missed_nor_doubled() {
    let mut journey =
        with("#/?q=-", Options { fleet: 1_500, page_size: 100, max_creation: 9_999, ..Options::default() });
    for round in 0..8_usize {
        let server = on_server(&mut journey);
        for at in 0..7 {
            others_delete(&mut journey, server[(round * 211 + at * 401) % server.len()]);
        }
        journey.create(&format!("new-{round}"));
        journey.tell(Event::Opened(Route::Sessions));
        journey.pass(1);
    }
    journey.pass(60);
    assert_eq!(stage(&journey), ScanStage::Done);
    query(&mut journey, "#/?sort=id");
    assert_eq!(listed(&journey), on_server(&mut journey));
    // What ends once all is read is found in a few pages.
    let calls = journey.calls_since(0, is_list);
    let one = on_server(&mut journey)[700];
    others_delete(&mut journey, one);
    journey.tell(Event::RefreshAsked);
    let now = journey.now / 1_000;
    journey.pass(90);
    assert_eq!((stage(&journey), listed(&journey)), (ScanStage::Done, on_server(&mut journey)));
    assert!(journey.calls_since(0, is_list) <= calls + 40);
    let in_ten = journey.calls_since(now, is_list) - journey.calls_since(now + 10, is_list);
    assert!(in_ten <= 8, "nobody waits for it, so it is looked for at the pace of the list: {in_ten}");
}

#[test]
fn a_server_that_asks_for_patience_has_it() {
    let mut journey = with("#/?q=etl", Options { fleet: 5_000, refuse_every: 3, ..Options::default() });
    journey.pass(2);
    assert!(matches!(stage(&journey), ScanStage::Waiting(..) | ScanStage::Reading));
    journey.pass(60);
    assert_eq!((stage(&journey), journey.model.scan().read), (ScanStage::Done, 5_000));
    let mut busy = fleet("#/?q=etl", 40_000);
    busy.pass(1);
    for status in [429, 430, 503] {
        busy.instead = Some(Answer { status, retry_after: Some(30), ..Answer::default() });
        busy.pass(2);
        let calls = busy.calls_since(0, is_scan);
        busy.pass(25);
        assert_eq!(busy.calls_since(0, is_scan), calls, "{status}");
        assert!(matches!(stage(&busy), ScanStage::Waiting(..)), "{status}");
        busy.instead = None;
        busy.pass(6);
        assert_eq!(stage(&busy), ScanStage::Reading, "{status}");
    }
}

#[test]
fn an_hours_patience_is_kept_whatever_is_pressed() {
    let mut busy = fleet("#/?q=etl", 5_000);
    busy.pass(1);
    busy.instead = Some(Answer { status: 503, retry_after: Some(3_600), ..Answer::default() });
    busy.pass(2);
    let calls = busy.calls_since(0, is_scan);
    let ScanStage::Waiting(due, _) = stage(&busy) else { panic!("{:?}", stage(&busy)) };
    tell(&mut busy, FleetEvent::ScanStopped);
    assert_eq!(stage(&busy), ScanStage::Stopped);
    busy.pass(10);
    tell(&mut busy, FleetEvent::ScanAsked);
    assert!(matches!(stage(&busy), ScanStage::Waiting(at, _) if at == due), "{:?}", stage(&busy));
    // Another query does not ask sooner either, nor one after a stop.
    query(&mut busy, "#/?q=report");
    tell(&mut busy, FleetEvent::ScanStopped);
    query(&mut busy, "#/?q=etl");
    assert!(matches!(stage(&busy), ScanStage::Waiting(at, _) if at == due), "{:?}", stage(&busy));
    busy.pass(3_500);
    assert_eq!(busy.calls_since(0, is_scan), calls);
    busy.instead = None;
    busy.pass(110);
    assert!(busy.calls_since(0, is_scan) > calls && !matches!(stage(&busy), ScanStage::Waiting(..)));
}

#[test]
fn a_refusal_stops_it_and_a_press_goes_on() {
    for status in [401, 403] {
        let mut journey = fleet("#/?q=etl", 40_000);
        journey.pass(2);
        journey.instead = Some(Answer { status, ..Answer::default() });
        journey.pass(2);
        assert!(matches!(stage(&journey), ScanStage::Refused(_)), "{status}");
        let read = journey.model.scan().read;
        journey.instead = None;
        let calls = journey.sent.len();
        journey.pass(30);
        assert_eq!(journey.sent.len(), calls, "it waits for a person");
        tell(&mut journey, FleetEvent::ScanAsked);
        journey.pass(2);
        assert!(journey.model.scan().read > read);
    }
}

#[test]
fn leaving_the_page_pauses_it_and_a_hidden_tab_slows_it_down() {
    let mut journey = fleet("#/?q=etl", 40_000);
    journey.pass(2);
    journey.tell(Event::Opened(Route::New));
    let calls = journey.calls_since(0, is_list);
    journey.pass(60);
    assert!(journey.calls_since(0, is_list) <= calls + 3, "the list in the background alone");
    let read = journey.model.scan().read;
    journey.tell(Event::Opened(Route::Sessions));
    journey.pass(2);
    assert!(journey.model.scan().read > read);
    journey.tell(Event::Hidden);
    let calls = journey.calls_since(0, is_list);
    journey.pass(300);
    assert!(journey.calls_since(0, is_list) <= calls + 12);
}

#[test]
fn after_a_restart_the_old_sessions_are_not_listed() {
    let mut journey = fleet("#/?sort=id", 2_000);
    journey.pass(10);
    assert_eq!(listed(&journey).len(), 2_000);
    restart(&mut journey, Options { fleet: 30, ..Options::default() });
    // Those of the same names cannot be told apart; the others are gone.
    journey.pass(30);
    assert_eq!(listed(&journey), (0..30).collect::<Vec<u64>>());
}

#[test]
fn rows_that_are_read_do_not_move() {
    let mut journey = fleet("#/?q=etl", 500);
    journey.pass(5);
    let before = listed(&journey);
    journey.tell(Event::ListHeld(true));
    journey.create("etl-new");
    let gone = before[2];
    others_delete(&mut journey, gone);
    journey.tell(Event::Opened(Route::Sessions));
    journey.tell(Event::ListHeld(true));
    query(&mut journey, "#/?q=etl");
    journey.pass(10);
    let rows = journey.model.listed(0..4);
    assert_eq!(
        (ids(&rows)[..2].to_vec(), journey.model.listing().waiting),
        (vec![Some(before[0]), Some(before[1])], 1)
    );
    assert!(rows[2].is_gone && ids(&rows)[2] == Some(gone));
    journey.tell(Event::NewSessionsAsked);
    assert_eq!((listed(&journey)[0], journey.model.listing().waiting), (500, 0));
}

#[test]
fn an_order_is_read_whole_though_the_head_of_the_table_is_pointed_at() {
    let mut journey = fleet("#/", 1_000);
    journey.pass(5);
    journey.tell(Event::ListHeld(true));
    query(&mut journey, "#/?sort=id");
    journey.pass(30);
    assert_eq!((journey.model.listing().len, journey.model.listing().waiting), (1_000, 0));
    assert_eq!(listed(&journey)[..3], [0, 1, 2]);
}

#[test]
fn mine_is_what_was_created_here_and_what_has_its_owner() {
    let mut journey = Journey::at("#/");
    journey.create("mine");
    journey.pass(3);
    journey.tell(Event::Opened(Route::Sessions));
    query(&mut journey, "#/?mine=1");
    journey.pass(3);
    assert_eq!((listed(&journey), journey.model.listed(0..1)[0].is_own), (vec![0], true));
}

#[test]
fn the_address_says_what_is_listed() {
    let mut journey = fleet("#/", 10);
    query(&mut journey, "#/?q=a&state=dead");
    let shown = journey.effects.iter().rev().find_map(|it| match it {
        Effect::ShowQuery(query) => Some(query.pairs()),
        _ => None,
    });
    assert_eq!(shown.unwrap().len(), 2);
    let before = journey.effects.len();
    query(&mut journey, "#/?q=a&state=dead");
    assert!(!journey.effects[before..].iter().any(|it| matches!(it, Effect::ShowQuery(_))));
}

fn bare(hash: &str) -> Journey {
    let cluster = Cluster::new(Options { fleet: 300, ..Options::default() });
    let mut journey = Journey::bare(hash, cluster, 0, None, None);
    query(&mut journey, hash);
    journey
}

fn needs(journey: &Journey) -> usize {
    journey.effects.iter().filter(|it| **it == Effect::Need(Part::Fleet)).count()
}

#[test]
fn its_part_comes_late_or_never_and_nothing_is_lost() {
    let mut journey = bare("#/");
    journey.pass(5);
    assert_eq!(needs(&journey), 0, "the plain list needs it not");
    pick(&mut journey, "299");
    assert_eq!((needs(&journey), journey.model.selected().count), (1, 0));
    journey.tell(Event::PartMissing(Part::Fleet));
    pick(&mut journey, "298");
    assert_eq!(needs(&journey), 2, "with each press it is asked for again");
    assert_eq!(journey.model.listing().len, 300, "the list stays");
    journey.lend(Part::Fleet);
    assert_eq!(journey.model.selected().count, 2, "no press was lost");
    journey.lend(Part::Fleet);
    assert_eq!(journey.model.selected().count, 2);

    let mut journey = bare("#/?state=dead");
    assert_eq!(needs(&journey), 1);
    journey.pass(5);
    assert_eq!((journey.model.listing().len, journey.calls_since(0, is_list)), (0, 3));
    journey.lend(Part::Fleet);
    journey.pass(5);
    assert_eq!((stage(&journey), listed(&journey).len()), (ScanStage::Done, 54));
}
