//! An ended session as the browser keeps it beyond the tab: its facts as JSON, and its log as text beside them, so that the facts
//! of many can be read without their logs. What is read is doubted: it may be of another version of this page, or cut short.

use std::sync::Arc;

use form::{is_secret_key, is_secret_row};
use livy::{Session, SessionState};
use serde_json::{Map, Value, json};

use super::{Ending, StateSpan, Watch};
use crate::{Moment, SessionLog};

/// What the facts begin with. One of another version is left out, and taken away when the next one is kept.
const VERSION: u64 = 1;

/// No more records are kept, however small they are.
const MOST: usize = 50;

/// In the facts: how many bytes of statements are kept beside them.
const STATEMENTS: &str = "statements";

/// Of the bytes that may be kept a session's statements have this part at most.
const SHARE: usize = 4;

/// A session that is to be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Under which it is kept. The keys ascend with the moments at which sessions were first seen.
    pub key: String,
    /// What is known of it, without secrets.
    pub facts: String,
    /// Its log as it would be downloaded.
    pub log: String,
    /// The code and the results of its statements, where a person wants them to be kept and there are any.
    pub statements: Option<String>,
}

impl Record {
    /// Which of the kept records have to go for this one, by their keys. `kept`: all keys with their facts, in the order of the
    /// keys; `cap`: how many bytes all may have. The oldest go first, and what cannot be read.
    pub fn displaces(&self, kept: &[(String, String)], cap: usize) -> Vec<String> {
        let statements = self.statements.as_ref().map_or(0, String::len);
        let mut room = cap.saturating_sub(self.facts.len() + self.log.len() + statements);
        let mut left = MOST - 1;
        let mut gone = Vec::new();
        for (key, facts) in kept.iter().rev().filter(|it| it.0 != self.key) {
            let parsed = parsed(facts);
            let count = |key: &str| usize::try_from(parsed.as_ref()?.get(key)?.as_u64()?).ok();
            let bytes = count("bytes").map(|it| it + count(STATEMENTS).unwrap_or_default() + facts.len());
            match bytes.filter(|it| *it <= room && left > 0) {
                Some(bytes) => (room, left) = (room - bytes, left - 1),
                None => {
                    gone.push(key.clone());
                    // Those that are older still do not slip through where a larger one did not.
                    room = if bytes.is_some() { 0 } else { room };
                }
            }
        }
        gone
    }

    /// These facts once no statements are kept beside them; `None` where none were.
    pub fn without_statements(facts: &str) -> Option<String> {
        let mut facts: Map<String, Value> = serde_json::from_str(facts).ok()?;
        facts.remove(STATEMENTS)?;
        Some(Value::Object(facts).to_string())
    }
}

/// The last `cap` bytes of a log's text at most, from the beginning of a line on, under the name of its section and a mark.
fn cut(text: String, cap: usize) -> String {
    if text.len() <= cap {
        return text;
    }
    let mut from = text.len() - cap;
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let from = text[from..].find('\n').map_or(text.len(), |it| from + it + 1);
    let is_name = |it: &&str| it.starts_with("==== std") || it.starts_with("==== diag");
    let name = text[..from].lines().rev().find(is_name).unwrap_or_default();
    format!("{name}\n==== lines may be missing here ====\n{}", &text[from..])
}

/// The facts as an object of this version.
fn parsed(facts: &str) -> Option<Value> {
    let value: Value = serde_json::from_str(facts).ok()?;
    is_of_this_version(&value).then_some(value)
}

pub(super) fn is_of_this_version(facts: &Value) -> bool {
    facts.get("version").and_then(Value::as_u64) == Some(VERSION)
}

/// Without what looks like a secret, in any field: Livy 0.9 echoes `conf`, and a path or a link may carry a token.
fn without_secrets(fields: &Map<String, Value>) -> Map<String, Value> {
    fn clean(key: &str, value: &Value) -> Option<Value> {
        match value {
            Value::Object(map) => Some(Value::Object(without_secrets(map))),
            Value::Array(items) => Some(items.iter().filter_map(|it| clean(key, it)).collect()),
            Value::String(text) => (!is_secret_row(key, text)).then(|| value.clone()),
            Value::Null | Value::Bool(_) | Value::Number(_) => (!is_secret_key(key)).then(|| value.clone()),
        }
    }
    fields.iter().filter_map(|(key, value)| Some((key.clone(), clean(key, value)?))).collect()
}

