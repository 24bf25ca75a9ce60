//! The process of a real Livy: started in its own process group, watched until it answers, stopped with all its drivers.

use super::spark::Spark;
use crate::failure::{At, Failure, Outcome};
use crate::serve::{Proxy, Upstream};
use crate::step::answer_of;
use axum::http::{Request, StatusCode};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tokio::runtime::Runtime;

const UP_WITHIN: Duration = Duration::from_secs(90);
/// Drivers usually stop soon after their server. The rest are killed.
const DOWN_WITHIN: Duration = Duration::from_secs(15);
const LOOK_EVERY: Duration = Duration::from_millis(250);

/// A server that answers.
pub struct Running {
    child: Child,
    own: PathBuf,
    runtime: Runtime,
}

/// Starts Livy and waits until it answers.
///
/// # Errors
/// It ends or does not answer. The end of its log is printed.
pub fn start(own: &Path, livy_home: &Path, spark: &Spark, port: u16) -> Outcome<Running> {
    println!("==> Start Livy on port {port}");
    let log = own.join("log/livy-server.out");
    let output = File::create(&log).at(format!("Writing {}", log.display()))?;
    let mut command = Command::new("bash");
    command
        // Without an argument it stays in the foreground and becomes the server itself.
        .arg(livy_home.join("bin/livy-server"))
        .env("SPARK_HOME", &spark.home)
        .env("PYSPARK_PYTHON", &spark.python)
        .env("SPARK_LOCAL_IP", "127.0.0.1")
        .env("LIVY_CONF_DIR", own.join("conf"))
        .env("LIVY_LOG_DIR", own.join("log"))
        .env("LIVY_PID_DIR", own.join("pid"))
        .env("LIVY_SERVER_JAVA_OPTS", format!("-Djava.io.tmpdir={}", own.join("tmp").display()))
        // Settings of another Spark on this machine must not mix with ours.
        .env_remove("SPARK_CONF_DIR")
        .env_remove("HADOOP_CONF_DIR")
        .env_remove("YARN_CONF_DIR")
        .env_remove("LIVY_CLASSPATH")
        .stdin(Stdio::null())
        .stderr(output.try_clone().at("Opening the log file twice")?)
        .stdout(output);
    // The group contains the server and its drivers. Ctrl-C reaches only this program, which then stops them in order.
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    // The runtime comes first: once Livy runs, nothing may fail before it is watched.
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().build().at("Preparing to ask Livy")?;
    let child = command
        .spawn()
        .map_err(|error| Failure::new(format!("Cannot run bash, which starts Livy ({error}).")))?;
    fs::write(own.join("pid/group"), child.id().to_string()).at("Writing the process id")?;
    let mut running = Running { child, own: own.to_path_buf(), runtime };
    match running.wait_until_up(port) {
        Ok(()) => Ok(running),
        Err(failure) => {
            let text = fs::read_to_string(&log).unwrap_or_default();
            let from = text.lines().count().saturating_sub(20);
            text.lines().skip(from).for_each(|line| eprintln!("    {line}"));
            end_group(running.child.id());
            Err(failure)
        }
    }
}

impl Running {
    /// Where the server writes what it does.
    pub fn log(&self) -> PathBuf {
        self.own.join("log/livy-server.out")
    }

    fn wait_until_up(&mut self, port: u16) -> Outcome {
        let begun = Instant::now();
        let mut reported = 0;
        while begun.elapsed() < UP_WITHIN {
            if let Some(status) = self.child.try_wait().at("Watching Livy")? {
                return Err(Failure::new(format!(
                    "Livy stopped while it was starting ({status}). The reason is in {}.",
                    self.log().display()
                )));
            }
            if self.runtime.block_on(answers(port)) {
                println!("    Livy answers after {:.1} s", begun.elapsed().as_secs_f32());
                return Ok(());
            }
            let tens = begun.elapsed().as_secs() / 10;
            if tens > reported {
                reported = tens;
                println!("    … waiting for Livy to answer: {} s so far", tens * 10);
            }
            std::thread::sleep(LOOK_EVERY);
        }
        Err(Failure::new(format!(
            "Livy did not answer within {} s. The reason may be in {}.",
            UP_WITHIN.as_secs(),
            self.log().display()
        )))
    }

