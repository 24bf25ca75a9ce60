//! The whole of a `config.json`: its clusters, and what the page shows whichever of them is open.

use livy::origin;

use crate::host::cluster::is_cluster_key;
use crate::host::config::Config;
use crate::host::object::{Checked, ConfigError, Object, wrong};
use crate::json::Value;

/// What the host of a page sets. The default is that of a page without a `config.json`.
#[derive(Clone, Debug, PartialEq)]
pub struct Site {
    /// Never empty. Without a list there is one, and it has no key.
    pub clusters: Vec<Config>,
    /// What the console is called in its bar.
    pub product: Option<String>,
    /// Where people find help: an http(s) or relative address.
    pub help: Option<String>,
    /// The terms of use, likewise.
    pub terms: Option<String>,
    /// The origins of pages that may talk to the console in a frame, as browsers write them: `https://portal.example`.
    pub frame_origins: Vec<String>,
}

/// What is set once for all clusters.
const SITE: [&str; 6] = ["$schema", "clusters", "frame", "help", "product", "terms"];

/// What a cluster replaces field by field. All else, and each field in these, it replaces as a whole.
const BY_FIELD: [&str; 2] = ["defaults", "policy"];

impl Default for Site {
    fn default() -> Self {
        Self {
            clusters: vec![Config::default()],
            product: None,
            help: None,
            terms: None,
            frame_origins: Vec::new(),
        }
    }
}

impl Site {
    /// Reads the text of a `config.json`.
    ///
    /// # Errors
    /// The first field that is wrong.
    pub fn parse(text: &str) -> Checked<Self> {
        let value = match Value::parse(text) {
            Ok(value) => value,
            Err(fault) => return wrong("", format!("Not valid JSON: {fault}.")),
        };
        // Of two equal keys one would not hold, and nobody would know which.
        if let Some(path) = value.repeated_key() {
            return wrong(&path, "Set twice. Remove one of the two.");
        }
        let mut root = Object::of(&value, "")?;
        let of_site = |it: &&(String, Value)| SITE.contains(&it.0.as_str());
        let shared: Vec<_> = value.entries().iter().filter(|it| !of_site(it)).cloned().collect();
        let first = Config::read(&Value::Object(shared.clone()))?;
        let clusters = match root.take("clusters") {
            None => {
                first.keeps_its_policy()?;
                vec![first]
            }
            Some(Value::List(items)) if !items.is_empty() => clusters(&shared, items)?,
            Some(_) => return wrong("clusters", "Enter a list of clusters, or remove it."),
        };
        let product = root.text("product")?;
        if product.as_ref().is_some_and(String::is_empty) {
            return wrong("product", "Enter a name, or remove it.");
        }
        let (help, terms) = (link(&mut root, "help")?, link(&mut root, "terms")?);
        let frame_origins = match root.take("frame") {
            Some(value) => origins(Object::of(value, "frame")?)?,
            None => Vec::new(),
        };
        Ok(Self { clusters, product, help, terms, frame_origins })
    }
}

impl Config {
    /// Reads the text of a `config.json`: its first cluster, or its only one. See [`Site::parse`].
    ///
    /// # Errors
    /// The first field that is wrong.
    pub fn parse(text: &str) -> Checked<Self> {
        Ok(Site::parse(text)?.clusters.into_iter().next().unwrap_or_default())
    }
}

