"""The table of cases and the table of answers, as files, and the page that is made of both. Asks nobody anything."""

import json
import os
import re
import unicodedata

HERE = os.path.dirname(os.path.abspath(__file__))
ANSWERS = os.path.join(HERE, "answers.json")
PAGE = os.path.normpath(os.path.join(HERE, "..", "..", "docs", "validation.md"))
INTEGERS = ("driverCores", "executorCores", "numExecutors", "heartbeatTimeoutInSecond")
LISTS = ("jars", "pyFiles", "files", "archives")
# The folder of its own disk from which the generous server takes files.
FOLDER = "/tmp/livy-validation/"
JSON_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")
# Bases on which a verdict may differ from what the asked servers did.
OTHER_BASES = ("deliberate", "source", "policy", "cluster")


def load(name, part):
    with open(os.path.join(HERE, name), encoding="utf-8") as file:
        return json.load(file)[part]


def load_cases():
    return load("cases.json", "cases")


def load_probes():
    return load("probes.json", "probes")


def load_drafts():
    return load("drafts.json", "drafts")


def load_answers():
    return load("answers.json", "answers") if os.path.exists(ANSWERS) else {}


def save_answers(answers):
    rows = [f" {json.dumps(key)}: {json.dumps(answers[key], sort_keys=True)}" for key in sorted(answers)]
    with open(ANSWERS + ".new", "w", encoding="utf-8") as file:
        file.write('{"answers":{\n' + ",\n".join(rows) + "\n}}\n")
    os.replace(ANSWERS + ".new", ANSWERS)


def key(where, field, value):
    """Names one question: the server's setting and the request's body."""
    return where + (" {}" if value is None else ' {"%s":%s}' % (field, value))


def encode_typed(field, text):
    """The JSON text a client without rules sends for what was typed."""
    if field in INTEGERS and JSON_NUMBER.fullmatch(text):
        return text
    return json.dumps([text] if field in LISTS else text)


def questions(case):
    """What to ask for one case, as (how, where, JSON text of the value or None for a request without the field)."""
    field, typed = case["field"], encode_typed(case["field"], case["input"])
    if field == "proxyUser" and case["input"].strip():
        # Without impersonation Livy ignores every user name; one is enough to show it.
        return [("typed", "plain", typed)] * (case["input"] == "alice") + [("typed", "open", typed)]
    asked = [("typed", "plain", typed)]
    if case["verdict"] != "refused":
        sent = None if case["sent"] is None else json.dumps(case["sent"])
        if sent != typed:
            asked.append(("form", "plain", sent))
    if field in LISTS and FOLDER.rstrip("/") in case["input"]:
        asked.append(("typed", "open", typed))
    return asked


def visible(text, limit=72):
    """A text as code in a Markdown table: what cannot be seen is escaped, what is long is cut."""
    if len(text) > limit:
        text = f"{text[:24]}… ({len(text)} characters)"
    shown = "".join(c if c == " " or unicodedata.category(c)[0] not in "CZ" else "\\u%04x" % ord(c) for c in text)
    shown = shown.replace("\\u0009", "\\t").replace("\\u000a", "\\n")
    if shown == "":
        return "(blank)"
    if shown.strip(" ") != shown:
        shown = shown.replace(" ", "␠")
    fence = "``" if "`" in shown else "`"
    gap = " " if "`" in shown else ""
    return (fence + gap + shown + gap + fence).replace("|", "\\|")


def told(answer):
    """One answer in words."""
    if answer is None:
        return "not asked"
    words = str(answer["status"])
    if "state" in answer:
        words += ", " + answer["state"].replace("starting after 4 s", "starting (watched for 4 s)")
    if answer.get("by name", 200) != 200:
        words += f"; asking for it by name gives {answer['by name']}"
    if answer.get("driver left running"):
        words += ", **and a driver is left running**"
    quoted = answer.get("log") or answer.get("body")
    if quoted:
        quoted = re.sub(r" \(through reference chain: .*\)", "", quoted)
        words += ": " + visible(quoted if len(quoted) <= 150 else quoted[:150] + "…", 160)
    return words


def lives(answer):
    """Whether the session came up, can be found by its name, and was given what it was asked to take."""
    added = not re.search("Failed to add|does not exist, skipping", answer.get("log", ""))
    return answer["status"] // 100 == 2 and answer["state"] != "dead" and answer.get("by name", 200) == 200 and added


