//! Causes in the clouds' stores, and in services that run Livy.

use crate::cause::Cause;
use crate::cause::entry::{Entry, fatal, reason, said};
use crate::cause::found::Whom;
use form::Field;

/// The rows.
pub(super) const ROWS: &[Entry] = &[
    reason(
        Cause::S3BucketMissing,
        "s3-bucket-missing",
        "The bucket doesn't exist",
        "Check the bucket's name in the path.",
        Whom::You,
    )
    .field(Field::Files)
    .rules(&[
        fatal("AWS SDK for Java, error codes of S3", &["NoSuchBucket"]),
        fatal("AWS SDK for Java, error codes of S3", &["The specified bucket does not exist"]),
        fatal("Hadoop 3.3, S3AUtils.java", &["UnknownStoreException: "]),
        fatal("Hadoop 3.3, S3AFileSystem.java", &["FileNotFoundException: Bucket ", " does not exist"]),
    ]),
    reason(
        Cause::S3Region,
        "s3-region",
        "The bucket is in another region than the one that was asked",
        "Set spark.hadoop.fs.s3a.endpoint.region, or spark.hadoop.fs.s3a.endpoint, to the bucket's region.",
        Whom::You,
    )
    .field(Field::Conf)
    .rules(&[
        fatal("Hadoop 3.3, S3AUtils.java", &["AWSRedirectException: "]),
        fatal("AWS SDK for Java, error codes of S3", &["AuthorizationHeaderMalformed"]),
        fatal("AWS SDK for Java, error codes of S3", &["Error Code: PermanentRedirect"]),
    ]),
    reason(
        Cause::S3Credentials,
        "s3-credentials",
        "There are no valid credentials for S3",
        "Set a role or keys for S3 (spark.hadoop.fs.s3a.aws.credentials.provider), or ask the operator for a role on the nodes. Temporary keys may have expired.",
        Whom::You,
    )
    .field(Field::Conf)
    .rules(&[
        fatal("AWS SDK for Java 1.12, AWSCredentialsProviderChain.java", &["Unable to load AWS credentials from any provider"]),
        fatal("AWS SDK for Java 2, AwsCredentialsProviderChain.java", &["Unable to load credentials from any of the providers"]),
        fatal("Hadoop 3.3, AWSCredentialProviderList.java", &["No AWS Credentials provided by"]),
        fatal("AWS SDK for Java, error codes of S3", &["Error Code: InvalidAccessKeyId"]),
        fatal("AWS SDK for Java, error codes of S3", &["Error Code: SignatureDoesNotMatch"]),
        fatal("AWS SDK for Java, error codes of S3", &["Error Code: ExpiredToken"]),
        fatal("AWS SDK for Java, error codes of S3", &["The AWS Access Key Id you provided does not exist"]),
        fatal("AWS SDK for Java, error codes of STS", &["The security token included in the request is "]),
    ]),
    reason(
        Cause::S3Forbidden,
        "s3-forbidden",
        "S3 refused access",
        "Ask for access to the path that the log line names. The role of the nodes, or your keys, need it: being able to sign in isn't enough.",
        Whom::You,
    )
    .field(Field::Files)
    .rules(&[
        fatal("AWS SDK for Java 1.12, AmazonServiceException.java", &["Amazon S3; Status Code: 403"]),
        fatal("AWS SDK for Java 2, AwsServiceException.java", &["(Service: S3, Status Code: 403"]),
        fatal("Hadoop 3.3, S3AUtils.java", &["AccessDeniedException: s3"]),
        fatal("Hadoop 3.3, S3AUtils.java, without a scheme", &["java.nio.file.AccessDeniedException: ", "403"]),
    ]),
    reason(
        Cause::AwsRoleForbidden,
        "aws-role-forbidden",
        "The AWS role isn't allowed to do this",
        "Ask the operator to add the action that the log line names to the role's policy.",
        Whom::Operator,
    )
    .rules(&[
        fatal("AWS IAM, message of a refusal", &[" is not authorized to perform: "]),
        fatal("AWS Glue and Lake Formation, message of a refusal", &["Insufficient Lake Formation permission"]),
    ]),
    reason(
        Cause::AzureContainerMissing,
        "azure-container-missing",
        "The storage container doesn't exist",
        "Check the container and the account in the path: abfss://container@account.dfs.core.windows.net/…",
        Whom::You,
    )
    .field(Field::Files)
    .rules(&[
        fatal("Azure Storage REST, error codes", &["FilesystemNotFound"]),
        fatal("Azure Storage REST, error codes", &["The specified filesystem does not exist"]),
        fatal("Azure Storage REST, error codes", &["The specified container does not exist"]),
        fatal("Hadoop 3.3, AzureNativeFileSystemStore.java", &["Container ", " in account ", " not found"]),
    ]),
    reason(
        Cause::AzureCredentials,
        "azure-credentials",
        "There is no valid key for the Azure storage account",
        "Set spark.hadoop.fs.azure.account.key.<account>.dfs.core.windows.net, or another way to sign in, for the account that the log line names.",
        Whom::You,
    )
    .field(Field::Conf)
    .rules(&[
        fatal("Hadoop 3.3, AzureNativeFileSystemStore.java", &["Unable to access container ", "using anonymous credentials"]),
        fatal("Hadoop 3.3, AzureNativeFileSystemStore.java", &["No credentials found for account "]),
        fatal("Hadoop 3.3, AbfsConfiguration.java", &["Configuration property ", ".core.windows.net not found"]),
        fatal("Hadoop 3.3, SimpleKeyProvider.java", &["Invalid configuration value detected for fs.azure.account.key"]),
        fatal("Hadoop 3.3, AbfsConfiguration.java", &["Failure to initialize configuration", "fs.azure.account"]),
        fatal("Azure Storage REST, error codes", &["Server failed to authenticate the request"]),
        fatal("Hadoop 3.3, AzureADAuthenticator.java", &["failed for getting token from AzureAD"]),
    ]),
    reason(
        Cause::AzureForbidden,
        "azure-forbidden",
        "The Azure storage account refused access",
        "Ask for the role Storage Blob Data Contributor on the account, and whether its firewall lets the cluster in.",
        Whom::You,
    )
    .field(Field::Files)
    .rules(&[
        fatal("Azure Storage REST, error codes", &["AuthorizationPermissionMismatch"]),
        fatal("Azure Storage REST, error codes", &["This request is not authorized to perform this operation"]),
        fatal("Azure Storage REST, error codes", &["AuthorizationFailure", ".core.windows.net"]),
    ]),
    reason(
        Cause::GcsCredentials,
        "gcs-credentials",
        "There are no valid credentials for Google Cloud",
        "Ask the operator for a service account on the nodes, or set spark.hadoop.google.cloud.auth.service.account.json.keyfile.",
        Whom::You,
    )
    .field(Field::Conf)
    .rules(&[
        fatal("Google Cloud Storage connector 2.2, CredentialFactory.java", &["Error getting access token from metadata server"]),
        fatal("Google auth library 1.x, DefaultCredentialsProvider.java", &["Application Default Credentials are not available"]),
        fatal("Google auth library 1.x, DefaultCredentialsProvider.java", &["Your default credentials were not found"]),
    ]),
    reason(
        Cause::GcsForbidden,
        "gcs-forbidden",
        "Google Cloud Storage refused access",
        "Ask for access to the bucket for the service account that the log line names.",
        Whom::You,
    )
    .field(Field::Files)
    .rules(&[
        fatal("Google Cloud Storage JSON API, message of a refusal", &["does not have storage."]),
        fatal("Google Cloud Storage JSON API, message of a refusal", &["does not have serviceusage.services.use"]),
    ]),
    reason(
        Cause::CapacityReached,
        "capacity-reached",
        "The service has no capacity left for this session",
        "Wait and create it again, end sessions you don't need, or ask for fewer executors.",
        Whom::You,
    )
    .start()
    .rules(&[
        said("Microsoft Fabric, Livy API, error codes", &["TooManyRequestsForCapacity"]),
        said("Microsoft Fabric, Livy API, messages", &["hit a spark compute or API rate limit"]),
        said("Azure Synapse, messages of the Spark pool", &["requested ", "vcores. However, the ", "limit"]),
        said("Azure Synapse, messages of the Spark pool", &["requested ", "vcores. However, the pool only has "]),
        said("Amazon EMR Serverless, messages of a job", &["exceeded the maximum capacity limit"]),
        said("Amazon EMR Serverless, messages of a job", &["ApplicationMaxCapacityExceeded"]),
        said("Azure Synapse, error codes", &["_CAPACITY_EXCEEDED"]),
    ]),
    reason(
        Cause::JobTimedOut,
        "job-timed-out",
        "The service ended the session because it took too long",
        "Set a longer timeout where the service has one, or create the session again and use it sooner.",
        Whom::You,
    )
    .field(Field::IdleTimeout)
    .rules(&[
        said("Azure Synapse and Fabric, error codes", &["LIVY_JOB_TIMED_OUT"]),
        said("Azure Synapse and Fabric, messages", &["Job timed out after "]),
    ]),
];
