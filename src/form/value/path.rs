//! Paths of jars, files and archives.
//!
//! Livy reads each as a `java.net.URI`: without a scheme it must be absolute and gets the cluster's default file system in
//! front, with one it is passed on unchecked, and `file:` must lie under the server's whitelist (Session.scala 111-144,
//! 0.9.0). Spark joins a list with commas.

use crate::Field;
use crate::problem::{Finding, Verdict};

/// A path that Livy takes and Spark does not tear apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SparkPath(String);

/// Schemes for which Hadoop or Spark has a reader in most distributions, in lower case as Hadoop looks them up.
const SCHEMES: [&str; 11] =
    ["hdfs", "wasb", "wasbs", "abfs", "abfss", "s3", "s3a", "gs", "http", "https", "local"];

impl SparkPath {
    /// As it is sent.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// Reads text that is not empty.
    pub(crate) fn parse(text: &str, field: Field) -> Verdict<Self> {
        if let Some(words) = placeholders(text) {
            return Err(Finding::error(format!("Replace {words} with your own.")));
        }
        illegal_character(text)?;
        let finding = match scheme(text) {
            Some((scheme, rest)) => with_scheme(text, scheme, rest, field)?,
            None => Some(without_scheme(text)?),
        };
        let alias = text.contains('#') && field != Field::Archives;
        let alias = alias
            .then(|| Finding::warning("A name after # is for archives. Elsewhere it can end the session."));
        Ok((Self(text.to_owned()), finding.or(alias)))
    }
}

fn with_scheme(text: &str, scheme: &str, rest: &str, field: Field) -> Result<Option<Finding>, Finding> {
    if scheme.len() == 1 {
        return Err(Finding::error(
            "Copy the file to the cluster's storage first. The cluster can't read Windows paths.",
        ));
    }
    if scheme.contains(|it: char| it.is_ascii_uppercase()) {
        let lower = scheme.to_ascii_lowercase();
        return Err(Finding::error(format!("Use {lower}:{rest}. Hadoop reads schemes in lower case only.")));
    }
    if rest.is_empty() || rest.starts_with('#') {
        return Err(Finding::error(format!(
            "Add a path after the scheme, for example {scheme}:///lib/a.jar."
        )));
    }
    if !rest.starts_with('/') {
        return Err(Finding::error(format!(
            "Use {scheme}:///{rest}, or {scheme}:// with a host before the path."
        )));
    }
    let path = rest.strip_prefix("//").map_or(rest, |it| it.split_once('/').map_or("", |(_, path)| path));
    if path.split(['#', '?']).next().is_none_or(|it| it.trim_matches('/').is_empty()) {
        return Err(Finding::error(format!("Add a file name after {}.", text.trim_end_matches('/'))));
    }
    let authority = rest.strip_prefix("//").and_then(|it| it.split('/').next()).unwrap_or_default();
    if !authority.is_empty() && !has_host(authority) {
        let host = authority.rsplit('@').next().unwrap_or_default();
        match scheme {
            "hdfs" | "wasb" | "wasbs" | "abfs" | "abfss" => {
                return Err(Finding::error(format!(
                    "“{host}” is not a host. Use letters, digits, hyphens and dots, and a number after a colon."
                )));
            }
            "s3" | "s3a" => {
                return Ok(Some(Finding::warning(format!(
                    "Hadoop may not find the bucket “{host}”. Only letters, digits and hyphens are safe."
                ))));
            }
            _ => {}
        }
    }
    Ok(match scheme {
        "file" => Some(Finding::warning(
            "A file on the Livy server's disk. Livy refuses it unless its operator allows the folder.",
        )),
        "local" if matches!(field, Field::Files | Field::PyFiles) => Some(Finding::warning(
            "Use another scheme. With local: Spark copies nothing and expects the file on every node.",
        )),
        known if SCHEMES.contains(&known) => None,
        other => Some(Finding::warning(format!("Works only if the cluster has a file system for {other}:."))),
    })
}

