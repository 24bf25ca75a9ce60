//! Tries `cargo xtask demo` as a person meets it: its page, its program and its pretend cluster.

use crate::exchange::{self, Request};
use crate::failure::{At, Failure, Outcome};
use crate::place::Place;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

/// A demo that runs. It ends with this value.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Starts the demo with the bundle in `dist/` and asks it for what a browser would.
///
/// # Errors
/// It does not start, or something is not served.
pub fn tried(place: &Place) -> Outcome {
    println!("==> Try the demo with the bundle in dist/");
    let this = std::env::current_exe().at("Finding this program")?;
    let mut child = Command::new(this)
        .args(["demo", "--port", "0", "--from"])
        .arg(place.at("dist"))
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .at("Starting the demo")?;
    let said = child.stdout.take();
    let _running = Running(child);
    let mut line = String::new();
    if let Some(said) = said {
        BufReader::new(said).read_line(&mut line).at("Reading what the demo says")?;
    }
    let port =
        port(&line).ok_or_else(|| Failure::new(format!("The demo does not say where it is: {line}")))?;
    let get = |path: &str| {
        let answer = exchange::ask(port, &Request::get(path, &[]), |_| {})?;
        if answer.status == 200 {
            Ok(answer.body)
        } else {
            Err(Failure::new(format!("The demo answers {path} with {}.", answer.status)))
        }
    };
    let page = String::from_utf8_lossy(&get("/")?).into_owned();
    // Asked for ahead of the module that loads it.
    let program =
        page.split("href=\"./").filter_map(|it| it.split('"').next()).find(|it| it.ends_with(".wasm"));
    let program = program.unwrap_or_default();
    if !get(&format!("/{program}"))?.starts_with(b"\0asm") {
        return Err(Failure::new(format!("The demo's page names the program {program:?}, which is none.")));
    }
    let sessions = get("/livy/sessions")?;
    if !String::from_utf8_lossy(&sessions).contains("\"sessions\":[{") {
        return Err(Failure::new("The demo's cluster has no sessions to look at."));
    }
    println!("    The demo serves its page, its program and a cluster with sessions.");
    Ok(())
}

/// The port in "The console is at http://127.0.0.1:8080/ with …".
fn port(line: &str) -> Option<u16> {
    line.split("http://127.0.0.1:").nth(1)?.split('/').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::port;

    #[test]
    fn the_port_is_read_from_what_the_demo_says() {
        assert_eq!(port("The console is at http://127.0.0.1:40123/ with a pretend cluster."), Some(40_123));
        assert_eq!(port(""), None);
    }
}
