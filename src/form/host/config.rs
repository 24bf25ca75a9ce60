//! `config.json`: the settings of the page's host. `src/config.schema.json` describes the same; a test compares them.
//!
//! It is read strictly: an unknown or repeated key is an error, because a misspelt policy would silently
//! not hold.

use livy::{BaseUrl, Kind};
use serde_json::{Map, Value};

use crate::host::config_json;
use crate::host::policy::amount;
use crate::{Draft, Field, Limit, Policy, Problem, ReadContext, SessionName, Shape, estimate, read};

/// What a `config.json` says; the default is that of a page without one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Config {
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
}

/// More megabytes are a slip of the pen: browsers give a site about a gigabyte at least.
const MOST_MEGABYTES: u64 = 1_000;

/// More of anything that is counted has no cluster: it is a slip of the pen, too.
const MOST_COUNT: u64 = 999_999_999;

/// A request with a name.
#[derive(Clone, Debug, PartialEq)]
pub struct Preset {
    /// Its name: "Small".
    pub name: String,
    /// What it is for, in a sentence; may be empty.
    pub about: String,
    /// What it fills in.
    pub draft: Draft,
}

/// Where a `config.json` is wrong, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError {
    /// The field as a path: `policy.ranges.driverMemory.max`. Empty for the text as a whole.
    pub field: String,
    /// What to write instead. A sentence.
    pub message: String,
}

type Read<T> = Result<T, ConfigError>;

fn wrong<T>(field: &str, message: impl Into<String>) -> Read<T> {
    Err(ConfigError { field: field.to_owned(), message: message.into() })
}