    /// Waits for Ctrl-C and stops the server, or waits until the server stops.
    ///
    /// # Errors
    /// The server stopped by itself.
    pub fn until_asked_to_end(mut self) -> Outcome {
        let ended = self.runtime.block_on(async {
            let asked = crate::signal::asked_to_end();
            tokio::pin!(asked);
            loop {
                tokio::select! {
                    () = &mut asked => return None,
                    () = tokio::time::sleep(LOOK_EVERY) => {
                        if let Ok(Some(status)) = self.child.try_wait() {
                            return Some(status);
                        }
                    }
                }
            }
        });
        println!("==> Stop Livy and its sessions");
        end_group(self.child.id());
        // It has already stopped: this only removes its entry from the process table.
        let _ = self.child.wait();
        let _ = fs::remove_file(self.own.join("pid/group"));
        match ended {
            None => Ok(()),
            Some(status) => Err(Failure::new(format!(
                "Livy stopped by itself ({status}). The reason is in {}.",
                self.log().display()
            ))),
        }
    }
}

/// Stops the server that was detached on this port, and its drivers.
///
/// # Errors
/// None was started there.
pub fn stop(own: &Path, port: u16) -> Outcome {
    let file = own.join("pid/group");
    let group = fs::read_to_string(&file).ok().and_then(|text| text.trim().parse::<u32>().ok());
    match group {
        // The server's command line names our folder. If the system has reused the number for another process, leave that alone.
        Some(group)
            if members(&processes(), group).iter().any(|line| line.contains(&*own.to_string_lossy())) =>
        {
            println!("==> Stop the Livy on port {port} and its sessions");
            end_group(group);
            let _ = fs::remove_file(&file);
            println!("    done");
            Ok(())
        }
        _ => Err(Failure::new(format!("No Livy started by this command is running on port {port}."))),
    }
}

async fn answers(port: u16) -> bool {
    let Ok(upstream) = Upstream::parse(&format!("http://127.0.0.1:{port}")) else { return false };
    let proxy = Proxy::new(upstream);
    let answer = tokio::time::timeout(Duration::from_secs(5), proxy.ask("/version", Request::default()));
    answer.await.is_ok_and(|answer| answer.status() == StatusCode::OK)
}

fn processes() -> String {
    answer_of("ps", &["-eo", "pgid=,stat=,args="]).unwrap_or_default()
}

/// The command lines of a process group, without zombies.
fn members(table: &str, group: u32) -> Vec<&str> {
    let member = |line: &&str| {
        let mut words = line.split_whitespace();
        words.next().and_then(|word| word.parse().ok()) == Some(group)
            && words.next().is_some_and(|state| !state.starts_with('Z'))
    };
    table.lines().filter(member).collect()
}

fn end_group(group: u32) {
    for signal in ["-TERM", "-KILL"] {
        let sent =
            Command::new("kill").args([signal, "--", &format!("-{group}")]).stderr(Stdio::null()).status();
        if sent.is_err() {
            return;
        }
        let begun = Instant::now();
        while begun.elapsed() < DOWN_WITHIN {
            if members(&processes(), group).is_empty() {
                return;
            }
            std::thread::sleep(LOOK_EVERY);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::members;

    #[test]
    fn the_group_is_separated_from_others_and_from_zombies() {
        let table =
            "  12 Ss   java -Da=/x/tmp\n 120 S    java\n  12 Z    [python3]\n  12 Sl   python3 -m daemon\n";
        assert_eq!(members(table, 12), ["  12 Ss   java -Da=/x/tmp", "  12 Sl   python3 -m daemon"]);
        assert!(members(table, 1).is_empty());
    }
}
