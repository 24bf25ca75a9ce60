#!/usr/bin/env python3
"""Drives Livy servers with `livy` from PyPI, a client that others wrote: create a session, run `1 + 1`, close.

    pylivy.py http://127.0.0.1:8999 http://127.0.0.1:8998

Ends with 0 only if every server named did all of it and none of the sessions is left.
"""

import sys
import uuid

import requests
from livy import LivySession, SessionKind


def drive(url):
    """One session on one server; raises AssertionError or the client's own error."""
    with requests.Session() as link:
        link.headers["X-Requested-By"] = "pylivy"
        name = f"pylivy-{uuid.uuid4().hex[:8]}"
        session = LivySession.create(url, kind=SessionKind.PYSPARK, name=name, requests_session=link)
        print(f"{url}: session {session.session_id} ({name}) made")
        try:
            session.wait()
            print(f"{url}: state {session.state.value}")
            output = session.run("1 + 1")
            print(f"{url}: 1 + 1 = {output.text!r}")
            if output.status.value != "ok" or (output.text or "").strip() != "2":
                raise AssertionError(f"1 + 1 was answered with {output!r}")
        finally:
            session.close()
        gone = link.get(f"{url.rstrip('/')}/sessions/{session.session_id}", timeout=30)
        if gone.status_code != 404:
            raise AssertionError(f"after close the session is still answered with {gone.status_code}")
        print(f"{url}: closed and gone")


def main(urls):
    """Drive each server in turn; 0 if all passed."""
    if not urls:
        print(__doc__.strip(), file=sys.stderr)
        return 2
    failed = 0
    for url in urls:
        try:
            drive(url)
        except Exception as error:  # noqa: BLE001 - every failure of a client or a server is one
            failed += 1
            print(f"{url}: FAIL {type(error).__name__}: {error}")
    print(f"{len(urls) - failed} of {len(urls)} servers passed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
