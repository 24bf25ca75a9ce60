//! One statement and one page of them, as the server told them. Every field but the id may be missing: `code` came with
//! Livy 0.4, times with 0.7, and other servers have neither progress nor times.

use crate::head::{object, pieces};
use crate::json::{Json, JsonKind};
use crate::outline::Outline;
use crate::{Address, Cut, Output, word};

/// A statement's id, opaque: Livy counts from 0, other servers use GUIDs.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StatementId(Address);

impl StatementId {
    /// From a number or a text of an answer; `None` for anything that cannot be addressed.
    pub fn from_json(json: Json<'_>) -> Option<Self> {
        match json.kind() {
            JsonKind::Number => Address::parse(json.as_written()),
            JsonKind::Text => Address::parse(&json.text()?),
            _ => None,
        }
        .map(Self)
    }

    /// Livy's id of this number.
    pub fn numbered(number: u64) -> Option<Self> {
        Address::parse(&number.to_string()).map(Self)
    }

    /// Its number, where it has one.
    pub fn number(&self) -> Option<u64> {
        self.as_str().parse().ok()
    }

    /// As the server wrote it.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    pub(crate) fn address(&self) -> &Address {
        &self.0
    }
}

/// A statement's state in the server's words (rsc `driver/StatementState.java`, 0.9.0).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StatementState {
    /// Its turn has not come.
    Waiting,
    /// It runs.
    Running,
    /// It has ended, well or with an error.
    Available,
    /// It is asked to end.
    Cancelling,
    /// It was asked to end and Livy has given it up; its code may run on.
    Cancelled,
    /// It has failed: a word of Livy until 0.2 and of Lighter; later such a one is `available` with an output that is an error.
    Failed,
    /// A word this console does not know, kept as it came. Empty when the server gave none.
    Unknown(String),
}

/// What a state means to somebody who waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StatementPhase {
    /// Others are before it.
    Queued,
    /// It has the interpreter.
    Working,
    /// Nothing more will come of it, except that a cancelled one can still get an output.
    Over,
    /// Not known: it is asked for like one that works.
    Unknown,
}

impl StatementState {
    const KNOWN: [(&'static str, Self); 6] = [
        ("waiting", Self::Waiting),
        ("running", Self::Running),
        ("available", Self::Available),
        ("cancelling", Self::Cancelling),
        ("cancelled", Self::Cancelled),
        ("error", Self::Failed),
    ];

    /// Reads the server's word; an unknown one survives.
    pub fn parse(word: &str) -> Self {
        word::known(&Self::KNOWN, word).unwrap_or_else(|| Self::Unknown(word.to_owned()))
    }

    /// The server's word, verbatim.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Unknown(word) => word,
            known => word::of(&Self::KNOWN, known),
        }
    }

    /// What it means to somebody who waits.
    pub fn phase(&self) -> StatementPhase {
        match self {
            Self::Waiting => StatementPhase::Queued,
            Self::Running | Self::Cancelling => StatementPhase::Working,
            Self::Available | Self::Cancelled | Self::Failed => StatementPhase::Over,
            // Lighter before exacaster/lighter#1221.
            Self::Unknown(word) if word == "canceled" => StatementPhase::Over,
            Self::Unknown(_) => StatementPhase::Unknown,
        }
    }

    /// True when nothing more is waited for.
    pub fn is_over(&self) -> bool {
        self.phase() == StatementPhase::Over
    }
}

/// A statement (rsc `driver/Statement.java`, 0.9.0; docs/protocol.md §4).
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// Its id, never missing.
    pub id: StatementId,
    /// Its state; [`StatementState::Unknown`] with an empty word where the server left it out.
    pub state: StatementState,
    /// Its code as the server repeats it, byte for byte; not before Livy 0.4.
    pub code: Option<String>,
    /// What came of it; also a cancelled one can have it, and one that has not ended has none.
    pub output: Option<Output>,
    /// Set where the answer was too large to be read to its end: what stands behind the cut is not known.
    pub unread: Option<Unread>,
    /// The part of its known tasks that has ended, from 0 to 1. It falls when new stages become known.
    pub progress: Option<f64>,
    /// The same in the digits of the server.
    pub progress_as_told: Option<String>,
    /// When it began to run, in milliseconds of the server's clock.
    pub started: Option<u64>,
    /// When it ended, in milliseconds of the server's clock.
    pub completed: Option<u64>,
    /// True where the server tells these times at all: Livy does since 0.7, other servers do not.
    pub tells_times: bool,
}

