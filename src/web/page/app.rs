//! The frame around the pages, and which of them is open.

use console::{Part, Route};
use leptos::prelude::*;

use crate::web::browser::focus::{focus_element, focus_still};
use crate::web::browser::link::{self, data_route, href};
use crate::web::browser::surroundings::Surroundings;
use crate::web::browser::time::now;
use crate::web::browser::{page, scroll};
use crate::web::clusters::{Clusters, Shown};
use crate::web::console::{Console, MainNode};
use crate::web::page::lazy::lazy;
use crate::web::page::{lost, sessions};
use crate::web::part::created::created;
use crate::web::part::fresh_mark::FreshMark;
use crate::web::part::trouble::trouble_strip;
use crate::web::reactive::{dynamic, effect, maybe, memo, press, shown};
use crate::web::title::tab_title;
use crate::web::words::frame as words;

/// Which page is open, without which session: going from one session to another redraws nothing but the facts.
#[derive(Clone, Copy, PartialEq)]
enum PageKind {
    Sessions,
    New,
    Session,
    Lost,
}

fn kind_of(route: &Route) -> PageKind {
    match route {
        Route::Sessions => PageKind::Sessions,
        Route::New => PageKind::New,
        Route::Session(_) | Route::Remembered(..) => PageKind::Session,
        Route::Malformed(_) => PageKind::Lost,
    }
}

/// What is looked at.
#[component]
pub fn Opened() -> AnyView {
    let clusters = Clusters::here();
    dynamic(move || match clusters.shown.get() {
        Shown::Nothing => None,
        Shown::Unknown(key) => Some(unknown_cluster(clusters, &key)),
        Shown::Cluster(_) => {
            let console = clusters.console()?;
            provide_context(console);
            link::are_about(console.key.get_value());
            Some(view! { <App /> }.into_any())
        }
    })
}

/// The whole console of one cluster.
#[component]
fn App() -> AnyView {
    let console = Console::here();
    let clusters = Clusters::here();
    let about = clusters.about();
    let product = about.product.clone().unwrap_or_else(|| words::BRAND.to_owned());
    let kind = console.see(|model| kind_of(model.route()));
    let main = MainNode::new();
    let route = console.see(|model| model.route().clone());
    // A new page is a new place to read from; the first one is where the browser puts the reader anyway.
    Effect::new(move |last: Option<Route>| {
        let route = route.get();
        if last.is_some_and(|it| kind_of(&it) != kind_of(&route))
            && let Some(main) = main.get_untracked()
        {
            focus_still(&main);
            scroll::to_top();
        }
        route
    });
    let fresh = console.see(|model| model.fresh(now()));
    let of_tab = product.clone();
    let title = console.see(move |model| tab_title(model, &of_tab));
    effect(move || title.with(|it| page::set_title(it)));
    // A session's page belongs to the list, without being it.
    let current = move |at: PageKind| {
        maybe(move || match kind.get() {
            kind if kind == at => Some("page".to_owned()),
            PageKind::Session if at == PageKind::Sessions => Some("true".to_owned()),
            _ => None,
        })
    };
    let version = console.see(|model| model.version().map(|it| words::version(it.short())));
    let version = move || Some(view! { <span class="lc-version">{version.get()?}</span> }.into_any());
    let choices = clusters.choices();
    let cluster = console.cluster.get_value();
    let cluster = match choices.is_empty() {
        false => Some(cluster_choice(clusters, choices, console.key.get_value())),
        true => (!cluster.is_empty()).then(|| view! { <span class="lc-cluster">{cluster}</span> }.into_any()),
    };
    let further = [(about.help, words::HELP), (about.terms, words::TERMS)].map(|(address, name)| {
        address.map(|address| {
            view! {
                <a class="lc-further" href=address target="_blank" rel="noopener noreferrer">
                    {name}
                </a>
            }
            .into_any()
        })
    });
    let on_list = memo(move || kind.get() == PageKind::Sessions);
    let around = Surroundings::here();
    let is_page = around.is_some_and(Surroundings::is_page);
    let navigation = words::navigation(&console.cluster.get_value(), is_page);
    let bar = {
        let inner = view! {
            <span class="lc-brand">{product}</span>
            {cluster}
            <nav class="lc-nav" aria-label=navigation>
                <a href=href(&Route::Sessions) data-route=data_route(&Route::Sessions) aria-current=current(PageKind::Sessions)>
                    {words::SESSIONS}
                </a>
                <a href=href(&Route::New) data-route=data_route(&Route::New) aria-current=current(PageKind::New)>
                    {words::NEW_SESSION}
                </a>
            </nav>
            <div class="lc-bar-end">
                {dynamic(version)}
                <FreshMark fresh=fresh />
                {further.into_iter().flatten().collect_view()}
            </div>
        };
        // In a host's page it is not the page's own header.
        if is_page {
            view! { <header class="lc-bar" part="bar">{inner}</header> }.into_any()
        } else {
            view! { <div class="lc-bar" part="bar">{inner}</div> }.into_any()
        }
    };
    let page = view! {
        {dynamic(move || unused_query(console, main))}
        {dynamic(move || Some(match kind.get() {
            PageKind::Sessions => sessions::sessions(main),
            PageKind::New => lazy(&[Part::Form, Part::Create], main),
            PageKind::Session => lazy(&[Part::Session], main),
            PageKind::Lost => lost::Lost(),
        }))}
    }
    .into_any();
    let page = if is_page {
        view! { <main class="lc-main" part="main" tabindex="-1" node_ref=main.main>{page}</main> }.into_any()
    } else {
        let name = words::region(&console.cluster.get_value());
        view! {
            <section class="lc-main" part="main" aria-label=name tabindex="-1" node_ref=main.region>
                {page}
            </section>
        }
        .into_any()
    };
    let is_demo = console.driver.with_value(|it| it.is_demo());
    view! {
        {is_demo.then(demo_note)}
        {bar}
        {page}
        // Over the lower edge of what is seen: what comes and goes here moves nothing that is being read or pointed at.
        <div class="lc-strip">
            {shown(on_list, created)}
            {trouble_strip()}
        </div>
    }
    .into_any()
}

