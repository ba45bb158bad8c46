"""Keys, pastes and replies, cut anywhere, as they come to the application."""

from __future__ import annotations

import inspect
import random
from collections.abc import Iterable

import pytest
from textual import events
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

from screens.terminal import tokens
from screens.terminal.keyboard import Keyboard
from screens.terminal.modified_keys import plain_key
from screens.terminal.tokens import PASTE, PASTE_END, Tokenizer
from tests.screens.terminal.corpus import MODIFIED, PASTES, REPLIES

AT_ONCE, SLOWLY = 0.02, 0.5
"""Seconds between two pieces: on a good line, and on one that pauses."""


class Line:
    """A keyboard at the end of a line on which time passes as the test says."""

    def __init__(self) -> None:
        self.now = 100.0
        self._tokenizer, self._keyboard = Tokenizer(), Keyboard()

    def receive(self, text: str = "", *, after: float = AT_ONCE) -> list[Message]:
        """What comes out after so many seconds without input, and then with this text."""
        self.now += after
        return [
            message
            for token in self._tokenizer.feed(text, self.now)
            for message in self._keyboard.messages(token)
        ]

    def receive_all(self, *pieces: str, gap: float = AT_ONCE) -> list[str]:
        """What comes out of some pieces, and of the time afterwards."""
        found = [message for piece in pieces for message in self.receive(piece, after=gap)]
        for _ in range(30):
            found += self.receive(after=0.1)
        return said(found)


def said(messages: Iterable[Message]) -> list[str]:
    """Keys by name, pastes by their text."""
    return [
        message.key if isinstance(message, events.Key) else f"paste {message.text}"
        for message in messages
        if isinstance(message, events.Key | events.Paste)
    ]


def test_the_corpus_is_large_enough() -> None:
    assert len({*REPLIES, *(form for form, _ in MODIFIED), *PASTES}) >= 60


@pytest.mark.parametrize("gap", [AT_ONCE, SLOWLY])
@pytest.mark.parametrize("reply", REPLIES)
def test_a_reply_cut_anywhere_is_no_key(reply: str, gap: float) -> None:
    for cut in range(len(reply) + 1):
        found = Line().receive_all(reply[:cut], reply[cut:], gap=gap)
        # Esc that comes alone for longer than a tenth of a second is the key.
        assert found in ([], ["escape"]) if cut == 1 and gap > tokens.ESC_ALONE else found == []


@pytest.mark.parametrize("reply", REPLIES)
def test_a_reply_that_comes_byte_by_byte_is_no_key(reply: str) -> None:
    assert Line().receive_all(*reply) == []


def test_a_reply_between_keys_changes_neither() -> None:
    for reply in REPLIES:
        assert Line().receive_all(f"a{reply}\x1b[A{reply}b") == ["a", "up", "b"], reply


@pytest.mark.parametrize(("form", "key"), MODIFIED)
def test_a_modified_key_is_the_key_that_it_names(form: str, key: str) -> None:
    for cut in range(2, len(form) + 1):
        assert Line().receive_all(form[:cut], form[cut:]) == ([key] if key else [])


@pytest.mark.parametrize("text", PASTES)
def test_a_paste_ends_at_its_mark_however_it_is_cut(text: str) -> None:
    whole = f"{PASTE}{text}{PASTE_END}"
    for gap in (AT_ONCE, SLOWLY):
        for cut in range(2, len(whole)):
            found = Line().receive_all(whole[:cut], whole[cut:], gap=gap)
            assert found == [f"paste {text}"], cut


def test_a_paste_without_its_end_is_taken_and_the_keyboard_works() -> None:
    line = Line()
    assert said(line.receive(f"{PASTE}abc")) == []
    assert said(line.receive(after=tokens.PASTE_PATIENCE - 0.1)) == []
    assert said(line.receive(after=0.2)) == ["paste abc"]
    assert said(line.receive("x")) == ["x"]


def test_an_endless_paste_is_taken_once_and_what_follows_dropped() -> None:
    line = Line()
    most = tokens.LONGEST_PASTE
    (paste,) = said(line.receive(PASTE + "a" * most))
    assert len(paste) == len("paste ") + most
    assert said(line.receive("more")) == []
    assert said(line.receive("x", after=tokens.SILENCE + 0.1)) == ["x"]


@pytest.mark.parametrize(
    "begun", ["\x1bP1$r2 q", "\x1b]11;rgb", "\x1b[12;3", "\x1b[", "\x1bO", "\x1b_G"]
)
def test_what_is_never_finished_is_given_up_after_a_second(begun: str) -> None:
    line = Line()
    assert said(line.receive(begun)) == []
    assert said(line.receive(after=tokens.PATIENCE - 0.1)) == []
    assert said(line.receive("x", after=0.2)) == ["x"]


def test_too_long_a_string_is_given_up_until_the_line_is_silent() -> None:
    line = Line()
    assert said(line.receive("\x1b]52;c;" + "U" * tokens.LONGEST)) == []
    assert said(line.receive("U" * 100)) == []
    assert said(line.receive("x", after=tokens.SILENCE + 0.1)) == ["x"]


def test_a_key_ends_a_string_that_was_cut_off() -> None:
    assert Line().receive_all("\x1bP>|tmux", "\x1b[A") == ["up"]


def test_esc_alone_is_the_key_after_a_tenth_of_a_second() -> None:
    line = Line()
    assert said(line.receive("\x1b")) == []
    assert said(line.receive(after=0.05)) == []
    assert said(line.receive(after=0.06)) == ["escape"]
    assert Line().receive_all("\x1b\x1b") == ["escape", "escape"]
    assert Line().receive_all("\x1bq") == ["escape", "q"]


def test_characters_of_one_byte_that_begin_sequences_do_so_too() -> None:
    assert Line().receive_all("\x9bA\x9d0;title\x9cx") == ["up", "x"]


def test_every_key_that_textual_knows_is_known() -> None:
    for form in ANSI_SEQUENCES_KEYS:
        is_sequence = form.startswith(("\x1b[", "\x1bO")) and not form.endswith("$")
        if is_sequence and plain_key(form) is None:
            expected = said(XTermParser().feed(form))
            assert Line().receive_all(form) == expected, form


def test_what_people_type_is_read_as_textual_reads_it() -> None:
    chance = random.Random(8)
    keys = [
        "\x1b[A",
        "\x1b[6~",
        "\x1bOP",
        "\x1b[21~",
        "\x1b[1;5C",
        "\x1b[<0;3;4M",
        "\r",
        "\t",
        "\x7f",
    ]
    for _ in range(3000):
        typed = "".join(chance.choices([*keys, *"aZ9？报 /\r\t\x7f"], k=chance.randint(1, 8)))
        cut = chance.randrange(len(typed) + 1)
        line = Line()
        found = [*line.receive(typed[:cut]), *line.receive(typed[cut:])]
        expected = list(XTermParser().feed(typed))
        assert [repr(one) for one in found] == [repr(one) for one in expected]


def test_textual_still_reads_in_the_method_that_is_replaced() -> None:
    assert "self.run_input_thread()" in inspect.getsource(LinuxDriver._run_input_thread)
    source = inspect.getsource(LinuxDriver.run_input_thread)
    assert "XTermParser" in source
    assert "self.exit_event.is_set()" in source
    assert "self.process_message" in source
