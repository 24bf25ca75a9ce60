//! Why a session ended: causes that its log and its facts show, each with the lines that show it.
//!
//! Livy gives no reason (protocol: there is no such field), and an exception in a log proves nothing: a healthy session's log
//! holds traces. So a cause is named only by words that Spark, YARN, Kubernetes, the JVM or Livy write when they give up, and a log
//! without such words gives no cause. The words are in [`table`], how a log is searched for them in [`search`]; a part of the
//! program lends both ([`CauseBook`]), and the rest is there without it. Start with [`causes`].

mod better;
mod book;
mod course;
#[cfg(test)]
mod document;
mod entry;
mod fact;
mod field;
mod forgotten;
mod found;
mod reading;
mod scope;
mod search;
mod sieve;
mod table;

pub use book::{CauseBook, cause_book, cause_table, causes, causes_of_text};
pub(crate) use fact::of_facts;
pub use forgotten::{Sighting, forgotten};
pub(crate) use found::settled;
pub use found::{About, FoundCause, Whom};
pub use reading::last_error;

/// Livy writes this before the trace of an interpreter that does not start, and goes on (repl `Session.scala`, 0.9.0).
pub(crate) const NO_INTERPRETER: &str = "Session: Fail to start interpreter ";

/// What ended a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Cause {
    // The driver's memory and the executors'.
    /// The JVM cannot read `-Xmx`.
    DriverMemoryUnreadable,
    /// Spark's check of the driver's heap failed, or the JVM cannot live in it.
    DriverMemoryTooSmall,
    /// The machine cannot give that much.
    DriverMemoryTooLarge,
    /// Spark's check of the executors' heap failed.
    ExecutorMemoryTooSmall,
    /// The machine had no memory left for the JVM.
    MachineMemoryFull,
    /// The machine gave no more threads or processes.
    ThreadsExhausted,
    /// The driver's heap was full.
    DriverOutOfMemory,
    /// The driver's space for classes was full.
    ClassSpaceFull,
    /// YARN, Kubernetes or the kernel ended a container for its memory.
    ContainerMemory,
    /// More was asked for than one container may have.
    ContainerTooLarge,
    // Java.
    /// There is no Java where it is looked for.
    JavaMissing,
    /// The JVM does not know one of its options.
    JavaOptionUnknown,
    /// A class was built for a newer Java.
    JavaTooOld,
    /// Java forbids what Spark or a library does.
    JavaTooNew,
    /// The JVM itself crashed.
    JavaCrashed,
    /// A library was built for another Scala.
    ScalaMismatch,
    /// The classes for YARN's timeline service are not there.
    TimelineClassesMissing,
    /// Two versions of a library do not fit together.
    LibraryConflict,
    /// Java does not trust the certificate of a server.
    CertificateUntrusted,
    // Settings and files.
    /// A value of the configuration is not what Spark can read.
    SettingWrong,
    /// A class that Spark needs to start is not there.
    ClassMissing,
    /// A file of the request is not there.
    FileMissing,
    /// The host or the file system of a path is not known.
    PlaceUnknown,
    /// A path is on another file system than it is looked for on.
    FileSystemWrong,
    /// Spark's master is not one that it knows.
    MasterWrong,
    /// Spark is not told where YARN is.
    ClusterNotConfigured,
    /// Spark's own cluster manager does not answer.
    SparkMasterUnreachable,
    /// Dynamic allocation lacks what it needs.
    DynamicAllocationWrong,
    /// A proxy user and a principal exclude each other.
    ProxyUserWithPrincipal,
    /// Spark's authentication has no secret.
    SecretMissing,
    /// The folder for Spark's event log is not there.
    EventLogMissing,
    /// The containers do not find Spark itself.
    SparkJarsMissing,
    /// A variable in a path of the cluster is not set.
    VariableUnresolved,
    /// The driver cannot listen on its address.
    BindAddressWrong,
    /// Livy or Spark found no free port.
    PortsExhausted,
    // Packages.
    /// A package is in no repository.
    PackageNotFound,
    /// A package is not named by its three parts.
    PackageNameWrong,
    /// The repository does not answer.
    PackageServerUnreachable,
    /// Ivy cannot write its cache.
    PackageCacheUnwritable,
    // Interpreters.
    /// No such Python.
    PythonMissing,
    /// Spark's Python files are not there.
    PysparkMissing,
    /// Spark's Python files are of another version than Spark.
    PysparkMismatch,
    /// A Python module is not there.
    PythonModuleMissing,
    /// Livy's Python code does not run on this Python.
    PythonUnsupported,
    /// No such R.
    RMissing,
    /// Spark's R package is not there.
    SparkrMissing,
    /// Spark was built without Hive.
    HiveClassesMissing,
    /// The interpreter of a kind did not start, and why is not known.
    InterpreterFailed,
    /// The process of an interpreter ended.
    InterpreterDied,
    // Hive.
    /// The metastore does not answer.
    MetastoreUnreachable,
    /// Another session has the local metastore open.
    MetastoreLocked,
    /// Hive's scratch folder cannot be written.
    HiveFolderUnwritable,
    /// The person may not use a database or table.
    TableForbidden,
    // Queues and labels.
    /// The queue does not exist.
    QueueUnknown,
    /// The person may not use the queue.
    QueueForbidden,
    /// The queue has no room for another application master.
    QueueFull,
    /// The queue takes no applications.
    QueueStopped,
    /// The queue only holds other queues.
    QueueNotLeaf,
    /// The cluster's rules give the application no queue.
    QueueNotAssigned,
    /// No node has the label.
    LabelUnknown,
    /// The queue may not use the label.
    LabelForbidden,
    /// No node had room for the application master.
    NoRoom,
    /// No node with the label had room for the application master.
    NoRoomOnLabel,
    /// The cluster has no nodes.
    NoNodes,
    // Nodes.
    /// A node cannot fetch or unpack an archive.
    ArchiveUnreadable,
    /// A container was ended for the size of its log.
    LogsTooLarge,
    /// A node cannot make the person's folders.
    UserFoldersUnusable,
    /// The disks of a node are full or broken.
    NodeDisksFull,
    /// The node went away.
    NodeLost,
    /// A node refused the start because of its clock, or because it came too late.
    NodeTokenExpired,
    /// Another application took the container's place.
    Preempted,
    /// The nodes have no shuffle service.
    ShuffleServiceMissing,
    /// A file of the request was changed after it was submitted.
    FileChanged,
    /// A file that everybody is to share is not readable by everybody.
    FileNotPublic,
    /// The application master did not report to YARN.
    DriverSilent,
    /// The application was older than YARN lets it be.
    LifetimeOver,
    /// A disk was full.
    DiskFull,
    /// A process had too many files open.
    TooManyFiles,
    // Users and credentials.
    /// Livy's user may not act for this person.
    ImpersonationRefused,
    /// The cluster does not know the person.
    UserUnknown,
    /// The nodes refuse this user.
    UserBanned,
    /// The nodes refuse users with so low an id.
    UserIdTooLow,
    /// No ticket, or one that has ended.
    Kerberos,
    /// The cluster wants Kerberos, and the driver came without.
    NoTicket,
    /// The clocks differ too much for Kerberos.
    ClockSkew,
    /// The Kerberos server knows the account and does not let it in.
    PrincipalRefused,
    /// The keytab is not there or does not fit.
    KeytabWrong,
    /// The Kerberos server does not answer.
    KdcUnreachable,
    /// A delegation token has ended.
    TokenExpired,
    /// A delegation token was not given.
    TokenRefused,
    /// The key server refused Livy or the person.
    KeyServerRefused,
    /// The person may not use an encryption key.
    KeyForbidden,
    /// HBase refused the sign-in.
    HbaseCredentials,
    /// The driver and Livy did not agree on how to talk.
    DriverHandshake,
    // HDFS.
    /// The person has no home folder.
    HomeMissing,
    /// The folder is in another person's home.
    HomeOfAnother,
    /// The person may not write to the staging folder.
    StagingForbidden,
    /// The person may not use a path.
    PathForbidden,
    /// A folder's quota is used up.
    StorageQuota,
    /// HDFS is in safe mode.
    SafeMode,
    /// The name node that was asked is the one in standby.
    StorageStandby,
    /// HDFS found no data node to write to.
    StorageFull,
    /// A service of the cluster does not answer.
    ClusterUnreachable,
    /// A local folder cannot be written.
    FolderUnwritable,
    // Clouds.
    /// S3 refused access.
    S3Forbidden,
    /// There is no such bucket.
    S3BucketMissing,
    /// There are no valid keys for S3.
    S3Credentials,
    /// The bucket is in another region.
    S3Region,
    /// The role may not do what is asked.
    AwsRoleForbidden,
    /// There is no valid key for the storage account.
    AzureCredentials,
    /// The storage account refused access.
    AzureForbidden,
    /// There is no such container.
    AzureContainerMissing,
    /// There are no valid credentials for Google Cloud.
    GcsCredentials,
    /// Google Cloud Storage refused access.
    GcsForbidden,
    /// The cloud's capacity is used up.
    CapacityReached,
    /// The service ended the session because it took too long.
    JobTimedOut,
    // Kubernetes.
    /// The service account may not do what is asked.
    KubernetesForbidden,
    /// The namespace's quota is used up.
    KubernetesQuota,
    /// No node has room for the pod.
    PodUnschedulable,
    /// The image cannot be had.
    ImagePull,
    /// The image has no program that starts Spark.
    ImageWrong,
    /// No image is named.
    ImageNotSet,
    /// The node threw the pod out.
    PodEvicted,
    /// A secret or config map of the pod is not there.
    PodConfigMissing,
    /// The service account is not there.
    ServiceAccountMissing,
    /// The namespace is not there.
    NamespaceMissing,
    /// Kubernetes does not accept the pod.
    PodInvalid,
    /// Livy's own question to Kubernetes failed.
    KubernetesLookup,
    /// The Kubernetes API does not answer.
    KubernetesUnreachable,
    /// There is no place to upload local files to.
    UploadPathMissing,
    // Livy and the end.
    /// The driver did not call back in time.
    ConnectTimeout,
    /// The driver could not reach Livy.
    LivyUnreachable,
    /// The nodes could not reach the driver.
    DriverUnreachable,
    /// The driver lacks Livy's own jars.
    LivyJarsMissing,
    /// Livy restarted and could not find the driver again.
    NotRecovered,
    /// The driver waited for Livy in vain and ended itself.
    DriverAlone,
    /// `spark-submit` failed, and why is not known.
    SubmitFailed,
    /// Executors kept being lost.
    ExecutorLost,
    /// An exception that no code caught ended the driver.
    DriverFailed,
    /// The driver ended itself.
    ExitCode,
    /// The driver's container ended with an exit code.
    ContainerExit,
    /// A signal ended the driver.
    KilledBySignal,
    /// A person or the cluster manager killed the application.
    ApplicationKilled,
    /// Spark's own files on the cluster were gone when an attempt began.
    StagingGone,
    /// It ended without an error.
    Succeeded,
    /// It was deleted from this page.
    Deleted,
    /// It was idle for longer than it may be.
    IdleTimeout,
    /// It was older than it may be.
    TimeToLive,
    /// No client asked for it for longer than its heartbeat allows.
    HeartbeatLost,
    /// It had ended, and Livy forgets what has ended after ten minutes.
    RetentionOver,
    /// Livy restarted and began its ids at 0 again.
    ServerRestarted,
    /// The server no longer has it, and no rule of its own explains that.
    Forgotten,
}

impl Cause {
    /// True for what took a session off the server, whether or not it had ended before.
    pub(crate) fn is_of_the_record(self) -> bool {
        matches!(self, Self::Deleted | Self::RetentionOver | Self::ServerRestarted | Self::Forgotten)
    }

    /// True for what keeps statements of a kind from running, and not the session from living.
    pub(crate) fn is_of_an_interpreter(self) -> bool {
        matches!(self, Self::PythonMissing | Self::RMissing | Self::SparkrMissing | Self::InterpreterFailed)
    }
}
