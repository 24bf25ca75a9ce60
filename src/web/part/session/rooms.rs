//! The two rooms of a session: its statements and its log, as tabs. Where there is room both are there, side by side.

use console::{Part, Statements};
use leptos::prelude::*;
use livy::Phase;
use web_sys::KeyboardEvent;

use crate::web::browser::focus::focus_element;
use crate::web::browser::{layout, size};
use crate::web::console::Console;
use crate::web::link_query::View;
use crate::web::part::log::pointed_line::PointedLine;
use crate::web::part::log::view::LogView;
use crate::web::part::session::closed_statements::closed_statements;
use crate::web::part::session::spectator::OnlyLooking;
use crate::web::parts::{Arrival, Piece};
use crate::web::reactive::{Seen, dynamic, effect, flag, memo, press, shown, text};
use crate::web::words::session as words;

/// From this width on, in pixels, both are drawn side by side (`style/session.css`).
const WIDE: i32 = 1120;

/// Which of the rooms are drawn.
#[derive(Clone, Copy)]
pub struct Rooms {
    /// What is chosen, or else open.
    open: Seen<View>,
    /// True where both are there.
    pub both: Seen<bool>,
}

impl Rooms {
    /// Of the session on the page. The page never chooses by itself.
    pub fn new(console: Console) -> Self {
        let is_wide = RwSignal::new(layout::width() >= WIDE);
        size::while_drawn(move || {
            let now = layout::width() >= WIDE;
            if is_wide.try_get_untracked().is_some_and(|it| it != now) {
                is_wide.set(now);
            }
        });
        let view = console.query.view;
        // Nothing can be read of a session that was over before this page saw it. What was there stays when it ends.
        let lives = console.see(|model| {
            let watch = model.watch()?;
            Some(watch.ending().is_none() && !watch.session()?.state.is_over())
        });
        let has_lived = RwSignal::new(false);
        effect(move || {
            if lives.get() == Some(true) {
                has_lived.set(true);
            }
        });
        let is_known = console.see(|model| {
            let holds =
                |it: &Statements| it.run().is_some() || !it.entries().is_empty() || !it.draft().is_empty();
            model.statements().is_some_and(holds)
        });
        let has_statements = memo(move || lives.get() == Some(true) || has_lived.get() || is_known.get());
        let both = memo(move || is_wide.get() && view.get() != Some(View::Log) && has_statements.get());
        Self { open: memo(move || view.get().unwrap_or(View::Log)), both }
    }

    fn shows(self, view: View) -> Seen<bool> {
        memo(move || self.both.get() || self.open.get() == view)
    }

    /// The tabs and what they open.
    pub fn draw(self, console: Console, pointed: PointedLine) -> AnyView {
        let (shows_statements, shows_log) = (self.shows(View::Statements), self.shows(View::Log));
        // A line was pointed at from elsewhere on the page: the log is to be seen.
        effect(move || {
            if pointed.get().is_some() && !shows_log.get_untracked() {
                console.choose_view(View::Log);
            }
        });
        // What was opened stays, with what is being typed in it.
        let was_opened = RwSignal::new(false);
        // One that is only looked at, too: the way to its statements is a button in the part.
        let is_live = console
            .see(|model| model.watch().is_some_and(|it| it.session().is_some() && it.ending().is_none()));
        let is_chosen = memo(move || console.query.view.get() == Some(View::Statements));
        effect(move || {
            if shows_statements.get() {
                was_opened.set(true);
            }
            if shows_statements.get() && (is_chosen.get() || is_live.get()) {
                console.need(Part::Statements);
            }
        });
        let statements = shown(memo(move || was_opened.get()), move || statements(console));
        let room = move |view: View, is_there: Seen<bool>, inner: AnyView| {
            view! {
                <div
                    role="tabpanel"
                    id=room_id(view)
                    aria-labelledby=tab_id(view)
                    hidden=flag(move || !is_there.get())
                >
                    {inner}
                </div>
            }
            .into_any()
        };
        // While the session is viewed only, the list's last lines are all there is.
        let has_log = console.see(|model| {
            model.watch().is_none_or(|it| {
                let is_viewed_only = it.only_looks() && it.ending().is_none();
                !is_viewed_only || it.log().revision() > 0
            })
        });
        let log = view! {
            <OnlyLooking />
            {shown(has_log, move || view! { <LogView pointed=pointed is_shown=shows_log /> }.into_any())}
        }
        .into_any();
        view! {
            {self.tabs(console)}
            {room(View::Statements, shows_statements, statements)}
            {room(View::Log, shows_log, log)}
        }
        .into_any()
    }

    /// One stop of the tab key; arrow keys go from one to the other (WAI-ARIA Authoring Practices, Tabs).
    fn tabs(self, console: Console) -> AnyView {
        let open = self.open;
        let turn: Box<dyn FnMut(KeyboardEvent)> = Box::new(move |event| {
            let other = match open.get_untracked() {
                View::Statements => View::Log,
                View::Log => View::Statements,
            };
            let next = match event.key().as_str() {
                "ArrowRight" | "ArrowLeft" => other,
                "Home" => View::Statements,
                "End" => View::Log,
                _ => return,
            };
            event.prevent_default();
            console.choose_view(next);
            focus_element(tab_id(next));
        });
        let ready = console.see(|model| {
            let phase = model.watch().filter(|it| it.ending().is_none())?.session()?.state.phase();
            Some(phase == Phase::Ready)
        });
        let tab = move |view: View| {
            let is_open = memo(move || open.get() == view);
            let name = match view {
                View::Statements => words::STATEMENTS,
                View::Log => words::LOG,
            };
            let note = text(move || match view {
                View::Statements if ready.get() == Some(true) => words::READY.to_owned(),
                _ => String::new(),
            });
            view! {
                <button
                    type="button"
                    class="lc-tab"
                    role="tab"
                    id=tab_id(view)
                    aria-selected=text(move || is_open.get().to_string())
                    aria-controls=room_id(view)
                    tabindex=text(move || if is_open.get() { "0" } else { "-1" }.to_owned())
                    on:click=press(move || console.choose_view(view))
                >
                    {name}
                    " "
                    <span class="lc-tab-note">{note}</span>
                </button>
            }
            .into_any()
        };
        view! {
            <div class="lc-tabs lc-rooms" role="tablist" aria-label=words::ROOMS on:keydown=turn>
                {tab(View::Statements)}
                {tab(View::Log)}
            </div>
        }
        .into_any()
    }
}

fn tab_id(view: View) -> String {
    format!("lc-to-{}", view.as_str())
}

fn room_id(view: View) -> String {
    format!("lc-room-{}", view.as_str())
}

/// The statements, once their part of the program is here.
fn statements(console: Console) -> AnyView {
    let arrival = console.news.see(move || console.arrival(Part::Statements));
    dynamic(move || {
        Some(match arrival.get() {
            Arrival::Here => console.draw(Part::Statements, Piece::Whole),
            other => closed_statements(console, other),
        })
    })
}
