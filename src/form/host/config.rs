//! `config.json`: the settings of the page's host. `src/config.schema.json` describes the same; a test compares them.
//!
//! It is read strictly: an unknown or repeated key is an error, because a misspelt policy would silently
//! not hold.

use livy::{BaseUrl, Kind};

use crate::host::header::Header;
use crate::host::object::{Checked, MOST_COUNT, Object, whole, wrong};
use crate::host::policy::amount;
use crate::host::preset::{Preset, request};
use crate::json::Value;
use crate::{ClusterManager, Field, Limit, Policy, Problem, ReadContext, SessionName, Shape, estimate, read};

/// What a `config.json` says of one cluster; the default is that of a page without one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Config {
    /// What tells it from the other clusters of a list; `None` where there is no list.
    pub key: Option<String>,
    /// Where the cluster is asked; `/livy` where it is not set.
    pub base: Option<BaseUrl>,
    /// The cluster's name.
    pub cluster: Option<String>,
    /// Requests to begin with.
    pub presets: Vec<Preset>,
    /// What is allowed.
    pub policy: Policy,
    /// How many megabytes of ended sessions a browser may keep beyond the tab. 0 forbids it; without it, that is for the person
    /// to decide.
    pub memory: Option<u64>,
    /// True where nobody may let a browser keep the code and the results of statements with them.
    pub keeps_no_statements: bool,
    /// A header that its gateway asks for on every call.
    pub header: Option<Header>,
}

/// More megabytes are a slip of the pen: browsers give a site about a gigabyte at least.
const MOST_MEGABYTES: u64 = 1_000;

impl Config {
    /// Reads the fields of one cluster. Whether they agree with each other is for [`Config::keeps_its_policy`] to say.
    pub(crate) fn read(value: &Value) -> Checked<Self> {
        let mut root = Object::of(value, "")?;
        let mut config = Self::default();
        if let Some(text) = root.text("baseUrl")? {
            config.base = match BaseUrl::parse(&text) {
                Some(base) => Some(base),
                None => {
                    return wrong(
                        "baseUrl",
                        "Enter a path such as /livy, or a URL that starts with http:// or https://.",
                    );
                }
            };
        }
        config.cluster = root.text("cluster")?;
        let policy = &mut config.policy;
        policy.cluster = config.cluster.clone().unwrap_or_default();
        if let Some(word) = root.text("clusterManager")? {
            policy.manager = ClusterManager::parse(&word);
            if policy.manager.is_none() {
                return wrong("clusterManager", "Enter yarn, kubernetes, standalone, mesos or local.");
            }
        }
        // An empty form's kind is left open, for the policy to choose one that is allowed.
        policy.defaults.set_rows(Field::Kind, Vec::new());
        if let Some(value) = root.take("defaults") {
            policy.defaults = request(value, "defaults")?;
            if !policy.defaults.text(Field::Name).is_empty() {
                return wrong("defaults.name", "Remove the name. Session names must be unique on a server.");
            }
        }
        if let Some(value) = root.take("memory") {
            let mut memory = Object::of(value, "memory")?;
            let statements = memory.flag("statements")?;
            config.keeps_no_statements = statements == Some(false);
            config.memory = memory.number("megabytes")?;
            let is_right = config.memory.map_or(statements.is_some(), |it| it <= MOST_MEGABYTES);
            if !is_right {
                return wrong(
                    "memory.megabytes",
                    "Enter how many megabytes a browser may keep: 1 to 1000, or 0 for none.",
                );
            }
            memory.end()?;
        }
        if let Some(value) = root.take("policy") {
            rules(policy, Object::of(value, "policy")?)?;
        }
        if let Some(value) = root.take("presets") {
            let Value::List(items) = value else { return wrong("presets", "Enter a list of presets.") };
            for (at, item) in items.iter().enumerate() {
                let preset = Preset::read(item, &format!("presets[{at}]"), request)?;
                if config.presets.iter().any(|it| it.name == preset.name) {
                    return wrong(
                        &format!("presets[{at}].name"),
                        "Choose another name. A preset already has this one.",
                    );
                }
                config.presets.push(preset);
            }
        }
        if let Some(value) = root.take("header") {
            config.header = Some(Header::read(Object::of(value, "header")?)?);
        }
        root.end()?;
        Ok(config)
    }

