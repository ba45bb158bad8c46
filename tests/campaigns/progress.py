"""Progress by chance, for tests that hold a short way of counting against the long one."""

from __future__ import annotations

import random
from datetime import datetime, time, timedelta
from typing import Final

from campaigns.definition import By, Every, Tally, Unit
from campaigns.entries import REPORTED, Entry, State
from campaigns.scheduling.schedule import Schedule
from campaigns.standing.board import UnitBoard, build_unit
from campaigns.standing.matrix import Columns, Matrix
from campaigns.timing import deadline
from tests.campaigns.builders import JUNE, activity, at, campaign, day, record, unit

UNITS: Final = tuple(unit(f"unit-{number}") for number in range(9))
_ALL: Final = tuple(one.id for one in UNITS)

SCHEDULE: Final = Schedule(
    campaign(
        activity("free", None, units=_ALL),
        activity("tally", Tally(JUNE), units=_ALL[:4]),
        activity("plan", By(day("2022-05-31")), units=_ALL),
        activity("scheme", By(day("2022-05-31")), units=_ALL[2:]),
        activity("early", By(day("2022-05-20")), units=_ALL[:3]),
        activity("weekly", Every("week", JUNE, on=(3,), times=(time(18),)), units=_ALL[1:]),
        activity("news", By(day("2022-06-15")), units=_ALL, level="optional"),
        activity("summary", By(day("2022-07-04")), units=_ALL),
        units=UNITS,
    )
)
COLUMNS: Final = Columns(SCHEDULE)
NOW: Final = at("2022-06-15 10:00")


def boards(seed: int, now: datetime = NOW) -> list[UnitBoard]:
    """The boards of all units, with progress by chance."""
    chance = random.Random(seed)
    return [_board(one, chance, now) for one in UNITS]


def matrix(boards: list[UnitBoard]) -> Matrix:
    """The matrix of some boards."""
    return Matrix(COLUMNS.all, tuple(map(COLUMNS.row, boards)))


def matrix_of(entries: dict[str, Entry], now: datetime = NOW) -> Matrix:
    """The matrix of all units with these entries."""
    return matrix([build_unit(SCHEDULE, one, record(entries), now) for one in UNITS])


def _board(of: Unit, chance: random.Random, now: datetime) -> UnitBoard:
    entries = {}
    for line in build_unit(SCHEDULE, of, record(), now).lines:
        state = chance.choice(list(State))
        due = deadline(line.item, line.entry) or now
        received = due + timedelta(hours=chance.randrange(-30, 30))
        entries[line.item.key] = Entry(
            state,
            received_at=received if state in REPORTED else None,
            nil_report=state is State.DONE and chance.random() < 0.3,
            rev=chance.randrange(1, 9),
        )
    return build_unit(SCHEDULE, of, record(entries), now)
