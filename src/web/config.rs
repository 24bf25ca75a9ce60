//! What the host of the page has set: `config.json` beside the page, and attributes of the element that the console is mounted in.

use console::Cluster;
use form::{Config, is_config};
use livy::BaseUrl;
use web_sys::{Element, Url};

use crate::web::browser::{address, file};
use crate::web::form_box::HostConfig;
use crate::web::split::{Missing, part};
use crate::web::words::frame as words;

/// The settings of one console.
pub struct Setting {
    /// Where the cluster is asked: `baseUrl` of `config.json`, else `data-base-url`, else `/livy`.
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

/// Where the page looks for it, unless `data-config` names another place.
const FILE: &str = "config.json";

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

    /// Reads the file and the attributes.
    pub async fn of(element: &Element) -> Result<Self, Wrong> {
        let place = element.get_attribute("data-config").unwrap_or_else(|| FILE.to_owned());
        let Parsed { base, title, memory, form } = match text(&place).await? {
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
        let written = element.get_attribute("data-base-url").unwrap_or_else(|| "/livy".to_owned());
        let base = base.or_else(|| BaseUrl::parse(&written)).ok_or_else(|| Wrong {
            place: "data-base-url".to_owned(),
            sentence: words::base_url_wrong(&written),
        })?;
        Ok(Self { base, title, memory, form })
    }
}

/// The text of the file; `None` where there is none.
async fn text(place: &str) -> Result<Option<String>, Wrong> {
    let wrong = |sentence: String| Wrong { place: place.to_owned(), sentence };
    let (status, text) = file::read(place).await.ok_or_else(|| wrong(words::CONFIG_UNREAD.to_owned()))?;
    let is_there = is_config(status, &text).map_err(wrong)?;
    Ok(is_there.then_some(text))
}
