//! Causes in files and classes of the request, where nothing says it more precisely.

use crate::cause::Cause;
use crate::cause::entry::{Entry, fatal, reason, said};
use crate::cause::found::{Weight, Whom};
use form::Field;

/// The rows.
pub(super) const ROWS: &[Entry] = &[
    reason(
        Cause::LivyJarsMissing,
        "livy-jars-missing",
        "The driver doesn't find Livy's own jars",
        "Ask the operator to check Livy's rsc-jars and repl-jars folders (livy.rsc.jars, livy.repl.jars), and their Scala version.",
        Whom::Operator,
    )
    .start()
    .rules(&[
        said("Livy 0.9.0, InteractiveSession.scala", &["Cannot find Livy REPL jars"]),
        said("Livy 0.9.0, ContextLauncher.java", &["Cannot find rsc jars directory"]),
        fatal("JDK 17, URLClassLoader.java", &["ClassNotFoundException: org.apache.livy."]),
        fatal("JDK 17, ClassLoader.java", &["NoClassDefFoundError: org/apache/livy/"]),
        fatal("JDK 17, URLClassLoader.java; Livy 0.3", &["ClassNotFoundException: com.cloudera.livy."]),
        said("Spark 3.5.9, SparkSubmit.scala", &["Failed to load class org.apache.livy."]),
    ]),
    reason(
        Cause::FileSystemWrong,
        "file-system-wrong",
        "A path is on another file system than expected",
        "Write the path with its scheme and host, for example hdfs://…, s3a://… or abfss://….",
        Whom::You,
    )
    .field(Field::Files)
    .rules(&[fatal("Hadoop 3.3, FileSystem.java", &["IllegalArgumentException: Wrong FS: "])]),
    reason(
        Cause::PlaceUnknown,
        "place-unknown",
        "A path names an unknown host or file system",
        "Check the scheme and the host of the path.",
        Whom::You,
    )
    .field(Field::Files)
    .weighs(Weight::Broad)
    .rules(&[
        fatal("JDK 17, InetAddress.java", &["java.net.UnknownHostException: "]).unless("kubernetes.default"),
        fatal("Hadoop 3.3, FileSystem.java", &["UnsupportedFileSystemException: No FileSystem for scheme "]),
        fatal("Hadoop 2.7, FileSystem.java", &["IOException: No FileSystem for scheme: "]),
        fatal("Hadoop 3.3, DistributedFileSystem.java", &["Incomplete HDFS URI, no host"]),
    ]),
    reason(
        Cause::ClassMissing,
        "class-missing",
        "A class is missing",
        "Add the jar that contains it, built for the server's Scala and Spark, or remove the setting that names it.",
        Whom::You,
    )
    .field(Field::Jars)
    .weighs(Weight::Broad)
    .rules(&[
        said("Spark 3.5.9, SparkSubmit.scala", &["^Error: Failed to load class "]),
        said("JDK 17, launcher.properties", &["^Error: Could not find or load main class "]),
        fatal("JDK 17, URLClassLoader.java", &["java.lang.ClassNotFoundException: "]),
        fatal("JDK 17, ClassLoader.java", &["java.lang.NoClassDefFoundError: "]).unless("Could not initialize class"),
    ]),
    reason(
        Cause::FileMissing,
        "file-missing",
        "A file wasn't found",
        "Check the path that the log line names.",
        Whom::You,
    )
    .field(Field::Files)
    .weighs(Weight::Broad)
    .rules(&[
        fatal("Hadoop 3.3, RawLocalFileSystem.java", &["java.io.FileNotFoundException: "]).unless(".sparkStaging/application_"),
        fatal("JDK 17, UnixException.java", &["java.nio.file.NoSuchFileException: "]),
        fatal("Hadoop 3.3, FSDownload.java, in YARN's diagnostics", &["File does not exist: "]).unless(".sparkStaging/application_"),
        fatal("Hadoop 3.3, RawLocalFileSystem.java, in YARN's diagnostics", &["File file:/", " does not exist"]),
        fatal("Spark 3.5.9, DependencyUtils.scala", &["Local jar ", " does not exist, skipping"]),
    ]),
];
