"""What is looked at after each round: nothing acknowledged may be lost, nothing torn or held."""

from __future__ import annotations

import fcntl
import json
from collections import defaultdict
from collections.abc import Sequence

from msgspec import Struct, field

from campaigns.errors import DubanError
from campaigns.history import Event, Person
from tests.faults.clerk import changes_of
from tests.faults.command import start
from tests.faults.ledger import balance, chain_breaks, fold
from tests.faults.orders import BEGIN, UNITS, Order
from tests.faults.scene import Scene

_REPEATED = 60
_CHECKER = Person("checker")


class Findings(Struct):
    """What a round broke: operations lost, files torn, units whose chain is faulty, and the rest.

    `others` are sentences, one for each other broken promise.
    """

    lost: list[str] = field(default_factory=list)
    torn: list[str] = field(default_factory=list)
    faulty: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)

    @property
    def clean(self) -> bool:
        return not (self.lost or self.torn or self.faulty or self.others)


def inspect(scene: Scene, since: str) -> Findings:
    """Look at everything that a round left.

    `since` is the token of another session that looked before the round.
    """
    found = Findings(torn=list(scene.torn), others=list(scene.complaints))
    histories = {unit: _history(scene, unit, found) for unit in UNITS}
    _compare(scene, histories, found)
    _changed(scene, histories, since, found)
    _repeat(scene, scene.finished, histories, found)
    _locks(scene, found)
    _next_commands(scene, found)
    return found


def _history(scene: Scene, unit: str, found: Findings) -> Sequence[Event]:
    """A unit's events; notes a file that is not whole, a faulty chain, and a wrong fold."""
    path = scene.place.unit_file(unit)
    if path.exists():
        try:
            json.loads(path.read_bytes())
        except ValueError as error:
            found.torn.append(f"{path.name}: {error}")
    store = scene.store()
    try:
        events = store.events(unit)
        entries = store.read([unit])[unit].entries
    except DubanError as error:
        found.torn.append(f"{unit}: {error}")
        return ()
    faults = [str(fault) for fault in store.verify(unit).faults] + chain_breaks(events)
    if faults:
        found.faulty.append(f"{unit}: {'; '.join(faults)}")
    if entries != fold(events):
        found.others.append(f"{unit}: its entries are not what its events made")
    return events


def _compare(scene: Scene, histories: dict[str, Sequence[Event]], found: Findings) -> None:
    result = balance(scene.ledger, histories)
    found.lost += result.lost
    found.others += [f"{op} is recorded more than once" for op in result.twice]
    found.others += [f"{op} is recorded, and nobody tried it" for op in result.strangers]
    found.others += [f"{op} was refused, and is recorded" for op in result.unwanted]


def _changed(
    scene: Scene, histories: dict[str, Sequence[Event]], since: str, found: Findings
) -> None:
    """Another session is told of every unit that has changed."""
    changed = scene.store().changed_units(since)[1]
    unseen = {unit for unit, events in histories.items() if events} - changed
    found.others += [f"{unit} has changed, and other sessions are not told" for unit in unseen]


def _repeat(
    scene: Scene,
    orders: Sequence[Order],
    histories: dict[str, Sequence[Event]],
    found: Findings,
) -> None:
    """Repeating what was acknowledged changes nothing."""
    repeated: dict[str, list[Order]] = defaultdict(list)
    for order in scene.chance.sample(orders, min(_REPEATED, len(orders))):
        repeated[order.unit].append(order)
    for unit, again in repeated.items():
        changes = [change for order in again for change in changes_of(order)]
        try:
            outcomes = scene.store().apply(unit, changes, by=_CHECKER, at=BEGIN)
        except DubanError as error:
            found.others.append(f"{unit}: a repeated operation is refused: {error}")
            continue
        known = {event.op: event for event in histories[unit]}
        found.others += [
            f"{change.op} was applied again"
            for change, outcome in zip(changes, outcomes, strict=True)
            if outcome.event is None or outcome.event != known.get(change.op)
        ]


def _locks(scene: Scene, found: Findings) -> None:
    """Nobody holds a lock any more."""
    for path in sorted((scene.place.store / "locks").glob("*.lock")):
        with path.open("rb") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                found.others.append(f"{path.name} is still held")


def _next_commands(scene: Scene, found: Findings) -> None:
    """The next commands work: a change in each unit, and the check of the history."""
    marks = [
        ["mark", f"{unit}/a1", "doing", "--note", f"next of {unit}", "--op", f"next-{unit}"]
        for unit in scene.chance.sample(UNITS, 1)
    ]
    for arguments in (*marks, ["log", "--verify"]):
        process = start(scene.place, None, *arguments)
        said, complaint = process.communicate()
        if process.returncode:
            words = (said + complaint).decode("utf-8", "replace").strip()
            found.others.append(f"{arguments[0]} gave {process.returncode}: {words}")
