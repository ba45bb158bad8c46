"""Starting, answering and ending the writers of tests.storage.child."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests import ROOT

Child = subprocess.Popen[str]


@contextmanager
def child(verb: str, folder: Path, *words: object) -> Iterator[Child]:
    """A child process, killed and waited for in the end."""
    command = [sys.executable, "-X", "utf8", "-m", "tests.storage.child", verb, str(folder)]
    process = subprocess.Popen(
        [*command, *(str(word) for word in words)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    with process:
        try:
            yield process
        finally:
            process.kill()


def hear(process: Child) -> str:
    """The next line that a child prints; empty when it has ended."""
    assert process.stdout is not None
    return process.stdout.readline().rstrip("\n")


def go(process: Child) -> None:
    """Let a child that waits go on."""
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()


def end(process: Child, signum: int) -> None:
    """Send a signal to a child that stands still, and wait for its end.

    Its standard input is closed behind the signal: one that comes right before the child begins
    to read would otherwise be looked at only after something was read.
    """
    process.send_signal(signum)
    assert process.stdin is not None
    process.stdin.close()
    process.wait()


def rest(process: Child) -> list[str]:
    """Every further line, until the child ends."""
    assert process.stdout is not None
    return process.stdout.read().split()


def as_login(uid: int, gid: int, groups: list[int], umask: int, work: Callable[[], str]) -> str:
    """What some work gives when it runs in another process under another login (root only)."""
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            os.close(reader)
            os.setgroups(groups)
            os.setgid(gid)
            os.setuid(uid)
            os.umask(umask)
            os.write(writer, work().encode("utf-8", "replace"))
            status = 0
        except BaseException as error:
            os.write(writer, repr(error).encode("utf-8", "replace"))
        finally:
            os._exit(status)
    os.close(writer)
    with os.fdopen(reader, encoding="utf-8") as pipe:
        text = pipe.read()
    assert os.waitpid(pid, 0)[1] == 0, text
    return text