/// The clusters of a list, each with what is set for all of them where it sets nothing else.
fn clusters(shared: &[(String, Value)], items: &[Value]) -> Checked<Vec<Config>> {
    let mut all: Vec<Config> = Vec::new();
    for (at, item) in items.iter().enumerate() {
        let place = format!("clusters[{at}]");
        let mut own = Object::of(item, &place)?;
        let key = own.text("key")?.unwrap_or_default();
        if !is_cluster_key(&key) {
            return wrong(
                &format!("{place}.key"),
                "Enter 1 to 40 lower-case letters, digits and hyphens, for example prod.",
            );
        }
        if all.iter().any(|it| it.key.as_ref() == Some(&key)) {
            return wrong(&format!("{place}.key"), "Choose another key. A cluster already has this one.");
        }
        let own = item.entries().iter().filter(|it| it.0 != "key");
        let config = Config::read(&Value::Object(replaced(shared, own)));
        let config = config.and_then(|it| it.keeps_its_policy().map(|()| it));
        let mut config = config.map_err(|it| ConfigError { field: format!("{place}.{}", it.field), ..it })?;
        config.key = Some(key);
        if config
            .cluster
            .as_ref()
            .is_some_and(|it| !it.is_empty() && all.iter().any(|other| other.cluster.as_ref() == Some(it)))
        {
            return wrong(
                &format!("{place}.cluster"),
                "Choose another name. A cluster already has this one.",
            );
        }
        all.push(config);
    }
    Ok(all)
}

/// What is set for all, with what a cluster sets in its place.
fn replaced<'a>(
    shared: &[(String, Value)],
    own: impl Iterator<Item = &'a (String, Value)>,
) -> Vec<(String, Value)> {
    let mut all = shared.to_vec();
    for (name, value) in own {
        match (all.iter_mut().find(|it| it.0 == *name), value) {
            (Some((_, Value::Object(before))), Value::Object(fields))
                if BY_FIELD.contains(&name.as_str()) =>
            {
                *before = replaced_whole(before, fields);
            }
            (Some(before), _) => before.1 = value.clone(),
            (None, _) => all.push((name.clone(), value.clone())),
        }
    }
    all
}

fn replaced_whole(before: &[(String, Value)], fields: &[(String, Value)]) -> Vec<(String, Value)> {
    let stays = |it: &&(String, Value)| fields.iter().all(|field| field.0 != it.0);
    before.iter().filter(stays).chain(fields).cloned().collect()
}

/// An address that a person may follow. A browser takes blanks out of one before it looks for its scheme.
fn link(root: &mut Object<'_>, name: &str) -> Checked<Option<String>> {
    let Some(text) = root.text(name)? else { return Ok(None) };
    let is_plain = !text.contains(|it: char| it.is_whitespace() || it.is_control() || it == '\\');
    let lower = text.to_ascii_lowercase();
    let rest = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://"));
    let is_fit = match rest {
        Some(rest) => !rest.is_empty() && !rest.starts_with(['/', '?', '#']),
        None => {
            let first = text.split(['/', '?', '#']).next().unwrap_or_default();
            !text.is_empty() && !text.starts_with("//") && !first.contains(':')
        }
    };
    if is_plain && is_fit {
        return Ok(Some(text));
    }
    wrong(name, "Enter an address that starts with https:// or http://, or a path such as /help.")
}

/// The origins of a list, written exactly as browsers tell them: another spelling would never match.
fn origins(mut frame: Object<'_>) -> Checked<Vec<String>> {
    let all = frame.texts("origins")?;
    if all.is_empty() {
        return wrong("frame.origins", "Enter a list of origins, for example [\"https://portal.example\"].");
    }
    frame.end()?;
    for (at, text) in all.iter().enumerate() {
        let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
        if !host.is_some_and(is_host) || origin(text).as_ref() != Some(text) {
            return wrong(
                &format!("frame.origins[{at}]"),
                "Enter scheme, host and port in lower case, without a path and without a port that the scheme implies: \
                 https://portal.example.",
            );
        }
    }
    Ok(all)
}

/// True for a host with or without a port.
fn is_host(text: &str) -> bool {
    let (host, port) = match text.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
        _ => (text, None),
    };
    let is_name = |it: &str| {
        !it.is_empty()
            && it.bytes().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || b".-".contains(&it))
    };
    let v6 = host.strip_prefix('[').and_then(|it| it.strip_suffix(']'));
    let is_v6 = |it: &str| !it.is_empty() && it.bytes().all(|it| b"0123456789abcdef:.".contains(&it));
    let is_port = |it: &str| {
        (1..=5).contains(&it.len()) && !it.starts_with('0') && it.bytes().all(|it| it.is_ascii_digit())
    };
    v6.map_or_else(|| is_name(host), is_v6) && port.is_none_or(is_port)
}
