//! What a driver writes: lines in the manner of Spark 3.5's log4j, by their number, so that any part of a long log is known
//! without the rest.

use crate::story::Story;

/// How a session that never came up explains itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LastWords(pub Vec<String>);

/// `26/11/23 09:14:02` of so many milliseconds since the pretend cluster's midnight.
fn stamp(millis: i64) -> String {
    let secs = millis.rem_euclid(86_400_000) / 1_000;
    format!("26/11/23 {:02}:{:02}:{:02}", secs / 3_600, secs / 60 % 60, secs % 60)
}

/// How many stderr lines a start writes: more than a ring keeps (docs/protocol.md §1.2).
pub(crate) const START_LINES: i64 = 330;

/// Until the context knows its jars. `{id}` and `{port}` are the session's.
const OPENING: [&str; 24] = [
    "WARN NativeCodeLoader: Unable to load native-hadoop library for your platform... using builtin-java classes where applicable",
    "INFO RSCDriver: Connecting to: localhost:10000",
    "INFO RSCDriver: Starting RPC server...",
    "INFO RpcServer: Connected to the port 10001",
    "WARN ClientConf: Your hostname, node-1, resolves to a loopback address; using 10.0.0.4 instead (on interface eth0)",
    "INFO RSCDriver: Received job request for the handshake of session {id}",
    "INFO SparkEntries: Starting Spark context...",
    "INFO SparkContext: Running Spark version 3.5.6",
    "INFO SparkContext: OS info Linux, 6.1.0, amd64",
    "INFO SparkContext: Java version 17.0.15",
    "INFO ResourceUtils: ==============================================================",
    "INFO ResourceUtils: No custom resources configured for spark.driver.",
    "INFO ResourceUtils: ==============================================================",
    "INFO SparkContext: Submitted application: livy-session-{id}",
    "INFO ResourceProfile: Default ResourceProfile created, executor resources: Map(cores -> name: cores, amount: 1)",
    "INFO ResourceProfile: Limiting resource is cpu",
    "INFO ResourceProfileManager: Added ResourceProfile id: 0",
    "INFO SecurityManager: Changing view acls to: livy",
    "INFO SecurityManager: Changing modify acls to: livy",
    "INFO SecurityManager: SecurityManager: authentication disabled; ui acls disabled",
    "INFO Utils: Successfully started service 'sparkDriver' on port {port}.",
    "INFO SparkEnv: Registering MapOutputTracker",
    "INFO SparkEnv: Registering BlockManagerMaster",
    "INFO DiskBlockManager: Created local directory at /tmp/blockmgr-{id}",
];

/// Between the jars of the driver and those of its executor.
const MIDDLE: [&str; 24] = [
    "INFO MemoryStore: MemoryStore started with capacity 434.4 MiB",
    "INFO SparkEnv: Registering OutputCommitCoordinator",
    "INFO SparkContext: Added file file:///opt/spark/python/lib/pyspark.zip with timestamp 1795393200000",
    "INFO Utils: Copying /opt/spark/python/lib/pyspark.zip to /tmp/spark-{id}/userFiles/pyspark.zip",
    "INFO SparkContext: Added file file:///opt/spark/python/lib/py4j-0.10.9.7-src.zip with timestamp 1795393200000",
    "INFO Utils: Copying /opt/spark/python/lib/py4j-0.10.9.7-src.zip to /tmp/spark-{id}/userFiles/py4j-0.10.9.7-src.zip",
    "INFO Executor: Starting executor ID driver on host localhost",
    "INFO Executor: OS info Linux, 6.1.0, amd64",
    "INFO Executor: Java version 17.0.15",
    "INFO Executor: Starting executor with user classpath (userClassPathFirst = false): ''",
    "INFO Executor: Using REPL class URI: spark://localhost:{port}/classes",
    "INFO Executor: Created or updated repl class loader for default.",
    "INFO Executor: Fetching file:///opt/spark/python/lib/pyspark.zip with timestamp 1795393200000",
    "INFO Utils: /opt/spark/python/lib/pyspark.zip has been previously copied to /tmp/spark-{id}/userFiles/pyspark.zip",
    "INFO Executor: Fetching file:///opt/spark/python/lib/py4j-0.10.9.7-src.zip with timestamp 1795393200000",
    "INFO Utils: /opt/spark/python/lib/py4j-0.10.9.7-src.zip has been previously copied to /tmp/spark-{id}/userFiles/py4j-0.10.9.7-src.zip",
    "WARN Utils: Service 'SparkUI' could not bind on port 4040. Attempting port 4041.",
    "INFO Utils: Successfully started service 'SparkUI' on port 4041.",
    "INFO SparkUI: Bound SparkUI to localhost, and started at http://localhost:4041",
    "INFO HiveConf: Found configuration file null",
    "INFO SharedState: Warehouse path is 'file:/opt/livy/spark-warehouse'.",
    "WARN SparkConf: The configuration key 'spark.yarn.jars' is ignored in local mode.",
    "INFO TransportClientFactory: Successfully created connection to localhost:{port} after 21 ms",
    "INFO Executor: Told to re-register on heartbeat: no",
];

