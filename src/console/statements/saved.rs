//! Statements as the browser keeps them beyond the tab, where a person wants that: their code, their state and what came of them, in
//! the words of the server's answer. What is read is doubted: it may be of another version of this page, or cut short.

use form::json::quoted;
use livy::{Json, JsonKind, Statement, Unread};

use super::{Entry, Origin, Statements};
use crate::Mark;

/// What the text begins with. One of another version is left out.
const VERSION: u64 = 1;

/// Larger outputs are not kept, in bytes: with one of them there would be no room for the others.
const LARGEST: usize = 1 << 20;

/// What was kept of a session's statements.
struct Saved {
    /// How many older ones had no room.
    left: usize,
    /// The others, the oldest first.
    entries: Vec<Entry>,
}

impl Statements {
    /// Set where statements are here that this browser has kept: how many older ones had no room.
    pub fn saved(&self) -> Option<usize> {
        self.saved
    }

    /// True where there is nothing else: nothing was read from the server, typed or run.
    pub fn is_only_saved(&self) -> bool {
        let is_idle = self.run.is_none() && self.draft.is_empty() && self.set_aside.is_empty();
        self.saved.is_some() && is_idle && self.entries.iter().all(|it| it.is_saved)
    }

    /// What is to be kept, in at most so many bytes, the newest first; `older` is what was kept before. Nothing without any statement.
    pub(super) fn written(&self, older: Option<&str>, most: usize) -> Option<String> {
        let Saved { left, entries: mut older } =
            older.and_then(read).unwrap_or(Saved { left: 0, entries: Vec::new() });
        let left = left.max(self.saved.unwrap_or_default());
        // Those that were left out before came before these. They may have been read again since, and count once.
        let were_kept = older.iter().chain(self.entries.iter().filter(|it| it.is_saved));
        let first = were_kept.filter_map(Entry::number).min();
        older.retain_mut(|it| self.entry(it.id()).is_none_or(|present| tells_more(it, present)));
        let is_newer = |it: &&Entry| older.iter().all(|kept| kept.id() != it.id());
        let mut all: Vec<&Entry> = older.iter().chain(self.entries.iter().filter(is_newer)).collect();
        all.retain(|it| is_worth_it(&it.statement));
        all.sort_by_key(|it| it.number());
        let again = all.iter().filter(|it| it.number().is_some() && it.number() < first).count();
        let mut room = most.saturating_sub(64);
        let mut written: Vec<String> = Vec::new();
        for entry in all.iter().rev() {
            let whole = write(entry, LARGEST.min(room));
            let text = if whole.len() > room { write(entry, 0) } else { whole };
            if text.len() + 1 > room {
                break;
            }
            room -= text.len() + 1;
            written.push(text);
        }
        written.reverse();
        let left = left.saturating_sub(again) + all.len() - written.len();
        let text = written.join(",");
        (!written.is_empty())
            .then(|| format!("{{\"version\":{VERSION},\"left\":{left},\"statements\":[{text}]}}"))
    }

    /// What was kept is shown, beside what this page knows itself.
    pub(super) fn take_saved(&mut self, text: &str) {
        let Some(Saved { left, entries }) = read(text) else { return };
        self.saved = Some(left);
        for entry in entries {
            if self.entry(entry.id()).is_none() {
                self.insert(entry);
            }
        }
    }

    /// Nobody wants them to be kept any more.
    pub(super) fn let_saved_go(&mut self) {
        self.entries.retain(|it| !it.is_saved);
        self.saved = None;
    }
}

/// True where a statement was kept with its output, and this page has none: it has let it go, or could not read it. Who has sent it
/// may be known here alone.
fn tells_more(kept: &mut Entry, present: &Entry) -> bool {
    if present.origin.is_own() {
        kept.origin = present.origin;
    }
    kept.statement.output.is_some() && present.statement.output.is_none()
}

/// Of one that could never be read there is nothing to keep.
fn is_worth_it(statement: &Statement) -> bool {
    statement.code.is_some() || statement.output.is_some() || !statement.state.as_str().is_empty()
}

