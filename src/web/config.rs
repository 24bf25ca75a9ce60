//! What the host has set: attributes and properties of the element, and a `config.json`.
//!
//! Most pages have no configuration: what reads one, draws what it adds and says what is wrong is a part of the program of its own.

mod bar;
mod site;

use std::any::Any;
use std::rc::Rc;

use console::Cluster;
use form::Header;
use leptos::mount::mount_to;
use leptos::prelude::*;
use livy::{BaseUrl, Kind};
use web_sys::Url;

use crate::web::browser::host::Host;
use crate::web::browser::{address, file};
use crate::web::demo::Demo;
use crate::web::form_box::HostConfig;
use crate::web::part::instead::instead;
use crate::web::split::{Missing, part};
use crate::web::words::frame as words;

/// The settings of one element.
pub struct Settings {
    /// The clusters that it shows; never empty.
    pub clusters: Vec<Setting>,
    /// What draws what a configuration adds; `None` without one.
    pub extras: Option<Rc<dyn Extras>>,
    /// The origins of pages that may talk to it in a frame.
    pub frame_origins: Vec<String>,
}

/// What only a page with a configuration shows. A trait object alone keeps the compiler from calling the part by name, which would
/// bring all of it into what everybody loads.
pub trait Extras {
    /// What the console is called, where it has another name.
    fn product(&self) -> Option<String>;

    /// The name of the cluster, or the choice of another one.
    fn cluster(&self, choice: Choice) -> Option<AnyView>;

    /// What is at the end of the bar.
    fn further(&self) -> AnyView;

    /// Instead of a console, where the address has the key of no cluster. `clusters` has keys and names.
    fn unknown_cluster(&self, clusters: Vec<(String, String)>, key: &str) -> AnyView;
}

/// Which cluster is looked at, and which others there are.
pub struct Choice {
    /// Its name; empty where its host gave it none.
    pub title: String,
    /// Its key.
    pub here: Option<String>,
    /// Keys and names of all; empty where there is no choice.
    pub clusters: Vec<(String, String)>,
    /// True where it was chosen in the bar: the focus is to be there again.
    pub was_chosen: bool,
    /// Goes to the one with a key.
    pub choose: Box<dyn Fn(&str)>,
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
    /// True where no browser may keep code and results with them.
    pub keeps_no_statements: bool,
    /// A header that its gateway asks for.
    pub header: Option<Header>,
    /// Kinds that may be chosen; empty for all.
    pub kinds: Vec<Kind>,
    /// What is for the form alone.
    pub form: Option<HostConfig>,
}

/// What keeps the console from starting, for the person who hosts the page.
pub struct Wrong {
    /// The setting.
    place: String,
    what: Fault,
}

/// What is wrong with a setting.
enum Fault {
    /// This is no base URL.
    BaseUrl(String),
    /// The file did not come.
    Unread,
    /// The part of the program that reads it did not come.
    Unreadable,
    /// The part of the program with the pretend cluster did not come.
    NoDemo,
    /// What reads it says so.
    Said(String),
}

/// A configuration as it came.
struct Written {
    /// What it is called.
    place: String,
    /// The status of the answer that brought it.
    status: u16,
    text: String,
    /// The host has said that there is one.
    is_named: bool,
}

part!(config: fn read(given: (Host, Written)) -> Result<Settings, Wrong> {
    site::settings(&given.0, given.1)
});
part!(config: fn extras_alone() -> Rc<dyn Extras> { site::no_extras() });
part!(config: fn say(given: (Host, Wrong)) -> Box<dyn Any> { bar::say(&given.0, given.1) });

