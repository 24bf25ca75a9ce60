//! The sections of a log as tabs.

use console::Tally;
use leptos::prelude::*;
use livy::Section;
use web_sys::KeyboardEvent;

use crate::web::browser::focus::focus_element;
use crate::web::reactive::{Seen, memo, press, shown, text};
use crate::web::words::log as say;

/// What is known of a section without its lines.
#[derive(Clone, Copy, PartialEq)]
pub struct Count {
    /// How many lines it has had.
    pub lines: u64,
    /// How many of them are dropped.
    pub dropped: u64,
    /// How many errors and warnings it has.
    pub tally: Tally,
}

/// Of each section; `None` for one that the server has not shown.
pub type Counts = [Option<Count>; 3];

/// Of one section.
pub fn count_of(counts: &Counts, section: Section) -> Option<Count> {
    counts.get(section as usize).copied().flatten()
}

/// The tabs. They are one stop of the tab key; arrow keys go from one to the other (WAI-ARIA Authoring Practices, Tabs).
pub fn tabs(
    counts: Seen<Counts>,
    chosen: Seen<Option<Section>>,
    pick: impl Fn(Section) + Copy + Send + 'static,
) -> AnyView {
    let turn: Box<dyn FnMut(KeyboardEvent)> = Box::new(move |event| {
        let exists = |it: &Section| counts.with_untracked(|counts| count_of(counts, *it).is_some());
        let tabs: Vec<Section> = Section::ALL.into_iter().filter(exists).collect();
        let at = tabs.iter().position(|it| Some(*it) == chosen.get_untracked()).unwrap_or_default();
        let next = match event.key().as_str() {
            "ArrowRight" => tabs.get(at + 1).or(tabs.first()),
            "ArrowLeft" => at.checked_sub(1).and_then(|it| tabs.get(it)).or(tabs.last()),
            "Home" => tabs.first(),
            "End" => tabs.last(),
            _ => None,
        };
        if let Some(next) = next.copied() {
            event.prevent_default();
            pick(next);
            focus_element(tab_id(next));
        }
    });
    let tabs = Section::ALL.map(|it| tab(it, counts, chosen, Box::new(move || pick(it)))).collect_view();
    view! {
        <div class="lc-tabs" role="tablist" aria-label=say::SECTIONS on:keydown=turn>
            {tabs}
        </div>
    }
    .into_any()
}

fn tab_id(section: Section) -> String {
    format!("lc-tab-{}", section.as_str())
}

fn tab(
    section: Section,
    counts: Seen<Counts>,
    chosen: Seen<Option<Section>>,
    pick: Box<dyn Fn() + Send>,
) -> AnyView {
    let count = memo(move || counts.with(|it| count_of(it, section).map(|it| it.lines)));
    let selected = text(move || (chosen.get() == Some(section)).to_string());
    let pick = StoredValue::new_local(pick);
    let part = move || {
        let press = press(move || {
            pick.try_with_value(|it| it());
        });
        view! {
            <button
                type="button"
                class="lc-tab"
                role="tab"
                id=tab_id(section)
                aria-selected=selected
                aria-controls="lc-lines"
                tabindex=text(move || if chosen.get() == Some(section) { "0" } else { "-1" }.to_owned())
                on:click=press
            >
                {section.as_str()}
                " "
                <span class="lc-tab-count">{text(move || count.get().unwrap_or_default().to_string())}</span>
            </button>
        }
        .into_any()
    };
    shown(memo(move || count.get().is_some()), part)
}
