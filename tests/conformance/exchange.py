"""One HTTP exchange with a Livy server, byte for byte as written: no header is added but Host, Connection and Content-Length.

Never follows a redirect, never retries: a repeated POST would make a second session.
"""

import gzip
import http.client
import json
from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass
class Answer:
    """What came back. `body` is the text after any gzip is undone."""

    status: int
    reason: str
    headers: http.client.HTTPMessage
    body: str

    def json(self):
        """The body as JSON, or None if it is none."""
        try:
            return json.loads(self.body)
        except ValueError:
            return None


class Server:
    """A Livy root and what a run remembers about it: the sessions it made and has not deleted."""

    def __init__(self, side, url):
        self.side = side
        self.url = url.rstrip("/")
        parts = urlsplit(self.url)
        if parts.scheme != "http" or not parts.hostname:
            raise ValueError(f"{url} is not an http URL of a Livy root.")
        self.host, self.port, self.root = parts.hostname, parts.port or 80, parts.path
        self.authority = f"{self.host}:{self.port}"
        self.alive = {}

    def ask(self, method, path, headers=None, body=None, timeout=45):
        """Send one request. `body` is text sent as UTF-8; seconds of `timeout` count for each wait on the socket."""
        link = http.client.HTTPConnection(self.host, self.port, timeout=5)
        try:
            link.connect()
            link.sock.settimeout(timeout)
            link.putrequest(method, self.root + path, skip_accept_encoding=True)
            for name, value in (headers or {}).items():
                link.putheader(name, value)
            data = None if body is None else body.encode()
            if data is not None:
                link.putheader("Content-Length", str(len(data)))
            link.putheader("Connection", "close")
            link.endheaders(data)
            response = link.getresponse()
            raw = response.read()
        finally:
            link.close()
        if response.headers.get("Content-Encoding") == "gzip":
            raw = gzip.decompress(raw)
        return Answer(response.status, response.reason, response.headers, raw.decode())

    def send(self, method, path, value=None, **more):
        """A well-formed call as the console makes it: `X-Requested-By`, JSON in and out."""
        headers = {"X-Requested-By": "conformance", "Accept": "application/json"}
        if value is None:
            return self.ask(method, path, headers, **more)
        headers["Content-Type"] = "application/json"
        return self.ask(method, path, headers, value if isinstance(value, str) else json.dumps(value), **more)

    def create(self, value, **more):
        """POST /sessions, and remember the session if one was made, so that `tidy` can delete it."""
        answer = self.send("POST", "/sessions", value, **more)
        session = answer.json()
        if 200 <= answer.status < 300 and isinstance(session, dict) and "id" in session:
            self.alive[session["id"]] = session.get("name")
        return answer

    def delete(self, session):
        """DELETE one session; a real server answers when its driver has ended."""
        answer = self.send("DELETE", f"/sessions/{session}", timeout=150)
        if answer.status in (200, 404):
            self.alive.pop(session, None)
        return answer

    def tidy(self):
        """Delete whatever this run made here and still lives; the ids that could not be deleted come back."""
        for session in list(self.alive):
            try:
                self.delete(session)
            except OSError:
                pass
        return list(self.alive)
