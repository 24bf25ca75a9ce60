//! Links to lines of the log: following one, and the row below the lines that offers one.

use console::{LineLink, Linked, SectionLog};
use leptos::prelude::*;
use livy::Section;

use crate::web::browser::clipboard;
use crate::web::browser::link::{address_of, has_addresses, place_of};
use crate::web::console::Console;
use crate::web::part::log::pointed_line::PointedLine;
use crate::web::part::log::tabs::Counts;
use crate::web::reactive::{Seen, dynamic, effect, memo, press, text};
use crate::web::words::log as say;

/// Points at the line of the address as soon as the log has it. The result is what to say about it meanwhile.
pub fn follow_link(
    console: Console,
    counts: Seen<Counts>,
    pointed: PointedLine,
) -> Seen<Option<&'static str>> {
    let line = console.query.line;
    // The link that is looked for, and before which line its line is not.
    let looked_for = StoredValue::new(None::<(LineLink, u64)>);
    let is_unsure = RwSignal::new(false);
    effect(move || {
        counts.with(|_| ());
        let asked = line.get();
        if asked.is_empty() {
            return;
        }
        let Some(link) = LineLink::parse(&asked) else {
            line.set(String::new());
            return console.query.unused.update(|it| it.push("line".to_owned()));
        };
        let from = looked_for.with_value(|it| it.as_ref().filter(|it| it.0 == link).map_or(0, |it| it.1));
        let look = |log: &SectionLog| (link.find(log, from), log.count());
        let Some((found, next)) = console.log(link.section, look) else { return };
        is_unsure.set(matches!(found, Some(Linked::LastEqual(_))));
        if let Some(Linked::Line(number) | Linked::LastEqual(number)) = found {
            looked_for.set_value(None);
            line.set(String::new());
            pointed.set(Some((link.section, number)));
        } else {
            looked_for.set_value(Some((link, next)));
        }
    });
    memo(move || match (!line.with(String::is_empty), is_unsure.get()) {
        (true, _) => Some(say::LINK_LOST),
        (_, true) => Some(say::LINK_UNSURE),
        _ => None,
    })
}

/// The row below the lines. It is always there, so that nothing moves when a line is picked.
pub fn link_row(console: Console, pointed: PointedLine) -> AnyView {
    let row = move || {
        Some(match pointed.get() {
            Some(line) if has_addresses() => link_button(line, console),
            Some(_) => ().into_any(),
            None if has_addresses() => view! { <span class="lc-muted">{say::LINK_HINT}</span> }.into_any(),
            None => ().into_any(),
        })
    };
    view! { <div class="lc-log-foot">{dynamic(row)}</div> }.into_any()
}

/// Copies a link to the line that is pointed at.
fn link_button((section, number): (Section, u64), console: Console) -> AnyView {
    let copied = RwSignal::new(None::<bool>);
    let copy = press(move || {
        let link = console.log(section, |log| LineLink::to(section, log, number)).flatten();
        let route = console.look(|model| Some(place_of(model.route()))).unwrap_or_default();
        let address = link.and_then(|it| address_of(&format!("{route}?line={it}")));
        if let Some(address) = address {
            clipboard::copy(address, move |done| {
                let _ = copied.try_set(Some(done));
            });
        }
    });
    let words = text(move || match copied.get() {
        None => say::copy_link(number + 1),
        Some(true) => say::COPIED.to_owned(),
        Some(false) => say::NOT_COPIED.to_owned(),
    });
    view! {
        <button type="button" class="lc-button lc-quiet" aria-live="polite" on:click=copy>
            {words}
        </button>
    }
    .into_any()
}
