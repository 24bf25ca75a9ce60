//! Why a session ended, with the lines that show it, and the way to a request that does better.

use console::{FoundCause, last_error};
use leptos::prelude::*;
use livy::{Phase, Reason, Section};

use crate::web::console::Console;
use crate::web::part::create_again::create_again;
use crate::web::part::log::pointed_line::PointedLine;
use crate::web::reactive::{Same, dynamic, memo, press};
use crate::web::words::session as words;

/// How the session is, where there is something to say about it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Condition {
    Ended,
    /// In Livy's state `error`, from which it may recover.
    Broken,
    /// It lives, and something in it does not work.
    Lacking,
}

/// What is known of its end, of an error that it may recover from, or of what does not work in it; nothing while the
/// session is well.
#[component]
pub fn Causes(
    /// Tells the log which line to show.
    pointed: PointedLine,
) -> AnyView {
    let console = Console::here();
    let shown = console.see(|model| {
        let watch = model.watch()?;
        let over = watch.session().is_some_and(|it| it.state.is_over());
        let broken = watch.session().is_some_and(|it| it.state.phase() == Phase::Degraded);
        let condition = match over || watch.ending().is_some() && watch.session().is_some() {
            true => Condition::Ended,
            false if broken => Condition::Broken,
            false => Condition::Lacking,
        };
        let is_unexplained = condition == Condition::Ended && !watch.is_explained();
        let reasons = watch.session().map(|it| it.reasons()).unwrap_or_default();
        (is_unexplained || !watch.causes().is_empty() || !reasons.is_empty())
            .then(|| (condition, Same::of(watch.causes()), is_unexplained, reasons))
    });
    // The log may come after the end.
    let revision = console.see(|model| model.watch().map(|it| it.log().revision()));
    let last = memo(move || {
        shown.with(|it| it.as_ref().is_some_and(|it| it.2)).then(|| revision.get())?;
        console.look(|model| last_error(model.watch()?.log()))
    });
    dynamic(move || {
        let (condition, found, is_unexplained, reasons) = shown.get()?;
        let unknown = is_unexplained.then(|| unknown(last.get(), pointed, console));
        Some(draw(condition, (&reasons, &found), unknown, pointed, console))
    })
}

fn draw(
    condition: Condition,
    (reasons, found): (&[Reason], &[FoundCause]),
    unknown: Option<AnyView>,
    pointed: PointedLine,
    console: Console,
) -> AnyView {
    let heading = match condition {
        Condition::Ended => words::WHY_ENDED,
        Condition::Broken => words::WHY_IN_ERROR,
        Condition::Lacking => words::LACKING,
    };
    let items = found.iter().map(|it| item(it, pointed, console)).collect_view();
    view! {
        <section class="lc-panel lc-why" aria-labelledby="lc-why">
            <header class="lc-panel-head">
                <h2 class="lc-subtitle" id="lc-why">
                    {heading}
                </h2>
                <span class="lc-muted lc-small">{words::READ_FROM}</span>
            </header>
            <ol class="lc-causes">{reasons.iter().map(of_server).collect_view()} {items}</ol>
            {unknown}
        </section>
    }
    .into_any()
}

/// What the server itself says, before anything that is read from the log.
fn of_server(reason: &Reason) -> AnyView {
    let lines = reason.words.lines().map(|it| view! { <p>{it.to_owned()}</p> }.into_any()).collect_view();
    view! {
        <li data-cause="server">
            <p>
                <b>{words::said_by_server(reason.field)}</b>
            </p>
            {lines}
        </li>
    }
    .into_any()
}

fn item(found: &FoundCause, pointed: PointedLine, console: Console) -> AnyView {
    let lines = found.evidence.iter().map(|place| line(*place, pointed, console)).collect_view();
    let about = found.about;
    let change = found.field.map(|field| {
        let change = press(move || create_again(console, Some(field)));
        view! {
            <button type="button" class="lc-link-button" on:click=change>
                {words::change(field)}
            </button>
        }
        .into_any()
    });
    view! {
        <li data-cause=about.word>
            <p>
                <b>{about.title}</b>
            </p>
            <p>
                <span class="lc-muted">{words::for_whom(about.whom)}</span>
                " "
                {about.advice}
                " "
                {change}
            </p>
            {lines}
        </li>
    }
    .into_any()
}

/// One line of evidence, in its own words; pressing it shows it in the log.
fn line((section, number): (Section, u64), pointed: PointedLine, console: Console) -> AnyView {
    let text =
        console.log(section, |log| log.line(number).map(|it| console::as_shown(it).into_owned())).flatten();
    let go = press(move || pointed.set(Some((section, number))));
    view! {
        <button type="button" class="lc-evidence" title=words::SHOW_IN_LOG on:click=go>
            <span class="lc-muted">{format!("{} {}", section.as_str(), number + 1)}</span>
            " "
            <span class="lc-mono">{text}</span>
        </button>
    }
    .into_any()
}

/// Where nothing says why: where to read on.
fn unknown(last: Option<(Section, u64)>, pointed: PointedLine, console: Console) -> AnyView {
    let last = last.map(|place| {
        view! {
            <p>{words::LAST_ERROR}</p>
            {line(place, pointed, console)}
        }
        .into_any()
    });
    let links = console.look(|model| Some(model.watch()?.session()?.links()));
    let driver_log =
        links.into_iter().flatten().find(|it| it.label == "driverLogUrl" && it.is_web()).map(|it| {
            view! {
                {words::ON_YARN}
                <a href=it.url target="_blank" rel="noopener noreferrer">
                    {words::YARN_LOG}
                </a>
                "."
            }
            .into_any()
        });
    view! {
        <div class="lc-panel-foot" data-cause="unknown">
            <p>{words::NO_CAUSE} {driver_log}</p>
            {last}
        </div>
    }
    .into_any()
}
