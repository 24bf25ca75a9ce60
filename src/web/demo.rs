//! The pretend cluster of a demonstration. It runs inside the page: a part of the program that nobody else fetches, and no call leaves it.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use console::Moment;
use fake_livy::{Cluster, Fate, Options, Request, Response};
use livy::{Answer, BaseUrl, Call, CallError, Cut};
use web_sys::AbortSignal;

use crate::web::browser::surroundings::wait;
use crate::web::browser::time::now;
use crate::web::split::{Missing, part};

/// What the element's attribute `base-url` says to have one.
const WRITTEN: &str = "demo:";

/// What the way to a cluster nearby takes, there and back.
const WAY: Duration = Duration::from_millis(20);

/// Answers a call at a time since the cluster's beginning: how late, and with what.
type Answers = Box<dyn FnMut(Duration, &Call) -> (Duration, Result<Answer, CallError>)>;

part!(demo: fn cluster() -> Answers { seeded() });

fn seeded() -> Answers {
    let mut cluster = Cluster::new(Options { seeded: true, ..Options::default() });
    Box::new(move |now, call| {
        let response = cluster.answer(now, &request(call));
        (response.delay, answer(response, call.limit()))
    })
}

fn request(call: &Call) -> Request {
    let own = |(name, value): (&str, &str)| (name.to_owned(), value.to_owned());
    Request {
        method: call.method().as_str().to_owned(),
        // Livy is at the root of its server.
        path: call.url(&BaseUrl::default()),
        headers: call.headers().into_iter().map(own).collect(),
        body: call.body().unwrap_or_default().as_bytes().to_vec(),
    }
}

fn answer(response: Response, limit: Option<usize>) -> Result<Answer, CallError> {
    if response.fate == Fate::ConnectionDropped {
        return Err(CallError::Unreachable);
    }
    let header = |wanted: &str| {
        let found = response.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case(wanted));
        found.map(|(_, value)| value.clone())
    };
    let limit = limit.unwrap_or(usize::MAX);
    let (body, cut) = Cut::text(response.beginning(limit), limit, None);
    Ok(Answer {
        status: response.status,
        content_type: header("Content-Type"),
        retry_after: header("Retry-After").and_then(|it| it.parse().ok()),
        location: header("Location"),
        redirected: false,
        body,
        cut,
    })
}

/// One console's pretend cluster.
#[derive(Clone)]
pub struct Demo {
    began: Moment,
    answers: Rc<RefCell<Answers>>,
}

impl Demo {
    /// Whether the element asks for one.
    pub fn is_meant(base_url: Option<&str>) -> bool {
        base_url.is_some_and(|it| it.trim() == WRITTEN)
    }

    /// A new one, with some sessions in several states.
    pub async fn begin() -> Result<Self, Missing> {
        let answers = Rc::new(RefCell::new(cluster().await?));
        Ok(Self { began: now(), answers })
    }

    /// Performs a call as [`crate::web::browser::fetch::perform`] does, without sending anything.
    pub async fn perform(&self, call: &Call, signal: &AbortSignal) -> Result<Answer, CallError> {
        let (delay, result) = (self.answers.borrow_mut())(now().since(self.began), call);
        if wait(delay + WAY, signal).await { result } else { Err(CallError::Unreachable) }
    }
}
