//! Windows of simulated rings, stitched by the client and judged by one who knows the true streams.
//!
//! `PROPTEST_CASES=20000 cargo test -p console --release --test console stitching` looks longer.

mod judge;
mod ring;

use self::judge::Judge;
use self::ring::{Kind, Stream, page};
use console::{Entry, SectionLog, SessionLog};
use livy::{LogPage, Section};
use proptest::prelude::*;

/// What happens between two polls, and what the second shows.
#[derive(Clone, Debug)]
struct Step {
    restarts: bool,
    /// For each section, how many lines come, and the seed of their draws.
    bursts: [(usize, u64); 3],
    shown: [bool; 3],
}

/// Few lines mostly, none often; and as many as the ring holds, a few less, a few more, or several times as many.
fn burst(ring: usize) -> impl Strategy<Value = (usize, u64)> {
    let count = prop_oneof![
        3 => Just(0),
        5 => 1..6_usize,
        3 => 0..=ring,
        3 => ring.saturating_sub(12)..=ring + 3,
        1 => ring..=3 * ring,
    ];
    (count, any::<u64>())
}

/// A poll shows all sections mostly.
fn step(ring: usize) -> impl Strategy<Value = Step> {
    let restarts = prop::bool::weighted(0.04);
    let shown = prop::array::uniform3(prop::bool::weighted(0.9));
    (restarts, prop::array::uniform3(burst(ring)), shown).prop_map(|(restarts, bursts, shown)| Step {
        restarts,
        bursts,
        shown,
    })
}

/// At first all that is said is seen, and leaves the window: half a ring comes between two polls.
fn calm(ring: usize) -> Vec<Step> {
    let half = Step { restarts: false, bursts: [(ring.div_ceil(2), 1); 3], shown: [true; 3] };
    vec![half; 6]
}

fn kind(ring: usize) -> impl Strategy<Value = Kind> {
    prop_oneof![
        Just(Kind::Unique),
        (1..=Kind::WORDS).prop_map(Kind::Few),
        (1..=Kind::WORDS).prop_map(Kind::Mixed),
        (1..=(ring / 2).max(1)).prop_map(Kind::Cycle),
        (1..=(ring / 4).max(1)).prop_map(|it| Kind::Traces(3, it)),
        (1..=2 * ring, 1..=ring).prop_map(|it| Kind::Traces(it.0, it.1)),
        (1..=2 * ring, 1..=ring).prop_map(|it| Kind::Again(it.0, it.1)),
    ]
}

/// The usual ring mostly, smaller and larger ones too: the client is not told.
fn story() -> impl Strategy<Value = (usize, [Kind; 3], Vec<Step>)> {
    prop_oneof![1 => Just(1_usize), 4 => Just(10), 3 => Just(50), 12 => Just(200), 1 => Just(1_000)]
        .prop_flat_map(|ring| {
            (Just(ring), prop::array::uniform3(kind(ring)), prop::collection::vec(step(ring), 1..24))
        })
        .prop_map(|(ring, kinds, steps)| (ring, kinds, [calm(ring), steps].concat()))
}

/// How many lines each section has had, and how many of them are dropped.
fn rows(log: &SessionLog) -> [Option<(u64, u64)>; 3] {
    Section::ALL.map(|it| log.section(it).map(|it| (it.count(), it.dropped())))
}

/// Lets the client see it all, and judges it after each poll.
fn live(ring: usize, kinds: [Kind; 3], steps: &[Step]) -> [Judge; 3] {
    let mut streams = kinds.map(|it| Stream::new(it, ring));
    let mut judges: [Judge; 3] = Default::default();
    let mut log = SessionLog::default();
    for step in steps {
        for (stream, (count, seed)) in streams.iter_mut().zip(step.bursts) {
            if step.restarts {
                stream.restart();
            }
            stream.say(count, seed);
        }
        let (before, revision) = (rows(&log), log.revision());
        let page = page(&streams, step.shown);
        log.absorb(&page);
        assert_eq!(
            log.revision() > revision,
            rows(&log) != before,
            "the revision rises with rows and only then"
        );
        for (at, section) in Section::ALL.into_iter().enumerate() {
            if step.shown[at] {
                judges[at].look(&streams[at], ring, log.section(section).unwrap());
            } else {
                assert_eq!(rows(&log)[at], before[at], "a missing section keeps what it had");
            }
        }
        let after = (log.revision(), rows(&log));
        log.absorb(&page);
        assert_eq!((log.revision(), rows(&log)), after, "the same answer again is no change");
    }
    judges
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_joined_was_one_and_what_may_be_lost_is_a_gap((ring, kinds, steps) in story()) {
        live(ring, kinds, &steps);
    }

    #[test]
    fn a_section_that_only_grows_is_the_stream_itself(
        kind in kind(200),
        bursts in prop::collection::vec((0..40_usize, any::<u64>()), 1..12),
    ) {
        let mut stream = Stream::new(kind, 200);
        let mut log = SessionLog::default();
        for (count, seed) in bursts {
            if stream.lines.len() + count < 200 {
                stream.say(count, seed);
            }
            log.absorb(&page(&[stream.clone(), stream.clone(), stream.clone()], [true; 3]));
            for section in Section::ALL {
                prop_assert_eq!(texts(log.section(section).unwrap()), stream.lines.iter().map(|it| Some(it.as_str())).collect::<Vec<_>>());
            }
        }
    }
}

/// The rows of a section, a gap as `None`.
fn texts(log: &SectionLog) -> Vec<Option<&str>> {
    let text = |it| if let Entry::Line { text, .. } = it { Some(text) } else { None };
    log.entries().map(text).collect()
}

