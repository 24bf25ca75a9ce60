//! What came of a statement: each kind of output in its own way, what says most first. Everything is text, whatever it holds.

pub mod band;
pub mod cells;
pub mod dialog;
pub mod fault;
pub mod grid;
pub mod paper;
pub mod picked;
pub mod sandbox;
pub mod table;
pub mod text;
pub mod tools;

use console::{Image, Shape, Table, row_limit, shapes};
use leptos::prelude::*;
use livy::{Output, OutputPart, Statement};
use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;

use crate::web::browser::focus::focus_still;
use crate::web::console::Console;
use crate::web::part::output::fault::fault_view;
use crate::web::part::output::table::table_view;
use crate::web::part::output::text::{json_view, markup_view, text_view};
use crate::web::part::output::tools::tools;
use crate::web::reactive::{Same, Seen, dynamic, press};
use crate::web::words::output as words;

/// The output of a statement, drawn anew when it is another one.
#[component]
pub fn OutputView(
    /// Of which.
    statement: Seen<Option<Same<Statement>>>,
) -> AnyView {
    let console = Console::here();
    dynamic(move || Some(output_view(console, statement.get()?)))
}

/// One kind after the other, or as tabs where several say something.
fn output_view(console: Console, statement: Same<Statement>) -> AnyView {
    let Some(output) = &statement.output else { return ().into_any() };
    let parts: Vec<(Shape, Option<OutputPart>)> =
        shapes(output).into_iter().map(|it| (it.0, it.1.cloned())).collect();
    let chosen = RwSignal::new(0_usize);
    let panel = panel_id(statement.id.as_str());
    let tabs = (parts.len() > 1).then(|| tabs(&parts, chosen, &panel));
    let has_tabs = tabs.is_some();
    let body = dynamic(move || {
        let output = statement.output.as_ref()?;
        let (shape, part) = parts.get(chosen.get())?;
        let part = part.as_ref();
        let table = part.filter(|_| *shape == Shape::Table).and_then(|it| Table::of(output.piece(it)));
        let shape = match (shape, &table) {
            (Shape::Table, None) => Shape::Json,
            (shape, _) => *shape,
        };
        let word = shape.as_str();
        let mime = part.map(|it| it.mime.clone());
        let part = view! {
            <div
                class="lc-output"
                id=has_tabs.then(|| panel.clone())
                role=has_tabs.then_some("tabpanel")
                aria-labelledby=has_tabs.then(|| tab_id(&panel, chosen.get()))
                data-output=word
                data-output-type=mime
            >
                {part_view(console, &statement, output, (shape, part, table))}
            </div>
        };
        Some(part.into_any())
    });
    view! {
        {tabs}
        {body}
    }
    .into_any()
}

/// The id of the element with the output of a statement: the console's own tree has it once. No blank may be in it.
fn panel_id(number: &str) -> String {
    let letter = |it: u8| {
        if it.is_ascii_alphanumeric() { char::from(it).to_string() } else { format!("_{it:02x}") }
    };
    format!("lc-output-{}", number.bytes().map(letter).collect::<String>())
}

/// The id of the tab of one of its kinds.
fn tab_id(panel: &str, at: usize) -> String {
    format!("{panel}-tab-{at}")
}

