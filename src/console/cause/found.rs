//! A cause that was found, and what holds for it whatever the log says.

use form::{Better, Field};
use livy::Section;

use super::Cause;

/// Who can do something about a cause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whom {
    /// The person: by another value in the form, or by waiting.
    You,
    /// Whoever runs Livy or the cluster.
    Operator,
}

/// How much a cause explains.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Weight {
    /// It says why.
    Reason,
    /// It says why, in words that others use too: a more precise reason goes before it.
    Broad,
    /// The mark of an end, and not its reason.
    End,
    /// What the session waited for when something last was heard of it.
    Waiting,
    /// That nothing came. What kept it from coming is the reason.
    Late,
}

/// What holds for a cause in every session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct About {
    /// Its word in the page's markup (`data-cause`). It never changes.
    pub word: &'static str,
    /// What happened, in a few words.
    pub title: &'static str,
    /// What to do about it.
    pub advice: &'static str,
    /// Who can do that.
    pub whom: Whom,
    /// The field of the form that it usually concerns.
    pub field: Option<Field>,
    pub(crate) weight: Weight,
    /// True for what can only keep a session from starting.
    pub(crate) is_of_the_start: bool,
}

/// A cause that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundCause {
    /// Which.
    pub cause: Cause,
    /// What holds for it in every session.
    pub about: &'static About,
    /// The lines that show it, by section and number. Empty where the facts alone do.
    pub evidence: Vec<(Section, u64)>,
    /// The field of the form that it concerns in this session.
    pub field: Option<Field>,
    /// A value for that field that is likelier to work than the session's own.
    pub better: Option<Better>,
}

impl About {
    /// True for one that says why, and is not only the mark of an end.
    pub fn says_why(&self) -> bool {
        self.weight <= Weight::Broad
    }

    /// True for what a session waits for before its driver is there.
    pub(crate) fn is_waiting(&self) -> bool {
        self.weight == Weight::Waiting
    }
}

impl FoundCause {
    pub(super) fn new(cause: Cause, about: &'static About) -> Self {
        Self { cause, about, evidence: Vec::new(), field: about.field, better: None }
    }
}

/// What is left to say once all is known: a mark of the end says nothing beside its reason, and what a session that has been
/// ready waited for at its start did not end it. What it still waited for when it was killed is the reason of that: Livy kills
/// what does not come in time.
pub(crate) fn settled(mut found: Vec<FoundCause>, was_ready: bool) -> Vec<FoundCause> {
    if was_ready {
        found.retain(|it| !it.about.is_of_the_start && it.about.weight != Weight::Waiting);
    }
    drop_consequences(&mut found);
    let is_kill = |it: &FoundCause| matches!(it.cause, Cause::ApplicationKilled | Cause::KilledBySignal);
    let is_of = |weight: Weight| move |it: &FoundCause| it.about.weight == weight;
    match found.iter().map(|it| it.about.weight).min() {
        Some(Weight::Reason | Weight::Broad) => found.retain(|it| it.about.weight <= Weight::Broad),
        Some(Weight::End) if found.iter().filter(|it| is_of(Weight::End)(it)).all(is_kill) => {
            found.sort_by_key(|it| it.about.weight != Weight::Waiting);
        }
        Some(Weight::End) => found.retain(|it| it.about.weight != Weight::Waiting),
        _ => {}
    }
    found
}

/// What each of these is only the consequence of, or says less than.
const FOLLOWS: [(Cause, &[Cause]); 5] = [
    (Cause::ContainerExit, &[Cause::StagingGone]),
    // A metastore that refused the sign-in was reached.
    (
        Cause::MetastoreUnreachable,
        &[Cause::Kerberos, Cause::TokenExpired, Cause::TokenRefused, Cause::NoTicket, Cause::ClockSkew],
    ),
    (
        Cause::Kerberos,
        &[Cause::KeytabWrong, Cause::KdcUnreachable, Cause::PrincipalRefused, Cause::ClockSkew],
    ),
    // Hadoop 2 names the keytab whatever the reason.
    (Cause::KeytabWrong, &[Cause::KdcUnreachable, Cause::PrincipalRefused, Cause::ClockSkew]),
    // The host that nobody knows is that of the Kerberos server.
    (Cause::PlaceUnknown, &[Cause::KdcUnreachable]),
];

/// Drops what only follows from something else that was found.
fn drop_consequences(found: &mut Vec<FoundCause>) {
    // That a container ended says less than anything else, and what a second attempt lacked less than why the first one failed.
    let is_mere_end = |it: &FoundCause| matches!(it.cause, Cause::ContainerExit | Cause::StagingGone);
    let says_more = |it: &FoundCause| {
        !is_mere_end(it) && (it.about.weight <= Weight::End || it.cause == Cause::ConnectTimeout)
    };
    if found.iter().any(says_more) {
        found.retain(|it| !is_mere_end(it));
    }
    let all: Vec<Cause> = found.iter().map(|it| it.cause).collect();
    for (consequence, reasons) in FOLLOWS {
        if reasons.iter().any(|it| all.contains(it)) {
            found.retain(|it| it.cause != consequence);
        }
    }
}
