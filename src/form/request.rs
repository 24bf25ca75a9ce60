//! From a draft to the request, with all problems at once.

use std::cmp::Reverse;

use livy::{Call, Kind};

use crate::draft_reader::DraftReader;
use crate::estimate::Estimate;
use crate::field_value::{FieldValue, ValidFields};
use crate::json::Value;
use crate::rule::allocation;
use crate::rule::contradiction;
use crate::rule::manager;
use crate::{Draft, Field, Problem, ReadContext, SessionName, sort};

/// A request that Livy accepts, as far as can be known without asking it. Only [`parse`] makes one.
///
/// Invariant: it came from a draft without errors, and has a kind and a name.
#[derive(Clone, Debug, PartialEq)]
pub struct CreateSession {
    name: SessionName,
    name_is_made_up: bool,
    kind: Kind,
    /// The JSON to send. Only it is kept: whoever sends a request needs to know none of the fields.
    body: String,
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
        Call::Create { body: self.body.clone() }
    }
}

/// What a draft says so far.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    name: SessionName,
    name_is_made_up: bool,
    kind: Option<Kind>,
    certain: ValidFields,
    problems: Vec<Problem>,
    estimate: Option<Estimate>,
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
        self.body(false).to_json()
    }

    /// The preview with every secret masked.
    pub fn masked_preview(&self) -> String {
        self.body(true).to_json()
    }

    /// The preview as JSON, with every secret masked where `masked`.
    pub fn body(&self, masked: bool) -> Value {
        self.certain.to_value(masked)
    }

    /// What the session will take, where that can be told.
    pub fn estimate(&self) -> Option<&Estimate> {
        self.estimate.as_ref()
    }

    /// The request, where no error stands.
    ///
    /// # Errors
    /// All problems, at least one of them an error.
    pub fn request(self) -> Result<CreateSession, Vec<Problem>> {
        match self.kind {
            Some(kind) if self.error_count() == 0 => {
                let Self { name, name_is_made_up, certain, .. } = self;
                Ok(CreateSession { name, name_is_made_up, kind, body: certain.to_value(false).to_json() })
            }
            _ => Err(self.problems),
        }
    }
}

/// Reads a draft against its terms.
pub fn read(draft: &Draft, terms: &ReadContext) -> Reading {
    let spelt = draft.respelt();
    let draft = &*spelt;
    let DraftReader { mut problems, certain, .. } = DraftReader::of(draft, terms);
    let name_is_made_up = draft.text(Field::Name).trim().is_empty();
    let kind =
        certain.iter().find_map(|(_, it)| if let FieldValue::Kind(kind) = it { Some(*kind) } else { None });
    let name = certain
        .iter()
        .find_map(|(_, it)| if let FieldValue::Name(name) = it { Some(name.clone()) } else { None });
    let told = terms.told();
    let estimate = Estimate::of(draft, told);
    problems.extend(allocation::problems(draft, told.manager()));
    problems.extend(contradiction::problems(draft, kind, told.manager()));
    problems.extend(manager::problems(draft, &terms.policy, told.manager()));
    let is_wrong = problems.iter().any(Problem::is_error);
    if let Some(finding) = terms.policy.total(draft, estimate.as_ref(), is_wrong) {
        problems.push(finding.at(Field::NumExecutors, None));
    }
    // In the order of the page; at one place errors first.
    let place = |it: &Problem| (it.field, it.row, Reverse(it.severity));
    sort(&mut problems, |one, other| place(one) < place(other));
    Reading {
        name: name.unwrap_or_else(|| terms.made_up.clone()),
        name_is_made_up,
        kind,
        certain: ValidFields(certain),
        problems,
        estimate,
    }
}

/// Reads a draft to the end: the request, or every problem it has.
///
/// # Errors
/// All problems, at least one of them an error.
pub fn parse(draft: &Draft, terms: &ReadContext) -> Result<CreateSession, Vec<Problem>> {
    read(draft, terms).request()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made_up() -> SessionName {
        SessionName::made_up(7)
    }

    fn terms() -> ReadContext {
        ReadContext::new(made_up()).with_server("0.9.0-incubating")
    }

    #[test]
    fn an_empty_form_is_a_request_with_a_kind_and_a_name() {
        let request = parse(&Draft::default(), &terms()).unwrap();
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
        let request = parse(&draft, &terms()).unwrap();
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
        let reading = read(&draft, &terms());
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
    fn a_mask_is_nobodys_secret() {
        let mut draft = Draft::default();
        draft.set_text(Field::Name, "••••••");
        draft.set_text(Field::Queue, "••••••");
        draft.set_rows(Field::Files, vec!["hdfs:///a".into(), "https://••••••@host/x".into()]);
        draft.set_conf(vec![("spark.my.password".into(), "••••••".into())]);
        let reading = read(&draft, &terms());
        let places: Vec<_> = reading.problems().iter().map(|it| (it.field, it.row, it.is_error())).collect();
        let expected =
            [(Field::Name, None), (Field::Queue, None), (Field::Files, Some(1)), (Field::Conf, Some(0))];
        assert_eq!(places, expected.map(|(field, row)| (field, row, true)));
        assert!(reading.problems().iter().all(|it| it.message.starts_with("Type the secret again")));
        assert!(!reading.preview().contains('•'));
    }

    #[test]
    fn a_warning_does_not_keep_it_back() {
        let mut draft = Draft::default();
        draft.set_text(Field::NumExecutors, "0");
        let reading = read(&draft, &terms());
        assert_eq!((reading.problems().len(), reading.error_count()), (1, 0));
        assert!(reading.request().is_ok());
    }

    #[test]
    fn the_references_example_names_every_word_to_replace() {
        let problems = parse(&Draft::hdinsight_example(), &terms()).unwrap_err();
        let said: Vec<_> = problems.iter().map(|it| (it.field, it.message.as_str())).collect();
        let message = "Replace <BlobStorageContainerName> and <StorageAccountName> with your own.";
        assert_eq!(said, [(Field::Jars, message), (Field::Files, message)]);
    }
}
