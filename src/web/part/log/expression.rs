//! Regular expressions, run by the browser in a worker (`log-expression.js`). A running expression cannot be interrupted: one that
//! takes too long is ended with its worker, and the page keeps responding.
//!
//! Where no worker can be started (a host's policy, a page from another origin) the page runs the expression itself, on the
//! beginning of each line only.

use std::rc::Rc;

use js_sys::{Array, RegExp, Uint32Array};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{MessageEvent, Worker};

use crate::web::browser::expression;
use crate::web::browser::surroundings::{Surroundings, frame};
use crate::web::words::log as say;

/// The worker's file, next to the program.
const FILE: &str = "log-expression.js";
/// After this many milliseconds an expression is given up. An answer about some hundred kilobytes takes a few.
const PATIENCE: f64 = 2_000.0;
/// How much of the time between two frames counts, in milliseconds: a hidden tab or a sleeping machine proves nothing.
const MOST_A_FRAME: f64 = 100.0;
/// How much of each line is searched without a worker, in characters.
const LOOKED_AT: usize = 1_000;
/// How many words are marked in one line (`log-expression.js` has the same number).
const MOST_IN_A_LINE: u32 = 100;

/// What is asked for. There is one question of each kind at a time: a new one replaces the last.
#[derive(Clone, Copy, PartialEq)]
pub enum Wanted {
    /// The places of the lines that match.
    Lines,
    /// For each word that matches, the place of its line, and where it begins and ends there in UTF-16 units.
    Words,
}

/// Receives the numbers; `None` where the expression takes too long.
pub type Told = Box<dyn FnOnce(Option<Vec<u32>>)>;

/// An expression that the browser understands.
#[derive(Clone)]
pub struct Expression {
    made: RegExp,
    pattern: String,
    flags: String,
}

impl Expression {
    /// Reads a pattern; the error is the browser's own words for what is wrong with it.
    pub fn new(pattern: &str, matches_case: bool) -> Result<Self, String> {
        let flags = if matches_case { "g" } else { "gi" };
        let strict = format!("{flags}u");
        // With the flag u a dot is a whole character, but some common escapes (`\-`) are errors (ECMA-262, IdentityEscape).
        let with = |flags: &str| {
            make(pattern, flags).map(|made| Self {
                made,
                pattern: pattern.to_owned(),
                flags: flags.to_owned(),
            })
        };
        with(&strict).or_else(|_| with(flags))
    }

    /// Runs it here and now, on the beginning of each line.
    fn answer(&self, text: &str, wanted: Wanted) -> Vec<u32> {
        let mut found = Vec::new();
        for (at, line) in (0..).zip(text.lines()) {
            let line: String = line.chars().take(LOOKED_AT).collect();
            match wanted {
                Wanted::Lines => {
                    self.made.set_last_index(0);
                    if self.made.test(&line) {
                        found.push(at);
                    }
                }
                Wanted::Words => words(&self.made, &line, |start, end| found.extend([at, start, end])),
            }
        }
        found
    }
}

/// Finds where the matches of an expression with the flag g begin and end in a line, in UTF-16 units.
pub fn words(expression: &RegExp, line: &str, mut found: impl FnMut(u32, u32)) {
    expression.set_last_index(0);
    for _ in 0..MOST_IN_A_LINE {
        let Some(word) = expression.exec(line).and_then(|it| it.get(0).as_string()) else { return };
        let length = u32::try_from(word.encode_utf16().count()).unwrap_or(u32::MAX);
        // An empty match would repeat for ever.
        if length == 0 {
            return;
        }
        let end = expression.last_index();
        found(end.saturating_sub(length), end);
    }
}

/// The browser's regular expression. The error is the reason that its constructor gives, without the pattern that some browsers
/// repeat before it ("Invalid regular expression: /(/gu: Unterminated group").
pub fn make(pattern: &str, flags: &str) -> Result<RegExp, String> {
    expression::make(pattern, flags).map_err(|said| {
        let said = said.unwrap_or_default();
        let why = said.rsplit(": ").next().filter(|it| !it.is_empty());
        why.unwrap_or(say::NO_EXPRESSION).to_owned()
    })
}

/// A question without an answer yet.
struct Question {
    id: u32,
    expression: Rc<Expression>,
    text: String,
    wanted: Wanted,
    told: Told,
}

type Ear = Closure<dyn FnMut(MessageEvent)>;

#[derive(Default)]
struct State {
    worker: Option<Worker>,
    /// True once the worker is loaded.
    is_ready: bool,
    /// True where no worker can be started.
    is_refused: bool,
    open: Vec<Question>,
    last_id: u32,
    /// Hears the worker's answers and failures.
    ears: Option<[Ear; 2]>,
}

/// The way to the worker.
#[derive(Clone, Copy)]
pub struct Asking(StoredValue<State, LocalStorage>);

impl Asking {
    /// The worker starts with the first question, and ends with the part of the page that made it.
    pub fn new() -> Self {
        let asking = Self(StoredValue::new_local(State::default()));
        let around = Surroundings::here();
        let heard = Closure::new(move |event: MessageEvent| {
            around.and_then(|it| it.run(|| asking.heard(&event)));
        });
        let failed = Closure::new(move |event: MessageEvent| {
            event.prevent_default();
            around.and_then(|it| it.run(|| asking.refused()));
        });
        asking.0.update_value(|it| it.ears = Some([heard, failed]));
        on_cleanup(move || {
            asking.0.try_update_value(State::end);
        });
        asking
    }

