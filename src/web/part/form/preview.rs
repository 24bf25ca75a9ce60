//! The exact request, beside the form: to be read, edited, filled from a text, and copied.

use leptos::html;
use leptos::prelude::*;
use snippet::{Format, Written};
use web_sys::{Element, Event};

use crate::web::browser::focus::focus_element;
use crate::web::browser::link::{address_of, has_addresses, place_of_form};
use crate::web::browser::{address, clipboard};
use crate::web::console::Console;
use crate::web::part::form::driver::FormDriver;
use crate::web::part::form::paste::Paste;
use crate::web::part::form::request_text::RequestText;
use crate::web::part::form::text_lines::TextLines;
use crate::web::reactive::{Seen, effect, flag, memo, press, shown, text};
use crate::web::words::form as words;

/// The JSON that will be sent, or what is certain of it so far.
#[component]
pub fn Preview() -> AnyView {
    let (console, form) = (Console::here(), FormDriver::here());
    let shows_secrets = RwSignal::new(false);
    let editing = RwSignal::new(false);
    let paste = Paste::new();
    let request_text = RequestText::new(form, paste);
    let secrets = form.see(|form| form.draft().has_secrets());
    let json = form.see(move |form| {
        let reading = form.reading();
        if secrets.get() && !shows_secrets.get() { reading.masked_preview() } else { reading.preview() }
    });
    let body: NodeRef<html::Pre> = NodeRef::new();
    let lines = StoredValue::new_local(TextLines::default());
    effect(move || {
        let text = json.get();
        if let Some(body) = body.get() {
            lines.update_value(|it| it.draw(&body, &text));
        }
    });
    let errors = form.see(form::Form::error_count);
    let taken = form.name_taken();
    // What was typed since is another request.
    let is_sent = console.see(|model| {
        let word = model.create().filter(|it| it.is_open()).and_then(|it| it.word());
        matches!(word, Some("sent" | "unknown"))
    });
    let is_as_sent = form.see(form::Form::is_as_sent);
    let is_under_way = memo(move || is_sent.get() && is_as_sent.get());
    let url =
        console.driver.try_with_value(|it| format!("{}/sessions", it.base().as_str())).unwrap_or_default();
    let standing = text(move || {
        let masked = if secrets.get() && !shows_secrets.get() { words::MASKED } else { "" };
        match errors.get() {
            0 if is_under_way.get() => words::EXACT_SENT.to_owned(),
            0 if taken.with(Option::is_some) => format!("{}{masked}", words::EXACT_LATER),
            0 => format!("{}{masked}", words::EXACT),
            count => words::incomplete(count),
        }
    });
    let reveal = move || {
        let said = text(move || {
            if shows_secrets.get() { words::HIDE_SECRETS } else { words::SHOW_SECRETS }.to_owned()
        });
        view! {
            <button type="button" class="lc-link-button" on:click=press(move || shows_secrets.set(!shows_secrets.get_untracked()))>
                {said}
            </button>
        }
        .into_any()
    };
    let edit = press(move || {
        editing.set(!editing.get_untracked());
        if editing.get_untracked() {
            focus_element("lc-request-text".to_owned());
        }
    });
    let edit_words = text(move || if editing.get() { words::DONE } else { words::EDIT }.to_owned());
    view! {
        <section class="lc-panel" aria-labelledby="lc-request">
            <header class="lc-panel-head">
                <h2 class="lc-subtitle" id="lc-request">
                    {words::REQUEST}
                </h2>
                <code class="lc-code lc-muted lc-break">"POST " {url}</code>
                <span class="lc-head-end">
                    {shown(secrets, reveal)}
                    <button type="button" class="lc-link-button" aria-expanded=text(move || editing.get().to_string()) on:click=edit on:pointerenter=move |_| paste.fetch() on:focus=move |_| paste.fetch()>
                        {edit_words}
                    </button>
                </span>
            </header>
            {shown(memo(move || editing.get()), move || request_text.draw(!shows_secrets.get_untracked()))}
            <pre
                class="lc-json"
                data-request-preview=""
                tabindex="0"
                aria-label=words::REQUEST_JSON
                node_ref=body
            ></pre>
            <p class="lc-panel-foot">{standing}</p>
            {copies(console, form, paste, secrets)}
        </section>
    }
    .into_any()
}

