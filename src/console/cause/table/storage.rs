//! Causes in HDFS and other services of the cluster, and in local folders.

use crate::cause::Cause;
use crate::cause::entry::{Entry, fatal, last, reason, said};
use crate::cause::found::{Weight, Whom};
use form::Field;

/// The user who was refused, and whose home folder it was: `user=alice, access=WRITE, inode="/user/bob/x"`.
fn user_and_home(line: &str) -> Option<(&str, &str)> {
    let (_, rest) = line.split_once("Permission denied: user=")?;
    let user = rest.split(',').next()?;
    let (_, path) = rest.split_once("inode=\"/user/")?;
    let home = path.split(['"', '/']).next().filter(|it| !it.is_empty())?;
    Some((user, home))
}

/// True where a person has no right to the home folder itself.
fn is_own_home(line: &str) -> bool {
    user_and_home(line)
        .is_some_and(|(user, home)| user == home && line.contains(&format!("\"/user/{home}\"")))
}

/// Folders under `/user` that belong to services and are shared.
const SHARED: [&str; 6] = ["hive", "spark", "history", "oozie", "hbase", "impala"];

fn is_home_of_another(line: &str) -> bool {
    user_and_home(line).is_some_and(|(user, home)| user != home && !SHARED.contains(&home))
}

