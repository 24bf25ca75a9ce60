//! Causes in the interpreters of Livy's kinds: Python, R and Scala, 0.3 to 0.9.

use crate::cause::Cause;
use crate::cause::entry::{Entry, fatal, last, reason, said};
use crate::cause::found::{Weight, Whom};
use crate::cause::table::{is_not_allowed, is_not_there};
use form::Field;

/// The rows.
pub(super) const ROWS: &[Entry] = &[
    reason(
        Cause::HiveClassesMissing,
        "hive-classes-missing",
        "The cluster's Spark was built without Hive",
        "Ask the operator to set livy.repl.enable-hive-context to false, or to install a Spark with Hive.",
        Whom::Operator,
    )
    .rules(&[
        said(
            "Livy 0.9.0, fake_shell.py; JDK 17, ClassLoader.java",
            &["NoClassDefFoundError: org/apache/spark/sql/hive/"],
        ),
        fatal("JDK 17, URLClassLoader.java", &["ClassNotFoundException: org.apache.spark.sql.hive."]),
        fatal("Spark 3.5.9, SparkSession.scala", &["Hive support because Hive classes are not found"]),
    ]),
    reason(
        Cause::PythonMissing,
        "python-missing",
        "Python wasn't found",
        "Check spark.pyspark.python, or PYSPARK_PYTHON on the server.",
        Whom::You,
    )
    .field(Field::Conf)
    .rules(&[
        said(
            "JDK 17 and 25, ProcessBuilder.java",
            &["Cannot run program \"", "python"],
        )
        .when(is_not_there),
        said("GNU coreutils, env.c", &["^env: ", "python", "No such file or directory"]),
        said("JDK 17 and 25, ProcessBuilder.java", &["Cannot run program \"", "python"]).when(is_not_allowed),
    ]),
    reason(
        Cause::PysparkMissing,
        "pyspark-missing",
        "Spark's own Python files weren't found",
        "Ask the operator to check python/lib in Spark's folder on Livy's machine, or PYSPARK_ARCHIVES_PATH.",
        Whom::Operator,
    )
    .start()
    .rules(&[
        fatal(
            "Spark 3.5.9, yarn/Client.scala, findPySparkArchives",
            &["not found", "; cannot run pyspark application in YARN mode"],
        ),
        said("Livy 0.9.0, fake_shell.py", &["ImportError: No module named pyspark"]),
        said("Livy 0.9.0, fake_shell.py", &["ModuleNotFoundError: No module named 'pyspark'"]),
        said("Livy 0.9.0, fake_shell.py", &["ModuleNotFoundError: No module named 'py4j"]),
    ]),
    reason(
        Cause::PysparkMismatch,
        "pyspark-mismatch",
        "PySpark and Spark are of different versions",
        "Take pyspark out of the Python environment or archive that you set, or use the version of the cluster's Spark. If you set none, ask the operator.",
        Whom::You,
    )
    .field(Field::Conf)
    .rules(&[
        fatal("Spark 3.5.9, context.py; Py4J 0.10, java_gateway.py", &["TypeError: 'JavaPackage' object is not callable"]),
        fatal("Spark 3.5.9, context.py; Py4J 0.10, protocol.py", &["Py4JError: org.apache.spark.", " does not exist in the JVM"]),
        said("Spark 3.5.9, context.py; Py4J 0.10, protocol.py", &["org.apache.spark.api.python.PythonUtils.", " does not exist in the JVM"]),
    ]),
    reason(
        Cause::PythonUnsupported,
        "python-unsupported",
        "Livy or Spark doesn't run on this Python version",
        "Set spark.pyspark.python to a Python version that the cluster's Spark supports.",
        Whom::You,
    )
    .field(Field::Conf)
    .rules(&[
        fatal("Python 3.10, collections", &["ImportError: cannot import name ", "from 'collections'"]),
        fatal("Python 3.10, collections", &["AttributeError: module 'collections' has no attribute "]),
        fatal(
            "Python 3.8, cloudpickle of Spark 2.4",
            &["TypeError: ", "an integer is required (got type bytes)"],
        ),
        last("Spark 3.5.9, worker.py", &["Python in worker has different version", "than that in driver"]),
    ]),
    reason(
        Cause::PythonModuleMissing,
        "python-module-missing",
        "A Python module is missing",
        "Add it as a Python file or in an archive, or ask the operator to install it on every node.",
        Whom::You,
    )
    .field(Field::PyFiles)
    .rules(&[
        fatal("Python 3, importlib", &["ModuleNotFoundError: No module named "]),
        fatal("Python 2, import.c", &["ImportError: No module named "]),
    ]),
    reason(
        Cause::SparkrMissing,
        "sparkr-missing",
        "Spark's R package wasn't found",
        "Choose another kind, or ask the operator to install SparkR (R/lib/sparkr.zip in Spark's folder).",
        Whom::Operator,
    )
    .field(Field::Kind)
    .rules(&[
        said("Livy 0.9.0, InteractiveSession.scala", &["sparkr.zip not found; cannot start R interpreter"]),
        said("R 4, library.R", &["there is no package called ", "SparkR"]),
        said("Spark 3.5.9, SparkSubmit.scala", &["SparkR package", "does not exist"]),
    ]),
    reason(
        Cause::RMissing,
        "r-missing",
        "R wasn't found",
        "Choose another kind, or ask for R to be installed on the server.",
        Whom::You,
    )
    .field(Field::Kind)
    .rules(&[
        said("Spark 3.5.9, RUtils.scala", &["Cannot find sparkr package directory"]),
        said("JDK 17 and 25, ProcessBuilder.java", &["Cannot run program \"R\""]).when(is_not_there),
        said("JDK 17 and 25, ProcessBuilder.java", &["Cannot run program \"", "/R\""]).when(is_not_there),
        said("JDK 17 and 25, ProcessBuilder.java", &["Cannot run program \"", "Rscript\""]).when(is_not_there),
    ]),
    reason(
        Cause::InterpreterDied,
        "interpreter-died",
        "The process that runs the session's code ended",
        "The lines after it in the log say why. Check that the Python or R on the nodes works.",
        Whom::You,
    )
    .field(Field::Kind)
    .weighs(Weight::End)
    .rules(&[
        said("Livy 0.9.0, ProcessInterpreter.scala", &["Interpreter: Process has died with "]),
        said("Livy 0.9.0, PythonInterpreter.scala", &["python process shut down while returning "]),
    ]),
    reason(
        Cause::InterpreterFailed,
        "interpreter-failed",
        "An interpreter didn't start",
        "The lines after it in the log say why. Statements of other kinds may still run.",
        Whom::You,
    )
    .field(Field::Kind)
    .weighs(Weight::Late)
    .rules(&[said("Livy 0.9.0, repl Session.scala", &[crate::cause::NO_INTERPRETER])]),
];
