//! The browser's clock, as one that never goes back, and its moments as a person reads them.

use std::cell::Cell;

use console::Moment;
use js_sys::{Date, Object, Reflect};
use wasm_bindgen::JsValue;

thread_local! {
    /// The latest reading of the browser's clock, in milliseconds since 1970.
    static LATEST: Cell<f64> = const { Cell::new(0.0) };
    /// By how much it has been set back since the page was opened, in milliseconds.
    static SET_BACK: Cell<f64> = const { Cell::new(0.0) };
}

/// The present. Where the clock is set back, moments go on from the latest one: nothing that is due may wait for the clock to
/// come there again.
pub fn now() -> Moment {
    let clock = Date::now();
    let back = LATEST.get() - clock;
    if back > 0.0 {
        SET_BACK.set(SET_BACK.get() + back);
    }
    LATEST.set(clock);
    Moment::from_millis((clock + SET_BACK.get()) as u64)
}

/// A moment as the browser's clock would tell it.
fn date(at: Moment) -> Date {
    Date::new(&JsValue::from_f64(at.as_millis() as f64 - SET_BACK.get()))
}

/// A moment to the second, by the clock on the wall or in UTC; one of another day with its date.
pub fn clock(at: Moment, in_utc: bool) -> String {
    let (date, today) = (date(at), Date::new_0());
    let is_today = if in_utc {
        (date.get_utc_date(), date.get_utc_month()) == (today.get_utc_date(), today.get_utc_month())
    } else {
        date.to_date_string() == today.to_date_string()
    };
    let options = Object::new();
    let day = [("day", "numeric"), ("month", "short")].into_iter().filter(|_| !is_today);
    let zone = [("timeZone", "UTC"), ("timeZoneName", "short")].into_iter().filter(|_| in_utc);
    let time = [("hour", "2-digit"), ("minute", "2-digit"), ("second", "2-digit"), ("hourCycle", "h23")];
    for (part, form) in day.chain(time).chain(zone) {
        // A plain object takes every property.
        let _ = Reflect::set(&options, &JsValue::from_str(part), &JsValue::from_str(form));
    }
    date.to_locale_string("default", &options).into()
}

/// A moment in UTC as ISO 8601 writes it.
pub fn iso(at: Moment) -> String {
    date(at).to_iso_string().into()
}