def answers_of(case, answers):
    """What was asked for one case: (how, where, value, answer)."""
    for how, where, value in questions(case):
        yield how, where, value, answers.get(key(where, case["field"], value))


def happened(case, answers):
    parts = []
    for how, where, value, answer in answers_of(case, answers):
        label = "where local files are allowed: " if case["field"] != "proxyUser" else "with impersonation: "
        label = label if where == "open" else ("as the form sends it: " if how == "form" else "")
        parts.append(label + told(answer))
    return "<br>".join(parts)


def check():
    """Names every case whose verdict is not what a server showed and whose basis does not say why. 1 when there is one."""
    answers, wrong = load_answers(), []
    for case in load_cases():
        given = list(answers_of(case, answers))
        if any(answer is None for *_, answer in given):
            wrong.append((case, "not asked yet"))
            continue
        explained = case.get("basis", "").startswith(OTHER_BASES)
        if case["verdict"] == "refused" and any(lives(answer) for *_, answer in given) and not explained:
            wrong.append((case, "refused, but it lived"))
        sent = [answer for how, _, _, answer in given if how == "form"] or [answer for *_, answer in given]
        if case["verdict"] == "accepted" and not all(lives(answer) for answer in sent) and not explained:
            wrong.append((case, "accepted, but it did not live"))
        if case["verdict"] == "warned" and not case.get("why"):
            wrong.append((case, "a warning without its reason"))
    for draft in load_drafts():
        answer = answers.get("plain " + json.dumps(draft["body"]))
        explained = draft.get("basis", "").startswith(OTHER_BASES)
        if answer is None:
            wrong.append((draft, "not asked yet"))
        elif draft["verdict"] == "refused" and lives(answer) and not explained:
            wrong.append((draft, "refused, but it lived"))
        elif draft["verdict"] == "accepted" and not lives(answer) and not explained:
            wrong.append((draft, "accepted, but it did not live"))
    for case, what in wrong:
        print(f"{case['field']} {case.get('input', case.get('asks'))[:60]!r}: {what}")
    print(f"{len(load_cases())} cases, {len(load_drafts())} drafts, {len(answers)} answers, {len(wrong)} to explain")
    return 1 if wrong else 0


def render():
    answers, cases = load_answers(), load_cases()
    rules, page = load("rules.json", "fields"), []
    page.append("<!-- Written by tests/validation/ask.py --render from cases.json, rules.json, probes.json and answers.json there. -->\n")
    page += load("rules.json", "head")
    page.append("\n## Surprises\n")
    page += [f"- {line}" for line in load("rules.json", "surprises")]
    for field in dict.fromkeys(case["field"] for case in cases):
        rule = rules[field]
        page.append(f"\n## `{field}`\n\n{rule['rule']}\n")
        page.append(f"Grammar: {rule['grammar']}\n")
        page.append("| input | verdict | sent | why | real Livy | basis |\n| --- | --- | --- | --- | --- | --- |")
        for case in cases:
            if case["field"] == field:
                sent = "" if case["verdict"] == "refused" else ("left out" if case["sent"] is None else visible(json.dumps(case["sent"], ensure_ascii=False)))
                cells = [visible(case["input"]), case["verdict"], sent, case.get("why", "").replace("|", "\\|"), happened(case, answers), case.get("basis", "real server").replace("|", "\\|")]
                page.append("| " + " | ".join(cells) + " |")
    page.append("\n## `conf` and rules over several fields\n\n" + load("rules.json", "drafts") + "\n")
    page.append("| case | body | field | verdict | message contains | real Livy | basis |\n| --- | --- | --- | --- | --- | --- | --- |")
    for draft in load_drafts():
        body = json.dumps(draft["body"])
        cells = [draft["asks"], visible(body, 200), f"`{draft.get('key') or draft['field']}`", draft["verdict"], draft.get("says", ""), told(answers.get("plain " + body)), draft.get("basis", "real server")]
        page.append("| " + " | ".join(cells) + " |")
    page.append("\n## More questions\n\n| question | body | real Livy |\n| --- | --- | --- |")
    for probe in load_probes():
        body = json.dumps(probe["body"])
        page.append(f"| {probe['asks']} | {visible(body, 200)} | {told(answers.get(probe['on'] + ' ' + body))} |")
    with open(PAGE, "w", encoding="utf-8") as file:
        file.write("\n".join(page) + "\n")
    print(f"wrote {os.path.relpath(PAGE)}")
