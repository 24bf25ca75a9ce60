//! The example of the reference that this form starts from (HDInsight Spark REST, "Create a new interactive session", 2015).

use crate::{Draft, Field};

impl Draft {
    /// The reference's example. Its placeholders stay in, each a problem that names the word to replace.
    pub fn example() -> Self {
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
