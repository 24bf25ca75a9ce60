//! Causes in settings: what Spark refuses to start with.

use crate::cause::Cause;
use crate::cause::entry::{Entry, fatal, reason, said};
use crate::cause::found::{Weight, Whom};
use form::Field;

/// Spark writes this when the driver gives up before it has begun.
const START: &str = "Error initializing SparkContext";

/// The rows.
pub(super) const ROWS: &[Entry] = &[
    reason(
        Cause::ProxyUserWithPrincipal,
        "proxy-user-with-principal",
        "A proxy user and a Kerberos principal can't be used together",
        "Remove spark.kerberos.principal and spark.kerberos.keytab (or the spark.yarn ones), or leave the proxy user empty.",
        Whom::You,
    )
    .field(Field::ProxyUser)
    .start()
    .rules(&[said("Spark 3.5.9, SparkSubmitArguments.scala", &["Only one of --proxy-user or --principal can be provided"])]),
    reason(
        Cause::MasterWrong,
        "master-wrong",
        "Spark doesn't know this kind of cluster",
        "Remove spark.master from the settings. If it isn't there, ask the operator to check livy.spark.master and the deploy mode.",
        Whom::Operator,
    )
    .field(Field::Conf)
    .start()
    .rules(&[
        said("Spark 3.5.9, SparkSubmit.scala", &["Master must either be yarn or start with "]),
        said("Spark 3.5.9, SparkContext.scala", &["Detected yarn cluster mode, but isn't running on a cluster"]),
        said("Spark 3.5.9, SparkContext.scala", &["Could not parse Master URL"]),
        said("Spark 3.5.9, SparkSubmit.scala", &["Cluster deploy mode is "]),
        said("Spark 3.5.9, SparkSubmit.scala", &["Could not load YARN classes. This copy of Spark may not have been compiled with YARN"]),
        said("Spark 3.5.9, SparkSubmit.scala", &["Could not load KUBERNETES classes"]),
    ]),
    reason(
        Cause::ClusterNotConfigured,
        "cluster-not-configured",
        "Spark doesn't know the cluster",
        "Ask the operator to set HADOOP_CONF_DIR for Livy, so that Spark knows where YARN is and puts its files on the cluster's file system.",
        Whom::Operator,
    )
    .start()
    .rules(&[
        said("Spark 3.5.9, SparkSubmitArguments.scala", &["either HADOOP_CONF_DIR or YARN_CONF_DIR must be set"]),
        fatal("Hadoop 3.3, NetUtils.java, with YARN's default address", &["to 0.0.0.0:8032 failed on connection exception"]),
        said("Hadoop 3.3, Client.java, with YARN's default address", &["Retrying connect to server: 0.0.0.0/0.0.0.0:803"]),
        // Spark put its own files on the disk of the machine that it was started on.
        fatal("Hadoop 3.3, RawLocalFileSystem.java, in YARN's diagnostics", &["File file:/", ".sparkStaging/application_", " does not exist"]),
    ]),
    reason(
        Cause::SparkMasterUnreachable,
        "spark-master-unreachable",
        "Spark's own cluster manager didn't answer",
        "Ask the operator to check that the master in livy.spark.master runs, and that its Spark version is Livy's.",
        Whom::Operator,
    )
    .start()
    .rules(&[
        said("Spark 3.5.9, StandaloneAppClient.scala", &["All masters are unresponsive! Giving up"]),
        fatal("Spark 3.5.9, TransportClientFactory.java", &["Failed to connect to master "]),
        said("Spark 3.5.9, Client.scala", &["Error connecting to master ", "exiting"]),
    ]),
    reason(
        Cause::DynamicAllocationWrong,
        "dynamic-allocation-wrong",
        "Dynamic allocation is on without what it needs",
        "Set spark.dynamicAllocation.enabled to false, or spark.shuffle.service.enabled or spark.dynamicAllocation.shuffleTracking.enabled to true.",
        Whom::You,
    )
    .field(Field::Conf)
    .start()
    .rules(&[said("Spark 3.5.9, ExecutorAllocationManager.scala", &["Dynamic allocation of executors ", "shuffle service"])]),
    reason(
        Cause::SecretMissing,
        "secret-missing",
        "Spark's authentication is on without a secret",
        "Set spark.authenticate to false, or ask the operator to set spark.authenticate.secret.",
        Whom::You,
    )
    .field(Field::Conf)
    .start()
    .rules(&[said("Spark 3.5.9, SecurityManager.scala", &["A secret key must be specified via the spark.authenticate.secret"])]),
    reason(
        Cause::EventLogMissing,
        "event-log-missing",
        "The folder for Spark's event log isn't there",
        "Set spark.eventLog.dir to a folder that exists, or spark.eventLog.enabled to false.",
        Whom::You,
    )
    .field(Field::Conf)
    .start()
    .rules(&[
        fatal("Hadoop 3.3, RawLocalFileSystem.java; Spark 3.5.9, EventLogFileWriters.scala", &["FileNotFoundException: File ", "/spark-events does not exist"]),
        fatal("Hadoop 3.3, DistributedFileSystem.java", &["FileNotFoundException: File does not exist: hdfs://", "spark", "istory"])
            .unless(".jar"),
        fatal("Spark 3.5.9, EventLogFileWriters.scala", &["IllegalArgumentException: Log directory ", " is not a directory"]),
    ]),
    reason(
        Cause::SparkJarsMissing,
        "spark-jars-missing",
        "The cluster's nodes don't find Spark itself",
        "Check spark.yarn.archive and spark.yarn.jars, if you set them; otherwise ask the operator to.",
        Whom::Operator,
    )
    .field(Field::Conf)
    .start()
    .rules(&[
        said("JDK 17, launcher.properties", &["Error: Could not find or load main class org.apache.spark."]),
        fatal("JDK 17, ClassLoader.java", &["NoClassDefFoundError: org/apache/spark/deploy/"]),
        fatal("JDK 17, ClassLoader.java", &["NoClassDefFoundError: org/apache/hadoop/fs/"]),
        fatal("JDK 17, ClassLoader.java", &["NoClassDefFoundError: org/apache/hadoop/conf/"]),
        said("Spark 3.5.9, bin/spark-class", &["Failed to find Spark jars directory"]),
        fatal("Spark 3.5.9, yarn/Client.scala and CommandBuilderUtils.java", &["Library directory '", "make sure Spark is built"]),
        fatal("Spark 3.5.9, AbstractCommandBuilder.java", &["Cannot find any build directories"]),
        fatal("Spark 3.5.9, yarn/Client.scala", &["requirement failed: ", "spark.yarn.jars"]),
    ]),
    reason(
        Cause::VariableUnresolved,
        "variable-unresolved",
        "A variable in one of the cluster's paths isn't set",
        "Add -Dhdp.version=<version> to spark.driver.extraJavaOptions and spark.yarn.am.extraJavaOptions, or ask the operator to set the variable.",
        Whom::Operator,
    )
    .field(Field::Conf)
    .start()
    .rules(&[said("GNU bash, as YARN's launch script runs", &["bad substitution"])]),
    reason(
        Cause::BindAddressWrong,
        "bind-address-wrong",
        "The driver can't listen on its address",
        "Remove spark.driver.host and spark.driver.bindAddress from the settings, or ask the operator to check the machine's name and /etc/hosts.",
        Whom::You,
    )
    .field(Field::Conf)
    .start()
    .rules(&[
        fatal("Spark 3.5.9, RpcEndpointAddress.scala", &["Invalid Spark URL: spark://"]),
        fatal("JDK 17, Net.java", &["java.net.BindException: Cannot assign requested address"]),
        fatal("Spark 3.5.9, Utils.scala", &["Cannot assign requested address: Service '"]),
        // With no port asked for, it is the address that fails, in whichever language the machine says so.
        fatal("Spark 3.5.9, Utils.scala, startServiceOnPort", &["BindException: ", "Service", " retries (on a random free port)"])
            .unless("Address already in use"),
    ]),
    reason(
        Cause::PortsExhausted,
        "ports-exhausted",
        "No free port was found",
        "End sessions you don't need, or ask the operator to widen livy.rsc.launcher.port.range: each session takes one port.",
        Whom::You,
    )
    .rules(&[
        said("Livy 0.9.0, RpcServer.java", &["Unable to connect to provided ports "]),
        said("Spark 3.5.9, Utils.scala, startServiceOnPort", &["java.net.BindException: ", "failed after", " retries"])
.when(|it| it.contains("Address already in use") || !it.contains("assign requested address") && !it.contains("(on a random free port)")),
    ]),
    reason(
        Cause::SettingWrong,
        "setting-wrong",
        "Spark can't read one of the settings",
        "Fix or remove the setting that the log line names.",
        Whom::You,
    )
    .field(Field::Conf)
    .weighs(Weight::Broad)
    .rules(&[
        said("Spark 3.5.9, SparkSubmitCommandBuilder.java", &["^Error: Not allowed to specify max heap(Xmx)"]),
        said("Spark 3.5.9, SparkSubmitArguments.scala", &["^Error: ", " must be a positive number"]),
        fatal("Spark 3.5.9, SparkConf.scala, validateSettings", &["is not allowed to set Spark options"]),
        said("a real Livy 0.9.0", &["^java.lang.IllegalArgumentException: "])
            .after(START)
            .unless("UnknownHostException")
            // The context was stopped while it began: why was said before.
            .when(|it| !it.contains("getServletHandlers on a running MetricsSystem")),
        said("a real Livy 0.9.0", &["^java.lang.NumberFormatException: "]).after(START),
        said("Spark 3.5.9, SparkConf.scala, validateSettings", &["^org.apache.spark.SparkException: ", "has to be"])
            .after(START),
        fatal("Spark 3.5.9, ConfigBuilder.scala", &["IllegalArgumentException: ", " should be "]),
        fatal("Spark 3.5.9, JavaUtils.java", &["NumberFormatException: "]),
        fatal("Spark 3.5.9, SparkSubmitArguments.scala", &["SparkException: ", " must be a positive number"]),
        said("Spark 3.5.9, SparkSubmitArguments.scala", &["^Error: Unrecognized option: "]),
        said("Spark 3.5.9, SparkSubmitArguments.scala", &["^Error: Spark config without '='"]),
    ]),
];
