//! `cargo xtask livy`: a real Apache Livy with a real Spark, in local mode, on this machine only.
//!
//! It uses Livy's own binary distribution and Spark from PyPI, and writes everything to `target/livy`. Several servers can run
//! side by side, one per port. The project contains only this recipe, no part of Livy or Spark.

mod distribution;
mod server;
mod settings;
mod spark;

use crate::failure::{Failure, Outcome};
use crate::place::Place;
use crate::serve;
use crate::step::answer_of;
use std::path::{Path, PathBuf};

/// What to do with the server of one port.
#[derive(Debug, PartialEq, Clone, Copy)]
pub enum Task {
    /// Run it until Ctrl-C.
    Foreground,
    /// Start it and return when it answers.
    Detach,
    /// Stop the one that was detached.
    Stop,
}

/// The options of `livy`.
#[derive(Debug)]
pub struct Livy {
    /// Port on 127.0.0.1.
    pub port: u16,
    /// Livy's binary distribution, a zip or a folder.
    pub dist: Option<PathBuf>,
    /// Lines of `livy.conf` that extend or replace ours.
    pub conf: Vec<(String, String)>,
    /// What to do.
    pub task: Task,
}

/// Runs, starts or stops a server.
///
/// # Errors
/// A prerequisite is missing, the port is taken, or the server does not start.
pub fn run(place: &Place, livy: Livy) -> Outcome {
    let home = place.at("target/livy");
    let own = home.join(livy.port.to_string());
    if livy.task == Task::Stop {
        return server::stop(&own, livy.port);
    }
    serve::port_is_free(livy.port)?;
    java()?;
    let distribution = distribution::find(place, livy.dist.as_deref())?;
    let livy_home = distribution::unpacked(&distribution, &home)?;
    let spark = spark::installed(&home)?;
    settings::write(&own, livy.port, &livy.conf)?;
    let running = server::start(&own, &livy_home, &spark, livy.port)?;
    println!("A real Livy answers at http://127.0.0.1:{} (log: {}).", livy.port, running.log().display());
    if livy.task == Task::Detach {
        println!("It keeps running. Stop it with cargo xtask livy --stop --port {}.", livy.port);
        return Ok(());
    }
    println!("Press Ctrl-C to stop it and its sessions.");
    running.until_asked_to_end()
}

/// The class paths of Spark and of Livy's own part in a session. Installs and unpacks them if needed.
///
/// # Errors
/// Java is missing, or one of them cannot be installed.
pub fn jars(place: &Place, dist: Option<&Path>) -> Outcome<[String; 2]> {
    let livy = unpacked(place, dist)?;
    let spark = spark::installed(&place.at("target/livy"))?;
    Ok([spark.home.join("jars/*"), livy.join("rsc-jars/*")].map(|it| it.display().to_string()))
}

/// The class path of Livy's server.
///
/// # Errors
/// Java or the distribution is missing.
pub fn own_jars(place: &Place, dist: Option<&Path>) -> Outcome<PathBuf> {
    Ok(unpacked(place, dist)?.join("jars/*"))
}

fn unpacked(place: &Place, dist: Option<&Path>) -> Outcome<PathBuf> {
    java()?;
    distribution::unpacked(&distribution::find(place, dist)?, &place.at("target/livy"))
}

fn java() -> Outcome {
    let program = std::env::var_os("JAVA_HOME")
        .map_or_else(|| "java".into(), |home| PathBuf::from(home).join("bin/java"));
    let found = answer_of(program, &["-version"]);
    match found.as_deref().and_then(java_major) {
        Some(8 | 11 | 17) => Ok(()),
        other => {
            let found = other.map_or_else(|| "none was found".to_owned(), |major| format!("this is {major}"));
            Err(Failure::new(format!(
                "Livy needs Java 17 (8 and 11 work too), and {found}. Install it (Debian: apt-get install openjdk-17-jre-headless) or set JAVA_HOME."
            )))
        }
    }
}

/// The major version in the output of `java -version`; before Java 9 it came after "1.".
fn java_major(answer: &str) -> Option<u32> {
    let version = answer.split('"').nth(1)?;
    let version = version.strip_prefix("1.").unwrap_or(version);
    version.split(['.', '-', '+', '_']).next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::java_major;

    #[test]
    fn java_versions_old_and_new() {
        assert_eq!(java_major("openjdk version \"17.0.15\" 2026-04-15\nOpenJDK Runtime"), Some(17));
        assert_eq!(java_major("java version \"1.8.0_402\""), Some(8));
        assert_eq!(java_major("openjdk version \"21-ea\" 2023-09-19"), Some(21));
        assert_eq!(java_major("command not found"), None);
    }
}
