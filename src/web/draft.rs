//! The form as it is being typed: text, which of it has been left, and what it amounts to.

use console::{Better, ClusterKey};
use form::{ConfRow, Config, CreateSession, Draft, Field, Policy, Preset, ReadContext, Reading, SessionName};
use leptos::prelude::{Get, GetUntracked, Memo, RwSignal, Set, Update, With, WithUntracked};

pub use form::Origin;

mod last;
mod offer;
mod presets;
mod problems;
mod rows;
mod units;

pub use offer::Offer;
use units::units_of;

use crate::web::browser::random::random;
use crate::web::browser::storage::Storage;
use crate::web::browser::time::now;
use crate::web::reactive::{effect, memo};
use crate::web::words::form as words;

/// The form's signals. One per console, alive while the page is, so that going elsewhere and back loses nothing.
#[derive(Clone, Copy)]
pub struct Drafting {
    /// The text.
    pub draft: RwSignal<Draft>,
    /// What it is read against: the made up name, the server's version, the host's policy.
    pub terms: RwSignal<ReadContext>,
    /// What the text amounts to, once the form's page is here.
    reading: Memo<Option<Reading>>,
    /// What reads the text.
    reader: RwSignal<Option<Reader>>,
    /// The places whose problems are shown: left, or rested on.
    left: RwSignal<Vec<(Field, usize)>>,
    /// The place being typed in, and when.
    typing: RwSignal<Option<(Field, usize, console::Moment)>>,
    /// The units that stand in a picker beside their number, as they were typed, by field.
    units: RwSignal<Vec<String>>,
    /// True once "Create session" was pressed: then every problem is shown.
    pub submitted: RwSignal<bool>,
    /// What stood in the form before something else replaced it.
    pub before: RwSignal<Option<Draft>>,
    /// Where what stands in the form has come from.
    pub origin: RwSignal<Origin>,
    /// The host's presets, then the person's own.
    pub presets: RwSignal<(Vec<Preset>, Vec<Preset>)>,
    /// The person's own before they were changed last.
    pub presets_before: RwSignal<Option<Vec<Preset>>>,
    /// True where the browser has the person's own as they are here.
    presets_are_kept: RwSignal<bool>,
    /// A value that is likelier to work than the one of the session that the form was filled from.
    better: RwSignal<Option<Better>>,
    /// The field that the form is to begin at, until it is drawn.
    wanted: RwSignal<Option<Field>>,
    /// What was sent last from this tab and became a session, secrets masked.
    last: RwSignal<Option<Draft>>,
    /// What the tab keeps of this cluster.
    storage: Storage,
    /// The name that was last asked for.
    name_asked: RwSignal<Option<SessionName>>,
    /// What stood in the form when "Create session" was pressed last.
    pressed: RwSignal<Option<Draft>>,
    /// What stood there when a request was sent.
    sent: RwSignal<Option<Draft>>,
}

/// Reads a form's text against what is known of the server and the host's policy.
type Reader = fn(&Draft, &ReadContext) -> Reading;

/// A problem shows this long after the last key, in milliseconds. Not when the control is left: a message that appears under a
/// mouse button on its way down would move what is being pressed.
const REST_MILLIS: u128 = 700;

impl Drafting {
    /// From what the tab has kept of this cluster, under the host's configuration.
    pub fn restored(config: Config, storage: Storage) -> Self {
        let start = match storage.read(ClusterKey::Draft) {
            // A kind that is no longer allowed could not be chosen again: it is left open, and one that is allowed stands there.
            Some(kept) => {
                let mut kept = Draft::from_storage(&kept);
                if !config.policy.allows(kept.text(Field::Kind)) {
                    kept.set_rows(Field::Kind, Vec::new());
                }
                config.policy.fill(&kept)
            }
            None => config.policy.empty_form(),
        };
        let kept = storage.read(ClusterKey::MadeUpName).and_then(|it| SessionName::kept(&it));
        let units = RwSignal::new(units_of(&start));
        let left = RwSignal::new(places(&start));
        let draft = RwSignal::new(start);
        let terms = ReadContext::new(kept.unwrap_or_else(fresh_name)).with_policy(config.policy);
        let terms = RwSignal::new(terms);
        let reader = RwSignal::<Option<Reader>>::new(None);
        let reading =
            memo(move || reader.get().map(|read| draft.with(|draft| terms.with(|terms| read(draft, terms)))));
        // A form that nobody has touched is the host's, who may want another one by the next time.
        effect(move || {
            let is_empty = draft.with(|draft| terms.with(|it| *draft == it.policy().empty_form()));
            storage.write(ClusterKey::Draft, (!is_empty).then(|| draft.with(Draft::to_storage)).as_deref());
        });
        effect(move || {
            let name = terms.with(|it| it.made_up().as_str().to_owned());
            storage.write(ClusterKey::MadeUpName, Some(&name));
        });
        let kept = storage.read(ClusterKey::Origin).map(|it| Origin::from_storage(&it));
        let origin = RwSignal::new(kept.unwrap_or_default());
        effect(move || {
            storage.write(ClusterKey::Origin, origin.with(Origin::to_storage).as_deref());
        });
        Self {
            draft,
            terms,
            reading,
            reader,
            left,
            typing: RwSignal::new(None),
            units,
            submitted: RwSignal::new(false),
            before: RwSignal::new(None),
            origin,
            presets: RwSignal::new((config.presets, Vec::new())),
            presets_before: RwSignal::new(None),
            presets_are_kept: RwSignal::new(true),
            better: RwSignal::new(None),
            wanted: RwSignal::new(None),
            last: RwSignal::new(last::restored(storage)),
            storage,
            name_asked: RwSignal::new(None),
            pressed: RwSignal::new(None),
            sent: RwSignal::new(None),
        }
    }

