//! Rows of the configuration: keys that Livy refuses, replaces or merges, and keys that are not read.
//!
//! Livy passes keys and values through a properties file to spark-submit (`ContextLauncher.java`, 0.9.0) and looks at few of
//! them. What a value may be is for the rules of values.

use crate::problem::Finding;
use crate::rule::conf_value;
use crate::rule::manager::foreign_key;
use crate::rule::older_key::stands_for;
use crate::secret::mask_rule;
use crate::{ClusterManager, Draft, Field};

/// Keys that Livy refuses since 0.8 (`Session.scala` 39-45).
const REFUSED: [&str; 2] =
    ["spark.submit.deployMode", "spark.submit.proxyUser.allowCustomClasspathInClusterMode"];

/// Keys to which Livy gives a value of its own, and the words for it (`InteractiveSession.scala` 395-543, `SparkApp.scala` 48-90,
/// `ContextLauncher.java` 173-215, 0.9.0).
const REPLACED: [(&str, &str); 16] = [
    ("spark.master", "Livy uses the server's master instead."),
    ("spark.app.name", "Livy uses the session's name instead."),
    ("spark.repl.class.outputDir", SET),
    ("spark.submit.proxyUser", SET),
    ("spark.app.id", SET),
    ("spark.livy.spark_major_version", SET),
    ("spark.yarn.isPython", SET),
    ("spark.yarn.maxAppAttempts", "Livy always sets 1."),
    ("spark.yarn.submit.waitAppCompletion", "Livy always sets false."),
    ("spark.kubernetes.submission.waitAppCompletion", "On Kubernetes Livy always sets false."),
    ("spark.ui.proxyBase", "On Kubernetes Livy sets its own path."),
    (
        "spark.sql.catalogImplementation",
        "Livy ignores it. The server's livy.repl.enable-hive-context decides.",
    ),
    ("livy.rsc.launcher.address", DEADLY),
    ("livy.rsc.launcher.port", DEADLY),
    ("livy.rsc.client.auth.id", DEADLY),
    ("livy.rsc.client.auth.secret", DEADLY),
];

const SET: &str = "Livy sets this itself.";
const DEADLY: &str = "Livy sets this itself. Another value can keep the session from starting.";

/// A value as Spark reads it from that file: without the spaces around it, but with its line ends (`Utils.trimExceptCRLF`, 3.5).
pub(crate) fn without_blanks(value: &str) -> &str {
    value.trim_matches(|it: char| it.is_whitespace() && !LINE_ENDS.contains(&it))
}

const LINE_ENDS: [char; 2] = ['\n', '\r'];

/// Findings about a row with a key. The key is trimmed, the value has no spaces around it. `draft` is for
/// the fields of the same meaning, `manager` the cluster manager where it is known.
pub(crate) fn findings(
    key: &str,
    value: &str,
    draft: &Draft,
    manager: Option<ClusterManager>,
) -> Vec<Finding> {
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
        return vec![Finding::warning(format!("Remove this row. {today} overrides it."))];
    }
    let hidden = value.contains(LINE_ENDS).then(|| {
        Finding::warning(
            "Contains line breaks that don't show here. They are sent unless you edit the value.",
        )
    });
    // Where a value has a type Spark overlooks line ends around it. Of nothing else something is left to judge.
    let judged = Some(value.trim()).filter(|it| !it.is_empty()).unwrap_or(value);
    if let Some(words) = manager.and_then(|it| foreign_key(key, it)) {
        // Spark never reads the value, but Livy resolves each path of its lists.
        let of_paths = conf_value::listed(key).and_then(|_| conf_value::finding(key, judged));
        return [Finding::warning(words)].into_iter().chain(of_paths).chain(hidden).collect();
    }
    let older = today.map(|it| Finding::warning(format!("Use {it} instead. This is its old name.")));
    let of_key = unread(key).or_else(|| merged(key, draft)).or(older);
    let of_value = conf_value::finding(today.unwrap_or(key), judged);
    of_key.into_iter().chain(of_value).chain(hidden).collect()
}

fn key_rule(key: &str) -> Result<(), Finding> {
    if REFUSED.contains(&key) {
        return Err(Finding::error("Remove this row. Livy refuses requests with this key."));
    }
    if key.contains(|it: char| it.is_whitespace() || it.is_control()) {
        return Err(Finding::error("Remove the spaces from the key."));
    }
    if key.contains(['"', '\'', '`', ',', '“', '”']) {
        return Err(Finding::error("Remove quotes and commas from the key."));
    }
    if key.contains('=') {
        return Err(Finding::error("Move the part after = to the value."));
    }
    if key.contains(['<', '>']) {
        return Err(Finding::error("Replace the placeholder with a real key."));
    }
    Ok(())
}

fn replaced(key: &str, draft: &Draft) -> Option<Finding> {
    if let Some(field) = Field::by_spark_key(key).filter(|it| !draft.text(*it).trim().is_empty()) {
        return Some(Finding::warning(format!("{} above overrides this.", field.label())));
    }
    REPLACED.iter().find(|(it, _)| *it == key).map(|(_, words)| Finding::warning(*words))
}

/// Beginnings of the keys that are read: by Spark, by Livy, and by EMR Serverless, which demands the session's role as
/// `emr-serverless.session.executionRoleArn` (its guide, "Run interactive workloads through an Apache Livy endpoint").
const READ: [&str; 3] = ["spark.", "livy.", "emr-serverless."];

