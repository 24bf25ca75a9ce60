//! What happens to a session, told by its name: `dies-while-starting`, `slow-2`. A person can type it, so a demo, a journey
//! and a browser test reproduce the same failure in the same way.

/// A session's story. The name has to be the word itself, or begin with it and a hyphen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Story {
    /// Starts, becomes idle, stays.
    Plain,
    /// Dead three seconds after it was made, with a Java trace in its log.
    DiesWhileStarting,
    /// Starting for ever.
    NeverIdle,
    /// Forty lines a second once idle.
    FloodsItsLog,
    /// Reading it brings a gateway's HTML page with 502.
    GatewayHtml,
    /// Reading it brings a sign-in page with 200.
    SignInPage,
    /// Reading it brings 401.
    Unauthorised,
    /// Every answer about it takes three seconds.
    Slow,
    /// It is made, and the answer is lost.
    AnswerLost,
    /// It is not made, and the answer is lost.
    NeverArrives,
    /// Its creation is answered with 200, as HDInsight does.
    HdInsight,
    /// Its creation is refused by a gateway with 502 although it is made.
    GatewayLoses,
    /// The cluster manager kills it fifteen seconds after the start.
    Killed,
    /// Its interpreter is broken for ten seconds, ten seconds after it was idle.
    ErrorThenIdle,
    /// In a state no client knows, with fields no client knows.
    UnknownState,
    /// The server forgets it five seconds after it was idle.
    Forgotten,
    /// On YARN: application id, links, diagnostics.
    Yarn,
    /// Recovering after a restart of Livy; its log has no markers.
    Recovering,
    /// Colours and progress bars in its log.
    Colourful,
}

impl Story {
    /// The word of each.
    pub const ALL: [(&'static str, Self); 18] = [
        ("dies-while-starting", Self::DiesWhileStarting),
        ("never-idle", Self::NeverIdle),
        ("floods-its-log", Self::FloodsItsLog),
        ("gateway-html", Self::GatewayHtml),
        ("sign-in-page", Self::SignInPage),
        ("unauthorised", Self::Unauthorised),
        ("slow", Self::Slow),
        ("answer-lost", Self::AnswerLost),
        ("never-arrives", Self::NeverArrives),
        ("hdinsight", Self::HdInsight),
        ("gateway-loses", Self::GatewayLoses),
        ("killed", Self::Killed),
        ("error-then-idle", Self::ErrorThenIdle),
        ("unknown-state", Self::UnknownState),
        ("forgotten", Self::Forgotten),
        ("yarn", Self::Yarn),
        ("recovering", Self::Recovering),
        ("colourful", Self::Colourful),
    ];

    /// The story of a name.
    pub fn of(name: &str) -> Self {
        let tells =
            |word: &str| name.strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'));
        Self::ALL.into_iter().find(|(word, _)| tells(word)).map_or(Self::Plain, |(_, story)| story)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_stories() {
        assert_eq!(Story::of("slow"), Story::Slow);
        assert_eq!(Story::of("slow-2"), Story::Slow);
        assert_eq!(Story::of("slowly"), Story::Plain);
        assert_eq!(Story::of("etl"), Story::Plain);
    }
}
