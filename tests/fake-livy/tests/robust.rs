//! Whatever is asked gets an answer: in a page a panic would end the console around the cluster.

use fake_livy::{Cluster, Options, Request, story::Story};
use std::time::Duration;

/// Pieces of which bodies, paths and times are made: what a form may send, and what nobody would.
const PIECES: [&str; 48] = [
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "\"",
    "null",
    "true",
    "-",
    "0",
    "7",
    "1e9",
    "1.5",
    "99999999999999999999",
    "\\u00e9",
    "\\",
    "\"kind\":",
    "\"name\":",
    "\"conf\":",
    "\"jars\":",
    "\"pyFiles\":",
    "\"driverMemory\":",
    "\"executorCores\":",
    "\"heartbeatTimeoutInSecond\":",
    "\"ttl\":",
    "\"pyspark\"",
    "\"ß\u{1f600}\"",
    "\"hdfs:///é%2\"",
    "\"s3a://ü b/#a#b\"",
    "\"%\"",
    "\":\"",
    "\"a:\"",
    "\"a://\"",
    "\"file:\"",
    "\"9223372036854775807d\"",
    "\"-1ms\"",
    "\"99999999999999999999g\"",
    "\"0\"",
    "\"１２\"",
    " ",
    "\n",
    "\t",
    "ü",
    "\u{0}",
    "\"conf\":{\"spark.jars\":\"a,ö:,/%\"}",
    "{}",
    "[]",
];

/// A generator of numbers (Marsaglia's xorshift).
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 16) as usize % most
    }

    fn text(&mut self, pieces: usize) -> String {
        (0..self.below(pieces)).map(|_| PIECES[self.below(PIECES.len())]).collect()
    }

    /// An object of the right shape with values that may be wrong.
    fn object(&mut self) -> String {
        let fields: Vec<String> = (0..self.below(6))
            .map(|_| {
                let name = PIECES[17 + self.below(9)];
                let value = PIECES[26 + self.below(14)];
                match self.below(4) {
                    0 => format!("{name}[{value},{value}]"),
                    1 => format!("{name}{{{value}:{value}}}"),
                    2 => format!("{name}{}", self.below(3)),
                    _ => format!("{name}{value}"),
                }
            })
            .collect();
        format!("{{{}}}", fields.join(","))
    }
}

fn ask(cluster: &mut Cluster, now: u64, method: &str, path: String, body: String) -> u16 {
    let own = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let headers = vec![
        own("Accept", "application/json"),
        own("X-Requested-By", "test"),
        own("Content-Type", "application/json"),
    ];
    let request = Request { method: method.to_owned(), path, headers, body: body.into_bytes() };
    cluster.answer(Duration::from_millis(now), &request).status
}

#[test]
fn every_body_gets_an_answer() {
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let mut made = 0;
    let mut cluster = Cluster::new(Options::default());
    for turn in 0..12_000 {
        if turn % 80 == 0 {
            cluster = Cluster::new(Options { seeded: true, ..Options::default() });
        }
        let body = if turn % 2 == 0 { dice.object() } else { dice.text(14) };
        let status = ask(&mut cluster, turn % 80 * 40_000, "POST", "/sessions".to_owned(), body);
        made += usize::from(status < 300);
    }
    assert!(made > 100, "{made}");
}

#[test]
fn every_path_gets_an_answer() {
    let mut dice = Dice(7);
    let mut cluster = Cluster::new(Options { seeded: true, ..Options::default() });
    let words = [
        "sessions",
        "0",
        "4",
        "%",
        "%2",
        "%c3%a9",
        "ü",
        "log",
        "state",
        "statements",
        "..",
        "99999999999",
        "",
    ];
    for turn in 0..8_000 {
        let path: String =
            (0..1 + dice.below(4)).map(|_| format!("/{}", words[dice.below(words.len())])).collect();
        let query =
            ["", "?size=-1", "?from=-9&size=2147483647", "?size=ü", "?from=%&size=%2", "?"][dice.below(6)];
        let method = ["GET", "DELETE", "POST", "HEAD", "ß"][dice.below(5)];
        let body = dice.text(6);
        assert!(ask(&mut cluster, turn, method, format!("{path}{query}"), body) >= 200);
    }
}

#[test]
fn every_story_is_told_at_any_time() {
    for start in [0, 1, 6_000] {
        for moment in [0, 1, 99, 5_999, 6_000, 6_001, 60_000, 3_600_000, 7 * 86_400_000] {
            let start = Duration::from_millis(start);
            let mut cluster = Cluster::new(Options { start, seeded: true, ..Options::default() });
            for (name, _) in Story::ALL {
                let body = format!("{{\"kind\":\"pyspark\",\"name\":\"{name}\",\"idleTimeout\":\"99999d\"}}");
                ask(&mut cluster, 0, "POST", "/sessions".to_owned(), body);
            }
            for (name, _) in Story::ALL {
                for part in ["", "/log?size=-1", "/state"] {
                    ask(&mut cluster, moment, "GET", format!("/sessions/{name}{part}"), String::new());
                }
            }
            assert_eq!(ask(&mut cluster, moment, "GET", "/sessions".to_owned(), String::new()), 200);
            ask(&mut cluster, moment, "DELETE", "/sessions/slow".to_owned(), String::new());
        }
    }
}
