//! Why a session ended, with the lines that show it, and the way to a request that does better.

use console::{Found, last_error};
use leptos::prelude::*;
use livy::{Phase, Section};

use crate::web::page::Console;
use crate::web::part::facts::create_again;
use crate::web::reactive::{dynamic, memo, press};

/// A line of the log that is to be looked at.
pub type Pointed = RwSignal<Option<(Section, u64)>>;

/// How the session is that something is to be said of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum How {
    Ended,
    /// In Livy's state `error`, of which it may recover.
    Broken,
    /// It lives, and something in it does not work.
    Lacking,
}

/// What is known of the end, of an error that the session may recover from, or of what does not work in it; nothing while it is
/// well.
#[component]
pub fn Why(
    /// Tells the log which line to show.
    pointed: Pointed,
) -> AnyView {
    let console = Console::here();
    let why = memo(move || {
        console.board.watch.with(|it| {
            let seen = it.as_ref()?;
            let over = seen.session.as_ref().is_some_and(|it| it.state.is_over());
            let broken = seen.session.as_ref().is_some_and(|it| it.state.phase() == Phase::Degraded);
            let how = match over || seen.ending.is_some() && seen.session.is_some() {
                true => How::Ended,
                false if broken => How::Broken,
                false => How::Lacking,
            };
            (how == How::Ended || !seen.why.is_empty()).then(|| (how, seen.why.clone()))
        })
    });
    dynamic(move || why.get().map(|(how, found)| draw(how, &found, pointed, console)))
}

fn draw(how: How, found: &[Found], pointed: Pointed, console: Console) -> AnyView {
    let heading = match how {
        How::Ended => "Why it ended",
        How::Broken => "Why it is in error",
        How::Lacking => "What does not work in it",
    };
    let items = found.iter().map(|it| item(it, pointed, console)).collect_view();
    let unknown = found.is_empty().then(|| unknown(pointed, console));
    view! {
        <section class="lc-panel lc-why" aria-labelledby="lc-why">
            <header class="lc-panel-head">
                <h2 class="lc-subtitle" id="lc-why">
                    {heading}
                </h2>
                <span class="lc-muted lc-small">"read from its log and facts"</span>
            </header>
            <ol class="lc-causes">{items}</ol>
            {unknown}
        </section>
    }
    .into_any()
}

fn item(found: &Found, pointed: Pointed, console: Console) -> AnyView {
    let lines = found.evidence.iter().map(|place| line(*place, pointed, console)).collect_view();
    let field = console
        .driver
        .try_with_value(|it| {
            it.look(|model| {
                let watch = model.watch()?;
                found.field(watch.log(), watch.session()?)
            })
        })
        .flatten();
    let change = field.map(|field| {
        let change = press(move || create_again(console, Some(field)));
        view! {
            <button type="button" class="lc-link-button" on:click=change>
                {format!("Create again and change {}", field.label())}
            </button>
        }
        .into_any()
    });
    view! {
        <li>
            <p>
                <b>{found.cause.title()}</b>
            </p>
            <p>{found.cause.advice()} " " {change}</p>
            {lines}
        </li>
    }
    .into_any()
}

/// One line of evidence, in its own words; pressing it shows it in the log.
fn line((section, number): (Section, u64), pointed: Pointed, console: Console) -> AnyView {
    let text = console
        .driver
        .try_with_value(|it| {
            it.look(|model| {
                let log = model.watch()?.log().section(section)?;
                log.line(number).map(|it| console::shown(it).into_owned())
            })
        })
        .flatten();
    let go = press(move || pointed.set(Some((section, number))));
    view! {
        <button type="button" class="lc-evidence" title="Show it in the log" on:click=go>
            <span class="lc-muted">{format!("{} {}", section.as_str(), number + 1)}</span>
            " "
            <span class="lc-mono">{text}</span>
        </button>
    }
    .into_any()
}

/// What is left to say where nothing says why.
fn unknown(pointed: Pointed, console: Console) -> AnyView {
    let last =
        console.driver.try_with_value(|it| it.look(|model| last_error(model.watch()?.log()))).flatten();
    let last = last.map(|place| {
        view! {
            <p>"The last line that speaks of an error, which need not be the cause:"</p>
            {line(place, pointed, console)}
        }
        .into_any()
    });
    view! {
        <div class="lc-panel-foot">
            <p>
                "Neither the log nor what is known of the session says why. Livy itself gives no reason, and on YARN in cluster mode the driver's own log is elsewhere: see the links."
            </p>
            {last}
        </div>
    }
    .into_any()
}
