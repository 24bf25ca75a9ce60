//! What a `config.json` says.

use std::rc::Rc;

use console::Cluster;
use form::{Config, Site, is_config};
use livy::Kind;

use super::bar::Bar;
use super::{Extras, Fault, Setting, Settings, Written, Wrong, base, cluster, is_demo};
use crate::web::browser::host::Host;
use crate::web::words::frame as words;

/// The settings with what a configuration says, or without one where the answer to the question for it tells that there is none.
pub fn settings(host: &Host, written: Written) -> Result<Settings, Wrong> {
    let Written { place, status, text, is_named } = written;
    let wrong = |sentence: String| Wrong { place: place.clone(), what: Fault::Said(sentence) };
    let is_there = is_config(status, &text).map_err(wrong)?;
    if is_named && !is_there {
        return Err(wrong(words::CONFIG_MISSING.to_owned()));
    }
    let site = if is_there { Site::parse(&text) } else { Ok(Site::default()) };
    let Site { clusters, product, help, terms, frame_origins } = site.map_err(|it| Wrong {
        place: if it.field.is_empty() { place.clone() } else { words::setting_in(&it.field, &place) },
        what: Fault::Said(it.message),
    })?;
    let mut all = Vec::new();
    let is_list = clusters.len() > 1;
    for config in clusters {
        // What the element says cannot be the address of each of several clusters.
        let own = config.base.clone().filter(|_| is_list && !is_demo(host));
        let base = own.map_or_else(|| base(host, config.base.clone()), Ok)?;
        let cluster = cluster(host, &base);
        all.push((config, base, cluster));
    }
    let apart = Cluster::apart(all.iter().map(|(one, _, it)| (one.key.clone(), it.clone())).collect());
    let one = |((config, base, _), cluster): ((Config, _, _), _)| Setting {
        key: config.key.clone(),
        demo: None,
        base,
        cluster,
        title: config.cluster.clone().unwrap_or_default(),
        memory: config.memory,
        keeps_no_statements: config.keeps_no_statements,
        header: config.header.clone(),
        kinds: Kind::ALL.into_iter().filter(|it| config.policy.allows(it.as_str())).collect(),
        form: Some(Box::new(|| config)),
    };
    let clusters = all.into_iter().zip(apart).map(one).collect();
    Ok(Settings { clusters, extras: Some(Rc::new(Bar { product, help, terms })), frame_origins })
}

/// Those of a page without a configuration.
pub fn no_extras() -> Rc<dyn Extras> {
    Rc::new(Bar::default())
}
