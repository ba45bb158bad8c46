"""The bytes that a held cursor key costs on the line (docs/performance.md, "Targets")."""

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
"""Rows that the cursor goes down and up again, so that nothing scrolls."""

RATE = 30
QUIET = 1.0


def measure(folder: Path, _: Namespace) -> Iterator[Figure]:
    """Down and up within view, thirty keys a second, until everything has followed."""
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
    yield Figure("held cursor key, in view", cost, "bytes/key", 100)


if __name__ == "__main__":
    sys.exit(report(measure, __doc__))
