//! A pretend Livy on a port of this machine: `cargo run -p fake-livy -- --port 8998`.

use std::net::{Ipv4Addr, SocketAddr};
use std::process::ExitCode;
use std::time::Duration;

use fake_livy::{Cluster, Dialect, Options, serve};
use tokio::net::TcpListener;

const HELP: &str = "\
A pretend Apache Livy on 127.0.0.1, for demos and tests.

  --port N           where to listen (8998)
  --chaos N          N of 100 calls fail or stall (0)
  --seed N           a different sequence of --chaos (1)
  --start SECONDS    how long a session takes to become idle (6)
  --ring N           how many lines of each stream are kept (200)
  --retain SECONDS   how long ended sessions are kept (600)
  --max-creation N   how many sessions may exist at once (100)
  --seeded           start with some sessions
  --sessions N       start with N sessions in mixed states that stay as they are (0)
  --page N           list at most N sessions a page, however many are asked for
  --refuse-every N   answer every Nth call with 429 and Retry-After: 1
  --dialect WORD     speak as another server: livy, old (0.3), lighter, synapse, fabric
  --no-csrf          accept a POST or DELETE without X-Requested-By";

fn main() -> ExitCode {
    match arguments(std::env::args().skip(1)) {
        Ok(Some((port, options))) => run(port, options),
        Ok(None) => {
            println!("{HELP}");
            ExitCode::SUCCESS
        }
        Err(sentence) => {
            eprintln!("{sentence}\n\n{HELP}");
            ExitCode::FAILURE
        }
    }
}

fn arguments(mut words: impl Iterator<Item = String>) -> Result<Option<(u16, Options)>, String> {
    let (mut port, mut options) = (8998, Options::default());
    while let Some(flag) = words.next() {
        match flag.as_str() {
            "--help" | "-h" => return Ok(None),
            "--seeded" => options.seeded = true,
            "--no-csrf" => options.csrf = false,
            "--dialect" => {
                let word = words.next().unwrap_or_default();
                options.dialect = Dialect::parse(&word).ok_or_else(|| format!("“{word}” is no dialect."))?;
            }
            "--port" | "--chaos" | "--seed" | "--start" | "--ring" | "--retain" | "--max-creation"
            | "--sessions" | "--page" | "--refuse-every" => {
                let text = words.next().ok_or_else(|| format!("{flag} needs a number."))?;
                let number: u32 =
                    text.parse().map_err(|_| format!("{flag} needs a whole number, not “{text}”."))?;
                let small = |most: u32| {
                    if number <= most { Ok(number) } else { Err(format!("{flag} can be at most {most}.")) }
                };
                match flag.as_str() {
                    "--port" => port = small(65_535)? as u16,
                    "--chaos" => options.chaos_percent = small(100)? as u8,
                    "--seed" => options.seed = u64::from(number),
                    "--start" => options.start = Duration::from_secs(u64::from(number)),
                    "--ring" => options.ring = number as usize,
                    "--sessions" => options.fleet = number as usize,
                    "--page" => options.page_size = number as usize,
                    "--refuse-every" => options.refuse_every = u64::from(number),
                    "--retain" => options.state_retain = Duration::from_secs(u64::from(number)),
                    _ => options.max_creation = number as usize,
                }
            }
            other => return Err(format!("Unknown option “{other}”.")),
        }
    }
    Ok(Some((port, options)))
}

#[tokio::main(flavor = "current_thread")]
async fn run(port: u16, options: Options) -> ExitCode {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let listener = match TcpListener::bind(address).await {
        Ok(listener) => listener,
        Err(error) => {
            eprintln!("Cannot use port {port}: {error}. Choose another one with --port.");
            return ExitCode::FAILURE;
        }
    };
    let at = listener.local_addr().map_or(address, |it| it);
    println!("A pretend Livy answers at http://{at}/sessions. Press Ctrl-C to stop it.");
    let end = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    match axum::serve(listener, serve::router(Cluster::new(options))).with_graceful_shutdown(end).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("The pretend Livy stopped: {error}.");
            ExitCode::FAILURE
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Option<(u16, Options)>, String> {
        arguments(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn flags() {
        let (port, options) = read("--port 9000 --chaos 20 --seeded --no-csrf --start 1").unwrap().unwrap();
        assert_eq!((port, options.chaos_percent, options.seeded, options.csrf), (9000, 20, true, false));
        assert_eq!(options.start, Duration::from_secs(1));
        let (_, fleet) = read("--sessions 40000 --page 20 --refuse-every 7").unwrap().unwrap();
        assert_eq!((fleet.fleet, fleet.page_size, fleet.refuse_every), (40_000, 20, 7));
        assert!(read("--help").unwrap().is_none());
        for wrong in ["--port", "--dialect klingon", "--port x", "--port 99999", "--chaos 101", "--nonsense"]
        {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
