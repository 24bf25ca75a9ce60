//! The list of all causes in `docs/causes.md`, which others read for the words of the page's markup: it says what the table says.

use super::fact::of_facts;
use super::found::{About, Whom};
use super::{Cause, cause_table};

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/causes.md");

const HEAD: &str = "# Why sessions end

Every cause that the page can name, by its word in the markup (`data-cause`, see `docs/contract.md`). Words never change; new ones are added.
The sources of each are in `src/console/cause/table` and `tests/console/causes`: the lines by which it is known, and lines that only sound like it.

What is searched is the log (standard output, standard error, and what YARN or Kubernetes says) once a session has ended or failed, and what
the server itself gives as a reason. An exception counts only where it ended the driver or its submission: after words such as
`Exception in thread \"main\"`, in the cluster manager's own words, or as the last error before everything shut down. A mark of an end, such
as an exit code, is not shown beside its reason. What was logged before the session was ready, or more than ten minutes before its end, says
nothing of the end of a session that was ready; nor do lines of single executors, unless they are the last ones. Where nothing is known, the page offers the line that says most, with
`data-cause=\"unknown\"`.

A search costs one pass over the log: a step for every four bytes, and a comparison only where one of the rules may fit. A hundred thousand
lines take about a tenth of a second, once when a session ends (`cargo bench -p console`, natively).
";

/// Wordings that were compared with the file that writes them: the cause, the words, and the file at its commit. Each cause is one
/// of the table.
const COMPARED: [(Cause, &str, &str); 40] = [
    (
        Cause::NoRoom,
        "Skipping assigning to Node in Ignore Exclusivity mode. ; Skipped scheduling for this Node as its black listed. ; Skipping assigning to Node as request locality is not matching. ",
        "hadoop, CSAMContainerLaunchDiagnosticsConstants.java at 0e6fcd3",
    ),
    (
        Cause::ApplicationKilled,
        "exit statuses -105, -106 and -107; Session stopped by user.",
        "hadoop, ContainerExitStatus.java at 0951726; livy, SparkYarnApp.scala at fc4202e",
    ),
    (Cause::ArchiveUnreadable, "Download and unpack failed", "hadoop, FSDownload.java"),
    (
        Cause::LogsTooLarge,
        "exit status -109; Container [pid=…,containerID=…] is logging beyond the container …",
        "hadoop, ContainerExitStatus.java and ContainersMonitorImpl.java",
    ),
    (Cause::DriverOutOfMemory, "exit code 52", "spark, SparkExitCode.scala at 035ee3d"),
    (
        Cause::KubernetesForbidden,
        "Forbidden!Configured service account doesn't have access. Service account may have been revoked. ",
        "kubernetes-client 6.7.2, Config.java and OperationSupport.java",
    ),
    (
        Cause::NoRoom,
        "Application is Activated, waiting for resources to be assigned for AM. ",
        "hadoop, SchedulerApplicationAttempt.java, AMState",
    ),
    (
        Cause::QueueFull,
        "Queue's AM resource limit exceeded. ",
        "hadoop, CSAMContainerLaunchDiagnosticsConstants.java at 0e6fcd3",
    ),
    (
        Cause::NoNodes,
        "Skipping AM assignment as cluster resource is empty. ",
        "hadoop, CSAMContainerLaunchDiagnosticsConstants.java at 0e6fcd3",
    ),
    (Cause::ContainerMemory, "exit statuses -103 and -104", "hadoop, ContainerExitStatus.java at 0951726"),
    (Cause::Preempted, "exit statuses -102 and -108", "hadoop, ContainerExitStatus.java at 0951726"),
    (Cause::NodeDisksFull, "exit status -101", "hadoop, ContainerExitStatus.java at 0951726"),
    (
        Cause::NodeLost,
        "exit status -100; Container released on a *lost* node",
        "hadoop, ContainerExitStatus.java at 0951726; SchedulerUtils.java",
    ),
    (
        Cause::KilledBySignal,
        "Container killed on request. Exit code is ",
        "hadoop, DefaultContainerExecutor.java",
    ),
    (Cause::UserBanned, "Requested user %s is banned", "hadoop, container-executor.c"),
    (
        Cause::UserIdTooLow,
        "Requested user %s is not whitelisted and has id %d,which is below the minimum allowed %d",
        "hadoop, container-executor.c",
    ),
    (
        Cause::QueueUnknown,
        "Application … submitted by user … to unknown queue: ",
        "hadoop, CapacityScheduler.java",
    ),
    (
        Cause::QueueStopped,
        "Queue … is STOPPED. Cannot accept submission of application: ",
        "hadoop, LeafQueue.java",
    ),
    (Cause::QueueForbidden, "User … cannot submit applications to queue ", "hadoop, FairScheduler.java"),
    (
        Cause::LabelForbidden,
        "Invalid resource request, queue=… doesn't have permission to access all labels",
        "hadoop, SchedulerUtils.java",
    ),
    (
        Cause::LifetimeOver,
        "Application is killed by ResourceManager as it has exceeded the lifetime period.",
        "hadoop, RMAppLifetimeMonitor.java",
    ),
    (
        Cause::FileChanged,
        "Resource … changed on src filesystem (expected …, was …",
        "hadoop, FSDownload.java",
    ),
    (Cause::HomeMissing, "Permission denied: user=…, access=…, inode=…", "hadoop, FSPermissionChecker.java"),
    (
        Cause::ShuffleServiceMissing,
        "Unable to register with external shuffle server due to : ; The auxService:… does not exist",
        "spark, BlockManager.scala; hadoop, ContainerManagerImpl.java",
    ),
    (
        Cause::AzureCredentials,
        "Failure to initialize configuration for …: Invalid configuration value detected for fs.azure.account.key",
        "hadoop, SimpleKeyProvider.java at 4994bef",
    ),
    (
        Cause::S3Credentials,
        "Unable to load AWS credentials from any provider in the chain",
        "aws-sdk-java 1, AWSCredentialsProviderChain.java",
    ),
    (Cause::KeytabWrong, "Keytab file: … does not exist", "spark, SparkSubmit.scala"),
    (
        Cause::BindAddressWrong,
        "…: Service… failed after … retries (on a random free port)!",
        "spark, Utils.scala, startServiceOnPort",
    ),
    (
        Cause::PackageNotFound,
        "RuntimeException: [unresolved dependency: …: not found]",
        "spark, SparkSubmitUtils.resolveMavenCoordinates, in logs",
    ),
    (
        Cause::ExecutorLost,
        "Max number of executor failures (…) reached; Due to executor failures all available nodes are excluded",
        "spark, ApplicationMaster.scala at 001d65f",
    ),
    (
        Cause::ExitCode,
        "Shutdown hook called before final status was reported.",
        "spark, ApplicationMaster.scala at 001d65f",
    ),
    (
        Cause::DriverFailed,
        "Final app status: …, exitCode: …, (reason: …)",
        "spark, ApplicationMaster.scala at 001d65f",
    ),
    (
        Cause::ConnectTimeout,
        "Timed out waiting for SparkContext.; Timed out waiting for context to start.",
        "spark, ApplicationMaster.scala at 001d65f; livy, ContextLauncher.java at fc4202e",
    ),
    (Cause::ImagePull, "pending reason: …", "spark, KubernetesUtils.scala at 00012ec"),
    (
        Cause::KubernetesUnreachable,
        "Operation: […]  for kind: […] …  failed.; Error executing: … at: …. Cause: …",
        "kubernetes-client, KubernetesClientException.java and OperationSupport.java at ceb9218",
    ),
    (
        Cause::KubernetesLookup,
        "Failure executing: … at: …. Message: …. Received status: …",
        "kubernetes-client, OperationSupport.java at ceb9218",
    ),
    (
        Cause::SubmitFailed,
        "spark-submit start failed; Child process exited with code %d.",
        "livy, SparkYarnApp.scala and ContextLauncher.java at fc4202e",
    ),
    (Cause::DriverHandshake, "Client closed before SASL negotiation finished.", "livy, Rpc.java at fc4202e"),
    (
        Cause::LivyUnreachable,
        "Timed out sending address to Livy server, shutting down.",
        "livy, RSCDriver.java at fc4202e",
    ),
    (
        Cause::NotRecovered,
        "Cannot recover interactive session … because its RSCDriver URI is unknown.",
        "livy, InteractiveSession.scala at fc4202e",
    ),
];

