//! One step of a command: a child process with a title, a heartbeat and a time.

use crate::failure::{At, Failure, Outcome};
use std::ffi::OsStr;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::{Duration, Instant};

const HEARTBEAT: Duration = Duration::from_secs(10);
/// How many lines of a quiet step's output are shown when it fails.
const TAIL: usize = 40;

/// A child process with a title.
pub struct Step {
    title: String,
    command: Command,
    log: Option<PathBuf>,
    missing: String,
}

impl Step {
    /// A step that runs `program`; its title begins with a verb: "Build the app".
    pub fn new(title: impl Into<String>, program: impl AsRef<OsStr>) -> Self {
        let program = program.as_ref();
        let missing = format!("Cannot run {}. Is it installed?", program.to_string_lossy());
        let mut command = Command::new(program);
        command.stdin(Stdio::null());
        Self { title: title.into(), command, log: None, missing }
    }

    /// Adds arguments.
    pub fn args(mut self, args: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Self {
        self.command.args(args);
        self
    }

    /// Adds one argument.
    pub fn arg(mut self, arg: impl AsRef<OsStr>) -> Self {
        self.command.arg(arg);
        self
    }

    /// Sets a variable of the child's environment.
    pub fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    /// Runs the child in this folder.
    pub fn within(mut self, folder: &Path) -> Self {
        self.command.current_dir(folder);
        self
    }

    /// Writes the child's output to a file and shows the end of it only if the step fails.
    pub fn quiet(mut self, log: PathBuf) -> Self {
        self.log = Some(log);
        self
    }

    /// What to say if the program is missing.
    pub fn missing(mut self, sentence: impl Into<String>) -> Self {
        self.missing = sentence.into();
        self
    }

    /// Runs the child until it ends and prints a line every ten seconds.
    ///
    /// # Errors
    /// The program is missing, or its exit status is not 0.
    pub fn run(mut self) -> Outcome {
        println!("==> {}", self.title);
        if let Some(log) = &self.log {
            if let Some(folder) = log.parent() {
                fs::create_dir_all(folder).at(format!("Creating {}", folder.display()))?;
            }
            let file = File::create(log).at(format!("Writing {}", log.display()))?;
            self.command.stderr(file.try_clone().at("Opening the log file twice")?).stdout(file);
        }
        let begun = Instant::now();
        let mut child =
            self.command.spawn().map_err(|error| Failure::new(format!("{} ({error})", self.missing)))?;
        let (ended, ending) = channel();
        let status = std::thread::scope(|scope| {
            let title = &self.title;
            scope.spawn(move || {
                while ending.recv_timeout(HEARTBEAT) == Err(RecvTimeoutError::Timeout) {
                    println!("    … {title}: {} s so far", begun.elapsed().as_secs());
                }
            });
            let status = child.wait();
            // If the thread is gone, there is no heartbeat left to stop.
            let _ = ended.send(());
            status
        });
        let status = status.at(format!("Waiting for “{}”", self.title))?;
        if status.success() {
            println!("    {}: done in {:.1} s", self.title, begun.elapsed().as_secs_f32());
            return Ok(());
        }
        if let Some(log) = &self.log {
            eprint!("{}", tail(&fs::read_to_string(log).unwrap_or_default(), TAIL));
            return Err(Failure::new(format!(
                "“{}” failed ({status}). The whole output is in {}.",
                self.title,
                log.display()
            )));
        }
        Err(Failure::new(format!("“{}” failed ({status}). The reason is in the lines above.", self.title)))
    }
}

/// What a short command prints, trimmed; `None` if it cannot be run or fails.
pub fn answer_of(program: impl AsRef<OsStr>, args: &[&str]) -> Option<String> {
    let output = Command::new(program).args(args).stdin(Stdio::null()).output().ok()?;
    // `java -version` prints to standard error.
    let said = if output.stdout.is_empty() { output.stderr } else { output.stdout };
    output.status.success().then(|| String::from_utf8_lossy(&said).trim().to_owned())
}

fn tail(text: &str, lines: usize) -> String {
    let from = text.lines().count().saturating_sub(lines);
    text.lines().skip(from).map(|line| format!("    {line}\n")).collect()
}

#[cfg(test)]
mod tests {
    use super::{Step, answer_of, tail};

    #[test]
    fn the_tail_keeps_the_last_lines() {
        assert_eq!(tail("a\nb\nc\n", 2), "    b\n    c\n");
        assert_eq!(tail("a", 2), "    a\n");
    }

    #[test]
    fn a_missing_program_is_reported_with_the_given_sentence() {
        let failure = Step::new("Try", "no-such-program-here").missing("Install it.").run().unwrap_err();
        assert!(failure.to_string().starts_with("Install it."), "{failure}");
    }

    #[test]
    fn a_status_other_than_zero_fails_the_step() {
        assert!(Step::new("Fail", "false").run().is_err());
        assert!(Step::new("Pass", "true").run().is_ok());
    }

    #[test]
    fn a_program_that_fails_gives_none() {
        assert_eq!(answer_of("echo", &["hello"]), Some("hello".to_owned()));
        assert_eq!(answer_of("false", &[]), None);
    }
}
