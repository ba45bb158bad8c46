"""What an idle session costs, compared with an empty Textual app."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from bench.campaign import make_campaign
from bench.figures import Figure, report
from bench.session import Session, empty_app, interface

SETTLED = 2.0
"""Seconds without output after which a session is idle."""

WATCHED = 15.0
"""Seconds to watch the idle sessions for."""


def measure(folder: Path, _: Namespace) -> Iterator[Figure]:
    """Bytes and processor time of both while they are idle, side by side."""
    make_campaign(folder / "small", 40)
    with Session(empty_app()) as empty, Session(interface(folder / "small")) as ours:
        for session in (empty, ours):
            session.read_until_quiet(SETTLED)
        before = [session.cpu() for session in (empty, ours)]
        written = ours.written
        ours.read_for(WATCHED)
        after = [session.cpu() for session in (empty, ours)]
        spent = [end - begin for begin, end in zip(before, after, strict=True)]
        yield Figure("idle", (ours.written - written) / WATCHED, "idle, bytes a second", "bytes")
        detail = f"{spent[1] / WATCHED * 1000:.2f} ms a second"
        name = "idle, processor time"
        yield Figure(name, spent[1] / spent[0], name, detail=detail)


if __name__ == "__main__":
    sys.exit(report(measure, __doc__))
