//! Causes in Hive: its metastore, its folders and its rights.

use crate::cause::Cause;
use crate::cause::entry::{Entry, fatal, reason};
use crate::cause::found::{Weight, Whom};

/// The rows.
pub(super) const ROWS: &[Entry] = &[
    reason(
        Cause::MetastoreLocked,
        "metastore-locked",
        "Another session has the local Hive metastore open",
        "End the other session. On a cluster, ask the operator to set hive.metastore.uris, so that sessions share one metastore.",
        Whom::Operator,
    )
    .rules(&[
        fatal("Derby 10.14, messages", &["Another instance of Derby may have already booted the database"]),
        fatal("Derby 10.14, messages", &["ERROR XSDB6: "]),
    ]),
    reason(
        Cause::HiveFolderUnwritable,
        "hive-folder-unwritable",
        "Hive's scratch folder can't be written",
        "Ask the operator to make /tmp/hive on the cluster writable for everyone.",
        Whom::Operator,
    )
    .rules(&[fatal("Hive 2.3, SessionState.java", &["The root scratch dir: ", "should be writable"])]),
    reason(
        Cause::TableForbidden,
        "table-forbidden",
        "This user can't use a database or table",
        "Ask for the right that the log line names.",
        Whom::You,
    )
    .rules(&[
        fatal("Ranger 2.4, RangerHiveAuthorizer.java", &["Permission denied: user [", "] does not have [", "] privilege on ["]),
        fatal("Hive 2.3, StorageBasedAuthorizationProvider.java", &["HiveAccessControlException"]),
    ]),
    reason(
        Cause::MetastoreUnreachable,
        "metastore-unreachable",
        "The Hive metastore can't be reached",
        "Try again later. Ask the operator to check hive.metastore.uris and the metastore.",
        Whom::Operator,
    )
    .weighs(Weight::Broad)
    .rules(&[
        fatal("Hive 2.3, HiveMetaStoreClient.java", &["Could not connect to meta store using any of the URIs provided"]),
        fatal("Hive 2.3, MetaStoreUtils.java", &["Unable to instantiate org.apache.hadoop.hive.ql.metadata.SessionHiveMetaStoreClient"]),
    ]),
];
