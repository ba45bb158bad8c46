"""The command line itself: help in both languages, and what cannot be understood."""

from __future__ import annotations

import argparse
import inspect
import re

import pytest

from commands.line.argparse_words import WORDS, speaking
from commands.line.parser import build_parser
from i18n.catalogue import open_catalogue
from tests.commands.conftest import Duban

COMMANDS = [
    [], ["tui"], ["status"], ["check"], ["mark"], ["log"], ["undo"], ["units"],
    ["units", "list"], ["redo"], ["backup"], ["restore"], ["doctor"], ["demo"],
    ["report"], ["report", "chase"], ["export"], ["export", "chase"], ["export", "board"],
]  # fmt: skip
LATER = ["event", "evidence", "completion"]
TERMS = {"DUBAN", "FILE", "ID", "UNIT", "ACTIVITY", "OCCURRENCE", "N", "NO_COLOR"}


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_help(duban: Duban, command: list[str], language: str) -> None:
    result = duban("--lang", language, *command, "--help")
    assert (result.code, result.err) == (0, "")
    assert "--as-of" in result.out


def test_help_lists_every_command(duban: Duban) -> None:
    out = duban("--help").out
    for name in ("tui", "status", "check", "mark", "log", "undo", "units", "demo",
                 "report", "export"):  # fmt: skip
        assert re.search(rf"^ +{name} ", out, re.MULTILINE)


def test_version(duban: Duban) -> None:
    result = duban("--version")
    assert result.code == 0
    assert re.fullmatch(r"duban \d+\.\d+\.\d+\n", result.out)


@pytest.mark.parametrize("command", LATER)
def test_commands_that_do_not_exist_are_usage_errors(duban: Duban, command: str) -> None:
    assert duban(command).code == 2


@pytest.mark.parametrize(
    "arguments",
    [
        ["--lang", "fr", "status"],
        ["--stat"],
        ["stat"],
        ["status", "--form", "json"],
        ["status", "extra"],
        ["--now"],
        ["mark"],
        ["-c"],
    ],
)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_usage_errors_are_one_line_and_show_where_the_help_is(
    duban: Duban, arguments: list[str], language: str
) -> None:
    result = duban(*arguments, DUBAN_LANG=language)
    assert (result.code, result.out) == (2, "")
    assert result.err.count("\n") == 1
    assert "--help" in result.err


def test_a_language_of_the_environment_that_we_do_not_speak(duban: Duban) -> None:
    assert duban("status", DUBAN_LANG="fr").code == 2
    assert duban("status", DUBAN_LANG="zh_CN.GBK").code == 1


def test_an_option_wins_over_the_language_of_the_environment(duban: Duban) -> None:
    wanted = duban("--lang", "zh", "status")
    assert duban("--lang", "zh", "status", DUBAN_LANG="fr") == wanted
    assert duban("--lang=zh", "status", DUBAN_LANG="fr") == wanted
    assert duban("--version", DUBAN_LANG="fr").code == 0
    assert duban("status", "--help", DUBAN_LANG="fr").code == 0


def test_argparse_has_no_word_that_is_not_in_our_catalogues() -> None:
    source = inspect.getsource(argparse)
    programming = (
        "conflict", "cannot", "invalid option string", "dest=", "mutually", "'required'",
        "__call__", "callable", "mode %r", "can't open", "%(prog)s", "subcommands",
        "show this help", "deprecated",
    )  # fmt: skip
    texts = re.findall(r"""(?:\b_|ngettext)\(\s*(['"])(.+?)\1""", source)
    said = {text.replace("\\n", "\n") for _, text in texts}
    unknown = {text for text in said - set(WORDS) if not any(word in text for word in programming)}
    assert unknown == set()


def test_argparse_gets_its_own_words_back() -> None:
    before = (argparse.__dict__["_"], argparse.__dict__["ngettext"])
    with speaking(open_catalogue("en")):
        assert argparse.__dict__["_"]("usage: ") == "usage: "
    assert (argparse.__dict__["_"], argparse.__dict__["ngettext"]) == before


def test_no_help_text_of_chinese_is_left_in_english() -> None:
    """Holds once the catalogue has them: every text passes through the translator."""
    said: list[str] = []

    class Listener:
        language = "zh"

        def __call__(self, text: str, /, **values: object) -> str:
            said.append(text)
            return "字"

    with speaking(Listener()):  # type: ignore[arg-type]
        text = build_parser(Listener()).format_help()  # type: ignore[arg-type]
    words = set(re.findall(r"(?<![-\w])[A-Za-z_]{2,}", text))
    commands = {words[0] for words in COMMANDS if words}
    assert words - commands <= {"duban", "zh", "en"}
    assert "usage: " in said


def test_only_the_command_that_is_asked_for_gets_its_options() -> None:
    made = build_parser(open_catalogue("en"))
    commands = made._subparsers._group_actions[0].choices  # type: ignore[union-attr]
    assert made.parse_args(["status", "--overdue"]).overdue
    filled = {name for name, parser in commands.items() if parser.later is None}  # type: ignore[union-attr]
    assert filled == {"status"}
