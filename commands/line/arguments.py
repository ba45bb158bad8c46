"""The arguments and options of each command (docs/commands.md)."""

from __future__ import annotations

import argparse
from typing import Final

from commands.line.parsers import Fill, Parser, Subparsers, add_command
from i18n.catalogue import Translator
from i18n.messages import deferred

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
    parser.add_argument("--section", metavar=tr("SECTION"), help=tr("only items of this section"))
    parser.add_argument("--overdue", action="store_true", help=tr("list only what is overdue"))
    parser.add_argument(
        "--due-within", metavar=tr("SPAN"), help=tr("list only what falls due within 24h, 3d …")
    )
    parser.add_argument("--items", action="store_true", help=tr("list the items of each unit"))
    _add_format(parser, tr, "table", "short", "json", "csv")


def _check(parser: Parser, tr: Translator) -> None:
    parser.add_argument("file", metavar=tr("FILE"), help=tr("the campaign file"))
    parser.add_argument(
        "--against-data",
        action="store_true",
        help=tr("compare it with the definition in force, and list the answers it would orphan"),
    )
    _add_format(parser, tr, "text", "json")


def _mark(parser: Parser, tr: Translator) -> None:
    _add_item(parser, tr)
    parser.add_argument(
        "state", metavar=tr("STATE"), help="todo, doing, done, verified, returned, waived"
    )
    parser.add_argument(
        "--received-at", metavar=tr("TIME"), help=tr("when the report reached the office")
    )
    parser.add_argument("--note", metavar=tr("TEXT"), help=tr("a note, or the reason of a waiver"))
    parser.add_argument(
        "--metric",
        metavar=tr("NAME=NUMBER"),
        action="append",
        default=[],
        help=tr("a figure; may be repeated"),
    )
    parser.add_argument("--nil", action="store_true", help=tr("it is a nil report"))
    _add_revision(parser, tr)
    _add_format(parser, tr, "text", "json")


def _log(parser: Parser, tr: Translator) -> None:
    _add_units_option(parser, tr)
    parser.add_argument("--item", metavar=tr("ITEM"), help=tr("only this item"))
    parser.add_argument(
        "--since", metavar=tr("TIME|SPAN"), help=tr("only from this time on, or the last 3d, 24h …")
    )
    parser.add_argument(
        "--verify", action="store_true", help=tr("check that the history is unbroken")
    )
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


def _undo(parser: Parser, tr: Translator) -> None:
    _add_item(parser, tr)
    _add_revision(parser, tr)
    _add_format(parser, tr, "text", "json")


def _redo(parser: Parser, tr: Translator) -> None:
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
    parser.add_argument("file", metavar=tr("FILE"), help=tr("the backup to write"))
    parser.add_argument("--force", action="store_true", help=tr("replace a file that exists"))


def _restore(parser: Parser, tr: Translator) -> None:
    parser.add_argument("file", metavar=tr("FILE"), help=tr("the backup to read"))
    parser.add_argument(
        "--force",
        action="store_true",
        help=tr("replace the campaign if it exists, keeping it under another name"),
    )
    parser.add_argument(
        "--damaged",
        action="store_true",
        help=tr("also restore units that were already damaged when the backup was taken"),
    )


def _doctor(parser: Parser, tr: Translator) -> None:
    _add_format(parser, tr, "table", "json")


def _demo(parser: Parser, tr: Translator) -> None:
    parser.add_argument(
        "--fresh",
        action="store_true",
        help=tr("delete the demo's progress and start again"),
    )
    parser.add_argument(
        "--prepare",
        action="store_true",
        help=tr("only write the sample progress, and print its folder"),
    )
    add_mouse(parser, tr, default=argparse.SUPPRESS)


def _kinds(parser: Parser, name: str, tr: Translator) -> Subparsers:
    return parser.add_subparsers(
        dest=name, metavar=tr("KIND"), title=tr("kinds"), required=True, parser_class=Parser
    )


def _add_scope(parser: Parser, tr: Translator) -> None:
    _add_units_option(parser, tr)
    _add_kind(parser, tr)


def _add_kind(parser: Parser, tr: Translator) -> None:
    parser.add_argument(
        "--kind", metavar=tr("KIND"), help=tr("only units of this kind, its children included")
    )


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
        metavar=tr("FILE"),
        required=True,
        help=tr("the file to write, - for standard output"),
    )
    parser.add_argument("--force", action="store_true", help=tr("replace a file that exists"))


def _add_units_option(parser: Parser, tr: Translator) -> None:
    parser.add_argument(
        "--unit",
        metavar=tr("UNIT"),
        action="append",
        default=[],
        help=tr("only this unit; may be repeated"),
    )


def _add_item(parser: Parser, tr: Translator) -> None:
    parser.add_argument("item", metavar=tr("ITEM"), help=tr("UNIT/ACTIVITY[@OCCURRENCE]"))


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
    parser.add_argument(
        "--op",
        metavar=tr("ID"),
        help=tr("an id for this operation; with the same id it is applied only once"),
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
    ("undo", deferred("undo the last change of an item"), _undo),
    ("redo", deferred("redo the last change that was undone"), _redo),
    ("units", deferred("list units"), _units),
    ("report", deferred("print a text to send to people"), _report),
    ("export", deferred("write a text or a table to a file"), _export),
    ("backup", deferred("copy the campaign's progress into one file"), _backup),
    ("restore", deferred("restore a campaign from a backup"), _restore),
    ("doctor", deferred("check the data folder, the terminal and the installation"), _doctor),
    ("demo", deferred("open the interface on a bundled campaign with sample progress"), _demo),
)