/// The end of the start, before the context says that it is there.
const CLOSING: [&str; 10] = [
    "INFO Utils: Successfully started service 'org.apache.spark.network.netty.NettyBlockTransferService' on port {port}.",
    "INFO NettyBlockTransferService: Server created on localhost:{port}",
    "INFO BlockManager: Using org.apache.spark.storage.RandomBlockReplicationPolicy for block replication policy",
    "INFO BlockManagerMaster: Registering BlockManager BlockManagerId(driver, localhost, {port}, None)",
    "INFO BlockManagerMasterEndpoint: Registering block manager localhost:{port} with 434.4 MiB RAM, BlockManagerId(driver, localhost, {port}, None)",
    "INFO BlockManagerMaster: Registered BlockManager BlockManagerId(driver, localhost, {port}, None)",
    "INFO BlockManager: Initialized BlockManager: BlockManagerId(driver, localhost, {port}, None)",
    "INFO SingleEventLogFileWriter: Logging events to file:/tmp/spark-events/local-{id}.inprogress",
    "WARN SparkContext: Another SparkContext is not allowed in this JVM; this one stays.",
    "INFO SparkEntries: Starting the interpreter's class server at localhost:{port}",
];

/// Frames of the trace that a healthy start writes.
const FRAMES: [&str; 18] = [
    "scala.Predef$.require(Predef.scala:281)",
    "org.apache.spark.rpc.netty.NettyStreamManager.addJar(NettyStreamManager.scala:80)",
    "org.apache.spark.SparkContext.addLocalJarFile$1(SparkContext.scala:2102)",
    "org.apache.spark.SparkContext.addJar(SparkContext.scala:2158)",
    "org.apache.spark.SparkContext.$anonfun$new$15(SparkContext.scala:521)",
    "scala.collection.mutable.ResizableArray.foreach(ResizableArray.scala:62)",
    "scala.collection.mutable.ArrayBuffer.foreach(ArrayBuffer.scala:49)",
    "org.apache.spark.SparkContext.<init>(SparkContext.scala:521)",
    "org.apache.spark.SparkContext$.getOrCreate(SparkContext.scala:2883)",
    "org.apache.livy.rsc.driver.SparkEntries.sc(SparkEntries.java:52)",
    "org.apache.livy.rsc.driver.SparkEntries.sparkSession(SparkEntries.java:66)",
    "org.apache.livy.repl.AbstractSparkInterpreter.postStart(AbstractSparkInterpreter.scala:71)",
    "org.apache.livy.repl.SparkInterpreter.start(SparkInterpreter.scala:60)",
    "scala.concurrent.Future$.$anonfun$apply$1(Future.scala:659)",
    "scala.util.Success.map(Try.scala:213)",
    "scala.concurrent.impl.CallbackRunnable.run(Promise.scala:64)",
    "java.base/java.util.concurrent.ThreadPoolExecutor$Worker.run(ThreadPoolExecutor.java:635)",
    "java.base/java.lang.Thread.run(Thread.java:840)",
];

