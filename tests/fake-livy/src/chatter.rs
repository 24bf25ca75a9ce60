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

/// The nth line of stderr while a session starts, written at that time.
pub(crate) fn starting(number: u64, at: i64, kind: &str, id: u64) -> String {
    let time = stamp(at);
    let port = 40_000 + id % 1_000;
    // Every healthy start holds an error and its trace: an exception in a log is no proof of a failure (protocol notes §9).
    match number {
        0 => format!("{time} WARN NativeCodeLoader: Unable to load native-hadoop library for your platform... using builtin-java classes where applicable"),
        1 => format!("{time} INFO RSCDriver: Connecting to: localhost:10000"),
        2 => format!("{time} INFO RSCDriver: Starting RPC server..."),
        3 => format!("{time} INFO RpcServer: Connected to the port {}", 10_001 + id % 10),
        5 => format!("{time} INFO SparkContext: Running Spark version 3.5.6"),
        8 => format!("{time} INFO SparkContext: Submitted application: livy-session-{id}"),
        40 => format!("{time} ERROR SparkContext: Failed to add file:/opt/livy/rsc-jars/kryo-shaded.jar to Spark environment"),
        41 => "java.lang.IllegalArgumentException: requirement failed: File kryo-shaded.jar was already registered with a different path".to_owned(),
        42 => "\tat scala.Predef$.require(Predef.scala:281)".to_owned(),
        43..52 => format!("\tat org.apache.spark.SparkContext.addJar(SparkContext.scala:{})", 2_100 + number),
        _ => {
            let lines = [
                format!("INFO SparkContext: Added JAR file:/opt/livy/rsc-jars/dependency-{number}.jar at spark://localhost:{port}/jars/dependency-{number}.jar"),
                format!("INFO Executor: Fetching spark://localhost:{port}/jars/dependency-{number}.jar"),
                format!("INFO Utils: Fetching dependency-{number}.jar to the local directory of the executor"),
                format!("INFO Executor: Adding dependency-{number}.jar to class loader default"),
                format!("INFO ResourceUtils: No custom resources configured for {kind} ({number})"),
            ];
            format!("{time} {}", lines[(number % 5) as usize])
        }
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
        0 => format!("{time} INFO SparkEntries: Spark context finished initialization in 914 ms"),
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

/// The JVM's words for a heap size it cannot read (protocol notes §1.3).
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
