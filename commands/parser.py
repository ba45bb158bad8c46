"""The command line of design section 6, built in the reader's language."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any, Final, NoReturn

from campaigns.errors import UsageError
from commands.argparse_words import speaking
from i18n.catalogue import LANGUAGES, Translator
from i18n.messages import msg

_TOO_LONG: Final = 19
_HELP_COLUMN: Final = 24  # argparse's own
_Subparsers = Any  # argparse names its class privately


class Parser(argparse.ArgumentParser):
    """A parser that raises UsageError instead of ending the process."""

    def error(self, message: str) -> NoReturn:
        """Say what cannot be understood, and where the help is."""
        raise UsageError(
            msg("{problem}. “{command} --help” shows how.", problem=message, command=self.prog)
        )

    def format_help(self) -> str:
        """The help, its second column straight although Chinese is two columns wide."""
        return "\n".join(map(_straightened, super().format_help().split("\n")))


def _straightened(line: str) -> str:
    from commands.table import fit, width_of

    head, text = line[:_HELP_COLUMN], line[_HELP_COLUMN:]
    option = head.rstrip()
    if option.isascii() or not head.endswith("  ") or not text:
        return line
    if width_of(option) > _HELP_COLUMN - 2:
        return f"{option}\n{' ' * _HELP_COLUMN}{text}"
    return fit(option, _HELP_COLUMN) + text


def parse(arguments: Sequence[str], tr: Translator) -> argparse.Namespace:
    """Read the command line. `command` is None where none was given.

    Raises UsageError; `--help` and `--version` print and raise SystemExit.
    """
    with speaking(tr):
        return build_parser(tr).parse_args(arguments)


def build_parser(tr: Translator) -> Parser:
    """The parser of every option and command."""
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
    _add_global_options(parser, tr, given_before=False)
    parser.add_argument("--version", action=_Version, nargs=0, help=tr("show the version"))
    _add_mouse(parser, tr)
    commands = parser.add_subparsers(
        dest="command", metavar=tr("COMMAND"), title=tr("commands"), parser_class=Parser
    )
    _add_tui(commands, tr)
    _add_status(commands, tr)
    _add_check(commands, tr)
    _add_mark(commands, tr)
    _add_log(commands, tr)
    _add_undo(commands, tr)
    _add_redo(commands, tr)
    _add_units(commands, tr)
    _add_report(commands, tr)
    _add_export(commands, tr)
    _add_backup(commands, tr)
    _add_restore(commands, tr)
    _add_doctor(commands, tr)
    _add_demo(commands, tr)
    return parser


def _add_global_options(parser: Parser, tr: Translator, *, given_before: bool) -> None:
    """The options that may stand before the command, and after it as well.

    After it they have no default, so that they never undo what stood before.
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
    add(
        "-d",
        "--data",
        metavar=tr("FOLDER"),
        default=none,
        help=tr("the data folder (DUBAN_DATA)"),
    )
    past = tr("how things stood at a past time")
    add("--as-of", metavar=tr("TIME"), default=none, help=past)
    add("--now", metavar=tr("TIME"), default=none, help=tr("fix the clock (DUBAN_NOW)"))
    add("--lang", choices=LANGUAGES, default=none, help=tr("the language (DUBAN_LANG)"))
    ascii_only = tr("draw with ASCII characters only")
    add("--ascii", action="store_true", default=no, help=ascii_only)
    add("--no-color", action="store_true", default=no, help=tr("use no colours (NO_COLOR)"))


def _command(commands: _Subparsers, name: str, tr: Translator, about: str) -> Parser:
    parser: Parser = commands.add_parser(
        name, help=about, description=about, allow_abbrev=False, add_help=False
    )
    _add_global_options(parser, tr, given_before=True)
    return parser


def _add_mouse(parser: Parser, tr: Translator, *, default: object = False) -> None:
    parser.add_argument(
        "--mouse", action="store_true", default=default, help=tr("let the interface use the mouse")
    )


def _add_tui(commands: _Subparsers, tr: Translator) -> None:
    parser = _command(commands, "tui", tr, tr("open the interface, as without a command"))
    _add_mouse(parser, tr, default=argparse.SUPPRESS)


def _add_status(commands: _Subparsers, tr: Translator) -> None:
    parser = _command(commands, "status", tr, tr("show who stands where"))
    _add_scope(parser, tr)
    parser.add_argument("--section", metavar=tr("SECTION"), help=tr("only items of this section"))
    parser.add_argument("--overdue", action="store_true", help=tr("list only what is overdue"))
    parser.add_argument(
        "--due-within", metavar=tr("SPAN"), help=tr("list only what falls due within 24h, 3d …")
    )
    parser.add_argument("--items", action="store_true", help=tr("list the items of each unit"))
    _add_format(parser, tr, "table", "short", "json", "csv")


def _add_check(commands: _Subparsers, tr: Translator) -> None:
    parser = _command(commands, "check", tr, tr("check a campaign file and report every problem"))
    parser.add_argument("file", metavar=tr("FILE"), help=tr("the campaign file"))
    parser.add_argument(
        "--against-data",
        action="store_true",
        help=tr("show what it changes against the definition in force, and what it would orphan"),
    )
    _add_format(parser, tr, "text", "json")


def _add_mark(commands: _Subparsers, tr: Translator) -> None:
    parser = _command(commands, "mark", tr, tr("record one change of one item"))
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