/// The jars that Livy brings to a driver.
const JARS: [&str; 54] = [
    "livy-api",
    "livy-rsc",
    "livy-core_2.12",
    "livy-repl_2.12",
    "livy-thriftserver-session",
    "kryo-shaded-4.0.2",
    "minlog-1.3.0",
    "objenesis-2.5.1",
    "commons-codec-1.15",
    "jackson-annotations-2.15.2",
    "jackson-core-2.15.2",
    "jackson-databind-2.15.2",
    "json4s-ast_2.12-3.7.0",
    "json4s-core_2.12-3.7.0",
    "json4s-jackson_2.12-3.7.0",
    "json4s-scalap_2.12-3.7.0",
    "paranamer-2.8",
    "scala-xml_2.12-1.2.0",
    "netty-all-4.1.96",
    "netty-buffer-4.1.96",
    "netty-codec-4.1.96",
    "netty-codec-dns-4.1.96",
    "netty-codec-haproxy-4.1.96",
    "netty-codec-http-4.1.96",
    "netty-codec-http2-4.1.96",
    "netty-codec-memcache-4.1.96",
    "netty-codec-mqtt-4.1.96",
    "netty-codec-redis-4.1.96",
    "netty-codec-smtp-4.1.96",
    "netty-codec-socks-4.1.96",
    "netty-codec-stomp-4.1.96",
    "netty-codec-xml-4.1.96",
    "netty-common-4.1.96",
    "netty-handler-4.1.96",
    "netty-handler-proxy-4.1.96",
    "netty-handler-ssl-ocsp-4.1.96",
    "netty-resolver-4.1.96",
    "netty-resolver-dns-4.1.96",
    "netty-resolver-dns-classes-macos-4.1.96",
    "netty-resolver-dns-native-macos-4.1.96-osx-aarch_64",
    "netty-resolver-dns-native-macos-4.1.96-osx-x86_64",
    "netty-transport-4.1.96",
    "netty-transport-classes-epoll-4.1.96",
    "netty-transport-classes-kqueue-4.1.96",
    "netty-transport-native-epoll-4.1.96-linux-aarch_64",
    "netty-transport-native-epoll-4.1.96-linux-x86_64",
    "netty-transport-native-kqueue-4.1.96-osx-aarch_64",
    "netty-transport-native-kqueue-4.1.96-osx-x86_64",
    "netty-transport-native-unix-common-4.1.96",
    "netty-transport-rxtx-4.1.96",
    "netty-transport-sctp-4.1.96",
    "netty-transport-udt-4.1.96",
    "slf4j-api-2.0.7",
    "snappy-java-1.1.10.3",
];

fn jar(number: usize) -> &'static str {
    JARS.get(number).copied().unwrap_or_default()
}

/// The nth line of stderr while a session starts, written at that time.
pub(crate) fn starting(number: u64, at: i64, id: u64) -> String {
    let (time, number) = (stamp(at), usize::try_from(number).unwrap_or(0));
    let port = 40_000 + id % 1_000;
    let own = |lines: &[&str], at: usize| {
        let line = lines.get(at).copied().unwrap_or_default();
        if !line.contains('{') {
            return format!("{time} {line}");
        }
        format!("{time} {}", line.replace("{id}", &id.to_string()).replace("{port}", &port.to_string()))
    };
    match number {
        0..24 => own(&OPENING, number),
        24..74 => format!(
            "{time} INFO SparkContext: Added JAR file:///opt/livy/jars/{0}.jar at spark://localhost:{port}/jars/{0}.jar with timestamp 1795393200000",
            jar(number - 24)
        ),
        // Every healthy start holds errors and their traces: an exception in a log is no proof of a failure (docs/protocol.md §9).
        74..134 => match ((number - 74) / 20, (number - 74) % 20) {
            (nth, 0) => format!(
                "{time} ERROR SparkContext: Failed to add file:///opt/livy/repl-jars/{}.jar to Spark environment",
                jar(5 + nth)
            ),
            (nth, 1) => format!(
                "java.lang.IllegalArgumentException: requirement failed: File {}.jar was already registered with a different path",
                jar(5 + nth)
            ),
            (_, frame) => format!("\tat {}", FRAMES.get(frame - 2).copied().unwrap_or_default()),
        },
        134..158 => own(&MIDDLE, number - 134),
        158..320 => {
            let jar = jar((number - 158) / 3);
            match (number - 158) % 3 {
                0 => format!(
                    "{time} INFO Executor: Fetching spark://localhost:{port}/jars/{jar}.jar with timestamp 1795393200000"
                ),
                1 => format!(
                    "{time} INFO Utils: Fetching spark://localhost:{port}/jars/{jar}.jar to /tmp/spark-{id}/userFiles/fetchFileTemp.tmp"
                ),
                _ => format!(
                    "{time} INFO Executor: Adding file:/tmp/spark-{id}/userFiles/{jar}.jar to class loader default"
                ),
            }
        }
        _ => own(&CLOSING, number - 320),
    }
}

