//! When a session will end by itself, as far as this page can know: each moment with how exact it is and what extends it.

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
    /// True when the request does not set it: `span` is then Livy's default.
    pub is_default: bool,
    /// When it runs out; `None` while something extends it all the time.
    pub at: Option<Moment>,
    /// How exact that moment is.
    pub bound: Bound,
    /// True from some minutes before it may run out until it is past.
    pub is_near: bool,
    /// True once Livy should have ended the session: a statement extended it unseen, or the server does not enforce the rule.
    pub is_past: bool,
    /// What extends it, or why the moment may not hold.
    pub note: &'static str,
}

/// How exact a moment is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// To the seconds between two polls.
    About,
    /// The rule counts from something that happened before this page looked: it may run out earlier.
    AtTheLatest,
    /// The page could not look for a while, in which a statement may have extended it: it runs out from this moment on.
    From(Moment),
}

/// What a page knows of a session beside what the server says.
#[derive(Clone, Copy, Debug)]
pub struct Sight {
    /// When it was first seen.
    pub first: Moment,
    /// When its state began, where that was seen.
    pub began: Option<Moment>,
    /// Since when it has been seen in its state without a gap.
    pub watched: Moment,
    /// Who renews its heartbeat.
    pub beat: Beat,
    /// When this page itself last extended its idle time: with a statement, a cancel, or a call that does nothing else.
    pub renewed: Option<Moment>,
}

/// Who renews a heartbeat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beat {
    /// This page.
    Ours,
    /// This page, if the server answered it.
    Failing,
    /// Another page: this one is view only.
    Theirs,
}

/// Livy's default idle timeout (`livy.server.session.timeout`, LivyConf.scala, 0.9.0).
pub(crate) const USUAL_IDLE: Duration = Duration::from_secs(3_600);

/// Livy looks for sessions to end once a minute (SessionManager.scala, 0.9.0): a rule may hold for that much longer.
pub(crate) const ROUND: Duration = Duration::from_secs(60);

/// The longest time before an end at which it is near. A short rule warns a sixth of its span before.
const MOST_LEAD: Duration = Duration::from_secs(600);

/// How long before the end of such a rule it is near: ten minutes of the usual hour, one of six minutes.
fn lead(span: Duration) -> Duration {
    (span / 6).min(MOST_LEAD)
}

/// How long the field of a session's request allows, where it was set. A time without a unit is in milliseconds (ClientConf.java
/// 161-181, 0.9.0).
pub(crate) fn span(session: &Session, field: Field) -> Option<Duration> {
    span_of(session, field.name())
}

fn span_of(session: &Session, name: &str) -> Option<Duration> {
    let value = session.request().into_iter().find(|it| it.0 == name)?.1;
    let of_text = |text: &str| form::seconds(text).or_else(|| Some(text.trim().parse::<u64>().ok()? / 1_000));
    let seconds = value.as_u64().or_else(|| of_text(value.as_str()?));
    seconds.filter(|it| *it > 0).map(Duration::from_secs)
}

/// What a request calls the heartbeat's field.
const HEARTBEAT: &str = "heartbeatTimeoutInSecond";

/// How long a session lives without being asked for; `None` where it has no heartbeat.
pub(crate) fn beat(session: &Session) -> Option<Duration> {
    // By its name: the list needs it too, and the table of the fields has the form's texts.
    span_of(session, HEARTBEAT)
}

