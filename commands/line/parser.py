"""The command line of docs/commands.md, built in the reader's language."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import NoReturn

from commands.line.argparse_words import speaking
from commands.line.arguments import add_commands, add_mouse
from commands.line.parsers import Parser, add_general_options
from i18n.catalogue import Translator


def parse(arguments: Sequence[str], tr: Translator) -> argparse.Namespace:
    """Parse the command line. `command` is None if none was given.

    Raises UsageError; `--help` and `--version` print and raise SystemExit.
    """
    with speaking(tr):
        return build_parser(tr).parse_args(arguments)


def build_parser(tr: Translator) -> Parser:
    """The parser for all commands; a command's options are added once it is the one to parse."""
    parser = Parser(
        prog="duban",
        description=tr("A checklist tracker for safety campaigns: who owes what, and who is late."),
        epilog=tr(
            "Units and items are given by id, by name, or by the beginning of either. "
            "Exit codes: 0 fine, 1 something is overdue, 2 usage, 3 invalid definition, "
            "4 store, 5 not permitted, 6 conflict."
        ),
        allow_abbrev=False,
        add_help=False,
    )
    add_general_options(parser, tr, given_before=False)
    parser.add_argument("--version", action=_Version, nargs=0, help=tr("show the version"))
    add_mouse(parser, tr)
    commands = parser.add_subparsers(
        dest="command", metavar=tr("COMMAND"), title=tr("commands"), parser_class=Parser
    )
    add_commands(commands, tr)
    return parser


class _Version(argparse.Action):
    """Prints the version and exits."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> NoReturn:
        from commands.output.version import version

        print(f"duban {version()}")  # noqa: T201
        parser.exit()