/// The nth line of stderr after the start.
pub(crate) fn running(number: u64, at: i64, story: Story) -> String {
    let time = stamp(at);
    if story == Story::Colourful && number.is_multiple_of(2) {
        return format!(
            "\u{1b}[32mstage {number}\u{1b}[0m\r\u{1b}[32mstage {number}: {}%\u{1b}[0m\rstage {number}: done",
            number % 100
        );
    }
    match number {
        0 => format!("{time} INFO SparkEntries: Spark context finished initialization in 914ms"),
        1 => format!("{time} INFO SparkEntries: Created Spark session."),
        _ if story == Story::FloodsItsLog && number.is_multiple_of(50) => {
            format!("{time} WARN TaskSetManager: Lost task {number}.0 in stage 7.0: retrying")
        }
        _ if story == Story::FloodsItsLog => format!(
            "{time} INFO TaskSetManager: Finished task {number}.0 in stage 7.0 in {} ms",
            20 + number % 77
        ),
        _ => format!(
            "{time} INFO BlockManagerInfo: Removed broadcast_{number}_piece0 on localhost in memory (size: {} KiB, free: 434.4 MiB)",
            number % 90 + 3
        ),
    }
}

/// Standard output: what statements print.
pub(crate) fn printed(number: u64) -> String {
    format!("progress of the cell: {number}")
}

/// The end of a session whose class path was wrong.
pub(crate) fn class_not_found(at: i64) -> LastWords {
    let time = stamp(at);
    LastWords(vec![
        format!("{time} ERROR RSCDriver: Error in driver's main class"),
        "java.lang.ClassNotFoundException: com.example.etl.Bootstrap".to_owned(),
        "\tat java.base/java.net.URLClassLoader.findClass(URLClassLoader.java:445)".to_owned(),
        "\tat java.base/java.lang.ClassLoader.loadClass(ClassLoader.java:592)".to_owned(),
        "\tat org.apache.livy.rsc.driver.RSCDriver.main(RSCDriver.java:118)".to_owned(),
        format!("{time} INFO ShutdownHookManager: Shutdown hook called"),
    ])
}

/// The JVM's words for a heap size it cannot read (docs/protocol.md §1.3).
pub(crate) fn invalid_heap(text: &str) -> LastWords {
    jvm(format!("Invalid maximum heap size: -Xmx{text}"))
}

/// The JVM's words for a number without a unit.
pub(crate) fn small_heap() -> LastWords {
    jvm("Error occurred during initialization of VM\nToo small maximum heap".to_owned())
}

fn jvm(first: String) -> LastWords {
    let mut lines: Vec<String> = first.lines().map(str::to_owned).collect();
    lines.push("Error: Could not create the Java Virtual Machine.".to_owned());
    lines.push("Error: A fatal exception has occurred. Program will exit.".to_owned());
    LastWords(lines)
}

/// Spark's words for memory under 450 MiB.
pub(crate) fn too_little(of: &str, bytes: u128, at: i64) -> LastWords {
    let (code, who, option) = if of == "driver" {
        (
            "INVALID_DRIVER_MEMORY",
            format!("System memory {bytes}"),
            "increase heap size using the --driver-memory option",
        )
    } else {
        (
            "INVALID_EXECUTOR_MEMORY",
            format!("Executor memory {bytes}"),
            "increase executor memory using the --executor-memory option",
        )
    };
    LastWords(vec![
        format!("{} ERROR SparkContext: Error initializing SparkContext.", stamp(at)),
        format!(
            "org.apache.spark.SparkIllegalArgumentException: [{code}] {who} must be at least 471859200. Please {option} or \"spark.{of}.memory\" in Spark configuration."
        ),
        "\tat org.apache.spark.memory.UnifiedMemoryManager$.getMaxMemory(UnifiedMemoryManager.scala:246)"
            .to_owned(),
    ])
}

/// Spark-submit's words for a number that is not positive, or memory that Spark cannot read.
pub(crate) fn submit_refused(words: String) -> LastWords {
    LastWords(vec![
        format!("Exception in thread \"main\" org.apache.spark.SparkException: {words}"),
        "\tat org.apache.spark.deploy.SparkSubmitArguments.error(SparkSubmitArguments.scala:653)".to_owned(),
        "\tat org.apache.spark.deploy.SparkSubmitArguments.validateSubmitArguments(SparkSubmitArguments.scala:257)".to_owned(),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_start_is_a_log_of_distinct_lines() {
        let lines: Vec<String> = (0..START_LINES as u64).map(|it| starting(it, 0, 4)).collect();
        assert!(lines.iter().all(|it| it.len() > 20 && !it.contains(['{', '}'])), "{lines:#?}");
        assert_eq!(lines.iter().filter(|it| it.contains(" ERROR ")).count(), 3);
        let infos = lines.iter().filter(|it| it.contains(" INFO ")).count();
        assert!(infos > 250, "{infos}");
    }
}
