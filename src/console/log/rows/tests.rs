//! What is drawn of traces, progress, gaps and few lines.

use super::*;

fn log(lines: &[&str], gaps: &[u64]) -> SectionLog {
    let mut log = SectionLog::default();
    for (at, line) in lines.iter().enumerate() {
        if gaps.contains(&(at as u64)) {
            log.push_gap();
        }
        log.push(line);
    }
    log
}

/// As if there were many.
fn long<'a>(log: &'a SectionLog, unfolded: &Unfolded) -> Rows<'a> {
    let mut rows = Rows::all(log, unfolded);
    rows.is_whole = false;
    rows
}

fn drawn(rows: &Rows<'_>) -> Vec<String> {
    (0..rows.len())
        .map(|it| match rows.row(it).unwrap() {
            Row::Line { number, is_hidden: true, .. } => format!("({number})"),
            Row::Line { number, fold: None, .. } => number.to_string(),
            Row::Line { number, fold: Some(fold), .. } => {
                format!("{number}{}{}", if fold.is_open { '-' } else { '+' }, fold.frames)
            }
            Row::Gap { after } => format!("gap {after:?}"),
        })
        .collect()
}

const TRACE: [&str; 9] =
    ["a", "a.E: no", "\tat a(b)", "\tat a(b)", "\tat a(b)", "z", "\tat a(b)", "\tat a(b)", "end"];

#[test]
fn traces_are_folded_and_opened() {
    let log = log(&TRACE, &[]);
    let mut unfolded = Unfolded::default();
    let rows = long(&log, &unfolded);
    assert_eq!(drawn(&rows), ["0", "1+3", "5", "6", "7", "8"]);
    assert_eq!((rows.folded_under(3), rows.folded_under(1), rows.folded_under(6)), (Some(1), None, None));
    assert_eq!((rows.index(1), rows.index(5), rows.index(8)), (1, 2, 5));
    unfolded.toggle(1);
    assert_eq!(drawn(&long(&log, &unfolded)).len(), 9);
    unfolded.all = true;
    assert_eq!(drawn(&long(&log, &unfolded)), ["0", "1+3", "5", "6", "7", "8"]);
    unfolded.toggle(1);
    assert_eq!(drawn(&long(&log, &unfolded))[1], "1-3");
}

const BARS: [&str; 8] = [
    "a",
    "[Stage 0:>    (0 + 1) / 4]",
    "",
    "[Stage 0:=>   (1 + 1) / 4]",
    "[Stage 0:==>  (2 + 1) / 4]",
    " 50%|##  | 1/2 [00:01<00:01, 1.0it/s]",
    "",
    "end",
];

#[test]
fn a_progress_is_its_last_state() {
    let mut log = log(&BARS, &[]);
    let mut unfolded = Unfolded::default();
    let rows = long(&log, &unfolded);
    assert_eq!(drawn(&rows), ["0", "5+4", "6", "7"]);
    assert_eq!((rows.folded_under(1), rows.folded_under(5), rows.folded_under(0)), (Some(5), None, None));
    assert_eq!((rows.index(0), rows.index(3), rows.index(5), rows.index(6)), (0, 1, 1, 2));
    unfolded.toggle(5);
    assert_eq!(drawn(&long(&log, &unfolded)), ["0", "1", "2", "3", "4", "5-4", "6", "7"]);
    let whole = Rows::all(&log, &Unfolded::default());
    assert_eq!(drawn(&whole), ["0", "(1)", "(2)", "(3)", "(4)", "5+4", "6", "7"]);
    // The store and what is saved of it have them all.
    assert_eq!(log.entries().count(), 8);
    log.push(TRACE[2]);
    assert_eq!(drawn(&long(&log, &Unfolded::default())), ["0", "5+4", "6", "7", "8"]);
}

#[test]
fn a_progress_that_goes_on_stays_open_until_it_is_closed() {
    let mut log = log(&BARS[..6], &[]);
    let mut unfolded = Unfolded::default();
    unfolded.toggle(5);
    log.push(BARS[4]);
    assert_eq!(drawn(&long(&log, &unfolded)), ["0", "1", "2", "3", "4", "5", "6-5"]);
    unfolded.toggle(6);
    assert_eq!(drawn(&long(&log, &unfolded)), ["0", "6+5"]);
    unfolded.toggle(6);
    assert_eq!(drawn(&long(&log, &unfolded)).len(), 7);
}

