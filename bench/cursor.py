"""How many bytes are sent for each key while a cursor key is held down."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from bench.campaign import make_campaign
from bench.figures import Figure, report
from bench.session import Session, interface

DOWN, UP = b"\x1b[B", b"\x1b[A"
IN_VIEW = 10
"""How many rows the cursor moves down and up again; so few that nothing scrolls."""

RATE = 30
"""Keys a second."""

QUIET = 1.0
"""Seconds without output after which everything is drawn."""


def measure(folder: Path, _: Namespace) -> Iterator[Figure]:
    """Hold the key down and up within view, until everything is drawn."""
    make_campaign(folder / "small", 40)
    keys = (DOWN,) * IN_VIEW + (UP,) * IN_VIEW
    with Session(interface(folder / "small")) as session:
        session.read_until_quiet(QUIET)
        before = session.written
        for key in keys * 3:
            session.send(key)
            session.read_for(1 / RATE)
        session.read_until_quiet(QUIET)
        cost = (session.written - before) / (3 * len(keys))
    yield Figure("held cursor key", cost, "held cursor key, bytes a key in view", "bytes")


if __name__ == "__main__":
    sys.exit(report(measure, __doc__))
