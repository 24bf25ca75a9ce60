"""Runs snippets that were copied from the form, with a session of `requests` that sends nothing and keeps what it was asked to
send. Where pylivy is installed its own code builds the request; elsewhere a stand-in does, with the modules, names and parameters of
version 0.8.0 and no others."""

import enum
import io
import json
import os
import sys
import types

sent = []


class Answer:
    def raise_for_status(self):
        pass

    def json(self):
        return {"version": "0.9.0-incubating", "id": 0, "state": "starting", "kind": "spark", "proxyUser": None}


class Session:
    def __init__(self):
        self.headers = {}

    def request(self, method, url, headers=None, json=None, **_):
        if method == "POST":
            sent.append({"url": url, "headers": {**self.headers, **(headers or {})}, "json": json})
        return Answer()

    def post(self, url, **more):
        return self.request("POST", url, **more)


def module(name, **members):
    """Makes a module importable."""
    made = types.ModuleType(name)
    vars(made).update(members)
    sys.modules[name] = made


def stand_in():
    """What pylivy 0.8.0 exports (`livy/__init__.py`), and `LivyClient.create_session` (`livy/client.py` 146-163, 213-236)."""
    names = {
        "proxy_user": "proxyUser", "jars": "jars", "py_files": "pyFiles", "files": "files", "driver_memory": "driverMemory",
        "driver_cores": "driverCores", "executor_memory": "executorMemory", "executor_cores": "executorCores",
        "num_executors": "numExecutors", "archives": "archives", "queue": "queue", "name": "name", "spark_conf": "conf",
        "heartbeat_timeout": "heartbeatTimeoutInSecond",
    }

    class SessionKind(enum.Enum):
        SPARK = "spark"
        PYSPARK = "pyspark"
        PYSPARK3 = "pyspark3"
        SPARKR = "sparkr"
        SQL = "sql"
        SHARED = "shared"

    class LivyClient:
        def __init__(self, url, auth=None, verify=True, requests_session=None):
            self.url, self.session = url.rstrip("/"), requests_session

        def create_session(self, kind, **more):
            body = {"kind": kind.value, **{names[name]: value for name, value in more.items() if value is not None}}
            self.session.request("POST", self.url + "/sessions", json=body)

    others = ("LivySession", "LivyBatch", "SessionState", "SparkRuntimeError")
    module("livy", SessionKind=SessionKind, **dict.fromkeys(others))
    module("livy.models", SessionKind=SessionKind)
    module("livy.client", LivyClient=LivyClient, SessionKind=SessionKind)


requests = types.ModuleType("requests")
requests.Session = Session
requests.post = lambda url, **more: Session().post(url, **more)
try:
    import livy.client
except ImportError:
    if "LIVY_PYTHON" in os.environ:
        raise
    stand_in()
sys.modules["requests"] = requests

# What a snippet prints is for the person.
out, sys.stdout = sys.stdout, io.StringIO()
seen = []
for *programs, cell, text in json.load(sys.stdin):
    for program in programs:
        exec(compile(program, "snippet", "exec"), {})
    assert len(sent) == 2, "each snippet sends one request"
    # As sparkmagic reads a cell: its first line is the magic's, the rest JSON.
    magic, properties = cell.split("\n", 1)
    assert magic == "%%configure -f", magic
    seen.append([*sent, {"json": json.loads(properties)}, {"json": json.loads(text)}])
    sent.clear()
json.dump(seen, out)
