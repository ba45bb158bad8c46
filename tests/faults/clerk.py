"""A writer in a process of its own that works through a store: forked, so that many are cheap.

It acknowledges an order only after `apply` has returned.
"""

from __future__ import annotations

import os
import select
import signal
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import IO, Final

from msgspec import Struct, field

from campaigns.entries import Change, State
from campaigns.errors import DubanError
from campaigns.history import Person
from storage.tiny.store import TinyStore
from tests.faults.orders import Order, Reply, order_of, reply_of
from tests.faults.place import ZONE

_ENDING: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_MOMENT: Final = 0.1
"""Seconds after which one who stands still looks up."""


class Login(Struct, frozen=True):
    """Whose process a writer is."""

    uid: int
    gid: int
    groups: tuple[int, ...]
    umask: int

    def become(self) -> None:
        os.setgroups(self.groups)
        os.setgid(self.gid)
        os.setuid(self.uid)
        os.umask(self.umask)


class Desk(Struct, frozen=True):
    """Where a clerk works: the store's folder, its own name, and the pipes to the crew."""

    folder: Path
    name: str
    pipe: IO[bytes]

    def say(self, reply: Reply) -> None:
        os.write(1, reply.line())

    def stand_still(self, step: str) -> None:
        self.say(Reply("standing", text=step))
        # A signal that came just before a read that waits would be noticed only after it.
        while not select.select([self.pipe], [], [], _MOMENT)[0]:
            continue
        self.pipe.readline()


Work = Callable[[Desk, Order], None]


def changes_of(order: Order) -> list[Change]:
    """The changes of an order, the one that it names last."""
    fillers = [Change(f"{order.unit}/filler", op, State.DOING, note=op) for op in order.ops[1:]]
    named = Change(
        order.item, order.op, State(order.state), note=order.note, expected_rev=order.expected_rev
    )
    return [*fillers, named]


def store_of(desk: Desk, order: Order) -> TinyStore:
    def at_step(step: str) -> None:
        if step == order.step:
            desk.stand_still(step)

    return TinyStore(desk.folder, zone=ZONE, lock_timeout=order.limit, at_step=at_step)


def carry_out(desk: Desk, order: Order) -> None:
    """Apply the changes, then say so; or say what was refused."""
    store = store_of(desk, order)
    try:
        outcomes = store.apply(
            order.unit,
            changes_of(order),
            by=Person(desk.name),
            at=datetime.fromisoformat(order.at),
        )
    except DubanError as error:
        kind = type(error).__name__
        desk.say(Reply("refused", code=error.exit_code, error=kind, text=str(error)))
    else:
        event = outcomes[-1].event
        desk.say(Reply("ack", rev=None if event is None else event.after.rev))


class Clerk(Struct):
    """The crew's end of a clerk."""

    name: str
    pid: int
    orders: int
    replies: int
    order: Order | None = None
    standing: bool = False
    stopped: bool = False
    lasting: bool = True
    _rest: bytes = b""
    _ended: bool = field(default=False)

    def fileno(self) -> int:
        return self.replies

    @property
    def listening(self) -> bool:
        return not self._ended

    def give(self, order: Order) -> None:
        self.order = order
        self._tell(order.line())

    def release(self) -> None:
        """Let a clerk that stands still at a step go on."""
        self.standing = False
        self._tell(b"\n")

    def take(self) -> list[Reply]:
        data = os.read(self.replies, 1 << 16)
        if not data:
            status = os.waitpid(self.pid, 0)[1]
            self._ended = True
            self.close()
            return [Reply("dead", code=os.waitstatus_to_exitcode(status))]
        *lines, self._rest = (self._rest + data).split(b"\n")
        return [reply_of(line) for line in lines]

    def close(self) -> None:
        os.close(self.orders)
        os.close(self.replies)

    def _tell(self, line: bytes) -> None:
        try:
            os.write(self.orders, line)
        except BrokenPipeError:
            # It has died: its replies end, and the crew hears of it there.
            return


def hire(folder: Path, name: str, login: Login | None, work: Work = carry_out) -> Clerk:
    """Start a clerk."""
    orders_out, orders_in = os.pipe()
    replies_out, replies_in = os.pipe()
    # A signal that came before the child is a clerk would unwind it as if it were the crew.
    kept = signal.pthread_sigmask(signal.SIG_BLOCK, _ENDING)
    pid = os.fork()
    if pid == 0:
        _serve(folder, name, login, work, orders_out, replies_in)
    signal.pthread_sigmask(signal.SIG_SETMASK, kept)
    os.close(orders_out)
    os.close(replies_in)
    return Clerk(name, pid, orders_in, replies_out)


def _serve(
    folder: Path, name: str, login: Login | None, work: Work, orders: int, replies: int
) -> None:
    status = 1
    try:
        for signum in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(signum, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDING)
        os.dup2(orders, 0)
        os.dup2(replies, 1)
        os.closerange(3, 1024)
        if login is not None:
            login.become()
        with os.fdopen(0, "rb", closefd=False) as pipe:
            desk = Desk(folder, name, pipe)
            while line := pipe.readline():
                if line.strip():
                    work(desk, order_of(line))
        status = 0
    except KeyboardInterrupt:
        status = 130
    except BaseException as error:
        os.write(2, f"a clerk broke off: {error!r}\n".encode())
        raise
    finally:
        os._exit(status)
