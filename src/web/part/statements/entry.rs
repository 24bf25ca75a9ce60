//! One statement: its code, how far it has come, and what came of it.

use leptos::html;
use leptos::prelude::*;
use livy::{StatementId, StatementPhase};

use crate::web::browser::surroundings::frame;
use crate::web::console::Console;
use crate::web::part::output::OutputView;
use crate::web::part::statements::colours::keep_coloured;
use crate::web::part::statements::editor::Editor;
use crate::web::part::statements::entry_head::head;
use crate::web::part::statements::entry_notes::notes;
use crate::web::part::statements::seen_entry::SeenEntry;
use crate::web::reactive::{dynamic, effect, flag, maybe, memo, press, shown};
use crate::web::words::statements as words;

/// The part of the window that one may take before it is cut.
const SHARE: f64 = 0.6;

/// The article of a statement.
pub fn entry(
    console: Console,
    editor: Editor,
    pointed: RwSignal<Option<StatementId>>,
    id: StatementId,
) -> AnyView {
    let entry = SeenEntry::new(console, &id);
    let name = id.as_str().to_owned();
    let state = maybe(move || entry.told(|it| Some(it.state.as_str().to_owned())));
    let status = maybe(move || entry.told(|it| it.status().map(str::to_owned)));
    let progress = maybe(move || entry.told(|it| it.progress_as_told.clone()));
    let origin = maybe(move || entry.stands(|it| Some(it.origin.as_str().to_owned())));
    let ahead = maybe(move || {
        let waits = entry.is_open() && entry.told(|it| Some(it.state.phase() == StatementPhase::Queued))?;
        entry.stands(|it| waits.then(|| it.ahead.to_string()))
    });
    let cancel = maybe(move || entry.stands(|it| it.cancel.map(str::to_owned)));
    let code =
        memo(move || entry.told(|it| Some(console::Mark::taken_off(it.code.as_deref()?).0.to_owned())));
    let pre: NodeRef<html::Pre> = NodeRef::new();
    let of_language = id.clone();
    let language = console.see(move |model| {
        let statements = model.statements()?;
        statements.ran_in(statements.entry(&of_language)?)
    });
    keep_coloured(pre, code, language);
    let code_block = move || {
        let code = code.get()?;
        Some(
            view! {
                <pre
                    class="lc-statement-code"
                    data-statement-code=""
                    translate="no"
                    tabindex="0"
                    aria-label=words::CODE_OF
                    node_ref=pre
                >
                    {code}
                </pre>
            }
            .into_any(),
        )
    };
    // Of one that cannot be read nothing is known.
    let no_code =
        memo(move || code.with(Option::is_none) && entry.stands(|it| Some(it.is_unreadable)) == Some(false));
    let has_output = memo(move || entry.told(|it| Some(it.output.is_some())) == Some(true));
    let has_none = memo(move || entry.stands(|it| Some(it.has_no_output)) == Some(true));
    let output = move || view! { <OutputView statement=entry.statement /> }.into_any();
    let body: NodeRef<html::Div> = NodeRef::new();
    let (is_tall, is_whole) = (RwSignal::new(false), RwSignal::new(false));
    // Once it is drawn, and again with each change: its height is known then.
    effect(move || {
        has_output.get();
        code.track();
        frame(move || {
            let tall = body.try_get_untracked().flatten().is_some_and(|it| is_too_tall(&it));
            if is_tall.try_get_untracked().is_some_and(|it| it != tall) {
                is_tall.set(tall);
            }
        });
    });
    let more = move || {
        view! {
            <button
                type="button"
                class="lc-button lc-quiet lc-statement-more"
                on:click=press(move || is_whole.set(true))
            >
                {words::SHOW_ALL}
            </button>
        }
        .into_any()
    };
    let is_cut = memo(move || is_tall.get() && !is_whole.get());
    let pointed_id = id.clone();
    let is_pointed = memo(move || pointed.with(|it| it.as_ref() == Some(&pointed_id)));
    view! {
        <article
            class="lc-statement"
            class:lc-statement-pointed=flag(move || is_pointed.get())
            aria-label=words::statement(&name)
            tabindex="-1"
            data-statement-id=name.clone()
            data-statement-state=state
            data-statement-status=status
            data-statement-origin=origin
            data-statement-progress=progress
            data-statement-ahead=ahead
            data-cancel=cancel
        >
            {head(console, editor, entry, &id, code)}
            <div class="lc-statement-body" class:lc-statement-cut=flag(move || is_cut.get()) node_ref=body>
                {dynamic(code_block)}
                {shown(no_code, || view! { <p class="lc-muted lc-small">{words::NO_CODE}</p> }.into_any())}
                {notes(console, entry, &id)}
                {shown(has_output, output)}
                {shown(has_none, || {
                    view! { <p class="lc-statement-note" data-output="empty">{words::NO_OUTPUT}</p> }.into_any()
                })}
            </div>
            {shown(is_cut, more)}
        </article>
    }
    .into_any()
}

/// True for what would take more than its share of what is seen.
fn is_too_tall(body: &web_sys::HtmlElement) -> bool {
    let (top, bottom) = crate::web::browser::scroll::seen().unwrap_or((0.0, f64::MAX));
    f64::from(body.scroll_height()) > SHARE * (bottom - top)
}