    /// The host's own values must pass its policy: an empty form must not begin with errors.
    pub(crate) fn keeps_its_policy(&self) -> Checked<()> {
        let terms = ReadContext::new(SessionName::made_up(0)).with_policy(self.policy.clone());
        let begun = (self.policy.empty_form(), String::new());
        let filled = self.presets.iter().enumerate();
        let filled = filled.map(|(at, it)| (self.policy.fill(&it.draft), format!("presets[{at}].request")));
        for (draft, path) in std::iter::once(begun).chain(filled) {
            let reading = read(&draft, &terms);
            let Some(problem) = reading.problems().iter().find(|it| it.is_error()) else { continue };
            let is_of_limit = |problem: &Problem| {
                let policy = Policy { limit: Limit::default(), ..self.policy.clone() };
                let terms = ReadContext::new(SessionName::made_up(0)).with_policy(policy);
                !read(&draft, &terms).problems().contains(problem)
            };
            if path.is_empty() && self.policy.defaults.text(problem.field).is_empty() && is_of_limit(problem)
            {
                return wrong(
                    "policy.limit",
                    format!("An empty form already exceeds it. {}", problem.message),
                );
            }
            let is_locked_row = problem.field == Field::Conf
                && problem
                    .row
                    .and_then(|it| draft.conf().get(it))
                    .is_some_and(|it| self.policy.locks_key(&it.0));
            let path = match path.as_str() {
                "" if self.policy.locks(problem.field) || is_locked_row => "policy.locked",
                "" => "defaults",
                path => path,
            };
            let is_key = path == "policy.locked" && self.policy.keyed.contains(&problem.field);
            let field = if is_key { Field::Conf } else { problem.field };
            return wrong(&format!("{path}.{}", field.name()), problem.message.clone());
        }
        Ok(())
    }
}

/// A field replaces the row of its key: who locks that key means the field.
fn by_their_keys(policy: &mut Policy) -> Checked<()> {
    let rows = policy.values.conf().to_vec();
    let others = rows.iter().filter(|(key, _)| Field::by_spark_key(key.trim()).is_none());
    policy.values.set_conf(others.cloned().collect());
    for (key, value) in &rows {
        let Some(field) = Field::by_spark_key(key.trim()) else { continue };
        if !policy.locks(field) {
            policy.values.set_text(field, value.trim());
            policy.locked.push(field);
            policy.keyed.push(field);
        } else if !policy.is_set(field, value.trim()) {
            let words = format!("{} is locked to another value. Lock only it or {key}.", field.name());
            return wrong("policy.locked.conf", words);
        }
    }
    Ok(())
}

fn rules(policy: &mut Policy, mut from: Object<'_>) -> Checked<()> {
    if let Some(value) = from.take("locked") {
        policy.values = request(value, "policy.locked")?;
        let set = Object::of(value, "policy.locked")?;
        for field in Field::ALL.into_iter().filter(|it| set.has(it.name())) {
            if field == Field::Name {
                return wrong("policy.locked.name", "Remove the name. Session names must be unique.");
            }
            if field != Field::Conf {
                policy.locked.push(field);
            }
        }
        by_their_keys(policy)?;
    }
    for (at, text) in from.texts("kinds")?.into_iter().enumerate() {
        match Kind::parse(&text) {
            Some(kind) => policy.kinds.push(kind),
            None => {
                return wrong(&format!("policy.kinds[{at}]"), "Enter spark, pyspark, sparkr, sql or shared.");
            }
        }
    }
    policy.queues = from.texts("queues")?;
    if let Some(value) = from.take("ranges") {
        let ranges = Object::of(value, "policy.ranges")?;
        for (name, value) in ranges.entries {
            let path = format!("policy.ranges.{name}");
            let measured = |it: &Field| matches!(it.shape(), Shape::Memory | Shape::Duration | Shape::Count);
            let Some(field) = Field::by_name(name).filter(measured) else {
                return wrong(&path, "Remove it. Only memory, numbers and times have ranges.");
            };
            let mut range = Object::of(value, &path)?;
            let mut bound = |name: &str| -> Checked<Option<String>> {
                let text = match range.take(name) {
                    None => return Ok(None),
                    Some(Value::Text(text)) => text.trim().to_owned(),
                    Some(value) => whole(value).map(|it| it.to_string()).unwrap_or_default(),
                };
                // A bare number of bytes or milliseconds is nothing that anybody means.
                let has_unit =
                    field.shape() == Shape::Count || !text.ends_with(|it: char| it.is_ascii_digit());
                let is_read = amount(field, &text).is_some_and(|it| {
                    field.shape() != Shape::Count || it <= MOST_COUNT.into() && !text.starts_with('+')
                });
                if !is_read || !has_unit {
                    return wrong(
                        &format!("{path}.{name}"),
                        "Enter the value as in the field, with its unit: 4, \"2g\", \"30m\".",
                    );
                }
                Ok(Some(text))
            };
            let (least, most) = (bound("min")?, bound("max")?);
            if let (Some(least), Some(most)) = (&least, &most)
                && amount(field, least) > amount(field, most)
            {
                return wrong(&path, "Enter a min that is not above the max.");
            }
            range.end()?;
            policy.ranges.push((field, least, most));
        }
    }
    if let Some(value) = from.take("limit") {
        let mut limit = Object::of(value, "policy.limit")?;
        let memory = match limit.text("memory")? {
            None => None,
            Some(text) => match estimate::mebibytes(&text, 1)
                .filter(|_| !text.ends_with(|it: char| it.is_ascii_digit()))
            {
                Some(amount) => Some(amount),
                None => {
                    return wrong("policy.limit.memory", "Enter an amount with a unit, for example \"64g\".");
                }
            },
        };
        policy.limit =
            Limit { memory, cores: limit.number("cores")?, containers: limit.number("containers")? };
        limit.end()?;
    }
    from.end()
}