#[test]
fn a_progress_ends_at_a_gap_and_begins_after_a_trace() {
    let bar = BARS[3];
    let bars = [bar; 10];
    let drawn_of = |log: &SectionLog| drawn(&long(log, &Unfolded::default()));
    let parted = log(&bars, &[5]);
    assert_eq!(drawn_of(&parted), ["4+4", "gap Some(4)", "9+4"]);
    // One that is told of later.
    for (gap, expected) in [
        (0, &["gap None", "9+9"][..]),
        (9, &["8+8", "gap Some(8)", "9"]),
        (7, &["6+6", "gap Some(6)", "7", "8", "9"]),
    ] {
        let mut late = log(&bars, &[]);
        late.gap_before(gap);
        assert_eq!(drawn_of(&late), expected, "{gap}");
    }
    let trace = [&TRACE[1..5], &bars[..4], &TRACE[1..6]].concat();
    assert_eq!(drawn_of(&log(&trace, &[])), ["0+3", "7+3", "8+3", "12"]);
    let short = [bar, bar, bar, "end"];
    assert_eq!(drawn_of(&log(&short, &[])), ["0", "1", "2", "3"]);
}

#[test]
fn a_progress_whose_beginning_went_is_folded_on() {
    let mut log = SectionLog::default();
    let wide = format!("[Stage 0:{} (1 + 1) / 4]", "=".repeat(700));
    for at in 0..12_000_u64 {
        log.push(&wide);
        log.bound(4_000_000);
        if at % 397 == 0 && at > 3 {
            let rows = long(&log, &Unfolded::default());
            let (first, last) = (log.dropped(), log.count() - 1);
            let expected = if first == 0 { 1 } else { 2 };
            assert_eq!(rows.len(), expected);
            assert_eq!(rows.folded_under(first + 2), Some(last));
            assert!(matches!(rows.row(expected - 1), Some(Row::Line { number, .. }) if number == last));
        }
    }
    assert!(log.dropped() > 0);
}

#[test]
fn of_few_lines_every_one_has_a_row() {
    let log = log(&TRACE, &[5]);
    let rows = Rows::all(&log, &Unfolded::default());
    let expected = ["0", "1+3", "(2)", "(3)", "(4)", "gap Some(4)", "5", "6", "7", "8"];
    assert_eq!((drawn(&rows), rows.is_whole()), (expected.map(str::to_owned).to_vec(), true));
    assert_eq!((rows.folded_under(3), rows.index(4), rows.index(5)), (Some(1), 4, 6));
    let mut log = SectionLog::default();
    (0..1_001).for_each(|it| log.push(TRACE[it % 9]));
    let rows = Rows::all(&log, &Unfolded::default());
    assert_eq!((rows.is_whole(), rows.len()), (false, 1_001 - 3 * 111));
}

#[test]
fn gaps_are_rows_and_no_fold_reaches_across_one() {
    let cases: [(&[u64], &[&str]); 4] = [
        (&[0], &["gap None", "0", "1+3", "5", "6", "7", "8"]),
        (&[8], &["0", "1+3", "5", "6", "7", "gap Some(7)", "8"]),
        (&[2], &["0", "1", "gap Some(1)", "2", "3", "4", "5", "6", "7", "8"]),
        (&[1, 5], &["0", "gap Some(0)", "1+3", "gap Some(4)", "5", "6", "7", "8"]),
    ];
    for (gaps, expected) in cases {
        let log = log(&TRACE, gaps);
        assert_eq!(drawn(&long(&log, &Unfolded::default())), expected, "{gaps:?}");
    }
}

