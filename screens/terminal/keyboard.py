"""Makes Textual's messages of what the terminal has sent."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from textual import events
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._xterm_parser import XTermParser
from textual.message import Message

from screens.terminal.modified_keys import plain_key
from screens.terminal.tokens import ESC, Pasted, Sequence, Text, Token

_ANSWERS: Final = re.compile(
    r"\x1b\[(?:<-?[0-9]+;-?[0-9]+;-?[0-9]+[Mm]|[IO]|\?[0-9]+;[0-9]\$y|48(?:;[0-9:]+){4}t)"
)
"""The mouse, the focus, modes and sizes: sequences that are no keys and that Textual acts on."""


class Keyboard:
    """Knows which sequences are keys; others do nothing.

    Textual's parser is not given anything else: it would take a sequence that it does not know
    for keys typed one by one. It is private in Textual, which has no hook for what a terminal
    sends (tests/screens/terminal/test_keyboard.py).
    """

    def __init__(self) -> None:
        self._parser = XTermParser()

    def messages(self, token: Token) -> Iterable[Message]:
        """The messages for a token."""
        match token:
            case Pasted(text):
                return [events.Paste(text.replace("\x00", ""))]
            case Text(text):
                return self._typed(text)
            case Sequence(text):
                return self._sequence(text)

    def _typed(self, text: str) -> Iterator[Message]:
        for character in text:
            yield from self._parser.feed(character)

    def _sequence(self, text: str) -> Iterable[Message]:
        key = plain_key(text)
        if key is not None and not key.startswith(ESC):
            return self._typed(key)
        text = key or text
        if text == ESC:
            return [events.Key("escape", ESC)]
        if text in ANSI_SEQUENCES_KEYS or _ANSWERS.fullmatch(text):
            return list(self._parser.feed(text))
        return []
