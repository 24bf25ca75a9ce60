"""Statements of an idle session: posted, read, listed, refused, and the completion call."""

import time

from observe import exact, plain, shaped, untraced
from row import NotPlayed, Row

OPEN = ("state", "output", "progress", "started", "completed")
"""Keys whose values race with the interpreter when a statement has just been posted."""


def posted(life, value):
    """POST a statement: 201, Location, seven keys; its state may already be any of three."""

    def play(server):
        answer = server.send("POST", f"/sessions/{life.id(server)}/statements", value)
        seen = shaped(server, answer, life.known(server), ("id", "code"), free=OPEN)
        statement = answer.json()
        if isinstance(statement, dict):
            seen["state is one of three"] = str(statement.get("state") in ("waiting", "running", "available"))
        return seen

    return play


def ended(life, number):
    """Poll one statement until it has ended; its output has to agree to the letter."""

    def play(server):
        end = time.monotonic() + 60
        while time.monotonic() < end:
            answer = server.send("GET", f"/sessions/{life.id(server)}/statements/{number}")
            statement = answer.json()
            if answer.status != 200 or statement["state"] in ("available", "cancelled"):
                seen = shaped(server, answer, life.known(server), ("id", "code", "state", "output", "progress"))
                for key in ("started", "completed"):
                    seen[f"{key} is in milliseconds"] = str((statement or {}).get(key, 0) > 10**12)
                return seen
            time.sleep(0.3)
        raise NotPlayed("the statement had not ended after 60 s")

    return play


def page(life, query):
    """A page of the statements: how many there are, and which ids."""

    def play(server):
        answer = server.send("GET", f"/sessions/{life.id(server)}/statements{query}")
        value = answer.json()
        if answer.status != 200 or not isinstance(value, dict):
            return exact(server, answer, life.known(server))
        seen = shaped(server, answer, free=("statements",))
        seen["total_statements"] = str(value["total_statements"])
        seen["ids"] = str([one["id"] for one in value["statements"]])
        return seen

    return play


def first_line(server, answer, known=None):
    """Of an exception with its trace only the first line is the server's own."""
    seen = plain(server, answer, known)
    value = untraced(answer.json())
    seen["body"] = value if isinstance(value, str) else repr(value)
    return seen


def rows(life):
    """In this order: the ids count up from 0."""
    return [
        Row("statements: none yet", page(life, "")),
        Row("statements: post 1 + 1", posted(life, {"code": "1 + 1"})),
        Row("statements: 1 + 1 ends", ended(life, 0)),
        Row("statements: post print", posted(life, {"code": 'print("a")', "kind": "pyspark"})),
        Row("statements: print ends", ended(life, 1)),
        Row("statements: post 1/0", posted(life, {"code": "1/0"})),
        Row("statements: 1/0 ends", ended(life, 2)),
        *[Row(f"statements: list{query or ' without a query'}", page(life, query)) for query in
          ("", "?from=0&size=2", "?order=desc&size=2", "?from=-2&size=3", "?from=500", "?size=-1", "?from=abc")],
        Row("statements: no such statement", life.call("GET", "/statements/999")),
        Row("statements: an id that is no number", life.call("GET", "/statements/abc")),
        Row("statements: cancel one that is not there", life.call("POST", "/statements/999/cancel")),
        Row("statements: unknown field", life.call("POST", "/statements", {"code": "1", "zzz": 1})),
        Row("statements: unknown kind", life.call("POST", "/statements", {"code": "1", "kind": "nope"}, first_line)),
        Row("statements: code missing", life.call("POST", "/statements", {}, first_line)),
        Row("statements: empty body", life.call("POST", "/statements", "")),
        Row("statements: completion in pyspark", life.call("POST", "/completion", {"code": "s", "kind": "pyspark", "cursor": 1})),
    ]
