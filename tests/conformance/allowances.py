"""The differences that are allowed, from `allowed.json`: each names a row, the label that differs, and why.

An entry is `{"row", "label", "reason"}`; label `not played` allows that a row could not be asked. `"unless": "limited"` makes an
entry count only when no limited servers were given. An entry that was not needed is a failure: the list shrinks, it never rots.
"""

import json
from fnmatch import fnmatchcase
from pathlib import Path

FILE = Path(__file__).parent / "allowed.json"


class Allowances:
    """The list, and which of its entries were used."""

    def __init__(self, settings):
        self.entries = [
            entry for entry in json.loads(FILE.read_text(encoding="utf-8")) if entry.get("unless") not in settings
        ]
        for entry in self.entries:
            if not entry.get("reason", "").strip():
                raise ValueError(f"{FILE.name}: the entry for {entry.get('row')} gives no reason.")
        self.used = set()

    def reason(self, row, label):
        """Why this row may differ in this label, or None. Row and label of an entry may hold `*`."""
        for index, entry in enumerate(self.entries):
            if fnmatchcase(row, entry["row"].replace("[", "[[]")) and fnmatchcase(label, entry["label"].replace("[", "[[]")):
                self.used.add(index)
                return entry["reason"]
        return None

    def unused(self):
        """The entries that nothing needed."""
        return [entry for index, entry in enumerate(self.entries) if index not in self.used]