/// Whether `java.net.URI` finds a host between // and the path; `getHost` is null otherwise, and Hadoop's file
/// systems ask for it ("Incomplete HDFS URI, no host"). Square brackets do not get here.
fn has_host(authority: &str) -> bool {
    let host = authority.split_once('@').map_or(authority, |(_, host)| host);
    let (host, port) = host.split_once(':').unwrap_or((host, ""));
    let is_label = |it: &str| {
        !it.starts_with('-')
            && !it.ends_with('-')
            && !it.is_empty()
            && it.chars().all(|it| it.is_ascii_alphanumeric() || it == '-')
    };
    let labels = host.strip_suffix('.').unwrap_or(host);
    let is_name = labels.split('.').all(is_label)
        // Only a name of one part may begin its last with a digit.
        && (!labels.contains('.') || !labels.rsplit('.').next().is_some_and(|it| it.starts_with(|it: char| it.is_ascii_digit())));
    // Zeros in front are no octal number for Java.
    let is_byte = |it: &str| it.len() <= 3 && it.parse::<u8>().is_ok();
    let is_address = host.split('.').count() == 4 && host.split('.').all(is_byte);
    (is_name || is_address) && (port.is_empty() || port.parse::<i32>().is_ok_and(|it| it >= 0))
}

/// Without a scheme: absolute, and nothing in it that Livy would drop or decode before it builds a second URI from it.
fn without_scheme(text: &str) -> Result<Finding, Finding> {
    if text.starts_with("//") {
        return Err(Finding::error("Add a scheme before //, for example hdfs:, or use one slash."));
    }
    if !text.starts_with('/') {
        let path = text.trim_start_matches("./");
        return Err(Finding::error(format!("Use /{path} or hdfs:///{path}. Livy refuses relative paths.")));
    }
    if text.trim_matches('/').is_empty() {
        return Err(Finding::error("Add a path after the slash."));
    }
    if text.contains('?') {
        return Err(Finding::error(format!(
            "Use hdfs://{text}. Without a scheme Livy drops everything after ?."
        )));
    }
    // Livy decodes it and reads the outcome as a URI again.
    if illegal_once_decoded(text) {
        return Err(Finding::error(format!(
            "Use hdfs://{text}. Without a scheme Livy decodes the % and refuses the path."
        )));
    }
    Ok(Finding::warning(
        "No scheme: read from the cluster's default file system. Add hdfs://, s3a://… to be sure.",
    ))
}

/// True if an escape means an ASCII character that a URI may not hold, or for the percent sign itself.
fn illegal_once_decoded(text: &str) -> bool {
    text.split('%').skip(1).any(|part| {
        let byte = part.get(..2).and_then(|it| u8::from_str_radix(it, 16).ok());
        byte.is_some_and(|it| it <= 0x20 || it == 0x7f || b"\"%<>\\^`{|}[]".contains(&it))
    })
}

/// What `java.net.URI` refuses, and the comma, at which Spark would cut the path in two.
fn illegal_character(text: &str) -> Result<(), Finding> {
    if text.contains(',') || text.to_ascii_lowercase().contains("%2c") {
        return Err(Finding::error("Use one row per path. Spark splits paths at commas, even escaped ones."));
    }
    if text.contains(char::is_whitespace) {
        let with_scheme = scheme(text).is_some();
        return Err(Finding::error(if with_scheme && !text.contains('\t') {
            format!("Use {}. Livy refuses spaces in paths.", text.replace(' ', "%20"))
        } else {
            "Remove the spaces. Livy refuses them in paths.".to_owned()
        }));
    }
    if let Some(character) = text.chars().find(|it| it.is_control() || "\"<>\\^`{|}[]".contains(*it)) {
        return Err(Finding::error(match character {
            '\\' => "Use / instead of \\.".to_owned(),
            it if it.is_control() => "Remove the control characters.".to_owned(),
            it => format!("Use %{:02X} instead of {it}, after a scheme such as hdfs:.", u32::from(it)),
        }));
    }
    let mut escapes = text.split('%');
    escapes.next();
    let hex = |part: &str| part.len() >= 2 && part.bytes().take(2).all(|it| it.is_ascii_hexdigit());
    if !escapes.all(hex) {
        return Err(Finding::error("Use %25 instead of %."));
    }
    if text.matches('#').count() > 1 {
        return Err(Finding::error("Use only one #, before the name to unpack to."));
    }
    Ok(())
}

