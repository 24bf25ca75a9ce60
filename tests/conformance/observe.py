"""What of an answer has to agree: status, five headers, and the body as exact JSON, as a shape, or as a rule that holds.

An observation is a flat dict from a short label to a text, so that a difference can be named in one line.
"""

import json
import re

HEADERS = ("Content-Type", "Allow", "Location", "Cache-Control", "Content-Encoding")
MISSING = 1987654321
"""A session id that no server has reached: recordings speak of session 0, which may belong to somebody."""


def plain(server, answer, known=None):
    """Status and headers; the reason phrase means nothing (RFC 9110, 15.1). `known` maps texts that differ by nature (an id, a name) to what stands for them."""
    seen = {"status": str(answer.status)}
    for name in HEADERS:
        value = answer.headers.get(name)
        if name == "Allow" and value:
            value = ", ".join(sorted(part.strip() for part in value.split(",")))
        if name == "Content-Type" and value:
            value = value.replace("; ", ";").lower()
        if value is not None:
            seen[name] = neutral(server, value, known)
    return seen


def exact(server, answer, known=None):
    """Status, headers and the whole body: JSON by value, anything else by its text."""
    seen = plain(server, answer, known)
    value = answer.json()
    text = answer.body.rstrip() if value is None and answer.body != "null" else json.dumps(untraced(value), ensure_ascii=False, sort_keys=True)
    seen["body"] = neutral(server, text, known)
    return seen


def shaped(server, answer, known=None, same=(), free=()):
    """Status, headers, and for each key of the JSON body its type; of `same` keys the value, of `free` keys presence."""
    seen = plain(server, answer, known)
    value = answer.json()
    if value is None:
        seen["body"] = neutral(server, answer.body, known)
        return seen
    for path, kind in shape(value, free=free).items():
        seen[f"body{path}"] = kind
    for key in same:
        seen[f"body.{key}"] = neutral(server, json.dumps(value.get(key), ensure_ascii=False, sort_keys=True), known)
    return seen


def shape(value, path="", free=()):
    """Paths and types of a JSON value; the elements of a list are one path with all the types met."""
    if path.lstrip(".") in free:
        return {path: "any"}
    if isinstance(value, dict):
        found = {path: "object"}
        for key, inner in value.items():
            found.update(shape(inner, f"{path}.{key}", free))
        return found
    if isinstance(value, list):
        found = {path: "list"}
        for inner in value:
            for where, kind in shape(inner, f"{path}[]", free).items():
                kinds = set(found.get(where, kind).split("|")) | {kind}
                found[where] = "|".join(sorted(kinds))
        return found
    names = {bool: "boolean", int: "integer", float: "float", str: "string", type(None): "null"}
    return {path: names[type(value)]}


def untraced(value):
    """A Java trace inside a JSON string is cut to its first line: its frames change with every build of the JVM."""
    if isinstance(value, str) and "\n\tat " in value:
        return value.split("\n\tat ", 1)[0] + "\n\tat …"
    return value


def neutral(server, text, known=None):
    """`text` with the server's own address, and whatever `known` names, replaced by stand-ins."""
    text = text.replace(server.authority, "HOST")
    for own, stands in (known or {}).items():
        text = re.sub(rf"(?<![\w-]){re.escape(own)}(?![\w-])", stands, text)
    return text


BARE = re.compile(r'"java\.lang\.\w+Exception"')


def agree(one, other):
    """Equal, or the same Java exception of which one has lost its message.

    HotSpot drops message and trace of an exception that it has thrown often (OmitStackTraceInFastThrow), so a server that has
    been up for a while answers `"java.lang.ClassCastException"` where a new one says more.
    """
    if one == other or one is None or other is None:
        return one == other
    short, long = sorted((one, other), key=len)
    return bool(BARE.fullmatch(short)) and long.startswith(short[:-1] + ": ")


def differences(left, right):
    """One line for each label on which two observations disagree, as (label, left, right)."""
    labels = list(left) + [label for label in right if label not in left]
    return [
        (label, left.get(label, "absent"), right.get(label, "absent"))
        for label in labels
        if not agree(left.get(label), right.get(label))
    ]