/// The choice of another cluster. It is drawn anew with the cluster, and has the focus again.
fn cluster_choice(clusters: Clusters, choices: Vec<(String, String)>, here: Option<String>) -> AnyView {
    const ID: &str = "lc-cluster";
    if clusters.was_chosen() {
        focus_element(ID.to_owned());
    }
    let option = |(key, name): (String, String)| {
        let selected = here.as_ref() == Some(&key);
        view! { <option value=key selected=selected>{name}</option> }.into_any()
    };
    let options: Vec<AnyView> = choices.into_iter().map(option).collect();
    let chosen: Box<dyn FnMut(web_sys::Event)> =
        Box::new(move |event| clusters.choose(&event_target_value(&event)));
    view! {
        <select class="lc-input lc-cluster-choice" id=ID aria-label=words::CLUSTER on:change=chosen>
            {options.collect_view()}
        </select>
    }
    .into_any()
}

/// An address with the key of no cluster.
fn unknown_cluster(clusters: Clusters, key: &str) -> AnyView {
    let link = |(key, name): (String, String)| {
        let place = console::Route::Sessions.href_in(Some(&key));
        view! {
            <li>
                <a href=link::href_of(&place) data-route=link::data_of(&place)>
                    {name}
                </a>
            </li>
        }
        .into_any()
    };
    let words = view! {
        <h1 class="lc-title">{words::no_cluster(key)}</h1>
        <p>{words::NOTHING_ASKED}</p>
        <ul>{clusters.choices().into_iter().map(link).collect_view()}</ul>
        <p>
            <a href=link::href_of("#/") data-route=link::data_of("#/")>
                {words::FIRST_CLUSTER}
            </a>
        </p>
    };
    instead(words.into_any())
}

/// What is drawn instead of a console. Of a page of its own it is the main part.
fn instead(words: AnyView) -> AnyView {
    if Surroundings::here().is_some_and(Surroundings::is_page) {
        view! { <main class="lc-main">{words}</main> }.into_any()
    } else {
        view! { <div class="lc-main">{words}</div> }.into_any()
    }
}

/// Above every page, whatever the host hides, where the cluster is only pretended.
fn demo_note() -> AnyView {
    view! {
        <aside class="lc-demo" aria-label=words::DEMO_NOTE>
            <b>{words::DEMO}</b>
            {words::DEMO_WHERE}
            <span class="lc-wide">{words::DEMO_MORE}</span>
        </aside>
    }
    .into_any()
}

fn unused_query(console: Console, main: MainNode) -> Option<AnyView> {
    let unused = console.query.unused.get();
    let dismiss = press(move || {
        console.query.unused.set(Vec::new());
        // The button goes with the words.
        if let Some(main) = main.get_untracked() {
            focus_still(&main);
        }
    });
    (!unused.is_empty()).then(|| {
        view! {
            <div class="lc-alert lc-caution" role="status">
                <p>
                    <b>{words::UNUSED}</b>
                    {unused.join(", ")}
                </p>
                <button type="button" class="lc-button lc-quiet" on:click=dismiss>
                    {words::DISMISS}
                </button>
            </div>
        }
        .into_any()
    })
}

/// Instead of the console, where its configuration is wrong.
#[component]
pub fn Misconfigured(
    /// The setting that is wrong.
    place: String,
    /// What to write instead.
    sentence: String,
) -> AnyView {
    let words = view! {
        <div class="lc-alert" role="alert">
            <h1 class="lc-title">{words::MISCONFIGURED}</h1>
            <p>
                <b class="lc-mono">{place}</b>
            </p>
            <p>{sentence}</p>
            <p>{words::ASK_THE_HOST}</p>
        </div>
    };
    instead(words.into_any())
}
