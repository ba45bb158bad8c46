"""Keys as people write them, and Textual's names for them."""

from __future__ import annotations

import pytest
from textual import events
from textual._xterm_parser import XTermParser

from screens.settings.key_names import KNOWN, key_of, twins
from widgets.keys.names import written


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("F4", "f4"), ("f12", "f12"), ("Ｆ４", "f4"), ("Ctrl+P", "ctrl+p"), ("CTRL + p", "ctrl+p"),
        ("Shift+F6", "shift+f6"), ("Shift+Tab", "shift+tab"), ("Ctrl+Home", "ctrl+home"),
        ("Space", "space"), ("空格", "space"), ("Enter", "enter"), ("回车", "enter"),
        ("Esc", "escape"), ("PgDn", "pagedown"), ("Up arrow", "up"), ("上键", "up"),
        ("x", "x"), ("N", "N"), ("Shift+n", "N"), ("7", "7"), ("?", "question_mark"),
        ("？", "question_mark"), ("/", "slash"), (",", "comma"), ("+", "plus"), ("-", "minus"),
    ],
)  # fmt: skip
def test_keys_are_known_as_people_write_them(name: str, key: str) -> None:
    assert key_of(name) == key


@pytest.mark.parametrize(
    "name",
    ["", " ", "F0", "F13", "Alt+x", "Ctrl+I", "Ctrl+M", "Ctrl+H", "Ctrl+J", "Ctrl+C", "Ctrl+Z",
     "Ctrl+Shift+X", "Ctrl+1", "Shift+1", "Shift+Enter", "字", "xx", "Ctrl+", "+x", "\x1b", "\0"],
)  # fmt: skip
def test_what_a_terminal_does_not_send_is_no_key(name: str) -> None:
    assert key_of(name) is None


def test_every_key_to_guess_from_is_one() -> None:
    assert None not in map(key_of, KNOWN)


def sent(text: str) -> list[str]:
    """The keys that Textual makes of what a terminal sends."""
    found = list(XTermParser().feed(text))
    return [event.key for event in found if isinstance(event, events.Key)]


def test_characters_have_the_names_that_textual_gives_them() -> None:
    for character in map(chr, range(0x21, 0x7F)):
        key = key_of(character)
        assert key is not None
        assert sent(character) == [key]
        assert written(key) == character


def test_an_input_method_answers_with_the_full_width_twin() -> None:
    for character in "?/:,.!1290":
        key = key_of(character)
        assert key is not None
        assert list(twins(key, character)) == sent(chr(ord(character) + 0xFEE0))
    assert list(twins("space", "Space")) == sent("　")


def test_keys_with_escape_sequences_have_the_names_that_textual_gives_them() -> None:
    # Shift+F6 is f18 to Textual where its Kitty protocol is off, as duban has it.
    line = {"F4": "\x1bOS", "Shift+F6": "\x1b[17;2~", "Ctrl+P": "\x10", "Ctrl+Home": "\x1b[1;5H",
            "Shift+Tab": "\x1b[Z", "PgDn": "\x1b[6~", "Shift+Up": "\x1b[1;2A"}  # fmt: skip
    for name, text in line.items():
        key = key_of(name)
        assert key is not None
        (arrived,) = sent(text)
        assert arrived in (key, *twins(key, name))


def test_letters_and_named_keys_have_no_twin() -> None:
    assert [twins(key, key) for key in ("x", "N", "f4", "ctrl+p")] == [()] * 4
    assert twins("shift+f6", "Shift+F6") == ("f18",)
