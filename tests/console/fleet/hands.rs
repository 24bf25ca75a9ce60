//! Selecting, going to a row, comparing and handing over.

use console::{Event, Goal, HandOver, Route, Selected, Whole};
use livy::Call;

use super::{FleetEvent, fleet, ids, is_list, others_delete, pick, query, show, tell};
use crate::person::{Journey, id, is_session};

fn selected(journey: &Journey) -> Selected {
    journey.model.selected()
}

#[test]
fn a_selection_outlives_scrolling_and_another_query() {
    let mut journey = fleet("#/", 5_000);
    journey.pass(1);
    pick(&mut journey, "4999");
    pick(&mut journey, "4990");
    show(&mut journey, 3_000, 30);
    journey.pass(1);
    assert_eq!((selected(&journey).count, selected(&journey).unlisted), (2, 0));
    assert!(journey.model.listed(0..1)[0].is_picked && !journey.model.listed(1..2)[0].is_picked);
    query(&mut journey, "#/?owner=nobody");
    journey.pass(5);
    assert_eq!((selected(&journey).count, selected(&journey).unlisted), (2, 2));
    tell(&mut journey, FleetEvent::Picked { id: id("4990"), is_picked: false });
    assert_eq!(selected(&journey).count, 1);
    tell(&mut journey, FleetEvent::PickedNone);
    assert_eq!(selected(&journey), Selected::default());
}

#[test]
fn a_selected_row_is_told_as_changed() {
    let mut journey = fleet("#/", 5_000);
    journey.pass(1);
    let before = journey.model.listing().version;
    pick(&mut journey, "4999");
    let picked = journey.model.listing().version;
    tell(&mut journey, FleetEvent::Picked { id: id("4999"), is_picked: false });
    assert!(before != picked && journey.model.listing().version != picked);
}

#[test]
fn a_range_reads_what_it_needs_and_no_more() {
    let mut journey = fleet("#/", 40_000);
    journey.pass(1);
    pick(&mut journey, "39990");
    show(&mut journey, 2_000, 30);
    journey.pass(1);
    let last = ids(&journey.model.listed(2_010..2_011))[0].unwrap();
    tell(&mut journey, FleetEvent::PickedTo(id(&last.to_string())));
    assert!(selected(&journey).is_waiting);
    journey.pass(10);
    assert_eq!((selected(&journey).count as u64, selected(&journey).is_waiting), (39_990 - last + 1, false));
    assert!(journey.model.scan().read < 10_000, "{}", journey.model.scan().read);
}

#[test]
fn all_that_match_waits_for_the_whole_list() {
    let mut journey = fleet("#/?state=dead", 5_000);
    tell(&mut journey, FleetEvent::PickedAll);
    assert!(selected(&journey).is_waiting && selected(&journey).count == 0);
    journey.pass(15);
    assert_eq!(selected(&journey), Selected { count: 900, is_all: true, ..Selected::default() });
}

#[test]
fn an_id_is_found_in_a_few_pages_and_a_name_in_all() {
    let mut journey = fleet("#/", 40_000);
    journey.pass(1);
    let before = journey.calls_since(0, is_list);
    tell(&mut journey, FleetEvent::GoTo(" 12345 ".to_owned()));
    journey.pass(8);
    assert_eq!(journey.model.goal(), Some(&Goal::Found { id: id("12345"), index: Some(27_654) }));
    assert!(journey.calls_since(0, is_list) - before <= 12);
    assert_eq!(journey.calls_since(0, is_session), 0, "to look for it does not keep it alive");
    tell(&mut journey, FleetEvent::GoalReached);
    assert_eq!(journey.model.goal(), None);
    let mut journey = fleet("#/", 3_000);
    journey.pass(1);
    tell(&mut journey, FleetEvent::GoTo("50000".to_owned()));
    journey.pass(1);
    assert_eq!(journey.model.goal(), Some(&Goal::SeekingName("50000".to_owned())), "it may be a name");
    journey.pass(60);
    assert_eq!(journey.model.goal(), Some(&Goal::Missing("50000".to_owned())));
    for (name, found) in [("nightly-etl-12", true), ("no-such-name", false)] {
        tell(&mut journey, FleetEvent::GoTo(name.to_owned()));
        journey.pass(10);
        let goal = journey.model.goal();
        match found {
            true => assert_eq!(goal, Some(&Goal::Found { id: id("12"), index: Some(2_987) })),
            false => assert_eq!(goal, Some(&Goal::Missing(name.to_owned()))),
        }
    }
}

#[test]
fn a_number_can_be_a_name_where_no_session_has_the_id() {
    let mut journey = fleet("#/", 3_000);
    journey.twist = Some(|_, mut answer| {
        // As other servers than Livy allow it.
        answer.body =
            answer.body.replace("\"nightly-etl-12\"", "\"77777\"").replace("\"nightly-etl-24\"", "\"2500\"");
        answer
    });
    journey.pass(1);
    for (text, found) in [("77777", "12"), ("2500", "2500")] {
        tell(&mut journey, FleetEvent::GoTo(text.to_owned()));
        journey.pass(10);
        assert!(
            matches!(journey.model.goal(), Some(Goal::Found { id: it, .. }) if *it == id(found)),
            "{text}"
        );
    }
}

