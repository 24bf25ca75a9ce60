#!/usr/bin/env python3
"""Asks a real Apache Livy what becomes of every input in cases.json, and writes the answers down.

    ask.py --livy URL [--open URL] [--again] [--field NAME]...   ask what answers.json does not hold yet
    ask.py --render                                              write docs/validation.md from cases.json and answers.json
    ask.py --check                                               fail where a verdict and its answer disagree unexplained

Each input is sent as a client without any rules would send it: the typed text as the JSON value, a number where the text
is one. Where the form sends something else (trimmed, a number, nothing at all), that is asked too. A session that was
made is watched until it is idle or dead and then deleted. Names that Livy refuses leave a driver without a session
behind: these are looked up among the children of the server (Linux, same machine) and ended.

--open is a second server whose administrator has been generous: it allows files under /tmp/livy-validation/ and has
impersonation on. Paths of that folder and user names are asked there as well. How to start both: README.md here.

Python's standard library only. It never follows a redirect, never retries a create and never ends a process that is not
a driver of a name it sent itself.
"""

import argparse
import http.client
import json
import os
import re
import signal
import sys
import threading
import time
import urllib.parse
import zipfile

sys.dont_write_bytecode = True
import table  # noqa: E402  (beside this file; the line above keeps the folder free of caches)

WAIT = 40
# Spark only prints a name, and without YARN nothing reads archives: once the driver's JVM is up, neither can break it.
WAIT_BRIEFLY = {"name": 4, "archives": 4}

# The line that explains a death, most telling first.
TELLING = [
    r"Invalid maximum heap size.*", r"Too small maximum heap.*", r"Could not reserve enough space.*", r"Initial heap size.*",
    r"Unrecognized option.*", r"Could not find or load main class.*",
    r"Error: .*(?:must be|requires|Failed|missing|Unrecognized|Cannot|specified).*", r"\[INVALID_[A-Z_]+\].*", r"NumberFormatException: .*",
    r"Caused by: .*", r'Exception in thread "main" .*', r"\b(?:[a-z]+\.)+[A-Za-z$]*(?:Exception|Error): .*", r"ERROR SparkContext: .*", r"Error: .*",
]
# A session can be idle although what it was given never reached it; and what did reach it says so.
UNNOTICED = [
    r"ERROR SparkContext: Failed to add .*", r"WARN [A-Za-z]+: .*does not exist, skipping.*",
    r"INFO SparkContext: Added .*livy-validation.* at", r"(?:WARN|ERROR) .*livy-validation.*",
]


class Livy:
    """One server. Every call opens a connection of its own."""

    def __init__(self, url):
        self.at = urllib.parse.urlsplit(url)

    def call(self, method, path, body=None):
        """Status and text of one exchange. The path is sent as it is."""
        link = http.client.HTTPConnection(self.at.hostname, self.at.port or 80, timeout=150)
        try:
            headers = {"X-Requested-By": "validation", "Accept": "application/json"}
            if body is not None:
                headers["Content-Type"] = "application/json"
            link.request(method, self.at.path.rstrip("/") + path, body=None if body is None else body.encode(), headers=headers)
            answer = link.getresponse()
            return answer.status, answer.read().decode("utf-8", "replace")
        finally:
            link.close()

    def log(self, ident):
        status, text = self.call("GET", f"/sessions/{ident}/log?size=-1")
        return json.loads(text)["log"] if status == 200 else []


# Folders in which the servers run, on this machine: taken out of what they say.
PLACES = []


def scrub(text):
    """Takes out what belongs to one machine or one moment: folders, hosts, ports, process ids, times."""
    text = re.sub(r"^\d\d/\d\d/\d\d \d\d:\d\d:\d\d ", "", text)
    text = re.sub(r"/tmp/(spark|livyConf|blockmgr|artifacts)-?[-0-9A-Za-z]*", r"/tmp/\1-…", text)
    text = re.sub(r"/[^\s,'\"]*/(site-packages|rsc-jars|repl_2\.12-jars)/", r"…/\1/", text)
    for place in PLACES:
        text = text.replace(place, "<working directory>")
    text = re.sub(r"\b" + re.escape(os.uname().nodename) + r"(?:/[0-9.]+)?\b", "<host>", text)
    text = re.sub(r"\b(?:127\.0\.0\.1|localhost):[0-9]{4,5}\b", "localhost:<port>", text)
    text = re.sub(r"@[0-9a-f]{6,8}\b", "@…", text)
    return text