pub(super) fn ending_word(ending: Ending) -> Option<(&'static str, Moment)> {
    Some(match ending {
        Ending::Over => ("over", Moment::default()),
        Ending::Forgotten(at) => ("forgotten", at),
        Ending::Recycled(at) => ("recycled", at),
        Ending::Deleted(at) => ("deleted", at),
        Ending::Missing => return None,
    })
}

fn ending_of(word: &str, at: Moment) -> Option<Ending> {
    Some(match word {
        "over" => Ending::Over,
        "forgotten" => Ending::Forgotten(at),
        "recycled" => Ending::Recycled(at),
        "deleted" => Ending::Deleted(at),
        _ => return None,
    })
}

/// Where the log of a watch is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum LogPlace {
    /// In the watch.
    #[default]
    Here,
    /// In the browser's memory, with this many bytes.
    Kept(u64),
    /// On its way.
    Asked(u64),
}

impl Watch {
    /// The key of its record, once anything is known of it.
    pub(crate) fn key(&self) -> Option<String> {
        // As wide as a millisecond of the year 2286, so that the order of the texts is that of the moments.
        Some(format!("{:013}-{}", self.seen_since.as_millis(), self.session.as_ref()?.id))
    }

    /// What is to be kept of an end that is not kept yet, in at most `cap` bytes; once. `statements` writes those, in at most so many.
    pub(crate) fn take_record(
        &mut self,
        cap: usize,
        statements: impl FnOnce(&Self, usize) -> Option<String>,
    ) -> Option<Record> {
        if self.is_kept || self.awaits_log() || self.awaits_statements() {
            return None;
        }
        let ended = ending_word(self.ending?)?;
        let record = self.record(Some(ended), cap, statements)?;
        self.is_kept = true;
        Some(record)
    }

    /// What is to be kept of a session that lives, because its page may be gone when it ends; its end will take the place of it.
    pub(crate) fn record_so_far(
        &self,
        cap: usize,
        statements: impl FnOnce(&Self, usize) -> Option<String>,
    ) -> Option<Record> {
        let awaits = self.awaits_log() || self.awaits_statements();
        let is_worth_it = self.ending.is_none() && !awaits && !self.only_looks();
        if is_worth_it { self.record(None, cap, statements) } else { None }
    }

