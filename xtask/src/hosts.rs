//! `cargo xtask hosts`: runs `deploy/nginx.conf` and `deploy/Caddyfile` with the real programs and checks every promise of
//! hosting. Start reading at [`promise`].

mod bundle;
mod promise;
mod recipe;
mod running;
mod upstream;

use crate::failure::{At, Failure, Outcome};
use crate::place::Place;
use promise::Promises;
use recipe::Wishes;
use running::{Running, Server, free_port};
use std::fs;
use std::path::Path;
use upstream::Upstream;

/// How many broken promises are printed: one mistake can break hundreds.
const SHOWN: usize = 30;

/// How long a host waits for Livy where that is to be seen; less than [`upstream::SLOW`].
const IMPATIENT: &str = "1s";

/// Tries both files. A server that is not installed is left out, with a sentence.
///
/// # Errors
/// A promise is broken, or a server does not run with our file.
pub fn run(place: &Place) -> Outcome {
    let folder = place.at("target/hosts");
    if folder.exists() {
        fs::remove_dir_all(&folder).at("Removing the old target/hosts")?;
    }
    let bundle = folder.join("bundle");
    bundle::write(&bundle)?;
    for server in [Server::Nginx, Server::Caddy] {
        if let Some(version) = server.version(place)? {
            println!("==> Check {} with {version}", server.file());
            check(server, place, &bundle, &folder.join(server.name()))?;
        }
    }
    Ok(())
}

fn check(server: Server, place: &Place, bundle: &Path, folder: &Path) -> Outcome {
    let upstream = Upstream::start()?;
    let mut count = 0;
    let mut broken = Vec::new();
    for (name, page, patience) in [
        ("sub-path", recipe::Place::SubPath, None),
        ("root", recipe::Place::Root, None),
        ("impatient", recipe::Place::SubPath, Some(IMPATIENT)),
    ] {
        let wishes = Wishes { place: page, port: free_port()?, livy: upstream.port, bundle, patience };
        let _running = Running::start(server, place, &wishes, &folder.join(name))?;
        let mut promises = Promises::new(wishes.port, page, &upstream);
        if patience.is_none() {
            promises.ask_all()?;
            promises.ask_with_patience()?;
        } else {
            promises.ask_without_patience()?;
            upstream.close();
            promises.ask_without_livy()?;
        }
        count += promises.count;
        broken.extend(promises.broken.into_iter().map(|it| format!("    {name}: {it}\n")));
    }
    if broken.is_empty() {
        println!("    {}: {count} checks passed", server.file());
        return Ok(());
    }
    Err(Failure::new(format!(
        "{} of {count} checks of {} failed:\n{}",
        broken.len(),
        server.file(),
        broken[..broken.len().min(SHOWN)].concat()
    )))
}
