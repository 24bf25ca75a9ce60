//! The statements in their order, the newest at the bottom.

use console::{Event, Reading};
use leptos::prelude::*;
use livy::StatementId;

use crate::web::browser::scroll;
use crate::web::console::Console;
use crate::web::part::statements::editor::Editor;
use crate::web::part::statements::entry::entry;
use crate::web::part::statements::following::Following;
use crate::web::reactive::{dynamic, effect, memo, press, shown, text};
use crate::web::words::statements as words;

/// All that are known.
pub fn entries(console: Console, editor: Editor) -> AnyView {
    let ids = console.see(|model| {
        let all = model.statements().map(|it| it.entries()).unwrap_or_default();
        all.iter().map(|it| it.id().clone()).collect::<Vec<_>>()
    });
    let following = Following::new();
    // What changes in a statement changes its height.
    let changes = console.see(|model| {
        let all = model.statements().map(|it| it.entries()).unwrap_or_default();
        all.last().map(|it| (all.len(), it.statement.state.clone(), it.statement.output.is_some()))
    });
    effect(move || {
        changes.track();
        if following.follows.get() {
            following.seen.set(ids.with(Vec::len));
        }
        following.drawn();
    });
    // Whoever runs something wants to see what comes of it.
    effect(move || {
        if editor.runner.sent.get() > 0 {
            following.follow();
        }
    });
    // Ids that are no numbers have no order in which older ones could be asked for.
    let has_older = console.see(|model| {
        model.statements().is_some_and(|it| {
            let first = it.entries().first().and_then(|it| it.id().number());
            it.reading() == Reading::Read && first.is_some_and(|it| it > 0) && !it.has_all()
        })
    });
    let older = move || {
        let ask = press(move || {
            following.stay();
            console.tell(Event::OlderAsked);
        });
        view! {
            <button type="button" class="lc-button lc-quiet lc-older" on:click=ask>
                {words::OLDER}
            </button>
        }
        .into_any()
    };
    let is_empty = console.see(|model| {
        model.statements().is_some_and(|it| it.entries().is_empty() && it.reading() == Reading::Read)
    });
    let none = move || view! { <p class="lc-panel-body lc-muted">{words::NONE_YET}</p> }.into_any();
    let (pointed, note) = follow_link(console, following);
    let unread = memo(move || ids.with(Vec::len).saturating_sub(following.seen.get()));
    let pill = move || {
        view! {
            <button type="button" class="lc-pill" on:click=press(move || following.follow())>
                {text(move || words::new(unread.get()))}
                " ↓"
            </button>
        }
        .into_any()
    };
    let each = move || ids.get();
    let children = move |id: StatementId| entry(console, editor, pointed, id);
    view! {
        {dynamic(move || note.get().map(|it| view! { <p class="lc-statement-note lc-panel-body">{it}</p> }.into_any()))}
        <div class="lc-entries-frame">
            <div
                class="lc-entries"
                tabindex="0"
                role="group"
                aria-label=words::HISTORY
                node_ref=following.element
                on:scroll=move |_| {
                    // One press of the button, which stays for the keys.
                    if following.scrolled() && has_older.get_untracked() {
                        console.tell(Event::OlderAsked);
                    }
                }
            >
                {shown(has_older, older)}
                {shown(is_empty, none)}
                <For each=each key=|id| id.clone() children=children />
            </div>
            {shown(memo(move || !following.follows.get()), pill)}
        </div>
    }
    .into_any()
}

/// Points at the statement of the address as soon as it is known, and reads older ones to find it. The result is the one that is pointed
/// at, and what there is to say meanwhile.
fn follow_link(
    console: Console,
    following: Following,
) -> (RwSignal<Option<StatementId>>, RwSignal<Option<String>>) {
    let (pointed, note) = (RwSignal::new(None), RwSignal::new(None));
    let wanted = console.query.statement;
    let seen = console.see(move |model| {
        let asked = wanted.get();
        if asked.is_empty() {
            return None;
        }
        let statements = model.statements()?;
        let found = statements.entries().iter().map(|it| it.id()).find(|it| it.as_str() == asked);
        let first = statements.entries().first().and_then(|it| it.id().number());
        let is_older = asked.parse().ok().zip(first).is_some_and(|(it, first): (u64, u64)| it < first);
        let is_none = asked.parse::<u64>().is_err() && first.is_some();
        Some((asked, found.cloned(), is_older && !statements.has_all(), is_none, statements.reading()))
    });
    effect(move || {
        let Some((asked, found, is_older, is_none, reading)) = seen.get() else { return };
        match (found, reading) {
            (Some(id), _) => untrack(|| {
                wanted.set(String::new());
                note.set(None);
                following.stay();
                scroll::into_view_soon(format!("[data-statement-id=\"{}\"]", id.as_str()));
                pointed.set(Some(id));
            }),
            (None, Reading::Read) if is_older => untrack(|| console.tell(Event::OlderAsked)),
            (None, Reading::Read | Reading::Over) => untrack(|| {
                wanted.set(String::new());
                note.set(Some(if is_none { words::no_number(&asked) } else { words::not_found(&asked) }));
            }),
            (None, _) => {}
        }
    });
    (pointed, note)
}
