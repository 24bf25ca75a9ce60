//! The editor: a text area with good manners, the language, and the button that runs it.

use console::{Event, selected_lines};
use leptos::html;
use leptos::prelude::*;
use livy::Kind;
use web_sys::{ClipboardEvent, KeyboardEvent, SubmitEvent};

use crate::web::browser::focus::focus_still;
use crate::web::browser::typing;
use crate::web::console::Console;
use crate::web::part::statements::completing::Completing;
use crate::web::part::statements::earlier::Earlier;
use crate::web::part::statements::fate::fate;
use crate::web::part::statements::hand_over::hand_over;
use crate::web::part::statements::manners::{Manners, PasteSaid};
use crate::web::part::statements::runner::Runner;
use crate::web::part::statements::said::said;
use crate::web::reactive::{dynamic, flag, maybe, memo, press, shown, text};
use crate::web::words::statements as words;

/// The languages that can be chosen.
const KINDS: [Kind; 4] = [Kind::Spark, Kind::PySpark, Kind::SparkR, Kind::Sql];

/// At least and at most so many lines are shown; more scroll.
const LINES: (usize, usize) = (3, 40);

/// The editor of the session on the page.
#[derive(Clone, Copy)]
pub struct Editor {
    console: Console,
    /// The way to run what stands in it.
    pub runner: Runner,
    manners: Manners,
    completing: Completing,
    earlier: Earlier,
    /// How many lines there are.
    lines: RwSignal<usize>,
    /// False while there is nothing.
    has_text: RwSignal<bool>,
    area: NodeRef<html::Textarea>,
}

impl Editor {
    /// With the draft of the session.
    pub fn new(console: Console) -> Self {
        let area = NodeRef::new();
        let earlier = Earlier::new(console);
        let kind = RwSignal::new(console.look(|model| model.statements()?.draft_language()));
        let draft = console.look(|model| Some(model.statements()?.draft().to_owned())).unwrap_or_default();
        Self {
            console,
            runner: Runner::new(console),
            manners: Manners::new(console, area, kind, earlier),
            completing: Completing::new(console, area, kind),
            earlier,
            lines: RwSignal::new(draft.split('\n').count()),
            has_text: RwSignal::new(!draft.is_empty()),
            area,
        }
    }

    /// The language that is chosen.
    pub fn kind(self) -> Option<Kind> {
        self.manners.kind.get_untracked()
    }

    /// The same, for what changes with it.
    pub fn kind_now(self) -> Option<Kind> {
        self.manners.kind.get()
    }

    /// Puts the code of a statement here, to be changed. What stood here can be had again.
    pub fn edit(self, code: &str, language: Option<Kind>) {
        if let Some(area) = self.area.get_untracked() {
            let stood = area.value();
            if !stood.trim().is_empty() && stood != code {
                self.earlier.put_aside(stood);
            }
            self.manners.choose_kind(language);
            self.manners.put(code);
            focus_still(&area);
        }
    }

    fn clear(self) {
        if let Some(area) = self.area.get_untracked() {
            let stood = area.value();
            if !stood.trim().is_empty() {
                self.earlier.put_aside(stood);
            }
            self.manners.put("");
            // The button is gone with the text.
            focus_still(&area);
        }
    }

    fn run(self) {
        if let Some(area) = self.area.get_untracked() {
            self.runner.run_whole(area.value(), self.kind(), typing::is_whole(&area));
        }
    }

    /// Runs the lines of the selection; all where nothing is selected.
    fn run_selected(self) {
        if let Some(area) = self.area.get_untracked() {
            let code = area.value();
            let lines = selected_lines(&code, typing::selected(&area)).to_owned();
            self.runner.run_whole(lines, self.kind(), typing::is_whole(&area));
        }
    }

