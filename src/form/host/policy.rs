//! What the page's host allows: kinds, queues, ranges, locked values, and a limit for the whole session.
//!
//! It guides people; it does not guard the cluster, which knows nothing of it.

use livy::Kind;

use crate::estimate::{Estimate, Total, cores};
use crate::problem::Finding;
use crate::rule::allocation;
use crate::rule::older_key::stands_for;
use crate::value::duration::Duration;
use crate::value::memory;
use crate::{ClusterManager, Draft, Field, Shape};

/// Dynamic allocation's numbers of executors.
const BOUNDS: [&str; 3] = [allocation::MOST, allocation::LEAST, allocation::INITIAL];

/// The rules of one host. The default allows everything.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Policy {
    /// The cluster's name, for sentences. Empty where it has none.
    pub(crate) cluster: String,
    /// The cluster manager, where the host names it.
    pub(crate) manager: Option<ClusterManager>,
    /// Kinds that may be chosen; empty for all.
    pub(crate) kinds: Vec<Kind>,
    /// Queues that may be named; empty for all.
    pub(crate) queues: Vec<String>,
    /// The least and the most of a field, as Livy writes them.
    pub(crate) ranges: Vec<(Field, Option<String>, Option<String>)>,
    /// Fields with a value of their own.
    pub(crate) locked: Vec<Field>,
    /// Those of them that are locked by their key in the configuration.
    pub(crate) keyed: Vec<Field>,
    /// The locked values, and the locked rows of the configuration.
    pub(crate) values: Draft,
    /// What an empty form begins with.
    pub(crate) defaults: Draft,
    /// The most that a session may take, of memory in MiB, of cores, and of containers.
    pub(crate) limit: Limit,
}

/// The most that a session may take.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Limit {
    /// In MiB, the driver's container included.
    pub memory: Option<u64>,
    /// The driver's included.
    pub cores: Option<u64>,
    /// The driver's included.
    pub containers: Option<u64>,
}

impl Policy {
    /// What an empty form holds here: the defaults and the locked values.
    pub fn empty_form(&self) -> Draft {
        self.fill(&self.defaults)
    }

    /// What a preset fills in here: its values, a kind where it names none, and the locked values.
    pub fn fill(&self, preset: &Draft) -> Draft {
        let mut draft = preset.clone();
        if draft.text(Field::Kind).is_empty() {
            let kind = self
                .kinds
                .first()
                .map_or_else(|| Draft::default().text(Field::Kind).to_owned(), |it| it.as_str().to_owned());
            draft.set_text(Field::Kind, kind);
        }
        self.lock(&mut draft);
        draft
    }

    /// Puts the locked values in place. True when something else stood there.
    pub fn lock(&self, draft: &mut Draft) -> bool {
        let before = draft.clone();
        for field in &self.locked {
            draft.take(*field, &self.values);
        }
        // Their fields replace them: a row that stayed would be a mistake that changes nothing.
        let replaced = |key: &str| Field::by_spark_key(key.trim()).is_some_and(|it| self.locks(it));
        if draft.conf().iter().any(|(key, _)| replaced(key)) {
            let rows = draft.conf().iter().filter(|(key, _)| !replaced(key)).cloned().collect();
            draft.set_conf(rows);
        }
        if !self.values.conf().is_empty() {
            let mut rows = self.values.conf().to_vec();
            let locked = rows.len();
            rows.extend(draft.conf().iter().filter(|(key, _)| !self.locks_key(key)).cloned());
            // An empty form gets its locked rows first; in a filled one each stays where it is.
            let in_place = draft.conf().iter().filter(|it| rows[..locked].contains(it)).count() == locked;
            if !in_place {
                draft.set_conf(rows);
            }
        }
        *draft != before
    }

    /// True for a locked field.
    pub fn locks(&self, field: Field) -> bool {
        self.locked.contains(&field)
    }

    /// True for a locked key of the configuration.
    pub fn locks_key(&self, key: &str) -> bool {
        self.values.conf().iter().any(|(it, _)| it == key.trim())
    }

    /// True for a kind that may be chosen.
    pub fn allows(&self, kind: &str) -> bool {
        self.kinds.is_empty() || self.kinds.iter().any(|it| it.as_str() == kind)
    }

    /// The queues that may be named; empty for all.
    pub fn queues(&self) -> &[String] {
        &self.queues
    }

    /// The most that a session may take.
    pub fn limit(&self) -> &Limit {
        &self.limit
    }

    /// What is allowed of a field and by whom, for its help.
    pub fn hint(&self, field: Field) -> Option<String> {
        if self.locks(field) {
            return Some(format!("Set by {}.", self.by(field)));
        }
        if let Some(words) = self.choices(field) {
            return Some(self.starting(&format!("allows only {words}.")));
        }
        let allowed = match self.ranges.iter().find(|(it, _, _)| *it == field)? {
            (_, Some(least), Some(most)) => format!("{least} to {most}"),
            (_, Some(least), None) => format!("{least} or more"),
            (_, None, Some(most)) => format!("up to {most}"),
            _ => return None,
        };
        Some(self.starting(&format!("allows {allowed}.")))
    }

