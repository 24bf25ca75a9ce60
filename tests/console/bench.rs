//! The log's store with a million lines: appending, searching, memory. Compared in the same run with a vector of strings and with
//! one string, because milliseconds alone say more about the machine.

#![allow(clippy::unwrap_used, reason = "a bench ends where it finds something else")]

use console::{Levels, Rows, Search, SectionLog, SessionLog, Unfolded, causes};
use std::hint::black_box;
use std::time::{Duration, Instant};

const LINES: u64 = 1_000_000;
const POLLS: usize = 2_000;
/// As many as a poll brings at most, with Livy's usual ring.
const A_POLL: usize = 200;
const ROUNDS: usize = 15;

/// As Spark writes, some 124 bytes a line; a frame of a trace now and then, and one line in 64 with a word of its own.
fn line(at: u64) -> String {
    match at % 97 {
        5..=11 => format!(
            "\tat org.apache.spark.scheduler.TaskSetManager.handleFailedTask$anonfun${at}(TaskSetManager.scala:{})",
            at % 997
        ),
        4 => format!("java.lang.IllegalStateException: block broadcast_{at} is not there"),
        _ => format!(
            "26/11/23 13:{:02}:{:02} INFO {}: Finished task {at}.0 in stage {} (TID {at}) in {} ms on worker-{}.cluster (executor {}) ({}/{LINES})",
            at / 60 % 60,
            at % 60,
            if at.is_multiple_of(64) { "BlockManagerInfo" } else { "TaskSetManager" },
            at / 10_000,
            at % 1_999,
            at % 40,
            at % 80,
            at % 10_000,
        ),
    }
}

fn median(mut work: impl FnMut()) -> Duration {
    work();
    let mut times: Vec<Duration> = (0..ROUNDS).map(|_| timed(&mut work)).collect();
    times.sort_unstable();
    times[ROUNDS / 2]
}

fn timed(mut work: impl FnMut()) -> Duration {
    let begun = Instant::now();
    work();
    begun.elapsed()
}

/// What the process has in memory, in bytes (Linux); 0 elsewhere.
fn resident() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|it| it.strip_prefix("VmRSS:")).unwrap_or_default();
    line.trim().trim_end_matches(" kB").parse::<usize>().unwrap_or_default() * 1024
}