/// The rules that hold now for a session that lives.
pub fn expiries(session: &Session, sight: Sight, now: Moment) -> Vec<Expiry> {
    let phase = session.state.phase();
    if matches!(phase, Phase::Ending | Phase::Over) {
        return Vec::new();
    }
    // Counted from `since`; `began` is the earliest moment that it may count from, where that is known.
    let counted = |rule, span: Duration, since: Moment, began: Option<Moment>, note| {
        let at = since.after(span);
        let earliest = began.map_or(at, |it| it.after(span));
        let is_past = at.after(ROUND) <= now;
        Expiry {
            rule,
            span,
            is_default: false,
            at: Some(at),
            bound: match began {
                Some(_) if earliest == at => Bound::About,
                Some(_) => Bound::From(earliest),
                None => Bound::AtTheLatest,
            },
            is_near: !is_past && earliest <= now.after(lead(span)),
            is_past,
            note,
        }
    };
    let idle = span(session, Field::IdleTimeout);
    // The last thing that was seen to extend it: a statement that began or ended, or the create, which came before the first look.
    let (since, began, note) = match phase {
        Phase::Pending => {
            (sight.first, None, "Start-up time counts too. Running a statement extends it; viewing doesn't.")
        }
        Phase::Working => (
            sight.watched,
            sight.began,
            "Time counts while a statement runs too, unless the server is set up differently. The end of a statement extends it.",
        ),
        _ => (sight.watched, sight.began, "Running a statement extends it; viewing doesn't."),
    };
    // What this page did itself is certain; a statement of somebody else may have extended it further.
    let renewed = sight.renewed.filter(|it| phase != Phase::Pending && Some(*it) > began);
    let (since, began) = renewed.map_or((since, began), |it| (since.max(it), Some(it)));
    let is_default = idle.is_none();
    let idle = counted(Field::IdleTimeout, idle.unwrap_or(USUAL_IDLE), since, began, note);
    let mut found = vec![Expiry { is_default, ..idle }];
    if let Some(span) = span(session, Field::Ttl) {
        let note = "Nothing extends it. It applies only if the server enforces it; by default Livy doesn't.";
        found.push(counted(Field::Ttl, span, sight.first, None, note));
    }
    if let Some(span) = beat(session) {
        let note = match sight.beat {
            Beat::Ours => {
                "This page keeps the session alive. Closing it ends the session, unless someone else has it open."
            }
            Beat::Failing => "This page would keep the session alive, but the server isn't answering.",
            Beat::Theirs => "Someone else's page keeps the session alive. This page is view only.",
        };
        found.push(Expiry {
            rule: Field::Heartbeat,
            span,
            is_default: false,
            at: None,
            bound: Bound::About,
            is_near: false,
            is_past: false,
            note,
        });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn at(secs: u64) -> Moment {
        Moment::from_millis(secs * 1_000)
    }

    fn session(state: &str, more: Value) -> Session {
        let mut fields = json!({"id": 1, "state": state});
        fields.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        Session::from_json(fields).unwrap()
    }

    fn sight(began: Option<u64>, watched: u64) -> Sight {
        Sight { first: at(0), began: began.map(at), watched: at(watched), beat: Beat::Ours, renewed: None }
    }

    #[test]
    fn the_heartbeat_has_one_name_here_and_in_the_table_of_fields() {
        assert_eq!(HEARTBEAT, Field::Heartbeat.name());
    }

    #[test]
    fn each_rule_counts_from_what_was_seen_to_extend_it() {
        let set = json!({"idleTimeout": "600000", "ttl": "2h", "heartbeatTimeoutInSecond": 60});
        let rules =
            |state: &str, now: u64| expiries(&session(state, set.clone()), sight(Some(100), 100), at(now));
        let said: Vec<_> = rules("idle", 200).iter().map(|it| (it.at, it.bound, it.is_past)).collect();
        // Ten minutes, for a bare number is milliseconds. A time to live began before the first look.
        let expected = [
            (Some(at(700)), Bound::About, false),
            (Some(at(7_200)), Bound::AtTheLatest, false),
            (None, Bound::About, false),
        ];
        assert_eq!(said, expected);
        let starting = &rules("starting", 200)[0];
        assert_eq!((starting.at, starting.bound), (Some(at(600)), Bound::AtTheLatest));
        assert_eq!(rules("busy", 200)[0].at, Some(at(700)), "a long statement does not extend it");
        // Livy looks once a minute.
        assert!(rules("idle", 760)[0].is_past && !rules("idle", 759)[0].is_past);
        assert!(rules("shutting_down", 200).is_empty() && rules("dead", 200).is_empty());
        let notes: Vec<_> = [Beat::Ours, Beat::Failing, Beat::Theirs]
            .into_iter()
            .map(|beat| Sight { beat, ..sight(None, 0) })
            .map(|it| expiries(&session("idle", set.clone()), it, at(200))[2].note)
            .collect();
        assert!(notes[0] != notes[1] && notes[1] != notes[2]);
    }

    #[test]
    fn what_this_page_sends_extends_it() {
        let rule = |began, watched, renewed: u64| {
            let sight = Sight { renewed: Some(at(renewed)), ..sight(began, watched) };
            expiries(&session("busy", json!({})), sight, at(3_000)).remove(0)
        };
        let it = rule(Some(100), 100, 2_900);
        assert_eq!((it.at, it.bound, it.is_near), (Some(at(6_500)), Bound::About, false));
        // The state has begun after it, or was not watched since.
        assert_eq!(rule(Some(2_950), 2_950, 2_900).at, Some(at(6_550)));
        let it = rule(None, 2_950, 2_900);
        assert_eq!((it.at, it.bound), (Some(at(6_550)), Bound::From(at(6_500))));
    }

    #[test]
    fn what_was_not_seen_to_begin_or_not_watched_has_bounds() {
        let rule = |began, watched| {
            expiries(&session("idle", json!({})), sight(began, watched), at(2_000)).remove(0)
        };
        let it = rule(None, 100);
        assert_eq!((it.at, it.bound, it.is_default), (Some(at(3_700)), Bound::AtTheLatest, true));
        // Seen to begin, then not watched for a while: a statement may have run meanwhile.
        let it = rule(Some(100), 1_900);
        assert_eq!((it.at, it.bound), (Some(at(5_500)), Bound::From(at(3_700))));
        assert_eq!(rule(Some(100), 100).bound, Bound::About);
    }

    #[test]
    fn an_end_is_near_a_sixth_of_its_span_before_and_ten_minutes_at_most() {
        let near = |set: Value, began, watched, now| {
            expiries(&session("idle", set), sight(began, watched), at(now)).iter().any(|it| it.is_near)
        };
        let usual = |now| near(json!({}), Some(100), 100, now);
        assert!(!usual(3_099) && usual(3_100) && usual(3_759) && !usual(3_760));
        let short = |now| near(json!({"idleTimeout": "6m"}), Some(100), 100, now);
        assert!(!short(399) && short(400));
        // It may end an hour after it was seen to be idle first, and an hour after it was seen again at the latest.
        let gap = |now| near(json!({}), Some(100), 2_000, now);
        assert!(!gap(3_099) && gap(3_100) && gap(5_000));
        let ttl = |now| near(json!({"idleTimeout": "100h", "ttl": "8h"}), None, 0, now);
        assert!(!ttl(28_199) && ttl(28_200));
    }
}