    /// Who has set a key of the configuration that is locked, for its row.
    pub fn key_hint(&self, key: &str) -> Option<String> {
        self.locks_key(key).then(|| format!("Set by {}.", self.who()))
    }

    /// The only words that a field may hold, in a row.
    fn choices(&self, field: Field) -> Option<String> {
        let words: Vec<&str> = match field {
            Field::Kind => self.kinds.iter().map(|it| it.as_str()).collect(),
            Field::Queue => self.queues.iter().map(String::as_str).collect(),
            _ => return None,
        };
        let (last, rest) = words.split_last()?;
        Some(if rest.is_empty() { (*last).to_owned() } else { format!("{} and {last}", rest.join(", ")) })
    }

    /// Who has set the policy, inside a sentence.
    pub(crate) fn who(&self) -> &str {
        if self.cluster.is_empty() { "this site's configuration" } else { &self.cluster }
    }

    /// A sentence about who has set the policy.
    fn starting(&self, rest: &str) -> String {
        let who = if self.cluster.is_empty() { "This site's configuration" } else { &self.cluster };
        format!("{who} {rest}")
    }

    /// Who locks a field, and by which key where it is not by its own name.
    fn by(&self, field: Field) -> String {
        match field.spark_key().filter(|_| self.keyed.contains(&field)) {
            Some(key) => format!("{} ({key})", self.who()),
            None => self.who().to_owned(),
        }
    }

    /// True where a text says what a field is locked at, perhaps in another unit.
    pub(crate) fn is_set(&self, field: Field, text: &str) -> bool {
        let set = self.values.text(field).trim();
        set == text || amount(field, set).is_some_and(|it| amount(field, text) == Some(it))
    }

    /// What is said of another value than the locked one.
    pub(crate) fn set_otherwise(&self, field: Field) -> Finding {
        let value = self.values.rows(field).join(" ");
        Finding::error(match value.trim() {
            "" => format!("Leave this empty: set by {}.", self.by(field)),
            value => format!("Use {value}: set by {}.", self.by(field)),
        })
    }

    /// What it has against a field that is left empty.
    pub(crate) fn missing(&self, field: Field, draft: &Draft) -> Option<Finding> {
        let set = Some(self.values.text(field).trim()).filter(|it| self.locks(field) && !it.is_empty())?;
        // A row with the same meaning is judged in its own place.
        let is_said = field.spark_key().is_some_and(|it| draft.conf_value(it).is_some());
        (!is_said).then(|| Finding::error(format!("Enter {set}: set by {}.", self.by(field))))
    }

    /// What is wrong with a field's value. `text` is trimmed and not empty.
    pub(crate) fn finding(&self, field: Field, text: &str) -> Option<Finding> {
        if self.locks(field) && !self.is_set(field, text) {
            return Some(self.set_otherwise(field));
        }
        let is_other = match field {
            Field::Kind => !self.allows(text),
            Field::Queue => !self.queues.is_empty() && !self.queues.iter().any(|it| it == text),
            _ => false,
        };
        if let Some(words) = self.choices(field).filter(|_| is_other) {
            return Some(Finding::error(self.starting(&format!("allows only {words}."))));
        }
        let (_, least, most) = self.ranges.iter().find(|(it, _, _)| *it == field)?;
        let typed = amount(field, text)?;
        let over = most.as_ref().filter(|it| amount(field, it).is_some_and(|it| typed > it));
        if let Some(most) = over {
            return Some(Finding::error(self.starting(&format!("allows at most {most}."))));
        }
        let under = least.as_ref().filter(|it| amount(field, it).is_some_and(|it| typed < it))?;
        Some(Finding::error(self.starting(&format!("requires at least {under}."))))
    }

    /// What it has against a row of the configuration. Key and value are trimmed.
    pub(crate) fn row(&self, key: &str, value: &str, draft: &Draft) -> Option<Finding> {
        let today = stands_for(key);
        // If both are set, Spark reads the current key.
        if today.is_some_and(|it| draft.conf_value(it).is_some()) {
            return None;
        }
        let key = today.unwrap_or(key);
        if let Some(field) = Field::by_spark_key(key) {
            return self.finding(field, value);
        }
        let set = self.values.conf().iter().find(|(it, _)| stands_for(it.trim()).unwrap_or(it.trim()) == key);
        if set.is_some_and(|(_, set)| set.trim() != value) {
            return Some(Finding::error(self.starting("sets another value for this key.")));
        }
        let list = self.locked.iter().find(|it| adding_keys(**it).contains(&key) && !value.is_empty());
        if let Some(list) = list.filter(|_| set.is_none()) {
            let words =
                format!("Remove this row: it adds to {}, which is set by {}.", list.label(), self.by(*list));
            return Some(Finding::error(words));
        }
        let is_bound = BOUNDS.contains(&key) && draft.spark_flag(allocation::ENABLED) != Some(false);
        let most = self.most_executors().filter(|_| is_bound)?;
        let is_over = amount(Field::NumExecutors, value) > amount(Field::NumExecutors, most);
        is_over.then(|| Finding::error(self.starting(&format!("allows at most {most}."))))
    }