/// The client's rows of a stream's windows that end at these lines.
fn stitched(stream: &[String], ring: usize, ends: &[usize]) -> SectionLog {
    let mut log = SessionLog::default();
    for end in ends {
        let window = &stream[end.saturating_sub(ring)..*end];
        log.absorb(&LogPage { lines: [&["stdout: ".to_owned()], window].concat() });
    }
    log.section(Section::Stdout).unwrap().clone()
}

fn gap_count(log: &SectionLog) -> usize {
    texts(log).iter().filter(|it| it.is_none()).count()
}

/// The judge must have had something to judge: of each kind of stream windows slid, and what could be claimed was.
#[test]
fn sliding_windows_are_joined_where_their_lines_prove_it() {
    let steps: Vec<Step> = (0..40)
        .map(|it| {
            let count = if it % 10 == 9 { 230 } else { 20 + it as usize };
            Step { restarts: false, bursts: [(count, it); 3], shown: [true; 3] }
        })
        .collect();
    let expected = [
        (Kind::Unique, true),
        (Kind::Few(4), true),
        (Kind::Few(9), true),
        (Kind::Mixed(2), true),
        (Kind::Traces(20, 50), true),
        (Kind::Few(1), false),
        (Kind::Cycle(7), false),
        (Kind::Cycle(100), false),
    ];
    for (kind, is_provable) in expected {
        let [judge, ..] = live(200, [kind; 3], &steps);
        if is_provable {
            assert!(judge.claims > 20 && (3..=4).contains(&judge.refusals), "{kind:?} {judge:?}");
        } else {
            assert_eq!(judge.claims, 0, "{kind:?}");
        }
    }
}

/// Every two windows of a stream in which seven lines come again and again.
#[test]
fn fewer_than_eight_lines_that_recur_never_deceive() {
    let text = |it: usize| if it % 20 < 7 { format!("again {}", it % 20) } else { format!("line {it}") };
    let stream: Vec<String> = (0..100).map(text).collect();
    let mut joined = 0;
    for (end, later) in (12..100).flat_map(|end| (end + 1..100).map(move |later| (end, later))) {
        let log = stitched(&stream, 12, &[end, later]);
        if !log.entries().any(|it| it == Entry::Gap { after: Some(11) }) {
            assert_eq!(
                texts(&log)[1..],
                stream[end - 12..later].iter().map(|it| Some(it.as_str())).collect::<Vec<_>>()
            );
            joined += 1;
        }
    }
    assert!(joined > 200, "{joined}");
}

#[test]
fn a_smaller_ring_is_found_out_when_it_slides() {
    let stream: Vec<String> = (0..120).map(|it| format!("line {it}")).collect();
    let believed = stitched(&stream, 50, &[2, 90]);
    assert_eq!(
        (believed.count(), gap_count(&believed)),
        (52, 1),
        "the window does not begin with the first two lines"
    );
    let believed = stitched(&stream, 50, &[90]);
    assert_eq!((believed.count(), gap_count(&believed)), (50, 0), "fifty lines may be all there were");
    let known = stitched(&stream, 50, &[90, 100]);
    assert_eq!((known.count(), gap_count(&known)), (60, 1));
    assert_eq!(known.entries().next(), Some(Entry::Gap { after: None }));
}

#[test]
fn an_emptied_section_goes_on_after_a_gap() {
    let mut log = SessionLog::default();
    let answer = |lines: &[&str]| LogPage { lines: lines.iter().map(|it| (*it).to_owned()).collect() };
    log.absorb(&answer(&["stdout: ", "a", "b"]));
    let revision = log.revision();
    log.absorb(&answer(&["stdout: "]));
    assert_eq!(log.revision(), revision, "no row is added");
    log.absorb(&answer(&["stdout: ", "a", "b", "c"]));
    let rows = [Some("a"), Some("b"), None, Some("a"), Some("b"), Some("c")];
    assert_eq!(texts(log.section(Section::Stdout).unwrap()), rows);
}

/// The limit that is left, whatever proof is asked for: each of two windows shows a stretch once, and the stream said it twice. A
/// trace is not believed, nor what is known to come again.
#[test]
fn what_comes_again_unseen_cannot_be_told() {
    let line = |it: usize| format!("line {it}");
    let say: Vec<String> = (0..40).map(|it| format!("say {it}")).collect();
    let trace: Vec<String> = (0..40).map(|it| format!("\tat a.b.C.d(C.java:{it})")).collect();
    let joined = |again: &[String], between: usize| {
        let between: Vec<String> = (1_000..1_000 + between).map(line).collect();
        let again = if between.is_empty() { again.to_vec() } else { [again, &between, again].concat() };
        [(0..160).map(line).collect::<Vec<_>>(), again, (160..320).map(line).collect()].concat()
    };
    let (once, twice) = (joined(&say, 0), joined(&say, 300));
    let (told, so_too) = (stitched(&once, 200, &[200, 360]), stitched(&twice, 200, &[200, 700]));
    assert_eq!(texts(&told), texts(&so_too));
    let twice = joined(&trace, 300);
    assert_eq!(gap_count(&stitched(&twice, 200, &[150, 200, 700])), 1, "a trace proves nothing");
    let thrice = [&say[..], &(2_000..2_200).map(line).collect::<Vec<_>>(), &joined(&say, 300)].concat();
    let ends = [100, 199, 240, 340, 440, 940];
    assert_eq!(gap_count(&stitched(&thrice, 200, &ends)), 1, "it has been there before");
}
