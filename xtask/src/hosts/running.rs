//! A real web server of this machine, with one of our files: found or installed, started, ended.

use crate::browser;
use crate::failure::{At, Failure, Outcome};
use crate::hosts::recipe::{self, Wishes};
use crate::place::Place;
use crate::step::answer_of;
use std::fs::{self, File};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const UP_WITHIN: Duration = Duration::from_secs(20);
const DOWN_WITHIN: Duration = Duration::from_secs(10);
const LOOK_EVERY: Duration = Duration::from_millis(50);

/// A web server that has a file in `deploy/`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Server {
    /// nginx, with its module for compressed files.
    Nginx,
    /// Caddy.
    Caddy,
}

impl Server {
    /// Its program. Debian keeps nginx where only root's PATH looks.
    fn program(self) -> &'static str {
        match self {
            Self::Nginx if Path::new("/usr/sbin/nginx").is_file() => "/usr/sbin/nginx",
            _ => self.name(),
        }
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Nginx => "nginx",
            Self::Caddy => "caddy",
        }
    }

    /// Our file for it.
    pub fn file(self) -> &'static str {
        match self {
            Self::Nginx => "deploy/nginx.conf",
            Self::Caddy => "deploy/Caddyfile",
        }
    }

    fn packages(self) -> &'static [&'static str] {
        match self {
            Self::Nginx => &["nginx", "libnginx-mod-http-brotli-static"],
            Self::Caddy => &["caddy"],
        }
    }

    /// The version, when the server is installed with all that our file needs. In CI, a Debian's root installs it first.
    ///
    /// # Errors
    /// The installation fails.
    pub fn version(self, place: &Place) -> Outcome<Option<String>> {
        if let Some(version) = self.installed() {
            return Ok(Some(version));
        }
        let is_debian =
            fs::read_to_string("/etc/os-release").is_ok_and(|it| it.lines().any(|it| it == "ID=debian"));
        // Only where the machine is made for tests: installing nginx starts a web server.
        if std::env::var_os("CI").is_none() || !is_debian || !is_root() {
            println!(
                "Left out: {} was not tried, because this needs {} (Debian: apt-get install {}).",
                self.file(),
                self.packages().join(" and "),
                self.packages().join(" ")
            );
            return Ok(None);
        }
        browser::install(place, self.packages())?;
        match self.installed() {
            Some(version) => Ok(Some(version)),
            None => Err(Failure::new(format!("apt installed {} but it does not run.", self.name()))),
        }
    }

    fn installed(self) -> Option<String> {
        match self {
            // The version is printed to standard error.
            Self::Nginx => answer_of(self.program(), &["-v"]).filter(|_| {
                let modules = fs::read_dir("/etc/nginx/modules-enabled").into_iter().flatten().flatten();
                modules.into_iter().any(|it| it.file_name().to_string_lossy().contains("brotli-static"))
            }),
            Self::Caddy => answer_of(self.program(), &["version"]).map(|version| format!("caddy {version}")),
        }
    }
}

fn is_root() -> bool {
    answer_of("id", &["-u"]).as_deref() == Some("0")
}

/// A server that answers. It ends with this value.
pub struct Running {
    child: Child,
}

impl Running {
    /// Starts the server with our file, edited as wished, in a folder of its own.
    ///
    /// # Errors
    /// The server refuses the file, or does not listen.
    pub fn start(server: Server, place: &Place, wishes: &Wishes<'_>, folder: &Path) -> Outcome<Self> {
        fs::create_dir_all(folder).at(format!("Making {}", folder.display()))?;
        let own = fs::read_to_string(place.at(server.file())).at(format!("Reading {}", server.file()))?;
        let log = folder.join("output.log");
        let output = File::create(&log).at(format!("Writing {}", log.display()))?;
        let write = |name: &str, text: String| {
            let path = folder.join(name);
            fs::write(&path, text).at(format!("Writing {}", path.display())).map(|()| path)
        };
        let mut command = Command::new(server.program());
        match server {
            Server::Nginx => {
                write("site.conf", recipe::nginx(&own, wishes)?)?;
                let debian =
                    fs::read_to_string("/etc/nginx/nginx.conf").at("Reading /etc/nginx/nginx.conf")?;
                let main = write("nginx.conf", recipe::debian_nginx(&debian, folder, is_root()))?;
                command.arg("-c").arg(main).args(["-e", "stderr", "-g", "daemon off;"]);
            }
            Server::Caddy => {
                let text = recipe::caddy(&own, wishes)?;
                let file = write("Caddyfile", format!("{{\n\tadmin off\n\tauto_https off\n}}\n\n{text}"))?;
                command.args(["run", "--adapter", "caddyfile", "--config"]).arg(file);
                command.env("XDG_CONFIG_HOME", folder).env("XDG_DATA_HOME", folder);
            }
        }
        let child = command
            .stdin(Stdio::null())
            .stderr(output.try_clone().at("Sharing a log file")?)
            .stdout(output)
            .spawn()
            .at(format!("Starting {}", server.name()))?;
        let mut running = Self { child };
        let begun = Instant::now();
        while TcpStream::connect((Ipv4Addr::LOCALHOST, wishes.port)).is_err() {
            let has_ended = running.child.try_wait().at(format!("Watching {}", server.name()))?.is_some();
            if has_ended || begun.elapsed() > UP_WITHIN {
                let said = fs::read_to_string(&log).unwrap_or_default();
                return Err(Failure::new(format!(
                    "{} does not run with {}:\n{said}",
                    server.name(),
                    server.file()
                )));
            }
            std::thread::sleep(LOOK_EVERY);
        }
        Ok(running)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Asked, not killed: nginx has to end its workers.
        let _ = Command::new("kill").arg(self.child.id().to_string()).stderr(Stdio::null()).status();
        let begun = Instant::now();
        while begun.elapsed() < DOWN_WITHIN {
            if !matches!(self.child.try_wait(), Ok(None)) {
                return;
            }
            std::thread::sleep(LOOK_EVERY);
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A port that was free a moment ago.
///
/// # Errors
/// The machine has none left.
pub fn free_port() -> Outcome<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).at("Looking for a free port")?;
    Ok(listener.local_addr().at("Looking for a free port")?.port())
}
