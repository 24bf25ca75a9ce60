//! A moment on the page: short in words, exact on hover and for programs.

use std::time::Duration;

use console::{Bound, Expiry, Moment};
use leptos::prelude::*;

use crate::web::browser::time::{Clock, iso};
use crate::web::words::session as words;

/// A moment to the second.
pub fn moment(at: Moment, clock: Clock) -> AnyView {
    timed(at, clock.to_second(at))
}

/// When a rule runs out, within its bounds.
pub fn end(expiry: &Expiry, clock: Clock) -> Option<AnyView> {
    let (before, at, after) = parts(expiry, clock)?;
    Some(view! { {before} {timed(expiry.at?, at)} {after} }.into_any())
}

/// The same as a text.
pub fn end_in_words(expiry: &Expiry, clock: Clock) -> Option<String> {
    let (before, at, after) = parts(expiry, clock)?;
    Some(before + &at + after)
}

/// Never before it runs out, and as exact as the rule is long.
fn parts(expiry: &Expiry, clock: Clock) -> Option<(String, String, &'static str)> {
    const LONG: Duration = Duration::from_secs(600);
    let written = |at: Moment| {
        if expiry.span < LONG { clock.to_second(at) } else { clock.to_minute(at.up_to_minute()) }
    };
    let earliest = if let Bound::From(at) = expiry.bound { written(at) } else { String::new() };
    let (before, after) = words::around(expiry.bound, &earliest);
    Some((before, written(expiry.at?), after))
}

fn timed(at: Moment, words: String) -> AnyView {
    let iso = iso(at);
    view! {
        <time datetime=iso.clone() title=iso>
            {words}
        </time>
    }
    .into_any()
}
