"""A writer at the command line: each order is a process `python -m cli mark …`.

Only exit code 0 acknowledges.
"""

from __future__ import annotations

import json
import subprocess
import sys

from msgspec import Struct

from tests import ROOT
from tests.faults.clerk import Login
from tests.faults.orders import Order, Reply
from tests.faults.place import Place
from tests.faults.words import interrupted_in_python

Process = subprocess.Popen[bytes]

_PYTHON_FAILED = 1
"""What Python ends with that is interrupted while it starts."""


class CommandLine(Struct):
    """One who types a command after the other. `name` is the login that events will bear."""

    name: str
    place: Place
    login: Login | None
    order: Order | None = None
    standing: bool = False
    stopped: bool = False
    lasting: bool = False
    _process: Process | None = None
    _said: bytes = b""

    @property
    def pid(self) -> int:
        return 0 if self._process is None else self._process.pid

    @property
    def listening(self) -> bool:
        return self._process is not None

    def fileno(self) -> int:
        assert self._process is not None
        assert self._process.stdout is not None
        return self._process.stdout.fileno()

    def give(self, order: Order) -> None:
        self.order, self._said = order, b""
        self._process = start(self.place, self.login, *arguments_of(order))

    def release(self) -> None:
        """A command never stands still at a step."""

    def take(self) -> list[Reply]:
        process, order = self._process, self.order
        assert process is not None
        assert process.stdout is not None
        assert order is not None
        data = process.stdout.read1(1 << 16)  # type: ignore[attr-defined]
        if data:
            self._said += data
            return []
        _, complaint = process.communicate()
        self._process = None
        return [reply_to(process.returncode, self._said, complaint.decode(), order)]

    def close(self) -> None:
        if self._process is not None:
            self._process.communicate()


def start(place: Place, login: Login | None, *arguments: str) -> Process:
    """Start `duban` with these arguments."""
    command = [sys.executable, "-m", "cli", *arguments]
    if login is None:
        return subprocess.Popen(
            command, cwd=ROOT, env=place.environ, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
    return subprocess.Popen(
        command, cwd=ROOT, env=place.environ, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        user=login.uid, group=login.gid, extra_groups=list(login.groups), umask=login.umask,
    )  # fmt: skip


def can_start(place: Place, login: Login) -> bool:
    """Whether a login may run the command: it may not where Python is in another's home."""
    try:
        process = start(place, login, "--version")
    except PermissionError:
        return False
    process.communicate()
    return process.returncode == 0


def arguments_of(order: Order) -> list[str]:
    arguments = ["--now", order.at, "mark", order.item, order.state, "--note", order.note]
    arguments += ["--op", order.op, "--format", "json"]
    if order.expected_rev is not None:
        arguments += ["--rev", str(order.expected_rev)]
    return arguments


def reply_to(code: int, said: bytes, complaint: str, order: Order) -> Reply:
    """What a command that has ended says of its order: exit code, stdout, stderr."""
    if code < 0 or code == 130 or (code == _PYTHON_FAILED and interrupted_in_python(complaint)):
        return Reply("dead", code=code, text=complaint)
    if code:
        return Reply("refused", code=code, error="command", text=complaint.rstrip("\n"))
    # It prints the entry as it stands, which after a repetition may be a later one.
    return Reply("ack", rev=None if order.retry else int(json.loads(said)["rev"]))
