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
    /// When it will have run out, as far as was seen; `None` while something renews it.
    pub at: Option<Moment>,
    /// True once that moment has passed and the session lives: something renewed it unseen, or the rule is not enforced.
    pub is_past: bool,
    /// What renews it, or why the moment may not hold.
    pub note: &'static str,
}

/// What a page knows of a session beside what the server tells.
#[derive(Clone, Copy, Debug)]
pub struct Sight {
    /// When it was first seen.
    pub first: Moment,
    /// Since when it has been seen in its state.
    pub state_since: Moment,
    /// Whether its heartbeat is renewed from here.
    pub beat: Beat,
}

/// Who renews a heartbeat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beat {
    /// This page.
    Ours,
    /// This page, if the server answered it.
    Failing,
    /// Another page: this one only looks.
    Theirs,
}

/// Livy's own when a session names none (`livy.server.session.timeout`, LivyConf.scala, 0.9.0).
pub(crate) const USUAL_IDLE: Duration = Duration::from_secs(3_600);

/// How long the field of a session's request allows, where it was set. A time without a unit is in milliseconds (ClientConf.java
/// 161-181, 0.9.0).
pub(crate) fn span(session: &Session, field: Field) -> Option<Duration> {
    let value = session.request().into_iter().find(|it| it.0 == field.name())?.1;
    let of_text = |text: &str| form::seconds(text).or_else(|| Some(text.trim().parse::<u64>().ok()? / 1_000));
    let seconds = value.as_u64().or_else(|| of_text(value.as_str()?));
    seconds.filter(|it| *it > 0).map(Duration::from_secs)
}

/// How long a session lives without being asked for; `None` where it has no heartbeat.
pub(crate) fn beat(session: &Session) -> Option<Duration> {
    span(session, Field::Heartbeat)
}

/// The rules that hold for a session that lives, as they stand now.
pub fn expiries(session: &Session, sight: Sight, now: Moment) -> Vec<Expiry> {
    let phase = session.state.phase();
    if matches!(phase, Phase::Ending | Phase::Over) {
        return Vec::new();
    }
    let expiry = |rule, span, since: Option<Moment>, note| {
        let at = since.map(|it| it.after(span));
        Expiry { rule, span, at, is_past: at.is_some_and(|it| it <= now), note }
    };
    let own = span(session, Field::IdleTimeout);
    // The last thing that was seen to renew it: a statement that began or ended, or the create.
    let renewed = if phase == Phase::Pending { sight.first } else { sight.state_since };
    let note = match (own, phase) {
        (Some(_), Phase::Working) => {
            "A statement renews it when it begins and when it ends. While one runs, the time counts too, unless the server is set otherwise."
        }
        (None, Phase::Working) => {
            "The usual hour, unless the server is set otherwise. While a statement runs, the time counts too."
        }
        (Some(_), _) => "A statement renews it; looking does not.",
        (None, _) => {
            "The usual hour, unless the server is set otherwise. A statement renews it; looking does not."
        }
    };
    let mut found = vec![expiry(Field::IdleTimeout, own.unwrap_or(USUAL_IDLE), Some(renewed), note)];
    if let Some(span) = span(session, Field::Ttl) {
        let note = "Nothing renews it. It counts from a start that may be earlier, and only where the server enforces it.";
        found.push(expiry(Field::Ttl, span, Some(sight.first), note));
    }
    if let Some(span) = beat(session) {
        let note = match sight.beat {
            Beat::Ours => {
                "This page renews it while it is open: closing it ends the session, unless others look at it too."
            }
            Beat::Failing => "This page would renew it, but the server does not answer it now.",
            Beat::Theirs => "Somebody else's page renews it. This one only looks.",
        };
        found.push(expiry(Field::Heartbeat, span, None, note));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn each_rule_counts_from_what_was_seen_to_renew_it() {
        let session = |state: &str| {
            let told = json!({"id": 1, "state": state, "idleTimeout": "600000", "ttl": "2h", "heartbeatTimeoutInSecond": 60});
            Session::from_json(told).unwrap()
        };
        let at = |secs: u64| Moment::from_millis(secs * 1_000);
        let sight = |beat| Sight { first: at(0), state_since: at(100), beat };
        let rules = |state: &str, now: u64| expiries(&session(state), sight(Beat::Ours), at(now));
        let said: Vec<_> = rules("idle", 200).iter().map(|it| (it.at, it.is_past)).collect();
        // Ten minutes, for a bare number is milliseconds.
        assert_eq!(said, [(Some(at(700)), false), (Some(at(7_200)), false), (None, false)]);
        assert_eq!(rules("starting", 200)[0].at, Some(at(600)));
        assert_eq!(rules("busy", 200)[0].at, Some(at(700)), "a long statement does not renew it");
        assert!(rules("idle", 700)[0].is_past && !rules("idle", 699)[0].is_past);
        assert!(rules("shutting_down", 200).is_empty() && rules("dead", 200).is_empty());
        let notes: Vec<_> = [Beat::Ours, Beat::Failing, Beat::Theirs]
            .into_iter()
            .map(|it| expiries(&session("idle"), sight(it), at(200))[2].note)
            .collect();
        assert!(notes[0] != notes[1] && notes[1] != notes[2]);
    }
}
