//! How far the list is read, how many sessions match, and the button that stops or goes on. Every number is for the eye: what is
//! announced is only that the reading has ended, and how.

use console::{Doing, FleetEvent, Scan, ScanStage};
use leptos::prelude::*;

use crate::web::console::Console;
use crate::web::reactive::{Same, dynamic, memo, press, text};
use crate::web::words::fleet as words;

/// What the button does, if there is one.
#[derive(Clone, Copy, PartialEq)]
enum Act {
    Stop,
    GoOn,
    LoadAll,
}

/// The line.
pub fn scan_line(console: Console) -> AnyView {
    let scan = console.see(|model| model.scan());
    let totals = console.see(|model| Same::of(&model.totals()));
    let is_filter = console.see(|model| model.query().is_filter());
    let line = memo(move || {
        let (scan, count) = (scan.get(), totals.with(|it| it.count));
        let Scan { read, total, stage } = scan;
        match stage {
            ScanStage::Waiting(at, error) => {
                let title = console.look(|model| Some(model.failure_title(&error, Doing::Reading)));
                words::goes_on_at(&title.unwrap_or_default(), &console.clock.get().to_second(at))
            }
            ScanStage::Refused(_) => words::READ_REFUSED.to_owned(),
            _ if !is_filter.get() => totals.with(|it| words::totals(&it.states, it.count, total)),
            ScanStage::Stopped | ScanStage::Idle if read < total => words::matches_so_far(count, read, total),
            ScanStage::Reading => words::matches_so_far(count, read, total),
            _ => words::match_count(count, total),
        }
    });
    let act = memo(move || match scan.get() {
        Scan { stage: ScanStage::Reading | ScanStage::Waiting(..), .. } => Some(Act::Stop),
        Scan { stage: ScanStage::Stopped | ScanStage::Refused(_), .. } => Some(Act::GoOn),
        Scan { stage: ScanStage::Idle, read, total } if read < total => Some(Act::LoadAll),
        Scan { .. } => None,
    });
    let told = memo(move || told(&scan.get(), is_filter.get(), totals.with(|it| it.count)));
    view! {
        <p class="lc-scan">
            <span class="lc-scan-text">{text(move || line.get())}</span>
            {dynamic(move || act.get().map(|it| button(console, it)))}
        </p>
        <p class="lc-sr" role="status">
            {text(move || told.get())}
        </p>
    }
    .into_any()
}

fn button(console: Console, act: Act) -> AnyView {
    let (name, event) = match act {
        Act::Stop => (words::STOP, FleetEvent::ScanStopped),
        Act::GoOn => (words::GO_ON, FleetEvent::ScanAsked),
        Act::LoadAll => (words::LOAD_ALL, FleetEvent::ScanAsked),
    };
    let press = press(move || console.tell(console::Event::Fleet(event.clone())));
    view! {
        <button type="button" class="lc-button lc-small-button" on:click=press>
            {name}
        </button>
    }
    .into_any()
}

/// What is announced of the reading: its end alone.
fn told(scan: &Scan, is_filter: bool, count: usize) -> String {
    match &scan.stage {
        ScanStage::Stopped => words::stopped(scan.read, scan.total),
        ScanStage::Refused(_) => words::READ_REFUSED.to_owned(),
        ScanStage::Done if is_filter => words::match_count(count, scan.total),
        _ => String::new(),
    }
}
