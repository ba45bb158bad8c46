"""How many bytes are sent for each key while a cursor key is held down."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from bench.figures import Figure, report
from bench.program import NOW, program
from bench.session import Session

DOWN, UP = b"\x1b[B", b"\x1b[A"
IN_VIEW = 8
"""How many rows the cursor moves down and up again; so few that nothing scrolls."""

RATE = 30
"""Keys a second."""

HELD = ((DOWN,) * IN_VIEW, (UP,) * IN_VIEW, (DOWN,) * IN_VIEW, (UP,) * (IN_VIEW - 1))
"""Keys held for a second. The cursor ends on another item, whose details are drawn."""

QUIET = 1.0
"""Seconds without output after which everything is drawn."""


def measure(folder: Path, _: Namespace) -> Iterator[Figure]:
    """Hold the key in the checklist of the bundled campaign, until everything is drawn."""
    command = program("--now", NOW, "--lang", "zh", "-d", str(folder), "tui")
    keys = [key for part in HELD for key in part]
    with Session(command) as session:
        session.read_until_quiet(QUIET)
        before = session.written
        for key in keys:
            session.send(key)
            session.read_for(1 / RATE)
        session.read_until_quiet(QUIET)
        cost = (session.written - before) / len(keys)
    yield Figure("held cursor key", cost, "held cursor key, bytes a key in view", "bytes")


if __name__ == "__main__":
    sys.exit(report(measure, __doc__))
