//! The pretend server as a whole.

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Map, Value, json};

use crate::completion::complete;
use crate::create;
use crate::dialect::Dialect;
use crate::fleet::{self, Member};
use crate::http::{Request, Response, gateway_page, page};
use crate::kind::canonical_kind;
use crate::route::{Route, route};
use crate::session::Session;
use crate::statements::{self, statements};
use crate::story::Story;

/// How the cluster behaves.
#[derive(Clone, Debug)]
pub struct Options {
    /// `livy.server.csrf-protection.enabled`.
    pub csrf: bool,
    /// Of a hundred calls, so many fail or stall.
    pub chaos_percent: u8,
    /// For chaos.
    pub seed: u64,
    /// How long a session takes to become idle.
    pub start: Duration,
    /// `livy.cache-log.size`: lines kept of each stream.
    pub ring: usize,
    /// `livy.server.session.state-retain.sec`.
    pub state_retain: Duration,
    /// `livy.server.session.timeout`.
    pub idle_timeout: Duration,
    /// `livy.server.session.max-creation`.
    pub max_creation: usize,
    /// Begin with some sessions in several states.
    pub seeded: bool,
    /// Begin with so many sessions of a fleet, whose states stay as they are.
    pub fleet: usize,
    /// The most sessions on one page of the list, however many are asked for; 0: as many as are asked for.
    pub page_size: usize,
    /// Each call with a number that this divides is refused with 429; 0: none is.
    pub refuse_every: u64,
    /// Whose way of speaking Livy's protocol it has.
    pub dialect: Dialect,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            csrf: true,
            chaos_percent: 0,
            seed: 1,
            start: Duration::from_secs(6),
            ring: 200,
            state_retain: Duration::from_secs(600),
            idle_timeout: Duration::from_secs(3_600),
            max_creation: 100,
            seeded: false,
            fleet: 0,
            page_size: 0,
            refuse_every: 0,
            dialect: Dialect::Livy,
        }
    }
}

/// A pretend Livy with its sessions.
#[derive(Clone, Debug)]
pub struct Cluster {
    options: Options,
    sessions: Vec<Session>,
    next_id: u64,
    random: u64,
    collected: i64,
    calls: u64,
}

/// The server looks for garbage this often, in milliseconds.
const COLLECT_EVERY: i64 = 60_000;

impl Cluster {
    /// A cluster at its time zero.
    pub fn new(options: Options) -> Self {
        let random = options.seed | 1;
        let mut cluster = Self { options, sessions: Vec::new(), next_id: 0, random, collected: 0, calls: 0 };
        cluster.begin_with_fleet();
        if cluster.options.seeded {
            let seeds = [
                ("yarn-reports", "sql", -840_000),
                ("killed-backfill", "spark", -90_000),
                ("churn-model", "pyspark", -240_000),
                ("error-then-idle", "pyspark", -19_000),
                ("dies-while-starting", "sparkr", -45_000),
            ];
            for (name, kind, created) in seeds {
                let fields = json!({"kind": kind, "name": name, "driverMemory": "2g", "executorMemory": "4g", "executorCores": 2});
                if let Value::Object(fields) = fields {
                    cluster.add(&fields, created);
                }
            }
        }
        cluster
    }

    /// Answers a request that arrives `now`, counted from the cluster's beginning. Times must not go back.
    pub fn answer(&mut self, now: Duration, request: &Request) -> Response {
        let now = i64::try_from(now.as_millis()).unwrap_or(i64::MAX);
        self.collect(now);
        self.calls += 1;
        if self.options.refuse_every > 0 && self.calls.is_multiple_of(self.options.refuse_every) {
            return Response::nothing(429).with("Retry-After", "1");
        }
        match self.chaos() {
            None => self.speak(now, request),
            Some(Chaos::Refused(failure)) => *failure,
            // Done, and nobody hears of it.
            Some(Chaos::Lost) => self.speak(now, request).dropped(),
            Some(Chaos::Late) => self.speak(now, request).after(Duration::from_secs(8)),
        }
    }

