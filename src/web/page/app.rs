//! The frame around the pages, and which of them is open.

use std::cell::Cell;

use console::{Freshness, Part, Route};
use leptos::prelude::*;

use crate::web::browser::focus::{self, focus_main};
use crate::web::browser::link::{self, data_route, href};
use crate::web::browser::surroundings::Surroundings;
use crate::web::browser::time::now;
use crate::web::browser::{page, scroll};
use crate::web::clusters::{Clusters, Shown};
use crate::web::config::Choice;
use crate::web::console::Console;
use crate::web::page::lazy::lazy;
use crate::web::page::sessions;
use crate::web::part::created::created;
use crate::web::part::fresh_mark::FreshMark;
use crate::web::part::instead::instead;
use crate::web::part::trouble::{is_over_the_edge, trouble_strip};
use crate::web::parts::{Arrival, Piece};
use crate::web::reactive::{dynamic, effect, memo, shown, text};
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
    dynamic(move || match clusters.shown() {
        Shown::Nothing => None,
        Shown::Unknown(key) => Some(match clusters.extras() {
            Some(extras) => extras.unknown_cluster(clusters.choices(), &key),
            None => instead(view! { <p>{words::WHY_NOT_LOADED}</p> }.into_any()),
        }),
        Shown::Cluster(_) => {
            let console = clusters.console()?;
            provide_context(console);
            link::are_about(console.key());
            Some(view! { <App /> }.into_any())
        }
    })
}

/// The whole console of one cluster.
#[component]
fn App() -> AnyView {
    let console = Console::here();
    let clusters = Clusters::here();
    let extras = clusters.extras();
    let product = extras.as_ref().and_then(|it| it.product()).unwrap_or_else(|| words::BRAND.to_owned());
    let kind = console.see(|model| kind_of(model.route()));
    // A new page is a new place to read from; the first one is where the browser puts the reader anyway.
    let is_first = Cell::new(true);
    effect(move || {
        kind.track();
        if !is_first.replace(false) {
            // What has the focus outside of the console keeps it.
            if Surroundings::here().is_some_and(Surroundings::is_page) || focus::is_here() {
                focus_main();
            }
            scroll::to_top();
        }
    });
    let fresh = console.see(|model| model.fresh(now()));
    let is_out = memo(move || fresh.with(|it| it.freshness == Freshness::Stale));
    let of_tab = product.clone();
    let title = console.see(move |model| tab_title(model, &of_tab));
    effect(move || title.with(|it| page::set_title(it)));
    // A session's page belongs to the list, without being it.
    let current = move |at: PageKind| {
        text(move || {
            let current = match kind.get() {
                kind if kind == at => "page",
                PageKind::Session if at == PageKind::Sessions => "true",
                _ => "false",
            };
            current.to_owned()
        })
    };
    let version = console.see(|model| model.version().map(|it| words::version(it.short())));
    let version = move || Some(view! { <span class="lc-version">{version.get()?}</span> }.into_any());
    let cluster = extras.as_ref().and_then(|it| {
        it.cluster(Choice {
            title: console.title(),
            here: console.key(),
            clusters: clusters.choices(),
            was_chosen: clusters.was_chosen(),
            choose: Box::new(move |key| clusters.choose(key)),
        })
    });
    let further = extras.map(|it| it.further());
    // What says so comes with the words for failures.
    let is_unused = console.news.see(move || {
        let some = console.query.unused.with(|it| !it.is_empty());
        some && console.arrival(Part::Notice) == Arrival::Here
    });
    let on_list = memo(move || kind.get() == PageKind::Sessions);
    let around = Surroundings::here();
    let is_page = around.is_some_and(Surroundings::is_page);
    let navigation = words::navigation(&console.title(), is_page);
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
                {further}
            </div>
        };
        // In a host's page it is not the page's own header.
        let class = text(move || if is_out.get() { "lc-bar lc-out" } else { "lc-bar" }.to_owned());
        if is_page {
            view! { <header class=class part="bar">{inner}</header> }.into_any()
        } else {
            view! { <div class=class part="bar">{inner}</div> }.into_any()
        }
    };
    let page = view! {
        {shown(is_unused, move || console.draw(Part::Notice, Piece::Unused))}
        {dynamic(move || Some(match kind.get() {
            PageKind::Sessions => sessions::sessions(),
            PageKind::New => lazy(&[Part::Form, Part::Create]),
            PageKind::Session => lazy(&[Part::Session]),
            PageKind::Lost => lazy(&[Part::Notice]),
        }))}
    }
    .into_any();
    let has_strip = console.see(|model| {
        is_over_the_edge(model) || kind_of(model.route()) == PageKind::Sessions && model.create().is_some()
    });
    let class = text(move || if has_strip.get() { "lc-main lc-over" } else { "lc-main" }.to_owned());
    let page = if is_page {
        view! { <main class=class part="main" tabindex="-1">{page}</main> }.into_any()
    } else {
        let name = words::region(&console.title());
        view! {
            <section class=class part="main" aria-label=name tabindex="-1">
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