/// What is known of an output that was not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// How many bytes the answer has that it stands in, where that is known.
    pub size: Option<u64>,
    /// Its status, as [`Output::status`]; empty where it stands behind the cut.
    pub status: String,
}

/// What is read of a statement beside its output, in this order.
const FIELDS: [&str; 6] = ["id", "state", "code", "progress", "started", "completed"];

impl Statement {
    /// `None` when it is no object or has no id that could be addressed.
    pub fn from_json(json: Json<'_>) -> Option<Self> {
        Self::parse(json.as_written())
    }

    /// The whole text as a statement; `None` also where it is no JSON.
    pub fn parse(text: &str) -> Option<Self> {
        let outline = Outline::parse(text)?;
        let root = outline.root();
        let [output] = root.fields(["output"]);
        Self::of_fields(
            root.fields(FIELDS).map(|it| it.map(|it| it.json)),
            output.and_then(Output::outlined),
            None,
        )
    }

    /// What stands before the cut of an answer: Livy writes id, code and state before the output, others the state behind it. `asked`: its
    /// id, for an answer that is cut before it. `None` when it does not begin as an object.
    pub(crate) fn from_head(text: &str, asked: Option<&StatementId>, cut: Cut) -> Option<Self> {
        let head = object(text)?;
        let output = head.get("output").and_then(Output::from_json);
        let mut it = Self::of_fields(FIELDS.map(|key| head.get(key)), output, asked)?;
        // An output that has ended before the cut is all there is.
        if it.output.is_none() || it.state.as_str().is_empty() {
            it.output = None;
            let output = head.torn("output").and_then(object);
            let status = output.and_then(|it| it.get("status")).and_then(Json::text).unwrap_or_default();
            it.unread = Some(Unread { size: cut.size, status: status.into_owned() });
        }
        Some(it)
    }

    /// The status of its output, whether that was read or not; `None` where it is not known.
    pub fn status(&self) -> Option<&str> {
        let unread = || self.unread.as_ref().map(|it| it.status.as_str()).filter(|it| !it.is_empty());
        self.output.as_ref().map(|it| it.status.as_str()).or_else(unread)
    }

    fn of_fields(
        fields: [Option<Json<'_>>; 6],
        output: Option<Output>,
        asked: Option<&StatementId>,
    ) -> Option<Self> {
        let [id, state, code, progress, started, completed] = fields;
        let id = id.map_or_else(|| asked.cloned(), StatementId::from_json)?;
        // 0 is "not yet".
        let moment = |it: Option<Json<'_>>| it.and_then(Json::whole).filter(|it| *it > 0);
        let progress = progress.and_then(|it| Some((it.as_written().parse::<f64>().ok()?, it.as_written())));
        let progress = progress.filter(|it| it.0.is_finite());
        Some(Self {
            id,
            state: StatementState::parse(&state.and_then(Json::text).unwrap_or_default()),
            code: code.and_then(Json::text).map(|it| it.into_owned()),
            output,
            unread: None,
            progress: progress.map(|it| it.0),
            progress_as_told: progress.map(|it| it.1.to_owned()),
            started: moment(started),
            completed: moment(completed),
            tells_times: started.is_some(),
        })
    }
}

/// A page of a session's statements.
#[derive(Clone, Debug, PartialEq)]
pub struct StatementPage {
    /// How many the server has kept, which is not how many there were; not given by every server.
    pub total: Option<u64>,
    /// The readable ones, in the server's order.
    pub statements: Vec<Statement>,
    /// How many there were that had no usable id.
    pub unreadable: usize,
    /// True where the answer was cut: the last one may be [`Statement::unread`], and there may be more.
    pub is_cut: bool,
}

impl StatementPage {
    /// `None` when it is no object with a list of statements.
    pub fn from_json(json: Json<'_>) -> Option<Self> {
        let [list, total] = json.fields(["statements", "total_statements"]);
        let list = list.filter(|it| it.kind() == JsonKind::Array)?;
        Some(Self::of(total, list.items()))
    }

