//! Livy's side of a log: true streams, and the rings that forget them. It shares no code with the client.

use livy::LogPage;

/// What a stream says. Where it repeats as many lines as could prove continuity, and these are no trace's, either a window of a
/// full ring must show two copies of them, or the client must have seen a first one and it has left the window; the strategy
/// sees to it.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// No line twice.
    Unique,
    /// So many different lines, blank ones among them, in any order.
    Few(usize),
    /// The same, with lines between that stand only once.
    Mixed(usize),
    /// A cycle of so many lines, begun anew with each life.
    Cycle(usize),
    /// Lines that stand only once, then a trace that is always the same, and so on: how many lines each has.
    Traces(usize, usize),
    /// The same of lines that are always the same, and no trace: these first.
    Again(usize, usize),
}

/// Few, and a third of them blank in one way or another.
const WORDS: [&str; 9] = ["tick", "", "tock", "done", "  ", "again", "step", "\t", "more"];

impl Kind {
    fn line(self, life: usize, at: usize, draw: usize) -> String {
        let once = || format!("life {life}, line {at}");
        match self {
            Self::Unique => once(),
            Self::Mixed(_) if draw.is_multiple_of(4) => once(),
            Self::Few(count) | Self::Mixed(count) => WORDS[draw / 4 % count].to_owned(),
            Self::Cycle(period) if at % period % 7 == 3 => String::new(),
            Self::Cycle(period) => format!("of a cycle, line {}", at % period),
            Self::Traces(lone, length) => match (at % (lone + length)).checked_sub(lone) {
                Some(0) => "java.io.IOException: no".to_owned(),
                Some(frame) if frame % 20 == 19 => format!("Caused by: a.Cause{frame}: no"),
                Some(frame) => format!("\tat org.apache.spark.Frame.run(Frame.scala:{frame})"),
                None => once(),
            },
            Self::Again(lone, length) => match at % (lone + length) {
                it if it < length => format!("said again, line {it}"),
                _ => once(),
            },
        }
    }

    /// How many there are of `Few` at most.
    pub const WORDS: usize = WORDS.len();
}

/// A stream and its ring.
#[derive(Clone, Debug)]
pub struct Stream {
    kind: Kind,
    ring: usize,
    /// The number of starts of the driver before.
    pub life: usize,
    /// All that this life said.
    pub lines: Vec<String>,
}

impl Stream {
    /// An empty one, with a ring of so many lines.
    pub fn new(kind: Kind, ring: usize) -> Self {
        Self { kind, ring, life: 0, lines: Vec::new() }
    }

    /// So many lines more, with draws that a seed decides.
    pub fn say(&mut self, count: usize, seed: u64) {
        let mut state = seed;
        for _ in 0..count {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let draw = usize::try_from(state >> 33).unwrap();
            self.lines.push(self.kind.line(self.life, self.lines.len(), draw));
        }
    }

    /// The driver is started again.
    pub fn restart(&mut self) {
        self.life += 1;
        self.lines.clear();
    }

    /// Where in this life the ring's content begins.
    pub fn start(&self) -> usize {
        self.lines.len().saturating_sub(self.ring)
    }

    /// The ring's content.
    pub fn window(&self) -> &[String] {
        &self.lines[self.start()..]
    }
}

/// One answer, with the sections that are shown.
pub fn page(streams: &[Stream; 3], shown: [bool; 3]) -> LogPage {
    let markers = ["stdout: ", "\nstderr: ", "\nYARN Diagnostics: "];
    let mut lines = Vec::new();
    for ((stream, marker), _) in streams.iter().zip(markers).zip(shown).filter(|it| it.1) {
        lines.push(marker.to_owned());
        lines.extend_from_slice(stream.window());
    }
    LogPage { lines }
}
