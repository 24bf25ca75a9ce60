//! A text, a JSON value or the source of a page, with what can be done with it.

use console::{Lines, Tree, grid, sandboxed_page};
use leptos::prelude::*;
use livy::Piece;

use crate::web::part::output::paper::{Paper, Source};
use crate::web::part::output::sandbox::Sandbox;
use crate::web::part::output::table::table_view;
use crate::web::part::output::tools::{Offer, tools};
use crate::web::reactive::{Held, dynamic, press};
use crate::web::words::output as words;

/// Of a text that is larger, nobody asks whether it is a table.
const LARGE: usize = 1 << 20;

/// A text. One that draws a table offers it as one.
pub fn text_view(number: &str, piece: Piece) -> AnyView {
    let lines = Lines::of(piece);
    let as_table = if lines.bytes() <= LARGE { grid(&lines.text()) } else { None };
    let is_table = RwSignal::new(false);
    let turn = as_table.is_some().then(|| switch(is_table, words::SHOW_AS_TABLE, words::SHOW_AS_TEXT));
    let (number, lines, as_table) = (number.to_owned(), Held::new(lines), Held::new(as_table));
    let body = move || {
        if is_table.get() {
            let table = as_table.with(Option::clone).flatten()?;
            return Some(table_view(&number, table, None));
        }
        Some(paper(&number, lines.with(Lines::clone)?))
    };
    view! {
        {turn}
        {dynamic(body)}
    }
    .into_any()
}

/// The lines of a text, and how to have all of them.
fn paper(number: &str, lines: Lines) -> AnyView {
    let (bytes, is_cut) = (lines.bytes(), RwSignal::new(lines.is_cut()));
    let pane = Paper::new(Source::Text(lines));
    let all = move || {
        let text = pane.look(|it| if let Source::Text(lines) = it { Some(lines.text()) } else { None });
        text.flatten().unwrap_or_default()
    };
    let more = move || {
        is_cut.set(false);
        pane.replace(|it| {
            if let Source::Text(lines) = it {
                *lines = lines.whole()
            }
        });
    };
    let whole = dynamic(move || {
        if !is_cut.get() {
            return None;
        }
        let part = view! {
            <p class="lc-output-note">
                {words::large(bytes)}
                " "
                <button type="button" class="lc-button" on:click=press(more)>
                    {words::show_all(bytes)}
                </button>
            </p>
        };
        Some(part.into_any())
    });
    let offers: Vec<Offer> = vec![("text", "txt", Box::new(all))];
    view! {
        {tools(number, Some(Box::new(all)), offers)}
        {whole}
        {pane.view(words::text_of(number))}
    }
    .into_any()
}

/// A JSON value.
pub fn json_view(number: &str, piece: Piece) -> AnyView {
    let (source, copied) = (piece.clone(), piece.clone());
    let offers: Vec<Offer> = vec![("JSON", "json", Box::new(move || source.json().as_written().to_owned()))];
    let copy = Box::new(move || copied.json().as_written().to_owned());
    view! {
        {tools(number, Some(copy), offers)}
        {Paper::new(Source::Json(Tree::unread(piece))).view(words::text_of(number))}
    }
    .into_any()
}

/// Markup: its source, and the page that it is where somebody wants to see that.
pub fn markup_view(number: &str, piece: Piece) -> AnyView {
    let lines = Held::new(Lines::of(piece));
    let is_page = RwSignal::new(false);
    let number = number.to_owned();
    let body = move || {
        if is_page.get() {
            let page = lines.with(|it| sandboxed_page(&it.text()))?;
            let frame = Sandbox::new(&words::page_of(&number), &page);
            let copy = Box::new(move || lines.with(Lines::text).unwrap_or_default());
            let part = view! {
                {tools(&number, Some(copy), Vec::new())}
                <p class="lc-output-note">{words::PAGE_NOTE}</p>
                {frame.view()}
            };
            return Some(part.into_any());
        }
        Some(paper(&number, lines.with(Lines::clone)?))
    };
    view! {
        {switch(is_page, words::SHOW_AS_PAGE, words::SHOW_SOURCE)}
        {dynamic(body)}
    }
    .into_any()
}

/// A button between two ways to show something.
fn switch(is_on: RwSignal<bool>, on: &'static str, off: &'static str) -> AnyView {
    view! {
        <button type="button" class="lc-button lc-quiet" on:click=press(move || is_on.update(|it| *it = !*it))>
            {crate::web::reactive::text(move || if is_on.get() { off } else { on }.to_owned())}
        </button>
    }
    .into_any()
}
