//! From a draft to the request, with all problems at once.

use livy::{Call, Kind};
use serde::Serialize;

use crate::count::Count;
use crate::memory::{Memory, Reader};
use crate::path::SparkPath;
use crate::problem::Verdict;
use crate::user::User;
use crate::{Draft, Field, Problem, SessionName, Severity};

/// A request that Livy accepts, as far as can be known without asking it. Only [`parse`] makes one.
///
/// Invariant: it came from a draft without errors, and has a kind and a name.
#[derive(Clone, Debug, PartialEq)]
pub struct CreateSession {
    name: SessionName,
    name_is_made_up: bool,
    kind: Kind,
    certain: Certain,
}

impl CreateSession {
    /// The name it bears: the person's, or the one made up for it.
    pub fn name(&self) -> &SessionName {
        &self.name
    }

    /// True when the person gave no name: nobody else can have this one, so there is no need to ask first.
    pub fn name_is_made_up(&self) -> bool {
        self.name_is_made_up
    }

    /// Its kind.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The call that makes the session.
    pub fn call(&self) -> Call {
        Call::Create { body: self.certain.to_json() }
    }
}

/// The fields that are certain, in the order in which they are sent. What is not set is left out: Livy answers 500 to a
/// null list or kind (protocol notes §0, 4).
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
struct Certain {
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<SessionName>,
    #[serde(skip_serializing_if = "Option::is_none")]
    proxy_user: Option<User>,
    #[serde(skip_serializing_if = "Option::is_none")]
    driver_memory: Option<Memory>,
    #[serde(skip_serializing_if = "Option::is_none")]
    driver_cores: Option<Count>,
    #[serde(skip_serializing_if = "Option::is_none")]
    executor_memory: Option<Memory>,
    #[serde(skip_serializing_if = "Option::is_none")]
    executor_cores: Option<Count>,
    #[serde(skip_serializing_if = "Option::is_none")]
    num_executors: Option<Count>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    jars: Vec<SparkPath>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    py_files: Vec<SparkPath>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    files: Vec<SparkPath>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    archives: Vec<SparkPath>,
}

impl Certain {
    /// Texts, whole numbers and lists of texts always serialise.
    fn to_json(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default()
    }
}

/// What a draft says so far.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    name: SessionName,
    name_is_made_up: bool,
    kind: Option<Kind>,
    certain: Certain,
    problems: Vec<Problem>,
}

impl Reading {
    /// Everything there is to say, in the order of the page: errors and warnings.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// How many problems keep it from being sent.
    pub fn error_count(&self) -> usize {
        self.problems.iter().filter(|it| it.is_error()).count()
    }

    /// The exact JSON that is sent; while errors stand, what is already certain of it.
    pub fn preview(&self) -> String {
        self.certain.to_json()
    }

    /// The request, where no error stands.
    pub fn request(self) -> Result<CreateSession, Vec<Problem>> {
        match self.kind {
            Some(kind) if self.error_count() == 0 => {
                let Self { name, name_is_made_up, certain, .. } = self;
                Ok(CreateSession { name, name_is_made_up, kind, certain })
            }
            _ => Err(self.problems),
        }
    }
}

/// Reads a draft. `made_up` is the name it gets where the person gave none.
pub fn read(draft: &Draft, made_up: &SessionName) -> Reading {
    let mut reader = DraftReader { draft, problems: Vec::new() };
    let kind = reader.kind();
    let name_is_blank = draft.text(Field::Name).trim().is_empty();
    let name =
        if name_is_blank { Some(made_up.clone()) } else { reader.one(Field::Name, SessionName::parse) };
    let certain = Certain {
        kind: kind.map(Kind::as_str),
        name: name.clone(),
        proxy_user: reader.one(Field::ProxyUser, User::parse),
        driver_memory: reader.one(Field::DriverMemory, |it| Memory::parse(it, Reader::Jvm)),
        driver_cores: reader.one(Field::DriverCores, |it| Count::parse(it, "core", 1)),
        executor_memory: reader.one(Field::ExecutorMemory, |it| Memory::parse(it, Reader::Spark)),
        executor_cores: reader.one(Field::ExecutorCores, |it| Count::parse(it, "core", 1)),
        num_executors: reader.one(Field::NumExecutors, Count::executors),
        jars: reader.paths(Field::Jars),
        py_files: reader.paths(Field::PyFiles),
        files: reader.paths(Field::Files),
        archives: reader.paths(Field::Archives),
    };
    Reading {
        name: name.unwrap_or_else(|| made_up.clone()),
        name_is_made_up: name_is_blank,
        kind,
        certain,
        problems: reader.problems,
    }
}

/// Reads a draft to the end: the request, or every problem it has.
pub fn parse(draft: &Draft, made_up: &SessionName) -> Result<CreateSession, Vec<Problem>> {
    read(draft, made_up).request()
}

/// Applies the rules field by field and gathers what they find.
struct DraftReader<'a> {
    draft: &'a Draft,
    problems: Vec<Problem>,
}

