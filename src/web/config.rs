//! What the host has set: attributes and properties of the element, and a `config.json`.

use console::Cluster;
use form::{Config, is_config};
use livy::BaseUrl;
use web_sys::Url;

use crate::web::browser::host::Host;
use crate::web::browser::{address, file};
use crate::web::form_box::HostConfig;
use crate::web::split::{Missing, part};
use crate::web::words::frame as words;

/// The settings of one console.
pub struct Setting {
    /// Where the cluster is asked: what the element says, else `baseUrl` of `config.json`, else `/livy`.
    pub base: BaseUrl,
    /// The cluster's name; empty where its host gave it none.
    pub title: String,
    /// How many megabytes of ended sessions a browser may keep; see [`Config::memory`].
    pub memory: Option<u64>,
    /// What is for the form alone.
    pub form: Option<HostConfig>,
}

/// What a `config.json` says, as far as the form does not keep it to itself.
#[derive(Default)]
struct Parsed {
    base: Option<BaseUrl>,
    title: String,
    memory: Option<u64>,
    form: Option<HostConfig>,
}

/// What keeps the console from starting, for the person who hosts the page.
#[derive(Clone, Debug)]
pub struct Wrong {
    /// The setting.
    pub place: String,
    /// What to write instead.
    pub sentence: String,
}

// Understanding a configuration takes all rules of the form. Most pages have none.
part!(config: fn parsed(text: String) -> Result<Parsed, (String, String)> {
    match Config::parse(&text) {
        Ok(config) => Ok(Parsed {
            base: config.base.clone(),
            title: config.cluster.clone().unwrap_or_default(),
            memory: config.memory,
            form: Some(Box::new(|| config)),
        }),
        Err(wrong) => Err((wrong.field, wrong.message)),
    }
});

impl Setting {
    /// Which cluster that is, however its address was written.
    pub fn cluster(&self) -> Cluster {
        let page = address::base();
        // The browser resolves what calls will be sent to; it also knows other ways to write a host or a path.
        let root = format!("{}/", self.base.as_str());
        let resolved = Url::new_with_base(&root, &page).ok().and_then(|it| BaseUrl::parse(&it.href()));
        Cluster::of(resolved.as_ref().unwrap_or(&self.base), &page)
    }

    /// Reads the configuration and what the element says.
    pub async fn of(host: &Host) -> Result<Self, Wrong> {
        let (place, text) = written(host).await?;
        let Parsed { base, title, memory, form } = match text {
            Some(text) => match parsed(text).await {
                Ok(parsed) => parsed.map_err(|(field, sentence)| Wrong {
                    place: if field.is_empty() { place } else { words::setting_in(&field, &place) },
                    sentence,
                })?,
                Err(Missing) => {
                    return Err(Wrong { place, sentence: words::CONFIG_PART_MISSING.to_owned() });
                }
            },
            None => Parsed::default(),
        };
        let read = |name: &str, written: String| {
            BaseUrl::parse(&written)
                .ok_or_else(|| Wrong { place: name.to_owned(), sentence: words::base_url_wrong(&written) })
        };
        let base = match (host.text("baseUrl"), base, host.text("formerBaseUrl")) {
            (Some(written), ..) => read("base-url", written)?,
            (None, Some(base), _) => base,
            (None, None, Some(written)) => read("data-base-url", written)?,
            (None, None, None) => read("base-url", "/livy".to_owned())?,
        };
        Ok(Self { base, title, memory, form })
    }
}

/// What a configuration is called, and its text: the property's, or that of a file. `None` where there is none.
async fn written(host: &Host) -> Result<(String, Option<String>), Wrong> {
    if let Some(text) = host.text("config") {
        return Ok(("config".to_owned(), Some(text)));
    }
    // A page of its own looks beside itself, and most find nothing there.
    let named = host.text("configUrl");
    let Some(place) = named.clone().or_else(|| host.is_page().then(|| "config.json".to_owned())) else {
        return Ok((String::new(), None));
    };
    let wrong = |sentence: String| Wrong { place: place.clone(), sentence };
    let (status, text) = file::read(&place).await.ok_or_else(|| wrong(words::CONFIG_UNREAD.to_owned()))?;
    let is_there = is_config(status, &text).map_err(wrong)?;
    if named.is_some() && !is_there {
        return Err(wrong(words::CONFIG_MISSING.to_owned()));
    }
    Ok((place, is_there.then_some(text)))
}
