"""A round: writers go on while one fault happens, and everything that is said is noted."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Collection, Iterator, Mapping
from random import Random

from msgspec import Struct, field
from msgspec.structs import replace

from campaigns.history import Person
from storage.tiny.store import TinyStore
from tests.faults.clerk import Clerk, changes_of
from tests.faults.crew import Answer, Crew, Hand
from tests.faults.judging import STORE, complaint_of
from tests.faults.ledger import Ledger
from tests.faults.orders import BEGIN, UNITS, Order, Orders
from tests.faults.place import ZONE, Place

_TICK = 0.01
_SETTLING = 90.0

Happening = Iterator[None]
"""A fault as it goes: between two of its steps the writers go on."""


class Stuck(Exception):
    """The writers do not come to an end."""


class Scene(Struct):
    """What a fault acts on. Seconds of `time.monotonic` throughout.

    `steps` are those of a transaction, each with the further changes it takes to come to it;
    `inflicted` counts how often the fault struck, `allowed` names the errors that it
    may cause, `unreadable` the units that it damaged; `finished` are the orders that
    were acknowledged.
    """

    place: Place
    crew: Crew
    orders: Orders
    chance: Random
    until: float
    steps: Mapping[str, int]
    allowed: Collection[str] = ()
    ledger: Ledger = field(default_factory=Ledger)
    complaints: list[str] = field(default_factory=list)
    torn: list[str] = field(default_factory=list)
    unreadable: set[str] = field(default_factory=set)
    inflicted: int = 0
    refusals: list[Answer] = field(default_factory=list)
    finished: list[Order] = field(default_factory=list)
    feeding: bool = True
    _again: deque[Order] = field(default_factory=deque)

    def going(self) -> bool:
        """Whether the round's time is not over."""
        return time.monotonic() < self.until

    def store(self) -> TinyStore:
        """The store as another session sees it."""
        return TinyStore(self.place.store, zone=ZONE)

    def write_much(self, more: int) -> None:
        """Give the first unit a history, so that its archive is made while the fault happens."""
        order = replace(self.orders.make(UNITS[0], free=True), more=more)
        self.ledger.give(order)
        self.store().apply(order.unit, changes_of(order), by=Person("archivist"), at=BEGIN)
        self.ledger.acknowledge(order, 1)
        self.orders.acknowledged(order, 1, "archivist")
        self.finished.append(order)

    def give(self, hand: Hand, order: Order) -> None:
        """Hand out an order, and write it down."""
        self.ledger.give(order)
        hand.give(order)

    def run(self, fault: Callable[[Scene], Happening]) -> None:
        """Let writers go on while a fault happens; in the end everything is put back and done."""
        happening = fault(self)
        limit = self.until + _SETTLING
        for _ in happening:
            self.pump()
            self._check_going(limit)
        self.settle()

    def pump(self) -> None:
        """A moment: idle writers get orders, answers are heard, and some reader looks."""
        for hand in self.crew.idle():
            again = self._retry_for(hand)
            if again is not None:
                self.give(hand, again)
            elif self.feeding:
                self.give(hand, self.orders.make())
        for answer in self.crew.listen(_TICK):
            self._note(answer)
        self._look()

    def settle(self) -> None:
        """Everybody goes on and finishes; what nobody was told of is tried again."""
        self.feeding = False
        limit = time.monotonic() + _SETTLING
        while self._again or any(hand.order is not None for hand in self.crew.hands):
            self.crew.resume()
            self.pump()
            self._check_going(limit)

    def drain(self) -> Happening:
        """Wait until nobody writes."""
        self.feeding = False
        while any(hand.order is not None for hand in self.crew.hands) or self._again:
            yield
        self.feeding = True

    def _check_going(self, limit: float) -> None:
        if time.monotonic() > limit:
            raise Stuck(", ".join(h.name for h in self.crew.hands if h.order is not None))

    def _retry_for(self, hand: Hand) -> Order | None:
        """What is to be tried again by this writer: a command makes one change only."""
        for order in self._again:
            if not order.more or isinstance(hand, Clerk):
                self._again.remove(order)
                return order
        return None

    def _note(self, answer: Answer) -> None:
        order, reply = answer.order, answer.reply
        expected = None if order is None else order.expected_rev
        seen = None if order is None or expected is None else self.orders.seen(order.item, expected)
        complaint = complaint_of(answer, self.allowed, seen)
        if complaint is not None:
            self.complaints.append(complaint)
        if order is None:
            return
        if reply.kind == "ack":
            self.ledger.acknowledge(order, reply.rev)
            self.finished.append(order)
            if reply.rev is not None:
                # A repetition may have been recorded by the one that was killed.
                login = "" if order.retry else answer.hand.name
                self.orders.acknowledged(order, reply.rev, login)
        elif reply.kind == "refused":
            self.refusals.append(answer)
            if order.retry and reply.code == STORE and complaint is None:
                # Whether it was recorded before its writer was killed is still open.
                self._again.append(order)
            else:
                self.ledger.refuse(order)
        elif reply.kind == "dead":
            self._again.append(replace(order, step=None, retry=True))

    def _look(self) -> None:
        """A reader at any instant sees a whole file."""
        unit = self.chance.choice(UNITS)
        if unit in self.unreadable:
            return
        fault = self.store().read([unit])[unit].fault
        if fault is not None:
            self.torn.append(f"{unit}: {fault}")