fn compared((cause, words, file): &(Cause, &str, &str)) -> String {
    let word = cause_table().find(|it| it.0 == *cause).map(|it| it.1.word).unwrap_or_default();
    assert!(!word.is_empty(), "{cause:?} is in the table");
    format!("| `{word}` | `{words}` | {file} |\n")
}

fn row(about: &About) -> String {
    let whom = match about.whom {
        Whom::You => "you",
        Whom::Operator => "the operator",
    };
    let field = about.field.map(|it| it.label()).unwrap_or_default();
    let cell = |text: &str| text.replace('|', "\\|").replace('<', "&lt;");
    format!("| `{}` | {} | {} | {whom} | {field} |\n", about.word, cell(about.title), cell(about.advice))
}

const COLUMNS: &str =
    "\n| word | what happened | what to do | who | field |\n| --- | --- | --- | --- | --- |\n";

#[test]
fn the_document_says_what_the_table_says() {
    let mut text = format!("{HEAD}\n## What a log or a server's reason shows\n{COLUMNS}");
    text.extend(cause_table().map(|it| row(it.1)));
    text.push_str(&format!("\n## What the facts of a session show\n{COLUMNS}"));
    let facts = [
        Cause::Succeeded,
        Cause::Deleted,
        Cause::IdleTimeout,
        Cause::TimeToLive,
        Cause::HeartbeatLost,
        Cause::RetentionOver,
        Cause::ServerRestarted,
        Cause::Forgotten,
    ];
    text.extend(facts.map(|it| row(of_facts(it).about)));
    text.push_str(
        "\n## Wordings that were compared with their sources\n\nThe words of the other rules are as the sources named in the table have them, from knowledge of these and from \
         reports, and were not compared line by line. `…` stands for what varies.\n\n| word | words | where |\n| --- | --- | --- |\n",
    );
    text.extend(COMPARED.iter().map(compared));
    if std::env::var_os("RENDER").is_some() {
        std::fs::write(FILE, &text).unwrap();
    }
    let written = std::fs::read_to_string(FILE).unwrap_or_default();
    assert!(written == text, "write it again: RENDER=1 cargo test -p console --lib the_document_says");
}
