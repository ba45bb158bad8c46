"""The arguments and options of each command (docs/commands.md)."""

from __future__ import annotations

import argparse
from typing import Final

from commands.line.parsers import Fill, Parser, Subparsers, add_command
from i18n.catalogue import Translator
from i18n.messages import deferred
from storage.paths import expanded

_TOO_LONG: Final = 19
_CHASE: Final = deferred("a reminder of what is overdue or due soon")


def add_commands(commands: Subparsers, tr: Translator) -> None:
    """Add every command, in the order in which the help lists them."""
    for name, about, fill in _COMMANDS:
        add_command(commands, name, tr, tr(about), fill)


def _tui(parser: Parser, tr: Translator) -> None:
    add_mouse(parser, tr, default=argparse.SUPPRESS)


def _status(parser: Parser, tr: Translator) -> None:
    _add_scope(parser, tr)
    _value(parser, "--section", tr("SECTION"), tr("only items of this section"))
    _flag(parser, "--overdue", tr("list only what is overdue"))
    _value(parser, "--due-within", tr("SPAN"), tr("list only what falls due within 24h, 3d …"))
    _flag(parser, "--items", tr("list the items of each unit"))
    _add_format(parser, tr, "table", "short", "json", "csv")


def _check(parser: Parser, tr: Translator) -> None:
    _path(parser, "file", tr("FILE"), tr("the campaign file"))
    _flag(
        parser,
        "--against-data",
        tr("compare it with the definition in force, and list the answers it would orphan"),
    )
    _add_format(parser, tr, "text", "json")


def _mark(parser: Parser, tr: Translator) -> None:
    _add_item(parser, tr)
    _value(parser, "state", tr("STATE"), "todo, doing, done, verified, returned, waived")
    _value(parser, "--received-at", tr("TIME"), tr("when the report reached the office"))
    _value(parser, "--note", tr("TEXT"), tr("a note, or the reason of a waiver"))
    _values(parser, "--metric", tr("NAME=NUMBER"), tr("a figure; may be repeated"))
    _flag(parser, "--nil", tr("it is a nil report"))
    _add_revision(parser, tr)
    _add_format(parser, tr, "text", "json")


def _log(parser: Parser, tr: Translator) -> None:
    _add_units_option(parser, tr)
    _value(parser, "--item", tr("ITEM"), tr("only this item"))
    _value(parser, "--since", tr("TIME|SPAN"), tr("only from this time on, or the last 3d, 24h …"))
    _flag(parser, "--verify", tr("check that the history is unbroken"))
    parser.add_argument(
        "--anchor",
        metavar=tr("DIGEST"),
        nargs="?",
        const="",
        help=tr(
            "print the digest of the whole history, to be kept on paper; or check that the "
            "history once had this DIGEST (with --as-of: at that time or before)"
        ),
    )
    _add_format(parser, tr, "table", "json")


def _step(parser: Parser, tr: Translator) -> None:
    _add_item(parser, tr)
    _add_revision(parser, tr)
    _add_format(parser, tr, "text", "json")


def _units(parser: Parser, tr: Translator) -> None:
    actions = parser.add_subparsers(
        dest="action", metavar=tr("ACTION"), title=tr("actions"), required=True,
        parser_class=Parser,
    )  # fmt: skip
    add_command(actions, "list", tr, tr("list the units of the campaign"), _units_list)


def _units_list(parser: Parser, tr: Translator) -> None:
    _add_kind(parser, tr)
    _add_format(parser, tr, "table", "json", "csv")


def _report(parser: Parser, tr: Translator) -> None:
    kinds = _kinds(parser, "report", tr)
    add_command(kinds, "chase", tr, tr(_CHASE), _report_chase)


def _report_chase(parser: Parser, tr: Translator) -> None:
    _add_scope(parser, tr)
    _add_grouping(parser, tr)


def _export(parser: Parser, tr: Translator) -> None:
    kinds = _kinds(parser, "export", tr)
    add_command(kinds, "chase", tr, tr(_CHASE), _export_chase)
    board = tr("units by deadlines as .csv, for a spreadsheet")
    add_command(kinds, "board", tr, board, _export_board)


def _export_chase(parser: Parser, tr: Translator) -> None:
    _report_chase(parser, tr)
    _add_output(parser, tr)


def _export_board(parser: Parser, tr: Translator) -> None:
    _add_scope(parser, tr)
    _add_output(parser, tr)


def _backup(parser: Parser, tr: Translator) -> None:
    _path(parser, "file", tr("FILE"), tr("the backup to write"))
    _flag(parser, "--force", tr("replace a file that exists"))