impl Settings {
    /// Reads the configuration and what the element says.
    pub async fn of(host: &Host) -> Result<Self, Wrong> {
        let mut settings = match written(host).await? {
            Some(written) => {
                let place = written.place.clone();
                let read = read((host.clone(), written)).await;
                read.unwrap_or_else(|Missing| Err(Wrong { place, what: Fault::Unreadable }))?
            }
            None => {
                let base = base(host, None)?;
                let cluster = cluster(host, &base);
                let (title, memory) = (String::new(), None);
                let (header, kinds, form) = (None, Vec::new(), None);
                let (key, demo, keeps_no_statements) = (None, None, false);
                let only = Setting {
                    key,
                    demo,
                    base,
                    cluster,
                    title,
                    memory,
                    keeps_no_statements,
                    header,
                    kinds,
                    form,
                };
                Self { clusters: vec![only], extras: None, frame_origins: Vec::new() }
            }
        };
        if is_demo(host) {
            for one in &mut settings.clusters {
                let begun = Demo::begin().await;
                let wrong = |Missing| Wrong { place: "base-url".to_owned(), what: Fault::NoDemo };
                one.demo = Some(begun.map_err(wrong)?);
                // Of sessions that end with the console nothing may be kept.
                one.memory = Some(0);
            }
        }
        Ok(settings)
    }
}

/// What draws an address with the key of no cluster, where no configuration has brought it; `None` if it does not come.
pub async fn extras() -> Option<Rc<dyn Extras>> {
    extras_alone().await.ok()
}

/// Says what is wrong, instead of a console, and tells the host. Dropping what is returned takes it from the page.
pub async fn misconfigured(host: &Host, wrong: Wrong) -> Box<dyn Any> {
    let plain = format!("{}: {}", wrong.place, words::CONFIG_PART_MISSING);
    say((host.clone(), wrong)).await.unwrap_or_else(|Missing| {
        host.tell("misconfigured", &plain.as_str().into());
        let plain = move || {
            instead(
                view! { <h1 class="lc-title">{words::MISCONFIGURED}</h1> <p role="alert">{plain}</p> }
                    .into_any(),
            )
        };
        Box::new(mount_to(host.mount(), plain))
    })
}

/// True where the element asks for a pretend cluster. Nothing else can: an address, a link or a file that somebody else wrote must not
/// put it in a real one's place.
fn is_demo(host: &Host) -> bool {
    Demo::is_meant(host.text("baseUrl").as_deref())
}

/// Where a cluster is asked, of which `config.json` says this.
fn base(host: &Host, configured: Option<BaseUrl>) -> Result<BaseUrl, Wrong> {
    let read = |place: &str, written: String| {
        BaseUrl::parse(&written)
            .ok_or_else(|| Wrong { place: place.to_owned(), what: Fault::BaseUrl(written) })
    };
    if is_demo(host) {
        return Ok(BaseUrl::pretend());
    }
    match (host.text("baseUrl"), configured, host.text("formerBaseUrl")) {
        (Some(written), ..) => read("base-url", written),
        (None, Some(base), _) => Ok(base),
        (None, None, Some(written)) => read("data-base-url", written),
        (None, None, None) => read("base-url", "/livy".to_owned()),
    }
}

/// Which cluster that is, however its address was written, in the space that the host has named.
fn cluster(host: &Host, base: &BaseUrl) -> Cluster {
    let cluster = if is_demo(host) {
        Cluster::pretend()
    } else {
        let page = address::base();
        // The browser resolves what calls will be sent to; it also knows other ways to write a host or a path.
        let root = format!("{}/", base.as_str());
        let resolved = Url::new_with_base(&root, &page).ok().and_then(|it| BaseUrl::parse(&it.href()));
        Cluster::of(resolved.as_ref().unwrap_or(base), &page)
    };
    match host.text("storageKey") {
        Some(space) => cluster.in_space(&space),
        None => cluster,
    }
}

/// The configuration: the property's, or that of a file. `None` where there is none.
async fn written(host: &Host) -> Result<Option<Written>, Wrong> {
    if let Some(text) = host.text("config") {
        return Ok(Some(Written { place: "config".to_owned(), status: 200, text, is_named: true }));
    }
    // A page of its own looks beside itself, and most find nothing there.
    let named = host.text("configUrl");
    let is_named = named.is_some();
    let Some(place) = named.or_else(|| host.is_page().then(|| "config.json".to_owned())) else {
        return Ok(None);
    };
    match file::read(&place).await {
        Some((404 | 410, _)) if !is_named => Ok(None),
        Some((status, text)) => Ok(Some(Written { place, status, text, is_named })),
        None => Err(Wrong { place, what: Fault::Unread }),
    }
}