fn main() {
    let millis = |it: Duration| it.as_secs_f64() * 1e3;
    let before = resident();
    let mut log = SectionLog::default();
    (0..LINES).for_each(|it| log.push(&line(it)));
    let taken = resident().saturating_sub(before);
    let text = log.bytes() - LINES as usize;
    println!("log, native: {LINES} lines, {:.1} MB of text", text as f64 / 1e6);
    let goal = text + 8 * LINES as usize + 2 * 256 * 1024;
    println!(
        "  in memory           {:8.1} MB ({:.3} of the goal of text, 8 bytes a line and two segments)",
        taken as f64 / 1e6,
        taken as f64 / goal as f64
    );

    let polls: Vec<Vec<String>> = (0..POLLS)
        .map(|poll| (0..A_POLL).map(|it| line(LINES + (poll * A_POLL + it) as u64)).collect())
        .collect();
    let mut grown = log.clone();
    let mut times: Vec<Duration> =
        polls.iter().map(|poll| timed(|| poll.iter().for_each(|it| grown.push(it)))).collect();
    times.sort_unstable();
    let append = times[POLLS * 99 / 100];
    let mut whole = String::with_capacity(text);
    (0..LINES).for_each(|it| {
        whole.push_str(&line(it));
        whole.push('\n');
    });
    let mut rival = whole.clone();
    let mut copies: Vec<Duration> = polls
        .iter()
        .take(20)
        .map(|poll| {
            timed(|| {
                // What a page with one `<pre>` does: a new text from the old one and the new lines.
                rival = format!("{rival}{}", poll.join("\n"));
            })
        })
        .collect();
    copies.sort_unstable();
    println!(
        "  {A_POLL} lines appended  {:8.3} ms (p99 of {POLLS}, longest {:.3}; the goal is 0.5)",
        millis(append),
        millis(times[POLLS - 1])
    );
    println!(
        "  a new text instead  {:8.3} ms, {:.0} times as long",
        millis(copies[10]),
        copies[10].as_secs_f64() / append.as_secs_f64()
    );
    drop((grown, rival));

    let lines: Vec<String> = whole.lines().map(str::to_owned).collect();
    for (what, needle, case) in [
        ("a rare text", "in stage 73 (TID 739999)", true),
        ("the same in any case", "in STAGE 73 (tid 739999)", false),
        ("one line in 64", "BlockManagerInfo", true),
        ("the same in any case", "blockmanagerinfo", false),
    ] {
        let search = Search::new(needle, case);
        let found = log.find(&search, 0).len();
        let ours = median(|| {
            black_box(log.find(black_box(&search), 0));
        });
        let theirs = median(|| {
            black_box(
                lines
                    .iter()
                    .filter(|it| {
                        if case {
                            it.contains(needle)
                        } else {
                            it.to_lowercase().contains(&search_text(needle))
                        }
                    })
                    .count(),
            );
        });
        println!(
            "  {what:<20}{:8.2} ms for {found} lines (the goal is 30); line by line {:.1} ms, {:.1} times as long",
            millis(ours),
            millis(theirs),
            theirs.as_secs_f64() / ours.as_secs_f64()
        );
    }
    drop(lines);
    mixed();
    why();
    let unfolded = Unfolded::default();
    let rows = median(|| {
        let rows = Rows::all(&log, &unfolded);
        let end = rows.len();
        (end / 2..end / 2 + 200).for_each(|it| {
            black_box(rows.row(it));
        });
    });
    println!("  200 rows anywhere   {:8.2} ms, with all folds counted again", millis(rows));
    let errors = Levels { errors: true, warnings: false };
    let sorted = median(|| {
        black_box(log.lines_of(black_box(errors), 0));
    });
    let poll = median(|| {
        black_box((log.tally(), log.lines_of(black_box(errors), LINES - A_POLL as u64)));
    });
    println!(
        "  errors alone        {:8.2} ms for {} of {LINES} lines, {:.4} ms with a poll",
        millis(sorted),
        log.tally().errors,
        millis(poll)
    );
}

/// Why a session with a hundred thousand lines ended, as its last line says; compared with a look for a single word in each line.
fn why() {
    const LINES: u64 = 100_000;
    let end =
        "Exception in thread \"main\" java.lang.NoSuchMethodError: scala.Predef$.refArrayOps()".to_owned();
    let lines: Vec<String> = (0..LINES).map(line).chain([end]).collect();
    let log = SessionLog::of(&livy::LogPage { lines: lines.clone() });
    let ours = median(|| assert_eq!(black_box(causes(black_box(&log))).len(), 1));
    let word = median(|| {
        black_box(lines.iter().filter(|it| it.contains(black_box("NoSuchMethodError"))).count());
    });
    println!(
        "  why it ended        {:8.2} ms for {LINES} lines; one word in each line {:.2} ms",
        ours.as_secs_f64() * 1e3,
        word.as_secs_f64() * 1e3
    );
}

/// The same with a word beyond ASCII now and then, and a painted line, so that hardly a segment is without.
fn mixed() {
    let mut log = SectionLog::default();
    for at in 0..LINES {
        match at % 1_000 {
            7 => log.push(&format!("{} für größere Mengen", line(at))),
            500 => log.push(&format!("\u{1b}[33m{}\u{1b}[0m", line(at))),
            _ => log.push(&line(at)),
        }
    }
    for (what, needle) in
        [("mixed: a rare text", "in STAGE 73 (tid 739999)"), ("mixed: beyond ASCII", "für GRÖßERE")]
    {
        let search = Search::new(needle, false);
        let found = log.find(&search, 0).len();
        let ours = median(|| {
            black_box(log.find(black_box(&search), 0));
        });
        println!("  {what:<20}{:8.2} ms for {found} lines (the goal is 30)", ours.as_secs_f64() * 1e3);
    }
}

fn search_text(needle: &str) -> String {
    needle.to_lowercase()
}
