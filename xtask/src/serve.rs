//! A small web server for the built page, with the headers that a production host sends, and a cluster behind `/livy`.
//!
//! It listens on this machine only. It is for the demo and the tests, not for hosting.

mod answer;
mod headers;
mod proxy;

pub use answer::Site;
pub use headers::Headers;
pub use proxy::{Proxy, Upstream};

use crate::failure::{Failure, Outcome};
use fake_livy::{Dialect, Options};
use std::io::ErrorKind;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use tokio::net::TcpListener;

/// What is behind `/livy`.
#[derive(Debug, Clone)]
pub enum Cluster {
    /// The pretend Livy of `tests/fake-livy`, inside this process.
    Fake(Options),
    /// A server that is already running.
    At(Upstream),
}

impl Cluster {
    /// Reads the value of `--livy`: `fake`, `fake:40000` for one with so many sessions, `fake:lighter` for one that speaks as another
    /// server does, or an address.
    ///
    /// # Errors
    /// The address is not usable.
    pub fn parse(text: &str) -> Outcome<Self> {
        let kind = text.strip_prefix("fake:");
        let fleet = kind.and_then(|it| it.parse().ok()).or((text == "fake").then_some(0));
        let dialect = kind.and_then(Dialect::parse);
        match (fleet, dialect) {
            (None, None) => Upstream::parse(text).map(Self::At),
            (fleet, dialect) => Ok(Self::Fake(Options {
                fleet: fleet.unwrap_or_default(),
                dialect: dialect.unwrap_or_default(),
                ..Options::default()
            })),
        }
    }
}

/// What to serve and how.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The folder with `index.html`.
    pub dir: PathBuf,
    /// Port on 127.0.0.1; 0 picks a free one.
    pub port: u16,
    /// The path of the page, with a slash at both ends.
    pub prefix: String,
    /// What is behind `/livy`.
    pub cluster: Cluster,
    /// The headers of the page's files.
    pub headers: Headers,
}

/// Fails at once if a port is taken, before a build of several minutes.
///
/// # Errors
/// Another program listens there, or the account may not.
pub fn port_is_free(port: u16) -> Outcome {
    std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, port))
        .map(drop)
        .map_err(|error| port_failure(port, &error))
}

fn port_failure(port: u16, error: &std::io::Error) -> Failure {
    Failure::new(match error.kind() {
        ErrorKind::AddrInUse => format!(
            "Port {port} on 127.0.0.1 is in use. Stop the program that uses it, or choose another port with --port {}.",
            port.checked_add(1).unwrap_or(8080)
        ),
        ErrorKind::PermissionDenied => {
            format!("This account may not use port {port}. Choose 1024 or higher, for example --port 8080.")
        }
        _ => format!("Cannot listen on 127.0.0.1:{port}: {error}."),
    })
}

/// Serves until Ctrl-C or a signal to stop.
///
/// # Errors
/// The folder has no page, or the port is taken.
pub fn serve(settings: Settings, ready: impl FnOnce(&str)) -> Outcome {
    if !settings.dir.join("index.html").is_file() {
        return Err(Failure::new(format!(
            "There is no index.html in {}. Build the page first with cargo xtask dist.",
            settings.dir.display()
        )));
    }
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(|error| Failure::new(format!("Cannot start the server: {error}.")))?;
    let outcome = runtime.block_on(async {
        let port = settings.port;
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))
            .await
            .map_err(|error| port_failure(port, &error))?;
        let address = listener.local_addr().map_err(|error| port_failure(port, &error))?;
        ready(&address_of(address, &settings.prefix));
        let site = Arc::new(Site::new(settings));
        let app = axum::Router::new().fallback(move |request| answer::answer(site.clone(), request));
        tokio::select! {
            ended = axum::serve(listener, app) => {
                ended.map_err(|error| Failure::new(format!("The server stopped: {error}.")))
            }
            () = crate::signal::asked_to_end() => Ok(()),
        }
    });
    // A browser may keep connections open. Do not wait for it.
    runtime.shutdown_background();
    outcome
}

fn address_of(address: SocketAddr, prefix: &str) -> String {
    format!("http://{address}{prefix}")
}

#[cfg(test)]
mod tests {
    use fake_livy::Dialect;

    use super::{Cluster, port_is_free};

    #[test]
    fn a_taken_port_is_named_with_the_remedy() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let failure = port_is_free(port).unwrap_err().to_string();
        assert!(failure.contains(&format!("Port {port}")) && failure.contains("--port"), "{failure}");
        assert!(port_is_free(0).is_ok());
    }

    #[test]
    fn the_cluster_is_the_fake_or_an_address() {
        assert!(matches!(Cluster::parse("fake"), Ok(Cluster::Fake(it)) if it.fleet == 0 && !it.seeded));
        assert!(matches!(Cluster::parse("fake:40000"), Ok(Cluster::Fake(it)) if it.fleet == 40_000));
        assert!(
            matches!(Cluster::parse("fake:lighter"), Ok(Cluster::Fake(it)) if it.dialect == Dialect::Lighter)
        );
        assert!(Cluster::parse("fake:many").is_err());
        assert!(matches!(Cluster::parse("http://127.0.0.1:8998"), Ok(Cluster::At(_))));
        assert!(Cluster::parse("127.0.0.1").is_err());
    }
}
