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
    /// It takes statements, and the answers to their POST are lost.
    LosesStatementAnswers,
    /// Its statements are not taken, and the answers are lost.
    StatementsNeverArrive,
    /// Each statement is taken twice, as where a browser repeats a request on a new connection.
    StatementsArriveTwice,
    /// It takes statements, and a gateway answers their POST with 502.
    GatewayLosesStatements,
    /// It takes the blanks from the end of code.
    TrimsCode,
    /// It does not give code back, nor times and progress: Livy 0.3.
    NoEcho,
    /// Somebody else sends a statement every seven seconds.
    BusyWithOthers,
    /// Its statements may be read, and sending one brings 403.
    ViewOnly,
    /// Its driver dies two seconds after a statement has begun.
    DiesInAStatement,
}

impl Story {
    /// The word of each.
    pub const ALL: [(&'static str, Self); 27] = [
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
        // Before the one whose word it begins with.
        ("gateway-loses-statements", Self::GatewayLosesStatements),
        ("gateway-loses", Self::GatewayLoses),
        ("killed", Self::Killed),
        ("error-then-idle", Self::ErrorThenIdle),
        ("unknown-state", Self::UnknownState),
        ("forgotten", Self::Forgotten),
        ("yarn", Self::Yarn),
        ("recovering", Self::Recovering),
        ("colourful", Self::Colourful),
        ("loses-statement-answers", Self::LosesStatementAnswers),
        ("statements-never-arrive", Self::StatementsNeverArrive),
        ("statements-arrive-twice", Self::StatementsArriveTwice),
        ("trims-code", Self::TrimsCode),
        ("no-echo", Self::NoEcho),
        ("busy-with-others", Self::BusyWithOthers),
        ("view-only", Self::ViewOnly),
        ("dies-in-a-statement", Self::DiesInAStatement),
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