def shorten(text, limit=260):
    return text if len(text) <= limit else text[:limit] + f"… ({len(text)} characters)"


def telling(lines, patterns):
    # Livy's own jars make errors in every healthy session.
    lines = [line for line in lines if not re.search(r"rsc-jars|repl_2\.12-jars", line)]
    for pattern in patterns:
        for line in lines:
            found = re.search(pattern, line)
            if found:
                return shorten(scrub(found.group(0).strip()))
    return None


def children_of(pid):
    try:
        with open(f"/proc/{pid}/task/{pid}/children") as listing:
            direct = [int(word) for word in listing.read().split()]
    except OSError:
        direct = []
    for task in os.listdir(f"/proc/{pid}/task") if os.path.isdir(f"/proc/{pid}/task") else []:
        try:
            with open(f"/proc/{pid}/task/{task}/children") as listing:
                direct += [int(word) for word in listing.read().split()]
        except OSError:
            pass
    return sorted(set(direct))


def server_pid(port):
    """The process that listens on a port of this machine, from /proc; None elsewhere."""
    sockets = set()
    for table_of in ("/proc/net/tcp", "/proc/net/tcp6"):
        try:
            rows = open(table_of).read().splitlines()[1:]
        except OSError:
            continue
        for row in rows:
            cell = row.split()
            if cell[3] == "0A" and int(cell[1].rsplit(":", 1)[1], 16) == port:
                sockets.add(f"socket:[{cell[9]}]")
    for pid in filter(str.isdigit, os.listdir("/proc") if sockets else []):
        try:
            if any(os.readlink(f"/proc/{pid}/fd/{fd}") in sockets for fd in os.listdir(f"/proc/{pid}/fd")):
                return int(pid)
        except OSError:
            continue
    return None


def unescape_property(text):
    text = re.sub(r"\\u([0-9A-Fa-f]{4})", lambda m: chr(int(m.group(1), 16)), text)
    return re.sub(r"\\(.)", lambda m: {"t": "\t", "n": "\n", "r": "\r", "f": "\f"}.get(m.group(1), m.group(1)), text)


def end_orphan(livy, name, patience=8):
    """Ends the driver that Livy launched for a refused name. True when one was found."""
    server = server_pid(livy.at.port or 80)
    until = time.monotonic() + patience
    while server and time.monotonic() < until:
        for pid in children_of(server):
            try:
                words = open(f"/proc/{pid}/cmdline", "rb").read().decode("utf-8", "replace").split("\0")
                conf = words[words.index("--properties-file") + 1]
                rows = dict(row.split("=", 1) for row in open(conf).read().splitlines() if "=" in row)
            except (OSError, ValueError, IndexError):
                continue
            if unescape_property(rows.get("spark.app.name", "\0")) == name:
                time.sleep(0.5)
                os.kill(pid, signal.SIGKILL)
                return True
        time.sleep(0.3)
    return False


def ask(livy, field, value, body):
    """Sends one create and follows it to its end. What is returned holds nothing of this machine or moment."""
    status, text = livy.call("POST", "/sessions", body)
    if status // 100 != 2:
        result = {"status": status, "body": shorten(scrub(text))}
        if "Invalid session name" in text:
            result["driver left running"] = end_orphan(livy, json.loads(value))
        return result
    ident, result = json.loads(text)["id"], {"status": status}
    try:
        patience = WAIT_BRIEFLY.get(field, WAIT)
        state, until, lines = "starting", time.monotonic() + patience, {}
        while state not in ("idle", "dead", "killed") and time.monotonic() < until:
            time.sleep(0.5)
            code, text = livy.call("GET", f"/sessions/{ident}/state")
            state = json.loads(text)["state"] if code == 200 else f"HTTP {code}"
            # The server keeps 200 lines and a start writes more: what counts is picked up on the way.
            lines.update(dict.fromkeys(livy.log(ident)))
        result["state"] = state if state in ("idle", "dead", "killed") else f"{state} after {patience} s"
        if field == "name" and value is not None:
            code, _ = livy.call("GET", "/sessions/" + urllib.parse.quote(json.loads(value), safe=""))
            result["by name"] = code
        dead = state in ("dead", "killed")
        if dead:
            time.sleep(0.7)
            lines.update(dict.fromkeys(livy.log(ident)))
        log = telling(lines, TELLING if dead else UNNOTICED)
        if log:
            result["log"] = log
    finally:
        livy.call("DELETE", f"/sessions/{ident}")
    return result