/// The request in the words of other tools, and as a link.
fn copies(console: Console, form: FormDriver, paste: Paste, secrets: Seen<bool>) -> AnyView {
    let format = RwSignal::new(Format::Json);
    let with_secrets = RwSignal::new(false);
    let copied = RwSignal::new(String::new());
    let url = move || {
        let base = console.driver.try_with_value(|it| it.base().as_str().to_owned()).unwrap_or_default();
        let origin = address::origin();
        if base.starts_with("http") { format!("{base}/sessions") } else { format!("{origin}{base}/sessions") }
    };
    let is_open = RwSignal::new(false);
    let written = form.see(move |form| {
        if !is_open.get() {
            return None;
        }
        let request = form.reading().body(!with_secrets.get());
        let mut written = match format.get() {
            Format::Json => Written { text: request.to_json(), notes: Vec::new() },
            format if paste.is_here() => (paste.tools()?.write)(format, &request, &url()),
            _ => return None,
        };
        if form.error_count() > 0 {
            written.notes.insert(0, words::LEFT_OUT.to_owned());
        }
        if secrets.get() && !with_secrets.get() {
            written.notes.push(words::enter_secrets(form::MASK));
        }
        Some((written.text, written.notes.join(" ")))
    });
    let copy = move |what: String, name: &'static str| {
        copied.set(String::new());
        clipboard::copy(what.clone(), move |done| {
            copied.set(if done { words::copied(name) } else { words::not_copied(name, &what) });
        });
    };
    let options = Format::ALL
        .into_iter()
        .enumerate()
        .map(|(at, it)| view! { <option value=at.to_string()>{it.label()}</option> }.into_any())
        .collect_view();
    // Whoever copies before the format is here gets it when it is.
    let wanted = RwSignal::new(false);
    let choose: Box<dyn FnMut(Event)> = Box::new(move |event| {
        let at: usize = event_target_value(&event).parse().unwrap_or_default();
        format.set(Format::ALL.get(at).copied().unwrap_or(Format::Json));
        wanted.set(false);
        paste.fetch();
    });
    effect(move || {
        if let (true, Some((text, _))) = (wanted.get(), written.get()) {
            wanted.set(false);
            copy(text, words::A_REQUEST);
        }
    });
    let is_lost = memo(move || is_open.get() && paste.has_failed() && written.with(Option::is_none));
    let notes = text(move || match written.get() {
        Some((_, notes)) => notes,
        None if is_lost.get() => words::WRITER_FAILED.to_owned(),
        None if is_open.get() => words::COMING.to_owned(),
        None => String::new(),
    });
    let take = press(move || match written.get_untracked() {
        Some((text, _)) => copy(text, words::A_REQUEST),
        None => {
            wanted.set(true);
            paste.fetch();
        }
    });
    let opened: Box<dyn FnMut(Event)> =
        Box::new(move |event| is_open.set(event_target::<Element>(&event).has_attribute("open")));
    let ask = move || {
        view! {
            <label class="lc-check">
                <input type="checkbox" name="with-secrets" prop:checked=flag(move || with_secrets.get()) on:change=toggle_of(with_secrets) />
                {words::WITH_SECRETS}
            </label>
        }
        .into_any()
    };
    let link = move || {
        let pairs = form.look(|form| form.draft().to_pairs());
        if let Some(address) = address_of(&place_of_form(&pairs)) {
            copy(address, words::A_LINK);
        }
    };
    let link = has_addresses().then(|| {
        view! {
            <button type="button" class="lc-link-button" on:click=press(link)>
                {words::COPY_LINK}
            </button>
            <span class="lc-muted">{words::LINK_OMITS}</span>
        }
        .into_any()
    });
    view! {
        <details class="lc-copies lc-panel-foot" on:toggle=opened>
            <summary>{words::COPIES}</summary>
            <div class="lc-copy-bar">
                <select class="lc-input" name="copy-format" aria-label=words::COPY_AS on:change=choose on:pointerenter=move |_| paste.fetch() on:focus=move |_| paste.fetch()>
                    {options}
                </select>
                {shown(secrets, ask)}
                <button type="button" class="lc-button" on:click=take>
                    {words::COPY}
                </button>
            </div>
            {clipboard::by_hand(words::IN_THIS_FORM, "6", text(move || written.get().unwrap_or_default().0))}
            <p class="lc-help" class:lc-wrong=flag(move || is_lost.get())>
                {notes}
            </p>
            {shown(is_lost, move || paste.try_again())}
        </details>
        <p class="lc-panel-foot lc-panel-copied">
            {link}
            <span class="lc-copied" role="status">
                {text(move || copied.get())}
            </span>
        </p>
    }
    .into_any()
}

fn toggle_of(signal: RwSignal<bool>) -> Box<dyn FnMut(Event)> {
    Box::new(move |event| signal.set(event_target_checked(&event)))
}
