//! What looks like a secret. It stays in memory: never in storage, links or copied texts unless the person asks for it.

use crate::json::Value;
use crate::problem::Finding;

/// Replaces a secret on the screen and in copies. Text that comes back with it means the hidden secret.
pub const MASK: &str = "••••••";

/// Words in the name of a secret: those of Spark (`spark.redaction.regex`, 3.5: `(?i)secret|password|token|access[.]?key`), and a
/// few more of the same sort.
const NAMES: [&str; 16] = [
    "secret",
    "password",
    "passwd",
    "passphrase",
    "token",
    "access.key",
    "accesskey",
    "account.key",
    "accountkey",
    "private.key",
    "privatekey",
    "api.key",
    "api_key",
    "api-key",
    "apikey",
    "sas.",
];

/// Names of a secret in a query or a connection string, besides those that are known by a word.
const SHORT_NAMES: [&str; 5] = ["sig", "signature", "key", "pwd", "pass"];

/// True for a configuration key whose value Spark itself would redact, and for more of the same sort.
pub fn is_secret_key(key: &str) -> bool {
    let lower = key.to_ascii_lowercase();
    // A provider of credentials is a class or the address of a store, and a switch is no secret.
    let holds_credential =
        lower.contains("credential") && !lower.contains(".provider") && !lower.ends_with(".enabled");
    let is_short = [".pass", "_pass", "_pwd", "encryption.key"].iter().any(|it| lower.ends_with(it));
    holds_credential || is_short || NAMES.iter().any(|it| lower.contains(it))
}

/// A password or a token in a URI's authority; or a signature, a key or a password in a query or a connection string.
pub(crate) fn looks_secret(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    has_user(&lower) || lower.split(['?', '&', ';', ',']).any(is_secret_pair)
}

/// True where an address carries a password. A name alone is a container of storage or a person, but for the web it is a token.
fn has_user(lower: &str) -> bool {
    let is_secret = |(before, after): (&str, &str)| {
        let authority = after.split(['/', '?', '#', '"', ' ']).next().unwrap_or(after);
        let is_web = before.ends_with("http") || before.ends_with("https");
        authority.rsplit_once('@').is_some_and(|(user, _)| user.contains(':') || is_web && !user.is_empty())
    };
    // `jdbc:oracle:thin:user/password@host` is no URI.
    let oracle = lower.split_once("jdbc:oracle:").and_then(|(_, rest)| rest.split_once('@'));
    let mut addresses =
        lower.match_indices("://").map(|(at, sign)| (&lower[..at], &lower[at + sign.len()..]));
    addresses.any(is_secret) || oracle.is_some_and(|(user, _)| user.contains('/'))
}

/// `name=value` with the name of a secret. A folder may be called so: behind a slash it is none.
fn is_secret_pair(lower: &str) -> bool {
    lower.trim().split_once('=').is_some_and(|(name, value)| {
        let (name, value) = (name.trim_end(), value.trim());
        !value.is_empty() && !name.contains('/') && (is_secret_key(name) || SHORT_NAMES.contains(&name))
    })
}

/// True for a row of the configuration that is kept in memory only. Java options may carry `-Dfs.azure.account.key=…`.
pub fn is_secret_row(key: &str, value: &str) -> bool {
    !value.is_empty()
        && (is_secret_key(key)
            || looks_secret(value)
            || value
                .split_whitespace()
                .any(|it| it.split_once('=').is_some_and(|(name, _)| is_secret_key(name))))
}

/// True for JSON with a secret in it, however deep. `name` is its key. A word anywhere in it is enough.
pub fn hides_secret(name: &str, json: &str) -> bool {
    is_secret_key(name)
        || is_secret_key(json)
        || Value::parse(json).is_ok_and(|value| holds_secret(name, &value))
}

fn holds_secret(name: &str, value: &Value) -> bool {
    match value {
        Value::Text(text) => {
            is_secret_row(name, text) || is_secret_pair(&format!("{name}={text}").to_lowercase())
        }
        Value::List(items) => items.iter().any(|it| holds_secret(name, it)),
        Value::Object(entries) => entries.iter().any(|(name, it)| holds_secret(name, it)),
        Value::Number(digits) => is_secret_row(name, digits),
        Value::Null | Value::Bool(_) => false,
    }
}

/// What is wrong with a value that is still masked: no secret is [`MASK`] itself.
pub(crate) fn mask_rule(text: &str) -> Option<Finding> {
    text.contains(MASK).then(|| Finding::error("Type the secret again. The dots only hide it."))
}

/// Somebody else's words with what looks like a secret replaced by [`MASK`], to be handed on. It rather hides too much: after
/// a name such as `password=` all to the end of the line, because the end of such a value is unknown.
pub fn masked(text: &str) -> String {
    let mut shown = String::new();
    for line in text.lines() {
        if !shown.is_empty() {
            shown.push('\n');
        }
        shown.push_str(&masked_line(line));
    }
    shown
}

