//! An error: what it says, the lines of code that it names, and what is worth saying beside it.

use console::{CodePlace, Fault, Mark, Stack, code_places};
use leptos::prelude::*;
use livy::{Kind, Statement, StatementError, StatementId};

use crate::web::browser::code::select_line;
use crate::web::console::Console;
use crate::web::part::output::paper::{Paper, Source};
use crate::web::part::output::text::json_view;
use crate::web::part::output::tools::tools;
use crate::web::reactive::{Held, dynamic, press};
use crate::web::words::output as words;

/// The view of an error.
pub fn fault_view(console: Console, number: &str, statement: &Statement, error: &StatementError) -> AnyView {
    let code = statement.code.as_deref().map_or("", |it| Mark::taken_off(it).0);
    let fault = Fault::of(error);
    if fault.heading.is_empty() {
        let sent = statement.output.as_ref().map(|it| json_view(number, it.whole()));
        return view! { {note(words::SILENT_ERROR.to_owned())} {sent} }.into_any();
    }
    let copied = fault.text();
    let links = code_places(error).into_iter().filter_map(|place| link(console, &statement.id, code, place));
    let links: Vec<AnyView> = links.collect();
    let causes = fault.causes.iter().map(|it| {
        view! { <p class="lc-break">{console::visible(&words::caused_by(it)).into_owned()}</p> }.into_any()
    });
    let noted = |holds: bool, said: &'static str| holds.then(|| note(said.to_owned()));
    let kind = console.look(|model| {
        let statements = model.statements()?;
        // Only these have a process of their own that can end.
        statements
            .ran_in(statements.entry(&statement.id)?)
            .filter(|it| matches!(it, Kind::PySpark | Kind::SparkR))
    });
    let died = fault.is_death.then(|| words::died(kind.map(Kind::as_str)));
    let rest = (!fault.rest.is_empty()).then(|| details(number, &fault.rest));
    view! {
        <p class="lc-fault lc-break">{console::visible(&fault.heading).into_owned()}</p>
        {causes.collect_view()}
        {(!links.is_empty()).then(|| view! { <p class="lc-fault-lines">{links}</p> })}
        {noted(fault.lost_prints, words::LOST_PRINTS)}
        {noted(fault.is_no_json, words::NO_JSON)}
        {died.map(note)}
        {rest}
        {tools(number, Some(Box::new(move || copied.clone())), Vec::new())}
    }
    .into_any()
}

fn note(said: String) -> AnyView {
    view! { <p class="lc-output-note">{said}</p> }.into_any()
}

/// The rest of its words and the traceback, folded.
fn details(number: &str, rest: &str) -> AnyView {
    let (is_open, count) = (RwSignal::new(false), rest.lines().count());
    let (rest, number) = (Held::new(rest.to_owned()), number.to_owned());
    let body = dynamic(move || {
        let stack = is_open.get().then(|| rest.with(|it| Stack::unread(it.clone())))??;
        Some(Paper::new(Source::Stack(stack)).view(words::text_of(&number)))
    });
    // Drawn once: what was opened in it stays open.
    let opened = move |_| {
        if !is_open.get_untracked() {
            is_open.set(true);
        }
    };
    view! {
        <details on:toggle=opened>
            <summary class="lc-small">{words::details(count)}</summary>
            {body}
        </details>
    }
    .into_any()
}

/// The way to a line: of this code, or of the newest earlier statement that has the function. Nothing where it is not certain which line
/// of it is meant.
fn link(console: Console, id: &StatementId, code: &str, place: CodePlace) -> Option<AnyView> {
    let function = place.function.as_deref();
    let is_own = place.may_be_in(code);
    let earlier = || {
        console.look(|model| {
            let before = model.statements()?.entries().iter().take_while(|it| it.id() != id);
            let found = before.filter(|it| it.code().is_some_and(|it| place.may_be_in(it))).last()?;
            place.is_certain_in(found.code()?).then(|| found.id().clone())
        })
    };
    let of = match function {
        _ if is_own => place.is_certain_in(code).then(|| id.clone())?,
        Some(_) => earlier()?,
        None => return None,
    };
    let other = (!is_own).then(|| of.as_str().to_owned());
    let said = words::line(place.line, function, other.as_deref());
    let (line, column) = (place.line, place.column);
    let go = press(move || select_line(of.as_str(), line, column));
    let part = view! {
        <button type="button" class="lc-link-button" data-line=line.to_string() on:click=go>
            {said}
        </button>
        " "
    };
    Some(part.into_any())
}
