#!/usr/bin/env python3
"""Has a real Apache Livy fail in known ways, and live in others, and keeps what it logged: real/NAME.log, as Livy gave the lines.

    record.py URL [NAME]...        URL of a server with default settings: cargo xtask livy

Python's standard library only. Each session is deleted when its log has been read.
"""

import json
import os
import re
import sys
import time
import urllib.error
import urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
OOM = "val all = new scala.collection.mutable.ArrayBuffer[Array[Long]](); while (true) all += new Array[Long](4 << 20)"
# Name, request, statements. A name that begins with "healthy" must become idle and stay so.
CASES = [
    ("driver-memory-unreadable", {"driverMemory": "512mb"}, []),
    ("driver-memory-too-small", {"driverMemory": "449m", "conf": {"spark.driver.extraJavaOptions": "-XX:+UseSerialGC"}}, []),
    ("driver-memory-too-large", {"driverMemory": "100t"}, []),
    ("executor-memory-too-small", {"executorMemory": "100m"}, []),
    ("setting-wrong", {"conf": {"spark.dynamicAllocation.enabled": "yes"}}, []),
    ("heap-in-options", {"conf": {"spark.driver.extraJavaOptions": "-Xmx2g"}}, []),
    ("driver-out-of-memory", {"kind": "spark", "driverMemory": "600m", "conf": {"spark.driver.extraJavaOptions": "-XX:+ExitOnOutOfMemoryError"}}, [OOM]),
    ("jar-missing", {"jars": ["local:///no/such.jar"]}, []),
    ("file-missing", {"conf": {"spark.files": "/no/such.txt"}}, []),
    ("class-missing", {"conf": {"spark.extraListeners": "no.such.Listener"}}, []),
    ("serializer-missing", {"conf": {"spark.serializer": "no.such.Serializer"}}, []),
    ("scheme-unknown", {"conf": {"spark.files": "nosuch://x/y.txt"}}, []),
    ("host-unknown", {"conf": {"spark.files": "http://repo.example.invalid/x.txt"}}, []),
    ("python-missing", {"kind": "pyspark", "conf": {"spark.pyspark.python": "/no/python"}}, ["1+1"]),
    ("r-missing", {"kind": "sparkr"}, ["1+1"]),
    ("exit-code", {"kind": "spark"}, ["System.exit(3)"]),
    ("connect-timeout", {"kind": "spark", "conf": {"livy.rsc.server.connect.timeout": "2s"}}, []),
    ("ports-exhausted", {"kind": "spark", "conf": {"livy.rsc.launcher.port.range": "1~1"}}, []),
    ("healthy-spark", {"kind": "spark"}, ["1 + 1"]),
    ("healthy-pyspark", {"kind": "pyspark"}, ["spark.range(100).count()"]),
    ("healthy-sql", {"kind": "sql"}, ["show tables"]),
    ("healthy-shared", {"kind": "shared"}, []),
    ("healthy-statement-failed", {"kind": "spark"}, ["throw new RuntimeException(\"java.lang.OutOfMemoryError: no\")"]),
    ("healthy-python-error", {"kind": "pyspark"}, ["1/0", "open('/no/such')"]),
    ("healthy-task-failed", {"kind": "spark"}, ["sc.parallelize(1 to 4).map(x => 1 / (x - 2)).collect()"]),
    ("healthy-class-asked-for", {"kind": "spark"}, ["Class.forName(\"no.such.Class\")", "spark.read.format(\"nosuch\").load()"]),
    ("healthy-file-asked-for", {"kind": "pyspark"}, ["spark.read.text('/no/such').count()"]),
    ("healthy-printed", {"kind": "spark"}, ["println(\"Container killed by YARN for exceeding memory limits\"); System.err.println(\"Exit code: 137\")"]),
    ("jar-host-unknown", {"kind": "spark", "conf": {"spark.jars": "http://repo.example.invalid/a.jar"}}, []),
    ("healthy-shuffle", {"kind": "pyspark"}, ["spark.range(100000).repartition(20).groupBy((spark.range(1).id % 7).alias('k')).count().collect()", "spark.range(10).collect()"]),
]


def call(url, method, path, body=None):
    request = urllib.request.Request(url + path, method=method, data=None if body is None else json.dumps(body).encode(),
                                     headers={"X-Requested-By": "causes", "Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, json.loads(answer.read() or b"null")
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def scrub(line):
    """Takes out what belongs to one machine or one moment."""
    line = re.sub(r"/[^\s,'\"]*/(site-packages|rsc-jars|repl_2\.12-jars)/", r"/opt/\1/", line)
    line = line.replace(os.uname().nodename, "host").replace(os.getcwd(), "/opt/livy").replace(HERE.rsplit("/", 2)[0], "/opt/livy")
    line = re.sub(r"\b(?:127\.0\.0\.1|192\.0\.2\.2)\b", "192.0.2.1", line)
    return re.sub(r"/tmp/[^\s,'\":]*", "/tmp/…", line)


def record(url, name, body, statements):
    status, session = call(url, "POST", "/sessions", body)
    if status != 201:
        return print(f"{name}: {status} {session}")
    path = f"/sessions/{session['id']}"
    lines, state = [], "starting"

    def wait(states, patience):
        nonlocal state, lines
        until = time.monotonic() + patience
        while time.monotonic() < until:
            state = call(url, "GET", path)[1]["state"]
            lines = call(url, "GET", path + "/log?size=-1")[1]["log"]
            if state in states:
                return
            time.sleep(0.3)

    wait(("idle", "dead", "killed", "error"), 60)
    for code in statements:
        if state in ("dead", "killed"):
            break
        call(url, "POST", path + "/statements", {"code": code, "kind": "pyspark" if body.get("kind") == "shared" else body.get("kind", "spark")})
        time.sleep(1)
        wait(("idle", "dead", "killed", "error"), 60)
    if not name.startswith("healthy"):
        wait(("dead", "killed"), 8)
    time.sleep(1)
    lines = call(url, "GET", path + "/log?size=-1")[1]["log"]
    call(url, "DELETE", path)
    with open(os.path.join(HERE, "real", name + ".log"), "w", encoding="utf-8") as file:
        file.write(f"# {json.dumps(body)} {json.dumps(statements)}: {state}\n")
        # A marker holds its line end within.
        file.write("\n".join(scrub(line).strip("\n") for line in lines) + "\n")
    print(f"{name}: {state}, {len(lines)} lines", flush=True)


if __name__ == "__main__":
    for case in CASES:
        if len(sys.argv) < 3 or case[0] in sys.argv[2:]:
            record(sys.argv[1].rstrip("/"), *case)
