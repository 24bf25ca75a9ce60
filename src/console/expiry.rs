//! When a session will end by itself, as far as it can be told from here: estimates, each with what renews it.

use std::time::Duration;

use form::Field;
use livy::{Phase, Session};

use crate::Moment;

/// One rule that will end a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expiry {
    /// The field that sets it.
    pub rule: Field,
    /// How long it allows.
    pub span: Duration,
    /// The earliest moment; `None` while something renews it.
    pub at: Option<Moment>,
    /// What renews it, or why the moment may not hold.
    pub note: &'static str,
}

/// Livy's own when a session names none (`livy.server.session.timeout`, LivyConf.scala, 0.9.0).
pub(crate) const USUAL_IDLE: Duration = Duration::from_secs(3_600);

/// How long the field of a session's request allows, where it was set.
pub(crate) fn span(session: &Session, field: Field) -> Option<Duration> {
    let value = session.request().into_iter().find(|it| it.0 == field.name())?.1;
    let seconds = value.as_u64().or_else(|| form::seconds(value.as_str()?));
    seconds.filter(|it| *it > 0).map(Duration::from_secs)
}

/// The rules that hold for a session that lives. `first` is when this page first saw it, `state_since` since when it has seen
/// its state; `only_looks` that it does not renew its heartbeat.
pub fn expiries(session: &Session, first: Moment, state_since: Moment, only_looks: bool) -> Vec<Expiry> {
    let phase = session.state.phase();
    if matches!(phase, Phase::Ending | Phase::Over) {
        return Vec::new();
    }
    let own = span(session, Field::IdleTimeout);
    let mut found = vec![Expiry {
        rule: Field::IdleTimeout,
        span: own.unwrap_or(USUAL_IDLE),
        at: (phase == Phase::Ready).then(|| state_since.after(own.unwrap_or(USUAL_IDLE))),
        note: if own.is_some() {
            "A statement renews it; looking does not."
        } else {
            "The usual hour, unless the server is set otherwise. A statement renews it; looking does not."
        },
    }];
    if let Some(span) = span(session, Field::Ttl) {
        let note = "Nothing renews it. It counts from a start that may be earlier, and only where the server enforces it.";
        found.push(Expiry { rule: Field::Ttl, span, at: Some(first.after(span)), note });
    }
    if let Some(span) = span(session, Field::Heartbeat) {
        let note = if only_looks {
            "Somebody else's page renews it. This one only looks."
        } else {
            "This page renews it while it is open: closing it ends the session, unless others look at it too."
        };
        found.push(Expiry { rule: Field::Heartbeat, span, at: None, note });
    }
    found
}
