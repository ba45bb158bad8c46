"""Parsers in the reader's language that get their options only when they are used.

Only the command that was typed needs its options. Adding those of all commands takes 5 ms, as
long as many a command itself.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable
from typing import Any, Final, NoReturn

from campaigns.errors import UsageError
from i18n.catalogue import LANGUAGES, Translator
from i18n.messages import msg

_HELP_COLUMN: Final = 24  # as in argparse
Subparsers = Any  # argparse names its class privately
Fill = Callable[["Parser", Translator], None]
"""Adds a command's options to its parser."""


class Parser(argparse.ArgumentParser):
    """A parser that raises UsageError instead of exiting.

    `later` adds its options, once it has something to parse.
    """

    later: Callable[[], None] | None = None

    def parse_known_args(self, *given: Any, **named: Any) -> Any:
        """As in argparse, which calls this for `--help` too, after adding the options."""
        later, self.later = self.later, None
        if later is not None:
            later()
        if given and given[0] is not None:
            given = (self._with_values_tied(given[0]), *given[1:])
        return super().parse_known_args(*given, **named)

    def _with_values_tied(self, arguments: Iterable[str]) -> list[str]:
        """The arguments with `--note -3` as `--note=-3`: a value may begin with `-`.

        argparse takes such a value for an option. It keeps the options of a parser in an
        attribute that is not public (tests/commands/test_usage.py).
        """
        tied: list[str] = []
        rest = iter(arguments)
        for argument in rest:
            tied.append(argument)
            option = self._option_string_actions.get(argument)
            if argument == "--":
                break
            if option is not None and option.nargs is None:
                value = next(rest, None)
                if value is not None and self._is_dashed_value(value):
                    tied[-1] += f"={value}" if argument.startswith("--") else value
                elif value is not None:
                    tied.append(value)
        return [*tied, *rest]

    def _is_dashed_value(self, text: str) -> bool:
        name = text.partition("=")[0]
        return len(text) > 1 and text[0] == "-" and name not in self._option_string_actions

    def error(self, message: str) -> NoReturn:
        """Raise UsageError, which says where the help is."""
        raise UsageError(
            msg("{problem}. “{command} --help” shows how.", problem=message, command=self.prog)
        )

    def format_help(self) -> str:
        """The help, with its second column aligned for Chinese, which is two columns wide."""
        return "\n".join(map(_aligned, super().format_help().split("\n")))


def _aligned(line: str) -> str:
    from commands.output.table import fit, width_of

    head, text = line[:_HELP_COLUMN], line[_HELP_COLUMN:]
    option = head.rstrip()
    if option.isascii() or not head.endswith("  ") or not text:
        return line
    if width_of(option) > _HELP_COLUMN - 2:
        return f"{option}\n{' ' * _HELP_COLUMN}{text}"
    return fit(option, _HELP_COLUMN) + text


def add_command(commands: Subparsers, name: str, tr: Translator, about: str, fill: Fill) -> Parser:
    """Add a command, whose options `fill` adds once it is the one to parse."""
    parser: Parser = commands.add_parser(
        name, help=about, description=about, allow_abbrev=False, add_help=False
    )

    def later() -> None:
        add_general_options(parser, tr, given_before=True)
        fill(parser, tr)

    parser.later = later
    return parser


def add_general_options(parser: Parser, tr: Translator, *, given_before: bool) -> None:
    """The options that may come before the command, and after it as well.

    After the command they have no default, which would override a value given before it.
    """
    none: Any = argparse.SUPPRESS if given_before else None
    no: Any = argparse.SUPPRESS if given_before else False
    group = parser.add_argument_group(tr("general options"))
    add = group.add_argument
    add("-h", "--help", action="help", help=tr("show this help"))
    add(
        "-c",
        "--campaign",
        metavar=tr("FILE|ID"),
        default=none,
        help=tr("the campaign: a file, or the id of a bundled or used one (DUBAN_CAMPAIGN)"),
    )
    add("-d", "--data", metavar=tr("FOLDER"), default=none, help=tr("the data folder (DUBAN_DATA)"))
    past = tr("show how things stood at a past time")
    add("--as-of", metavar=tr("TIME"), default=none, help=past)
    add("--now", metavar=tr("TIME"), default=none, help=tr("fix the clock (DUBAN_NOW)"))
    add("--lang", choices=LANGUAGES, default=none, help=tr("the language (DUBAN_LANG)"))
    ascii_only = tr("draw with ASCII characters only")
    add("--ascii", action="store_true", default=no, help=ascii_only)
    add("--no-color", action="store_true", default=no, help=tr("use no colours (NO_COLOR)"))
