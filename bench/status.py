"""How long `duban status` takes, as a multiple of `python -c pass`."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from argparse import Namespace
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

from bench.campaign import PERSON, RECORDED, SETTLING, make_campaign
from bench.figures import Counts, Figure, compared, report
from bench.program import NOW, duban, environment
from bench.trials import NO_VALGRIND, command, in_turns, instructions
from campaigns.entries import Change, State
from storage.protocol import ProgressStore

Prepare = Callable[[], None]

NOTHING = [sys.executable, "-c", "pass"]
AFTER_A_DEADLINE = "2022-06-15T19:00"
"""An hour after the deadline that was ahead at NOW."""


def measure(folder: Path, options: Namespace) -> Iterator[Figure]:
    """All figures about `status`."""
    store = make_campaign(folder / "small", 40)
    marked = _marks_a_unit(store)
    for form in ("short", "table"):
        yield from _small(folder / "small", marked, form, options.runs)
    make_campaign(folder / "large", options.units)
    for form in ("short", "table"):
        name, target = f"{form}, {options.units} units, warm", "status of 10,000 units, warm"
        yield _figure(name, target, status(folder / "large", form), options.runs)


def _small(folder: Path, marked: Prepare, form: str, runs: int) -> Iterator[Figure]:
    warm, later = status(folder, form), status(folder, form, AFTER_A_DEADLINE)
    yield _figure(f"{form}, warm", "status, warm", warm, runs)
    name = "one unit marked since"
    yield _figure(f"{form}, {name}", f"status, {name}", warm, runs, marked)
    name = "a deadline crossed"
    yield _figure(f"{form}, {name}", f"status, {name}", later, runs, lambda: _run(warm))
    yield _figure(f"{form}, no cache", "status, no cache", warm, runs, remove_caches)


def _figure(
    name: str, target: str, arguments: list[str], runs: int, prepare: Prepare | None = None
) -> Figure:
    ours, base = in_turns(runs, command(arguments, prepare), command(NOTHING))
    if prepare is not None:
        prepare()
    return compared(name, target, ours, base, _counts(arguments))


def _counts(arguments: list[str]) -> Counts | str:
    ours, base = instructions(arguments), instructions(NOTHING)
    return NO_VALGRIND if ours is None else Counts(ours, base)


def _marks_a_unit(store: ProgressStore) -> Prepare:
    """Another officer's change, old enough for caches to rely on its time stamp."""
    numbers = count()

    def mark() -> None:
        number = next(numbers)
        change = Change("v3/a1", f"mark{number}", note=f"note {number}", state=State.DONE)
        store.apply("v3", [change], by=PERSON, at=RECORDED)
        time.sleep(SETTLING)

    return mark


def remove_caches() -> None:
    """Remove what earlier commands of this login kept."""
    for file in Path(os.environ["XDG_CACHE_HOME"], "duban").glob("*.json"):
        file.unlink()


def status(folder: Path, form: str, now: str = NOW) -> list[str]:
    """The command line of `duban status`."""
    return duban(folder, "status", "--format", form, now=now)


def _run(arguments: list[str]) -> None:
    subprocess.run(arguments, env=environment(), stdout=subprocess.DEVNULL, check=False)


if __name__ == "__main__":
    sys.exit(report(measure, __doc__))
