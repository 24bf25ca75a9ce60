//! Causes in packages: what Ivy looks for before anything starts.

use crate::cause::Cause;
use crate::cause::entry::{Entry, reason, said};
use crate::cause::found::Whom;
use form::Field;

/// The rows.
pub(super) const ROWS: &[Entry] = &[
    reason(
        Cause::PackageNameWrong,
        "package-name-wrong",
        "A package isn't named the way Maven names it",
        "Write each entry of spark.jars.packages as group:artifact:version.",
        Whom::You,
    )
    .field(Field::Conf)
    .start()
    .rules(&[said("Spark 3.5.9, MavenUtils.scala", &["Provided Maven Coordinates must be in the form"])]),
    reason(
        Cause::PackageCacheUnwritable,
        "package-cache-unwritable",
        "Packages can't be saved on Livy's machine",
        "Set spark.jars.ivy to a folder that can be written, for example /tmp/.ivy2.",
        Whom::You,
    )
    .field(Field::Conf)
    .start()
    .rules(&[
        said("Ivy 2.5, as Spark uses it", &["FileNotFoundException: ", "resolved-org.apache.spark-spark-submit-parent"]),
        said("Ivy 2.5, CacheUtil", &["java.io.IOException: ", "impossible to create ", "ivy"]),
        said("Spark 3.5.9, MavenUtils.scala", &["IllegalArgumentException: basedir must be absolute: ", ".ivy2"]),
    ]),
    reason(
        Cause::PackageServerUnreachable,
        "package-server-unreachable",
        "The package repository can't be reached from Livy's machine",
        "Set spark.jars.repositories to one that it can reach, or upload the jars to the cluster and use Jars instead of packages.",
        Whom::You,
    )
    .field(Field::Conf)
    .start()
    .rules(&[
        said("Ivy 2.5, BasicURLHandler", &["Server access error", " url=http"]),
        said("Ivy 2.5, BasicURLHandler", &["Server access Error: ", " url=http"]),
        said("Ivy 2.5, BasicURLHandler", &["Host ", " not found. url=http"]),
    ]),
    reason(
        Cause::PackageNotFound,
        "package-not-found",
        "A package wasn't found in any repository",
        "Check the group, artifact and version in spark.jars.packages, with the cluster's Scala version in the artifact. If Livy's machine has no internet access, use Jars.",
        Whom::You,
    )
    .field(Field::Conf)
    .start()
    .rules(&[
        said("Spark 3.5.9, MavenUtils.scala, with Ivy's words", &["RuntimeException: [unresolved dependency: "]),
        said("Spark 3.5.9, MavenUtils.scala, with Ivy's words", &["RuntimeException: [download failed: "]),
        said("Ivy 2.5, ResolveReport", &["UNRESOLVED DEPENDENCIES"]),
    ]),
];
