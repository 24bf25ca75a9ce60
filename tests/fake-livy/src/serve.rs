//! The pretend cluster behind a port: the clock, the sockets, and nothing else.

use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Instant;

use axum::Router;
use axum::body::{Body, Bytes, HttpBody, to_bytes};
use axum::extract::Request as HttpRequest;
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::Response as HttpResponse;
use http_body::Frame;

use crate::{Cluster, Fate, Request, Response};

/// Livy's own limit on an upload, in bytes (docs/protocol.md §5).
const UPLOAD_LIMIT: usize = 100 << 20;

/// Speaks Livy at its root; nest it under `/livy` as a gateway would. Its time begins now.
pub fn router(cluster: Cluster) -> Router {
    let shared = Arc::new((Mutex::new(cluster), Instant::now()));
    Router::new().fallback(move |request: HttpRequest| {
        let shared = Arc::clone(&shared);
        async move {
            let request = match taken(request).await {
                Ok(request) => request,
                Err(status) => return plain(status),
            };
            let (cluster, began) = &*shared;
            // A panic elsewhere leaves a cluster that is as good as before.
            let response =
                cluster.lock().unwrap_or_else(PoisonError::into_inner).answer(began.elapsed(), &request);
            tokio::time::sleep(response.delay).await;
            given(response, request.method == "HEAD")
        }
    })
}

async fn taken(request: HttpRequest) -> Result<Request, StatusCode> {
    let (head, body) = request.into_parts();
    let body = to_bytes(body, UPLOAD_LIMIT).await.map_err(|_| StatusCode::PAYLOAD_TOO_LARGE)?;
    let header = |(name, value): (&HeaderName, &HeaderValue)| {
        (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned())
    };
    Ok(Request {
        method: head.method.as_str().to_owned(),
        path: head.uri.path_and_query().map_or_else(|| "/".to_owned(), |it| it.as_str().to_owned()),
        headers: head.headers.iter().map(header).collect(),
        body: body.to_vec(),
    })
}

fn given(response: Response, is_head: bool) -> HttpResponse {
    if response.fate == Fate::ConnectionDropped {
        return dropped();
    }
    let pieces = response.pieces();
    let body = match (is_head, pieces.len()) {
        (true, _) => Body::empty(),
        (false, 2..) => Body::new(Flow::of(pieces)),
        (false, _) => Body::from(response.body),
    };
    let mut answer = HttpResponse::new(body);
    *answer.status_mut() = StatusCode::from_u16(response.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    for (name, value) in response.headers {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            answer.headers_mut().append(name, value);
        }
    }
    answer
}

/// A body that breaks at once: the server ends the connection, and a client sees no answer.
fn dropped() -> HttpResponse {
    HttpResponse::new(Body::new(Broken))
}

struct Broken;

impl HttpBody for Broken {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        Poll::Ready(Some(Err(std::io::Error::other("the story drops this connection"))))
    }
}

/// A body that is made as it is sent, in chunks and without a length.
struct Flow(VecDeque<(Bytes, usize)>);

/// So many pieces are sent at once.
const AT_ONCE: usize = 600;

impl Flow {
    fn of(pieces: Vec<(&[u8], usize)>) -> Self {
        Self(pieces.into_iter().map(|(piece, times)| (Bytes::copy_from_slice(piece), times)).collect())
    }
}

impl HttpBody for Flow {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        while self.0.pop_front_if(|it| it.1 == 0).is_some() {}
        let Some((piece, times)) = self.0.front_mut() else { return Poll::Ready(None) };
        let now = (*times).min(AT_ONCE);
        *times -= now;
        Poll::Ready(Some(Ok(Frame::data(piece.repeat(now).into()))))
    }
}

fn plain(status: StatusCode) -> HttpResponse {
    let mut answer = HttpResponse::new(Body::empty());
    *answer.status_mut() = status;
    answer
}
