//! A session's log: its sections as tabs, its lines as rows.

use console::{Entry, shown};
use leptos::html;
use leptos::prelude::*;
use livy::Section;

use crate::web::download;
use crate::web::page::Console;
use crate::web::part::NoticeBox;

/// One row, by what never changes of it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum RowKey {
    Line(u64),
    Gap(Option<u64>),
}

/// How many pixels from the end still count as the end: a fraction of a line is left over at most zooms.
const END_TOLERANCE: i32 = 8;

/// The log beside the facts.
#[component]
pub fn LogView() -> Option<AnyView> {
    let console = Console::here()?;
    let board = console.board;
    let log = move |section: Section| {
        console.driver.try_with_value(|it| {
            it.look(|model| {
                model.watch().and_then(|it| it.log().section(section).map(|it| (it.count(), it.dropped())))
            })
        })
    };
    let counts = Memo::new(move |_| {
        board.log_revision.get();
        board.watch.with(|it| it.as_ref().map(|it| it.address.clone()));
        Section::ALL.map(|it| log(it).flatten())
    });
    let picked = RwSignal::new(None::<Section>);
    // Spark's own log goes to stderr, so that is what is looked at unless somebody picks another.
    let section = Memo::new(move |_| {
        let there = |it: Section| counts.with(|counts| counts.get(it as usize).copied().flatten());
        let fullest = || {
            [Section::Stderr, Section::Stdout, Section::Diagnostics]
                .into_iter()
                .find(|it| there(*it).is_some())
        };
        picked.get().filter(|it| there(*it).is_some()).or_else(fullest)
    });
    let rows = move || {
        counts.track_all();
        let Some(section) = section.get() else { return Vec::new() };
        let keys = console.driver.try_with_value(|it| {
            it.look(|model| {
                let log = model.watch().and_then(|it| it.log().section(section));
                let key = |entry| match entry {
                    Entry::Line { number, .. } => RowKey::Line(number),
                    Entry::Gap { after } => RowKey::Gap(after),
                };
                log.map(|it| it.entries().map(key).map(|it| (section, it)).collect::<Vec<_>>())
            })
        });
        keys.flatten().unwrap_or_default()
    };
    let pane: NodeRef<html::Div> = NodeRef::new();
    let follows = RwSignal::new(true);
    let to_end = move || {
        if let Some(pane) = pane.get_untracked() {
            pane.set_scroll_top(pane.scroll_height());
        }
    };
    Effect::new(move |_| {
        counts.track_all();
        section.get();
        if follows.get_untracked() {
            // The rows are drawn first.
            request_animation_frame(to_end);
        }
    });
    let scrolled = move |_| {
        if let Some(pane) = pane.get_untracked() {
            let rest = pane.scroll_height() - pane.scroll_top() - pane.client_height();
            if follows.get_untracked() != (rest <= END_TOLERANCE) {
                follows.set(rest <= END_TOLERANCE);
            }
        }
    };
    let pick = move |section: Section| {
        picked.set(Some(section));
        follows.set(true);
    };
    let log_error =
        Memo::new(move |_| board.watch.with(|it| it.as_ref().and_then(|it| it.log_error.clone())));
    let trouble = move || {
        let notice = console.notice(&log_error.get()?, console::Doing::ReadingLog)?;
        Some(view! { <NoticeBox notice=notice retry=false /> })
    };
    let dropped = move || {
        let dropped =
            section.get().and_then(|it| counts.with(|counts| counts.get(it as usize).copied().flatten()))?.1;
        (dropped > 0).then(|| {
            format!("This page keeps the last 5,000 lines of each stream; {dropped} older ones are dropped.")
        })
    };
    let save = move |_| {
        let file =
            board.watch.with(|it| it.as_ref().map(|it| format!("livy-session-{}.log", it.address.segment())));
        let text = console
            .driver
            .try_with_value(|it| it.look(|model| model.watch().map(|it| it.log().to_text())))
            .flatten();
        if let (Some(file), Some(text)) = (file, text) {
            // A browser that refuses a download says so itself.
            let _ = download::save(&file, &text);
        }
    };
    let any = Memo::new(move |_| counts.with(|it| it.iter().any(Option::is_some)));
    let label = move || section.get().map_or("log", Section::as_str);
    let nothing = move || {
        section.get().is_none_or(|it| {
            counts.with(|counts| counts.get(it as usize).copied().flatten().is_none_or(|it| it.0 == 0))
        })
    };
    Some(
        view! {
            <section class="lc-log" aria-label="Log">
                <div class="lc-log-bar">
                    <div class="lc-tabs" role="tablist" aria-label="Sections of the log">
                        {Section::ALL.map(|it| tab(it, counts, section, pick)).collect_view()}
                    </div>
                    <div class="lc-log-tools">
                        <Show when=move || !follows.get()>
                            <button
                                type="button"
                                class="lc-button lc-quiet"
                                on:click=move |_| {
                                    follows.set(true);
                                    to_end();
                                }
                            >
                                "Go to the end"
                            </button>
                        </Show>
                        <Show when=move || any.get()>
                            <button type="button" class="lc-button" on:click=save>
                                "Download log"
                            </button>
                        </Show>
                    </div>
                </div>
                {trouble}
                <div
                    class="lc-lines"
                    id="lc-lines"
                    role="log"
                    aria-live="off"
                    aria-label=label
                    tabindex="0"
                    node_ref=pane
                    on:scroll=scrolled
                >
                    {move || dropped().map(|it| view! { <p class="lc-lines-note">{it}</p> })}
                    <Show when=nothing>
                        <p class="lc-lines-note">
                            {move || if any.get() { "No lines here yet" } else { "No log yet" }}
                        </p>
                    </Show>
                    <For each=rows key=|row| row.clone() let:row>
                        {draw(row, console)}
                    </For>
                </div>
            </section>
        }
        .into_any(),
    )
}

