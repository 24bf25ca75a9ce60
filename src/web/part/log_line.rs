//! One row of the log as it is drawn. Its text is the line's and nothing else; its number and its fold are drawn by the style.

use console::{Row, Span, paint, shown};
use leptos::prelude::*;
use livy::Section;

use crate::web::page::Console;
use crate::web::part::log_pane::LogPane;
use crate::web::reactive::press;

/// So much of a line is drawn, in bytes: a browser takes seconds over a line of megabytes. A copy and a file have all of it.
const DRAWN: usize = 20_000;

/// Draws a row.
pub fn draw((section, row, is_apart): (Section, Row, bool), pane: LogPane, console: Console) -> AnyView {
    match row {
        Row::Gap { after } => view! {
            <div class="lc-gap" data-log-gap="" data-log-section=section.as_str() data-log-after=after.map(|it| it.to_string())>
                {gap(section)}
            </div>
        }
        .into_any(),
        Row::Line { number, fold, is_hidden } => {
            let look = |log: &console::SectionLog| {
                let line = log.line(number)?;
                let (text, left) = match paint(line).filter(|_| line.len() <= DRAWN) {
                    Some(spans) => (Ok(spans), 0),
                    None => cut(&shown(line)),
                };
                Some((text, left, log.level(number).map(console::Level::as_str)))
            };
            let (text, left, level) =
                console.log(section, look).flatten().unwrap_or((Err(String::new()), 0, None));
            let class = match (is_hidden, is_apart) {
                (true, _) => "lc-line lc-folded",
                (_, true) => "lc-line lc-apart",
                _ => "lc-line",
            };
            let frame = (section.as_str(), number, class, level);
            let spans = match (text, fold) {
                // Nearly every line: a text and nothing else is made in half the time.
                (Err(text), None) if left == 0 => return around(frame, text),
                (Err(text), _) => text.into_any(),
                (Ok(spans), _) => spans.into_iter().map(span).collect_view().into_any(),
            };
            let rest = (left > 0).then(|| view! { <span class="lc-cut" data-left=left.to_string()></span> }.into_any());
            let fold = fold.map(|it| {
                let toggle = press(move || pane.toggle(section, number));
                let (label, short) =
                    if it.is_progress { ("earlier states of a progress", "earlier") } else { ("lines of a stack trace", "frames") };
                view! {
                    <button
                        type="button"
                        class="lc-fold"
                        aria-expanded=it.is_open.to_string()
                        aria-label=format!("{} {label}", it.frames)
                        data-folded=format!("{} {short}", it.frames)
                        on:click=toggle
                    ></button>
                }
                .into_any()
            });
            around(frame, (spans, rest, fold))
        }
    }
}

/// What is drawn of a text, and how many bytes are not.
fn cut(text: &str) -> (Result<Vec<Span>, String>, usize) {
    let end = if text.len() > DRAWN { text.floor_char_boundary(DRAWN) } else { text.len() };
    (Err(text.get(..end).unwrap_or_default().to_owned()), text.len() - end)
}

/// What a gap says. A ring forgets its oldest lines; diagnostics are a message that the server writes anew (`SparkYarnApp.scala`).
fn gap(section: Section) -> &'static str {
    match section {
        Section::Diagnostics => "Lines may be missing here: the server has another message since",
        _ => "Lines may be missing here: the server keeps only its last ones",
    }
}

/// The element of a line.
fn around(
    (section, number, class, level): (&'static str, u64, &'static str, Option<&'static str>),
    inside: impl IntoView + 'static,
) -> AnyView {
    view! {
        <div
            class=class
            data-level=level
            data-log-line=number.to_string()
            data-log-section=section
            data-number=(number + 1).to_string()
        >
            {inside}
        </div>
    }
    .into_any()
}

/// A painted piece: its colour is a class, so that both themes can have their own.
fn span(span: Span) -> AnyView {
    let colour = span.paint.colour.map(|it| format!("lc-ansi-{it} ")).unwrap_or_default();
    let bold = if span.paint.is_bold { "lc-bold " } else { "" };
    let line = if span.paint.is_underlined { "lc-underlined" } else { "" };
    view! { <span class=format!("{colour}{bold}{line}")>{span.text}</span> }.into_any()
}
