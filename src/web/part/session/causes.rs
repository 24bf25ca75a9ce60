//! Why a session ended, with the lines that show it, and the way to a request that does better.

use console::{FoundCause, Part, last_error};
use leptos::prelude::*;
use livy::{Phase, Reason, Section};

use crate::web::console::Console;
use crate::web::part::create_again::create_again;
use crate::web::part::log::pointed_line::PointedLine;
use crate::web::part::trouble::again;
use crate::web::parts::Arrival;
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
        let reasons = watch.session().map(|it| it.reasons()).unwrap_or_default();
        let is_unexplained = condition != Condition::Lacking && !watch.is_explained();
        // A mark of the end says that it ended, and what ended it may be in the log.
        let is_only_marked = condition != Condition::Lacking
            && !is_unexplained
            && !watch.causes().iter().any(|it| it.about.says_why());
        let says_itself = reasons.iter().any(Reason::says_why);
        let ask = Ask {
            is_unexplained: is_unexplained && !says_itself,
            is_only_marked: is_only_marked && !says_itself,
            lacks_table: watch.wants_book(),
        };
        (ask != Ask::default() || !watch.causes().is_empty() || !reasons.is_empty())
            .then(|| (condition, Same::of(watch.causes()), ask, reasons))
    });
    // The log may come after the end.
    let revision = console.see(|model| model.watch().map(|it| it.log().revision()));
    let last = memo(move || {
        shown.with(|it| it.as_ref().is_some_and(|it| it.2 != Ask::default())).then(|| revision.get())?;
        console.look(|model| last_error(model.watch()?.log()))
    });
    let arrival = console.news.see(move || console.arrival(Part::Cause));
    dynamic(move || {
        let (condition, found, ask, reasons) = shown.get()?;
        let foot = match (ask.lacks_table, ask.is_unexplained, ask.is_only_marked) {
            (true, ..) if arrival.get() == Arrival::Failed => Some(not_loaded(last.get(), pointed, console)),
            (true, ..) => Some(view! { <p class="lc-panel-foot lc-muted">{words::LOOKING}</p> }.into_any()),
            (false, true, _) => Some(unknown(last.get(), pointed, console)),
            (false, false, true) => also(&found, last.get(), pointed, console),
            (false, false, false) => None,
        };
        Some(draw(condition, (&reasons, &found), foot, pointed, console))
    })
}

/// What is to be said beside the causes.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Ask {
    /// Nothing says why.
    is_unexplained: bool,
    /// All that is known are marks of the end.
    is_only_marked: bool,
    /// The table of causes is not here.
    lacks_table: bool,
}

fn draw(
    condition: Condition,
    (reasons, found): (&[Reason], &[FoundCause]),
    foot: Option<AnyView>,
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
            {foot}
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

/// Where to read on, in the log.
fn last_line(last: Option<(Section, u64)>, pointed: PointedLine, console: Console) -> Option<AnyView> {
    last.map(|place| {
        view! {
            <p>{words::LAST_ERROR}</p>
            {line(place, pointed, console)}
        }
        .into_any()
    })
}

/// The part of the program with the table of causes did not come.
fn not_loaded(last: Option<(Section, u64)>, pointed: PointedLine, console: Console) -> AnyView {
    view! {
        <div class="lc-panel-foot" data-cause="unknown">
            <p>{words::TABLE_NOT_LOADED} " " {again(console)}</p>
            {last_line(last, pointed, console)}
        </div>
    }
    .into_any()
}

/// A line that may say what the marks of the end do not, unless they are that line.
fn also(
    found: &[FoundCause],
    last: Option<(Section, u64)>,
    pointed: PointedLine,
    console: Console,
) -> Option<AnyView> {
    let last = last.filter(|it| !found.iter().any(|cause| cause.evidence.contains(it)))?;
    let line = last_line(Some(last), pointed, console);
    Some(view! { <div class="lc-panel-foot">{line}</div> }.into_any())
}

/// Where nothing says why: where to read on.
fn unknown(last: Option<(Section, u64)>, pointed: PointedLine, console: Console) -> AnyView {
    let session = console.look(|model| model.watch()?.session().cloned());
    let on_yarn =
        session.as_ref().and_then(|it| it.app_id()).is_some_and(|it| it.starts_with("application_"));
    let links = session.map(|it| it.links()).unwrap_or_default();
    let driver_log = links.into_iter().find(|it| it.label == "driverLogUrl" && it.is_web()).map(|it| {
        view! {
            {if on_yarn { words::ON_YARN } else { words::ELSEWHERE }}
            <a href=it.url target="_blank" rel="noopener noreferrer">
                {words::YARN_LOG}
            </a>
            "."
        }
        .into_any()
    });
    view! {
        <div class="lc-panel-foot" data-cause="unknown">
            <p>{if last.is_some() { words::NO_CAUSE } else { words::NO_LOG }} {driver_log}</p>
            {last_line(last, pointed, console)}
        </div>
    }
    .into_any()
}