    /// What stands before the cut of an answer. `None` when it does not begin as such a page, or with no statement that has an id.
    pub(crate) fn from_head(text: &str) -> Option<Self> {
        let head = object(text)?;
        let (items, torn) = pieces(head.torn("statements")?)?;
        let mut page = Self::of(head.get("total_statements"), items.into_iter());
        // How large the answer is says nothing of this one: others stand before and behind it.
        let torn = torn.and_then(|it| Statement::from_head(it, None, Cut { size: None }));
        page.statements.extend(torn);
        page.is_cut = true;
        (!page.statements.is_empty()).then_some(page)
    }

    fn of<'a>(total: Option<Json<'a>>, items: impl Iterator<Item = Json<'a>>) -> Self {
        let (mut statements, mut unreadable) = (Vec::new(), 0);
        for item in items {
            match Statement::from_json(item) {
                Some(statement) => statements.push(statement),
                None => unreadable += 1,
            }
        }
        Self { total: total.and_then(Json::whole), statements, unreadable, is_cut: false }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_survives() {
        for (word, state) in StatementState::KNOWN {
            assert_eq!((StatementState::parse(word), state.as_str()), (state.clone(), word));
        }
        for word in ["paused", "AVAILABLE", ""] {
            assert_eq!(StatementState::parse(word).as_str(), word);
            assert_eq!(StatementState::parse(word).phase(), StatementPhase::Unknown);
        }
        assert!(StatementState::parse("canceled").is_over() && !StatementState::Cancelling.is_over());
    }

    #[test]
    fn an_id_is_enough() {
        let read = |text: &str| Statement::from_json(Json::parse(text).unwrap());
        let it = read(r#"{"id":"7f-guid","output":null}"#).unwrap();
        assert_eq!((it.id.as_str(), it.id.number(), it.state.as_str()), ("7f-guid", None, ""));
        assert_eq!((it.code, it.output, it.progress, it.started), (None, None, None, None));
        let it = read(r#"{"id":7,"started":0}"#).unwrap();
        assert_eq!(
            (it.started, it.tells_times, read(r#"{"id":7}"#).unwrap().tells_times),
            (None, true, false)
        );
        for digits in ["1", "1.0", "0", "0.10", "5e-1", "0.30000000000000004"] {
            let it = read(&format!(r#"{{"id":7,"progress":{digits}}}"#)).unwrap();
            assert_eq!((it.progress, it.progress_as_told.as_deref()), (digits.parse().ok(), Some(digits)));
        }
        for none in ["null", "\"1\"", "1e999", "[]"] {
            let it = read(&format!(r#"{{"id":7,"progress":{none}}}"#)).unwrap();
            assert_eq!((it.progress, it.progress_as_told), (None, None), "{none}");
        }
        for wrong in ["[]", "{}", r#"{"id":null}"#, r#"{"id":".."}"#, r#"{"id":[1]}"#] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_page_counts_what_it_cannot_read() {
        let read = |text: &str| StatementPage::from_json(Json::parse(text).unwrap());
        let page =
            read(r#"{"total_statements":3,"statements":[{"id":4},{"state":"running"},{"id":5}]}"#).unwrap();
        assert_eq!((page.total, page.statements.len(), page.unreadable), (Some(3), 2, 1));
        let lighter = read(r#"{"from":0,"statements":[{"id":"a-b","state":"error"}]}"#).unwrap();
        assert_eq!((lighter.total, lighter.statements[0].state.is_over()), (None, true));
        assert_eq!(read(r#"{"sessions":[]}"#), None);
    }
}
