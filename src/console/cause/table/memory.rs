//! Causes in memory: of the driver, the executors, their containers and the machines.

use crate::cause::Cause;
use crate::cause::entry::{Entry, fatal, last, reason, said};
use crate::cause::found::Whom;
use crate::cause::table::is_out_of_memory;
use form::Field;

/// The rows.
pub(super) const ROWS: &[Entry] = &[
    reason(
        Cause::DriverMemoryUnreadable,
        "driver-memory-unreadable",
        "Spark can't read the driver memory",
        "Enter a whole number and a unit, for example 2g.",
        Whom::You,
    )
    .field(Field::DriverMemory)
    .start()
    .rules(&[
        said("JDK 17, arguments.cpp", &["^Invalid maximum heap size: -Xmx"]),
        said("JDK 17, arguments.cpp", &["^Invalid initial heap size: -Xms"]),
    ]),
    reason(
        Cause::DriverMemoryTooLarge,
        "driver-memory-too-large",
        "The machine can't give the driver this much memory",
        "Use less driver memory.",
        Whom::You,
    )
    .field(Field::DriverMemory)
    .start()
    .rules(&[said("JDK 17, virtualspace.cpp", &["^Could not reserve enough space for", "object heap"])]),
    reason(
        Cause::DriverMemoryTooSmall,
        "driver-memory-too-small",
        "The driver has too little memory to start",
        "Use at least 512m. Spark's default is 1g.",
        Whom::You,
    )
    .field(Field::DriverMemory)
    .start()
    .rules(&[
        said("JDK 17, arguments.cpp", &["^Too small maximum heap"]),
        said("JDK 17, arguments.cpp", &["^Too small initial heap"]),
        said("Spark 3.5.9, UnifiedMemoryManager.scala", &["System memory ", " must be at least "]),
    ]),
    reason(
        Cause::ExecutorMemoryTooSmall,
        "executor-memory-too-small",
        "The executors have too little memory to start",
        "Use at least 450m per executor. Spark's default is 1g.",
        Whom::You,
    )
    .field(Field::ExecutorMemory)
    .start()
    .rules(&[said("Spark 3.5.9, UnifiedMemoryManager.scala", &["Executor memory ", " must be at least "])]),
    reason(
        Cause::ContainerTooLarge,
        "container-too-large",
        "The session needs more memory or cores than one container can have",
        "Ask for less per executor and use more executors.",
        Whom::You,
    )
    .field(Field::ExecutorMemory)
    .start()
    .rules(&[
        said(
            "Spark 3.5.9, yarn/Client.scala, verifyClusterResources",
            &["Required executor memory (", " is above the max threshold ("],
        ),
        said(
            "Spark 3.5.9, yarn/Client.scala, verifyClusterResources",
            &["Required AM memory (", " is above the max threshold ("],
        ),
        said("Hadoop 3.3, SchedulerUtils.java", &["InvalidResourceRequestException: Invalid resource request"]),
        said(
            "Hadoop 2.7, SchedulerUtils.java, in YARN's diagnostics",
            &["Invalid resource request, requested ", " max configured"],
        ),
        said("Kubernetes 1.30, LimitRanger admission", &["is forbidden: ", "maximum ", " usage per "]),
    ]),
    reason(
        Cause::MachineMemoryFull,
        "machine-memory-full",
        "The machine that starts the driver has no memory left",
        "End sessions you don't need or use less driver memory. In client mode all drivers share Livy's machine; ask the operator to use cluster mode.",
        Whom::Operator,
    )
    .field(Field::DriverMemory)
    .rules(&[
        said("JDK 17, os.cpp", &["There is insufficient memory for the Java Runtime Environment"]),
        last("JDK 17, os_linux.cpp", &["INFO: os::commit_memory(", "Cannot allocate memory"]),
        last("JDK 17 and 25, ProcessImpl.java", &["Cannot run program "]).when(is_out_of_memory),
    ]),
    reason(
        Cause::ThreadsExhausted,
        "threads-exhausted",
        "The machine can't start any more threads",
        "End sessions you don't need, and ask the operator to raise the limit of processes (ulimit -u) for the driver's user.",
        Whom::Operator,
    )
    .rules(&[
        fatal("JDK 8, jvm.cpp", &["OutOfMemoryError: unable to create new native thread"]),
        fatal("JDK 17, jvm.cpp", &["OutOfMemoryError: unable to create native thread"]),
        last("GNU bash, jobs.c", &["fork: retry: Resource temporarily unavailable"]),
    ]),
    reason(
        Cause::ClassSpaceFull,
        "class-space-full",
        "The driver ran out of space for classes",
        "Add -XX:MaxMetaspaceSize=512m, or more, to spark.driver.extraJavaOptions.",
        Whom::You,
    )
    .field(Field::Conf)
    .rules(&[
        fatal("JDK 17, metaspace.cpp", &["java.lang.OutOfMemoryError: Metaspace"]),
        said("JDK 17, debug.cpp", &["^Terminating due to java.lang.OutOfMemoryError: Metaspace"]),
        fatal("JDK 7, permGen.cpp", &["java.lang.OutOfMemoryError: PermGen space"]),
        fatal("JDK 17, metaspace.cpp", &["java.lang.OutOfMemoryError: Compressed class space"]),
    ]),
    reason(
        Cause::DriverOutOfMemory,
        "driver-out-of-memory",
        "The driver ran out of memory",
        "Use more driver memory, or bring less data to the driver: collect, toPandas and broadcasts all do.",
        Whom::You,
    )
    .field(Field::DriverMemory)
    .rules(&[
        said("JDK 17, debug.cpp", &["^Terminating due to java.lang.OutOfMemoryError"]).unless("Metaspace"),
        said("JDK 17, debug.cpp", &["^Aborting due to java.lang.OutOfMemoryError"]).unless("Metaspace"),
        said("JDK 17, debug.cpp", &["^# java.lang.OutOfMemoryError: "]).unless("Metaspace"),
        said(
            "Spark 3.5.9, SparkUncaughtExceptionHandler.scala",
            &["SparkUncaughtExceptionHandler: ", "OutOfMemoryError"],
        ),
        said("JDK 17, Thread.java", &["^java.lang.OutOfMemoryError: "])
            .after("SparkUncaughtExceptionHandler: "),
        fatal("JDK 17, collectedHeap.cpp", &["java.lang.OutOfMemoryError: Java heap space"]),
        said("Spark 3.5.9, SparkExitCode.scala, OOM", &["AM Container for ", " exited with ", "exitCode: 52"]),
        said("Spark 3.5.9, SparkExitCode.scala, OOM", &["Final app status: FAILED, exitCode: 52"]),
        fatal("JDK 17, collectedHeap.cpp", &["java.lang.OutOfMemoryError: GC overhead limit exceeded"]),
    ]),
    reason(
        Cause::ContainerMemory,
        "container-memory",
        "A container was stopped because it used too much memory",
        "Use more executor memory, or raise spark.executor.memoryOverhead: Python runs in the overhead.",
        Whom::You,
    )
    .field(Field::ExecutorMemory)
    .rules(&[
        last("Hadoop 3.3, ContainersMonitorImpl.java", &["is running beyond ", " memory limits. Current usage: "]),
        last("Hadoop 3.4, ContainersMonitorImpl.java", &["B beyond the '", "' memory limit. Current usage: "]),
        // 128 and SIGKILL: the machine itself was out of memory, as a rule.
        said("Hadoop 3.3, RMAppAttemptImpl.java",
            &["AM Container for ", " exited with ", "exitCode: 137"],
        ),
        said("Hadoop 3.3, ContainerExitStatus.java", &["AM Container for ", " exited with ", "exitCode: -104"]),
        said("Hadoop 3.3, ContainerExitStatus.java", &["AM Container for ", " exited with ", "exitCode: -103"]),
        last(
            "Spark 3.5.9, ExecutorPodsLifecycleManager.scala",
            &["exited with exit code 137(SIGKILL, possible container OOM)"],
        ),
        last(
            "Spark 3.5.9, YarnAllocator.scala",
            &["ERROR ", "ExecutorLostFailure", "Container killed by YARN for exceeding "],
        ),
        last(
            "Spark 3.5.9, YarnAllocator.scala",
            &["ERROR ", ": Lost executor ", "Container killed by YARN for exceeding "],
        ),
        last("Spark 3.5.9, YarnAllocator.scala", &["ERROR ", ": Lost executor ", "Exit status: 137"]),
        // An executor that ends itself because its heap is full.
        last("Spark 3.5.9, YarnAllocator.scala; SparkExitCode.scala, OOM", &["ERROR ", ": Lost executor ", "Exit status: 52"]),
        last("Spark 3.5.9, ExecutorPodsLifecycleManager.scala; SparkExitCode.scala, OOM", &["exited with exit code 52(JVM OOM)"]),
        last("Spark 3.5.9, StandaloneSchedulerBackend.scala; SparkExitCode.scala, OOM", &["ERROR ", ": Lost executor ", "Command exited with code 52"]),
        last("Kubernetes 1.30, kubelet; Spark 3.5.9, KubernetesUtils.scala", &["reason: OOMKilled"]),
        last("Kubernetes 1.30, kubelet; Livy 0.9.0, SparkKubernetesApp.scala", &["reason=OOMKilled"]),
        last("Hadoop 3.3, CGroupElasticMemoryController.java", &["Container ", " was killed by elastic cgroups OOM handler"]),
    ]),
];