/// The rows of a long log, line by line.
fn counted(log: &SectionLog, unfolded: &Unfolded) -> Vec<Row> {
    let is_gap = |number: u64| log.gaps().contains(&number);
    let is_frame = |number: u64| {
        number > log.dropped() && !is_gap(number) && log.lines.shape(number).is_some_and(|it| it.is_frame())
    };
    let mut rows = Vec::new();
    let mut number = log.dropped();
    while number < log.count() {
        if is_gap(number) {
            rows.push(Row::Gap { after: number.checked_sub(1) });
        }
        let frames = (number + 1..log.count()).take_while(|it| is_frame(*it)).count() as u64;
        let is_open = unfolded.heads.contains(&number) != unfolded.all;
        let fold = (frames >= 3 && !is_frame(number)).then_some(Fold { frames, is_open, is_progress: false });
        rows.push(Row::Line { number, fold, is_hidden: false });
        number += 1 + fold.filter(|it| !it.is_open).map_or(0, |it| it.frames);
    }
    rows
}

#[test]
fn rows_stay_at_their_places_when_the_oldest_lines_go() {
    let mut log = SectionLog::default();
    let wide = format!("{}{}", TRACE[2], " ".repeat(700));
    for at in 0..12_000 {
        if at % 1_013 == 0 {
            log.push_gap();
        }
        log.push(if at % 9 > 1 { &wide } else { TRACE[at % 9] });
        log.bound(4_000_000);
        if at % 397 != 0 {
            continue;
        }
        let (first, last) = (log.dropped(), log.count());
        for all in [false, true] {
            let unfolded = Unfolded {
                all,
                heads: [first, first + 9, first / 9 * 9 + 19, last.saturating_sub(5)].into(),
            };
            let rows = long(&log, &unfolded);
            let drawn: Vec<Row> = (0..rows.len()).filter_map(|it| rows.row(it)).collect();
            assert_eq!(drawn, counted(&log, &unfolded), "{first}..{last} {all}");
        }
    }
    assert!(log.dropped() > 0);
}

#[test]
fn a_gap_that_is_told_of_later_parts_a_trace() {
    for number in 2..7 {
        let mut log = log(&["a", "a.E: no", TRACE[2], TRACE[2], TRACE[2], TRACE[2], TRACE[2], "z"], &[]);
        for more in ["a.E: no", TRACE[2], TRACE[2], TRACE[2], "end"] {
            log.push(more);
        }
        log.gap_before(number);
        let rows = long(&log, &Unfolded::default());
        let drawn: Vec<Row> = (0..rows.len()).filter_map(|it| rows.row(it)).collect();
        assert_eq!(drawn, counted(&log, &Unfolded::default()), "{number}");
    }
}

#[test]
fn every_row_is_at_its_place_in_whatever_there_is() {
    let mut seed = 7_u64;
    let mut random = move |below: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (seed >> 33) % below
    };
    for _ in 0..300 {
        let lines: Vec<&str> = (0..random(60)).map(|_| TRACE[random(4) as usize]).collect();
        let gaps: Vec<u64> = (0..60).filter(|_| random(9) == 0).collect();
        let log = log(&lines, &gaps);
        let mut unfolded = Unfolded { all: random(2) == 0, ..Unfolded::default() };
        (0..random(5)).for_each(|_| unfolded.toggle(random(60)));
        let rows = long(&log, &unfolded);
        let expected = counted(&log, &unfolded);
        let drawn: Vec<Row> = (0..rows.len()).filter_map(|it| rows.row(it)).collect();
        assert_eq!(drawn, expected, "{lines:?} {gaps:?} {unfolded:?}");
        for (place, row) in expected.iter().enumerate() {
            if let Row::Line { number, .. } = row {
                assert_eq!(rows.index(*number), place as u64);
            }
        }
        assert_eq!(rows.row(rows.len()), None);
    }
}

#[test]
fn only_some_lines() {
    let log = log(&TRACE, &[7]);
    let rows = Rows::only(&log, &[1, 2, 3, 8]);
    assert_eq!(drawn(&rows), ["1", "2", "3", "gap Some(6)", "8"]);
    assert_eq!((rows.index(3), rows.index(5), rows.index(8), rows.len()), (2, 4, 4, 5));
    assert_eq!(rows.folded_under(3), None, "where only some lines are drawn, all of them are");
}
