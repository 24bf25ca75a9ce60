//! Reading a draft field by field.

use livy::{Kind, Release};

use crate::field_value::FieldValue;
use crate::problem::{Finding, Verdict};
use crate::rule::conf;
use crate::secret::mask_rule;
use crate::value::count::Count;
use crate::value::duration::Duration;
use crate::value::memory::{Memory, MemoryReader};
use crate::value::path::SparkPath;
use crate::value::queue::Queue;
use crate::value::user::User;
use crate::{Draft, Field, Problem, ReadContext, SessionName, Severity, sorted};

/// Applies the rules field by field and gathers what they find.
pub(crate) struct DraftReader<'a> {
    draft: &'a Draft,
    terms: &'a ReadContext,
    /// What is wrong, in no order.
    pub(crate) problems: Vec<Problem>,
    /// The values without an error.
    pub(crate) certain: Vec<(Field, FieldValue)>,
}

impl<'a> DraftReader<'a> {
    /// Reads all fields against their terms.
    pub(crate) fn of(draft: &'a Draft, terms: &'a ReadContext) -> Self {
        let mut reader = Self { draft, terms, problems: Vec::new(), certain: Vec::new() };
        for field in Field::ALL {
            reader.field(field);
        }
        reader
    }

    fn field(&mut self, field: Field) {
        let text = self.draft.text(field).trim();
        let verdict = match field {
            Field::Kind => self.kind(text),
            Field::Name if text.is_empty() => Ok((FieldValue::Name(self.terms.made_up.clone()), None)),
            Field::Jars | Field::PyFiles | Field::Files | Field::Archives => return self.paths(field),
            Field::Conf => return self.conf(),
            _ if text.is_empty() => {
                let finding = self.terms.policy.missing(field, self.draft);
                self.problems.extend(finding.map(|it| it.at(field, None)));
                return;
            }
            Field::Name => wrap(SessionName::parse(text), FieldValue::Name),
            Field::ProxyUser => wrap(User::parse(text), FieldValue::User),
            Field::Queue => wrap(Queue::parse(text), FieldValue::Queue),
            Field::DriverMemory => wrap(Memory::parse(text, MemoryReader::Jvm), FieldValue::Memory),
            Field::ExecutorMemory => wrap(Memory::parse(text, MemoryReader::Spark), FieldValue::Memory),
            Field::DriverCores | Field::ExecutorCores => {
                wrap(Count::parse(text, "core", 1), FieldValue::Count)
            }
            Field::NumExecutors => wrap(Count::executors(text), FieldValue::Count),
            Field::Heartbeat => wrap(Count::heartbeat(text), FieldValue::Count),
            Field::IdleTimeout | Field::Ttl => wrap(Duration::parse(text), FieldValue::Duration),
        };
        let finding = mask_rule(text).or_else(|| self.terms.policy.finding(field, text));
        let verdict = match (verdict, finding) {
            (Ok(_), Some(finding)) => Err(finding),
            (verdict, _) => verdict,
        };
        let Some(value) = self.settle(field, None, verdict) else { return };
        if self.is_known(field) {
            self.certain.push((field, value));
        }
    }

    fn kind(&self, text: &str) -> Verdict<FieldValue> {
        let Some(kind) = Kind::parse(text) else {
            return Err(Finding::error(match text {
                "" => "Choose a kind.".to_owned(),
                text => format!("Choose a kind. Livy doesn't know “{text}”."),
            }));
        };
        let new = matches!(kind, Kind::Sql | Kind::Shared);
        match self.terms.server {
            Some(server) if new && server < Release::of_minor(5) => {
                Err(Finding::error(format!("Choose another kind. {server} doesn't know “{text}”.")))
            }
            _ => Ok((FieldValue::Kind(kind), None)),
        }
    }