fn masked_line(line: &str) -> String {
    let mut kept = (line, "");
    for (at, sign) in line.match_indices(['=', ':', ' ']) {
        let value = line[at + 1..].trim_start();
        if !value.is_empty() && names_secret(&line[..at], sign, value) {
            kept = (&line[..=at], MASK);
            break;
        }
    }
    without_blobs(&without_users(kept.0)) + kept.1
}

/// Whether the text before a sign is the name of a secret.
fn names_secret(before: &str, sign: &str, value: &str) -> bool {
    let before = before.trim_end_matches([' ', '"', '\'', '\\']);
    let is_part = |it: char| it.is_ascii_alphanumeric() || matches!(it, '.' | '_' | '-');
    let name = before.rsplit(|it| !is_part(it)).next().unwrap_or_default().to_ascii_lowercase();
    const WORDS: [&str; 7] = ["sig", "signature", "authorization", "cookie", "set-cookie", "pwd", "auth"];
    match sign {
        // As in `Authorization: Basic dXNlcjpw`, should the header's name be missing.
        " " => {
            ["bearer", "basic", "negotiate"].contains(&name.as_str())
                && value.find(' ').unwrap_or(value.len()) >= 12
        }
        _ => is_secret_key(&name) || WORDS.contains(&name.as_str()) || (sign == "=" && name.ends_with("key")),
    }
}

/// A text without the user names and passwords of the addresses in it.
fn without_users(text: &str) -> String {
    let (mut shown, mut rest) = (String::new(), text);
    while let Some(at) = rest.find("://") {
        let (before, address) = rest.split_at(at + "://".len());
        shown.push_str(before);
        let end = address.find(['/', '?', '#', '"', '\'', ' ']).unwrap_or(address.len());
        rest = match address[..end].rfind('@') {
            Some(at) => {
                shown.push_str(MASK);
                &address[at..]
            }
            None => address,
        };
    }
    shown + rest
}

/// A text without runs of letters and digits that no person writes: tokens, keys, signatures. UUIDs, YARN's ids and class
/// names are not such runs.
fn without_blobs(text: &str) -> String {
    let (mut shown, mut told, mut from) = (String::new(), 0, 0);
    // Bytes of longer characters belong to no run, so every run begins and ends between characters.
    for (at, byte) in text.bytes().chain([b' ']).enumerate() {
        if byte.is_ascii_alphanumeric() || b"+_-=".contains(&byte) {
            continue;
        }
        if is_blob(&text.as_bytes()[from..at]) {
            shown.push_str(&text[told..from]);
            shown.push_str(MASK);
            told = at;
        }
        from = at + 1;
    }
    shown + &text[told..]
}

