//! Causes on Kubernetes: what its API, its scheduler and its nodes refuse.

use crate::cause::Cause;
use crate::cause::entry::{Entry, fatal, last, reason, said};
use crate::cause::found::{Weight, Whom};
use form::Field;

/// True for a refusal that is about rights: the client writes the same words before every 403, also before those of an admission
/// plugin or a webhook, which no role changes.
fn is_about_rights(line: &str) -> bool {
    let is_by_user = line.contains("is forbidden: User \"");
    is_by_user || !line.contains("\" is forbidden: ") && !line.contains("denied the request")
}

/// The rows.
pub(super) const ROWS: &[Entry] = &[
    reason(
        Cause::KubernetesQuota,
        "kubernetes-quota",
        "The namespace has used up its quota",
        "Wait, end sessions you don't need, or ask for less. The log line says what is used up.",
        Whom::You,
    )
    .start()
    .rules(&[
        said("Kubernetes 1.30, resourcequota admission", &["forbidden: exceeded quota: "]),
        said("Kubernetes 1.30, resourcequota admission", &["forbidden: failed quota: "]),
    ]),
    reason(
        Cause::ServiceAccountMissing,
        "service-account-missing",
        "The Kubernetes service account doesn't exist",
        "Check spark.kubernetes.authenticate.driver.serviceAccountName, or ask the operator to create the account.",
        Whom::You,
    )
    .field(Field::Conf)
    .start()
    .rules(&[
        said("Kubernetes 1.30, serviceaccount admission", &["error looking up service account "]),
        said("Kubernetes 1.30, API server", &["serviceaccounts \"", "\" not found"]),
    ]),
    reason(
        Cause::NamespaceMissing,
        "namespace-missing",
        "The Kubernetes namespace doesn't exist, or is being deleted",
        "Check spark.kubernetes.namespace, or ask the operator to create the namespace.",
        Whom::You,
    )
    .field(Field::Conf)
    .start()
    .rules(&[
        said("Kubernetes 1.30, API server", &["namespaces \"", "\" not found"]),
        said("Kubernetes 1.30, namespace lifecycle admission", &["is forbidden: unable to create new content in namespace "]),
    ]),
    reason(
        Cause::KubernetesForbidden,
        "kubernetes-forbidden",
        "Kubernetes doesn't let the service account do this",
        "Ask the operator for a role that may create, watch and delete pods, services and config maps in the namespace, and set spark.kubernetes.authenticate.driver.serviceAccountName to an account with it.",
        Whom::Operator,
    )
    .field(Field::Conf)
    .start()
    .rules(&[
        said("Kubernetes 1.30, API server", &["is forbidden: User \"", "\" cannot "]),
        said("fabric8 Kubernetes client 6.7.2, Config.java", &["Forbidden!Configured service account doesn't have access"])
            .when(is_about_rights),
        said("fabric8 Kubernetes client 6.7.2, Config.java", &["Forbidden! User ", " doesn't have permission"])
            .when(is_about_rights),
        said("fabric8 Kubernetes client 6, OperationSupport.java", &["Unauthorized! Configured service account doesn't have access"]),
        said("fabric8 Kubernetes client 5, OperationSupport.java", &["Message: Unauthorized! Token may have expired"]),
    ]),
    reason(
        Cause::PodConfigMissing,
        "pod-config-missing",
        "A secret, config map or volume that the pod needs doesn't exist",
        "Check the spark.kubernetes.*.secrets and volume settings, or ask the operator to create what the log line names.",
        Whom::You,
    )
    .field(Field::Conf)
    .start()
    .rules(&[
        said("Kubernetes 1.30, kubelet", &["CreateContainerConfigError"]),
        said("Kubernetes 1.30, API server", &["persistentvolumeclaim \"", "\" not found"]),
    ]),
    reason(
        Cause::PodUnschedulable,
        "pod-unschedulable",
        "No Kubernetes node can take the driver",
        "Wait, end sessions you don't need, or ask for less memory and fewer cores. If the line speaks of taints, selectors, affinity or volumes, ask the operator.",
        Whom::You,
    )
    .field(Field::DriverMemory)
    .start()
    .rules(&[
        said("Kubernetes 1.30, scheduler", &[" nodes are available: "]),
        said("Kubernetes 1.30, scheduler; Livy 0.9.0, SparkKubernetesApp.scala", &["reason=Unschedulable"]),
    ]),
    reason(
        Cause::ImagePull,
        "image-pull",
        "The cluster can't get the container image",
        "Check the image's name and tag: spark.kubernetes.container.image, on YARN YARN_CONTAINER_RUNTIME_DOCKER_IMAGE. A private registry needs spark.kubernetes.container.image.pullSecrets.",
        Whom::You,
    )
    .field(Field::Conf)
    .start()
    .rules(&[
        said("Kubernetes 1.30, kubelet", &["ImagePullBackOff"]),
        said("Kubernetes 1.30, kubelet", &["ErrImagePull"]),
        said("Kubernetes 1.30, kubelet", &["InvalidImageName"]),
        said("Kubernetes 1.30, kubelet", &["ErrImageNeverPull"]),
        said("Kubernetes 1.30, kubelet", &["Failed to pull image \""]),
        said("Docker 24, docker run, in YARN's diagnostics", &["Shell error output: Unable to find image '", "' locally"]),
        fatal("Docker 24, docker run, in YARN's diagnostics", &["docker: Error response from daemon: ", "pull access denied for "]),
        fatal("Docker 24, docker run, in YARN's diagnostics", &["docker: Error response from daemon: ", "manifest for ", " not found"]),
    ]),
    reason(
        Cause::ImageWrong,
        "image-wrong",
        "The container image can't start Spark",
        "Use an image that was built for Spark, with Spark's own entry point: spark.kubernetes.container.image.",
        Whom::You,
    )
    .field(Field::Conf)
    .start()
    .rules(&[
        said("runc 1.1, process_linux.go; Go, os/exec", &["exec: \"", "\": executable file not found in $PATH"]),
        said("runc 1.1, process_linux.go", &["runc create failed: unable to start container process: "]),
        said("runc 1.1, process_linux.go, of an entry point by its path", &["exec: \"", ": no such file or directory: unknown"]),
        said("crun 1.14, container.c", &["OCI runtime attempted to invoke a command that was not found"]),
        fatal("Linux, ENOEXEC: an image for another processor", &["exec ", ": exec format error"]),
        said("Kubernetes 1.30, kubelet; Spark 3.5.9, KubernetesUtils.scala", &["reason: StartError"]),
        said("Kubernetes 1.30, kubelet; Livy 0.9.0, SparkKubernetesApp.scala", &["reason=StartError"]),
        said("Kubernetes 1.30, kubelet with Docker", &["reason: ContainerCannotRun"]),
    ]),
    reason(
        Cause::ImageNotSet,
        "image-not-set",
        "No container image is set",
        "Set spark.kubernetes.container.image.",
        Whom::You,
    )
    .field(Field::Conf)
    .start()
    .rules(&[
        said("Spark 3.5.9, BasicDriverFeatureStep.scala", &["Must specify the driver container image"]),
        said("Spark 3.5.9, BasicExecutorFeatureStep.scala", &["Must specify the executor container image"]),
    ]),
    reason(
        Cause::PodEvicted,
        "pod-evicted",
        "The node stopped the pod because it ran short of memory or disk",
        "Create the session again. If the line names memory, raise spark.kubernetes.memoryOverheadFactor; if it names storage, write less to local disks.",
        Whom::You,
    )
    .rules(&[
        last("Kubernetes 1.30, kubelet eviction manager", &["The node was low on resource: "]),
        last("Kubernetes 1.30, kubelet; Livy 0.9.0, SparkKubernetesApp.scala", &["reason: Evicted"]),
        last("Kubernetes 1.30, kubelet eviction manager", &["Pod ephemeral local storage usage exceeds"]),
    ]),
    reason(
        Cause::PodInvalid,
        "pod-invalid",
        "Kubernetes doesn't accept the pod",
        "Fix the setting that the log line speaks of: a limit below its request, an amount that the namespace doesn't allow, a volume that is mounted twice, or a name with a character that isn't allowed. If it names a policy or a webhook, ask the operator what that wants.",
        Whom::You,
    )
    .field(Field::Conf)
    .start()
    .rules(&[
        said("Kubernetes 1.30, API server validation", &["Pod \"", "\" is invalid: "]),
        said("fabric8 Kubernetes client 5, OperationSupport.java", &["Unprocessable Entity. Received status: Status(apiVersion=v1, code=422"]),
        said("Kubernetes 1.30, PodSecurity admission", &["is forbidden: violates PodSecurity"]),
        said("Kubernetes 1.30, API server", &["admission webhook \"", "\" denied the request"]),
        said("Kubernetes 1.30, LimitRanger admission", &["is forbidden: ", "minimum ", " usage per "]),
        // Any other plugin of admission: it names the object and its reason, and no user.
        said("Kubernetes 1.30, API server, errors.go", &["pods \"", "\" is forbidden: "]).unless("is forbidden: User \""),
        said("Kubernetes 1.30, API server, errors.go", &["services \"", "\" is forbidden: "]).unless("is forbidden: User \""),
        said("Kubernetes 1.30, API server, errors.go", &["configmaps \"", "\" is forbidden: "]).unless("is forbidden: User \""),
        said("Kubernetes 1.30, API server, errors.go", &["persistentvolumeclaims \"", "\" is forbidden: "]).unless("is forbidden: User \""),
    ]),
    reason(
        Cause::UploadPathMissing,
        "upload-path-missing",
        "There is no place to upload local files to",
        "Set spark.kubernetes.file.upload.path to a folder that the driver can read, or use files with hdfs://, s3a:// or local://.",
        Whom::You,
    )
    .field(Field::Conf)
    .start()
    .rules(&[said("Spark 3.5.9, KubernetesUtils.scala", &["Please specify spark.kubernetes.file.upload.path property"])]),
    reason(
        Cause::KubernetesLookup,
        "kubernetes-lookup",
        "Livy couldn't look up the session on Kubernetes",
        "Ask the operator to check Livy's version against the cluster's, and that Livy's service account may list pods, services and ingresses in the namespace. The driver may have started all the same.",
        Whom::Operator,
    )
    .weighs(Weight::Broad)
    .rules(&[said(
        "fabric8 Kubernetes client, OperationSupport.java (read at ceb9218), with Livy's label",
        &["Failure executing: GET at: ", "spark-app-tag"],
    )]),
    reason(
        Cause::KubernetesUnreachable,
        "kubernetes-unreachable",
        "The Kubernetes API didn't answer",
        "Try again later. Ask the operator to check the address in Livy's spark.master and whether the API server is overloaded.",
        Whom::Operator,
    )
    .weighs(Weight::Broad)
    .start()
    .rules(&[
        fatal("fabric8 Kubernetes client, KubernetesClientException.java (read at ceb9218)", &["KubernetesClientException: Operation: ["]),
        fatal("fabric8 Kubernetes client, OperationSupport.java (read at ceb9218)", &["KubernetesClientException: Error executing: "]),
        fatal("JDK 17, InetAddress.java, with the name of the API's service", &["UnknownHostException: kubernetes.default"]),
        fatal("fabric8 Kubernetes client 6, OperationSupport.java", &["KubernetesClientException: The timeout period of "]),
        fatal("fabric8 Kubernetes client 5, OperationSupport.java", &["KubernetesClientException: An error has occurred."]),
    ]),
];
