//! What the host has set: attributes and properties of the element, and a `config.json`.

use console::Cluster;
use form::{Header, Site, is_config};
use livy::BaseUrl;
use web_sys::Url;

use crate::web::browser::host::Host;
use crate::web::browser::{address, file};
use crate::web::demo::Demo;
use crate::web::form_box::HostConfig;
use crate::web::split::{Missing, part};
use crate::web::words::frame as words;

/// The settings of one element.
pub struct Settings {
    /// The clusters that it shows; never empty.
    pub clusters: Vec<Setting>,
    /// What its bar shows beside them.
    pub about: About,
    /// The origins of pages that may talk to it in a frame.
    pub frame_origins: Vec<String>,
}

/// What the bar shows, whichever cluster is open.
#[derive(Clone, Default)]
pub struct About {
    /// What the console is called, where it has another name.
    pub product: Option<String>,
    /// Where people find help.
    pub help: Option<String>,
    /// The terms of use.
    pub terms: Option<String>,
}

/// The settings of one cluster.
pub struct Setting {
    /// What tells it from the others in an address; `None` where it is the only one.
    pub key: Option<String>,
    /// The cluster itself, where it is only pretended.
    pub demo: Option<Demo>,
    /// Where it is asked: what the element says, else `baseUrl` of `config.json`, else `/livy`.
    pub base: BaseUrl,
    /// What the browser keeps of it is under this.
    pub cluster: Cluster,
    /// Its name; empty where its host gave it none.
    pub title: String,
    /// How many megabytes of ended sessions a browser may keep; see [`form::Config::memory`].
    pub memory: Option<u64>,
    /// A header that its gateway asks for.
    pub header: Option<Header>,
    /// What is for the form alone.
    pub form: Option<HostConfig>,
}

/// What a `config.json` says, as far as the form does not keep it to itself.
struct Parsed {
    clusters: Vec<OneParsed>,
    about: About,
    frame_origins: Vec<String>,
}

#[derive(Default)]
struct OneParsed {
    key: Option<String>,
    base: Option<BaseUrl>,
    title: String,
    memory: Option<u64>,
    header: Option<Header>,
    form: Option<HostConfig>,
}

impl Default for Parsed {
    fn default() -> Self {
        Self { clusters: vec![OneParsed::default()], about: About::default(), frame_origins: Vec::new() }
    }
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
    match Site::parse(&text) {
        Ok(Site { clusters, product, help, terms, frame_origins }) => Ok(Parsed {
            clusters: clusters
                .into_iter()
                .map(|config| OneParsed {
                    key: config.key.clone(),
                    base: config.base.clone(),
                    title: config.cluster.clone().unwrap_or_default(),
                    memory: config.memory,
                    header: config.header.clone(),
                    form: Some(Box::new(|| config)),
                })
                .collect(),
            about: About { product, help, terms },
            frame_origins,
        }),
        Err(wrong) => Err((wrong.field, wrong.message)),
    }
});

impl Settings {
    /// Reads the configuration and what the element says.
    pub async fn of(host: &Host) -> Result<Self, Wrong> {
        let (place, text) = written(host).await?;
        let Parsed { clusters, about, frame_origins } = match text {
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
        let space = host.text("storageKey");
        let mut all = Vec::new();
        for one in clusters {
            let demo = demo(host).await?;
            let (base, cluster) = match demo {
                Some(_) => (BaseUrl::pretend(), Cluster::pretend()),
                None => {
                    let base = base(host, one.base.clone())?;
                    (base.clone(), cluster(&base))
                }
            };
            let cluster = space.as_ref().map_or(cluster.clone(), |space| cluster.in_space(space));
            all.push((one, demo, base, cluster));
        }
        let apart = Cluster::apart(all.iter().map(|(one, .., it)| (one.key.clone(), it.clone())).collect());
        let clusters = all.into_iter().zip(apart).map(|((one, demo, base, _), cluster)| {
            let OneParsed { key, title, memory, header, form, .. } = one;
            // Of sessions that end with the console nothing may be kept.
            let memory = if demo.is_some() { Some(0) } else { memory };
            Setting { key, demo, base, cluster, title, memory, header, form }
        });
        Ok(Self { clusters: clusters.collect(), about, frame_origins })
    }
}

/// A pretend cluster, where the element asks for one. Nothing else can: an address, a link or a file that somebody else wrote must not
/// put it in a real one's place.
async fn demo(host: &Host) -> Result<Option<Demo>, Wrong> {
    if !Demo::is_meant(host.text("baseUrl").as_deref()) {
        return Ok(None);
    }
    Demo::begin().await.map(Some).map_err(|Missing| Wrong {
        place: "base-url".to_owned(),
        sentence: words::DEMO_PART_MISSING.to_owned(),
    })
}

/// Where a cluster is asked, of which `config.json` says this.
fn base(host: &Host, configured: Option<BaseUrl>) -> Result<BaseUrl, Wrong> {
    let read = |name: &str, written: String| {
        BaseUrl::parse(&written)
            .ok_or_else(|| Wrong { place: name.to_owned(), sentence: words::base_url_wrong(&written) })
    };
    match (host.text("baseUrl"), configured, host.text("formerBaseUrl")) {
        (Some(written), ..) => read("base-url", written),
        (None, Some(base), _) => Ok(base),
        (None, None, Some(written)) => read("data-base-url", written),
        (None, None, None) => read("base-url", "/livy".to_owned()),
    }
}

/// Which cluster that is, however its address was written.
fn cluster(base: &BaseUrl) -> Cluster {
    let page = address::base();
    // The browser resolves what calls will be sent to; it also knows other ways to write a host or a path.
    let root = format!("{}/", base.as_str());
    let resolved = Url::new_with_base(&root, &page).ok().and_then(|it| BaseUrl::parse(&it.href()));
    Cluster::of(resolved.as_ref().unwrap_or(base), &page)
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