impl DraftReader<'_> {
    fn kind(&mut self) -> Option<Kind> {
        let kind = Kind::parse(self.draft.text(Field::Kind).trim());
        if kind.is_none() {
            let message = "Choose a kind: Livy refuses any other word.".to_owned();
            self.problems.push(Problem { field: Field::Kind, row: None, severity: Severity::Error, message });
        }
        kind
    }

    /// A field that is left out when it is blank.
    fn one<T>(&mut self, field: Field, rule: impl Fn(&str) -> Verdict<T>) -> Option<T> {
        let text = self.draft.text(field).trim();
        if text.is_empty() { None } else { self.settle(field, None, rule(text)) }
    }

    /// A list: a row without any text is left out, a row of blanks is a mistake.
    fn paths(&mut self, field: Field) -> Vec<SparkPath> {
        let mut paths = Vec::new();
        for (row, text) in self.draft.rows(field).iter().enumerate().filter(|(_, text)| !text.is_empty()) {
            let verdict = match text.trim() {
                "" => Err(crate::problem::Finding::error(
                    "Only blanks stand here: write a path or remove the row.",
                )),
                text => SparkPath::parse(text, field),
            };
            paths.extend(self.settle(field, Some(row), verdict));
        }
        paths
    }

    fn settle<T>(&mut self, field: Field, row: Option<usize>, verdict: Verdict<T>) -> Option<T> {
        let (value, finding) = match verdict {
            Ok((value, finding)) => (Some(value), finding),
            Err(finding) => (None, Some(finding)),
        };
        self.problems.extend(finding.map(|it| Problem {
            field,
            row,
            severity: it.severity,
            message: it.message,
        }));
        value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made_up() -> SessionName {
        SessionName::made_up(7)
    }

    #[test]
    fn an_empty_form_is_a_request_with_a_kind_and_a_name() {
        let request = parse(&Draft::default(), &made_up()).unwrap();
        let body = request.call().body().unwrap().to_owned();
        assert_eq!(
            serde_json::from_str::<serde_json::Value>(&body).unwrap(),
            serde_json::json!({"kind": "spark", "name": made_up().as_str()})
        );
    }

    #[test]
    fn a_full_form_is_sent_in_livys_types() {
        let mut draft = Draft::default();
        let texts = [
            (Field::Kind, "pyspark"),
            (Field::Name, " etl-morning "),
            (Field::ProxyUser, "mara"),
            (Field::DriverMemory, "2g"),
            (Field::DriverCores, "2"),
            (Field::ExecutorMemory, "4096MB"),
            (Field::ExecutorCores, "4"),
            (Field::NumExecutors, "40"),
        ];
        for (field, text) in texts {
            draft.set_text(field, text);
        }
        draft.set_rows(Field::Jars, vec!["/lib/a.jar".into(), String::new(), " hdfs:///b.jar ".into()]);
        draft.set_rows(Field::PyFiles, vec!["/lib/c.py".into()]);
        draft.set_rows(Field::Files, vec!["/d".into()]);
        draft.set_rows(Field::Archives, vec!["/e.zip#e".into()]);
        let request = parse(&draft, &made_up()).unwrap();
        let sent: serde_json::Value = serde_json::from_str(request.call().body().unwrap()).unwrap();
        let expected = serde_json::json!({
            "kind": "pyspark", "name": "etl-morning", "proxyUser": "mara", "driverMemory": "2g", "driverCores": 2,
            "executorMemory": "4096MB", "executorCores": 4, "numExecutors": 40, "jars": ["/lib/a.jar", "hdfs:///b.jar"],
            "pyFiles": ["/lib/c.py"], "files": ["/d"], "archives": ["/e.zip#e"]
        });
        assert_eq!(sent, expected);
        assert_eq!(request.name().as_str(), "etl-morning");
    }

    #[test]
    fn all_problems_at_once_and_the_rest_is_certain() {
        let mut draft = Draft::default();
        draft.set_text(Field::Name, "123");
        draft.set_text(Field::DriverMemory, "1.5g");
        draft.set_text(Field::DriverCores, "2");
        draft.set_rows(Field::Files, vec!["hdfs:///ok".into(), "conf/users.csv".into(), "  ".into()]);
        let reading = read(&draft, &made_up());
        let places: Vec<_> = reading.problems().iter().map(|it| (it.field, it.row)).collect();
        let expected = [
            (Field::Name, None),
            (Field::DriverMemory, None),
            (Field::Files, Some(1)),
            (Field::Files, Some(2)),
        ];
        assert_eq!((places.as_slice(), reading.error_count()), (expected.as_slice(), 4));
        let preview: serde_json::Value = serde_json::from_str(&reading.preview()).unwrap();
        assert_eq!(preview, serde_json::json!({"kind": "spark", "driverCores": 2, "files": ["hdfs:///ok"]}));
        assert!(reading.request().is_err());
    }

    #[test]
    fn a_warning_does_not_keep_it_back() {
        let mut draft = Draft::default();
        draft.set_text(Field::NumExecutors, "0");
        let reading = read(&draft, &made_up());
        assert_eq!((reading.problems().len(), reading.error_count()), (1, 0));
        assert!(reading.request().is_ok());
    }

    #[test]
    fn the_references_example_names_every_word_to_replace() {
        let problems = parse(&Draft::example(), &made_up()).unwrap_err();
        let said: Vec<_> = problems.iter().map(|it| (it.field, it.message.as_str())).collect();
        let message = "Replace <BlobStorageContainerName> and <StorageAccountName> by your own.";
        assert_eq!(said, [(Field::Jars, message), (Field::Files, message)]);
    }
}
