//! Causes in users, Kerberos and tokens, on either side.

use crate::cause::Cause;
use crate::cause::entry::{Entry, fatal, reason, said};
use crate::cause::found::{Weight, Whom};
use form::Field;

/// What Java says of a Kerberos server that it cannot talk to (JDK 17, `KdcComm.java` passes on the words of `java.net`).
const SILENCE: [&str; 12] = [
    "Receive timed out",
    "onnect timed out",
    "Connection timed out",
    "Connection refused",
    "Connection reset",
    "ICMP Port Unreachable",
    "No route to host",
    "Network is unreachable",
    "Name or service not known",
    "Temporary failure in name resolution",
    "Cannot get kdc for realm ",
    "Cannot contact any KDC",
];

fn is_silence(line: &str) -> bool {
    SILENCE.iter().any(|it| line.contains(it))
}

/// What Java and the Kerberos server say of a keytab that is not there, cannot be read, or lacks the right key (JDK 17,
/// `Krb5LoginModule.java` and `KrbException.java`; RFC 4120).
const OF_A_KEYTAB: [&str; 10] = [
    "Unable to obtain password",
    "No key to store",
    "Cannot find key ",
    "Checksum failed",
    "Pre-authentication information was invalid",
    "Integrity check on decrypted field failed",
    "no support for encryption type",
    "Client not found in Kerberos database",
    "does not exist",
    "ermission denied",
];

/// True where the words after the keytab's path speak of it, or nothing is there.
fn is_about_the_keytab(line: &str) -> bool {
    let told = line.split_once("from keytab ").map_or("", |it| it.1);
    !told.contains("Exception: ") || OF_A_KEYTAB.iter().any(|it| told.contains(it))
}

