"""Part 1 of the recordings as rows: each exchange is asked again and compared with what was written down.

The recordings name session 0 and the port they were made on; both are replaced, so that nobody's session is touched.
"""

import re
from http.client import HTTPMessage
from pathlib import Path

from exchange import Answer
from observe import MISSING, exact, shaped

FILE = Path(__file__).parent.parent / "fixtures" / "livy-0.9.0" / "recorded.txt"
TITLE = re.compile(r"(?:^|(?<= ))(-X|-H|-d) ?(.*?)(?= -X| -H| -d|$)")


class Exchange:
    """One recorded request and its answer; `answer` is None where only the request was kept."""

    def __init__(self, title, lines):
        left, _, url = title.rpartition("http://")
        self.title = title.replace("http://" + url.split("/", 1)[0], "")
        self.authority = url.split("/", 1)[0]
        self.path = "/" + url.split("/", 1)[1]
        self.method, self.body, self.headers = None, None, {"Accept": "*/*"}
        for flag, value in TITLE.findall(left.rstrip(" ") + (" " if left.endswith("-d  ") else "")):
            if flag == "-X":
                self.method = value
            elif flag == "-H":
                name, text = value.split(":", 1)
                self.headers[name] = text.strip()
            else:
                self.body = value.strip()
        if self.body is not None and "Content-Type" not in self.headers:
            self.headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.method = self.method or ("GET" if self.body is None else "POST")
        self.answer = read(lines)

    def another_id(self, text):
        """Session 0 of the recording becomes an id that no server has reached."""
        return re.sub(r"(/sessions/|Session ')0\b", rf"\g<1>{MISSING}", text)

    def play(self, server):
        """Ask the server and observe what has to agree with the recording."""
        answer = server.ask(self.method, self.another_id(self.path), self.headers, self.body)
        return self.seen(server, answer)

    def expected(self):
        """The recording, observed in the same way."""
        if self.answer is None:
            return None
        text = self.another_id(self.answer.body)
        answer = Answer(self.answer.status, self.answer.reason, self.answer.headers, text)
        return self.seen(self, answer)

    def seen(self, server, answer):
        """A list depends on who else is at work on the server, so its sessions are left to other rows."""
        value = answer.json()
        if isinstance(value, dict) and "sessions" in value:
            return shaped(server, answer, same=("from",), free=("sessions",))
        return exact(server, answer)


def read(lines):
    """Status line, headers, empty line, body; None if there is no status line."""
    while lines and not lines[-1]:
        lines.pop()
    if not lines:
        return None
    _, status, reason = lines[0].split(" ", 2)
    headers, index = HTTPMessage(), 1
    while index < len(lines) and lines[index]:
        name, value = lines[index].split(": ", 1)
        headers[name] = value
        index += 1
    return Answer(int(status), reason, headers, "\n".join(lines[index + 1 :]))


def exchanges():
    """Every exchange of part 1, in the order of the file."""
    text = FILE.read_text(encoding="utf-8")
    part = text.split("# Part 1", 1)[1].split("\n# Part 2", 1)[0]
    found = []
    for block in part.split("\n### ")[1:]:
        title, _, rest = block.partition("\n")
        found.append(Exchange(title, rest.split("\n")))
    return found
