//! `cargo xtask spark-conf`: the file of Spark's configuration keys, made from the definitions in Spark's own jars.

use crate::failure::{At, Failure, Outcome};
use crate::livy;
use crate::place::Place;
use crate::step::Step;
use std::fs;
use std::path::PathBuf;

/// The file, which is committed: a build needs neither Java nor Spark.
const FILE: &str = "src/spark-conf-3.5.json";

/// What the command was asked for.
#[derive(Debug)]
pub struct SparkConf {
    /// Compare with the committed file instead of writing it.
    pub check: bool,
    /// Livy's binary distribution, a zip or a folder.
    pub dist: Option<PathBuf>,
}

/// Writes the file, or compares it.
///
/// # Errors
/// Java, Spark or Livy cannot be had, or the committed file is not what the definitions say.
pub fn run(place: &Place, order: &SparkConf) -> Outcome {
    let jars = livy::jars(place, order.dist.as_deref())?;
    let made = place.at("target/livy/spark-conf.json");
    let source = place.at("xtask/src/spark_conf");
    Step::new("Read the definitions of Spark's configuration", "java")
        // The same text on every machine, whatever its language: Java would read and write in the machine's own.
        .args(["-Dfile.encoding=UTF-8", "-Duser.language=en", "-Duser.timezone=UTC"])
        .arg("-cp")
        .arg(jars.join(":"))
        .arg(source.join("ListConf.java"))
        .arg(source.join("words.txt"))
        .arg(&made)
        .quiet(place.at("target/livy/spark-conf.log"))
        .run()?;
    let committed = place.at(FILE);
    if order.check {
        let made = fs::read_to_string(&made).at("Reading what was made")?;
        let known = fs::read_to_string(&committed).unwrap_or_default();
        // PyPI gives the newest 3.5; that a later one defines more is news, and no fault of this checkout.
        if spark(&known) != spark(&made) {
            println!("{FILE} is of Spark {}, and here is {}: not compared.", spark(&known), spark(&made));
            return Ok(());
        }
        return match different(&known, &made) {
            None => {
                println!("{FILE} is what the definitions say.");
                Ok(())
            }
            Some(lines) => Err(Failure::new(format!(
                "{FILE} is not what the definitions say: run cargo xtask spark-conf.\n{lines}"
            ))),
        };
    }
    fs::copy(&made, &committed).at(format!("Writing {FILE}"))?;
    println!("Wrote {FILE}.");
    Ok(())
}

/// The version in the file's first line: `{"spark":"3.5.9",…`.
fn spark(text: &str) -> &str {
    text.split('"').nth(3).unwrap_or_default()
}

/// The first lines that one has and the other has not, as a difference is written.
fn different(known: &str, made: &str) -> Option<String> {
    if known == made {
        return None;
    }
    let lacks = |text: &str, line: &str| !text.lines().any(|it| it == line);
    let gone = known.lines().filter(|line| lacks(made, line)).map(|line| format!("- {line}"));
    let new = made.lines().filter(|line| lacks(known, line)).map(|line| format!("+ {line}"));
    let lines: Vec<String> = gone.take(5).chain(new.take(5)).collect();
    Some(if lines.is_empty() {
        "The same lines stand in another order.".to_owned()
    } else {
        lines.join("\n")
    })
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
        assert_eq!(different("a\nb\n", "b\na\n").as_deref(), Some("The same lines stand in another order."));
    }
}
