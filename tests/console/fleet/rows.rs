//! The rows of the whole list, of which only those on the screen are fetched.

use console::{Effect, Event, Route};
use fake_livy::{Dialect, Options};

use super::{fleet, ids, is_list, on_server, others_delete, page_totals, restart, show, step, with};
use crate::person::Journey;

fn shown(journey: &Journey, first: usize, count: usize) -> Vec<Option<u64>> {
    ids(&journey.model.listed(first..first + count))
}

fn down_from(first: u64, count: u64) -> Vec<Option<u64>> {
    (0..count).map(|it| Some(first - it)).collect()
}

#[test]
fn a_list_that_shrinks_is_never_looked_at_beyond_its_end() {
    let mut journey =
        with("#/", Options { fleet: 300, page_size: 20, max_creation: 100_000, ..Options::default() });
    journey.pass(20);
    show(&mut journey, 0, 300);
    journey.pass(20);
    for gone in [(0..150), (150..280)] {
        gone.for_each(|it| others_delete(&mut journey, it));
        step(&mut journey, 3_000, |journey| {
            let rows = journey.model.listed(0..journey.model.listing().len);
            let mut known: Vec<_> = ids(&rows).into_iter().flatten().collect();
            known.sort_unstable();
            let count = known.len();
            known.dedup();
            assert_eq!(known.len(), count, "no row twice");
        });
    }
    assert_eq!(journey.model.listing().len, 20);
}

#[test]
fn the_first_rows_of_40_000_take_two_calls() {
    let mut journey = fleet("#/", 40_000);
    journey.pass(1);
    assert_eq!(journey.calls_since(0, is_list), 2);
    let listing = journey.model.listing();
    assert_eq!((listing.len, listing.total, listing.is_known), (40_000, 40_000, true));
    assert_eq!(shown(&journey, 0, 30), down_from(39_999, 30));
    assert_eq!(shown(&journey, 20_000, 2), [None, None], "nobody looks there");
}

#[test]
fn what_is_looked_at_is_fetched_and_nothing_else() {
    let mut journey = fleet("#/", 40_000);
    journey.pass(1);
    let before = journey.calls_since(0, is_list);
    for first in [20_000, 39_980, 250, 20_000] {
        show(&mut journey, first, 20);
        journey.pass(1);
        assert_eq!(shown(&journey, first, 20), down_from(39_999 - first as u64, 20), "{first}");
    }
    assert_eq!(journey.calls_since(0, is_list), before + 3, "what was read is not read again at once");
}

#[test]
fn rows_that_are_scrolled_past_are_not_waited_for() {
    let mut journey = fleet("#/", 40_000);
    journey.pass(1);
    journey.hangs = true;
    let before = journey.sent.len();
    for first in (0..20).map(|it| 1_000 + it * 500) {
        show(&mut journey, first, 20);
        journey.now += 16;
    }
    journey.pass(1);
    assert_eq!(journey.sent.len(), before + 1, "a person who scrolls on has not looked");
    journey.hangs = false;
    show(&mut journey, 30_000, 20);
    assert!(journey.effects.iter().any(|it| matches!(it, Effect::Abandon(_))));
    journey.pass(1);
    assert_eq!(shown(&journey, 30_000, 20), down_from(9_999, 20));
}

#[test]
fn sessions_that_come_and_go_are_never_doubled_and_never_under_a_wrong_row() {
    let mut journey = fleet("#/", 2_000);
    journey.pass(1);
    for round in 0..12_u64 {
        let first = (round as usize * 613) % 1_900;
        show(&mut journey, first, 30);
        journey.pass(2);
        let server = on_server(&mut journey);
        for at in 0..5 {
            others_delete(&mut journey, server[(round as usize * 97 + at * 331) % server.len()]);
        }
        journey.create(&format!("new-{round}"));
        journey.pass(3);
        let all = ids(&journey.model.listed(0..10_000));
        let known: Vec<u64> = all.iter().copied().flatten().collect();
        assert!(known.is_sorted_by(|one, next| one > next), "in order, and none twice");
        journey.tell(Event::Opened(Route::Sessions));
    }
    show(&mut journey, 700, 30);
    journey.pass(40);
    let server = on_server(&mut journey);
    let (listing, rows) = (journey.model.listing(), shown(&journey, 700, 30));
    assert_eq!(listing.total, server.len());
    let at = server.iter().rposition(|it| Some(*it) == rows[0]).unwrap();
    let expected: Vec<_> = server[at - 29..=at].iter().rev().map(|it| Some(*it)).collect();
    assert_eq!(rows, expected, "what is looked at is as the server has it");
}

#[test]
fn after_a_restart_nothing_of_the_old_ids_is_left() {
    let mut journey = fleet("#/", 1_000);
    journey.pass(1);
    show(&mut journey, 500, 30);
    journey.pass(1);
    restart(&mut journey, Options::default());
    journey.create("first");
    journey.pass(30);
    assert_eq!(shown(&journey, 0, 100), [Some(0)]);
    assert_eq!(journey.model.listing().len, 1);
}

#[test]
fn pages_of_any_limit_are_enough() {
    for page_size in [7, 20, 25, 64] {
        let mut journey = with("#/", Options { fleet: 3_000, page_size, ..Options::default() });
        journey.pass(1);
        assert_eq!((journey.calls_since(0, is_list), journey.model.listing().len), (2, 3_000), "{page_size}");
        show(&mut journey, 0, 60);
        journey.pass(5);
        assert_eq!(shown(&journey, 0, 60), down_from(2_999, 60), "{page_size}");
    }
}

