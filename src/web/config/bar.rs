//! What is drawn with a configuration, and what it says of itself where it is wrong.

use std::any::Any;

use console::Route;
use leptos::mount::mount_to;
use leptos::prelude::*;
use web_sys::Event;

use super::{Choice, Extras, Fault, Wrong};
use crate::web::browser::focus::focus_element;
use crate::web::browser::host::Host;
use crate::web::browser::link;
use crate::web::part::instead::instead;
use crate::web::words::frame as words;

/// What a configuration adds to the bar.
#[derive(Default)]
pub struct Bar {
    /// What the console is called, where it has another name.
    pub product: Option<String>,
    /// Where people find help.
    pub help: Option<String>,
    /// The terms of use.
    pub terms: Option<String>,
}

impl Extras for Bar {
    fn product(&self) -> Option<String> {
        self.product.clone()
    }

    fn cluster(&self, choice: Choice) -> Option<AnyView> {
        if !choice.clusters.is_empty() {
            return Some(cluster_choice(choice));
        }
        let name = choice.title;
        (!name.is_empty()).then(|| view! { <span class="lc-cluster">{name}</span> }.into_any())
    }

    fn further(&self) -> AnyView {
        let link = |(address, name): (&Option<String>, &'static str)| {
            let address = address.clone()?;
            let link = view! {
                <a class="lc-further" href=address target="_blank" rel="noopener noreferrer">
                    {name}
                </a>
            };
            Some(link.into_any())
        };
        let links = [(&self.help, words::HELP), (&self.terms, words::TERMS)];
        links.into_iter().filter_map(link).collect_view().into_any()
    }

    fn unknown_cluster(&self, clusters: Vec<(String, String)>, key: &str) -> AnyView {
        let link = |(key, name): (String, String)| {
            let place = Route::Sessions.href_in(Some(&key));
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
            <ul>{clusters.into_iter().map(link).collect_view()}</ul>
            <p>
                <a href=link::href_of("#/") data-route=link::data_of("#/")>
                    {words::FIRST_CLUSTER}
                </a>
            </p>
        };
        instead(words.into_any())
    }
}

/// The choice of another cluster. It is drawn anew with the cluster, and has the focus again.
fn cluster_choice(Choice { here, clusters, was_chosen, choose, .. }: Choice) -> AnyView {
    const ID: &str = "lc-cluster";
    if was_chosen {
        focus_element(ID.to_owned());
    }
    let option = |(key, name): (String, String)| {
        let selected = here.as_ref() == Some(&key);
        view! { <option value=key selected=selected>{name}</option> }.into_any()
    };
    let options: Vec<AnyView> = clusters.into_iter().map(option).collect();
    let chosen: Box<dyn FnMut(Event)> = Box::new(move |event| choose(&event_target_value(&event)));
    view! {
        <select class="lc-input lc-cluster-choice" id=ID aria-label=words::CLUSTER on:change=chosen>
            {options.collect_view()}
        </select>
    }
    .into_any()
}

/// Says what is wrong, instead of a console, and tells the host. Dropping what is returned takes it from the page.
pub fn say(host: &Host, Wrong { place, what }: Wrong) -> Box<dyn Any> {
    let sentence = match what {
        Fault::BaseUrl(written) => words::base_url_wrong(&written),
        Fault::Unread => words::CONFIG_UNREAD.to_owned(),
        Fault::Unreadable => words::CONFIG_PART_MISSING.to_owned(),
        Fault::NoDemo => words::DEMO_PART_MISSING.to_owned(),
        Fault::Said(sentence) => sentence,
    };
    let reason = format!("{place}: {sentence}");
    let words = move || {
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
    };
    let drawn = mount_to(host.mount(), words);
    host.tell("misconfigured", &reason.into());
    Box::new(drawn)
}
