//! A watched session from one page to the next of the same tab, such as over a reload: what [`Watch::to_carry`] writes,
//! [`Watch::of_carried`] reads. It is kept in the tab's own storage and goes with the tab. Without secrets, as far as they can be
//! recognised. The log can't be checked for secrets: its newest lines are kept.

use std::time::Duration;

use serde_json::{Value, json};

use super::record::{ending_word, is_of_this_version};
use super::{Ending, Watch};
use crate::{Moment, SessionLog};

/// A page that is reloaded is back sooner. What happened in a longer time was not seen.
const PAUSE: Duration = Duration::from_secs(20);

/// A session without a name and an application differs from the next one with its id in nothing, and Livy gives ids
/// again when it restarts. So it is taken for the same one only if Livy can hardly have restarted meanwhile.
const TRUSTED: Duration = Duration::from_secs(30);

impl Watch {
    /// What the next page of this tab is to know, with at most `cap` bytes of log; `None` while nothing is known, or the log is not here.
    pub(crate) fn to_carry(&self, cap: usize, now: Moment) -> Option<String> {
        let ended = match self.ending {
            Some(Ending::Missing) => return None,
            Some(ending) => ending_word(ending),
            None => None,
        };
        let facts = self.facts(ended, 0).filter(|_| !self.awaits_log())?;
        Some(json!({"facts": facts, "left": now.as_millis(), "log": self.log.to_carry(cap)}).to_string())
    }

    /// From what the last page of this tab left; `None` for what cannot be read, or could be another session by now.
    pub(crate) fn of_carried(text: &str, now: Moment) -> Option<Self> {
        let carried: Value = serde_json::from_str(text).ok()?;
        let facts = carried.get("facts").filter(|it| is_of_this_version(it))?;
        let mut watch = Self::of_facts(facts)?;
        watch.take_log(SessionLog::of_carried(carried.get("log")?));
        (watch.is_recalled, watch.is_kept, watch.is_carried) = (false, false, true);
        let left = Moment::from_millis(carried.get("left")?.as_u64()?);
        let session = watch.session.as_ref()?;
        if session.name().is_none()
            && session.app_id().is_none()
            && watch.ending.is_none()
            && now.since(left) > TRUSTED
        {
            return None;
        }
        if now.since(left) > PAUSE {
            watch.not_seen(left);
        }
        Some(watch)
    }

    /// True for one that the last page of this tab watched: it knows all that other memories of the same session do.
    pub(crate) fn is_carried(&self) -> bool {
        self.is_carried
    }
}

#[cfg(test)]
mod tests {
    use livy::{Address, LogPage, Session};

    use super::*;
    use crate::StateSpan;

    fn at(secs: u64) -> Moment {
        Moment::from_millis(secs * 1_000)
    }

    fn watch(name: &str, states: &[&str]) -> Watch {
        let mut watch = Watch::new(Address::parse("3").unwrap(), at(100));
        for (it, state) in states.iter().enumerate() {
            let name = if name.is_empty() { Value::Null } else { json!(name) };
            let told = json!({
                "id": 3, "name": name, "state": state,
                "conf": {"spark.a": "1", "spark.ssl.keyPassword": "hush"},
            });
            watch.arrived(Session::from_json(told).unwrap(), true, at(100 + it as u64 * 10));
        }
        let lines = ["stdout: ", "a", "b"].map(str::to_owned).to_vec();
        watch.log_arrived(&LogPage { lines }, at(101));
        watch
    }

    fn words(watch: &Watch) -> Vec<&str> {
        let word = |it: &StateSpan| it.state.as_ref().map(|it| it.as_str().to_owned());
        watch.timeline().iter().map(|it| if word(it).is_some() { "seen" } else { "unseen" }).collect()
    }

    #[test]
    fn the_next_page_knows_what_the_last_one_knew_but_for_secrets() {
        let left = watch("etl", &["starting", "idle"]);
        let text = left.to_carry(1_000, at(115)).unwrap();
        assert!(text.contains("spark.a") && !text.contains("hush"), "{text}");
        let back = Watch::of_carried(&text, at(117)).unwrap();
        assert_eq!((back.timeline(), back.log().to_text()), (left.timeline(), left.log().to_text()));
        assert_eq!((back.seen_since(), back.state_since()), (at(100), at(110)));
        assert!(back.is_carried() && !back.is_recalled() && !back.awaits_log());
    }

    #[test]
    fn a_long_absence_was_not_seen() {
        let text = watch("etl", &["starting", "idle"]).to_carry(1_000, at(115)).unwrap();
        assert_eq!(words(&Watch::of_carried(&text, at(130)).unwrap()), ["seen", "seen"]);
        assert_eq!(words(&Watch::of_carried(&text, at(140)).unwrap()), ["seen", "seen", "unseen"]);
    }

    #[test]
    fn an_id_alone_is_trusted_for_a_moment_only() {
        let text = watch("", &["idle"]).to_carry(1_000, at(115)).unwrap();
        assert!(Watch::of_carried(&text, at(120)).is_some());
        assert!(Watch::of_carried(&text, at(200)).is_none());
    }

    #[test]
    fn what_cannot_be_read_is_left_out() {
        let whole = watch("etl", &["idle"]).to_carry(1_000, at(115)).unwrap();
        for text in
            ["", "null", "{}", &whole[..whole.len() - 9], &whole.replace("\"version\":1", "\"version\":0")]
        {
            assert!(Watch::of_carried(text, at(116)).is_none(), "{text}");
        }
        assert!(Watch::new(Address::parse("3").unwrap(), at(0)).to_carry(1_000, at(0)).is_none());
    }
}
