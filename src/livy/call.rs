//! One call to Livy: the only place where a URL is written.

use crate::{Address, BaseUrl, StatementId};

/// An HTTP method that this console uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Safe to repeat.
    Get,
    /// Never repeated by this console.
    Post,
    /// Idempotent; a repeated one answers 404.
    Delete,
}

impl Method {
    /// The word on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Delete => "DELETE",
        }
    }
}

/// A call to Livy's REST API (docs/protocol.md §2.2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Call {
    /// Which Livy answers.
    Version,
    /// A page of the sessions, ascending by id.
    Sessions {
        /// The first one, counted from 0.
        from: u64,
        /// At most how many; the server's default is 100.
        size: u32,
    },
    /// One session by id or name (by name since 0.6).
    Session(Address),
    /// The whole window of a session's log.
    Log(Address),
    /// The same for a server that takes no negative size: Livy before 0.4 (`SessionServlet.serializeLogs`).
    LogFromStart(Address),
    /// Make a session. Not idempotent.
    Create {
        /// The JSON body.
        body: String,
    },
    /// Stop a session and forget it.
    Delete(Address),
    /// A page of a session's statements, ascending by id. The server reads every output that it has kept, whatever the page.
    Statements {
        /// Of which session.
        session: Address,
        /// The first one, counted from 0 among those that are kept.
        from: u64,
        /// At most how many.
        size: u32,
    },
    /// The same, to learn whether there are new ones on a server that begins with the newest: it need not be read far.
    NewStatements {
        /// Of which session.
        session: Address,
        /// The first one, counted from 0.
        from: u64,
        /// At most how many.
        size: u32,
    },
    /// One statement of a session.
    Statement(Address, StatementId),
    /// The same with all of its output, as far as a tab has room for it.
    WholeStatement(Address, StatementId),
    /// Run code in a session. Not idempotent.
    Run {
        /// In which session.
        session: Address,
        /// The JSON body.
        body: String,
    },
    /// Ask a session to give up a statement. Harmless to repeat.
    CancelStatement(Address, StatementId),
    /// Say that a session is in use: it renews its idle clock and runs nothing.
    Connect(Address),
    /// Ask how code could go on. It runs nothing, and renews the idle clock (since Livy 0.5).
    Complete {
        /// In which session.
        session: Address,
        /// The JSON body.
        body: String,
    },
}

/// What Livy wants on every call: its cross-site guard refuses a POST or DELETE without `X-Requested-By`
/// (`CsrfFilter.scala` 26-41, 0.9.0), and `Accept` turns Jetty's HTML errors into JSON (docs/protocol.md §5).
const HEADERS: [(&str, &str); 2] = [("Accept", "application/json"), ("X-Requested-By", "livy-console")];

impl Call {
    /// So many bytes of an answer with outputs are read at once: they can be larger than what a tab has room for.
    pub const LIMIT: usize = 16 << 20;

    /// So many bytes of one that a person wants all of: what a tab has room for. Livy's own limit for what a driver sends is 50 MB
    /// (`livy.rsc.rpc.max.size`, docs/statements.md); another server may send without end.
    pub const WHOLE_LIMIT: usize = 64 << 20;

    /// So many bytes of a list that is asked for often: the beginning of it tells what is new.
    const NEWS_LIMIT: usize = 256 << 10;

    /// So many bytes of names that code could go on with: all that a session of Spark 3.5 has are 12 kB (docs/statements.md).
    const NAMES_LIMIT: usize = 1 << 20;

    /// Its method.
    pub fn method(&self) -> Method {
        match self {
            Self::Create { .. }
            | Self::Run { .. }
            | Self::CancelStatement(..)
            | Self::Connect(_)
            | Self::Complete { .. } => Method::Post,
            Self::Delete(_) => Method::Delete,
            _ => Method::Get,
        }
    }

    /// The session that it is about; `None` for what is about none, or about many.
    pub fn session(&self) -> Option<&Address> {
        match self {
            Self::Version | Self::Sessions { .. } | Self::Create { .. } => None,
            Self::Session(it) | Self::Log(it) | Self::LogFromStart(it) | Self::Delete(it) => Some(it),
            Self::Statement(it, _) | Self::WholeStatement(it, _) | Self::CancelStatement(it, _) => Some(it),
            Self::Connect(it) => Some(it),
            Self::Statements { session, .. } | Self::NewStatements { session, .. } => Some(session),
            Self::Run { session, .. } | Self::Complete { session, .. } => Some(session),
        }
    }