def _restore(parser: Parser, tr: Translator) -> None:
    _path(parser, "file", tr("FILE"), tr("the backup to read"))
    _flag(parser, "--force", tr("replace the campaign if it exists, keeping it under another name"))
    _flag(
        parser,
        "--damaged",
        tr("also restore units that were already damaged when the backup was taken"),
    )


def _doctor(parser: Parser, tr: Translator) -> None:
    _add_format(parser, tr, "table", "json")


def _demo(parser: Parser, tr: Translator) -> None:
    _flag(parser, "--fresh", tr("delete the demo's progress and start again"))
    _flag(parser, "--prepare", tr("only write the sample progress, and print its folder"))
    add_mouse(parser, tr, default=argparse.SUPPRESS)


def _flag(parser: Parser, name: str, about: str) -> None:
    parser.add_argument(name, action="store_true", help=about)


def _value(parser: Parser, name: str, metavar: str, about: str) -> None:
    parser.add_argument(name, metavar=metavar, help=about)


def _path(parser: Parser, name: str, metavar: str, about: str) -> None:
    parser.add_argument(name, metavar=metavar, type=expanded, help=about)


def _values(parser: Parser, name: str, metavar: str, about: str) -> None:
    parser.add_argument(name, metavar=metavar, action="append", default=[], help=about)


def _kinds(parser: Parser, name: str, tr: Translator) -> Subparsers:
    return parser.add_subparsers(
        dest=name, metavar=tr("KIND"), title=tr("kinds"), required=True, parser_class=Parser
    )


def _add_scope(parser: Parser, tr: Translator) -> None:
    _add_units_option(parser, tr)
    _add_kind(parser, tr)


def _add_kind(parser: Parser, tr: Translator) -> None:
    _value(parser, "--kind", tr("KIND"), tr("only units of this kind, its children included"))


def _add_grouping(parser: Parser, tr: Translator) -> None:
    parser.add_argument(
        "--group",
        choices=("unit", "deadline"),
        default="unit",
        help=tr("group by unit (what each owes) or by deadline (who owes it)"),
    )


def _add_output(parser: Parser, tr: Translator) -> None:
    parser.add_argument(
        "-o",
        "--output",
        type=expanded,
        metavar=tr("FILE"),
        required=True,
        help=tr("the file to write, - for standard output"),
    )
    _flag(parser, "--force", tr("replace a file that exists"))


def _add_units_option(parser: Parser, tr: Translator) -> None:
    _values(parser, "--unit", tr("UNIT"), tr("only this unit; may be repeated"))


def _add_item(parser: Parser, tr: Translator) -> None:
    _value(parser, "item", tr("ITEM"), tr("UNIT/ACTIVITY[@OCCURRENCE]"))


def _add_revision(parser: Parser, tr: Translator) -> None:
    def revision(text: str) -> int:
        if not (text.isascii() and text.isdigit() and len(text) < _TOO_LONG):
            raise argparse.ArgumentTypeError(
                tr("“{text}” is not a revision. Give a number: 0, 1, 2 …", text=text)
            )
        return int(text)

    parser.add_argument(
        "--rev", metavar="N", type=revision, help=tr("only if the item is still at this revision")
    )
    _value(
        parser,
        "--op",
        tr("ID"),
        tr("an id for this operation; with the same id it is applied only once"),
    )


def _add_format(parser: Parser, tr: Translator, *formats: str) -> None:
    parser.add_argument(
        "--format", choices=formats, default=formats[0], help=tr("the output format")
    )


def add_mouse(parser: Parser, tr: Translator, *, default: object = False) -> None:
    """The option `--mouse`, for the commands that open the interface."""
    parser.add_argument(
        "--mouse", action="store_true", default=default, help=tr("let the interface use the mouse")
    )


_COMMANDS: Final[tuple[tuple[str, str, Fill], ...]] = (
    ("tui", deferred("open the interface (also without a command)"), _tui),
    ("status", deferred("show how far each unit is"), _status),
    ("check", deferred("check a campaign file and report every problem"), _check),
    ("mark", deferred("record one change of one item"), _mark),
    ("log", deferred("show the history"), _log),
    ("undo", deferred("undo the last change of an item"), _step),
    ("redo", deferred("redo the last change that was undone"), _step),
    ("units", deferred("list units"), _units),
    ("report", deferred("print a text to send to people"), _report),
    ("export", deferred("write a text or a table to a file"), _export),
    ("backup", deferred("copy the campaign's progress into one file"), _backup),
    ("restore", deferred("restore a campaign from a backup"), _restore),
    ("doctor", deferred("check the data folder, the terminal and the installation"), _doctor),
    ("demo", deferred("open the interface on a bundled campaign with sample progress"), _demo),
)
