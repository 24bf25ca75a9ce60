//! `cargo xtask demo` builds the console and serves it with a cluster behind it; `serve` does the same for a bundle that is already built.

use crate::build;
use crate::failure::Outcome;
use crate::place::Place;
use crate::serve::{self, Cluster, Headers, Settings};
use std::path::PathBuf;

/// The options of `demo`.
#[derive(Debug)]
pub struct Demo {
    /// Port on 127.0.0.1.
    pub port: u16,
    /// What is behind `/livy`.
    pub cluster: Cluster,
    /// A bundle to serve, instead of building one.
    pub from: Option<PathBuf>,
}

/// Builds the app, unless a bundle is named, and serves it until Ctrl-C.
///
/// # Errors
/// The port is taken, a tool cannot be built, or the app does not compile.
pub fn run(place: &Place, demo: Demo) -> Outcome {
    serve::port_is_free(demo.port)?;
    let dir = match demo.from {
        Some(bundle) => bundle,
        None => {
            let dir = place.at("target/site/demo");
            build::site(place, "demo", &dir)?;
            dir
        }
    };
    let settings = Settings {
        dir,
        port: demo.port,
        prefix: "/".to_owned(),
        cluster: demo.cluster,
        headers: Headers::default(),
    };
    serve_built(settings)
}

/// Serves a folder that holds a built page, until Ctrl-C.
///
/// # Errors
/// The folder has no page, or the port is taken.
pub fn serve_built(settings: Settings) -> Outcome {
    let cluster = match &settings.cluster {
        Cluster::Fake(_) => "a pretend cluster".to_owned(),
        Cluster::At(upstream) => format!("the Livy at {upstream}"),
    };
    serve::serve(settings, |address| {
        println!("The console is at {address} with {cluster} behind /livy. Press Ctrl-C to stop it.");
    })
}
