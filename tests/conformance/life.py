"""A session's whole life: made, starting, idle, statements, kept alive, deleted, gone; and one whose start fails.

At most one session lives at a time on each server. Rows build on those before them: each asks about the session that the first one made.
"""

import re
import time

from observe import exact, plain, shaped
from row import NotPlayed, Row

WAIT = 180
"""Seconds for a session to become idle, and for a statement to end."""


class Life:
    """The session of this part on each server, by the server's side."""

    def __init__(self, token):
        self.token = token
        self.ids = {}

    def name(self, server):
        """A name that is unique to this run and this side."""
        return f"conformance-{self.token}-{server.side}"

    def id(self, server):
        """The session's id, or NotPlayed when it was never made."""
        if server.side not in self.ids:
            raise NotPlayed("no session was made in an earlier row")
        return self.ids[server.side]

    def known(self, server):
        """What differs by nature: the id where it stands for a session, and the name."""
        own = self.id(server)
        return {f"/sessions/{own}": "/sessions/ID", f"session {own}": "session ID", f"Session '{own}'": "Session 'ID'", self.name(server): "NAME"}

    def make(self, server, fields):
        """Create the session and remember it."""
        answer = server.create({"name": self.name(server), **fields})
        session = answer.json()
        if isinstance(session, dict) and "id" in session:
            self.ids[server.side] = session["id"]
        echoed = tuple(key for key in (session or {}) if key not in ("id", "log", "appInfo", "state"))
        return shaped(server, answer, self.known(server), echoed + ("state",), free=("log",))

    def session(self, method="GET", by="id", tail=""):
        """Read the session; its shape, and whether id and name are its own."""

        def play(server):
            own = self.id(server)
            path = f"/sessions/{own if by == 'id' else self.name(server)}{tail}"
            answer = server.send(method, path)
            seen = shaped(server, answer, self.known(server), ("kind", "name", "owner", "proxyUser"), free=("log", "state"))
            value = answer.json() or {}
            seen["id is its own"] = str(value.get("id") == own)
            if isinstance(value.get("log"), list):
                seen["log is at most 10 lines"] = str(len(value["log"]) <= 10)
                seen["log lines"] = "all strings" if all(isinstance(line, str) for line in value["log"]) else "mixed"
            return seen

        return play

    def state(self, server):
        """The cheapest poll: two keys."""
        answer = server.send("GET", f"/sessions/{self.id(server)}/state")
        seen = shaped(server, answer)
        seen["id is its own"] = str((answer.json() or {}).get("id") == self.id(server))
        return seen

    def until(self, wanted):
        """Poll the state until it is one of `wanted`."""

        def play(server):
            end, states = time.monotonic() + WAIT, []
            while time.monotonic() < end:
                value = server.send("GET", f"/sessions/{self.id(server)}/state").json() or {}
                if not states or states[-1] != value.get("state"):
                    states.append(value.get("state"))
                if states[-1] in wanted:
                    return {"ends in": states[-1]}
                time.sleep(0.5)
            raise NotPlayed(f"after {WAIT} s the states were {states}, none of {wanted}")

        return play

    def log(self, query, first=None, size=100):
        """A window of the log: its shape, and whether it follows the rule. `first` None: the last `size` lines."""

        def play(server):
            answer = server.send("GET", f"/sessions/{self.id(server)}/log{query}")
            seen = shaped(server, answer, self.known(server))
            value = answer.json()
            if answer.status != 200 or not isinstance(value, dict):
                return seen
            total, lines = value.get("total", 0), value.get("log", [])
            count = total if size < 0 else size
            start = max(0, total - count) if first is None or first < 0 else first
            seen["id is its own"] = str(value.get("id") == self.id(server))
            seen["from follows the rule"] = str(value.get("from") == start)
            seen["lines follow the rule"] = str(len(lines) == max(0, min(count, total - start)))
            if start == 0 and count >= 2:
                seen["starts with"] = repr(lines[:1])
                seen["marker of stderr"] = str(lines.count("\nstderr: "))
            return seen

        return play

    def listed(self, query, known_from):
        """A page of the list: its envelope, its size, and the shape of its sessions."""

        def play(server):
            answer = server.send("GET", f"/sessions{query}")
            value = answer.json()
            if answer.status != 200 or not isinstance(value, dict):
                return exact(server, answer)
            seen = shaped(server, answer, free=("sessions", "total"))
            sessions = value["sessions"]
            seen["from"] = str(value["from"] == known_from)
            seen["total is an integer"] = str(isinstance(value["total"], int))
            seen["ascending"] = str([one["id"] for one in sessions] == sorted(one["id"] for one in sessions))
            seen["size of the page"] = str(len(sessions)) if query else "any"
            own = next((one for one in sessions if one["id"] == self.id(server)), None)
            if not query:
                seen["holds the session"] = str(own is not None)
            if own:
                seen["keys of the session"] = " ".join(sorted(own))
                seen["log is at most 10 lines"] = str(len(own["log"]) <= 10)
            return seen

        return play

    def call(self, method, tail, value=None, look=exact):
        """One call below the session, observed as it stands."""

        def play(server):
            answer = server.send(method, f"/sessions/{self.id(server)}{tail}", value)
            return look(server, answer, self.known(server))

        return play

    def duplicate(self, server):
        """The same name again. The JVM asked for cannot start, so that nothing is left running."""
        answer = server.create({"name": self.name(server), "driverMemory": "abc"})
        seen = exact(server, answer, self.known(server))
        named = re.search(r"for session (\d+)", answer.body)
        if named:
            seen["body"] = seen["body"].replace(named[0], "for session N")
            seen["names the id that the refused one would have had"] = str(int(named[1]) > self.id(server))
        return seen

    def head(self, server):
        """HEAD is routed like GET, without a body."""
        return exact(server, server.send("HEAD", f"/sessions/{self.id(server)}"))

    def delete(self, server):
        """DELETE answers when the driver has ended."""
        return exact(server, server.delete(self.id(server)), self.known(server))

    def rows(self):
        """Made, starting, idle, and the reads; statements follow, then the end."""
        from statements import outputs, rows as statements

        every = {"kind": "pyspark", "driverCores": 1, "ttl": "2h", "idleTimeout": "30m", "conf": {"spark.ui.enabled": "false"}}
        reads = [
            Row("life: by id", self.session()),
            Row("life: by name", self.session(by="name")),
            Row("life: state", self.state),
        ]
        windows = [
            ("", None, 100), ("?size=-1", None, -1), ("?size=3", None, 3), ("?size=0", None, 0), ("?from=0", 0, 100),
            ("?from=5&size=2", 5, 2), ("?from=9999", 9999, 100), ("?from=9999&size=-1", 9999, -1),
            ("?from=-1&size=-1", -1, -1), ("?from=-7&size=2", -7, 2), ("?size=abc", None, 0), ("?from=abc", None, 0),
        ]
        pages = [("", 0), ("?from=0&size=0", 0), ("?from=9999", 9999), ("?from=-3&size=2", -3), ("?size=-1", 0), ("?size=abc", 0)]
        return [
            Row("life: create", lambda server: self.make(server, every)),
            Row("life: statement while starting", self.call("POST", "/statements", {"code": "1 + 1"})),
            Row("life: cancel while starting", self.call("POST", "/statements/0/cancel")),
            Row("life: completion while starting", self.call("POST", "/completion", {"code": "s", "kind": "spark", "cursor": 1})),
            *[Row(f"{row.name}, starting", row.play) for row in reads],
            Row("life: log?size=-1, starting", self.log("?size=-1", None, -1)),
            Row("life: connect, starting", self.session("POST", tail="/connect")),
            Row("life: duplicate name", self.duplicate),
            Row("life: becomes idle", self.until(("idle",))),
            *[Row(f"{row.name}, idle", row.play) for row in reads],
            Row("life: HEAD", self.head),
            *[Row(f"life: log{query or ' without a query'}", self.log(query, first, size)) for query, first, size in windows],
            *[Row(f"life: list{query or ' without a query'}", self.listed(query, first)) for query, first in pages],
            Row("life: trailing slash", self.call("GET", "/")),
            Row("life: unknown route", self.call("GET", "/bogus")),
            Row("life: PUT", self.call("PUT", "", {})),
            Row("life: POST on the log", self.call("POST", "/log", {})),
            *statements(self),
            *outputs(self),
            Row("life: connect", self.session("POST", tail="/connect")),
            Row("life: delete without X-Requested-By", lambda server: exact(server, server.ask("DELETE", f"/sessions/{self.id(server)}"))),
            Row("life: delete", self.delete),
            Row("life: by id, deleted", self.call("GET", "")),
            Row("life: by name, deleted", lambda server: exact(server, server.send("GET", f"/sessions/{self.name(server)}"), self.known(server))),
            Row("life: state, deleted", self.call("GET", "/state")),
            Row("life: log, deleted", self.call("GET", "/log")),
            Row("life: statements, deleted", self.call("GET", "/statements")),
            Row("life: connect, deleted", self.call("POST", "/connect")),
            Row("life: delete again", self.delete),
            Row("version", lambda server: shaped(server, server.send("GET", "/version"), same=("version",))),
            *self.failed(),
            *self.stopped(),
        ]

    def failed(self):
        """A session whose JVM cannot start: made with 201, dead within a second."""
        return [
            Row("failed start: create", lambda server: self.make(server, {"kind": "pyspark", "driverMemory": "abc"})),
            Row("failed start: becomes dead", self.until(("dead",))),
            Row("failed start: by id", self.session()),
            Row("failed start: log?size=-1", self.log("?size=-1", None, -1)),
            Row("failed start: statement", self.call("POST", "/statements", {"code": "1"})),
            Row("failed start: statements", self.call("GET", "/statements")),
            Row("failed start: connect", self.session("POST", tail="/connect")),
            Row("failed start: delete", self.delete),
            Row("failed start: by id, deleted", self.call("GET", "")),
        ]

    def stopped(self):
        """A session that is stopped and not deleted keeps its record until it is collected."""
        return [
            Row("stop: create", lambda server: self.make(server, {"driverMemory": "abc"})),
            Row("stop: stop", self.call("POST", "/stop")),
            Row("stop: becomes dead", self.until(("dead",))),
            Row("stop: interrupt", self.call("POST", "/interrupt")),
            Row("stop: delete by X-HTTP-Method-Override", self.override),
            Row("stop: by id, deleted", self.call("GET", "")),
        ]

    def override(self, server):
        """A POST that says it is a DELETE, for gateways that stop DELETE."""
        headers = {"X-Requested-By": "conformance", "X-HTTP-Method-Override": "DELETE"}
        answer = server.ask("POST", f"/sessions/{self.id(server)}", headers, timeout=150)
        if answer.status == 200:
            server.alive.pop(self.id(server), None)
        return plain(server, answer) | exact(server, answer, self.known(server))
