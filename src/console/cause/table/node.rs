//! Causes on YARN's nodes: what keeps a container from starting or living there.

use crate::cause::Cause;
use crate::cause::entry::{Entry, fatal, last, reason, said};
use crate::cause::found::{Weight, Whom};
use form::Field;

/// The rows.
pub(super) const ROWS: &[Entry] = &[
    reason(
        Cause::FileChanged,
        "file-changed",
        "A file was changed after the session was submitted",
        "Create the session again, and don't replace the file while it starts. For a local path, each node may have its own copy: use a path on HDFS or object storage.",
        Whom::You,
    )
    .field(Field::Files)
    .start()
    .rules(&[said("Hadoop 3.3, FSDownload.java", &["Resource ", " changed on src filesystem"])]),
    reason(
        Cause::FileNotPublic,
        "file-not-public",
        "A shared file isn't readable by everyone",
        "Make the file and all folders above it readable by everyone, or ask the operator to.",
        Whom::Operator,
    )
    .field(Field::Files)
    .start()
    .rules(&[said("Hadoop 3.3, FSDownload.java", &["is not publicly accessible"])]),
    reason(
        Cause::ArchiveUnreadable,
        "archive-unreadable",
        "A node couldn't fetch or unpack an archive",
        "Check that each archive is whole and is what its name ends with: .zip, .tar, .tar.gz, .tgz or .jar. If you set none, ask the operator about spark.yarn.archive.",
        Whom::You,
    )
    .field(Field::Archives)
    .weighs(Weight::Broad)
    .start()
    .rules(&[
        fatal("Hadoop 3.3, FSDownload.java", &["YarnException: Download and unpack failed"]),
        fatal("GNU gzip 1.12, as YARN unpacks archives", &["gzip: stdin: not in gzip format"]),
    ]),
    reason(
        Cause::LogsTooLarge,
        "logs-too-large",
        "The driver wrote more to its log than a node allows",
        "Log and print less, for example with a higher log level, or ask the operator to raise yarn.nodemanager.container-log-monitor.",
        Whom::You,
    )
    .rules(&[
        said("Hadoop 3.3, ContainerExitStatus.java, KILLED_FOR_EXCESS_LOGS", &["AM Container for ", " exited with ", "exitCode: -109"]),
        last("Hadoop 3.3, ContainersMonitorImpl.java", &["Container [pid=", "is logging beyond the container "]),
    ]),
    reason(
        Cause::UserFoldersUnusable,
        "user-folders-unusable",
        "A node can't use its folders for this user",
        "Ask the operator to delete usercache/<name> in the node's local folders: it probably belongs to another user since Kerberos was turned on or off.",
        Whom::Operator,
    )
    .start()
    .rules(&[
        said("Hadoop 3.3, DefaultContainerExecutor.java", &["Not able to initialize user directories in any"]),
        said("Hadoop 3.3, container-executor.c", &["Can't create directory ", "Permission denied"]),
        said("Hadoop 3.3, container-executor.c", &["Failed to create directory ", "usercache"]),
        said("Hadoop 3.3, DefaultContainerExecutor.java", &["Not able to initialize app-cache directories in any"]),
    ]),
    reason(
        Cause::NodeDisksFull,
        "node-disks-full",
        "The disks of a node are full or broken",
        "Create the session again: another node may take it. Ask the operator to make room on the node that the log names.",
        Whom::Operator,
    )
    .rules(&[
        last("Hadoop 3.3, DirectoryCollection.java", &["local-dirs are bad"]),
        last("Hadoop 3.3, DirectoryCollection.java", &["log-dirs are bad"]),
        last("Hadoop 3.3, DirectoryCollection.java", &["local-dirs usable space is below configured utilization"]),
        said("Hadoop 3.3, ContainerExitStatus.java", &["AM Container for ", " exited with ", "exitCode: -101"]),
        last("Hadoop 3.3, ContainerLaunch.java", &["Most of the disks failed"]),
        last("Hadoop 3.3, LocalDirAllocator.java", &["Could not find any valid local directory for "]),
    ]),
    reason(
        Cause::NodeLost,
        "node-lost",
        "The node that ran the driver went away",
        "Create the session again. On a cluster with spot or preemptible nodes, ask the operator to keep drivers on nodes that stay.",
        Whom::You,
    )
    .rules(&[
        said("Hadoop 3.3, SchedulerUtils.java", &["AM Container for ", "Container released on a *lost* node"]),
        said("Hadoop 3.3, ContainerExitStatus.java", &["AM Container for ", " exited with ", "exitCode: -100"]).unless("exitCode: -1000"),
        last("Kubernetes 1.30, node lifecycle controller; Livy 0.9.0, SparkKubernetesApp.scala", &["reason: NodeLost"]),
        last("Kubernetes 1.30, kubelet", &["Pod was terminated in response to imminent node shutdown"]),
        last("Kubernetes 1.30, taint eviction", &["reason=DeletionByTaintManager"]),
        last("Kubernetes 1.30, kubelet", &["reason: NodeShutdown"]),
    ]),
    reason(
        Cause::NodeTokenExpired,
        "node-token-expired",
        "A node refused the container because its start came too late",
        "Create the session again. Ask the operator to compare the clocks of the nodes and of the resource manager.",
        Whom::Operator,
    )
    .rules(&[
        last("Hadoop 3.3, ContainerManagerImpl.java", &["This token is expired. current time is "]),
        last("Hadoop 3.3, ContainerManagerImpl.java", &["Unauthorized request to start container"]),
    ]),
    reason(
        Cause::Preempted,
        "preempted",
        "Another queue took back the driver's resources",
        "Create the session again, at a quieter time or in a queue that isn't preempted.",
        Whom::You,
    )
    .field(Field::Queue)
    .rules(&[
        said("Hadoop 3.3, ContainerExitStatus.java", &["AM Container for ", " exited with ", "exitCode: -102"]),
        said("Hadoop 3.3, ContainerExitStatus.java (read at 0951726)", &["AM Container for ", " exited with ", "exitCode: -108"]),
        said("Hadoop 3.3, SchedulerUtils.java", &["AM Container for ", "Container preempted by scheduler"]),
        last("Kubernetes 1.30, scheduler", &["reason=PreemptionByScheduler"]),
    ]),
    reason(
        Cause::LifetimeOver,
        "lifetime-over",
        "The application reached the longest lifetime that its queue allows",
        "Create the session again. The operator can raise the queue's maximum-application-lifetime.",
        Whom::You,
    )
    .field(Field::Queue)
    .rules(&[said("Hadoop 3.3, RMAppLifetimeMonitor.java", &["Application is killed by ResourceManager as it has exceeded the lifetime period"])]),
    reason(
        Cause::DriverSilent,
        "driver-silent",
        "The driver stopped reporting to YARN",
        "It may have been too busy, out of memory, or cut off from the network. Use more driver memory, and create the session again.",
        Whom::You,
    )
    .field(Field::DriverMemory)
    .rules(&[said("Hadoop 3.3, RMAppAttemptImpl.java", &["ApplicationMaster for attempt ", " timed out"])]),
    reason(
        Cause::ShuffleServiceMissing,
        "shuffle-service-missing",
        "The cluster's nodes have no Spark shuffle service",
        "Set spark.shuffle.service.enabled and spark.dynamicAllocation.enabled to false, or ask the operator to install the service on the nodes.",
        Whom::You,
    )
    .field(Field::Conf)
    .rules(&[
        last("Hadoop 3.3, ContainerLaunch.java", &["auxService:", " does not exist"]),
        last("Hadoop 3.3, ContainerManagerImpl.java", &["InvalidAuxServiceException: "]),
        fatal("Spark 3.5.9, BlockManager.scala", &["Unable to register with external shuffle server"]),
    ]),
];
