//! What becomes of a create: found, denied, not told, sent again.

use livy::{Call, Session};

use super::*;
use form::{Draft, ReadContext, SessionName};

fn create() -> Create {
    let request = form::parse(&Draft::default(), &ReadContext::new(SessionName::made_up(1))).unwrap();
    Create { stage: Stage::Sent, ..Create::new(request, 0, Moment::default()) }
}

fn gone() -> CallError {
    CallError::Refused { status: 404, message: "not found".into(), retry_after: None }
}

fn session(name: &str, kind: &str) -> Session {
    Session::from_json(json!({"id": 7, "state": "starting", "name": name, "kind": kind})).unwrap()
}

#[test]
fn a_lost_answer_is_unknown_until_the_session_is_found() {
    let mut create = create();
    create.failed(CallError::Unreachable, Moment::default());
    assert_eq!(create.word(), Some("unknown"));
    create.looked(Err(CallError::Unreachable), false, Moment::from_millis(1_000), 0);
    assert_eq!(create.age(Moment::from_millis(6_500)), Some(Duration::from_millis(6_500)));
    assert!(create.is_open() && create.look_due.is_some());
    let name = create.intent.name.clone();
    create.looked(Ok(&session(&name, "spark")), false, Moment::from_millis(2_000), 0);
    assert_eq!((create.word(), create.look_due), (Some("found"), None));
    assert_eq!(create.age(Moment::from_millis(9_000)), None, "nothing is under way any more");
}

#[test]
fn absence_takes_several_denials_over_time() {
    let mut create = create();
    create.failed(CallError::TimedOut, Moment::default());
    for secs in [1, 3, 7, 15] {
        create.looked(Err(gone()), false, Moment::from_millis(secs * 1_000), 0);
        assert!(create.is_open(), "after {secs} s");
    }
    create.looked(Err(gone()), false, Moment::from_millis(31_000), 0);
    assert!(!create.is_open());
    assert_eq!(create.word(), Some("unknown"));
}

#[test]
fn a_create_of_yesterday_does_not_keep_the_form_shut() {
    let intent = Intent { name: "etl".into(), kind: "spark".into(), sent: Moment::default() };
    let next_day = Moment::from_millis(86_400_000);
    let mut create = Create::resumed(intent, next_day);
    assert!(create.is_open());
    create.looked(Err(gone()), false, next_day, 0);
    assert_eq!((create.is_open(), create.word(), create.look_due), (false, Some("unknown"), None));
}

#[test]
fn a_duplicate_of_our_own_name_is_our_session() {
    let refusal = CallError::Refused { status: 400, message: "Duplicate".into(), retry_after: None };
    let mut found = create();
    found.failed(refusal.clone(), Moment::default());
    let name = found.intent.name.clone();
    found.looked(Ok(&session(&name, "spark")), false, Moment::default(), 0);
    assert_eq!(found.word(), Some("found"));
    let mut refused = create();
    refused.failed(refusal.clone(), Moment::default());
    refused.looked(Err(gone()), false, Moment::default(), 0);
    assert_eq!(refused.stage, Stage::Refused(refusal));
}

/// A server that finds no session by its name, as Livy 0.5, tells of a refused repeat through its list alone.
#[test]
fn a_refusal_of_what_was_sent_again_is_shown_also_where_only_the_list_can_tell() {
    let refusal = CallError::Refused {
        status: 400,
        message: "Rejected, too many sessions are being created!".into(),
        retry_after: None,
    };
    let page = |sessions: &Value| {
        livy::SessionPage::from_json(json!({"from": 0, "total": 2, "sessions": sessions})).unwrap()
    };
    let nameless = page(&json!([{"id": 1, "state": "idle"}, {"id": 2, "state": "idle"}]));
    let named =
        page(&json!([{"id": 1, "state": "idle", "name": "x"}, {"id": 2, "state": "idle", "name": "y"}]));
    let at = |secs: u64| Moment::from_millis(secs * 1_000);
    let again = || {
        let mut it = create();
        it.failed(CallError::Refused { status: 504, message: String::new(), retry_after: None }, at(0));
        let by_name = CallError::Refused { status: 500, message: "no name".into(), retry_after: None };
        it.looked(Err(by_name), false, at(1), 0);
        assert!(matches!(it.look(), Some(Call::Sessions { .. })));
        it.listed(Ok(&nameless), |_| false, at(31), 0);
        assert!(matches!(it.stage, Stage::Unknown { stuck: Some(Stuck::CannotTell), .. }));
        assert!(it.begin_again());
        (it.stage, it.intent.sent) = (Stage::Sent, at(40));
        it.failed(refusal.clone(), at(41));
        assert!(it.look_due.is_some() && matches!(it.look(), Some(Call::Sessions { .. })));
        it
    };
    for answer in [Ok(&nameless), Ok(&named), Err(CallError::TimedOut), Err(gone())] {
        let mut it = again();
        it.listed(answer, |_| false, at(42), 0);
        assert_eq!((&it.stage, it.look_due, it.is_open()), (&Stage::Refused(refusal.clone()), None, false));
        assert_eq!(it.copies(), Copies::PerhapsTwo, "the first one may have arrived");
    }
    let mut found = again();
    let ours =
        page(&json!([{"id": 1, "state": "idle"}, {"id": 7, "state": "idle", "name": found.intent.name}]));
    found.listed(Ok(&ours), |_| false, at(42), 0);
    assert_eq!(found.word(), Some("found"));
}

#[test]
fn another_kind_under_that_name_is_somebody_elses() {
    let mut create = create();
    create.failed(CallError::Unreachable, Moment::default());
    let name = create.intent.name.clone();
    create.looked(Ok(&session(&name, "sparkr")), false, Moment::default(), 0);
    assert!(matches!(create.stage, Stage::Taken(_)));
}