    /// True while a question of this kind is open.
    pub fn asks(self, wanted: Wanted) -> bool {
        self.0.try_with_value(|it| it.open.iter().any(|it| it.wanted == wanted)).unwrap_or_default()
    }

    /// Drops all open questions, and the worker with them: it may be busy for a long time.
    pub fn stop(self) {
        self.0.try_update_value(|it| {
            if !it.open.is_empty() {
                it.end();
            }
        });
    }

    /// Asks about lines. Each ends with a line break.
    pub fn ask(self, wanted: Wanted, expression: Rc<Expression>, text: String, told: Told) {
        let id = self.0.try_update_value(|it| {
            it.open.retain(|it| it.wanted != wanted);
            it.last_id += 1;
            it.open.push(Question { id: it.last_id, expression, text, wanted, told });
            if it.worker.is_none() && !it.is_refused {
                it.begin();
            }
            it.post(it.last_id);
            it.last_id
        });
        match (id, self.0.try_with_value(|it| (it.is_refused, it.is_ready))) {
            (Some(id), Some((true, _))) => self.answer_here(id),
            (Some(id), Some((_, true))) => self.wait(id, 0.0, js_sys::Date::now()),
            _ => {}
        }
    }

    /// An answer, or the message that the worker is ready.
    fn heard(self, event: &MessageEvent) {
        let data: Array = event.data().unchecked_into();
        let Some(id) = data.get(0).as_f64() else {
            self.0.try_update_value(|it| it.is_ready = true);
            self.ids().into_iter().for_each(|it| self.wait(it, 0.0, js_sys::Date::now()));
            return;
        };
        let numbers = data.get(1).unchecked_into::<Uint32Array>();
        if let Some(question) = self.take(|it| f64::from(it.id) == id) {
            (question.told)(Some(numbers.to_vec()));
        }
    }

    /// Checks the clock at each frame while a question is open. It has waited for `waited` milliseconds at the time `until`.
    fn wait(self, id: u32, waited: f64, until: f64) {
        frame(move || {
            if !self.ids().contains(&id) {
                return;
            }
            let now = js_sys::Date::now();
            let waited = waited + (now - until).clamp(0.0, MOST_A_FRAME);
            if waited < PATIENCE {
                return self.wait(id, waited, now);
            }
            // All other questions wait behind it.
            let open = self.0.try_update_value(State::end).unwrap_or_default();
            open.into_iter().for_each(|it| (it.told)(None));
        });
    }

    /// No worker can be started.
    fn refused(self) {
        let open = self.0.try_update_value(|it| {
            it.is_refused = true;
            let open = it.end();
            let ids: Vec<u32> = open.iter().map(|it| it.id).collect();
            it.open = open;
            ids
        });
        open.unwrap_or_default().into_iter().for_each(|it| self.answer_here(it));
    }

    fn answer_here(self, id: u32) {
        // So that a frame is drawn between two answers.
        frame(move || {
            if let Some(it) = self.take(|it| it.id == id) {
                let answer = it.expression.answer(&it.text, it.wanted);
                (it.told)(Some(answer));
            }
        });
    }

    fn ids(self) -> Vec<u32> {
        self.0.try_with_value(|it| it.open.iter().map(|it| it.id).collect()).unwrap_or_default()
    }

    fn take(self, is_it: impl Fn(&Question) -> bool) -> Option<Question> {
        let take = |it: &mut State| it.open.iter().position(is_it).map(|at| it.open.remove(at));
        self.0.try_update_value(take).flatten()
    }
}

impl State {
    /// Starts a worker.
    fn begin(&mut self) {
        let file = Surroundings::here().and_then(Surroundings::host).map(|it| it.file(FILE));
        let started = file.and_then(|it| Worker::new(&it).ok());
        let (Some(worker), Some([heard, failed])) = (started, &self.ears) else {
            self.is_refused = true;
            return;
        };
        worker.set_onmessage(Some(heard.as_ref().unchecked_ref()));
        worker.set_onerror(Some(failed.as_ref().unchecked_ref()));
        self.worker = Some(worker);
    }

    /// Ends it, and returns the open questions.
    fn end(&mut self) -> Vec<Question> {
        if let Some(worker) = self.worker.take() {
            worker.set_onmessage(None);
            worker.terminate();
        }
        self.is_ready = false;
        std::mem::take(&mut self.open)
    }

    fn post(&self, id: u32) {
        let (Some(worker), Some(it)) = (&self.worker, self.open.iter().find(|it| it.id == id)) else {
            return;
        };
        let message = Array::of5(
            &id.into(),
            &it.expression.pattern.as_str().into(),
            &it.expression.flags.as_str().into(),
            &it.text.as_str().into(),
            &(it.wanted == Wanted::Words).into(),
        );
        // Strings and numbers can always be handed over.
        let _ = worker.post_message(&message);
    }
}
