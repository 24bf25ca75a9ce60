//! Examples that fill the form.

use crate::{Draft, Field, ReadContext, read};

/// Sizes that a small cluster has, and a key that people set. No path: none is there on every cluster.
const TEXTS: [(Field, &str); 5] = [
    (Field::DriverMemory, "2g"),
    (Field::DriverCores, "1"),
    (Field::ExecutorMemory, "2g"),
    (Field::ExecutorCores, "2"),
    (Field::NumExecutors, "2"),
];
const CONF: (&str, &str) = ("spark.sql.shuffle.partitions", "64");

impl Draft {
    /// An example that can be sent as it is: a Python session of a modest size. What the host's policy does not allow is left
    /// as an empty form has it.
    pub fn example(terms: &ReadContext) -> Self {
        let mut draft = terms.policy().empty_form();
        let errors = |it: &Self| read(it, terms).error_count();
        let mut attempt = |change: &dyn Fn(&mut Self)| {
            let mut next = draft.clone();
            change(&mut next);
            if !terms.policy().lock(&mut next) && errors(&next) <= errors(&draft) {
                draft = next;
            }
        };
        attempt(&|it| it.set_text(Field::Kind, "pyspark"));
        for (field, text) in TEXTS {
            attempt(&|it| it.set_text(field, text));
        }
        attempt(&|it| {
            let mut rows = it.conf().to_vec();
            rows.push((CONF.0.to_owned(), CONF.1.to_owned()));
            it.set_conf(rows);
        });
        draft
    }

    /// The example of the reference that this form starts from (HDInsight Spark REST, "Create a new interactive session", 2015).
    /// Its placeholders stay in, each a problem that names the word to replace.
    pub fn hdinsight_example() -> Self {
        const CONTAINER: &str =
            "wasb://<BlobStorageContainerName>@<StorageAccountName>.blob.core.windows.net";
        let mut draft = Self::default();
        draft.set_text(Field::Kind, "spark");
        draft.set_rows(Field::Jars, vec![format!("{CONTAINER}/helper.jar")]);
        draft.set_rows(Field::Files, vec![format!("{CONTAINER}/config.xml")]);
        draft.set_text(Field::DriverMemory, "1G");
        draft.set_text(Field::DriverCores, "2");
        draft.set_text(Field::ExecutorMemory, "1G");
        draft.set_text(Field::ExecutorCores, "10");
        draft.set_text(Field::NumExecutors, "10");
        draft
    }
}
