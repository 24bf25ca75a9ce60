//! The states of a session and what each of them means to somebody who waits.

use crate::dialect::state::in_livys_word;
use crate::word;

/// A session's state in Livy's words (core `sessions/SessionState.scala` 32-71, 0.9.0; `killed` since 0.6).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SessionState {
    /// The driver's first word, rarely seen.
    NotStarted,
    /// From the creation until the driver has connected and Spark is up.
    Starting,
    /// After a restart of Livy with recovery on.
    Recovering,
    /// Ready, nothing runs.
    Idle,
    /// Livy's own word for a live driver; the interpreter's state normally replaces it.
    Running,
    /// Ready, and a statement runs.
    Busy,
    /// A delete, a stop, a time-out or a failed start is being carried out.
    ShuttingDown,
    /// The interpreter died. Not the end: other kinds of statement still run and can bring it back to `idle`.
    Error,
    /// The driver is gone, or never came.
    Dead,
    /// The cluster manager killed the application.
    Killed,
    /// Finished. Batches only, so far.
    Success,
    /// A word this console does not know, kept as it came. Empty when the server gave none.
    Unknown(String),
}

/// What a state means to somebody who waits for the session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// On its way up.
    Pending,
    /// Takes statements and waits.
    Ready,
    /// Takes statements and works.
    Working,
    /// Alive, but its interpreter is broken.
    Degraded,
    /// On its way down.
    Ending,
    /// Nothing more will come.
    Over,
    /// Not known.
    Unknown,
}

impl SessionState {
    const KNOWN: [(&'static str, Self); 11] = [
        ("not_started", Self::NotStarted),
        ("starting", Self::Starting),
        ("recovering", Self::Recovering),
        ("idle", Self::Idle),
        ("running", Self::Running),
        ("busy", Self::Busy),
        ("shutting_down", Self::ShuttingDown),
        ("error", Self::Error),
        ("dead", Self::Dead),
        ("killed", Self::Killed),
        ("success", Self::Success),
    ];

    /// Reads the server's word; an unknown one survives.
    pub fn parse(word: &str) -> Self {
        word::known(&Self::KNOWN, word).unwrap_or_else(|| Self::Unknown(word.to_owned()))
    }

    /// The server's word, verbatim.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Unknown(word) => word,
            known => word::of(&Self::KNOWN, known),
        }
    }

    /// What it means to somebody who waits.
    pub fn phase(&self) -> Phase {
        match self {
            Self::NotStarted | Self::Starting | Self::Recovering => Phase::Pending,
            Self::Idle => Phase::Ready,
            Self::Running | Self::Busy => Phase::Working,
            Self::Error => Phase::Degraded,
            Self::ShuttingDown => Phase::Ending,
            Self::Dead | Self::Killed | Self::Success => Phase::Over,
            Self::Unknown(word) => in_livys_word(word).map_or(Phase::Unknown, |it| Self::parse(it).phase()),
        }
    }

    /// True when nothing more will come. `error` is not over (`SessionState.scala` calls it active).
    pub fn is_over(&self) -> bool {
        self.phase() == Phase::Over
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_survives() {
        for (word, state) in SessionState::KNOWN {
            assert_eq!(SessionState::parse(word), state);
            assert_eq!(state.as_str(), word);
        }
        for word in ["hibernating", "IDLE", ""] {
            assert_eq!(SessionState::parse(word).as_str(), word);
            assert_eq!(SessionState::parse(word).phase(), Phase::Unknown);
        }
    }

    #[test]
    fn another_servers_word_is_kept_and_understood() {
        for (word, phase) in [
            ("acquiring", Phase::Pending),
            ("Idle", Phase::Ready),
            ("cancelled", Phase::Over),
            ("CANCELED", Phase::Over),
            ("UNDEFINED", Phase::Unknown),
        ] {
            let state = SessionState::parse(word);
            assert_eq!((state.as_str(), state.phase()), (word, phase));
        }
    }

    #[test]
    fn error_is_not_the_end() {
        let over: Vec<&str> =
            SessionState::KNOWN.iter().filter(|(_, state)| state.is_over()).map(|(word, _)| *word).collect();
        assert_eq!(over, ["dead", "killed", "success"]);
    }
}
