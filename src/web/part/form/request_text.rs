//! The request as a text that fills the form while it is written or pasted, and follows it while something else fills it.

use form::{Draft, FormEvent};
use leptos::prelude::*;
use snippet::Snippet;
use web_sys::Event;

use crate::web::part::form::driver::FormDriver;
use crate::web::part::form::paste::Paste;
use crate::web::reactive::{effect, flag, maybe, memo, shown, text};
use crate::web::words::form as words;

/// What came of a text that was read.
#[derive(Clone, PartialEq)]
enum Outcome {
    Nothing,
    Filled(String),
    Wrong(String),
}

/// The text and what came of it. It outlives its place on the page: what was typed there and not read yet is not lost.
#[derive(Clone, Copy)]
pub struct RequestText {
    form: FormDriver,
    paste: Paste,
    outcome: RwSignal<Outcome>,
    /// What was typed before the part that reads it was here.
    unread: RwSignal<Option<String>>,
    /// What the text was written from: a mask in it means a secret there, however often the text has filled the form since.
    source: StoredValue<Draft>,
    filled: StoredValue<Draft>,
    text: RwSignal<String>,
}

impl RequestText {
    /// No text yet.
    pub fn new(form: FormDriver, paste: Paste) -> Self {
        let new = Self {
            form,
            paste,
            outcome: RwSignal::new(Outcome::Nothing),
            unread: RwSignal::new(None),
            source: StoredValue::new(Draft::default()),
            filled: StoredValue::new(Draft::default()),
            text: RwSignal::new(String::new()),
        };
        effect(move || {
            if paste.is_here()
                && let Some(typed) = new.unread.get_untracked()
            {
                new.read(typed);
            }
        });
        new
    }

    /// Begins with what the form holds, or with what was typed and not read.
    fn begin(self, masked: bool) {
        self.paste.fetch();
        match self.unread.get_untracked() {
            Some(typed) => self.text.set(typed),
            None => self.follow(self.form.look(|form| form.draft().clone()), masked),
        }
    }

    fn follow(self, draft: Draft, masked: bool) {
        self.text.set(draft.to_request_text(masked));
        self.outcome.set(Outcome::Nothing);
        self.filled.set_value(draft.clone());
        self.source.set_value(draft);
    }

    /// Fills the form with a text, as soon as what reads it is here.
    fn read(self, typed: String) {
        let outcome = match self.paste.tools() {
            _ if typed.trim().is_empty() => Outcome::Nothing,
            Some(tools) => match (tools.recognise)(&typed).and_then(|it| self.fill(&it)) {
                Ok(said) => Outcome::Filled(said),
                Err(sentence) => Outcome::Wrong(sentence),
            },
            None => {
                self.unread.set(Some(typed));
                return self.paste.fetch();
            }
        };
        self.unread.set(None);
        self.outcome.set(outcome);
    }

    /// Fills the form, and says with what.
    fn fill(self, snippet: &Snippet) -> Result<String, String> {
        let form = self.form;
        let present = form.look(|form| form.draft().clone());
        let draft = self.source.with_value(|source| snippet.fill(&present, source))?;
        let unknown_fields: Vec<&str> = draft.unknown_fields().iter().map(|(key, _)| key.as_str()).collect();
        let mut said = words::read_as(snippet.source);
        for note in &snippet.notes {
            said.push(' ');
            said.push_str(note);
        }
        if !unknown_fields.is_empty() {
            said.push_str(&words::not_accepted(&unknown_fields.join(", ")));
        }
        if form.look(|form| form.policy().lock(&mut draft.respelt().into_owned())) {
            said.push_str(words::POLICY_KEPT);
        }
        form.tell(FormEvent::TextRead { draft, stood: self.source.get_value() });
        self.filled.set_value(form.look(|form| form.draft().clone()));
        Ok(said)
    }

    /// The place to write it. Secrets in it are masked where `masked`.
    pub fn draw(self, masked: bool) -> AnyView {
        let Self { form, paste, outcome, unread, filled, text: of_request, .. } = self;
        self.begin(masked);
        let draft = form.see(|form| form.draft().clone());
        effect(move || {
            let draft = draft.get();
            // A text that cannot be read is somebody's work, and stays.
            let is_work = outcome.with_untracked(|it| matches!(it, Outcome::Wrong(_)))
                || unread.with_untracked(Option::is_some);
            if !is_work && filled.with_value(|it| *it != draft) {
                self.follow(draft, masked);
            }
        });
        let typed: Box<dyn FnMut(Event)> = Box::new(move |event| self.read(event_target_value(&event)));
        let is_unread = memo(move || unread.with(Option::is_some));
        let is_lost = memo(move || is_unread.get() && paste.has_failed());
        let wrong = move || is_lost.get() || outcome.with(|it| matches!(it, Outcome::Wrong(_)));
        let said = text(move || match outcome.get() {
            _ if is_lost.get() => words::READER_FAILED.to_owned(),
            _ if is_unread.get() => words::COMING.to_owned(),
            Outcome::Nothing => words::paste_help(),
            Outcome::Filled(said) => said,
            Outcome::Wrong(sentence) => format!("{sentence} {}", words::UNCHANGED),
        });
        view! {
            <div class="lc-editor">
                <label class="lc-label" for="lc-request-text">
                    {words::REQUEST_TEXT}
                </label>
                <textarea
                    class="lc-input lc-mono lc-text"
                    id="lc-request-text"
                    name="request"
                    rows="10"
                    spellcheck="false"
                    autocapitalize="off"
                    aria-invalid=maybe(move || wrong().then(|| "true".to_owned()))
                    aria-describedby="lc-request-said"
                    prop:value=move || of_request.get()
                    on:input=typed
                ></textarea>
                <p id="lc-request-said" role="status" class="lc-help" class:lc-wrong=flag(wrong)>
                    {said}
                </p>
                {shown(is_lost, move || paste.try_again())}
            </div>
        }
        .into_any()
    }
}
