//! Causes in Java itself, and in libraries that do not fit together.

use crate::cause::Cause;
use crate::cause::entry::{Entry, fatal, reason, said};
use crate::cause::found::{Weight, Whom};
use crate::cause::table::is_not_there;
use form::Field;

/// The rows.
pub(super) const ROWS: &[Entry] = &[
    reason(
        Cause::JavaMissing,
        "java-missing",
        "Java wasn't found",
        "Ask the operator to set JAVA_HOME for Livy and on every node. If you set spark.yarn.appMasterEnv.JAVA_HOME, check its path.",
        Whom::Operator,
    )
    .start()
    .rules(&[
        said("Spark 3.5.9, bin/spark-class", &["JAVA_HOME is not set"]),
        said("GNU bash, as YARN's launch script calls Java", &["/bin/java: No such file or directory"]),
        said("JDK 17 and 25, ProcessBuilder.java", &["Cannot run program \"", "/bin/java\""]).when(is_not_there),
        said("JDK 17 and 25, ProcessBuilder.java", &["Cannot run program \"java\""]).when(is_not_there),
    ]),
    reason(
        Cause::JavaOptionUnknown,
        "java-option-unknown",
        "Java doesn't know one of its options",
        "Remove the option that the log line names from spark.driver.extraJavaOptions. It may belong to another Java version.",
        Whom::You,
    )
    .field(Field::Conf)
    .start()
    .rules(&[
        said("JDK 17, arguments.cpp", &["^Unrecognized VM option '"]),
        said("JDK 17, arguments.cpp", &["^Unrecognized option: -"]),
        said("JDK 17, arguments.cpp", &["^Conflicting collector combinations in option list"]),
    ]),
    reason(
        Cause::JavaTooOld,
        "java-too-old",
        "A class was built for a newer Java than the cluster runs",
        "Use a jar built for the cluster's Java, or ask the operator to start Spark with a newer one.",
        Whom::You,
    )
    .field(Field::Jars)
    .rules(&[
        fatal("JDK 17, ClassLoader.java", &["UnsupportedClassVersionError: ", "more recent version of the Java Runtime"]),
        fatal("JDK 7, ClassLoader.java", &["UnsupportedClassVersionError: ", "Unsupported major.minor version"]),
    ]),
    reason(
        Cause::JavaTooNew,
        "java-too-new",
        "Spark or a library doesn't run on this Java version",
        "Ask the operator to start Spark with an older Java, or to add the --add-opens options that the log line names to spark.driver.extraJavaOptions.",
        Whom::Operator,
    )
    .field(Field::Conf)
    .rules(&[
        fatal("JDK 17, AccessibleObject.java", &["InaccessibleObjectException: Unable to make ", " accessible: module "]),
        fatal("JDK 17, Reflection.java", &["IllegalAccessError: class ", " cannot access class ", "because module "]),
        fatal("JDK 24, Subject.java", &["UnsupportedOperationException: getSubject is "]),
        // The compiler of an old Scala does not find Java's own classes since Java 9.
        said("Scala 2.11, Mirrors.scala", &["object java.lang.Object in compiler mirror"]),
        fatal("Hadoop 2.7, Shell.java, on Java 9 and later", &["StringIndexOutOfBoundsException: ", "begin 0, end 3, length 2"]),
    ]),
    reason(
        Cause::JavaCrashed,
        "java-crashed",
        "Java itself crashed",
        "A native library is the usual reason. Ask the operator for the file hs_err_pid*.log that the log line names.",
        Whom::Operator,
    )
    .rules(&[said("JDK 17, vmError.cpp", &["A fatal error has been detected by the Java Runtime Environment"])]),
    reason(
        Cause::ScalaMismatch,
        "scala-mismatch",
        "A library was built for another Scala version",
        "Use the library's version for the cluster's Scala: the _2.12 or _2.13 in its name.",
        Whom::You,
    )
    .field(Field::Jars)
    .rules(&[
        fatal("JDK 17, linkResolver.cpp", &["java.lang.NoSuchMethodError: ", "scala."]).unless("org.apache.spark.internal.Logging"),
        fatal("JDK 17, ClassLoader.java", &["java.lang.NoClassDefFoundError: scala/"]),
        fatal("JDK 17, URLClassLoader.java", &["java.lang.ClassNotFoundException: scala."]),
    ]),
    reason(
        Cause::TimelineClassesMissing,
        "timeline-classes-missing",
        "Spark lacks the classes for YARN's timeline service",
        "Set spark.hadoop.yarn.timeline-service.enabled to false, or ask the operator to add the jersey-client and jersey-core jars to Spark.",
        Whom::You,
    )
    .field(Field::Conf)
    .start()
    .rules(&[
        fatal("Hadoop 2.7, TimelineClientImpl.java, with Spark 2", &["NoClassDefFoundError: com/sun/jersey/"]),
        fatal("Hadoop 3.3, TimelineUtils.java", &["NoClassDefFoundError: ", "org.apache.hadoop.yarn.util.timeline."]),
        fatal("Hadoop 3.3, TimelineUtils.java", &["javax", "MessageBodyReader"]),
    ]),
    reason(
        Cause::CertificateUntrusted,
        "certificate-untrusted",
        "Java doesn't trust a server's certificate",
        "Ask the operator to add the certificate's issuer to the truststore of Livy and of the nodes.",
        Whom::Operator,
    )
    .rules(&[
        fatal("JDK 17, PKIXValidator.java", &["PKIX path building failed"]),
        fatal("JDK 17, PKIXValidator.java", &["PKIX path validation failed"]),
    ]),
    reason(
        Cause::LibraryConflict,
        "library-conflict",
        "Two versions of a library don't fit together",
        "Remove a jar or package that brings its own copy of what Spark has, or use the version that was built for this Spark.",
        Whom::You,
    )
    .field(Field::Jars)
    .weighs(Weight::Broad)
    .rules(&[
        fatal("JDK 17, linkResolver.cpp", &["java.lang.NoSuchMethodError: "]),
        fatal("JDK 17, linkResolver.cpp", &["java.lang.NoSuchFieldError: "]),
        fatal("JDK 17, linkResolver.cpp", &["java.lang.AbstractMethodError"]),
        fatal("JDK 17, linkResolver.cpp", &["java.lang.IncompatibleClassChangeError"]),
        fatal("Kryo 4, DefaultClassResolver.java", &["KryoException: ", "unregistered class ID"]),
        fatal("JDK 17, ObjectStreamClass.java", &["java.io.InvalidClassException: ", "local class incompatible"]),
        fatal("JDK 17, ServiceLoader.java", &["ServiceConfigurationError: ", "not a subtype"]),
    ]),
];