/// A key that is not known to be read. Other servers that speak as Livy does may have keys of their own.
fn unread(key: &str) -> Option<Finding> {
    (!READ.iter().any(|it| key.starts_with(it))).then(|| {
        Finding::warning(
            "Spark ignores keys that don't start with spark. Keep it only if your server reads it.",
        )
    })
}

/// A list to which Livy adds the rows of a field.
fn merged(key: &str, draft: &Draft) -> Option<Finding> {
    let field = Field::by_merged_key(key)?;
    let is_filled = draft.rows(field).iter().any(|it| !it.trim().is_empty());
    is_filled.then(|| Finding::warning(format!("Added to {} above. Both are used.", field.label())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Severity;

    fn said(key: &str, value: &str, draft: &Draft) -> Vec<String> {
        findings(key, value, draft, None).into_iter().map(|it| it.message).collect()
    }

    #[test]
    fn a_row_hears_of_the_field_beside_it() {
        let mut draft = Draft::default();
        assert_eq!(said("spark.jars", "hdfs:///a.jar", &draft), [""; 0]);
        draft.set_rows(Field::Jars, vec!["hdfs:///b.jar".into()]);
        draft.set_text(Field::DriverMemory, "1g");
        let added = "Added to Jars above. Both are used.";
        assert_eq!(said("spark.jars", "hdfs:///a.jar", &draft), [added]);
        assert_eq!(said("spark.jars", "a.jar", &draft).len(), 2);
        assert_eq!(said("spark.driver.memory", "much", &draft), ["Driver memory above overrides this."]);
    }

    #[test]
    fn a_key_that_another_server_demands_is_not_called_unread() {
        let role = "arn:aws:iam::123456789012:role/notebooks";
        let said = |key: &str| said(key, role, &Draft::default());
        assert_eq!(said("emr-serverless.session.executionRoleArn"), [""; 0]);
        assert!(said("ae.spark.executor.count").concat().contains("Keep it only if your server reads it"));
    }

    #[test]
    fn line_ends_of_a_value_are_sent_and_named() {
        let mut draft = Draft::default();
        let key = "spark.hadoop.textinputformat.record.delimiter";
        for (value, sent) in [("\n", "\n"), (" EOF\nEOF\n ", "EOF\nEOF\n"), ("\r\na\t", "\r\na")] {
            draft.set_conf(vec![(key.to_owned(), value.to_owned())]);
            let terms = crate::ReadContext::new(crate::SessionName::made_up(1)).with_server("0.9.0");
            let reading = crate::read(&draft, &terms);
            let body: serde_json::Value = serde_json::from_str(&reading.preview()).unwrap();
            assert_eq!(body["conf"][key], sent);
            let words: Vec<&str> = reading.problems().iter().map(|it| it.message.as_str()).collect();
            assert!(words.len() == 1 && words[0].contains("line breaks"), "{words:?}");
        }
        assert_eq!(said("spark.executor.cores", "2\n", &Draft::default()).len(), 1);
        assert_eq!(said("spark.executor.cores", "\n", &Draft::default()).len(), 2);
        // Nor does a policy overlook what Spark reads as more than it allows.
        let config = r#"{"policy":{"ranges":{"numExecutors":{"max":10}}}}"#;
        let policy = crate::Config::parse(config).unwrap().policy;
        draft.set_conf(vec![("spark.executor.instances".to_owned(), "11\n".to_owned())]);
        let terms = crate::ReadContext::new(crate::SessionName::made_up(1)).with_policy(policy);
        assert_eq!(crate::read(&draft, &terms).error_count(), 1);
    }

    #[test]
    fn what_nobody_reads_is_not_judged_but_livys_own_lists() {
        let said = |key: &str, value: &str, manager| {
            let found = findings(key, value, &Draft::default(), Some(manager));
            found.iter().map(|it| it.severity).collect::<Vec<_>>()
        };
        let (error, warning) = (Severity::Error, Severity::Warning);
        for (key, value, on_yarn, on_kubernetes) in [
            ("spark.yarn.am.memory", "much", &[error][..], &[warning][..]),
            ("spark.kubernetes.allocation.batch.size", "0", &[warning], &[error]),
            ("spark.yarn.jar", "hdfs:///a.jar", &[warning], &[warning]),
            ("spark.yarn.dist.files", "a.txt", &[error], &[warning, error]),
            ("spark.yarn.maxAppAttempts", "3", &[warning], &[warning]),
        ] {
            assert_eq!(said(key, value, ClusterManager::Yarn), on_yarn, "{key}");
            assert_eq!(said(key, value, ClusterManager::Kubernetes), on_kubernetes, "{key}");
        }
    }

    #[test]
    fn an_older_name_is_read_as_the_key_of_today() {
        let (older, today) = ("spark.yarn.executor.memoryOverhead", "spark.executor.memoryOverhead");
        let mut draft = Draft::default();
        let words = format!("Use {today} instead. This is its old name.");
        assert_eq!(said(older, "512", &draft), [words.as_str()]);
        assert_eq!(said(older, "0.5g", &draft).len(), 2);
        draft.set_conf(vec![(today.into(), "1g".into())]);
        assert_eq!(said(older, "0.5g", &draft), [format!("Remove this row. {today} overrides it.")]);
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
        let words = "Use spark.shuffle.service.enabled. Spark ignores other spellings.";
        assert_eq!(said("spark.shuffle.service.Enabled", "true", &Draft::default()), [words]);
    }
}