    /// The most executors that a session may have: how many are locked, or the end of their range.
    fn most_executors(&self) -> Option<&str> {
        let field = Field::NumExecutors;
        let locked = Some(self.values.text(field).trim()).filter(|it| self.locks(field) && !it.is_empty());
        let range = self.ranges.iter().find(|(it, _, _)| *it == field);
        locked.or(range.and_then(|(_, _, most)| most.as_deref()))
    }

    /// What is wrong with the session as a whole. If there are errors (`is_wrong`), it needs no message that there is no
    /// estimate.
    pub(crate) fn total(
        &self,
        draft: &Draft,
        estimate: Option<&Estimate>,
        is_wrong: bool,
    ) -> Option<Finding> {
        if let Some(finding) = estimate.and_then(|it| self.beyond(it)) {
            return Some(finding);
        }
        if estimate.is_none() && self.limit != Limit::default() && !is_wrong {
            return Some(Finding::warning(format!(
                "Can't compare this with the limit set by {}: an amount in the request isn't a plain number.",
                self.who()
            )));
        }
        let is_open = draft.spark_flag(allocation::ENABLED) == Some(true)
            && self.most_executors().is_some()
            && draft.conf_value(allocation::MOST).and_then(|it| amount(Field::NumExecutors, it)).is_none();
        let grows = is_open || estimate.is_some_and(|it| self.is_outgrown(it));
        let what = match estimate {
            Some(it) if !it.is_dynamic => "The session",
            _ => "Dynamic allocation",
        };
        grows.then(|| Finding::warning(format!("{what} may need more than {} allows.", self.who())))
    }

    /// What it begins with is too much. Dynamic allocation may end executors later, but all of them start.
    fn beyond(&self, estimate: &Estimate) -> Option<Finding> {
        let start = estimate.start();
        let words = |what: String, of: String| format!("Needs {what}; {} allows {of}.", self.who());
        let memory = crate::estimate::gib;
        if let Some(limit) = over(self.limit.memory, start.memory.saturating_sub(estimate.spare())) {
            return Some(Finding::error(words(memory(start.memory), memory(limit))));
        }
        if let Some(limit) = self.over_cores(&start) {
            return Some(Finding::error(words(
                format!("{} cores", cores(start.millicores)),
                limit.to_string(),
            )));
        }
        if let Some(limit) = over(self.limit.containers, start.containers) {
            return Some(Finding::error(words(
                format!("{} containers", start.containers),
                limit.to_string(),
            )));
        }
        // Not all servers take as much.
        let limit = over(self.limit.memory, start.memory)?;
        Some(Finding::warning(format!(
            "May need {}; {} allows {}.",
            memory(start.memory),
            self.who(),
            memory(limit)
        )))
    }

    /// The limit of cores, where they are beyond it.
    fn over_cores(&self, total: &Total) -> Option<u64> {
        self.limit.cores.filter(|it| total.millicores.is_some_and(|all| all > it.saturating_mul(1000)))
    }

    /// It may grow to too much.
    fn is_outgrown(&self, estimate: &Estimate) -> bool {
        match estimate.most() {
            Some(most) => {
                over(self.limit.memory, most.memory).is_some()
                    || self.over_cores(&most).is_some()
                    || over(self.limit.containers, most.containers).is_some()
            }
            None => self.limit != Limit::default(),
        }
    }
}

/// The limit, where an amount is beyond it.
fn over(limit: Option<u64>, amount: u64) -> Option<u64> {
    limit.filter(|it| amount > *it)
}

/// The keys with which Livy and Spark add to a list (`Session.scala` 76-97, Livy 0.9.0; `SparkSubmit.prepareSubmitEnvironment`,
/// Spark 3.5).
fn adding_keys(field: Field) -> &'static [&'static str] {
    match field {
        Field::Jars => &["spark.jars", "spark.yarn.dist.jars", "spark.jars.packages"],
        Field::PyFiles => &["spark.submit.pyFiles", "spark.yarn.dist.pyFiles"],
        Field::Files => &["spark.files", "spark.yarn.dist.files"],
        Field::Archives => &["spark.archives", "spark.yarn.dist.archives"],
        _ => &[],
    }
}

/// What a field's text amounts to: bytes, seconds, or a number.
pub(crate) fn amount(field: Field, text: &str) -> Option<u128> {
    match field.shape() {
        Shape::Memory => memory::bytes(text, 1),
        Shape::Duration => Duration::seconds(text).map(u128::from),
        Shape::Count => text.parse::<u32>().ok().map(u128::from),
        _ => None,
    }
}
