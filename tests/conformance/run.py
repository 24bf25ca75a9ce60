#!/usr/bin/env python3
"""Plays the protocol's rows on a fake and on a real Livy and compares what they answer.

    run.py --fake http://127.0.0.1:8999 --real http://127.0.0.1:8998

A row that could not be compared fails. Ends with 0 only if every row agrees, or differs as `allowed.json` allows.
"""

import argparse
import sys
import time
import uuid

import rejections
from allowances import Allowances
from exchange import Server
from life import Life
from observe import differences
from recorded import exchanges
from row import NotPlayed, Row


def arguments():
    """The servers."""
    reader = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reader.add_argument("--fake", required=True, metavar="URL", help="root of the pretend Livy")
    reader.add_argument("--real", required=True, metavar="URL", help="root of a real Livy 0.9.0, csrf protection on")
    reader.add_argument("--fake-limited", metavar="URL", help="a pretend Livy with max-creation 1")
    reader.add_argument("--real-limited", metavar="URL", help="a real Livy with max-creation 1")
    reader.add_argument("--only", metavar="TEXT", help="only the rows whose name holds TEXT; rows of a life need its create")
    return reader.parse_args()


def not_given(_server):
    """Stands in where no limited servers were named."""
    raise NotPlayed("needs a second server")


def played(row, server):
    """The observation, or the sentence why there is none."""
    try:
        return row.play(server), None
    except NotPlayed as why:
        return None, str(why)
    except Exception as error:  # noqa: BLE001 - whatever went wrong, the row was not compared
        return None, f"{type(error).__name__}: {error}"


def compare(row, fake, real, allowances):
    """Play one row on both; the verdict and the lines that explain it."""
    (left, why_left), (right, why_right) = played(row, fake), played(row, real)
    missing = [f"not compared: {side} {why}" for side, why in (("fake:", why_left), ("real:", why_right)) if why]
    if missing:
        reason = allowances.reason(row.name, "not played")
        return ("left out", missing + [f"allowed: {reason}"]) if reason else ("FAIL", missing)
    verdict, lines = "same", []
    found = [("", label, a, b) for label, a, b in differences(left, right)]
    if row.expected is not None:
        found += [("recorded: ", label, a, b) for label, a, b in differences(row.expected, right)]
    for source, label, a, b in found:
        reason = allowances.reason(row.name, source + label)
        lines += [f"{source}{label}", f"    {'was ' if source else 'fake'} {a}", f"    real {b}"]
        if reason:
            lines.append(f"    allowed: {reason}")
            verdict = "allowed" if verdict == "same" else verdict
        else:
            verdict = "FAIL"
    return verdict, lines


def main():
    """Play, print the table, clean up, judge."""
    given = arguments()
    fake, real = Server("fake", given.fake), Server("real", given.real)
    limited = bool(given.fake_limited and given.real_limited)
    allowances = Allowances({"limited"} if limited else set())
    plan = [(Row(f"recorded: {one.title}", one.play, one.expected()), fake, real) for one in exchanges()]
    plan += [(row, fake, real) for row in rejections.rows() + Life(uuid.uuid4().hex[:8]).rows()]
    if limited:
        small = Server("fake limited", given.fake_limited), Server("real limited", given.real_limited)
        plan.append((rejections.limited(), *small))
    else:
        plan.append((Row(rejections.limited().name, not_given), fake, real))
    plan = [entry for entry in plan if not given.only or given.only in entry[0].name]

    began, counts = time.monotonic(), {}
    print(f"fake {fake.url}\nreal {real.url}\n{'verdict':9} row")
    try:
        for row, left, right in plan:
            verdict, lines = compare(row, left, right, allowances)
            counts[verdict] = counts.get(verdict, 0) + 1
            print(f"{verdict:9} {row.name}", flush=True)
            for line in lines:
                print("          | " + line.replace("\n", "\\n"), flush=True)
    finally:
        for server in {id(one): one for _, *both in plan for one in both}.values():
            left_over = server.tidy()
            if left_over:
                counts["FAIL"] = counts.get("FAIL", 0) + 1
                print(f"FAIL      {server.side}: sessions {left_over} could not be deleted; delete them by hand")
    if not given.only:
        for entry in allowances.unused():
            counts["FAIL"] = counts.get("FAIL", 0) + 1
            print(f"FAIL      allowed.json: {entry['row']} / {entry['label']} was not needed; remove it")
    total = ", ".join(f"{count} {verdict}" for verdict, count in sorted(counts.items()))
    print(f"{len(plan)} rows in {time.monotonic() - began:.0f} s: {total}")
    return 1 if counts.get("FAIL") or not plan else 0


if __name__ == "__main__":
    sys.exit(main())