#[test]
fn a_limit_is_seen_though_the_server_tells_no_total() {
    for page_size in [7, 25, 30, 64] {
        let mut journey = with("#/", Options { fleet: 230, page_size, ..Options::default() });
        journey.twist = Some(page_totals);
        journey.pass(1);
        assert!(journey.model.listing().total != 0, "rows are there at once");
        journey.pass(30);
        assert_eq!(
            (journey.model.listing().len, shown(&journey, 0, 3)),
            (230, down_from(229, 3)),
            "{page_size}"
        );
    }
    // What is all of a small server is shown with the first answer, and asked for once more than before.
    let mut journey = with("#/", Options { fleet: 25, ..Options::default() });
    journey.pass(1);
    assert_eq!((journey.calls_since(0, is_list), journey.model.listing().len), (1, 25));
    journey.pass(30);
    assert_eq!(journey.model.listing().len, 25);
}

#[test]
fn one_row_that_is_read_for_itself_drops_no_others() {
    let mut journey = with("#/", Options { fleet: 250, dialect: Dialect::Lighter, ..Options::default() });
    journey.pass(3);
    super::tell(&mut journey, console::FleetEvent::ScanAsked);
    journey.pass(10);
    assert_eq!(journey.model.listing().len, 250);
    // One of them is all wanted, from the middle of the list.
    let far = journey.model.listed(120..121).remove(0).row.unwrap().id.clone();
    super::tell(&mut journey, console::FleetEvent::WholeWanted(Some(far)));
    journey.pass(1);
    assert!(matches!(journey.model.whole().unwrap().answer, console::Whole::Here(_)));
    assert_eq!(journey.model.listing().len, 250);
    assert!(journey.model.listed(0..250).iter().all(|it| it.row.is_some()));
}

#[test]
fn what_no_page_brings_is_asked_for_less_and_less() {
    let mut journey = fleet("#/", 5_000);
    journey.pass(1);
    // From now on the server says that there are sessions there, and gives none of them.
    journey.twist = Some(|call, mut answer| {
        if matches!(call, livy::Call::Sessions { from: 1_000..3_900, .. }) {
            let mut page: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
            page["sessions"].as_array_mut().unwrap().clear();
            page["total"] = 5_000.into();
            answer.body = page.to_string();
        }
        answer
    });
    show(&mut journey, 2_500, 30);
    let now = journey.now / 1_000;
    journey.pass(60);
    let calls = journey.calls_since(now, is_list);
    assert!(calls <= 25, "{calls}");
}

#[test]
fn a_total_that_is_the_pages_own_is_not_believed() {
    let mut journey = fleet("#/", 730);
    journey.twist = Some(|call, mut answer| {
        if is_list(call) && answer.status == 200 {
            let mut page: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
            page["total"] = page["sessions"].as_array().unwrap().len().into();
            answer.body = page.to_string();
        }
        answer
    });
    journey.tell(Event::RefreshAsked);
    journey.pass(8);
    assert_eq!((journey.model.listing().len, shown(&journey, 0, 3)), (730, down_from(729, 3)));
    for name in ["one", "two"] {
        journey.create(name);
        journey.pass(20);
    }
    journey.tell(Event::Opened(Route::Sessions));
    journey.pass(20);
    assert_eq!(shown(&journey, 0, 3), down_from(731, 3));
}

#[test]
fn a_total_that_is_too_large_is_not_believed() {
    let mut journey = fleet("#/", 250);
    journey.twist = Some(|call, mut answer| {
        if is_list(call) && answer.status == 200 {
            answer.body = answer.body.replace("\"total\":250", "\"total\":5000");
        }
        answer
    });
    journey.tell(Event::RefreshAsked);
    journey.pass(10);
    assert_eq!((journey.model.listing().len, shown(&journey, 0, 3)), (250, down_from(249, 3)));
}

#[test]
fn a_minute_of_the_open_list_costs_at_most_twelve_calls_wherever_it_is_read() {
    for first in [0, 20_000] {
        let mut journey = fleet("#/", 40_000);
        journey.pass(1);
        show(&mut journey, first, 30);
        journey.pass(240);
        for minute in 0..3 {
            let from = 41 + minute * 60;
            let calls = journey.calls_since(from, is_list) - journey.calls_since(from + 60, is_list);
            assert!(calls <= 12, "{calls} calls from second {from}, at row {first}");
        }
    }
}

#[test]
fn every_server_lists_all_it_has_in_its_own_way() {
    for (dialect, sessions) in [
        (Dialect::Old, 250),
        (Dialect::Lighter, 250),
        (Dialect::Lighter, 100),
        (Dialect::Synapse, 130),
        (Dialect::Fabric, 250),
        (Dialect::Fabric, 40),
    ] {
        let mut journey = with("#/?sort=-id", Options { fleet: sessions, dialect, ..Options::default() });
        journey.pass(5);
        super::tell(&mut journey, console::FleetEvent::ScanAsked);
        journey.pass(20);
        let number = |it: &console::ListedRow| {
            let id =
                it.row.as_ref().map(|it| it.id.as_str().rsplit('-').next().unwrap_or_default().to_owned());
            id.and_then(|it| it.parse::<usize>().ok())
        };
        let all: Vec<_> = journey.model.listed(0..1_000).iter().map(number).collect();
        // While it is acquired, a session of Fabric has no id.
        let has_id = |id: &usize| dialect != Dialect::Fabric || all.contains(&Some(*id));
        let expected: Vec<_> = (0..sessions).rev().filter(has_id).map(Some).collect();
        assert_eq!(all, expected, "{dialect:?}");
        assert!(all.len() * 10 >= sessions * 9, "{} of {sessions}, {dialect:?}", all.len());
        assert_eq!(journey.model.scan().stage, console::ScanStage::Done, "{dialect:?}");
        let calls = journey.calls_since(0, is_list);
        assert!(calls <= 30, "{calls} calls, {dialect:?}");
    }
}
