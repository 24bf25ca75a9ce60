//! The editor: a text area with good manners, the language, and the button that runs it.

use console::{Event, Model};
use leptos::html;
use leptos::prelude::*;
use livy::Kind;
use web_sys::{KeyboardEvent, SubmitEvent};

use crate::web::console::Console;
use crate::web::part::statements::fate::fate;
use crate::web::part::statements::runner::{Runner, Said};
use crate::web::reactive::{dynamic, text};
use crate::web::words::statements as words;

/// The languages that can be chosen.
const KINDS: [Kind; 4] = [Kind::Spark, Kind::PySpark, Kind::SparkR, Kind::Sql];

/// The language of the session itself.
fn kind_of(model: &Model) -> Option<Kind> {
    model.watch()?.session()?.kind().and_then(Kind::parse).filter(|it| *it != Kind::Shared)
}

/// The form below the statements.
pub fn editor(console: Console, runner: Runner) -> AnyView {
    let area: NodeRef<html::Textarea> = NodeRef::new();
    let own = console.look(kind_of);
    let chosen = RwSignal::new(own);
    let draft = console.look(|model| Some(model.statements()?.draft().to_owned())).unwrap_or_default();
    let run = move || {
        if let Some(area) = area.get_untracked() {
            runner.run(area.value(), chosen.get_untracked());
        }
    };
    let submitted = move |event: SubmitEvent| {
        event.prevent_default();
        run();
    };
    let typed = move |_| {
        if let Some(area) = area.get_untracked() {
            console.tell(Event::Drafted(area.value()));
            runner.forget();
        }
    };
    let keyed: Box<dyn FnMut(KeyboardEvent)> = Box::new(move |event| {
        if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
            event.prevent_default();
            // A key that is held down presses once.
            if !event.repeat() {
                run();
            }
        }
    });
    let pick = move |event| chosen.set(Kind::parse(&event_target_value(&event)));
    let options = KINDS.map(|it| {
        view! {
            <option value=it.as_str() selected=own == Some(it)>
                {it.as_str()}
            </option>
        }
        .into_any()
    });
    let none = own.is_none().then(|| view! { <option value="">{words::CHOOSE}</option> }.into_any());
    let again = move || {
        (runner.said.get() == Said::Press(console::Press::SameAgain)).then(|| {
            view! {
                <button
                    type="button"
                    class="lc-button"
                    on:click=crate::web::reactive::press(move || runner.run_again())
                >
                    {words::RUN_IT_AGAIN}
                </button>
            }
            .into_any()
        })
    };
    view! {
        <form class="lc-code-form" on:submit=submitted>
            <label class="lc-code-label" for="lc-code">
                {words::CODE}
            </label>
            <textarea
                class="lc-input lc-mono lc-text lc-code-area"
                id="lc-code"
                name="code"
                rows="4"
                spellcheck="false"
                autocapitalize="off"
                autocomplete="off"
                node_ref=area
                prop:value=draft
                on:input=typed
                on:keydown=keyed
            ></textarea>
            <p role="status" class="lc-code-said">
                {text(move || words::said(&runner.said.get()))}
            </p>
            {dynamic(again)}
            <div class="lc-code-foot">
                <label class="lc-code-kind">
                    {words::LANGUAGE}
                    " "
                    <select class="lc-input" name="kind" on:change=pick>
                        {none}
                        {options.into_iter().collect_view()}
                    </select>
                </label>
                <button type="submit" class="lc-button lc-primary">
                    {words::RUN}
                </button>
            </div>
            {fate(console)}
        </form>
    }
    .into_any()
}