    /// Gives the form its rules: they are a part of the program that comes with the form's page, and nothing else asks them.
    pub fn open(&self, reader: Reader) {
        if self.reader.with_untracked(Option::is_some) {
            return;
        }
        self.read_presets();
        self.reader.set(Some(reader));
    }

    /// What the text amounts to.
    pub fn read<T: Default>(&self, at: impl FnOnce(&Reading) -> T) -> T {
        self.reading.with(|it| it.as_ref().map(at).unwrap_or_default())
    }

    /// The request, where nothing keeps it from being sent.
    pub fn request(&self) -> Option<CreateSession> {
        self.reading.get_untracked()?.request().ok()
    }

    /// The host's policy.
    pub fn policy<T>(&self, at: impl FnOnce(&Policy) -> T) -> T {
        self.terms.with_untracked(|it| at(it.policy()))
    }

    /// An empty form, as the host wants it.
    pub fn empty(&self) -> Draft {
        self.policy(Policy::empty_form)
    }

    /// The server has told its version.
    pub fn server(&self, version: Option<String>) {
        if let Some(version) = version {
            self.terms.set(self.terms.get_untracked().with_server(&version));
        }
    }

    /// "Create session" is pressed.
    pub fn press(&self) {
        self.submitted.set(true);
        self.pressed.set(Some(self.draft.get_untracked()));
    }

    /// True until something is typed after the press.
    pub fn is_as_pressed(&self) -> bool {
        self.pressed.with(|it| it.as_ref().is_none_or(|it| self.draft.with(|draft| draft == it)))
    }

    /// True until something is typed after a request was sent.
    pub fn is_as_sent(&self) -> bool {
        self.sent.with(|it| it.as_ref().is_some_and(|it| self.draft.with(|draft| draft == it)))
    }

    /// True where a field, or a row of one, is still what was sent.
    pub fn is_sent(&self, field: Field) -> bool {
        self.sent.with(|it| it.as_ref().is_none_or(|it| self.draft.with(|draft| !draft.differs(it, field))))
    }

    /// The draft is sent as it stands.
    pub fn send(&self) {
        self.sent.set(Some(self.draft.get_untracked()));
    }

    /// The draft has become a session: an empty form and another name for the next one. A session that was found long after its
    /// answer was lost leaves alone what has been typed since.
    pub fn start_anew(&self) {
        self.terms.set(self.terms.get_untracked().with_name(fresh_name()));
        let sent = self.sent.get_untracked();
        self.sent.set(None);
        self.submitted.set(false);
        match sent {
            Some(sent) => {
                if self.draft.with_untracked(|draft| *draft == sent) {
                    self.replace(self.empty());
                    self.before.set(None);
                }
                self.keep_last(&sent);
            }
            // Sent before a reload: what stands there may be something else by now, and can be brought back.
            None => self.replace(self.empty()),
        }
    }

    /// Puts another draft in place. What stood there can be brought back, and what is to be said of its values is said at once:
    /// nobody has seen them being typed.
    pub fn replace(&self, draft: Draft) {
        let stood = self.draft.get_untracked();
        self.fill_with(draft, stood);
        self.submitted.set(false);
        self.left.set(self.draft.with_untracked(places));
        self.origin.set(Origin::Typed);
        self.better.set(None);
    }

    /// Puts another draft in place while it is being written as text: what is shown of problems stays, and what `stood` before
    /// the writing can be brought back. True where the host's policy has put values of its own in place.
    pub fn fill_with(&self, mut draft: Draft, stood: Draft) -> bool {
        draft = draft.respelt().into_owned();
        let locked = self.policy(|it| it.lock(&mut draft));
        self.before.set((stood != self.empty() && stood != draft).then_some(stood));
        self.units.set(units_of(&draft));
        self.draft.set(draft);
        self.typing.set(None);
        locked
    }

