//! Rows of the configuration: keys that Livy refuses, replaces or merges, and keys that nobody reads.
//!
//! Livy passes keys and values through a properties file to spark-submit (`ContextLauncher.java`, 0.9.0) and looks at few of
//! them. What a value may be is for the rules of values.

use crate::older_key::stands_for;
use crate::problem::Finding;
use crate::secret::mask_rule;
use crate::{Draft, Field, conf_value};

/// Keys that Livy refuses since 0.8 (`Session.scala` 39-45).
const REFUSED: [&str; 2] =
    ["spark.submit.deployMode", "spark.submit.proxyUser.allowCustomClasspathInClusterMode"];

/// Keys to which Livy gives a value of its own, and the words for it (`InteractiveSession.scala` 395-543, `SparkApp.scala` 48-90,
/// `ContextLauncher.java` 173-215, 0.9.0).
const REPLACED: [(&str, &str); 16] = [
    ("spark.master", "Livy replaces it by the server's own master."),
    ("spark.app.name", "The session's name replaces it."),
    ("spark.repl.class.outputDir", SET),
    ("spark.submit.proxyUser", SET),
    ("spark.app.id", SET),
    ("spark.livy.spark_major_version", SET),
    ("spark.yarn.isPython", SET),
    ("spark.yarn.maxAppAttempts", "Livy replaces it by 1."),
    ("spark.yarn.submit.waitAppCompletion", "Livy replaces it by false."),
    ("spark.kubernetes.submission.waitAppCompletion", "On Kubernetes Livy replaces it by false."),
    ("spark.ui.proxyBase", "On Kubernetes Livy replaces it by a path of its own."),
    (
        "spark.sql.catalogImplementation",
        "Livy replaces it: livy.repl.enable-hive-context of the server decides.",
    ),
    ("livy.rsc.launcher.address", DEADLY),
    ("livy.rsc.launcher.port", DEADLY),
    ("livy.rsc.client.auth.id", DEADLY),
    ("livy.rsc.client.auth.secret", DEADLY),
];

const SET: &str = "Livy sets it itself.";
const DEADLY: &str = "Livy sets it itself: the session may not come up with another value.";

/// A value as Spark reads it from that file: without the blanks around it, but with its line ends (`Utils.trimExceptCRLF`, 3.5).
pub(crate) fn without_blanks(value: &str) -> &str {
    value.trim_matches(|it: char| it.is_whitespace() && !LINE_ENDS.contains(&it))
}

const LINE_ENDS: [char; 2] = ['\n', '\r'];

/// What there is to say of a row whose key is not blank. The key is trimmed, the value without blanks around it. `draft` is for
/// the fields of the same meaning.
pub(crate) fn findings(key: &str, value: &str, draft: &Draft) -> Vec<Finding> {
    if let Err(finding) = key_rule(key) {
        return vec![finding];
    }
    if let Some(finding) = mask_rule(value) {
        return vec![finding];
    }
    // What is replaced is not read.
    if let Some(finding) = replaced(key, draft) {
        return vec![finding];
    }
    let today = stands_for(key);
    if let Some(today) = today.filter(|it| draft.conf_value(it).is_some()) {
        return vec![Finding::warning(format!("{today} replaces it: remove this row."))];
    }
    let hidden = value.contains(LINE_ENDS).then(|| {
        Finding::warning(
            "The value holds line ends, which do not show here: they are sent, until you type in it.",
        )
    });
    // Where a value has a type Spark overlooks line ends around it. Of nothing else something is left to judge.
    let judged = Some(value.trim()).filter(|it| !it.is_empty()).unwrap_or(value);
    let older = today.map(|it| Finding::warning(format!("An older name: write {it} in its place.")));
    let of_key = unread(key).or_else(|| merged(key, draft)).or(older);
    let of_value = conf_value::finding(today.unwrap_or(key), judged);
    of_key.into_iter().chain(of_value).chain(hidden).collect()
}

fn key_rule(key: &str) -> Result<(), Finding> {
    if REFUSED.contains(&key) {
        return Err(Finding::error("Remove it: Livy refuses requests with this key."));
    }
    if key.contains(|it: char| it.is_whitespace() || it.is_control()) {
        return Err(Finding::error("A key has no blanks: write it as Spark's documentation does."));
    }
    if key.contains(['"', '\'', '`', ',', '“', '”']) {
        return Err(Finding::error(
            "A key has no quotes and no comma: write it as Spark's documentation does.",
        ));
    }
    if key.contains('=') {
        return Err(Finding::error("Write what follows the = as the value."));
    }
    if key.contains(['<', '>']) {
        return Err(Finding::error("This looks like a placeholder: write the key itself."));
    }
    Ok(())
}

