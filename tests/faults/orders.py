"""What writers are told to do, and what they answer; orders made at random from a seed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Final, Literal

from msgspec import Struct
from msgspec.structs import asdict, replace

UNITS: Final = ("u1", "u2", "村-3", "村-4")
ACTIVITIES: Final = ("a1", "a2", "a3", "a4", "a5")
BEGIN: Final = datetime(2022, 6, 15, 1, 40, tzinfo=UTC)
PATIENCE: Final = 60.0
"""Seconds that a writer waits for a lock where nothing is meant to be refused."""

Kind = Literal["ack", "refused", "standing", "dead"]


class Order(Struct, frozen=True):
    """One change of one item. `at` is the writer's clock.

    A writer stands still at `step` until it is told to go on. `more` is the number of
    further changes in the same transaction, which fill the history. `certain` says that
    `expected_rev` is stale for sure.
    """

    op: str
    unit: str
    item: str
    state: str
    note: str
    at: str
    expected_rev: int | None = None
    certain: bool = False
    step: str | None = None
    limit: float = PATIENCE
    more: int = 0
    retry: bool = False

    @property
    def ops(self) -> tuple[str, ...]:
        """The operations of the transaction."""
        return (self.op, *(f"{self.op}.{n}" for n in range(1, self.more + 1)))

    def line(self) -> bytes:
        return json.dumps(asdict(self)).encode() + b"\n"


class Reply(Struct, frozen=True):
    """What a writer says of an order. `rev` is None where it cannot be told from a repetition."""

    kind: Kind
    rev: int | None = None
    code: int = 0
    error: str = ""
    text: str = ""

    def line(self) -> bytes:
        return json.dumps(asdict(self)).encode() + b"\n"


def order_of(line: bytes) -> Order:
    return Order(**json.loads(line))


def reply_of(line: bytes) -> Reply:
    return Reply(**json.loads(line))


class Known(Struct, frozen=True):
    """An acknowledged revision of an item: whose, and with which note."""

    rev: int
    op: str
    login: str


class Orders:
    """Random orders, each with an operation id of its own and valid in any state it may find.

    Some expect the revision last acknowledged, and some one that is stale for sure.
    Nothing is ordered of the units in `spared`. `back` moves clocks back.
    """

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._number = 0
        self._known: dict[str, list[Known]] = {}
        self.spared: set[str] = set()
        self.back = False
        self.stale_share = 0.06

    def make(self, unit: str | None = None, *, free: bool = False) -> Order:
        """An order for a unit, or for one at random: the first has most of the work.

        A free one expects no revision.
        """
        chance = self._chance
        self._number += 1
        if unit is None:
            open_units = [unit for unit in UNITS if unit not in self.spared]
            hot = chance.random() < 0.3
            unit = open_units[0] if hot else chance.choice(open_units)
        op = f"op-{self._number}"
        moment = BEGIN + timedelta(seconds=self._number)
        if self.back:
            moment -= timedelta(seconds=chance.randrange(90 * 24 * 3600))
        order = Order(
            op=op,
            unit=unit,
            item=f"{unit}/{chance.choice(ACTIVITIES)}",
            state=chance.choice(("doing", "done")),
            note=f"[{op}]" + "内容" * chance.choice((0, 0, 1, 5, 300)),
            at=moment.isoformat(),
        )
        return order if free else self._expecting(order)

    def acknowledged(self, order: Order, rev: int, login: str) -> None:
        """Remember that an order made a revision of its item."""
        self._known.setdefault(order.item, []).append(Known(rev, order.op, login))

    def seen(self, item: str, rev: int) -> Known | None:
        """What is known of a revision."""
        return next((known for known in self._known.get(item, ()) if known.rev == rev), None)

    def revisions(self, item: str) -> Iterator[int]:
        return (known.rev for known in self._known.get(item, ()))

    def _expecting(self, order: Order) -> Order:
        revisions = sorted(self.revisions(order.item))
        draw = self._chance.random()
        if len(revisions) > 1 and draw < self.stale_share:
            return replace(order, expected_rev=self._chance.choice(revisions[-4:-1]), certain=True)
        if revisions and draw < 2 * self.stale_share:
            return replace(order, expected_rev=revisions[-1])
        return order
