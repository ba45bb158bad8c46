"""Texts that would drive a terminal, in every format of every command that prints them."""

from __future__ import annotations

import pytest

from tests.commands.conftest import Duban

HOSTILE = "缺3人\x1b]0;title\x07\x1b[2J\x9b2J\u202etxt\u2028next\nlast\x7f"
COMMANDS = [
    *(("status", "--items", "--format", form) for form in ("table", "json", "csv")),
    *(("log", "--format", form) for form in ("table", "json")),
    *(("report", "chase"), ("export", "board", "-o", "-"), ("export", "chase", "-o", "-")),
    *(("log", "--verify"), ("log", "--anchor"), ("doctor",), ("units", "list", "--format", "csv")),
]


@pytest.fixture
def hostile(duban: Duban) -> Duban:
    """A campaign in which a note and a reason have such a text."""
    marked = duban("mark", "ycc/plan", "doing", "--note", HOSTILE)
    assert is_harmless(marked.out)
    assert duban("mark", "ycc/big-1", "waived", "--note", HOSTILE).code == 0
    return duban


def is_harmless(text: str) -> bool:
    """Whether nothing in a text but its line ends is unprintable."""
    return text.replace("\n", "").replace("\ufeff", "").isprintable()


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_raw_control_is_printed(hostile: Duban, command: tuple[str, ...]) -> None:
    printed = hostile(*command)
    assert is_harmless(printed.out)
    assert is_harmless(printed.err)


def test_json_has_the_text_as_it_is(hostile: Duban) -> None:
    assert hostile("status", "--format", "json").item("ycc/plan")["note"] == HOSTILE


def test_errors_name_such_texts_harmlessly(duban: Duban) -> None:
    for command in (
        ("mark", HOSTILE, "done"),
        ("status", "--unit", HOSTILE),
        ("-c", HOSTILE, "check", HOSTILE),
    ):
        refused = duban(*command)
        assert refused.code == 2
        assert is_harmless(refused.err)
