"""A row: one exchange, or a few that belong together, played on each server and observed.

A row never decides what is right: it says what it saw, and the caller compares.
"""

from dataclasses import dataclass
from typing import Callable, Optional


class NotPlayed(Exception):
    """The row could not be asked here; the text says what is missing."""


@dataclass
class Row:
    """`play` takes a server and returns an observation; `expected` is the recording, where there is one."""

    name: str
    play: Callable
    expected: Optional[dict] = None
