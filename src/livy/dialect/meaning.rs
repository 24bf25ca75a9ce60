//! What a refusal means, by its status and by its words: servers that speak Livy's protocol do not agree on statuses.

/// What a refusal means for the person who waits for the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// The request is well, and the server takes no more for now: the same may be sent again later.
    NoRoom,
    /// The capacity that would run it is paused: somebody has to resume it.
    Paused,
    /// The server does not know who asks, or no longer.
    SignIn,
    /// The server knows who asks, and does not allow it.
    Forbidden,
    /// The request is larger than the server or a gateway takes.
    TooLarge,
    /// A gateway answers, and what is behind it does not.
    Down,
    /// There is nothing at this address.
    Missing,
    /// Something in the request is not what the server takes.
    WrongValue,
    /// The server failed.
    Failed,
}

/// Words by which a server says that it has no room, in lower case: Livy's `max-creation`, Lighter's limit
/// (`SessionLimitExceededException.java`), Fabric's 430, Synapse's vCores, AWS's throttles and quotas, Kubernetes' resource quotas.
const NO_ROOM: [&str; 20] = [
    "too many sessions",
    "toomanyrequests",
    "too many requests",
    "forcapacity",
    "capacity exceeded",
    "capacity_exceeded",
    "capacityexceeded",
    "insufficient capacity",
    "not enough capacity",
    "out of capacity",
    "rate limit",
    "throttl",
    "quota exceeded",
    "quotaexceeded",
    "exceeded quota",
    "limitexceeded",
    "session limit",
    "maximum number of running sessions",
    "maximum number of concurrent",
    "maximum number of sessions",
];
/// Words of a capacity that is switched off: Fabric's error codes `CapacityNotActive` and `FabricCapacityNotActive`, which come with 404
/// or 503, and their messages.
const PAUSED: [&str; 8] = [
    "capacitynotactive",
    "capacitypaused",
    "capacitysuspended",
    "capacity is not active",
    "capacity is paused",
    "capacity is currently paused",
    "capacity is suspended",
    "capacity has been paused",
];
const SIGN_IN: [&str; 14] = [
    "expiredtoken",
    "tokenexpired",
    "token expired",
    "token is expired",
    "token has expired",
    "token in the request is expired",
    "token included in the request is",
    "missingauthenticationtoken",
    "missing authentication token",
    "invalid_token",
    "invalidauthenticationtoken",
    "authentication required",
    "unauthenticated",
    "not authenticated",
];
const FORBIDDEN: [&str; 10] = [
    "not allowed to impersonate",
    "accesscontrolexception",
    "accessdenied",
    "access denied",
    "permission denied",
    "authorizationfailed",
    "authorizationexception",
    "not authorized",
    "insufficientprivileges",
    "insufficient privileges",
];
const TOO_LARGE: [&str; 8] = [
    "entity too large",
    "entitytoolarge",
    "payload too large",
    "payloadtoolarge",
    "content too large",
    "request too large",
    "request is too large",
    "body is too large",
];
const DOWN: [&str; 5] = [
    "service unavailable",
    "serviceunavailable",
    "temporarily unavailable",
    "bad gateway",
    "gateway timeout",
];

/// What a failure begins with where Hadoop refuses the person; in the middle of a trace it may speak of anything.
const REFUSALS: [&str; 2] = ["permission denied: user=", "user: "];
const IMPERSONATE: &str = "not allowed to impersonate";

/// Of Synapse: more than the workspace has in all, which no waiting changes.
const NEVER: &str = "maximum_workspace_capacity";

