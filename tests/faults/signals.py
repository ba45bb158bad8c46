"""Faults of processes: writers that are killed, stopped, and stand in others' way."""

from __future__ import annotations

import signal
import time
from typing import Final

from msgspec.structs import replace

from tests.faults.clerk import Clerk
from tests.faults.crew import Hand
from tests.faults.scene import Happening, Scene

_ENDING: Final = (signal.SIGKILL, signal.SIGHUP, signal.SIGTERM, signal.SIGINT)
_FEW: Final = 2
_BRIEF: Final = 5.0
_LIMIT: Final = 0.5
_COMMANDS_LIMIT: Final = 5.0
_SLACK: Final = 10.0
"""Seconds that a refusal may come late on a busy machine."""


def nothing(scene: Scene) -> Happening:
    """Writers only: what is acknowledged without any fault."""
    while scene.going():
        yield


def signals_at_random(scene: Scene) -> Happening:
    """SIGKILL, SIGHUP, SIGTERM and SIGINT to writers, whatever they are doing."""
    while scene.going():
        yield
        busy = scene.crew.busy()
        if busy and scene.chance.random() < 0.5:
            scene.crew.send(scene.chance.choice(busy), scene.chance.choice(_ENDING))
            scene.inflicted += 1


def stops_at_random(scene: Scene) -> Happening:
    """Writers stopped for a moment, then let go on or killed."""
    stopped: list[tuple[float, Hand]] = []
    while scene.going() or stopped:
        yield
        busy = scene.crew.busy()
        if scene.going() and busy and scene.chance.random() < 0.4:
            hand = scene.chance.choice(busy)
            scene.crew.send(hand, signal.SIGSTOP)
            scene.inflicted += 1
            stopped.append((time.monotonic() + scene.chance.uniform(0, 0.1), hand))
        for due, hand in [entry for entry in stopped if entry[0] < time.monotonic()]:
            stopped.remove((due, hand))
            if scene.chance.random() < 0.5:
                scene.crew.kill(hand)
            else:
                scene.crew.send(hand, signal.SIGCONT)


def signals_at_each_step(scene: Scene) -> Happening:
    """A writer stands still at a step of its transaction, and is ended there; each step in turn.

    Steps that take a long transaction come last, and of these only a few in a brief round.
    """
    done = 0
    costly = [step for step, more in scene.steps.items() if more]
    brief = scene.until - time.monotonic() < _BRIEF
    least = len(scene.steps) - (max(0, len(costly) - _FEW) if brief else 0)
    while scene.going() or done < least:
        steps = scene.chance.sample([*scene.steps], len(scene.steps))
        for step in sorted(steps, key=scene.steps.__getitem__):
            if scene.going() or done < least:
                yield from _end_at(scene, step, stopped=scene.chance.random() < 0.3)
                done += 1


def _end_at(scene: Scene, step: str, *, stopped: bool) -> Happening:
    while (clerk := scene.crew.clerk()) is None:
        scene.feeding = False
        yield
    scene.feeding = True
    order = replace(scene.orders.make(free=True), step=step, more=scene.steps[step])
    scene.give(clerk, order)
    while clerk.order is not None and not clerk.standing:
        yield
    if not clerk.standing:
        scene.complaints.append(f"no writer came to the step {step}")
        return
    if stopped:
        scene.crew.send(clerk, signal.SIGSTOP)
        yield
        scene.crew.kill(clerk)
    else:
        scene.crew.send(clerk, scene.chance.choice(_ENDING))
    scene.inflicted += 1
    while clerk in scene.crew.hands:
        yield


def holder_stands_still(scene: Scene) -> Happening:
    """The holder of a lock is stopped for longer than the limit: others are told who it is."""
    while True:
        unit = scene.orders.make().unit
        scene.orders.spared = {unit}
        yield from _hold_up(scene, unit)
        scene.orders.spared = set()
        if not scene.going():
            return


def _hold_up(scene: Scene, unit: str) -> Happening:
    yield from scene.drain()
    scene.feeding = False
    holder = scene.crew.clerk()
    assert holder is not None
    scene.give(holder, replace(scene.orders.make(unit, free=True), step="synced"))
    while not holder.standing:
        yield
    scene.crew.send(holder, signal.SIGSTOP)
    scene.inflicted += 1
    yield from _others_are_refused(scene, unit, holder)
    if scene.chance.random() < 0.5:
        scene.crew.kill(holder)
        while holder in scene.crew.hands:
            yield
    else:
        scene.crew.send(holder, signal.SIGCONT)
        holder.release()


def _others_are_refused(scene: Scene, unit: str, holder: Clerk) -> Happening:
    """A clerk and a command that want the same unit are told within their limits who holds it."""
    begun = time.monotonic()
    heard = len(scene.refusals)
    waiting: list[Hand] = []
    for hand, limit in ((scene.crew.clerk(), _LIMIT), (scene.crew.command(), _COMMANDS_LIMIT)):
        if hand is not None:
            scene.give(hand, replace(scene.orders.make(unit, free=True), limit=limit))
            waiting.append(hand)
    scene.feeding = True
    while any(hand.order is not None and hand.order.unit == unit for hand in waiting):
        if time.monotonic() - begun > _COMMANDS_LIMIT + _SLACK:
            break
        yield
    told = [
        answer.reply.text
        for answer in scene.refusals[heard:]
        if answer.order is not None and answer.order.unit == unit
    ]
    if len(told) != len(waiting):
        scene.complaints.append(f"{unit} is held, and not every writer was refused in time")
    for text in told:
        if holder.name not in text or str(holder.pid) not in text:
            scene.complaints.append(f"the holder of {unit} is not named: {text}")
