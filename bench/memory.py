"""The memory of twenty open sessions, compared with twenty empty Textual apps."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

from bench.campaign import make_campaign
from bench.figures import Figure, report
from bench.session import Session, empty_app, interface

SESSIONS = 20
QUIET = 1.0
"""Seconds without output after which a session is up."""


def measure(folder: Path, _: Namespace) -> Iterator[Figure]:
    """The memory (proportional set size, PSS) of one of twenty open sessions."""
    make_campaign(folder / "small", 40)
    with Session(interface(folder / "small")) as session:  # fills the cache
        session.read_until_quiet(QUIET)
    empty, ours = share(empty_app()), share(interface(folder / "small"))
    target = "memory of a session, 20 open (PSS)"
    yield Figure("memory of a session", ours / empty, target, detail=f"{ours / 1024:.1f} MB")


def share(command: Sequence[str]) -> float:
    """The mean PSS in KiB of twenty sessions open at the same time."""
    with ExitStack() as stack:
        sessions = []
        for _ in range(SESSIONS):
            session = stack.enter_context(Session(command))
            session.read_until_quiet(QUIET / 2)
            sessions.append(session)
        for session in sessions:
            session.read_for(0.05)
        return sum(session.pss() for session in sessions) / SESSIONS


if __name__ == "__main__":
    sys.exit(report(measure, __doc__))
