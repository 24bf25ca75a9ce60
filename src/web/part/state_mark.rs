//! A state as a shape and Livy's own word. Colour only repeats them.

use leptos::prelude::*;
use livy::{Phase, SessionState};

use crate::web::reactive::text;
use crate::web::words::session as words;

/// What is drawn on a field of 14 by 14: a stroke and a filling, as SVG paths.
pub struct StateShape {
    /// What is stroked.
    pub stroke: &'static str,
    /// What is filled.
    pub filling: &'static str,
    /// The classes that colour it.
    pub colour: &'static str,
}

const RING: &str = "M7 1.5a5.5 5.5 0 1 1 0 11a5.5 5.5 0 1 1 0-11";

/// The shape of a state; `gone` as for the mark.
pub fn shape(state: &SessionState, gone: bool) -> StateShape {
    let drawn = |stroke, filling, colour| StateShape { stroke, filling, colour };
    if gone {
        return drawn(RING, "", "lc-state lc-over lc-dashed");
    }
    match state {
        SessionState::ShuttingDown => drawn("M7 2v9.5M3 7.5l4 4 4-4", "", "lc-state lc-warn"),
        SessionState::Killed => drawn("M2 2h10v10H2z", "", "lc-state lc-over"),
        SessionState::Success => drawn("M1.5 7.5l4 4 7-8", "", "lc-state lc-good"),
        state => match state.phase() {
            Phase::Pending => drawn("M7 1.5a5.5 5.5 0 1 1-5.5 5.5", "", "lc-state lc-busy"),
            Phase::Ready => drawn(RING, "M7 4.5a2.5 2.5 0 1 1 0 5a2.5 2.5 0 1 1 0-5", "lc-state lc-good"),
            Phase::Working => drawn(RING, "M7 1.5a5.5 5.5 0 0 1 0 11z", "lc-state lc-busy"),
            Phase::Degraded => drawn("M7 1.5l6 11H1zM7 5.5v3.5M7 10.4v.6", "", "lc-state lc-bad"),
            Phase::Ending | Phase::Over => drawn("M2 2l10 10M12 2L2 12", "", "lc-state lc-bad"),
            Phase::Unknown => drawn(RING, "", "lc-state lc-over lc-dashed"),
        },
    }
}

/// The word beside the shape.
pub fn word(state: &str, gone: bool) -> String {
    match (gone, state) {
        (true, state) => words::gone(state),
        (false, "") => words::NO_STATE.to_owned(),
        (false, state) => state.to_owned(),
    }
}

/// The mark.
#[component]
pub fn StateMark(
    /// The server's word.
    #[prop(into)]
    state: Signal<String>,
    /// True when the server no longer has the session: the word is then the last one seen.
    #[prop(into)]
    gone: Signal<bool>,
) -> AnyView {
    let part = move |part: fn(StateShape) -> &'static str| {
        text(move || part(shape(&SessionState::parse(&state.get()), gone.get())).to_owned())
    };
    let word = text(move || word(&state.get(), gone.get()));
    view! {
        <span class=part(|it| it.colour)>
            <svg viewBox="0 0 14 14" aria-hidden="true">
                <path class="lc-stroke" d=part(|it| it.stroke)></path>
                <path class="lc-filling" d=part(|it| it.filling)></path>
            </svg>
            <span>{word}</span>
        </span>
    }
    .into_any()
}