    fn speak(&mut self, now: i64, request: &Request) -> Response {
        self.options.dialect.answer(request, &mut |it| self.reply(now, it))
    }

    fn reply(&mut self, now: i64, request: &Request) -> Response {
        let url = request.path.split('?').next().unwrap_or_default();
        let reads = matches!(request.method.as_str(), "GET" | "HEAD" | "OPTIONS");
        if self.options.csrf && !reads && request.header("X-Requested-By").is_none() {
            // Jetty writes error pages for GET, POST and HEAD only.
            return if request.method == "POST" {
                Response::jetty(400, "Missing Required Header for CSRF protection.", url, request)
            } else {
                Response::nothing(400)
            };
        }
        let version = request
            .header("Accept")
            .and_then(|it| it.split_once("application/vnd.livy.v"))
            .and_then(|(_, it)| it.split_once('+'));
        if let Some((version, _)) = version.filter(|(it, _)| *it != "0.1") {
            return Response::msg(406, &format!("No value found for '{version}'"));
        }
        match route(request) {
            Route::Version => Response::json(
                200,
                &json!({"url": "", "branch": "", "revision": "", "version": "0.9.0-incubating", "date": "", "user": ""}),
            ),
            Route::List => self.list(now, request),
            Route::Create => self.create(now, request),
            Route::Session { key, part, method } => self.session(now, request, &key, &part, &method),
            Route::Batches => Response::json(200, &json!({"from": 0, "total": 0, "sessions": []})),
            Route::Batch(key) => Response::msg(404, &format!("Session '{key}' not found.")),
            Route::UnknownPart => Response::empty(404),
            Route::Root => {
                let host = request.header("Host").unwrap_or("localhost");
                Response::html(302, "").with("Location", format!("http://{host}/ui"))
            }
            Route::WrongMethod(allowed) => Response::empty(405).with("Allow", allowed),
            Route::Unknown => Response::html(404, ""),
        }
    }

    fn list(&self, now: i64, request: &Request) -> Response {
        let (from, size) = match (request.int("from", 0), request.int("size", 100)) {
            (Ok(from), Ok(size)) => (from, size),
            (Err(refusal), _) | (_, Err(refusal)) => return refusal,
        };
        let ring = self.options.ring;
        let most = i64::try_from(self.options.page_size).unwrap_or(i64::MAX);
        let size = if most > 0 { size.min(most) } else { size };
        let page: Vec<Value> = page(&self.sessions, from, size).iter().map(|it| it.json(now, ring)).collect();
        Response::json(200, &json!({"from": from, "total": self.sessions.len(), "sessions": page}))
    }

    fn create(&mut self, now: i64, request: &Request) -> Response {
        let is_alive = |it: &&Session| it.member.is_none() && !matches!(it.state(now), "dead" | "killed");
        let alive = self.sessions.iter().filter(is_alive).count();
        if alive >= self.options.max_creation {
            return Response::msg(400, "Rejected, too many sessions are being created!");
        }
        let fields = match create::read(request.json_body()) {
            Ok(fields) => fields,
            Err(refusal) => return refusal,
        };
        let Some(fields) = fields else {
            self.next_id += 1;
            return create::null_pointer(
                "Cannot invoke \"org.apache.livy.server.interactive.CreateInteractiveRequest.ttl()\" because \"createRequest\" is null",
            );
        };
        let name = fields.get("name").and_then(Value::as_str).map(str::to_owned);
        let story = name.as_deref().map_or(Story::Plain, Story::of);
        if story == Story::NeverArrives {
            return Response::nothing(502).dropped();
        }
        // Every attempt that the mapper could read burns an id, refused ones too.
        let id = self.next_id;
        if let Err(refusal) = create::check(&fields) {
            self.next_id += 1;
            return refusal;
        }
        if let Some(name) = &name {
            let known = self.sessions.iter().find(|it| it.name.as_ref() == Some(name)).map(|it| it.id);
            if let Err(refusal) = create::check_name(name)
                .and_then(|()| known.map_or(Ok(()), |_| Err(create::duplicate(name, id))))
            {
                self.next_id += 1;
                return refusal;
            }
        }
        let ring = self.options.ring;
        let object = self.add(&fields, now).json(now, ring);
        let status = if story == Story::HdInsight { 200 } else { 201 };
        let response = Response::json(status, &object)
            .with("Location", format!("/sessions/{id}"))
            .after(Duration::from_millis(150));
        match story {
            Story::AnswerLost => response.dropped(),
            Story::GatewayLoses => gateway_page(),
            Story::Slow => response.after(Duration::from_secs(3)),
            _ => response,
        }
    }