    /// Whether the server takes the field; says so where it does not, or may not.
    fn is_known(&mut self, field: Field) -> bool {
        let (since, label) = (Release::of_minor(field.since()), field.label());
        let (known, words) = match self.terms.server {
            Some(server) if server < since => {
                (false, format!("{label} is left out. It needs {since}; this server runs {server}."))
            }
            Some(server) if field == Field::Ttl && server == Release::of_minor(8) => {
                (true, format!("{server} uses it as the idle timeout."))
            }
            Some(_) if field == Field::Ttl => (
                true,
                "Works only if the server turns on livy.server.session.ttl-check. It is off by default."
                    .to_owned(),
            ),
            // Everything older has not been met for years.
            None if field.since() >= 8 => (
                true,
                format!(
                    "The server doesn't report its version. Before {since} it refuses requests with this field."
                ),
            ),
            _ => return true,
        };
        self.problems.push(Finding::warning(words).at(field, None));
        known
    }

    /// A list: a row without any text is left out, a row of blanks is a mistake.
    fn paths(&mut self, field: Field) {
        let mut paths = Vec::new();
        let draft = self.draft;
        for (row, text) in draft.rows(field).iter().enumerate().filter(|(_, text)| !text.is_empty()) {
            let verdict = match text.trim() {
                "" => Err(Finding::error("Enter a path or remove the row.")),
                text => mask_rule(text).map_or_else(|| SparkPath::parse(text, field), Err),
            };
            paths.extend(self.settle(field, Some(row), verdict));
        }
        if self.terms.policy.locks(field) && draft.differs(&self.terms.policy.values, field) {
            self.problems.push(self.terms.policy.set_otherwise(field).at(field, None));
        } else if !paths.is_empty() {
            self.certain.push((field, FieldValue::Paths(paths)));
        }
    }

    /// The configuration: a row without any text is left out.
    fn conf(&mut self) {
        let (draft, policy) = (self.draft, &self.terms.policy);
        let mut rows: Vec<(String, String)> = Vec::new();
        // Sorted, so that two hundred rows are not compared with each other.
        let keys: Vec<&str> = draft.conf().iter().map(|it| it.0.trim()).collect();
        let mut is_repeated = vec![false; keys.len()];
        for pair in sorted(keys.len(), &|one, other| keys[one] < keys[other]).windows(2) {
            is_repeated[pair[1]] = keys[pair[0]] == keys[pair[1]];
        }
        for (row, (key, value)) in draft.conf().iter().enumerate() {
            let (key, value) = (key.trim(), conf::without_blanks(value));
            if key.is_empty() && value.is_empty() {
                continue;
            }
            let mut found = if key.is_empty() {
                vec![Finding::error("Enter a key or remove the row.")]
            } else if is_repeated[row] {
                vec![Finding::error("This key is already above. Remove one of the two.")]
            } else {
                // What the host locks is the host's decision.
                let manager = self.terms.told().manager().filter(|_| !policy.locks_key(key));
                conf::findings(key, value, draft, manager)
            };
            found.extend(policy.row(key, value.trim(), draft));
            if found.iter().all(|it| it.severity == Severity::Warning) {
                rows.push((key.to_owned(), value.to_owned()));
            }
            self.problems.extend(found.into_iter().map(|it| it.at(Field::Conf, Some(row))));
        }
        for (key, _) in policy.values.conf() {
            if !rows.iter().any(|(it, _)| it == key) && draft.conf_value(key).is_none() {
                let words = format!("Add {key}: it is set by {}.", policy.who());
                self.problems.push(Finding::error(words).at(Field::Conf, None));
            }
        }
        if !rows.is_empty() {
            self.certain.push((Field::Conf, FieldValue::Conf(rows)));
        }
    }

    fn settle<T>(&mut self, field: Field, row: Option<usize>, verdict: Verdict<T>) -> Option<T> {
        let (value, finding) = match verdict {
            Ok((value, finding)) => (Some(value), finding),
            Err(finding) => (None, Some(finding)),
        };
        self.problems.extend(finding.map(|it| it.at(field, row)));
        value
    }
}

fn wrap<T>(verdict: Verdict<T>, sent: fn(T) -> FieldValue) -> Verdict<FieldValue> {
    verdict.map(|(value, finding)| (sent(value), finding))
}