    /// Its URL under the base, always inside it.
    pub fn url(&self, base: &BaseUrl) -> String {
        let base = base.as_str();
        let id = |id: &StatementId| id.address().segment();
        let tail = match self {
            Self::Version => return format!("{base}/version"),
            Self::Sessions { from, size } => return format!("{base}/sessions?from={from}&size={size}"),
            Self::Create { .. } | Self::Session(_) | Self::Delete(_) => String::new(),
            // -1 is "all": offsets are not stable from one call to the next (docs/protocol.md §2.4).
            Self::Log(_) => "/log?size=-1".to_owned(),
            // More lines than any ring has.
            Self::LogFromStart(_) => "/log?from=0&size=1000000".to_owned(),
            Self::Statements { from, size, .. } | Self::NewStatements { from, size, .. } => {
                format!("/statements?from={from}&size={size}")
            }
            Self::Run { .. } => "/statements".to_owned(),
            Self::Statement(_, it) | Self::WholeStatement(_, it) => ["/statements/", &id(it)].concat(),
            Self::CancelStatement(_, it) => ["/statements/", &id(it), "/cancel"].concat(),
            Self::Connect(_) => "/connect".to_owned(),
            Self::Complete { .. } => "/completion".to_owned(),
        };
        let session = self.session().map(|it| ["/", &it.segment()].concat()).unwrap_or_default();
        [base, "/sessions", &session, &tail].concat()
    }

    /// At most so many bytes of its answer are read at once; `None` where all of it is.
    pub fn limit(&self) -> Option<usize> {
        match self {
            Self::Statement(..) | Self::Statements { .. } => Some(Self::LIMIT),
            Self::NewStatements { .. } => Some(Self::NEWS_LIMIT),
            Self::WholeStatement(..) => Some(Self::WHOLE_LIMIT),
            Self::Complete { .. } => Some(Self::NAMES_LIMIT),
            _ => None,
        }
    }

    /// Its headers, all of them.
    pub fn headers(&self) -> Vec<(&'static str, &'static str)> {
        let mut headers = HEADERS.to_vec();
        if self.body().is_some() {
            // Any other type and Livy sees an empty body (docs/protocol.md §0, 7).
            headers.push(("Content-Type", "application/json"));
        }
        headers
    }

    /// Its body, where it has one.
    pub fn body(&self) -> Option<&str> {
        match self {
            Self::Create { body } | Self::Run { body, .. } | Self::Complete { body, .. } => Some(body),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Json;

    #[test]
    fn every_call_stays_under_the_base() {
        let at = |text: &str| Address::parse(text).unwrap();
        let id = |text: &str| StatementId::from_json(Json::parse(text).unwrap()).unwrap();
        let calls = [
            (Call::Version, "GET /livy/version"),
            (Call::Sessions { from: 116, size: 100 }, "GET /livy/sessions?from=116&size=100"),
            (Call::Session(at("a/b?c")), "GET /livy/sessions/a%2Fb%3Fc"),
            (Call::Log(at("13")), "GET /livy/sessions/13/log?size=-1"),
            (Call::LogFromStart(at("13")), "GET /livy/sessions/13/log?from=0&size=1000000"),
            (Call::Create { body: "{}".into() }, "POST /livy/sessions"),
            (Call::Delete(at("13")), "DELETE /livy/sessions/13"),
            (
                Call::Statements { session: at("13"), from: 0, size: 1 },
                "GET /livy/sessions/13/statements?from=0&size=1",
            ),
            (
                Call::NewStatements { session: at("13"), from: 2, size: 18 },
                "GET /livy/sessions/13/statements?from=2&size=18",
            ),
            (Call::Statement(at("a/b"), id("7")), "GET /livy/sessions/a%2Fb/statements/7"),
            (Call::WholeStatement(at("a/b"), id("7")), "GET /livy/sessions/a%2Fb/statements/7"),
            (Call::Run { session: at("13"), body: "{}".into() }, "POST /livy/sessions/13/statements"),
            (
                Call::CancelStatement(at("13"), id("\"x/y\"")),
                "POST /livy/sessions/13/statements/x%2Fy/cancel",
            ),
            (Call::Connect(at("13")), "POST /livy/sessions/13/connect"),
            (
                Call::Complete { session: at("a/b"), body: "{}".into() },
                "POST /livy/sessions/a%2Fb/completion",
            ),
        ];
        let base = BaseUrl::parse("/livy/").unwrap();
        for (call, expected) in calls {
            assert_eq!(format!("{} {}", call.method().as_str(), call.url(&base)), expected);
            assert!(call.headers().contains(&("X-Requested-By", "livy-console")));
            assert!(call.headers().contains(&("Accept", "application/json")));
            let typed = call.headers().contains(&("Content-Type", "application/json"));
            assert_eq!(typed, call.body().is_some());
            // What is short by its nature is read as it comes.
            let limit = match call {
                Call::Statement(..) | Call::Statements { .. } => Some(16 << 20),
                Call::NewStatements { .. } => Some(256 << 10),
                Call::WholeStatement(..) => Some(64 << 20),
                Call::Complete { .. } => Some(1 << 20),
                _ => None,
            };
            assert_eq!(call.limit(), limit, "{call:?}");
        }
    }
}
