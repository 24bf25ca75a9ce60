//! A pretend Livy for the hosts: it answers with what it was asked, and dies, waits or stalls where the path says so.

use crate::exchange::split;
use crate::failure::{At, Outcome};
use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// How long `/slow` takes.
pub const SLOW: Duration = Duration::from_secs(3);
/// How long `/stalls` waits for word that its first half has arrived.
const STALL: Duration = Duration::from_secs(5);
/// The size of the answer to `/large`, more than any buffer of a web server.
pub const LARGE: usize = 3_000_000;

/// One request as it arrived.
#[derive(Debug, Clone)]
pub struct Arrived {
    /// Method, target and all headers.
    pub head: String,
    /// How many bytes of body came.
    pub body: usize,
}

impl Arrived {
    /// Method and target: `GET /sessions`.
    pub fn line(&self) -> &str {
        self.head.lines().next().unwrap_or_default().trim_end_matches(" HTTP/1.1")
    }
}

#[derive(Default)]
struct Shared {
    arrived: Mutex<Vec<Arrived>>,
    first_half_seen: AtomicBool,
    closed: AtomicBool,
}

/// The server. It ends with this value.
pub struct Upstream {
    /// Its port.
    pub port: u16,
    shared: Arc<Shared>,
}

impl Upstream {
    /// Listens on a free port.
    ///
    /// # Errors
    /// The machine has no port left.
    pub fn start() -> Outcome<Self> {
        let listener =
            TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).at("Starting a pretend Livy for the hosts")?;
        let port = listener.local_addr().at("Starting a pretend Livy for the hosts")?.port();
        let shared = Arc::new(Shared::default());
        let own = shared.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if own.closed.load(Ordering::SeqCst) {
                    return;
                }
                let shared = own.clone();
                // A host that hangs up early is what some checks provoke.
                std::thread::spawn(move || drop(answer(stream, &shared)));
            }
        });
        Ok(Self { port, shared })
    }

    /// Everything that has arrived since the last call.
    pub fn arrived(&self) -> Vec<Arrived> {
        self.shared.arrived.lock().map(|mut all| std::mem::take(&mut *all)).unwrap_or_default()
    }

    /// Says that the first half of `/stalls` has reached the client.
    pub fn first_half_seen(&self) {
        self.shared.first_half_seen.store(true, Ordering::SeqCst);
    }

    /// Stops listening. Nothing answers on this port afterwards.
    pub fn close(&self) {
        self.shared.closed.store(true, Ordering::SeqCst);
        // The thread looks at its orders after each connection.
        let _ = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port));
    }
}

impl Drop for Upstream {
    fn drop(&mut self) {
        self.close();
    }
}

fn answer(mut stream: TcpStream, shared: &Shared) -> std::io::Result<()> {
    let Some(arrived) = read(&mut stream)? else { return Ok(()) };
    let line = arrived.line().to_owned();
    if let Ok(mut all) = shared.arrived.lock() {
        all.push(arrived);
    }
    let path = line.split(' ').nth(1).unwrap_or_default();
    match path {
        "/dies" => Ok(()),
        "/slow" => {
            std::thread::sleep(SLOW);
            stream.write_all(&json("200 OK", &line))
        }
        "/large" => stream.write_all(&json("200 OK", &"x".repeat(LARGE))),
        "/unknown" => stream.write_all(&json("404 Not Found", &line)),
        "/stalls" => {
            stream.write_all(
                b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\nfirst half, ",
            )?;
            let begun = Instant::now();
            while !shared.first_half_seen.load(Ordering::SeqCst) && begun.elapsed() < STALL {
                std::thread::sleep(Duration::from_millis(10));
            }
            let was_seen = shared.first_half_seen.load(Ordering::SeqCst);
            stream.write_all(if was_seen { b"second half" } else { b"held back by the host" })
        }
        _ => stream.write_all(&json("201 Created\r\nLocation: /sessions/7", &line)),
    }
}

fn json(status: &str, text: &str) -> Vec<u8> {
    let body = format!("{{\"asked\":\"{text}\"}}");
    format!(
        "HTTP/1.1 {status}\r\nContent-Type: application/json;charset=utf-8\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

/// A whole request; nothing when the connection brought none.
fn read(stream: &mut TcpStream) -> std::io::Result<Option<Arrived>> {
    let mut bytes = Vec::new();
    let mut buffer = [0; 65_536];
    loop {
        if let Some((head, body)) = split(&bytes, b"\r\n\r\n") {
            let head = String::from_utf8_lossy(head).into_owned();
            let length = head
                .lines()
                .filter_map(|line| line.split_once(':'))
                .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
                .and_then(|(_, value)| value.trim().parse().ok())
                .unwrap_or(0);
            if body.len() >= length {
                return Ok(Some(Arrived { head, body: body.len() }));
            }
        }
        match stream.read(&mut buffer)? {
            0 => return Ok(None),
            read => bytes.extend_from_slice(&buffer[..read]),
        }
    }
}