def prepare_folder():
    """The files that the generous server is asked for."""
    os.makedirs(table.FOLDER + "dir", exist_ok=True)
    os.makedirs(table.FOLDER + "commas", exist_ok=True)
    for stem in ("x", "has space", "commas/a,b", "é"):
        for end in ("jar", "zip", "txt", "tar.gz"):
            with zipfile.ZipFile(f"{table.FOLDER}{stem}.{end}", "w") as archive:
                archive.writestr("empty.txt", "")


def main():
    say = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    say.add_argument("--livy", metavar="URL", help="a real Livy with default settings, such as http://127.0.0.1:8998")
    say.add_argument("--open", metavar="URL", help="a real Livy that allows files of " + table.FOLDER + " and impersonation")
    say.add_argument("--field", action="append", help="only this field; may be repeated")
    say.add_argument("--again", action="store_true", help="ask also what is answered already")
    say.add_argument("--render", action="store_true", help="write docs/validation.md")
    say.add_argument("--check", action="store_true", help="compare verdicts with answers")
    told = say.parse_args()
    if told.livy or told.open:
        gather(told)
    if told.render:
        table.render()
    if told.check:
        sys.exit(table.check())
    if not (told.livy or told.open or told.render or told.check):
        say.error("nothing to do: give --livy URL, --render or --check")


def gather(told):
    servers = {where: Livy(url) for where, url in (("plain", told.livy), ("open", told.open)) if url}
    for server in map(server_pid, (livy.at.port or 80 for livy in servers.values())):
        if server:
            PLACES.append(os.readlink(f"/proc/{server}/cwd"))
    cases, answers = table.load_cases(), table.load_answers()
    if told.open:
        prepare_folder()
    wanted = {}
    for probe in [] if told.field else table.load_probes():
        where, body = probe["on"], json.dumps(probe["body"])
        if where in servers and (f"{where} {body}" not in answers or told.again):
            wanted[f"{where} {body}"] = (where, None, None)
    for draft in table.load_drafts() if not told.field or "conf" in told.field else []:
        body = json.dumps(draft["body"])
        if "plain" in servers and (f"plain {body}" not in answers or told.again):
            wanted[f"plain {body}"] = ("plain", None, None)
    for case in sorted(cases, key=lambda case: case["verdict"] != "refused"):
        for _, where, value in table.questions(case):
            field = case["field"] if value is not None else "(none)"
            fresh = table.key(where, field, value) not in answers
            if where in servers and (fresh or told.again) and (not told.field or case["field"] in told.field):
                wanted[table.key(where, field, value)] = (where, field, value)
    todo, lock = list(wanted.items()), threading.Lock()
    print(f"{len(todo)} creates to ask")

    def work():
        while True:
            with lock:
                if not todo:
                    return
                key, (where, field, value) = todo.pop(0)
            began = time.monotonic()
            try:
                result = ask(servers[where], field, value, key.split(" ", 1)[1])
            except (OSError, http.client.HTTPException, ValueError) as trouble:
                print(f"NOT ANSWERED {key}: {trouble}", flush=True)
                continue
            with lock:
                answers[key] = result
                table.save_answers(answers)
                print(f"{len(todo):4} {time.monotonic() - began:5.1f}s {shorten(key, 90)} -> {shorten(json.dumps(result), 150)}", flush=True)

    hands = [threading.Thread(target=work) for _ in range(2)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()


if __name__ == "__main__":
    main()