impl Config {
    /// Reads the text of a `config.json`.
    ///
    /// # Errors
    /// The first field that is wrong.
    pub fn parse(text: &str) -> Read<Self> {
        let value = config_json::value(text)?;
        let mut root = Object::of(&value, "")?;
        let _ = root.take("$schema");
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
        policy.yarn = match root.text("clusterManager")?.as_deref() {
            None => None,
            Some("yarn") => Some(true),
            Some("kubernetes" | "standalone" | "mesos" | "local") => Some(false),
            Some(_) => return wrong("clusterManager", "Enter yarn, kubernetes, standalone, mesos or local."),
        };
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
            config.memory = memory.number("megabytes")?.filter(|it| *it <= MOST_MEGABYTES);
            if config.memory.is_none() {
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
            let Value::Array(items) = value else { return wrong("presets", "Enter a list of presets.") };
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
        root.end()?;
        config.keeps_its_policy()?;
        Ok(config)
    }

    /// The host's own values must pass its policy: an empty form must not begin with errors.
    fn keeps_its_policy(&self) -> Read<()> {
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

impl Preset {
    fn read(value: &Value, path: &str, request: fn(&Value, &str) -> Read<Draft>) -> Read<Self> {
        let mut preset = Object::of(value, path)?;
        let name = preset.text("name")?;
        let about = preset.text("about")?.unwrap_or_default();
        let draft = match preset.take("request") {
            Some(value) => request(value, &format!("{path}.request"))?,
            None => {
                return wrong(
                    &format!("{path}.request"),
                    "Add a request, for example {\"driverMemory\": \"2g\"}.",
                );
            }
        };
        preset.end()?;
        match name.filter(|it| !it.trim().is_empty()) {
            Some(name) => Ok(Self { name, about, draft }),
            None => wrong(&format!("{path}.name"), "Add a name."),
        }
    }

    /// A person's own presets from their text, as [`Preset::list_to_json`] writes it. What is wrong in a request is the form's to
    /// say once it is filled in: one preset that is not finished must not cost the others.
    ///
    /// # Errors
    /// The first part that is no preset.
    pub fn list_from_json(text: &str) -> Read<Vec<Self>> {
        let value: Value = match serde_json::from_str(text) {
            Ok(value) => value,
            Err(_) => return wrong("", "Not valid JSON."),
        };
        let mut root = Object::of(&value, "")?;
        let Some(Value::Array(items)) = root.take("presets") else {
            return wrong("presets", "Enter a list of presets.");
        };
        root.end()?;
        items
            .iter()
            .enumerate()
            .map(|(at, it)| Self::read(it, &format!("presets[{at}]"), any_request))
            .collect()
    }

    /// The text of presets, without secrets.
    pub fn list_to_json(presets: &[Self]) -> String {
        let one = |preset: &Self| {
            let mut map = Map::new();
            map.insert("name".into(), preset.name.clone().into());
            if !preset.about.is_empty() {
                map.insert("about".into(), preset.about.clone().into());
            }
            let request = preset.draft.with_secrets_masked().to_request_text(false);
            map.insert("request".into(), serde_json::from_str(&request).unwrap_or_default());
            Value::Object(map)
        };
        let list: Vec<Value> = presets.iter().map(one).collect();
        serde_json::to_string_pretty(&serde_json::json!({ "presets": list })).unwrap_or_default()
    }
}

/// A request as somebody has left it.
fn any_request(value: &Value, path: &str) -> Read<Draft> {
    let open = value.get(Field::Kind.name()).is_none_or(Value::is_null);
    match Draft::from_request(&value.to_string(), &Draft::default()) {
        Ok(mut draft) => {
            if open {
                draft.set_rows(Field::Kind, Vec::new());
            }
            Ok(draft)
        }
        Err(_) => wrong(path, "Enter a request: an object with Livy's fields."),
    }
}

/// A request inside the configuration: every value has to pass the form's own rules. One without a kind leaves it open.
fn request(value: &Value, path: &str) -> Read<Draft> {
    let draft = any_request(value, path)?;
    if let Some((key, _)) = draft.unknown_fields().first() {
        return wrong(&format!("{path}.{key}"), "Livy has no such field, or it takes another type.");
    }
    let draft = draft.respelt().into_owned();
    // One that leaves the kind to the policy is judged with the form's own.
    let mut whole = draft.clone();
    if whole.text(Field::Kind).is_empty() {
        whole.clear(Field::Kind);
    }
    let reading = read(&whole, &ReadContext::new(SessionName::made_up(0)));
    match reading.problems().iter().find(|it| it.is_error()) {
        Some(problem) => wrong(&format!("{path}.{}", problem.field.name()), problem.message.clone()),
        None => Ok(draft),
    }
}

/// A field replaces the row of its key: who locks that key means the field.
fn by_their_keys(policy: &mut Policy) -> Read<()> {
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

fn rules(policy: &mut Policy, mut from: Object<'_>) -> Read<()> {
    if let Some(value) = from.take("locked") {
        policy.values = request(value, "policy.locked")?;
        let set = Object::of(value, "policy.locked")?;
        for field in Field::ALL.into_iter().filter(|it| set.map.contains_key(it.name())) {
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
        for (name, value) in ranges.map {
            let path = format!("policy.ranges.{name}");
            let measured = |it: &Field| matches!(it.shape(), Shape::Memory | Shape::Duration | Shape::Count);
            let Some(field) = Field::by_name(name).filter(measured) else {
                return wrong(&path, "Remove it. Only memory, numbers and times have ranges.");
            };
            let mut range = Object::of(value, &path)?;
            let mut bound = |name: &str| -> Read<Option<String>> {
                let text = match range.take(name) {
                    None => return Ok(None),
                    Some(Value::String(text)) => text.trim().to_owned(),
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

/// A whole number, as JSON may write it: `64`, `64.0`, `6.4e1`.
fn whole(value: &Value) -> Option<u64> {
    let real = |it: &f64| it.fract() == 0.0 && (0.0..=MOST_COUNT as f64).contains(it);
    value.as_f64().filter(real).map(|it| it as u64)
}

/// An object of which each key is taken once; what is left at the end is not known.
struct Object<'a> {
    map: &'a Map<String, Value>,
    path: String,
    taken: Vec<String>,
}

impl<'a> Object<'a> {
    fn of(value: &'a Value, path: &str) -> Read<Self> {
        match value {
            Value::Object(map) => Ok(Self { map, path: path.to_owned(), taken: Vec::new() }),
            _ => wrong(path, "Enter an object: {…}."),
        }
    }

    fn at(&self, name: &str) -> String {
        if self.path.is_empty() { name.to_owned() } else { format!("{}.{name}", self.path) }
    }

    fn take(&mut self, name: &str) -> Option<&'a Value> {
        self.taken.push(name.to_owned());
        self.map.get(name)
    }

    fn text(&mut self, name: &str) -> Read<Option<String>> {
        match self.take(name) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text.trim().to_owned())),
            Some(_) => wrong(&self.at(name), "Enter text in quotes."),
        }
    }

    fn number(&mut self, name: &str) -> Read<Option<u64>> {
        match self.take(name) {
            None => Ok(None),
            Some(value) => match whole(value) {
                Some(number) => Ok(Some(number)),
                None => wrong(&self.at(name), format!("Enter a whole number, up to {MOST_COUNT}.")),
            },
        }
    }

    fn texts(&mut self, name: &str) -> Read<Vec<String>> {
        let texts = match self.take(name) {
            None => return Ok(Vec::new()),
            Some(Value::Array(items)) => {
                items.iter().map(|it| it.as_str().map(|it| it.trim().to_owned())).collect()
            }
            Some(_) => None,
        };
        match texts {
            Some(texts) => Ok(texts),
            None => wrong(&self.at(name), "Enter a list of texts."),
        }
    }

    fn end(&self) -> Read<()> {
        match self.map.keys().find(|key| !self.taken.contains(key)) {
            Some(key) => wrong(&self.at(key), "Unknown setting. Remove it."),
            None => Ok(()),
        }
    }
}
