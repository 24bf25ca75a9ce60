//! What looks like a secret. It stays in memory: never in storage, links or copied texts unless the person asks for it.

/// What stands for a secret on the screen and in copies. Text that comes back with it means the secret it stands for.
pub const MASK: &str = "••••••";

/// True for a configuration key whose value Spark itself would redact (`spark.redaction.regex`, Spark 3.5:
/// `(?i)secret|password|token|access[.]?key`), and a few more of the same sort.
pub fn is_secret_key(key: &str) -> bool {
    let lower = key.to_ascii_lowercase();
    const WORDS: [&str; 9] = [
        "secret",
        "password",
        "passwd",
        "token",
        "access.key",
        "accesskey",
        "account.key",
        "credential",
        "sas.",
    ];
    WORDS.iter().any(|it| lower.contains(it))
}

/// A password in a URI's authority, or a query that carries a signature or token.
pub(crate) fn looks_secret(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let authority = lower.split_once("://").map_or("", |(_, rest)| rest.split('/').next().unwrap_or(rest));
    let password = authority.rsplit_once('@').is_some_and(|(user, _)| user.contains(':'));
    let query = lower.split_once('?').map_or("", |(_, query)| query);
    const WORDS: [&str; 6] = ["sig=", "signature=", "token=", "secret=", "password=", "key="];
    password || WORDS.iter().any(|it| query.contains(it))
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

/// Somebody else's words with what looks like a secret replaced by [`MASK`], to be handed on. It rather hides too much: after
/// a name such as `password=` all to the end of the line, for nobody knows where a foreign value ends.
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

/// Whether what stands before a sign is the name of a secret.
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
}