    fn typed(self) {
        if let Some(area) = self.area.get_untracked() {
            let code = area.value();
            let lines = code.split('\n').count();
            if self.lines.get_untracked() != lines {
                self.lines.set(lines);
            }
            if self.has_text.get_untracked() == code.is_empty() {
                self.has_text.set(!code.is_empty());
            }
            self.console.tell(Event::Drafted(code));
            self.runner.forget();
        }
    }

    /// The form below the statements.
    pub fn draw(self) -> AnyView {
        let Self { console, runner, manners, completing, lines, area, .. } = self;
        let draft = console.look(|model| Some(model.statements()?.draft().to_owned())).unwrap_or_default();
        let submitted = move |event: SubmitEvent| {
            event.prevent_default();
            self.run();
        };
        let keyed: Box<dyn FnMut(KeyboardEvent)> = Box::new(move |event| {
            if completing.keyed(&event) {
                // The list was meant.
            } else if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
                event.prevent_default();
                // A key that is held down presses once.
                match (event.repeat(), event.shift_key()) {
                    (true, _) => {}
                    (false, true) => self.run_selected(),
                    (false, false) => self.run(),
                }
            } else {
                manners.keyed(&event);
            }
        });
        let pasted: Box<dyn FnMut(ClipboardEvent)> = Box::new(move |event| manners.pasted(&event));
        let rows = text(move || lines.get().clamp(LINES.0, LINES.1).to_string());
        let numbers = text(move || {
            let all: Vec<String> = (1..=lines.get().max(1)).map(|it| it.to_string()).collect();
            all.join("\n")
        });
        let clear = move || {
            view! {
                <button type="button" class="lc-button lc-quiet" on:click=press(move || self.clear())>
                    {words::CLEAR}
                </button>
            }
            .into_any()
        };
        let gutter: NodeRef<html::Pre> = NodeRef::new();
        let scrolled = move |_| {
            if let (Some(area), Some(gutter)) = (area.get_untracked(), gutter.get_untracked()) {
                gutter.set_scroll_top(area.scroll_top());
            }
        };
        let is_scala = memo(move || manners.kind.get() == Some(Kind::Spark));
        let hint = text(move || {
            let hint = if manners.tab_indents.get() { words::HINT_TAB_INDENTS } else { words::HINT };
            let of_names = if is_scala.get() { words::HINT_OF_NAMES } else { "" };
            [hint, of_names].concat()
        });
        let in_short = text(move || {
            let hint = if is_scala.get() { words::HINT_IN_SHORT_OF_SCALA } else { words::HINT_IN_SHORT };
            hint.to_owned()
        });
        view! {
            <form class="lc-code-form" on:submit=submitted>
                <div class="lc-code-top">
                    <label class="lc-code-label" for="lc-code">
                        {words::CODE}
                    </label>
                    {choice(words::TAB_INDENTS, manners.tab_indents, Box::new(move |it| manners.choose_tab(it)))}
                    {choice(words::WRAP_CODE, manners.wraps, Box::new(move |it| manners.choose_wrap(it)))}
                    {kinds(console, manners)}
                </div>
                <div class="lc-code-box" class:lc-code-wrapped=flag(move || manners.wraps.get())>
                    <pre class="lc-code-numbers" aria-hidden="true" node_ref=gutter>
                        {numbers}
                    </pre>
                    <textarea
                        class="lc-code-area"
                        id="lc-code"
                        name="code"
                        rows=rows
                        wrap=text(move || if manners.wraps.get() { "soft" } else { "off" }.to_owned())
                        spellcheck="false"
                        autocapitalize="off"
                        autocomplete="off"
                        translate="no"
                        aria-describedby="lc-code-hint lc-code-said"
                        aria-autocomplete=maybe(move || completing.offers())
                        aria-controls=maybe(move || completing.controls())
                        aria-activedescendant=maybe(move || completing.active())
                        node_ref=area
                        prop:value=draft
                        on:input=move |_| self.typed()
                        on:keydown=keyed
                        on:paste=pasted
                        on:scroll=scrolled
                        on:pointerdown=move |_| completing.leave()
                        on:blur=move |_| completing.leave()
                    ></textarea>
                </div>
                {completing.draw()}
                {pasted_note(manners)}
                {said(runner)}
                <div class="lc-code-foot">
                    <button type="submit" class="lc-button lc-primary">
                        {words::RUN}
                    </button>
                    {shown(memo(move || self.has_text.get()), clear)}
                    <span class="lc-help" title=hint>
                        {in_short}
                    </span>
                    <p class="lc-sr" id="lc-code-hint">
                        {hint}
                    </p>
                </div>
                {fate(console, runner)}
            </form>
            {good_to_know()}
            {hand_over(console, self.area, manners.kind)}
        }
        .into_any()
    }
}