type Counts = Memo<[Option<(u64, u64)>; 3]>;

trait TrackAll {
    fn track_all(&self);
}

impl TrackAll for Counts {
    /// Any new row of any section.
    fn track_all(&self) {
        self.with(|_| ());
    }
}

fn tab(
    section: Section,
    counts: Counts,
    chosen: Memo<Option<Section>>,
    pick: impl Fn(Section) + Copy + Send + Sync + 'static,
) -> AnyView {
    let count =
        Memo::new(move |_| counts.with(|it| it.get(section as usize).copied().flatten().map(|it| it.0)));
    let selected = Memo::new(move |_| chosen.get() == Some(section));
    let id = format!("lc-tab-{}", section.as_str());
    view! {
        <Show when=move || count.get().is_some()>
            <button
                type="button"
                class="lc-tab"
                role="tab"
                id=id.clone()
                aria-selected=move || if selected.get() { "true" } else { "false" }
                aria-controls="lc-lines"
                on:click=move |_| pick(section)
            >
                {section.as_str()}
                " "
                <span class="lc-tab-count">{move || count.get().unwrap_or_default()}</span>
            </button>
        </Show>
    }
    .into_any()
}

/// A row holds its line's text and nothing else; its number is drawn from an attribute.
fn draw((section, key): (Section, RowKey), console: Console) -> AnyView {
    match key {
        RowKey::Gap(after) => view! {
            <div class="lc-gap" data-log-gap="" data-log-section=section.as_str() data-log-after=after.map(|it| it.to_string())>
                "Lines may be missing here: the server keeps only its last ones"
            </div>
        }
        .into_any(),
        RowKey::Line(number) => {
            let text = console.driver.try_with_value(|it| {
                it.look(|model| {
                    let log = model.watch().and_then(|it| it.log().section(section));
                    log.and_then(|it| it.line(number)).map(|it| shown(it).into_owned())
                })
            });
            view! {
                <div class="lc-line" data-log-line=number data-log-section=section.as_str() data-number=number + 1>
                    {text.flatten().unwrap_or_default()}
                </div>
            }
            .into_any()
        }
    }
}