/// The rows.
pub(super) const ROWS: &[Entry] = &[
    reason(
        Cause::HomeMissing,
        "home-missing",
        "This user has no home folder to write to on the cluster",
        "Ask the operator to create /user/<name> on HDFS and give it to the user, or set spark.yarn.stagingDir to a folder the user can write to.",
        Whom::Operator,
    )
    .field(Field::Conf)
    .start()
    .rules(&[
        fatal("Hadoop 3.3, FSPermissionChecker.java", &["Permission denied: user=", "access=WRITE, inode=\"/user\""]),
        fatal("Hadoop 3.3, FSPermissionChecker.java", &["Permission denied: user=", "access=WRITE, inode=\"/user/\""]),
        fatal("Hadoop 3.3, FSPermissionChecker.java", &["Permission denied: user=", "access=WRITE, inode=\"/\""]),
        fatal("Hadoop 3.3, FSPermissionChecker.java", &["Permission denied: user=", "access=WRITE, inode=\"/home\""]),
        fatal("Hadoop 3.3, FSPermissionChecker.java", &["Permission denied: user=", "access=WRITE, inode=\"/user/"]).when(is_own_home),
    ]),
    reason(
        Cause::HomeOfAnother,
        "home-of-another",
        "A folder belongs to another user's home",
        "Use a folder of your own. If it is Spark's staging folder, check the proxy user and spark.yarn.stagingDir, or ask the operator whether Livy runs sessions as the person who asks.",
        Whom::You,
    )
    .field(Field::ProxyUser)
    .rules(&[
        fatal("Hadoop 3.3, FSPermissionChecker.java", &["Permission denied: user=", "inode=\"/user/"]).when(is_home_of_another),
    ]),
    reason(
        Cause::StagingForbidden,
        "staging-forbidden",
        "This user can't write to Spark's staging folder",
        "Ask the operator to give the folder that the log line names to the user, or set spark.yarn.stagingDir to another one.",
        Whom::Operator,
    )
    .field(Field::Conf)
    .start()
    .rules(&[
        fatal("Hadoop 3.3, FSPermissionChecker.java", &["Permission denied: user=", "inode=", ".sparkStaging"]),
        fatal("Ranger 2.4, RangerHdfsAuthorizer.java", &["Permission denied", ".sparkStaging"]),
        fatal("Spark 3.5.9, yarn/Client.scala", &["IOException", "Mkdirs failed to create ", ".sparkStaging"]),
    ]),
    reason(
        Cause::StorageQuota,
        "storage-quota",
        "A folder on the cluster is full",
        "Delete what you don't need there, or ask the operator for a larger quota. Spark's own files are in the user's .sparkStaging folder.",
        Whom::You,
    )
    .rules(&[
        fatal("Hadoop 3.3, DSQuotaExceededException.java", &["The DiskSpace quota of ", " is exceeded"]),
        fatal("Hadoop 3.3, NSQuotaExceededException.java", &["The NameSpace quota (directories and files) of "]),
        fatal("Hadoop 3.3, QuotaExceededException.java", &["QuotaByStorageTypeExceededException"]),
        fatal("Ozone 1.4, OMFileRequest.java", &["The DiskSpace quota of bucket:"]),
    ]),
    reason(
        Cause::SafeMode,
        "safe-mode",
        "HDFS accepts no changes right now (safe mode)",
        "Wait a few minutes and try again. If it stays, ask the operator: data nodes may be missing.",
        Whom::Operator,
    )
    .start()
    .rules(&[
        fatal("Hadoop 3.3, FSNamesystem.java", &["SafeModeException"]),
        fatal("Hadoop 3.3, FSNamesystem.java", &["ame node is in safe mode"]),
    ]),
    reason(
        Cause::StorageStandby,
        "storage-standby",
        "The name node in the path is in standby",
        "Use the name of the HDFS service instead of one machine, for example hdfs://mycluster/…, or leave the host out.",
        Whom::You,
    )
    .field(Field::Files)
    .rules(&[fatal("Hadoop 3.3, StandbyState.java", &["Operation category ", " is not supported in state standby"])]),
    reason(
        Cause::StorageFull,
        "storage-full",
        "HDFS has no data node that can take a file",
        "Try again later. Ask the operator to check the data nodes: they may be full or down.",
        Whom::Operator,
    )
    .start()
    .rules(&[
        fatal("Hadoop 2.7, BlockManager.java", &["could only be replicated to 0 nodes"]),
        fatal("Hadoop 3.3, BlockManager.java", &["could only be written to 0 of the "]),
    ]),
    reason(
        Cause::FolderUnwritable,
        "folder-unwritable",
        "A local folder can't be written",
        "Ask the operator to check the folder that the log line names. If spark.local.dir or java.io.tmpdir is in your settings, check it.",
        Whom::Operator,
    )
    .rules(&[
        fatal("Hadoop 3.3, ChecksumFileSystem.java", &["IOException: Mkdirs failed to create "]),
        fatal("Spark 3.5.9, DiskBlockManager.scala", &["Failed to create a temp directory "]),
        said("Spark 3.5.9, DiskBlockManager.scala", &["DiskBlockManager: Failed to create any local dir"]),
        fatal("JDK 17, UnixException.java", &["java.nio.file.AccessDeniedException: /"]),
        fatal("JDK 17, FileOutputStream.java", &["FileNotFoundException: /", "(Permission denied)"]),
    ]),
    reason(
        Cause::DiskFull,
        "disk-full",
        "A disk is full",
        "Ask the operator to make room. The lines around it in the log say on which machine.",
        Whom::Operator,
    )
    .rules(&[
        fatal("GNU libc, ENOSPC", &["No space left on device"]),
        fatal("Hadoop 3.3, LocalDirAllocator.java", &["DiskErrorException: No space available in any of the local directories"]),
    ]),
    reason(
        Cause::TooManyFiles,
        "too-many-files",
        "A process has too many files open",
        "Ask the operator to raise the limit of open files (ulimit -n) for the driver's user.",
        Whom::Operator,
    )
    .rules(&[fatal("GNU libc, EMFILE", &["Too many open files"])]),
    reason(
        Cause::PathForbidden,
        "path-forbidden",
        "This user can't use a path",
        "Ask for access to the path that the log line names, or use another one.",
        Whom::You,
    )
    .field(Field::Files)
    .weighs(Weight::Broad)
    .rules(&[
        fatal("Hadoop 3.3, FSPermissionChecker.java", &["Permission denied: user=", "access=", "inode="]),
        fatal("Hadoop 3.3, FSPermissionChecker.java, as the owner of a folder is asked for", &["Permission denied. user=", " is not the owner of inode="]),
    ]),
    reason(
        Cause::ClusterUnreachable,
        "cluster-unreachable",
        "A service of the cluster didn't answer",
        "Try again later. The log line names the host and the port: 8032 and 8050 are YARN, 8020 and 9000 are HDFS. If you typed the address, check it; otherwise ask the operator.",
        Whom::Operator,
    )
    .weighs(Weight::Broad)
    .rules(&[
        fatal("Hadoop 3.3, NetUtils.java", &["Call From ", " failed on connection exception: "]),
        fatal("Hadoop 3.3, NetUtils.java", &["Call From ", " failed on socket timeout exception: "]),
        fatal("Hadoop 3.3, NetUtils.java", &["No Route to Host from "]),
        last("Hadoop 3.3, Client.java", &["Retrying connect to server: ", ". Already tried 9 time(s)"]),
        fatal("Hadoop 3.3, RetryInvocationHandler.java", &["Failing over", "attempts, exceeded maxFailovers"]),
    ]),
];
