//! The form while somebody fills it in: what happens goes in as [`FormEvent`]s, what is to be done comes out as [`FormEffect`]s.
//!
//! [`Form::update`] is its one transition and [`Form::next_wakeup`] says when it wants to be asked again. It knows no clock and no
//! browser, so tests play a person on a clock of their own. The present is given as the time since a moment that stays the same.

mod event;
mod filling;
mod keeping;
mod offer;
mod presets;
mod rows;
mod sending;
mod shown;
mod touched;
mod typing;
mod units;

use std::time::Duration;

pub use event::{FormEffect, FormEvent, PresetChange, Slot, Target};
pub use offer::Offer;
pub use presets::Presets;
pub use shown::Change;

use crate::{
    Better, ClusterManager, Config, Draft, Field, Origin, Policy, ReadContext, Reading, SessionName, read,
};
use touched::Touched;

/// What stands in the form, and what is known of it.
#[derive(Clone, Debug)]
pub struct Form {
    draft: Draft,
    context: ReadContext,
    /// What the draft amounts to.
    reading: Reading,
    /// True while that is of an older draft or context.
    is_stale: bool,
    /// The unit in each field's picker, as it was typed.
    units: Vec<String>,
    touched: Touched,
    /// True once a person wanted to send it: then every problem is shown.
    is_submitted: bool,
    has_typed_since_press: bool,
    /// What stood in the form before something else replaced it.
    before: Option<Draft>,
    origin: Origin,
    presets: Presets,
    better: Option<Better>,
    /// The field to begin at, until the form is drawn.
    begin_at: Option<Field>,
    /// The request of this tab that became a session last, secrets masked.
    last: Option<Draft>,
    /// What stood in the form when a request was sent, with the request's token; without one where it was sent before the page
    /// was loaded again.
    sent: Option<(Option<u64>, Draft)>,
    last_token: u64,
    /// The name that was last asked for.
    name_asked: Option<SessionName>,
    random: u64,
    now: Duration,
    effects: Vec<FormEffect>,
}

impl Form {
    /// The form as the browser has kept it, under the settings of the page's host. `random` makes names.
    pub fn new(
        config: Config,
        kept: &dyn Fn(Slot) -> Option<String>,
        mut random: u64,
    ) -> (Self, Vec<FormEffect>) {
        let draft = keeping::draft(&config.policy, kept(Slot::Draft));
        let made_up = kept(Slot::MadeUpName).and_then(|text| SessionName::kept(&text));
        let made_up = made_up.unwrap_or_else(|| sending::made_up_name(&mut random));
        let mut context = ReadContext::new(made_up).with_policy(config.policy);
        if let Some(shown) = kept(Slot::Manager).and_then(|word| ClusterManager::parse(&word)) {
            context = context.with_manager_shown(shown);
        }
        let mut form = Self {
            reading: read(&draft, &context),
            is_stale: true,
            units: units::units_of(&draft),
            touched: Touched::all_of(&draft),
            draft,
            is_submitted: false,
            has_typed_since_press: false,
            before: None,
            origin: kept(Slot::Origin).map(|text| Origin::from_storage(&text)).unwrap_or_default(),
            presets: Presets::new(config.presets),
            better: None,
            begin_at: None,
            last: kept(Slot::Last).map(|text| Draft::from_storage(&text)),
            sent: kept(Slot::Sent).map(|text| (None, keeping::draft(&context.policy, Some(text)))),
            context,
            last_token: 0,
            name_asked: None,
            random,
            now: Duration::ZERO,
            effects: Vec::new(),
        };
        form.presets.read(kept(Slot::Presets));
        if kept(Slot::Settled).is_some() {
            form.settled(None);
            form.keep(Slot::Settled, None);
        } else {
            form.keep_made_up_name();
        }
        form.take_stock();
        let effects = std::mem::take(&mut form.effects);
        (form, effects)
    }

