//! Copying an output, and saving it as a file.

use leptos::prelude::*;

use crate::web::browser::clipboard::{by_hand, copy};
use crate::web::browser::download::save;
use crate::web::reactive::{Held, dynamic, press, text};
use crate::web::words::output as words;

/// What became of a copy.
#[derive(Clone, Copy)]
pub struct Copying {
    has_copied: RwSignal<bool>,
    /// What the browser did not let the page copy.
    by_hand: RwSignal<Option<String>>,
}

impl Copying {
    /// Nothing is copied yet.
    pub fn new() -> Self {
        Self { has_copied: RwSignal::new(false), by_hand: RwSignal::new(None) }
    }

    /// Copies a text, or offers it to be copied by hand.
    pub fn copy(self, what: String) {
        self.has_copied.set(false);
        copy(what.clone(), move |is_done| {
            self.has_copied.try_set(is_done);
            self.by_hand.try_set((!is_done).then_some(what));
        });
    }

    /// What is said of it.
    pub fn told(self) -> AnyView {
        let said = text(move || if self.has_copied.get() { words::COPIED } else { "" }.to_owned());
        let area = dynamic(move || {
            self.by_hand.with(Option::is_some).then(|| {
                let what = text(move || self.by_hand.get().unwrap_or_default());
                view! { <p class="lc-small">{words::BY_HAND}</p> {by_hand(words::BY_HAND, "4", what)} }
                    .into_any()
            })
        });
        view! {
            <span class="lc-muted lc-small" role="status">
                {said}
            </span>
            {area}
        }
        .into_any()
    }
}

/// What gives a text when it is wanted.
pub type Give = Box<dyn Fn() -> String>;

/// A file that is offered: its kind in words, how it ends, and what is in it.
pub type Offer = (&'static str, &'static str, Give);

/// The buttons of an output.
pub fn tools(number: &str, copied: Option<Give>, offers: Vec<Offer>) -> AnyView {
    let copying = Copying::new();
    let copy = copied.map(|give| {
        let give = Held::new(give);
        let pressed = press(move || {
            if let Some(what) = give.with(|it| it()) {
                copying.copy(what);
            }
        });
        view! {
            <button type="button" class="lc-button lc-quiet" aria-label=words::copy(number) on:click=pressed>
                {words::COPY}
            </button>
        }
        .into_any()
    });
    let offers = offers.into_iter().map(|(kind, ending, give)| {
        let (give, name) = (Held::new(give), format!("statement-{number}.{ending}"));
        let pressed = press(move || {
            if let Some(what) = give.with(|it| it()) {
                // What the browser says of a file that it does not save, it says itself.
                let _ = save(&name, &what);
            }
        });
        view! {
            <button
                type="button"
                class="lc-button lc-quiet lc-save"
                aria-label=words::download(number, kind)
                on:click=pressed
            >
                {kind}
            </button>
        }
        .into_any()
    });
    view! { <div class="lc-output-tools">{copy} {offers.collect_view()} {copying.told()}</div> }.into_any()
}