    fn begin_with_fleet(&mut self) {
        let requests = fleet::requests(create::echo);
        for id in 0..self.options.fleet as u64 {
            let name = fleet::name(id);
            let echo = requests.get(id as usize % requests.len()).map(Arc::clone).unwrap_or_default();
            // Long ago: what the sessions of a fleet wrote at their start is behind them.
            let session = Session::new(id, name, fleet::kind(id).to_owned(), -1_800_000, echo);
            self.sessions.push(Session { member: Some(Member::of(id)), ..session });
        }
        self.next_id = self.options.fleet as u64;
    }

    fn add(&mut self, fields: &Map<String, Value>, now: i64) -> &Session {
        let id = self.next_id;
        self.next_id += 1;
        let text = |field: &str| fields.get(field).and_then(Value::as_str);
        let span = |field: &str| text(field).and_then(|it| create::millis(it).ok());
        let name = text("name").map(str::to_owned);
        let kind = text("kind").and_then(canonical_kind).unwrap_or("shared");
        let millis = |span: Duration| i64::try_from(span.as_millis()).unwrap_or(i64::MAX);
        let heartbeat = fields.get("heartbeatTimeoutInSecond").and_then(Value::as_i64).unwrap_or(0);
        let conf = fields.get("conf").and_then(Value::as_object);
        let retained = conf.and_then(|it| it.get("livy.rsc.retained-statements")).and_then(Value::as_str);
        let session = Session::new(id, name, kind.to_owned(), now, Arc::new(create::echo(fields)));
        self.sessions.push(Session {
            start: millis(self.options.start),
            last_words: create::last_words(fields, now),
            heartbeat_timeout: heartbeat.saturating_mul(1_000),
            idle_timeout: span("idleTimeout").unwrap_or(millis(self.options.idle_timeout)),
            retained: retained.and_then(|it| it.parse().ok()).unwrap_or(100),
            ..session
        });
        &self.sessions[self.sessions.len() - 1]
    }

