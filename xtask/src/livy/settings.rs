//! The settings of one real Livy, in its own folder, so that servers on different ports do not conflict.

use crate::failure::{At, Outcome};
use std::fs;
use std::path::Path;

// Livy's default is one range of eleven ports; the server and every local driver take one each. That is about ten sessions for all
// servers of a machine. These ranges are below the ports that Linux uses for outgoing connections (32768 and up).
const FIRST: u32 = 20_000;
/// Ports for each server.
const SPAN: u32 = 50;
/// Servers whose ranges do not overlap.
const RANGES: u32 = 250;

/// Writes `livy.conf` for the server on `port` to `own/conf`.
///
/// # Errors
/// The folder cannot be written.
pub fn write(own: &Path, port: u16, conf: &[(String, String)]) -> Outcome {
    for folder in ["conf", "log", "pid", "tmp"] {
        fs::create_dir_all(own.join(folder)).at(format!("Creating a folder in {}", own.display()))?;
    }
    fs::write(own.join("conf/livy.conf"), text(port, conf)).at("Writing livy.conf")
}

/// `livy.conf`: what a server on one machine needs, then the given settings. A given key replaces ours.
fn text(port: u16, conf: &[(String, String)]) -> String {
    let ours = [
        ("livy.server.host", "127.0.0.1".to_owned()),
        ("livy.server.port", port.to_string()),
        ("livy.server.csrf-protection.enabled", "true".to_owned()),
        ("livy.spark.master", "local[1]".to_owned()),
        ("livy.rsc.rpc.server.address", "127.0.0.1".to_owned()),
        ("livy.rsc.launcher.address", "127.0.0.1".to_owned()),
        ("livy.rsc.launcher.port.range", launcher_ports(port)),
    ];
    let kept = ours.iter().filter(|(key, _)| conf.iter().all(|(asked, _)| asked != key));
    let kept = kept.map(|(key, value)| format!("{key} = {value}\n"));
    let asked = conf.iter().map(|(key, value)| format!("{key} = {value}\n"));
    kept.chain(asked).collect()
}

/// Neighbouring ports get neighbouring ranges, so that servers side by side do not take each other's ports.
fn launcher_ports(port: u16) -> String {
    let first = FIRST + u32::from(port) % RANGES * SPAN;
    format!("{first}~{}", first + SPAN - 1)
}

#[cfg(test)]
mod tests {
    use super::{launcher_ports, text};

    #[test]
    fn a_given_key_replaces_ours_and_comes_once() {
        let asked = |key: &str, value: &str| (key.to_owned(), value.to_owned());
        let conf = text(8998, &[asked("livy.spark.master", "local[2]"), asked("livy.cache-log.size", "50")]);
        assert!(conf.contains("livy.server.port = 8998\n"), "{conf}");
        assert!(conf.contains("livy.cache-log.size = 50\n"), "{conf}");
        assert!(conf.contains("livy.spark.master = local[2]\n"), "{conf}");
        assert!(!conf.contains("local[1]"), "{conf}");
    }

    #[test]
    fn neighbouring_ports_get_ranges_that_do_not_overlap() {
        let bounds = |port| {
            let range = launcher_ports(port);
            let (first, last) = range.split_once('~').unwrap();
            (first.parse::<u32>().unwrap(), last.parse::<u32>().unwrap())
        };
        for port in [1, 8998, 8999, 9000, 65_534] {
            let (first, last) = bounds(port);
            assert!(first < last && last < 32_768, "{port}: {first} to {last}");
        }
        assert!(bounds(8998).1 < bounds(8999).0);
    }
}
