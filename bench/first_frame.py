"""How long the first complete frame takes, compared with an empty Textual app.

The programs run on a pty of 80×24. Instructions are counted until the first frame is drawn, and
for the imports alone, which are most of it.
"""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from bench.campaign import make_campaign
from bench.figures import Counts, Figure, compared, report
from bench.session import (
    Session,
    empty_app,
    empty_is_complete,
    interface,
    interface_is_complete,
)
from bench.trials import NO_VALGRIND, in_turns, instructions

QUIET = 0.4
"""Seconds without output after which everything is drawn."""

_EMPTY = ("empty",)


def measure(folder: Path, options: Namespace) -> Iterator[Figure]:
    """The imports, and the first frame with 40 units and with thousands."""
    sizes = (40, options.units)
    for units in sizes:
        make_campaign(folder / str(units), units)
    yield _imports(folder, ("duban", *interface(folder / "40")[1:]))
    programs = [
        partial(first_frame, interface(folder / str(n)), interface_is_complete) for n in sizes
    ]
    *ours, base = in_turns(
        options.runs, *programs, partial(first_frame, empty_app(), empty_is_complete)
    )
    empty = _until_ready(_EMPTY)
    for units, sample in zip(sizes, ours, strict=True):
        counted = _until_ready(("duban", *interface(folder / str(units))[1:]))
        counts = NO_VALGRIND if counted is None else Counts(counted, empty)
        name = f"first frame, {units:,} units"
        target = "first frame, 40 units" if units == 40 else "first frame, 10,000 units"
        yield compared(name, target, sample, base, counts)


def _imports(folder: Path, ours: Sequence[str]) -> Figure:
    """What importing takes that the first frame needs, by the modules that are there then."""
    name = "imports of the first frame, in instructions"
    counted = instructions(_importing(modules_of(folder, ours)))
    base = instructions(_importing(modules_of(folder, _EMPTY)))
    if counted is None or base is None:
        return Figure("imports of the first frame", float("nan"), instructions=NO_VALGRIND)
    return Figure(
        "imports of the first frame", counted / base, name, instructions=Counts(counted, base)
    )


def modules_of(folder: Path, arguments: Sequence[str]) -> list[str]:
    """The modules imported when the first frame is drawn, in the order of their imports."""
    listed = folder / "modules"
    command = [sys.executable, "-m", "bench.until_ready", "--modules", str(listed), *arguments]
    _on_a_terminal(command)
    return listed.read_text(encoding="utf-8").splitlines()


def _importing(modules: Sequence[str]) -> list[str]:
    names = ",".join(modules)
    code = f"import gc, sys; gc.disable()\nfor name in {names!r}.split(','): __import__(name)"
    return [sys.executable, "-c", code]


def _until_ready(arguments: Sequence[str]) -> float | None:
    command = [sys.executable, "-m", "bench.until_ready", *arguments]
    _on_a_terminal(command)  # fills the caches
    return instructions(command, _on_a_terminal)


def _on_a_terminal(command: Sequence[str]) -> None:
    with Session(command) as session:
        session.run_to_the_end()


def first_frame(command: Sequence[str], is_complete: Callable[[str], bool]) -> float:
    """Seconds until the first complete frame."""
    with Session(command) as session:
        session.read_until_quiet(QUIET)
        return session.time_of(is_complete)


if __name__ == "__main__":
    sys.exit(report(measure, __doc__))