    /// Fills an empty form from a link, which means the whole of it; returns what could not be used. What stood in the form can be
    /// brought back.
    pub fn fill(&self, query: &[(String, String)]) -> Vec<String> {
        let (mut draft, stood) = (self.empty(), self.draft.get_untracked());
        let mut unused = draft.fill(query);
        let mut allowed = draft.clone();
        if self.policy(|it| it.lock(&mut allowed)) {
            let refused =
                |it: &Field| self.policy(|policy| policy.locks(*it)) && allowed.differs(&draft, *it);
            let refused = Field::ALL.into_iter().filter(refused).map(|it| it.name().to_owned());
            let keys = draft.conf().iter().filter(|it| !allowed.conf().contains(it));
            unused.extend(refused.chain(keys.map(|(key, _)| format!("conf.{key}"))));
        }
        let is_unused =
            |it: &(String, String)| unused.iter().any(|word| word.split('=').next() == Some(it.0.as_str()));
        if !query.iter().all(is_unused) {
            if allowed != stood {
                self.replace(allowed);
            }
            self.origin.set(Origin::Link);
        }
        unused
    }

    /// Somebody types.
    pub fn type_into(&self, field: Field, row: usize, text: String) {
        self.draft.update(|draft| {
            let mut rows = draft.rows(field).to_vec();
            if let Some(place) = rows.get_mut(row) {
                *place = text;
            }
            draft.set_rows(field, rows);
        });
        self.typed_at(field, row);
    }

    /// Somebody types a key or a value of the configuration.
    pub fn type_conf(&self, row: usize, typed: impl FnOnce(&mut ConfRow)) {
        let mut rows = self.draft.with_untracked(|it| it.conf().to_vec());
        if let Some(place) = rows.get_mut(row) {
            typed(place);
        }
        self.draft.update(|it| it.set_conf(rows));
        self.typed_at(Field::Conf, row);
    }

    fn typed_at(&self, field: Field, row: usize) {
        if let Some((last, at, _)) =
            self.typing.get_untracked().filter(|(it, at, _)| (*it, *at) != (field, row))
        {
            self.leave(last, at);
        }
        self.typing.set(Some((field, row, now())));
    }

    /// A control is done with: its problem may be shown.
    pub fn leave(&self, field: Field, row: usize) {
        self.typing.set(None);
        if !self.left.with_untracked(|it| it.contains(&(field, row))) {
            self.left.update(|it| it.push((field, row)));
        }
    }

    /// Time has passed: what was rested on is shown like what was left.
    pub fn tick(&self) {
        if let Some((field, row, at)) = self.typing.get_untracked()
            && now().since(at).as_millis() >= REST_MILLIS
        {
            self.leave(field, row);
        }
    }

    /// The name that stands in the form, where it has rested there and is another one than before.
    pub fn name_to_ask(&self) -> Option<Option<SessionName>> {
        if self.typing.with_untracked(|it| it.is_some_and(|(field, ..)| field == Field::Name)) {
            return None;
        }
        let name = self.draft.with_untracked(|it| SessionName::kept(it.text(Field::Name).trim()));
        let name = name.filter(|it| !it.as_str().is_empty());
        if self.name_asked.with_untracked(|it| *it == name) {
            return None;
        }
        self.name_asked.set(name.clone());
        Some(name)
    }

    /// Where a field says something else than the session that the form was filled from: that it does, and how.
    pub fn changed(&self, field: Field) -> Option<String> {
        self.origin.with(|it| match it {
            Origin::Session(_, was) if field != Field::Name => self.draft.with(|it| {
                it.differs(was, field).then(|| match was.rows(field) {
                    _ if field == Field::Conf => match changed_keys(it, was).join(", ").as_str() {
                        "" => words::CHANGED.to_owned(),
                        keys => words::changed_keys(keys),
                    },
                    [text] if !text.is_empty() => words::changed_from(text),
                    _ => words::CHANGED.to_owned(),
                })
            }),
            _ => None,
        })
    }
}

/// The keys that have another value in one of two configurations, or stand in one alone.
fn changed_keys<'a>(one: &'a Draft, other: &'a Draft) -> Vec<&'a str> {
    let only = |one: &'a Draft, other: &'a Draft| {
        one.conf().iter().filter(|it| !other.conf().contains(it)).map(|it| it.0.as_str())
    };
    let mut keys: Vec<&str> = only(one, other).chain(only(other, one)).filter(|it| !it.is_empty()).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// Where something stands.
fn places(draft: &Draft) -> Vec<(Field, usize)> {
    let filled = |field: Field| {
        let rows = if field == Field::Conf { draft.conf().len() } else { draft.rows(field).len() };
        (0..rows)
            .filter(move |_| field.has_rows() || !draft.text(field).trim().is_empty())
            .map(move |row| (field, row))
    };
    Field::ALL.into_iter().flat_map(filled).collect()
}

fn fresh_name() -> SessionName {
    SessionName::made_up(random())
}