/// A statement as the server would tell it, without the line that was sent at the end of its code; of an output of more than so many
/// bytes only its size.
fn write(entry: &Entry, most: usize) -> String {
    let it = &entry.statement;
    let mut text = format!("{{\"id\":{},\"state\":{}", quoted(it.id.as_str()), quoted(it.state.as_str()));
    let mut put = |key: &str, value: Option<String>| {
        if let Some(value) = value {
            text.push_str(&format!(",\"{key}\":{value}"));
        }
    };
    put("code", it.code.as_deref().map(|it| quoted(Mark::taken_off(it).0)));
    put("started", it.started.map(|it| it.to_string()));
    put("completed", it.completed.map(|it| it.to_string()));
    put("own", entry.origin.is_own().then(|| "true".to_owned()));
    let written = it.output.as_ref().map(|it| it.as_written());
    let output = written.filter(|it| it.len() <= most);
    if output.is_none() && (written.is_some() || it.unread.is_some() || entry.has_shed_output) {
        let size = written.map(|it| it.len() as u64).or(it.unread.as_ref().and_then(|it| it.size));
        put("lost", Some(size.map_or("true".to_owned(), |it| it.to_string())));
        put("status", it.status().map(quoted));
    }
    put("output", output.map(str::to_owned));
    text.push('}');
    text
}

fn read(text: &str) -> Option<Saved> {
    let json = Json::parse(text)?;
    let [version, left, list] = json.fields(["version", "left", "statements"]);
    let list = list.filter(|it| it.kind() == JsonKind::Array)?;
    (version?.whole()? == VERSION).then_some(())?;
    let left = left.and_then(Json::whole).and_then(|it| usize::try_from(it).ok()).unwrap_or_default();
    let mut entries: Vec<Entry> = Vec::new();
    for item in list.items() {
        let Some(entry) = entry(item) else { continue };
        if entries.iter().all(|it| it.id() != entry.id()) {
            entries.push(entry);
        }
    }
    (!entries.is_empty()).then_some(Saved { left, entries })
}

fn entry(json: Json<'_>) -> Option<Entry> {
    let mut statement = Statement::from_json(json)?;
    let [own, lost, status] = json.fields(["own", "lost", "status"]);
    if let Some(lost) = lost {
        let status = status.and_then(Json::text).unwrap_or_default().into_owned();
        statement.unread = Some(Unread { size: lost.whole(), status });
    }
    let mut entry = Entry::new(statement);
    entry.is_saved = true;
    entry.is_left_out = lost.is_some();
    if own.is_some_and(|it| it.as_written() == "true") {
        entry.origin = Origin::Browser;
    }
    Some(entry)
}

#[cfg(test)]
mod tests {
    use livy::{Answer, Session, StatementId};
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;
    use crate::{Mark, Moment};

    fn empty() -> Statements {
        Statements::new(1, Session::from_json(json!({"id": 0, "state": "dead"})).unwrap())
    }

    fn told(statements: &mut Statements, body: &str) {
        let answer = Answer { status: 200, body: body.to_owned(), ..Answer::default() };
        statements.told(answer.statement().unwrap().unwrap(), Moment::default());
    }

    /// So many statements, each with an output of so many bytes.
    fn many(count: u64, bytes: usize) -> Statements {
        let mut statements = empty();
        for id in 0..count {
            let code = Mark::of_number(id + 7).put_on(&format!("print({id})"));
            let output =
                json!({"status": "ok", "execution_count": id, "data": {"text/plain": "x".repeat(bytes)}});
            told(
                &mut statements,
                &json!({"id": id, "code": code, "state": "available", "output": output}).to_string(),
            );
        }
        statements
    }

    fn back(text: &str) -> Statements {
        let mut statements = empty();
        statements.take_saved(text);
        statements
    }

    fn ids(statements: &Statements) -> Vec<&str> {
        statements.entries().iter().map(|it| it.id().as_str()).collect()
    }

