"""The answers of `POST /sessions` that the recordings lack: wrong types, nulls, names, URIs, time strings, the limit, impersonation.

Livy launches spark-submit before it looks at the name, so a refused name leaves a driver behind on a real server. The bodies of
those rows, and of rows that need a session only for its answer, ask for a JVM that cannot start (`driverMemory` `abc`): the
answer is the same, and the orphan ends by itself within a second.
"""

import json
import uuid
from urllib.parse import quote

from observe import exact, shaped
from row import NotPlayed, Row

UNSTARTABLE = {"driverMemory": "abc"}

REFUSED = [
    ("a list given as a string", '{"jars":"a.jar"}'),
    ("a list given as an object", '{"files":{}}'),
    ("a list with a null", '{"jars":[null]}'),
    ("a map given as a list", '{"conf":[1]}'),
    ("a map given as a string", '{"conf":"a=b"}'),
    ("an object inside the map", '{"conf":{"a":{"b":1}}}'),
    ("an integer too long", '{"driverCores":99999999999}'),
    ("executorCores as a string", '{"executorCores":"1"}'),
    ("numExecutors as a float", '{"numExecutors":1.5}'),
    ("a memory given as a list", '{"driverMemory":[1]}'),
    ("a body that is a list", "[]"),
    ("a body that is a string", '"pyspark"'),
    ("a body cut short", '{"kind":"pyspark"'),
    ("conf null", '{"conf":null}'),
    ("pyFiles null", '{"pyFiles":null}'),
    ("files null", '{"files":null}'),
    ("archives null", '{"archives":null}'),
    ("kind empty", '{"kind":""}'),
    ("two unknown fields", '{"driver_memory":"1g","x":2}'),
    ("ttl with a bad suffix", '{"ttl":"5 m"}'),
    ("idleTimeout with a bad suffix", '{"idleTimeout":"5weeks"}'),
    ("idleTimeout that is no time", '{"idleTimeout":"soon"}'),
    ("ttl negative", '{"ttl":"-1"}'),
    ("a relative pyFile", '{"pyFiles":["a.py"]}'),
    ("a relative file", '{"files":["dir/a.txt"]}'),
    ("a relative archive", '{"archives":["a.zip"]}'),
    ("a local file with a scheme", '{"files":["file:///tmp/x.txt"]}'),
    ("a local jar in conf", '{"conf":{"spark.jars":"/tmp/x.jar"}}'),
    ("a bad URI with a scheme", '{"files":["hdfs:///has space"]}'),
    ("a percent-encoded space without a scheme", '{"jars":["/has%20space.jar"]}'),
    ("blacklisted customised classpath", '{"conf":{"spark.submit.proxyUser.allowCustomClasspathInClusterMode":"true"}}'),
]

LEAKING = [
    ("name of digits", "123"),
    ("name of full-width digits", "\uff11\uff12\uff13"),
    ("empty name", ""),
]

MADE = [
    ("no field but the memory", {}),
    ("kind scala is echoed as spark", {"kind": "scala"}),
    ("kind python is echoed as pyspark", {"kind": "python"}),
    ("kind r is echoed as sparkr", {"kind": "r"}),
    ("kind sql", {"kind": "sql"}),
    ("conf values become strings", {"conf": {"spark.a": 1, "spark.b": True, "spark.c": 1.5}}),
    ("nulls that are fine", {"name": None, "proxyUser": None, "queue": None, "ttl": None, "heartbeatTimeoutInSecond": None}),
    ("heartbeat as a string", {"heartbeatTimeoutInSecond": "10"}),
    ("heartbeat cut to whole seconds", {"heartbeatTimeoutInSecond": 61.9}),
    ("negative numbers pass", {"driverCores": -1, "executorCores": -2, "numExecutors": -3}),
    ("blank list entries are ignored", {"jars": [""], "files": ["", "hdfs:///a.txt"]}),
    ("proxyUser without impersonation", {"proxyUser": "bob"}),
    ("garbage after the object", {"kind": "pyspark"}, "BODY trailing"),
    ("a key twice: the last wins", {"kind": "sql"}, '{"kind":"spark",INNER'),
]


def refused(body):
    """A row that posts `body` as it stands."""

    def play(server):
        answer = server.create(body)
        seen = exact(server, answer)
        if server.alive:
            for session in list(server.alive):
                server.delete(session)
        return seen

    return play


def leaking(name):
    """A row that posts a name which is refused after spark-submit was launched."""
    return refused(json.dumps({"name": name, **UNSTARTABLE}))


def made(fields, form="BODY"):
    """A row whose session is made, observed and deleted at once. In `form`, BODY is the JSON of `fields`, INNER that without its first brace."""
    body = json.dumps({**fields, **UNSTARTABLE})
    text = form.replace("BODY", body).replace("INNER", body[1:])

    def play(server):
        answer = server.create(text)
        session = answer.json() or {}
        echoed = ("kind", "name", "conf", "proxyUser", "queue", "jars", "files", "driverMemory", "ttl", "idleTimeout")
        numbers = ("heartbeatTimeoutInSecond", "driverCores", "executorCores", "numExecutors")
        seen = shaped(server, answer, {f"/sessions/{session.get('id')}": "/sessions/ID"}, echoed + numbers, free=("log",))
        server.delete(session["id"])
        return seen

    return play


def encoded(server):
    """A name with a space and a letter beyond ASCII is made, and found by its percent-encoded form."""
    name = f"conformance {uuid.uuid4().hex[:8]} é"
    session = server.create({"name": name, **UNSTARTABLE}).json()
    answer = server.send("GET", f"/sessions/{quote(name, safe='')}")
    seen = shaped(server, answer, free=("log", "state"))
    seen["id and name are its own"] = str(answer.json().get("id") == session["id"] and answer.json()["name"] == name)
    server.delete(session["id"])
    return seen


def impersonation(_server):
    """403 comes only where callers are authenticated and access control is on."""
    raise NotPlayed("needs a server with authentication and impersonation")


def rows():
    """Every row that needs no living session."""
    found = [Row(f"refused: {name}", refused(body)) for name, body in REFUSED]
    found += [Row(f"made: {name}", made(fields, *form)) for name, fields, *form in MADE]
    found.append(Row("made: a name beyond ASCII", encoded))
    found += [Row(f"refused after launch: {name}", leaking(value)) for name, value in LEAKING]
    return found + [Row("refused: may not impersonate", impersonation)]


def limited():
    """For servers with `livy.server.session.max-creation = 1`: the second session is refused."""

    def play(server):
        first = server.create({"kind": "pyspark"})
        seen = {f"first {label}": text for label, text in exact(server, first).items() if label == "status"}
        try:
            second = server.create({"kind": "pyspark"})
            seen.update(exact(server, second))
        finally:
            server.tidy()
        return seen

    return Row("refused: too many sessions", play)
