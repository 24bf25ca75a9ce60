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

/// A moment by the browser's clock.
fn date(at: Moment) -> Date {
    Date::new(&JsValue::from_f64(at.as_millis() as f64 - SET_BACK.get()))
}

/// A day as year, month and day of the month, as JavaScript counts them.
type Day = (u32, u32, u32);

fn day(at: &Date, in_utc: bool) -> Day {
    if in_utc {
        (at.get_utc_full_year(), at.get_utc_month(), at.get_utc_date())
    } else {
        (at.get_full_year(), at.get_month(), at.get_date())
    }
}

/// How moments are written: on the wall's clock or in UTC, and on which day without a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    in_utc: bool,
    today: Day,
}

impl Clock {
    /// As it is now. It changes at midnight.
    pub fn present(in_utc: bool) -> Self {
        Self { in_utc, today: day(&Date::new_0(), in_utc) }
    }

    /// A moment to the second; one of another day with its date, one of another year with that too.
    pub fn to_second(self, at: Moment) -> String {
        self.written(at, &["hour", "minute", "second"])
    }

    /// A moment to the minute in which it lies.
    pub fn to_minute(self, at: Moment) -> String {
        self.written(at, &["hour", "minute"])
    }

    fn written(self, at: Moment, time: &[&str]) -> String {
        let date = date(at);
        let (year, month, day) = day(&date, self.in_utc);
        let is_today = (year, month, day) == self.today;
        let options = Object::new();
        let set = |part: &str, form: &str| {
            // A plain object takes every property.
            let _ = Reflect::set(&options, &JsValue::from_str(part), &JsValue::from_str(form));
        };
        if year != self.today.0 {
            set("year", "numeric");
        }
        if !is_today {
            set("day", "numeric");
            set("month", "short");
        }
        time.iter().for_each(|it| set(it, "2-digit"));
        set("hourCycle", "h23");
        if self.in_utc {
            set("timeZone", "UTC");
            set("timeZoneName", "short");
        }
        date.to_locale_string("default", &options).into()
    }
}

/// A moment in UTC as ISO 8601 writes it.
pub fn iso(at: Moment) -> String {
    date(at).to_iso_string().into()
}