#[test]
fn what_waits_for_the_list_ends_in_words_when_reading_ends_early() {
    type Stop = fn(&mut Journey);
    let by_person: Stop = |journey| tell(journey, FleetEvent::ScanStopped);
    let by_server: Stop = |journey| {
        journey.instead = Some(livy::Answer { status: 401, ..livy::Answer::default() });
        journey.pass(2);
        journey.instead = None;
    };
    for (stop, is_refused) in [(by_person, false), (by_server, true)] {
        let mut journey = fleet("#/", 5_000);
        journey.pass(1);
        tell(&mut journey, FleetEvent::PickedAll);
        tell(&mut journey, FleetEvent::GoTo("no-such-name".to_owned()));
        journey.pass(1);
        assert!(selected(&journey).is_waiting);
        stop(&mut journey);
        assert!(!selected(&journey).is_waiting && selected(&journey).is_cut_short);
        let goal = journey.model.goal().cloned().unwrap();
        assert_eq!(matches!(goal, Goal::Failed(..)), is_refused, "{goal:?}");
        assert_eq!(matches!(goal, Goal::CutShort(_)), !is_refused, "{goal:?}");
        // A press is a new wish: it reads on, and not before.
        let calls = journey.calls_since(0, is_list);
        journey.pass(4);
        assert!(journey.calls_since(0, is_list) <= calls + 2);
        tell(&mut journey, FleetEvent::GoTo("no-such-name".to_owned()));
        tell(&mut journey, FleetEvent::PickedAll);
        journey.pass(60);
        assert_eq!((selected(&journey).count, selected(&journey).is_cut_short), (5_000, false));
        assert_eq!(journey.model.goal(), Some(&Goal::Missing("no-such-name".to_owned())));
    }
}

#[test]
fn looking_for_a_name_can_be_given_up() {
    let mut journey = fleet("#/", 5_000);
    journey.pass(1);
    tell(&mut journey, FleetEvent::GoTo("no-such-name".to_owned()));
    journey.pass(1);
    tell(&mut journey, FleetEvent::GoalReached);
    let calls = journey.calls_since(0, is_list);
    journey.pass(5);
    assert!(journey.model.goal().is_none() && journey.calls_since(0, is_list) <= calls + 2);
}

#[test]
fn two_requests_are_compared_field_by_field() {
    let mut journey = fleet("#/", 3_000);
    journey.pass(1);
    show(&mut journey, 1_500, 30);
    journey.pass(1);
    let far = ids(&journey.model.listed(1_500..1_501))[0].unwrap().to_string();
    tell(&mut journey, FleetEvent::Compared(Some((id("2998"), id(&far)))));
    journey.pass(2);
    let comparison = journey.model.comparison().unwrap();
    assert!(comparison.sessions.iter().all(|it| matches!(it.answer, Whole::Here(_))), "{comparison:?}");
    let fields: Vec<&str> = comparison.rows.iter().map(|it| it.field.as_str()).collect();
    assert_eq!(fields[0], "kind");
    assert!(fields.contains(&"queue") && fields.contains(&"conf.spark.sql.shuffle.partitions"));
    assert!(comparison.rows.iter().any(|it| it.is_same()) && comparison.rows.iter().any(|it| !it.is_same()));
    assert_eq!(journey.calls_since(0, is_session), 0);
}

#[test]
fn all_of_a_session_is_read_from_the_list_or_said_to_be_gone() {
    let mut journey = fleet("#/", 3_000);
    journey.pass(1);
    show(&mut journey, 1_500, 30);
    journey.pass(1);
    let ids: Vec<u64> = ids(&journey.model.listed(1_500..1_510)).into_iter().flatten().collect();
    others_delete(&mut journey, 0);
    others_delete(&mut journey, ids[3]);
    for (wanted, is_here) in [(ids[2], true), (ids[3], false), (ids[4], true)] {
        tell(&mut journey, FleetEvent::WholeWanted(Some(id(&wanted.to_string()))));
        journey.pass(2);
        let whole = journey.model.whole().unwrap();
        assert_eq!(matches!(whole.answer, Whole::Here(_)), is_here, "{whole:?}");
        assert_eq!(matches!(whole.answer, Whole::Gone), !is_here, "{whole:?}");
    }
    assert!(!journey.sent.iter().any(|(_, it)| matches!(it, Call::Session(_))));
}

#[test]
fn what_is_listed_is_handed_over_whatever_its_names_are() {
    let mut journey = Journey::at("#/");
    for name in ["=cmd|'/c calc'!A1", "+1", "-1-x", "@x", "a,\"b\"", "＝1", "\"=1+1\"", "plain"] {
        journey.create(name);
        journey.pass(2);
    }
    journey.tell(Event::Opened(Route::Sessions));
    journey.pass(10);
    let csv = journey.model.rows_as(HandOver::Csv);
    let lines: Vec<&str> = csv.split("\r\n").collect();
    assert!(lines[0].starts_with("state,id,name,kind,owner,proxyUser,appId,queue,driverMemory"));
    assert_eq!((lines.len(), lines[9]), (10, ""));
    assert!(lines[0].ends_with("numExecutors,firstSeen,cause") && lines[1].ends_with("Z,"), "{csv}");
    for cell in
        [",'=cmd|'/c calc'!A1,", ",'+1,", ",'-1-x,", ",'@x,", ",\"a,\"\"b\"\"\",", ",plain,", ",'＝1,"]
    {
        assert!(csv.contains(cell), "{cell} in {csv}");
    }
    let json: serde_json::Value = serde_json::from_str(&journey.model.rows_as(HandOver::Json)).unwrap();
    assert_eq!((json[0]["name"].as_str(), json[0]["id"].as_u64()), (Some("plain"), Some(7)));
    assert!(json[0]["firstSeen"].as_str().unwrap().starts_with("1970-01-01T00:00:"));
    let text = journey.model.rows_as(HandOver::Text);
    let cell = |line: usize| text.lines().nth(line).unwrap().split('\t').nth(2);
    assert_eq!((text.lines().count(), cell(1), cell(2)), (9, Some("plain"), Some("'\"=1+1\"")));
}
