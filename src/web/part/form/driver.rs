//! Performs the effects of the form's machine and tells it what happens. It comes with the form's part of the program, and then
//! lives as long as the console, so that going to another page and back loses nothing.

use std::time::Duration;

use console::{ClusterKey, Event, Model, PersonKey};
use form::{ClusterManager, Config, Field, Form, FormEffect, FormEvent, PresetChange, Slot};
use js_sys::Array;
use leptos::prelude::*;
use livy::SessionId;
use wasm_bindgen::JsValue;

use crate::web::browser::random::random;
use crate::web::browser::surroundings::{Surroundings, Timer};
use crate::web::browser::{storage, time};
use crate::web::console::Console;
use crate::web::form_box::{FormBox, HostConfig};
use crate::web::news::News;
use crate::web::part::form::control::focus_target;
use crate::web::reactive::{Seen, effect, memo};

/// One console's form.
#[derive(Clone, Copy)]
pub struct FormDriver {
    console: Console,
    form: StoredValue<Form, LocalStorage>,
    news: News,
    /// When it rings, and the timer itself.
    timer: StoredValue<Option<(Duration, Timer)>, LocalStorage>,
}

impl FormDriver {
    /// The form of the console around the present part, made when it is first wanted.
    pub fn here() -> Self {
        let console = Console::here();
        console.form.for_good(|| Self::start(console))
    }

    fn start(console: Console) -> Self {
        let config = console.form.take_config().map_or_else(Config::default, |config: HostConfig| config());
        let kept = |slot| read(console.form, slot);
        let (form, effects) = Form::new(config, &kept, random());
        let form = StoredValue::new_local(form);
        let driver = Self { console, form, news: News::new(), timer: StoredValue::new_local(None) };
        driver.perform(effects);
        let version = console.see(|model| model.version().cloned());
        effect(move || {
            if let Some(version) = version.get() {
                driver.tell(FormEvent::ServerKnown(version.as_str().to_owned()));
            }
        });
        let shown = console.see(manager_shown);
        effect(move || {
            if let Some(manager) = shown.get() {
                driver.tell(FormEvent::ManagerShown(manager));
            }
        });
        driver
    }

    /// Tells the form what has happened, and does what it wants.
    pub fn tell(self, event: FormEvent) {
        let mut effects = Vec::new();
        self.form.update_value(|form| effects = form.update(event, now()));
        self.perform(effects);
        self.news.notify();
        self.sleep_until_wanted();
    }

    /// Tells the form of a change to the person's presets, after what the browser keeps of them by now.
    pub fn change_presets(self, change: PresetChange) {
        self.tell(FormEvent::Presets { change, kept: read(self.console.form, Slot::Presets) });
    }

    /// A value of the form; see [`News::see`].
    pub fn see<T: PartialEq + Send + Sync + 'static>(
        self,
        at: impl Fn(&Form) -> T + Send + Sync + 'static,
    ) -> Seen<T> {
        self.news.see(move || self.form.with_value(&at))
    }

    /// Looks at the form once.
    pub fn look<T>(self, at: impl FnOnce(&Form) -> T) -> T {
        self.form.with_value(at)
    }

    /// The session that has the name in the form, as far as the server has been asked.
    pub fn name_taken(self) -> Seen<Option<SessionId>> {
        let taken = self.console.see(|model| {
            let check = model.name_check()?;
            Some((check.name().as_str().to_owned(), check.taken()?.clone()))
        });
        let name = self.see(|form| form.draft().text(Field::Name).trim().to_owned());
        memo(move || taken.get().filter(|(taken, _)| name.with(|name| name == taken)).map(|(_, id)| id))
    }

    fn perform(self, effects: Vec<FormEffect>) {
        for effect in effects {
            match effect {
                FormEffect::Submit { request, token } => {
                    self.console.tell(Event::Submitted { request, token });
                }
                FormEffect::AskName(name) => self.console.tell(Event::NameRested(name)),
                FormEffect::Keep { slot, text } => {
                    if !write(self.console.form, slot, text.as_deref()) && slot == Slot::Presets {
                        self.tell(FormEvent::PresetsNotKept);
                    }
                }
                FormEffect::Focus(target) => focus_target(target),
                FormEffect::TellUnused(words) => {
                    if let Some(host) = Surroundings::here().and_then(Surroundings::host) {
                        host.tell(
                            "prefilled",
                            &words.iter().map(|it| JsValue::from_str(it)).collect::<Array>().into(),
                        );
                    }
                }
                FormEffect::SayUnused(words) => self.console.query.cannot_use(words),
            }
        }
    }

    fn sleep_until_wanted(self) {
        let due = self.form.with_value(Form::next_wakeup);
        if self.timer.with_value(|timer| timer.as_ref().map(|(rings, _)| *rings)) == due {
            return;
        }
        let wake = move || {
            if self.form.try_with_value(|_| ()).is_some() {
                self.timer.set_value(None);
                self.tell(FormEvent::Woke);
            }
        };
        let wait = due.map(|due| due.saturating_sub(now()));
        let timer = wait.zip(Surroundings::here()).and_then(|(wait, around)| around.after(wait, wake));
        self.timer.set_value(due.zip(timer));
    }
}

/// How many sessions of the list are looked at for the cluster manager. They run on the same one; the newest may not have started.
const LOOKED_AT: usize = 20;

/// The cluster manager that the session on the page shows, or the newest ones of the list.
fn manager_shown(model: &Model) -> Option<ClusterManager> {
    let watched = model.watch().and_then(|watch| watch.session()).map(|it| &**it);
    let listed = model.list().page().into_iter().flat_map(|page| page.sessions.iter().rev()).take(LOOKED_AT);
    watched.into_iter().chain(listed).find_map(ClusterManager::shown_by)
}

/// The present on the form's clock.
fn now() -> Duration {
    Duration::from_millis(time::now().as_millis())
}

/// Where the browser keeps what the form wants kept; `None` for the presets, which are the person's.
fn key(slot: Slot) -> Option<ClusterKey> {
    Some(match slot {
        Slot::Draft => ClusterKey::Draft,
        Slot::Origin => ClusterKey::Origin,
        Slot::MadeUpName => ClusterKey::MadeUpName,
        Slot::Last => ClusterKey::Last,
        Slot::Sent => ClusterKey::Sent,
        Slot::Settled => ClusterKey::Settled,
        Slot::Manager => ClusterKey::Manager,
        Slot::Presets => return None,
    })
}

fn read(form: FormBox, slot: Slot) -> Option<String> {
    key(slot).map_or_else(|| storage::read(PersonKey::Presets), |key| form.storage.read(key))
}

fn write(form: FormBox, slot: Slot, text: Option<&str>) -> bool {
    key(slot).map_or_else(|| storage::write(PersonKey::Presets, text), |key| form.storage.write(key, text))
}
