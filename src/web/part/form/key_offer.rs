//! Spark's own keys, offered below a key that is being typed: a combobox with a list (WAI-ARIA 1.2). The browser's own list
//! would look for the words as one piece, and shows no meaning.

use std::sync::Arc;

use form::{SparkConf, SparkKey};
use leptos::prelude::*;
use web_sys::{KeyboardEvent, MouseEvent};

use crate::web::browser::surroundings::begin;
use crate::web::browser::{fetch, scroll};
use crate::web::reactive::{Seen, dynamic, memo, text};
use crate::web::words::form as words;

/// Beside the page: Spark's keys with their meaning. Fetched when the first key is typed.
const FILE: &str = "spark-conf-3.5.json";
/// So many keys are offered at once.
const OFFERED: usize = 12;
/// The element that holds them.
const LIST_ID: &str = "lc-spark-keys";

/// The keys, once they are there, and where they are offered.
#[derive(Clone, Copy)]
pub struct KeyOffer {
    /// `None` until the file has come; it may never come.
    conf: RwSignal<Option<Arc<SparkConf>>>,
    is_asked: RwSignal<bool>,
    /// The row that is being typed in, and what stands there.
    typed: RwSignal<Option<(usize, String)>>,
    /// The keys that are offered for it.
    offered: Seen<Vec<SparkKey>>,
    /// The one that Enter takes.
    chosen: RwSignal<Option<usize>>,
}

impl KeyOffer {
    /// Without any keys yet.
    pub fn new() -> Self {
        let conf = RwSignal::new(None::<Arc<SparkConf>>);
        let typed = RwSignal::new(None::<(usize, String)>);
        let offered = memo(move || {
            let Some((_, typed)) = typed.get() else { return Vec::new() };
            let keys: Vec<SparkKey> =
                conf.with(|it| it.iter().flat_map(|it| it.complete(&typed, OFFERED)).cloned().collect());
            // What is written out already needs no offer.
            if keys.len() == 1 && keys[0].key == typed.trim() { Vec::new() } else { keys }
        });
        Self { conf, is_asked: RwSignal::new(false), typed, offered, chosen: RwSignal::new(None) }
    }

    /// Fetches the keys, if they are not on their way. After a failure the next row that is typed in asks again.
    pub fn fetch(self) {
        if self.is_asked.get_untracked() {
            return;
        }
        self.is_asked.set(true);
        begin(Box::pin(async move {
            let text = fetch::file(FILE).await;
            let conf = text.and_then(|it| SparkConf::from_json(&it));
            let _ = self.conf.try_set(conf.map(Arc::new));
        }));
    }

    /// Somebody types a key.
    pub fn typed(self, row: usize, key: String) {
        self.fetch();
        self.chosen.set(None);
        self.typed.set(Some((row, key)));
        scroll::into_view_soon(format!("#{LIST_ID}"));
    }

    /// Nobody types there any more.
    pub fn close(self) {
        self.chosen.set(None);
        self.typed.set(None);
        self.is_asked.set(self.conf.with_untracked(Option::is_some));
    }

    /// What is known of a key, its default and its version.
    pub fn described(self, key: &str) -> Option<String> {
        self.conf.with(|conf| conf.as_ref()?.key(key.trim()).map(described))
    }

    /// The key of Spark that this one is a slip of the pen for, once the keys are there.
    pub fn near(self, key: &str) -> Option<String> {
        self.conf.with(|conf| conf.as_ref()?.near(key.trim()).map(|it| it.key.clone()))
    }

    /// True while keys are offered for a row.
    fn is_open(self, row: usize) -> bool {
        self.typed.with(|it| it.as_ref().is_some_and(|it| it.0 == row))
            && self.offered.with(|it| !it.is_empty())
    }

    /// `aria-expanded` of a row's control.
    pub fn expanded(self, row: usize) -> Signal<String> {
        text(move || self.is_open(row).to_string())
    }

    /// `aria-activedescendant` of a row's control; empty for none.
    pub fn active(self, row: usize) -> Signal<String> {
        text(move || self.chosen.get().filter(|_| self.is_open(row)).map(option_id).unwrap_or_default())
    }

    /// `aria-controls` of every key's control.
    pub const CONTROLS: &'static str = LIST_ID;

    /// Moves through what is offered, takes it, or closes it. Gives the key that was taken.
    pub fn pressed(self, row: usize, event: &KeyboardEvent) -> Option<String> {
        if !untrack(|| self.is_open(row)) {
            return None;
        }
        let (count, chosen) = (self.offered.with_untracked(Vec::len), self.chosen.get_untracked());
        let next = match event.key().as_str() {
            "ArrowDown" => chosen.map_or(0, |it| (it + 1) % count),
            "ArrowUp" => chosen.map_or(count, |it| it + count).saturating_sub(1) % count,
            "Enter" => {
                let key = chosen
                    .and_then(|at| self.offered.with_untracked(|it| it.get(at).map(|it| it.key.clone())))?;
                event.prevent_default();
                self.close();
                return Some(key);
            }
            "Escape" => {
                event.prevent_default();
                self.close();
                return None;
            }
            _ => return None,
        };
        event.prevent_default();
        self.chosen.set(Some(next));
        scroll::into_view_soon(format!("#{}", option_id(next)));
        None
    }

    /// The list below a row's control, while there is something to offer.
    pub fn list(self, row: usize, take: impl Fn(String) + Clone + Send + 'static) -> AnyView {
        fn shared(offer: KeyOffer, row: usize, take: Arc<dyn Fn(String) + Send + Sync>) -> AnyView {
            let drawn = move || {
                let keys = offer.offered.get();
                let take = take.clone();
                let options =
                    keys.into_iter().enumerate().map(move |(at, key)| option(offer, at, &key, take.clone()));
                offer.is_open(row).then(|| {
                    view! {
                        // A browser would make a list that scrolls a stop of Tab.
                        <ul class="lc-offer" role="listbox" id=LIST_ID aria-label=words::SPARK_KEYS tabindex="-1">
                            {options.collect_view()}
                        </ul>
                    }
                    .into_any()
                })
            };
            dynamic(drawn)
        }
        let take = StoredValue::new_local(take);
        shared(
            self,
            row,
            Arc::new(move |key| {
                take.try_with_value(|it| it(key));
            }),
        )
    }
}

fn option(offer: KeyOffer, at: usize, key: &SparkKey, take: Arc<dyn Fn(String) + Send + Sync>) -> AnyView {
    let (name, said) = (key.key.clone(), described(key));
    let selected = text(move || (offer.chosen.get() == Some(at)).to_string());
    let taken = name.clone();
    // Before the control could lose the focus, and with it the list.
    let press: Box<dyn FnMut(MouseEvent)> = Box::new(move |event| {
        event.prevent_default();
        offer.close();
        take(taken.clone());
    });
    view! {
        <li role="option" id=option_id(at) aria-selected=selected on:mousedown=press>
            <span class="lc-mono lc-break">{name}</span>
            <span class="lc-muted lc-small">{said}</span>
        </li>
    }
    .into_any()
}

fn option_id(at: usize) -> String {
    format!("lc-spark-key-{at}")
}

/// The sentence of a key, its default and its version.
fn described(key: &SparkKey) -> String {
    words::setting(&key.meaning, &key.default, &key.since)
}