/// The kinds of an output. They are one stop of the tab key; arrows go from one to the other.
fn tabs(parts: &[(Shape, Option<OutputPart>)], chosen: RwSignal<usize>, panel: &str) -> AnyView {
    let count = parts.len();
    let keys: Box<dyn FnMut(KeyboardEvent)> = Box::new(move |event| {
        let at = chosen.get_untracked();
        let next = match event.key().as_str() {
            "ArrowRight" => (at + 1) % count,
            "ArrowLeft" => (at + count - 1) % count,
            _ => return,
        };
        event.prevent_default();
        chosen.set(next);
        let list = event.current_target().and_then(|it| it.dyn_into::<web_sys::Element>().ok());
        if let Some(tab) = list.and_then(|it| it.children().item(u32::try_from(next).unwrap_or_default())) {
            focus_still(tab.unchecked_ref());
        }
    });
    let each = parts.iter().enumerate().map(|(at, (shape, part))| {
        let mime = part.as_ref().map(|it| it.mime.clone());
        let is = move |yes: &'static str, no: &'static str| {
            crate::web::reactive::text(move || if chosen.get() == at { yes } else { no }.to_owned())
        };
        view! {
            <button
                type="button"
                class="lc-tab"
                role="tab"
                id=tab_id(panel, at)
                aria-controls=panel.to_owned()
                aria-selected=is("true", "false")
                tabindex=is("0", "-1")
                on:click=press(move || chosen.set(at))
            >
                {mime.unwrap_or_else(|| shape.as_str().to_owned())}
            </button>
        }
        .into_any()
    });
    view! {
        <div class="lc-tabs" role="tablist" aria-label=words::KINDS on:keydown=keys>
            {each.collect_view()}
        </div>
    }
    .into_any()
}

fn part_view(
    console: Console,
    statement: &Statement,
    output: &Output,
    (shape, part, table): (Shape, Option<&OutputPart>, Option<Table>),
) -> AnyView {
    let number = statement.id.as_str();
    let piece = part.map_or_else(|| output.whole(), |it| output.piece(it));
    let mime = part.map_or("", |it| it.mime.as_str());
    match shape {
        Shape::Error => match &output.error {
            Some(error) => fault_view(console, number, statement, error),
            None => json_view(number, piece),
        },
        Shape::Image => image_view(statement, mime, piece),
        Shape::Table | Shape::Json => match table {
            Some(table) => {
                let limit = console.look(|model| Some(row_limit(model.watch()?.session()?)));
                table_view(number, table, limit.or(Some(usize::MAX)))
            }
            None => json_view(number, piece),
        },
        Shape::Text => text_view(number, piece),
        Shape::Markup => markup_view(number, piece),
        Shape::Empty => view! { <p class="lc-output-note">{words::EMPTY}</p> }.into_any(),
        Shape::Unknown => {
            let said = match part {
                Some(_) => words::unknown(mime),
                None => words::unknown_status(&output.status),
            };
            view! {
                <p class="lc-output-note lc-break">{said}</p>
                {json_view(number, piece)}
            }
            .into_any()
        }
    }
}

/// A picture; what is none stands there as it was sent.
fn image_view(statement: &Statement, mime: &str, piece: livy::Piece) -> AnyView {
    let number = statement.id.as_str();
    let is_figure =
        statement.code.as_deref().is_some_and(|it| it.lines().any(|it| it.starts_with("%matplot")));
    let image = piece.json().text().and_then(|it| Image::of(mime, &it));
    let has_failed = RwSignal::new(image.is_none());
    let number = number.to_owned();
    let source = piece.clone();
    let failed = dynamic({
        let number = number.clone();
        move || {
            has_failed.get().then(|| {
                view! {
                    <p class="lc-output-note">{words::NO_IMAGE}</p>
                    {text_view(&number, source.clone())}
                }
                .into_any()
            })
        }
    });
    let picture = image.map(|image| {
        let name = format!("statement-{number}.{}", image.ending);
        let size = format!("{}, {}", mime, words::size(image.bytes));
        let address = image.address.clone();
        view! {
            <div class="lc-output-bar" hidden=has_failed>
                <span class="lc-muted lc-small">{size}</span>
                <a class="lc-button lc-quiet" download=name href=image.address.clone()>
                    {words::download(&number, &image.ending.to_ascii_uppercase())}
                </a>
                <div title=words::COPIES_IMAGE>{tools(&number, Some(Box::new(move || address.clone())), Vec::new())}</div>
            </div>
            <img
                class="lc-output-image"
                alt=words::image_of(&number)
                src=image.address
                hidden=has_failed
                on:error=move |_| has_failed.set(true)
            />
            {is_figure.then(|| view! { <p class="lc-output-note">{words::CLEAR_FIGURE}</p> })}
        }
    });
    view! {
        {picture}
        {failed}
    }
    .into_any()
}