/// What is worth knowing once, folded.
fn good_to_know() -> AnyView {
    let facts = words::FACTS.map(|it| view! { <p class="lc-help">{it}</p> }.into_any());
    view! {
        <details class="lc-elsewhere">
            <summary>{words::GOOD_TO_KNOW}</summary>
            {facts.into_iter().collect_view()}
        </details>
    }
    .into_any()
}

/// A choice of the person, above the code.
fn choice(name: &'static str, is_on: RwSignal<bool>, choose: Box<dyn Fn(bool)>) -> AnyView {
    view! {
        <label class="lc-check lc-small">
            <input
                type="checkbox"
                prop:checked=move || is_on.get()
                on:change=move |event| choose(event_target_checked(&event))
            />
            {name}
        </label>
    }
    .into_any()
}

/// The languages. Where the host allows one alone there is no choice: where that is not the session's own, which one it is.
fn kinds(console: Console, manners: Manners) -> AnyView {
    let chosen = manners.kind;
    let allowed: Vec<Kind> = KINDS.into_iter().filter(|it| console.form.allows_kind(*it)).collect();
    let now = chosen.get_untracked().filter(|it| allowed.contains(it));
    if let [only] = *allowed {
        chosen.set(Some(only));
        return (now.is_none())
            .then(|| view! { <span class="lc-code-kind">{words::LANGUAGE} " " {only.as_str()}</span> })
            .into_any();
    }
    chosen.set(now);
    let pick = move |event| {
        let kind = Kind::parse(&event_target_value(&event));
        chosen.set(kind);
        manners.choose_kind(kind);
    };
    let option = |word: &'static str, name: &'static str, is_chosen: bool| {
        view! {
            <option value=word selected=is_chosen>
                {name}
            </option>
        }
        .into_any()
    };
    let shown = text(move || chosen.get().map_or("", Kind::as_str).to_owned());
    let none = now.is_none().then(|| option("", words::CHOOSE, true));
    let options: Vec<AnyView> =
        allowed.iter().map(|it| option(it.as_str(), it.as_str(), now == Some(*it))).collect();
    view! {
        <label class="lc-code-kind">
            {words::LANGUAGE}
            " "
            <select class="lc-input" name="kind" prop:value=shown on:change=pick>
                {none}
                {options}
            </select>
        </label>
    }
    .into_any()
}

/// What was done with a pasted text, and what could be done.
fn pasted_note(manners: Manners) -> AnyView {
    let has_prompts = memo(move || manners.paste.with(|it| matches!(it, PasteSaid::Prompts { .. })));
    let note = move || {
        let said = match manners.paste.get() {
            PasteSaid::Nothing => return None,
            PasteSaid::Blanks(count) => words::odd_blanks(count),
            PasteSaid::Prompts { .. } => words::PROMPTS.to_owned(),
        };
        let off = move || {
            view! {
                <button
                    type="button"
                    class="lc-link-button"
                    on:click=press(move || manners.take_prompts_off())
                >
                    {words::REMOVE_PROMPTS}
                </button>
            }
            .into_any()
        };
        Some(view! { <p class="lc-help">{said} " " {shown(has_prompts, off)}</p> }.into_any())
    };
    view! { <div role="status">{dynamic(note)}</div> }.into_any()
}