    fn session(&mut self, now: i64, request: &Request, key: &str, part: &[String], method: &str) -> Response {
        let all_digits = key.chars().all(|it| it.is_ascii_digit());
        if all_digits && key.parse::<i32>().is_err() {
            return Response::msg(400, &format!("For input string: \"{key}\""));
        }
        let id = key.parse::<u64>().ok().filter(|_| all_digits);
        let found = self.sessions.iter().position(|it| match id {
            Some(id) => it.id == id,
            None => it.name.as_deref() == Some(key),
        });
        let parts: Vec<&str> = part.iter().map(String::as_str).collect();
        let body = match statements::read(method, &parts, request) {
            Ok(body) => body,
            Err(refusal) => return refusal,
        };
        let Some(at) = found else {
            return Response::msg(404, &format!("Session '{key}' not found."));
        };
        let ring = self.options.ring;
        let session = &mut self.sessions[at];
        // Any call to a session renews its heartbeat, reading included (SessionHeartbeat.scala 54).
        session.heartbeat_at = now;
        statements::others_work(session, now);
        let story = session.story;
        match story {
            Story::GatewayHtml => return gateway_page(),
            Story::SignInPage => {
                return Response::html(
                    200,
                    "<!doctype html><title>Sign in to the portal</title><form>Name and password</form>",
                );
            }
            Story::Unauthorised => return Response::nothing(401),
            _ => {}
        }
        let response = match (method, parts.as_slice()) {
            ("GET" | "HEAD", []) => Response::json(200, &session.json(now, ring)),
            ("DELETE", []) => {
                self.sessions.remove(at);
                Response::msg(200, "deleted").after(Duration::from_millis(100))
            }
            ("GET" | "HEAD", ["state"]) => {
                Response::json(200, &json!({"id": session.id, "state": session.state(now)}))
            }
            ("GET" | "HEAD", ["log"]) => log(session, now, ring, request),
            ("POST", ["stop"]) => {
                session.stopped = Some(now);
                Response::empty(204)
            }
            ("POST", ["interrupt"]) => {
                session.stopped = Some(now);
                Response::msg(200, "interrupted")
            }
            ("POST", ["connect"]) => {
                session.active_at = now;
                Response::json(200, &session.json(now, ring))
            }
            (_, ["statements", rest @ ..]) => statements(session, now, request, &body, method, rest),
            (_, ["completion"]) => complete(session, now, &body),
            _ => Response::empty(404),
        };
        if story == Story::Slow { response.after(Duration::from_secs(3)) } else { response }
    }

    /// Removes what has had its time, at each full minute since the last look.
    fn collect(&mut self, now: i64) {
        let retain = i64::try_from(self.options.state_retain.as_millis()).unwrap_or(i64::MAX);
        self.sessions.retain(|it| !it.is_forgotten(now));
        while self.collected + COLLECT_EVERY <= now {
            self.collected += COLLECT_EVERY;
            let at = self.collected;
            self.sessions.retain(|it| it.created > at || !it.is_garbage(at, retain));
        }
    }

    /// From now on no call fails or stalls by chance.
    pub fn calm(&mut self) {
        self.options.chaos_percent = 0;
    }

    fn chaos(&mut self) -> Option<Chaos> {
        self.random ^= self.random << 13;
        self.random ^= self.random >> 7;
        self.random ^= self.random << 17;
        let dice = self.random >> 24;
        if dice % 100 >= u64::from(self.options.chaos_percent) {
            return None;
        }
        let refused = |response| Some(Chaos::Refused(Box::new(response)));
        match dice / 100 % 5 {
            0 => refused(gateway_page()),
            1 => refused(Response::nothing(503).with("Retry-After", "2")),
            2 => refused(Response::nothing(502).dropped()),
            3 => Some(Chaos::Lost),
            _ => Some(Chaos::Late),
        }
    }
}

/// What chance does to a call.
enum Chaos {
    /// It never reaches Livy.
    Refused(Box<Response>),
    /// Livy's answer never arrives.
    Lost,
    /// Livy's answer arrives after eight seconds.
    Late,
}

/// `from` and `size` as SessionServlet reads them (240-254).
fn log(session: &Session, now: i64, ring: usize, request: &Request) -> Response {
    let lines = session.log(now, ring);
    let total = lines.len() as i64;
    let (from, size) = match (request.int("from", -1), request.int("size", 100)) {
        (Ok(from), Ok(size)) => (from, if size < 0 { total } else { size }),
        (Err(refusal), _) | (_, Err(refusal)) => return refusal,
    };
    let from = if from < 0 { (total - size).max(0) } else { from };
    let (skip, take) = (usize::try_from(from).unwrap_or(0), usize::try_from(size).unwrap_or(0));
    let page: Vec<&String> = lines.iter().skip(skip).take(take).collect();
    Response::json(200, &json!({"id": session.id, "from": from, "total": total, "log": page}))
}
