"""How the costs grow with the number of units, as a table and a plot in Markdown.

`status` and the first frame are timed; a key, a mark and another session's mark that is noticed
(refresh) are processor time of the session, once it has read every unit.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import partial
from math import log10
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Final

from bench.campaign import PERSON, RECORDED, make_campaign
from bench.figures import options_of
from bench.first_frame import first_frame
from bench.program import compile_program
from bench.session import Session, interface, interface_is_complete
from bench.status import status
from bench.trials import command, in_turns
from campaigns.entries import Change, State
from storage.protocol import ProgressStore

SIZES: Final = (10, 100, 1_000, 10_000)
COSTS: Final = ("status", "first frame", "key", "mark", "refresh")
DOWN, SPACE = b"\x1b[B", b" "
ALL_READ: Final = 3.0
"""Seconds without output after which every unit is read."""

NOTICED: Final = 2.5
"""Seconds after which a session has noticed a change."""

DRAWN: Final = 0.4
"""Seconds after which what a key changes is drawn."""

_LOWEST, _BARS_PER_DECADE = 0.1, 12


def show_growth(runs: int) -> None:
    """Measure all sizes and print the table and the plot."""
    compile_program()
    table = {}
    for size in SIZES:
        with TemporaryDirectory() as folder:
            os.environ["XDG_CACHE_HOME"] = f"{folder}/caches"
            table[size] = costs_at(Path(folder, "campaign"), size, runs)
    print("\n".join(("", *markdown(table), "", "```", *plot(table), "```")), flush=True)


def costs_at(folder: Path, units: int, runs: int) -> list[float]:
    """The milliseconds of each of COSTS with that many units."""
    store = make_campaign(folder, units)
    frame = partial(first_frame, interface(folder), interface_is_complete)
    timed = in_turns(runs, command(status(folder, "table")), frame)
    seconds = [sample.median for sample in timed]
    with Session(interface(folder)) as session:
        session.read_until_quiet(ALL_READ)
        keys = [_spent(session, lambda: session.send(DOWN), DRAWN) for _ in range(runs)]
        marks = [_spent(session, lambda: session.send(SPACE), DRAWN) for _ in range(runs)]
        changes = [
            _spent(session, partial(_change, store, number), NOTICED)
            for number in range(max(3, runs // 3))
        ]
    seconds += [median(spent) for spent in (keys, marks, changes)]
    return [second * 1_000 for second in seconds]


def _spent(session: Session, act: Callable[[], None], until: float) -> float:
    """The processor time that a session spends on something."""
    before = session.cpu()
    act()
    session.read_for(until)
    return session.cpu() - before


def _change(store: ProgressStore, number: int) -> None:
    change = Change("v3/a1", f"growth{number}", note=f"note {number}", state=State.DONE)
    store.apply("v3", [change], by=PERSON, at=RECORDED)


def markdown(table: dict[int, list[float]]) -> list[str]:
    """A row for each number of units, in milliseconds."""
    return [
        f"| units | {' | '.join(COSTS)} |",
        "|---" * (len(COSTS) + 1) + "|",
        *(f"| {size:,} | {' | '.join(map(_ms, costs))} |" for size, costs in table.items()),
    ]


def plot(table: dict[int, list[float]]) -> list[str]:
    """Bars on a logarithmic scale: equal steps for equal factors."""
    lines = [f"ms, logarithmic: {_BARS_PER_DECADE} characters for a factor of ten"]
    for index, cost in enumerate(COSTS):
        for size, costs in table.items():
            length = round(_BARS_PER_DECADE * log10(max(costs[index] / _LOWEST, 1)))
            lines.append(f"{cost:12}{size:7,} {'#' * length} {_ms(costs[index])}")
    return lines


def _ms(value: float) -> str:
    return f"{value:,.1f}"


if __name__ == "__main__":
    show_growth(options_of(__doc__).runs)
    sys.exit()