    /// Takes an event at a moment; the effects are to be performed in order.
    pub fn update(&mut self, event: FormEvent, now: Duration) -> Vec<FormEffect> {
        self.now = now;
        match event {
            FormEvent::Opened => self.opened(),
            FormEvent::Typed { field, row, text } => self.typed(field, row, text),
            FormEvent::KeyTyped { row, key } => self.conf_typed(row, |(it, _)| *it = key),
            FormEvent::ValueTyped { row, value } => self.conf_typed(row, |(_, it)| *it = value),
            FormEvent::UnitChosen { field, unit } => self.unit_chosen(field, unit),
            FormEvent::NumberDone(field) => self.number_done(field),
            FormEvent::OfferTaken { field, value } => self.offer_taken(field, value),
            FormEvent::RowAdded(field) => self.row_added(field),
            FormEvent::RowRemoved { field, row } => self.row_removed(field, row),
            FormEvent::RowMoved { field, from, to } => self.row_moved(field, from, to),
            FormEvent::NextRowWanted { field, row } => self.next_row_wanted(field, row),
            FormEvent::PathsPasted { field, row, paths, replaces } => {
                self.paths_pasted(field, row, paths, replaces)
            }
            FormEvent::ConfPasted { row, rows, replaces } => self.conf_pasted(row, rows, replaces),
            FormEvent::Cleared => self.replace(self.empty()),
            FormEvent::ExampleWanted => self.replace(Draft::example(&self.context)),
            FormEvent::Undone => {
                if let Some(before) = self.before.take() {
                    self.replace(before);
                }
            }
            FormEvent::PresetChosen(preset) => self.preset_chosen(&preset),
            FormEvent::LinkOpened(query) => self.link_opened(&query),
            FormEvent::HostFilled(text) => self.host_filled(&text),
            FormEvent::SessionCopied(copy) => self.session_copied(copy),
            FormEvent::LastWanted => self.last_wanted(),
            FormEvent::TextRead { draft, stood } => {
                self.fill_with(draft, stood);
                self.is_submitted = true;
            }
            FormEvent::TakenOut(field) => {
                let (mut draft, stood) = (self.draft.clone(), self.draft.clone());
                draft.clear(field);
                self.fill_with(draft, stood);
            }
            FormEvent::UnknownFieldsDiscarded => self.edit(Draft::drop_unknown_fields),
            FormEvent::WarningsWanted => self.show_warnings(),
            FormEvent::Submitted => self.submitted(),
            FormEvent::Settled(token) => self.settled(token),
            FormEvent::ServerKnown(version) => {
                self.context = self.context.clone().with_server(&version);
                self.is_stale = true;
            }
            FormEvent::ManagerShown(manager) => self.manager_shown(manager),
            FormEvent::Presets { change, kept } => self.presets_changed(change, kept),
            FormEvent::PresetsNotKept => self.presets.not_kept(),
            FormEvent::Woke => {}
        }
        self.touched.rest(now);
        self.take_stock();
        std::mem::take(&mut self.effects)
    }

    /// When [`FormEvent::Woke`] is wanted, on the clock of [`Form::update`]. `None`: nothing will happen by itself.
    pub fn next_wakeup(&self) -> Option<Duration> {
        self.touched.rests_at()
    }

    /// The text.
    pub fn draft(&self) -> &Draft {
        &self.draft
    }

    /// What the text amounts to.
    pub fn reading(&self) -> &Reading {
        &self.reading
    }

    /// The host's policy.
    pub fn policy(&self) -> &Policy {
        self.context.policy()
    }

    /// The name that is sent where the person gives none.
    pub fn made_up_name(&self) -> &SessionName {
        self.context.made_up()
    }

    /// Where what stands in the form has come from.
    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    /// The host's presets and the person's own.
    pub fn presets(&self) -> &Presets {
        &self.presets
    }

    /// True where what stood in the form before can be brought back.
    pub fn can_undo(&self) -> bool {
        self.before.is_some()
    }

    /// True where nothing stands in it but what the host put there.
    pub fn is_empty(&self) -> bool {
        self.draft == self.empty()
    }

    /// True where it can be begun from a request of this tab.
    pub fn has_last(&self) -> bool {
        self.last.is_some()
    }

    /// An empty form, as the host wants it.
    fn empty(&self) -> Draft {
        self.policy().empty_form()
    }

    /// The page with the form is drawn.
    fn opened(&mut self) {
        if let Some(field) = self.begin_at.take() {
            self.focus(Target::Control(field, 0));
        }
    }

    /// What a session has shown holds after a reload too, when no session may be at hand.
    fn manager_shown(&mut self, manager: ClusterManager) {
        self.context = self.context.clone().with_manager_shown(manager);
        self.is_stale = true;
        self.keep(Slot::Manager, Some(manager.word().to_owned()));
    }

    /// Changes the draft.
    fn edit(&mut self, change: impl FnOnce(&mut Draft)) {
        change(&mut self.draft);
        self.is_stale = true;
        self.has_typed_since_press |= self.is_submitted;
    }

    fn focus(&mut self, target: Target) {
        self.effects.push(FormEffect::Focus(target));
    }

    fn keep(&mut self, slot: Slot, text: Option<String>) {
        self.effects.push(FormEffect::Keep { slot, text });
    }

    /// Follows what has changed: reads the draft anew, keeps it, and asks for its name once it rests.
    fn take_stock(&mut self) {
        if self.is_stale {
            self.is_stale = false;
            self.reading = read(&self.draft, &self.context);
            // A form that nobody has touched is the host's, who may want another one by the next time.
            let text = (!self.is_empty()).then(|| self.draft.to_storage());
            self.keep(Slot::Draft, text);
        }
        if !self.touched.is_typing_in(Field::Name) {
            let name = SessionName::kept(self.draft.text(Field::Name).trim());
            if name != self.name_asked {
                self.name_asked.clone_from(&name);
                self.effects.push(FormEffect::AskName(name));
            }
        }
    }
}