    #[test]
    fn what_is_written_is_read_again_with_every_digit_and_without_the_mark() {
        let mut statements = many(1, 3);
        let output =
            r#"{"status":"ok","execution_count":1,"data":{"application/json":[9007199254740993, 1.50]}}"#;
        told(
            &mut statements,
            &format!(
                r#"{{"id":1,"code":"a\n\"ä\"","state":"available","output":{output},"started":5,"completed":9}}"#
            ),
        );
        told(&mut statements, r#"{"id":2,"code":"x","state":"running","output":null}"#);
        statements.entries[0].origin = Origin::Here;
        let text = statements.written(None, 10_000).unwrap();
        assert!(!text.contains("      ") && !text.contains("\\t"), "{text}");
        let read = back(&text);
        assert_eq!((read.saved(), read.is_only_saved(), ids(&read)), (Some(0), true, vec!["0", "1", "2"]));
        let codes: Vec<_> = read.entries().iter().map(|it| it.code().unwrap()).collect();
        assert_eq!(codes, ["print(0)", "a\n\"ä\"", "x"]);
        assert_eq!(read.entries()[1].statement.output.as_ref().unwrap().as_written(), output);
        assert_eq!(
            (read.entries()[1].statement.started, read.entries()[1].statement.completed),
            (Some(5), Some(9))
        );
        assert_eq!(read.entries()[2].statement.state.as_str(), "running");
        let origins: Vec<_> = read.entries().iter().map(|it| it.origin).collect();
        assert_eq!(origins, [Origin::Browser, Origin::Elsewhere, Origin::Elsewhere]);
        // What was read writes the same again, and what is kept already stays beside what is new.
        assert_eq!(read.written(None, 10_000).as_ref(), Some(&text));
        let mut later = empty();
        told(&mut later, r#"{"id":7,"code":"y","state":"available","output":null}"#);
        assert_eq!(ids(&back(&later.written(Some(&text), 10_000).unwrap())), ["0", "1", "2", "7"]);
        assert_eq!(empty().written(None, 10_000), None);
    }

    #[test]
    fn the_oldest_have_no_room_and_how_many_they_are_is_told() {
        let statements = many(100, 1_000);
        let text = statements.written(None, 20_000).unwrap();
        assert!(text.len() <= 20_000, "{}", text.len());
        let read = back(&text);
        let left = read.saved().unwrap();
        assert_eq!(left + read.entries().len(), 100);
        assert!(read.entries().len() > 10 && read.entries().last().unwrap().id().as_str() == "99");
        // Those that had no room then are counted on.
        let again = back(&back(&text).written(None, 10_000).unwrap());
        assert_eq!(again.saved().unwrap() + again.entries().len(), 100);
        assert_eq!(statements.written(None, 10), None);
    }

    #[test]
    fn those_without_room_are_counted_once_also_where_the_page_has_read_them_again() {
        let text = many(100, 1_000).written(None, 20_000).unwrap();
        let left = back(&text).saved().unwrap();
        let mut statements = back(&text);
        for whole in [many(100, 1_000), many(left as u64, 1_000), many(3, 1_000)] {
            for entry in whole.entries {
                if statements.entry(entry.id()).is_none() {
                    statements.insert(entry);
                }
            }
            for most in [20_000, 10_000] {
                let read = back(&statements.written(Some(&text), most).unwrap());
                assert_eq!(read.saved().unwrap() + read.entries().len(), 100);
            }
            statements = empty();
        }
        let read = back(&many(100, 1_000).written(Some(&text), 1 << 20).unwrap());
        assert_eq!((read.saved(), read.entries().len()), (Some(0), 100));
    }

    #[test]
    fn an_output_that_was_kept_before_stays_where_this_page_has_none() {
        let text = many(2, 10).written(None, 10_000).unwrap();
        let mut shed = many(2, 10);
        shed.entries[0].shed();
        assert_eq!(shed.written(Some(&text), 10_000).as_ref(), Some(&text));
        // Nor does one that was not read, or was seen while it ran, take it away.
        for odd in [
            r#"{"id":0,"code":"print(0)","state":"available"}"#,
            r#"{"id":0,"code":"print(0)","state":"running","output":null}"#,
        ] {
            let mut statements = empty();
            told(&mut statements, odd);
            statements.entries[0].origin = Origin::Here;
            let read = back(&statements.written(Some(&text), 10_000).unwrap());
            let kept = &read.entries()[0];
            assert!(kept.statement.output.is_some() && !kept.is_left_out, "{odd}");
            assert_eq!((kept.statement.state.as_str(), kept.origin), ("available", Origin::Browser));
        }
        // A newer output takes the place of the older one.
        let mut newer = empty();
        let body = r#"{"id":1,"code":"print(1)","state":"available","output":{"status":"ok","data":{}}}"#;
        told(&mut newer, body);
        let read = back(&newer.written(Some(&text), 10_000).unwrap());
        assert_eq!(
            read.entries()[1].statement.output.as_ref().unwrap().as_written(),
            r#"{"status":"ok","data":{}}"#
        );
    }

    #[test]
    fn what_the_server_tells_anew_is_an_ordinary_one_again() {
        let mut statements = many(1, LARGEST + 1);
        statements = back(&statements.written(None, 9 << 20).unwrap());
        assert!(statements.entries()[0].is_saved && statements.entries()[0].is_left_out);
        told(
            &mut statements,
            r#"{"id":0,"code":"print(0)","state":"available","output":{"status":"ok","data":{}}}"#,
        );
        assert!(!statements.entries()[0].is_saved && !statements.entries()[0].is_left_out);
        statements.let_saved_go();
        assert_eq!(statements.entries().len(), 1);
    }

    #[test]
    fn of_a_large_output_the_size_is_kept() {
        let mut statements = many(1, LARGEST + 1);
        told(
            &mut statements,
            r#"{"id":1,"code":"y","state":"available","output":{"status":"ok","data":{}}}"#,
        );
        let read = back(&statements.written(None, 9 << 20).unwrap());
        let entry = read.entry(&StatementId::numbered(0).unwrap()).unwrap();
        let unread = entry.statement.unread.as_ref().unwrap();
        assert!(entry.is_left_out && unread.size.unwrap() > LARGEST as u64);
        assert_eq!((entry.statement.status(), entry.code()), (Some("ok"), Some("print(0)")));
        assert!(!read.entries()[1].is_left_out);
        // Also where it is the newest, and there is room for its code alone.
        let read = back(&many(1, 5_000).written(None, 1_000).unwrap());
        assert!(read.entries()[0].is_left_out && read.entries()[0].code() == Some("print(0)"));
        // One that this tab has let go is not here either.
        let mut shed = many(2, 10);
        shed.entries[0].shed();
        let read = back(&shed.written(None, 1_000).unwrap());
        assert_eq!(read.entries().iter().map(|it| it.is_left_out).collect::<Vec<_>>(), [true, false]);
    }

    #[test]
    fn what_cannot_be_read_is_left_out() {
        let good = many(3, 5).written(None, 10_000).unwrap();
        for odd in [
            "",
            "null",
            "[]",
            "{}",
            r#"{"version":1}"#,
            r#"{"version":1,"statements":{}}"#,
            r#"{"version":1,"statements":[]}"#,
            r#"{"version":1,"statements":[7,{"state":"idle"}]}"#,
            &good.replace("\"version\":1", "\"version\":2"),
            &good[..good.len() - 1],
        ] {
            assert_eq!((back(odd).saved(), back(odd).entries().len()), (None, 0), "{odd}");
        }
        let twice =
            r#"{"version":1,"left":-3,"statements":[{"id":1},{"id":"1","lost":"x"},{"id":"g","code":7}]}"#;
        assert_eq!((back(twice).saved(), ids(&back(twice))), (Some(0), vec!["1", "g"]));
    }

    #[test]
    fn once_nobody_wants_them_only_what_this_page_read_is_left() {
        let text = many(3, 5).written(None, 10_000).unwrap();
        let mut statements = back(&text);
        told(&mut statements, r#"{"id":9,"code":"y","state":"available","output":null}"#);
        assert!(!statements.is_only_saved());
        statements.let_saved_go();
        assert_eq!((ids(&statements), statements.saved()), (vec!["9"], None));
    }

    proptest! {
        #[test]
        fn no_text_is_too_odd(text in "\\PC{0,60}", at in 0_usize..400, cut in 0_usize..400) {
            let mut good = many(3, 5).written(None, 10_000).unwrap();
            let at = good.floor_char_boundary(at.min(good.len()));
            let end = good.floor_char_boundary((at + cut).min(good.len()));
            good.replace_range(at..end, &text);
            let read = back(&good);
            prop_assert_eq!(read.saved().is_some(), !read.entries().is_empty());
            prop_assert!(back(&text).entries().is_empty());
        }
    }
}
