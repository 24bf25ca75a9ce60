//! The bar below the list while something is selected, or while something is done with what was.

use console::{EndStage, FleetEvent, Whole};
use form::SessionCopy;
use leptos::prelude::*;
use livy::SessionId;

use crate::web::browser::focus::focus_first;
use crate::web::console::Console;
use crate::web::form_box::FormRequest;
use crate::web::part::fleet::compare::compare;
use crate::web::part::fleet::end_question::end_question;
use crate::web::part::fleet::end_result::end_result;
use crate::web::part::fleet::place::{DELETE, SEARCH};
use crate::web::reactive::{dynamic, effect, maybe, memo, press, shown, text};
use crate::web::words::fleet as words;

/// The bar and its dialogs.
pub fn selection_bar() -> AnyView {
    let console = Console::here();
    let selected = console.see(|model| model.selected());
    let some = memo(move || selected.with(|it| it.count > 0 || it.is_waiting || it.is_cut_short));
    // A delete that is under way has its own words in this place.
    let ends = console.see(|model| model.ends().is_some_and(|it| it.stage != EndStage::Asking));
    create_again_when_here(console);
    view! {
        <div class="lc-selection">
            {shown(ends, move || end_result(console))}
            {shown(some, move || bar(console))}
        </div>
        {end_question(console)}
        {compare(console)}
    }
    .into_any()
}

fn bar(console: Console) -> AnyView {
    let selected = console.see(|model| model.selected());
    let bar = console.see(|model| model.end_bar());
    // Why a press did nothing, until that is no longer so.
    let pressed = RwSignal::new(None);
    let why = move || match bar.get() {
        bar if bar.is_some() && bar == pressed.get() => bar.map(words::barred).unwrap_or_default().to_owned(),
        _ => String::new(),
    };
    let say = move || match selected.get() {
        it if it.is_waiting => words::SELECTING.to_owned(),
        it if it.is_cut_short => {
            format!("{}. {}", words::selected(it.count, it.unlisted), words::SELECTING_CUT_SHORT)
        }
        it => words::selected(it.count, it.unlisted),
    };
    let clear = press(move || {
        console.tell(console::Event::Fleet(FleetEvent::PickedNone));
        // The button goes.
        focus_first(vec![SEARCH.to_owned()]);
    });
    let delete = move || {
        let busy = maybe(move || bar.get().is_some().then(|| "true".to_owned()));
        let ask = press(move || {
            pressed.set(bar.get_untracked());
            console.tell(console::Event::Fleet(FleetEvent::EndAsked));
        });
        view! {
            <button type="button" class="lc-button lc-danger" id=DELETE aria-disabled=busy on:click=ask>
                {text(move || words::delete(selected.get().count))}
            </button>
        }
        .into_any()
    };
    let count = memo(move || selected.get().count);
    let some = memo(move || count.get() > 0);
    let further = move || match count.get() {
        1 => Some(again(console)),
        2 => Some(comparing(console)),
        _ => None,
    };
    view! {
        <section class="lc-selected" aria-label=words::SELECTED>
            <p class="lc-selected-count" role="status">
                {text(say)}
            </p>
            {shown(some, delete)}
            <p class="lc-selected-why" role="status">
                {text(why)}
            </p>
            {dynamic(further)}
            <button
                type="button"
                class="lc-button lc-quiet lc-clear-selection"
                on:click=clear
            >
                {words::CLEAR_SELECTION}
            </button>
        </section>
    }
    .into_any()
}

fn comparing(console: Console) -> AnyView {
    let begin = press(move || {
        if let [one, other] = picked(console).as_slice() {
            let both = Some((one.clone(), other.clone()));
            console.tell(console::Event::Fleet(FleetEvent::Compared(both)));
        }
    });
    view! {
        <button type="button" class="lc-button" on:click=begin>
            {words::COMPARE}
        </button>
    }
    .into_any()
}

fn picked(console: Console) -> Vec<SessionId> {
    console.look(|model| Some(model.picked())).unwrap_or_default()
}

fn again(console: Console) -> AnyView {
    let whole = console.see(|model| model.whole().map(|it| it.answer.clone()));
    let begin = press(move || {
        let id = picked(console).first().cloned();
        console.tell(console::Event::Fleet(FleetEvent::WholeWanted(id)));
    });
    let failure = move || {
        let title = match whole.get()? {
            Whole::Failed(error) => {
                console.look(|model| Some(model.failure_title(&error, console::Doing::Reading)))?
            }
            Whole::Gone => words::IS_GONE.to_owned(),
            Whole::Waiting { .. } | Whole::Here(_) => return None,
        };
        Some(view! { <span class="lc-wrong-words">{title}</span> }.into_any())
    };
    let busy = maybe(move || matches!(whole.get(), Some(Whole::Waiting { .. })).then(|| "true".to_owned()));
    view! {
        <button type="button" class="lc-button" aria-busy=busy on:click=begin>
            {words::CREATE_AGAIN}
        </button>
        <span role="status">{dynamic(failure)}</span>
    }
    .into_any()
}

/// Once all of the session has come, its values go into the form.
fn create_again_when_here(console: Console) {
    let whole = console.see(|model| model.whole().cloned());
    effect(move || {
        let Some(Whole::Here(session)) = whole.get().map(|it| it.answer) else { return };
        console.tell(console::Event::Fleet(FleetEvent::WholeWanted(None)));
        let copy = SessionCopy { session, field: None, better: None };
        let kept = copy.to_storage();
        console.form.send(FormRequest::CreateAgain { copy, kept });
        console.go(&console::Route::New);
    });
}
