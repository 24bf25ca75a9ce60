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
        .arg("-cp")
        .arg(jars.join(":"))
        .arg(source.join("ListConf.java"))
        .arg(source.join("words.txt"))
        .arg(&made)
        .quiet(place.at("target/livy/spark-conf.log"))
        .run()?;
    let committed = place.at(FILE);
    if order.check {
        let same = fs::read(&made).at("Reading what was made")? == fs::read(&committed).unwrap_or_default();
        return if same {
            println!("{FILE} is what the definitions say.");
            Ok(())
        } else {
            Err(Failure::new(format!("{FILE} is not what the definitions say: run cargo xtask spark-conf.")))
        };
    }
    fs::copy(&made, &committed).at(format!("Writing {FILE}"))?;
    println!("Wrote {FILE}.");
    Ok(())
}