    fn record(
        &self,
        ended: Option<(&'static str, Moment)>,
        cap: usize,
        statements: impl FnOnce(&Self, usize) -> Option<String>,
    ) -> Option<Record> {
        let statements = statements(self, cap / SHARE);
        let saved = statements.as_ref().map(String::len);
        let log = cut(self.log.to_text(), cap.saturating_sub(saved.unwrap_or_default()));
        let mut facts = self.facts(ended, log.len())?;
        if let (Some(saved), Some(facts)) = (saved, facts.as_object_mut()) {
            facts.insert(STATEMENTS.to_owned(), saved.into());
        }
        Some(Record { key: self.key()?, facts: facts.to_string(), log, statements })
    }

    /// What is known of it, without secrets. `bytes`: of the log beside it.
    pub(super) fn facts(&self, ended: Option<(&'static str, Moment)>, bytes: usize) -> Option<Value> {
        let session = self.session.as_ref()?;
        let span = |it: &StateSpan| json!([it.state.as_ref().map(SessionState::as_str), it.from.as_millis()]);
        Some(json!({
            "version": VERSION,
            "bytes": bytes,
            "session": without_secrets(session.fields()),
            "ended": ended.map(|(word, at)| json!([word, at.as_millis()])),
            "seen": self.seen_since.as_millis(),
            "state": self.state_since.as_millis(),
            "answered": self.poll.answered.unwrap_or(self.seen_since).as_millis(),
            "timeline": self.timeline.iter().map(span).collect::<Vec<_>>(),
        }))
    }

    /// A watch from its facts; its log stays where it is until it is looked at. `None` for what cannot be read.
    pub(crate) fn recalled(facts: &str) -> Option<Self> {
        let facts = parsed(facts)?;
        let mut watch = Self::of_facts(&facts)?;
        if facts.get(STATEMENTS).is_some() {
            watch.has_saved();
        }
        Some(watch)
    }

    /// From facts of this version.
    pub(super) fn of_facts(facts: &Value) -> Option<Self> {
        let moment_of = |it: &Value| it.as_u64().map(Moment::from_millis);
        let moment = |key: &str| facts.get(key).and_then(moment_of);
        // Nothing for one that lived when it was last seen.
        let ended = facts.get("ended").filter(|it| !it.is_null());
        let ended = match ended {
            Some(it) => Some(ending_of(it.get(0)?.as_str()?, moment_of(it.get(1)?)?)?),
            None => None,
        };
        let session = Session::from_json(facts.get("session")?.clone())?;
        let span = |it: &Value| {
            let state = it.get(0)?;
            let state = state.as_str().map(SessionState::parse);
            Some(StateSpan { state, from: moment_of(it.get(1)?)? })
        };
        let timeline = facts.get("timeline").and_then(Value::as_array);
        let since = moment("seen")?;
        let mut watch = Self::new(session.id.address().clone(), since);
        watch.asked = session.fields().clone();
        watch.session = Some(Arc::new(session));
        watch.state_since = moment("state").unwrap_or(since);
        watch.poll.due = None;
        watch.poll.answered = Some(moment("answered").unwrap_or(since));
        watch.timeline = timeline.into_iter().flatten().filter_map(span).collect();
        watch.ending = ended;
        watch.log_place = LogPlace::Kept(facts.get("bytes").and_then(Value::as_u64).unwrap_or_default());
        watch.is_recalled = true;
        watch.is_kept = ended.is_some();
        Some(watch)
    }

    /// Its record is taken away.
    pub(crate) fn unkeep(&mut self) {
        self.is_kept = false;
    }

    /// True while its log is in the browser's memory and not here.
    pub fn awaits_log(&self) -> bool {
        self.log_place != LogPlace::Here
    }

    /// True for a session that this browser has kept beyond its tab.
    pub fn is_recalled(&self) -> bool {
        self.is_recalled
    }

    /// How much of a log there is, here or kept, in bytes.
    pub(crate) fn log_bytes(&self) -> u64 {
        match self.log_place {
            LogPlace::Here => self.log.bytes() as u64,
            LogPlace::Kept(bytes) | LogPlace::Asked(bytes) => bytes,
        }
    }

    /// The key under which its log is to be asked for, once.
    pub(crate) fn ask_for_log(&mut self) -> Option<String> {
        let LogPlace::Kept(bytes) = self.log_place else { return None };
        self.log_place = LogPlace::Asked(bytes);
        self.key()
    }

    /// Its log has come from the browser's memory, or is not there any more.
    pub(crate) fn log_recalled(&mut self, text: &str) {
        if self.log_place == LogPlace::Here {
            return;
        }
        self.take_log(SessionLog::of_text(text));
    }

    /// Its log is here. The reasons are found in it again.
    pub(super) fn take_log(&mut self, log: SessionLog) {
        self.log_place = LogPlace::Here;
        self.log = log;
        self.explain_anew();
    }

    /// True for the same session, seen in two tabs at once: one id is one session's at a time.
    pub(crate) fn is_seen_with(&self, other: &Self) -> bool {
        let span = |it: &Self| (it.seen_since, it.poll.answered.unwrap_or(it.seen_since));
        let ((from, to), (other_from, other_to)) = (span(self), span(other));
        // One that was starting can be the one that is idle now, not the other way round.
        let (earlier, later) = if to <= other_to { (self, other) } else { (other, self) };
        later.session.as_ref().is_some_and(|it| earlier.could_be(it)) && from <= other_to && other_from <= to
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(key: &str, log: usize) -> Record {
        let facts = json!({"version": 1, "bytes": log}).to_string();
        Record { key: key.to_owned(), facts, log: "x".repeat(log), statements: None }
    }

    fn kept(all: &[(&str, usize)]) -> Vec<(String, String)> {
        all.iter().map(|(key, log)| ((*key).to_owned(), record(key, *log).facts)).collect()
    }

    #[test]
    fn the_oldest_go_first_and_what_cannot_be_read() {
        let all = kept(&[("1", 100), ("2", 10), ("3", 400), ("4", 200)]);
        assert_eq!(record("5", 100).displaces(&all, 10_000), [""; 0]);
        assert_eq!(record("5", 100).displaces(&all, 1_000), [""; 0]);
        assert_eq!(record("5", 150).displaces(&all, 950), ["1"]);
        // What is older than one that had to go goes too.
        assert_eq!(record("5", 300).displaces(&all, 800), ["3", "2", "1"]);
        assert_eq!(record("4", 300).displaces(&all, 900), ["1"], "its own last record counts for nothing");
        assert_eq!(record("5", 2_000).displaces(&all, 1_000).len(), 4);
        let odd = [("6".to_owned(), "{\"version\":2}".to_owned()), ("7".to_owned(), "nonsense".to_owned())];
        assert_eq!(record("5", 1).displaces(&[all, odd.to_vec()].concat(), 10_000), ["7", "6"]);
        // Statements take their room too.
        let with = kept(&[("1", 100)])[0].1.replace('}', ",\"statements\":700}");
        let with = [("1".to_owned(), with), ("2".to_owned(), record("2", 100).facts)];
        assert_eq!(record("5", 100).displaces(&with, 1_000), ["1"]);
        let written = Record { statements: Some("x".repeat(700)), ..record("5", 100) };
        assert_eq!(written.displaces(&with[1..], 850), ["2"]);
        assert_eq!(Record::without_statements(&with[0].1), Some(kept(&[("1", 100)])[0].1.clone()));
        assert_eq!([&with[1].1, "nonsense", "[]"].map(Record::without_statements), [None, None, None]);
        let many: Vec<_> = (10..80).map(|it| (it.to_string(), record("", 1).facts)).collect();
        assert_eq!(record("99", 1).displaces(&many, 100_000).len(), 21);
    }

    #[test]
    fn a_log_that_is_too_long_keeps_its_end() {
        let text = "==== stdout ====\nfirst\n==== stderr ====\none\ntwö\nthree\n".to_owned();
        assert_eq!(cut(text.clone(), 100), text);
        assert_eq!(cut(text.clone(), 11), "==== stderr ====\n==== lines may be missing here ====\nthree\n");
        assert_eq!(cut(text, 0), "==== stderr ====\n==== lines may be missing here ====\n");
    }

    #[test]
    fn secrets_are_left_out_wherever_they_stand() {
        let fields = json!({
            "id": 3, "name": "etl", "proxyUser": "alice", "ttl": null,
            "conf": {"spark.a": "1", "spark.ssl.keyPassword": "hush", "spark.b": "-Dx.token=hush", "spark.token": 5},
            "jars": ["hdfs:///a.jar", "https://u:hush@host/b.jar", "wasb://c@a/x.jar?sig=hush"],
            "appInfo": {"driverLogUrl": "http://h/log?token=hush", "sparkUiUrl": "http://h/ui"},
        });
        let clean = Value::Object(without_secrets(fields.as_object().unwrap()));
        let expected = json!({
            "id": 3, "name": "etl", "proxyUser": "alice", "ttl": null,
            "conf": {"spark.a": "1"}, "jars": ["hdfs:///a.jar"], "appInfo": {"sparkUiUrl": "http://h/ui"},
        });
        assert_eq!(clean, expected);
    }

    #[test]
    fn what_cannot_be_read_is_left_out() {
        for facts in [
            "",
            "null",
            "[]",
            "{}",
            r#"{"version":2,"session":{"id":1,"state":"dead"},"ended":["over",0],"seen":1}"#,
            r#"{"version":1,"session":{"state":"dead"},"ended":["over",0],"seen":1}"#,
            r#"{"version":1,"session":{"id":1},"ended":["asleep",0],"seen":1}"#,
            r#"{"version":1,"session":{"id":1},"ended":[],"seen":1}"#,
            r#"{"version":1,"session":{"id":1},"ended":["over",0]}"#,
        ] {
            assert!(Watch::recalled(facts).is_none(), "{facts}");
        }
        let least =
            r#"{"version":1,"session":{"id":1},"ended":["over",0],"seen":5,"timeline":[[],["idle",7],3]}"#;
        let watch = Watch::recalled(least).unwrap();
        assert_eq!((watch.key().as_deref(), watch.timeline().len()), (Some("0000000000005-1"), 1));
    }

    #[test]
    fn what_was_asked_for_is_kept_where_the_server_does_not_echo_it() {
        let asked = r#"{"driverMemory": "2g", "conf": {"spark.a": "1", "spark.ssl.keyPassword": "hush"}}"#;
        let mut watch = Watch::new(livy::Address::parse("0").unwrap(), Moment::default()).asked_for(asked);
        let told = Session::from_json(json!({"id": 0, "name": "etl", "state": "idle"})).unwrap();
        watch.arrived(told, true, Moment::default());
        let record = watch.record_so_far(1_000, |_, _| None).unwrap();
        assert!(!record.facts.contains("hush"), "{}", record.facts);
        let recalled = Watch::recalled(&record.facts).unwrap();
        let request = recalled.session().unwrap().request();
        assert_eq!(request, [("driverMemory", &json!("2g")), ("conf", &json!({"spark.a": "1"}))]);
        assert_eq!(recalled.ending(), None);
    }
}
