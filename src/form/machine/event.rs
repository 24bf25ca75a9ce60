//! What the form is told, and what it wants done.

use crate::{ClusterManager, ConfRow, CreateSession, Draft, Field, Preset, SessionCopy, SessionName};

/// Something that has happened. Rows are counted from 0.
#[derive(Clone, Debug)]
pub enum FormEvent {
    /// The page with the form is drawn.
    Opened,
    /// Somebody types into a field or a row of a list. A number may bring its own unit.
    Typed {
        /// Which.
        field: Field,
        /// Its row; 0 for a field that is no list.
        row: usize,
        /// All that its control holds.
        text: String,
    },
    /// Somebody types a key of the configuration, or takes one that was offered.
    KeyTyped {
        /// Its row.
        row: usize,
        /// The whole key.
        key: String,
    },
    /// Somebody types a value of the configuration.
    ValueTyped {
        /// Its row.
        row: usize,
        /// The whole value.
        value: String,
    },
    /// A unit was chosen beside a number; empty for none.
    UnitChosen {
        /// Whose.
        field: Field,
        /// As [`crate::options`] writes it.
        unit: String,
    },
    /// Somebody is done with a number: a unit that was typed with it goes into the picker.
    NumberDone(Field),
    /// A value that [`super::Form::offer`] gave was taken.
    OfferTaken {
        /// Whose.
        field: Field,
        /// The value.
        value: String,
    },
    /// A row is wanted at the end of a list or the configuration.
    RowAdded(Field),
    /// A row is taken away.
    RowRemoved {
        /// Of which list, or the configuration.
        field: Field,
        /// Which.
        row: usize,
    },
    /// Two rows of a list change places.
    RowMoved {
        /// Of which list.
        field: Field,
        /// The row that is moved.
        from: usize,
        /// Where it goes: the row before or after it.
        to: usize,
    },
    /// Somebody presses Enter in a row: they go on to the next one. After the last one there is a new one, if this one has text.
    NextRowWanted {
        /// Of which list, or the configuration.
        field: Field,
        /// The row they are in.
        row: usize,
    },
    /// Several paths were pasted into a row. What stands there stays as a row of its own.
    PathsPasted {
        /// Of which list.
        field: Field,
        /// Where.
        row: usize,
        /// Not empty.
        paths: Vec<String>,
        /// True where they replace the text of the row: it was all marked.
        replaces: bool,
    },
    /// Rows were pasted into a key of the configuration. What stands there stays as a row of its own.
    ConfPasted {
        /// Where.
        row: usize,
        /// Not empty.
        rows: Vec<ConfRow>,
        /// True where they replace the key: it was all marked.
        replaces: bool,
    },
    /// The form is to be empty.
    Cleared,
    /// An example is wanted.
    ExampleWanted,
    /// What stood in the form before is wanted again.
    Undone,
    /// A preset was chosen: the request of it.
    PresetChosen(Draft),
    /// A link with values was opened: its query.
    LinkOpened(Vec<(String, String)>),
    /// The page around the console fills the form: the text of a request in JSON.
    HostFilled(String),
    /// Another session like this one is wanted.
    SessionCopied(SessionCopy),
    /// The request of this tab that became a session last is wanted again.
    LastWanted,
    /// A text was read as a request.
    TextRead {
        /// The request.
        draft: Draft,
        /// What stood in the form before the text was written, to be brought back.
        stood: Draft,
    },
    /// A field that the server does not know is to be left out.
    TakenOut(Field),
    /// What was imported and has no place in the form is not needed.
    UnknownFieldsDiscarded,
    /// Somebody presses Enter to send the form with the last key still warm: what there is to consider is to be shown first.
    WarningsWanted,
    /// "Create session" is pressed.
    Submitted,
    /// The request with this token became a session. `None`: it was sent before the page was loaded again.
    Settled(Option<u64>),
    /// The server told its version, `0.9.0-incubating`.
    ServerKnown(String),
    /// A session of the server shows the cluster manager.
    ManagerShown(ClusterManager),
    /// The person's own presets change, or another tab may have changed them.
    Presets {
        /// How.
        change: PresetChange,
        /// What the browser keeps of them by now.
        kept: Option<String>,
    },
    /// The browser did not keep the presets of the last [`FormEffect::Keep`].
    PresetsNotKept,
    /// The moment of [`super::Form::next_wakeup`] has come. Too early or too often does no harm.
    Woke,
}

/// Something to be done. The order matters.
#[derive(Clone, Debug, PartialEq)]
pub enum FormEffect {
    /// Send a request, and tell [`FormEvent::Settled`] with its token once it became a session.
    Submit {
        /// What is asked for.
        request: CreateSession,
        /// Its number.
        token: u64,
    },
    /// Ask the server whether a session has this name; `None`: there is none to ask for.
    AskName(Option<SessionName>),
    /// Keep a text beyond a reload, or forget it.
    Keep {
        /// Which.
        slot: Slot,
        /// Never with a secret in it.
        text: Option<String>,
    },
    /// Bring the focus somewhere, as soon as it is drawn.
    Focus(Target),
    /// Say that these parts of a link could not be used; none takes back what was said.
    SayUnused(Vec<String>),
    /// Tell the page around the console what of its request could not be used: names of fields, or a sentence where it is no request.
    TellUnused(Vec<String>),
}

/// What the form wants kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slot {
    /// The form as it was typed.
    Draft,
    /// Where its values have come from.
    Origin,
    /// The name made up for the next session.
    MadeUpName,
    /// The request that became a session last.
    Last,
    /// The form as it stood when the request was sent whose end is not known yet.
    Sent,
    /// A mark that what is kept as [`Slot::Sent`] became a session while no form was there to hear it.
    Settled,
    /// The person's own presets, for all tabs of the browser.
    Presets,
    /// The cluster manager that a session of the server has shown, in its word.
    Manager,
}

/// Where the focus goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// A field, or a row of a list or the configuration; of a list without that row to the button that adds one.
    Control(Field, usize),
    /// The value in a row of the configuration.
    ConfValue(usize),
    /// The summary of what is wrong.
    Errors,
}

/// How the person's own presets change.
#[derive(Clone, Debug)]
pub enum PresetChange {
    /// Not by this tab; another one may have changed them.
    Seen,
    /// What stands in the form is added under a name, without the session's name and with its secrets masked.
    Kept(String),
    /// These are added. Of those with the same name the last one stays.
    Added(Vec<Preset>),
    /// The one with this name is taken away.
    Removed(String),
    /// The last change is taken back.
    Undone,
}
