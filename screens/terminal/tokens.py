"""Takes apart what a terminal sends: keys, pastes, and replies that nobody asked for.

A slow line may cut a sequence anywhere, and a reply meant for another program may come at
any time. Nothing inside one may act as a key. So sequences are given out only whole, and
control strings (OSC, DCS, APC, PM, SOS; ECMA-48) not at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

ESC: Final = "\x1b"

ESC_ALONE: Final = 0.1
"""Seconds after which Esc alone is the key, as in Textual."""

PATIENCE: Final = 1.0
"""Seconds after its last character until an unfinished sequence is given up."""

PASTE_PATIENCE: Final = 2.0
"""Seconds after its last character until a paste without an end mark is taken as it is."""

SILENCE: Final = 0.3
"""Seconds without input that end the dropping of input after too long a sequence."""

LONGEST: Final = 1 << 16
"""Characters after which a sequence is given up."""

LONGEST_PASTE: Final = 1 << 20
"""Characters after which a paste is taken, and the rest of it dropped."""

PASTE: Final = "\x1b[200~"
PASTE_END: Final = "\x1b[201~"

_C1: Final = str.maketrans(
    {"\x9b": "\x1b[", "\x8f": "\x1bO", "\x9d": "\x1b]", "\x90": "\x1bP", "\x9f": "\x1b_",
     "\x9e": "\x1b^", "\x98": "\x1bX", "\x9c": "\x1b\\"}
)  # fmt: skip
"""Introducers of one character, as some terminals send them, in their form with Esc."""

_INTRODUCERS: Final = "[O]P_^X"
_STRING: Final = re.compile(r"\x1b[]P_^X]")
_STRING_END: Final = re.compile(r"\x07|\x18|\x1a|\x1b\\|\x1b(?=[^\\])")
"""BEL, CAN, SUB, ST, or an Esc that begins something else."""

_WHOLE: Final = re.compile(
    r"\x1b\[M..."  # a mouse report of the oldest form
    r"|\x1b\[\[[A-E]"  # F1 to F5 of the Linux console
    r"|\x1b\[[0-?]*[ -/]*(?!\[|M)[@-~]|\x1b\[[0-?]+[ -/]*[@-~]"
    r"|\x1bO[0-9;]*[ -/:<-~]",
    re.DOTALL,
)
_BEGUN: Final = re.compile(r"\x1b(?:\[(?:M.{0,2}|\[|[0-?]*[ -/]*)|O[0-9;]*)?\Z", re.DOTALL)
_BROKEN: Final = re.compile(r"\x1b(?:\[[0-?]*[ -/]*|O[0-9;]*)")


class Text(NamedTuple):
    """Characters, each of which is a key."""

    text: str


class Sequence(NamedTuple):
    """A whole escape sequence (CSI or SS3), or Esc alone."""

    text: str


class Pasted(NamedTuple):
    """A pasted text."""

    text: str


Token = Text | Sequence | Pasted


class Tokenizer:
    r"""Fed with text as it arrives, at instants in seconds of a clock that never goes back.

    For example "a\x1b[" and then "A" become Text("a") and Sequence("\x1b[A").
    """

    def __init__(self) -> None:
        self._held = ""
        self._since = 0.0
        self._is_dropping = False
        self._was_esc = False

    def feed(self, text: str, now: float) -> list[Token]:
        """The tokens that are complete now; also to be called when nothing has arrived."""
        found = self._waited(now - self._since)
        if text:
            self._since = now
        if not text or self._is_dropping:
            return found
        if self._was_esc and (text[0] == "\\" or (len(text) > 1 and text[0] in _INTRODUCERS)):
            # The rest of a sequence whose Esc came alone: nobody types several keys at once.
            text = ESC + text
        self._was_esc = False
        self._held += text if self._is_paste else text.translate(_C1)
        return [*found, *self._complete()]

    @property
    def is_waiting(self) -> bool:
        """Whether something is unfinished, and is given up by time if nothing more comes."""
        return bool(self._held)

    @property
    def _is_paste(self) -> bool:
        return self._held.startswith(PASTE)

    def _waited(self, seconds: float) -> list[Token]:
        """What is complete because nothing has come for so long."""
        held = self._held
        self._was_esc = self._was_esc and seconds < PATIENCE
        if self._is_dropping:
            self._is_dropping = seconds < SILENCE
        elif held == ESC and seconds >= ESC_ALONE:
            self._held, self._was_esc = "", seconds < PATIENCE
            return [Sequence(ESC)]
        elif self._is_paste:
            if seconds >= PASTE_PATIENCE:
                self._held = ""
                return [_paste(held)]
        elif seconds >= PATIENCE:
            self._held = ""
        return []

    def _complete(self) -> Iterator[Token]:
        while self._held:
            step = _first(self._held)
            if step is None:
                break
            token, self._held = step
            if token is not None:
                yield token
        if len(self._held) > (LONGEST_PASTE if self._is_paste else LONGEST):
            if self._is_paste:
                yield _paste(self._held)
            self._held, self._is_dropping = "", True


def _first(held: str) -> tuple[Token | None, str] | None:
    """The first token, None for what is swallowed, and the rest. None if it is not complete."""
    if not held.startswith(ESC):
        text, esc, rest = held.partition(ESC)
        return Text(text), esc + rest
    if held.startswith(PASTE):
        _, mark, rest = held.partition(PASTE_END)
        return (_paste(held), rest) if mark else None
    if _STRING.match(held):
        end = _STRING_END.search(held, 2)
        return None if end is None else (None, held[end.end() if end[0] != ESC else end.start() :])
    if whole := _WHOLE.match(held):
        return Sequence(whole[0]), held[whole.end() :]
    if _BEGUN.match(held):
        return None
    if held.startswith("\x1b\\"):
        return None, held[2:]
    broken = _BROKEN.match(held)
    return (Sequence(ESC), held[1:]) if broken is None else (None, held[broken.end() :])


def _paste(held: str) -> Pasted:
    return Pasted(held.removeprefix(PASTE).partition(PASTE_END)[0])