def _add_log(commands: _Subparsers, tr: Translator) -> None:
    parser = _command(commands, "log", tr, tr("show the history"))
    _add_units_option(parser, tr)
    parser.add_argument("--item", metavar=tr("ITEM"), help=tr("only this item"))
    parser.add_argument(
        "--since", metavar=tr("TIME|SPAN"), help=tr("only from a time on, or the last 3d, 24h …")
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
            "print the digest that pins the history, to be kept on paper; or check that the "
            "history once had a DIGEST from paper (with --as-of: up to that time)"
        ),
    )
    _add_format(parser, tr, "table", "json")


def _add_undo(commands: _Subparsers, tr: Translator) -> None:
    parser = _command(commands, "undo", tr, tr("take the last change of an item back"))
    _add_item(parser, tr)
    _add_revision(parser, tr)
    _add_format(parser, tr, "text", "json")


def _add_redo(commands: _Subparsers, tr: Translator) -> None:
    parser = _command(commands, "redo", tr, tr("repeat the last change that was taken back"))
    _add_item(parser, tr)
    _add_revision(parser, tr)
    _add_format(parser, tr, "text", "json")


def _add_units(commands: _Subparsers, tr: Translator) -> None:
    parser = _command(commands, "units", tr, tr("rosters of units"))
    actions = parser.add_subparsers(
        dest="action", metavar=tr("ACTION"), title=tr("actions"), required=True,
        parser_class=Parser,
    )  # fmt: skip
    listing = _command(actions, "list", tr, tr("list the units of the campaign"))
    listing.add_argument(
        "--kind", metavar=tr("KIND"), help=tr("only units of this kind, its children included")
    )
    _add_format(listing, tr, "table", "json", "csv")


def _add_report(commands: _Subparsers, tr: Translator) -> None:
    parser = _command(commands, "report", tr, tr("print a text that is handed to people"))
    chase = _command(
        _kinds(parser, "report", tr), "chase", tr, tr("a reminder of what is overdue or due soon")
    )
    _add_scope(chase, tr)
    _add_grouping(chase, tr)


def _add_export(commands: _Subparsers, tr: Translator) -> None:
    parser = _command(commands, "export", tr, tr("write a text or a table into a file"))
    kinds = _kinds(parser, "export", tr)
    chase = _command(kinds, "chase", tr, tr("a reminder of what is overdue or due soon"))
    _add_scope(chase, tr)
    _add_grouping(chase, tr)
    _add_output(chase, tr)
    board = _command(kinds, "board", tr, tr("units by deadlines for spreadsheets, as .csv"))
    _add_scope(board, tr)
    _add_output(board, tr)


def _kinds(parser: Parser, name: str, tr: Translator) -> _Subparsers:
    return parser.add_subparsers(
        dest=name, metavar=tr("KIND"), title=tr("kinds"), required=True, parser_class=Parser
    )


def _add_scope(parser: Parser, tr: Translator) -> None:
    _add_units_option(parser, tr)
    parser.add_argument(
        "--kind", metavar=tr("KIND"), help=tr("only units of this kind, its children included")
    )


def _add_grouping(parser: Parser, tr: Translator) -> None:
    parser.add_argument(
        "--group",
        choices=("unit", "deadline"),
        default="unit",
        help=tr("list what each unit owes, or who owes what was due"),
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


def _add_backup(commands: _Subparsers, tr: Translator) -> None:
    parser = _command(commands, "backup", tr, tr("copy the campaign's progress into one file"))
    parser.add_argument("file", metavar=tr("FILE"), help=tr("the backup to write"))
    parser.add_argument("--force", action="store_true", help=tr("replace a file that exists"))


def _add_restore(commands: _Subparsers, tr: Translator) -> None:
    parser = _command(commands, "restore", tr, tr("put a campaign back as a backup holds it"))
    parser.add_argument("file", metavar=tr("FILE"), help=tr("the backup to read"))
    parser.add_argument(
        "--force",
        action="store_true",
        help=tr("take the place of a campaign that is there, and keep it under another name"),
    )
    parser.add_argument(
        "--damaged",
        action="store_true",
        help=tr("restore units as well that were damaged when the backup was taken"),
    )


def _add_doctor(commands: _Subparsers, tr: Translator) -> None:
    about = tr("check the data folder, the terminal and the installation")
    _add_format(_command(commands, "doctor", tr, about), tr, "table", "json")


def _add_demo(commands: _Subparsers, tr: Translator) -> None:
    parser = _command(
        commands, "demo", tr, tr("open the interface on a bundled campaign with sample progress")
    )
    parser.add_argument(
        "--fresh",
        action="store_true",
        help=tr("throw the demo's own progress away and start again"),
    )
    parser.add_argument(
        "--prepare", action="store_true", help=tr("only write the progress, and print its folder")
    )
    _add_mouse(parser, tr, default=argparse.SUPPRESS)


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
                tr("“{text}” is not a revision: those are 0, 1, 2 …", text=text)
            )
        return int(text)

    parser.add_argument(
        "--rev", metavar="N", type=revision, help=tr("only if the item is still at this revision")
    )
    parser.add_argument(
        "--op",
        metavar=tr("ID"),
        help=tr("the operation's id; one that was applied is not repeated"),
    )


def _add_format(parser: Parser, tr: Translator, *formats: str) -> None:
    parser.add_argument(
        "--format", choices=formats, default=formats[0], help=tr("the form of the output")
    )


class _Version(argparse.Action):
    """Prints the version and ends."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> NoReturn:
        from commands.version import version

        print(f"duban {version()}")  # noqa: T201
        parser.exit()
