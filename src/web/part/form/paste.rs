//! What reads and writes the texts of other tools: a part of the program, fetched when somebody edits the request or copies it for one.

use form::json::Value;
use leptos::prelude::*;
use snippet::{Format, Snippet, Written};

use crate::web::browser::surroundings::begin;
use crate::web::reactive::press;
use crate::web::split::part;
use crate::web::words::frame as words;

/// The way into that part.
#[derive(Clone, Copy)]
pub struct Tools {
    /// [`snippet::recognise`]
    pub recognise: fn(&str) -> Result<Snippet, String>,
    /// [`snippet::write`]
    pub write: fn(Format, &Value, &str) -> Written,
}

part!(paste: fn tools() -> Tools { Tools { recognise: snippet::recognise, write: snippet::write } });

/// How far it has come.
#[derive(Clone, Copy)]
enum PasteTools {
    Unasked,
    Coming,
    Here(Tools),
    /// The last attempt failed.
    Failed,
}

/// That part, wherever it is.
#[derive(Clone, Copy)]
pub struct Paste(RwSignal<PasteTools>);

impl Paste {
    /// Not asked for yet.
    pub fn new() -> Self {
        Self(RwSignal::new(PasteTools::Unasked))
    }

    /// Fetches it, unless it is here or on its way.
    pub fn fetch(self) {
        if matches!(self.0.get_untracked(), PasteTools::Coming | PasteTools::Here(_)) {
            return;
        }
        self.0.set(PasteTools::Coming);
        begin(Box::pin(async move {
            let arrival = tools().await.map_or(PasteTools::Failed, PasteTools::Here);
            self.0.try_set(arrival);
        }));
    }

    /// True once it is here.
    pub fn is_here(self) -> bool {
        matches!(self.0.get(), PasteTools::Here(_))
    }

    /// True after an attempt that failed.
    pub fn has_failed(self) -> bool {
        matches!(self.0.get(), PasteTools::Failed)
    }

    /// What it can do, if it is here.
    pub fn tools(self) -> Option<Tools> {
        if let PasteTools::Here(tools) = self.0.get_untracked() { Some(tools) } else { None }
    }

    /// The way to another attempt.
    pub fn try_again(self) -> AnyView {
        view! {
            <button type="button" class="lc-link-button" on:click=press(move || self.fetch())>
                {words::TRY_AGAIN}
            </button>
        }
        .into_any()
    }
}
