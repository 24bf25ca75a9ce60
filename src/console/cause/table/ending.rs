//! Causes in Livy itself, and the marks of an end whose reason is not known.

use crate::cause::Cause;
use crate::cause::entry::{Entry, fatal, known, last, reason, said};
use crate::cause::fact::{APPLICATION_KILLED, CONNECT_TIMEOUT};
use crate::cause::found::{Weight, Whom};
use form::Field;

/// Spark says so of a connection of its own, before the words of Netty.
const SPARKS_OWN: &str = "java.io.IOException: Failed to connect to ";

/// The rows.
pub(super) const ROWS: &[Entry] = &[
    reason(
        Cause::NotRecovered,
        "not-recovered",
        "Livy restarted and couldn't find the driver again",
        "Create the session again. The driver was still starting when Livy stopped.",
        Whom::You,
    )
    .rules(&[said("Livy 0.9.0, InteractiveSession.scala", &["Cannot recover interactive session "])]),
    reason(
        Cause::LivyUnreachable,
        "livy-unreachable",
        "The driver couldn't reach Livy",
        "Ask the operator to open livy.rsc.launcher.port.range (10000 to 10010) on Livy's machine for the cluster's nodes, and to set livy.rsc.rpc.server.address to an address that they know.",
        Whom::Operator,
    )
    .start()
    .rules(&[
        said("Livy 0.9.0, RSCDriver.java", &["Timed out sending address to Livy server, shutting down"]),
        fatal("Netty 4.1, AbstractNioChannel.java", &["io.netty.channel.ConnectTimeoutException: connection timed out"]).not_after(SPARKS_OWN),
        fatal("Netty 4.1, AbstractChannel.java", &["AnnotatedConnectException: "]).not_after(SPARKS_OWN),
        fatal("Netty 4.1, AbstractChannel.java", &["AnnotatedNoRouteToHostException: "]).not_after(SPARKS_OWN),
    ]),
    reason(
        Cause::DriverUnreachable,
        "driver-unreachable",
        "The cluster's nodes couldn't reach the driver",
        "Remove spark.driver.host, spark.driver.port and spark.driver.bindAddress from the settings, or ask the operator to let the nodes reach Livy's machine, or to use cluster mode.",
        Whom::Operator,
    )
    .field(Field::Conf)
    .start()
    .rules(&[
        said("Spark 2.4, ApplicationMaster.scala", &["SparkException: Failed to connect to driver!"]),
        fatal("Spark 3.5.9, TransportClientFactory.java", &[SPARKS_OWN]),
    ]),
    reason(
        Cause::DriverAlone,
        "driver-alone",
        "The driver ended itself because no Livy server was connected",
        "Livy probably stopped or restarted. Create the session again.",
        Whom::You,
    )
    .rules(&[said("Livy 0.9.0, RSCDriver.java", &["Shutting down RSC due to idle timeout"])]),
    reason(
        Cause::ExecutorLost,
        "executor-lost",
        "Executors failed again and again",
        "Check the executors' own logs. Too little memory is the usual reason.",
        Whom::You,
    )
    .field(Field::ExecutorMemory)
    .weighs(Weight::End)
    .rules(&[
        said("Spark 3.5.9, ApplicationMaster.scala", &["Max number of executor failures (", ") reached"]),
        said("Spark 4.0, ApplicationMaster.scala (read at 001d65f)", &["Due to executor failures all available nodes are "]),
    ]),
    reason(
        Cause::ExitCode,
        "exit-code",
        "The driver process exited",
        "Code in the session called exit, or the JVM stopped with the exit code in the log line.",
        Whom::You,
    )
    .weighs(Weight::End)
    .rules(&[
        said("Spark 3.5.9, ApplicationMaster.scala", &["Final app status: FAILED, exitCode: "]).unless("(reason: "),
        said("Spark 3.5.9, ApplicationMaster.scala", &["Final app status: FAILED, exitCode: ", "(reason: Shutdown hook called before final status was reported"]),
        said("Spark 3.5.9, ApplicationMaster.scala", &["User application exited with status "]),
        // The JVM went down with a context that was still running: exit was called, or a signal came.
        said("a real Livy 0.9.0", &["SparkContext: Invoking stop() from shutdown hook"]),
    ]),
    reason(
        Cause::DriverFailed,
        "driver-failed",
        "An error ended the driver",
        "The log line says which. The driver's own log, where the cluster has one, says more.",
        Whom::You,
    )
    .weighs(Weight::End)
    .rules(&[
        said("Spark 3.5.9, ApplicationMaster.scala", &["Final app status: FAILED, exitCode: ", "(reason: "])
            .when(|it| !it.contains("Timed out waiting for SparkContext") && !it.contains("Futures timed out after")),
        said("Spark 3.5.9, ApplicationMaster.scala", &["SparkContext did not initialize after waiting for "]),
        said("Spark 3.5.9, ApplicationMaster.scala", &["User class threw exception: "]),
        said("Spark 3.5.9, ApplicationMaster.scala", &["ApplicationMaster: Uncaught exception"]),
    ]),
    reason(
        Cause::KilledBySignal,
        "killed-by-signal",
        "The driver process was stopped from outside",
        "A person, the cluster or the machine stopped it. The cluster's own log says who.",
        Whom::Operator,
    )
    .weighs(Weight::End)
    .rules(&[
        said("Spark 3.5.9, SignalUtils.scala", &["RECEIVED SIGNAL TERM"]),
        last("Hadoop 3.3, ContainerExecutor.java", &["Killed by external signal"]),
        last("Hadoop 3.3, ContainerExecutor.java", &["Container killed on request. Exit code is "]),
    ]),
    known(Cause::ApplicationKilled, APPLICATION_KILLED).rules(&[
        said("Hadoop 3.3, RMAppImpl.java", &["Application application_", " was killed by user "]),
        said("Hadoop 3.3, RMAppImpl.java", &["Application killed by user"]),
        said("Hadoop 3.3, RMAppImpl.java", &["Kill application application_", " received from "]),
        fatal("Livy 0.3 to 0.9, SparkYarnApp.scala", &["Session stopped by user."]),
        said("Hadoop 3.3, ContainerExitStatus.java", &["AM Container for ", " exited with ", "exitCode: -105"]),
        said("Hadoop 3.3, ContainerExitStatus.java", &["AM Container for ", " exited with ", "exitCode: -106"]),
        said("Hadoop 3.3, ContainerExitStatus.java", &["AM Container for ", " exited with ", "exitCode: -107"]),
    ]),
    reason(
        Cause::StagingGone,
        "staging-gone",
        "Spark's own files for this session were gone",
        "A first attempt removes them when it fails, so the second one can't start. The first attempt's log on YARN says why it failed.",
        Whom::You,
    )
    .weighs(Weight::End)
    .start()
    .rules(&[
        fatal("Hadoop 3.3, FSDownload.java, in YARN's diagnostics", &["FileNotFoundException: ", ".sparkStaging/application_"]),
        fatal("Hadoop 3.3, FSDownload.java, in YARN's diagnostics", &["File does not exist: ", ".sparkStaging/application_"]),
    ]),
    reason(
        Cause::ContainerExit,
        "container-exit",
        "The driver's container ended with an error",
        "Look in the driver's log on YARN or Kubernetes: it says more than the cluster does.",
        Whom::You,
    )
    .weighs(Weight::End)
    .rules(&[
        said("Hadoop 3.3, RMAppAttemptImpl.java", &["AM Container for ", " exited with ", "exitCode: "]),
        last("Hadoop 3.3, ContainerLaunch.java", &["Container exited with a non-zero exit code "]),
        last("Hadoop 2.7, ContainerLaunch.java", &["Exception from container-launch"]),
        said("Spark 3.5.9, YarnClientSchedulerBackend.scala", &["Yarn application has already ended! "]),
        said("Spark 3.5.9, YarnClientSchedulerBackend.scala", &["The YARN application has already ended! "]),
        said("Kubernetes 1.30, kubelet", &["CrashLoopBackOff"]),
    ]),
    reason(
        Cause::SubmitFailed,
        "submit-failed",
        "spark-submit failed",
        "The log doesn't say why. Ask the operator for Livy's own log.",
        Whom::Operator,
    )
    .weighs(Weight::Late)
    .start()
    .rules(&[
        said("Livy 0.9.0, SparkYarnApp.scala", &["spark-submit start failed"]),
        said("Livy 0.9.0, SparkKubernetesApp.scala", &["Failed to submit Kubernetes application with tag"]),
        said("Livy 0.9.0, ContextLauncher.java", &["Child process exited with code "]),
    ]),
    known(Cause::ConnectTimeout, CONNECT_TIMEOUT).rules(&[
        said("Livy 0.9.0, ContextLauncher.java", &["Timed out waiting for context to start"]),
        said("Livy 0.3 to 0.9, SparkYarnApp.scala", &["No YARN application is found with tag "]),
        said("Livy 0.9.0, SparkKubernetesApp.scala, failToGetAppId", &["No KUBERNETES application is found with tag "]),
        said("Livy 0.9.0, SparkKubernetesApp.scala, getAppFromTag", &["No Kubernetes application is found with tag "]),
        said("Spark 2.0, ApplicationMaster.scala", &["(reason: Timed out waiting for SparkContext"]),
        said("Spark 3.5.9, ApplicationMaster.scala", &["TimeoutException: Futures timed out after [100000 milliseconds]"]),
    ]),
];
