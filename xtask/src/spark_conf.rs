//! `cargo xtask spark-conf`: writes the files of Spark's configuration keys and their types from the definitions in Spark's own
//! jars.

use crate::failure::{At, Failure, Outcome};
use crate::livy;
use crate::place::Place;
use crate::step::Step;
use std::fs;
use std::path::PathBuf;

/// The file for completing keys. Both files are committed: a build needs neither Java nor Spark.
const FILE: &str = "src/spark-conf-3.5.json";
/// The file for checking values, a part of the program.
const TYPES: &str = "src/spark-types-3.5.txt";

/// The options of `spark-conf`.
#[derive(Debug)]
pub struct SparkConf {
    /// Compare with the committed files instead of writing them.
    pub check: bool,
    /// Livy's binary distribution, a zip or a folder.
    pub dist: Option<PathBuf>,
}

/// Writes the files, or compares them.
///
/// # Errors
/// Java, Spark or Livy is missing, or a committed file differs from the definitions.
pub fn run(place: &Place, order: &SparkConf) -> Outcome {
    let jars = livy::jars(place, order.dist.as_deref())?;
    let files =
        [(place.at("target/livy/spark-conf.json"), FILE), (place.at("target/livy/spark-types.txt"), TYPES)];
    let source = place.at("xtask/src/spark_conf");
    Step::new("Read the definitions of Spark's configuration", "java")
        // Java would use the language of the machine. The text must be the same everywhere.
        .args(["-Dfile.encoding=UTF-8", "-Duser.language=en", "-Duser.timezone=UTC"])
        .arg("-cp")
        .arg(jars.join(":"))
        .arg(source.join("ListConf.java"))
        .arg(source.join("words.txt"))
        .args(files.iter().map(|(made, _)| made))
        .quiet(place.at("target/livy/spark-conf.log"))
        .run()?;
    if order.check {
        return check(place, &files);
    }
    for (made, file) in files {
        fs::copy(&made, place.at(file)).at(format!("Writing {file}"))?;
        println!("Wrote {file}.");
    }
    Ok(())
}

/// Compares the new files with the committed ones.
fn check(place: &Place, files: &[(PathBuf, &str)]) -> Outcome {
    let mut versions: Option<(String, String)> = None;
    for (made, file) in files {
        let made = fs::read_to_string(made).at("Reading the new file")?;
        let known = fs::read_to_string(place.at(file)).unwrap_or_default();
        let (old, new) = versions.get_or_insert_with(|| (spark(&known).to_owned(), spark(&made).to_owned()));
        // PyPI has the newest 3.5. If it defines more, that is not a fault of this checkout.
        if old != new {
            println!("{file} is from Spark {old}; this is {new}. Not compared.");
            continue;
        }
        if let Some(lines) = different(&known, &made) {
            return Err(Failure::new(format!(
                "{file} differs from the definitions. Run cargo xtask spark-conf.\n{lines}"
            )));
        }
        println!("{file} matches the definitions.");
    }
    Ok(())
}

/// The version in the file's first line: `{"spark":"3.5.9",…`.
fn spark(text: &str) -> &str {
    text.split('"').nth(3).unwrap_or_default()
}

/// The first lines that are in only one of the two, written like a diff.
fn different(known: &str, made: &str) -> Option<String> {
    if known == made {
        return None;
    }
    let lacks = |text: &str, line: &str| !text.lines().any(|it| it == line);
    let gone = known.lines().filter(|line| lacks(made, line)).map(|line| format!("- {line}"));
    let new = made.lines().filter(|line| lacks(known, line)).map(|line| format!("+ {line}"));
    let lines: Vec<String> = gone.take(5).chain(new.take(5)).collect();
    Some(if lines.is_empty() { "The same lines are in another order.".to_owned() } else { lines.join("\n") })
}

#[cfg(test)]
mod tests {
    use super::{different, spark};

    #[test]
    fn the_version_is_read() {
        assert_eq!(spark("{\"spark\":\"3.5.9\",\"source\":\"x\"}"), "3.5.9");
        assert_eq!(spark(""), "");
    }

    #[test]
    fn a_difference_is_shown() {
        assert_eq!(different("a\nb\n", "a\nb\n"), None);
        assert_eq!(different("a\nb\n", "a\nc\n").as_deref(), Some("- b\n+ c"));
        assert_eq!(different("a\nb\n", "b\na\n").as_deref(), Some("The same lines are in another order."));
    }
}
