//! Spark for the real Livy: PyPI's `pyspark` in a virtual environment under `target/livy`.

use crate::failure::{At, Failure, Outcome};
use crate::step::{Step, answer_of};
use crate::version::Version;
use std::fs;
use std::path::{Path, PathBuf};

/// Livy 0.9.0 is built for Scala 2.12; Spark 4 is not.
const SPARK: &str = "pyspark==3.5.*";

/// What to say on a machine without Python.
pub const NO_PYTHON: &str =
    "Python 3 is missing. PySpark sessions need it (Debian: apt-get install python3 python3-venv).";

/// An installed Spark.
#[derive(Debug)]
pub struct Spark {
    /// `SPARK_HOME`.
    pub home: PathBuf,
    /// The Python that sessions use.
    pub python: PathBuf,
}

/// The Spark in `home`. Installs it if needed.
///
/// # Errors
/// Python 3 or its venv module is missing, or PyPI does not answer.
pub fn installed(home: &Path) -> Outcome<Spark> {
    let venv = home.join("spark");
    // Written last: an interrupted installation is repeated.
    let complete = venv.join("complete");
    if !complete.is_file() {
        install(&venv)?;
        fs::write(&complete, SPARK).at("Writing to the virtual environment")?;
    }
    let python = venv.join("bin/python3");
    let find = "import os, pyspark; print(os.path.dirname(pyspark.__file__))";
    match answer_of(&python, &["-c", find]) {
        Some(spark) => Ok(Spark { home: spark.into(), python }),
        None => Err(Failure::new(format!(
            "The Python in {} does not find pyspark. Remove that folder and run the command again.",
            venv.display()
        ))),
    }
}

fn install(venv: &Path) -> Outcome {
    match answer_of("python3", &["--version"]).as_deref().and_then(Version::of_program) {
        Some(version) if version.major == 3 && version.minor >= 8 => {}
        Some(version) => {
            return Err(Failure::new(format!("Spark 3.5 needs Python 3.8 or later; this is {version}.")));
        }
        None => return Err(Failure::new(NO_PYTHON)),
    }
    let log = venv.with_extension("log");
    Step::new("Create a virtual environment for Spark", "python3")
        .args(["-m", "venv", "--clear"])
        .arg(venv)
        .quiet(log.clone())
        .missing(NO_PYTHON)
        .run()
        .map_err(|failure| Failure::new(format!("{failure} On Debian: apt-get install python3-venv.")))?;
    Step::new("Install Spark 3.5 from PyPI (once, about 300 MB)", venv.join("bin/python3"))
        .args(["-m", "pip", "install", "--disable-pip-version-check", "--no-input", SPARK])
        .quiet(log)
        .run()
}
