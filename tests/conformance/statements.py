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


COMPLETIONS = [
    ("pyspark", "s", 1), ("sql", "sel", 3), ("sparkr", "s", 1), ("shared", "s", 1), ("spark", "sc.par", 6), ("scala", "sc.par", 6),
    ("spark", "sc.", 3), ("spark", "sc.par", 3), ("spark", "sc.parallelize", 14), ("spark", "sc.aF", 5), ("spark", "sc.wTF", 6),
    ("spark", "sc.PAR", 6), ("spark", "sc\n  .par", 9), ("spark", "// \U0001f600\U0001f600\nsc.te", 13),
    ("spark", "// \U0001f600\U0001f600\nsc.te", 11), ("spark", "nosuch.q", 8), ("spark", "sc.par", 99), ("spark", "sc.par", -1),
]
"""How code could go on, with the place of the cursor in units of UTF-16."""


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
        *[Row(f"statements: completion of {kind} {code!r} at {cursor}",
              life.call("POST", "/completion", {"code": code, "kind": kind, "cursor": cursor})) for kind, code, cursor in COMPLETIONS],
        Row("statements: completion of an unknown kind", life.call("POST", "/completion", {"code": "s", "kind": "nope", "cursor": 1}, first_line)),
        Row("statements: completion without code", life.call("POST", "/completion", {"kind": "spark", "cursor": 1}, first_line)),
        Row("statements: completion with an unknown field", life.call("POST", "/completion", {"code": "s", "kind": "spark", "cursor": 1, "z": 1})),
    ]


MARK = "\n" + "".join(" \t"[number >> bit & 1] for number in [0x5A17C3F0096E] for bit in range(48)) + "\n"
"""A last line of blanks and tabs, as the console puts one on what it sends."""

OUTPUTS = [
    ("pyspark", "print then fail", 'print("before")\n1/0'),
    ("pyspark", "what was printed before a failure is not in the next", 'print("next")'),
    ("pyspark", "a value with a mark", "1 + 1" + MARK),
    ("pyspark", "a failure with a mark", 'print("before")\n1/0' + MARK),
    ("pyspark", "ends of lines of another system", 'x = 1\r\nprint(x)\r\n'),
    ("pyspark", "a syntax error", "x = 1\ndef f(:\n    pass"),
    ("pyspark", "a function", "def f(x):\n    y = x + 1\n    return y / 0\n"),
    ("pyspark", "a failure in a function of an earlier statement", "a = 1\nf(2)"),
    ("pyspark", "%table of dicts", "t = [{'a': 1, 'b': 'z'}, {'a': 2, 'b': None}]\n%table t" + MARK),
    ("pyspark", "%table of dicts that lack a key", "r = [{'b': 1, 'a': 2}, {'a': 3}]\n%table r"),
    ("pyspark", "%table of lists", "l = [[1, 'x', 1.5, True, None], [2, 'y', 2.5, False, 3]]\n%table l"),
    ("pyspark", "%table of unequal lists", "u = [[1], [1, 2]]\n%table u"),
    ("pyspark", "%table of nothing", "e = []\n%table e"),
    ("pyspark", "%table of a name that is not there", "%table nosuch"),
    ("pyspark", "%json", "j = {'a': [1, None, True]}\n%json j" + MARK),
    ("pyspark", "%json after a print", 'print("kept")\n%json j'),
    ("pyspark", "%json that is not the last", 'print("one")\n%json j\nprint("two")'),
    ("pyspark", "an unknown magic", "%matplotlib inline"),
    ("pyspark", "nothing", ""),
    ("spark", "a value", "1 + 1"),
    ("spark", "a value with a mark", "1 + 1" + MARK),
    ("spark", "%table of a name", "%table nosuch"),
    ("spark", "%json of a name", "%json x"),
    ("spark", "an unknown magic", "%matplot x"),
    ("sql", "a number", "select 1 as a" + MARK),
    ("sql", "a semicolon at the end", "select 1 as a;"),
    ("sparkr", "no R here", "1 + 1"),
]
"""What has to come to the letter, in this order; docs/statements.md tells why."""


def ran(life, kind, code):
    """A statement from its POST to its end; its output has to agree to the letter."""

    def play(server):
        statement = server.send("POST", f"/sessions/{life.id(server)}/statements", {"code": code, "kind": kind}).json()
        if not isinstance(statement, dict) or "id" not in statement:
            raise NotPlayed(f"the statement was not taken: {statement}")
        return ended(life, statement["id"])(server)

    return play


def cancelled(life):
    """One that runs and one that waits behind it are cancelled, the later one first."""

    def play(server):
        base, seen = f"/sessions/{life.id(server)}/statements", {}
        first = server.send("POST", base, {"code": "import time\ntime.sleep(4)", "kind": "pyspark"}).json()["id"]
        second = server.send("POST", base, {"code": "1", "kind": "pyspark"}).json()["id"]
        end = time.monotonic() + 60
        while server.send("GET", f"{base}/{first}").json()["state"] == "waiting" and time.monotonic() < end:
            time.sleep(0.2)
        for label, number in (("the one that waits", second), ("the one that runs", first)):
            seen[f"cancel of {label}"] = server.send("POST", f"{base}/{number}/cancel").body
            statement = server.send("GET", f"{base}/{number}").json()
            seen[label] = f"{statement['state']} {statement['output']} started {statement['started'] > 0}"
        while server.send("GET", f"{base}/{first}").json()["state"] == "cancelling" and time.monotonic() < end:
            time.sleep(0.3)
        statement = server.send("GET", f"{base}/{first}").json()
        seen["at its end"] = f"{statement['state']} {statement['output']['status']} {statement['progress']}"
        return seen

    return play


def broken(life):
    """An interpreter that ends, what comes after it, and another one."""

    def play(server):
        base, seen = f"/sessions/{life.id(server)}", {}
        for label, kind, code in (("ends", "pyspark", "import os; os._exit(1)"), ("after it", "pyspark", "1"), ("another", "spark", "2")):
            number = server.send("POST", base + "/statements", {"code": code, "kind": kind}).json()["id"]
            end = time.monotonic() + 60
            statement = {}
            while statement.get("state") != "available" and time.monotonic() < end:
                time.sleep(0.3)
                statement = server.send("GET", f"{base}/statements/{number}").json()
            output = statement.get("output") or {}
            seen[label] = f"{output.get('status')} {output.get('ename')} {str(output.get('evalue')).splitlines()[:1]}"
            time.sleep(0.5)
            seen[f"{label}: state of the session"] = server.send("GET", base + "/state").json()["state"]
        return seen

    return play


def outputs(life):
    """What statements bring. The last one leaves the session without Python."""
    return [
        *[Row(f"output: {kind}, {name}", ran(life, kind, code)) for kind, name, code in OUTPUTS],
        Row("output: list in capitals", page(life, "?order=DESC&size=1")),
        Row("output: list in a word that is none", page(life, "?order=nosuch&size=1")),
        Row("output: no more than the total", page(life, "?from=0&size=0")),
        Row("output: cancelled", cancelled(life)),
        Row("output: a session without Python", broken(life)),
    ]