fn replaced(key: &str, draft: &Draft) -> Option<Finding> {
    if let Some(field) = Field::by_spark_key(key).filter(|it| !draft.text(*it).trim().is_empty()) {
        return Some(Finding::warning(format!("{} above replaces it.", field.label())));
    }
    REPLACED.iter().find(|(it, _)| *it == key).map(|(_, words)| Finding::warning(*words))
}

/// A key that nobody reads.
fn unread(key: &str) -> Option<Finding> {
    let is_read = key.starts_with("spark.") || key.starts_with("livy.");
    (!is_read)
        .then(|| Finding::warning("Spark reads only keys that begin with spark.: this one goes unread."))
}

/// A list to which Livy adds the rows of a field.
fn merged(key: &str, draft: &Draft) -> Option<Finding> {
    let field = Field::ALL.into_iter().find(|it| it.merged_key() == Some(key))?;
    let is_filled = draft.rows(field).iter().any(|it| !it.trim().is_empty());
    is_filled.then(|| Finding::warning(format!("Added to what {} above says: both are read.", field.label())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(key: &str, value: &str, draft: &Draft) -> Vec<String> {
        findings(key, value, draft).into_iter().map(|it| it.message).collect()
    }

    #[test]
    fn a_row_hears_of_the_field_beside_it() {
        let mut draft = Draft::default();
        assert_eq!(said("spark.jars", "hdfs:///a.jar", &draft), [""; 0]);
        draft.set_rows(Field::Jars, vec!["hdfs:///b.jar".into()]);
        draft.set_text(Field::DriverMemory, "1g");
        let added = "Added to what Jars above says: both are read.";
        assert_eq!(said("spark.jars", "hdfs:///a.jar", &draft), [added]);
        assert_eq!(said("spark.jars", "a.jar", &draft).len(), 2);
        assert_eq!(said("spark.driver.memory", "much", &draft), ["Driver memory above replaces it."]);
    }

    #[test]
    fn line_ends_of_a_value_are_sent_and_named() {
        let mut draft = Draft::default();
        let key = "spark.hadoop.textinputformat.record.delimiter";
        for (value, sent) in [("\n", "\n"), (" EOF\nEOF\n ", "EOF\nEOF\n"), ("\r\na\t", "\r\na")] {
            draft.set_conf(vec![(key.to_owned(), value.to_owned())]);
            let terms = crate::Terms::new(crate::SessionName::made_up(1)).with_server("0.9.0");
            let reading = crate::read(&draft, &terms);
            let body: serde_json::Value = serde_json::from_str(&reading.preview()).unwrap();
            assert_eq!(body["conf"][key], sent);
            let words: Vec<&str> = reading.problems().iter().map(|it| it.message.as_str()).collect();
            assert!(words.len() == 1 && words[0].contains("line ends"), "{words:?}");
        }
        assert_eq!(said("spark.executor.cores", "2\n", &Draft::default()).len(), 1);
        assert_eq!(said("spark.executor.cores", "\n", &Draft::default()).len(), 2);
        // Nor does a policy overlook what Spark reads as more than it allows.
        let config = r#"{"policy":{"ranges":{"numExecutors":{"max":10}}}}"#;
        let policy = crate::Config::parse(config).unwrap().policy;
        draft.set_conf(vec![("spark.executor.instances".to_owned(), "11\n".to_owned())]);
        let terms = crate::Terms::new(crate::SessionName::made_up(1)).with_policy(policy);
        assert_eq!(crate::read(&draft, &terms).error_count(), 1);
    }

    #[test]
    fn an_older_name_is_read_as_the_key_of_today() {
        let (older, today) = ("spark.yarn.executor.memoryOverhead", "spark.executor.memoryOverhead");
        let mut draft = Draft::default();
        let words = format!("An older name: write {today} in its place.");
        assert_eq!(said(older, "512", &draft), [words.as_str()]);
        assert_eq!(said(older, "0.5g", &draft).len(), 2);
        draft.set_conf(vec![(today.into(), "1g".into())]);
        assert_eq!(said(older, "0.5g", &draft), [format!("{today} replaces it: remove this row.")]);
    }

    #[test]
    fn a_key_is_written_as_spark_reads_it() {
        for key in ["spark.a b", "spark.a\"", "'spark.a", "spark.a,", "spark.a=1", "spark.<a>", "“spark.a”"]
        {
            assert!(key_rule(key).is_err(), "{key}");
        }
        for key in
            ["spark.a-b_c.D1", "spark.hadoop.fs.azure.account.key.x.blob.core.windows.net", "spark.a:b"]
        {
            assert!(key_rule(key).is_ok(), "{key}");
        }
        let words = "Spark spells it spark.shuffle.service.enabled: this one goes unread.";
        assert_eq!(said("spark.shuffle.service.Enabled", "true", &Draft::default()), [words]);
    }
}
