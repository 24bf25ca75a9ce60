//! Causes on Kubernetes: what its API, its scheduler and its nodes refuse.

use crate::cause::Cause;
use crate::cause::entry::{Entry, fatal, last, reason, said};
use crate::cause::found::{Weight, Whom};
use form::Field;

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
        "The Kubernetes namespace doesn't exist",
        "Check spark.kubernetes.namespace, or ask the operator to create the namespace.",
        Whom::You,
    )
    .field(Field::Conf)
    .start()
    .rules(&[said("Kubernetes 1.30, API server", &["namespaces \"", "\" not found"])]),
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
        said("fabric8 Kubernetes client 5, OperationSupport.java", &["Forbidden!Configured service account doesn't have access"])
            .unless("quota"),
        said("fabric8 Kubernetes client 6, OperationSupport.java", &["Unauthorized! Configured service account doesn't have access"]),
        said("fabric8 Kubernetes client 5, OperationSupport.java", &["Message: Unauthorized! Token may have expired"]),
    ]),
    reason(
        Cause::PodUnschedulable,
        "pod-unschedulable",
        "No Kubernetes node has room for the driver",
        "Wait, end sessions you don't need, or ask for less memory and fewer cores. If the line speaks of taints, selectors or affinity, ask the operator.",
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
        "Kubernetes can't get the container image",
        "Check the image's name and tag in spark.kubernetes.container.image. A private registry needs spark.kubernetes.container.image.pullSecrets.",
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
        Cause::PodConfigMissing,
        "pod-config-missing",
        "A secret or config map that the pod needs doesn't exist",
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
        Cause::PodInvalid,
        "pod-invalid",
        "Kubernetes doesn't accept the pod",
        "Fix the setting that the log line speaks of: a limit below its request, a volume that is mounted twice, or a name with a character that isn't allowed.",
        Whom::You,
    )
    .field(Field::Conf)
    .start()
    .rules(&[
        said("Kubernetes 1.30, API server validation", &["Pod \"", "\" is invalid: "]),
        said("fabric8 Kubernetes client 5, OperationSupport.java", &["Unprocessable Entity. Received status: Status(apiVersion=v1, code=422"]),
        said("Kubernetes 1.30, PodSecurity admission", &["is forbidden: violates PodSecurity"]),
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