/// The scheme and what follows its colon (RFC 3986 §3.1).
fn scheme(text: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = text.split_once(':')?;
    let legal = scheme.starts_with(|it: char| it.is_ascii_alphabetic())
        && scheme.chars().all(|it| it.is_ascii_alphanumeric() || "+-.".contains(it));
    legal.then_some((scheme, rest))
}

/// The words in angle brackets of the reference's example, which a person has to replace.
fn placeholders(text: &str) -> Option<String> {
    let mut words = Vec::new();
    for part in text.split('<').skip(1) {
        words.push(format!("<{}>", part.split_once('>')?.0));
    }
    (!words.is_empty()).then(|| words.join(" and "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(text: &str) -> Result<Option<String>, String> {
        SparkPath::parse(text, Field::Jars)
            .map(|(_, finding)| finding.map(|it| it.message))
            .map_err(|it| it.message)
    }

    #[test]
    fn a_host_is_what_java_reads_as_one() {
        for host in [
            "nn",
            "nn:8020",
            "nn:",
            "2024-data",
            "10.0.0.1:8020",
            "010.0.0.1",
            "nn.",
            "c_c@acc.blob",
            "$root@acc",
            "a.b-c.d1",
            "nn:99999",
        ] {
            assert!(has_host(host), "{host}");
        }
        for host in [
            "name_node:8020",
            "nn:abc",
            ":8020",
            "-nn",
            "nn-",
            "a.2024",
            "10.0.0",
            "a..b",
            "my_bucket",
            "c@ac_c.blob",
            "n%20n",
            "bücher",
            "a@b@c",
            "nn:80200000000",
            "n~n",
            "1.2.3.4.5",
            "300.1.1.1",
            "a.b-",
            "nn:-1",
            "nn:8020:1",
            "@",
        ] {
            assert!(!has_host(host), "{host}");
        }
    }

    #[test]
    fn hadoop_asks_for_the_host() {
        for (text, expected) in [
            ("hdfs://name_node:8020/x.jar", Some(true)),
            ("hdfs://nn:abc/y.jar", Some(true)),
            ("abfss://data@my_account.dfs.core.windows.net/x.jar", Some(true)),
            ("s3a://my_bucket/x.jar", Some(false)),
            ("hdfs:///x_y.jar", None),
            ("gs://my_bucket/x.jar", None),
            ("https://my_host/x.jar", None),
        ] {
            assert_eq!(verdict(text).map_or(Some(true), |it| it.map(|_| false)), expected, "{text}");
        }
    }

    #[test]
    fn messages_say_what_to_write() {
        let cases = [
            ("conf/users.csv", "Use /conf/users.csv or hdfs:///conf/users.csv. Livy refuses relative paths."),
            ("hdfs:a.jar", "Use hdfs:///a.jar, or hdfs:// with a host before the path."),
            ("hdfs:///a b.jar", "Use hdfs:///a%20b.jar. Livy refuses spaces in paths."),
            ("/a b.jar", "Remove the spaces. Livy refuses them in paths."),
            ("hdfs:///a{1}.jar", "Use %7B instead of {, after a scheme such as hdfs:."),
            ("wasb://<C>@<A>.blob/x.jar", "Replace <C> and <A> with your own."),
            (
                "/a%20b.jar",
                "Use hdfs:///a%20b.jar. Without a scheme Livy decodes the % and refuses the path.",
            ),
        ];
        for (text, message) in cases {
            assert_eq!(verdict(text), Err(message.to_owned()), "{text:?}");
        }
    }
}
