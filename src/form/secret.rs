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

#[cfg(test)]
mod tests {
    use super::*;

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