fn is_blob(run: &[u8]) -> bool {
    let has = |kind: fn(&u8) -> bool| run.iter().any(kind);
    let mixed = has(u8::is_ascii_digit) && has(u8::is_ascii_lowercase) && has(u8::is_ascii_uppercase);
    run.len() >= 32 && (mixed || run.iter().all(u8::is_ascii_hexdigit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn somebody_elses_words_lose_what_looks_secret() {
        let jwt = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9";
        let rows = [
            ("java.io.IOException: password=hunter2, host=x", "java.io.IOException: password=••••••"),
            (
                r#"{"conf":{"spark.hadoop.fs.s3a.secret.key":"hunter2"}}"#,
                r#"{"conf":{"spark.hadoop.fs.s3a.secret.key":••••••"#,
            ),
            ("-Dfs.azure.account.key.x=hunter2 -Xss1m", "-Dfs.azure.account.key.x=••••••"),
            ("wasbs://c@a/x?sv=1&sig=hunter2", "wasbs://••••••@a/x?sv=1&sig=••••••"),
            ("at https://bob:hunter2@host/x, and on", "at https://••••••@host/x, and on"),
            ("jdbc:h2://bob:hun@ter2@host", "jdbc:h2://••••••@host"),
            ("Authorization: Basic aHVudGVyMg==", "Authorization:••••••"),
            ("sent Bearer hunter2hunter2 there", "sent Bearer ••••••"),
            ("Token : hunter2\nnext line", "Token :••••••\nnext line"),
            // Nothing secret in it.
            ("Session '0' not found.", "Session '0' not found."),
            ("Invalid kind: PYSPARK", "Invalid kind: PYSPARK"),
            ("Basic sign-in, or no token", "Basic sign-in, or no token"),
            ("Exception in thread main: java.lang.Error", "Exception in thread main: java.lang.Error"),
            ("http://host:8080/a@b?from=0", "http://host:8080/a@b?from=0"),
            ("application_1763900000000_0001", "application_1763900000000_0001"),
            ("container_e17_1410901177871_0001_01_000005", "container_e17_1410901177871_0001_01_000005"),
            ("3f2a9c1e-77aa-4b1c-9d2e-0123456789ab", "3f2a9c1e-77aa-4b1c-9d2e-0123456789ab"),
            (
                "org.apache.livy.server.interactive.InteractiveSessionServlet",
                "org.apache.livy.server.interactive.InteractiveSessionServlet",
            ),
            ("password:", "password:"),
            ("", ""),
        ];
        for (text, expected) in rows {
            assert_eq!(masked(text), expected);
        }
        assert_eq!(masked(&format!("got {jwt}.{jwt}.x, bad")), "got ••••••.••••••.x, bad");
        assert_eq!(masked(&format!("key {}", "0a".repeat(20))), "key ••••••");
    }

    #[test]
    fn what_spark_redacts_is_secret() {
        for key in [
            "spark.hadoop.fs.s3a.secret.key",
            "spark.hadoop.fs.s3a.access.key",
            "spark.ssl.keyPassword",
            "spark.hadoop.fs.azure.account.key.x.blob.core.windows.net",
            "spark.some.TOKEN",
        ] {
            assert!(is_secret_row(key, "x"), "{key}");
            assert!(!is_secret_row(key, ""), "{key}");
        }
        assert!(is_secret_row("spark.driver.extraJavaOptions", "-Xss1m -Dfs.azure.account.key.x=abc"));
        assert!(is_secret_row("spark.x", "https://u:p@host/x"));
        for key in ["spark.executor.memory", "spark.sql.shuffle.partitions", "spark.driver.extraJavaOptions"]
        {
            assert!(!is_secret_row(key, "-Da=b"), "{key}");
        }
    }

    #[test]
    fn a_secret_is_known_by_its_name_or_its_shape() {
        for key in [
            "spark.cosmos.accountKey",
            "spark.hadoop.google.cloud.auth.service.account.private.key",
            "spark.x.transport.auth.apiKey",
            "spark.es.net.http.auth.pass",
            "spark.my.credentials",
            "spark.hadoop.fs.s3a.encryption.key",
            "spark.executorEnv.DB_PASS",
            "spark.yarn.appMasterEnv.MYSQL_PWD",
        ] {
            assert!(is_secret_row(key, "x"), "{key}");
        }
        assert!(!is_secret_row("spark.hadoop.dfs.encryption.key.provider.uri", "kms://http@host:9600/kms"));
        for value in [
            "jdbc:sqlserver://h;user=a;password=b",
            "jdbc:sqlserver://h:1433;databaseName=d;user=a;PWD=b;",
            "jdbc:mysql://h/d?user=a&password=b",
            "jdbc:oracle:thin:scott/tiger@//h:1521/d",
            "Endpoint=sb://n.servicebus.windows.net/;SharedAccessKeyName=k;SharedAccessKey=abc=",
            "DefaultEndpointsProtocol=https;AccountName=a;AccountKey=abc==",
            "https://ghp0123@host/x.git",
            "hdfs:///a,https://token@host/x",
            "https://h/x?sv=1&sig=abc",
        ] {
            assert!(is_secret_row("spark.x", value), "{value}");
        }
        for (key, value) in [
            (
                "spark.hadoop.fs.s3a.aws.credentials.provider",
                "org.apache.hadoop.fs.s3a.SimpleAWSCredentialsProvider",
            ),
            ("spark.hadoop.hadoop.security.credential.provider.path", "jceks://hdfs/user/a.jceks"),
            ("spark.security.credentials.hive.enabled", "false"),
            ("spark.sql.mapKeyDedupPolicy", "LAST_WIN"),
            ("spark.x", "wasbs://container@account.blob.core.windows.net/x"),
            ("spark.x", "abfss://container@account.dfs.core.windows.net/x"),
            ("spark.x", "hdfs://nn:8020/data/key=1/token=a/x.parquet"),
            ("spark.x", "jdbc:postgresql://h:5432/d"),
            ("spark.x", "https://host:8443/a@b"),
            ("spark.x", "a=b;c=d, e"),
        ] {
            assert!(!is_secret_row(key, value), "{key}={value}");
        }
        assert!(looks_secret("https://h/x https://token@h/y"));
    }

    #[test]
    fn a_secret_is_found_however_deep() {
        for json in [
            r#"{"a":{"password":"p"}}"#,
            r#"{"a":[{"pwd":"p"}]}"#,
            r#"{"a":"https://h/x","b":["https://token@h/y"]}"#,
            r#"{"credential":"c","x.provider":"y"}"#,
            r#"{"a":{"pin":"jdbc:sqlserver://h;user=a;pwd=b"}}"#,
        ] {
            assert!(hides_secret("more", json), "{json}");
        }
        assert!(hides_secret("apiKey", "1") && hides_secret("pass", r#"["x"]"#));
        for json in [r#"{"a":{"b":1,"c":null}}"#, r#"["spark.a","x"]"#, "true", "5"] {
            assert!(!hides_secret("more", json), "{json}");
        }
    }
}