impl Meaning {
    /// Of a status of 400 or more and the server's words.
    pub(crate) fn of(status: u16, words: &str) -> Self {
        let words = words.to_ascii_lowercase();
        let says = |all: &[&str]| all.iter().any(|it| words.contains(it));
        match status {
            401 | 407 | 419 | 440 | 511 => Self::SignIn,
            413 | 414 | 431 | 494 => Self::TooLarge,
            429 | 430 => Self::NoRoom,
            _ if says(&PAUSED) => Self::Paused,
            404 | 410 => Self::Missing,
            // A field of that name.
            400 if words.starts_with("unrecognized ") => Self::WrongValue,
            ..500 if says(&SIGN_IN) => Self::SignIn,
            _ if says(&NO_ROOM) && !words.contains(NEVER) => Self::NoRoom,
            403 => Self::Forbidden,
            502..=504 | 520..=527 => Self::Down,
            ..500 if says(&FORBIDDEN) => Self::Forbidden,
            500.. if begins_with_a_refusal(&words) => Self::Forbidden,
            _ if says(&TOO_LARGE) => Self::TooLarge,
            500.. if says(&DOWN) => Self::Down,
            500.. => Self::Failed,
            _ => Self::WrongValue,
        }
    }
}

/// True where a failure is no more than a refusal in the words of Hadoop, behind the names of its exceptions.
fn begins_with_a_refusal(words: &str) -> bool {
    let mut rest = words.trim();
    while let Some((name, after)) = rest.split_once(": ")
        && name.ends_with("exception")
        && !name.contains(' ')
    {
        rest = after.trim_start();
    }
    rest.starts_with(REFUSALS[0]) || rest.starts_with(REFUSALS[1]) && rest.contains(IMPERSONATE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_meaning_goes_before_the_status() {
        use Meaning::{Down, Failed, Forbidden, Missing, NoRoom, Paused, SignIn, TooLarge, WrongValue};
        let rows = [
            (400, "Rejected, too many sessions are being created!", NoRoom),
            (400, "Maximum number of running sessions (5) has been reached", NoRoom),
            (430, "This spark job can't be run (TooManyRequestsForCapacity)", NoRoom),
            (429, "", NoRoom),
            (400, "Your Spark job requested 16 vcores. (AVAILABLE_WORKSPACE_CAPACITY_EXCEEDED)", NoRoom),
            (
                400,
                "Your job requested 48 vcores, the limit is 40 (MAXIMUM_WORKSPACE_CAPACITY_EXCEEDED)",
                WrongValue,
            ),
            (400, "Rate exceeded (ThrottlingException)", NoRoom),
            (503, "ThrottlingException", NoRoom),
            (403, "pods \"x\" is forbidden: exceeded quota: compute", NoRoom),
            (401, "Ambari user name or password is incorrect: admin", SignIn),
            (403, "The security token included in the request is expired", SignIn),
            (403, "Missing Authentication Token", SignIn),
            (403, "", Forbidden),
            (400, "User 'alice' not allowed to impersonate 'Some(bob)'.", Forbidden),
            (500, "Permission denied: user=admin (AccessControlException)", Forbidden),
            (413, "", TooLarge),
            (400, "Request Entity Too Large", TooLarge),
            (504, "Gateway timeout", Down),
            (500, "Service Unavailable", Down),
            (404, "Not Found", Missing),
            (500, "java.lang.NullPointerException", Failed),
            // What a failure speaks of is not what is meant by it.
            (500, "java.util.concurrent.ExecutionException: the token is expired", Failed),
            (500, "SecretManager$InvalidToken: token (owner=alice) is expired", Failed),
            (500, "java.io.IOException: could not read /etc/livy: Permission denied", Failed),
            (500, "Failed to render the access denied page", Failed),
            (
                500,
                "java.lang.RuntimeException: org.apache.hadoop.security.AccessControlException: Permission denied: user=bob",
                Forbidden,
            ),
            (500, "AuthorizationException: User: livy is not allowed to impersonate alice", Forbidden),
            (400, "Unrecognized field \"accessDenied\" (class CreateInteractiveRequest)", WrongValue),
            (404, "Your organization's Fabric compute capacity is not active. (CapacityNotActive)", Paused),
            (400, "x (FabricCapacityNotActive)", Paused),
            (503, "The capacity is currently paused", Paused),
            (400, "Invalid kind: PYSPARK", WrongValue),
            (400, "driverMemory: 900g is too large", WrongValue),
        ];
        for (status, message, expected) in rows {
            assert_eq!(Meaning::of(status, message), expected, "{status} {message}");
        }
    }
}
