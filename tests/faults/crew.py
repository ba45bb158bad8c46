"""The writers of a round: who is busy with what, signals to them, and what they answer."""

from __future__ import annotations

import os
import select
import signal
from collections.abc import Callable
from contextlib import suppress
from random import Random

from msgspec import Struct, field

from tests.faults.clerk import Clerk
from tests.faults.command import CommandLine
from tests.faults.orders import Order, Reply

Hand = Clerk | CommandLine


class Answer(Struct, frozen=True):
    """What became of an order that was given to a writer. `expected` says that it was killed."""

    hand: Hand
    order: Order | None
    reply: Reply
    expected: bool


class Crew(Struct):
    """Writers that are given orders. One that died is replaced by `hire`, given its name."""

    chance: Random
    hire: Callable[[str], Clerk]
    hands: list[Hand] = field(default_factory=list)
    _doomed: set[int] = field(default_factory=set)

    def idle(self) -> list[Hand]:
        return [hand for hand in self.hands if hand.order is None and not hand.stopped]

    def busy(self) -> list[Hand]:
        """Those who work on an order, and neither stand still nor are stopped."""
        return [
            hand for hand in self.hands
            if hand.order is not None and not hand.standing and not hand.stopped
        ]  # fmt: skip

    def clerk(self) -> Clerk | None:
        """Some clerk without an order."""
        clerks = [hand for hand in self.idle() if isinstance(hand, Clerk)]
        return self.chance.choice(clerks) if clerks else None

    def command(self) -> CommandLine | None:
        """Somebody at a command line without an order."""
        return next((hand for hand in self.idle() if isinstance(hand, CommandLine)), None)

    def listen(self, patience: float) -> list[Answer]:
        """What the writers have to say, waiting up to `patience` seconds for the first."""
        listening = [hand for hand in self.hands if hand.listening]
        ready, _, _ = select.select(listening, [], [], patience)
        return [answer for hand in ready for answer in self._hear(hand)]

    def send(self, hand: Hand, signum: signal.Signals) -> None:
        """Send a signal to a writer who has an order."""
        if signum is signal.SIGSTOP:
            hand.stopped = True
        elif signum is signal.SIGCONT:
            hand.stopped = False
        else:
            self._doomed.add(hand.pid)
        if hand.pid:
            with suppress(ProcessLookupError):
                os.kill(hand.pid, signum)

    def kill(self, hand: Hand) -> None:
        """End a writer at once, also one that is stopped."""
        self.send(hand, signal.SIGKILL)
        hand.stopped = False

    def resume(self) -> None:
        """Let all who are stopped or stand still go on."""
        for hand in self.hands:
            if hand.stopped:
                self.send(hand, signal.SIGCONT)
            if hand.standing:
                hand.release()

    def dismiss(self) -> None:
        """End every writer."""
        for hand in self.hands:
            if isinstance(hand, Clerk) or hand.listening:
                with suppress(ProcessLookupError):
                    os.kill(hand.pid, signal.SIGKILL)
        for hand in self.hands:
            if isinstance(hand, Clerk):
                os.waitpid(hand.pid, 0)
            hand.close()
        self.hands.clear()

    def _hear(self, hand: Hand) -> list[Answer]:
        pid = hand.pid
        answers = []
        for reply in hand.take():
            order = hand.order
            if reply.kind == "standing":
                hand.standing = True
            else:
                hand.order = None
                hand.standing = False
                # A command has ended; a clerk that was stopped after its answer still is.
                hand.stopped = hand.stopped and isinstance(hand, Clerk)
            answers.append(Answer(hand, order, reply, pid in self._doomed))
            if reply.kind == "dead":
                self._replace(hand)
        return answers

    def _replace(self, hand: Hand) -> None:
        hand.stopped = False
        if isinstance(hand, Clerk):
            self.hands[self.hands.index(hand)] = self.hire(hand.name)