#[test]
fn of_several_with_the_name_the_newest_that_lives_is_found() {
    let page = |sessions: &Value| {
        livy::SessionPage::from_json(json!({"from": 0, "total": 2, "sessions": sessions})).unwrap()
    };
    let find = |create: &mut Create, page: &livy::SessionPage| {
        create.failed(CallError::TimedOut, Moment::default());
        create.listed(Ok(page), |_| false, Moment::from_millis(31_000), 0);
        create.session().map(ToString::to_string)
    };
    let named =
        |create: &Create, id: u32, state: &str| json!({"id": id, "state": state, "name": create.intent.name});
    let mut it = create();
    let both = page(&json!([named(&it, 3, "dead"), named(&it, 9, "starting")]));
    assert_eq!(find(&mut it, &both).as_deref(), Some("9"));
    let mut typed = Create { name_is_ours: false, ..create() };
    let dead = page(&json!([named(&typed, 3, "dead")]));
    assert_eq!(find(&mut typed, &dead), None, "it may be of another day");
    // One that does not tell its name yet may be it.
    let mut acquired = create();
    let nameless = page(&json!([{"id": 1, "state": "idle", "name": "x"}, {"id": 2, "state": "starting"}]));
    assert_eq!(find(&mut acquired, &nameless), None);
    assert!(matches!(acquired.stage, Stage::Unknown { stuck: Some(Stuck::CannotTell), .. }));
}

#[test]
fn what_the_pages_that_were_read_do_not_show_is_not_denied() {
    let page = |value: Value| livy::SessionPage::from_json(value).unwrap();
    let names = |from: u64| -> Vec<Value> {
        (0..100).map(|it| json!({"id": format!("s{}", from + it), "name": "x"})).collect()
    };
    let lost = || {
        let mut it = create();
        it.failed(CallError::TimedOut, Moment::default());
        it
    };
    // A list that goes on and on.
    let mut long = lost();
    for from in (0..4_000).step_by(100) {
        let read = page(json!({"from": from, "total": 100, "sessions": names(from)}));
        long.listed(Ok(&read), |_| false, Moment::from_millis(31_000 + from), 0);
    }
    assert!(
        matches!(long.stage, Stage::Unknown { absent: false, stuck: Some(Stuck::CannotTell), .. }),
        "{:?}",
        long.stage
    );
    // An entry that could not be read.
    let mut unread = lost();
    let read = page(json!({"from": 0, "total": 2, "sessions": [{"id": 1, "name": "x"}, {"name": "y"}]}));
    (31..40).for_each(|secs| unread.listed(Ok(&read), |_| false, Moment::from_millis(secs * 1_000), 0));
    assert!(matches!(unread.stage, Stage::Unknown { absent: false, stuck: Some(Stuck::CannotTell), .. }));
    // The newest hundred say nothing of a create of yesterday; a whole list does.
    for (count, is_denied) in [(100, false), (7, true)] {
        let mut late = lost();
        let all: Vec<Value> = (0..count).rev().map(|it| json!({"id": it, "name": "x"})).collect();
        let read = page(json!({"from": 0, "total": count, "sessions": all}));
        late.listed(Ok(&read), |_| false, Moment::from_millis(86_400_000), 0);
        assert!(
            matches!(late.stage, Stage::Unknown { absent, .. } if absent == is_denied),
            "{:?}",
            late.stage
        );
    }
}

#[test]
fn a_person_waits_no_longer_for_a_reload() {
    let until = |sent: u64, now: u64| {
        let intent =
            Intent { name: "etl".into(), kind: "spark".into(), sent: Moment::from_millis(sent * 1_000) };
        Create::resumed(intent, Moment::from_millis(now * 1_000)).decides_at()
    };
    let at = |secs: u64| Some(Moment::from_millis(secs * 1_000));
    assert_eq!(until(10, 12), at(95));
    assert_eq!(until(10, 70), at(95));
    assert_eq!(until(10, 94), at(99));
    assert_eq!(until(10, 7_200), at(7_215));
}

#[test]
fn what_was_sent_again_may_be_two_unless_the_server_has_one_of_each_name() {
    let repeated = |denial: CallError| {
        let mut it = create();
        it.failed(CallError::TimedOut, Moment::default());
        for secs in [1, 3, 7, 31, 40] {
            it.looked(Err(denial.clone()), false, Moment::from_millis(secs * 1_000), 0);
        }
        it.pass(Moment::from_millis(90_000));
        assert!(it.begin_again());
        it.stage = Stage::Sent;
        it
    };
    let lighter = CallError::NoRoute { by: livy::Answerer::Another, words: "Not Found".into() };
    let mut livy = repeated(gone());
    assert_eq!(livy.copies(), Copies::One);
    let mut other = repeated(lighter);
    assert_eq!(other.copies(), Copies::PerhapsTwo);
    for it in [&mut livy, &mut other] {
        let before = it.copies();
        let back = Create::from_storage(&it.to_storage(), Moment::from_millis(100_000)).unwrap();
        assert!(back.was_repeated);
        it.failed(CallError::TimedOut, Moment::from_millis(95_000));
        assert_eq!(it.copies(), before);
    }
    assert_eq!(create().copies(), Copies::Unknown);
    let mut again = create();
    again.follows(&other);
    assert_eq!(again.copies(), Copies::PerhapsTwo, "the form sends it again under its name");
}

#[test]
fn intents_survive_storage() {
    let intent = Intent { name: "a \"b\"".into(), kind: "spark".into(), sent: Moment::from_millis(5) };
    assert_eq!(Intent::from_storage(&intent.to_storage()), Some(intent));
    assert_eq!(Intent::from_storage("{\"name\":1}"), None);
}