/// The rows.
pub(super) const ROWS: &[Entry] = &[
    reason(
        Cause::ImpersonationRefused,
        "impersonation-refused",
        "Livy isn't allowed to act for this user",
        "Ask the cluster's operator to allow it (hadoop.proxyuser in core-site.xml).",
        Whom::Operator,
    )
    .field(Field::ProxyUser)
    .rules(&[
        said("Hadoop 3.3, DefaultImpersonationProvider.java", &["User: ", " is not allowed to impersonate "]),
        said("Hadoop 3.3, DefaultImpersonationProvider.java", &["Unauthorized connection for super-user: "]),
    ]),
    reason(
        Cause::UserBanned,
        "user-banned",
        "The cluster's nodes refuse to run anything for this user",
        "Use another proxy user: hdfs, yarn, mapred and bin are banned by default. The operator can change banned.users in container-executor.cfg.",
        Whom::You,
    )
    .field(Field::ProxyUser)
    .start()
    .rules(&[said("Hadoop 3.3, container-executor.c", &["Requested user ", " is banned"])]),
    reason(
        Cause::UserIdTooLow,
        "user-id-too-low",
        "The cluster's nodes refuse users with an id this low",
        "Use another proxy user, or ask the operator to lower min.user.id in container-executor.cfg.",
        Whom::You,
    )
    .field(Field::ProxyUser)
    .start()
    .rules(&[said("Hadoop 3.3, container-executor.c", &["Requested user ", " has id ", "below the minimum allowed"])]),
    reason(
        Cause::UserUnknown,
        "user-unknown",
        "The cluster doesn't know this user",
        "Check the proxy user. Every node has to know the name.",
        Whom::You,
    )
    .field(Field::ProxyUser)
    .rules(&[
        said("Hadoop 3.3, container-executor.c", &["main : requested yarn user is ", "User ", " not found"]),
        said("Hadoop 3.3, container-executor.c", &["User ", " not found"]).after("main : requested yarn user is "),
        // The JVM asks the machine for the name of its user, and the machine has none.
        said(
            "Hadoop 3.3, UserGroupInformation.java; JDK 17, UnixPrincipal.java",
            &["LoginException: java.lang.NullPointerException: invalid null input: name"],
        ),
        fatal("Hadoop 3.3, ShellBasedUnixGroupsMapping.java", &["PartialGroupNameException: ", "no such user"]),
    ]),
    reason(
        Cause::DriverHandshake,
        "driver-handshake",
        "The driver and Livy couldn't agree on a connection",
        "They probably run different Java or Livy versions. Ask the operator to start Spark with the Java that Livy runs on, and with the jars of the same Livy.",
        Whom::Operator,
    )
    .start()
    .rules(&[
        said("Livy 0.9.0, Rpc.java", &["Client closed before SASL negotiation finished"]),
        said("Livy 0.9.0, RpcServer.java", &["Server closed before SASL negotiation finished"]),
        said("Livy 0.9.0, SaslHandler.java", &["Encryption required, but SASL negotiation did not set it up"]),
    ]),
    reason(
        Cause::NoTicket,
        "no-ticket",
        "The cluster requires Kerberos, and the driver came without a ticket",
        "Ask the operator to check Livy's keytab and that Livy reads the cluster's core-site.xml with hadoop.security.authentication set to kerberos.",
        Whom::Operator,
    )
    .rules(&[fatal("Hadoop 3.3, Server.java", &["SIMPLE authentication is not enabled"])]),
    reason(
        Cause::ClockSkew,
        "clock-skew",
        "The clocks of two machines differ too much",
        "Ask the operator to synchronise the clocks (NTP).",
        Whom::Operator,
    )
    .rules(&[
        fatal("JDK 17, KrbException with the words of RFC 4120", &["Clock skew too great"]),
        fatal("JDK 17, KrbApReq.java", &["Request is a replay (34)"]),
        fatal("AWS SDK for Java, error codes of S3", &["RequestTimeTooSkewed"]),
        fatal("AWS SDK for Java, messages of S3", &["The difference between the request time and the current time is too large"]),
    ]),
    reason(
        Cause::KdcUnreachable,
        "kdc-unreachable",
        "The Kerberos server didn't answer",
        "Try again later. If it stays, ask the operator to check krb5.conf and the KDC.",
        Whom::Operator,
    )
    .rules(&[
        fatal("MIT Kerberos 1.20, sendto_kdc.c", &["Cannot contact any KDC"]),
        fatal("JDK 17, Krb5LoginModule.java", &["LoginException: "]).when(is_silence),
        fatal("JDK 17, Krb5Context.java", &["GSSException: ", "(Mechanism level: "]).when(is_silence),
        fatal("JDK 17, Config.java", &["Cannot locate KDC"]),
        fatal("JDK 17, Config.java", &["Cannot locate default realm"]),
        fatal("Hadoop 3.3, KerberosUtil", &["Can't get Kerberos realm"]),
    ]),
    reason(
        Cause::PrincipalRefused,
        "principal-refused",
        "Kerberos doesn't let this account sign in",
        "Ask the operator to check the principal that the log line names: it may be locked, or it or its password has expired.",
        Whom::Operator,
    )
    .rules(&[
        fatal("RFC 4120, KDC_ERR_CLIENT_REVOKED, in the words of JDK 17, Krb5.java", &["Clients credentials have been revoked"]),
        fatal("RFC 4120, KDC_ERR_NAME_EXP, in the words of JDK 17, Krb5.java", &["Client's entry in database has expired"]),
        fatal("RFC 4120, KDC_ERR_KEY_EXPIRED, in the words of JDK 17, Krb5.java", &["Password has expired (23)"]),
        fatal("RFC 4120, KDC_ERR_POLICY, in the words of JDK 17, Krb5.java", &["KDC policy rejects request"]),
    ]),
    reason(
        Cause::KeytabWrong,
        "keytab-wrong",
        "The Kerberos keytab is missing or doesn't fit",
        "Ask the operator to renew the keytab. If you set spark.kerberos.keytab or spark.yarn.keytab, check the path and the principal.",
        Whom::Operator,
    )
    .rules(&[
        fatal("Spark 3.5.9, SparkSubmit.scala", &["Keytab file: ", " does not exist"]),
        fatal("JDK 17, KrbException with the words of RFC 4120", &["LoginException: Checksum failed"]),
        fatal("JDK 17, KrbException with the words of RFC 4120", &["Pre-authentication information was invalid"]),
        fatal("Hadoop 3.3, UserGroupInformation.java", &["KerberosAuthException: ", "from keytab "]).when(is_about_the_keytab),
        fatal("Hadoop 2.7, UserGroupInformation.java", &["IOException: Login failure for ", " from keytab "]).when(is_about_the_keytab),
    ]),
    reason(
        Cause::TokenExpired,
        "token-expired",
        "A delegation token has expired or isn't known any more",
        "Create the session again. For sessions that run for days, ask the operator for a keytab that Spark renews tokens with.",
        Whom::You,
    )
    .rules(&[
        fatal("Hadoop 3.3, AbstractDelegationTokenSecretManager.java", &["InvalidToken", "can't be found in cache"]),
        fatal("Hadoop 3.3, AbstractDelegationTokenSecretManager.java", &["InvalidToken", "is expired"]),
        fatal("Hadoop 2.7, AbstractDelegationTokenSecretManager.java", &["token (", "can't be found in cache"]),
        // The other side has no such token, or another secret for it: the metastore of Hive says no more.
        fatal("JDK 17, DigestMD5Server.java", &["DIGEST-MD5: IO error acquiring password"]),
        fatal("JDK 17, DigestMD5Server.java", &["DIGEST-MD5: digest response format violation"]),
    ]),
    reason(
        Cause::TokenRefused,
        "token-refused",
        "The cluster didn't give or renew a delegation token",
        "Ask the operator to renew Livy's own Kerberos ticket, since tokens are given only to a user with one, and to check that YARN may renew them.",
        Whom::Operator,
    )
    .start()
    .rules(&[
        said(
            "Hadoop 3.3, FSNamesystem.java",
            &["Delegation Token can be issued only with kerberos or web authentication"],
        ),
        fatal("Hadoop 3.3, DelegationTokenRenewer.java", &["Failed to renew token: Kind: "]),
    ]),
    reason(
        Cause::KeyServerRefused,
        "key-server-refused",
        "The encryption key server (KMS) refused Livy",
        "Ask the operator to allow Livy to act for others in the key server (hadoop.kms.proxyuser in kms-site.xml).",
        Whom::Operator,
    )
    .start()
    .rules(&[
        fatal("Hadoop 3.3, AuthenticatedURL.java", &["Authentication failed, URL: ", "/kms/v1/"]),
        fatal("Hadoop 3.3, KMSClientProvider.java", &["ConnectException", "/kms/v1/"]),
    ]),
    reason(
        Cause::KeyForbidden,
        "key-forbidden",
        "This user may not use an encryption key",
        "Ask the operator for the right to use the key that the log line names.",
        Whom::Operator,
    )
    .rules(&[
        fatal("Hadoop 3.3, KMSACLs.java", &["User:", " not allowed to do '", "' on '"]),
        fatal("Ranger 2.4, RangerKmsAuthorizer.java", &["User:", " not allowed to do 'DECRYPT_EEK'"]),
    ]),
    reason(
        Cause::HbaseCredentials,
        "hbase-credentials",
        "HBase refused the sign-in",
        "Ask the operator to let Spark fetch HBase tokens (spark.security.credentials.hbase.enabled, with HBase's configuration on Livy's machine).",
        Whom::Operator,
    )
    .rules(&[fatal(
        "HBase 2.4, RpcConnection.java",
        &["SASL authentication failed. The most likely cause is missing or invalid credentials"],
    )]),
    reason(
        Cause::Kerberos,
        "kerberos",
        "Kerberos refused the sign-in",
        "Usually the server's ticket is missing or has expired. Ask Livy's operator to check it.",
        Whom::Operator,
    )
    .weighs(Weight::Broad)
    .rules(&[
        fatal("JDK 17, GssKrb5Client.java", &["GSS initiate failed"]),
        fatal("Hadoop 3.3, UserGroupInformation.java", &["KerberosAuthException: ", "LoginException: "]),
        fatal("Hadoop 2.8, UserGroupInformation.java", &["IOException: Login failure for ", "LoginException: "]),
        fatal("JDK 17, Krb5InitCredential.java", &["GSSException: No valid credentials provided"]),
        fatal("Hadoop 3.3, SaslRpcClient.java", &["Client cannot authenticate via:["]),
        fatal("JDK 17, Krb5LoginModule.java", &["javax.security.auth.login.LoginException: Unable to obtain "]),
        fatal(
            "JDK 17, Krb5LoginModule.java, with the words of RFC 4120",
            &["LoginException: Client not found in Kerberos database"],
        ),
        fatal("JDK 17, KrbException with the words of RFC 4120", &["Server not found in Kerberos database"]),
        fatal("JDK 17, KrbException with the words of RFC 4120", &["Ticket expired (32)"]),
    ]),
];
