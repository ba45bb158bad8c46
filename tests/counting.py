"""How much work a piece of code does, in counts that are the same on every machine."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any


class Calls:
    """The calls made, of Python's functions by their code and of C's by themselves."""

    def __init__(self) -> None:
        self.each = Counter[object]()

    def to(self, function: object) -> int:
        """How often a function was called."""
        return self.each[getattr(function, "__code__", function)]

    @property
    def total(self) -> int:
        return self.each.total()


@contextmanager
def counted_calls() -> Iterator[Calls]:
    """Count what is called in a `with` block, on this thread."""
    calls = Calls()
    each = calls.each

    def note(frame: FrameType, event: str, argument: Any) -> None:
        if event == "call":
            each[frame.f_code] += 1
        elif event == "c_call":
            each[argument] += 1

    sys.setprofile(note)
    try:
        yield calls
    finally:
        sys.setprofile(None)


class Instructions:
    """Instructions of Python's bytecode that were run."""

    def __init__(self) -> None:
        self.total = 0


@contextmanager
def counted_instructions() -> Iterator[Instructions]:
    """Count the instructions of the functions that a `with` block calls, on this thread."""
    instructions = Instructions()

    def note(frame: FrameType, event: str, argument: Any) -> Any:
        frame.f_trace_opcodes = True
        if event == "opcode":
            instructions.total += 1
        return note

    sys.settrace(note)
    try:
        yield instructions
    finally:
        sys.settrace(None)
